"""Reads the content folder: every file becomes values or problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from hromada.checks.law_rules import LAW
from hromada.checks.path_rules import names_differ_in_more_than_case, paths_fit_windows
from hromada.console.messages import ProgressCallback, no_progress
from hromada.content.file_cache import Approved, CacheEntry, FileCache, Parsed, read_files
from hromada.content.register_files import ACCOUNTS, misplaced, read_rows, register_of
from hromada.domain.accessibility import AccessibilityResults
from hromada.domain.account import Accounts
from hromada.domain.alert import Alert
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.file_names import LARGEST_FILE, find_name_fault, is_approval, is_utf8, printable_name
from hromada.domain.file_types import AS_JPEG, is_phone_picture, is_run_by_name, may_lie_in_content, suffix_of
from hromada.domain.item import Item
from hromada.domain.law_coverage import Claims
from hromada.domain.merge_conflict import conflict_original
from hromada.domain.problem import Problem
from hromada.domain.settings import SiteSettings
from hromada.domain.site import Site
from hromada.domain.site_urls import REDIRECTS, Redirect
from hromada.domain.task import Task
from hromada.reading.accessibility_results import ACCESSIBILITY_RESULTS, read_accessibility_results
from hromada.reading.alert_table import ALERTS, read_alerts
from hromada.reading.items import is_dated_place, join_translations
from hromada.reading.redirect_table import read_redirects
from hromada.reading.register_rows import SOCIAL
from hromada.reading.task_table import TASKS, read_tasks
from hromada.reading.text_decoding import MEGABYTE, limit_of
from hromada.reading.toml_config import read_accounts, read_categories, read_figures, read_law
from hromada.system.disk_errors import DiskError, file_type_problem, read_error, unreadable
from hromada.system.regular_files import RegularFile, digest_of
from hromada.system.scan import ScannedFile, walk

if TYPE_CHECKING:
    from hromada.report.approval.approved_report import Approval

FIGURES = "content/reports/figures.toml"
CATEGORIES = "content/categories.toml"
_READ_HERE = frozenset({ACCOUNTS, FIGURES, CATEGORIES, LAW, REDIRECTS, TASKS, ALERTS, ACCESSIBILITY_RESULTS})


class Content(Struct):
    """The content as read: the site, its problems, its scanned files and their cache entries."""

    site: Site
    problems: list[Problem]
    scanned: dict[str, ScannedFile] = field(default_factory=dict)
    entries: dict[str, CacheEntry] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    approvals: Mapping[str, Approval] = field(default_factory=dict)  # by period id
    approved: tuple[str, ...] = ()  # the paths of approvals, damaged ones too
    register_files: tuple[str, ...] = ()
    tables: str = ""  # a digest of registers, accounts and figures

    @property
    def files_with_metadata(self) -> list[str]:
        """Every picture and document of the content, registers among them, whose metadata are to be checked.

        Phones' .mov films are among them though they are not published: the repository shows where they were taken.
        """
        films = {
            path
            for path, file in self.scanned.items()
            if suffix_of(path) == ".mov" and file.stamp and not file.type_fault
        }
        return sorted({*self.site.files, *self.register_files} | films)

    def file(self, path: str) -> RegularFile:
        return self.scanned[path].source

    def read(self, path: str) -> bytes:
        """A file's bytes as they are now; DiskError when they can't be read."""
        return _read(path, self.file(path))

    def bytes_of(self, path: str) -> bytes:
        """The bytes that the content was read from; DiskError if the file has changed since."""
        return _as_read(path, self.file(path), self.entries[path])

    def size_of(self, path: str) -> int:
        stamp = self.scanned[path].stamp
        return stamp[0] if stamp else 0


class _Loading(Struct):
    """What has been read so far."""

    scanned: dict[str, ScannedFile]
    entries: dict[str, CacheEntry] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)  # paths of registers' files
    approved: list[str] = field(default_factory=list)  # paths of approvals
    registers: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    unusable: frozenset[str] = frozenset()  # paths that were refused without being opened

    def bytes_of(self, path: str) -> bytes:
        return _read(path, self.scanned[path].source)


def load_content(
    folder: Path, settings: SiteSettings, file_cache: FileCache, *, scanned: dict[str, ScannedFile] | None = None, ignore_mtimes: bool = False,
    jobs: int = 1, on_progress: ProgressCallback = no_progress,
) -> Content:  # fmt: skip
    """Read the whole content folder; a missing one is a problem.

    Files whose stamp the cache has are not opened, unless `ignore_mtimes`; those whose bytes it has are not parsed. The
    others are read in so many processes. `scanned` is the folder as just scanned.
    """
    if not folder.is_dir():
        empty = Site(settings, (), (), (), Accounts(), Figures(standard_figures(())), frozenset())
        return Content(
            empty, [Problem("content", 1, "content-missing", f"теки «{folder.name}» немає", "перевірте CONTENT")]
        )
    file_cache.load()
    scanned = scanned or walk(folder)
    unusable = dict(_unusable(scanned, file_cache.files))
    scanned = {path: file for path, file in scanned.items() if path not in unusable} if unusable else scanned
    loading = _Loading(
        scanned, read_files(scanned, file_cache, ignore_mtimes=ignore_mtimes, jobs=jobs, on_progress=on_progress)
    )
    loading.problems += unusable.values()
    loading.unusable = frozenset(unusable)
    loading.problems += names_differ_in_more_than_case(scanned)
    loading.problems += paths_fit_windows(scanned)
    _take_items([path for path in scanned if path.endswith(".md")], loading)
    for path in scanned:
        if not path.endswith(".md"):
            _take(path, loading)
    accounts = _accounts(loading)
    registers = tuple(sorted(loading.registers))
    accounts_raw = loading.bytes_of(ACCOUNTS) if ACCOUNTS in scanned else b""
    rows, problems, tables = read_rows(
        {path: loading.bytes_of(path) for path in loading.tables}, accounts, accounts_raw, file_cache
    )
    loading.problems += problems
    raw_figures = loading.bytes_of(FIGURES) if FIGURES in scanned else None
    figures, problems = read_figures(FIGURES, raw_figures, registers)
    loading.problems += problems
    categories: tuple[str, ...] = ()
    if CATEGORIES in scanned:
        categories, problems = read_categories(CATEGORIES, loading.bytes_of(CATEGORIES))
        loading.problems += problems
    law: Claims | None = None
    if LAW in scanned:
        law, problems = read_law(LAW, loading.bytes_of(LAW))
        loading.problems += problems
    tasks: tuple[Task, ...] = ()
    if TASKS in scanned:
        tasks, problems = read_tasks(loading.bytes_of(TASKS))
        loading.problems += problems
    alerts: tuple[Alert, ...] = ()
    if ALERTS in scanned:
        alerts, problems = read_alerts(loading.bytes_of(ALERTS))
        loading.problems += problems
    accessibility: AccessibilityResults | None = None
    if ACCESSIBILITY_RESULTS in scanned:
        accessibility, problems = read_accessibility_results(loading.bytes_of(ACCESSIBILITY_RESULTS))
        loading.problems += problems
    items, problems = join_translations(loading.items)
    loading.problems += problems
    site = Site(
        settings, tuple(items), tuple(rows), registers, accounts, figures, frozenset(loading.files),
        tuple(_countable(scanned)), _redirects(loading), law, tasks, alerts, accessibility,
    )  # fmt: skip
    tables += digest_of(raw_figures or b"")
    return Content(
        site, loading.problems, scanned, loading.entries, categories, _Approvals.of(loading), tuple(loading.approved),
        tuple(loading.tables), tables,
    )  # fmt: skip


def _read(path: str, file: RegularFile) -> bytes:
    try:
        return file.read()
    except OSError as error:
        raise read_error(path, error) from error


def _as_read(path: str, file: RegularFile, entry: CacheEntry) -> bytes:
    """The bytes that the content was read from; DiskError when the file has others now."""
    raw = _read(path, file)
    if digest_of(raw) != entry.digest:
        raise DiskError(f"{path}: файл щойно змінено. Запустіть ще раз.")
    return raw


class _Approvals(Mapping[str, "Approval"]):
    """Approvals by period, each parsed when it is needed: most calls need none."""

    def __init__(self, paths: dict[str, str], loading: _Loading) -> None:
        self._paths, self._loading = paths, loading
        self._read: dict[str, Approval] = {}

    @classmethod
    def of(cls, loading: _Loading) -> _Approvals:
        paths = {}
        for path in loading.approved:
            parsed = loading.entries[path].parsed
            assert isinstance(parsed, Approved), f"{path} was not read as an approval"
            if parsed.problem:
                loading.problems.append(parsed.problem)
            else:
                paths[parsed.period] = path
        return cls(paths, loading)

    def __getitem__(self, period: str) -> Approval:
        if period not in self._read:
            from hromada.report.approval.reader import read_approval

            path = self._paths[period]
            self._read[period] = read_approval(
                path, _as_read(path, self._loading.scanned[path].source, self._loading.entries[path])
            )
        return self._read[period]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _unusable(scanned: Mapping[str, ScannedFile], cached: Mapping[str, CacheEntry]) -> Iterator[tuple[str, Problem]]:
    """Files that are irregular, unreadable or too large, or have a name that can't be published, checked out or printed.

    The names of cached files were checked when they were read.
    """
    candidates = (
        (path, file)
        for path, file in scanned.items()
        if file.stamp is None or file.stamp[0] > MEGABYTE or path not in cached or not path.endswith(".md")
    )  # all others are cached texts of usual size
    for path, file in candidates:
        if not path.isascii() and not is_utf8(path):
            yield (
                path,
                Problem(printable_name(path), 1, "stray-file", "назва файлу записана не в UTF-8", "перейменуйте файл"),
            )
        elif file.type_fault:
            yield path, file_type_problem(printable_name(path), file.type_fault)
        elif path not in cached and (merged := conflict_original(path.rpartition("/")[2])):
            message = f"незавершене злиття: це друга версія файлу «{merged}»"
            yield (
                path,
                Problem(
                    printable_name(path),
                    1,
                    "merge-conflict",
                    message,
                    "лишіть правильний файл під цією назвою, а другий видаліть",
                ),
            )
        elif path not in cached and (fault := find_name_fault(path)):
            yield path, Problem(printable_name(path), 1, "file-name", fault, "перейменуйте файл або теку")
        elif file.stamp is None:
            if not path.endswith(".md"):  # a Markdown file is read, and refused there
                yield path, Problem(path, 1, "unreadable", "файл не відкривається", "перевірте права на його теку")
        elif file.stamp[0] > MEGABYTE and (limit := _exceeded(path, file.stamp[0])):
            megabytes = f"{file.stamp[0] / MEGABYTE:.1f}".replace(".", ",")
            yield path, Problem(
                path, 1, "file-too-large", f"файл завеликий: {megabytes} МБ", f"можна до {limit // MEGABYTE} МБ; поділіть його"
            )  # fmt: skip
        elif path in _READ_HERE or (register_of(path)):
            try:
                file.source.open().close()
            except OSError as error:
                yield path, unreadable(path, error)


def _exceeded(path: str, size: int) -> int:
    """The limit in bytes that this size exceeds, or 0. Files that are not parsed must fit the host's limit."""
    limit = limit_of(path) or LARGEST_FILE - 1
    return limit + (limit + 1 == LARGEST_FILE) if size > limit else 0


