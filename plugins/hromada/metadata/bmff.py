"""ISO base media files (AVIF, HEIF, MP4, QuickTime): finds coordinates in their boxes and overwrites metadata.

Nothing is moved, since other boxes have absolute offsets of the pixels. Sources: ISO 14496-12; 23008-12 (HEIF); 3GPP TS
26.244 (loci); Apple's QuickTime File Format; GoPro's GPMF and Google's camera motion tracks, with a position each second.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from hromada.metadata.limits import Budget, BudgetExceeded, Buffer, NotCleanable, decompress
from hromada.metadata.tiff import EMPTY_EXIF

_PARENTS = frozenset(
    {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"iprp", b"dinf", b"edts", b"meta", b"udta"}
)
_GEODATA = (b"gpmd", b"camm")  # sample entries of tracks with positions of the camera
_DATA = (*_GEODATA, b"fdsc", b"mett", b"metx", b"mebx")  # of tracks that are neither sound nor picture
_RECORDERS = (b"gps ", b"GPS ")  # boxes of dash cameras
_NOTES = frozenset({b"udta", b"uuid"})  # metadata of programs and cameras, beside `meta` inside of a film
_DEEPEST = 12  # nested boxes; programs write seven levels
_TWICE = 2  # limit of bytes read, in sizes of the file: extents may overlap, but few do


class Box(NamedTuple):
    """A box: its type, the offsets of its header, content and end, the types of the enclosing boxes."""

    kind: bytes
    at: int
    body: int
    end: int
    inside: tuple[bytes, ...]


class _Extent(NamedTuple):
    at: int
    size: int


class _MetadataItem(NamedTuple):
    """An item of a still picture with metadata: EXIF or XMP."""

    kind: bytes
    coding: bytes
    extents: tuple[_Extent, ...]


def is_bmff(raw: Buffer) -> bool:
    return bytes(raw[4:8]) in (b"ftyp", b"moov", b"wide", b"mdat", b"free", b"skip")


def boxes(raw: Buffer) -> Iterator[Box]:
    """Every box, parents before children. Raises BudgetExceeded when there are more than any program writes."""
    budget = Budget(len(raw))
    waiting: list[tuple[int, int, tuple[bytes, ...]]] = [(0, len(raw), ())]
    while waiting:
        at, limit, inside = waiting.pop()
        while at + 8 <= limit:
            budget.spend(1)
            size, kind = struct.unpack_from(">I4s", raw, at)
            body = at + 8
            if size == 1 and at + 16 <= limit:
                (size,) = struct.unpack_from(">Q", raw, at + 8)
                body = at + 16
            end = limit if size == 0 else at + size
            if end < body or end > limit:
                break
            yield Box(kind, at, body, end, inside)
            if kind in _PARENTS:
                if len(inside) == _DEEPEST:
                    raise BudgetExceeded
                is_bare = kind != b"meta" or bytes(raw[body + 4 : body + 8]) == b"hdlr"  # QuickTime's has no version
                waiting.append((body if is_bare else body + 4, end, (*inside, kind)))
            at = end


def notes(raw: Buffer) -> Iterator[bytes]:
    """EXIF and XMP of a still picture, joined from their extents and decompressed."""
    for item in _items(raw):
        data = b"".join(bytes(raw[extent.at : extent.at + extent.size]) for extent in item.extents)
        yield decompress(data) if item.coding == b"deflate" else data


def has_coordinates(raw: Buffer) -> bool:
    """Whether a film has coordinates: a non-empty box for them, or a track with positions."""
    for box in boxes(raw):
        if box.kind in (b"\xa9xyz", b"loci") and b"udta" in box.inside and any(raw[box.body + 4 : box.end]):
            return True
        if box.kind in _RECORDERS or (box.kind == b"stsd" and _tells(raw, box, _GEODATA)):
            return True
    return False


def _tells(raw: Buffer, descriptions: Box, kinds: tuple[bytes, ...]) -> bool:
    """Whether one of a track's sample entries is of these kinds."""
    at = descriptions.body + 8
    while at + 8 <= descriptions.end:
        size, kind = struct.unpack_from(">I4s", raw, at)
        if kind in kinds:
            return True
        at += max(size, 8)
    return False


def strip_bmff(raw: bytes) -> bytes:
    """The file with EXIF, XMP, data tracks and other metadata overwritten. Raises NotCleanable."""
    output = bytearray(raw)
    all_boxes = sorted(boxes(raw), key=lambda box: (box.at, -box.end))
    if max((box.end for box in all_boxes if not box.inside), default=0) != len(raw):
        raise NotCleanable  # it is truncated, or has data after the last box
    for item in _items(raw):
        _write_over(output, item)
    offsets = [box.at for box in all_boxes]
    budget = Budget.of_bytes(_TWICE * len(raw))
    for index, box in enumerate(all_boxes):
        if _NOTES & {*box.inside}:  # overwritten with its parent
            continue
        if box.kind in _NOTES or box.kind in _RECORDERS or (box.kind == b"meta" and box.inside):
            _silence(output, box)
        elif box.kind == b"trak":
            inner = {inner_box.kind: inner_box for inner_box in all_boxes[index : bisect_left(offsets, box.end)]}
            if b"stsd" in inner and _tells(raw, inner[b"stsd"], _DATA):
                _empty_samples(output, raw, inner, budget)
                _silence(output, box)
    return bytes(output)


