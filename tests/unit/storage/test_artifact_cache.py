import os
import time

import pytest

from hromada.storage.artifact_cache import FileStore

NAMES = ("report.pdf", "report.docx")


class Maker:
    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return {"report.pdf": b"pdf%d" % self.times, "report.docx": b"docx"}


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "documents", capacity=2)


def used(store, inputs, at):
    """Say that the documents were last used at a second."""
    os.utime(store.folder / inputs, (at, at))


def test_the_same_inputs_are_made_once(store):
    make = Maker()
    first = store.get("a", NAMES, make)

    assert store.get("a", NAMES, make) == first
    assert make.times == 1


def test_other_inputs_make_other_documents_and_the_former_stay(store):
    make = Maker()
    store.get("a", NAMES, make)

    assert store.get("b", NAMES, make)["report.pdf"] == b"pdf2"
    assert store.get("a", NAMES, make)["report.pdf"] == b"pdf1"


def test_the_set_longest_unused_is_given_up_when_there_is_no_room(store):
    make = Maker()
    for at, inputs in enumerate("ab", 1):
        store.get(inputs, NAMES, make)
        used(store, inputs, at)
    store.get("a", NAMES, make)

    store.get("c", NAMES, make)

    assert {place.name for place in store.folder.iterdir()} == {"a", "c"}


def test_what_an_earlier_version_kept_otherwise_is_given_up_too(store):
    for name in ("old", "older"):
        (store.folder / name / "reports").mkdir(parents=True)
        used(store, name, 1)
    (store.folder / "note.txt").write_text("no folder")

    for inputs in "abc":
        store.get(inputs, NAMES, Maker())

    assert {place.name for place in store.folder.iterdir()} == {"b", "c", "note.txt"}


@pytest.mark.parametrize("name", ["sums.json", "report.pdf", "report.docx"])
@pytest.mark.parametrize("damage", [b"", b"{}", b'["report.pdf"]', b"1", None])
def test_a_damaged_store_is_made_anew(store, name, damage):
    make = Maker()
    store.get("a", NAMES, make)
    path = store.folder / "a" / name
    path.unlink() if damage is None else path.write_bytes(damage)

    assert store.get("a", NAMES, make)["report.docx"] == b"docx"
    assert (make.times, store.get("a", NAMES, make)["report.pdf"]) == (2, b"pdf2")


def test_a_store_that_cannot_be_written_costs_time_and_not_the_documents(store):
    store.folder.write_bytes(b"a file where the folder should be")

    assert store.get("a", NAMES, Maker())["report.docx"] == b"docx"


DAY = 24 * 3600


def kept_for(store, days):
    """Make a set that was last used so many days ago."""
    store.get(f"set-{days}", NAMES, Maker())
    used(store, f"set-{days}", time.time() - days * DAY)


def test_a_set_that_no_site_needed_for_a_month_goes(tmp_path):
    store = FileStore(tmp_path / "pictures")
    for days in (0, 29, 31, 400):
        kept_for(store, days)
    store.prune(tuple)

    assert {path.name for path in store.folder.iterdir() if path.is_dir()} == {"set-0", "set-29"}


def test_a_set_that_the_site_needs_stays_however_old_it_is(tmp_path):
    store = FileStore(tmp_path / "pictures")
    for days in (31, 400):
        kept_for(store, days)
    store.prune(lambda: {"set-400"})
    (store.folder / "pruned.txt").unlink()
    store.prune(tuple)

    assert {path.name for path in store.folder.iterdir() if path.is_dir()} == {"set-400"}


def test_old_sets_are_looked_for_once_a_day(tmp_path):
    store = FileStore(tmp_path / "pictures")
    store.get("a", NAMES, Maker())
    store.prune(tuple)
    kept_for(store, 31)
    store.prune(tuple)
    assert (store.folder / "set-31").exists()
    os.utime(store.folder / "pruned.txt", (1, 1))

    store.prune(tuple)

    assert not (store.folder / "set-31").exists()


def test_a_cache_that_is_not_there_is_nothing_to_prune(tmp_path):
    FileStore(tmp_path / "nowhere").prune(lambda: {"a"})
