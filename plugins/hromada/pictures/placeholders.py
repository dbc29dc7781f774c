"""What a page shows where a picture is not loaded yet: a colour, a class of the stylesheet (its shape: pictures/ratios.py).

A style attribute is forbidden by the site's policy, so the values are rounded to few classes, which `tones.css` lists.
"""

from __future__ import annotations

from itertools import product

# Luma and both chromas of JPEG (0 to 255). Averages of photos are muted: of 211 photos half have their chromas within 15 of
# the middle, nine of ten within 35, so a grid in these is nearer to them than equal steps in red, green and blue.
_LUMAS = (28, 62, 96, 130, 164, 198, 236)
_CHROMAS = (104, 128, 152)
TONES = tuple(product(_LUMAS, _CHROMAS, _CHROMAS))


def tone_of(red: int, green: int, blue: int) -> int:
    """The number of the tone nearest to a colour."""
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    parts = (luma, _LUMAS), (128 + 0.564 * (blue - luma), _CHROMAS), (128 + 0.713 * (red - luma), _CHROMAS)
    return TONES.index(tuple(min(steps, key=lambda step: abs(step - value)) for value, steps in parts))


def tone_class(tone: int) -> str:
    return f"tone-{tone:02}"


def stylesheet() -> str:
    """The classes as CSS."""
    lines = [
        "/* Made of pictures/placeholders.py by `make update-golden`: colours of pictures that are not loaded yet. */"
    ]
    lines += [f".{tone_class(number)} {{ background-color: #{_hex(*tone)}; }}" for number, tone in enumerate(TONES)]
    return "\n".join(lines) + "\n"


def _hex(luma: int, blueness: int, redness: int) -> str:
    red, blue = luma + (redness - 128) / 0.713, luma + (blueness - 128) / 0.564
    green = (luma - 0.299 * red - 0.114 * blue) / 0.587
    return "".join(f"{min(255, max(0, round(value))):02x}" for value in (red, green, blue))
