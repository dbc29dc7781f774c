"""The lists behind the figures: all entries by part; where they are many, by part and by month on pages of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hromada.domain.alphabet import composed
from hromada.domain.days_in_words import month_in_words
from hromada.domain.entry import Entry
from hromada.domain.period import Month
from hromada.domain.web_address import web_address
from hromada.report.activity import Count, Part
from hromada.report.view import EntryGroup, EntryView, ListPage, Matrix, MatrixCell, MatrixRow, MonthView

LONG = 40  # more entries than this are hard to look through on a phone


def is_long(count: Count) -> bool:
    """Whether a list has pages by part and month."""
    return count.has_months and len(count.entries) > LONG


def part_path(count: Count, base: str, part: str) -> str:
    """Where a part's entries are shown; `base` is the report's address."""
    return f"{base}{count.id}/parts/{part}/" if is_long(count) else f"{base}{count.id}/#part-{part}"


def month_path(count: Count, base: str, month: Month) -> str:
    return f"{base}{count.id}/months/{month.id}/" if is_long(count) else ""


@dataclass(frozen=True, slots=True)
class Lister:
    """Makes the pages of lists; `titles` are sections' names, `pages` the addresses that exist on the site today.

    `moved` are present addresses by approved ones: an item that was renamed since is found where it is.
    """

    base: str
    titles: Mapping[str, str]
    pages: Collection[str]
    moved: Mapping[str, str] = field(default_factory=dict)

    def groups(self, count: Count) -> tuple[EntryGroup, ...]:
        """Exactly the counted entries by part; parts of zero are there, without entries."""
        long = is_long(count)
        return tuple(
            self._group(
                f"part-{part.id}", part.title, part.entries, part_path(count, self.base, part.id) if long else ""
            )
            for part in count.parts
        )

    def pages_of(self, count: Count) -> Iterator[ListPage]:
        """The whole list, then a page for each part and month with entries when it is long."""
        yield ListPage(f"{self.base}{count.id}/", "", count.value, self.groups(count), self.matrix(count))
        if not is_long(count):
            return
        held = {part.id: _by_month(part.entries) for part in count.parts}
        for part in count.parts:
            if part.entries:
                path = part_path(count, self.base, part.id)
                yield ListPage(path, part.title, part.value, tuple(self._months(count, held[part.id])))
        for month, value in count.months:
            if value:
                groups = tuple(self._of_month(count, month, held))
                path = month_path(count, self.base, month)
                yield ListPage(path, month_in_words(month.year, month.number), value, groups)

    def _months(self, count: Count, held: Mapping[Month, Sequence[Entry]]) -> Iterator[EntryGroup]:
        for month, found in held.items():
            title = month_in_words(month.year, month.number)
            yield self._group(f"m-{month.id}", title, found, month_path(count, self.base, month))

    def _of_month(
        self, count: Count, month: Month, held: Mapping[str, Mapping[Month, Sequence[Entry]]]
    ) -> Iterator[EntryGroup]:
        for part in count.parts:
            if found := held[part.id].get(month):
                yield self._group(f"part-{part.id}", part.title, found, part_path(count, self.base, part.id))

    def matrix(self, count: Count) -> Matrix | None:
        """Parts by months for a long list; None where one of the two says nothing."""
        if not is_long(count) or len(count.months) < 2:
            return None
        months = tuple(
            MonthView(month.id, month_in_words(month.year, month.number), _short(month), value,
                      month_path(count, self.base, month) if value else "")
            for month, value in count.months
        )  # fmt: skip
        return Matrix(months, tuple(self._row(count, part) for part in count.parts if part.entries), count.value)

    def _row(self, count: Count, part: Part) -> MatrixRow:
        path = part_path(count, self.base, part.id)
        values = dict.fromkeys((month for month, _ in count.months), 0)
        for entry in part.entries:
            assert entry.day is not None
            values[Month.of(entry.day)] += entry.count
        cells = tuple(MatrixCell(value, f"{path}#m-{month.id}") for month, value in values.items())
        return MatrixRow(part.title, path, part.value, cells)

    def _group(self, id: str, title: str, entries: Iterable[Entry], path: str) -> EntryGroup:
        shown = tuple(map(self._entry, entries))
        return EntryGroup(id, title, sum(entry.count for entry in shown), shown, path)

    def _entry(self, entry: Entry) -> EntryView:
        inside = entry.url.startswith("/")
        path = self.moved.get(entry.url, composed(entry.url)) if inside else web_address(entry.url)
        return EntryView(
            title=entry.title or "без назви",
            path_or_url="" if inside and path not in self.pages else path,
            external=not inside,
            day=entry.day,
            section_title=self.titles.get(entry.section, entry.section.removeprefix("registers/")),
            source=str(entry.place),
            count=entry.count,
            address=entry.url,
        )


def _short(month: Month) -> str:
    """«07.21»: a column of the matrix."""
    return f"{month.number:02d}.{month.year % 100:02d}"


def by_url(counts: Iterable[Count], base: str, moved: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """For each counted entry of the site: its present address, the figure's title, the list it stands in."""
    for count in counts:
        for part in count.parts:
            path = part_path(count, base, part.id)
            for entry in part.entries:
                if entry.url.startswith("/") and not entry.source.startswith("register:"):
                    yield moved.get(entry.url, entry.url), count.spec.title, path


def _by_month(entries: Iterable[Entry]) -> dict[Month, list[Entry]]:
    held: dict[Month, list[Entry]] = {}
    for entry in entries:
        assert entry.day is not None
        held.setdefault(Month.of(entry.day), []).append(entry)
    return held
