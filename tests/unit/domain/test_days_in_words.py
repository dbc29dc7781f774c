"""Dates as announcements and documents write them."""

from datetime import date, datetime

import pytest

from hromada.domain.dates import DateRefused, parse_moment, to_iso
from hromada.domain.days_in_words import days_in_words

AUGUST = datetime(2021, 8, 5)
SATURDAY, AT_TEN = datetime(2026, 12, 5), datetime(2026, 12, 5, 10)
MONTHS = (
    ("січня", "січень", "січ."), ("лютого", "лютий", "лют."), ("березня", "березень", "бер."), ("квітня", "квітень", "квіт."),
    ("травня", "травень", "трав."), ("червня", "червень", "черв."), ("липня", "липень", "лип."), ("серпня", "серпень", "серп."),
    ("вересня", "вересень", "вер."), ("жовтня", "жовтень", "жовт."), ("листопада", "листопад", "лист."), ("грудня", "грудень", "груд."),
)  # fmt: skip
WEEK = ("понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя")


def refused(text):
    with pytest.raises(DateRefused) as found:
        parse_moment(text)
    return found.value


@pytest.mark.parametrize(("number", "words"), list(enumerate(MONTHS, 1)))
def test_a_month_is_read_in_both_cases_and_shortened(number, words):
    assert {parse_moment(f"5 {word} 2021") for word in words} == {datetime(2021, number, 5)}


@pytest.mark.parametrize(
    "text",
    [
        "5 серпня 2021", "05 серпня 2021", "5 серпня 2021 р.", "5 серпня 2021 р", "5 серпня 2021р.", "5 серпня 2021 року", "5-го серпня 2021 року",
        "5го серпня 2021", "«05» серпня 2021 року", "05 серп. 2021", "05 сер 2021", "5 Серпня 2021", "5 СЕРПНЯ 2021 РОКУ",
        "5\u00a0серпня\u00a02021\u00a0р.", "5\u202fсерпня\u20092021", "  5   серпня  2021 ", "четвер 5 серпня 2021", "четвер, 5 серпня 2021 р.",
        "Чт, 5 серпня 2021", "чт. 5 серп. 2021 р.", "у четвер, 5 серпня 2021 року", "5 серпня 2021 року (четвер)", "5 серпня 2021 р., четвер",
    ],
)  # fmt: skip
def test_a_day_in_words_is_that_day(text):
    assert parse_moment(text) == AUGUST


@pytest.mark.parametrize(
    "text",
    [
        "субота 5 грудня 2026, 10:00", "субота, 5 грудня 2026 р. о 10:00", "5 грудня 2026 10:00", "5 грудня 2026 року, 10:00:00", "5 грудня 2026, 10.00",
        "5 грудня 2026 року о 10.00", "5 грудня 2026 о 10-й", "5 грудня 2026 р. о 10-й годині", "5 грудня 2026 о 10 год.", "5 грудня 2026, о 10:00 год",
        "сб, 5 груд. 2026 р., 10:00", "у суботу 5 грудня 2026 року о 10 годині", "5 грудня 2026 (субота) о 10:00", "5 грудня 2026 року, субота, о 10:00",
        "5\u00a0грудня 2026 о\u00a010:00", "СУБОТА, 5 ГРУДНЯ 2026 Р. О 10:00",
    ],
)  # fmt: skip
def test_a_moment_in_words_is_that_moment(text):
    assert parse_moment(text) == AT_TEN
    assert to_iso(text).startswith("2026-12-05 10:00")


def test_an_hour_that_begins_with_a_vowel_has_its_own_preposition():
    assert parse_moment("5 грудня 2026 об 11:30") == datetime(2026, 12, 5, 11, 30)


@pytest.mark.parametrize("sign", "'’ʼ‘`´′‛＇ʹ")
def test_friday_is_read_with_any_apostrophe(sign):
    assert parse_moment(f"п{sign}ятниця, 4 грудня 2026") == datetime(2026, 12, 4)


@pytest.mark.parametrize(("day", "word"), list(enumerate(WEEK, 7)))
def test_a_weekday_fits_its_own_day_alone(day, word):
    assert parse_moment(f"{word}, {day} грудня 2026") == datetime(2026, 12, day)

    fault = refused(f"{word}, {day + 1} грудня 2026")

    assert fault.code == "date-weekday"
    assert str(fault).endswith(f"не той день тижня: {day + 1:02}.12.2026 – {WEEK[(day - 6) % 7]}")


@pytest.mark.parametrize(
    "text", ["5 грудня 2026 (неділя)", "5 грудня 2026 р., пт, 10:00", "у середу 5 грудня 2026", "НД 5 грудня 2026"]
)
def test_a_weekday_that_does_not_fit_is_refused_wherever_it_stands(text):
    assert refused(text).code == "date-weekday"


