"""Events that have changed online while their calendar files say that nothing has."""

import pytest

from hromada.online.event_changes import is_event_file, unmarked_events
from hromada.online.site_changes import SiteChanges

FILE = "news/tolok/event.ics"
LINES = {
    "SUMMARY": "Толока", "DTSTART;TZID=Europe/Kyiv": "20220117T140000", "SEQUENCE": "0", "STATUS": "CONFIRMED",
    "LOCATION": "Парк", "DESCRIPTION": "Візьміть рукавиці",
}  # fmt: skip


def calendar(**changed):
    named = {name.partition(";")[0]: name for name in LINES}
    lines = LINES | {named.get(name, name): value for name, value in changed.items()}
    event = "\r\n".join(f"{name}:{value}" for name, value in lines.items())
    return f"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nDTSTART:19970330T030000\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    "changed",
    [
        {"DTSTART": "20220118T140000"}, {"DTEND": "20220117T150000"}, {"STATUS": "CANCELLED"}, {"LOCATION": "Площа"},
        {"RRULE": "FREQ=WEEKLY"},
    ],
)  # fmt: skip
def test_an_event_with_another_time_place_or_state_needs_a_higher_sequence(changed):
    assert unmarked_events({FILE: calendar()}, {FILE: calendar(**changed)}) == ["/news/tolok/"]
    assert unmarked_events({FILE: calendar()}, {FILE: calendar(**changed, SEQUENCE="1")}) == []
    assert unmarked_events({FILE: calendar(SEQUENCE="2")}, {FILE: calendar(**changed, SEQUENCE="1")}) != []


@pytest.mark.parametrize("changed", [{"SUMMARY": "Велика толока"}, {"DESCRIPTION": "Візьміть граблі"}, {}])
def test_another_text_of_an_event_needs_none(changed):
    assert unmarked_events({FILE: calendar()}, {FILE: calendar(**changed)}) == []


def test_a_long_line_is_compared_as_a_whole():
    place = "Приміщення старости, " * 5
    folded = calendar(LOCATION=f"{place[:60]}\r\n {place[60:]}")

    assert unmarked_events({FILE: calendar(LOCATION=place)}, {FILE: folded}) == []


def test_new_and_removed_events_and_foreign_bytes_are_passed_over():
    assert unmarked_events({}, {FILE: calendar()}) == unmarked_events({FILE: calendar()}, {}) == []
    assert unmarked_events({FILE: b"\xff"}, {FILE: b"BEGIN:VEVENT"}) == []


def test_the_file_of_one_event_is_told_from_the_calendar_of_all():
    assert is_event_file(FILE)
    assert not is_event_file("events/calendar.ics")
    assert not is_event_file("event.ics")


def test_the_summary_names_the_field_to_fill_in():
    last = SiteChanges(changed=("/news/tolok/",), unmarked_events=("/news/tolok/",)).as_lines()[-1]

    assert last.startswith("Увага: у події /news/tolok/ ")
    assert "«Змінено» (modified)" in last
    assert last.endswith("[event-modified]")
