"""Classes of aspect ratio."""

import re
from itertools import pairwise

import pytest

from hromada.pictures.ratios import RATIOS, nearest_ratio, ratio_class
from tests.conftest import ROOT


def cropped(width, height):
    """The part of a picture that its box hides."""
    ratio, box = width / height, nearest_ratio(width, height)
    return 1 - min(ratio / box, box / ratio)


def test_there_are_no_more_than_24_classes_in_order():
    assert len(RATIOS) == 24
    assert list(RATIOS) == sorted(RATIOS)
    assert all(wide / narrow < 1.201 for narrow, wide in pairwise(RATIOS))


@pytest.mark.parametrize(
    "size", [(1200, 800), (800, 1200), (1200, 900), (900, 1200), (1000, 1000), (1920, 1080), (1080, 1920), (1000, 1250)]
)
def test_the_shapes_of_phones_and_cameras_lose_nothing(size):
    assert cropped(*size) < 0.001


@pytest.mark.parametrize("height", range(300, 3300, 7))
def test_no_picture_is_cropped_by_a_tenth_unless_it_is_shown_whole(height):
    assert cropped(1200, height) < 0.1 or "ratio-strip" in ratio_class(1200, height)


@pytest.mark.parametrize(
    ("size", "name"),
    [((1200, 800), "ratio-16"), ((1, 1), "ratio-11"), ((300, 900), "ratio-00"), ((290, 1000), "ratio-00 ratio-strip"),
     ((100, 16383), "ratio-00 ratio-strip"), ((1200, 330), "ratio-23"), ((1200, 120), "ratio-23 ratio-strip")],
)  # fmt: skip
def test_a_strip_has_the_last_class_and_is_shown_whole(size, name):
    assert ratio_class(*size) == name


def test_the_stylesheet_has_the_same_classes():
    css = (ROOT / "theme/static/css/components/gallery.css").read_text("utf-8")
    written = re.findall(r"\.ratio-(\d\d) \{ --ratio: ([\d.]+); \}", css)

    assert [int(number) for number, _ in written] == list(range(len(RATIOS)))
    assert [float(value) for _, value in written] == pytest.approx(RATIOS, abs=0.0001)
