"""The files of the built folder are read once: what is remembered of them is believed only while their stamps are the same."""

import hashlib
import os
import sqlite3

import pytest

from hromada.publish import site_tree
from hromada.publish.publication_memory import MEMORY_FILE, PublicationMemory
from hromada.publish.site_tree import read_site
from hromada.system.scan import stamp_from

LATER = 10_000_000_000  # ns: stamps are trusted by then


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "output"
    (folder / "news/а").mkdir(parents=True)
    for name in ("index.html", "news/а/index.html"):
        (folder / name).write_text(name, "utf-8")
    return folder


@pytest.fixture
def memory(tmp_path):
    return lambda version="1": PublicationMemory(tmp_path / MEMORY_FILE, version)


@pytest.fixture
def reads(monkeypatch):
    """The names of the files that are read; the clock is some seconds ahead."""
    names, real, now = [], site_tree._read_facts, site_tree.time.time_ns

    def read(folder, name):
        names.append(name)
        return real(folder, name)

    monkeypatch.setattr(site_tree, "_read_facts", read)
    monkeypatch.setattr(site_tree.time, "time_ns", lambda: now() + LATER)
    return names


def test_what_has_not_changed_is_not_read_again(folder, memory, reads):
    first = read_site(folder, memory())
    reads.clear()

    assert read_site(folder, memory()) == first
    assert reads == []


def test_files_that_a_build_has_just_looked_at_are_not_listed_again(folder, memory, reads, monkeypatch):
    whole = read_site(folder, memory())
    built = {name: facts.stamp for name, facts in whole.facts.items()}
    (folder / "index.html").write_text("інша довжина", "utf-8")
    built["index.html"] = stamp_from((folder / "index.html").stat())
    reads.clear()
    monkeypatch.setattr(site_tree, "entries_below", lambda _: pytest.fail("listed"))

    again = read_site(folder, memory(), built)

    assert reads == ["index.html"]
    assert {name for name in whole.facts if whole.facts[name] != again.facts[name]} == {"index.html"}
    assert read_site(folder, memory(), {}).facts == {}


def test_the_digests_are_those_of_the_bytes(folder, memory, reads):
    digests = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("index.html", "news/а/index.html")}
    for _ in range(2):
        assert read_site(folder, memory()).digests() == digests


def same_size(file):
    file.write_text("INDEX.HTML", "utf-8")


def new_file_in_its_place(file):
    other = file.with_name("other")
    other.write_text("INDEX.HTML", "utf-8")
    os.replace(other, file)


@pytest.mark.parametrize("change", [same_size, new_file_in_its_place])
def test_a_file_of_the_same_size_whose_time_was_put_back_is_read(folder, memory, reads, change):
    read_site(folder, memory())
    file = folder / "index.html"
    before = file.stat()
    change(file)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    reads.clear()

    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert read_site(folder, memory()).digests()["index.html"] == hashlib.sha256(b"INDEX.HTML").hexdigest()
    assert reads == ["index.html"]


def test_a_file_written_just_now_is_read_again(folder, memory, reads, monkeypatch):
    now = site_tree.time.time_ns
    monkeypatch.setattr(site_tree.time, "time_ns", lambda: now() - LATER)
    read_site(folder, memory())
    reads.clear()
    read_site(folder, memory())

    assert sorted(reads) == ["index.html", "news/а/index.html"]


def forget_version(path):
    pass


def flip_bytes(path):
    raw = bytearray(path.read_bytes())
    place = raw.index(b"index.html")
    raw[place : place + 5] = b"INDEX"
    path.write_bytes(raw)


def another_type(path):
    with sqlite3.connect(path) as db:
        db.execute("UPDATE blobs SET data = ?", (b'{"index.html": ["',))


def no_database(path):
    path.write_bytes(b"\0" * 4096)


@pytest.mark.parametrize("spoil", [forget_version, flip_bytes, another_type, no_database])
def test_a_memory_that_is_damaged_or_of_another_version_knows_nothing(folder, memory, reads, tmp_path, spoil):
    first = read_site(folder, memory())
    spoil(tmp_path / MEMORY_FILE)
    reads.clear()

    assert read_site(folder, memory("2" if spoil is forget_version else "1")) == first
    assert sorted(reads) == ["index.html", "news/а/index.html"]


def test_where_stamps_do_not_show_every_write_all_files_are_read(folder, memory, reads, monkeypatch):
    monkeypatch.setattr(site_tree, "STAMPS_SHOW_EVERY_WRITE", False)
    read_site(folder, memory())
    reads.clear()
    read_site(folder, memory())

    assert sorted(reads) == ["index.html", "news/а/index.html"]


def test_faults_are_found_again_in_what_is_remembered(folder, memory, reads):
    (folder / "a.exe").write_bytes(b"MZ")
    (folder / "фото.jpg").write_bytes(b"%PDF-1.7")
    first = read_site(folder, memory()).faults()
    reads.clear()

    assert read_site(folder, memory()).faults() == first
    assert (len(first), reads) == (2, [])
