"""The whole content at one moment, read and checked once: what every command and the Pelican plugin share."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hromada.checks.links import Targets
from hromada.checks.rules import check_site
from hromada.domain.calendar import Clock
from hromada.domain.item import Item, Kind
from hromada.domain.period import Period
from hromada.domain.problem import ContentRefused, Level, Problem
from hromada.domain.settings import SiteSettings
from hromada.domain.site import Site
from hromada.listing.cards import Card, Picture, card_of, category_path, summary_of
from hromada.report.approval import Approval
from hromada.report.archive import Archive
from hromada.report.placeholders import PlaceholderRefused, Spoken, check_text, fill
from hromada.report.show import FILES
from hromada.report.statement import (
    Statement,
    Statements,
    approval_problems,
    approvals_have_pages,
    text_problems,
    translation_problems,
)
from hromada.report.sums import overlaps, sums, unaccounted
from hromada.shell.pictures import Pictures
from hromada.shell.rendering import Rendered, Renderer, Said
from hromada.shell.sources import Content, load


@dataclass(slots=True)
class Edition:
    """Content, clock and everything derived from them that more than one page needs."""

    content: Content
    clock: Clock
    pictures: Pictures
    renderer: Renderer
    problems: list[Problem]
    counting: Statements
    rendered: dict[str, Rendered] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)  # of reports, by path
    versions: dict[str, list[Statement]] = field(default_factory=dict)  # of approved reports: the former ones
    version_texts: dict[str, Rendered] = field(default_factory=dict)  # their texts, by the version's address
    cards: dict[str, Card] = field(default_factory=dict)
    leads: dict[str, Picture] = field(default_factory=dict)
    galleries: dict[str, list[Picture]] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        return self.content.site

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level is Level.ERROR]

    def refuse_errors(self) -> None:
        """The lock in the build: nothing is built from content with errors."""
        if self.errors:
            raise ContentRefused(self.errors)

    def built(self, *kinds: Kind) -> Iterator[Item]:
        return (item for item in self.site.of_kind(*kinds) if item.is_built(self.clock))

    def listed(self, *kinds: Kind) -> list[Item]:
        return [item for item in self.site.of_kind(*kinds) if item.is_listed(self.clock)]

    def statement_of(self, period: Period) -> Statement | None:
        """The period's report, when there is a built one in Ukrainian."""
        found = (self.statements[item.path] for item in self.built(Kind.REPORT) if not item.is_translation)
        return next((one for one in found if one.activity.period == period), None)

    def cards_of(self, *kinds: Kind) -> list[Card]:
        """Cards of the listed items, newest first."""
        cards = (self.cards[item.path] for item in self.listed(*kinds))
        return sorted(cards, key=lambda card: card.newest_first, reverse=True)


def prepare(folder: Path, settings: SiteSettings, clock: Clock, cache: Path) -> Edition:
    """Read, check and render the content of `folder`; problems are collected, never raised."""
    content = load(folder, settings)
    site = content.site
    pictures = Pictures(content.disk, cache / "pictures", settings.picture_widths)
    addresses = _addresses(site, clock) | _lists(site, content.approvals, clock)
    targets = Targets({item.path: item for item in site.items}, site.files, addresses, clock)
    renderer = Renderer(targets, pictures, lambda path: settings.base + path)
    counting = Statements(Archive.of(site, clock), content.approvals)
    edition = Edition(content, clock, pictures, renderer, list(content.problems), counting)
    edition.problems += check_site(site, clock, content.categories)
    for item in edition.built(*Kind):
        _render(edition, item)
    _check_fragments(edition)
    edition.problems += approvals_have_pages(content.approvals.values(), edition.built(Kind.REPORT))
    if not edition.errors:  # what was refused already is not lost or changed a second time
        edition.problems += unaccounted(site)
        for statement in edition.statements.values():
            edition.problems += approval_problems(statement)
    edition.problems = sorted(set(edition.problems))
    return edition


