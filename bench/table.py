"""What was measured, in Ukrainian: a table for each size, a line for each mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.marks import MARK_SIZE, MARKS, Judgement, Mark, Verdict
from bench.rounds import BASE, CASES, CLEAN, Measurements
from bench.tools import HUGO, NAMES, OURS, PELICAN, PYTHON
from hromada.domain.numerals import NOUNS, grouped

_NOTHING = "–"


def table(measurements: Measurements, rounds: int) -> Iterator[str]:
    """Medians, ratios, peak memory of a case's processes together (ours / Hugo / Pelican)."""
    yield f"\n{NOUNS['матеріал'].counted(measurements.size)}: медіана з {rounds}, секунди; пам’ять усіх процесів разом, МБ"
    head = ("make html", "Hugo", "від Hugo", "Pelican", "від Pelican", "пам’ять: ми / Hugo / Pelican")
    yield f"{'':<18}" + "".join(f"{word:>12}" for word in head[:-1]) + f"{head[-1]:>32}"
    for case, name in CASES.items():
        cells = (
            shown(measurements.median(case, OURS)),
            shown(measurements.median(case, HUGO)),
            shown(measurements.ratio(case, HUGO)),
            shown(measurements.median(case, PELICAN)),
            shown(measurements.ratio(case, PELICAN)),
        )
        memory = " / ".join(str(measurements.megabytes.get((case, tool), _NOTHING)) for tool in (OURS, HUGO, PELICAN))
        yield f"{name:<18}" + "".join(f"{cell:>12}" for cell in cells) + f"{memory:>32}"
    yield from _more(measurements)


def _more(measurements: Measurements) -> Iterator[str]:
    if (saving := measurements.median_saving()) is not None:
        least, most = shown(min(measurements.saving)), shown(max(measurements.saving))
        yield (
            f"make serve, від збереження до сторінки на диску: {shown(saving)} с (від {least} до {most}), "
            f"пам’ять {measurements.megabytes.get(('serve', OURS), _NOTHING)} МБ"
        )
    if (base := measurements.median(BASE, OURS)) is not None:
        yield f"Чиста побудова вдесятеро меншого архіву: {shown(base)} с"
    if (loop := measurements.median(CLEAN, PYTHON)) is not None:
        yield f"Калібрування (незмінна робота чистого Python): {shown(loop)} с, {measurements.peak(PYTHON) or _NOTHING} МБ"
    if measurements.median(CLEAN, PELICAN) is not None:
        yield "Pelican щоразу будує все: порівняно з його чистою побудовою."


def unavailable(tool: str) -> str:
    return f"{NAMES[tool]} тут не запускається: його стовпці порожні, його межі замінює калібрування."


def verdicts(measurements: Measurements, marks: Sequence[Mark] = MARKS) -> tuple[list[str], bool]:
    """A line for each mark, and whether one is missed; marks are judged at their own size alone."""
    judged = [(mark, mark.judge(measurements)) for mark in marks]
    if measurements.size != MARK_SIZE:
        lines = [_line(mark, judgement, "без вироку") for mark, judgement in judged]
        return [f"\nМежі задано для {grouped(MARK_SIZE)} матеріалів; тут {grouped(measurements.size)}:", *lines], False
    lines = [_line(mark, judgement, judgement.verdict.value) for mark, judgement in judged]
    return ["\nМежі:", *lines], any(judgement.verdict is Verdict.MISSED for _, judgement in judged)


def _line(mark: Mark, judgement: Judgement, verdict: str) -> str:
    """The ratio that is judged, its limit, and the absolute figure for information."""
    absolute = f"{shown(judgement.absolute)} {mark.unit}"
    if judgement.limit is None:
        return f"{verdict:<21} {mark.title}: {_NOTHING} ({absolute})"
    limit = f"межа {judgement.limit.ratio:g}, допуск {mark.tolerance * 100:.0f} %"
    return f"{verdict:<21} {mark.title}: {shown(judgement.ratio)} {judgement.limit.unit} ({limit}; {absolute})"


def shown(number: float | None) -> str:
    """As many digits as mean something."""
    if number is None:
        return _NOTHING
    return f"{number:.0f}" if number >= 100 else f"{number:.3f}" if number < 1 else f"{number:.2f}"


def print_all(lines: Sequence[str] | Iterator[str]) -> None:
    print(*lines, sep="\n", flush=True)
