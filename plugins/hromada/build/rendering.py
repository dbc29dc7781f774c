"""Step 6, render: Pelican renders the planned outputs, in as many processes as there are cores."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from hromada.build.context import BuildContext
from hromada.build.output_writer import Output, remove
from hromada.build.planning import deleted_outputs, stale_outputs
from hromada.build.render_job import RenderResult
from hromada.pages.view_models import FilePlan
from hromada.system.atomic_files import sweep
from hromada.system.workers import noop, parallel_map, worker_count

_FEW = 100  # pages that one process renders faster than two, with their start
_JOB = 1_000  # outputs of one run of Pelican at most: its start takes as long as 40 pages
_Job = FilePlan | Sequence[str] | Callable[[], object]  # slow files, the names of pages, or what only fills a cache


class Rendering(Struct, frozen=True):
    """What was rendered and how many files were deleted."""

    result: RenderResult
    removed: int


class SideJob(NamedTuple):
    """A task of a worker beside rendering, and what is done here meanwhile."""

    task: Callable[[], object]
    meanwhile: Callable[[], object]


def render(context: BuildContext) -> None:
    """Render what is out of date and delete what is gone; the manifest is marked before a file is touched."""
    plan, manifest, output = context.plan, context.manifest, context.options.output
    result = RenderResult()
    items = plan.outputs.item_keys
    if plan.first:
        manifest.begin(plan.first)
        result.add(_rendered(context, plan.first))
    elif plan.is_clean and len(items) > _FEW and worker_count(context.options.jobs) > 1:
        # The keys of the search index follow from its bytes, and one process makes them: the others render meanwhile.
        manifest.begin(items)
        result.add(_rendered(context, list(items), SideJob(plan.outputs.warm_cache, plan.outputs.make_other_groups)))
    stale, deleted = stale_outputs(context, result.stamps), deleted_outputs(context)
    if plan.was_interrupted:
        sweep(output)
    if stale or deleted:
        manifest.begin([*stale, *deleted])
    # Before rendering: a new file may have the name of an old folder, or differ from an old file only in case.
    removed = sum(remove(output, name) for name in deleted)
    result.add(_rendered(context, stale))
    if plan.was_interrupted:  # again: by now the interrupted build's workers have ended, too
        sweep(output)
    context.rendering = Rendering(result, removed)


def _rendered(context: BuildContext, names: Sequence[str], side_job: SideJob | None = None) -> RenderResult:
    """Render a few pages in the preforked process, many in jobs; pictures and other slow files in as many processes as there are cores."""
    result = RenderResult()
    if not names:
        return result
    outputs, jobs = context.plan.outputs, context.options.jobs
    files = [plan for plan in outputs.plans(names) if isinstance(plan, FilePlan)]
    slow = [plan for plan in files if plan.is_slow]
    from_files = {name for plan in files for name in plan.names}
    pages = [name for name in names if name not in from_files]
    if len(pages) > _FEW:
        import hromada.build.pelican_plugin  # noqa: F401  # the workers share what is imported before they are forked: 50 MB each

        is_slow = {name for plan in slow for name in plan.names}
        quick = [name for name in names if name not in is_slow]
        tasks: list[_Job] = [*slow, *_jobs(quick, worker_count(jobs))]
        if side_job:
            _perform(context, [side_job.task, *tasks], result, jobs, side_job.meanwhile)
        else:
            _perform(context, tasks, result, jobs)
        return result
    quick_files = [plan for plan in files if not plan.is_slow]

    def write_files() -> None:
        result.add(_written(context, quick_files))
        _perform(context, slow, result, jobs)

    if pages and context.prefork and not context.plan.first:
        result.add(context.prefork.render(outputs.job(pages), write_files))
    else:
        write_files()
        _perform(context, [pages] if pages else [], result, 1)
    return result


def _written(context: BuildContext, plans: Iterable[FilePlan]) -> RenderResult:
    """Write files that have no template, in this process."""
    output = Output(context.paths.output)
    for plan in plans:
        output.write_all(plan.make().items())
    return RenderResult(output.stamps, output.changed)


def _perform(
    context: BuildContext,
    jobs: Sequence[_Job],
    result: RenderResult,
    processes: int,
    meanwhile: Callable[[], object] = noop,
) -> None:
    """Perform jobs in parallel, and the caller's own work meanwhile; a picture that is done counts as one, whatever its sizes."""
    outputs, paths, remember = context.plan.outputs, context.paths, context.snapshot.remember

    def run(job: _Job) -> tuple[int, RenderResult]:
        if isinstance(job, FilePlan):
            return 1, _written(context, [job])
        if callable(job):
            job()
            return 0, RenderResult()
        from hromada.build.pelican_plugin import render as run_pelican

        return len(job), run_pelican(paths, outputs.job(job))

    def once_started() -> None:
        remember()
        meanwhile()

    if not jobs:
        once_started()
        return
    done, total = 0, sum(map(_output_count, jobs))
    for count, written in parallel_map(jobs, run, processes, named=_job_name, chunk=1, once_started=once_started):
        result.add(written)
        done += count
        context.on_progress("Будую", done, total)


def _jobs(pages: Sequence[str], processes: int) -> list[Sequence[str]]:
    """Split pages into equal jobs, as many as keep all processes busy."""
    count = processes * max(1, -(-len(pages) // (_JOB * processes)))  # as many for each
    # Neighbours in one job: a process copies the memory of the items that it touches, and neighbours lie side by side there.
    bounds = [index * len(pages) // count for index in range(count + 1)]
    return [pages[start:end] for start, end in itertools.pairwise(bounds) if start < end]


def _output_count(job: _Job) -> int:
    if callable(job):
        return 0
    return 1 if isinstance(job, FilePlan) else len(job)


def _job_name(job: _Job) -> str:
    if callable(job):
        return job.__qualname__
    names = job.names if isinstance(job, FilePlan) else job
    return names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"
