"""Replaces characters that the document's fonts lack: PDF/UA-1 allows no character without a glyph."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Characters of theme/documents/fonts, in hexadecimal; the fonts are subset by this list, and a test compares.
FONT_RANGES = (
    "20-7E A0-AC AE-17F 18F 192 218-21B 259 2B9-2BC 2C6-2C7 2D8-2DD 300-304 306-308 30A-30C 384-386 388-38A 38C 38E-3A1"
    " 3A3-3CE 400-45F 462-463 472-475 490-4FF 1E80-1E85 1E9E 1EF2-1EF3 2002-200A 2010 2012-2015 2018-201E 2020-2022 2026"
    " 202F-2030 2032-2034 2039-203A 203C 2044 2074-2079 207F-2089 20AC 20B4 20BF 2105 2113 2116-2117 2122 2153-2154"
    " 215B-215E 2190-2195 2202 2206 220F 2211-2212 2215 2219-221A 221E 222B 2248 2260-2261 2264-2265 25A0-25A1 25AA-25AB"
    " 25B2 25BA 25BC 25C4 25CA-25CC 25CF 25E6 2640 2642 266A"
)
MISSING = "□"  # replaces what no font has; a note about it refers to the report's page
_LONG = 28  # characters: a word without a break opportunity gets one here; the narrowest column holds as many

# Emoji sequences: a flag, a family, a hand with a skin tone.
_SIGN, _TONE = (
    "[\u2190-\u23ff\u25a0-\u27bf\u2900-\u2bff\U0001f000-\U0001faff]",
    "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*",
)
_PICTURE = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|{_SIGN}{_TONE}(?:\u200d{_SIGN}{_TONE})*")
_INVISIBLE = re.compile("[\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LINE_ENDS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_UNBROKEN = re.compile(rf"[^\s/?&-]{{{_LONG + 1},}}")


@cache
def font_characters() -> frozenset[str]:
    """Every character that all the fonts have."""
    found: set[str] = set()
    for part in FONT_RANGES.split():
        first, _, last = part.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def printable(text: str) -> str:
    """The text on one line with characters that the fonts have; any other visible one becomes «□»."""
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub(" ", text))
    if not font_characters().issuperset(text):
        text = _PICTURE.sub(lambda found: found[0][0] if found[0][0] in font_characters() else MISSING, text)
        text = "".join(map(_letter, text))
    return _UNBROKEN.sub(_with_breaks, text)


@cache
def _letter(character: str) -> str:
    """The character, a compatible form of it, nothing for an invisible one, or «□»."""
    if character in font_characters():
        return character
    for form in ("NFKC", "NFD", "NFKD"):
        other = unicodedata.normalize(form, character)
        if font_characters().issuperset(other):
            return other
    if unicodedata.category(character) in ("Cc", "Cf") or _INVISIBLE.match(character):
        return ""
    return MISSING


def _with_breaks(word: re.Match[str]) -> str:
    parts = [word[0][start : start + _LONG] for start in range(0, len(word[0]), _LONG)]
    return "\N{ZERO WIDTH SPACE}".join(parts)
