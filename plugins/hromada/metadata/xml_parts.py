"""Finds names of people and paths in a document's XML parts, with byte offsets and replacements.

Only the bytes of values are replaced; everything else stays as the office program wrote it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from hromada.domain.lazy_regex import lazy_compile

AUTHOR = "Автор"  # a comment must have one
_TAG = lazy_compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_ATTRIBUTE = lazy_compile(rb"\s([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENCODING = lazy_compile(rb"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']")
_DECLARATION = 200  # bytes: longer than any
_PATH = lazy_compile(
    r"(?:file:/*)?(?:[A-Za-z]:[\\/]|\\\\[^\\/\s]+[\\/]|/(?:home|Users|root|mnt|media|Volumes|tmp)/)[^\"<>|\n]{0,400}"
    r"|file:/{2,}[^\"<>|\n]{1,400}"
)
_MAYBE_PATH = lazy_compile(rb"[A-Za-z]:[\\/]{1,2}\w|\\\\\w|file:/|/home/|/Users/|/root/|/mnt/|/media/|/Volumes/|/tmp/")


class NameFields(NamedTuple):
    """Local names of the elements and attributes that contain people's names, and the replacement."""

    elements: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    instead: str = ""


class Edit(NamedTuple):
    """A value in a part: byte offsets, text, whether it is a path, its replacement."""

    start: int
    end: int
    value: str
    is_path: bool
    instead: str


# By pattern of the part's lower-case name: properties, comments, changes and people of OOXML; parts of OpenDocument.
_KINDS: tuple[tuple[re.Pattern[str], NameFields], ...] = (
    (lazy_compile(r"docprops/core\.xml"), NameFields(frozenset({"creator", "lastModifiedBy"}))),
    (lazy_compile(r"docprops/app\.xml"), NameFields(frozenset({"Company", "Manager"}))),
    (lazy_compile(r"meta\.xml"), NameFields(frozenset({"creator", "initial-creator", "printed-by"}))),
    (lazy_compile(r"xmp"), NameFields(
        frozenset({"creator", "Author", "Company", "Manager", "LastModifiedBy", "CaptionWriter"}),
        frozenset({"Author", "Company", "Manager", "LastModifiedBy", "CaptionWriter"}),
    )),
    (lazy_compile(r"(?:content|styles)\.xml"), NameFields(frozenset({"creator", "creator-initials"}), frozenset(), AUTHOR)),
    (lazy_compile(r"word/.+\.xml"), NameFields(frozenset(), frozenset({"author", "initials", "userId"}), AUTHOR)),
    (lazy_compile(r"xl/(?:comments/)?comments?[^/]*\.xml"), NameFields(frozenset({"author"}), frozenset(), AUTHOR)),
    (lazy_compile(r"xl/persons/[^/]+\.xml"), NameFields(frozenset(), frozenset({"displayName", "userId"}), AUTHOR)),
    (lazy_compile(r"xl/revisions/[^/]+\.xml"), NameFields(frozenset(), frozenset({"userName", "name"}), AUTHOR)),
    (lazy_compile(r"xl/workbook\.xml"), NameFields(frozenset(), frozenset({"userName"}))),
    (lazy_compile(r"ppt/(?:comment)?authors\.xml"), NameFields(frozenset(), frozenset({"name", "initials", "userId"}), AUTHOR)),
)  # fmt: skip
_NO_KIND = NameFields()
_WITH_PATHS = lazy_compile(r"docprops/|meta\.xml|settings\.xml|xmp")  # parts whose texts are written by programs
_INITIALS = frozenset({"initials", "creator-initials"})


def find_edits(name: str, raw: bytes) -> list[Edit]:
    """The values to replace in a part in UTF-8, in order; of a damaged part those before the damage."""
    kind = next((kind for pattern, kind in _KINDS if pattern.fullmatch(name)), _NO_KIND)
    has_names = any(word.encode() in raw for word in kind.elements | kind.attributes)
    if has_names or _MAYBE_PATH.search(raw):  # else skip expat, which takes 0.1 s for Word's styles
        return _Search(name, raw, kind).found
    return []


