"""Ukrainian letters: dictionary order (without apostrophes and case), normalised names, official transliteration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from hromada.domain.lazy_regex import lazy_compile

# Latin letters that look like Ukrainian ones.
LOOKALIKES = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")
_FACES = str.maketrans("авеікмнорстухѕјһ", "abeikmhopctyxsjh")
APOSTROPHES = "'’ʼ`´‘"
_COMMON = dict.fromkeys(map(ord, '«»„“”"' + APOSTROPHES)) | {ord("–"): "-", ord("—"): "-"}
_UNCOMMON = lazy_compile(f"[{''.join(map(chr, _COMMON))}]")
_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
# Digits sort before letters, other characters count as a space between words.
_ORDER = {letter: chr(0x1000 + index) for index, letter in enumerate(_LETTERS)}
_DROPPED = dict.fromkeys(map(ord, APOSTROPHES + "\u0301\u00ad"))


def to_nfc(text: str) -> str:
    """The text in Unicode's form NFC: macOS writes «й» and «ї» of file names as two characters that look like one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def sort_key(text: str) -> tuple[str, str]:
    """The key for `sorted` that compares letter by letter in the order а б в г ґ д е є ж з и і ї й …"""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_DROPPED)
    spaced = "".join(char if char.isalnum() else " " for char in folded)
    normalized = " ".join(spaced.split())
    return "".join(_ORDER.get(char, char) for char in normalized), text


def normalize_name(text: str) -> str:
    """The name without differences of case, quotes, apostrophes, hyphen width and spaces, for comparing."""
    return " ".join(_folded(text).split())


def normalize_names(texts: Sequence[str]) -> list[str]:
    """`normalize_name` of each: all at once takes a third of the time."""
    folded = _folded("\n".join(texts)).split("\n")
    if len(folded) != len(texts):  # a name has a line end
        return list(map(normalize_name, texts))
    return [" ".join(name.split()) for name in folded]


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold()
    if _UNCOMMON.search(folded):  # searching is many times quicker than `translate`
        folded = folded.translate(_COMMON)
    return folded


def capitalized(text: str) -> str:
    """The text with a capital first letter, the rest unchanged: «начальник» → «Начальник»."""
    return text[:1].upper() + text[1:]


def uncapitalized(text: str) -> str:
    """The text as it goes on inside a sentence: «Публікації» → «публікації»; an abbreviation («ЗМІ») stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def skeleton(text: str) -> str:
    """The word with Cyrillic letters replaced by Latin ones of the same shape, for finding look-alikes (as in UTS 39)."""
    return text.casefold().translate(_FACES)


def match_case(sample: str, word: str) -> str:
    """A lower-case word in the case of the sample: lower, capitalized or upper."""
    if sample.isupper() and len(sample) > 1:
        return word.upper()
    return capitalized(word) if sample[:1].isupper() else word


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
_BY_PLACE = lazy_compile("зг|[єїйюя]")


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
    from slugify import slugify as ascii_slug  # not above: `tasks` needs this module before there is an environment

    return ascii_slug(transliterate(text.replace("№", " ")))


def fits_in_folder_name(text: str) -> bool:
    """Whether the slug of a text is short enough for a folder's name."""
    return len(text) <= LONGEST_NAME // 5 or len(slug(text)) <= LONGEST_NAME  # «щ» is four letters
