"""Withdrawals online: what a publication takes away without asking, and what no publication or rollback brings back by itself."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import pytest

from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import PublicBuild, file_digests, write_version
from tests.system.clones import bare, clone, config, editor, git, names_online, tip
from tests.system.test_history import roll_back

NOTICE = '<article data-withdrawn="2021-09-01">Відкликано</article>'
PICTURE = "images/0123456789abcdef-480.webp"


def build_of(editor, *files, **facts):
    """A build with further files and facts of withdrawals."""

    def build(output):
        editor.build(output)
        for name in files:
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (output / name).write_text(name, "utf-8")
        write_version(output, file_digests(output))
        return PublicBuild(**facts)

    return build


@pytest.fixture
def withdrawn(editor):
    """Two publications: an item with a picture and a document, then its notice alone."""
    editor.write("друга.md", "Текст, який згодом відкличуть")
    editor.publish(build=build_of(editor, PICTURE, "files/x.pdf"))
    editor.write("друга.md", NOTICE)
    facts = {"withdrawn": frozenset({"files/x.pdf", PICTURE})}
    editor.publish(build=build_of(editor, **facts))
    return editor


def test_a_withdrawal_takes_its_files_away_without_asking(withdrawn, bare):
    assert names_online(bare) & {"files/x.pdf", PICTURE} == set()
    assert "друга.html" in names_online(bare)


def test_what_lies_below_a_withdrawn_address_goes_with_it(editor, bare):
    editor.publish(build=build_of(editor, "news/x/index.html", "news/x/feed.atom"))
    editor.publish(build=build_of(editor, "news/x/index.html", notices=frozenset({"/news/x/"})))

    assert "news/x/feed.atom" not in names_online(bare)


def test_a_page_below_a_withdrawn_address_has_to_be_confirmed(editor):
    editor.publish(build=build_of(editor, "units/x/index.html", "units/x/y/index.html"))
    with pytest.raises(PublicationRefused, match="/units/x/y/"):
        editor.publish(build=build_of(editor, "units/x/index.html", notices=frozenset({"/units/x/"})))


def test_other_files_still_have_to_be_confirmed(editor, bare):
    editor.publish(build=build_of(editor, "files/x.pdf", "files/y.pdf"))
    with pytest.raises(PublicationRefused, match=r"/files/y\.pdf") as refused:
        editor.publish(build=build_of(editor, withdrawn=frozenset({"files/x.pdf"})))

    assert refused.value.code == "address-gone"
    assert "x.pdf" not in str(refused.value)


def test_a_rollback_to_before_a_withdrawal_is_refused_unless_forced(withdrawn, bare):
    online = tip(bare)
    with pytest.raises(PublicationRefused, match=r"/друга\.html") as refused:
        roll_back(withdrawn, "1")
    assert (refused.value.code, tip(bare)) == ("withdrawn-returns", online)

    roll_back(withdrawn, "1", forced=frozenset({"withdrawn-returns"}))
    assert PICTURE in names_online(bare)


def test_a_rollback_between_two_publications_of_the_same_notice_is_free(withdrawn, bare):
    facts = {"withdrawn": frozenset({"files/x.pdf", PICTURE})}
    withdrawn.write("третя.md", "третя")
    withdrawn.publish(build=build_of(withdrawn, **facts))
    withdrawn.write("третя.md", "третя, змінено")
    withdrawn.publish(build=build_of(withdrawn, **facts))
    roll_back(withdrawn, "3")

    assert "третя.html" in names_online(bare)


def test_a_text_that_comes_back_by_mistake_is_not_published_unless_forced(withdrawn, bare):
    withdrawn.write("друга.md", "Текст, який згодом відкличуть")
    preview = withdrawn.dry_run(build=build_of(withdrawn))
    assert [refusal.code for refusal in preview.refusals] == ["withdrawn-returns"]
    with pytest.raises(PublicationRefused, match=r"/друга\.html") as refused:
        withdrawn.publish(build=build_of(withdrawn))
    assert refused.value.code == "withdrawn-returns"

    withdrawn.publish(build=build_of(withdrawn), force=("withdrawn-returns",))
    assert "Текст" in git(bare, "show", "gh-pages:друга.html")


def test_a_notice_may_change_its_words(withdrawn, bare):
    withdrawn.write("друга.md", NOTICE + "Помилка в рішенні.")
    withdrawn.publish(build=build_of(withdrawn))

    assert "Помилка" in git(bare, "show", "gh-pages:друга.html")
