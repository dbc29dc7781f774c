"""Rows of a gallery: pictures of any shapes, in their order, in rows that fill the width.

A row's pictures have one height, so each is as wide as its aspect ratio asks; CSS does that for a screen of any width. Here
is decided after which pictures a row ends, for three ranges of widths.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log
from typing import NamedTuple

from hromada.listing.cards import Picture


class ScreenRange(NamedTuple):
    """A range of screens: the rows' width and the height that they should have, in pixels."""

    name: str
    width: int
    height: int


# By the media queries of gallery.css. Rows are planned for the middle of a range.
LAYOUTS = (ScreenRange("narrow", 360, 210), ScreenRange("medium", 740, 240), ScreenRange("wide", 1050, 290))
_GAP = 8
_MOST_IN_ROW = 12
_NARROWEST, _WIDEST = 1 / 3, 3.6  # longer strips are shown whole in a box of this shape
# A gallery of one row takes less than the page's width where it would be higher than this.
_TALLEST = 600
_SIZES = (("small", 384), ("middle", 576), ("large", 768))


class GalleryPicture(NamedTuple):
    """A picture of a gallery: its number from 1 on, the layouts in which it ends a row, the `sizes` of its copies."""

    number: int
    picture: Picture
    ends: tuple[str, ...]
    sizes: str


class GalleryView(NamedTuple):
    """A gallery as templates show it; `size` names how wide it is, empty for the page's width."""

    pictures: tuple[GalleryPicture, ...] = ()
    size: str = ""


def opened_gallery(pictures: Sequence[Picture]) -> tuple[GalleryPicture | None, GalleryView]:
    """The first picture, which stands above the text, and the gallery of the others below it."""
    alone = gallery_view(pictures[:1]).pictures
    return (alone[0] if alone else None), gallery_view(pictures[1:], first=2)


def gallery_view(pictures: Sequence[Picture], first: int = 1) -> GalleryView:
    """The gallery with its rows; `first` is the number of its first picture."""
    if not pictures:
        return GalleryView()
    ratios = [min(max(picture.width / picture.height, _NARROWEST), _WIDEST) for picture in pictures]
    rows = {layout.name: rows_of(ratios, layout.width, layout.height) for layout in LAYOUTS}
    size, width = _size(ratios, len(rows["wide"]))
    ends = {name: {last for _, last in of} - {len(ratios)} for name, of in rows.items()}
    narrow, medium, wide = (_shares(ratios, rows[layout.name]) for layout in LAYOUTS)
    return GalleryView(
        tuple(
            GalleryPicture(
                index + first,
                picture,
                tuple(name for name, last in ends.items() if index + 1 in last),
                f"(min-width: 62rem) {wide[index] * width / 16:.0f}rem, (min-width: 40rem) {medium[index] * 92:.0f}vw, "
                f"{narrow[index] * 92:.0f}vw",
            )
            for index, picture in enumerate(pictures)
        ),
        size,
    )


def rows_of(ratios: Sequence[float], width: int, height: int) -> list[tuple[int, int]]:
    """The rows (from the first index up to the last, excluded) whose heights are together nearest to `height`."""
    costs, begins = [0.0], [0]  # of the best rows for the first pictures, by their number
    for end in range(1, len(ratios) + 1):
        best, begin, total = inf, end - 1, 0.0
        for start in range(end - 1, max(-1, end - 1 - _MOST_IN_ROW), -1):
            total += ratios[start]
            actual = (width - _GAP * (end - start - 1)) / total
            cost = costs[start] + log(actual / height) ** 2
            if cost < best:
                best, begin = cost, start
        costs.append(best)
        begins.append(begin)
    rows, end = [], len(ratios)
    while end:
        rows.append((begins[end], end))
        end = begins[end]
    return rows[::-1]


def _size(ratios: Sequence[float], rows: int) -> tuple[str, int]:
    """The name and the width of a gallery on a wide screen."""
    full = 1088
    total = sum(ratios)
    if rows > 1 or full / total <= _TALLEST:
        return "", full
    fitting = [size for size in _SIZES if size[1] / total <= _TALLEST]
    return (fitting or _SIZES)[-1 if fitting else 0]


def _shares(ratios: Sequence[float], rows: Sequence[tuple[int, int]]) -> list[float]:
    """The part of its row's width that each picture has."""
    return [ratios[index] / sum(ratios[start:end]) for start, end in rows for index in range(start, end)]
