"""The content at one moment, read and checked once, for all commands and the Pelican plugin."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from hromada.checks.link_rules import FILES_FOLDER, may_name_file, referenced_files, withheld_files
from hromada.checks.redirect_rules import RedirectPage
from hromada.content.file_cache import CachedText, CacheEntry, FileCache, Parsed
from hromada.content.folder_reader import Content
from hromada.content.handbook import RenderedHandbook
from hromada.content.handbook_files import Handbook
from hromada.content.report_cache import ReportChecks
from hromada.domain.alert import Alert
from hromada.domain.calendar import Clock
from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.file_types import is_picture
from hromada.domain.item import UKRAINIAN, Item, Kind
from hromada.domain.law_coverage import MIN_TEXT_LENGTH, PointCoverage
from hromada.domain.period import Period
from hromada.domain.problem import ContentRefused, Level, Problem
from hromada.domain.site import Site
from hromada.domain.site_urls import CONTACTS
from hromada.domain.task import TaskLink
from hromada.listing.cards import Card, PhotoCard, UnitContact, card_of, hours_view
from hromada.render.images import Pictures
from hromada.render.links import Linker, LinkResult
from hromada.render.rendered_text import Text, TextMetadata
from hromada.system.regular_files import digest_of

if TYPE_CHECKING:
    from hromada.content.reports import Reports
    from hromada.render.html import Markup
    from hromada.report.approval.report_state import ReportState, ReportStates

_DATED = frozenset({Kind.NEWS, Kind.MESSAGE})


class ContentSnapshot(Struct, dict=True):
    """The content, the clock, and everything derived from them that more than one page needs."""

    content: Content
    clock: Clock
    file_cache: FileCache
    pictures: Pictures
    linker: Linker
    problems: list[Problem]
    all_built: list[Item]  # every item that has a page, withdrawn ones without their content
    handbook_files: Handbook
    withdrawn: Mapping[str, Item] = field(default_factory=dict)  # by path, as they were; in `all_built` without content
    report_checks: ReportChecks | None = None
    jobs: int = 1  # processes at once
    moved: tuple[RedirectPage, ...] = ()  # pages at addresses of an earlier site
    tasks: tuple[TaskLink, ...] = ()  # of the home page
    alerts: tuple[Alert, ...] = ()  # that are not over, in the order in which they are shown
    handbook: RenderedHandbook = RenderedHandbook()  # immutable
    # Of documents, and of pictures that no page shows.
    file_metadata: Mapping[str, DocumentMetadata] = field(default_factory=dict)
    start_ns: int = field(default_factory=time.time_ns)  # no picture and no document of the content was opened before
    _cards: dict[str, Card] = field(default_factory=dict)
    _is_remembered: bool = False

    @cached_property
    def markup(self) -> Markup:
        """The Markdown converter, made when a text needs it."""
        from hromada.render.html import Markup

        return Markup()

    @property
    def site(self) -> Site:
        return self.content.site

    @cached_property
    def reports(self) -> Reports:
        """Counted on demand: most builds touch no report."""
        from hromada.content.reports import Reports

        return Reports(self.site, self.clock, self.content.approvals, self.linker, self.markup, self.photos)

    @cached_property
    def photos(self) -> Mapping[str, tuple[str, ...]]:
        """The files of the pictures that dated items show, by item's path."""
        entries = self.content.entries
        return {
            item.path: linked.photos
            for item in self.all_built
            if item.is_dated and (linked := entries[item.path].linked) and linked.photos
        }

    @property
    def counting(self) -> ReportStates:
        return self.reports.counting

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level is Level.ERROR]

    def refuse_errors(self) -> None:
        """Raise ContentRefused if there are errors: nothing is built from such content."""
        if self.errors:
            raise ContentRefused(self.errors)

    def built(self, *kinds: Kind) -> Iterator[Item]:
        return (item for item in self.all_built if item.kind in kinds)

    def listed(self, *kinds: Kind) -> list[Item]:
        """The items of these kinds that lists show."""
        return [item for item in self.built(*kinds) if item.is_public and item.path not in self.withdrawn]

    def report_state_of(self, period: Period) -> ReportState | None:
        """The period's report, if there is a built one in Ukrainian."""
        states = (self.reports.report_states[item.path] for item in self.reports.built if not item.is_translation)
        return next((state for state in states if state.activity.period == period), None)

    @cached_property
    def point_coverage(self) -> dict[str, PointCoverage]:
        """Every point of the law with the pages that cover it; none without law.toml."""
        coverage = self.site.law_coverage
        if coverage is None:
            return {}
        built = {item.path for item in self.all_built}
        named = {item.path: item for item in coverage.named.values() if item.path in built}
        return coverage.at(self.clock, {path: self._letters(item) for path, item in named.items()})

    def _letters(self, item: Item) -> int:
        """How many letters an item's page has; a document or a report is enough by itself."""
        if item.kind is Kind.REPORT or self.linked(item).attachments:
            return MIN_TEXT_LENGTH
        unit = item.unit
        header = [unit.phone, unit.email, unit.address, unit.hours, unit.head] if unit else []
        return self.text_letters(item) + sum(map(str.isalnum, "".join(header)))

    def text_letters(self, item: Item) -> int:
        """How many letters and digits an item's text has."""
        from hromada.render.html import letters_in

        return letters_in(self._text(item).html)

    @cached_property
    def contact_pages(self) -> frozenset[str]:
        """The addresses of the pages with the contacts of the council, which show alerts: as law.toml names them."""
        claim = (self.site.law or {}).get("contacts")
        named = self.site.law_coverage.named if self.site.law_coverage else {}
        addresses = {named[name].address for name in (claim.names if claim else ()) if name in named} or {CONTACTS}
        return frozenset(item.address for item in self.built(Kind.PAGE, Kind.UNIT) if item.address in addresses)

    @cached_property
    def units(self) -> dict[str, Item]:
        """The units' own pages by folder, withdrawn ones without their content."""
        return {
            id: item.without_content() if item.path in self.withdrawn else item for id, item in self.site.units.items()
        }

    @cached_property
    def unit_titles(self) -> dict[str, str]:
        """Titles of the units by section."""
        return {f"units/{id}": item.title for id, item in self.units.items()}

    @cached_property
    def unit_facts(self) -> dict[str, str]:
        """What pages of messages and services show of their units, by section."""
        return {f"units/{id}": repr(_unit_contact(item)) for id, item in self.units.items()}

    def unit_contact(self, item: Item) -> UnitContact | None:
        """How to reach the unit of a message or a service; None for other items, and where nothing is known of a message's."""
        is_of_unit = item.kind in (Kind.MESSAGE, Kind.SERVICE)
        unit = self.units.get(item.unit_section.removeprefix("units/")) if is_of_unit else None
        contact = _unit_contact(unit) if unit else None
        is_known = contact and (contact.phone or contact.email or contact.hours)
        return contact if is_known or item.kind is Kind.SERVICE else None

    def card(self, item: Item) -> Card:
        """The card of a dated item that is built."""
        if item.path in self.withdrawn:
            return card_of(item.without_content(), self.unit_titles.get(item.section, ""), "", None)
        if (card := self._cards.get(item.path)) is None:
            linked = self.content.entries[item.path].linked
            assert linked is not None, f"{item.path} is not linked"
            title = self.unit_titles.get(item.section, "")
            card = self._cards[item.path] = card_of(item, title, self.metadata(item).summary, linked.card_picture)
        return card

    def photo_card(self, item: Item) -> PhotoCard:
        """The card of a dated item with pictures in the photo archive: its cover has no words, since the title stands beside it."""
        linked = self.linked(item)
        picture = linked.card_picture or self.linker.picture(linked.photos[0])
        assert item.day is not None
        return PhotoCard(
            item.title, item.address, item.day, picture._replace(alt="", caption="", credit=""), len(linked.photos)
        )

    def linked(self, item: Item) -> LinkResult:
        """The resolved references of an item's page; none of a withdrawn item."""
        if item.path in self.withdrawn:
            return LinkResult()
        if item.kind is Kind.REPORT:
            assert self.report_checks is not None
            return self.report_checks.linked[item.address]
        return self.content.entries[item.path].linked or LinkResult()

    @cached_property
    def all_linked(self) -> list[LinkResult]:
        """The resolved references of all pages with documents, pictures or anchors; reports' former versions, too."""
        assert self.report_checks is not None
        return [result for _, result in self.referring] + list(self.report_checks.linked.values())

    @cached_property
    def referring(self) -> list[tuple[Item, LinkResult]]:
        """The items but reports whose texts refer to documents, pictures or anchors, with their references."""
        entries = self.content.entries
        linked = [(item, entries[item.path].linked) for item in self.all_built if item.path not in self.withdrawn]
        return [
            (item, result)
            for item, result in linked
            if result and (result.attachments or result.pictures or result.fragments)
        ]

    @cached_property
    def documents(self) -> list[str]:
        """The documents that are published: those that a page refers to, and all in files/ that are not withheld."""
        return sorted(self._attached | self._free - self.withheld)

    @cached_property
    def _attached(self) -> set[str]:
        """The documents that pages refer to, also in reports' approved texts."""
        return {path for result in self.all_linked for path in result.attachments}

    @cached_property
    def _free(self) -> set[str]:
        """The documents in files/, published without a page's link, since other sites may link to them."""
        return {path for path in self.site.files if path.startswith(FILES_FOLDER) and not is_picture(path)}

    @cached_property
    def withheld(self) -> set[str]:
        """The documents in files/ to which only unpublished or withdrawn items refer."""
        if not self._free:
            return set()
        built = {item.path for item in self.all_built} - self.withdrawn.keys()
        published: list[str] = [name for claim in (self.site.law or {}).values() for name in claim.names]
        unpublished: list[str] = []
        for path, entry in self.content.entries.items():
            if isinstance(entry.parsed, Parsed) and entry.parsed.files:
                (published if path in built else unpublished).extend(entry.parsed.files)
        for row in self.site.rows:
            if may_name_file(row.url):
                is_due = row.when is None or row.when <= self.clock.moment
                (published if is_due else unpublished).extend(referenced_files([row.url], row.place.path))
        return withheld_files(self._free, unpublished, [*published, *self._attached], self.site.settings.address)

    def html(self, item: Item) -> str:
        """The HTML of an item's text with its references resolved; empty for a withdrawn item."""
        if item.path in self.withdrawn:
            return ""
        if item.kind is Kind.REPORT:
            return self.reports.text(self.reports.report_states[item.path]).html
        text = self._text(item)
        return self.linker.html(item, text.html, text.metadata)

    def text_html(self, item: Item) -> str:
        """The HTML of an item's text, in which references are placeholders; reports have none."""
        return self._text(item).html

    def metadata(self, item: Item) -> TextMetadata:
        """The metadata of an item's text."""
        return self.file_cache.metadata(item.path, self.content.entries[item.path].digest) or self._text(item).metadata

    def _text(self, item: Item) -> Text:
        """An item's text with placeholders for its references."""
        text = self.file_cache.text(item.path, self.content.entries[item.path].digest)
        if text is None:  # the store was lost or damaged since
            from hromada.content.parser import parsed_item

            _, text = parsed_item(item.path, self.content.bytes_of(item.path), self.markup)
            assert text is not None, f"{item.path} has no text"
            self.file_cache.keep_text(item.path, CachedText.of(self.content.entries[item.path].digest, text))
        return text

    @cached_property
    def _newest(self) -> list[Item]:
        """The listed items that have dates, newest first."""
        return sorted(self.listed(*_DATED), key=_when_and_address, reverse=True)

    def newest(self, *kinds: Kind) -> list[Item]:
        """The listed items of these kinds, which have dates, newest first."""
        assert _DATED.issuperset(kinds)
        return [item for item in self._newest if item.kind in kinds]

    def remember(self) -> None:
        """Write the cache entries of all files, once."""
        if self._is_remembered:
            return
        self._is_remembered = True
        content, file_cache = self.content, self.file_cache
        files = dict(content.entries)
        for path, metadata in self.file_metadata.items():
            if path not in files:
                files[path] = CacheEntry(file_cache.trusted(content.scanned[path].stamp, self.start_ns), "", metadata)
        for path, facts in self.pictures.facts.items():
            is_new = path not in files or isinstance(files[path].parsed, DocumentMetadata)
            if is_new and path in content.scanned:  # those of the handbook are cached with it
                files[path] = CacheEntry(
                    file_cache.trusted(content.scanned[path].stamp, self.start_ns), facts.digest, facts
                )
        file_cache.save(files)

    @cached_property
    def counted_inputs(self) -> str:
        """A digest of everything that reports are counted from, without the texts of dated items."""
        entries, site = self.content.entries, self.site
        parts = [entry.parsed.facts + entry.photo_key for entry in entries.values() if isinstance(entry.parsed, Parsed)]
        parts += [item.address for item in site.items if item.lang != UKRAINIAN]  # which depend on the originals
        parts += [f"{path} {entries[path].digest}" for path in self.content.approved]
        parts += [self.content.tables, repr(site.settings), repr(site.valid_between(self.clock))]
        parts += sorted(site.files)
        return digest_of("\0".join(parts).encode())


def _unit_contact(item: Item) -> UnitContact:
    assert item.unit is not None
    unit = item.unit
    return UnitContact(item.title, item.address, unit.phone, unit.email, hours_view(unit.hours), unit.address, unit.map)


def _when_and_address(item: Item) -> tuple[datetime, str]:
    assert item.when is not None
    return item.when, item.address
