"""Lists of documents with the codes of a word in each, as short text that JSON needs no escapes for.

A document's number is written as the difference from the one before, in digits of five bits: `DIGITS` for the last digit,
`MORE` for those before it. Then comes the code (`SIGNS`), unless it is the usual one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hromada.search.words import USUAL

SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\')
DIGITS, MORE, CODES = SIGNS[:32], SIGNS[32:64], SIGNS[64:92]
CODE_BITS = 5
_NO_LAST_DIGITS = str.maketrans("", "", MORE + CODES)
_ORDER = {sign: index for index, sign in enumerate(SIGNS)}


def number_text(number: int) -> str:
    """A number in digits of five bits."""
    text = DIGITS[number & 31]
    number >>= 5
    while number:
        text = MORE[number & 31] + text
        number >>= 5
    return text


_SMALL = [number_text(number) for number in range(4096)]  # most differences


def encode_postings(packed: Iterable[int]) -> str:
    """Ascending numbers of documents, each packed with its code."""
    pieces: list[str] = []
    last = 0
    for number in packed:
        id, code = number >> CODE_BITS, number & 31
        gap = id - last
        last = id
        pieces.append(_SMALL[gap] if gap < 4096 else number_text(gap))
        if code != USUAL:
            pieces.append(CODES[code])
    return "".join(pieces)


def decode_postings(text: str) -> Iterator[int]:
    """The packed numbers again."""
    id = number = 0
    code = USUAL
    has_number = False
    for sign in text:
        order = _ORDER[sign]
        if order >= 64:
            code = order - 64
            continue
        if has_number:
            yield id << CODE_BITS | code
            code, has_number = USUAL, False
        number = number << 5 | order & 31
        if order < 32:
            id += number
            number, has_number = 0, True
    if has_number:
        yield id << CODE_BITS | code


def count_numbers(text: str) -> int:
    """How many numbers a text has: each has one last digit."""
    return len(text.translate(_NO_LAST_DIGITS))


def encode_numbers(ascending: Iterable[int]) -> str:
    """Ascending numbers alone."""
    return encode_postings(number << CODE_BITS | USUAL for number in ascending)
