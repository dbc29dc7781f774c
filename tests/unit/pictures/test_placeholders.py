import pytest

from hromada.pictures.placeholders import TONES, stylesheet, tone_class, tone_of
from tests.conftest import ROOT


def test_the_classes_are_few_enough_for_a_stylesheet():
    assert len(TONES) <= 64


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
