import pytest

from hromada.images.placeholders import RATIOS, TONES, ratio_class, stylesheet, tone_class, tone_of
from tests.conftest import ROOT


def test_the_classes_are_few_enough_for_a_stylesheet():
    assert len(TONES) <= 64
    assert len(RATIOS) <= 24


def test_the_stylesheet_has_every_class_as_it_is_computed():
    assert (ROOT / "theme/static/css/tones.css").read_text("utf-8") == stylesheet()


@pytest.mark.parametrize(
    ("colour", "tone"),
    [((0, 0, 0), (28, 128, 128)), ((255, 255, 255), (236, 128, 128)), ((128, 128, 128), (130, 128, 128)),
     ((40, 60, 110), (62, 152, 104)), ((110, 60, 40), (62, 104, 152)), ((255, 0, 0), (62, 104, 152)),
     ((60, 120, 50), (96, 104, 104))],
)  # fmt: skip
def test_a_colour_has_the_tone_nearest_to_it(colour, tone):
    assert TONES[tone_of(*colour)] == tone


def test_every_colour_has_a_class_and_every_class_is_the_tone_of_its_own_colour():
    classes = {
        tone_class(tone_of(r, g, b)) for r in range(0, 256, 17) for g in range(0, 256, 17) for b in range(0, 256, 17)
    }

    assert classes == {tone_class(number) for number in range(len(TONES))}


@pytest.mark.parametrize(
    ("size", "shape"),
    [((1, 1), (1, 1)), ((1200, 900), (4, 3)), ((900, 1200), (3, 4)), ((1200, 800), (3, 2)), ((1200, 675), (16, 9)),
     ((480, 853), (9, 16)), ((1200, 1), (3, 1)), ((1, 1200), (1, 3)), ((1200, 898), (4, 3))],
)  # fmt: skip
def test_a_shape_has_the_class_nearest_to_it(size, shape):
    assert RATIOS[int(ratio_class(*size).removeprefix("ratio-"))] == shape


def test_shapes_turned_upright_are_classes_too():
    assert sorted((height, width) for width, height in RATIOS) == sorted(RATIOS)
