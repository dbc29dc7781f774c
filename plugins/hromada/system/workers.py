"""Work spread over the machine's cores: forked processes that take the next tasks from one counter."""

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
_CHUNK = 16  # tasks a worker takes at once: many enough that asking costs nothing, few enough that all end together


class WorkerFailed(Exception):
    """A worker raised or died; the message names the task, and holds the worker's traceback where there is one."""


def worker_count(jobs: int) -> int:
    """How many processes to use when asked for `jobs` (0: as many as there are cores).

    Processes are forked only on Linux, and only by a process without threads: elsewhere forking is missing, or the
    child may wait for ever for a lock that a thread of its parent held. The work is then done in one.
    """
    if sys.platform != "linux" or _has_threads():
        return 1
    return jobs or len(os.sched_getaffinity(0))


def _has_threads() -> bool:
    """Also those that libraries have started without Python's knowledge."""
    return sum(1 for _ in Path("/proc/self/task").iterdir()) > 1


def noop() -> None:
    """There is nothing else to do."""


def parallel_map(
    tasks: Sequence[T], work: Callable[[T], R], jobs: int, named: Callable[[T], str], chunk: int = _CHUNK,
    while_waiting: Callable[[], object] = noop,
) -> Iterator[R]:  # fmt: skip
    """`work` of every task in the order of completion; results are pickled, tasks and `work` come with the fork.

    `meanwhile` may be done here, while the workers make their first results. With one job the work is done here. WorkerFailed names the task that failed, whatever the number of workers; Hindered
    comes through as it is.
    """
    jobs = min(worker_count(jobs) if jobs > 1 else 1, -(-len(tasks) // chunk))
    if jobs <= 1:
        for task in tasks:
            try:
                yield work(task)
            except DiskError:
                raise
            except Exception as error:
                raise WorkerFailed(f"{named(task)}: {error!r}") from error
        return
    yield from _forked(tasks, work, jobs, named, chunk, while_waiting)


def _forked(
    tasks: Sequence[T], work: Callable[[T], R], jobs: int, named: Callable[[T], str], chunk: int,
    while_waiting: Callable[[], object],
) -> Iterator[R]:  # fmt: skip
    from multiprocessing import get_context
    from multiprocessing.connection import wait

    context = get_context("fork")
    taken = context.Value("q", 0)
    places = [context.RawValue("q", -1) for _ in range(jobs)]  # the task that each worker is at
    gc.freeze()  # the collector of a worker must not touch, and so copy, what it shares with us
    workers, pipes = [], dict[Any, Any]()
    for place in places:
        reader, writer = context.Pipe(duplex=False)
        worker = context.Process(target=_run, args=(os.getpid(), tasks, work, taken, place, writer, chunk), daemon=True)
        worker.start()
        writer.close()
        workers.append(worker)
        pipes[reader] = place
    try:
        while_waiting()
        while pipes:
            ready: list[Any] = wait(list(pipes))
            for reader in ready:
                try:
                    results = reader.recv()
                except EOFError:
                    results = "the worker died"
                if isinstance(results, DiskError):
                    raise results
                if isinstance(results, str):
                    raise WorkerFailed(f"{named(tasks[max(0, pipes[reader].value)])}: {results}")
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


def _run(
    parent: int, tasks: Sequence[T], work: Callable[[T], R], taken: Any, place: Any, writer: Connection, chunk: int
) -> None:
    """A worker's life: results by the chunk, `None` at the end, a traceback instead of them."""
    die_with_parent(parent)
    gc.enable()  # what a worker draws is garbage soon, and there is much of it
    try:
        while True:
            with taken.get_lock():
                start = taken.value
                taken.value = start + chunk
            if start >= len(tasks):
                break
            done = []
            for number in range(start, min(start + chunk, len(tasks))):
                place.value = number
                done.append(work(tasks[number]))
            writer.send(done)
        writer.send(None)
    except DiskError as error:
        writer.send(error)
    except Exception:
        with contextlib.suppress(OSError):
            writer.send(traceback.format_exc())


def die_with_parent(parent: int) -> None:
    """A worker that outlives a killed build would write old pages over those of the next one."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before we could say so
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
