"""The import of the built site is begun while its files are verified: whatever follows, only what is verified goes online."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import pytest

from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import PublicBuild, read_site
from tests.system.clones import Clone, bare, clone, config, editor, git, names_online, tip

PAGES = 50  # more than one step sends


def begun(one: Clone, steps, then=lambda _output: None):
    """The editor's build, with so many steps of the import taken before it returns; None: all of them."""

    def build(output, address, idle_steps_of):
        done = one.build_for(one.build)(output, address)
        taken = idle_steps_of(read_site(output))
        for number, _ in enumerate(taken):
            if number == steps:
                break
        then(output)
        return PublicBuild(status=done.status)

    return build


def publish(one: Clone, steps, then=lambda _output: None):
    return one.publish_with(begun(one, steps, then))


@pytest.fixture
def many(editor):
    for number in range(PAGES):
        editor.write(f"сторінка-{number}.md", str(number))
    return editor


@pytest.mark.parametrize("steps", [0, 1, None])
def test_an_import_that_was_begun_is_completed(many, bare, steps):
    assert publish(many, steps) == 0
    many.write("друга.md", "друга")
    many.write("перша.md", "змінена")
    assert publish(many, steps) == 0

    assert {"друга.html", "сторінка-49.html"} <= names_online(bare)
    assert git(bare, "show", "gh-pages:перша.html") == "змінена"
    assert git(bare, "log", "--format=%s", "-1", "gh-pages").startswith("Сайт станом на")
    assert git(bare, "rev-list", "--count", "gh-pages") == "2"
    assert (many.leftovers(), git(bare, "fsck", "--strict")) == ([], "")


@pytest.mark.parametrize("steps", [1, None])
def test_a_refusal_leaves_neither_a_branch_nor_a_process(many, bare, steps):
    many.publish()
    before = tip(bare)
    many.write("друга.md", "друга")

    with pytest.raises(PublicationRefused):
        publish(many, steps, then=lambda output: (output / "index.html").unlink())
    assert (tip(bare), many.leftovers()) == (before, [])

    assert many.publish() == 0
    assert "друга.html" in names_online(bare)


def test_a_build_that_fails_after_the_import_was_begun_publishes_nothing(many, bare):
    many.publish()
    before = tip(bare)
    many.write("друга.md", "друга")

    def build(output, address, idle_steps_of):
        begun(many, 1)(output, address, idle_steps_of)
        return PublicBuild(status=1)

    assert many.publish_with(build) == 1
    assert (tip(bare), many.leftovers()) == (before, [])


def test_a_file_that_changes_after_it_was_sent_does_not_go_online_unseen(many, bare):
    """The files are read again by this build, so the import that was begun is of others: another one is made."""
    assert publish(many, None, then=lambda output: (output / "перша.html").write_text("інша", "utf-8")) == 0
    assert git(bare, "show", "gh-pages:перша.html") == "інша"


def test_a_file_that_changes_while_it_is_sent_refuses_the_publication(many, bare):
    def build(output, address, idle_steps_of):
        done = many.build_for(many.build)(output, address)
        files = read_site(output)
        (output / "перша.html").write_text("підмінено", "utf-8")
        list(idle_steps_of(files))
        return PublicBuild(status=done.status, files=files)

    with pytest.raises(PublicationRefused, match="не вдалося записати повністю"):
        many.publish_with(build)
    assert "gh-pages" not in git(bare, "branch")
