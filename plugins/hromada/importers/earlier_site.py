"""`make import-site`: an earlier site's items, files and addresses come into the content, each once, checked before.

The source is read twice, its texts never held together: once for what there is, once to write. New files are laid
aside first and the content is checked with them, as `make check` would; what it would refuse is not written.
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
from hromada.system.regular_files import RegularFile


def import_site(options: Options) -> int:
    """Bring the earlier site at FILE into the content; says what it did and what it could not."""
    return with_import_lock(options, _import)


def _import(options: Options) -> int:
    if not options.file:
        print_error("не вказано FILE: файл експорту WordPress, стрічки RSS чи Atom або тека Pelican")
        return EXIT_REFUSED
    path = Path(options.file)
    try:
        source = open_source(path, options.zone)
        index = SourceIndex()
        for found in source.found():
            index.take(found)
    except SourceRefused as refused:
        print_error(f"{path.name}:{refused.line}: {refused}, {refused.fix}. Нічого не записано.")
        return EXIT_REFUSED
    with tempfile.TemporaryDirectory(prefix="import-site-") as skipped:
        work = Conversion(options, source, index, Path(skipped))
        if faults := [str(error) for error in work.trial.before.errors if error.path == REDIRECTS]:
            print_error(
                *faults, "Спершу виправте content/redirects.csv: за ним видно, що вже перенесено. Нічого не записано."
            )
            return EXIT_REFUSED
        work.convert()
        if not options.dry_run and (fault := _write(work)):
            print_error(fault, "Перенесено не все. Коли виправите, запустіть ще раз: того самого двічі не буде.")
            return EXIT_REFUSED
        return _tell(work)


def _write(work: Conversion) -> str:
    """Files first, then what refers to them, then the old addresses: a run that is cut short is gone on with.

    Where the disk refuses one, the rest is left and the reason returned.
    """
    content, path = work.options.content, ""
    try:
        for path, file in work.new_files().items():
            place = RegularFile(str(content), path.removeprefix("content/"))
            if not os.path.lexists(place.path):  # somebody may have been quicker
                atomic_write(place, file.read())
        if work.pages.rows:
            path, redirects = REDIRECTS, RegularFile(str(content), "redirects.csv")
            atomic_write(redirects, append_redirects(text_of(redirects), work.pages.rows).encode())
    except OSError as error:
        return str(unwritable(path, error))
    return ""


def _tell(work: Conversion) -> int:
    refused = [f"{one.item.place}: {one.why}" for one in work.planned if one.action is ImportAction.REFUSED]
    refused += work.files.refused
    if refused:
        print_error(*refused)
    print_lines(*format_summary(_outcome(work), dry=work.options.dry_run))
    return EXIT_REFUSED if refused else EXIT_OK


def _outcome(work: Conversion) -> ImportOutcome:
    outcome = ImportOutcome(f"{work.source.title}: {Path(work.options.file).name}", work.planned)
    if work.index.site.title:
        outcome.title += f", «{work.index.site.title}»"
    outcome.left = dict(work.index.left)
    for skipped in work.asides:
        outcome.unconverted.update(skipped.unconverted)
        outcome.missing += skipped.used.missing
        outcome.outside += skipped.used.outside
    _count_files(work, outcome)
    outcome.redirects, outcome.queries = len(work.pages.rows), work.pages.queries
    outcome.impossible = work.pages.impossible
    outcome.warnings = [str(warning) for warning in work.warnings]
    return outcome


def _count_files(work: Conversion, outcome: ImportOutcome) -> None:
    """Every file once: those of the source's own list, and what texts refer to beside it."""
    plan = work.files.plan
    outcome.files.new = len(work.asides.attached())
    outcome.files.present = len(plan.present)
    if work.source.takes_all:
        outcome.files.refused = sum(not path for path in plan.planned.values()) + len(work.source.odd)
        return
    lacking = [
        attachment.url
        for attachment in work.index.attachments.values()
        if not plan.place(plan.uploaded(attachment.url))
    ]
    outcome.files.refused = len(lacking)
    outcome.missing += lacking
