import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.problem import Problem, did_you_mean, shorten, shorten_middle, warning


@pytest.mark.parametrize(
    ("problem", "command"),
    [
        (
            Problem("content/news/x.md", 2, "date-format", "дата «вчора» незрозуміла", "напишіть 2021-07-05"),
            "::error file=content/news/x.md,line=2,title=date-format::дата «вчора» незрозуміла, напишіть 2021-07-05",
        ),
        (
            warning("content/units/a,b/50%: x.md", 1, "alt-missing", "50 %:\r\nопис, світлина"),
            "::warning file=content/units/a%2Cb/50%25%3A x.md,line=1,title=alt-missing::50 %25:%0D%0Aопис, світлина",
        ),
    ],
)
def test_a_problem_becomes_a_workflow_command_of_github(problem, command):
    assert problem.as_github() == command


def unescaped(text):
    """As GitHub's runner reads it back."""
    return re.sub("%(25|0D|0A|3A|2C)", lambda found: chr(int(found[1], 16)), text)


@given(st.text(), st.text(max_size=400), st.integers(1))
def test_whatever_stands_in_a_problem_comes_back_whole_and_in_one_line(path, message, line):
    command = Problem(path, line, "code", message).as_github()
    _, properties, data = re.fullmatch("::(error) ([^:]*)::(.*)", command, re.DOTALL).groups()
    found = dict(one.split("=", 1) for one in properties.split(","))

    assert not re.search("[\r\n]", command)
    assert (unescaped(found["file"]), unescaped(data), found["line"]) == (path, message, str(line))


def test_a_long_annotation_is_cut_by_us_and_not_by_github():
    command = Problem("x.md", 1, "code", "а" * 5000, "б" * 5000).as_github()

    assert len(command.rpartition("::")[2]) < 4096
    assert command.endswith("б")
    assert f"{'а' * 200} … {'а' * 200}, б" in command


def test_a_row_of_a_sheet_is_shown_at_its_file():
    problem = Problem("content/registers/social/a#б.xlsx#Липень #2", 12, "date-missing", "у рядку немає дати")

    assert problem.as_github() == (
        "::error file=content/registers/social/a#б.xlsx,line=1,title=date-missing::аркуш «Липень #2», рядок 12: у рядку немає дати"
    )


@given(st.text(max_size=50), st.integers(1, 50))
def test_a_text_is_whole_or_ends_with_an_ellipsis(text, most):
    assert shorten(text, most) == (text if len(text) <= most else f"{text[: most - 1]}…")


def test_a_text_without_its_middle_keeps_both_ends():
    assert shorten_middle("абвгд" * 4, 4) == "аб … гд"
    assert shorten_middle("абвг", 4) == "абвг"


@pytest.mark.parametrize(
    ("word", "name"), [("Зразкова рaда", "Зразкова рада"), ("репoст", "репост"), ("fасеbook", "facebook")]
)
def test_letters_of_two_alphabets_that_look_alike_are_told(word, name):
    assert did_you_mean(word, [name]) == f"можливо, «{name}»? Тут змішано латинські й кириличні літери"
    assert did_you_mean(f"{name[:-1]}ь", [name]) == f"можливо, «{name}»?"
