"""Cases that once lost or spoilt something: flipped bytes, full disks, odd names, killed builds."""

import contextlib
import os
import sqlite3
import unicodedata
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.build.manifest import BuildManifest, CompletedBuild
from hromada.build.page_keys import ContextHasher, Templates
from hromada.content.file_cache import FileCache
from hromada.content.folder_reader import load_content
from hromada.storage import sqlite_store as module
from hromada.storage.sqlite_store import Store
from hromada.system.atomic_files import sweep
from hromada.system.scan import walk
from tests.properties import examples
from tests.unit.making import SETTINGS
from tests.unit.storage.test_store_damage import BLOBS, Disk, found


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    return Disk(tmp_path_factory.mktemp("disk"))


@pytest.mark.long
@examples(3)
@given(data=st.data())
def test_flipped_bytes_anywhere_give_right_bytes_or_nothing(disk, data):
    damaged = bytearray(disk.completed)
    # Bytes 18 and 19 say that a file may only be read: then nothing new is kept, and nothing wrong is given either.
    places = st.integers(0, len(damaged) - 1).filter(lambda one: one not in (18, 19))
    for position in data.draw(st.sets(places, min_size=1, max_size=4)):
        damaged[position] ^= data.draw(st.integers(1, 255))
    with disk.holding(damaged) as place:
        every, each = found(place)
        assert every.items() | each.items() <= BLOBS.items()


def test_a_flipped_byte_in_a_name_gives_no_other_blob(disk):
    damaged = disk.completed.replace(b"noten3", b"noten\xff")
    with disk.holding(damaged) as place:
        every, each = found(place)
        assert every.items() | each.items() <= BLOBS.items()


def test_a_flipped_letter_in_a_name_gives_no_other_blob(disk):
    damaged = disk.completed.replace(b"noten3", b"notenX")
    with disk.holding(damaged) as place:
        every, each = found(place)
        assert every.items() | each.items() <= BLOBS.items()


def test_a_full_disk_costs_what_would_have_been_kept(tmp_path):
    store = Store(tmp_path / "s", "1")
    store.put({("k", "a"): b"1"})
    db = store._open()
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    store.put({("k", "b"): b"x" * 100_000})
    assert store.all("k") == {"a": b"1"}


def test_a_busy_first_opening_does_not_set_the_file_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_TIMEOUT", 0)
    other = sqlite3.connect(tmp_path / "s.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store = Store(tmp_path / "s.sqlite", "1")
    store.put({("k", "a"): b"1"})
    other.execute("COMMIT")
    other.close()
    store.put({("k", "a"): b"2"})
    assert store.get("k", "a") == b"2"


def test_a_name_that_is_no_utf8_is_kept_like_any_other():
    store = Store(None, "1")
    store.put({("text", "content/\udcff.md"): b"1"})
    assert store.get("text", "content/\udcff.md") == b"1"


def test_two_spellings_are_two_files(tmp_path):
    for form in ("NFC", "NFD"):
        (tmp_path / unicodedata.normalize(form, "й.md")).write_text(form)
    assert len(walk(tmp_path)) == 2


def test_files_come_in_the_order_of_their_composed_names(tmp_path):
    for name in (unicodedata.normalize("NFD", "й.md"), "иа.md"):
        (tmp_path / name).write_text("")
    assert list(walk(tmp_path)) == sorted(walk(tmp_path))


@pytest.mark.parametrize("name", [".new-99999999999999999999-a", ".new-4194399-folder/"])
def test_what_looks_like_a_leftover_does_not_stop_the_sweep(tmp_path, name):
    (tmp_path / name).mkdir() if name.endswith("/") else (tmp_path / name).write_text("")
    sweep(tmp_path)


def test_an_empty_mapping_is_no_empty_set():
    d = ContextHasher({})
    assert d.key({}) != d.key(set())


def test_words_of_a_kind_of_their_own_are_told_apart():
    class Words(str):
        pass

    d = ContextHasher({})
    assert d.key((Words("a,Words.b"),)) != d.key((Words("a"), Words("b")))


def test_an_editors_leftover_beside_a_template_is_no_template(tmp_path):
    (tmp_path / "a.html").write_text("x")
    (tmp_path / ".a.html.swp").write_bytes(b"b0VIM\xff")
    assert Templates(tmp_path, {}).names == ["a.html"]


def test_finish_forgets_what_a_killed_build_began(tmp_path):
    def manifest():
        return BuildManifest(tmp_path / "o", tmp_path / "c")

    one = manifest()
    one.begin(["a"])
    one.finish({"a": "1"}, {"a": (1, 1, 1, 1)}, {}, CompletedBuild("x"))
    manifest().begin(["new"])
    one = manifest()
    one.begin([])
    one.finish({"a": "1"}, {}, {}, CompletedBuild("x"))
    assert manifest().names() == {"a"}


def test_a_build_that_only_removes_is_not_whole_midway(tmp_path):
    one = BuildManifest(tmp_path / "o", tmp_path / "c")
    one.begin(["a"])
    one.finish({"a": "1"}, {"a": (1, 1, 1, 1)}, {}, CompletedBuild("x"))
    one.begin([])
    assert one.completed == CompletedBuild()


def test_two_first_openers_lose_nothing(tmp_path, monkeypatch):
    a, b = Store(tmp_path / "s", "1"), Store(tmp_path / "s", "1")
    real = module._transaction

    @contextlib.contextmanager
    def between(db):
        monkeypatch.setattr(module, "_transaction", real)
        a.put({("k", "a"): b"1"})
        with real(db):
            yield

    monkeypatch.setattr(module, "_transaction", between)
    b.put({("k", "b"): b"2"})
    assert a.all("k") == {"a": b"1", "b": b"2"}


READ_AT_ONCE = (
    "registers/social/x.csv", "registers/accounts.toml", "reports/figures.toml", "categories.toml", "law.toml",
    "redirects.csv", "tasks.toml", "alerts.toml",
)  # fmt: skip


@pytest.mark.parametrize("name", READ_AT_ONCE)
def test_a_table_that_may_not_be_read_is_refused_with_its_name(tmp_path, monkeypatch, name):
    content = tmp_path / "content"
    (content / name).parent.mkdir(parents=True)
    (content / name).write_text("x")

    def refuse(*given):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("hromada.system.regular_files.RegularFile.open", refuse)
    found = load_content(content, SETTINGS, FileCache(None, "")).problems

    assert [str(one) for one in found] == [
        f"content/{name}:1: файл не вдалося прочитати (немає прав), перевірте права та диск [unreadable]"
    ]


def test_a_file_whose_name_is_no_utf8_is_refused(tmp_path):
    (tmp_path / "news").mkdir()
    Path(os.fsdecode(bytes(tmp_path) + b"/news/\xff.md")).write_text("title: a\ndate: 2021-07-05\n\n")

    assert [one.code for one in load_content(tmp_path, SETTINGS, FileCache(None, "")).problems] == ["stray-file"]
