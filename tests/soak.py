"""`make soak`: the long random series, one after another, for as long as one likes: MINUTES=60, the first SEED=1.

Each turn goes through all series with the next seed, so that a longer call tries more and none tries the same twice. A
series that fails is repeated with its command, which is printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from tests.needs import ROOT

MINUTES, SEED = 60, 1
TRIALS = 1_000  # no series has as many: the seeds of two turns stay apart
PYTEST = ("-m", "pytest", "--soak", "-p", "no:cacheprovider")
PROPERTIES = ("-m", "pytest", "-m", "hypothesis", "--hypothesis-profile=soak", "-p", "no:cacheprovider")


def series(turn: int, seed: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name and the command of each series of a turn."""
    first = str(seed + turn * TRIALS)
    yield "випадкові історії сайту", ("-m", "tests.system.histories", "25", "15", first)
    yield "пошкоджений зміст", ("-m", "tests.system.fuzz", "240", first)
    yield "неопубліковане", ("-m", "tests.system.unpublished", "20", first)
    yield "властивості", (*PROPERTIES, f"--hypothesis-seed={first}")
    if not turn:  # these have no seed
        yield "перервані публікації", PYTEST
        yield "крайні файли", ("-m", "tests.system.extremes")


def main(arguments: Sequence[str]) -> int:
    """Run turn after turn until the time is over; 1 when a series failed, 2 when a setting is wrong."""
    minutes, seed = (given or str(usual) for given, usual in zip(arguments, (MINUTES, SEED), strict=True))
    for name, value in (("MINUTES", minutes), ("SEED", seed)):
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            print(f"{name}=«{value}» незрозуміло, напишіть ціле число", file=sys.stderr)
            return 2
    until = time.monotonic() + int(minutes) * 60
    failed, turn = 0, 0
    while time.monotonic() < until:
        for name, command in series(turn, int(seed)):
            if time.monotonic() < until:
                failed += _fails(name, command)
        turn += 1
    print(f"Не витримано: {failed}" if failed else "Усе витримано.")
    return int(bool(failed))


def _fails(name: str, command: tuple[str, ...]) -> bool:
    start = time.monotonic()
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *command], cwd=ROOT, env=environ, capture_output=True, encoding="utf-8",
        errors="replace", check=False,
    )  # fmt: skip
    said = done.stdout.strip().rpartition("\n")[2]
    print(f"{name}, {time.monotonic() - start:.0f} с: {'ПОМИЛКА' if done.returncode else said}", flush=True)
    if done.returncode:
        print(f"{done.stdout}{done.stderr}\nPYTHONPATH=plugins:. python {' '.join(command)}", flush=True)
    return bool(done.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
