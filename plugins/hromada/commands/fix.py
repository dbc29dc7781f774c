"""`make fix`: fixes in the content's texts and tables what has one right form, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hromada.autofix.encodings import EncodingUncertain, decode_certain
from hromada.autofix.fixes import apply_fixes, apply_table_fixes, summarise_fixes, unified_diff
from hromada.autofix.redirect_rows import follow_files
from hromada.build.content_steps import checked_snapshot, file_cache_of
from hromada.console.messages import EXIT_FAILED, EXIT_OK, EXIT_REFUSED, print_error, print_lines, print_warnings
from hromada.console.options import Options
from hromada.content.handbook_files import Handbook
from hromada.content.metadata_removal import (
    CleaningRefused,
    clean_bytes,
    clean_in_place,
    has_nothing_to_remove,
    is_cleaned,
)
from hromada.conversion.site.import_plan import append_redirects
from hromada.domain.file_names import APPROVED
from hromada.domain.file_types import is_picture
from hromada.domain.header_fields import KEYS
from hromada.domain.numerals import NOUNS, Case
from hromada.domain.problem import Level, Problem, did_you_mean
from hromada.domain.site_urls import REDIRECTS
from hromada.publish.moved_addresses import moved_pages, unanswered
from hromada.reading.columns import COLUMNS
from hromada.reading.items import kind_and_section_of
from hromada.reading.text_decoding import MEGABYTE, limit_of
from hromada.system.atomic_files import atomic_replace, atomic_write
from hromada.system.disk_errors import advice, describe_error, file_type_problem
from hromada.system.git import Git
from hromada.system.regular_files import NotRegular, RegularFile, content_file
from hromada.system.scan import ScannedFile, walk

_REGULAR = ("100644", "100755")
# The index of a usual commit (`git commit`, `git commit -a`); `git commit FILE` has a temporary one, whose changes git
# drops: the next commit would have the places again.
_USUAL_INDEXES = ("index", "index.lock")


class Staged(NamedTuple):
    """What was removed from each file, why others were refused, and whether the commit must be repeated."""

    cleaned: dict[str, str]
    refused: dict[str, str]
    is_partial: bool = False


def clean_staged(root: Path, index: str = "") -> Staged:
    """Clean every picture of the content with a place in an index (of a commit in progress). GitFailed when git fails."""
    git = Git(root, index=index)
    is_partial = bool(git.index) and Path(git.index).name not in _USUAL_INDEXES
    cleaned, refused = dict[str, str](), dict[str, str]()
    for mode, path in _pictures(git):
        raw = git.raw("cat-file", "blob", f":{path}")
        try:
            done = clean_bytes(path, raw)
        except CleaningRefused as refusal:
            refused[path] = str(refusal)
            continue
        _clean_working_file(RegularFile(str(root), path), raw, done.data if done else raw)
        if done:
            cleaned[path] = done.summary
            blob = git.raw("hash-object", "-w", "--stdin", stdin=done.data).decode().strip()
            git.raw("update-index", "--cacheinfo", f"{mode},{blob},{path}")
    return Staged(cleaned, refused, is_partial and bool(cleaned))


def _pictures(git: Git) -> list[tuple[str, str]]:
    """Mode and path of the pictures that the commit adds or changes."""
    listed = git.raw("diff", "--cached", "--name-only", "--diff-filter=ACMRT", "--no-renames", "-z", "--", "content")
    pictures = []
    for name in filter(None, listed.split(b"\0")):
        path = os.fsdecode(name)
        if is_picture(path):
            mode = git.raw("ls-files", "--stage", "-z", "--", f":(literal){path}").decode("ascii", "replace")[:6]
            if mode in _REGULAR:
                pictures.append((mode, path))
    return pictures


def _clean_working_file(file: RegularFile, staged: bytes, clean: bytes) -> None:
    """Clean the file in the working folder, too; if it differs from the staged one, by itself."""
    try:
        raw = file.read()
        if raw != staged:
            done = clean_bytes(file.path.name, raw)
            clean = done.data if done else raw
        if clean != raw:
            atomic_replace(file, clean)
    except (OSError, CleaningRefused):
        return  # only the staged file matters for the commit; `make check` reports this one


_WORDS = frozenset(KEYS) | {name for spec in COLUMNS.values() for name in (spec.key, *spec.names)} | {"звідки", "куди"}


class FixRefused(ValueError):
    """FILE names nothing that can be fixed; the message is Ukrainian."""


class Fixed(NamedTuple):
    """A fixed file: its bytes, its text before and after, and each fix with the number of changed lines."""

    data: bytes
    old: str
    new: str
    lines: Mapping[str, int]


def fix(options: Options) -> int:
    """Show and write every change, or with DRY_RUN only show it; report files that can't be fixed."""
    if options.staged:
        return _fix_staged(options)
    try:
        files = _files_to_fix(options)
    except FixRefused as refused:
        print_error(str(refused))
        return EXIT_REFUSED
    run = _FixRun(options)
    run.fix(files)
    run.summaries |= _add_redirects(options, run.problems)
    print_lines(*_summary_lines(run.summaries, is_dry=options.dry_run))
    print_warnings(run.warnings)
    if run.problems:
        print_error(*map(str, run.problems), "Ці файли лишилися як були.")
    return EXIT_REFUSED if run.problems else EXIT_OK


