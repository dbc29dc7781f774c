"""Dates beside an item's date are as plausible as it, or warned of."""

from datetime import date, datetime

import pytest

from hromada.checks.alert_rules import resolve_alerts
from hromada.checks.link_rules import Targets
from hromada.checks.site_rules import check_site
from hromada.domain.alert import Alert, Severity
from hromada.domain.dates import Clock
from hromada.domain.event import Event, EventMoment, EventState
from hromada.domain.item import Kind, UnitDetails
from hromada.domain.problem import Level
from hromada.pages.sitemap_file import last_modified
from tests.unit.making import item, site

CLOCK = Clock.parse("2022-01-15T12:00")
LINES = {"modified": 5, "expires": 6, "event-date": 7, "event-end": 8}


def found(**changes):
    said = check_site(site([item("2022-01-15", lines=LINES, **changes)]), CLOCK)
    return [(one.code, one.line, one.level is Level.ERROR) for one in said if one.code.startswith("date-")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"modified": datetime(2202, 1, 16)}, [("date-far-ahead", 5, True)]),
        ({"modified": datetime(2022, 4, 1)}, [("date-ahead", 5, False)]),
        ({"modified": datetime(2022, 3, 18)}, []),
        ({"expires": date(2122, 1, 16)}, [("date-doubtful", 6, False)]),
        ({"expires": date(2021, 1, 16)}, [("date-doubtful", 6, False)]),
        ({"expires": date(2030, 1, 16)}, []),
        ({"expires": date(2022, 1, 15)}, []),
        ({"event_start": datetime(2202, 1, 16, 10)}, [("date-doubtful", 7, False)]),
        ({"event_start": datetime(2012, 1, 16, 10)}, [("date-doubtful", 7, False)]),
        ({"event_start": datetime(2021, 8, 24)}, []),
        ({"event_start": datetime(2022, 12, 31)}, []),
        ({"event_start": datetime(2022, 1, 20), "event_end": datetime(2202, 1, 21)}, [("date-doubtful", 8, False)]),
    ],
)
def test_a_date_beside_the_date_is_plausible_or_said(changes, said):
    assert found(**changes) == said


@pytest.mark.parametrize(
    ("until", "codes"), [(datetime(2202, 1, 20, 16), ["date-doubtful"]), (datetime(2022, 12, 31), [])]
)
def test_the_end_of_an_alert_is_plausible_or_said(until, codes):
    alert = Alert("Не буде води", Severity.WARNING, None, until, "", 3)
    _, said = resolve_alerts("content/alerts.toml", [alert], Targets({}, (), ()), CLOCK.moment)

    assert [(one.code, one.line) for one in said] == [(code, 3) for code in codes]


def test_the_day_from_which_an_event_was_moved_is_plausible_or_said():
    start, was = EventMoment(datetime(2022, 1, 20), has_time=False), EventMoment(datetime(2202, 1, 21), has_time=False)
    moved = Event(start, state=EventState.MOVED, was=was)

    assert found(event=moved, event_start=start.when) == [("date-doubtful", 1, False)]


@pytest.mark.parametrize(
    ("opened", "closed", "times"),
    [
        (date(2202, 1, 1), None, 1),
        (date(1954, 1, 1), date(2202, 1, 1), 1),
        (date(1954, 1, 1), date(2022, 1, 1), 0),
        (date(2023, 12, 1), None, 0),
    ],
)
def test_a_unit_may_be_planned_for_two_years(opened, closed, times):
    when = datetime.combine(opened, datetime.min.time())
    unit = item(
        when,
        kind=Kind.UNIT,
        section="units/x",
        address="/units/x/",
        unit=UnitDetails("x", opened=opened, closed=closed),
    )
    said = [one.code for one in check_site(site([unit]), CLOCK)]

    assert said.count("date-doubtful") == times


@pytest.mark.parametrize(
    ("when", "modified", "day"),
    [
        ("1954-05-01", None, None),
        ("1969-12-31", None, None),
        ("1970-01-01", None, date(1970, 1, 1)),
        ("1954-05-01", datetime(2022, 1, 1, 14, 30), date(2022, 1, 1)),
        ("2021-07-05", datetime(1902, 1, 1), None),
    ],
)
def test_the_map_knows_no_day_before_1970(when, modified, day):
    assert last_modified(item(when, modified=modified)) == day
