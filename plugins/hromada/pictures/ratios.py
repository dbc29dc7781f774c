"""Classes of aspect ratio: a page may have no style attribute, so the stylesheet knows 24 shapes of pictures."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from math import log, sqrt

# Width by height, narrow to wide: what phones, cameras, paper and films have, and steps between that are no larger than
# 1.2, so that the nearest class crops no more than 8.8 % of a picture. gallery.css has the same list.
RATIOS = (
    1 / 3, 0.4, 9 / 19.5, 0.5, 9 / 16, 0.6, 2 / 3, 0.7071, 3 / 4, 0.8, 8 / 9, 1.0, 1.125, 1.25, 4 / 3, 1.4142, 1.5, 1.6, 16 / 9, 2.0,
    19.5 / 9, 2.5, 3.0, 3.6,
)  # fmt: skip
_MOST_CROPPED = 0.1


def nearest_ratio(width: int, height: int) -> float:
    """The aspect ratio of the class of a picture."""
    return RATIOS[_nearest(width, height)]


def ratio_class(width: int, height: int) -> str:
    """The CSS class of the nearest aspect ratio; of a longer strip with a second one: it is shown whole, with margins."""
    index = _nearest(width, height)
    ratio = width / height
    is_strip = 1 - min(ratio / RATIOS[index], RATIOS[index] / ratio) > _MOST_CROPPED
    return f"ratio-{index:02d}" + (" ratio-strip" if is_strip else "")


def _nearest(width: int, height: int) -> int:
    return bisect_left(_BORDERS, log(width / height))


_BORDERS = [log(sqrt(narrow * wide)) for narrow, wide in pairwise(RATIOS)]
