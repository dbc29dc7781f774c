"""Headers of events: the value that they give, and what is refused with its line."""

from datetime import date, datetime

import pytest

from hromada.domain.event import EventMoment, EventState
from hromada.domain.recurrence import Frequency
from hromada.reading.items import read_item

PATH = "content/news/2022/2022-01-10-biblioteka.md"


def read(*lines):
    text = "\n".join(("title: Бібліотека", "date: 2022-01-10", *lines, "", "Текст.", ""))
    return read_item(PATH, text.encode())


def said(*lines):
    return [(one.line, one.code, one.level.value) for one in sorted(read(*lines).problems)]


def test_an_event_has_all_that_the_header_says():
    found = read(
        "Дата події: 22 січня 2022 року, 11:00",
        "Кінець події: 22.01.2022 15:00",
        "Місце: Читальна зала",
        "Повторюється: щотижня до 26.02.2022, крім 05.02.2022",
        "Стан події: Перенесено",
        "Попередня дата: 15.01.2022",
        "Посилання на подію: https://biblioteka.example/",
    )

    assert found.problems == []
    event = found.item.announced
    assert event.start == EventMoment(datetime(2022, 1, 22, 11))
    assert event.end == EventMoment(datetime(2022, 1, 22, 15))
    assert (event.place, event.url) == ("Читальна зала", "https://biblioteka.example/")
    assert (event.recurrence.frequency, event.recurrence.excepted) == (Frequency.WEEKLY, (date(2022, 2, 5),))
    assert (event.state, event.was) == (EventState.MOVED, EventMoment(datetime(2022, 1, 15), has_time=False))


@pytest.mark.parametrize(
    ("written", "has_time"),
    [
        ("22.01.2022", False),
        ("22.01.2022 00:00", True),
        ("22 січня 2022 року об 11", True),
        ("2022-01-22T00:00Z", True),
    ],
)
def test_without_a_time_it_takes_the_whole_day(written, has_time):
    assert read(f"event-date: {written}").item.announced.start.has_time is has_time


def test_a_page_announces_no_event():
    page = read_item("content/pages/x.md", b"title: X\nevent-date: 22.01.2022\n\nX\n").item

    assert page.announced is None


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (("event-repeat: щодня до 2022-02-01",), [(3, "event-date-missing", "error")]),
        (("event-end: 2022-02-01",), [(3, "event-date-missing", "error")]),
        (("event-state: скасовано",), [(3, "event-date-missing", "error")]),
        (("event-date: 2022-01-22", "event-state: скасована"), [(4, "event-state-unknown", "error")]),
        (("event-date: 2022-01-22", "event-state: moved"), [(4, "event-was-missing", "error")]),
        (("event-date: 2022-01-22", "event-was: 2022-01-15"), [(4, "event-was-alone", "error")]),
        (
            ("event-date: 2022-01-22", "event-state: cancelled", "event-was: 2022-01-15"),
            [(5, "event-was-alone", "error")],
        ),
        (
            ("event-date: 2022-01-22", "event-state: moved", "event-was: 2022-01-35"),
            [(5, "date-format", "error")],
        ),
        (("event-date: 2022-01-22 11:00", "event-end: 2022-01-22 10:59"), [(4, "event-order", "error")]),
        (("event-date: 2022-01-22 11:00", "event-end: 2022-01-21"), [(4, "event-order", "error")]),
        (("event-date: 2022-01-22 11:00", "event-end: 2022-01-22"), []),
        (("event-date: 2022-01-22", "event-end: 2022-01-22 10:00"), []),
        (("event-date: 2022-01-22 11:00", "event-end: 2022-01-22 11:00"), []),
        (("event-date: 2022-10-30T03:30+03:00", "event-end: 2022-10-30T03:10+02:00"), []),
        (("event-date: 2022-03-27 03:30", "event-end: 2022-03-27 04:00"), []),  # the clock skips the hour from 3 to 4
        (("event-date: 2022-03-27 03:30", "event-end: 2022-03-27 03:10"), [(4, "event-order", "error")]),
        (("event-date: 2022-01-22", "event-repeat: щодня"), [(4, "event-repeat-endless", "error")]),
        (("event-date: 2022-01-22", "event-repeat: щодня до 2022-01-21"), [(4, "event-repeat-order", "error")]),
        (("event-date: 2022-01-22", "event-repeat: щодня до 2022-01-22"), []),
        (("event-date: 2022-01-22", "event-repeat: щороку до 2023-01-23"), []),  # 366 days
        (("event-date: 2022-01-22", "event-repeat: щороку до 2023-01-24"), [(4, "event-repeat-long", "error")]),
        (
            ("event-date: 2022-01-22", "event-repeat: щотижня до 2022-01-28, крім 2022-01-22"),
            [(4, "event-repeat-none", "error")],
        ),
        (
            ("event-date: 2022-01-22", "event-repeat: щотижня до 2022-02-28, крім 2022-01-30"),
            [(4, "event-repeat-except", "warning")],
        ),
        (("event-date: весною", "event-repeat: щодня до 2022-02-01"), [(3, "date-format", "error")]),
    ],
)
def test_what_contradicts_itself_is_refused_once(lines, problems):
    assert said(*lines) == problems


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_end_of_lines_and_a_byte_order_mark_change_nothing(ending, encoding):
    text = ending.join(["---", "Назва: Х", "Дата: 10.01.2022", "Дата події: 22.01.2022", "Повторюється: щодня до 23.01.2022",
                        "---", "", "Текст."])  # fmt: skip
    event = read_item(PATH, text.encode(encoding)).item.announced

    assert len(event.occurrences()) == 2


@pytest.mark.parametrize(
    "line",
    [
        "event-repeat: щодня до 23.01.2022",
        "event-state: скасовано",
        "event-place: Площа",
        "event-url: https://a.example/",
    ],
)
def test_an_approved_report_knows_that_an_event_was_changed(line):
    before, after = read("event-date: 22.01.2022").item, read("event-date: 22.01.2022", line).item

    assert before.digests[-1] != after.digests[-1]
