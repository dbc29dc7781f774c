"""A worker forked at the start of a build: it checks the output folder and imports Pelican while the parent reads and plans.

Pelican takes 0.5 s to import, as long as all the parent does for an edit (measured). Pipes and pickle instead of
multiprocessing or concurrent.futures, whose import takes 15 to 27 ms (measured) of every build, also one without changes.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from hromada.build.manifest import BuildManifest
from hromada.build.output_writer import remove_irregular
from hromada.build.render_job import BuildPaths, RenderJob, RenderResult
from hromada.system.disk_errors import DiskError
from hromada.system.workers import WorkerFailed, die_with_parent, raise_failure


class PreforkedRenderer:
    """The worker process; it ends after one render job, or when this object is closed."""

    def __init__(self, manifest: BuildManifest, paths: BuildPaths, *, delete_unknown: bool = False) -> None:
        to_child, to_parent, parent = os.pipe(), os.pipe(), os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(to_child[1])
            os.close(to_parent[0])
            _work(parent, manifest, paths, delete_unknown, os.fdopen(to_child[0], "rb"), os.fdopen(to_parent[1], "wb"))
        os.close(to_child[0])
        os.close(to_parent[1])
        self._jobs, self._answers = os.fdopen(to_child[1], "wb"), os.fdopen(to_parent[0], "rb")

        self._output_files: tuple[frozenset[str], frozenset[str]] | None = None

    def changed_outputs(self) -> frozenset[str]:
        """The files that were modified since the last build."""
        return self._checked()[0]

    def present(self) -> frozenset[str]:
        """The files in the output folder, if unknown ones are to be deleted; links are removed already."""
        return self._checked()[1]

    def _checked(self) -> tuple[frozenset[str], frozenset[str]]:
        if self._output_files is None:
            self._output_files = self._answer("checking the output folder")
        return self._output_files

    def render(self, job: RenderJob, once_started: Callable[[], object]) -> RenderResult:
        """Send a job and return its result; `once_started` is called in this process."""
        with contextlib.suppress(BrokenPipeError):  # it has died: its last answer has the reason
            pickle.dump(job, self._jobs, pickle.HIGHEST_PROTOCOL)
            self._jobs.flush()
        once_started()
        result: RenderResult = self._answer(
            ", ".join([item.file for item in job.items] or [plan.name for plan in job.plans])
        )
        return result

    def close(self) -> None:
        """End the process; what it has answered is on the disk already."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        for pipe in (self._jobs, self._answers):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def _answer(self, task: str) -> Any:
        try:
            answer = pickle.load(self._answers)
        except EOFError:
            raise WorkerFailed(f"{task}: the rendering process died") from None
        raise_failure(answer, task)
        return answer


def _work(
    parent: int, manifest: BuildManifest, paths: BuildPaths, delete_unknown: bool, jobs: BinaryIO, answers: BinaryIO
) -> None:
    """The worker's main function; it never returns."""

    def answer(value: Any) -> None:
        pickle.dump(value, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

    try:
        die_with_parent(parent)
        # No file behind a link is ours.
        present = remove_irregular(paths.output) if delete_unknown else frozenset[str]()
        answer((manifest.changed_outputs(), present))
        from hromada.build.pelican_plugin import render

        answer(render(paths, pickle.load(jobs)))
    except (EOFError, BrokenPipeError):  # the parent has closed the pipe: nothing to render
        pass
    except DiskError as error:
        answer(error)
    except BaseException:
        answer(traceback.format_exc())
    finally:
        os._exit(0)
