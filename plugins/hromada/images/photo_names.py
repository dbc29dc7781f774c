"""The names that originals get in the content: an order, and a part of the original's digest, by which it is known again."""

from __future__ import annotations

import re
from typing import NamedTuple

from hromada.domain.alphabet import slug
from hromada.domain.file_types import is_phone_picture, suffix_of
from hromada.domain.lazy_regex import lazy_compile

ORIGINALS = frozenset({".jpg", ".jpeg", ".jfif", ".png", ".webp", ".avif", ".tif", ".tiff"})  # and phones' HEIC
_PREFIX_LENGTH = 8  # hexadecimal digits: of an item's 1,000 photos two share them with a probability of 1 in 8,600
_NAME = lazy_compile(rf".*-(?P<number>\d{{2,5}})-(?P<digest>[0-9a-f]{{{_PREFIX_LENGTH}}})\.jpg")


def is_original(name: str) -> bool:
    """Whether a file's name is that of a photo that can be taken."""
    return suffix_of(name) in ORIGINALS or is_phone_picture(name)


def folder_of_item(path: str) -> str:
    """The folder beside an item in which its photos lie: `content/news/2021/2021-07-05-x` of `….md`; a translation's is the original's."""
    bare = path.removesuffix(".md")
    return re.sub(r"\.[a-z]{2}$", "", bare)


def photo_stem(folder: str) -> str:
    """The beginning of the names of photos in an item's folder: its name without the date, in Latin letters; no place's name of an original."""
    *_, section, name = folder.split("/")
    name = section if name == "index" else name
    return slug(re.sub(r"^\d{4}-\d{2}-\d{2}[-_ ]*", "", name)) or "foto"


def digest_prefix(digest: str) -> str:
    """The part of an original's digest that the photo's name has."""
    return digest[:_PREFIX_LENGTH]


def photo_name(stem: str, number: int, digest: str) -> str:
    """«zustrich-01-3fa9c2d1.jpg»: an order, and by what the original is known again, also after a blur."""
    return f"{stem}-{number:02d}-{digest_prefix(digest)}.jpg"


class ExistingPhotos(NamedTuple):
    """The photos of an item's folder: their names by the prefixes of their originals' digests, and the highest number."""

    names: dict[str, str]
    last: int


def existing_photos(names: list[str]) -> ExistingPhotos:
    """The photos among the names of a folder's files."""
    matches = [match for name in names if (match := _NAME.fullmatch(name))]
    return ExistingPhotos(
        {match["digest"]: match[0] for match in matches}, max((int(match["number"]) for match in matches), default=0)
    )