def _render(edition: Edition, item: Item) -> None:
    result = _report(edition, item) if item.kind is Kind.REPORT else edition.renderer.render(item, item.body)
    if item.image:
        lead = edition.renderer.header_picture(item, item.image, result)
        if lead:
            edition.leads[item.path] = lead
    shown = [edition.renderer.header_picture(item, ref, result) for ref in item.gallery]
    edition.galleries[item.path] = [picture for picture in shown if picture]
    edition.rendered[item.path] = result
    edition.problems += result.problems
    if item.is_dated and item.when:
        unit = edition.site.units.get(item.section.removeprefix("units/"))
        card = card_of(item, unit.title if unit else "", summary_of(result.html), edition.leads.get(item.path))
        edition.cards[item.path] = card


def _report(edition: Edition, item: Item) -> Rendered:
    """A report's text with its numbers, and those of its former versions; everything about it is checked here."""
    statement = edition.counting.current(item)
    edition.statements[item.path] = statement
    today = edition.counting.today(item)
    if statement.version is None:
        edition.problems += check_text(item, today.activity, today.figures, today.comparison)
    elif not statement.is_as_written:  # what an amendment would approve; the approved text was checked in its time
        edition.problems += check_text(item, today.activity, today.figures, today.comparison)
        edition.problems += _statement_text(edition, today).problems
    edition.problems += [*sums(today.activity, item.path), *overlaps(today.activity, item.path)]
    edition.problems += [*text_problems(statement), *translation_problems(statement)]
    edition.versions[item.path] = list(edition.counting.earlier(item))
    for version in edition.versions[item.path]:
        edition.version_texts[version.path] = _statement_text(edition, version)
    return _statement_text(edition, statement)


def _statement_text(edition: Edition, statement: Statement) -> Rendered:
    frozen = statement.version is not None and not statement.item.is_translation
    try:
        text, said = fill(statement.text, statement.activity, statement.figures, statement.comparison)
    except PlaceholderRefused:  # check_text has said so, with the line
        return edition.renderer.render(statement.item, statement.text, frozen=frozen)
    url = edition.renderer.url
    words = {mark: _said(spoken, url(f"{statement.path}{spoken.figure}/")) for mark, spoken in said.items()}
    return edition.renderer.render(statement.item, text, words, frozen=frozen)


def _said(spoken: Spoken, link: str) -> Said:
    words = html.escape(spoken.text)
    return Said(spoken.text, f'<a class="figure-link" href="{link}">{words}</a>' if spoken.figure else words)


def _check_fragments(edition: Edition) -> None:
    """Anchors of links: the target's text must have them."""
    anchors = {
        item.address: edition.rendered[item.path].anchors
        for item in edition.built(*Kind)
        if item.path in edition.rendered
    }
    for path, rendered in edition.rendered.items():
        for address, anchor, line in rendered.fragments:
            if address in anchors and anchor not in anchors[address]:
                edition.problems.append(
                    Problem(path, line, "anchor-missing", f"на сторінці {address} немає місця «#{anchor}»",
                            "перевірте заголовок, на який веде посилання")
                )  # fmt: skip


def _addresses(site: Site, clock: Clock) -> frozenset[str]:
    """Every address that a text may link to; the further pages of long lists are not stable enough for that."""
    found = {"/", "/news/", "/news/archive/", "/units/", "/reports/", "/news/feed.atom"}
    for item in site.items:
        if not item.is_built(clock):
            continue
        found.add(item.address)
        if item.kind is Kind.NEWS and item.when and item.is_listed(clock):
            found.add(f"/news/{item.when:%Y/%m}/")
            if item.category:
                found.add(category_path(item.category))
        if item.kind is Kind.UNIT:
            found.add(f"{item.address}feed.atom")
    return frozenset(found)


def _lists(site: Site, approvals: Mapping[str, Approval], clock: Clock) -> frozenset[str]:
    """What lies under reports: their files, and the lists of the figures that they show."""
    found = set()
    for item in site.of_kind(Kind.REPORT):
        if item.report and item.is_built(clock):
            approval = approvals.get(item.report.period.id)
            ids = [count.id for count in approval.current.activity.counts] if approval else None
            lists = ids or [spec.id for spec in site.figures.specs]
            found |= {f"{item.address}{name}" for name in [name for _, _, name in FILES] + [f"{id}/" for id in lists]}
    return frozenset(found)
