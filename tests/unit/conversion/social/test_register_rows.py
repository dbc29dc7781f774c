"""New rows as files of the register: appended, never rewritten, safe for Excel."""

from datetime import datetime

import pytest

from hromada.conversion.social.merging import NewRow, append_rows, group_by_file
from hromada.domain.account import Account, PostKind

RADA = Account("rada", "Рада «Вигадів»", (), ("facebook",))
NAME = "content/registers/social/rada-facebook-2021-h2.csv"
HEAD = "Дата;Сторінка;Мережа;Вид;Назва;Посилання;Ідентифікатор"
LINE = "2021-07-05 14:30:00;Рада «Вигадів»;facebook;допис;Свято;https://facebook.com/1;facebook:1"


def row(title="Свято", when="2021-07-05 14:30", id="facebook:1"):
    return NewRow(RADA, "facebook", datetime.fromisoformat(when), PostKind.POST, title, "https://facebook.com/1", id)


def test_a_half_year_of_a_page_in_a_network_is_a_file():
    rows = [row(when=when) for when in ("2022-01-01 00:00", "2021-12-31 23:59", "2021-07-01", "2021-06-30 23:59:59")]

    assert {name.rsplit("/", 1)[1]: len(found) for name, found in group_by_file(rows).items()} == {
        "rada-facebook-2021-h1.csv": 1, "rada-facebook-2021-h2.csv": 2, "rada-facebook-2022-h1.csv": 1,
    }  # fmt: skip


def test_a_new_file_opens_in_excel():
    assert append_rows(NAME, [row()], {}) == (NAME, f"\ufeff{HEAD}\n{LINE}\n".encode())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"\ufeff{HEAD}\nx;y\n", f"\ufeff{HEAD}\nx;y\n{LINE}\n"),
        (f"{HEAD}\r\nx;y\r\n", f"{HEAD}\r\nx;y\r\n{LINE}\r\n"),
        (f"{HEAD}\nx;y", f"{HEAD}\nx;y\n{LINE}\n"),
        (HEAD, f"{HEAD}\n{LINE}\n"),
    ],
    ids=["ours", "Windows", "no last line end", "header alone"],
)
def test_rows_that_are_there_stay_byte_for_byte(before, after):
    assert append_rows(NAME, [row()], {NAME: before.encode()}) == (NAME, after.encode())


@pytest.mark.parametrize(
    "before", ["Дата;Назва\n".encode(), f"{HEAD}\n".encode("cp1251"), b""], ids=["columns", "Excel", "another name"]
)
def test_a_file_saved_in_another_form_is_left_alone(before):
    second = NAME.replace(".csv", "-2.csv")

    assert append_rows(NAME, [row()], {NAME: before}) == (second, f"\ufeff{HEAD}\n{LINE}\n".encode())
    assert append_rows(NAME, [row()], {NAME: before, second: f"{HEAD}\n".encode()})[1] == f"{HEAD}\n{LINE}\n".encode()


@pytest.mark.parametrize("sign", "=+-@")
def test_no_cell_becomes_a_formula(sign):
    assert f";'{sign}1;" in append_rows(NAME, [row(f"{sign}1")], {})[1].decode()


def test_separators_and_quotes_are_quoted():
    assert ';"Рада; ""Зевс""";' in append_rows(NAME, [row('Рада; "Зевс"')], {})[1].decode()
