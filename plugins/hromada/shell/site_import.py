"""`make import-site`: an earlier site's items, files and addresses come into the content, each once, checked before.

The source is read twice, its texts never held together: once for what there is, once to write. New files are laid
aside first and the content is checked with them, as `make check` would; what it would refuse is not written.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hromada.checks.redirects import follow_redirects
from hromada.checks.rules import RESERVED
from hromada.domain.problem import Level, Problem
from hromada.domain.redirect import REDIRECTS
from hromada.importing.site.addresses import OldAddresses
from hromada.importing.site.old_item import OldItem, SourceRefused, Survey
from hromada.importing.site.our_file import our_file
from hromada.importing.site.planning import Fate, OldPages, Planned, Present, old_pages, pages_by_key, plan
from hromada.importing.site.redirect_rows import with_rows
from hromada.importing.site.references import References, Used
from hromada.importing.site.summary import Outcome, told
from hromada.reading.redirects import read_redirects
from hromada.reading.text import decode_table
from hromada.shell.building import edition_of, memory_of
from hromada.shell.call import Call
from hromada.shell.disk_errors import why
from hromada.shell.edition import Edition
from hromada.shell.files_at_hand import FilesAtHand
from hromada.shell.import_turns import in_turn
from hromada.shell.memory import Memory
from hromada.shell.site_source import Source, open_source
from hromada.shell.speaking import DONE, REFUSED, complain, say
from hromada.shell.walking import Seen, walk
from hromada.shell.whole_files import write_whole


def import_site(call: Call) -> int:
    """Bring the earlier site at FILE into the content; says what it did and what it could not."""
    return in_turn(call, _import)


def _import(call: Call) -> int:
    if not call.file:
        complain("не вказано FILE: файл експорту WordPress, стрічки RSS чи Atom або тека Pelican")
        return REFUSED
    path = Path(call.file)
    try:
        source = open_source(path)
        survey = Survey()
        for found in source.found():
            survey.take(found)
    except SourceRefused as refused:
        complain(f"{path.name}:{refused.line}: {refused}, {refused.fix}. Нічого не записано.")
        return REFUSED
    with tempfile.TemporaryDirectory(prefix="import-site-") as aside:
        work = _Work(call, source, survey, Path(aside))
        if faults := [str(one) for one in work.before.errors if one.path == REDIRECTS]:
            complain(
                *faults, "Спершу виправте content/redirects.csv: за ним видно, що вже перенесено. Нічого не записано."
            )
            return REFUSED
        work.convert()
        if not call.dry_run and (fault := work.write()):
            complain(fault, "Перенесено не все. Коли виправите, запустіть ще раз: того самого двічі не буде.")
            return REFUSED
        outcome = work.outcome()
        refused_items = [f"{one.item.place}: {one.why}" for one in outcome.planned if one.fate is Fate.REFUSED]
        if refused_items or work.files.refused:
            complain(*refused_items, *work.files.refused)
        say(*told(outcome, dry=call.dry_run))
    return REFUSED if refused_items or work.files.refused else DONE


@dataclass(slots=True)
class _Aside:
    """One item's new file, laid aside until it has been checked."""

    file: Path
    used: Used
    lost: dict[str, int]


