"""Compresses a PDF's small objects: Typst writes thousands of tags in plain text, and this shrinks the file to a quarter.

Object streams (PDF 1.5) are allowed in PDF/A-2 and PDF/UA-1. A file that is not in Typst's plain form stays as it is.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

_TRAILER = re.compile(rb"xref\n0 (\d+)\n(.*)trailer\n<<(.*)>>\nstartxref\n(\d+)\n%%EOF\s*$", re.DOTALL)
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*)\nendobj\s*$", re.DOTALL)
_TOGETHER = 200  # objects in a stream: a reader unpacks a whole stream for one of them
_WIDTHS = (1, 4, 2)  # bytes of an entry's three fields in the table of objects
_FREE, _PLAIN, _PACKED = 0, 1, 2
# Data may end in a carriage return: followed by a line feed alone it would be read as one line end, and the length as wrong.
_END = b"\r\nendstream"


def compress_objects(pdf: bytes) -> bytes:
    """The same objects under the same numbers; streams stay as they are."""
    table = _TRAILER.search(pdf)
    objects = _parse_objects(pdf, table) if table else None
    if table is None or objects is None:
        return pdf
    head = pdf[: min(offset for offset in _offsets(table) if offset)]
    return _serialise(head, objects, table[3])


def _offsets(table: re.Match[bytes]) -> list[int]:
    return [int(offset) if kind == b"n" else 0 for offset, _, kind in _ENTRY.findall(table[2])]


def _parse_objects(pdf: bytes, table: re.Match[bytes]) -> dict[int, bytes] | None:
    """The bytes of every object by its number; None when one is not where the table says."""
    starts = sorted(offset for offset in _offsets(table) if offset)
    matches = [_OBJECT.match(pdf, start, end) for start, end in pairwise([*starts, table.start()])]
    objects = {int(match[1]): match[2] for match in matches if match}
    return objects if len(objects) == len(starts) else None


def _serialise(head: bytes, objects: dict[int, bytes], trailer: bytes) -> bytes:
    out = bytearray(head)
    entries = {0: (_FREE, 0, 65535)}
    number = max(objects)

    def write(number: int, body: bytes) -> None:
        entries[number] = (_PLAIN, len(out), 0)
        out.extend(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    for plain, body in objects.items():
        if body.endswith(b"\nendstream"):
            write(plain, body.removesuffix(b"\nendstream") + _END)
    small = [(number, body) for number, body in objects.items() if not body.endswith(b"\nendstream")]
    for start in range(0, len(small), _TOGETHER):
        some = small[start : start + _TOGETHER]
        number += 1
        entries |= {inner: (_PACKED, number, position) for position, (inner, _) in enumerate(some)}
        write(number, _object_stream(some))
    start, number = len(out), number + 1
    entries[number] = (_PLAIN, start, 0)
    out += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, _table(entries, number + 1, trailer), start)
    return bytes(out)


def _object_stream(objects: list[tuple[int, bytes]]) -> bytes:
    """Numbers and offsets of the objects, then the objects."""
    index, bodies = b"", b""
    for number, body in objects:
        index += b"%d %d " % (number, len(bodies))
        bodies += body + b"\n"
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index)), index + bodies)


def _table(entries: dict[int, tuple[int, int, int]], size: int, trailer: bytes) -> bytes:
    rows = (entries.get(number, (_FREE, 0, 65535)) for number in range(size))
    data = b"".join(value.to_bytes(width, "big") for row in rows for value, width in zip(row, _WIDTHS, strict=True))
    attributes = b"/Type/XRef/W[%d %d %d]" % _WIDTHS + re.sub(rb"/Size \d+", b"/Size %d" % size, trailer, count=1)
    return _stream(attributes, data)


def _stream(attributes: bytes, data: bytes) -> bytes:
    data = zlib.compress(data, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b%b" % (attributes, len(data), data, _END)
