"""What commands say: results on standard output, problems and progress on standard error, all in Ukrainian."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import Case
from hromada.domain.problem import Level, Problem

EXIT_OK, EXIT_FAILED, EXIT_REFUSED = 0, 1, 2
_FEW_WARNINGS = 3  # of one kind: more of them hide the others


def print_lines(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def print_error(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def print_warnings(problems: Iterable[Problem]) -> None:
    if lines := lines_of(problems):
        print_error(*lines)


def lines_of(problems: Iterable[Problem], *, everything: bool = False) -> list[str]:
    """Warnings, then errors, next to the verdict where eyes are at the end.

    Every error, and of each kind of warning the first few with how many more there are, unless `everything` is asked for.
    """
    found = list(problems)
    errors = [str(problem) for problem in found if problem.level is Level.ERROR]
    lines: list[str] = []
    met: Counter[str] = Counter()
    for problem in found:
        if problem.level is Level.WARNING:
            met[problem.code] += 1
            if everything or met[problem.code] <= _FEW_WARNINGS:
                lines.append(str(problem))
    if everything:
        return lines + errors
    for code, number in sorted(met.items()):
        if number > _FEW_WARNINGS:
            more = NOUNS["попередження"].counted(number - _FEW_WARNINGS, Case.ACCUSATIVE)
            lines.append(f"…і ще {more} [{code}]: усі покаже make check ALL=1")
    return lines + errors


def verdict(problems: Iterable[Problem]) -> str:
    found = list(problems)
    errors = sum(problem.level is Level.ERROR for problem in found)
    warnings = len(found) - errors
    if not found:
        return "Зауважень немає."
    display_path = [NOUNS["помилка"].counted(errors, Case.ACCUSATIVE)] * bool(errors) + [
        NOUNS["попередження"].counted(warnings, Case.ACCUSATIVE)
    ] * bool(warnings)
    end = "Побудувати сайт не можна: виправте помилки." if errors else "Сайт можна будувати."
    return f"Знайдено {', '.join(display_path)}. {end}"


def display_path(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def format_seconds(number: float) -> str:
    """«0,6 с»."""
    return f"{number:.1f}".replace(".", ",") + " с"


def print_refusal(problems: Iterable[Problem], format: str) -> int:
    found = list(problems)
    if format == "json":
        print_json([problem.as_json() for problem in found])
    elif format == "github":
        print_lines(*(problem.as_github() for problem in found))
        print_error(verdict(found))
    else:
        print_error(*lines_of(found), verdict(found))
    return EXIT_REFUSED
