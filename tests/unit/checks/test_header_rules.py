import pytest

from hromada.checks.header_rules import header_leads_everybody, names_have_no_contacts
from hromada.checks.linted_text import LintedText
from hromada.domain.item import PictureRef
from tests.unit.making import item


def found(header, **lines):
    text = f"title: Назва\n{header}\n\nТекст (057) 63-12-34\n"
    one = item(body_line=header.count("\n") + 4, lines={"title": 1, **lines})
    return [(problem.code, problem.line) for problem in names_have_no_contacts(LintedText(one, text))]


@pytest.mark.parametrize(
    ("header", "key", "line"),
    [
        ("author: Олена, +380501234567", "author", 2), ("Автор: olena@rada.example", "author", 2), ("author:\n  - Олена\n  - Петро (057) 63-12-34", "author", 4),
        ("head: Олена Зразкова, 050 123 45 67", "head", 2),
        ('author: "Олена mailto:olena@rada"', "author", 2), ("author: Олена\n  067 123 45 67", "author", 3), ("author: Олена, 050/123/45/67", "author", 2),
        ("head: Олена Зразкова, тел. 12345", "head", 2), ("author: olena [at] rada.example", "author", 2), ("author: Олена &lt;olena@rada.example&gt;", "author", 2),
    ],
)  # fmt: skip
def test_a_contact_beside_a_name_is_warned_of(header, key, line):
    assert found(header, **{key: 2}) == [("author-contact", line)]


@pytest.mark.parametrize(
    ("header", "key"),
    [("author: Олена Зразкова", "author"), ("gallery: 20210705_123456.jpg | Площа 12 345 67", "gallery"), ("phone: (057) 63-12-34", "phone"),
     ("email: rada@rada.example", "email"), ("date: 2021-07-05", "date"), ("source: olena@rada.example", "source"), ("author: Школа № 12345", "author"),
     ("author: Закон 2145-19", "author"), ("author: Справа 520/12345/21", "author"), ("head: Кафе @ парк", "head"), ("author: Відділ освіти, 2021–2022", "author")],
)  # fmt: skip
def test_other_fields_and_plain_names_are_left_alone(header, key):
    assert found(header, **{key: 2}) == []


def test_a_contact_in_the_credit_of_a_photo_is_warned_of_and_other_parts_may_have_numbers():
    photos = [
        PictureRef("20210705_123456.jpg", "Площа 12 345 67", "Свято (057) 63-12-34", "Олена Зразкова", 3),
        PictureRef("b.jpg", "", "", "Олена 0501234567", 4),
    ]
    lead = PictureRef("a.jpg", "Люди", credit="olena@rada.example", line=2)
    one = item(body_line=6, image=lead, gallery=tuple(photos))

    assert [(problem.code, problem.line) for problem in names_have_no_contacts(LintedText(one, "title: x\n\n"))] == [
        ("author-contact", 2), ("author-contact", 4),
    ]  # fmt: skip


def test_the_number_itself_is_not_repeated():
    one = item(body_line=4, lines={"author": 2})
    (problem,) = names_have_no_contacts(LintedText(one, "title: Назва\nauthor: +380501234567, x\n\n"))

    assert "1234567" not in problem.message
    assert problem.message.endswith("67»")


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("olena@rada.example", "o•••@rada.example"), ("mailto:olena@rada", "o•••@rada"), ("olena [at] rada.example", "o••• [at] rada.example"),
        ("olena(at)rada(dot)example", "o•••(at)rada(dot)example"), ("olena собака rada.example", "o••• собака rada.example"), ("olena\uff20rada.example", "o•••\uff20rada.example"),
        ("067 123 45 67", "••• ••• •• 67"), ("(067 123 45 67)", "••• ••• •• 67"), ("тел. 12345", "•••45"),
    ],
)  # fmt: skip
def test_a_contact_is_not_shown_whole(contact, shown):
    one = item(body_line=4, lines={"author": 2})
    (problem,) = names_have_no_contacts(LintedText(one, f"title: Назва\nauthor: Олена, {contact}\n\n"))

    assert f"«{shown}»" in problem.message
    assert "olena" not in problem.message
    assert "123" not in problem.message


def private_link_problems(header):
    text = f"title: Назва\n{header}\n\nТекст http://localhost/\n"
    return [
        (one.code, one.line) for one in header_leads_everybody(LintedText(item(body_line=text.count("\n") - 0), text))
    ]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("source: http://localhost:8000/news/", "link-private"),
        ("source: localhost:8000/news/", "link-private"),
        ("Джерело: 192.168.1.5/spilne/a.pdf", "link-private"),
        ("event-url: https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2F", "link-private"),
        ("map: https://www.google.com/url?q=https://maps.example.org/", "link-private"),
        ("summary: Читайте на http://rada.local/a.", "link-private"),
        ("online: https://fuzzy-space.app.github.dev/a", "link-private"),
        ("source: l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2F", "link-private"),
        ("source: file:///C:/Users/olena/a.docx", "local-path"),
        ("source: content://com.android.providers/document/1", "local-path"),
        ("image: C:\\Users\\olena\\foto.jpg", "local-path"),
        ("source: \\\\server\\spilne\\a.docx", "local-path"),
        ("source: blob:https://rada.example/1", "local-path"),
    ],
)
def test_a_field_s_address_that_is_only_ours_is_said_with_its_line(header, code):
    assert private_link_problems(header) == [(code, 2)]


def test_the_line_is_that_of_the_address():
    assert private_link_problems("gallery:\n  - a.jpg\n  - http://10.0.0.1/b.jpg") == [("link-private", 4)]


@pytest.mark.parametrize(
    "header",
    [
        "source: https://rada.example/localhost/", "source: Укрінформ", "slug: localhost", "summary: Мапа 1:10 000, файл: план.pdf", "email: rada@server.local.ua",
        "# source: http://localhost/", "map: https://www.google.com/maps/@50.1,36.1,15z", "summary: Вхід з 10.00/12.00, IP 8.8.8.8/", "hours: 8:00–17:00",
        "date: 05.07.2021 10:00", "summary: А/Б: 5:/6", "event-url: https://zoom.us/j/1?pwd=a",
    ],
)  # fmt: skip
def test_any_other_value_is_left_alone(header):
    assert private_link_problems(header) == []
