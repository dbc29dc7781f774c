"""The cases of one size, each by every tool in turn, round after round.

Pelican is measured by its clean build alone: it has no other, whatever was changed. So is the calibration loop, once a
round. Before the timed rounds each case
runs once untimed: that warms the disk's cache and compiles modules, and it is where the memory is looked at.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.changes import Changes, Expected
from bench.measuring import BenchFailed, peak_of, timed
from bench.tools import OURS, PELICAN, PYTHON, Tool, verify

CLEAN, NONE, EDIT, NEW, TITLE, GONE, FULL = "clean", "none", "edit", "new", "title", "gone", "full"
CASES = {
    CLEAN: "чиста побудова",
    NONE: "без змін",
    EDIT: "правка тексту",
    NEW: "нова новина",
    TITLE: "зміна заголовка",
    GONE: "вилучена новина",
    FULL: "зміна шаблону",
}
BASE = "base"  # our clean build of a tenth of the items
_CHANGES: dict[str, Callable[[Changes, int], Expected]] = {
    EDIT: Changes.edit,
    NEW: Changes.add,
    TITLE: Changes.retitle,
    GONE: Changes.delete,
    FULL: Changes.redesign,
}
_CLEAN_ALONE = (PELICAN, PYTHON)
SETTLED = 2.1  # seconds: the stamp of a file saved later than 2 s before a build is not trusted (system.scan.MTIME_GRANULARITY_NS)


@dataclass(slots=True)
class Measurements:
    """What was measured at one size: seconds of every run and the peak memory by case and tool."""

    size: int
    seconds: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    megabytes: dict[tuple[str, str], int] = field(default_factory=dict)
    saving: list[float] = field(default_factory=list)  # from save to page under make serve

    def median(self, case: str, tool: str) -> float | None:
        seconds = self.seconds.get((case, tool))
        return statistics.median(seconds) if seconds else None

    def ratio(self, case: str, tool: str) -> float | None:
        """Our median to another tool's in the same case, or to its clean build where it has no other."""
        ours = self.median(case, OURS)
        theirs = self.median(CLEAN if tool == PELICAN else case, tool)
        return ours / theirs if ours is not None and theirs else None

    def median_saving(self) -> float | None:
        return statistics.median(self.saving) if self.saving else None

    def peak(self, tool: str) -> int | None:
        return max((most for (_, named), most in self.megabytes.items() if named == tool), default=None)


def measure(tools: Sequence[Tool], rounds: int, base: Tool | None = None) -> Measurements:
    """Every case by every tool; `base` is our tool on a tenth of the items, for the growth."""
    measurements = Measurements(tools[0].changes.size)
    for round in range(rounds + 1):
        time.sleep(SETTLED)
        for case in CASES:
            for tool in tools:
                if case == CLEAN or tool.key not in _CLEAN_ALONE:
                    _once(measurements, case, case, tool, round)
            if case == CLEAN and base is not None:
                _once(measurements, CLEAN, BASE, base, round)
    return measurements


def _once(measurements: Measurements, case: str, name: str, tool: Tool, round: int) -> None:
    """One change and one build; round 0 is the untimed one."""
    if case == CLEAN:
        tool.clean()
    expected = _CHANGES[case](tool.changes, round) if case in _CHANGES else None
    before = _state(tool.output) if case == NONE and tool.key == OURS else {}
    if round:
        measurements.seconds[name, tool.key].append(timed(tool.command, tool.folder, tool.environ))
    elif most := peak_of(tool.command, tool.folder, tool.environ):
        measurements.megabytes[name, tool.key] = most
    if tool.key != OURS:
        return
    if expected is not None:
        verify(tool.output, expected)
    if before and before != _state(tool.output):
        raise BenchFailed("Без змін у змісті побудова щось переписала.")


def _state(output: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
