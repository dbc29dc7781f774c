"""Compares a period's figures with those of earlier periods, and formats the differences in Ukrainian."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.calendar import Clock
from hromada.domain.days_in_words import day_in_words
from hromada.domain.entry import PHOTOS
from hromada.domain.figure import FigureSpec
from hromada.domain.numerals import Case, Noun, format_decimal, format_multiple, grouped
from hromada.domain.period import Period
from hromada.report.count.activity import Activity, Count
from hromada.report.count.entry_index import EntryIndex

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
COLUMNS = ("previous", "year-before")
NO_DATA = "немає даних"
_SITE_SOURCES = (
    "news",
    "unit-messages",
)  # written on the site: where one has entries, none of the other is a true zero
_MULTIPLE_FROM = Fraction(3, 2)  # from this ratio on, «у 1,5 раза» says more than a percentage


class Earlier(Struct, frozen=True):
    """An earlier period: its figures, the version of the counting rules, whether its archive is complete."""

    activity: Activity
    rules_version: str
    approved: bool = False
    complete: bool = True


class Difference(Struct, frozen=True):
    """One figure then (`base`) and now (`value`); `base` is None where it can't be compared, and `note` says why.

    `caveat` says why the two are not quite comparable: they are shown without a difference. `since` is the first day
    that the archive holds of the earlier period, when it does not hold all of it.
    """

    value: int
    base: int | None
    note: str = ""
    since: date | None = None
    caveat: str = ""

    @property
    def signed(self) -> str:
        """«+12», «−3», «0»; empty where the two are not quite comparable: the number alone would say that they are."""
        if self.base is None or self.caveat:
            return ""
        change = self.value - self.base
        return f"+{grouped(change)}" if change > 0 else f"{MINUS}{grouped(-change)}" if change else "0"

    @property
    def percent(self) -> str:
        """«+5,3 %», «у 2,5 раза більше», «стільки ж»; words where a percentage says nothing."""
        if self.base is None:
            return ""
        if self.caveat:
            return "неповні дані"
        if self.value == self.base:
            return f"стільки{NBSP}ж"
        if not self.base:
            return f"було{NBSP}0"
        if not self.value:
            return f"стало{NBSP}0"
        return self._multiple() or self._percent("+", MINUS)

    def _multiple(self) -> str:
        assert self.base
        more = self.value > self.base
        ratio = Fraction(self.value, self.base) if more else Fraction(self.base, self.value)
        return f"{format_multiple(ratio)} {'більше' if more else 'менше'}" if ratio >= _MULTIPLE_FROM else ""

    def _percent(self, plus: str = "", minus: str = "") -> str:
        """To one decimal; «менш ніж 0,1 %» for what would round to zero."""
        assert self.base
        share = Fraction(abs(self.value - self.base) * 100, self.base)
        prefix = plus if self.value > self.base else minus
        return f"{prefix}{format_decimal(share)}{NBSP}%" if share >= Fraction(1, 20) else f"менш ніж 0,1{NBSP}%"

    def sentence(self, noun: Noun, period: Period) -> str:
        """«на 58 публікацій (10,1 %) більше, ніж за I півріччя 2021 року», for the text of a report."""
        assert self.base is not None
        then = period.in_case(Case.ACCUSATIVE) + (f" ({self.caveat})" if self.caveat else "")
        if self.value == self.base:
            return f"стільки ж, скільки за {then}"
        more = "більше" if self.value > self.base else "менше"
        whole = bool(self.base and self.value and not self.caveat)
        if whole and (multiple := self._multiple()):
            return f"{multiple}, ніж за {then}"
        amount = noun.counted(abs(self.value - self.base), Case.ACCUSATIVE)
        share = f" ({self._percent()})" if whole else ""
        none = f", коли не було {_single(noun)}" if not self.base else ""
        return f"на {amount}{share} {more}, ніж за {then}{none}"


def _single(noun: Noun) -> str:
    return noun.none_done("").split(maxsplit=1)[1].strip()


class ComparisonColumn(Struct, frozen=True):
    """One earlier period with the differences to it by figure id; approvals freeze it."""

    name: str  # «previous» or «year-before»
    period: Period
    rules_version: str
    approved: bool
    complete: bool
    cells: Mapping[str, Difference]
    news: tuple[int | None, ...] = ()  # by month; None for a month that the archive does not hold in full

    @property
    def is_empty(self) -> bool:
        """Whether no figure can be compared with it."""
        return all(cell.base is None for cell in self.cells.values())


def earlier_periods(period: Period) -> dict[str, Period]:
    """The previous period of the same kind and the same one a year before, by column; only one where they are equal."""
    periods = {"previous": period.previous, "year-before": period.year_before}
    if periods["previous"] == periods["year-before"]:
        del periods["year-before"]
    return {name: period for name, period in periods.items() if period is not None}


def compare(
    activity: Activity, earlier: Mapping[str, Earlier], entry_index: EntryIndex
) -> tuple[ComparisonColumn, ...]:
    """Columns with anything to compare, and empty ones that are a gap in the archive; `earlier` is by column."""
    columns = (_column(name, activity, period, entry_index) for name, period in earlier.items())
    first = entry_index.earliest
    return tuple(
        column for column in columns if not column.is_empty or (first is not None and first < column.period.first)
    )


def _column(name: str, activity: Activity, earlier: Earlier, entry_index: EntryIndex) -> ComparisonColumn:
    cells = _cells(activity, earlier, entry_index)
    news = cells.get("news")
    months = _news_by_month(earlier, entry_index) if news and news.base is not None else ()
    then = earlier.activity.period
    return ComparisonColumn(name, then, earlier.rules_version, earlier.approved, earlier.complete, cells, months)


def _cells(activity: Activity, earlier: Earlier, entry_index: EntryIndex) -> dict[str, Difference]:
    """Differences by figure; without any other figure, the pages' one is dropped: a page without an end exists always."""
    cells = {count.id: _difference(count, activity.period, earlier, entry_index) for count in activity.counts}
    pages = {count.id for count in activity.counts if count.spec.source == "unit-pages"}
    if earlier.approved or any(cell.base is not None for id, cell in cells.items() if id not in pages):
        return cells
    return {id: replace(cell, base=None, note=cell.note or NO_DATA) for id, cell in cells.items()}


