"""A fixed amount of pure Python: the yardstick of a machine's speed and memory where no other tool is measured.

The work is of the kind that a build does (texts cut, joined and looked up in tables, numbers compared, a table kept in
memory), has no input and uses nothing but the language itself. It must never change: limits are told in its units.
"""

from __future__ import annotations

import gc
import sys
import time

ITEMS, PASSES = 150_000, 2
DIGEST = 1_806_861  # of the whole work: a faster way that does less is no calibration
_TURNS = 3


def work() -> int:
    """The fixed work; the result is the same on every machine."""
    table: dict[str, dict[str, str | int]] = {}
    for number in range(ITEMS):
        words = [f"слово{number * factor % 1009}" for factor in (1, 3, 7, 11)]
        text = " ".join(words) + f" - {number:06d}"
        table[text[-6:]] = {
            "text": text,
            "first": words[0].removeprefix("слово"),
            "number": number,
            "length": len(text),
        }
    digest = 0
    for turn in range(PASSES):
        groups: dict[str, list[str]] = {}
        for key, row in table.items():
            groups.setdefault(str(row["first"]), []).append(key)
        for name, keys in sorted(groups.items()):
            digest += sum(len(str(table[key]["text"]).split()) for key in reversed(keys)) + len(name) + turn
    return digest


def processor_seconds() -> float:
    """Processor time of the work in this process, the best of three turns."""
    return min(_timed_turn() for _ in range(_TURNS))


def _timed_turn() -> float:
    collects = gc.isenabled()
    gc.disable()  # how much garbage the caller keeps must not count
    try:
        start = time.process_time()
        if work() != DIGEST:
            raise AssertionError("the calibration has changed: its limits mean nothing now")
        return time.process_time() - start
    finally:
        if collects:
            gc.enable()


if __name__ == "__main__":
    sys.exit(work() != DIGEST)
