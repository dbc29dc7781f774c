"""What commands print, in Ukrainian: results to standard output; problems, progress and its bar to standard error."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hromada.domain.numerals import NOUNS, Case
from hromada.domain.problem import Level, Problem

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


ProgressCallback = Callable[[str, int, int], None]  # the label of the work, how much is done, of how much

_DELAY = 1.0  # seconds before anything is shown
_PAUSE = 0.2  # seconds between two refreshes


def no_progress(label: str, done: int, total: int) -> None:
    """The callback that shows nothing."""


class ProgressBar:
    """Shows progress on the terminal by rich, which comes with Pelican."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._is_terminal = sys.stderr.isatty()
        self._refreshed = 0.0

    def update(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if not self._is_terminal or time.monotonic() - self._start < _DELAY:
            return
        if self._progress is None:
            from rich.console import Console
            from rich.progress import MofNCompleteColumn, Progress

            # Without auto_refresh, which starts a thread: the build forks, and a fork of threads may wait for ever.
            columns = (*Progress.get_default_columns(), MofNCompleteColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
            self._progress.start()
        if label not in self._tasks:
            self._tasks[label] = self._progress.add_task(label, total=total)
        self._progress.update(self._tasks[label], completed=done, total=total)
        if done == total or time.monotonic() - self._refreshed > _PAUSE:
            self._progress.refresh()
            self._refreshed = time.monotonic()

    def close(self) -> None:
        if self._progress is not None:
            self._progress.stop()


EXIT_OK, EXIT_FAILED, EXIT_REFUSED = 0, 1, 2
_FEW_WARNINGS = 3  # of one kind: more of them hide the others
# Warnings of one cause, which an editor mends over months: many of them are one line.
_AS_ONE = {"law-page-missing": "пунктів закону без сторінки: {}"}


def print_lines(*lines: str) -> None:
    """Print results to standard output, at once: another process may print next."""
    print(*lines, sep="\n", flush=True)


def print_error(*lines: str) -> None:
    """Print problems to standard error."""
    print(*lines, sep="\n", file=sys.stderr, flush=True)


def print_json(value: Any) -> None:
    """Print a value as the JSON of `FORMAT=json`, alone on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def print_warnings(problems: Iterable[Problem]) -> None:
    """Print problems that stop nothing, as `lines_of` shortens them."""
    if lines := lines_of(problems):
        print_error(*lines)


def lines_of(problems: Iterable[Problem], *, everything: bool = False) -> list[str]:
    """The lines for problems: warnings, then errors, which stand next to the verdict at the end.

    Every error; of each code of warning the first few and how many more there are, or all with `everything`. Many of one
    cause are one line.
    """
    problems = list(problems)
    errors = [str(problem) for problem in problems if problem.level is Level.ERROR]
    warnings = [problem for problem in problems if problem.level is Level.WARNING]
    if everything:
        return [str(problem) for problem in warnings] + errors
    count_by_code = Counter(problem.code for problem in warnings)
    joined = {code for code in _AS_ONE if count_by_code[code] > _FEW_WARNINGS}
    lines: list[str] = []
    shown: Counter[str] = Counter()
    for problem in warnings:
        shown[problem.code] += 1
        if problem.code in joined:
            if shown[problem.code] == 1:
                what = _AS_ONE[problem.code].format(count_by_code[problem.code])
                fix = "усі покаже make check ALL=1"
                lines.append(str(problem._replace(message=what, fix=fix)))
        elif shown[problem.code] <= _FEW_WARNINGS:
            lines.append(str(problem))
    for code, count in sorted(count_by_code.items()):
        if count > _FEW_WARNINGS and code not in joined:
            more = NOUNS["попередження"].counted(count - _FEW_WARNINGS, Case.ACCUSATIVE)
            lines.append(f"…і ще {more} [{code}]: усі покаже make check ALL=1")
    return lines + errors


def verdict(problems: Iterable[Problem]) -> str:
    """The last line of a check: how many errors and warnings there are, and whether the site can be built."""
    levels = Counter(problem.level for problem in problems)
    if not levels:
        return "Зауважень немає."
    nouns = {Level.ERROR: "помилка", Level.WARNING: "попередження"}
    counts = [NOUNS[noun].counted(levels[level], Case.ACCUSATIVE) for level, noun in nouns.items() if levels[level]]
    end = "Побудувати сайт не можна: виправте помилки." if levels[Level.ERROR] else "Сайт можна будувати."
    return f"Знайдено {', '.join(counts)}. {end}"


def display_path(path: Path, root: Path) -> str:
    """The path from the project's root, or the whole one elsewhere."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def format_seconds(seconds: float) -> str:
    """«0,6 с»."""
    return f"{seconds:.1f}".replace(".", ",") + " с"


def print_refusal(problems: Iterable[Problem], format: str) -> int:
    """Print why a command refuses, in this format (text, json, github), and return its exit status."""
    problems = list(problems)
    if format == "json":
        print_json([problem.as_json() for problem in problems])
    elif format == "github":
        print_lines(*(problem.as_github() for problem in problems))
        print_error(verdict(problems))
    else:
        print_error(*lines_of(problems), verdict(problems))
    return EXIT_REFUSED
