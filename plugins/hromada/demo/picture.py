"""Small landscapes in four colours, so that pages with a picture can be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from struct import pack
from zlib import adler32, crc32

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