class _FixRun:
    """What one call has done with each file."""

    def __init__(self, options: Options) -> None:
        self._is_dry = options.dry_run
        self._file_cache = file_cache_of(options)
        self.summaries = dict[str, str]()  # what was changed, by path
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []  # signed or protected documents whose metadata are no error

    def fix(self, files: Mapping[str, ScannedFile]) -> None:
        """Show and write the changes of these files; what can't be fixed is noted."""
        self._file_cache.load()
        for path, file in files.items():
            if self._has_nothing_to_remove(path, file):
                continue
            if refusal := _refusal(path, file):
                self.problems.append(refusal)
                continue
            try:
                self._fix_file(path, file.source)
            except EncodingUncertain as undecided:
                self.problems.append(Problem(path, 1, "encoding", str(undecided), "збережіть файл у кодуванні UTF-8"))
            except CleaningRefused as refused:
                (self.problems if refused.is_error else self.warnings).append(_cleaning_problem(path, refused))
            except OSError as error:
                self.problems.append(_write_problem(path, error))

    def _has_nothing_to_remove(self, path: str, file: ScannedFile) -> bool:
        """Whether the cache has the metadata of just this file."""
        entry = self._file_cache.files.get(path)
        is_known = entry and file.stamp and entry.stamp == file.stamp
        return bool(is_known and entry and has_nothing_to_remove(path, entry.parsed))

    def _fix_file(self, path: str, file: RegularFile) -> None:
        if is_cleaned(path):
            if removed := clean_in_place(path, file, is_dry=self._is_dry):
                self.summaries[path] = removed
        elif fixed_file := _write_fixed(path, file, is_dry=self._is_dry):
            print_lines(*unified_diff(path, fixed_file.old, fixed_file.new))
            self.summaries[path] = summarise_fixes(fixed_file.lines)


def _add_redirects(options: Options, problems: list[Problem]) -> dict[str, str]:
    """Rows of redirects.csv for pages online whose file was renamed or moved; what was done, by path.

    Only of the repository's own content, and only while the addresses of all items are known.
    """
    if options.content != options.root / "content" or options.file not in ("", REDIRECTS):
        return {}
    moved = moved_pages(Git(options.root))
    if not moved:
        return {}
    snapshot = checked_snapshot(options)
    snapshot.remember()
    addresses = {item.path: item.address for item in snapshot.site.items}
    missing = unanswered(moved, snapshot.site.redirects, addresses)
    file = content_file(options.content, REDIRECTS)
    try:
        raw = file.read() if os.path.lexists(file.path) else b""
        old = raw.decode("utf-8")
    except UnicodeDecodeError:
        problems.append(Problem(REDIRECTS, 1, "encoding", "рядків не дописано", "збережіть файл у кодуванні UTF-8"))
        return {}
    except OSError as error:
        problems.append(_write_problem(REDIRECTS, error))
        return {}
    end = "\r\n" if "\r\n" in old else "\n"
    text = follow_files(
        old.replace("\r\n", "\n"), ((page.old, page.old_path, page.path, page.address) for page in moved)
    )
    new = (append_redirects(text, ((page.old, page.path) for page in missing)) if missing else text).replace("\n", end)
    if new == old:
        return {}
    if not options.dry_run:
        atomic_write(file, new.encode())
    print_lines(*unified_diff(REDIRECTS, old.replace(end, "\n"), new.replace(end, "\n")))
    return {REDIRECTS: "адреси перенесених матеріалів"}


def _fix_staged(options: Options) -> int:
    """For the git hook: clean the staged pictures. What can't be cleaned is refused by the check that follows."""
    from hromada.system.git import GitFailed

    if options.dry_run or options.file or options.content != options.root / "content":
        print_error("STAGED=1 бере все, що додано до коміту, і змінює його: без CONTENT, FILE і DRY_RUN")
        return EXIT_REFUSED
    try:
        staged = clean_staged(options.root, os.environ.get("GIT_INDEX_FILE", ""))
    except (GitFailed, FileNotFoundError) as error:
        print_error(f"Світлини, додані до коміту, не перевірено: {error}")
        return EXIT_FAILED
    for path, removed in staged.cleaned.items():
        print_lines(f"{path}: {removed}")
    for path, reason in staged.refused.items():
        print_error(f"{path}: дані про місце не прибрано: {reason}")
    if staged.is_partial:
        print_error("Світлини в теці очищено. Повторіть ту саму команду git commit: вона візьме вже чисті.")
        return EXIT_REFUSED
    return EXIT_OK


