"""security.txt before, on and after its last day; the age of accessibility results; translations beside originals."""

from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from hromada.checks.frame_rules import (
    accessibility_results_are_recent,
    security_txt_holds,
    translation_is_no_larger,
)
from hromada.domain.accessibility import AccessibilityResults
from hromada.domain.dates import Clock
from hromada.domain.problem import Level
from hromada.domain.settings import SiteSettings

SETTINGS = SiteSettings.parse(
    {
        "name": "x", "address": "https://x.example", "publishers": [("2020-01-01", "x")],
        "security_contact": "mailto:site@x.example", "security_expires": "2026-06-30",
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("today", "is_publication", "found"),
    [
        ("2026-05-30", True, []),
        ("2026-05-31", True, [("security-expires", Level.WARNING)]),
        ("2026-06-30T23:59", True, [("security-expires", Level.WARNING)]),
        ("2026-07-01T00:00", True, [("security-expired", Level.ERROR)]),
        ("2026-07-01", False, [("security-expired", Level.WARNING)]),
    ],
)
def test_the_check_speaks_thirty_days_ahead_and_refuses_a_publication_afterwards(today, is_publication, found):
    problems = security_txt_holds(SETTINGS, Clock.parse(today), is_publication)

    assert [(problem.code, problem.level) for problem in problems] == found


def test_without_a_contact_nothing_expires():
    assert list(security_txt_holds(replace(SETTINGS, security_contact=""), Clock.parse("2030-01-01"), True)) == []


@pytest.mark.parametrize(
    ("today", "is_publication", "count"),
    [("2026-12-30", True, 0), ("2026-12-30T23:59", True, 0), ("2026-12-31T00:00", True, 1), ("2027-12-31", False, 0)],
)
def test_old_results_are_said_when_the_site_is_published(today, is_publication, count):
    results = AccessibilityResults(Clock.parse("2026-11-29").day, "x", ("x",), ("x",), ("x",), 1)
    site = SimpleNamespace(accessibility=results)

    assert len(list(accessibility_results_are_recent(site, "content/x", Clock.parse(today), is_publication))) == count


@pytest.mark.parametrize(
    ("own", "first", "count"), [(1300, 1000, 0), (1301, 1000, 1), (300, 101, 0), (301, 101, 1), (0, 0, 0)]
)
def test_a_translation_may_be_somewhat_longer(own, first, count):
    item, original = SimpleNamespace(lang="en", path="a.en.md"), SimpleNamespace(lang="uk", path="a.md")
    letters = {"a.en.md": own, "a.md": first}
    problems = translation_is_no_larger([item, original], lambda _: original, lambda one: letters[one.path])

    assert len(list(problems)) == count
