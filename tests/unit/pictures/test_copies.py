import pytest

from hromada.pictures.copies import ENCODER, plan_copies
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("size", "orientation", "sizes"),
    [
        ((4000, 3000), 1, [(480, 360), (1200, 900)]),
        ((4000, 3000), 6, [(480, 640), (1200, 1600)]),
        ((4000, 3000), 3, [(480, 360), (1200, 900)]),
        ((900, 600), 1, [(480, 320), (900, 600)]),
        ((480, 300), 1, [(480, 300)]),
        ((100, 50), 8, [(50, 100)]),
        ((3000, 1), 1, [(480, 1), (1200, 1)]),
    ],
)
def test_copies_are_upright_and_never_larger_than_the_original(size, orientation, sizes):
    copies = plan_copies("content/images/x.jpg", "digest", size, orientation, (480, 1200)).copies

    assert [(one.width, one.height) for one in copies] == sizes


def test_a_name_tells_nothing_of_the_original():
    (copy,) = plan_copies("content/images/blindazh.jpg", "digest", (100, 100), 1, (480,)).copies

    assert "blindazh" not in copy.name


@pytest.mark.parametrize("widths", [(480,), (480, 1100), (400, 1200)])
def test_copies_of_other_widths_are_made_anew(widths):
    """A smaller copy is made of the next larger one."""
    shape = ("content/images/x.jpg", "digest", (4000, 3000), 1)

    assert plan_copies(*shape, widths).made_of != plan_copies(*shape, (480, 1200)).made_of


def test_the_encoder_is_the_one_of_the_lock():
    """Another Pillow may give other bytes: name it in planning.py, and the copies kept are made anew."""
    assert f"\n{ENCODER} " in (ROOT / "requirements/runtime.txt").read_text("utf-8")
