"""Which figures may have a window of their own in a report's header."""

import pytest

from hromada.checks.site_rules import check_site
from hromada.domain.dates import Clock
from hromada.domain.figure import Figures
from hromada.domain.item import Kind, ReportDetails
from hromada.domain.period import parse_period
from tests.unit.making import item, replace, site

CLOCK = Clock.parse("2022-01-15")


def said(windows, **totals):
    """The codes for a report of 2021-H2 with these windows, where these figures are sums."""
    details = ReportDetails(
        "2021-h2",
        parse_period("2021-H2"),
        windows={id: parse_period(text) for id, text in windows.items()},
        window_lines={id: number for number, id in enumerate(windows, 3)},
    )
    place = site([item(None, kind=Kind.REPORT, section="reports", slug="2021-h2", report=details)])
    specs = [replace(spec, source="", total_of=totals[spec.id]) if spec.id in totals else spec
             for spec in place.figures.specs]  # fmt: skip
    found = check_site(replace(place, figures=Figures(tuple(specs))), CLOCK)
    return [(one.line, one.code) for one in found]


SOCIAL = ("social-main", "social-other")


@pytest.mark.parametrize(
    ("windows", "totals", "expected"),
    [
        ({"social": "2021"}, {}, [(3, "window-differs")]),
        ({"social": "2021"}, {"social": SOCIAL}, [(3, "window-differs")]),
        ({"social": "2021", "social-main": "2021-Q4"}, {"social": SOCIAL},
         [(3, "window-differs"), (4, "window-differs"), (1, "window-of-sum")]),
        ({"social-main": "2021"}, {"social": SOCIAL}, [(3, "window-differs"), (1, "window-of-sum")]),
        ({"social-main": "2021", "social-other": "2021"}, {"social": SOCIAL}, [(3, "window-differs"), (4, "window-differs")]),
        ({"social": "2021"}, {"social": ("social-main", "news")}, [(3, "window-of-sum")]),
        ({"reposts": "2021"}, {"reposts": ("social-main", "news")}, [(3, "window-of-sum")]),
        ({"social": "2021"}, {"newspaper": ("social-main", "reposts")}, [(3, "window-differs")]),
        ({"social": "2021"}, {"newspaper": ("social-main", "news")}, [(3, "window-differs"), (1, "window-of-sum")]),
        ({"news": "2021-07-01..2021-12-31"}, {"newspaper": ("news", "unit-messages")}, []),
    ],
)  # fmt: skip
def test_a_window_belongs_to_what_is_counted_by_it(windows, totals, expected):
    assert said(windows, **totals) == expected
