"""The one reader: every file of the content folder becomes values or problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hromada.checks.law_coverage import LAW
from hromada.checks.path_rules import names_differ_in_more_than_case, paths_fit_windows
from hromada.console.progress import ProgressCallback, no_progress
from hromada.content.cached_reader import read_files
from hromada.content.file_cache import Approved, CacheEntry, FileCache, Parsed
from hromada.content.register_files import ACCOUNTS, misplaced, read_rows, register_of
from hromada.domain.account import Accounts
from hromada.domain.coverage import Claims
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.file_names import LARGEST_FILE, find_name_fault, is_utf8, printable_name
from hromada.domain.file_types import AS_JPEG, is_phone_picture, is_run_by_name, may_lie_in_content, suffix_of
from hromada.domain.item import Item
from hromada.domain.merge_conflict import conflict_original
from hromada.domain.problem import Problem
from hromada.domain.redirect import REDIRECTS, Redirect
from hromada.domain.settings import SiteSettings
from hromada.domain.site import Site
from hromada.reading.items import is_dated_place
from hromada.reading.law_table import read_law
from hromada.reading.redirect_table import read_redirects
from hromada.reading.register_rows import SOCIAL
from hromada.reading.text_decoding import MEGABYTE, limit_of
from hromada.reading.toml_config import read_accounts, read_categories, read_figures
from hromada.reading.translations import join_translations
from hromada.report.report_paths import is_approval
from hromada.system.digest import digest_of
from hromada.system.disk_errors import DiskError, odd, read_error, unreadable
from hromada.system.regular_files import RegularFile
from hromada.system.scan import ScannedFile, walk

if TYPE_CHECKING:
    from hromada.report.approval.approved_report import Approval

FIGURES = "content/reports/figures.toml"
CATEGORIES = "content/categories.toml"
_READ_HERE = frozenset({ACCOUNTS, FIGURES, CATEGORIES, LAW, REDIRECTS})


@dataclass(slots=True)
class Content:
    """The content as read: the site, what is wrong with it, where its files lie on the disk, what is known of each."""

    site: Site
    problems: list[Problem]
    seen: dict[str, ScannedFile] = field(default_factory=dict)
    known: dict[str, CacheEntry] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    approvals: Mapping[str, Approval] = field(default_factory=dict)  # by period id
    approved: tuple[str, ...] = ()  # the paths of approvals, damaged ones too
    register_files: tuple[str, ...] = ()
    tables: str = ""  # a digest of registers, accounts and figures

    @property
    def looked_into(self) -> list[str]:
        """Every picture and document of the content, registers' among them: what each carries along is checked.

        A phone's film that is no document is one of them: the repository shows where it was taken until it is removed.
        """
        films = {path for path, one in self.seen.items() if suffix_of(path) == ".mov" and one.stamp and not one.oddity}
        return sorted({*self.site.files, *self.register_files} | films)

    def file(self, path: str) -> RegularFile:
        return self.seen[path].source

    def read(self, path: str) -> bytes:
        """A file's bytes as they are now; Hindered when they can't be read."""
        return _read(path, self.file(path))

    def bytes_of(self, path: str) -> bytes:
        """The bytes that the content was read from."""
        return _as_read(path, self.file(path), self.known[path])

    def size_of(self, path: str) -> int:
        stamp = self.seen[path].stamp
        return stamp[0] if stamp else 0


@dataclass(slots=True)
class _Found:
    seen: dict[str, ScannedFile]
    known: dict[str, CacheEntry] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)  # paths of registers' files
    approved: list[str] = field(default_factory=list)  # paths of approvals
    registers: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    refused: frozenset[str] = frozenset()  # paths of what is there and was not even opened

    def bytes_of(self, path: str) -> bytes:
        return _read(path, self.seen[path].source)


def load_content(
    folder: Path, settings: SiteSettings, file_cache: FileCache, *, seen: dict[str, ScannedFile] | None = None, ignore_mtimes: bool = False,
    jobs: int = 1, on_progress: ProgressCallback = no_progress,
) -> Content:  # fmt: skip
    """Read the whole content folder; a missing one is a problem like any other.

    Files that the memory knows by their stamp are not opened, unless all are to be `reread`; those that it knows by
    their bytes are not parsed. The others are shared between so many processes. `seen` is
    the folder as walked just now.
    """
    if not folder.is_dir():
        empty = Site(settings, (), (), (), Accounts(), Figures(standard_figures(())), frozenset())
        return Content(
            empty, [Problem("content", 1, "content-missing", f"теки «{folder.name}» немає", "перевірте CONTENT")]
        )
    file_cache.load()
    seen = seen or walk(folder)
    unusable = dict(_unusable(seen, file_cache.files))
    seen = {path: one for path, one in seen.items() if path not in unusable} if unusable else seen
    found = _Found(seen, read_files(seen, file_cache, ignore_mtimes=ignore_mtimes, jobs=jobs, on_progress=on_progress))
    found.problems += unusable.values()
    found.refused = frozenset(unusable)
    found.problems += names_differ_in_more_than_case(seen)
    found.problems += paths_fit_windows(seen)
    _take_items([path for path in seen if path.endswith(".md")], found)
    for path in seen:
        if not path.endswith(".md"):
            _take(path, found)
    accounts = _accounts(found)
    registers = tuple(sorted(found.registers))
    accounts_raw = found.bytes_of(ACCOUNTS) if ACCOUNTS in seen else b""
    rows, problems, tables = read_rows(
        {path: found.bytes_of(path) for path in found.tables}, accounts, accounts_raw, file_cache
    )
    found.problems += problems
    raw_words = found.bytes_of(FIGURES) if FIGURES in seen else None
    figures, problems = read_figures(FIGURES, raw_words, registers)
    found.problems += problems
    categories: tuple[str, ...] = ()
    if CATEGORIES in seen:
        categories, problems = read_categories(CATEGORIES, found.bytes_of(CATEGORIES))
        found.problems += problems
    law: Claims | None = None
    if LAW in seen:
        law, problems = read_law(LAW, found.bytes_of(LAW))
        found.problems += problems
    items, problems = join_translations(found.items)
    found.problems += problems
    site = Site(
        settings, tuple(items), tuple(rows), registers, accounts, figures, frozenset(found.files),
        tuple(_countable(seen)), _redirects(found), law,
    )  # fmt: skip
    tables += digest_of(raw_words or b"")
    return Content(
        site, found.problems, seen, found.known, categories, _Approvals.of(found), tuple(found.approved),
        tuple(found.tables), tables,
    )  # fmt: skip


def _read(path: str, file: RegularFile) -> bytes:
    try:
        return file.read()
    except OSError as error:
        raise read_error(path, error) from error


def _as_read(path: str, file: RegularFile, known: CacheEntry) -> bytes:
    """The bytes that the content was read from; Hindered when the file has others now: they would be taken for those."""
    raw = _read(path, file)
    if digest_of(raw) != known.digest:
        raise DiskError(f"{path}: файл щойно змінено. Запустіть ще раз.")
    return raw


class _Approvals(Mapping[str, "Approval"]):
    """Approvals by their period, each parsed when it is asked for: most calls need none of them."""

    def __init__(self, paths: dict[str, str], found: _Found) -> None:
        self._paths, self._found = paths, found
        self._read: dict[str, Approval] = {}

    @classmethod
    def of(cls, found: _Found) -> _Approvals:
        paths = {}
        for path in found.approved:
            parsed = found.known[path].parsed
            assert isinstance(parsed, Approved), f"{path} was not read as an approval"
            if parsed.problem:
                found.problems.append(parsed.problem)
            else:
                paths[parsed.period] = path
        return cls(paths, found)

    def __getitem__(self, period: str) -> Approval:
        if period not in self._read:
            from hromada.report.approval.reader import read_approval

            path = self._paths[period]
            self._read[period] = read_approval(
                path, _as_read(path, self._found.seen[path].source, self._found.known[path])
            )
        return self._read[period]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _unusable(seen: Mapping[str, ScannedFile], known: Mapping[str, CacheEntry]) -> Iterator[tuple[str, Problem]]:
    """What is no regular file, can't be opened, is too large, or has a name that can't be published, checked out or said.

    Names of the `known` were looked at when they were read; any others are looked at each time.
    """
    suspects = (
        (path, one)
        for path, one in seen.items()
        if one.stamp is None or one.stamp[0] > MEGABYTE or path not in known or not path.endswith(".md")
    )  # any others are plain texts
    for path, one in suspects:
        if not path.isascii() and not is_utf8(path):
            yield (
                path,
                Problem(printable_name(path), 1, "stray-file", "назва файлу записана не в UTF-8", "перейменуйте файл"),
            )
        elif one.oddity:
            yield path, odd(printable_name(path), one.oddity)
        elif path not in known and (merged := conflict_original(path.rpartition("/")[2])):
            words = f"незавершене злиття: це друга версія файлу «{merged}»"
            yield (
                path,
                Problem(
                    printable_name(path),
                    1,
                    "merge-conflict",
                    words,
                    "лишіть правильний файл під цією назвою, а другий видаліть",
                ),
            )
        elif path not in known and (fault := find_name_fault(path)):
            yield path, Problem(printable_name(path), 1, "file-name", fault, "перейменуйте файл або теку")
        elif one.stamp is None:
            if not path.endswith(".md"):  # one of an item is read, and refused there
                yield path, Problem(path, 1, "unreadable", "файл не відкривається", "перевірте права на його теку")
        elif one.stamp[0] > MEGABYTE and (limit := _exceeded(path, one.stamp[0])):
            megabytes = f"{one.stamp[0] / MEGABYTE:.1f}".replace(".", ",")
            yield path, Problem(
                path, 1, "file-too-large", f"файл завеликий: {megabytes} МБ", f"можна до {limit // MEGABYTE} МБ; поділіть його"
            )  # fmt: skip
        elif path in _READ_HERE or (path.startswith("content/registers/") and register_of(path)):
            try:
                one.source.open().close()
            except OSError as error:
                yield path, unreadable(path, error)


def _exceeded(path: str, size: int) -> int:
    """The limit of bytes that a file of this size is over; 0 for none. What is not read must still fit the host."""
    limit = limit_of(path) or LARGEST_FILE - 1
    return limit + (limit + 1 == LARGEST_FILE) if size > limit else 0


def _countable(disk: Iterable[str]) -> Iterator[str]:
    """The item files that the count must account for, by their names alone: whatever became of them later."""
    return (path for path in disk if path.endswith(".md") and is_dated_place(path))


def _take(path: str, found: _Found) -> None:
    """Put one file that is no Markdown where it belongs, or say why it belongs nowhere."""
    section = path.split("/")[1]
    if section == "registers":
        _take_register(path, found)
    elif is_approval(path):
        found.approved.append(path)
    elif section in ("news", "units", "pages", "images", "files") or (section == "reports" and path != FIGURES):
        if may_lie_in_content(path):
            found.files.add(path)
        else:
            found.problems.append(_stray(path))
    elif path.casefold().endswith(".md"):
        found.problems.append(_stray(path))


def _take_items(paths: Iterable[str], found: _Found) -> None:
    for path in paths:
        parsed = found.known[path].parsed
        assert isinstance(parsed, Parsed), f"{path} was not read as an item"
        if parsed.problems:
            found.problems += parsed.problems
        if parsed.item is not None:
            found.items.append(parsed.item)


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


def _take_register(path: str, found: _Found) -> None:
    found.problems += misplaced(path)
    if register := register_of(path):
        found.tables.append(path)
        found.registers.add(register)


def _accounts(found: _Found) -> Accounts:
    if ACCOUNTS not in found.seen:
        if any(register_of(path) == SOCIAL for path in found.tables) and ACCOUNTS not in found.refused:
            found.problems.append(Problem(
                ACCOUNTS, 1, "accounts-missing", "немає переліку сторінок", "створіть його: id, name і networks кожної сторінки",
            ))  # fmt: skip
        return Accounts.of(())
    accounts, problems = read_accounts(ACCOUNTS, found.bytes_of(ACCOUNTS))
    found.problems += problems
    return accounts


def _redirects(found: _Found) -> tuple[Redirect, ...]:
    if REDIRECTS not in found.seen:
        return ()
    redirects, problems = read_redirects(found.bytes_of(REDIRECTS))
    found.problems += problems
    return redirects
