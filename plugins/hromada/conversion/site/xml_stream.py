"""Streams the parts of an XML feed one after another in constant memory, whatever the file's length.

Uses expat directly, since it gives the line of each part. Nothing outside the file is ever opened; a file that declares
entities, which feeds and exports never do, is refused before one is expanded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from hromada.conversion.site.old_item import SourceRefused
from hromada.domain.lazy_regex import lazy_compile

_EXPORT = "http://wordpress.org/export/"
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/1999/xhtml": "",
    "": "",
}
_MAX_CHARACTERS = 64_000_000  # letters of one part: an export's largest text is a thousand times smaller
_MAX_DEPTH = 200
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r")))  # old WordPress let them through; XML has none of them
_CONTROL_REFERENCE = lazy_compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8b-cB-CeEfF]|1[\da-fA-F]));"
)  # the same, written as «&#11;»
_CUT_REFERENCE = lazy_compile(rb"&(?:#[xX]?[\da-fA-F]{0,6})?\Z")
_TRUNCATED = {expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS], expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN], expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION], expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR]}  # fmt: skip
_ERROR_MESSAGES = {
    expat.errors.XML_ERROR_INVALID_TOKEN: "знак, якого тут бути не може: файл пошкоджено або він не в тому кодуванні, яке в ньому оголошено",
    expat.errors.XML_ERROR_TAG_MISMATCH: "теги закрито не в тому порядку, файл пошкоджено",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "невідома сутність «&…;», файл пошкоджено",
    expat.errors.XML_ERROR_UNKNOWN_ENCODING: "у файлі оголошено невідоме кодування",
    expat.errors.XML_ERROR_INCORRECT_ENCODING: "файл не в тому кодуванні, яке в ньому оголошено",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "після кінця XML у файлі є ще щось",
}
_EXPORT_AGAIN = "зробіть експорт іще раз"


class Format(StrEnum):
    """What an XML file is."""

    WXR = "експорт WordPress"
    RSS = "стрічка RSS"
    ATOM = "стрічка Atom"


class XmlPart(NamedTuple):
    """A part of a feed with its line: an item, or what the feed says of itself. Names have short prefixes."""

    element: Element
    line: int


def read_parts(chunks: Iterable[bytes], *, is_utf8: bool) -> Iterator[XmlPart]:
    """The parts directly under `channel` (RSS) or the root (Atom, RSS 1.0); SourceRefused where the file breaks off.

    `is_utf8`: the bytes are UTF-8, whatever the file declares.
    """
    reader = _PartReader(is_utf8)
    for chunk in chunks:
        yield from reader.feed(chunk)
    yield from reader.feed(b"", is_last=True)


def recognise(chunks: Iterable[bytes], *, is_utf8: bool) -> Format:
    """What the file is, by its root; SourceRefused for anything else."""
    reader = _PartReader(is_utf8)
    for number, chunk in enumerate(chunks):
        if number == 0:
            _refuse_other_formats(chunk)
        for _ in reader.feed(chunk):
            break
        if reader.format:
            return reader.format
    raise SourceRefused("файл порожній", _EXPORT_AGAIN)


def is_utf8(chunks: Iterable[bytes]) -> bool:
    """Whether all bytes are UTF-8; a file of UTF-16 is not, though its bytes may look so."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for number, chunk in enumerate(chunks):
            if number == 0 and b"\0" in chunk:
                return False
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_other_formats(start: bytes) -> None:
    """HTML is what a browser saves under the name of a feed."""
    if re.match(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", start.removeprefix(codecs.BOM_UTF8), re.IGNORECASE | re.DOTALL):  # fmt: skip
        raise SourceRefused("це вебсторінка (HTML), а не експорт і не стрічка", "завантажте сам файл експорту .xml")
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise SourceRefused("це архів", "розпакуйте його і вкажіть файл .xml із нього")
    if b"\0" not in start and not re.match(rb"\s*<", start.removeprefix(codecs.BOM_UTF8)) and start.strip():
        raise SourceRefused("це не XML", "вкажіть файл експорту .xml")


class _PartReader:
    """Incremental parser of one file."""

    def __init__(self, is_utf8: bool) -> None:
        self.format: Format | None = None
        self._parser = expat.ParserCreate("utf-8" if is_utf8 else None, namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._skipped
        self._is_utf8, self._is_export = is_utf8, False
        self._is_begun, self._blank_lines, self._held = False, 0, b""
        self._depth, self._under, self._line, self._characters = 0, 2, 0, 0
        self._builder: TreeBuilder | None = None
        self._done: list[XmlPart] = []

    def feed(self, chunk: bytes, *, is_last: bool = False) -> Iterator[XmlPart]:
        if self._is_utf8 or b"\0" not in chunk:
            chunk = chunk.translate(None, _CONTROLS)
            chunk = self._without_control_references(chunk, is_last=is_last)
            if not self._is_begun:
                chunk = self._begun(chunk)
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            raise self._refusal(error, is_last) from None
        except (LookupError, UnicodeError):
            raise SourceRefused("у файлі оголошено невідоме кодування", _EXPORT_AGAIN) from None
        done, self._done = self._done, []
        yield from done

    def _without_control_references(self, chunk: bytes, *, is_last: bool) -> bytes:
        chunk, self._held = self._held + chunk, b""
        if b"&" not in chunk:
            return chunk
        if not is_last and (cut := _CUT_REFERENCE.search(chunk)):
            chunk, self._held = chunk[: cut.start()], cut[0]
        return _CONTROL_REFERENCE.sub(b"", chunk)

    def _begun(self, chunk: bytes) -> bytes:
        """The first chunk without the blank lines that plugins of WordPress print before the declaration."""
        begun = chunk.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
        self._blank_lines += chunk.count(b"\n", 0, len(chunk) - len(begun))
        self._is_begun = bool(begun)
        return begun

    def _refusal(self, error: expat.ExpatError, is_last: bool) -> SourceRefused:
        if is_last and error.code in _TRUNCATED:
            message = "файл обривається" if self._depth or self.format else "у файлі немає XML"
            return SourceRefused(
                message, f"він завантажився не весь; {_EXPORT_AGAIN}", self._blank_lines + error.lineno
            )
        message = _ERROR_MESSAGES.get(expat.errors.messages[error.code], "запис XML незрозумілий, файл пошкоджено")
        return SourceRefused(message, _EXPORT_AGAIN, self._blank_lines + error.lineno)

    @property
    def _line_number(self) -> int:
        return self._blank_lines + self._parser.CurrentLineNumber

    def _namespace(self, _prefix: str | None, uri: str | None) -> None:
        self._is_export = self._is_export or (uri or "").startswith(_EXPORT)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise SourceRefused("теги вкладено неймовірно глибоко", _EXPORT_AGAIN, self._line_number)
        short = _short(name)
        if self._depth == 1:
            self._recognise(short)
        if self._depth == self._under:
            self._builder, self._characters, self._line = TreeBuilder(), 0, self._line_number
        if self._builder:
            self._builder.start(short, {_short(key): value for key, value in attributes.items()})

    def _recognise(self, root: str) -> None:
        if root == "rss":
            self._under = 3
            self.format = Format.WXR if self._is_export else Format.RSS
        elif root in ("atom:feed", "RDF"):
            self.format = Format.ATOM if root == "atom:feed" else Format.RSS
        else:
            raise SourceRefused(
                f"це не експорт WordPress і не стрічка RSS чи Atom, а «{root}»", "вкажіть файл експорту .xml",
                self._line_number,
            )  # fmt: skip

    def _end(self, name: str) -> None:
        if self._builder:
            self._builder.end(_short(name))
            if self._depth == self._under:
                self._done.append(XmlPart(self._builder.close(), self._line))
                self._builder = None
        self._depth -= 1

    def _data(self, text: str) -> None:
        if self._builder:
            self._characters += len(text)
            if self._characters > _MAX_CHARACTERS:
                raise SourceRefused("один запис завеликий, такого тексту не буває", _EXPORT_AGAIN, self._line)
            self._builder.data(text)

    def _entity(self, *_: object) -> None:
        raise SourceRefused("у файлі оголошено сутності XML, читати його небезпечно", _EXPORT_AGAIN, self._line_number)

    def _skipped(self, name: str, _is_parameter: bool) -> None:
        raise SourceRefused(f"невідома сутність «&{name};», файл пошкоджено", _EXPORT_AGAIN, self._line_number)


def _short(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    if uri.startswith(_EXPORT):
        return f"excerpt:{local}" if uri.endswith("/excerpt/") else f"wp:{local}"
    return _PREFIXES.get(uri, "") + local if uri in _PREFIXES or uri.endswith("rdf-syntax-ns#") else f"other:{local}"


def child_text(element: Element, name: str) -> str:
    """The text of a child, empty without one."""
    return (element.findtext(name) or "").strip()
