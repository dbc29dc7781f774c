import os
from datetime import datetime

import pytest

from hromada.build.manifest import BuildManifest, CompletedBuild, output_lock
from hromada.build.output_writer import stamp_of
from hromada.system.disk_errors import DiskError

WHOLE = CompletedBuild("inputs", datetime(2021, 1, 1), datetime(2022, 1, 1))
KEYS = {"index.html": "1", "news/index.html": "2", "новини/й.html": "3"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "output"


@pytest.fixture
def recall(folder, tmp_path):
    """What a new process knows of the folder."""
    return lambda: BuildManifest(folder, tmp_path / "cache")


def put(folder, name, text="text"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return stamp_of(str(path))


def build(manifest, keys=KEYS, names=None, completed=WHOLE):
    """A complete build that draws `names`."""
    names = keys.keys() if names is None else names
    manifest.begin(names)
    stamps = {name: put(manifest.folder, name) for name in names}
    manifest.finish(keys, stamps, {"reports": ("inputs", {"a": "key"})}, completed)
    return stamps


def lose_store(tmp_path):
    for path in (tmp_path / "cache").glob("*.sqlite*"):
        path.unlink()


def test_of_a_new_folder_nothing_is_known(recall):
    manifest = recall()

    assert (manifest.files, manifest.pending, manifest.completed, manifest.groups) == (
        {},
        frozenset(),
        CompletedBuild(),
        {},
    )
    assert (manifest.names(), manifest.changed_outputs()) == (set(), frozenset())
    assert manifest.stale(KEYS, ()) == list(KEYS)


def test_a_complete_build_is_remembered(recall):
    stamps = build(recall())
    manifest = recall()

    assert manifest.files == {name: (key, *stamps[name]) for name, key in KEYS.items()}
    assert (manifest.completed, manifest.pending, manifest.names()) == (WHOLE, frozenset(), set(KEYS))
    assert manifest.groups == {"reports": ("inputs", {"a": "key"})}
    assert (manifest.changed_outputs(), manifest.stale(KEYS, ())) == (frozenset(), [])


def test_new_outputs_and_those_made_of_something_else_are_stale(recall):
    build(recall())
    keys = KEYS | {"index.html": "other", "new.html": "1"}

    assert recall().stale(keys, ()) == ["index.html", "new.html"]


def test_moved_outputs_are_stale(recall):
    build(recall())

    assert recall().stale(KEYS, {"news/index.html", "unknown.html"}) == ["news/index.html"]


def test_what_is_being_drawn_is_stale_whatever_its_key(recall):
    build(recall())
    manifest = recall()
    manifest.begin(["index.html"])

    assert manifest.stale(KEYS, ()) == recall().stale(KEYS, ()) == ["index.html"]


def test_what_a_build_has_not_come_to_the_end_of_stays_stale_when_the_next_begins_with_something_else(recall):
    build(recall())
    manifest = recall()
    manifest.begin(["index.html"])
    manifest.begin(["news/index.html"])

    assert set(manifest.stale(KEYS, ())) == set(recall().stale(KEYS, ())) == {"index.html", "news/index.html"}


@pytest.mark.parametrize("change", ["longer", "later", "gone"])
def test_a_file_that_does_not_lie_as_it_was_left_is_moved(recall, folder, change):
    build(recall())
    path = folder / "index.html"
    if change == "longer":
        time = path.stat().st_mtime_ns
        path.write_text("longer text", "utf-8")
        os.utime(path, ns=(time, time))
    elif change == "later":
        time = path.stat().st_mtime_ns + 1
        os.utime(path, ns=(time, time))
    else:
        path.unlink()

    assert recall().changed_outputs() == {"index.html"}


def test_a_killed_build_leaves_its_names_and_nothing_whole(recall):
    build(recall())
    recall().begin(["index.html", "new.html"])
    manifest = recall()

    assert manifest.names() == {*KEYS, "new.html"}
    assert (manifest.pending, manifest.completed) == ({"index.html", "new.html"}, CompletedBuild())


def test_the_build_after_a_killed_one_makes_it_whole(recall):
    build(recall())
    recall().begin(["index.html", "new.html"])
    build(recall(), names=["index.html"])
    manifest = recall()

    assert (manifest.pending, manifest.completed, manifest.stale(KEYS, ())) == (frozenset(), WHOLE, [])


def test_names_survive_the_loss_of_everything_else(recall, tmp_path):
    build(recall())
    recall().begin(["new.html"])
    lose_store(tmp_path)
    manifest = recall()

    assert manifest.names() == {*KEYS, "new.html"}
    assert (manifest.files, manifest.completed) == ({}, CompletedBuild())
    assert manifest.stale(KEYS, ()) == list(KEYS)


@pytest.mark.parametrize("list_of_names", [None, b"", b"\xff\xfe garbage"])
def test_without_a_list_of_names_those_of_the_files_are_known(recall, tmp_path, list_of_names):
    build(recall())
    for path in (tmp_path / "cache").glob("*.names"):
        path.unlink() if list_of_names is None else path.write_bytes(list_of_names)

    assert recall().names() == set(KEYS)


def test_a_lost_list_of_names_is_written_by_the_next_build(recall, tmp_path):
    build(recall())
    for path in (tmp_path / "cache").glob("*.names"):
        path.unlink()
    recall().begin(["index.html"])
    lose_store(tmp_path)

    assert recall().names() == set(KEYS)


def test_a_finished_build_forgets_what_is_gone(recall, tmp_path):
    build(recall())
    build(recall(), keys={"index.html": "1"}, names=[])
    manifest = recall()
    lose_store(tmp_path)

    assert manifest.names() == recall().names() == {"index.html"}
    assert manifest.files.keys() == {"index.html"}


def test_what_was_not_drawn_stays_stale_until_it_is(recall):
    first = build(recall())
    keys = KEYS | {"index.html": "other"}
    build(recall(), keys=keys, names=["news/index.html"])

    assert recall().files["index.html"] == ("1", *first["index.html"])
    assert recall().stale(keys, ()) == ["index.html"]


def test_an_output_that_was_never_drawn_cannot_be_finished(recall):
    with pytest.raises(KeyError):
        recall().finish(KEYS, {}, {}, WHOLE)


def test_two_folders_of_one_cache_are_apart(recall, tmp_path):
    build(recall())
    other = BuildManifest(tmp_path / "elsewhere", tmp_path / "cache")

    assert (other.files, other.names(), other.completed) == ({}, set(), CompletedBuild())


def test_of_a_folder_behind_a_link_to_itself_nothing_is_known(tmp_path):
    (tmp_path / "loop").symlink_to("loop")

    assert BuildManifest(tmp_path / "loop/output", tmp_path / "cache").completed == CompletedBuild()


def test_one_folder_by_two_ways_is_one(recall, folder, tmp_path):
    build(recall())
    (tmp_path / "way").symlink_to(folder)

    assert BuildManifest(tmp_path / "way", tmp_path / "cache").completed == WHOLE


@pytest.mark.parametrize("garbage", [b"garbage", b""])
def test_a_damaged_store_costs_a_build_from_nothing(recall, tmp_path, garbage):
    build(recall())
    for path in (tmp_path / "cache").glob("*.sqlite"):
        path.write_bytes(garbage)
    manifest = recall()

    assert (manifest.completed, manifest.names()) == (CompletedBuild(), set(KEYS))
    build(manifest)
    assert recall().completed == WHOLE


def test_a_cache_that_cannot_be_written_remembers_nothing_and_hinders_nobody(folder, tmp_path, recall, monkeypatch):
    cache = tmp_path / "cache"
    with output_lock(folder, cache, waiting=pytest.fail):
        build(recall())
    lock = next(cache.glob("*.lock"))
    lock.unlink()
    lock.mkdir()  # it can't be opened, whoever runs the test

    def refuse(*given):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("hromada.build.manifest.atomic_write", refuse)
    with output_lock(folder, cache, waiting=pytest.fail):
        build(recall(), keys=KEYS | {"new.html": "1"})


def test_no_build_begins_on_a_full_disk(recall, monkeypatch):
    def refuse(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hromada.build.manifest.atomic_write", refuse)
    with pytest.raises(DiskError, match=r"Не вдалося записати .*\.names \(на диску немає місця\)"):
        build(recall())
