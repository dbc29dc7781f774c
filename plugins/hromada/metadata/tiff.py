"""Reads TIFF directories, of pictures and of EXIF in other files; removes metadata of TIFF pictures.

Sources: TIFF 6.0; the draft of BigTIFF; Exif 2.32, 4.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hromada.metadata.limits import Budget, Buffer, NotCleanable

HEADERS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8)  # bytes of a value by its type
_RATIONALS, _ASCII, _UNDEFINED = (5, 10), 2, 7
ORIENTATION, GPS, _EXIF, _SUB_IFDS, _INTEROP = 0x0112, 0x8825, 0x8769, 0x014A, 0xA005
_POINTERS = frozenset({GPS, _EXIF, _SUB_IFDS, _INTEROP})
_COORDINATES = frozenset({2, 4, 20, 22})  # of the GPS directory: the camera's position, the destination
_AREA = 28
_PEOPLE = {0x013B: "utf-8", 0x9C9D: "utf-16-le", 0xA430: "utf-8"}  # artist, Windows' author, camera owner
_CAMERA = (0x010F, 0x0110)
_SERIAL = 0xA431
_TWICE = 2  # limit of bytes overwritten, in sizes of the file: tags may point at the same bytes
_BLOCKS = frozenset({0x83BB, 0x8649})  # IPTC, Photoshop
_TEXTS = frozenset({0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F})  # description, comment, Windows' title …
# Tags needed to decode and show a picture: baseline, fax, JPEG, tiles, colours, ICC.
_PICTURE = frozenset(
    {*range(254, 256), *range(256, 260), *range(262, 267), 266, 273, 274, *range(277, 285), *range(290, 294), 296, 297, 301,
     *range(317, 326), _SUB_IFDS, *range(332, 343), 347, *range(512, 522), 529, 530, 531, 532, 34675}
)  # fmt: skip


class TiffTag(NamedTuple):
    """A tag of a directory; `at` is the offset of its value (of a pointer: of the list of targets), `size` its bytes."""

    tag: int
    type: int
    at: int
    size: int


class Directory(NamedTuple):
    """A directory: the tag that points to it (0: the chain of pictures), its offset, its complete tags, their end."""

    led_by: int
    at: int
    entries: tuple[TiffTag, ...]
    end: int


class ExifMetadata(NamedTuple):
    """Metadata in EXIF that isn't needed to show a picture."""

    has_coordinates: bool = False
    texts: tuple[bytes, ...] = ()  # raw
    place_names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    camera: str = ""


class _Layout(NamedTuple):
    """Byte order and field widths of a file (BigTIFF has wider ones)."""

    order: str
    counter: str
    offset: str

    @property
    def entry(self) -> int:
        return 4 + 2 * struct.calcsize(self.offset)

    @property
    def inline(self) -> int:
        return struct.calcsize(self.offset)

    def read(self, raw: Buffer | bytearray, code: str, at: int) -> int:
        """The number at an offset; struct.error outside of the bytes, also where an offset of BigTIFF is past any memory."""
        if at > len(raw):
            raise struct.error(f"no number at {at}")
        return int(struct.unpack_from(self.order + code, raw, at)[0])


def _layout(raw: Buffer | bytearray, base: int) -> _Layout | None:
    head = bytes(raw[base : base + 4])
    if head not in HEADERS:
        return None
    order = "<" if head.startswith(b"II") else ">"
    return _Layout(order, "Q", "Q") if b"+" in head else _Layout(order, "H", "I")


