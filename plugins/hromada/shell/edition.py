"""The whole content at one moment, read and checked once: what every command and the Pelican plugin share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hromada.checks.law import LAW, law_is_covered, law_is_set_up
from hromada.checks.links import Targets
from hromada.checks.pictures import of_new_item
from hromada.checks.redirects import Moved, follow_redirects
from hromada.checks.rules import check_site
from hromada.domain.calendar import Clock
from hromada.domain.coverage import LEAST_LETTERS, Covered
from hromada.domain.item import Item, Kind
from hromada.domain.own_addresses import ARCHIVE, LAW_PAGE, LISTS, NEWS_FEED, category_path, month_path
from hromada.domain.period import Period
from hromada.domain.problem import ContentRefused, Level, Problem
from hromada.domain.settings import SiteSettings
from hromada.domain.site import Site
from hromada.listing.cards import Card, card_of
from hromada.report.files import FILES
from hromada.shell.blobs import digest_of
from hromada.shell.file_store import FileStore
from hromada.shell.handbook import HandbookNote, addresses_of, handbook_note
from hromada.shell.handbook_files import Handbook
from hromada.shell.linking import Linked, Linker
from hromada.shell.markup import Markup, letters_in
from hromada.shell.memory import Approved, Known, Memory, Parsed
from hromada.shell.parsing import parsed_item
from hromada.shell.pictures import Facts, Pictures, facts_of
from hromada.shell.progress import Told, untold
from hromada.shell.report_note import ReportNote
from hromada.shell.sources import Content, load
from hromada.shell.walking import Seen
from hromada.shell.workers import spread

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
        for path, facts in self.pictures.facts.items():
            if path not in files and path in content.seen:  # the handbook's are remembered with it
                files[path] = Known(memory.trusted(content.seen[path].stamp), facts.digest, facts)
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


def prepare(
    folder: Path, settings: SiteSettings, clock: Clock, cache: Path, memory: Memory, *,
    root: Path, seen: dict[str, Seen] | None = None, reread: bool = False, jobs: int = 1, told: Told = untold,
) -> Edition:  # fmt: skip
    """Read and check the content of `folder`; problems are collected, never raised. The handbook lies under `root`."""
    content = load(folder, settings, memory, seen=seen, reread=reread, jobs=jobs, told=told)
    site, known = content.site, content.known
    facts = {path: gist for path in site.files if path in known and isinstance(gist := known[path].gist, Facts)}
    handbook = Handbook(root, settings.handbook)

    def file_of(path: str) -> Path:
        return root / path if path in handbook.pictures else content.file(path)

    pictures = Pictures(file_of, FileStore(cache / "pictures"), settings.picture_widths, facts)
    built = [item for item in site.items if item.is_built(clock)]
    pages = dict.fromkeys((item.place.path for item in site.items), "")
    pages.update((item.place.path, item.address) for item in built)
    law = {LAW_PAGE} if site.law is not None else set()
    listed = _addresses(built) | _lists(content, clock) | law | {*addresses_of(handbook).values()}
    targets = Targets(pages, site.files, listed)
    linker = Linker(targets, pictures, lambda path: settings.base + path, content.size_of)
    edition = Edition(content, clock, memory, pictures, linker, list(content.problems), built)
    edition.problems += check_site(site, clock, content.categories)
    edition.moved, problems = follow_redirects(site.redirects, site.items, targets)
    edition.problems += problems
    _link(edition, jobs)
    edition.problems += _law_problems(edition)
    edition.handbook = handbook_note(handbook, settings, pictures, memory)
    edition.problems += edition.handbook.problems
    note = _report_note(edition)
    edition.report_note = note
    edition.problems += note.problems
    _check_fragments(edition, note)
    if not edition.errors:  # what was refused already is not lost or changed a second time
        edition.problems += note.late
    edition.problems = sorted(set(edition.problems))
    return edition


def _law_problems(edition: Edition) -> list[Problem]:
    """What the self-check says; nothing while law.toml can't be read, which has been said."""
    if edition.site.law is not None:
        return list(law_is_covered(edition.covered, edition.site.items))
    return list(law_is_set_up(edition.site, edition.clock)) if LAW not in edition.content.seen else []


