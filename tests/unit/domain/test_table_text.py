"""Cells that a spreadsheet may take for a formula."""

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hromada.domain.table_text import CsvBroken, csv_rows, escape_formula, escape_formula_parts, unescape_formula

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"]
BEFORE = [
    "", " ", "   ", "\t", "\r", "\n", "\r\n", "\0", "\x0b", "\x1c", "\x7f", "\x85", "\xa0", "\u2003", "\u3000", "\u200b", "\ufeff",
    "\u202e", "\u2066", "\u00ad", "\u2028", " \u200b\t",
]  # fmt: skip
cells = st.text(st.sampled_from("=+-@＝＋－＠' \t\r\n\0\xa0\u3000\u200b\ufeff\u202eаa1;\"|%") | st.characters())


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE, ids=ascii)
def test_a_sign_of_a_formula_gets_an_apostrophe_whatever_unseen_stands_before_it(before, sign):
    assert escape_formula(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@pytest.mark.parametrize("cell", ["\tРада", "\rРада", "\nРада", "\0Рада", "\t", "\x1bРада"])
def test_a_cell_that_begins_with_a_control_character_gets_one_too(cell):
    assert escape_formula(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "Рада",
        " Рада",
        "1-1",
        "а=б",
        "– список",
        "−5",
        "'Рада",
        "«=1»",
        "\xa0Рада",
        "#Н/Д",
        "|x",
        "%0A",
        "{=1}",
        "''",
    ],
)
def test_any_other_cell_stays_what_it_is(cell):
    assert escape_formula(cell) == unescape_formula(cell) == cell


@pytest.mark.parametrize(("cell", "written"), [("'=1", "''=1"), ("''=1", "'''=1"), ("'\t1", "''\t1")])
def test_a_text_with_its_own_apostrophe_is_told_from_a_disarmed_one(cell, written):
    assert escape_formula(cell) == written


def first_seen(cell):
    """The first sign of a cell that a spreadsheet doesn't pass over, in its common width."""
    seen = (sign for sign in cell if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf"))
    return unicodedata.normalize("NFKC", next(seen, ""))[:1]


@given(cells)
def test_no_cell_begins_as_a_formula_and_every_text_can_be_got_back(text):
    written = escape_formula(text)

    assert first_seen(written) not in ("=", "+", "-", "@")
    assert not written.startswith(("\t", "\r", "\n", "\0"))
    assert unescape_formula(written) == text
    assert written in (text, f"'{text}")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("x,=1+1,y", "x,'=1+1,y"),
        ("x, +1", "x,' +1"),
        ("x;=1", "x;'=1"),
        ("x\t＝1", "x\t'＝1"),
        ("=1,@x", "'=1,'@x"),
        ("x, y; z", "x, y; z"),
        ("1,5", "1,5"),
        ("", ""),
    ],
)
def test_a_separator_in_a_cell_begins_no_formula(cell, written):
    assert escape_formula_parts(cell) == written


@given(cells, st.sampled_from(",;\t|"))
@example("\r=", ",")
@example("\n@", ";")
def test_no_cell_of_a_row_begins_as_a_formula_whatever_the_separator(text, separator):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(
        ["a", escape_formula_parts(text.replace("\0", "")), "b"]
    )
    rows = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator)

    assert [cell for row in rows for cell in row if first_seen(cell.lstrip('"')) in ("=", "+", "-", "@")] == []


@given(st.text('аб;, \n\r\t\u2028"'), st.sampled_from(";,\t"))
def test_rows_are_those_of_pythons_own_reader(text, mark):
    try:
        expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        with pytest.raises(CsvBroken):
            list(csv_rows(text, mark))
    else:
        assert [cells for _, cells in csv_rows(text, mark)] == expected


@given(st.lists(st.text("аб; "), max_size=5))
def test_without_quotes_each_line_is_a_row(lines):
    text = "".join(f"{line}\n" for line in lines)

    assert [line for line, _ in csv_rows(text, ";")] == list(range(1, len(lines) + 1))


def test_a_cell_that_is_longer_than_a_reader_takes_is_told():
    with pytest.raises(CsvBroken) as told:
        list(csv_rows(f"а;б\n{'а' * (csv.field_size_limit() + 1)}\n", ";"))

    assert (told.value.line, told.value.longest) == (2, csv.field_size_limit())
