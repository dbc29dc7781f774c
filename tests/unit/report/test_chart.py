from hypothesis import given
from hypothesis import strategies as st

from hromada.report.chart import bar_chart


@given(st.lists(st.tuples(st.sampled_from(["липень", "серпень 2021"]), st.integers(0, 10**6)), max_size=30))
def test_bars_start_at_zero_stay_inside_and_keep_proportion(values):
    chart = bar_chart("Новини", values)

    assert [bar.value for bar in chart.bars] == [value for _, value in values]
    assert all(bar.bar_width >= 0 and bar.text_x <= chart.width for bar in chart.bars)
    largest = max((value for _, value in values), default=0)
    full = max((bar.bar_width for bar in chart.bars), default=0)
    assert all(abs(bar.bar_width * largest - full * bar.value) <= 0.2 * max(largest, 1) for bar in chart.bars)


def test_the_description_says_every_value():
    assert bar_chart("Новини за місяцями", [("липень", 98), ("серпень", 1104)]).description == (
        "Новини за місяцями: липень – 98, серпень – 1\u00a0104."
    )
