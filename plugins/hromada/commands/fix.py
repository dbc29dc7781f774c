"""`make fix`: the content's texts and tables brought in order where there is one right way, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hromada.autofix.diff import diff, summary
from hromada.autofix.encodings import Undecided, decode_surely
from hromada.autofix.fixes import apply_fixes, apply_table_fixes
from hromada.build.content_steps import file_cache_of
from hromada.console.messages import EXIT_FAILED, EXIT_OK, EXIT_REFUSED, print_error, print_lines, print_warnings
from hromada.console.options import Options
from hromada.content.handbook_files import Handbook
from hromada.content.metadata_removal import CleaningRefused, clean_in_place, is_cleaned, says_nothing
from hromada.domain.alphabet import to_nfc
from hromada.domain.file_types import is_picture
from hromada.domain.header_fields import KEYS
from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import Case
from hromada.domain.problem import Level, Problem, did_you_mean
from hromada.domain.redirect import REDIRECTS
from hromada.reading.columns import COLUMNS
from hromada.reading.items import place_of
from hromada.reading.text_decoding import MEGABYTE, limit_of
from hromada.report.report_paths import APPROVED
from hromada.system.atomic_files import replace_whole
from hromada.system.disk_errors import advice, describe_error, odd
from hromada.system.regular_files import NotRegular, RegularFile
from hromada.system.scan import ScannedFile, walk

_WORDS = frozenset(KEYS) | {name for spec in COLUMNS.values() for name in (spec.key, *spec.names)} | {"звідки", "куди"}


class FixRefused(ValueError):
    """FILE names nothing that can be mended; the message is Ukrainian."""


class Fixed(NamedTuple):
    """A file as it should be: its bytes, its texts before and after, what was mended in how many lines."""

    data: bytes
    old: str
    new: str
    lines: Mapping[str, int]


def fix(options: Options) -> int:
    """Show every change and write it, or only show it; say which files can't be decided about."""
    if options.staged:
        return _fix_staged(options)
    try:
        wanted = _wanted(options)
    except FixRefused as refused:
        print_error(str(refused))
        return EXIT_REFUSED
    problems: list[Problem] = []
    left: list[Problem] = []  # a document that is signed or protected, and names nothing worse than a name
    summaries: dict[str, str] = {}
    memory = file_cache_of(options)
    memory.load()
    for path, one in wanted.items():
        known = memory.files.get(path)
        if known and one.stamp and known.stamp == one.stamp and says_nothing(path, known.parsed):
            continue  # it was looked into before
        try:
            if refusal := _unfit(path, one):
                problems.append(refusal)
                continue
            if is_cleaned(path):
                if words := clean_in_place(path, one.source, is_dry=options.dry_run):
                    summaries[path] = words
                continue
            found = _fix_file(path, one.source, is_dry=options.dry_run)
        except Undecided as undecided:
            problems.append(Problem(path, 1, "encoding", str(undecided), "збережіть файл у кодуванні UTF-8"))
        except CleaningRefused as refused:
            (problems if refused.is_error else left).append(_uncleaned(path, refused))
        except OSError as error:
            problems.append(_unwritten(path, error))
        else:
            if found:
                print_lines(*diff(path, found.old, found.new))
                summaries[path] = summary(found.lines)
    print_lines(*_said(summaries, is_dry=options.dry_run))
    print_warnings(left)
    if problems:
        print_error(*map(str, problems), "Ці файли лишилися як були.")
    return EXIT_REFUSED if problems else EXIT_OK


def _fix_staged(options: Options) -> int:
    """For the hook: the pictures that are about to be committed. What can't be cleaned the check refuses after it."""
    from hromada.commands.git_index import clean_staged
    from hromada.system.git import GitFailed

    if options.dry_run or options.file or options.content != options.root / "content":
        print_error("STAGED=1 бере все, що додано до коміту, і змінює його: без CONTENT, FILE і DRY_RUN")
        return EXIT_REFUSED
    try:
        done = clean_staged(options.root)
    except (GitFailed, FileNotFoundError) as error:
        print_error(f"Світлини, додані до коміту, не перевірено: {error}")
        return EXIT_FAILED
    for path, words in done.cleaned.items():
        print_lines(f"{path}: {words}")
    for path, words in done.refused.items():
        print_error(f"{path}: дані про місце не прибрано: {words}")
    if done.is_partial:
        print_error("Світлини в теці очищено. Повторіть ту саму команду git commit: вона візьме вже чисті.")
        return EXIT_REFUSED
    return EXIT_OK


