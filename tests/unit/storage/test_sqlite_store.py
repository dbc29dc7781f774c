import contextlib
import sqlite3

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.storage.sqlite_store import Store

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
BLOBS = st.dictionaries(st.tuples(NAMES, NAMES), st.binary(max_size=40), max_size=8)
A, B = ("note", "a"), ("note", "b")


@pytest.fixture
def place(tmp_path):
    return tmp_path / "cache" / "store.sqlite"


def kept(place, version="1"):
    """What a new process would find."""
    with contextlib.closing(Store(place, version)) as store:
        return store.all("note")


def put(place, blobs, version="1"):
    with contextlib.closing(Store(place, version)) as store:
        store.put(blobs)


@given(BLOBS, BLOBS)
def test_what_was_put_last_is_given_back(first, second):
    store = Store(None, "1")
    store.put(first)
    store.put(second)
    expected = first | second

    assert {key: store.get(*key) for key in expected} == expected
    assert {(kind, name): data for kind, _ in expected for name, data in store.all(kind).items()} == expected


@given(BLOBS, st.lists(NAMES, max_size=8))
def test_some_blobs_are_those_that_each_name_has(blobs, names):
    store = Store(None, "1")
    store.put(blobs)
    kinds = {kind for kind, _ in blobs} | {"note"}
    wanted = [*names, *(name for _, name in blobs)]

    for kind in kinds:
        expected = {name: blob for name in wanted if (blob := store.get(kind, name)) is not None}
        assert store.some(kind, wanted) == expected


def test_a_damaged_blob_is_not_among_some(place):
    put(place, {A: b"1", B: b"2"})
    with contextlib.closing(sqlite3.connect(place)) as database, database:
        database.execute("UPDATE blobs SET data = 'other' WHERE name = ?", (b"a",))

    assert Store(place, "1").some("note", ["a", "b", "c"]) == {"b": b"2"}


@given(BLOBS, st.data())
def test_just_what_is_gone_is_forgotten(blobs, data):
    store = Store(None, "1")
    gone = data.draw(st.lists(st.sampled_from(sorted(blobs)), unique=True)) if blobs else [("no", "such")]
    store.put(blobs)
    store.put({}, gone)

    assert {key for key in blobs if store.get(*key) is not None} == blobs.keys() - set(gone)


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 100_000])
def test_a_blob_of_any_size_is_found_by_a_new_store(place, size):
    put(place, {A: b"x" * size})

    assert kept(place) == {"a": b"x" * size}


def test_what_is_put_and_gone_at_once_is_gone(place):
    store = Store(place, "1")
    store.put({A: b"1", B: b"2"}, [A])

    assert (store.get(*A), store.get(*B)) == (None, b"2")


def test_an_unknown_name_or_kind_is_nothing(place):
    store = Store(place, "1")
    store.put({A: b"1"})

    assert (store.get("note", "b"), store.get("folder", "a"), store.all("folder")) == (None, None, {})


def test_a_closed_store_opens_again(place):
    store = Store(place, "1")
    store.put({A: b"1"})
    store.close()

    assert store.get(*A) == b"1"


def test_what_another_version_left_is_given_to_nobody(place):
    put(place, {A: b"1"}, "1")

    assert kept(place, "2") == {}
    assert kept(place, "1") == {}


def test_two_versions_that_hold_one_file_open_get_none_of_the_others_blobs(place):
    old, new = Store(place, "1"), Store(place, "2")
    old.put({A: b"old"})
    new.put({B: b"new"})
    old.put({A: b"old again"})

    assert (old.get(*B), new.get(*A)) == (None, None)
    assert (old.all("note"), new.all("note")) == ({"a": b"old again"}, {"b": b"new"})


def test_two_stores_of_one_version_see_each_others_blobs(place):
    one, other = Store(place, "1"), Store(place, "1")
    one.put({A: b"1"})
    other.put({B: b"2"})

    assert one.all("note") == other.all("note") == {"a": b"1", "b": b"2"}


def test_without_a_path_every_store_is_its_own():
    store = Store(None, "1")
    store.put({A: b"1"})

    assert (store.get(*A), Store(None, "1").get(*A)) == (b"1", None)


def test_a_folder_where_the_file_should_be_means_no_memory(place):
    place.mkdir(parents=True)
    store = Store(place, "1")
    store.put({A: b"1"})

    assert (store.get(*A), store.all("note"), list(place.iterdir())) == (None, {}, [])


def test_a_file_where_the_folder_should_be_means_no_memory(place):
    place.parent.write_bytes(b"no folder")
    store = Store(place, "1")
    store.put({A: b"1"})

    assert (store.get(*A), store.all("note"), place.parent.read_bytes()) == (None, {}, b"no folder")


def test_a_store_that_can_only_be_read_gives_what_it_has(place, monkeypatch):
    """The file is opened as one of a disk that may not be written: the tests may run as root, who may write anything."""
    put(place, {A: b"1"})
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **how: connect(f"file:{path}?mode=ro", uri=True, **how))
    store = Store(place, "1")
    store.put({B: b"2"})
    found, of_another_version = store.all("note"), kept(place, "2")
    monkeypatch.undo()

    assert (found, of_another_version) == ({"a": b"1"}, {})
    assert kept(place) == {"a": b"1"}


def test_a_put_that_fails_midway_leaves_the_former_blobs(place):
    class Failing(dict):
        def items(self):
            yield A, b"new"
            raise ZeroDivisionError

    store = Store(place, "1")
    store.put({A: b"former"})
    with pytest.raises(ZeroDivisionError):
        store.put(Failing())
    store.put({B: b"2"})

    assert kept(place) == {"a": b"former", "b": b"2"}
