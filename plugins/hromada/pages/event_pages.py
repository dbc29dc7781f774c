"""Events: what is to come by day, a page for each month with its grid, calendar files.

A page of a month depends on its events alone, not on the clock. The first page and the home page show what is not over.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import islice
from typing import NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alert import with_offset
from hromada.domain.calendar import midnight
from hromada.domain.event import Event, Occurrence, calendar_begin
from hromada.domain.item import Item, Kind
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import CALENDAR_FILE, EVENT_FILE, EVENTS, event_month_path
from hromada.listing.event_views import DayOfEvents, EventCard, by_day, event_card
from hromada.listing.pagination import Month, YearCount, month_title, years_of
from hromada.pages.view_models import FilePlan, PageGroup, PagePlan
from hromada.system.regular_files import digest_of

_MOST_DATES = 10  # of one event among those to come: a daily one does not bury the others; the months have all
_RECENT_MONTHS, _RECENT_EVENTS = 3, 6  # months whose past events the first page names, and of each so many
_HOME_EVENTS = 4


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
    """A month: its weeks (None outside of it), the events that began earlier and go on, the others by day."""

    weeks: tuple[tuple[GridDay | None, ...], ...]
    continued: tuple[EventCard, ...]
    days: tuple[DayOfEvents, ...]
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
    def events(self) -> list[tuple[Item, Event]]:
        """The events that lists may name: those of listed news and messages."""
        items = self._snapshot.newest(Kind.NEWS, Kind.MESSAGE)
        return [(item, item.announced) for item in items if item.announced]

    @cached_property
    def _cards(self) -> list[EventCard]:
        """A card for each occurrence, the earliest first."""
        cards = (self._card(item, event, one) for item, event in self.events for one in event.occurrences())
        return sorted(cards, key=_begin)

    def _card(self, item: Item, event: Event, occurrence: Occurrence) -> EventCard:
        return event_card(item, event, occurrence, self._snapshot.unit_titles.get(item.section, ""))

    def _coming(self, most: int) -> list[EventCard]:
        """The occurrences that are not over, so many of each event at most, the earliest first."""
        cards = []
        for item, event in self.events:
            ahead = (one for one in event.occurrences() if not one.is_over(self._moment))
            cards += [self._card(item, event, one) for one in islice(ahead, most)]
        return sorted(cards, key=_begin)

    @property
    def next_ones(self) -> tuple[EventCard, ...]:
        """The nearest events for the home page, each once."""
        return tuple(self._coming(1)[:_HOME_EVENTS])

    # --- months -------------------------------------------------------------------------------------------------

    @cached_property
    def by_month(self) -> dict[Month, list[EventCard]]:
        """The occurrences that go on in each month, the latest month first."""
        months: dict[Month, list[EventCard]] = {}
        for card in self._cards:
            for month in _months_of(card):
                months.setdefault(month, []).append(card)
        return dict(sorted(months.items(), reverse=True))

    @cached_property
    def years(self) -> tuple[YearCount, ...]:
        """The months with the numbers of their events: a repeated one is one event."""
        counts = {month: len({card.path for card in cards}) for month, cards in self.by_month.items()}
        return years_of(counts, EVENTS, event_month_path)

    @property
    def paths(self) -> Iterator[str]:
        """The addresses for the sitemap."""
        yield EVENTS
        yield from (month.path for year in self.years for month in year.months)

    def _past(self) -> Iterator[PastMonth]:
        """The latest months in which an event is over, each event once: by its last day there."""
        shown = 0
        for month, cards in self.by_month.items():
            over: dict[str, EventCard] = {}
            for card in cards:
                if (card.last_day.year, card.last_day.month) == month and self._is_over(card):
                    over[card.path] = card
            if over:
                shown += 1
                latest = sorted(over.values(), key=_begin, reverse=True)
                named = tuple(latest[:_RECENT_EVENTS])
                yield PastMonth(_link(month), named, len(latest) - len(named))
            if shown == _RECENT_MONTHS:
                return

    def _is_over(self, card: EventCard) -> bool:
        return card.over <= self._moment

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
            "calendars": PageGroup(self._calendars, (self._entries(), self._subscribed)),
        }  # fmt: skip
        links = [_link(month) for month in self.by_month]
        for newer, link, older, (month, cards) in zip(
            [None, *links], links, [*links[1:], None], self.by_month.items(), strict=False
        ):
            groups[link.path] = PageGroup(
                self._month, (link, newer, older, month, tuple(cards)), is_single_page=True
            )  # fmt: skip
        return groups

    def _nearest(self, coming: list[EventCard]) -> NearestMonth | None:
        """The month of what begins next, else of what goes on."""
        today = self._snapshot.clock.day
        nearest = next((card for card in coming if card.day >= today), coming[0] if coming else None)
        if nearest is None:
            return None
        month = nearest.day.year, nearest.day.month
        return NearestMonth(_link(month), month_page(month, self.by_month[month]))

    def _front(
        self,
        going_on: tuple[EventCard, ...],
        days: tuple[DayOfEvents, ...],
        nearest: NearestMonth | None,
        past: tuple[PastMonth, ...],
        years: tuple[YearCount, ...],
    ) -> Iterator[PagePlan]:
        context = {"going_on": going_on, "days": days, "nearest": nearest, "past": past, "years": years}
        yield PagePlan(f"{EVENTS.strip('/')}/index.html", "events.html", context)

    def _month(
        self, link: MenuLink, newer: MenuLink | None, older: MenuLink | None, month: Month, cards: tuple[EventCard, ...]
    ) -> Iterator[PagePlan]:
        context = {"of": link, "newer": newer, "older": older, "month": month_page(month, cards)}
        yield PagePlan(f"{link.path.strip('/')}/index.html", "event_month.html", context)

    # --- calendar files -----------------------------------------------------------------------------------------

    def _entries(self) -> tuple[CalendarEntry, ...]:
        """The events of all pages, those of hidden items and of translations, too: their pages link to their files."""
        items = self._snapshot.built(Kind.NEWS, Kind.MESSAGE)
        return tuple(_entry(item, item.announced) for item in items if item.announced)

    @cached_property
    def _subscribed(self) -> tuple[str, ...]:
        """The paths of the events in the calendar for everybody, by their beginnings."""
        begin = calendar_begin(self._snapshot.clock.day)
        listed = [(item, event) for item, event in self.events if event.last_day >= begin]
        return tuple(
            item.address for item, event in sorted(listed, key=lambda pair: (pair[1].start.when, pair[0].address))
        )

    def _calendars(self, entries: tuple[CalendarEntry, ...], subscribed: tuple[str, ...]) -> Iterator[FilePlan]:
        settings = self._snapshot.site.settings
        by_path = {entry.path: entry for entry in entries}
        together = tuple(by_path[path] for path in subscribed)
        yield _calendar(CALENDAR_FILE.strip("/"), settings.name, settings.address, together)
        for entry in entries:
            yield _calendar(f"{entry.path.strip('/')}/{EVENT_FILE}", "", settings.address, (entry,))


def _calendar(file: str, name: str, address: str, entries: tuple[CalendarEntry, ...]) -> FilePlan:
    """A calendar file; one with a name is a calendar to subscribe to."""
    return FilePlan(
        (file,), digest_of(repr((name, address, entries)).encode()), partial(_written, file, name, address, entries)
    )


def _written(file: str, name: str, address: str, entries: tuple[CalendarEntry, ...]) -> dict[str, bytes]:
    from hromada.pages.calendar_files import calendar_file  # the library takes 0.4 s to import (measured)

    return {file: calendar_file(name, address, entries)}


def _entry(item: Item, event: Event) -> CalendarEntry:
    assert item.when is not None, f"{item.path}: a built item has a date"
    published = item.when.date()
    changed = max(item.when, midnight(item.modified)) if item.modified else item.when
    sequence = max(0, (item.modified - published).days) if item.modified else 0
    has_news = event.state.value != "planned"
    id = item.address.removeprefix(f"/{item.lang}") if item.is_translation else item.address
    stamp = with_offset(changed)
    return CalendarEntry(id, item.title, item.address, item.summary, event, published, stamp, sequence + has_news)


def month_page(month: Month, cards: Iterable[EventCard]) -> MonthPage:
    """The page of a month with the cards of the events that go on in it, sorted."""
    cards = tuple(cards)
    first = date(*month, 1)
    last = date(*month, monthrange(*month)[1])
    continued = tuple(card for card in cards if card.day < first)
    days = by_day(card for card in cards if card.day >= first)
    counts: dict[date, int] = {}
    anchors: dict[date, str] = {}
    for card in cards:
        begin = card.day if card.day >= first else first
        anchor = f"d{card.day}" if card.day >= first else CONTINUED
        for number in range((min(card.last_day, last) - begin).days + 1):
            day = begin + timedelta(days=number)
            counts[day] = counts.get(day, 0) + 1
            # A day's own events stand below its own heading, which its link prefers.
            anchors[day] = anchor if number == 0 else anchors.get(day, anchor)
    cells: list[GridDay | None] = [None] * first.weekday()
    for number in range(last.day):
        day = first + timedelta(days=number)
        cells.append(GridDay(day, counts.get(day, 0), anchors.get(day, "")))
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return MonthPage(weeks, continued, days, len({card.path for card in cards}))


def _months_of(card: EventCard) -> Iterator[Month]:
    first, last = (12 * day.year + day.month - 1 for day in (card.day, card.last_day))
    for number in range(first, last + 1):
        yield number // 12, number % 12 + 1


def _begin(card: EventCard) -> tuple[object, ...]:
    """The order of lists: by the beginning, whole days first, then by title."""
    return card.at, bool(card.hours), card.title, card.path


def _link(month: Month) -> MenuLink:
    return MenuLink(month_title(month), event_month_path(*month))
