"""The engine: compares every output's key with what lies in the output folder, and has Pelican draw the rest.

What is remembered: files (memory.py) and outputs (ledger.py). What an output depends on: outputs.py. Who decides:
`bring_up_to_date`. Who performs: Pelican, in as many processes as there are cores, each given its share of the names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hromada.build.prefork import PreforkedRenderer
from hromada.content.snapshot import ContentSnapshot
from hromada.build.manifest import BuildManifest, CompletedBuild
from hromada.build.output_writer import remove, remove_odd
from hromada.build.site_outputs import Outputs, outputs_of
from hromada.pages.view_models import FilePlan
from hromada.console.progress import ProgressCallback, no_progress
from hromada.system.regular_files import entries_below
from hromada.build.render_job import RenderResult, BuildPaths
from hromada.system.scan import walk
from hromada.system.atomic_files import sweep
from hromada.system.workers import noop, parallel_map, worker_count

_FEW = 100  # outputs that one process draws sooner than two can be started
_SHARE = 1_000  # outputs that one run of Pelican is given at most: its start costs what 40 pages cost


@dataclass(frozen=True, slots=True)
class BuildStats:
    """What a build did: how many pages there are, how many pages and other files were written, how many removed."""

    total: int
    pages: int
    files: int
    removed: int

    @property
    def is_nothing(self) -> bool:
        return not (self.pages or self.files or self.removed)


def update_output(
    snapshot: ContentSnapshot, paths: BuildPaths, manifest: BuildManifest, code: str, inputs: str, *, jobs: int = 1,
    prefork: PreforkedRenderer | None = None, changed_outputs: frozenset[str] | None = None, delete_unknown: bool = False, on_progress: ProgressCallback = no_progress,
    while_waiting: Callable[[], object] = noop,
) -> BuildStats:  # fmt: skip
    """Make the output folder that of the edition, which has no errors.

    `code` is a digest of everything that draws, `inputs` one of everything that shaped the edition (empty: unknown).
    `ahead` has looked at the folder and is ready to draw; `moved` is given by one who knows which files are not as they
    were left, because it watches. `owned`: whatever else lies in the folder goes too. `meanwhile` may be called while
    another process draws.
    """
    theme = walk(paths.theme)
    outputs = outputs_of(snapshot, paths.theme, paths.cache, code, manifest.groups)
    was_killed, drawn = bool(manifest.drawing), RenderResult()
    if delete_unknown:  # before anything is looked at: behind a link nothing is ours
        remove_odd(paths.output)
    if changed_outputs is None:
        changed_outputs = prefork.changed_outputs() if prefork else manifest.changed_outputs()
    elif own := manifest.stale(outputs.item_keys, changed_outputs):
        manifest.begin(own)  # whoever watches has saved an item: its page comes before the lists
        drawn.add(_render(outputs, paths, own, jobs, None, on_progress, while_waiting))
    stale = [name for name in manifest.stale(outputs.keys, changed_outputs) if name not in drawn.stamps]
    gone = manifest.names() - outputs.keys.keys()
    if delete_unknown:
        gone |= _files_in(paths.output) - outputs.keys.keys()
    if was_killed:
        sweep(paths.output)
    if stale or gone:
        manifest.begin([*stale, *gone])
    # First: a new file may stand where a folder of old ones was, and be the same but for the case of its letters.
    removed = sum(remove(paths.output, name) for name in sorted(gone))
    drawn.add(_render(outputs, paths, stale, jobs, prefork, on_progress, while_waiting))
    if was_killed:  # by then the killed one's workers have ended too
        sweep(paths.output)
    since, until = snapshot.site.valid_between(snapshot.clock)
    completed = CompletedBuild(inputs, since, until)
    # Else some pages may be of another theme than their keys say: the next build draws them again.
    if walk(paths.theme) == theme:
        manifest.finish(outputs.keys, drawn.stamps, outputs.groups, completed)
    total, pages = (sum(name.endswith(".html") for name in names) for names in (outputs.keys, drawn.changed))
    return BuildStats(total, pages, len(drawn.changed) - pages, removed)


def _files_in(output: Path) -> set[str]:
    return {one.name for one in entries_below(output) if not one.is_folder} if output.is_dir() else set()


def _render(
    outputs: Outputs, paths: BuildPaths, names: Sequence[str], jobs: int, prefork: PreforkedRenderer | None, on_progress: ProgressCallback,
    while_waiting: Callable[[], object],
) -> RenderResult:  # fmt: skip
    """Draw these outputs: a few by the process that is ready, many in shares by as many as there are cores."""
    drawn = RenderResult()
    if not names:
        return drawn
    if len(names) <= _FEW:
        if prefork:
            return prefork.render(outputs.job(names), while_waiting)
        jobs = 1

    def draw_share(task: Sequence[str]) -> RenderResult:
        from hromada.build.pelican_run import render

        return render(paths, outputs.job(task))

    tasks = _tasks(outputs, names, worker_count(jobs))
    for one in parallel_map(tasks, draw_share, jobs, named=_named, chunk=1, while_waiting=while_waiting):
        drawn.add(one)
        on_progress("Будую", len(drawn.stamps), len(names))
    return drawn


def _tasks(outputs: Outputs, names: Sequence[str], jobs: int) -> list[list[str]]:
    """Shares of the names: files that take long to make each for itself, pages in as few runs as keep all busy."""
    slow = {plan.names: plan for plan in outputs.plans(names) if isinstance(plan, FilePlan) and len(plan.names) > 1}
    taken = {name for plan in slow.values() for name in plan.names}
    pages = [name for name in names if name not in taken]
    count = jobs * max(1, -(-len(pages) // (_SHARE * jobs)))  # as many for each
    shares = [pages[number::count] for number in range(count)]
    return [*(list(plan.names) for plan in slow.values()), *(job for job in shares if job)]


def _named(task: Sequence[str]) -> str:
    return task[0] if len(task) == 1 else f"{task[0]} … {task[-1]}"