def directories(raw: Buffer | bytearray, base: int, budget: Budget) -> Iterator[Directory]:
    """Every directory of the TIFF at `base`, each once; offsets outside of the bytes are skipped."""
    layout = _layout(raw, base)
    if layout is None:
        return
    first = base + (8 if layout.offset == "Q" else 4)
    waiting, seen = [(0, first)], set[int]()  # offsets of pointers to directories
    while waiting:
        led_by, pointer = waiting.pop()
        try:
            at = base + layout.read(raw, layout.offset, pointer)
            if at <= base or at in seen:
                continue
            seen.add(at)
            count = layout.read(raw, layout.counter, at)
        except struct.error:
            continue
        start = at + struct.calcsize(layout.counter)
        count = min(count, max(0, len(raw) - start) // layout.entry)
        budget.spend(count + 1)
        tags = tuple(_entry(raw, base, layout, start + index * layout.entry) for index in range(count))
        end = start + count * layout.entry
        yield Directory(led_by, at, tags, end)
        if led_by in (0, _SUB_IFDS):
            waiting.append((led_by, end))
        for tag in tags:
            if tag.tag in _POINTERS:
                targets = min(tag.size, len(raw)) // layout.inline
                budget.spend(targets)
                waiting += ((tag.tag, tag.at + index * layout.inline) for index in range(targets))


def _entry(raw: Buffer | bytearray, base: int, layout: _Layout, at: int) -> TiffTag:
    tag, type = layout.read(raw, "H", at), layout.read(raw, "H", at + 2)
    count = layout.read(raw, layout.offset, at + 4)
    size = count * (_SIZES[type] if type < len(_SIZES) else 1)
    field = at + 4 + layout.inline
    if tag in _POINTERS and size < layout.inline:  # a pointer, whatever its type says
        size = layout.inline
    if size > layout.inline:
        field = base + layout.read(raw, layout.offset, field)
    return TiffTag(tag, type, field, size)


def read_exif(raw: Buffer, base: int, budget: Budget) -> ExifMetadata:
    """The metadata of the TIFF at `base`."""
    has_coordinates, texts, place_names, people = False, list[bytes](), list[str](), list[str]()
    camera: dict[int, str] = {}
    for directory in directories(raw, base, budget):
        for entry in directory.entries:
            if directory.led_by == GPS:
                has_coordinates = has_coordinates or (entry.tag in _COORDINATES and _is_written(raw, entry, budget))
                if entry.tag == _AREA:
                    place_names.append(_decode(_value(raw, entry, budget)[8:], "utf-8"))
            elif entry.tag in _PEOPLE:
                people.append(_decode(_value(raw, entry, budget), _PEOPLE[entry.tag]))
            elif entry.tag in (*_CAMERA, _SERIAL):
                camera[entry.tag] = _decode(_value(raw, entry, budget), "utf-8")
            elif entry.tag in _BLOCKS:
                texts.append(_value(raw, entry, budget))
            elif entry.tag in _TEXTS:
                texts.append(_value(raw, entry, budget).replace(b"\0", b""))
    camera_name = " ".join(word for tag in (*_CAMERA, _SERIAL) if (word := camera.get(tag)))
    return ExifMetadata(
        has_coordinates, tuple(texts), _distinct_names(place_names), _distinct_names(people), camera_name
    )


def _distinct_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in names if word))


def _value(raw: Buffer, entry: TiffTag, budget: Budget) -> bytes:
    return budget.spend_on(bytes(raw[entry.at : entry.at + min(entry.size, 1 << 16)]))


def _decode(raw: bytes, encoding: str) -> str:
    return " ".join(raw.decode(encoding, "replace").replace("\0", " ").split())


def _is_written(raw: Buffer, entry: TiffTag, budget: Budget) -> bool:
    """Whether a coordinate is set: some cameras without a signal write zeros."""
    value = _value(raw, entry, budget)
    if entry.type in _RATIONALS:
        return any(any(value[at : at + 4]) for at in range(0, len(value), 8))  # the numerators
    return bool(value.strip(b"\0 0.,+-NSEW\"'"))


def orientation_of(raw: Buffer, base: int = 0) -> int:
    """The orientation (1 to 8); 1 without the tag."""
    for directory in directories(raw, base, Budget(len(raw))):
        for entry in directory.entries:
            if entry.tag == ORIENTATION and not directory.led_by:
                layout = _layout(raw, base)
                value = layout.read(raw, "H", entry.at) if layout and entry.at + 2 <= len(raw) else 1
                return value if 1 <= value <= 8 else 1
    return 1


def orientation_exif(orientation: int) -> bytes:
    """An EXIF block with the orientation alone."""
    return b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0%c\0\0\0\0\0\0\0" % orientation


EMPTY_EXIF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"


def strip_tiff(raw: bytes) -> bytes:
    """The picture's own tags; the values of others are overwritten with zeros in place, so that no offset changes."""
    output, layout = bytearray(raw), _layout(raw, 0)
    if layout is None:
        raise NotCleanable
    erased = Budget.of_bytes(_TWICE * len(raw))
    for directory in list(directories(raw, 0, Budget(len(raw)))):
        is_picture = directory.led_by in (0, _SUB_IFDS)
        start = directory.at + struct.calcsize(layout.counter)
        entries_kept = list[bytes]()
        for index, entry in enumerate(directory.entries):
            offset = start + index * layout.entry
            if is_picture and entry.tag in _PICTURE:
                entries_kept.append(bytes(raw[offset : offset + layout.entry]))
            elif entry.size > layout.inline:
                end = min(entry.at + entry.size, len(output))
                erased.spend(max(0, end - entry.at))
                output[entry.at : end] = bytes(max(0, end - entry.at))
        following = bytes(raw[directory.end : directory.end + layout.inline]) if is_picture else b""
        fresh = struct.pack(layout.order + layout.counter, len(entries_kept)) + b"".join(entries_kept) + following
        room = directory.end - directory.at + len(following)
        output[directory.at : directory.at + room] = fresh.ljust(room, b"\0")
    return bytes(output)
