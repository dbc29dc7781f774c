"""A publication that would only repeat what is online builds nothing; whatever might make another site is built."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import os
import sqlite3
from datetime import datetime

import pytest

from hromada.publish import publishing
from hromada.publish.dry_run import dry_run
from hromada.publish.publication_memory import MEMORY_FILE, PublicationMemory
from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import PublicBuild
from tests.system.clones import bare, clone, commits, config, editor, git, names_online, project, tip

NOON, EVENING = datetime(2022, 1, 15, 12), datetime(2022, 1, 15, 18)
UNCHANGED = "На сайті вже саме це: публікувати нічого."


class Publisher:
    """Publishes with a memory; `builds` counts."""

    def __init__(self, editor):
        self.editor, self.builds = editor, 0
        self.path = editor.folder / ".cache" / MEMORY_FILE
        (editor.folder / ".git/info/exclude").write_text(".cache\n")

    def build(self, output):
        self.builds += 1
        self.editor.build(output)
        return PublicBuild(valid_between=(NOON, EVENING), warnings=("зауваження",))

    def memory(self, version="1", inputs="", moment=NOON):
        return PublicationMemory(self.path, version, inputs, moment)

    def publish(self, **changes):
        self.editor.said.clear()
        memory = self.memory(**changes)
        return self.editor.publish(build=self.build, memory=memory, print_warnings=self.editor.said.extend)

    def dry_run(self):
        def build(output, _address):
            return self.build(output)

        return dry_run(self.editor.folder, build=build, output=self.editor.output, memory=self.memory())


@pytest.fixture
def publisher(editor):
    return Publisher(editor)


def test_what_is_online_is_not_built_again(publisher, editor, bare):
    publisher.publish()
    assert publisher.publish() == 0

    assert (publisher.builds, commits(bare)) == (1, 1)
    assert editor.said == [UNCHANGED, "зауваження"]


def test_the_address_is_said_again(publisher, editor):
    for _ in range(2):
        editor.publish(build=publisher.build, memory=publisher.memory(), address="https://rada.zrazok.ua")

    assert publisher.builds == 1
    assert editor.said[-1] == "Адреса сайту: https://rada.zrazok.ua/ (чи вона вже показує це: make online)"


def test_without_a_remote_the_local_branch_is_known(publisher, editor):
    git(editor.folder, "remote", "remove", "origin")
    publisher.publish()
    publisher.publish()

    assert publisher.builds == 1
    assert editor.said[0] == UNCHANGED


def commit_more(publisher, bare, clone):
    publisher.editor.write("друга.md", "друга")


def commit_nothing(publisher, bare, clone):
    git(publisher.editor.folder, "commit", "-q", "--allow-empty", "-m", "порожній")


def take_the_site_back(publisher, bare, clone):
    publisher.editor.write("друга.md", "друга")
    publisher.publish()
    git(bare, "update-ref", "refs/heads/gh-pages", "gh-pages~1")


def remove_the_site(publisher, bare, clone):
    git(bare, "update-ref", "-d", "refs/heads/gh-pages")


def take_the_branch_back(publisher, bare, clone):
    publisher.editor.write("друга.md", "друга")
    publisher.publish()
    git(bare, "update-ref", "refs/heads/main", "main~1")


def push_another_branch(publisher, bare, clone):
    git(bare, "update-ref", "refs/heads/інша", "main")


def another_editor_publishes(publisher, bare, clone):
    other = clone("інша тека")
    other.write("третя.md", "третя")
    other.publish()
    publisher.editor.pull()


def a_file_of_others_on_the_site(publisher, bare, clone):
    blob = git(bare, "hash-object", "-w", "-t", "blob", "--stdin")
    tree = git(bare, "ls-tree", "gh-pages") + f"\n100644 blob {blob}\tgoogle123.html"
    made = os.popen(f"cd '{bare}' && printf '%s\\n' '{tree}' | git mktree").read().strip()
    commit = git(bare, "-c", "user.name=x", "-c", "user.email=x@y", "commit-tree", "-p", "gh-pages", "-m", "x", made)
    git(bare, "update-ref", "refs/heads/gh-pages", commit)


def remove_the_memory(publisher, bare, clone):
    publisher.path.unlink()


def damage_the_memory(publisher, bare, clone):
    publisher.path.write_bytes(publisher.path.read_bytes().replace(b"2022-01-15T18", b"2099-01-15T18"))


def make_the_memory_somebody_elses(publisher, bare, clone):
    with sqlite3.connect(publisher.path) as db:
        db.execute("UPDATE blobs SET sum = x'00'")


CHANGES = [
    commit_more, commit_nothing, take_the_site_back, remove_the_site, take_the_branch_back, push_another_branch,
    another_editor_publishes, remove_the_memory, damage_the_memory, make_the_memory_somebody_elses,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_change_the_site_is_built(publisher, bare, clone, change):
    publisher.publish()
    change(publisher, bare, clone)
    before = publisher.builds
    publisher.publish()

    assert publisher.builds == before + 1
    assert names_online(bare) >= {"index.html", "перша.html"}
    assert tip(bare, "main") == publisher.editor.head()


@pytest.mark.parametrize(
    "call",
    [
        {"version": "2"},
        {"inputs": "інша адреса"},
        {"moment": EVENING},
        {"moment": datetime(2022, 1, 15, 11, 59)},
    ],
    ids=["another program", "other settings", "something fell due", "the clock went back"],
)
def test_another_call_builds(publisher, call):
    publisher.publish()
    publisher.publish(**call)

    assert publisher.builds == 2


def test_uncommitted_work_is_refused_also_if_the_site_is_online(publisher, editor):
    publisher.publish()
    (editor.folder / "content/перша.md").write_text("інше", "utf-8")

    with pytest.raises(PublicationRefused) as refused:
        publisher.publish()
    assert (refused.value.code, publisher.builds) == ("uncommitted", 1)


@pytest.mark.parametrize(
    ("owner", "step"), [(publishing, "push_branch"), (publishing.BegunImport, "commit"), (publishing, "push_pages")]
)
def test_a_publication_that_stops_midway_is_not_known(publisher, monkeypatch, owner, step):
    def stop(*_arguments):
        raise PublicationRefused("зупинено")

    monkeypatch.setattr(owner, step, stop)
    with pytest.raises(PublicationRefused):
        publisher.publish()
    monkeypatch.undo()
    publisher.publish()

    assert publisher.builds == 2


def test_a_preview_of_what_is_online_builds_nothing(publisher, editor):
    publisher.publish()
    answer = publisher.dry_run()

    assert (publisher.builds, answer.changes.is_empty, answer.refusals, answer.warnings) == (
        1,
        True,
        (),
        ("зауваження",),
    )
    assert answer.changes.bytes == sum(path.stat().st_size for path in editor.output.rglob("*"))
    editor.write("друга.md", "друга")
    assert publisher.dry_run().changes.new == ("/друга.html",)


def test_a_preview_with_a_refusal_builds_and_says_it(publisher, editor):
    publisher.publish()
    (editor.folder / "content/перша.md").write_text("інше", "utf-8")
    answer = publisher.dry_run()

    assert [refusal.code for refusal in answer.refusals] == ["uncommitted"]
    assert answer.changes.changed == ("/перша.html",)


# --- the whole command ------------------------------------------------------------------------------------------------

NEWS = "title: {0}\ndate: {1}\n\nТекст новини {0}, у якому є кілька слів.\n"


@pytest.fixture
def site(tmp_path, bare):
    def fill(content):
        for name, date in (("перша", "2022-01-10 10:00"), ("майбутня", "2022-01-20 10:00")):
            file = content / f"news/2022/{name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(NEWS.format(name.capitalize(), date), "utf-8")

    return project(tmp_path, bare, fill)


def test_what_the_program_shows_follows_content_theme_settings_and_clock(site, bare):
    folder, publish = site

    def run(**settings):
        status, out, err = publish(**{"CI": "", "JOBS": "2", **settings})
        assert status == 0, out + err
        return "увесь сайт" in out, UNCHANGED in out

    def commit(path, old, new):
        file = folder / path
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        git(folder, "commit", "-qam", "Зміна")

    built, unchanged = (True, False), (False, True)
    assert [run(), run()] == [built, unchanged]
    assert [run(TODAY="2022-01-21"), run(TODAY="2022-01-21")] == [built, unchanged]
    assert "Майбутня" in git(bare, "show", "gh-pages:index.html")
    commit("content/news/2022/перша.md", "кілька слів", "інші слова")
    page = next(name for name in names_online(bare) if name.startswith("news/persha"))
    other = folder.parent / ".cache/public/404.html"  # changed on the disk, with its size and time as before
    before, online = other.stat(), git(bare, "rev-parse", "gh-pages:404.html")
    other.with_name("чуже.html").write_text("чуже", "utf-8")
    other.with_name("посилання.html").symlink_to(folder / "pelicanconf.py")
    other.write_bytes(bytes(reversed(other.read_bytes())))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [run(TODAY="2022-01-21"), run(TODAY="2022-01-21")] == [built, unchanged]
    assert git(bare, "rev-parse", "gh-pages:404.html") == online
    assert not {"чуже.html", "посилання.html"} & names_online(bare)
    assert "інші слова" in git(bare, "show", f"gh-pages:{page}")
    commit("theme/templates/base.html", "</body>", "<p>Низ</p></body>")
    assert [run(TODAY="2022-01-21"), run(TODAY="2022-01-21")] == [built, unchanged]
    assert "<p>Низ</p>" in git(bare, "show", f"gh-pages:{page}")
    assert run(TODAY="2022-01-21", CI="1") == (True, True)  # whatever a cache from elsewhere says
