"""Where to crop a photo for a social card: the part with most detail, rather higher than lower.

No library of the usual ones crops by content without a model or OpenCV (60 MB), and a card takes the full width of nearly
every photo, so only one edge is to be found: it is enough to know how much detail each row has.
"""

from __future__ import annotations

from collections.abc import Sequence

# In thousandths, from the first row (column) to the last: people stand in the middle of a photo, their heads above it;
# what is at the bottom is floor and road. Across, the middle counts most.
_DOWN = (800, 1000, 1000, 950, 850, 750, 600, 450)
_ACROSS = (700, 850, 950, 1000, 1000, 950, 850, 700)


def window_start(detail: Sequence[int], length: int, *, is_down: bool) -> int:
    """The first row (with `is_down`) or column of the window of `length` with most detail; of equal ones the most central."""
    last = len(detail) - length
    if last <= 0:
        return 0
    weights = _DOWN if is_down else _ACROSS
    # A plain sky has no detail but belongs to the picture: without a floor, noise would decide.
    floor = sum(detail) // (4 * len(detail)) + 1
    weighted = [(value + floor) * weights[index * len(weights) // len(detail)] for index, value in enumerate(detail)]
    sums, total = [], sum(weighted[:length])
    for start in range(last + 1):
        sums.append(total)
        if start < last:
            total += weighted[start + length] - weighted[start]
    return min(range(last + 1), key=lambda start: (-sums[start], abs(2 * start - last)))
