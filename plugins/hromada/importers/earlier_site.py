"""`make import-site`: imports an earlier site's items, files and addresses, each once, checked before it is written.

The source is read twice, once for an index and once to convert, since its texts need not fit into memory. New files are
staged, and the content is checked with them as by `make check`; what it would refuse is not written.

Nothing is written into the content folder here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hromada.build.content_steps import checked_snapshot, file_cache_of
from hromada.checks.redirect_rules import redirect_pages
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options
from hromada.content.file_cache import FileCache
from hromada.content.snapshot import ContentSnapshot
from hromada.conversion.site.import_plan import (
    ExistingContent,
    ImportAction,
    PlannedItem,
    RedirectPlan,
    append_redirects,
    pages_by_key,
    plan_import,
    plan_redirects,
)
from hromada.conversion.site.old_item import OldAddresses, SourceIndex, SourceRefused
from hromada.conversion.site.site_summary import ImportOutcome, format_summary
from hromada.domain.file_names import content_path, name_in_content
from hromada.domain.problem import Level, Problem
from hromada.domain.site_urls import REDIRECTS, RESERVED
from hromada.importers.site_source import SiteSource, SourceUploads, open_source
from hromada.importers.staging import StagedFiles, with_import_lock
from hromada.reading.redirect_table import read_redirects
from hromada.reading.text_decoding import decode_table
from hromada.system.atomic_files import atomic_write
from hromada.system.disk_errors import unwritable
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
        problems += redirect_pages(redirects, snapshot.site.items, snapshot.linker.targets)[1]
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


def import_site(options: Options) -> int:
    """Import the earlier site at FILE, and print what was done and what was not."""
    return with_import_lock(options, _import)


def _import(options: Options) -> int:
    if not options.file:
        print_error("не вказано FILE: файл експорту WordPress, стрічки RSS чи Atom або тека Pelican")
        return EXIT_REFUSED
    path = Path(options.file)
    try:
        source = open_source(path, options.zone)
        index = SourceIndex()
        for part in source.read_parts():
            index.take(part)
    except SourceRefused as refused:
        print_error(f"{path.name}:{refused.line}: {refused}, {refused.fix}. Нічого не записано.")
        return EXIT_REFUSED
    with tempfile.TemporaryDirectory(prefix="import-site-") as folder:
        conversion = Conversion(options, source, index, Path(folder))
        if faults := [str(error) for error in conversion.trial.before.errors if error.path == REDIRECTS]:
            print_error(
                *faults, "Спершу виправте content/redirects.csv: за ним видно, що вже перенесено. Нічого не записано."
            )
            return EXIT_REFUSED
        conversion.convert()
        if not options.dry_run and (fault := _write(conversion)):
            print_error(fault, "Перенесено не все. Коли виправите, запустіть ще раз: того самого двічі не буде.")
            return EXIT_REFUSED
        return _print_outcome(conversion)


def _write(conversion: Conversion) -> str:
    """Write files, then the items that refer to them, then the redirects, so an interrupted run can be repeated.

    Stops at the first error of the disk and returns its message; empty if all was written.
    """
    content, path = conversion.options.content, ""
    try:
        for path, file in conversion.new_files().items():
            target = content_file(content, path)
            if not os.path.lexists(target.path):  # it may have been quote_path since the check
                atomic_write(target, file.read())
        if conversion.pages.rows:
            path, redirects = REDIRECTS, content_file(content, REDIRECTS)
            atomic_write(redirects, append_redirects(text_of(redirects), conversion.pages.rows).encode())
    except OSError as error:
        return str(unwritable(path, error))
    return ""


def _print_outcome(conversion: Conversion) -> int:
    refused = [
        f"{planned_item.item.location}: {planned_item.why}"
        for planned_item in conversion.planned
        if planned_item.action is ImportAction.REFUSED
    ]
    refused += conversion.files.refused
    if refused:
        print_error(*refused)
    print_lines(*format_summary(_outcome(conversion), dry=conversion.options.dry_run))
    return EXIT_REFUSED if refused else EXIT_OK


def _outcome(conversion: Conversion) -> ImportOutcome:
    outcome = ImportOutcome(f"{conversion.source.title}: {Path(conversion.options.file).name}", conversion.planned)
    if conversion.index.site.title:
        outcome.title += f", «{conversion.index.site.title}»"
    outcome.left = dict(conversion.index.left)
    for staged_file in conversion.staged:
        outcome.unconverted.update(staged_file.unconverted)
        outcome.missing += staged_file.used.missing
        outcome.outside += staged_file.used.outside
    _count_files(conversion, outcome)
    outcome.redirects, outcome.queries = len(conversion.pages.rows), conversion.pages.queries
    outcome.impossible = conversion.pages.impossible
    outcome.warnings = [str(warning) for warning in conversion.warnings]
    return outcome


def _count_files(conversion: Conversion, outcome: ImportOutcome) -> None:
    """Count every file once: those of the source's own list, and further ones that texts refer to."""
    plan = conversion.files.plan
    outcome.files.new = len(conversion.staged.attached())
    outcome.files.present = len(plan.present)
    if conversion.source.takes_all:
        outcome.files.refused = sum(not path for path in plan.planned.values()) + len(conversion.source.irregular)
        return
    lacking = [
        attachment.url
        for attachment in conversion.index.attachments.values()
        if not plan.place(plan.uploaded(attachment.url))
    ]
    outcome.files.refused = len(lacking)
    outcome.missing += lacking
