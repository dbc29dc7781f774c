"""Damage on the disk. Flips are made in the blobs' own bytes."""

import contextlib
import itertools
import shutil
import sqlite3

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.storage.sqlite_store import Store

BLOBS = {("note", f"n{number}"): bytes([65 + number]) * (300 * number + 50) for number in range(12)}


class Disk:
    """A store's file, laid down anew for every damage: SQLite remembers files of one process by their inodes."""

    def __init__(self, folder):
        self.folder, self.numbers = folder, itertools.count()
        with contextlib.closing(Store(folder / "whole.sqlite", "1")) as store:
            store.put(BLOBS)
        self.completed = (folder / "whole.sqlite").read_bytes()

    @contextlib.contextmanager
    def holding(self, data):
        place = self.folder / str(next(self.numbers)) / "store.sqlite"
        place.parent.mkdir()
        place.write_bytes(data)
        try:
            yield place
        finally:
            shutil.rmtree(place.parent)


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    return Disk(tmp_path_factory.mktemp("disk"))


def found(place):
    """What is given by `all`, and by `get` of every name; put works afterwards, for others too."""
    with contextlib.closing(Store(place, "1")) as store:
        every = {("note", name): data for name, data in store.all("note").items()}
        each = {key: data for key in BLOBS if (data := store.get(*key)) is not None}
        store.put({("new", "a"): b"1"})  # damage that shows only in writing is set aside then
        store.put({("new", "b"): b"2"})
        assert store.get("new", "b") == b"2"
    with contextlib.closing(Store(place, "1")) as store:
        assert store.get("new", "b") == b"2"
    return every, each


def test_the_whole_file_gives_everything(disk):
    with disk.holding(disk.completed) as place:
        assert found(place) == (BLOBS, BLOBS)


@given(data=st.data())
def test_a_blob_with_flipped_bytes_is_not_given_and_the_others_are(disk, data):
    key = data.draw(st.sampled_from(sorted(BLOBS)))
    length = min(len(BLOBS[key]), 40)
    at = disk.completed.index(BLOBS[key][:length])
    damaged = bytearray(disk.completed)
    for position in data.draw(st.sets(st.integers(at, at + length - 1), min_size=1, max_size=4)):
        damaged[position] ^= data.draw(st.integers(1, 255))
    others = {other: blob for other, blob in BLOBS.items() if other != key}
    with disk.holding(damaged) as place:
        assert found(place) == (others, others)


@given(data=st.data())
def test_a_truncated_file_gives_right_bytes_or_nothing(disk, data):
    with disk.holding(disk.completed[: data.draw(st.integers(0, len(disk.completed) - 1))]) as place:
        every, each = found(place)

        assert every.items() | each.items() <= BLOBS.items()


@given(data=st.data())
def test_pages_that_were_not_written_give_right_bytes_or_nothing(disk, data):
    """What a power cut leaves: some pages of 4096 bytes are zeros."""
    damaged = bytearray(disk.completed)
    for page in data.draw(st.sets(st.integers(0, len(damaged) // 4096 - 1), min_size=1)):
        damaged[page * 4096 : (page + 1) * 4096] = bytes(4096)
    with disk.holding(damaged) as place:
        every, each = found(place)

        assert every.items() | each.items() <= BLOBS.items()


@given(st.binary(min_size=1, max_size=600))
def test_garbage_is_an_empty_store(disk, garbage):
    with disk.holding(garbage) as place:
        assert found(place) == ({}, {})


@pytest.mark.parametrize("garbage", [b"", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(4080), b"\0" * 4096])
def test_the_beginning_of_a_file_is_an_empty_store(disk, garbage):
    with disk.holding(garbage) as place:
        assert found(place) == ({}, {})


@pytest.mark.parametrize(
    "tables",
    [
        "CREATE TABLE a (x)",
        "CREATE TABLE a (x); CREATE TABLE b (x)",
        "CREATE TABLE blobs (x)",
        "CREATE TABLE version (x)",
        "CREATE TABLE blobs (x); CREATE TABLE version (x)",
        "CREATE TABLE blobs (kind TEXT, name TEXT, sum BLOB, data BLOB); CREATE TABLE version (words TEXT, more TEXT)",
    ],
)
def test_a_foreign_database_is_an_empty_store(disk, tables):
    with disk.holding(b"") as place:
        with contextlib.closing(sqlite3.connect(place)) as foreign:
            foreign.executescript(tables)

        assert found(place) == ({}, {})


def test_a_damaged_file_is_set_aside(disk):
    with disk.holding(b"garbage" * 100) as place:
        found(place)

        assert place.with_suffix(".damaged").read_bytes() == b"garbage" * 100


def test_a_journal_that_is_garbage_costs_nothing(disk):
    with disk.holding(disk.completed) as place:
        place.with_name(f"{place.name}-journal").write_bytes(b"garbage" * 1000)

        assert found(place) == (BLOBS, BLOBS)
