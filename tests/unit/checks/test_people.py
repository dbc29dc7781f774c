import pytest

from hromada.checks.people import names_have_no_contacts
from hromada.checks.writing import Writing
from tests.unit.making import item


def found(header, **lines):
    text = f"title: Назва\n{header}\n\nТекст (057) 63-12-34\n"
    one = item(body_line=header.count("\n") + 4, lines={"title": 1, **lines})
    return [(problem.code, problem.line) for problem in names_have_no_contacts(Writing(one, text))]


@pytest.mark.parametrize(
    ("header", "key", "line"),
    [
        ("author: Олена, +380501234567", "author", 2), ("Автор: olena@rada.example", "author", 2), ("author:\n  - Олена\n  - Петро (057) 63-12-34", "author", 4),
        ("head: Олена Зразкова, 050 123 45 67", "head", 2), ("gallery:\n  - 20210705_123456.jpg | Площа | Свято | Олена 0501234567", "gallery", 3),
        ('author: "Олена mailto:olena@rada"', "author", 2),
    ],
)  # fmt: skip
def test_a_contact_beside_a_name_is_warned_of(header, key, line):
    assert found(header, **{key: 2}) == [("author-contact", line)]


@pytest.mark.parametrize(
    ("header", "key"),
    [("author: Олена Зразкова", "author"), ("gallery: 20210705_123456.jpg | Площа 12 345 67", "gallery"), ("phone: (057) 63-12-34", "phone"),
     ("email: rada@rada.example", "email"), ("date: 2021-07-05", "date")],
)  # fmt: skip
def test_other_fields_and_plain_names_are_left_alone(header, key):
    assert found(header, **{key: 2}) == []


def test_the_number_itself_is_not_repeated():
    one = item(body_line=4, lines={"author": 2})
    (problem,) = names_have_no_contacts(Writing(one, "title: Назва\nauthor: +380501234567, x\n\n"))

    assert "1234567" not in problem.message
    assert problem.message.endswith("67»")
