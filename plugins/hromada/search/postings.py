"""Lists of documents with the codes of a word in each, as short text that JSON needs no escapes for.

A document's number is written as the difference from the one before, in digits of five bits: `DIGITS` for the last digit,
`MORE` for those before it. Then comes the code (`SIGNS`), unless it is the usual one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from hromada.domain.lazy_regex import lazy_compile
from hromada.search.words import USUAL

SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\')
DIGITS, MORE, CODES = SIGNS[:32], SIGNS[32:64], SIGNS[64:92]
CODE_BITS = 5
_NO_LAST_DIGITS = str.maketrans("", "", MORE + CODES)
_ORDER = {sign: index for index, sign in enumerate(SIGNS)}
_VALUES = bytes.maketrans((DIGITS + MORE).encode(), bytes(range(32)) * 2)
_MARKED = bytes.maketrans(MORE.encode(), bytes(len(MORE)))
_NOT_LAST, _NOT_MORE = (MORE + CODES).encode(), (DIGITS + CODES).encode()
_LONG = lazy_compile(f"[{re.escape(MORE)}]{{2,}}")  # the digits before the last one of a number above 1023
_BLOCK = 512  # signs that are summed up at once
_ENTRY = lazy_compile(f"[{re.escape(MORE)}]*[{re.escape(DIGITS)}][{re.escape(CODES)}]?")  # one document


@lru_cache(1 << 14)
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
    parts: list[str] = []
    last = 0
    for number in packed:
        id, code = number >> CODE_BITS, number & 31
        gap = id - last
        last = id
        parts.append(_SMALL[gap] if gap < 4096 else number_text(gap))
        if code != USUAL:
            parts.append(CODES[code])
    return "".join(parts)


def decode_postings(text: str) -> list[int]:
    """The packed numbers again."""
    entries = _ENTRY.findall(text)
    ids, codes = accumulate(map(_gap, entries)), map(_code, entries)
    return [id << CODE_BITS | code for id, code in zip(ids, codes, strict=True)]


def without_documents(text: str, gone: Iterable[int]) -> str:
    """The text without the documents of these numbers, as it would be written anew; for a few, without decoding all of it."""
    for id in gone:
        text = _without_document(text, id)
    return text


def _without_document(text: str, id: int) -> str:
    start, before = _block_of(text, id)
    end = _entry_start(text, start + _BLOCK)
    entries = _ENTRY.findall(text[start:end])
    ids = list(accumulate(map(_gap, entries), initial=before))  # one more than entries: the document before
    place = bisect_left(ids, id, lo=1)
    if place == len(ids) or ids[place] != id:
        return text
    del entries[place - 1]
    following = _ENTRY.match(text, end) if place == len(ids) - 1 else None
    if following:  # it begins the next block
        entries.append(following[0])
        end = following.end()
        ids.append(ids[place] + _gap(following[0]))
    if place < len(ids) - 1:  # the next one's difference is from the one before now
        code = entries[place - 1].lstrip(MORE)[1:]
        entries[place - 1] = number_text(ids[place + 1] - ids[place - 1]) + code
    return "".join((text[:start], *entries, text[end:]))


def _block_of(text: str, id: int) -> tuple[int, int]:
    """Where the block of entries begins in which a document would be, and the number of the document before it.

    Blocks are summed up without a look at single entries, in a tenth of the time of decoding them (measured).
    """
    start, before, raw = 0, 0, text.encode("ascii")
    while start < len(text):
        end = _entry_start(text, start + _BLOCK)
        block = raw[start:end]
        last = before + sum(block.translate(_VALUES, _NOT_LAST)) + 32 * sum(block.translate(_VALUES, _NOT_MORE))
        if b"\0\0" in block.translate(_MARKED):  # a block of a frequent word has none
            last += 32 * sum(map(_high_digits, _LONG.findall(text, start, end)))
        if last >= id:
            break
        start, before = end, last
    return start, before


@lru_cache(1 << 10)
def _high_digits(digits: str) -> int:
    """What digits make beyond their sum."""
    return _number(digits) - sum(_ORDER[sign] & 31 for sign in digits)


def _entry_start(text: str, place: int) -> int:
    """The first place from here on where an entry begins or the text ends."""
    while place < len(text) and (text[place - 1] in MORE or text[place] in CODES):
        place += 1
    return min(place, len(text))


def _number(digits: str) -> int:
    """The number that digits make."""
    number = 0
    for sign in digits:
        number = number << 5 | _ORDER[sign] & 31
    return number


@lru_cache(1 << 16)
def _gap(entry: str) -> int:
    """The difference from the document before."""
    return _number(entry.rstrip(CODES))


@lru_cache(1 << 16)
def _code(entry: str) -> int:
    order = _ORDER[entry[-1]]
    return order - 64 if order >= 64 else USUAL


def count_numbers(text: str) -> int:
    """How many numbers a text has: each has one last digit."""
    return len(text.translate(_NO_LAST_DIGITS))


def encode_numbers(ascending: Iterable[int]) -> str:
    """Ascending numbers alone."""
    return encode_postings(number << CODE_BITS | USUAL for number in ascending)
