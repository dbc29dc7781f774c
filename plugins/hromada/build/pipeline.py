"""From a call to a built folder: is anything new, read, check, bring the outputs up to date.

What reads and draws is imported only when something is new.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import Case, grouped
from hromada.domain.problem import Problem
from hromada.system.digest import digest_of
from hromada.console.options import Call
from hromada.system.disk_errors import Hindered, odd
from hromada.build.fingerprint import inputs_digest, is_current, running_code
from hromada.content.handbook_files import Handbook
from hromada.build.manifest import Ledger, taking_turns
from hromada.console.folders import misplaced_output
from hromada.publish.public_build import PublicBuild
from hromada.console.progress import Teller, Told, untold
from hromada.system.regular_files import Oddity, odd_below
from hromada.console.messages import DONE, FAILED, REFUSED, complain, print_refusal, say, seconds, shown, warn
from hromada.storage.cache_cleanup import note_folder, put_stale_away
from hromada.system.scan import Seen, seen_again, walk
from hromada.system.workers import usable

if TYPE_CHECKING:
    from hromada.build.prefork import Ahead
    from hromada.build.incremental import Done
    from hromada.content.snapshot import Edition
    from hromada.content.file_cache import Memory
    from hromada.build.render_job import Places


@dataclass(slots=True)
class Resident:
    """What a process that builds again and again keeps in its memory."""

    memory: Memory
    ledger: Ledger
    has_looked: bool = False  # at the output folder: after that only we write there
    seen: dict[str, Seen] = field(default_factory=dict)  # the content of the last build
    is_sure: bool = True  # that it was all, since we walked through the folder ourselves

    def catch_up(self) -> None:
        """Forget what is no longer so, when another process has written into the folder meanwhile."""
        if not self.ledger.is_latest:
            self.ledger, self.has_looked = Ledger(self.ledger.folder, self.ledger.cache), False

    def look(self, content: Path, saved: Sequence[Path]) -> dict[str, Seen]:
        """The content folder; one who watches says what was `saved`: a walk is a third of the time to the page (measured)."""
        again = seen_again(self.seen, content, saved) if saved and self.seen else None
        self.is_sure = again is None
        self.seen = again or _seen_in(content)
        return self.seen

    def is_out_of_date(self, content: Path) -> bool:
        """Whether the folder holds something else than the last build was made from."""
        self.is_sure = True
        try:
            return _seen_in(content) != self.seen
        except OSError:  # the build will say what is wrong
            return True


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended, what is wrong with the content, whether a file was written or removed."""

    status: int
    problems: tuple[Problem, ...] = ()
    has_changed: bool = False


def _seen_in(content: Path) -> dict[str, Seen]:
    return walk(content) if content.is_dir() else {}


def build(call: Call, resident: Resident | None = None, saved: Sequence[Path] = ()) -> Built:
    """Check and build; says what it did. `saved`: all that has changed since the resident process's last build."""
    if fault := misplaced_output(call.root, call.content, call.output):
        complain(fault)
        return Built(REFUSED)
    try:
        with taking_turns(call.output, call.cache, _say_waiting):
            return _build(call, resident, saved)
    except Hindered as hindered:
        complain(str(hindered))
        return Built(FAILED)


def _say_waiting() -> None:
    say("Чекаю: сайт у цю саму теку зараз будує інша команда…")


