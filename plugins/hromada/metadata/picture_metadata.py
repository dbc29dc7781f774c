"""Reads and removes metadata of pictures and films of any format: coordinates, places, people, cameras.

EXIF is found by TIFF's header anywhere in the bytes: in a JPEG segment, a PNG chunk, an AVIF item, a maker note, a second
picture or a film after the first. Compressed, split or textual metadata is read by format.

IPTC: IIM 4.2; Adobe's Photoshop File Formats.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hromada.domain.lazy_regex import lazy_compile
from hromada.metadata import bmff, gif, jpeg, png, tiff, webp
from hromada.metadata.limits import Budget, BudgetExceeded, Buffer, NotCleanable

# Beginnings of coordinates as text: in XMP (also in UTF-16), in a film, in a converted film.
_XMP_NEEDLES = (b"GPSL", b"GPSDestL", b"GpsL", b"G\0P\0S\0L")
_FILM_NEEDLES = (b"\xa9xyz", b"location.ISO6709", b"LOCATION")
_WINDOW, _KEYS_WINDOW = 200, 1 << 14  # QuickTime has all keys first, then all values
_IN_XMP = lazy_compile(
    rb"gps(?:dest)?l(?:at|ong)t?itude\w{0,8}[\"']?\s*(?:[=:]\s*[\"']?[^\"'<>]{0,60}?[1-9]|>[^<]{0,60}?[1-9])",
    re.IGNORECASE,
)
_ISO_6709 = lazy_compile(rb"[+-]\d{1,3}\.\d+[+-]\d{1,3}\.\d+")
# Coordinates as people and programs write them into comments: 49.9935, 36.2304; 49°59'36" N …
_PAIR = lazy_compile(
    rb"(?<![\d.])\d{1,2}\.\d{4,}[\xc2\xb0\xba NSEW]{0,4}[,;/] ?[+-]?\d{1,3}\.\d{4,}"
    rb"|\d{1,3}(?:\xc2?\xb0|\xc2\xba|&deg;| deg) ?\d{1,2}(?:['\xb4]|\xe2\x80[\xb2\x99]) ?\d{1,2}"
)
_XMP_PLACE = lazy_compile(
    rb"(?:photoshop:(?:City|State)|Iptc4xmpCore:(?:Location|SubLocation)|Iptc4xmpExt:(?:City|Sublocation|ProvinceState|LocationName))"
    rb"\s*(?:=\s*[\"']([^\"'<>]{1,200})|>(?:\s*<rdf:(?:Alt|Bag|Seq)>\s*<rdf:li[^<>]{0,100}>)?([^<]{1,200}))"
)
_XMP = (b"photoshop:", b"Iptc4xmp")
_IS_XMP = lazy_compile(rb"<(?:x:xmpmeta|rdf:RDF)")
_NOTES = 1 << 24  # bytes of decompressed metadata in addition to twice the file's size: compression may be 1:1000
_FILMS_BEHIND = 4  # films after a photo; phones add one


class Metadata(NamedTuple):
    """Metadata of a picture: whether it has coordinates, names of places and people, cameras."""

    has_coordinates: bool = False
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()


def metadata_of(raw: Buffer) -> Metadata:
    """The metadata; never raises: a file over the limits is reported as having coordinates."""
    try:
        return _metadata_of(raw)
    except BudgetExceeded:
        return Metadata(has_coordinates=True)


def has_coordinates(raw: Buffer) -> bool:
    """Whether a picture or film says where it was taken; also True for one over the limits of work."""
    return metadata_of(raw).has_coordinates


def _metadata_of(raw: Buffer) -> Metadata:
    budget = Budget(len(raw))
    notes = list[bytes]()
    held = Budget.of_bytes(_NOTES + 2 * len(raw))
    for note in _notes(raw):
        budget.spend(1)
        held.spend(len(note))
        notes.append(note)
    blocks: list[Buffer] = [raw, *notes]
    blocks_of_exif = [exif for block in blocks for exif in _exif(block, budget)]
    texts = [*(text for exif in blocks_of_exif for text in exif.texts), *notes]
    has_gps = (
        any(exif.has_coordinates for exif in blocks_of_exif)
        or any(_is_in_text(block, budget) for block in blocks)
        or any(_PAIR.search(text) for text in texts if not _IS_XMP.search(text))
        or any(bmff.has_coordinates(film) for film in _films(raw))
    )
    places = [place for exif in blocks_of_exif for place in exif.places]
    places += [place for block in blocks for place in _xmp_places(block, budget)]
    places += [place for text in texts for place in iptc_places(text)]
    return Metadata(
        has_gps, _distinct(places), _distinct(name for exif in blocks_of_exif for name in exif.people),
        _distinct(exif.camera for exif in blocks_of_exif),
    )  # fmt: skip


def _films(raw: Buffer) -> Iterator[Buffer]:
    """The file, if it is an ISO media file, or the films after a photo."""
    if bmff.is_bmff(raw):
        yield raw
    elif bytes(raw[:2]) == jpeg.START:
        at = raw.find(b"ftyp")
        for _ in range(_FILMS_BEHIND):
            if at < 4:
                return
            yield bytes(raw[at - 4 :])
            at = raw.find(b"ftyp", at + 1)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _notes(raw: Buffer) -> Iterator[bytes]:
    """Metadata blocks of the file's format, joined and decompressed."""
    head = bytes(raw[:12])
    if head.startswith(jpeg.START):
        for _, part in jpeg.notes(raw):
            if not part.startswith(b"Exif"):  # EXIF is read elsewhere
                yield part
    elif head.startswith(png.SIGNATURE):
        yield from png.notes(raw)
    elif head.startswith(gif.SIGNATURES):
        yield from gif.notes(raw)
    elif bmff.is_bmff(raw):
        yield from bmff.notes(raw)


