"""Files of others on the published branch: which stay, which a publication would undo."""

import pytest

from hromada.online.foreign_changes import ForeignChanges, ForeignCommit, decode_name, encode_name, sort_foreign_files

ONE, TWO, OURS = "1" * 40, "2" * 40, "3" * 40
COMMIT = ForeignCommit("Олена", "29.11.2026", "Зміна", ("README.md",))


def sorted_files(published, online, built, **changes):
    options = {"commits": (COMMIT,)} | changes
    found = sort_foreign_files(ForeignChanges(published, online, **options), built)
    return sorted(found.kept), list(found.undone), list(found.dropped)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("README.md", True), ("google1.html", True), ("з пробілом.txt", True), (".well-known/security.txt", True), (".well-known/a/b", True),
        ("files/x.pdf", False), ("content/news/x.md", False), (".github/workflows/x.yml", False), ("News", False), ("INDEX.html", False),
        ("index.html/x", False),
    ],
)  # fmt: skip
def test_files_beside_the_home_page_and_well_known_ones_stay_the_others_are_named(name, kept):
    built = {"index.html": OURS, "news/index.html": OURS}
    found = sorted_files(built, {**built, name: ONE}, built)

    assert found == (([name], [], []) if kept else ([], [], [name]))


@pytest.mark.parametrize(
    ("published", "online", "built", "undone"),
    [
        (OURS, None, OURS, True),  # removed by hand
        (OURS, ONE, OURS, True),  # changed by hand
        (OURS, ONE, TWO, True),  # changed by hand and in the content
        (None, ONE, OURS, True),  # theirs, where we now have a page
        (OURS, None, None, False),  # removed in both
        (OURS, ONE, ONE, False),  # changed alike in both
        (OURS, ONE, None, False),  # changed by hand, removed from the content
        (OURS, OURS, TWO, False),  # not theirs
    ],
)
def test_what_others_did_to_a_page_is_not_undone_in_silence(published, online, built, undone):
    files = [{"a/x.html": one} if one else {} for one in (published, online, built)]

    assert sorted_files(*files) == ([], ["a/x.html"] if undone else [], [])


def test_what_is_no_regular_file_does_not_stay():
    assert sorted_files({}, {"x": "120000", "y": "160000"}, {}) == ([], [], ["x", "y"])


def test_files_kept_before_stay_and_pages_of_ours_that_were_brought_back_do_not():
    assert sorted_files({"a": ONE}, {"a": ONE}, {}, commits=(), kept=["a", "gone"]) == (["a"], [], [])
    assert sorted_files({"a": ONE}, {"a": TWO}, {}, kept=["a"]) == (["a"], [], [])
    assert sorted_files({"a": ONE}, {"a": ONE}, {"a": OURS}, commits=(), kept=["a"]) == ([], ["a"], [])
    assert sorted_files({}, {"a": ONE}, {}, brought_back=["a"]) == ([], [], ["a"])


def test_the_domain_and_the_mark_of_jekyll_are_written_anew():
    assert sorted_files({".nojekyll": ONE}, {"CNAME": ONE}, {".nojekyll": ONE, "CNAME": TWO}) == ([], [], [])


def test_who_changed_what_is_told_in_few_lines():
    many = ForeignCommit("Хост\n\x1b[1m", "01.02.2026", "x" * 300, tuple(f"{number}.txt" for number in range(9)))
    lines = ForeignChanges(commits=(COMMIT, *[many] * 6)).as_lines("gh-pages")

    assert lines[1] == "  29.11.2026, Олена, «Зміна»: README.md"
    assert lines[2] == f"  01.02.2026, Хост \\x1b[1m, «{'x' * 100}»: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt … і ще 4"
    assert (len(lines), lines[-1]) == (7, "  … і ще комітів: 2")
    assert ForeignChanges().as_lines("gh-pages") == []


@pytest.mark.parametrize("name", ["README.md", ".well-known/x", "з пробілом\n: %.txt", "\udcff.txt"])
def test_a_name_survives_a_line_of_a_commits_message(name):
    assert decode_name(encode_name(name)) == name
    assert encode_name(name).isascii()
    assert not set(" \n") & set(encode_name(name))
