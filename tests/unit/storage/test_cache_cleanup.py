import os
import subprocess
import sys
import time

import pytest

from hromada.build.manifest import BuildManifest, output_lock
from hromada.storage.cache_cleanup import delete_orphans, note_folder
from hromada.system.file_lock import file_lock
from tests.conftest import ROOT
from tests.unit.build.test_manifest import build

LONG_AGO = time.time() - 8 * 24 * 3600


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def aged(cache):
    for path in cache.iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))


def left(cache):
    return sorted(path.name for path in cache.iterdir())


def built(folder, cache):
    with output_lock(folder, cache, waiting=pytest.fail):
        build(BuildManifest(folder, cache))
    aged(cache)


def renamed(folder):
    folder.rename(folder.with_name(f"{folder.name}-moved"))


def test_the_store_of_an_output_folder_that_is_gone_is_put_away(tmp_path, cache):
    built(tmp_path / "output", cache)
    assert len(left(cache)) == 4
    renamed(tmp_path / "output")
    delete_orphans(cache)

    assert left(cache) == []


def test_a_build_that_was_refused_leaves_nothing_for_ever_either(tmp_path, cache):
    with output_lock(tmp_path / "output", cache, waiting=pytest.fail):
        BuildManifest(tmp_path / "output", cache)
    aged(cache)
    delete_orphans(cache)

    assert left(cache) == []


def test_the_store_of_a_content_folder_that_is_gone_is_put_away(tmp_path, cache):
    cache.mkdir()
    store = cache / f"files-{'0' * 16}.sqlite"
    store.touch()
    note_folder(store, tmp_path / "content")
    aged(cache)
    delete_orphans(cache)

    assert left(cache) == []


def test_the_store_of_a_folder_that_is_there_stays(tmp_path, cache):
    built(tmp_path / "output", cache)
    before = left(cache)
    delete_orphans(cache)

    assert left(cache) == before


def test_a_store_stays_for_a_week_after_its_last_use(tmp_path, cache):
    built(tmp_path / "output", cache)
    renamed(tmp_path / "output")
    next(cache.glob("*.lock")).touch()
    before = left(cache)
    delete_orphans(cache)

    assert left(cache) == before


def test_the_store_that_another_build_holds_stays(tmp_path, cache):
    built(tmp_path / "output", cache)
    renamed(tmp_path / "output")
    before = left(cache)
    with output_lock(tmp_path / "output", cache, waiting=pytest.fail):
        aged(cache)
        delete_orphans(cache)

    assert left(cache) == before


def test_nothing_else_in_the_cache_is_touched(tmp_path, cache):
    names = ["output-x.sqlite", f"output-{'0' * 16}.sqlite", "traceback.txt", f"files-{'g' * 16}.folder", "a.folder"]
    cache.mkdir()
    (cache / "public").mkdir()
    for name in names:
        (cache / name).write_text(str(tmp_path / "gone"))
    aged(cache)
    delete_orphans(cache)

    assert left(cache) == sorted([*names, "public"])


def test_a_cache_that_is_not_there_is_no_fault(cache):
    delete_orphans(cache)

    assert not cache.exists()


WAITING = """
import sys
from pathlib import Path
from hromada.system.file_lock import file_lock
with file_lock(Path(sys.argv[1]), lambda: print("waiting", flush=True)):
    print("mine", flush=True)
    sys.stdin.read()
"""


def test_who_waited_for_a_lock_that_was_put_away_holds_the_one_that_others_see(tmp_path):
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", WAITING, str(lock)]
    with file_lock(lock):
        waiting = subprocess.Popen(
            command, env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        assert waiting.stdout.readline() == "waiting\n"
        lock.unlink()
    assert waiting.stdout.readline() == "mine\n"
    with pytest.raises(Exception, match="lock"), file_lock(lock):
        pass
    waiting.communicate()


def test_two_builders_never_hold_the_lock_together_while_it_is_put_away(tmp_path):
    lock, shared = tmp_path / "lock", tmp_path / "shared"
    code = (
        "import sys; from pathlib import Path; from hromada.system.file_lock import file_lock\n"
        "lock, shared = map(Path, sys.argv[1:])\n"
        "for _ in range(300):\n"
        "    with file_lock(lock, lambda: None):\n"
        "        shared.touch(exist_ok=False); shared.unlink(); lock.unlink()\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(lock), str(shared)], env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
        )
        for _ in range(3)
    ]

    assert [one.wait(timeout=60) for one in started] == [0, 0, 0]
