"""The engine: compares every output's key with what lies in the output folder, and has Pelican draw the rest.

What is remembered: files (memory.py) and outputs (ledger.py). What an output depends on: outputs.py. Who decides:
`bring_up_to_date`. Who performs: Pelican, in as many processes as there are cores, each given its share of the names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hromada.build.prefork import Ahead
from hromada.content.snapshot import Edition
from hromada.build.manifest import Ledger, Whole
from hromada.build.output_writer import remove, remove_odd
from hromada.build.site_outputs import Outputs, outputs_of
from hromada.pages.view_models import FilePlan
from hromada.console.progress import Told, untold
from hromada.system.regular_files import entries_below
from hromada.build.render_job import Drawn, Places
from hromada.system.scan import walk
from hromada.system.atomic_files import sweep
from hromada.system.workers import nothing, spread, usable

_FEW = 100  # outputs that one process draws sooner than two can be started
_SHARE = 1_000  # outputs that one run of Pelican is given at most: its start costs what 40 pages cost


@dataclass(frozen=True, slots=True)
class Done:
    """What a build did: how many pages there are, how many pages and other files were written, how many removed."""

    total: int
    pages: int
    files: int
    removed: int

    @property
    def is_nothing(self) -> bool:
        return not (self.pages or self.files or self.removed)


def bring_up_to_date(
    edition: Edition, places: Places, ledger: Ledger, code: str, inputs: str, *, jobs: int = 1,
    ahead: Ahead | None = None, moved: frozenset[str] | None = None, owned: bool = False, told: Told = untold,
    meanwhile: Callable[[], object] = nothing,
) -> Done:  # fmt: skip
    """Make the output folder that of the edition, which has no errors.

    `code` is a digest of everything that draws, `inputs` one of everything that shaped the edition (empty: unknown).
    `ahead` has looked at the folder and is ready to draw; `moved` is given by one who knows which files are not as they
    were left, because it watches. `owned`: whatever else lies in the folder goes too. `meanwhile` may be called while
    another process draws.
    """
    theme = walk(places.theme)
    outputs = outputs_of(edition, places.theme, places.cache, code, ledger.groups)
    was_killed, drawn = bool(ledger.drawing), Drawn()
    if owned:  # before anything is looked at: behind a link nothing is ours
        remove_odd(places.output)
    if moved is None:
        moved = ahead.moved() if ahead else ledger.moved()
    elif own := ledger.stale(outputs.item_keys, moved):
        ledger.begin(own)  # whoever watches has saved an item: its page comes before the lists
        drawn.add(_draw(outputs, places, own, jobs, None, told, meanwhile))
    stale = [name for name in ledger.stale(outputs.keys, moved) if name not in drawn.stamps]
    gone = ledger.names() - outputs.keys.keys()
    if owned:
        gone |= _files_in(places.output) - outputs.keys.keys()
    if was_killed:
        sweep(places.output)
    if stale or gone:
        ledger.begin([*stale, *gone])
    # First: a new file may stand where a folder of old ones was, and be the same but for the case of its letters.
    removed = sum(remove(places.output, name) for name in sorted(gone))
    drawn.add(_draw(outputs, places, stale, jobs, ahead, told, meanwhile))
    if was_killed:  # by then the killed one's workers have ended too
        sweep(places.output)
    since, until = edition.site.valid_between(edition.clock)
    whole = Whole(inputs, since, until)
    # Else some pages may be of another theme than their keys say: the next build draws them again.
    if walk(places.theme) == theme:
        ledger.finish(outputs.keys, drawn.stamps, outputs.groups, whole)
    total, pages = (sum(name.endswith(".html") for name in names) for names in (outputs.keys, drawn.changed))
    return Done(total, pages, len(drawn.changed) - pages, removed)


def _files_in(output: Path) -> set[str]:
    return {one.name for one in entries_below(output) if not one.is_folder} if output.is_dir() else set()


def _draw(
    outputs: Outputs, places: Places, names: Sequence[str], jobs: int, ahead: Ahead | None, told: Told,
    meanwhile: Callable[[], object],
) -> Drawn:  # fmt: skip
    """Draw these outputs: a few by the process that is ready, many in shares by as many as there are cores."""
    drawn = Drawn()
    if not names:
        return drawn
    if len(names) <= _FEW:
        if ahead:
            return ahead.draw(outputs.share(names), meanwhile)
        jobs = 1

    def draw_share(task: Sequence[str]) -> Drawn:
        from hromada.build.pelican_run import draw

        return draw(places, outputs.share(task))

    tasks = _tasks(outputs, names, usable(jobs))
    for one in spread(tasks, draw_share, jobs, named=_named, chunk=1, meanwhile=meanwhile):
        drawn.add(one)
        told("Будую", len(drawn.stamps), len(names))
    return drawn


def _tasks(outputs: Outputs, names: Sequence[str], jobs: int) -> list[list[str]]:
    """Shares of the names: files that take long to make each for itself, pages in as few runs as keep all busy."""
    slow = {plan.names: plan for plan in outputs.plans(names) if isinstance(plan, FilePlan) and len(plan.names) > 1}
    taken = {name for plan in slow.values() for name in plan.names}
    pages = [name for name in names if name not in taken]
    count = jobs * max(1, -(-len(pages) // (_SHARE * jobs)))  # as many for each
    shares = [pages[number::count] for number in range(count)]
    return [*(list(plan.names) for plan in slow.values()), *(share for share in shares if share)]


def _named(task: Sequence[str]) -> str:
    return task[0] if len(task) == 1 else f"{task[0]} … {task[-1]}"
