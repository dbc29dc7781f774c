"""A process sent ahead while this one looks, reads and decides: it looks at the output folder and gets Pelican ready.

With two cores an edit then waits for neither: Pelican alone takes 0.5 s to import, as long as all of that (measured).
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from hromada.system.disk_errors import DiskError
from hromada.build.manifest import BuildManifest
from hromada.build.render_job import RenderResult, BuildPaths, RenderJob
from hromada.system.workers import WorkerFailed, die_with_parent


class PreforkedRenderer:
    """The process; it ends when it has drawn, or when this object is closed."""

    def __init__(self, manifest: BuildManifest, paths: BuildPaths) -> None:
        to_child, to_parent, parent = os.pipe(), os.pipe(), os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(to_child[1])
            os.close(to_parent[0])
            _live(parent, manifest, paths, os.fdopen(to_child[0], "rb"), os.fdopen(to_parent[1], "wb"))
        os.close(to_child[0])
        os.close(to_parent[1])
        self._orders, self._answers = os.fdopen(to_child[1], "wb"), os.fdopen(to_parent[0], "rb")

        self._moved: frozenset[str] | None = None

    def changed_outputs(self) -> frozenset[str]:
        """The files of the last build that are not as they were left."""
        if self._moved is None:
            self._moved = self._answer("looking at the output folder")
        return self._moved

    def render(self, job: RenderJob, while_waiting: Callable[[], object]) -> RenderResult:
        """Have the share drawn; `meanwhile` is done here."""
        with contextlib.suppress(BrokenPipeError):  # it has died: its last answer says why
            pickle.dump(job, self._orders, pickle.HIGHEST_PROTOCOL)
            self._orders.flush()
        while_waiting()
        drawn: RenderResult = self._answer(", ".join([item.file for item in job.items] or [plan.name for plan in job.plans]))
        return drawn

    def close(self) -> None:
        """Done, or not needed: what it has answered is on the disk already."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        for pipe in (self._orders, self._answers):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def _answer(self, what: str) -> Any:
        try:
            found = pickle.load(self._answers)
        except EOFError:
            raise WorkerFailed(f"{what}: the process that draws died") from None
        if isinstance(found, DiskError):
            raise found
        if isinstance(found, str):
            raise WorkerFailed(f"{what}: {found}")
        return found


def _live(parent: int, manifest: BuildManifest, paths: BuildPaths, orders: BinaryIO, answers: BinaryIO) -> None:
    """The other process's whole life; it never returns."""

    def answer(value: Any) -> None:
        pickle.dump(value, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

    try:
        die_with_parent(parent)
        answer(manifest.changed_outputs())
        from hromada.build.pelican_run import render

        answer(render(paths, pickle.load(orders)))
    except (EOFError, BrokenPipeError):  # there was nothing to draw
        pass
    except DiskError as error:
        answer(error)
    except BaseException:
        answer(traceback.format_exc())
    finally:
        os._exit(0)