def _link(edition: Edition, jobs: int) -> None:
    """Follow the references of every built item whose own, or whose targets, are not what they were."""
    known, linker = edition.content.known, edition.linker
    units = {f"units/{id}": item.title for id, item in edition.site.units.items()}
    stale: list[tuple[Item, Parsed]] = []
    for item in edition.all_built:
        one = known[item.path]
        if item.kind is Kind.REPORT or not isinstance(one.gist, Parsed) or one.gist.outline is None:
            continue
        if not _is_linked(item, one, linker, units):
            stale.append((item, one.gist))
        else:
            assert one.linked is not None
            edition.problems += (of_new_item(problem, item, edition.clock) for problem in one.linked.problems)
    _open_pictures(edition, stale, jobs)
    for item, parsed in stale:
        assert parsed.outline is not None
        linked = linker.linked(item, parsed.outline)
        card = None
        if item.is_dated and item.when:  # one without a date has been refused
            card = card_of(item, units.get(item.section, ""), parsed.outline.summary, linked.lead)
        one = known[item.path]
        key = digest_of(f"{one.digest}\0{item.address}\0{linked.asked!r}\0{card and card.unit!r}".encode())
        known[item.path] = one._replace(
            linked=linked, card=card, key=key, card_key=digest_of(repr(card).encode()) if card else ""
        )
        edition.problems += (of_new_item(problem, item, edition.clock) for problem in linked.problems)


def _is_linked(item: Item, one: Known, linker: Linker, units: Mapping[str, str]) -> bool:
    """Whether what is known of an item's references and card still holds."""
    if one.linked is None or not linker.is_current(one.linked):
        return False
    if one.card is None:
        return not (item.is_dated and item.when)
    return one.card.path == item.address and (one.card.unit is None or one.card.unit.title == units.get(item.section))


def _open_pictures(edition: Edition, stale: list[tuple[Item, Parsed]], jobs: int) -> None:
    """Look into the pictures that nobody has looked into yet, all together."""
    pictures, linker = edition.pictures, edition.linker
    wanted = {name for item, one in stale if one.outline for name in linker.wanted_pictures(item, one.outline)}
    new = sorted(wanted - pictures.facts.keys())

    def look(path: str) -> tuple[str, Facts]:
        return path, facts_of(pictures.file_of(path))

    pictures.facts.update(spread(new, look, jobs, named=str, chunk=1))


def _report_note(edition: Edition) -> ReportNote:
    """What the check says of the reports: as remembered, when nothing that it depends on has changed."""
    inputs = edition.counted_inputs
    note = edition.memory.note("reports")
    if isinstance(note, ReportNote) and note.inputs == inputs:
        words = {item.address: item.words for item in edition.site.items} if note.consulted else {}
        is_same = all(words.get(address, "") == was for address, was in note.consulted.items())
        if is_same and all(edition.linker.is_current(one) for one in (*note.linked.values(), *note.unsigned)):
            return note
    note = edition.reports.note(inputs)
    edition.memory.keep_note("reports", note)
    return note


def _check_fragments(edition: Edition, note: ReportNote) -> None:
    """Anchors of links: the target's text must have them."""
    linked = [(item.path, one) for item in edition.all_built if (one := edition.linked(item)).fragments]
    if not linked:
        return
    anchors = dict(note.anchors)
    for item in edition.all_built:
        gist = edition.content.known[item.path].gist
        if isinstance(gist, Parsed) and gist.outline is not None:
            anchors[item.address] = gist.outline.anchors
    for path, one in linked:
        for address, anchor, line in one.fragments:
            if address in anchors and anchor not in anchors[address]:
                edition.problems.append(
                    Problem(path, line, "anchor-missing", f"на сторінці {address} немає місця «#{anchor}»",
                            "перевірте заголовок, на який веде посилання")
                )  # fmt: skip


def _addresses(built: Iterable[Item]) -> frozenset[str]:
    """Every address that a text may link to; the further pages of long lists are not stable enough for that."""
    found = {"/", ARCHIVE, NEWS_FEED, *LISTS}
    months: set[tuple[int, int]] = set()
    categories: set[str] = set()
    for item in built:
        found.add(item.address)
        if item.kind is Kind.NEWS and item.when and item.is_public:
            months.add((item.when.year, item.when.month))
            categories.add(item.category)
        if item.kind is Kind.UNIT:
            found.add(f"{item.address}feed.atom")
    found |= {month_path(*month) for month in months}
    return frozenset(found | {category_path(title) for title in categories if title})


def _lists(content: Content, clock: Clock) -> frozenset[str]:
    """What lies under reports: their files, and the lists of the figures that they show."""
    approved = {one.gist.period: one.gist.figures for one in content.known.values() if isinstance(one.gist, Approved)}
    found: set[str] = set()
    for item in content.site.of_kind(Kind.REPORT):
        if item.report and item.is_built(clock):
            lists: Iterable[str] = approved.get(item.report.period.id) or [one.id for one in content.site.figures.specs]
            found |= {f"{item.address}{name}" for name in [name for _, _, name in FILES] + [f"{id}/" for id in lists]}
    return frozenset(found)
