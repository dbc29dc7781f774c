"""Parts of the sample archive's files: headers as different editors write them, moments of publication, small pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hromada.domain.alphabet import capitalized
from hromada.domain.calendar import KYIV
from hromada.domain.days_in_words import short_day
from hromada.domain.front_matter import format_field, format_header
from hromada.domain.header_fields import BY_KEY
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from hromada.domain.calendar import midnight
from collections.abc import Iterator
from math import isqrt
from struct import pack
from zlib import adler32, crc32



ENGLISH, UKRAINIAN, OTHER_WORDS, CAPITALIZED = range(4)
STYLES = 4
FORMS = 7
Fields = Mapping[str, str | Sequence[str]]


def header(fields: Fields, style: int) -> str:
    """The header with its keys in one of the four styles, with the blank line after it."""
    return format_header(line for key, value in fields.items() for line in format_field(_named(key, style), value))


def _named(key: str, style: int) -> str:
    names = [capitalized(name) for name in BY_KEY[key].synonyms]
    if style in (UKRAINIAN, OTHER_WORDS):
        return names[0] if style == UKRAINIAN else names[-1]
    return key.capitalize() if style == CAPITALIZED else key


def date_text(when: datetime, form: int) -> str:
    """The Kyiv moment in one of the seven forms; two of them keep the day alone."""
    forms = (_minute, _dotted, _offset, _dotted_day, _second, _day, universal)
    return forms[form % FORMS](when)


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def _dotted(when: datetime) -> str:
    return f"{short_day(when.date())} {when:%H:%M}"


def _offset(when: datetime) -> str:
    return when.replace(tzinfo=KYIV).isoformat()


def _dotted_day(when: datetime) -> str:
    return short_day(when.date())


def _second(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}"


def _day(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


def universal(when: datetime) -> str:
    """The same moment with Z; near midnight it names another day than Kyiv's."""
    return when.replace(tzinfo=KYIV).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_T = TypeVar("_T")

# The half-year that the archive is made for.
FIRST, LAST = date(2021, 7, 1), date(2021, 12, 31)

_MONTHS = (9, 8, 10, 9, 8, 10, 8, 7, 11, 12, 10, 13)  # summer is quiet, December is full
_WEEKDAYS = (11, 12, 10, 12, 11, 4, 2)
_OPENS, _WORKS = 8 * 60, 10 * 60  # minutes: publications appear from eight to eighteen


def moments(count: int, rng: random.Random, first: date = FIRST, last: date = LAST) -> Iterator[datetime]:
    """`count` moments in order, from the first minute of `first` to the last minute of `last`."""
    if count > 0:
        yield midnight(first)
    yield from _between(count - 2, rng, first, last)
    if count > 1:
        yield datetime.combine(last, time(23, 59))


def _between(count: int, rng: random.Random, first: date, last: date) -> Iterator[datetime]:
    """Integer weights and running sums, so that every machine gets the same days and they add up to `count`."""
    if count < 1:
        return
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    weights = [_weight(day, rng) for day in days]
    total, passed, given = sum(weights), 0, 0
    for day, weight in zip(days, weights, strict=True):
        passed += weight
        due = count * passed // total
        start = midnight(day)
        for index in range(due - given):
            minute = (_WORKS * index + int(rng.random() * _WORKS)) // (due - given)
            yield start + timedelta(minutes=_OPENS + minute)
        given = due


def _weight(day: date, rng: random.Random) -> int:
    return _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1] * (70 + int(rng.random() * 60))


def pick(rng: random.Random, options: Sequence[_T]) -> _T:
    """One of the options by random() alone, whose sequence Python promises to keep."""
    return options[int(rng.random() * len(options))]


_WIDTH, _HEIGHT = 480, 270
_SKY, _SUN, _FAR, _NEAR = range(4)

# name, description, palette (sky, sun, far hill, near hill), the sun's centre, crests of the hills
_SCENES = (
    ("zrazok-ranok.png", "Зразок зображення: сонце над зеленими пагорбами",
     "cfe8f7 f7c948 7fb069 3f7d4e", (360, 80), (90, 330)),
    ("zrazok-vechir.png", "Зразок зображення: вечірнє небо над темними пагорбами",
     "f6c7a5 e4572e 7d5a7a 3c3354", (120, 110), (300, 60)),
    ("zrazok-zyma.png", "Зразок зображення: засніжені пагорби під блідим сонцем",
     "b9cfe0 fff3c4 dfe9f0 f7fafc", (250, 70), (60, 400)),
)  # fmt: skip
DESCRIPTIONS = tuple((name, description) for name, description, *_ in _SCENES)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every picture by its file name."""
    for name, _, palette, sun, crests in _SCENES:
        rows = (_row(y, sun, crests) for y in range(_HEIGHT))
        yield name, _png(bytes.fromhex(palette), b"".join(b"\0" + _pack_row(row) for row in rows))


def _row(y: int, sun: tuple[int, int], crests: tuple[int, int]) -> bytearray:
    row = bytearray([_SKY]) * _WIDTH
    _paint(row, sun[0], isqrt(max(0, 32**2 - (y - sun[1]) ** 2)), _SUN)
    for crest, top, colour in ((crests[0], 130, _FAR), (crests[1], 180, _NEAR)):
        _paint(row, crest, isqrt(max(0, 784 * (y - top))), colour)
    return row


def _paint(row: bytearray, centre: int, reach: int, colour: int) -> None:
    start, end = max(0, centre - reach), min(_WIDTH, centre + reach)
    row[start:end] = bytes([colour]) * (end - start)


def _pack_row(row: bytearray) -> bytes:
    """Four pixels a byte, the whole row at once."""
    value = 0
    for index in range(4):
        value = value << 2 | int.from_bytes(row[index::4], "big")
    return value.to_bytes(_WIDTH // 4, "big")


def _png(palette: bytes, rows: bytes) -> bytes:
    size = pack(">IIBBBBB", _WIDTH, _HEIGHT, 2, 3, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"PLTE", palette), (b"IDAT", _stored_zlib(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data)) for kind, data in chunks
    )


def _stored_zlib(data: bytes) -> bytes:
    """A zlib stream without compression: what compress() makes differs between zlib and zlib-ng."""
    return b"\x78\x01" + pack("<BHH", 1, len(data), len(data) ^ 0xFFFF) + data + pack(">I", adler32(data))
