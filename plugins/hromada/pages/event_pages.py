"""Events: what is to come by day, a page for each month with its grid, calendar files.

A page of a month depends on its events alone, not on the clock. The first page and the home page show what is not over.
"""

from __future__ import annotations

from calendar import SATURDAY, monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from itertools import islice
from typing import NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alert import with_offset
from hromada.domain.dates import midnight
from hromada.domain.event import Event, EventState, Occurrence, calendar_begin
from hromada.domain.item import Item, Kind
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import CALENDAR_FILE, EVENT_FILE, EVENTS, event_month_path
from hromada.listing.event_views import DayOfEvents, DaysBetween, EventCard, by_day, days_between, event_card
from hromada.listing.pagination import Month, YearCount, month_title, years_of
from hromada.pages.view_models import FilePlan, PageGroup, PagePlan, page_plan
from hromada.system.regular_files import digest_of

_MOST_DATES = 10  # of one event among those to come: a daily one does not bury the others; the months have all
_RECENT_MONTHS, _RECENT_EVENTS = 3, 6  # months whose past events the first page names, and of each so many
_HOME_EVENTS, _UNIT_EVENTS = 4, 3
_WEEKEND_EVENTS = 6  # that the home page keeps for its script beside the nearest ones
_ALL = 1_000  # more than the occurrences of any event


class CalendarEntry(NamedTuple):
    """What a calendar file says of an event; `path` is the page's, `id` is the same for a translation."""

    id: str
    title: str
    path: str
    summary: str
    event: Event
    published: date
    stamp: str  # of the last change: ISO 8601 with an offset
    sequence: int


class PastMonth(NamedTuple):
    """A month's events that are over, the latest first, and how many there are beside the named ones."""

    link: MenuLink
    cards: tuple[EventCard, ...]
    more: int


class GridDay(NamedTuple):
    """A day of the grid: its date, how many events go on, the anchor of the list below that names them."""

    day: date
    events: int
    anchor: str


class MonthPage(NamedTuple):
    """A month: its weeks (None outside of it), the events that began earlier and go on, its days with events."""

    weeks: tuple[tuple[GridDay | None, ...], ...]
    continued: tuple[EventCard, ...]
    days: tuple[DayOfEvents | DaysBetween, ...]
    total: int


class NearestMonth(NamedTuple):
    """The month of the next event, with the address of its page."""

    link: MenuLink
    month: MonthPage


CONTINUED = "continued"  # the anchor of the events that began in an earlier month


