"""Step 6, render: Pelican renders the planned outputs, in as many processes as there are cores."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from msgspec import Struct

from hromada.build.context import BuildContext
from hromada.build.output_writer import Output, remove
from hromada.build.planning import deleted_outputs, stale_outputs
from hromada.build.render_job import RenderResult
from hromada.pages.view_models import FilePlan
from hromada.system.atomic_files import sweep
from hromada.system.workers import parallel_map, worker_count

_FEW = 100  # pages that one process renders faster than two, with their start
_JOB = 1_000  # outputs of one run of Pelican at most: its start takes as long as 40 pages
_Job = FilePlan | Sequence[str]  # slow files, or the names of pages


class Rendering(Struct, frozen=True):
    """What was rendered and how many files were deleted."""

    result: RenderResult
    removed: int


def render(context: BuildContext) -> None:
    """Render what is out of date and delete what is gone; the manifest is marked before a file is touched."""
    plan, manifest, output = context.plan, context.manifest, context.options.output
    result = RenderResult()
    if plan.first:
        manifest.begin(plan.first)
        result.add(_rendered(context, plan.first))
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


def _rendered(context: BuildContext, names: Sequence[str]) -> RenderResult:
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
        _perform(context, [*slow, *_jobs(quick, worker_count(jobs))], result, jobs)
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


def _perform(context: BuildContext, jobs: Sequence[_Job], result: RenderResult, processes: int) -> None:
    """Perform jobs in parallel, and the caller's own work meanwhile; a picture that is done counts as one, whatever its sizes."""
    outputs, paths, remember = context.plan.outputs, context.paths, context.snapshot.remember

    def run(job: _Job) -> tuple[int, RenderResult]:
        if isinstance(job, FilePlan):
            return 1, _written(context, [job])
        from hromada.build.pelican_plugin import render as run_pelican

        return len(job), run_pelican(paths, outputs.job(job))

    if not jobs:
        remember()
        return
    done, total = 0, sum(1 if isinstance(job, FilePlan) else len(job) for job in jobs)
    for count, written in parallel_map(jobs, run, processes, named=_job_name, chunk=1, once_started=remember):
        result.add(written)
        done += count
        context.on_progress("Будую", done, total)


def _jobs(pages: Sequence[str], processes: int) -> list[Sequence[str]]:
    """Split pages into equal jobs, as many as keep all processes busy."""
    count = processes * max(1, -(-len(pages) // (_JOB * processes)))  # as many for each
    # Neighbours in one job: a process copies the memory of the items that it touches, and neighbours lie side by side there.
    bounds = [index * len(pages) // count for index in range(count + 1)]
    return [pages[start:end] for start, end in itertools.pairwise(bounds) if start < end]


def _job_name(job: _Job) -> str:
    names = job.names if isinstance(job, FilePlan) else job
    return names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"
