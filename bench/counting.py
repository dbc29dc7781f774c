"""How counting grows: a process for each size makes so many cards and so many rows and counts one half-year of them."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

from hromada.domain.account import Account, Accounts
from hromada.domain.calendar import Clock
from hromada.domain.entry import Entry, SourceLocation
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.period import parse_period
from hromada.domain.settings import Publisher, SiteSettings
from hromada.domain.site import Site
from hromada.report.count.counting import count_activity

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MARK_SIZE, MARK_SECONDS, MARK_MEGABYTES = 100_000, 3.0, 300
_FIRST, _LAST = datetime(2021, 7, 1), datetime(2021, 12, 31, 23, 59)
_ACCOUNTS = (("rada", "Рада", "main"), ("okruh", "Округ", "starosta"), ("likarnia", "Лікарня", "other"))
_CATEGORIES = ({"category": "osvita"}, {"category": "podii"}, {"category": "oholoshennia"})


def main(root: Path) -> int:
    """Print the table; 1 when the mark is missed."""
    print("\nПідрахунок: стільки карток і стільки рядків, кожен розмір окремим процесом")
    print(f"{'карток і рядків':>16} {'підрахунок, с':>14} {'мкс на запис':>13} {'разом МБ':>9}")
    missed = False
    for size in SIZES:
        command = [sys.executable, "-m", "bench.counting", str(size)]
        paths = os.pathsep.join([str(root / "plugins"), str(root)])
        environ = os.environ | {"PYTHONPATH": paths}
        done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=True)
        seconds, megabytes = map(float, done.stdout.split())
        print(
            f"{size:>16,} {seconds:>14.3f} {seconds / size / 2 * 1e6:>13.2f} {megabytes:>9.0f}".replace(",", " "),
            flush=True,
        )
        missed |= size == MARK_SIZE and (seconds > MARK_SECONDS or megabytes > MARK_MEGABYTES)
    print(
        f"Межа для {MARK_SIZE}: {MARK_SECONDS:.0f} с і {MARK_MEGABYTES} МБ – {'ПЕРЕВИЩЕНО' if missed else 'дотримано'}"
    )
    return int(missed)


def _count(size: int) -> None:
    site = _site(size)
    start = time.perf_counter()
    activity = count_activity(site, parse_period("2021-H2"), Clock.parse("2022-01-15"))
    seconds = time.perf_counter() - start
    values = [count.value for count in activity.counts]
    assert values[0] == size, "every card lies in the half-year"
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


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
