"""The whole content at one moment, read and checked once: what every command and the Pelican plugin share."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from hromada.checks.redirects import Moved
from hromada.domain.calendar import Clock
from hromada.domain.coverage import LEAST_LETTERS, Covered
from hromada.domain.item import Item, Kind
from hromada.domain.period import Period
from hromada.domain.problem import ContentRefused, Level, Problem
from hromada.domain.site import Site
from hromada.domain.traces import Traces
from hromada.images.planning import is_picture
from hromada.listing.cards import Card
from hromada.shell.blobs import digest_of
from hromada.shell.handbook import HandbookNote
from hromada.shell.linking import Linked, Linker
from hromada.shell.markup import Markup, letters_in
from hromada.shell.memory import Approved, Known, Memory, Parsed
from hromada.shell.parsing import parsed_item
from hromada.shell.pictures import Pictures
from hromada.shell.report_note import ReportNote
from hromada.shell.sources import Content

if TYPE_CHECKING:
    from hromada.report.statement import Statement, Statements
    from hromada.shell.reports import Reports


@dataclass
class Edition:
    """Content, clock and everything derived from them that more than one page needs."""

    content: Content
    clock: Clock
    memory: Memory
    pictures: Pictures
    linker: Linker
    problems: list[Problem]
    all_built: list[Item]  # every item that has a page
    report_note: ReportNote | None = None
    moved: tuple[Moved, ...] = ()  # pages at addresses of an earlier site
    handbook: HandbookNote = HandbookNote()  # a value that nothing changes
    traces: Mapping[str, Traces] = field(default_factory=dict)  # of the published documents
    began: int = field(default_factory=time.time_ns)  # no picture and no document was opened before

    @cached_property
    def markup(self) -> Markup:
        """What turns texts into HTML: made when there is a new one."""
        return Markup()

    @property
    def site(self) -> Site:
        return self.content.site

    @cached_property
    def reports(self) -> Reports:
        """Counted when something asks for it: most builds touch no report."""
        from hromada.shell.reports import Reports

        return Reports(self.site, self.clock, self.content.approvals, self.linker, self.markup)

    @property
    def counting(self) -> Statements:
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

    def statement_of(self, period: Period) -> Statement | None:
        """The period's report, when there is a built one in Ukrainian."""
        found = (self.reports.statements[item.path] for item in self.reports.built if not item.is_translation)
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
            return LEAST_LETTERS
        unit = item.unit
        header = [unit.phone, unit.email, unit.address, unit.hours, unit.head] if unit else []
        return letters_in(self._marked(item)) + sum(one.isalnum() for one in "".join(header))

    @cached_property
    def items(self) -> dict[str, Item]:
        """Items by path."""
        return {item.path: item for item in self.site.items}

    def card(self, item: Item) -> Card:
        card = self.content.known[item.path].card
        assert card is not None, f"{item.path} has no card"
        return card

    def linked(self, item: Item) -> Linked:
        """What an item refers to; a report's is that of its page."""
        if item.kind is Kind.REPORT:
            assert self.report_note is not None
            return self.report_note.linked[item.address]
        return self.content.known[item.path].linked or Linked()

    @cached_property
    def all_linked(self) -> list[Linked]:
        """What every page refers to, those of reports' former versions too."""
        assert self.report_note is not None
        known = self.content.known
        return [
            *(one for item in self.all_built if (one := known[item.path].linked)),
            *self.report_note.linked.values(),
        ]

    @cached_property
    def documents(self) -> list[str]:
        """The documents that are published: those that a page refers to, and all in files/."""
        linked = (path for one in self.all_linked for path in one.attachments)
        free = (path for path in self.site.files if path.startswith("content/files/") and not is_picture(path))
        return sorted({*linked, *free})

    def html(self, item: Item) -> str:
        """The HTML of an item's text with everything in its place."""
        if item.kind is Kind.REPORT:
            return self.reports.text(self.reports.statements[item.path]).html
        gist = self.content.known[item.path].gist
        assert isinstance(gist, Parsed)
        assert gist.outline is not None, f"{item.path} has no text"
        return self.linker.html(item, self._marked(item), gist.outline)

    def _marked(self, item: Item) -> str:
        """The HTML of an item's text, its references still open."""
        marked = self.memory.text(item.path, self.content.known[item.path].digest)
        if marked is None:  # the store was lost or damaged since
            _, marked = parsed_item(item.path, self.content.file(item.path).read_bytes(), self.markup)
        return marked or ""

    def cards_of(self, *kinds: Kind) -> list[Card]:
        """Cards of the listed items, newest first."""
        cards = [self.card(item) for item in self.listed(*kinds)]
        cards.sort(key=lambda card: card.newest_first, reverse=True)
        return cards

    def remember(self) -> None:
        """Keep what was learnt of the files for the next call."""
        content, memory = self.content, self.memory
        files = dict(content.known)
        for path, traces in self.traces.items():
            if path not in files:
                files[path] = Known(memory.trusted(content.seen[path].stamp, self.began), "", traces)
        for path, facts in self.pictures.facts.items():
            if path not in files and path in content.seen:  # the handbook's are remembered with it
                files[path] = Known(memory.trusted(content.seen[path].stamp, self.began), facts.digest, facts)
        memory.save(files)

    @cached_property
    def counted_inputs(self) -> str:
        """A digest of everything that reports are counted from, but the words of other items' texts."""
        known, site = self.content.known, self.site
        parts = [one.gist.facts for one in known.values() if isinstance(one.gist, Parsed)]
        parts += [item.address for item in site.items if item.is_translation]  # given by the original
        parts += [f"{path} {one.digest}" for path, one in known.items() if isinstance(one.gist, Approved)]
        parts += [self.content.tables, repr(site.settings), repr(site.valid_between(self.clock))]
        parts += sorted(site.files)
        return digest_of("\0".join(parts).encode())
