"""Converts an earlier site's items: plans, stages and checks them with the content, and refuses faulty ones.

Nothing is written into the content folder here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hromada.build.content_steps import checked_snapshot, file_cache_of
from hromada.checks.redirect_rules import resolve_redirects
from hromada.console.options import Options
from hromada.content.file_cache import FileCache
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.content_path import content_path, name_in_content
from hromada.domain.problem import Level, Problem
from hromada.domain.redirect import REDIRECTS
from hromada.domain.site_urls import RESERVED
from hromada.importers.site_source import SiteSource
from hromada.importers.staging import StagedFiles
from hromada.importers.uploads import SourceUploads
from hromada.importing.site.import_plan import (
    ExistingContent,
    ImportAction,
    PlannedItem,
    RedirectPlan,
    append_redirects,
    pages_by_key,
    plan_import,
    plan_redirects,
)
from hromada.importing.site.old_item import SourceIndex
from hromada.importing.site.old_urls import OldAddresses
from hromada.reading.redirect_table import read_redirects
from hromada.reading.text_decoding import decode_table
from hromada.system.regular_files import RegularFile, content_file
from hromada.system.scan import ScannedFile, stamp_from, walk


@dataclass
class Conversion:
    """One import up to the point where it can be written; `folder` is for staged files."""

    options: Options
    source: SiteSource
    index: SourceIndex
    folder: Path
    planned: list[PlannedItem] = field(init=False)
    warnings: list[Problem] = field(default_factory=list)
    pages: RedirectPlan = field(default_factory=RedirectPlan)

    def __post_init__(self) -> None:
        self.trial = TrialCheck(self.options, self.folder / "empty")
        self.old = OldAddresses(self.index.site.addresses)
        self.planned = plan_import(self.index, self.trial.present, RESERVED)
        self.files = SourceUploads(self.source, self.trial.scanned, self.folder)
        self.staged = StagedFiles(self.folder, self.source, self.index, self.old, self.files)

    def convert(self) -> None:
        """Stage every new file, then refuse those that cause errors of the content, until there are none."""
        self._stage({index for index, item in enumerate(self.planned) if item.action is ImportAction.NEW})
        snapshot = self.trial.with_files(self.new_files())
        while refused := self._refuse_faulty(snapshot):
            self._stage(self.staged.using(refused))
            snapshot = self.trial.with_files(self.new_files())
        new = {item.target.path for item in self.planned if item.action is ImportAction.NEW}
        self.warnings = [
            problem for problem in snapshot.problems if problem.level is Level.WARNING and problem.path in new
        ]
        addresses = {item.path: item.address for item in snapshot.site.items}
        self.pages = plan_redirects(self.planned, addresses, self.trial.present)
        self._drop_faulty_rows(snapshot)

    def new_files(self) -> dict[str, RegularFile]:
        """Everything to write, by content path; files before the items that refer to them."""
        files = self.staged.attached()
        return files | self.staged.items(self.planned) | files  # files come first, and win where paths are equal

    def _stage(self, indexes: Iterable[int]) -> None:
        linkable = (item for item in self.planned if item.is_linkable(self.options.clock, self.trial.present))
        self.staged.stage(set(indexes), self.planned, pages_by_key(linkable, self.old))

    def _refuse_faulty(self, snapshot: ContentSnapshot) -> set[str]:
        """Refuse the new items and files that have errors; return their paths."""
        by_path = {
            item.target.path: index for index, item in enumerate(self.planned) if item.action is ImportAction.NEW
        }
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
            item = self.planned[by_path[path]]
            message = f"{problem.message}, {problem.fix}" if problem.fix else problem.message
            item.action, item.why = ImportAction.REFUSED, f"{message} [{problem.code}]"
            self.staged.forget(by_path[path])
        return gone | refused.keys()

    def _drop_faulty_rows(self, snapshot: ContentSnapshot) -> None:
        """Drop rows of redirects.csv without a target page, or that would hide a page."""
        before = text_of(self.new_files().get(REDIRECTS) or content_file(self.trial.folder, REDIRECTS))
        first = append_redirects(before, []).count("\n") + 1
        redirects, problems = read_redirects(append_redirects(before, self.pages.rows).encode())
        problems += resolve_redirects(redirects, snapshot.site.items, snapshot.linker.targets)[1]
        faulty = {problem.line: problem for problem in problems if problem.line >= first}
        rows = [(row, faulty.get(line)) for line, row in enumerate(self.pages.rows, first)]
        self.pages.impossible += [(row[0], problem.message) for row, problem in rows if problem]
        self.pages.rows = [row for row, problem in rows if not problem]


def text_of(file: RegularFile) -> str:
    """The text of redirects.csv, empty if there is none; with a BOM if the file has one or is Windows-1251."""
    try:
        raw = file.read()
    except FileNotFoundError:
        return ""
    text = decode_table(raw)
    is_bare = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") == text.encode()
    return text if is_bare else f"\ufeff{text}"


class TrialCheck:
    """The content folder as scanned at first (an empty one if there is none); `before` is its snapshot."""

    def __init__(self, options: Options, empty: Path) -> None:
        self.folder = options.content
        if not self.folder.is_dir():
            self.folder = empty
            empty.mkdir()
        self._options = options.with_changes(content=self.folder)
        self._file_cache: FileCache = file_cache_of(options)
        self.scanned = walk(self.folder)
        self.before = self.with_files({})
        self.present = _present(self.before, self.scanned)

    def with_files(self, new: Mapping[str, RegularFile]) -> ContentSnapshot:
        """The snapshot with new files, by content path; they may be outside the content folder."""
        scanned = dict(self.scanned)
        for path, file in new.items():
            scanned[path] = ScannedFile(os.fspath(file.path), stamp_from(file.state()), file.root)
        snapshot = checked_snapshot(self._options, self._file_cache, scanned=dict(sorted(scanned.items())))
        self._file_cache.files |= snapshot.content.entries  # for the next check in this process
        return snapshot


def _present(snapshot: ContentSnapshot, scanned: Mapping[str, ScannedFile]) -> ExistingContent:
    """The items, files and redirects of the present content."""
    site = snapshot.site
    return ExistingContent(
        {item.address.casefold(): item.path for item in site.items if item.address},
        frozenset(path.casefold() for path in scanned),
        frozenset(item.path for item in snapshot.all_built),
        {
            redirect.file.casefold(): content_path(name_in_content(redirect.target).lstrip("/"))
            for redirect in site.redirects
        },
    )
