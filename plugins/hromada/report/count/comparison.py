"""A period's figures beside those of earlier periods: what can be compared, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from hromada.domain.calendar import Clock
from hromada.domain.days_in_words import day_in_words
from hromada.domain.figure import FigureSpec
from hromada.domain.numerals import Case, Noun, format_decimal, format_multiple, grouped
from hromada.domain.period import Period
from hromada.report.count.activity import Activity, Count
from hromada.report.count.entry_index import EntryIndex

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
COLUMNS = ("previous", "year-before")
NO_DATA = "немає даних"
_OF_SITE = ("news", "unit-messages")  # what was written here: where one has something, none of the other is a zero
_MUCH = Fraction(3, 2)  # from half as much again on, «у 1,5 раза» says more than a percentage


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of an earlier period: its figures, by which rules, whether its archive is whole."""

    activity: Activity
    rules_version: str
    approved: bool = False
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure then and now; `base` is None where there is nothing to compare with, and `note` says why.

    `caveat` says why like is not compared with like: the numbers are shown, and no percentage is made of them.
    `since` is the day from which the archive holds the earlier period, when it does not hold all of it.
    """

    value: int
    base: int | None
    note: str = ""
    since: date | None = None
    caveat: str = ""

    @property
    def signed(self) -> str:
        """«+12», «−3», «0»."""
        if self.base is None:
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
        return f"{format_multiple(ratio)} {'більше' if more else 'менше'}" if ratio >= _MUCH else ""

    def _percent(self, plus: str = "", minus: str = "") -> str:
        """To one decimal; what rounds to nothing is «менш ніж на 0,1 %»."""
        assert self.base
        share = Fraction(abs(self.value - self.base) * 100, self.base)
        sign = plus if self.value > self.base else minus
        return f"{sign}{format_decimal(share)}{NBSP}%" if share >= Fraction(1, 20) else f"менш ніж 0,1{NBSP}%"

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
        number = noun.counted(abs(self.value - self.base), Case.ACCUSATIVE)
        share = f" ({self._percent()})" if whole else ""
        none = f", коли не було {_single(noun)}" if not self.base else ""
        return f"на {number}{share} {more}, ніж за {then}{none}"


def _single(noun: Noun) -> str:
    return noun.none_done("").split(maxsplit=1)[1].strip()


@dataclass(frozen=True, slots=True)
class Column:
    """One earlier period with the differences to it by figure; an approval freezes it with the rest."""

    name: str  # «previous» or «year-before»
    period: Period
    rules_version: str
    approved: bool
    complete: bool
    cells: Mapping[str, Difference]
    news: tuple[int | None, ...] = ()  # by month; None for a month that the archive does not hold in full

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be compared with it: the archive has earlier and later entries and none of its own."""
        return all(cell.base is None for cell in self.cells.values())


def earlier_periods(period: Period) -> dict[str, Period]:
    """The period before of the same kind and the same one a year before; only once when they are one."""
    found = {"previous": period.previous, "year-before": period.year_before}
    if found["previous"] == found["year-before"]:
        del found["year-before"]
    return {name: one for name, one in found.items() if one is not None}


def compare(activity: Activity, earlier: Mapping[str, Earlier], archive: EntryIndex) -> tuple[Column, ...]:
    """The columns in which anything can be compared, and those of a gap in the archive; `earlier` is by column."""
    columns = (_column(name, activity, one, archive) for name, one in earlier.items())
    first = archive.earliest
    return tuple(
        column for column in columns if not column.is_empty or (first is not None and first < column.period.first)
    )


def _column(name: str, activity: Activity, earlier: Earlier, archive: EntryIndex) -> Column:
    cells = _cells(activity, earlier, archive)
    news = cells.get("news")
    months = _news_by_month(earlier, archive) if news and news.base is not None else ()
    then = earlier.activity.period
    return Column(name, then, earlier.rules_version, earlier.approved, earlier.complete, cells, months)


def _cells(activity: Activity, earlier: Earlier, archive: EntryIndex) -> dict[str, Difference]:
    """Pages without a closing day exist in any period: where nothing else is known, their number would look counted."""
    cells = {count.id: _difference(count, activity.period, earlier, archive) for count in activity.counts}
    pages = {count.id for count in activity.counts if count.spec.source == "unit-pages"}
    if earlier.approved or any(cell.base is not None for id, cell in cells.items() if id not in pages):
        return cells
    return {id: replace(cell, base=None, note=cell.note or NO_DATA) for id, cell in cells.items()}


def _difference(count: Count, period: Period, earlier: Earlier, archive: EntryIndex) -> Difference:
    """A figure with a window of its own is not compared: its window is no period of the same kind."""
    then = earlier.activity.period
    before = earlier.activity.get(count.id)
    if before is None:
        return Difference(count.value, None, "не рахували")
    if count.window != period or before.window != then:
        return Difference(count.value, None, "має власний строк")
    if before.spec.definition != count.spec.definition:
        return Difference(count.value, None, "визначено інакше")
    start = None
    if not earlier.approved and count.spec.source != "unit-pages":
        start = _beginning(count.spec, archive)
        if start is None or start > then.last or not _is_held(count.spec, then, archive):
            return Difference(count.value, None, NO_DATA)
    since = start if start and start > then.first else None
    return Difference(count.value, before.value, "", since, _caveat(since, earlier, period, archive.clock))


def _caveat(since: date | None, earlier: Earlier, period: Period, clock: Clock) -> str:
    if since:
        return f"архів починається {day_in_words(since)}"
    if not earlier.complete:
        return "архів неповний"
    return "період звіту ще триває" if clock.day < period.last else ""


def _news_by_month(earlier: Earlier, archive: EntryIndex) -> tuple[int | None, ...]:
    """What the chart of the news sets beside this period's months."""
    news = earlier.activity.get("news")
    start = None if earlier.approved else archive.entry_list("news").earliest
    if news is None or news.window != earlier.activity.period:
        return ()
    return tuple(None if start and start > date(month.year, month.number, 1) else value for month, value in news.months)


def _is_held(spec: FigureSpec, then: Period, archive: EntryIndex) -> bool:
    """Whether the archive has anything of the period, so that a zero is a count and not a gap: the site, or the register."""
    if spec.total_of:
        addends = [archive.site.figures.get(id) for id in spec.total_of]
        return all(_is_held(addend, then, archive) for addend in addends if addend is not None)
    sources = _OF_SITE if spec.source in _OF_SITE else (spec.source,)
    return any(archive.entry_list(source).within(then) for source in sources)


def _beginning(spec: FigureSpec, archive: EntryIndex) -> date | None:
    """The first day from which the archive holds all that a figure is counted from; None where it holds nothing."""
    if not spec.total_of:
        return archive.entry_list(spec.source).earliest
    addends = [archive.site.figures.get(id) for id in spec.total_of]
    starts = [_beginning(addend, archive) for addend in addends if addend is not None]
    known = [start for start in starts if start is not None]
    return max(known) if len(known) == len(starts) and known else None
