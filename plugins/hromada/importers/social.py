"""`make import-social`: reads the export and the register, writes the register's new rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hromada.build.content_steps import file_cache_of
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options
from hromada.content.folder_reader import Content, load_content
from hromada.conversion.social.attribution import ACCOUNTS, attribute
from hromada.conversion.social.import_summary import format_summary
from hromada.conversion.social.merging import FOLDER, MergeResult, NewRow, append_rows, group_by_file, merge
from hromada.conversion.social.publication import ImportRefused, refusal
from hromada.conversion.social.recognition import read_export
from hromada.conversion.social.times import refuse_wrong_zone
from hromada.domain.entry import Entry
from hromada.domain.problem import Level, Problem
from hromada.importers.export_archive import Export
from hromada.importers.staging import with_import_lock
from hromada.reading.register_rows import SOCIAL
from hromada.reading.registers import read_register_file
from hromada.system.atomic_files import atomic_write
from hromada.system.disk_errors import advice, describe_error, is_there, unwritable
from hromada.system.regular_files import content_file


def import_social(options: Options) -> int:
    """Import an export into the register; exit status 0, or 2 if anything was refused.

    Unreadable records are listed and the others imported, since nobody can repair a network's file by hand; a second run
    adds only what is missing. A file that is broken as a whole is refused.
    """
    return with_import_lock(options, _import_or_refuse)


def _import_or_refuse(options: Options) -> int:
    try:
        return _import(options)
    except ImportRefused as refused:
        print_error(*map(str, refused.problems), "Нічого не перенесено.")
    return EXIT_REFUSED


def _import(options: Options) -> int:
    path = _path(options.file)
    content = load_content(
        options.content,
        options.settings(),
        file_cache_of(options),
        ignore_mtimes=options.ignore_mtimes,
        jobs=options.jobs,
    )
    refuse_unsound(content.problems)
    try:
        export = Export(path)
        reading = read_export(export.files(), export.display_name, alone=export.is_alone, zone=options.zone)
    except OSError as error:
        raise refusal(
            path.name, 1, "import-broken", f"не читається ({describe_error(error)})", advice(error)
        ) from error
    reading.left.update(export.unopened)
    reading.exclude_future(options.clock)
    attributed = attribute(reading, content.site.accounts, options.account)
    existing = register_entries(content)
    refuse_wrong_zone(attributed, existing)
    merged = merge(attributed, existing)
    files = files_with(content, merged.new)
    if not options.dry_run and (fault := write_files(options.content, files)):
        print_error(str(fault), "Перенесено не все. Коли виправите, запустіть ще раз: того самого двічі не буде.")
        return EXIT_REFUSED
    note_networks(reading.notes, merged)
    print_lines(
        *format_summary(reading, merged, {name: len(rows) for name, (_, rows) in files.items()}, dry=options.dry_run)
    )
    if reading.failed:
        print_error(*map(str, reading.failed))
    return EXIT_REFUSED if reading.failed else EXIT_OK


def write_files(content: Path, files: Mapping[str, tuple[bytes, list[NewRow]]]) -> Problem | None:
    """Write the files, each atomically; the problem of the first that can't be written."""
    for name, (data, _) in files.items():
        try:
            atomic_write(content_file(content, name), data)
        except OSError as error:
            return unwritable(name, error)
    return None


def _path(value: str) -> Path:
    if not value:
        raise refusal("FILE", 1, "import-format", "не вказано, що перенести", "напишіть make import-social FILE=шлях")
    path = Path(value)
    if not is_there(path):
        raise refusal(
            "FILE", 1, "import-format", f"файлу «{value}» немає", "перевірте шлях; шлях із пробілами візьміть у лапки"
        )
    return path


def refuse_unsound(problems: Iterable[Problem]) -> None:
    """ImportRefused if a register can't be read: then the present rows are unknown."""
    unsound = [
        problem
        for problem in problems
        if problem.level is Level.ERROR
        and (
            problem.path == ACCOUNTS
            or problem.path.startswith(f"{FOLDER}/")
            or f"{FOLDER}/".startswith(f"{problem.path}/")
        )
    ]
    if unsound:
        raise ImportRefused(unsound)


def register_entries(content: Content) -> list[Entry]:
    """The rows of the social register."""
    return [entry for entry in content.site.rows if entry.source == f"register:{SOCIAL}"]


def files_with(content: Content, new: Sequence[NewRow]) -> dict[str, tuple[bytes, list[NewRow]]]:
    """The register's files with their new contents and the rows added to each."""
    existing = {}
    for path in content.scanned:
        if path.startswith(f"{FOLDER}/"):  # a name with capital letters is another's, and the same file on Windows
            existing[path.casefold()] = content.read(path) if path == path.casefold() else b""
    files = {}
    for proposed_name, rows in group_by_file(new).items():
        name, data = append_rows(proposed_name, rows, existing)
        _assert_readable(content, name, data, rows)
        files[name] = data, rows
    return files


def _assert_readable(content: Content, name: str, data: bytes, rows: list[NewRow]) -> None:
    """Assert that the register's reader reads back the rows, before any file is changed."""
    entries, problems = read_register_file(SOCIAL, name, data, content.site.accounts)
    expected = [(row.when, row.account.id, row.network, row.kind.value, row.id) for row in rows]
    actual = [
        (entry.when, entry.traits["account"], entry.traits["network"], entry.traits["kind"], entry.id)
        for entry in entries[-len(rows) :]
    ]
    faults = [problem for problem in problems if problem.level is Level.ERROR]
    assert not faults, f"{name}: {faults[:3]}"
    assert actual == expected, f"{name} would be read differently"


def note_networks(notes: list[str], merged: MergeResult) -> None:
    for account, network in sorted(
        {(row.account.id, row.network) for row in merged.new if row.network not in row.account.networks}
    ):
        notes.append(f"{ACCOUNTS}: сторінка «{account}» не має мережі {network}, допишіть її до networks = […]")
