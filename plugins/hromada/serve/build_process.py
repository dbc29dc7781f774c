"""The build process of `make serve`: it keeps its state in memory and builds on request.

A request is a line of JSON on standard input, its answer one on standard output; messages go to standard error. It has no
threads, since builds fork. When our own code changes, `make serve` starts a new process.

A request is an object. `saved`: the files saved since the last build, if nothing else has changed; `look`: check every
file of the output folder; `verify`: build only if the content differs from the last scan, which relied on `saved`. Of an
answer `files`, `findings` and `pages` are null if they are what they were in the last one.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from hromada.build.content_steps import file_cache_of
from hromada.build.context import PreviewState
from hromada.build.manifest import BuildManifest
from hromada.build.pipeline import BuildResult, build
from hromada.console.messages import EXIT_FAILED, EXIT_OK
from hromada.console.options import Options, clock_from
from hromada.domain.problem import Level


def main(root: Path, local_editor: str = "") -> None:
    """Answer requests until standard input ends; the editor's pages write to this repository."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to this process, too; `make serve` ends it
    answers = sys.stdout
    options = Options.from_environment(root, os.environ)
    preview = PreviewState(file_cache_of(options), BuildManifest(options.output, options.cache))
    gc.disable()  # a collection takes long with ten years of news; it is done after the answer
    result = BuildResult(EXIT_OK)
    sent: dict[str, Any] = {}  # of the last answers: what is long and mostly stays
    for line in sys.stdin:
        request = json.loads(line)
        preview.output_is_known &= not request.get("look")
        if request.get("verify") and not preview.is_out_of_date(options.content):
            result = replace(result, has_changed=False)
        else:
            with contextlib.redirect_stdout(sys.stderr):
                saved = [Path(path) for path in request.get("saved", ())]
                result = _build(root, local_editor, preview, saved)
        long = {
            "files": sorted(preview.manifest.files),
            "findings": [problem.as_json() for problem in result.problems],
            "pages": preview.pages,
        }
        changed = {name: None if sent.get(name) == value else value for name, value in long.items()}
        answers.write(json.dumps(_answer(result, preview) | changed) + "\n")
        answers.flush()
        sent = long
        gc.collect()
        gc.freeze()


def _answer(result: BuildResult, preview: PreviewState) -> dict[str, Any]:
    """The answer to `make serve`; `due_in` are seconds until the next scheduled item, `sure` is false to request `verify`."""
    until, due_in = preview.manifest.completed.until, None
    if until and not os.environ.get("TODAY", "").strip():
        due_in = (until - clock_from(os.environ).moment).total_seconds()
    problems = [str(problem) for problem in result.problems if problem.level is Level.ERROR]
    return {
        "status": result.status, "problems": problems, "changed": result.has_changed, "due_in": due_in,
        "sure": preview.scan_is_full,
    }  # fmt: skip


def _build(root: Path, local_editor: str, preview: PreviewState, saved: list[Path]) -> BuildResult:
    """Build now; an exception, which is a bug, is printed, and the next change tries again."""
    try:
        options = Options.from_environment(root, os.environ).with_changes(local_editor=local_editor)
        return build(options, preview, saved)
    except Exception:
        traceback.print_exc()
        preview.manifest = BuildManifest(preview.manifest.folder, preview.manifest.cache)
        return BuildResult(EXIT_FAILED)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
