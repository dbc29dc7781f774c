"""Checks that the count accounts for everything: files against buckets, parts and months against totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from hromada.domain.entry import Entry, SourceLocation
from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import grouped
from hromada.domain.problem import Problem, warning
from hromada.domain.site import Site
from hromada.report.count.activity import Activity, Count

_TELL = "повідомте розробників: число без переліку публікувати не можна"


def unaccounted_files(site: Site) -> Iterator[Problem]:
    """Item files on disk that are missing from the count or in it twice.

    Every entry has exactly one bucket, so without such files the buckets add up to the files on disk.
    """
    counted_paths = Counter(entry.place.path for entry in site.entries if not entry.source.startswith("register:"))
    file_paths = set(site.found)
    for path in sorted(file_paths - counted_paths.keys()):
        yield Problem(path, 1, "item-lost", "файл знайдено, але у звірці його немає", _TELL)
    for path in sorted(path for path, times in counted_paths.items() if times > 1 or path not in file_paths):
        yield Problem(path, 1, "item-lost", "матеріал у звірці є, а файлу для нього немає або він там двічі", _TELL)


def sum_problems(activity: Activity, path: str) -> Iterator[Problem]:
    """Figures whose parts or months don't sum to their value, with the entries that are missing or doubled.

    `path` is the report's file; the fault is a bug of the count, never of the content.
    """
    for line in activity.registers:
        if line.rows != line.counted + line.excluded + line.scheduled + line.outside:
            yield Problem(path, 1, "does-not-add-up", f"рядки журналу «{line.id}» не сходяться: {line.rows}", _TELL)
    for count in activity.counts:
        yield from _figure(count, path)


def overlapping_sums(activity: Activity, path: str) -> Iterator[Problem]:
    """Warn of a sum whose addends share entries: it counts those twice, which its author may or may not want."""
    for count in activity.counts:
        times = Counter(entry.place for entry in count.entries)
        repeated = [location for location, amount in times.items() if amount > 1]
        if count.spec.total_of and repeated:
            yield warning(
                path, 1, "sum-overlaps",
                f"«{count.spec.title}»: {NOUNS['матеріал'].counted(len(repeated))} враховано двічі, наприклад {repeated[0]}",
                "складайте показники, які не мають спільних матеріалів",
            )  # fmt: skip


def _figure(count: Count, path: str) -> Iterator[Problem]:
    parts = sum(part.value for part in count.parts)
    months = sum(value for _, value in count.months) if count.has_months else count.value
    if parts == months == count.value:
        return
    missing = [
        str(location) for location in _differing(count.entries, (e for part in count.parts for e in part.entries))
    ]
    message = (
        f"«{count.spec.title}»: {grouped(count.value)}, за частинами {grouped(parts)}, за місяцями {grouped(months)}"
    )
    yield Problem(path, 1, "does-not-add-up", f"{message}; різниця: {', '.join(missing) or 'немає'}", _TELL)


def _differing(whole: Iterable[Entry], split: Iterable[Entry]) -> list[SourceLocation]:
    first, second = Counter(entry.place for entry in whole), Counter(entry.place for entry in split)
    return sorted({*(first - second), *(second - first)})
