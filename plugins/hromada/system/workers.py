"""A parallel map in forked processes, which take their next tasks from a shared counter.

Not concurrent.futures.ProcessPoolExecutor (with `fork`, measured in Python 3.11 on two cores): a worker that is killed
raises BrokenProcessPool, which names no task; after the first failure running tasks are waited for; its feeder thread
may outlive `shutdown`, so the next map would find a thread and not fork (in 2 of 6 runs). It was as fast for chunks of
16 tasks and slower by a third for 600 single ones.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hromada.system.disk_errors import DiskError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")
_PR_SET_PDEATHSIG = 1
_NO_STEP = object()
_CHUNK = 16  # tasks a worker takes at once: enough to make the counter's lock cheap, few enough for all to end together


class WorkerFailed(Exception):
    """A worker raised or died; the message has the task's name and the worker's traceback, if there is one."""


def worker_count(jobs: int) -> int:
    """How many processes to use for `jobs` (0: as many as there are cores).

    Processes are forked only on Linux, and only by a process without threads: a child may wait for ever for a lock that
    a thread of its parent held. Otherwise it is 1.
    """
    if sys.platform != "linux" or _has_threads():
        return 1
    return jobs or len(os.sched_getaffinity(0))


def _has_threads() -> bool:
    """Counted by the system: libraries start threads that Python doesn't know."""
    return sum(1 for _ in Path("/proc/self/task").iterdir()) > 1


def call_in_child(work: Callable[[], R], jobs: int) -> R:
    """The result of `work`, made in a forked process, so that threads it starts are not in this one; with one job it is made here."""
    if jobs <= 1 or worker_count(jobs) <= 1:
        return work()
    (result,) = _forked([work], lambda call: call(), 1, lambda _: "child", 1, noop, NO_STEPS)
    return result


def noop() -> None:
    """Do nothing."""


NO_STEPS: Iterator[object] = iter(())


def parallel_map(
    tasks: Sequence[T], work: Callable[[T], R], jobs: int, named: Callable[[T], str], chunk: int = _CHUNK,
    once_started: Callable[[], object] = noop, idle_steps: Iterator[object] = NO_STEPS,
) -> Iterator[R]:  # fmt: skip
    """The results of `work` for every task in the order of completion; with one job they are computed here.

    Results are pickled; tasks and `work` reach the workers by the fork. `once_started` is called here while the
    workers make their first results; a step of `idle_steps` is taken whenever none has a result, with one job before each
    task. WorkerFailed names the task that failed; DiskError is raised as it is.
    """
    jobs = min(worker_count(jobs) if jobs > 1 else 1, -(-len(tasks) // chunk))
    if jobs <= 1:
        for task in tasks:
            next(idle_steps, None)
            try:
                yield work(task)
            except DiskError:
                raise
            except Exception as error:
                raise WorkerFailed(f"{named(task)}: {error!r}") from error
        return
    yield from _forked(tasks, work, jobs, named, chunk, once_started, idle_steps)


def _forked(
    tasks: Sequence[T], work: Callable[[T], R], jobs: int, named: Callable[[T], str], chunk: int,
    once_started: Callable[[], object], idle_steps: Iterator[object],
) -> Iterator[R]:  # fmt: skip
    from multiprocessing import get_context
    from multiprocessing.connection import wait

    context = get_context("fork")
    next_task = context.Value("q", 0)
    current_tasks = [context.RawValue("q", -1) for _ in range(jobs)]  # the index of each worker's current task
    _return_free_memory()
    gc.freeze()  # a worker's collector must not touch, and so copy, memory that is shared with the parent
    workers, pipes = [], dict[Any, Any]()
    for current_task in current_tasks:
        reader, writer = context.Pipe(duplex=False)
        arguments = os.getpid(), tasks, work, next_task, current_task, writer, chunk
        worker = context.Process(target=_run, args=arguments, daemon=True)
        worker.start()
        writer.close()
        workers.append(worker)
        pipes[reader] = current_task
    try:
        once_started()
        has_steps = True
        while pipes:
            ready: list[Any] = wait(list(pipes), 0 if has_steps else None)
            if not ready:
                has_steps = next(idle_steps, _NO_STEP) is not _NO_STEP
            for reader in ready:
                try:
                    results = reader.recv()
                except EOFError:
                    results = "the worker died"
                raise_failure(results, named(tasks[max(0, pipes[reader].value)]))
                if results is None:
                    del pipes[reader]
                else:
                    yield from results
    finally:
        for worker in workers:
            if pipes:
                worker.terminate()
            worker.join()
        gc.unfreeze()


def _return_free_memory() -> None:
    """Give the system what the C library has kept of freed memory: 60 MB after the search index of 15,000 items (measured).

    Only glibc keeps so much, and only it has the function.
    """
    import ctypes

    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def raise_failure(answer: object, task: str) -> None:
    """Raise what a worker has sent instead of results: a DiskError, or a traceback as WorkerFailed with the task's name."""
    if isinstance(answer, DiskError):
        raise answer
    if isinstance(answer, str):
        raise WorkerFailed(f"{task}: {answer}")


def _run(
    parent: int, tasks: Sequence[T], work: Callable[[T], R], next_task: Any, current_task: Any, writer: Connection, chunk: int
) -> None:  # fmt: skip
    """The main function of a worker: sends lists of results and None at the end, or a traceback or DiskError."""
    die_with_parent(parent)
    gc.enable()  # the pages that a worker renders soon become garbage, and there are many
    try:
        while True:
            with next_task.get_lock():
                start = next_task.value
                next_task.value = start + chunk
            if start >= len(tasks):
                break
            results = []
            for index in range(start, min(start + chunk, len(tasks))):
                current_task.value = index
                results.append(work(tasks[index]))
            writer.send(results)
        writer.send(None)
    except DiskError as error:
        writer.send(error)
    except Exception:
        with contextlib.suppress(OSError):
            writer.send(traceback.format_exc())


def die_with_parent(parent: int) -> None:
    """End this process when its parent ends: it would write old pages over those of the next build."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent has ended before prctl was called
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole process group; the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
