"""The reports of one snapshot, counted on demand."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field

from hromada.content.report_cache import ReportChecks
from hromada.domain.calendar import Clock
from hromada.domain.item import Item, Kind, report_details
from hromada.domain.problem import Problem
from hromada.domain.site import Site
from hromada.render.html import Markup
from hromada.render.links import Linker, LinkResult, Replacement, substitute_numbers
from hromada.render.rendered_text import TextMetadata
from hromada.report.approval.approved_report import Approval
from hromada.report.approval.report_state import (
    ReportState,
    ReportStates,
    approval_problems,
    approvals_have_pages,
    confirmation_problems,
    text_problems,
    translation_problems,
)
from hromada.report.count.counting import overlapping_sums, sum_problems, unaccounted_files
from hromada.report.count.entry_index import EntryIndex
from hromada.report.text.placeholders import PlaceholderRefused, RenderedNumber, check_text, render_placeholders


class ReportText(NamedTuple):
    """The text of a report's page with its numbers: HTML, metadata, resolved references."""

    html: str
    metadata: TextMetadata
    linked: LinkResult


class Reports(Struct, dict=True):
    """The states and texts of built reports; no slots, since cached_property needs a __dict__."""

    site: Site
    clock: Clock
    approvals: Mapping[str, Approval]
    linker: Linker
    markup: Markup
    pictures: Mapping[str, Sequence[str]]  # files that dated items show, by item's path
    _texts: dict[str, ReportText] = field(default_factory=dict)

    @cached_property
    def counting(self) -> ReportStates:
        """The index of all entries, and the counts of periods."""
        return ReportStates(EntryIndex.of(self.site, self.clock, self.pictures), self.approvals)

    @cached_property
    def built(self) -> tuple[Item, ...]:
        return tuple(item for item in self.site.of_kind(Kind.REPORT) if item.is_built(self.clock))

    @cached_property
    def report_states(self) -> dict[str, ReportState]:
        """The states that the reports' pages show, by path."""
        return {item.path: self.counting.current(item) for item in self.built}

    @cached_property
    def versions(self) -> dict[str, list[ReportState]]:
        """The states of former approved versions, by path."""
        return {item.path: list(self.counting.earlier(item)) for item in self.built}

    def pages(self) -> Iterable[ReportState]:
        """Every state that has a page."""
        for item in self.built:
            yield self.report_states[item.path]
            yield from self.versions[item.path]

    def text(self, report_state: ReportState) -> ReportText:
        """The text of a state with its numbers."""
        if report_state.path not in self._texts:
            self._texts[report_state.path] = self._rendered(report_state)
        return self._texts[report_state.path]

    def check(self, inputs: str) -> ReportChecks:
        """Check every report."""
        problems: list[Problem] = []
        for item in self.built:
            problems += self._problems(item)
        unapproved_links = tuple(self._unapproved_links())
        problems += [problem for link in unapproved_links for problem in link.problems]
        deferred = list(unaccounted_files(self.site))
        for report_state in self.report_states.values():
            deferred += approval_problems(report_state)
        linked = {report_state.path: self.text(report_state).linked for report_state in self.pages()}
        anchors = {item.address: self.text(self.report_states[item.path]).metadata.anchors for item in self.built}
        problems += approvals_have_pages(self.approvals.values(), self.built)
        problems += [problem for result in linked.values() for problem in result.problems]
        consulted: dict[str, tuple[str, ...]] = {}
        if self.built:
            digests = {item.address: item.digests for item in self.site.items}
            consulted = {url: digests.get(url, ()) for url in self.counting.consulted}
        return ReportChecks(inputs, consulted, tuple(problems), tuple(deferred), linked, anchors, unapproved_links)

    def _unapproved_links(self) -> Iterable[LinkResult]:
        """The references of texts that have changed since their approval."""
        for item in self.built:
            report_state = self.report_states[item.path]
            if report_state.version is not None and not report_state.is_as_written:
                yield self._rendered(self.counting.today(item)).linked

    def _problems(self, item: Item) -> Iterable[Problem]:
        """The problems of one report but those of its references."""
        report_state, today = self.report_states[item.path], self.counting.today(item)
        if report_state.version is None or not report_state.is_as_written:
            yield from check_text(item, today.activity, today.figures, today.comparison)
        yield from sum_problems(today.activity, item.path)
        yield from overlapping_sums(today.activity, item.path)
        yield from text_problems(report_state)
        yield from translation_problems(report_state)
        yield from confirmation_problems(report_state, self.site)

    def _rendered(self, report_state: ReportState) -> ReportText:
        item = report_state.item
        frozen = report_state.version is not None and not item.is_translation
        try:
            text, numbers = render_placeholders(
                report_state.text, report_state.activity, report_state.figures, report_state.comparison
            )
        except PlaceholderRefused:  # reported by check_text with its line
            text, numbers = report_state.text, {}
        marked, metadata = self.markup.text(item, text, report_details(item).text)
        clean = self.linker.html(item, marked, metadata, frozen=frozen)
        if numbers:
            clean = substitute_numbers(clean, self._replacements(report_state, numbers))
        return ReportText(clean, metadata, self.linker.linked(item, metadata, frozen=frozen))

    def _replacements(self, report_state: ReportState, numbers: Mapping[str, RenderedNumber]) -> dict[str, Replacement]:
        url = self.linker.url
        return {
            placeholder: _replacement(number, url(f"{report_state.path}{number.figure}/"))
            for placeholder, number in numbers.items()
        }


def _replacement(number: RenderedNumber, link: str) -> Replacement:
    text = html.escape(number.text)
    return Replacement(number.text, f'<a class="figure-link" href="{link}">{text}</a>' if number.figure else text)
