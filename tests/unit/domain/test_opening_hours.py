"""Opening hours: every spelling that offices use, and silence where a word is not clear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.opening_hours import DAY, WEEK, HoursUnclear, OpeningHours, parse_hours

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def week(*spans):
    """Hours of (day, «8:00», «17:00»)."""
    return tuple((day * DAY + minutes(start), day * DAY + minutes(end)) for day, start, end in spans)


def minutes(written):
    hour, minute = map(int, written.split(":"))
    return hour * 60 + minute


def days(numbers, start, end):
    return week(*((day, start, end) for day in numbers))


OFFICE = tuple(
    sorted([*days(range(5), "8:00", "12:00"), *days(range(4), "12:45", "17:00"), *week((FRI, "12:45", "15:45"))])
)
WORKDAYS = days(range(5), "8:00", "17:00")
SPELLINGS = {
    "пн–чт 8:00–17:00, пт 8:00–15:45, перерва 12:00–12:45": OFFICE,
    "ПН-ЧТ 8.00-17.00; ПТ 8.00-15.45; Перерва 12.00-12.45": OFFICE,
    "пн–чт 8:00–17:00\nпт 8:00–15:45\nперерва 12:00–12:45": OFFICE,
    "пн–чт 8:00–17:00 пт 8:00–15:45 обід 12:00–12:45": OFFICE,
    "Понеділок – четвер: з 8:00 до 17:00, п'ятниця: з 8:00 до 15:45, обідня перерва з 12:00 до 12:45": OFFICE,
    "з понеділка по четвер 8-00 – 17-00 год., п’ятниця 8-00 – 15-45, перерва 12-00 – 12-45.": OFFICE,
    "пн.–чт. 08:00—17:00 (перерва 12:00—12:45), пт. 08:00—15:45 (перерва 12:00—12:45)": OFFICE,
    "Mon-Thu 8:00-17:00, Fri 8:00-15:45, lunch 12:00-12:45": OFFICE,
    "пн–пт 8:00–17:00": WORKDAYS,
    "будні 8–17": WORKDAYS,
    "пн, вт, ср, чт та пт з 8 до 17": WORKDAYS,
    "пн-пт\u00a08:00-17:00, сб, нд – вихідний": WORKDAYS,
    "пн–пт 8:00–17:00, вихідні: субота, неділя": WORKDAYS,
    "пн–пт 8:00–17:00, вихідний": WORKDAYS,
    "пн–пт 8:00–17:00 без перерви": WORKDAYS,
    "пн–пт: 8:00–12:00, 12:00–17:00": WORKDAYS,
    "пн–чт 8:00–17:00 без обіду, пт 8:00–17:00, перерва 12:00–13:00": tuple(
        sorted([*days(range(4), "8:00", "17:00"), *week((FRI, "8:00", "12:00"), (FRI, "13:00", "17:00"))])
    ),
    "пн–чт 8:00–17:00, перерва 12:00–13:00, пт 8:00–15:00": tuple(
        sorted([*days(range(4), "8:00", "12:00"), *days(range(4), "13:00", "17:00"), *week((FRI, "8:00", "15:00"))])
    ),
    "щодня 9:00–20:00": days(range(7), "9:00", "20:00"),
    "щоденно без вихідних 9:00–20:00": days(range(7), "9:00", "20:00"),
    "щовівторка 9:00–13:00": days([TUE], "9:00", "13:00"),
    "у вівторок і четвер 9:00–13:00": days([TUE, THU], "9:00", "13:00"),
    "вихідні 10:00–14:00": days([SAT, SUN], "10:00", "14:00"),
    "сб–пн 10:00–14:00": tuple(sorted(days([SAT, SUN, MON], "10:00", "14:00"))),
    "цілодобово": ((0, WEEK),),
    "Цілодобово, без вихідних": ((0, WEEK),),
    "щодня цілодобово": ((0, WEEK),),
    "24/7": ((0, WEEK),),
    "пн–нд 0:00–24:00": ((0, WEEK),),
    "вихідний": (),
    "сб, нд вихідний": (),
    "пт 20:00–6:00": ((FRI * DAY + 1200, SAT * DAY + 360),),
    "нд 22:00–6:00": ((0, 360), (SUN * DAY + 1320, WEEK)),
    "пт 22:00–6:00, перерва 2:00–2:30": ((FRI * DAY + 1320, SAT * DAY + 120), (SAT * DAY + 150, SAT * DAY + 360)),
    "пн 8:00–24:00, вт 0:00–8:00": ((480, DAY + 480),),
}  # fmt: skip
UNCLEAR = (
    "", "за домовленістю", "пн–пт 8:00–17:00 (зразок)", "пн–пт 8:00–17:00, крім свят", "8:00–17:00", "пн–пт", "пн–пт 17:00",
    "пн 25:00–26:00", "пн 8:60–17:00", "пн 8:00–8:00", "пн–пт 8:00–17:00, пт 8:00–15:45", "перша середа місяця 9:00–12:00",
    "пн–пт 8:00–17:00, пн вихідний", "пн–пт 8:00:00–17:00", "пн 8:00-12:30-17:00", "пн 9-00", "перерва 12:00–13:00", "пнпт 8–17",
    "пн–пт 8:00–17:00, " * 40, "\u202e", "пн–пт ８:00–17:00x",
)  # fmt: skip


@pytest.mark.parametrize("written", SPELLINGS)
def test_hours_are_read_in_every_usual_spelling(written):
    assert parse_hours(written).spans == SPELLINGS[written]


@pytest.mark.parametrize("written", UNCLEAR)
def test_what_is_not_clear_to_the_last_word_gives_nothing(written):
    with pytest.raises(HoursUnclear):
        parse_hours(written)


def test_the_pages_data_is_the_spans():
    assert parse_hours("пн 8:00–12:00, вт 9:00–10:00").data == "480-720 1980-2040"
    assert parse_hours("вихідний").data == ""


def test_the_minute_of_closing_is_closed():
    hours = parse_hours("пн 8:00–17:00")

    assert [hours.is_open(minute) for minute in (479, 480, 1019, 1020)] == [False, True, True, False]


DASHES = st.sampled_from(["-", "–", "—", " - ", " – "])
SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "нд")
FULL = ("понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя")


@st.composite
def schedules(draw):
    """Open days with their minutes, and a text that says the same."""
    plan, parts = {}, []
    names = draw(st.sampled_from([SHORT, FULL]))
    for day in sorted(draw(st.sets(st.integers(0, 6), min_size=1))):
        start = draw(st.integers(0, DAY - 2))
        end = draw(st.integers(start + 1, DAY))
        plan[day] = start, end
        colon = draw(st.sampled_from([":", "."]))
        first, last = (f"{minute // 60}{colon}{minute % 60:02}" for minute in (start, end))
        name = draw(st.sampled_from([names[day], names[day].capitalize(), names[day].upper()]))
        parts.append(f"{name}{draw(st.sampled_from([' ', ': ', ' – ']))}{first}{draw(DASHES)}{last}")
    return plan, draw(st.sampled_from([", ", "; ", "\n"])).join(parts)


@given(schedules())
def test_a_written_week_is_open_exactly_then(schedule):
    plan, written = schedule
    hours = parse_hours(written)
    open_minutes = sum(end - start for start, end in plan.values())

    assert sum(end - start for start, end in hours.spans) == open_minutes
    assert all(
        hours.is_open(day * DAY + start) and hours.is_open(day * DAY + end - 1) for day, (start, end) in plan.items()
    )


@given(st.text(max_size=60) | st.text(alphabet="пнвтср 8:0-–,;.\nперва", max_size=60))
def test_any_text_gives_hours_within_the_week_or_a_reason(written):
    try:
        hours = parse_hours(written)
    except HoursUnclear as unclear:
        assert str(unclear)
        return
    assert isinstance(hours, OpeningHours)
    assert all(0 <= start < end <= WEEK for start, end in hours.spans)
    assert all(one[1] < other[0] for one, other in zip(hours.spans, hours.spans[1:], strict=False))
