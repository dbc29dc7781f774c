import pytest

from hromada.checks.linted_text import LintedText
from hromada.checks.private_links import header_leads_everybody
from tests.unit.making import item


def found(header):
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
    assert found(header) == [(code, 2)]


def test_the_line_is_that_of_the_address():
    assert found("gallery:\n  - a.jpg\n  - http://10.0.0.1/b.jpg") == [("link-private", 4)]


@pytest.mark.parametrize(
    "header",
    [
        "source: https://rada.example/localhost/", "source: Укрінформ", "slug: localhost", "summary: Мапа 1:10 000, файл: план.pdf", "email: rada@server.local.ua",
        "# source: http://localhost/", "map: https://www.google.com/maps/@50.1,36.1,15z", "summary: Вхід з 10.00/12.00, IP 8.8.8.8/", "hours: 8:00–17:00",
        "date: 05.07.2021 10:00", "summary: А/Б: 5:/6", "event-url: https://zoom.us/j/1?pwd=a",
    ],
)  # fmt: skip
def test_any_other_value_is_left_alone(header):
    assert found(header) == []