class EventPages:
    """The pages and files of events."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        self._snapshot = snapshot
        self._moment = snapshot.clock.moment

    @cached_property
    def events(self) -> list[Item]:
        """The items whose events lists may name: listed news and messages, newest first."""
        return [item for item in self._snapshot.newest(Kind.NEWS, Kind.MESSAGE) if item.announced]

    def _cards(self, items: Iterable[Item], most: int, is_wanted: Callable[[Occurrence], bool]) -> list[EventCard]:
        """A card for each wanted occurrence, so many of each event at most, the earliest first."""
        cards = []
        for item in items:
            event = _event(item)
            wanted = filter(is_wanted, event.occurrences())
            unit = self._snapshot.unit_titles.get(item.section, "")
            cards += [event_card(item, event, occurrence, unit) for occurrence in islice(wanted, most)]
        return sorted(cards, key=_begin)

    def _coming(self, most: int, is_wanted: Callable[[Occurrence], bool] = lambda _: True) -> list[EventCard]:
        """The wanted occurrences that are not over, so many of each event at most, without items that have expired."""
        clock = self._snapshot.clock
        items = (item for item in self.events if _event(item).latest_day >= clock.day and not item.is_over(clock))
        return self._cards(items, most, lambda one: not one.is_over(self._moment) and is_wanted(one))

    @cached_property
    def next_ones(self) -> tuple[EventCard, ...]:
        """The nearest events for the home page, each once."""
        return tuple(self._coming(1)[:_HOME_EVENTS])

    @property
    def on_weekends(self) -> tuple[EventCard, ...]:
        """The next events on weekends beside the nearest ones: which weekend is the coming one, the reader's clock says."""
        known = {(card.path, card.at) for card in self.next_ones}
        takes_place = (card for card in self._coming(2, _is_on_weekend) if card.state != EventState.CANCELLED.value)
        return tuple(card for card in takes_place if (card.path, card.at) not in known)[:_WEEKEND_EVENTS]

    def of_unit(self, path: str) -> tuple[EventCard, ...]:
        """The nearest events that the messages of the unit whose page is at `path` announce, each once."""
        return self._by_unit.get(path, ())

    @cached_property
    def _by_unit(self) -> dict[str, tuple[EventCard, ...]]:
        by_unit: dict[str, tuple[EventCard, ...]] = {}
        for card in self._coming(1):
            above = card.path[: card.path.rindex("/", 0, -1) + 1]  # of a message: its unit's page
            if card.unit and len(cards := by_unit.get(above, ())) < _UNIT_EVENTS:
                by_unit[above] = (*cards, card)
        return by_unit

    # --- months -------------------------------------------------------------------------------------------------

    @cached_property
    def by_month(self) -> dict[Month, list[Item]]:
        """The items whose events go on in each month, the latest month first. Cards are made for the pages that are drawn."""
        months: dict[Month, list[Item]] = {}
        for item in self.events:
            for month in _event(item).months():
                months.setdefault(month, []).append(item)
        return dict(sorted(months.items(), reverse=True))

    def _cards_of(self, month: Month, items: Iterable[Item]) -> tuple[EventCard, ...]:
        """The occurrences that go on in a month."""
        first, last = _bounds(month)
        return tuple(
            self._cards(items, _ALL, lambda occurrence: occurrence.start.day <= last and occurrence.last_listed_day >= first)
        )  # fmt: skip

    @cached_property
    def years(self) -> tuple[YearCount, ...]:
        """The months with the numbers of their events: a repeated one is one event."""
        return years_of({month: len(items) for month, items in self.by_month.items()}, EVENTS, event_month_path)

    @property
    def paths(self) -> Iterator[str]:
        """The addresses for the sitemap."""
        yield EVENTS
        yield from (month.path for year in self.years for month in year.months)

    def _past(self) -> Iterator[PastMonth]:
        """The latest months in which an event is over, each event once: by its last day there."""
        shown = 0
        for month, items in self.by_month.items():
            if _bounds(month)[0] > self._snapshot.clock.day:
                continue
            ended = [card for card in self._cards_of(month, items) if _ended(card, month, self._moment)]
            if ended:
                shown += 1
                latest = sorted({card.path: card for card in ended}.values(), key=_begin, reverse=True)
                named = tuple(latest[:_RECENT_EVENTS])
                yield PastMonth(_link(month), named, len(latest) - len(named))
            if shown == _RECENT_MONTHS:
                return

    # --- groups -------------------------------------------------------------------------------------------------

    def groups(self) -> dict[str, PageGroup]:
        """The first page, each month's page, the calendar files."""
        coming = self._coming(_MOST_DATES)
        today = self._snapshot.clock.day
        going_on = tuple(card for card in coming if card.day < today)
        days = by_day(card for card in coming if card.day >= today)
        groups = {
            "events": PageGroup(
                self._front, (going_on, days, self._nearest(coming), tuple(self._past()), self.years), is_single_page=True
            ),
            "calendars": PageGroup(self._calendars, (self._with_files, self._subscribed)),
        }  # fmt: skip
        links = [_link(month) for month in self.by_month]
        for newer, link, older, (month, items) in zip(
            [None, *links], links, [*links[1:], None], self.by_month.items(), strict=False
        ):
            groups[link.path] = PageGroup(self._month, (link, newer, older, month, items), is_single_page=True)
        return groups

    def _nearest(self, coming: list[EventCard]) -> NearestMonth | None:
        """The month of what begins next, else of what goes on."""
        today = self._snapshot.clock.day
        nearest = next((card for card in coming if card.day >= today), coming[0] if coming else None)
        if nearest is None:
            return None
        month = nearest.day.year, nearest.day.month
        return NearestMonth(_link(month), month_page(month, self._cards_of(month, self.by_month[month])))

    def _front(
        self,
        going_on: tuple[EventCard, ...],
        days: tuple[DayOfEvents, ...],
        nearest: NearestMonth | None,
        past: tuple[PastMonth, ...],
        years: tuple[YearCount, ...],
    ) -> Iterator[PagePlan]:
        context = {"going_on": going_on, "days": days, "nearest": nearest, "past": past, "years": years}
        yield page_plan(EVENTS, "events.html", **context)

    def _month(
        self, link: MenuLink, newer: MenuLink | None, older: MenuLink | None, month: Month, items: list[Item]
    ) -> Iterator[PagePlan]:
        page = month_page(month, self._cards_of(month, items))
        context = {"of": link, "newer": newer, "older": older, "month": page}
        yield page_plan(link.path, "event_month.html", **context)

    # --- calendar files -----------------------------------------------------------------------------------------

    @cached_property
    def _with_files(self) -> list[Item]:
        """The items with a calendar file, hidden ones and translations, too: their pages link to it."""
        return [item for item in self._snapshot.built(Kind.NEWS, Kind.MESSAGE) if item.announced]

    @cached_property
    def _subscribed(self) -> list[Item]:
        """The items of the calendar for everybody, by the beginnings of their events."""
        begin = calendar_begin(self._snapshot.clock.day)
        recent = [item for item in self.events if _event(item).latest_day >= begin]
        listed = [item for item in recent if _event(item).last_day >= begin]
        return sorted(listed, key=lambda item: (_event(item).start.when, item.address))

    def _calendars(self, with_files: list[Item], subscribed: list[Item]) -> Iterator[FilePlan]:
        settings = self._snapshot.site.settings
        together = tuple(map(_entry, subscribed))
        yield _calendar(CALENDAR_FILE.strip("/"), settings.name, settings.address, together)
        for item in with_files:
            yield _calendar(f"{item.address.strip('/')}/{EVENT_FILE}", "", settings.address, (_entry(item),))


