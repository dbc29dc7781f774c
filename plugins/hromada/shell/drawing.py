"""The engine: compares every output's key with what lies in the output folder, and has Pelican draw the rest.

What is remembered: files (memory.py) and outputs (ledger.py). What an output depends on: outputs.py. Who decides:
`bring_up_to_date`. Who performs: Pelican, in as many processes as there are cores, each given its share of the names.
"""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from hromada.shell.call import Call
from hromada.shell.edition import Edition
from hromada.shell.ledger import Ledger, Whole
from hromada.shell.output import Stamp, remove
from hromada.shell.outputs import Group, Outputs, outputs_of
from hromada.shell.page_views import FilePlan
from hromada.shell.workers import spread

PAGE = ".html"
_FEW = 100  # outputs that one process draws sooner than two can be started
_SHARE = 2_500  # outputs that one run of Pelican is given at most: its start costs what 40 pages cost


@dataclass(frozen=True, slots=True)
class Done:
    """What a build did: how many pages there are, which files were written, how many removed."""

    total: int
    changed: tuple[str, ...]
    removed: int


@dataclass(slots=True)
class _Drawn:
    stamps: dict[str, Stamp] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


def bring_up_to_date(
    call: Call, edition: Edition, ledger: Ledger, code: str, inputs: str, *, owned: bool = False
) -> Done:
    """Make the output folder that of the edition, which has no errors.

    `code` is a digest of everything that draws, `inputs` one of everything that shaped the edition (empty: unknown).
    `owned`: whatever else lies in the folder goes too.
    """
    before = {name: Group(*one) for name, one in ledger.groups.items()}
    outputs = outputs_of(edition, call.theme, call.cache, code, before)
    stale = ledger.stale(outputs.keys)
    gone = ledger.names() - outputs.keys.keys()
    if owned:
        files = (path for path in call.output.rglob("*") if path.is_file() or path.is_symlink())
        gone |= {path.relative_to(call.output).as_posix() for path in files} - outputs.keys.keys()
    if stale or gone:
        ledger.begin(stale)
    drawn = _draw(call, outputs, stale)
    removed = sum(remove(call.output, name) for name in sorted(gone))
    since, until = edition.site.valid_between(edition.clock)
    whole = Whole(inputs, since.isoformat(), until.isoformat())
    ledger.finish(outputs.keys, drawn.stamps, outputs.groups, whole)
    total = sum(name.endswith(PAGE) for name in outputs.keys)
    return Done(total, tuple(sorted(drawn.changed)), removed)


def _draw(call: Call, outputs: Outputs, names: Sequence[str]) -> _Drawn:
    """Draw these outputs; their stamps."""
    if not names:
        return _Drawn()
    jobs = call.jobs if len(names) > _FEW else 1
    if jobs == 1:
        return _share(call, outputs, names)
    tasks = _tasks(outputs, names, jobs)
    drawn = _Drawn()
    for one in spread(tasks, lambda task: _share(call, outputs, task), jobs, named=_named, chunk=1):
        drawn.stamps |= one.stamps
        drawn.changed += one.changed
    return drawn


def _tasks(outputs: Outputs, names: Sequence[str], jobs: int) -> list[list[str]]:
    """Shares of the names: files that take long to make each for itself, pages in as few runs as keep all busy."""
    slow = {plan.names: plan for plan in outputs.plans(names) if isinstance(plan, FilePlan) and len(plan.names) > 1}
    taken = {name for plan in slow.values() for name in plan.names}
    pages = [name for name in names if name not in taken]
    count = max(jobs, -(-len(pages) // _SHARE))
    shares = [pages[number::count] for number in range(count)]
    return [*(list(plan.names) for plan in slow.values()), *(share for share in shares if share)]


def _named(task: Sequence[str]) -> str:
    return task[0] if len(task) == 1 else f"{task[0]} … {task[-1]}"


def _share(call: Call, outputs: Outputs, names: Sequence[str]) -> _Drawn:
    """Let Pelican draw just these."""
    from pelican import Pelican
    from pelican.log import init as init_logging
    from pelican.settings import read_settings

    from hromada.shell.pelican_plugin import Desk

    init_logging(level=logging.ERROR, fatal="errors", name="pelican")
    desk = Desk(outputs, call.output, names)
    settings = read_settings(
        str(call.root / call.conf),
        override={
            "PATH": str(call.content),
            "OUTPUT_PATH": str(call.output),
            "THEME": str(call.theme),
            "CACHE_PATH": str(call.cache),
            "PLUGIN_PATHS": [str(call.root / "plugins")],
            "HROMADA_DESK": desk,
        },
    )
    with contextlib.redirect_stdout(io.StringIO()):  # its English summary counts what it was given, not what we count
        Pelican(settings).run()
    return _Drawn(desk.output.stamps, desk.output.changed)
