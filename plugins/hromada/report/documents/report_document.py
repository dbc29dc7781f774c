"""All that a report's documents print: the values of its page, its text, the lists behind its figures."""

from __future__ import annotations

from dataclasses import dataclass

from hromada.domain.settings import CC_BY, Licence
from hromada.report.text.blocks import Block
from hromada.report.view.report_view import EntryGroup, EntryView, FigureView, ReportView


@dataclass(frozen=True, slots=True)
class EntryList:
    """A figure with exactly its entries, by part."""

    figure: FigureView
    groups: tuple[EntryGroup, ...]

    @property
    def entries(self) -> tuple[EntryView, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """One report (or one approved version of it) in full.

    `notes` say what the documents leave out of it; `address` is the site's, without a closing slash; where nobody has set a real one, it has neither scheme nor host.
    """

    view: ReportView
    text: tuple[Block, ...]
    lists: tuple[EntryList, ...]
    address: str
    licence: Licence = CC_BY
    notes: tuple[str, ...] = ()

    @property
    def home(self) -> str:
        """Where the report is published; empty while the site has no real address."""
        return self.absolute(self.view.path) if "://" in self.address else ""

    def absolute(self, path: str) -> str:
        """An absolute address of a page of the site, if the site has one; links elsewhere stay as they are."""
        return self.address + path if path.startswith("/") else path
