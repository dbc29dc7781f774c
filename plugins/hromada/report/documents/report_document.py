"""Input of a report's documents: the view of its page, its text, the lists behind its figures."""

from __future__ import annotations

from dataclasses import dataclass

from hromada.domain.settings import CC_BY, Licence
from hromada.report.text.blocks import Block
from hromada.report.view.report_view import EntryGroup, EntryView, FigureView, ReportView


@dataclass(frozen=True, slots=True)
class FigureEntries:
    """A figure with its entries, by part."""

    figure: FigureView
    groups: tuple[EntryGroup, ...]

    @property
    def entries(self) -> tuple[EntryView, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """One report (or one approved version of it) in full.

    `notes` say what the documents omit; `address` is the site's without a closing slash, or only its path while the
    site has no real address.
    """

    view: ReportView
    text: tuple[Block, ...]
    lists: tuple[FigureEntries, ...]
    address: str
    licence: Licence = CC_BY
    notes: tuple[str, ...] = ()

    @property
    def home(self) -> str:
        """Where the report is published; empty while the site has no real address."""
        return self.absolute(self.view.path) if "://" in self.address else ""

    def absolute(self, path: str) -> str:
        """The absolute address of a page of the site; other links stay as they are."""
        return self.address + path if path.startswith("/") else path