def _difference(count: Count, period: Period, earlier: Earlier, entry_index: EntryIndex) -> Difference:
    """A figure with its own window is not compared: the window is no period of the same kind."""
    then = earlier.activity.period
    before = earlier.activity.get(count.id)
    if before is None:
        return Difference(count.value, None, "не рахували")
    if count.window != period or before.window != then:
        return Difference(count.value, None, "має власний період")
    if before.spec.definition != count.spec.definition:
        return Difference(count.value, None, "визначено інакше")
    start = None
    if not earlier.approved and count.spec.source != "unit-pages":
        start = _beginning(count.spec, entry_index)
        if start is None or start > then.last or not _has_entries(count.spec, then, entry_index):
            return Difference(count.value, None, NO_DATA)
    since = start if start and start > then.first else None
    return Difference(count.value, before.value, "", since, _caveat(since, earlier, period, entry_index.clock))


def _caveat(since: date | None, earlier: Earlier, period: Period, clock: Clock) -> str:
    if since:
        return f"архів починається {day_in_words(since)}"
    if not earlier.complete:
        return "архів неповний"
    return "період звіту ще триває" if clock.day < period.last else ""


def _news_by_month(earlier: Earlier, entry_index: EntryIndex) -> tuple[int | None, ...]:
    """The news of the earlier period by month, for the chart; None for a month not fully in the archive."""
    news = earlier.activity.get("news")
    start = None if earlier.approved else entry_index.entry_list("news").earliest
    if news is None or news.window != earlier.activity.period:
        return ()
    return tuple(None if start and start > date(month.year, month.number, 1) else value for month, value in news.months)


def _has_entries(spec: FigureSpec, then: Period, entry_index: EntryIndex) -> bool:
    """Whether the site or the register has any entry in the period, so that a zero is a count and not a gap."""
    if spec.total_of:
        addends = [entry_index.site.figures.get(id) for id in spec.total_of]
        return all(_has_entries(addend, then, entry_index) for addend in addends if addend is not None)
    sources = _SITE_SOURCES if spec.source in (*_SITE_SOURCES, PHOTOS) else (spec.source,)
    return any(entry_index.entry_list(source).within(then) for source in sources)


def _beginning(spec: FigureSpec, entry_index: EntryIndex) -> date | None:
    """The first day from which the archive holds all sources of a figure; None where one of them is empty."""
    if spec.source == PHOTOS:  # the archive holds an item with its pictures; months without any are true zeros
        beginnings = (entry_index.entry_list(source).earliest for source in _SITE_SOURCES)
        return min((day for day in beginnings if day is not None), default=None)
    if not spec.total_of:
        return entry_index.entry_list(spec.source).earliest
    addends = [entry_index.site.figures.get(id) for id in spec.total_of]
    starts = [_beginning(addend, entry_index) for addend in addends if addend is not None]
    found_starts = [start for start in starts if start is not None]
    return max(found_starts) if len(found_starts) == len(starts) and found_starts else None
