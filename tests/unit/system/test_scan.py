import os
import random
import unicodedata

import pytest

from hromada.domain.file_names import is_leftover
from hromada.system.regular_files import LINK, SPECIAL
from hromada.system.scan import ScannedFile, is_settled, rescan, walk

NAME = "Йоржї.md"
NFC, NFD = unicodedata.normalize("NFC", NAME), unicodedata.normalize("NFD", NAME)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "anything"


def put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"12345")


def test_an_empty_folder_has_no_files(folder):
    (folder / "news" / "empty").mkdir(parents=True)

    assert walk(folder) == {}


def test_a_folder_that_is_not_there_is_no_empty_one(folder):
    with pytest.raises(FileNotFoundError):
        walk(folder)


def test_a_file_is_seen_with_its_place_and_stamp(folder):
    put(folder, "news/a.md")
    state = (folder / "news/a.md").stat()

    assert walk(folder) == {
        "content/news/a.md": ScannedFile(
            str(folder / "news/a.md"), (5, state.st_mtime_ns, state.st_ctime_ns, state.st_ino), str(folder)
        )
    }  # fmt: skip


@pytest.mark.parametrize("written", [NFC, NFD], ids=["NFC", "NFD"])
def test_a_file_and_a_folder_are_named_in_composed_letters_and_lie_where_they_lie(folder, written):
    put(folder, f"{written}/{written}")
    seen = walk(folder)

    assert list(seen) == [f"content/{NFC}/{NFC}"]
    assert seen[f"content/{NFC}/{NFC}"].file == str(folder / written / written)


def test_the_order_is_that_of_the_names_and_not_of_the_disk(folder):
    names = [f"{section}/{day:02d}-{letter}.md" for section in ("news", "pages") for day in range(9) for letter in "aя"]
    orders = []
    for seed in range(4):
        put(folder / str(seed), *random.Random(seed).sample(names, len(names)))
        orders.append(list(walk(folder / str(seed))))

    assert orders == [[f"content/{name}" for name in names]] * 4


@pytest.mark.parametrize(
    "name",
    [
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        ".hidden",
        "a.md~",
        "~$report.docx",
        ".~lock.a.md#",
        ".~lock.a.md",
        ".a.md.swp",
        ".gitkeep",
        "._a.md",
        "._2022-01-15-a.md",
        ".#a.md",
        ".fuse_hidden0000001200000001.md",
        ".nfs000000000012a.md",
        ".goutputstream-A1B2C3",
        ".dropbox.attr",
        ".dropbox",
        "a.md.swp",
        ".a.md.swo",
        "THUMBS.DB",
        "Desktop.ini",
        "~$sichen.xlsx",
        "__MACOSX/a.md",
        ".dropbox.cache/2022/a.md",
        "@eaDir/a.jpg",
        "$RECYCLE.BIN/a.md",
        ".Trash-1000/files/a.md",
        ".Trashes/501/a.md",
        ".history/a_20220115101010.md",
        ".tmp.driveupload/1",
        ".~a.docx",
        "~WRL0001.tmp",
        "~DF12.tmp",
        "#a.md#",
    ],
)
def test_a_leftover_is_no_content(folder, name):
    put(folder, f"news/{name}", "news/a.md")

    assert is_leftover(name)
    assert list(walk(folder)) == ["content/news/a.md"]


@pytest.mark.parametrize("name", ["a.md", ".a.md", ".A.MD", "~a.md", "$a.md", "a~.md", "thumbs.md", "a.ini", "$~a"])
def test_what_may_be_an_item_is_content(folder, name):
    put(folder, name)

    assert not is_leftover(name)
    assert list(walk(folder)) == [f"content/{name}"]


def test_the_repository_of_the_folder_itself_is_no_content_and_another_one_is(folder, tmp_path):
    put(folder, ".git/config", "news/a.md", "news/.git/config")
    assert list(walk(folder)) == ["content/news/.git/config", "content/news/a.md"]

    put(tmp_path / "submodule", ".git", "a.md")
    assert list(walk(tmp_path / "submodule")) == ["content/a.md"]

    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/.git").symlink_to(folder)
    assert list(walk(tmp_path / "linked")) == ["content/.git"]


def test_files_of_a_hidden_folder_are_shown(folder):
    put(folder, ".obsidian/a.md")

    assert list(walk(folder)) == ["content/.obsidian/a.md"]


def test_a_link_to_a_folder_is_shown_and_not_walked(folder, tmp_path):
    put(tmp_path / "outside", "b.md")
    put(folder, "news/a.md")
    (folder / "linked").symlink_to(tmp_path / "outside")
    (folder / "news" / "above").symlink_to(folder)

    assert list(walk(folder)) == ["content/linked", "content/news/a.md", "content/news/above"]


