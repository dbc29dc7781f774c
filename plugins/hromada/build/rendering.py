"""Step 6, render: Pelican renders the planned outputs, in as many processes as there are cores."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

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


def render(context: BuildContext) -> None:
    """Render what is out of date and delete what is gone; the manifest is marked before a file is touched.

    The search index comes second, while the rest is rendered: the keys of its files follow from their bytes.
    """
    plan, result, index = context.plan, RenderResult(), _IndexRound(context)
    if plan.first:
        context.manifest.begin(plan.first)
        result.add(_rendered(context, plan.first))
    if plan.was_interrupted:
        sweep(context.options.output)
    page_keys = plan.outputs.page_keys
    stale, deleted = (
        stale_outputs(context, page_keys, result.stamps),
        deleted_outputs(context, page_keys, of_index=False),
    )
    removed = _begun(context, stale, deleted)
    result.add(_rendered(context, stale, index))
    index.complete()
    result.add(index.result)
    if plan.was_interrupted:  # again: by now the interrupted build's workers have ended, too
        sweep(context.options.output)
    context.rendering = Rendering(result, removed + index.removed)


def _begun(context: BuildContext, stale: Sequence[str], deleted: Sequence[str]) -> int:
    """Note in the manifest what is to be rendered or removed, and remove it; how many files were there.

    Removed before rendering: a new file may have the name of an old folder, or differ from an old file only in case.
    """
    if stale or deleted:
        context.manifest.begin([*stale, *deleted])
    return sum(remove(context.options.output, name) for name in deleted)


class _IndexRound:
    """The files of the search index, which have no template: written here while other processes render the rest of the site."""

    def __init__(self, context: BuildContext) -> None:
        self._context, self._is_complete = context, False
        self.result, self.removed = RenderResult(), 0

    def warm_cache(self) -> Callable[[], object] | None:
        """A task for a worker: the whole index into the cache, if much of it is to be made."""
        search = self._context.plan.outputs.pages.search
        return search.warm_cache if search.is_far_behind() else None

    def complete(self) -> None:
        """Write what is out of date, and remove what is gone; nothing the second time."""
        if self._is_complete:
            return
        context, outputs = self._context, self._context.plan.outputs
        stale = stale_outputs(context, outputs.index_keys, ())
        # All outputs, since a redirect may lie beside the index.
        self.removed = _begun(context, stale, deleted_outputs(context, outputs.keys, of_index=True))
        self.result = _written(context, (plan for plan in outputs.plans(stale) if isinstance(plan, FilePlan)))
        self._is_complete = True


def _rendered(context: BuildContext, names: Sequence[str], index: _IndexRound | None = None) -> RenderResult:
    """Render a few pages in the preforked process, many in jobs; pictures and other slow files in as many processes as there are cores.

    With more than one process, the `index` is written while pages are rendered.
    """
    result = RenderResult()
    if not names:
        return result
    outputs, jobs = context.plan.outputs, context.options.jobs
    files = [plan for plan in outputs.plans(names) if isinstance(plan, FilePlan)]
    slow = [plan for plan in files if plan.is_slow]
    from_files = {name for plan in files for name in plan.names}
    pages = [name for name in names if name not in from_files]
    if len(pages) > _FEW or len(files) > _JOB:
        import hromada.build.pelican_plugin  # noqa: F401  # the workers share what is imported before they are forked: 50 MB each

        is_slow = {name for plan in slow for name in plan.names}
        quick = [name for name in names if name not in is_slow]
        tasks: list[_Job] = [*slow, *_jobs(quick, worker_count(jobs))]
        if index and worker_count(jobs) > 1:
            _perform(context, tasks, result, jobs, index.complete, index.warm_cache())
        else:
            _perform(context, tasks, result, jobs)
        return result
    quick_files = [plan for plan in files if not plan.is_slow]

    def write_files() -> None:
        result.add(_written(context, quick_files))
        _perform(context, slow, result, jobs)

    if pages and index and context.prefork:

        def write_files_and_index() -> None:
            write_files()
            index.complete()

        result.add(context.prefork.render(outputs.job(pages), write_files_and_index))
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
    warm_cache: Callable[[], object] | None = None,
) -> None:
    """Perform jobs in parallel; a picture that is done counts as one, whatever its sizes.

    The caller does its own work meanwhile; with `warm_cache`, once a process has filled the cache for it.
    """
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
        if warm_cache is None:
            meanwhile()

    if not jobs:
        once_started()
        return
    tasks = [warm_cache, *jobs] if warm_cache else jobs
    done, total = 0, sum(map(_output_count, jobs))
    for count, written in parallel_map(tasks, run, processes, named=_job_name, chunk=1, once_started=once_started):
        if warm_cache and not count:  # it alone writes no output
            meanwhile()
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
