"""Names that a file can't have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.file_names import find_name_fault, is_device, is_unpublishable, is_utf8, printable_name

GIT = [
    ".git",
    ".GIT",
    ".Git/config",
    "git~1",
    "GIT~1",
    ".git.",
    ".git ",
    ".git::$INDEX_ALLOCATION",
    ".g\u200dit",
    ".\u200cgit",
    "\ufeff.git",
]


@pytest.mark.parametrize(
    "name", [*GIT, "a\nb.pdf", "a\tb.pdf", "a\x7f.pdf", "a\x85.pdf", '"a".pdf', "a\udcff.pdf", "\x1b[2J.pdf"]
)
def test_what_git_or_a_host_cannot_take_is_refused_by_publishing_and_by_the_check(name):
    assert is_unpublishable(name)
    assert find_name_fault(f"content/files/{name}")


@pytest.mark.parametrize(
    "name",
    [
        "a:b.pdf", "a?.pdf", "a*.pdf", "a<b>.pdf", "a|b.pdf", "a\\b.pdf", 'б"б.pdf', "a.pdf.", "a.pdf ", "x./a.pdf", "x /a.pdf", "con.pdf", "AUX",
        "Nul.tar.gz", "com1.pdf", "lpt9", "com².txt", "CONIN$", "рішення\u202efdp.txt", "a\u2066b.pdf", "a\u200bb.pdf", "a\u00adb.pdf",
        "a\u2028b.pdf", "novyna.md.md", "Новина.MD.md",
    ],
)  # fmt: skip
def test_what_windows_cannot_check_out_or_nobody_sees_is_refused_by_the_check(name):
    assert find_name_fault(f"content/files/{name}")


@pytest.mark.parametrize(
    "name",
    [
        "рішення № 5 (зміни).pdf", "а б.pdf", "а\u00a0б.pdf", ".gitignore", "git.pdf", "git~2", "console.pdf", "com10.pdf", "aux-1.pdf", " a.pdf",
        "a..b.pdf", "a.en.md", "amd.md", "md.md", "a.md", "її’я.pdf", "#%&+,;=@[]{}~!$'`^.pdf", "👩\u200d🔧.pdf", "שלום.pdf", "a" * 250,
    ],
)  # fmt: skip
def test_a_name_that_everybody_can_have_is_taken(name):
    assert find_name_fault(f"content/files/{name}") == ""
    assert not is_unpublishable(f"files/{name}")


@given(st.text(st.characters(exclude_characters="/") | st.sampled_from('.git~1 \n":\u200b'), min_size=1))
def test_what_publishing_refuses_the_check_has_refused(name):
    assert find_name_fault(f"content/files/{name}") or not is_unpublishable(f"files/{name}")


@given(st.text())
def test_a_shown_name_is_one_line_of_what_can_be_printed(name):
    shown = printable_name(name)

    assert is_utf8(shown)
    assert len(shown.splitlines()) <= 1


def test_what_nobody_sees_is_shown_by_its_number():
    assert printable_name("а\nб\u202e\udcff.pdf") == "а\\nб\\u202e\\udcff.pdf"


def test_bytes_that_are_no_utf8_are_known():
    assert (is_utf8("назва.md"), is_utf8("\udcff.md")) == (True, False)


@pytest.mark.parametrize(
    ("name", "is_one"), [("con", True), ("CON.txt", True), ("prn .txt", True), ("conx", False), ("com", False)]
)
def test_devices_of_windows(name, is_one):
    assert is_device(name) is is_one
