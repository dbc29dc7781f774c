"""The whole content at one moment, read and checked once: what every command and the Pelican plugin share."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from hromada.checks.link_rules import FILES_FOLDER, may_name_file, referenced_files, withheld_files
from hromada.checks.redirect_rules import RedirectPage
from hromada.content.file_cache import CachedText, CacheEntry, FileCache, Parsed
from hromada.content.handbook import HandbookNote
from hromada.content.handbook_files import Handbook
from hromada.content.loader import Content
from hromada.content.report_cache import ReportCheckCache
from hromada.domain.calendar import Clock
from hromada.domain.coverage import MIN_TEXT_LENGTH, Covered
from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.file_types import is_picture
from hromada.domain.item import UKRAINIAN, Item, Kind
from hromada.domain.period import Period
from hromada.domain.problem import ContentRefused, Level, Problem
from hromada.domain.site import Site
from hromada.listing.cards import Card, card_of
from hromada.render.images import Pictures
from hromada.render.links import Linker, LinkResult
from hromada.render.rendered_text import Text, TextMetadata
from hromada.system.digest import digest_of

if TYPE_CHECKING:
    from hromada.content.reports import Reports
    from hromada.render.html import Markup
    from hromada.report.approval.report_state import ReportState, ReportStates


@dataclass
class ContentSnapshot:
    """Content, clock and everything derived from them that more than one page needs."""

    content: Content
    clock: Clock
    file_cache: FileCache
    pictures: Pictures
    linker: Linker
    problems: list[Problem]
    all_built: list[Item]  # every item that has a page
    handbook_files: Handbook
    report_note: ReportCheckCache | None = None
    moved: tuple[RedirectPage, ...] = ()  # pages at addresses of an earlier site
    handbook: HandbookNote = HandbookNote()  # a value that nothing changes
    traces: Mapping[str, DocumentMetadata] = field(
        default_factory=dict
    )  # of documents, and of pictures that no page shows
    began: int = field(default_factory=time.time_ns)  # no picture and no document of the content was opened before
    _cards: dict[str, Card] = field(default_factory=dict)
    _is_remembered: bool = False

    @cached_property
    def markup(self) -> Markup:
        """What turns texts into HTML: made when there is a new one."""
        from hromada.render.html import Markup

        return Markup()

    @property
    def site(self) -> Site:
        return self.content.site

    @cached_property
    def reports(self) -> Reports:
        """Counted when something asks for it: most builds touch no report."""
        from hromada.content.reports import Reports

        return Reports(self.site, self.clock, self.content.approvals, self.linker, self.markup)

    @property
    def counting(self) -> ReportStates:
        return self.reports.counting

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level is Level.ERROR]

    def refuse_errors(self) -> None:
        """The lock in the build: nothing is built from content with errors."""
        if self.errors:
            raise ContentRefused(self.errors)

    def built(self, *kinds: Kind) -> Iterator[Item]:
        return (item for item in self.all_built if item.kind in kinds)

    def listed(self, *kinds: Kind) -> list[Item]:
        return [item for item in self.built(*kinds) if item.is_public]

    def report_state_of(self, period: Period) -> ReportState | None:
        """The period's report, when there is a built one in Ukrainian."""
        found = (self.reports.report_states[item.path] for item in self.reports.built if not item.is_translation)
        return next((one for one in found if one.activity.period == period), None)

    @cached_property
    def covered(self) -> dict[str, Covered]:
        """Every point of the law with the pages that cover it; none without law.toml."""
        coverage = self.site.coverage
        if coverage is None:
            return {}
        built = {item.path for item in self.all_built}
        named = {item.path: item for item in coverage.named.values() if item.path in built}
        return coverage.at(self.clock, {path: self._letters(item) for path, item in named.items()})

    def _letters(self, item: Item) -> int:
        """How much readers find on an item's page: a document or a report is enough by itself."""
        if item.kind is Kind.REPORT or self.linked(item).attachments:
            return MIN_TEXT_LENGTH
        from hromada.render.html import letters_in

        unit = item.unit
        header = [unit.phone, unit.email, unit.address, unit.hours, unit.head] if unit else []
        return letters_in(self._text(item).html) + sum(one.isalnum() for one in "".join(header))

    @cached_property
    def unit_titles(self) -> dict[str, str]:
        """Titles of the units by section."""
        return {f"units/{id}": item.title for id, item in self.site.units.items()}

    def card(self, item: Item) -> Card:
        """The card of a dated item that is built."""
        if (card := self._cards.get(item.path)) is None:
            linked = self.content.known[item.path].linked
            assert linked is not None, f"{item.path} is not linked"
            title = self.unit_titles.get(item.section, "")
            card = self._cards[item.path] = card_of(item, title, self.metadata(item).summary, linked.lead)
        return card

    def linked(self, item: Item) -> LinkResult:
        """What an item refers to; a report's is that of its page."""
        if item.kind is Kind.REPORT:
            assert self.report_note is not None
            return self.report_note.linked[item.address]
        return self.content.known[item.path].linked or LinkResult()

    @cached_property
    def all_linked(self) -> list[LinkResult]:
        """What pages refer to beside pages, those of reports' former versions too."""
        assert self.report_note is not None
        return [one for _, one in self.referring] + list(self.report_note.linked.values())

    @cached_property
    def referring(self) -> list[tuple[Item, LinkResult]]:
        """The items, but reports, whose texts refer to more than pages: to documents, pictures or places in a page."""
        known = self.content.known
        linked = [(item, known[item.path].linked) for item in self.all_built]
        return [(item, one) for item, one in linked if one and (one.attachments or one.pictures or one.fragments)]

    @cached_property
    def documents(self) -> list[str]:
        """The documents that are published: those that a page refers to, and all in files/ that are not withheld."""
        return sorted(self._attached | self._free - self.withheld)

    @cached_property
    def _attached(self) -> set[str]:
        """The documents that pages lead to, those of reports' approved texts among them."""
        return {path for one in self.all_linked for path in one.attachments}

    @cached_property
    def _free(self) -> set[str]:
        """The documents in files/: links from other sites lead there, so they need none from a page."""
        return {path for path in self.site.files if path.startswith(FILES_FOLDER) and not is_picture(path)}

    @cached_property
    def withheld(self) -> set[str]:
        """The documents in files/ that something unpublished refers to, and nothing published."""
        if not self._free:
            return set()
        built = {item.path for item in self.all_built}
        published: list[str] = [name for claim in (self.site.law or {}).values() for name in claim.names]
        unpublished: list[str] = []
        for path, one in self.content.known.items():
            if isinstance(one.parsed, Parsed) and one.parsed.files:
                (published if path in built else unpublished).extend(one.parsed.files)
        for row in self.site.rows:
            if may_name_file(row.url):
                is_due = row.when is None or row.when <= self.clock.moment
                (published if is_due else unpublished).extend(referenced_files([row.url], row.place.path))
        return withheld_files(self._free, unpublished, [*published, *self._attached], self.site.settings.address)

    def html(self, item: Item) -> str:
        """The HTML of an item's text with everything in its place."""
        if item.kind is Kind.REPORT:
            return self.reports.text(self.reports.report_states[item.path]).html
        text = self._text(item)
        return self.linker.html(item, text.html, text.metadata)

    def metadata(self, item: Item) -> TextMetadata:
        """What must be known of an item's text."""
        return self.file_cache.metadata(item.path, self.content.known[item.path].digest) or self._text(item).metadata

    def _text(self, item: Item) -> Text:
        """An item's text, its references still open."""
        text = self.file_cache.text(item.path, self.content.known[item.path].digest)
        if text is None:  # the store was lost or damaged since
            from hromada.content.parser import parsed_item

            _, text = parsed_item(item.path, self.content.bytes_of(item.path), self.markup)
            assert text is not None, f"{item.path} has no text"
            self.file_cache.keep_text(item.path, CachedText.of(self.content.known[item.path].digest, text))
        return text

    def newest(self, *kinds: Kind) -> list[Item]:
        """The listed items of these kinds, which have dates, newest first."""
        return sorted(self.listed(*kinds), key=_when_and_address, reverse=True)

    def remember(self) -> None:
        """Keep what was learnt of the files for the next call; once."""
        if self._is_remembered:
            return
        self._is_remembered = True
        content, file_cache = self.content, self.file_cache
        files = dict(content.known)
        for path, traces in self.traces.items():
            if path not in files:
                files[path] = CacheEntry(file_cache.trusted(content.seen[path].stamp, self.began), "", traces)
        for path, facts in self.pictures.facts.items():
            is_new = path not in files or isinstance(files[path].parsed, DocumentMetadata)
            if is_new and path in content.seen:  # the handbook's are remembered with it
                files[path] = CacheEntry(file_cache.trusted(content.seen[path].stamp, self.began), facts.digest, facts)
        file_cache.save(files)

    @cached_property
    def counted_inputs(self) -> str:
        """A digest of everything that reports are counted from, but the words of other items' texts."""
        known, site = self.content.known, self.site
        parts = [one.parsed.facts for one in known.values() if isinstance(one.parsed, Parsed)]
        parts += [item.address for item in site.items if item.lang != UKRAINIAN]  # given by the original
        parts += [f"{path} {known[path].digest}" for path in self.content.approved]
        parts += [self.content.tables, repr(site.settings), repr(site.valid_between(self.clock))]
        parts += sorted(site.files)
        return digest_of("\0".join(parts).encode())


def _when_and_address(item: Item) -> tuple[datetime, str]:
    assert item.when is not None
    return item.when, item.address
