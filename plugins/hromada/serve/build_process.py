"""The process behind `make serve`: it keeps everything in its memory and builds whenever it is told to.

A line of JSON on standard input asks for a build, another on standard output answers; what is said goes to standard
error. It has no thread, since builds fork. When our own code changes, `make serve` starts another one.

An order is an object: `saved` names the files that were saved since the last build, and nothing else has changed;
`look` wants every file of the output folder looked at; `verify` wants a build only if the content is not what the last
one, which was told what is saved, took it for.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from hromada.build.content_steps import file_cache_of
from hromada.build.context import PreviewState
from hromada.build.manifest import BuildManifest
from hromada.build.pipeline import BuildResult, build
from hromada.console.messages import EXIT_FAILED, EXIT_OK
from hromada.console.options import Options, clock_from
from hromada.domain.problem import Level


def main(root: Path) -> None:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too; `make serve` ends us
    answers = sys.stdout
    options = Options.from_environment(root, os.environ)
    preview = PreviewState(file_cache_of(options), BuildManifest(options.output, options.cache))
    gc.disable()  # it would look through ten years of news after each edit; we do it while nobody waits
    built = BuildResult(EXIT_OK)
    said: frozenset[str] | None = None  # the files of the output folder, as answered last
    for line in sys.stdin:
        order = json.loads(line)
        preview.output_is_known &= not order.get("look")
        if order.get("verify") and not preview.is_out_of_date(options.content):
            built = replace(built, has_changed=False)
        else:
            with contextlib.redirect_stdout(sys.stderr):
                built = _built(root, preview, [Path(one) for one in order.get("saved", ())])
        files = frozenset(preview.manifest.files)
        changed_files = None if files == said else sorted(files)
        answers.write(json.dumps(_answer(built, preview) | {"files": changed_files}) + "\n")
        answers.flush()
        said = files
        gc.collect()
        gc.freeze()


def _answer(built: BuildResult, preview: PreviewState) -> dict[str, Any]:
    """What `make serve` must know: also in how many seconds an item falls due, or none at all, and whether to verify."""
    until, due_in = preview.manifest.completed.until, None
    if until and not os.environ.get("TODAY", "").strip():
        due_in = (until - clock_from(os.environ).moment).total_seconds()
    problems = [str(problem) for problem in built.problems if problem.level is Level.ERROR]
    return {
        "status": built.status, "problems": problems, "changed": built.has_changed, "due_in": due_in,
        "sure": preview.scan_is_full,
    }  # fmt: skip


def _built(root: Path, preview: PreviewState, saved: list[Path]) -> BuildResult:
    """A build as of now; a fault of ours is shown, and the next change tries again."""
    try:
        return build(Options.from_environment(root, os.environ), preview, saved)
    except Exception:
        traceback.print_exc()
        preview.manifest = BuildManifest(preview.manifest.folder, preview.manifest.cache)
        return BuildResult(EXIT_FAILED)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
