"""Step 6, render: Pelican renders the planned outputs, in as many processes as there are cores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hromada.build.context import BuildContext
from hromada.build.output_writer import remove
from hromada.build.planning import deleted_outputs, stale_outputs
from hromada.build.render_job import RenderResult
from hromada.build.site_outputs import Outputs
from hromada.pages.view_models import FilePlan
from hromada.system.atomic_files import sweep
from hromada.system.workers import parallel_map, worker_count

_FEW = 100  # outputs that one process renders faster than two, with their start
_JOB = 1_000  # outputs of one run of Pelican at most: its start takes as long as 40 pages


@dataclass(frozen=True, slots=True)
class Rendering:
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
    """Render a few outputs in the preforked process, many in jobs in as many processes as there are cores."""
    outputs, paths, jobs = context.plan.outputs, context.paths, context.options.jobs
    result = RenderResult()
    if not names:
        return result
    if len(names) <= _FEW:
        if context.prefork and not context.plan.first:
            return context.prefork.render(outputs.job(names), context.snapshot.remember)
        jobs = 1

    def run(job: Sequence[str]) -> RenderResult:
        from hromada.build.pelican_plugin import render as run_pelican

        return run_pelican(paths, outputs.job(job))

    split = _jobs(outputs, names, worker_count(jobs))
    for done in parallel_map(split, run, jobs, named=_job_name, chunk=1, while_waiting=context.snapshot.remember):
        result.add(done)
        context.on_progress("Будую", len(result.stamps), len(names))
    return result


def _jobs(outputs: Outputs, names: Sequence[str], jobs: int) -> list[list[str]]:
    """Split outputs into jobs: one for each slow set of files, and equal ones for pages, as many as keep all busy."""
    slow = {plan.names: plan for plan in outputs.plans(names) if isinstance(plan, FilePlan) and len(plan.names) > 1}
    taken = {name for plan in slow.values() for name in plan.names}
    pages = [name for name in names if name not in taken]
    count = jobs * max(1, -(-len(pages) // (_JOB * jobs)))  # as many for each
    split = [pages[index::count] for index in range(count)]
    return [*(list(plan.names) for plan in slow.values()), *(job for job in split if job)]


def _job_name(job: Sequence[str]) -> str:
    return job[0] if len(job) == 1 else f"{job[0]} … {job[-1]}"
