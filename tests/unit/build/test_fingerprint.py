import time
from datetime import datetime

import pytest

from hromada.build.manifest import BuildManifest, CompletedBuild, inputs_digest, is_up_to_date
from hromada.domain.dates import Clock
from hromada.system.scan import ScannedFile

LONG_AGO = 1_600_000_000_000_000_000
STAMP = (5, LONG_AGO, LONG_AGO, 7)  # size, times of content and inode, inode


def digest(theme, stamp=STAMP, name="content/news/a.md"):
    return inputs_digest({name: ScannedFile("a.md", stamp)}, theme, "code", "settings")


def test_the_same_stamps_are_the_same_content(tmp_path):
    assert digest(tmp_path) == digest(tmp_path) != ""


@pytest.mark.parametrize(
    "stamp",
    [(6, LONG_AGO, LONG_AGO, 7), (5, LONG_AGO + 1, LONG_AGO, 7), (5, LONG_AGO, LONG_AGO + 1, 7), (5, LONG_AGO, LONG_AGO, 8)],
)  # fmt: skip
def test_a_file_is_known_by_its_size_both_its_times_and_its_inode(tmp_path, stamp):
    assert digest(tmp_path, stamp) not in ("", digest(tmp_path))


def test_a_renamed_file_is_another_content(tmp_path):
    assert digest(tmp_path, name="content/news/b.md") not in ("", digest(tmp_path))


@pytest.mark.parametrize("position", [1, 2])
def test_a_file_that_was_saved_just_now_may_still_change_unseen(tmp_path, position):
    stamp = list(STAMP)
    stamp[position] = time.time_ns()

    assert digest(tmp_path, tuple(stamp)) == ""


def test_a_file_that_cannot_be_looked_at_leaves_nothing_to_trust(tmp_path):
    assert digest(tmp_path, None) == ""


@pytest.mark.parametrize(
    ("inputs", "moment", "current"),
    [
        ("same", "2022-01-15", True),
        ("other", "2022-01-15", False),
        ("", "2022-01-15", False),
        ("same", "2022-01-14", False),
        ("same", "2022-02-01", False),
    ],
)
def test_a_whole_build_holds_for_its_inputs_until_something_falls_due(tmp_path, inputs, moment, current):
    manifest = BuildManifest(tmp_path / "output", tmp_path)
    manifest.finish({}, {}, {}, CompletedBuild("same", datetime(2022, 1, 15), datetime(2022, 2, 1)))

    assert is_up_to_date(manifest, inputs, Clock.parse(moment), manifest.changed_outputs) is current


def test_a_build_under_way_is_not_current(tmp_path):
    manifest = BuildManifest(tmp_path / "output", tmp_path)
    manifest.finish({}, {}, {}, CompletedBuild("same", datetime(2022, 1, 15), datetime(2022, 2, 1)))
    manifest.begin(["index.html"])

    assert not is_up_to_date(manifest, "same", Clock.parse("2022-01-15"), manifest.changed_outputs)