@pytest.mark.parametrize(
    ("text", "letters", "right"),
    [
        ("5 cерпня 2021", "«c»", "5 серпня 2021"),
        ("5 ciчня 2021 року", "«c», «i»", "5 січня 2021 року"),
        ("5 серпня 2021 p.", "«p»", "5 серпня 2021 р."),
        ("5 серпня 2021 o 10:00", "«o»", "5 серпня 2021 о 10:00"),
        ("cубота, 5 грудня 2026", "«c»", "субота, 5 грудня 2026"),
    ],
)
def test_latin_letters_among_ukrainian_ones_are_named(text, letters, right):
    fault = refused(text)

    assert str(fault) == f"у даті «{text}» є латинські літери: {letters}"
    assert fault.fix == f"напишіть українськими: {right}"


@pytest.mark.parametrize(
    ("text", "word", "right"),
    [
        ("5 августа 2021", "августа", "серпня"), ("5 Мая 2021 г", "", ""), ("5 мая 2021", "мая", "травня"), ("5 дек. 2021", "дек", "грудня"),
        ("воскресенье, 5 декабря 2021", "декабря", "грудня"), ("суббота, 5 грудня 2026", "суббота", "субота"),
        ("пятницу 4 декабря 2026", "декабря", "грудня"),
    ],
)  # fmt: skip
def test_russian_words_are_refused_with_the_ukrainian_ones(text, word, right):
    fault = refused(text)

    assert str(fault) == (f"у даті «{text}» слово «{word}» не українське" if word else f"дата «{text}» незрозуміла")
    assert not right or fault.fix == f"напишіть «{right}»"


@pytest.mark.parametrize(
    ("text", "fix"),
    [("5 серпні 2021", "можливо, «серпня»?"), ("5 серрня 2021", "можливо, «серпня»?"), ("субтоа, 5 грудня 2026", "можливо, «субота»?"),
     ("5 August 2021", "напишіть, наприклад, 2021-07-05, 05.07.2021 або 2021-07-05 14:30")],
)  # fmt: skip
def test_an_unknown_word_is_named(text, fix):
    fault = refused(text)

    assert (fault.code, fault.fix) == ("date-format", fix)
    assert "незрозуміле слово" in str(fault)


@pytest.mark.parametrize("text", ["5 серпня", "05 серп.", "субота, 5 грудня"])
def test_a_day_without_its_year_is_said_to_lack_it(text):
    assert str(refused(text)) == f"у даті «{text}» немає року"


@pytest.mark.parametrize(
    "text",
    ["31 лютого 2021", "0 серпня 2021", "5 серпня 2021 24:30", "5 серпня 2021 о 25-й", "5 серпня 21", "серпень 2021", "5 серпня 2021 о 10-00",
     "5 серпня 2021 по обіді", "5 серпня 2021 о 10-й вечора", "5–7 серпня 2021", "5 серпня 2021 – 7 серпня 2021", "субота 05.12.2026", "п’яте серпня 2021",
     "5 серпня 0201", "5 серпня 3000", "5 серпня 2021 10:00–12:00", "٥ серпня 2021", "п2ятниця 4 грудня 2026", "5серпня 2021"],
)  # fmt: skip
def test_what_is_no_day_or_may_be_another_is_refused(text):
    assert refused(text).code == "date-format"


@pytest.mark.parametrize(
    ("text", "form"),
    [("5 серпня 2021 р.", "2021-08-05"), ("05.08.2021 9:30", "2021-08-05 09:30"), ("2021-08-05", "2021-08-05"), ("5 серпня 2021, 9:30:05", "2021-08-05 09:30:05"),
     ("2021-08-05T21:00:00Z", "2021-08-05T21:00:00Z"), ("четвер, 5 серпня 2021 о 9-й", "2021-08-05 09:00")],
)  # fmt: skip
def test_the_iso_form_keeps_what_was_written(text, form):
    assert to_iso(text) == form


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2021, 7, 1), date(2021, 7, 31), "з 1 до 31 липня 2021 року"),
        (date(2021, 7, 1), date(2021, 12, 31), "з 1 липня до 31 грудня 2021 року"),
        (date(2020, 7, 1), date(2021, 12, 31), "з 1 липня 2020 року до 31 грудня 2021 року"),
        (date(2020, 12, 28), date(2021, 1, 3), "з 28 грудня 2020 року до 3 січня 2021 року"),
        (date(2020, 7, 1), date(2021, 7, 31), "з 1 липня 2020 року до 31 липня 2021 року"),
        (date(2021, 7, 5), date(2021, 7, 5), "5 липня 2021 року"),
    ],
)
def test_a_range_says_once_what_both_days_share(first, last, words):
    assert days_in_words(first, last).replace("\N{NO-BREAK SPACE}", " ") == words