def _refusal(path: str, file: ScannedFile) -> Problem | None:
    """Why a file is not opened: it is irregular, or too large for the check."""
    limit = limit_of(path)
    if file.type_fault:
        return file_type_problem(path, file.type_fault)
    if limit and file.stamp and file.stamp[0] > limit:
        return Problem(path, 1, "file-too-large", "файл завеликий", f"можна до {limit // MEGABYTE} МБ; поділіть його")
    return None


def _write_problem(path: str, error: OSError) -> Problem:
    if isinstance(error, NotRegular):
        return file_type_problem(path, error.type_fault)
    return Problem(path, 1, "unreadable", f"файл не вдалося виправити ({describe_error(error)})", advice(error))


def _cleaning_problem(path: str, refused: CleaningRefused) -> Problem:
    code = "picture-place" if is_picture(path) else "attachment-place" if refused.is_error else "attachment-metadata"
    level = Level.ERROR if refused.is_error else Level.WARNING
    message = f"дані, які файл несе з собою, не прибрано: {refused}"
    return Problem(path, 1, code, message, "замініть його чистою копією", level)


def _is_fixable(path: str) -> bool:
    """Whether the path is of a text, a register's table, redirects.csv, a picture or a document; never of an approval."""
    if is_cleaned(path):
        return True
    if path.startswith(APPROVED):
        return False
    if path.endswith(".md"):
        return kind_and_section_of(path) is not None
    is_register = path.startswith("content/registers/") and path.casefold().endswith(".csv")
    return is_register or path == REDIRECTS


def _files_to_fix(options: Options) -> dict[str, ScannedFile]:
    """The files that FILE names, by itself or by its folder; all without FILE. Irregular files are among them."""
    if not options.content.is_dir():
        raise FixRefused(f"теки «{options.content}» немає, перевірте CONTENT")
    fixable = {path: file for path, file in walk(options.content).items() if file.type_fault or _is_fixable(path)}
    handbook = Handbook(options.root, options.settings().handbook)
    fixable |= {path: ScannedFile(str(options.root / path), None, str(options.root)) for path in handbook.pictures}
    if not options.file:
        return fixable
    path = options.content_path_of(options.file)
    if path.startswith(APPROVED):
        raise FixRefused(f"FILE={options.file}: затверджених звітів команда не змінює")
    named = {name: file for name, file in fixable.items() if name == path or name.startswith(f"{path.rstrip('/')}/")}
    if not named:
        advice = did_you_mean(path, fixable) or "напишіть, наприклад: FILE=content/news/2021/2021-07-05-x.md"
        raise FixRefused(
            f"FILE={options.file}: немає такого тексту (.md), журналу (.csv), світлини чи документа, {advice}"
        )
    return named


def _write_fixed(path: str, file: RegularFile, *, is_dry: bool) -> Fixed | None:
    """The fixed file, which is written unless `is_dry`; None if there is nothing to fix."""
    fixed_file = fixed(path, file.read())
    if fixed_file and not is_dry:
        atomic_replace(file, fixed_file.data)
    return fixed_file


def fixed(path: str, raw: bytes) -> Fixed | None:
    """What the bytes of a file become; None when they are in order. Undecided when they are no sure text."""
    is_table = not path.endswith(".md")
    decoded = decode_certain(raw, _WORDS, is_table=is_table)
    new, lines = apply_table_fixes(decoded.text) if is_table else apply_fixes(decoded.text, KEYS)
    data = new.encode()
    if data == raw:
        return None
    return Fixed(data, decoded.text, new, {**dict.fromkeys(decoded.faults_fixed, 0), **lines})


def _summary_lines(summaries: Mapping[str, str], *, is_dry: bool) -> Iterator[str]:
    if not summaries:
        yield "Виправляти нічого."
        return
    yield from (f"{path}: {text}" for path, text in summaries.items())
    files = NOUNS["файл"].counted(len(summaries), Case.ACCUSATIVE)
    if is_dry:
        yield f"Можна виправити {files}. Нічого не записано: DRY_RUN=1."
    else:
        yield f"Виправлено {files}. Перегляньте зміни (git diff; вийти з перегляду – q) і запустіть make check."
