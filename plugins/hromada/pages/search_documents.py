"""What the search can find: items and the documents that they attach, with their texts and what a result shows of them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from msgspec.json import encode

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.file_types import suffix_of
from hromada.domain.item import Item, Kind
from hromada.domain.lazy_regex import lazy_compile
from hromada.listing.validity import valid_until
from hromada.render.document_text import LARGEST_FILE, READABLE, document_text
from hromada.render.links import published_path
from hromada.search.kinds import KIND_NUMBERS, KINDS
from hromada.search.segments import EPOCH, Document, day_number
from hromada.system.regular_files import digest_of

_BLOCK = lazy_compile(
    r"</?(?:br|p|div|li|[ou]l|d[ltd]|h[1-6]|blockquote|img|figure|figcaption|summary|details|hr|t[dhr]|table|pre)\b[^>]*>"
)
_TAG = lazy_compile(r"<[^>]+>")
_FOOTNOTE = lazy_compile(r'<sup id="fnref[^>]*>.*?</sup>', re.DOTALL)  # a mark is no part of the word before it
_DATED = (Kind.NEWS, Kind.MESSAGE, Kind.REPORT)
# The number in `search.kinds.KINDS` of an item of a kind, and of one that is an event.
_KINDS = {kind: KIND_NUMBERS[kind.value] for kind in Kind if kind.value in KIND_NUMBERS}
_EVENTS = _KINDS | {Kind.NEWS: KIND_NUMBERS["event"], Kind.MESSAGE: KIND_NUMBERS["message-event"]}
_Source = tuple[Item, str]  # an item, and the name of the file if it is one that the item attaches


class DocumentText(NamedTuple):
    """The three fields in which words are found; an attached file has no lead."""

    title: str
    lead: str
    text: str


class SearchDocuments:
    """The documents of a snapshot that can be found."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        self._snapshot = snapshot
        self._sources: dict[str, _Source] = {}

    @cached_property
    def all(self) -> list[Document]:
        """Everything that lists may show, and the documents that it attaches; each once."""
        snapshot, documents = self._snapshot, list[Document]()
        entries, sources, withdrawn = snapshot.content.entries, self._sources, snapshot.withdrawn
        for item in snapshot.all_built:  # for each edit, too: no call that can be done without
            path = item.path
            if not item.is_public or path in withdrawn:
                continue
            number = (_EVENTS if item.event_start else _KINDS).get(item.kind)
            if number is None:
                continue
            entry = entries[path]
            # A report belongs to the year of its period: its last day may lie ahead, its first does not.
            when: date | None = item.report.period.first if item.report else item.when
            day = day_number(when) if when and item.kind in _DATED else 0
            card = entry.card_key or digest_of(f"{entry.digest}\0{item.address}".encode())
            documents.append(Document(path, item.address, day, number, entry.digest, card))
            sources[path] = item, ""
            linked = entry.linked
            for path in linked.attachments if linked else ():
                if path not in sources and suffix_of(path) in READABLE and path in snapshot.content.scanned:
                    sources[path] = item, path
                    documents.append(self._attached(item, path, day, card))
        return documents

    def _attached(self, item: Item, path: str, day: int, card: str) -> Document:
        scanned = self._snapshot.content.scanned[path]
        trusted = self._snapshot.file_cache.trusted(scanned.stamp, self._snapshot.start_ns)
        version = repr(trusted) if trusted else f"{scanned.stamp} as of {self._snapshot.start_ns}"
        return Document(path, published_path(path), day, KIND_NUMBERS["document"], version, f"{card} {version}")

    @property
    def paths(self) -> set[str]:
        """What identifies the documents: paths of texts and of attached files."""
        return {document.path for document in self.all}

    @cached_property
    def inputs(self) -> str:
        """A digest of all that the index shows."""
        return digest_of(encode(self.all))

    @cached_property
    def sections(self) -> frozenset[str]:
        """The names of the sections in which something can be found."""
        kinds = {document.kind for document in self.all}
        return frozenset(section for kind in kinds for section in KINDS[kind].sections)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of dated documents, newest first."""
        years = {date.fromordinal(day + EPOCH).year for day in {document.day for document in self.all} if day}
        return tuple(sorted(years, reverse=True))

    def title(self, document: Document) -> str:
        item, file = self._sources[document.path]
        if not file:
            return item.title
        name = file.rpartition("/")[2].rpartition(".")[0]
        return " ".join(re.sub(r"[-_]+", " ", name).split()) or file.rpartition("/")[2]

    def note(self, document: Document) -> str:
        """The unit of a message; of an attached file its type and the item that it belongs to."""
        item, file = self._sources[document.path]
        if file:
            return f"{suffix_of(file)[1:].upper()} до матеріалу «{item.title}»"
        return self._snapshot.unit_titles.get(item.section, "") if item.kind is Kind.MESSAGE else ""

    def end(self, document: Document) -> tuple[str, ...]:
        """The moment from which an item is over: the browser judges, so the index does not fall due."""
        item, file = self._sources[document.path]
        return (valid_until(item),) if item.expires and not file else ()

    def reading_ahead(self, documents: Iterable[tuple[int, Document]]) -> Iterator[tuple[int, Document]]:
        """The numbered documents, for a caller that asks for the `text` of each."""
        return self._snapshot.file_cache.reading_ahead(documents, lambda numbered: numbered[1].path)

    def text(self, document: Document) -> DocumentText:
        """The words that a document is found by."""
        item, file = self._sources[document.path]
        if file:
            return DocumentText(self.title(document), "", self._text_of_file(file))
        return DocumentText(item.title, self.lead(document), self._text_of_item(item))

    def lead(self, document: Document) -> str:
        """What the item says of itself in short; empty of an attached file and of a report without a summary."""
        item, file = self._sources[document.path]
        if file:
            return ""
        return item.summary or ("" if item.kind is Kind.REPORT else self._snapshot.metadata(item).summary)

    def _text_of_item(self, item: Item) -> str:
        if item.kind is Kind.REPORT:
            return re.sub(r"\[\[[^\]]*\]\]|[#*_>|]", " ", item.report.text if item.report else "")
        text = _plain(self._snapshot.text_html(item))
        if unit := item.unit:
            text = "\n".join((text, unit.head, unit.address, unit.phone, unit.email, unit.hours))
        return "\n".join((text, item.event_place, item.category, ", ".join(item.tags)))

    def _text_of_file(self, path: str) -> str:
        try:
            if self._snapshot.content.size_of(path) > LARGEST_FILE:
                return ""
            return document_text(path, self._snapshot.content.file(path).read())
        except OSError:  # it has vanished meanwhile; the build of its copy says so
            return ""


def _plain(rendered: str) -> str:
    return html.unescape(_TAG.sub("", _BLOCK.sub(" ", _FOOTNOTE.sub("", rendered))))