def _build(call: Call, resident: Resident | None, saved: Sequence[Path]) -> Built:
    start = time.monotonic()
    if resident:
        resident.catch_up()
    ledger = resident.ledger if resident else Ledger(call.output, call.cache)
    if (call.reread or not ledger.files) and (found := odd_below(call.output)):
        return _odd_output(call, found)
    teller = Teller()
    with contextlib.closing(teller), _ahead(call, ledger, wanted=resident is None and bool(ledger.files)) as ahead:
        seen = resident.look(call.content, saved) if resident else _seen_in(call.content)
        # A resident process builds because something has changed; who rereads wants to know it from the bytes.
        inputs = "" if resident or call.reread else inputs_of(call, seen)
        if is_current(ledger, inputs, call.clock, ahead.moved if ahead else ledger.moved):
            return _unchanged(call)
        memory = resident.memory if resident else memory_of(call)
        edition = edition_of(call, memory, seen=seen, told=teller.tell)
        problems = tuple(edition.problems)
        if resident and _clean_pictures(edition):
            edition.remember()
            return _build(call, resident, ())
        if edition.errors:
            edition.remember()
            if resident and not resident.is_sure and resident.is_out_of_date(call.content):
                return _build(call, resident, ())  # half of a change was told: what it names may be there by now
            return Built(print_refusal(problems, "text"), problems)
        warn(edition.problems)
        moved = frozenset[str]() if resident and resident.has_looked else None
        try:
            done = update(call, edition, ledger, inputs, ahead=ahead, moved=moved, told=teller.tell)
        finally:
            edition.remember()  # after the pages: whoever waits for them waits for nothing else
    if resident:
        resident.has_looked = True
    if done.is_nothing:
        return Built(DONE, problems) if resident else _unchanged(call, problems)
    put_stale_away(call.cache)
    say(f"{shown(call.output, call.root)}: {_told(done)} за {seconds(time.monotonic() - start)}")
    say_what_waits(edition)
    return Built(DONE, problems, has_changed=True)


def _clean_pictures(edition: Edition) -> bool:
    """A photo put into the folder loses the place where it was taken before the site is shown; whether one did."""
    placed = sorted({one.path for one in edition.problems if one.code in ("picture-place", "picture-place-name")})
    if not placed:
        return False
    from hromada.content.metadata_removal import CleaningRefused, clean_in_place

    has_cleaned = False
    for path in placed:
        try:
            words = clean_in_place(path, edition.pictures.file_of(path))
        except (CleaningRefused, OSError):
            continue  # the problem says what to do, or the next change tries again
        say(f"{path}: {words}")
        has_cleaned = True
    return has_cleaned


def _odd_output(call: Call, found: Sequence[tuple[str, Oddity]]) -> Built:
    """A preview's archive would follow them; in a folder that is new to us they are somebody's, so none is removed."""
    problems = tuple(odd(f"{shown(call.output, call.root)}/{name}", oddity) for name, oddity in found)
    return Built(print_refusal(problems, "text"), problems)


def _unchanged(call: Call, problems: tuple[Problem, ...] = ()) -> Built:
    say(f"Нічого не змінилося: сайт у {shown(call.output, call.root)} уже такий.")
    return Built(DONE, problems)


def _told(done: Done) -> str:
    """«оновлено 4 сторінки з 16 214 і 2 файли, прибрано 1»."""
    said = f"оновлено {NOUNS['сторінка'].counted(done.pages, Case.ACCUSATIVE)} з {grouped(done.total)}"
    said += f" і {NOUNS['файл'].counted(done.files, Case.ACCUSATIVE)}" if done.files else ""
    return f"{said}, прибрано {grouped(done.removed)}" if done.removed else said


def _makers(call: Call) -> str:
    """Everything that draws, but the theme: the running code, and what the settings files say beside HROMADA."""
    files = [call.root / name for name in dict.fromkeys((call.conf, "pelicanconf.py"))]
    raw = b"".join(file.read_bytes() for file in files if file.is_file())
    return digest_of(running_code(call.root).encode() + raw)


def inputs_of(call: Call, seen: Mapping[str, Seen]) -> str:
    """A digest of everything that shapes the site, its files by their stamps."""
    settings = call.settings()
    settings_and_handbook = f"{settings!r} {call.conf} {Handbook(call.root, settings.handbook).digest}"
    return inputs_digest(seen, call.theme, _makers(call), settings_and_handbook)


