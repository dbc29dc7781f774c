"""From a call to a built folder: is anything new, read, check, bring the outputs up to date.

What reads and draws is imported only when something is new.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from hromada.domain.nouns import NOUNS
from hromada.domain.numerals import Case, grouped
from hromada.shell.blobs import digest_of
from hromada.shell.call import Call
from hromada.shell.freshness import code_digest, inputs_digest, is_current
from hromada.shell.ledger import Ledger
from hromada.shell.speaking import DONE, FAILED, complain, print_refusal, say, seconds, shown, warn
from hromada.shell.walking import Seen, walk

if TYPE_CHECKING:
    from hromada.shell.ahead import Ahead
    from hromada.shell.drawing import Done
    from hromada.shell.edition import Edition
    from hromada.shell.share import Places


def build(call: Call) -> int:
    """Check and build; says what it did."""
    start = time.monotonic()
    seen = walk(call.content) if call.content.is_dir() else {}
    inputs = inputs_of(call, seen)
    ledger = Ledger(call.output, call.cache)
    if is_current(ledger, inputs, call.clock):
        return _say_unchanged(call)
    with _ahead(call, ledger) as ahead:
        edition = edition_of(call, seen=seen)
        if edition.errors:
            return print_refusal(edition.problems, "text")
        warn(edition.problems)
        done = update(call, edition, ledger, inputs, ahead=ahead)
    if not done.changed and not done.removed:
        return _say_unchanged(call)
    say(f"{shown(call.output, call.root)}: {_told(done)} за {seconds(time.monotonic() - start)}")
    say_what_waits(edition)
    return DONE


def _say_unchanged(call: Call) -> int:
    say(f"Нічого не змінилося: сайт у {shown(call.output, call.root)} уже такий.")
    return DONE


def _told(done: Done) -> str:
    """«оновлено 4 сторінки з 16 214 і 2 файли, прибрано 1»."""
    pages = sum(name.endswith(".html") for name in done.changed)
    files = len(done.changed) - pages
    said = f"оновлено {NOUNS['сторінка'].counted(pages, Case.ACCUSATIVE)} з {grouped(done.total)}"
    said += f" і {NOUNS['файл'].counted(files, Case.ACCUSATIVE)}" if files else ""
    return f"{said}, прибрано {grouped(done.removed)}" if done.removed else said


def inputs_of(call: Call, seen: Mapping[str, Seen]) -> str:
    """A digest of everything that shapes the site, its files by their stamps."""
    settings = f"{call.settings()!r} {call.conf}"
    return inputs_digest(seen, call.theme, code_digest(call.root), settings)


def edition_of(call: Call, *, seen: dict[str, Seen] | None = None, reread: bool = False) -> Edition:
    """The content as read and checked; `reread`: no file's stamp is trusted."""
    from hromada.shell.edition import prepare
    from hromada.shell.memory import Memory

    name = digest_of(os.path.relpath(call.content, call.root).encode())[:16]
    memory = Memory(call.cache / f"files-{name}.sqlite", code_digest(call.root))
    return prepare(
        call.content, call.settings(), call.clock, call.cache, memory, seen=seen, reread=reread, jobs=call.jobs
    )


def say_what_waits(edition: Edition) -> None:
    """The build ends with what is written but not due yet: nobody wonders where it is."""
    waiting = [
        item
        for item in edition.site.items
        if item.is_dated and item.status != "draft" and not item.is_built(edition.clock)
    ]
    if waiting:
        say("Чекають своєї дати:", *(f"  {item.when:%d.%m.%Y}  {item.title}  ({item.path})" for item in waiting))


@contextlib.contextmanager
def _ahead(call: Call, ledger: Ledger) -> Iterator[Ahead | None]:
    """A process that gets ready to draw, where there is a core for it."""
    if call.jobs == 1:
        yield None
        return
    from hromada.shell.ahead import Ahead

    ahead = Ahead(ledger, places_of(call))
    try:
        yield ahead
    finally:
        ahead.close()


def places_of(call: Call) -> Places:
    from hromada.shell.share import Places

    return Places(call.root, call.conf, call.content, call.output, call.theme, call.cache)


def update(
    call: Call, edition: Edition, ledger: Ledger | None = None, inputs: str = "", *, ahead: Ahead | None = None,
    owned: bool = False,
) -> Done:  # fmt: skip
    """Make the output folder that of an edition without errors; an exception means that we are at fault."""
    from hromada.shell.drawing import bring_up_to_date

    ledger = ledger or Ledger(call.output, call.cache)
    code = code_digest(call.root)
    return bring_up_to_date(edition, places_of(call), ledger, code, inputs, jobs=call.jobs, ahead=ahead, owned=owned)


def build_for_publishing(call: Call) -> int:
    """The production build from every file's bytes, verified link by link; what is not ours in its folder goes."""
    from hromada.shell.approval_history import rewritten
    from hromada.shell.verification import broken_links

    edition = edition_of(call, reread=True)
    if edition.errors:
        return print_refusal(edition.problems, "text")
    warn([*edition.problems, *rewritten(call.content, edition.content.approvals.values())])
    update(call, edition, owned=True)
    say_what_waits(edition)
    broken = broken_links(call.output, call.settings().base)
    if broken:
        complain(*broken, f"У побудованому сайті є посилання в нікуди: {len(broken)}. Не опубліковано.")
        return FAILED
    return DONE
