"""Parts of the sample archive's files: headers as different editors write them, moments of publication, small pictures."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import isqrt
from struct import pack
from typing import NamedTuple, TypeVar
from zlib import adler32, crc32

from hromada.domain.alphabet import capitalized
from hromada.domain.dates import KYIV, midnight
from hromada.domain.days_in_words import short_day
from hromada.domain.front_matter import format_field, format_header
from hromada.domain.header_fields import BY_KEY

ENGLISH, UKRAINIAN, OTHER_WORDS, CAPITALIZED = range(4)
STYLES = 4
FORMS = 7
Fields = Mapping[str, str | Sequence[str]]


def header(fields: Fields, style: int) -> str:
    """The header with its keys in one of the four styles, with the blank line after it."""
    return format_header(line for key, value in fields.items() for line in format_field(_named(key, style), value))


def _named(key: str, style: int) -> str:
    names = [capitalized(name) for name in BY_KEY[key].synonyms]
    if names and style in (UKRAINIAN, OTHER_WORDS):
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


_SKY, _SUN, _FAR, _NEAR = range(4)


class _Scene(NamedTuple):
    """A drawn landscape: its file, what it shows, its colours (sky, sun, far hill, near hill), the places of sun and hills."""

    name: str
    description: str
    palette: str
    sun: tuple[int, int] = (360, 80)
    crests: tuple[int, int] = (90, 330)
    size: tuple[int, int] = (480, 270)


_SCENES = (
    _Scene("zrazok-ranok.png", "Зразок зображення: сонце над зеленими пагорбами", "cfe8f7 f7c948 7fb069 3f7d4e"),
    _Scene("zrazok-vechir.png", "Зразок зображення: вечірнє небо над темними пагорбами",
           "f6c7a5 e4572e 7d5a7a 3c3354", (120, 110), (300, 60)),
    _Scene("zrazok-zyma.png", "Зразок зображення: засніжені пагорби під блідим сонцем",
           "b9cfe0 fff3c4 dfe9f0 f7fafc", (250, 70), (60, 400)),
)  # fmt: skip
DESCRIPTIONS = tuple((scene.name, scene.description) for scene in _SCENES)
# A gallery of flat, upright, square and long pictures.
_ALBUM_FOLDER = "zrazok-halerei"
_ALBUM = (
    _Scene("1.png", "Зразок: сонце над зеленими пагорбами", "cfe8f7 f7c948 7fb069 3f7d4e", (500, 110), (160, 560), (720, 480)),
    _Scene("2.png", "Зразок: високе вечірнє небо", "f6c7a5 e4572e 7d5a7a 3c3354", (160, 250), (360, 60), (480, 720)),
    _Scene("3.png", "Зразок: широке засніжене поле", "b9cfe0 fff3c4 dfe9f0 f7fafc", (250, 70), (60, 600), (720, 288)),
    _Scene("4.png", "Зразок: жовті пагорби влітку", "bfe3f5 fff6bf e9c46a c98f2b", (300, 120), (420, 100), (600, 600)),
    _Scene("5.png", "Зразок: темні пагорби вночі", "1b2a41 f5f3ce 33415c 0c1821", (90, 90), (40, 330), (408, 720)),
    _Scene("6.png", "Зразок: пагорби в тумані", "e6ebef f4f1e8 c3ccd3 9aa7b1", (610, 100), (620, 200), (720, 404)),
)  # fmt: skip
_CAPTIONS = (
    "Ранок над громадою | відділ інформаційної роботи (зразок)", "", "Перший сніг", "Поля | Ім’я ПРІЗВИЩЕ (зразок)", "",
    "Туман над річкою",
)  # fmt: skip
# As the gallery's entries: file, description, caption, credit.
ALBUM = tuple(
    " | ".join(filter(None, (f"{_ALBUM_FOLDER}/{scene.name}", scene.description, caption)))
    for scene, caption in zip(_ALBUM, _CAPTIONS, strict=True)
)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Every picture by its name under news/."""
    for scene in _SCENES:
        yield f"2021/{scene.name}", _drawn(scene)
    for scene in _ALBUM:
        yield f"2022/{_ALBUM_FOLDER}/{scene.name}", _drawn(scene)


def _drawn(scene: _Scene) -> bytes:
    rows = (_row(y, scene) for y in range(scene.size[1]))
    return _png(scene, b"".join(b"\0" + _pack_row(row) for row in rows))


def _row(y: int, scene: _Scene) -> bytearray:
    width, height = scene.size
    row = bytearray([_SKY]) * width
    _paint(row, scene.sun[0], isqrt(max(0, 32**2 - (y - scene.sun[1]) ** 2)), _SUN)
    far, near = height * 13 // 27, height * 2 // 3
    for crest, top, colour in ((scene.crests[0], far, _FAR), (scene.crests[1], near, _NEAR)):
        _paint(row, crest, isqrt(max(0, 784 * (y - top))), colour)
    return row


def _paint(row: bytearray, centre: int, reach: int, colour: int) -> None:
    start, end = max(0, centre - reach), min(len(row), centre + reach)
    row[start:end] = bytes([colour]) * max(0, end - start)


def _pack_row(row: bytearray) -> bytes:
    """Four pixels a byte, the whole row at once."""
    value = 0
    for index in range(4):
        value = value << 2 | int.from_bytes(row[index::4], "big")
    return value.to_bytes(len(row) // 4, "big")


def _png(scene: _Scene, rows: bytes) -> bytes:
    size = pack(">IIBBBBB", *scene.size, 2, 3, 0, 0, 0)
    palette = bytes.fromhex(scene.palette)
    chunks = ((b"IHDR", size), (b"PLTE", palette), (b"IDAT", _stored_zlib(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data)) for kind, data in chunks
    )


_BLOCK = 0xFFFF  # bytes: the most that a stored block holds


def _stored_zlib(data: bytes) -> bytes:
    """A zlib stream without compression: what compress() makes differs between zlib and zlib-ng."""
    blocks = [data[start : start + _BLOCK] for start in range(0, len(data), _BLOCK)]
    stored = b"".join(
        pack("<BHH", number == len(blocks), len(block), len(block) ^ 0xFFFF) + block
        for number, block in enumerate(blocks, 1)
    )
    return b"\x78\x01" + stored + pack(">I", adler32(data))
