"""IPTC's words of agencies: in Photoshop's blocks of a JPEG or TIFF, or alone. IIM 4.2; Adobe's Photoshop File Formats."""

from __future__ import annotations

from collections.abc import Iterator

_PLACES = frozenset({26, 27, 90, 92, 95})  # of record 2: the place and its name, town, part of it, region
_ENTRY = b"\x1c\x02"
_BEGINS = (b"Photoshop 3.0\0", b"8BIM", b"\x1c")


def places(raw: bytes) -> Iterator[str]:
    """The names of places in a block, if it is one of these; a country alone says nothing."""
    if not raw.startswith(_BEGINS):
        return
    at = raw.find(_ENTRY)
    while at != -1 and at + 5 <= len(raw):
        kind, size = raw[at + 2], int.from_bytes(raw[at + 3 : at + 5], "big")
        if kind in _PLACES and 0 < size <= 200:
            yield " ".join(raw[at + 5 : at + 5 + size].decode("utf-8", "replace").replace("\0", " ").split())
        at = raw.find(_ENTRY, at + 5)
