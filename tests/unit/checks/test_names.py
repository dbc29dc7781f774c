import pytest

from hromada.checks.rules import names_share_no_part
from tests.unit.making import item, row, site


def found(items=(), rows=()):
    return [one.message for one in names_share_no_part(site(list(items), list(rows)), None)]


def news(*categories):
    return [item(slug=f"n{number}", category=name) for number, name in enumerate(categories)]


@pytest.mark.parametrize("names", [("Освіта", "освіта"), ("Освіта", "Події"), ("«Освіта»", "Освіта"), ("",)])
def test_one_name_in_other_letters_or_another_name_is_no_problem(names):
    assert found(news(*names)) == []


def test_two_names_that_would_be_one_part_are_named_once():
    assert found(news("C", "C++", "C++")) == ["рубрики «C++» і «C» у звіті рахуються разом"]


def test_a_name_without_letters_would_be_no_name():
    assert found(news("🎉")) == ["рубрика «🎉»: у назві немає жодної літери чи цифри"]


def test_newspapers_and_kinds_are_looked_at_too():
    rows = [row(register="newspaper", traits={"newspaper": "c", "newspaper-title": name}) for name in ("C", "C+")]

    assert found(rows=rows) == ["видання «C+» і «C» у звіті рахуються разом"]
