"""`make bench`: our whole command in turns with Hugo, plain Pelican and a calibration loop, held against the marks.

A mark is a ratio of two figures of the same run (`marks`): seconds depend on the machine and are for information.

Settings: SIZES="631 5000" (by default 631, 5,000 and 15,000 items), ROUNDS=3, FULL=1 (Pelican at every size), SCALE=n
(so many times the items). The marks are those of 15,000 items; `make serve` and the growth are measured at the largest
size. A mark missed by more than its tolerance makes the exit status 1.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from bench import counting, registers
from bench.marks import GROWTH
from bench.preview import savings
from bench.rounds import Measurements, measure
from bench.settings import BenchSettings, SettingRefused
from bench.table import print_all, table, unavailable, verdicts
from bench.tools import HUGO, OURS, calibration_loop, find_hugo, hugo_tool, our_tool, pelican_tool
from hromada.console.options import Options

_SAVINGS = 5


def main(root: Path) -> int:
    """Measure and judge; 1 when a mark is missed, 2 when a setting is wrong."""
    try:
        settings = BenchSettings.parse(os.environ, Options.from_environment(root, os.environ).scale)
    except SettingRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    hugo = find_hugo()
    if hugo is None:
        print_all([unavailable(HUGO)])
    with tempfile.TemporaryDirectory(prefix="hromada-bench-") as name:  # one for all: see `put_aside`
        for size in settings.sizes:
            measurements = _size(root, hugo, settings, size, Path(name) / str(size))
            print_all(table(measurements, settings.rounds))
    lines, missed = verdicts(measurements)
    print_all(lines)
    return max(int(missed), counting.main(root), registers.main(root))


def _size(root: Path, hugo: Path | None, settings: BenchSettings, size: int, folder: Path) -> Measurements:
    """Everything that is measured at one size; the largest has the growth and `make serve` too."""
    is_last = size == settings.sizes[-1]
    ours = our_tool(root, size, folder)
    tools = [ours]
    if hugo is not None:
        tools.append(hugo_tool(hugo, size, folder))
    if settings.has_pelican(size):
        tools.append(pelican_tool(size, folder))
    tools.append(calibration_loop(root))
    base = our_tool(root, size // GROWTH, folder / "base") if is_last else None
    measurements = measure(tools, settings.rounds, base)
    if is_last:
        measurements.saving, most = savings(ours, _SAVINGS, first=settings.rounds + 1)
        if most is not None:
            measurements.megabytes["serve", OURS] = most
    return measurements
