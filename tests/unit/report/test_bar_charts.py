import re

from hypothesis import given
from hypothesis import strategies as st

from hromada.report.charts import bar_chart, unit_chart
from hromada.report.charts.bars import text_width, wrap_text

LONG = "Комунальне некомерційне підприємство «Центр первинної медико-санітарної допомоги» Дергачівської міської ради"
LABELS = st.sampled_from(["липень", "серпень 2021", LONG, "X" * 60, "Музей (зразок)", ""])
VALUES = st.lists(st.tuples(LABELS, st.integers(0, 10**7)), max_size=30)


def check_inside(chart):
    """Everything that is drawn lies in the drawing, and no two pieces of text share a line and a place."""
    for bar in chart.bars:
        assert 0 <= bar.bar_x <= bar.bar_x + bar.bar_width < bar.text_x
        assert bar.text_x + text_width(bar.text) <= chart.width
        assert 0 <= bar.bar_y < bar.bar_y + bar.bar_height <= chart.height
        assert all(line.x + text_width(line.text) <= chart.width and line.y <= chart.height for line in bar.lines)
    beside = [line for bar in chart.bars for line in bar.lines if bar.bar_x]
    assert all(line.x + text_width(line.text) < chart.bars[0].bar_x for line in beside)
    ends = [bar.bar_y + bar.bar_height for bar in chart.bars]
    assert all(end < bar.lines[0].y for end, bar in zip(ends, chart.bars[1:], strict=False))


@given(VALUES)
def test_bars_start_at_zero_stay_inside_and_keep_proportion(values):
    for chart in (bar_chart("Новини", values), unit_chart("Новини", values)):
        assert [bar.value for bar in chart.bars] == [value for _, value in values]
        check_inside(chart)
        largest = max((value for _, value in values), default=0)
        full = max((bar.bar_width for bar in chart.bars), default=0)
        assert all(abs(bar.bar_width * largest - full * bar.value) <= 0.2 * max(largest, 1) for bar in chart.bars)


def test_a_zero_has_its_axis_and_its_number_but_no_bar():
    chart = bar_chart("Новини", [("липень", 0), ("серпень", 0)])

    assert [(bar.bar_width, bar.text) for bar in chart.bars] == [(0, "0"), (0, "0")]
    assert chart.axis.count("M") == 2


def test_one_value_fills_the_room_that_its_number_leaves():
    (bar,) = bar_chart("Новини", [("липень", 1_234_567)]).bars

    assert bar.text == "1\u00a0234\u00a0567"
    assert 300 < bar.text_x + text_width(bar.text) <= 304


def test_names_of_units_stand_above_their_bars():
    chart = unit_chart("Повідомлення", [(LONG, 3)] * 25)

    assert all(len(bar.lines) > 2 and bar.lines[-1].y < bar.bar_y for bar in chart.bars)
    assert {" ".join(line.text for line in bar.lines) for bar in chart.bars} == {LONG}


def test_months_stand_beside_their_bars_on_one_line():
    chart = bar_chart("Газета", [("вересень 2020", 3), ("листопад 2021", 4)])

    assert [[line.text for line in bar.lines] for bar in chart.bars] == [["вересень 2020"], ["листопад 2021"]]


@given(st.text("абвійжЩШ -1"), st.integers(20, 300))
def test_wrapping_cuts_nothing_and_fits(text, room):
    lines = wrap_text(text, room)

    assert re.sub(" ", "", "".join(lines)) == re.sub(" ", "", text)
    assert all(text_width(line) <= room for line in lines)


def test_a_compound_breaks_after_its_hyphen():
    assert wrap_text("медико-санітарної", 90) == ("медико-", "санітарної")


def test_the_description_and_the_table_say_every_value():
    chart = bar_chart("Новини за місяцями", [("липень", 98), ("серпень", 1104)])

    assert chart.description == "Новини за місяцями: липень – 98, серпень – 1\u00a0104."
    assert chart.table.head == ("Місяць", "Кількість")
    assert [(row.title, row.cells) for row in chart.table.rows] == [("липень", ("98",)), ("серпень", ("1\u00a0104",))]
    assert chart.table.total == ("Разом", "1\u00a0202")


def test_nothing_to_draw_is_no_fault():
    assert bar_chart("Новини", []).description == "Новини."
