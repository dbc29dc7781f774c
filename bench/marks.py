"""The marks of speed and memory, and how a number is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bench.rounds import BASE, CLEAN, EDIT, FULL, GONE, NEW, NONE, TITLE, Findings
from bench.tools import HUGO, OURS

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
class Mark:
    """A limit of one number; past it by more than the tolerance, the mark is missed."""

    title: str
    limit: float
    unit: str
    number: Callable[[Findings], float | None]
    tolerance: float = NOISE

    def verdict(self, number: float | None) -> Verdict:
        if number is None:
            return Verdict.UNMEASURED
        if number <= self.limit:
            return Verdict.KEPT
        return Verdict.TOLERATED if number <= self.limit * (1 + self.tolerance) else Verdict.MISSED


def _ours(case: str) -> Callable[[Findings], float | None]:
    return lambda found: found.median(case, OURS)


def _of_hugo(case: str) -> Callable[[Findings], float | None]:
    return lambda found: found.ratio(case, HUGO)


def _growth(found: Findings) -> float | None:
    """Our time of a clean build for an item, to that in a corpus of a tenth."""
    whole, part = found.median(CLEAN, OURS), found.median(BASE, OURS)
    return whole / (part * found.size / (found.size // GROWTH)) if whole is not None and part else None


MARKS = (
    Mark("без змін", 0.5, "с", _ours(NONE)),
    Mark("правка тексту", 1.0, "с", _ours(EDIT)),
    Mark("правка тексту поряд із Hugo", 0.1, "від Hugo", _of_hugo(EDIT)),
    Mark("нова новина", 1.5, "с", _ours(NEW)),
    Mark("зміна заголовка", 1.5, "с", _ours(TITLE)),
    Mark("вилучена новина", 1.5, "с", _ours(GONE)),
    Mark("зміна шаблону, усе наново", 1.5, "від Hugo", _of_hugo(FULL)),
    Mark("чиста побудова", 2.0, "від Hugo", _of_hugo(CLEAN)),
    Mark("від збереження до сторінки, make serve", 0.3, "с", Findings.median_saving),
    Mark("чиста побудова на матеріал проти вдесятеро меншого архіву", 1.15, "раза", _growth),
    Mark("пам’ять усіх процесів разом", 600, "МБ", lambda found: found.peak(OURS), STEADY),
)
