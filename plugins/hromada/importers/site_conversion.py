"""An earlier site's items on their way into the content: planned, laid aside, checked with it, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hromada.checks.redirect_rules import follow_redirects
from hromada.console.options import Call
from hromada.content.snapshot import Edition
from hromada.domain.problem import Level, Problem
from hromada.domain.redirect import REDIRECTS
from hromada.domain.site_urls import RESERVED
from hromada.importers.site_source import Source
from hromada.importers.staging import LaidAside
from hromada.importers.trial_check import ContentTrial
from hromada.importers.uploads import FilesAtHand
from hromada.importing.site.import_plan import Fate, OldPages, Planned, old_pages, pages_by_key, plan
from hromada.importing.site.old_item import Survey
from hromada.importing.site.old_urls import OldAddresses
from hromada.importing.site.redirect_rows import with_rows
from hromada.reading.redirect_table import read_redirects
from hromada.reading.text_decoding import decode_table
from hromada.system.regular_files import RegularFile


@dataclass
class Conversion:
    """One import up to the point at which it could be written; `folder` is for what is laid aside."""

    call: Call
    source: Source
    survey: Survey
    folder: Path
    planned: list[Planned] = field(init=False)
    warnings: list[Problem] = field(default_factory=list)
    pages: OldPages = field(default_factory=OldPages)

    def __post_init__(self) -> None:
        self.trial = ContentTrial(self.call, self.folder / "empty")
        self.old = OldAddresses(self.survey.site.addresses)
        self.planned = plan(self.survey, self.trial.present, RESERVED)
        self.files = FilesAtHand(self.source, self.trial.seen, self.folder)
        self.asides = LaidAside(self.folder, self.source, self.survey, self.old, self.files)

    def convert(self) -> None:
        """Lay every new file aside, then refuse those with which the content would have errors, until it has none."""
        self._lay_aside({number for number, one in enumerate(self.planned) if one.fate is Fate.NEW})
        edition = self.trial.with_files(self.new_files())
        while refused := self._refuse_faulty(edition):
            self._lay_aside(self.asides.using(refused))
            edition = self.trial.with_files(self.new_files())
        new = {one.named.path for one in self.planned if one.fate is Fate.NEW}
        self.warnings = [one for one in edition.problems if one.level is Level.WARNING and one.path in new]
        addresses = {item.path: item.address for item in edition.site.items}
        self.pages = old_pages(self.planned, addresses, self.trial.present)
        self._drop_faulty_rows(edition)

    def new_files(self) -> dict[str, RegularFile]:
        """Everything that would be written, by its path in the content; files before the items that refer to them."""
        files = self.asides.attached()
        return files | self.asides.items(self.planned) | files  # first in order, and what stands where both would

    def _lay_aside(self, wanted: Iterable[int]) -> None:
        linkable = (one for one in self.planned if one.is_linkable(self.call.clock, self.trial.present))
        self.asides.lay(set(wanted), self.planned, pages_by_key(linkable, self.old))

    def _refuse_faulty(self, edition: Edition) -> set[str]:
        """Refuse the new files in which the check has found errors, items and others; their paths."""
        by_path = {one.named.path: number for number, one in enumerate(self.planned) if one.fate is Fate.NEW}
        refused: dict[str, Problem] = {}
        gone: set[str] = set()
        for problem in edition.errors:
            if problem.path in by_path:
                refused.setdefault(problem.path, problem)
        for problem in edition.errors:
            why = f"{problem.message} [{problem.code}]"
            if problem.path not in by_path and self.files.refuse(problem.path, why, problem.line):
                gone.add(problem.path)
        for path, problem in refused.items():
            one = self.planned[by_path[path]]
            words = f"{problem.message}, {problem.fix}" if problem.fix else problem.message
            one.fate, one.why = Fate.REFUSED, f"{words} [{problem.code}]"
            self.asides.forget(by_path[path])
        return gone | refused.keys()

    def _drop_faulty_rows(self, edition: Edition) -> None:
        """Rows for which the check has no page, or that would hide one."""
        before = text_of(self.new_files().get(REDIRECTS) or RegularFile(str(self.trial.folder), "redirects.csv"))
        first = with_rows(before, []).count("\n") + 1
        redirects, problems = read_redirects(with_rows(before, self.pages.rows).encode())
        problems += follow_redirects(redirects, edition.site.items, edition.linker.targets)[1]
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
