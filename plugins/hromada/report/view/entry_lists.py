"""Builds the lists of entries behind the figures, by part; long ones also have pages for each part and month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.alphabet import to_nfc
from hromada.domain.days_in_words import month_in_words
from hromada.domain.entry import Entry
from hromada.domain.numerals import grouped
from hromada.domain.period import Month
from hromada.domain.web_address import web_address
from hromada.report.count.activity import Count, FigurePart
from hromada.report.view.list_pages import (
    MATRIX_CELLS,
    MOST_LINKS,
    WHOLE,
    GroupSlice,
    Pager,
    page_path,
    paginate,
    paths_of_entries,
    paths_of_groups,
)
from hromada.report.view.report_view import (
    EntryGroup,
    EntryView,
    GroupLink,
    ListPage,
    Matrix,
    MatrixCell,
    MatrixRow,
    MonthView,
)

_FEWEST_MONTHS = 2  # between which a reader can choose
LONG = 40  # more entries than this are hard to look through on a phone


def is_long(count: Count) -> bool:
    """Whether a list has pages by part and month."""
    return count.has_months and len(count.as_listed.entries) > LONG


def part_paths(count: Count, base: str) -> dict[str, str]:
    """Where each part's entries are shown; `base` is the report's address."""
    if is_long(count):
        return {part.id: _own_path(count, base, part) for part in count.parts}
    paths = paths_of_groups([part.entries for part in count.as_listed.parts], f"{base}{count.id}/")
    return {part.id: f"{path}#part-{part.id}" for part, path in zip(count.parts, paths, strict=True)}


def _own_path(count: Count, base: str, part: FigurePart) -> str:
    return f"{base}{count.id}/parts/{part.id}/"


def month_path(count: Count, base: str, month: Month) -> str:
    return f"{base}{count.id}/months/{month.id}/" if is_long(count) else ""


class _Group(NamedTuple):
    """Entries under one heading, before pagination; `path` is the list of this group alone."""

    id: str
    title: str
    entries: Sequence[Entry]
    path: str

    @property
    def value(self) -> int:
        return sum(entry.count for entry in self.entries)


class EntryListBuilder(Struct, frozen=True):
    """Builds pages of lists; `titles` are titles by section, `pages` the addresses that exist on the site today.

    `moved` are current addresses by approved ones, for items that were renamed since.
    """

    base: str
    titles: Mapping[str, str]
    pages: Collection[str]
    moved: Mapping[str, str] = field(default_factory=dict)

    def groups(self, count: Count) -> tuple[EntryGroup, ...]:
        """The counted entries by part, parts without entries included."""
        return tuple(self._entry_group(group, group.entries) for group in self._parts(count.as_listed))

    def pages_of(self, count: Count) -> Iterator[ListPage]:
        """The whole list, then pages for each part and month with entries when it is long."""
        count = count.as_listed
        path = f"{self.base}{count.id}/"
        if months := self._months_of(count):
            matrix = self.matrix(count)
            yield ListPage(path, "", count.value, (), matrix, () if matrix else self._part_links(count), months=months)
        else:
            yield from self._pages(path, "", count.value, self._parts(count), self.matrix(count))
        if not is_long(count):
            return
        months_by_part = {part.id: _by_month(part.entries) for part in count.parts}
        for part in count.parts:
            if part.entries:
                path, groups = _own_path(count, self.base, part), list(self._months(count, months_by_part[part.id]))
                yield from self._pages(path, part.title, part.value, groups)
        for month, value in count.months:
            if value:
                title, groups = (
                    month_in_words(month.year, month.number),
                    list(self._of_month(count, month, months_by_part)),
                )
                yield from self._pages(month_path(count, self.base, month), title, value, groups)

    def _months_of(self, count: Count) -> tuple[GroupLink, ...]:
        """The months by which a list of hundreds is entered; none for one that is shown at once."""
        months = [(month, value) for month, value in count.months if value]
        if not is_long(count) or len(count.entries) <= WHOLE or len(months) < _FEWEST_MONTHS:
            return ()
        return tuple(
            GroupLink("", month_in_words(month.year, month.number), value, month_path(count, self.base, month))
            for month, value in months
        )

    def _part_links(self, count: Count) -> tuple[GroupLink, ...]:
        """The parts of a list that is entered by months, where no matrix names them."""
        parts = [part for part in count.parts if part.entries]
        if not 1 < len(parts) <= MOST_LINKS:
            return ()
        return tuple(GroupLink("", part.title, part.value, _own_path(count, self.base, part)) for part in parts)

    def _pages(
        self, path: str, selection: str, value: int, groups: Sequence[_Group], matrix: Matrix | None = None
    ) -> Iterator[ListPage]:
        pages = paginate([group.entries for group in groups])
        for number, pieces in enumerate(pages, 1):
            is_first = number == 1
            yield ListPage(
                page_path(path, number),
                selection,
                value,
                tuple(self._piece(groups[piece.group], piece) for piece in pieces),
                matrix if is_first else None,
                _contents(groups, path) if is_first and not matrix else (),
                Pager.of(path, number, len(pages)),
            )

    def _parts(self, count: Count) -> list[_Group]:
        paths = part_paths(count, self.base) if is_long(count) else {}
        return [_Group(f"part-{part.id}", part.title, part.entries, paths.get(part.id, "")) for part in count.parts]

    def _months(self, count: Count, by_month: Mapping[Month, Sequence[Entry]]) -> Iterator[_Group]:
        for month, entries in by_month.items():
            title = month_in_words(month.year, month.number)
            yield _Group(f"m-{month.id}", title, entries, month_path(count, self.base, month))

    def _of_month(
        self, count: Count, month: Month, months_by_part: Mapping[str, Mapping[Month, Sequence[Entry]]]
    ) -> Iterator[_Group]:
        for part in count.parts:
            if entries := months_by_part[part.id].get(month):
                yield _Group(f"part-{part.id}", part.title, entries, _own_path(count, self.base, part))

    def matrix(self, count: Count) -> Matrix | None:
        """Parts by months for a long list; None with fewer than two months, or where it would be too large."""
        with_entries = [part for part in count.parts if part.entries]
        if not is_long(count) or len(count.months) < 2 or len(with_entries) * len(count.months) > MATRIX_CELLS:
            return None
        months = tuple(
            MonthView(month.id, month_in_words(month.year, month.number), _short(month), value,
                      month_path(count, self.base, month) if value else "")
            for month, value in count.months
        )  # fmt: skip
        return Matrix(months, tuple(self._row(count, part) for part in with_entries), count.value)

    def _row(self, count: Count, part: FigurePart) -> MatrixRow:
        path, by_month = _own_path(count, self.base, part), _by_month(part.entries)
        paths = dict(zip(by_month, paths_of_groups(list(by_month.values()), path), strict=True))
        cells = tuple(
            MatrixCell(sum(entry.count for entry in by_month.get(month, ())), f"{paths.get(month, path)}#m-{month.id}")
            for month, _ in count.months
        )
        return MatrixRow(part.title, path, part.value, cells)

    def _piece(self, group: _Group, piece: GroupSlice) -> EntryGroup:
        return self._entry_group(group, group.entries[piece.start : piece.end], goes_on=piece.start > 0)

    def _entry_group(self, group: _Group, entries: Iterable[Entry], *, goes_on: bool = False) -> EntryGroup:
        entry_views = tuple(map(self._entry, entries))
        return EntryGroup(group.id, group.title, group.value, entry_views, group.path, goes_on)

    def _entry(self, entry: Entry) -> EntryView:
        inside = entry.url.startswith("/")
        path = self.moved.get(entry.url, to_nfc(entry.url)) if inside else web_address(entry.url)
        return EntryView(
            title=entry.title or "без назви",
            path_or_url="" if inside and path not in self.pages else path,
            external=not inside,
            day=entry.day,
            section_title=self.titles.get(entry.section, entry.section.removeprefix("registers/")),
            source=f"{entry.place} і ще {grouped(entry.count - 1)}"
            if entry.is_photo and entry.count > 1
            else str(entry.place),
            count=entry.count,
            address=entry.url,
        )


def _short(month: Month) -> str:
    """«07.21»: a column of the matrix."""
    return f"{month.number:02d}.{month.year % 100:02d}"


def mentions_by_url(counts: Iterable[Count], base: str, moved: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """For each counted entry of the site: its current address, the figure's title, the page of its list."""
    for count in counts:
        for entry, path in _places(count, base):
            if entry.url.startswith("/") and not entry.is_row:
                yield moved.get(entry.url, entry.url), count.spec.title, path


