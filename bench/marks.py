"""The marks of speed and memory: each is a ratio to something measured in the same run, so that any machine can keep it.

The yardstick is Hugo, which does the same work on the same items; where Hugo has no equal or does not run, it is the
fixed loop of `calibration`. Absolute figures are shown beside it and judge nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bench.rounds import BASE, CLEAN, EDIT, FULL, GONE, NEW, NONE, TITLE, Measurements
from bench.tools import HUGO, NAMES, OURS, PYTHON

MARK_SIZE = 15_000
# The machine is never quite alone: two medians of the same thing differ by so much. Memory hardly varies.
NOISE, STEADY = 0.15, 0.05
GROWTH = 10  # times fewer items in the corpus that the growth is seen from


class Verdict(Enum):
    KEPT = "дотримано"
    TOLERATED = "дотримано з допуском"
    MISSED = "ПЕРЕВИЩЕНО"
    UNMEASURED = "не виміряно"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a quantity may be of its yardstick, `unit`; `value` gives the yardstick in the quantity's own unit."""

    ratio: float
    unit: str
    value: Callable[[Measurements], float | None]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A mark held against what was measured; `ratio` and `limit` are None where nothing was."""

    verdict: Verdict
    absolute: float | None
    ratio: float | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A quantity and its limits; the first one whose yardstick was measured in this run judges it."""

    title: str
    unit: str  # of the absolute figure
    quantity: Callable[[Measurements], float | None]
    limits: tuple[Limit, ...]
    tolerance: float = NOISE

    def judge(self, measurements: Measurements) -> Judgement:
        """Past the limit by more than the tolerance, the mark is missed."""
        absolute = self.quantity(measurements)
        if absolute is not None:
            for limit in self.limits:
                if yardstick := limit.value(measurements):
                    ratio = absolute / yardstick
                    return Judgement(verdict_of(ratio, limit.ratio, self.tolerance), absolute, ratio, limit)
        return Judgement(Verdict.UNMEASURED, absolute)


def verdict_of(ratio: float, limit: float, tolerance: float = NOISE) -> Verdict:
    """How a ratio is judged against its limit."""
    if ratio <= limit:
        return Verdict.KEPT
    return Verdict.TOLERATED if ratio <= limit * (1 + tolerance) else Verdict.MISSED


def of_hugo(ratio: float, case: str) -> Limit:
    """So many times Hugo's seconds in the same case."""
    return Limit(ratio, f"від {NAMES[HUGO]}", lambda measurements: measurements.median(case, HUGO))


def of_loop(ratio: float) -> Limit:
    """So many times the seconds of the calibration loop."""
    return Limit(ratio, "калібрування", lambda measurements: measurements.median(CLEAN, PYTHON))


def _build(title: str, case: str, *, hugo: float, loop: float) -> Mark:
    """Seconds of our build in a case."""
    return Mark(title, "с", lambda measurements: measurements.median(case, OURS), (of_hugo(hugo, case), of_loop(loop)))


def _expected_growth(measurements: Measurements) -> float | None:
    """The clean build of a tenth of the items, so many times over."""
    part = measurements.median(BASE, OURS)
    return part * measurements.size / (measurements.size // GROWTH) if part else None


# Measured by `make bench SIZES=15000` with about a quarter to spare. By Hugo and by the loop: the limits are of one and
# the same run, so that a mark is as strict without Hugo as with it.
MARKS = (
    _build("без змін", NONE, hugo=0.03, loop=0.9),
    _build("правка тексту", EDIT, hugo=0.08, loop=2.6),
    _build("нова новина", NEW, hugo=0.1, loop=3.3),
    _build("зміна заголовка", TITLE, hugo=0.1, loop=3.3),
    _build("вилучена новина", GONE, hugo=0.1, loop=3.3),
    _build("зміна шаблону, усе наново", FULL, hugo=1.5, loop=40.0),
    _build("чиста побудова", CLEAN, hugo=2.0, loop=55.0),
    Mark("від збереження до сторінки, make serve", "с", Measurements.median_saving, (of_loop(0.8),)),
    Mark(
        "чиста побудова проти вдесятеро меншого архіву, на матеріал", "с",
        lambda measurements: measurements.median(CLEAN, OURS), (Limit(1.15, "від меншого", _expected_growth),),
    ),
    Mark(
        "пам’ять усіх процесів разом", "МБ", lambda measurements: measurements.peak(OURS),
        (
            Limit(0.45, f"від {NAMES[HUGO]}", lambda measurements: measurements.peak(HUGO)),
            Limit(7.0, "калібрування", lambda measurements: measurements.peak(PYTHON)),
        ),
        STEADY,
    ),
)  # fmt: skip