def _countable(paths: Iterable[str]) -> Iterator[str]:
    """The dated items' files by name only, for which the count must account whatever their contents."""
    return (path for path in paths if path.endswith(".md") and is_dated_place(path))


def _take(path: str, loading: _Loading) -> None:
    """Sort one file that is no Markdown by its folder, or report it as stray."""
    section = path.split("/")[1]
    if section == "registers":
        _take_register(path, loading)
    elif is_approval(path):
        loading.approved.append(path)
    elif section in ("news", "units", "services", "pages", "images", "files") or (
        section == "reports" and path != FIGURES
    ):
        if may_lie_in_content(path):
            loading.files.add(path)
        else:
            loading.problems.append(_stray(path))
    elif path.casefold().endswith(".md"):
        loading.problems.append(_stray(path))


def _take_items(paths: Iterable[str], loading: _Loading) -> None:
    for path in paths:
        parsed = loading.entries[path].parsed
        assert isinstance(parsed, Parsed), f"{path} was not read as an item"
        if parsed.problems:
            loading.problems += parsed.problems
        if parsed.item is not None:
            loading.items.append(parsed.item)


def _stray(path: str) -> Problem:
    name = path.rpartition("/")[2]
    if ".md" in name.casefold():
        fix = "залиште розширення «.md» або приберіть файл"
    elif is_phone_picture(path):
        fix = f"це світлина HEIC з телефона, якої браузери не показують; {AS_JPEG}"
    elif is_run_by_name(path):
        fix = "його виконав би браузер читача; збережіть як PDF або CSV чи покладіть у .zip"
    else:
        fix = "тут можуть лежати лише .md, світлини та документи; приберіть або перенесіть файл"
    return Problem(path, 1, "stray-file", f"файл «{name}» не належить до змісту", fix)


def _take_register(path: str, loading: _Loading) -> None:
    loading.problems += misplaced(path)
    if register := register_of(path):
        loading.tables.append(path)
        loading.registers.add(register)


def _accounts(loading: _Loading) -> Accounts:
    if ACCOUNTS not in loading.scanned:
        if any(register_of(path) == SOCIAL for path in loading.tables) and ACCOUNTS not in loading.unusable:
            loading.problems.append(Problem(
                ACCOUNTS, 1, "accounts-missing", "немає переліку сторінок", "створіть його: id, name і networks кожної сторінки",
            ))  # fmt: skip
        return Accounts.of(())
    accounts, problems = read_accounts(ACCOUNTS, loading.bytes_of(ACCOUNTS))
    loading.problems += problems
    return accounts


def _redirects(loading: _Loading) -> tuple[Redirect, ...]:
    if REDIRECTS not in loading.scanned:
        return ()
    redirects, problems = read_redirects(loading.bytes_of(REDIRECTS))
    loading.problems += problems
    return redirects
