"""report.pdf: laid out by Typst, compressed; tagged (PDF/UA-1), archival (PDF/A-2a), reproducible byte for byte.

Object streams (PDF 1.5) are allowed in PDF/A-2 and PDF/UA-1. A file that is not in Typst's plain form stays as it is.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from datetime import UTC, datetime, time
from functools import cache
from itertools import pairwise

from hromada.domain.lazy_regex import lazy_compile
from hromada.report.documents.pdf_data import Data, document_data
from hromada.report.documents.report_document import ReportDocument, filed_on, office_link

_TRAILER = lazy_compile(rb"xref\n0 (\d+)\n(.*)trailer\n<<(.*)>>\nstartxref\n(\d+)\n%%EOF\s*$", re.DOTALL)
_ENTRY = lazy_compile(rb"(\d{10}) (\d{5}) ([nf])")
_OBJECT = lazy_compile(rb"(\d+) 0 obj\n(.*)\nendobj\s*$", re.DOTALL)
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


# Characters of theme/documents/fonts, in hexadecimal; the fonts are subset by this list, and a test compares.
FONT_RANGES = (
    "20-7E A0-AC AE-17F 18F 192 218-21B 259 2B9-2BC 2C6-2C7 2D8-2DD 300-304 306-308 30A-30C 384-386 388-38A 38C 38E-3A1"
    " 3A3-3CE 400-45F 462-463 472-475 490-4FF 1E80-1E85 1E9E 1EF2-1EF3 2002-200A 2010 2012-2015 2018-201E 2020-2022 2026"
    " 202F-2030 2032-2034 2039-203A 203C 2044 2074-2079 207F-2089 20AC 20B4 20BF 2105 2113 2116-2117 2122 2153-2154"
    " 215B-215E 2190-2195 2202 2206 220F 2211-2212 2215 2219-221A 221E 222B 2248 2260-2261 2264-2265 25A0-25A1 25AA-25AB"
    " 25B2 25BA 25BC 25C4 25CA-25CC 25CF 25E6 2640 2642 266A"
)
MISSING = "□"  # replaces what no font has; a note about it refers to the report's page
_MAX_UNBROKEN = 28  # characters: a word without a break opportunity gets one here; the narrowest column holds as many

# Emoji sequences: a flag, a family, a hand with a skin tone.
_EMOJI, _MODIFIERS = (
    "[\u2190-\u23ff\u25a0-\u27bf\u2900-\u2bff\U0001f000-\U0001faff]",
    "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*",
)
_EMOJI_SEQUENCE = lazy_compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|{_EMOJI}{_MODIFIERS}(?:\u200d{_EMOJI}{_MODIFIERS})*")
_INVISIBLE = lazy_compile("[\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LINE_ENDS = lazy_compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_LONG_WORD = lazy_compile(rf"[^\s/?&-]{{{_MAX_UNBROKEN + 1},}}")


@cache
def font_characters() -> frozenset[str]:
    """Every character that all the fonts have."""
    characters: set[str] = set()
    for part in FONT_RANGES.split():
        first, _, last = part.partition("-")
        characters.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(characters)


def to_font_characters(text: str) -> str:
    """The text on one line with characters that the fonts have; any other visible one becomes «□»."""
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub(" ", text))
    if not font_characters().issuperset(text):
        text = _EMOJI_SEQUENCE.sub(lambda match: match[0][0] if match[0][0] in font_characters() else MISSING, text)
        text = "".join(map(_font_form, text))
    return _LONG_WORD.sub(_with_breaks, text)


@cache
def _font_form(character: str) -> str:
    """The character, a compatible form of it, nothing for an invisible one, or «□»."""
    if character in font_characters():
        return character
    for form in ("NFKC", "NFD", "NFKD"):
        other = unicodedata.normalize(form, character)
        if font_characters().issuperset(other):
            return other
    if unicodedata.category(character) in ("Cc", "Cf") or _INVISIBLE.match(character):
        return ""
    return MISSING


def _with_breaks(word: re.Match[str]) -> str:
    parts = [word[0][start : start + _MAX_UNBROKEN] for start in range(0, len(word[0]), _MAX_UNBROKEN)]
    return "\N{ZERO WIDTH SPACE}".join(parts)


_LINK = "link"  # the only key whose value is an address
_LONGEST_LINK = 2000  # bytes; readers of PDF refuse more, and so does Typst from 8,000 on
# Typst caches a layout during its next ten documents: 120 MB a report, 1.5 GB with the former versions of a few years.
# Compiling eleven empty documents takes 0.06 s and empties the cache.
_CACHE_FLUSHES = 11


def report_pdf(report_document: ReportDocument, template: str, fonts: str) -> bytes:
    """The document; `template` is the text of report.typ, `fonts` the folder of its fonts: no other font is used.

    The template reads the values as data: nothing in them is ever evaluated as Typst's markup.
    """
    import typst  # 80 MB of machine code: only who makes a document loads it

    font_set = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    pdf = typst.compile(  # type: ignore[type-var]  # its types want every argument alike: all bytes or all str
        template.encode(),
        root=fonts,  # the template reads no files; without a root it might from the current folder
        font_paths=font_set,
        sys_inputs={"data": json.dumps(template_data(report_document), ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(filed_on(report_document.view), time(12), UTC),  # noon: the same day in Kyiv
    )
    for _ in range(_CACHE_FLUSHES):
        typst.compile(b"", font_paths=font_set, timestamp=0)
    return compress_objects(pdf)


def template_data(report_document: ReportDocument) -> Data:
    """The values in characters that the fonts have; `unknown`: whether any was missing."""
    data = document_data(report_document)
    printed = {key: _with_font_characters(value) for key, value in data.items()}
    return printed | {"unknown": _missing_count(printed) > _missing_count(data)}


def _with_font_characters(value: object) -> object:
    if isinstance(value, str):
        return to_font_characters(value)
    if isinstance(value, dict):
        return {key: _link(item) if key == _LINK else _with_font_characters(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_font_characters(item) for item in value]
    return value


def _link(address: str) -> str:
    """The address as PDF allows it; empty for an invalid or too long one, whose text stays."""
    link = office_link(address)
    return link if len(link) <= _LONGEST_LINK else ""


def _missing_count(value: object) -> int:
    return json.dumps(value, ensure_ascii=False).count(MISSING)
