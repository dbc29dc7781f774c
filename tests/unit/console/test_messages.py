"""Which lines a check prints of many warnings."""

import pytest

from hromada.console.messages import lines_of
from hromada.domain.problem import Problem, warning


def warnings_of(code, number):
    return [warning("content/law.toml", line, code, f"зауваження {line}") for line in range(1, number + 1)]


@pytest.mark.parametrize(("number", "lines"), [(0, 0), (1, 1), (3, 3), (4, 1), (13, 1)])
def test_many_points_of_the_law_without_a_page_are_one_line(number, lines):
    said = lines_of(warnings_of("law-page-missing", number))

    assert len(said) == lines
    if number > lines:
        assert said == [
            f"content/law.toml:1: попередження: пунктів закону без сторінки: {number}, усі покаже make check ALL=1"
            " [law-page-missing]"
        ]


@pytest.mark.parametrize(("number", "lines"), [(3, 3), (4, 4), (13, 4)])
def test_of_many_other_warnings_the_first_three_are_shown_and_counted(number, lines):
    assert len(lines_of(warnings_of("alt-vague", number))) == lines


def test_everything_is_shown_when_asked_for_and_errors_always_come_last():
    problems = [Problem("content/x.md", 1, "date-missing", "немає дати"), *warnings_of("law-page-missing", 13)]
    said = lines_of(problems, everything=True)

    assert len(said) == 14
    assert said[-1] == lines_of(problems)[-1] == str(problems[0])
