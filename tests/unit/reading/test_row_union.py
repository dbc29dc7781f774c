"""Rows that two people have added to one table: joined where nothing else differs, left to a person otherwise."""

import pytest

from hromada.reading.row_union import union_rows

BASE = "Дата;Зміст\n1;а\n2;б\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "united"),
    {
        "at the end": (BASE, f"{BASE}3;в\n", f"{BASE}4;г\n5;ґ\n", f"{BASE}4;г\n5;ґ\n3;в\n"),
        "without a last line end": (BASE[:-1], f"{BASE}3;в", f"{BASE}4;г\n", f"{BASE}4;г\n3;в\n"),
        "below the header": (BASE, "Дата;Зміст\n3;в\n1;а\n2;б\n", "Дата;Зміст\n4;г\n1;а\n2;б\n", "Дата;Зміст\n4;г\n3;в\n1;а\n2;б\n"),
        "with Windows' line ends": (BASE, BASE.replace("\n", "\r\n") + "3;в\r\n", f"{BASE}4;г\n", (f"{BASE}4;г\n3;в\n").replace("\n", "\r\n")),
        "trailing blank lines": (f"{BASE}\n\n", f"{BASE}3;в\n\n", f"{BASE}4;г\n", f"{BASE}4;г\n3;в\n"),
        "a cell of several lines": (BASE, f'{BASE}3;"в\nв"\n', f"{BASE}4;г\n", f'{BASE}4;г\n3;"в\nв"\n'),
    }.values(),
)  # fmt: skip
def test_rows_added_at_one_place_are_joined(base, ours, theirs, united):
    assert union_rows(base.encode(), ours.encode(), theirs.encode()) == united.encode()


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    {
        "a changed row": (BASE, f"{BASE}3;в\n", "Дата;Зміст\n1;інше\n2;б\n4;г\n"),
        "a deleted row": (BASE, f"{BASE}3;в\n", "Дата;Зміст\n1;а\n"),
        "another header": (BASE, f"Нова;Назва\n{BASE}", f"{BASE}4;г\n"),
        "an equal row of both": (BASE, f"{BASE}3;в\n5;ґ\n", f"{BASE}4;г\n3;в\n"),
        "at different places": (BASE, f"{BASE}3;в\n", "Дата;Зміст\n4;г\n1;а\n2;б\n"),
        "an open quote": (BASE, f'{BASE}3;"в\n', f"{BASE}4;г\n"),
        "nothing in common": ("", "а\n", "б\n"),
    }.values(),
)
def test_anything_else_is_for_a_person(base, ours, theirs):
    assert union_rows(base.encode(), ours.encode(), theirs.encode()) is None


def test_a_table_in_utf_16_is_left_alone():
    assert union_rows(BASE.encode("utf-16"), f"{BASE}3;в\n".encode("utf-16"), f"{BASE}4;г\n".encode("utf-16")) is None