def as_utf8(raw: bytes) -> bytes:
    """The part in UTF-8, which office programs write; converters write UTF-16."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", "replace").encode()
        return _ENCODING.sub(rb"\1", raw[:_DECLARATION], count=1) + raw[_DECLARATION:]
    return raw


def apply_edits(raw: bytes, changes: Iterable[Edit]) -> bytes:
    """The part with these values replaced."""
    pieces, at = list[bytes](), 0
    for change in changes:
        pieces += [raw[at : change.start], html.escape(change.instead).encode()]
        at = change.end
    return b"".join([*pieces, raw[at:]])


def path_in(value: str) -> str:
    """The unquoted value if it is a path of a computer or network, else empty."""
    plain = unquote(value.strip())
    return plain if _PATH.fullmatch(plain) else ""


def base_name(path: str) -> str:
    """The file's name in a path; empty for a folder."""
    return re.split(r"[\\/]", path)[-1]


class _Search:
    """One pass of expat over a part that collects values with their offsets."""

    def __init__(self, name: str, raw: bytes, kind: NameFields) -> None:
        self.found: list[Edit] = []
        self._name, self._raw, self._kind = name, raw, kind
        self._inside: list[str] = []
        self._text, self._from = list[str](), -1
        self._is_document = name in ("content.xml", "styles.xml", "meta.xml", "settings.xml")
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = False  # each piece of text needs its offset
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = _no_doctype
        try:
            parser.Parse(raw, True)
        except (expat.ExpatError, ValueError):
            pass  # values before the error are valid

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._inside.append(tag.rpartition(" ")[2])
        self._text, self._from = [], -1
        suspects = (
            name.rpartition(" ")[2] in self._kind.attributes or path_in(value) for name, value in attributes.items()
        )
        if any(suspects):
            at = self._parser.CurrentByteIndex
            if match := _TAG.match(self._raw, at):
                for attribute in _ATTRIBUTE.finditer(match[0]):
                    self._attribute(at, attribute)

    def _attribute(self, at: int, match: re.Match[bytes]) -> None:
        group = 2 if match[2] is not None else 3
        qualified = match[1].decode("utf-8", "replace")
        if qualified.startswith("xmlns"):
            return
        local, value = qualified.rpartition(":")[2], html.unescape(match[group].decode("utf-8", "replace"))
        start, end = at + match.start(group), at + match.end(group)
        if local in self._kind.attributes:
            self._person(start, end, value, local)
        elif path := path_in(value):
            self.found.append(Edit(start, end, path, True, self._relative(path)))

    def _words(self, text: str) -> None:
        if self._from < 0:
            self._from = self._parser.CurrentByteIndex
        self._text.append(text)

    def _end(self, tag: str) -> None:
        value, start, end = "".join(self._text), self._from, self._parser.CurrentByteIndex
        if start >= 0 and value.strip():
            if elements := self._kind.elements & {*self._inside}:
                self._person(start, end, value, min(elements))
            elif _WITH_PATHS.match(self._name) and (path := path_in(value)):
                self.found.append(Edit(start, end, path, True, base_name(path)))
        self._inside.pop()
        self._text, self._from = [], -1

    def _person(self, start: int, end: int, value: str, name: str) -> None:
        instead = self._kind.instead[:1] if name in _INITIALS else self._kind.instead
        if value.strip() and value != instead:
            name_shown = "" if name in _INITIALS else value.strip()
            self.found.append(Edit(start, end, name_shown, False, instead))

    def _relative(self, path: str) -> str:
        """A relative link to a file beside the document, which is one level up in OpenDocument."""
        name = base_name(path)
        return f"../{name}" if self._is_document and name else name


def _no_doctype(*_: object) -> None:
    raise ValueError("no office program writes a DOCTYPE")


def people(changes: Iterable[Edit]) -> Iterator[str]:
    return (change.value for change in changes if change.value and not change.is_path)


def paths(changes: Iterable[Edit]) -> Iterator[str]:
    return (change.value for change in changes if change.is_path)