def _found(raw: Buffer, needle: bytes, budget: Budget) -> Iterator[int]:
    at = raw.find(needle)
    while at != -1:
        budget.spend(1)
        yield at
        at = raw.find(needle, at + 1)


def _exif(raw: Buffer, budget: Budget) -> Iterator[tiff.ExifMetadata]:
    for header in tiff.HEADERS:
        for at in _found(raw, header, budget):
            yield tiff.read_exif(raw, at, budget)


def _is_in_text(raw: Buffer, budget: Budget) -> bool:
    for needle in _XMP_NEEDLES:
        for at in _found(raw, needle, budget):
            if _IN_XMP.match(bytes(raw[at : at + _WINDOW]).replace(b"\0", b"")):
                return True
    for needle in _FILM_NEEDLES:
        for at in _found(raw, needle, budget):
            is_key = needle.endswith(b"ISO6709")
            match = _ISO_6709.search(bytes(raw[at : at + (_KEYS_WINDOW if is_key else _WINDOW)]))
            if match and re.search(rb"[1-9]", match[0]):
                return True
            if is_key:  # the other keys stand beside it
                break
    return False


def _xmp_places(raw: Buffer, budget: Budget) -> Iterator[str]:
    for needle in _XMP:
        for at in _found(raw, needle, budget):
            if match := _XMP_PLACE.match(bytes(raw[at : at + 500])):
                yield " ".join((match[1] or match[2]).decode("utf-8", "replace").split())


def without_metadata(raw: bytes) -> bytes:
    """The picture without metadata that isn't needed to show it.

    Raises NotCleanable if the format is another one or the file is damaged; it may be decoded and encoded again.
    """
    head, orientation = raw[:12], orientation_of(raw)
    try:
        if head.startswith(jpeg.START):
            return jpeg.strip_jpeg(raw, orientation)
        if head.startswith(png.SIGNATURE):
            return png.strip_png(raw, orientation)
        if head.startswith(gif.SIGNATURES):
            return gif.strip_gif(raw)
        if webp.is_webp(raw):
            return webp.strip_webp(raw, orientation)
        if head.startswith(tiff.HEADERS):
            return tiff.strip_tiff(raw)
        if bmff.is_bmff(raw):
            return bmff.strip_bmff(raw)
    except (BudgetExceeded, struct.error, IndexError):
        raise NotCleanable from None
    raise NotCleanable


def orientation_of(raw: bytes) -> int:
    """EXIF's orientation (1 to 8) from the block that viewers read."""
    if raw.startswith(jpeg.START):
        parts = (part[6:] for marker, part in jpeg.notes(raw) if marker == 0xE1 and part.startswith(b"Exif\0"))
        exif = next(parts, b"")
    elif raw.startswith(png.SIGNATURE):
        exif = png.exif(raw)
    elif webp.is_webp(raw):
        exif = webp.exif(raw)
    else:
        return 1
    try:
        return tiff.orientation_of(exif.removeprefix(b"Exif\0\0"))
    except BudgetExceeded:
        return 1


_IPTC_PLACES = frozenset({26, 27, 90, 92, 95})  # of record 2: the place and its name, town, part of it, region
_IPTC_ENTRY = b"\x1c\x02"
_IPTC_SIGNATURES = (b"Photoshop 3.0\0", b"8BIM", b"\x1c")


def iptc_places(raw: bytes) -> Iterator[str]:
    """Names of places in an IPTC block, if it is one; a country alone is not enough to locate."""
    if not raw.startswith(_IPTC_SIGNATURES):
        return
    at = raw.find(_IPTC_ENTRY)
    while at != -1 and at + 5 <= len(raw):
        kind, size = raw[at + 2], int.from_bytes(raw[at + 3 : at + 5], "big")
        if kind in _IPTC_PLACES and 0 < size <= 200:
            yield " ".join(raw[at + 5 : at + 5 + size].decode("utf-8", "replace").replace("\0", " ").split())
        at = raw.find(_IPTC_ENTRY, at + 5)