@dataclass
class _Work:
    """One import, step by step."""

    call: Call
    source: Source
    survey: Survey
    folder: Path
    planned: list[Planned] = field(init=False)
    asides: dict[int, _Aside] = field(default_factory=dict)  # by the item's number in the survey
    warnings: list[Problem] = field(default_factory=list)
    pages: OldPages = field(default_factory=OldPages)

    def __post_init__(self) -> None:
        content = self.call.content
        if not content.is_dir():
            content = self.folder / "empty"
            content.mkdir()
        self.content = content
        self.memory: Memory = memory_of(self.call)
        self.seen = walk(content)
        self.before = self._edition({})
        self.present = _present(self.before, self.seen)
        self.old = OldAddresses(self.survey.site.addresses)
        self.planned = plan(self.survey, self.present, RESERVED)
        self.files = FilesAtHand(self.source, self.seen)

    # --- converting and checking ----------------------------------------------------------------------------------

    def convert(self) -> None:
        """Lay every new file aside, then refuse those with which the content would have errors, until it has none."""
        stale = {number for number, one in enumerate(self.planned) if one.fate is Fate.NEW}
        self._lay_aside(stale)
        edition = self._edition(self._new_files())
        while refused := self._refuse_faulty(edition):
            self._lay_aside(
                {number for number, aside in self.asides.items() if (aside.used.items | aside.used.files) & refused}
            )
            edition = self._edition(self._new_files())
        new = {one.named.path for one in self.planned if one.fate is Fate.NEW}
        self.warnings = [one for one in edition.problems if one.level is Level.WARNING and one.path in new]
        addresses = {item.path: item.address for item in edition.site.items}
        self.pages = old_pages(self.planned, addresses, self.present)
        self._drop_faulty_rows(edition)

    def _lay_aside(self, wanted: set[int]) -> None:
        """Make the files of these items; trees of HTML hold themselves, so garbage is looked for, which commands don't."""
        was_enabled = gc.isenabled()
        gc.freeze()
        gc.enable()
        try:
            self._make_files(wanted)
        finally:
            if not was_enabled:
                gc.disable()
            gc.unfreeze()

    def _make_files(self, wanted: set[int]) -> None:
        keys = pages_by_key((one for one in self.planned if one.is_linkable(self.call.clock, self.present)), self.old)
        items = (found for found in self.source.found() if isinstance(found, OldItem))
        for number, found in enumerate(items):
            if number in wanted:
                self.asides[number] = self._aside(number, found, keys)
            elif self.source.files and self.planned[number].fate is Fate.PRESENT:
                self._aside(number, found, keys)  # for its files alone: they are here already, and counted

    def _aside(self, number: int, item: OldItem, keys: dict[str, str]) -> _Aside:
        path = self.planned[number].named.path
        references = References(
            item, path, self.old, self.files.plan, self.survey.attachments, lambda key: keys.get(key, "")
        )
        made = our_file(item, references)
        file = self.folder / f"{number}.md"
        file.write_bytes(made.text.encode())
        return _Aside(file, references.used, dict(made.lost))

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
            del self.asides[by_path[path]]
        return gone | refused.keys()

    def _new_files(self) -> dict[str, Path]:
        new = {self.planned[number].named.path: aside.file for number, aside in self.asides.items()}
        return new | self._files_to_write()

    def _files_to_write(self) -> dict[str, Path]:
        used = {path for aside in self.asides.values() for path in aside.used.files}
        return dict(self.files.to_write(used | {self.files.plan.place(name) for name in self._attached()}))

    def _attached(self) -> list[str]:
        """The files at hand that the earlier site lists itself."""
        names = (self.files.plan.uploaded(one.url) for one in self.survey.attachments.values())
        return [name for name in names if name]

    def _edition(self, new: dict[str, Path]) -> Edition:
        """The content with new files among its own; a file that lies elsewhere is read where it lies."""
        seen = dict(self.seen)
        for path, file in new.items():
            state = file.stat()
            seen[path] = Seen(os.fspath(file), (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))
        call = self.call.with_changes(content=self.content)
        edition = edition_of(call, self.memory, seen=dict(sorted(seen.items())))
        self.memory.files |= edition.content.known  # for the next look, in this process alone
        return edition

    def _drop_faulty_rows(self, edition: Edition) -> None:
        """Rows for which the check has no page, or that would hide one."""
        before = self._new_files().get(REDIRECTS) or self.content / "redirects.csv"
        first = with_rows(_text(before), []).count("\n") + 1
        redirects, problems = read_redirects(with_rows(_text(before), self.pages.rows).encode())
        problems += follow_redirects(redirects, edition.site.items, edition.linker.targets)[1]
        faulty = {one.line: one for one in problems if one.line >= first}
        rows = [(row, faulty.get(line)) for line, row in enumerate(self.pages.rows, first)]
        self.pages.impossible += [(row[0], problem.message) for row, problem in rows if problem]
        self.pages.rows = [row for row, problem in rows if not problem]

    # --- writing ------------------------------------------------------------------------------------------------

    def write(self) -> str:
        """Files first, then what refers to them, then the old addresses: a run that is cut short is gone on with.

        Where the disk refuses one, the rest is left and the reason returned.
        """
        path = ""
        try:
            for path, file in self._new_in_order():
                target = self.call.content / path.removeprefix("content/")
                if not target.exists():  # somebody may have been quicker
                    write_whole(target, file.read_bytes())
            if self.pages.rows:
                path = REDIRECTS
                file = self.call.content / "redirects.csv"
                write_whole(file, with_rows(_text(file), self.pages.rows).encode())
        except OSError as error:
            return str(
                Problem(path, 1, "unreadable", f"файл не вдалося записати ({why(error)})", "перевірте права та диск")
            )
        return ""

    def _new_in_order(self) -> Iterator[tuple[str, Path]]:
        yield from self._files_to_write().items()
        yield from ((self.planned[number].named.path, aside.file) for number, aside in self.asides.items())

    def outcome(self) -> Outcome:
        outcome = Outcome(f"{self.source.title}: {Path(self.call.file).name}", self.planned)
        if self.survey.site.title:
            outcome.title += f", «{self.survey.site.title}»"
        outcome.left = dict(self.survey.left)
        for aside in self.asides.values():
            outcome.lost.update(aside.lost)
            outcome.missing += aside.used.missing
            outcome.outside += aside.used.outside
        self._count_files(outcome)
        outcome.redirects, outcome.queries, outcome.impossible = (
            len(self.pages.rows),
            self.pages.queries,
            self.pages.impossible,
        )
        outcome.warnings = [str(one) for one in self.warnings]
        return outcome

    def _count_files(self, outcome: Outcome) -> None:
        """Every file once: those of the source's own list, and what texts refer to beside it."""
        plan = self.files.plan
        outcome.files.new = len(self._files_to_write())
        outcome.files.present = len(plan.present)
        if self.source.takes_all:
            outcome.files.refused = sum(not path for path in plan.planned.values())
            return
        lacking = [one.url for one in self.survey.attachments.values() if not plan.place(plan.uploaded(one.url))]
        outcome.files.refused = len(lacking)
        outcome.missing += lacking


def _present(edition: Edition, seen: dict[str, Seen]) -> Present:
    """What the content has already."""
    site = edition.site
    return Present(
        {item.address.casefold(): item.path for item in site.items if item.address},
        frozenset(path.casefold() for path in seen),
        frozenset(item.path for item in edition.all_built),
        {one.file.casefold(): f"content/{one.target.removeprefix('content/').lstrip('/')}" for one in site.redirects},
    )


def _text(file: Path) -> str:
    """The text of redirects.csv, empty without one."""
    return decode_table(file.read_bytes()) if file.is_file() else ""
