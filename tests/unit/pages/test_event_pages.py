"""The page of a month: its grid, where its days lead, whatever events it has."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.event import Event, EventMoment
from hromada.listing.event_views import event_card, format_event, when_in_words
from hromada.pages.event_pages import month_page
from tests.unit.making import item


def at(*when):
    return EventMoment(datetime(*when), has_time=len(when) > 3)


def card(first, days=1, title="Подія"):
    last = first + timedelta(days=days - 1)
    begin = EventMoment(datetime.combine(first, datetime.min.time()), has_time=False)
    end = EventMoment(datetime.combine(last, datetime.min.time()), has_time=False)
    event = Event(begin, end)
    return event_card(item(title=title, slug=f"{title}-{first}-{days}"), event, event.occurrences()[0], "")


@pytest.mark.parametrize(
    ("month", "weeks", "before", "after"),
    [((2021, 2), 4, 0, 0), ((2022, 1), 6, 5, 6), ((2024, 2), 5, 3, 3), ((2022, 5), 6, 6, 5)],
)
def test_weeks_begin_on_monday(month, weeks, before, after):
    page = month_page(month, ())

    assert len(page.weeks) == weeks
    assert (page.weeks[0].count(None), page.weeks[-1].count(None)) == (before, after)
    assert page.weeks[0][before].day == date(*month, 1)


def test_days_on_which_nothing_begins_stand_in_the_list_together():
    page = month_page((2022, 1), (card(date(2022, 1, 3), 20), card(date(2022, 1, 5), title="Друга")))
    cells = {cell.day.day: (cell.events, cell.anchor) for week in page.weeks for cell in week if cell}

    assert cells[2] == (0, "")
    assert cells[4] == (1, "d2022-01-04")
    assert cells[5] == (2, "d2022-01-05")
    assert cells[6] == cells[22] == (1, "d2022-01-06")
    assert cells[23] == (0, "")
    assert [day.title.replace("\N{NO-BREAK SPACE}", " ") for day in page.days] == [
        "Понеділок, 3 січня 2022 року", "Вівторок, 4 січня 2022 року", "Середа, 5 січня 2022 року", "6–22 січня 2022 року",
    ]  # fmt: skip


def test_days_with_events_of_earlier_months_alone_lead_to_those():
    page = month_page((2022, 1), (card(date(2021, 12, 30), 5), card(date(2022, 1, 2), title="Друга")))
    cells = {cell.day.day: cell.anchor for week in page.weeks for cell in week if cell and cell.anchor}

    assert cells == {1: "continued", 2: "d2022-01-02", 3: "continued"}


CARDS = st.lists(st.builds(card, st.dates(date(2021, 11, 1), date(2022, 2, 28)), st.integers(1, 120)), max_size=12)


@given(CARDS)
def test_every_day_with_events_leads_to_one_that_goes_on(cards):
    january = [one for one in cards if one.day <= date(2022, 1, 31) and one.last_day >= date(2022, 1, 1)]
    page = month_page((2022, 1), sorted(january, key=lambda one: one.day))
    listed = {day.anchor: day.cards for day in page.days} | ({"continued": page.continued} if page.continued else {})

    for cell in (cell for week in page.weeks for cell in week if cell):
        going_on = [one for one in january if one.day <= cell.day <= one.last_day]
        assert cell.events == len(going_on)
        assert bool(cell.anchor) == bool(going_on)
        assert not going_on or any(one.day <= cell.day <= one.last_day for one in listed[cell.anchor])


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event(at(2022, 1, 22)), "субота, 22 січня 2022 року"),
        (Event(at(2022, 1, 22, 11)), "субота, 22 січня 2022 року, 11:00"),
        (Event(at(2022, 1, 22, 11), at(2022, 1, 22, 15)), "субота, 22 січня 2022 року, 11:00–15:00"),
        (Event(at(2022, 1, 22, 11), at(2022, 1, 22)), "субота, 22 січня 2022 року, 11:00"),
        (Event(at(2022, 1, 22), at(2022, 1, 22, 15)), "субота, 22 січня 2022 року, до 15:00"),
        (Event(at(2022, 1, 22, 22), at(2022, 1, 23, 0)), "субота, 22 січня 2022 року, 22:00–00:00"),
        (Event(at(2022, 1, 22), at(2022, 1, 24)), "з 22 до 24 січня 2022 року"),
        (Event(at(2022, 1, 30), at(2022, 2, 2)), "з 30 січня до 2 лютого 2022 року"),
        (Event(at(2021, 12, 30), at(2022, 1, 2)), "з 30 грудня 2021 року до 2 січня 2022 року"),
        (Event(at(2022, 1, 22, 11), at(2022, 1, 24, 15)), "з 22 січня 2022 року, 11:00 до 24 січня 2022 року, 15:00"),
        (Event(at(2022, 1, 22, 11), at(2022, 1, 24)), "з 22 січня 2022 року, 11:00 до 24 січня 2022 року"),
    ],
)
def test_when_it_takes_place_in_words(event, words):
    assert when_in_words(event.occurrences()[0]).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_card_of_news_says_what_it_announces():
    event = Event(at(2022, 1, 22, 11), at(2022, 1, 23), "Площа")

    assert (
        format_event(event).replace("\N{NO-BREAK SPACE}", " ")
        == "Подія: 22 січня 2022 року о 11:00 – 23 січня 2022 року, Площа"
    )