def _unfit(path: str, file: ScannedFile) -> Problem | None:
    """Why a file is not even opened: it is none, or the check refuses it for its size."""
    limit = limit_of(path)
    if file.oddity:
        return odd(path, file.oddity)
    if limit and file.stamp and file.stamp[0] > limit:
        return Problem(path, 1, "file-too-large", "файл завеликий", f"можна до {limit // MEGABYTE} МБ; поділіть його")
    return None


def _unwritten(path: str, error: OSError) -> Problem:
    if isinstance(error, NotRegular):
        return odd(path, error.oddity)
    return Problem(path, 1, "unreadable", f"файл не вдалося виправити ({describe_error(error)})", advice(error))


def _uncleaned(path: str, refused: CleaningRefused) -> Problem:
    code = "picture-place" if is_picture(path) else "attachment-place" if refused.is_error else "attachment-metadata"
    level = Level.ERROR if refused.is_error else Level.WARNING
    message = f"дані, які файл несе з собою, не прибрано: {refused}"
    return Problem(path, 1, code, message, "замініть його чистою копією", level)


def _is_ours(path: str) -> bool:
    """Markdown in its place, registers' tables, old addresses, pictures and documents; what was approved is never touched."""
    if is_cleaned(path):
        return True
    if path.startswith(APPROVED):
        return False
    if path.endswith(".md"):
        return place_of(path) is not None
    is_register = path.startswith("content/registers/") and path.casefold().endswith(".csv")
    return is_register or path == REDIRECTS


def _wanted(options: Options) -> dict[str, ScannedFile]:
    """The files that FILE names, by itself or by its folder; all of them without it. What is no file stands among them."""
    if not options.content.is_dir():
        raise FixRefused(f"теки «{options.content}» немає, перевірте CONTENT")
    ours = {path: one for path, one in walk(options.content).items() if one.oddity or _is_ours(path)}
    handbook = Handbook(options.root, options.settings().handbook)
    ours |= {path: ScannedFile(str(options.root / path), None, str(options.root)) for path in handbook.pictures}
    if not options.file:
        return ours
    path = _content_name(options)
    if path.startswith(APPROVED):
        raise FixRefused(f"FILE={options.file}: затверджених звітів команда не змінює")
    found = {name: one for name, one in ours.items() if name == path or name.startswith(f"{path.rstrip('/')}/")}
    if not found:
        advice = did_you_mean(path, ours) or "напишіть, наприклад: FILE=content/news/2021/2021-07-05-x.md"
        raise FixRefused(
            f"FILE={options.file}: немає такого тексту (.md), журналу (.csv), світлини чи документа, {advice}"
        )
    return found


def _content_name(options: Options) -> str:
    """FILE as the walk names it, whether it starts at the content, at the project or at the disk's root."""
    given = Path(os.path.expanduser(options.file))
    for base in (options.content.parent, options.root, options.content):
        name = os.path.relpath(base / given, options.content).replace(os.sep, "/")
        if os.path.lexists(base / given) and not name.startswith(".."):
            return "content" if name == "." else to_nfc(f"content/{name}")
    return to_nfc(options.file.replace("\\", "/"))


def _write(file: RegularFile, data: bytes, *, is_dry: bool) -> None:
    if not is_dry:
        replace_whole(file, data)


def _fix_file(path: str, file: RegularFile, *, is_dry: bool) -> Fixed | None:
    """The file's mending, written unless it is only to be shown; None when nothing is to be mended."""
    found = fixed(path, file.read())
    if found is None:
        return None
    _write(file, found.data, is_dry=is_dry)
    return found


def fixed(path: str, raw: bytes) -> Fixed | None:
    """What the bytes of a file become; None when they are in order. Undecided when they are no sure text."""
    is_table = not path.endswith(".md")
    decoded = decode_surely(raw, _WORDS, is_table=is_table)
    new, lines = apply_table_fixes(decoded.text) if is_table else apply_fixes(decoded.text, KEYS)
    data = new.encode()
    if data == raw:
        return None
    return Fixed(data, decoded.text, new, {**dict.fromkeys(decoded.mended, 0), **lines})


def _said(summaries: Mapping[str, str], *, is_dry: bool) -> Iterator[str]:
    if not summaries:
        yield "Виправляти нічого."
        return
    yield from (f"{path}: {words}" for path, words in summaries.items())
    files = NOUNS["файл"].counted(len(summaries), Case.ACCUSATIVE)
    if is_dry:
        yield f"Можна виправити {files}. Нічого не записано: DRY_RUN=1."
    else:
        yield f"Виправлено {files}. Перегляньте зміни (git diff; вийти з перегляду – q) і запустіть make check."