def _calendar(file: str, name: str, address: str, entries: tuple[CalendarEntry, ...]) -> FilePlan:
    """A calendar file; one with a name is a calendar to subscribe to."""
    return FilePlan(
        (file,), digest_of(repr((name, address, entries)).encode()), partial(_written, file, name, address, entries)
    )


def _written(file: str, name: str, address: str, entries: tuple[CalendarEntry, ...]) -> dict[str, bytes]:
    from hromada.pages.calendar_files import calendar_file  # the library takes 0.4 s to import (measured)

    return {file: calendar_file(name, address, entries)}


def _event(item: Item) -> Event:
    assert item.announced is not None, f"{item.path} announces nothing"
    return item.announced


def _entry(item: Item) -> CalendarEntry:
    event = _event(item)
    assert item.when is not None, f"{item.path}: a built item has a date"
    published = item.when.date()
    changed = max(item.when, item.modified) if item.modified else item.when
    id = item.address.removeprefix(f"/{item.lang}") if item.is_translation else item.address
    stamp = with_offset(changed)
    return CalendarEntry(id, item.title, item.address, item.summary, event, published, stamp, _sequence(item, event))


def _sequence(item: Item, event: Event) -> int:
    """A number that grows with each revision (RFC 5545): the minutes from the day of publication until the last change.

    Each counts twice, so that one more, for an event that is cancelled or moved, stays below the next minute.
    """
    assert item.day is not None, f"{item.path}: a built item has a date"
    minutes = (item.modified - midnight(item.day)) // timedelta(minutes=1) if item.modified else 0
    return 2 * max(0, minutes) + (event.state is not EventState.PLANNED)


def month_page(month: Month, cards: Iterable[EventCard]) -> MonthPage:
    """The page of a month with the cards of the events that go on in it, sorted."""
    cards = tuple(cards)
    first, last = _bounds(month)
    going_on: dict[date, list[EventCard]] = {}
    for card in cards:
        begin = max(card.day, first)
        for number in range((min(card.last_day, last) - begin).days + 1):
            going_on.setdefault(begin + timedelta(days=number), []).append(card)
    continued = tuple(card for card in cards if card.day < first)
    days = by_day(card for card in cards if card.day >= first)
    between = tuple(_days_between(going_on, {day.day for day in days}, first))
    anchors = dict.fromkeys(going_on, CONTINUED) | {day: run.anchor for run, run_days in between for day in run_days}
    anchors |= {day.day: day.anchor for day in days}
    cells: list[GridDay | None] = [None] * first.weekday()
    for number in range(last.day):
        day = first + timedelta(days=number)
        cells.append(GridDay(day, len(going_on.get(day, ())), anchors.get(day, "")))
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    listed: list[DayOfEvents | DaysBetween] = [*days, *(run for run, _ in between)]
    return MonthPage(
        weeks, continued, tuple(sorted(listed, key=lambda part: part.anchor)), len({card.path for card in cards})
    )


def _days_between(
    going_on: Mapping[date, list[EventCard]], own: Collection[date], first: date
) -> Iterator[tuple[DaysBetween, list[date]]]:
    """The days on which nothing begins, in runs with the same events; not those with events of earlier months alone."""
    quiet = [day for day, cards in sorted(going_on.items()) if day not in own and cards[-1].day >= first]
    runs: list[list[date]] = []
    for day in quiet:
        if runs and runs[-1][-1] == day - timedelta(days=1) and going_on[runs[-1][0]] == going_on[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        yield days_between(run[0], run[-1], going_on[run[0]]), run


def _ended(card: EventCard, month: Month, moment: datetime) -> bool:
    """Whether the occurrence was over by the moment, in this month."""
    return card.over <= moment and (card.last_day.year, card.last_day.month) == month


def _bounds(month: Month) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(*month, 1), date(*month, monthrange(*month)[1])


def _is_on_weekend(occurrence: Occurrence) -> bool:
    return any(day.weekday() >= SATURDAY for day in occurrence.days())


def _begin(card: EventCard) -> tuple[object, ...]:
    """The order of lists: by the beginning, whole days first, then by title."""
    return card.at, bool(card.hours), card.title, card.path


def _link(month: Month) -> MenuLink:
    return MenuLink(month_title(month), event_month_path(*month))
