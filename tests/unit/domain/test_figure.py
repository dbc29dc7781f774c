import pytest

from hromada.domain.figure import FigureSpec, takes_window, window_of
from hromada.domain.period import parse_period

H2, YEAR, QUARTER = parse_period("2021-H2"), parse_period("2021"), parse_period("2021-Q4")


@pytest.mark.parametrize(
    ("id", "windows", "expected"),
    [
        ("news", {}, H2),
        ("news", {"social": YEAR}, H2),
        ("social", {"social": YEAR}, YEAR),
        ("social-main", {"social": YEAR}, YEAR),
        ("social-other", {"social": YEAR}, YEAR),
        ("reposts", {"social": YEAR}, YEAR),
        ("social-main", {"social": YEAR, "social-main": QUARTER}, QUARTER),
        ("social-starosty", {"social": YEAR}, H2),
    ],
)
def test_a_figure_has_its_own_window_or_that_of_social(id, windows, expected):
    assert window_of(id, H2, windows) == expected


@pytest.mark.parametrize(
    ("id", "total_of", "takes"),
    [
        ("news", (), True),
        ("social", (), True),
        ("social", ("social-main", "social-other"), True),
        ("social", ("social-main", "news"), False),
        ("razom", ("social-main", "social-other"), False),
    ],
)
def test_a_sum_takes_a_window_where_all_its_addends_follow_it(id, total_of, takes):
    assert takes_window(FigureSpec(id, id, total_of=total_of)) is takes
