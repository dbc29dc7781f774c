"""What a register takes to be read and checked, to Python's own `csv` with its dates read by `strptime`: time and memory."""

from __future__ import annotations

import csv
import gc
import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bench.marks import STEADY, Verdict, verdict_of
from hromada.domain.account import Account, Accounts
from hromada.reading.registers import find_duplicates, read_register_file

SIZE, TURNS = 100_000, 5
MARK = 1.5  # for both: rows of a date and a title, and rows known by what their network calls the link
MARK_MEMORY = 3.0
REGISTERS = ("monitoring", "social")
_FIRST = datetime(2021, 7, 1)
_ACCOUNTS = Accounts.of([Account("rada", "Рада", networks=("facebook",), group="main")])
_HEADS = {"monitoring": "Дата;Назва", "social": "Дата;Сторінка;Мережа;Назва;Посилання"}
_ROWS: dict[str, Callable[[int], str]] = {
    "monitoring": lambda number: f"Огляд {number} про життя громади",
    "social": lambda number: (
        f"Рада;facebook;Допис {number} про життя громади;https://www.facebook.com/x/posts/{number}"
    ),
}


def main(root: Path) -> int:
    """Print the ratios; 1 when a mark is missed."""
    print(f"\nЖурнал CSV на {SIZE} рядків, прочитаний і перевірений, проти модуля csv зі strptime")
    verdicts = []
    for register in REGISTERS:
        (ratio, seconds, ours), (plain,) = _run(root, register), _run(root, register, "plain")
        verdicts += [verdict_of(ratio, MARK), verdict_of(ours / plain, MARK_MEMORY, STEADY)]
        print(
            f"{register:>12}: {ratio:.2f} часу (межа {MARK:g} – {verdicts[-2].value}), {ours / plain:.2f} пам’яті"
            f" (межа {MARK_MEMORY:g} – {verdicts[-1].value}); {seconds:.2f} с, {ours:.0f} МБ",
            flush=True,
        )
    return int(Verdict.MISSED in verdicts)


def _run(root: Path, *arguments: str) -> list[float]:
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "plugins"), str(root)])}
    command = [sys.executable, "-m", "bench.registers", *arguments]
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def _measure(register: str) -> None:
    """Processor time of both in turns; the best of each counts, since the machine is never quite alone."""
    gc.disable()  # as the commands do
    raw = _table(register)
    ours = [_ours(register, raw)]
    megabytes = _peak()
    plain = [_plain(raw)]
    for _ in range(TURNS - 1):
        ours.append(_ours(register, raw))
        plain.append(_plain(raw))
    print(min(ours) / min(plain), min(ours), megabytes)


def _measure_plain(register: str) -> None:
    """The memory of the plain way in a process of its own."""
    _plain(_table(register))
    print(_peak())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _table(register: str) -> bytes:
    return "\r\n".join([_HEADS[register], *(_line(register, number) for number in range(SIZE))]).encode()


def _line(register: str, number: int) -> str:
    day = _FIRST + timedelta(days=number % 184)
    return f"{day:%d.%m.%Y};{_ROWS[register](number)}"


def _ours(register: str, raw: bytes) -> float:
    start = time.process_time()
    entries, problems = read_register_file(register, f"content/registers/{register}/a.csv", raw, _ACCOUNTS)
    problems += find_duplicates(entries)
    seconds = time.process_time() - start
    assert (len(entries), problems) == (SIZE, [])
    return seconds


def _plain(raw: bytes) -> float:
    start = time.process_time()
    reader = csv.reader(io.StringIO(raw.decode(), newline=""), delimiter=";")
    next(reader)
    rows = [(datetime.strptime(row[0], "%d.%m.%Y"), *row[1:]) for row in reader]
    seconds = time.process_time() - start
    assert len(rows) == SIZE
    return seconds


if __name__ == "__main__":
    _measure_plain(sys.argv[1]) if sys.argv[2:] else _measure(sys.argv[1])