@pytest.mark.parametrize("target", ["outside.md", "nothing.md", "a.md", "/proc/self/environ"])
@pytest.mark.parametrize("name", ["a.md", ".hidden", "Thumbs.db", "a.md~"])
def test_a_link_has_no_stamp_whatever_it_leads_to_and_is_no_leftover(folder, tmp_path, target, name):
    put(tmp_path, "outside.md")
    folder.mkdir()
    (folder / name).symlink_to(tmp_path / target)

    assert walk(folder) == {f"content/{name}": ScannedFile(str(folder / name), None, str(folder), LINK)}


def test_a_link_that_an_editors_program_leaves_while_a_file_is_open_is_no_content(folder):
    folder.mkdir()
    (folder / ".#a.md").symlink_to("editor@host.1:2")

    assert walk(folder) == {}


def test_a_special_file_called_like_a_leftover_is_one(folder):
    folder.mkdir()
    os.mkfifo(folder / ".hidden")
    os.mkfifo(folder / "a.md")

    assert walk(folder) == {"content/a.md": ScannedFile(str(folder / "a.md"), None, str(folder), SPECIAL)}


@pytest.mark.parametrize("way", ["folder", "way"])
def test_what_is_seen_is_opened_below_the_folder_that_may_itself_be_a_link(folder, tmp_path, way):
    put(folder, "anything/news/a.md")
    (tmp_path / "way").symlink_to(folder)
    seen = walk((folder if way == "folder" else tmp_path / "way") / "anything")

    assert seen["content/news/a.md"].source.name == "news/a.md"
    assert seen["content/news/a.md"].source.read() == b"12345"


@pytest.mark.parametrize("saved", ["link", "fifo"])
def test_a_saved_file_that_is_no_file_any_more_takes_a_walk(folder, saved):
    put(folder, "a.md", "b.md")
    before = walk(folder)
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to("b.md") if saved == "link" else os.mkfifo(folder / "a.md")

    assert rescan(before, folder, [folder / "a.md"]) is None
    assert walk(folder)["content/a.md"].type_fault is (LINK if saved == "link" else SPECIAL)


def test_a_folder_called_like_a_file_is_walked(folder):
    put(folder, "a.md/b.md", "Thumbs.db/c.md")

    assert list(walk(folder)) == ["content/Thumbs.db/c.md", "content/a.md/b.md"]


@pytest.mark.parametrize("written", ["a.md", NFC, NFD], ids=["plain", "NFC", "NFD"])
def test_after_files_were_saved_they_are_seen_again_as_a_walk_would_see_them(folder, written):
    put(folder, "news/b.md", f"news/{written}", "pages/c.md")
    before = walk(folder)
    path = folder / "news" / written
    path.write_bytes(b"other bytes")

    assert rescan(before, folder, [path]) == walk(folder) != before


def test_a_file_saved_by_renaming_another_one_is_seen_again(folder):
    put(folder, "a.md")
    before = walk(folder)
    (folder / "a.md.new").write_bytes(b"12345")
    (folder / "a.md.new").replace(folder / "a.md")

    assert rescan(before, folder, [folder / "a.md"]) == walk(folder) != before


@pytest.mark.parametrize("saved", ["news/new.md", "news/gone.md", "news", "../elsewhere.md"])
def test_what_is_no_saved_file_takes_a_walk(folder, saved):
    put(folder, "news/a.md", "news/gone.md", "../elsewhere.md")
    before = walk(folder)
    put(folder, "news/new.md")
    (folder / "news/gone.md").unlink()

    assert rescan(before, folder, [folder / "news/a.md", folder / saved]) is None


NOON = 1_700_000_000_000_000_000  # ns: a whole second
A_MOMENT = 123_456_789


@pytest.mark.parametrize(
    ("mtime", "ctime", "moment", "settled"),
    [
        (NOON, NOON, NOON + 2_000_000_000, False),  # whole seconds: as on a memory card
        (NOON, NOON, NOON + 2_000_000_001, True),
        (NOON + A_MOMENT, NOON + A_MOMENT, NOON + A_MOMENT + 100_000_000, False),
        (NOON + A_MOMENT, NOON + A_MOMENT, NOON + A_MOMENT + 100_000_001, True),
        (NOON, NOON + A_MOMENT, NOON + A_MOMENT + 100_000_001, False),  # one of the two is whole
        (NOON + A_MOMENT, NOON, NOON + A_MOMENT + 100_000_001, False),
        (0, NOON + A_MOMENT, NOON, False),  # changed later than the moment, whatever its time of writing says
        (NOON + A_MOMENT, 1, NOON, False),
    ],
)
def test_a_stamp_is_settled_when_a_later_write_leaves_another_one(mtime, ctime, moment, settled):
    assert is_settled((5, mtime, ctime, 7), moment) is settled
