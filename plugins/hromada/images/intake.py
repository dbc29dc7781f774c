"""Photos on their way into the content: the names that they get there, their order, the areas of them that are blurred."""

from __future__ import annotations

import re
from typing import NamedTuple

from hromada.domain.alphabet import slug
from hromada.domain.file_types import is_phone_picture, suffix_of

ORIGINALS = frozenset({".jpg", ".jpeg", ".jfif", ".png", ".webp", ".avif", ".tif", ".tiff"})  # and phones' HEIC
_MARK = 8  # hexadecimal digits of an original's digest in its name here: it is known again by them
_NAME = re.compile(rf".*-(?P<number>\d{{2,5}})-(?P<mark>[0-9a-f]{{{_MARK}}})\.jpg")
_AREA = re.compile(
    r"[\s;]*(?P<name>[^;\n]+?)\s*:\s*(?P<x>{0})%?\s*,\s*(?P<y>{0})%?\s*,\s*(?P<width>{0})%?\s*,\s*(?P<height>{0})%?(?=[\s;]|\Z)".format(
        r"\d{1,3}(?:\.\d{1,4})?"
    )
)
_TOLERANCE = 0.5  # per cent: sums of rounded numbers may pass the edge
_LARGEST = 80.0  # per cent of the picture's area


class AreasRefused(ValueError):
    """BLUR can't be read; the message is Ukrainian."""


class Area(NamedTuple):
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


def parse_areas(text: str) -> dict[str, tuple[Area, ...]]:
    """Areas by the file's name as written: «a.jpg:10,20,5,5; b.jpg:1,2,3,4»; raises AreasRefused with every fault."""
    areas: dict[str, list[Area]] = {}
    faults: list[str] = []
    end = 0
    for match in _AREA.finditer(text):
        if text[end : match.start()].strip(" \t;"):
            break
        end = match.end()
        area = Area(*(float(match[name]) for name in ("x", "y", "width", "height")))
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


def _fault_of(area: Area) -> str:
    if not (area.width and area.height):
        return "ширина й висота ділянки мають бути більші за нуль"
    if max(area.x + area.width, area.y + area.height) > 100 + _TOLERANCE:
        return "ділянка виходить за край світлини: лівий край і ширина разом, верхній край і висота разом – до 100"
    if area.width * area.height / 100 > _LARGEST:
        return "ділянка займає майже всю світлину; такої світлини не публікуйте"
    return ""


def is_original(name: str) -> bool:
    """Whether a file's name is that of a photo that can be taken."""
    return suffix_of(name) in ORIGINALS or is_phone_picture(name)


def natural_order(name: str) -> list[tuple[int, str]]:
    """IMG_2.jpg comes before IMG_10.jpg."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def folder_of_item(path: str) -> str:
    """The folder beside an item in which its photos lie: `content/news/2021/2021-07-05-x` of `….md`; a translation's is the original's."""
    bare = path.removesuffix(".md")
    return re.sub(r"\.[a-z]{2}$", "", bare)


def stem_of_photos(folder: str) -> str:
    """The beginning of the names of photos in an item's folder: its name without the date, in Latin letters; no place's name of an original."""
    *_, section, name = folder.split("/")
    name = section if name == "index" else name
    return slug(re.sub(r"^\d{4}-\d{2}-\d{2}[-_ ]*", "", name)) or "foto"


def mark_of(digest: str) -> str:
    """The part of an original's digest that its name here has."""
    return digest[:_MARK]


def photo_name(stem: str, number: int, digest: str) -> str:
    """«zustrich-01-3fa9c2d1.jpg»: an order, and by what the original is known again, also after a blur."""
    return f"{stem}-{number:02d}-{mark_of(digest)}.jpg"


class Taken(NamedTuple):
    """What an item's folder has: the names of photos by their originals' marks, and the highest number."""

    names: dict[str, str]
    last: int


def taken_in(names: list[str]) -> Taken:
    matches = [match for name in names if (match := _NAME.fullmatch(name))]
    return Taken(
        {match["mark"]: match[0] for match in matches}, max((int(match["number"]) for match in matches), default=0)
    )
