"""An earlier site's items on their way into the content: planned, laid aside, checked with it, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hromada.checks.redirect_rules import resolve_redirects
from hromada.console.options import Options
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.problem import Level, Problem
from hromada.domain.redirect import REDIRECTS
from hromada.domain.site_urls import RESERVED
from hromada.importers.site_source import Source
from hromada.importers.staging import StagedFiles
from hromada.importers.trial_check import ContentTrial
from hromada.importers.uploads import FilesAtHand
from hromada.importing.site.import_plan import ImportAction, OldPages, PlannedItem, old_pages, pages_by_key, plan
from hromada.importing.site.old_item import SourceIndex
from hromada.importing.site.old_urls import OldAddresses
from hromada.importing.site.redirect_rows import with_rows
from hromada.reading.redirect_table import read_redirects
from hromada.reading.text_decoding import decode_table
from hromada.system.regular_files import RegularFile


@dataclass
class Conversion:
    """One import up to the point at which it could be written; `folder` is for what is laid aside."""

    options: Options
    source: Source
    index: SourceIndex
    folder: Path
    planned: list[PlannedItem] = field(init=False)
    warnings: list[Problem] = field(default_factory=list)
    pages: OldPages = field(default_factory=OldPages)

    def __post_init__(self) -> None:
        self.trial = ContentTrial(self.options, self.folder / "empty")
        self.old = OldAddresses(self.index.site.addresses)
        self.planned = plan(self.index, self.trial.present, RESERVED)
        self.files = FilesAtHand(self.source, self.trial.seen, self.folder)
        self.asides = StagedFiles(self.folder, self.source, self.index, self.old, self.files)

    def convert(self) -> None:
        """Lay every new file aside, then refuse those with which the content would have errors, until it has none."""
        self._lay_aside({number for number, one in enumerate(self.planned) if one.action is ImportAction.NEW})
        snapshot = self.trial.with_files(self.new_files())
        while refused := self._refuse_faulty(snapshot):
            self._lay_aside(self.asides.using(refused))
            snapshot = self.trial.with_files(self.new_files())
        new = {one.named.path for one in self.planned if one.action is ImportAction.NEW}
        self.warnings = [
            problem for problem in snapshot.problems if problem.level is Level.WARNING and problem.path in new
        ]
        addresses = {item.path: item.address for item in snapshot.site.items}
        self.pages = old_pages(self.planned, addresses, self.trial.present)
        self._drop_faulty_rows(snapshot)

    def new_files(self) -> dict[str, RegularFile]:
        """Everything that would be written, by its path in the content; files before the items that refer to them."""
        files = self.asides.attached()
        return files | self.asides.items(self.planned) | files  # first in order, and what stands where both would

    def _lay_aside(self, wanted: Iterable[int]) -> None:
        linkable = (one for one in self.planned if one.is_linkable(self.options.clock, self.trial.present))
        self.asides.stage(set(wanted), self.planned, pages_by_key(linkable, self.old))

    def _refuse_faulty(self, snapshot: ContentSnapshot) -> set[str]:
        """Refuse the new files in which the check has found errors, items and others; their paths."""
        by_path = {one.named.path: number for number, one in enumerate(self.planned) if one.action is ImportAction.NEW}
        refused: dict[str, Problem] = {}
        gone: set[str] = set()
        for problem in snapshot.errors:
            if problem.path in by_path:
                refused.setdefault(problem.path, problem)
        for problem in snapshot.errors:
            why = f"{problem.message} [{problem.code}]"
            if problem.path not in by_path and self.files.refuse(problem.path, why, problem.line):
                gone.add(problem.path)
        for path, problem in refused.items():
            one = self.planned[by_path[path]]
            words = f"{problem.message}, {problem.fix}" if problem.fix else problem.message
            one.action, one.why = ImportAction.REFUSED, f"{words} [{problem.code}]"
            self.asides.forget(by_path[path])
        return gone | refused.keys()

    def _drop_faulty_rows(self, snapshot: ContentSnapshot) -> None:
        """Rows for which the check has no page, or that would hide one."""
        before = text_of(self.new_files().get(REDIRECTS) or RegularFile(str(self.trial.folder), "redirects.csv"))
        first = with_rows(before, []).count("\n") + 1
        redirects, problems = read_redirects(with_rows(before, self.pages.rows).encode())
        problems += resolve_redirects(redirects, snapshot.site.items, snapshot.linker.targets)[1]
        faulty = {one.line: one for one in problems if one.line >= first}
        rows = [(row, faulty.get(line)) for line, row in enumerate(self.pages.rows, first)]
        self.pages.impossible += [(row[0], problem.message) for row, problem in rows if problem]
        self.pages.rows = [row for row, problem in rows if not problem]


def text_of(file: RegularFile) -> str:
    """The text of redirects.csv, empty without one; it begins with UTF-8's mark where the file has it or is Windows-1251."""
    try:
        raw = file.read()
    except FileNotFoundError:
        return ""
    text = decode_table(raw)
    is_bare = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") == text.encode()
    return text if is_bare else f"\ufeff{text}"
