"""How counting grows: a process for each size makes so many cards and so many rows and counts one half-year of them.

The mark is a ratio to the calibration loop in the same process, and to the memory that the entries alone hold.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

from bench.calibration import processor_seconds
from bench.marks import STEADY, Verdict, verdict_of
from hromada.domain.account import Account, Accounts
from hromada.domain.dates import Clock
from hromada.domain.entry import Entry, SourceLocation
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.period import parse_period
from hromada.domain.settings import Publisher, SiteSettings
from hromada.domain.site import Site
from hromada.report.count.counting import count_activity

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MARK_SIZE = 100_000
MARK_LOOP = 2.0  # times the calibration loop
MARK_MEMORY = 1.4  # times what the process holds before it counts
_FIRST, _LAST = datetime(2021, 7, 1), datetime(2021, 12, 31, 23, 59)
_ACCOUNTS = (("rada", "Рада", "main"), ("okruh", "Округ", "starosta"), ("likarnia", "Лікарня", "other"))
_CATEGORIES = ({"category": "osvita"}, {"category": "podii"}, {"category": "oholoshennia"})


def main(root: Path) -> int:
    """Print the table; 1 when the mark is missed."""
    print("\nПідрахунок: стільки карток і стільки рядків, кожен розмір окремим процесом")
    head = ("підрахунок, с", "мкс на запис", "калібрувань", "разом МБ", "до підрахунку МБ")
    print(f"{'карток і рядків':>16}" + "".join(f"{title:>17}" for title in head))
    for size in SIZES:
        command = [sys.executable, "-m", "bench.counting", str(size)]
        paths = os.pathsep.join([str(root / "plugins"), str(root)])
        environ = os.environ | {"PYTHONPATH": paths}
        done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=True)
        seconds, loop, before, most = map(float, done.stdout.split())
        cells = (
            f"{seconds:.3f}",
            f"{seconds / size / 2 * 1e6:.2f}",
            f"{seconds / loop:.2f}",
            f"{most:.0f}",
            f"{before:.0f}",
        )
        print(f"{size:>16,}".replace(",", " ") + "".join(f"{cell:>17}" for cell in cells), flush=True)
        if size == MARK_SIZE:
            verdicts = (verdict_of(seconds / loop, MARK_LOOP), verdict_of(most / before, MARK_MEMORY, STEADY))
    limits = (
        f"{MARK_LOOP:g} калібрування – {verdicts[0].value}, {MARK_MEMORY:g} пам’яті до підрахунку – {verdicts[1].value}"
    )
    print(f"Межі для {MARK_SIZE}: {limits}")
    return int(Verdict.MISSED in verdicts)


def _count(size: int) -> None:
    """Seconds of the processor for the count and for the calibration loop, MiB before it and at most."""
    loop = processor_seconds()
    site = _site(size)
    before = _peak()
    start = time.process_time()
    activity = count_activity(site, parse_period("2021-H2"), Clock.parse("2022-01-15"))
    seconds = time.process_time() - start
    values = [count.value for count in activity.counts]
    assert values[0] == size, "every card lies in the half-year"
    print(seconds, loop, before, _peak())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _site(size: int) -> Site:
    settings = SiteSettings("Громада", "", "", "https://hromada.example", (Publisher("Рада", date(2020, 12, 1)),))
    accounts = Accounts.of(Account(id, name, (), ("facebook",), group) for id, name, group in _ACCOUNTS)
    entries = (*(_card(number, size) for number in range(size)), *(_row(number, size) for number in range(size)))
    registers = ("newspaper", "social")
    return Site(settings, (), entries, registers, accounts, Figures(standard_figures(registers)), frozenset())


def _moment(number: int, size: int) -> datetime:
    """All over the half-year, so that nothing is skipped as lying outside it."""
    return _FIRST + (_LAST - _FIRST) * number / size


def _card(number: int, size: int) -> Entry:
    when = _moment(number, size)
    return Entry(
        "news", "news", when, f"Новина {number} про життя громади та її мешканців", f"/news/novyna-{number}-{when:%Y-%m-%d}/",
        SourceLocation(f"content/news/2021/{when:%Y-%m-%d}-novyna-{number}.md"), traits=_CATEGORIES[number % 3],
    )  # fmt: skip


_TRAITS = [{"account": id, "group": group, "network": "facebook", "kind": "допис"} for id, _, group in _ACCOUNTS]


def _row(number: int, size: int) -> Entry:
    return Entry(
        "register:social", "registers/social", _moment(number, size), f"Допис {number} про життя громади",
        f"https://www.facebook.com/hromada/posts/{number}", SourceLocation("content/registers/social/a.csv", number + 2),
        traits=_TRAITS[number % 3],
    )  # fmt: skip


if __name__ == "__main__":
    _count(int(sys.argv[1]))
