"""Times without a zone: what was assumed is held against an office's hours and the register's own rows."""

from datetime import datetime

import pytest

from hromada.conversion.social.attribution import attribute
from hromada.conversion.social.publication import ImportRefused
from hromada.conversion.social.times import refuse_wrong_zone
from hromada.domain.entry import Entry, SourceLocation
from tests.unit.conversion.social.samples import (
    ACCOUNTS,
    MOMENTS,
    PACIFIC,
    SUITE_HEAD,
    csv_bytes,
    reading_of,
    suite_rows,
)

DAYS = range(1, 21)


def published(times):
    """A file whose posts were published at these times, as it shows them."""
    moments = [datetime.strptime(time, "%m/%d/%Y %H:%M").replace(tzinfo=PACIFIC) for time in times]
    return attribute(reading_of(csv_bytes(SUITE_HEAD, suite_rows(moments))), ACCOUNTS, "")


def row(when, link="", title="Від руки", account="rada"):
    traits = {"account": account, "network": "facebook"}
    return Entry(
        "register:social",
        "registers/social",
        when,
        title,
        link,
        SourceLocation("content/registers/social/2021.csv", 7),
        traits=traits,
        id="",
    )


@pytest.mark.parametrize(
    "hours", [range(9, 18), (9, 12, 15), (8, 19), (10,), (7, 9, 10, 11, 12, 13, 14, 15, 16, 17)], ids=["day", "three", "ends", "one", "early"]
)  # fmt: skip
def test_an_office_s_hours_in_the_file_say_that_its_time_is_not_pacific(hours):
    times = [f"07/{day:02}/2021 {hours[day % len(hours)]:02}:00" for day in DAYS]

    with pytest.raises(ImportRefused, match=r"file:1: часового поясу файл не каже.*ZONE=Europe/Kyiv.*\[import-zone\]"):
        refuse_wrong_zone(published(times), [])


@pytest.mark.parametrize(
    "times",
    [
        [f"07/{day:02}/2021 {(day % 9 + 23) % 24:02}:00" for day in DAYS],  # an office's hours, once converted
        [f"07/{day:02}/2021 {day:02}:00" for day in DAYS],  # around the clock: neither
        ["07/05/2021 10:00"] * 5,  # too few to say
    ],
)
def test_hours_that_contradict_nothing_leave_the_time_pacific(times):
    refuse_wrong_zone(published(times), [])


def test_a_file_that_says_its_zone_is_not_judged():
    head = [name.replace("Publish time", "Publish time (PT)") for name in SUITE_HEAD]
    moments = [datetime(2021, 7, day, 10, tzinfo=PACIFIC) for day in DAYS]

    refuse_wrong_zone(attribute(reading_of(csv_bytes(head, suite_rows(moments))), ACCOUNTS, ""), [])


@pytest.mark.parametrize(
    ("entry", "is_refused"),
    [
        (row(datetime(2021, 7, 5, 16, 30), "https://www.facebook.com/77/posts/1000"), True),
        (row(datetime(2021, 7, 5), "https://m.facebook.com/77/posts/1000?fbclid=x"), True),
        (
            row(datetime(2021, 7, 5, 16, 30), title="Оновлено графік прийому громадян № 0. Деталі в центрі послуг."),
            True,
        ),
        (row(datetime(2021, 7, 6, 2, 30), "https://www.facebook.com/77/posts/1000"), False),
        (row(datetime(2021, 7, 6), "https://www.facebook.com/77/posts/1000"), False),
        (row(datetime(2021, 7, 5, 16, 30), "https://www.facebook.com/77/posts/1001"), False),
        (row(datetime(2021, 7, 5, 16, 30), "https://www.facebook.com/77/posts/1000", account="klub"), False),
    ],
)
def test_the_register_s_own_row_of_a_post_says_in_which_zone_the_file_is(entry, is_refused):
    owned = published(["07/05/2021 16:30"])
    if is_refused:
        with pytest.raises(
            ImportRefused, match=r"час у журналі такий, як у файлі .content/registers/social/2021.csv:7"
        ):
            refuse_wrong_zone(owned, [entry])
    else:
        refuse_wrong_zone(owned, [entry])


def test_the_samples_hours_are_around_the_clock():
    refuse_wrong_zone(attribute(reading_of(csv_bytes(SUITE_HEAD, suite_rows(MOMENTS))), ACCOUNTS, ""), [])