def _places(count: Count, base: str) -> Iterator[tuple[Entry, str]]:
    """Each entry and the page that shows it: its part's page, when the list is long."""
    count = count.as_listed
    if is_long(count):
        for part in count.parts:
            months = list(_by_month(part.entries).values())
            for entry, _, path in paths_of_entries(months, _own_path(count, base, part)):
                yield entry, path
    else:
        groups = [part.entries for part in count.parts]
        for entry, index, path in paths_of_entries(groups, f"{base}{count.id}/"):
            yield entry, f"{path}#part-{count.parts[index].id}"


def _contents(groups: Sequence[_Group], path: str) -> tuple[GroupLink, ...]:
    """Links to the groups, when there are several and not too many."""
    if not 1 < len(groups) <= MOST_LINKS:
        return ()
    paths = paths_of_groups([group.entries for group in groups], path)
    return tuple(
        GroupLink(group.id, group.title, group.value, "" if begins == path else begins)
        for group, begins in zip(groups, paths, strict=True)
        if group.value
    )


def _by_month(entries: Iterable[Entry]) -> dict[Month, list[Entry]]:
    by_month: dict[Month, list[Entry]] = {}
    for entry in entries:
        assert entry.day is not None
        by_month.setdefault(Month.of(entry.day), []).append(entry)
    return by_month
