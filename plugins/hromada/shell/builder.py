"""The process behind `make serve`: it keeps everything in its memory and builds whenever it is told to.

A line on standard input asks for a build («look»: of one that looks at every file of the output folder), a line of
JSON on standard output answers; what is said goes to standard
error. It has no thread, since builds fork. When our own code changes, `make serve` starts another one.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Any

from hromada.domain.problem import Level
from hromada.shell.building import Built, Resident, build, memory_of
from hromada.shell.call import Call, clock_from
from hromada.shell.ledger import Ledger
from hromada.shell.speaking import FAILED


def main(root: Path) -> None:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too; `make serve` ends us
    answers = sys.stdout
    call = Call.from_environment(root, os.environ)
    resident = Resident(memory_of(call), Ledger(call.output, call.cache))
    gc.disable()  # it would look through ten years of news after each edit; we do it while nobody waits
    for order in sys.stdin:
        resident.has_looked &= order.strip() != "look"
        with contextlib.redirect_stdout(sys.stderr):
            built = _built(root, resident)
        answers.write(json.dumps(_answer(built, resident)) + "\n")
        answers.flush()
        gc.collect()
        gc.freeze()


def _answer(built: Built, resident: Resident) -> dict[str, Any]:
    """What `make serve` must know: also in how many seconds an item falls due, or none at all."""
    until, due_in = resident.ledger.whole.until, None
    if until and not os.environ.get("TODAY", "").strip():
        due_in = (datetime.fromisoformat(until) - clock_from(os.environ).moment).total_seconds()
    problems = [str(one) for one in built.problems if one.level is Level.ERROR]
    return {"status": built.status, "problems": problems, "changed": built.has_changed, "due_in": due_in}


def _built(root: Path, resident: Resident) -> Built:
    """A build as of now; a fault of ours is shown, and the next change tries again."""
    try:
        return build(Call.from_environment(root, os.environ), resident)
    except Exception:
        traceback.print_exc()
        resident.ledger = Ledger(resident.ledger.folder, resident.ledger.cache)
        return Built(FAILED)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
