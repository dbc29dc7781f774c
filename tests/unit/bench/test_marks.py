"""How a ratio is judged, by which yardstick, and what makes the command fail."""

import pytest

from bench import calibration
from bench.marks import MARK_SIZE, MARKS, Limit, Mark, Verdict, verdict_of
from bench.rounds import BASE, CASES, CLEAN, EDIT, FULL, NONE, Measurements
from bench.table import table, verdicts
from bench.tools import HUGO, OURS, PYTHON


def measured(size=MARK_SIZE, *, hugo=20.0, loop=1.0, speed=1.0, **ours):
    """All cases at 0.4 s of ours but those given, on a machine so many times as fast."""
    measurements = Measurements(size)
    for case in CASES:
        measurements.seconds[case, OURS] = [ours.get(case, 0.4) / speed]
        if hugo is not None:
            measurements.seconds[case, HUGO] = [hugo / speed]
    if loop is not None:
        measurements.seconds[CLEAN, PYTHON] = [loop / speed]
        measurements.megabytes[CLEAN, PYTHON] = 90
    measurements.seconds[BASE, OURS] = [measurements.seconds[CLEAN, OURS][0] / 10]
    measurements.saving = [0.3 / speed]
    measurements.megabytes[CLEAN, OURS] = 500
    if hugo is not None:
        measurements.megabytes[CLEAN, HUGO] = 1_300
    return measurements


def judged(measurements):
    return {mark.title: mark.judge(measurements) for mark in MARKS}


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [(0.9, Verdict.KEPT), (1.0, Verdict.KEPT), (1.001, Verdict.TOLERATED), (1.15, Verdict.TOLERATED), (1.16, Verdict.MISSED)],
)  # fmt: skip
def test_a_ratio_is_held_against_its_limit_and_tolerance(ratio, verdict):
    assert verdict_of(ratio, 1.0, tolerance=0.15) is verdict


def test_all_marks_kept_is_no_failure():
    lines, missed = verdicts(measured())

    assert not missed
    assert sum(line.startswith("дотримано ") for line in lines) == len(MARKS)


@pytest.mark.parametrize("speed", [0.1, 0.5, 2.0, 30.0])
@pytest.mark.parametrize("hugo", [20.0, None])
def test_the_same_code_gets_the_same_verdicts_on_a_slower_and_on_a_faster_machine(speed, hugo):
    elsewhere, here = judged(measured(hugo=hugo, speed=speed)), judged(measured(hugo=hugo))

    assert {title: mark.verdict for title, mark in elsewhere.items()} == {t: mark.verdict for t, mark in here.items()}
    assert all(mark.ratio == pytest.approx(here[title].ratio) for title, mark in elsewhere.items())


@pytest.mark.parametrize(("case", "seconds"), [(NONE, 0.7), (EDIT, 2.0), (FULL, 36.0), (CLEAN, 48.0)])
def test_a_missed_mark_fails_and_is_named(case, seconds):
    lines, missed = verdicts(measured(**{case: seconds}))

    assert missed
    assert any(line.startswith("ПЕРЕВИЩЕНО") for line in lines)


@pytest.mark.parametrize(("case", "seconds"), [(NONE, 1.2), (EDIT, 3.5), (FULL, 50.0), (CLEAN, 80.0)])
def test_without_hugo_the_loop_judges_what_hugo_would(case, seconds):
    lines, missed = verdicts(measured(hugo=None, **{case: seconds}))

    assert missed
    assert any(line.startswith("ПЕРЕВИЩЕНО") and "калібрування" in line for line in lines)


def test_a_ratio_within_the_tolerance_does_not_fail():
    lines, missed = verdicts(measured(full=32.0))

    assert not missed
    assert any(line.startswith("дотримано з допуском") for line in lines)


def test_the_absolute_figure_is_shown_and_judges_nothing():
    mark = Mark(
        "правка", "с", lambda measurements: measurements.median(EDIT, OURS), (Limit(2.0, "від x", lambda _: 600.0),)
    )

    assert mark.judge(measured(edit=1_000.0)).verdict is Verdict.KEPT
    assert "(межа 0.08, допуск 15 %; 0.400 с)" in "".join(verdicts(measured())[0])


def test_the_first_yardstick_that_was_measured_judges():
    limits = (
        Limit(1.0, "a", lambda _: None),
        Limit(1.0, "b", lambda _: 0.0),
        Limit(1.0, "c", lambda _: 0.1),
        Limit(9.0, "d", lambda _: 1.0),
    )
    judgement = Mark("x", "с", lambda _: 0.4, limits).judge(measured())

    assert (judgement.verdict, judgement.limit.unit, judgement.ratio) == (Verdict.MISSED, "c", pytest.approx(4.0))


def test_growth_is_told_for_an_item():
    measurements = measured(clean=12.0)
    measurements.seconds[BASE, OURS] = [1.0]

    assert [judgement.ratio for title, judgement in judged(measurements).items() if "меншого" in title] == [
        pytest.approx(1.2)
    ]


def test_every_mark_has_a_yardstick_that_needs_no_other_tool():
    judgements = judged(measured(hugo=None))

    assert [title for title, judgement in judgements.items() if judgement.verdict is Verdict.UNMEASURED] == []
    assert "–" in list(table(measured(hugo=None), 3))[2]


def test_without_any_yardstick_nothing_is_judged():
    lines, missed = verdicts(measured(hugo=None, loop=None))

    assert not missed
    assert sum(line.startswith("не виміряно") for line in lines) == len(MARKS) - 1  # the growth is its own yardstick


def test_at_another_size_nothing_is_judged():
    lines, missed = verdicts(measured(631, edit=100.0))

    assert not missed
    assert "без вироку" in lines[1]


def test_the_calibration_does_the_work_that_the_limits_were_measured_with():
    """Another amount of work would make every limit mean something else."""
    assert calibration.work() == calibration.DIGEST == 1_806_861
