"""How a number is judged, and what makes the command fail."""

import pytest

from bench.marks import MARK_SIZE, MARKS, Mark, Verdict
from bench.rounds import BASE, CASES, CLEAN, EDIT, FULL, Findings
from bench.table import table, verdicts
from bench.tools import HUGO, OURS

LIMIT = Mark("правка", 1.0, "с", Findings.median_saving, tolerance=0.15)


def findings(size=MARK_SIZE, *, hugo=10.0, **ours):
    """All cases at half a second of ours, but those given."""
    found = Findings(size)
    for case in CASES:
        found.seconds[case, OURS] = [ours.get(case, 0.5)]
        if hugo is not None:
            found.seconds[case, HUGO] = [hugo]
    found.seconds[BASE, OURS] = [found.seconds[CLEAN, OURS][0] / 10]
    found.saving, found.megabytes = [0.1], {(CLEAN, OURS): 300}
    return found


@pytest.mark.parametrize(
    ("number", "verdict"),
    [(None, Verdict.UNMEASURED), (0.9, Verdict.KEPT), (1.0, Verdict.KEPT), (1.001, Verdict.TOLERATED),
     (1.15, Verdict.TOLERATED), (1.16, Verdict.MISSED)],
)  # fmt: skip
def test_a_number_is_held_against_its_limit_and_tolerance(number, verdict):
    assert LIMIT.verdict(number) is verdict


def test_all_marks_kept_is_no_failure():
    lines, missed = verdicts(findings())

    assert not missed
    assert sum(line.startswith("дотримано ") for line in lines) == len(MARKS)


@pytest.mark.parametrize(("case", "seconds"), [(EDIT, 1.2), (FULL, 18.0), (CLEAN, 24.0)])
def test_a_missed_mark_fails_and_is_named(case, seconds):
    lines, missed = verdicts(findings(**{case: seconds}))

    assert missed
    assert any(line.startswith("ПЕРЕВИЩЕНО") for line in lines)


def test_a_number_within_the_tolerance_does_not_fail():
    lines, missed = verdicts(findings(full=16.0))

    assert not missed
    assert any(line.startswith("дотримано з допуском") for line in lines)


def test_growth_is_told_for_an_item():
    found = findings(clean=12.0)
    found.seconds[BASE, OURS] = [1.0]

    assert [mark.number(found) for mark in MARKS if mark.unit == "раза"] == [pytest.approx(1.2)]


def test_without_hugo_its_marks_are_not_measured_and_the_others_are():
    found = findings(hugo=None)
    lines, missed = verdicts(found)

    assert not missed
    assert sum(line.startswith("не виміряно") for line in lines) == 3
    assert "–" in list(table(found, 3))[2]


def test_at_another_size_nothing_is_judged():
    lines, missed = verdicts(findings(631, edit=100.0))

    assert not missed
    assert "без вироку" in lines[1]