def memory_of(call: Call) -> Memory:
    """What is remembered of the call's content; addresses of pictures stand there, so each address remembers apart."""
    from hromada.content.file_cache import Memory

    settings = call.settings()
    shaping = f"{os.path.relpath(call.content, call.root)}\0{settings.base}\0{settings.picture_widths}"
    name = digest_of(shaping.encode())[:16]
    store = call.cache / f"files-{name}.sqlite"
    note_folder(store, call.content)
    return Memory(store, running_code(call.root))


def edition_of(
    call: Call, memory: Memory | None = None, *, seen: dict[str, Seen] | None = None, reread: bool = False,
    told: Told = untold,
) -> Edition:  # fmt: skip
    """The content as read and checked; `reread`: no file's stamp is trusted."""
    from hromada.content.checking import prepare

    return prepare(
        call.content, call.settings(), call.clock, call.cache, memory or memory_of(call), root=call.root, theme=call.theme,
        seen=seen, reread=reread or call.reread, jobs=call.jobs, told=told,
    )  # fmt: skip


def say_what_waits(edition: Edition) -> None:
    """The build ends with what is written but not published yet: nobody wonders where it is."""
    from hromada.report.count.scheduled import scheduled_lines

    if lines := scheduled_lines(edition.site.scheduled(edition.clock)):
        say(*lines)
    if edition.withheld:
        say(
            "Не опубліковано, бо потрібні лише неопублікованим матеріалам:",
            *(f"  {name}" for name in sorted(edition.withheld)),
        )


@contextlib.contextmanager
def _ahead(call: Call, ledger: Ledger, *, wanted: bool) -> Iterator[Ahead | None]:
    """A process that gets ready to draw a few pages, where there is a core for it."""
    if not wanted or call.jobs == 1 or usable(call.jobs) == 1:
        yield None
        return
    from hromada.build.prefork import Ahead

    ahead = Ahead(ledger, places_of(call))
    try:
        yield ahead
    finally:
        ahead.close()


def places_of(call: Call) -> Places:
    from hromada.build.render_job import Places

    return Places(call.root, call.conf, call.content, call.output, call.theme, call.cache)


def update(
    call: Call, edition: Edition, ledger: Ledger | None = None, inputs: str = "", *, ahead: Ahead | None = None,
    moved: frozenset[str] | None = None, owned: bool = False, told: Told = untold,
) -> Done:  # fmt: skip
    """Make the output folder that of an edition without errors; an exception means that we are at fault."""
    from hromada.build.incremental import bring_up_to_date

    ledger = ledger or Ledger(call.output, call.cache)
    code = _makers(call)
    return bring_up_to_date(
        edition, places_of(call), ledger, code, inputs, jobs=call.jobs, ahead=ahead, moved=moved, owned=owned, told=told,
        meanwhile=edition.remember,
    )  # fmt: skip


def build_for_publishing(call: Call) -> PublicBuild:
    """The production build from every file's bytes, looked through link by link; what is not ours in its folder goes."""
    from hromada.publish.approval_history import rewritten
    from hromada.publish.link_check import broken_links

    teller = Teller()
    with contextlib.closing(teller):
        edition = edition_of(call, reread=True, told=teller.tell)
        if edition.errors:
            return PublicBuild(tuple(edition.problems), tuple(edition.errors))
        warn([*edition.problems, *rewritten(call.content, edition.content.approvals.values())])
        try:
            with taking_turns(call.output, call.cache, _say_waiting):
                update(call, edition, owned=True, told=teller.tell)
        finally:
            edition.remember()
    say_what_waits(edition)
    broken = broken_links(call.output, call.settings().base)
    return PublicBuild(broken=tuple(broken), moved={one.file: one.target for one in edition.moved})


def publishing_build_status(call: Call) -> int:
    """The same for a publication, with words about what stops it."""
    try:
        built = build_for_publishing(call)
    except Hindered as hindered:
        complain(str(hindered))
        return FAILED
    if built.errors:
        return print_refusal(built.problems, "text")
    if built.broken:
        complain(*built.broken, f"У побудованому сайті є посилання в нікуди: {len(built.broken)}. Не опубліковано.")
        return FAILED
    return DONE
