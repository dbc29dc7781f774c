"""`make import-site`: imports an earlier site's items, files and addresses, each once, checked before it is written.

The source is read twice, once for an index and once to convert, since its texts need not fit into memory. New files are
staged, and the content is checked with them as by `make check`; what it would refuse is not written.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options
from hromada.domain.redirect import REDIRECTS
from hromada.importers.import_lock import with_import_lock
from hromada.importers.site_conversion import Conversion, text_of
from hromada.importers.site_source import open_source
from hromada.importing.site.import_plan import ImportAction, append_redirects
from hromada.importing.site.old_item import SourceIndex, SourceRefused
from hromada.importing.site.site_summary import ImportOutcome, format_summary
from hromada.system.atomic_files import atomic_write
from hromada.system.disk_errors import unwritable
from hromada.system.regular_files import content_file


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
        f"{planned_item.item.place}: {planned_item.why}"
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
