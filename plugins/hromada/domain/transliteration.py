"""Transliteration for addresses by the official table: resolution 55 of the Cabinet of Ministers of 27.01.2010."""

from __future__ import annotations

import re
import unicodedata

from slugify import slugify as ascii_slug

from hromada.domain.alphabet import APOSTROPHES

_LATIN = [
    "a",
    "b",
    "v",
    "h",
    "g",
    "d",
    "e",
    "zh",
    "z",
    "y",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "kh",
    "ts",
    "ch",
    "sh",
    "shch",
]
_TABLE = str.maketrans(dict(zip("абвгґдежзиіклмнопрстуфхцчшщ", _LATIN, strict=True)) | {"ь": ""})
_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_INSIDE = {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
# A folder's name may have 255 bytes; what the site adds to it takes less than the rest.
LONGEST_NAME = 200
# A folder's name may have 255 bytes on common file systems; an item's has the date and a hyphen, too: 11 of them.
LONGEST_SLUG = 240
_BY_PLACE = re.compile("зг|[єїйюя]")


def transliterate(text: str) -> str:
    """Ukrainian letters as lower-case Latin ones; word-initial letters by their own rule; «зг» is zgh."""
    text = unicodedata.normalize("NFC", text)
    for apostrophe in APOSTROPHES:  # before the word-initial rules: Знам’янка is znamianka, not znamyanka
        text = text.replace(apostrophe, "")
    return _BY_PLACE.sub(_latin, text.casefold()).translate(_TABLE)


def _latin(match: re.Match[str]) -> str:
    cyrillic = match[0]
    if cyrillic == "зг":
        return "zgh"
    before = match.string[match.start() - 1 : match.start()]
    return (_INSIDE if before.isalpha() else _INITIAL)[cyrillic]


def slug(text: str) -> str:
    """The slug: transliterated letters, digits and hyphens; may be empty."""
    return ascii_slug(transliterate(text.replace("№", " ")))


def fits_in_folder_name(text: str) -> bool:
    """Whether the slug of a text is short enough for a folder's name."""
    return len(text) <= LONGEST_NAME // 5 or len(slug(text)) <= LONGEST_NAME  # «щ» is four letters
