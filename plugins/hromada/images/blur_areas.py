"""The areas of photos that are blurred for good, as a person writes them in BLUR: «a.jpg:10,20,5,5», in per cent of the picture."""

from __future__ import annotations

from typing import NamedTuple

from hromada.domain.lazy_regex import lazy_compile

_AREA = lazy_compile(
    r"[\s;]*(?P<name>[^;\n]+?)\s*:\s*(?P<x>{0})%?\s*,\s*(?P<y>{0})%?\s*,\s*(?P<width>{0})%?\s*,\s*(?P<height>{0})%?(?=[\s;]|\Z)".format(
        r"\d{1,3}(?:\.\d{1,4})?"
    )
)
_TOLERANCE = 0.5  # per cent: sums of rounded numbers may pass the edge
_LARGEST = 80.0  # per cent of the picture's area


class AreasRefused(ValueError):
    """BLUR can't be read; the message is Ukrainian."""


class BlurArea(NamedTuple):
    """A rectangle in per cent of the upright picture: its left and upper corner, its width and height."""

    x: float
    y: float
    width: float
    height: float

    def in_pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The box (left, upper, right, lower) in a picture of this size, at least one pixel each way."""
        left, upper = int(width * self.x / 100), int(height * self.y / 100)
        right, lower = round(width * (self.x + self.width) / 100), round(height * (self.y + self.height) / 100)
        left, upper = min(left, width - 1), min(upper, height - 1)
        return left, upper, max(left + 1, min(right, width)), max(upper + 1, min(lower, height))


def parse_areas(text: str) -> dict[str, tuple[BlurArea, ...]]:
    """Areas by the file's name as written: «a.jpg:10,20,5,5; b.jpg:1,2,3,4»; raises AreasRefused with every fault."""
    areas: dict[str, list[BlurArea]] = {}
    faults: list[str] = []
    end = 0
    for match in _AREA.finditer(text):
        if text[end : match.start()].strip(" \t;"):
            break
        end = match.end()
        area = BlurArea(*(float(match[name]) for name in ("x", "y", "width", "height")))
        if fault := _fault_of(area):
            faults.append(f"BLUR=«{match[0].strip(' ;')}»: {fault}")
        areas.setdefault(match["name"].strip(), []).append(area)
    if rest := text[end:].strip(" \t\n;"):
        faults.append(
            f"BLUR=«{rest}» незрозуміло, напишіть назву файлу і чотири числа у відсотках: BLUR='foto.jpg:40,20,10,15'"
        )
    if faults:
        raise AreasRefused("\n".join(faults))
    return {name: tuple(own) for name, own in areas.items()}


def _fault_of(area: BlurArea) -> str:
    if not (area.width and area.height):
        return "ширина й висота ділянки мають бути більші за нуль"
    if max(area.x + area.width, area.y + area.height) > 100 + _TOLERANCE:
        return "ділянка виходить за край світлини: лівий край і ширина разом, верхній край і висота разом – до 100"
    if area.width * area.height / 100 > _LARGEST:
        return "ділянка займає майже всю світлину; такої світлини не публікуйте"
    return ""
