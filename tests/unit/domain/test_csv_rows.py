import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.csv_rows import CsvBroken, csv_rows


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
