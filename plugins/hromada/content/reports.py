"""The reports of one edition: counted when something they count has changed, else known by what was said of them."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from hromada.content.report_cache import ReportNote
from hromada.domain.calendar import Clock
from hromada.domain.item import Item, Kind, details_of
from hromada.domain.problem import Problem
from hromada.domain.site import Site
from hromada.render.html import Markup
from hromada.render.links import Linked, Linker
from hromada.render.number_links import Said, spoken
from hromada.render.rendered_text import Outline
from hromada.report.approval.approved_report import Approval
from hromada.report.approval.confirmation import confirmation_problems
from hromada.report.approval.report_state import (
    Statement,
    Statements,
    approval_problems,
    approvals_have_pages,
    text_problems,
    translation_problems,
)
from hromada.report.count.entry_index import Archive
from hromada.report.count.sums import overlaps, sums, unaccounted
from hromada.report.text.placeholders import PlaceholderRefused, Spoken, check_text, fill


class ReportText(NamedTuple):
    """The text of a report's page with its numbers: its HTML, what must be known of it, what it refers to."""

    html: str
    outline: Outline
    linked: Linked


@dataclass
class Reports:
    """Statements and texts of the reports that are built; no slots, since all is made when it is asked for."""

    site: Site
    clock: Clock
    approvals: Mapping[str, Approval]
    linker: Linker
    markup: Markup
    _texts: dict[str, ReportText] = field(default_factory=dict)

    @cached_property
    def counting(self) -> Statements:
        """Every entry in its place, and the counts of periods."""
        return Statements(Archive.of(self.site, self.clock), self.approvals)

    @cached_property
    def built(self) -> tuple[Item, ...]:
        return tuple(item for item in self.site.of_kind(Kind.REPORT) if item.is_built(self.clock))

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Of the reports as their pages show them, by path."""
        return {item.path: self.counting.current(item) for item in self.built}

    @cached_property
    def versions(self) -> dict[str, list[Statement]]:
        """The former approved versions of reports, by path."""
        return {item.path: list(self.counting.earlier(item)) for item in self.built}

    def pages(self) -> Iterable[Statement]:
        """Every statement that has a page."""
        for item in self.built:
            yield self.statements[item.path]
            yield from self.versions[item.path]

    def text(self, statement: Statement) -> ReportText:
        """The statement's text with its numbers."""
        if statement.path not in self._texts:
            self._texts[statement.path] = self._made(statement)
        return self._texts[statement.path]

    def note(self, inputs: str) -> ReportNote:
        """Check every report."""
        problems: list[Problem] = []
        for item in self.built:
            problems += self._problems(item)
        unsigned = tuple(self._unsigned())
        problems += [problem for one in unsigned for problem in one.problems]
        late = list(unaccounted(self.site))
        for statement in self.statements.values():
            late += approval_problems(statement)
        linked = {statement.path: self.text(statement).linked for statement in self.pages()}
        anchors = {item.address: self.text(self.statements[item.path]).outline.anchors for item in self.built}
        problems += approvals_have_pages(self.approvals.values(), self.built)
        problems += [problem for one in linked.values() for problem in one.problems]
        consulted: dict[str, tuple[str, ...]] = {}
        if self.built:
            digests = {item.address: item.digests for item in self.site.items}
            consulted = {url: digests.get(url, ()) for url in self.counting.consulted}
        return ReportNote(inputs, consulted, tuple(problems), tuple(late), linked, anchors, unsigned)

    def _unsigned(self) -> Iterable[Linked]:
        """What the texts refer to that an amendment would approve."""
        for item in self.built:
            statement = self.statements[item.path]
            if statement.version is not None and not statement.is_as_written:
                yield self._made(self.counting.today(item)).linked

    def _problems(self, item: Item) -> Iterable[Problem]:
        """Everything about one report but what its text refers to."""
        statement, today = self.statements[item.path], self.counting.today(item)
        if statement.version is None or not statement.is_as_written:
            yield from check_text(item, today.activity, today.figures, today.comparison)
        yield from sums(today.activity, item.path)
        yield from overlaps(today.activity, item.path)
        yield from text_problems(statement)
        yield from translation_problems(statement)
        yield from confirmation_problems(statement, self.site)

    def _made(self, statement: Statement) -> ReportText:
        item = statement.item
        frozen = statement.version is not None and not item.is_translation
        try:
            text, numbers = fill(statement.text, statement.activity, statement.figures, statement.comparison)
        except PlaceholderRefused:  # check_text has said so, with the line
            text, numbers = statement.text, {}
        marked, outline = self.markup.text(item, text, details_of(item).text)
        clean = self.linker.html(item, marked, outline, frozen=frozen)
        if numbers:
            clean = spoken(clean, self._said(statement, numbers))
        return ReportText(clean, outline, self.linker.linked(item, outline, frozen=frozen))

    def _said(self, statement: Statement, numbers: Mapping[str, Spoken]) -> dict[str, Said]:
        url = self.linker.url
        return {mark: _said(one, url(f"{statement.path}{one.figure}/")) for mark, one in numbers.items()}


def _said(number: Spoken, link: str) -> Said:
    words = html.escape(number.text)
    return Said(number.text, f'<a class="figure-link" href="{link}">{words}</a>' if number.figure else words)