def _silence(output: bytearray, box: Box) -> None:
    output[box.at + 4 : box.at + 8] = b"free"
    output[box.body : box.end] = bytes(box.end - box.body)


def _empty_samples(output: bytearray, raw: bytes, boxes: dict[bytes, Box], budget: Budget) -> None:
    """Overwrite a track's samples. Raises NotCleanable for a fragmented film, whose tables don't list all samples."""
    if raw.find(b"moof") != -1:
        raise NotCleanable
    try:
        for extent in _samples(raw, boxes):
            if extent.at + extent.size > len(raw):
                raise NotCleanable
            budget.spend(extent.size)
            output[extent.at : extent.at + extent.size] = bytes(extent.size)
    except (struct.error, KeyError, IndexError):
        raise NotCleanable from None


def _samples(raw: bytes, boxes: dict[bytes, Box]) -> Iterator[_Extent]:
    """The extents of a track's samples, chunk by chunk."""
    sizes, runs = boxes[b"stsz"].body, boxes[b"stsc"].body
    wide = b"co64" in boxes
    chunks = boxes[b"co64" if wide else b"stco"].body
    same, count = struct.unpack_from(">II", raw, sizes + 4)
    (chunk_count,) = struct.unpack_from(">I", raw, chunks + 4)
    (run_count,) = struct.unpack_from(">I", raw, runs + 4)
    if max(count if not same else 0, chunk_count, run_count) > len(raw) // 4:
        raise NotCleanable
    starts = [struct.unpack_from(">II", raw, runs + 8 + 12 * index) for index in range(run_count)]
    sample, run = 0, 0
    for index in range(chunk_count):
        while run + 1 < run_count and starts[run + 1][0] <= index + 1:
            run += 1
        (at,) = struct.unpack_from(">Q" if wide else ">I", raw, chunks + 8 + index * (8 if wide else 4))
        in_chunk = min(starts[run][1], count - sample)
        size = same * in_chunk
        if not same:
            size = sum(struct.unpack_from(f">{in_chunk}I", raw, sizes + 12 + 4 * sample))
        sample += in_chunk
        yield _Extent(at, size)


def _write_over(output: bytearray, item: _MetadataItem) -> None:
    """Overwrite EXIF with an empty block (a still picture's orientation is in another box), XMP with spaces."""
    size = sum(extent.size for extent in item.extents)
    empty = b"\0\0\0\0" + EMPTY_EXIF
    fresh = b" " * size if item.kind == b"mime" else empty.ljust(size, b"\0") if size >= len(empty) else bytes(size)
    done = 0
    for extent in item.extents:
        output[extent.at : extent.at + extent.size] = fresh[done : done + extent.size]
        done += extent.size


def _items(raw: Buffer) -> list[_MetadataItem]:
    """The EXIF and XMP items of a still picture. Extents outside of the file are skipped."""
    top = [box for box in boxes(raw) if box.inside in ((), (b"meta",))]
    inner = {box.kind: box for box in top if box.inside}
    if b"iinf" not in inner or b"iloc" not in inner:
        return []
    idat = inner[b"idat"].body if b"idat" in inner else len(raw)
    try:
        kinds = dict(_kinds(raw, inner[b"iinf"]))
        return [
            _MetadataItem(*kinds[item_id], extents)
            for item_id, extents in _extents(raw, inner[b"iloc"], idat)
            if item_id in kinds
        ]  # fmt: skip
    except struct.error:
        return []


def _kinds(raw: Buffer, box: Box) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    version = raw[box.body]
    at = box.body + (6 if version == 0 else 8)
    while at + 12 <= box.end:
        size, kind = struct.unpack_from(">I4s", raw, at)
        if size < 12:
            return
        entry = raw[at + 8]
        if kind == b"infe" and entry >= 2:
            wide = entry >= 3
            (item_id,) = struct.unpack_from(">I" if wide else ">H", raw, at + 12)
            type_at = at + 12 + (4 if wide else 2) + 2
            type, rest = bytes(raw[type_at : type_at + 4]), bytes(raw[type_at + 4 : at + size])
            if type in (b"Exif", b"mime"):
                texts = [*rest.split(b"\0"), b"", b""]  # name, type of a mime item, how it is packed
                yield item_id, (type, texts[2])
        at += size


def _extents(raw: Buffer, box: Box, idat: int) -> Iterator[tuple[int, tuple[_Extent, ...]]]:
    version, sizes = raw[box.body], struct.unpack_from(">H", raw, box.body + 4)[0]
    offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    at = box.body + 6

    def number(size: int) -> int:
        nonlocal at
        value = bytes(raw[at : at + size])
        if len(value) < size or at + size > box.end:
            raise struct.error
        at += size
        return int.from_bytes(value, "big")

    budget, extent_budget = Budget(len(raw)), Budget.of_bytes(_TWICE * len(raw))
    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version in (1, 2) else 0
        number(2)
        start = number(base) + (idat if method == 1 else 0)
        extents = list[_Extent]()
        for _ in range(number(2)):
            budget.spend(1)
            if version in (1, 2):
                number(index)
            first, size = start + number(offset), number(length)
            if method < 2 and first + size <= len(raw):
                extent_budget.spend(size)
                extents.append(_Extent(first, size))
        yield item, tuple(extents)
