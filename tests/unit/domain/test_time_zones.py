from datetime import UTC, datetime, timedelta

import pytest

from hromada.domain.dates import KYIV
from hromada.domain.time_zones import PACIFIC, zone_in_file_name, zone_of_clock, zone_of_moment

SUMMER, WINTER = datetime(2021, 7, 5, 12), datetime(2021, 12, 5, 12)


def hours(zone, moment):
    return zone.utcoffset(moment) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "beside_a_moment", "summer", "winter"),
    [
        ("EET", 2, 3, 2), ("EEST", 3, 3, 2), ("CET", 1, 2, 1), ("CEST", 2, 2, 1), ("MSK", 3, 3, 3), ("PST", -8, -7, -8), ("PDT", -7, -7, -8),
        ("GMT", 0, 0, 0), ("UT", 0, 0, 0), ("Z", 0, 0, 0), ("utc", 0, 0, 0), ("+03:00", 3, 3, 3), ("-0700", -7, -7, -7), ("−3", -3, -3, -3),
        ("GMT+3", 3, 3, 3), ("UTC +3", 3, 3, 3), ("+0530", 5.5, 5.5, 5.5), ("GMT+0300 (EEST)", 3, 3, 3), ("Etc/GMT-3", 3, 3, 3),
    ],
)  # fmt: skip
def test_an_abbreviation_is_an_offset_beside_a_moment_and_a_zone_for_a_file(name, beside_a_moment, summer, winter):
    assert hours(zone_of_moment(name), SUMMER) == beside_a_moment
    assert (hours(zone_of_clock(name), SUMMER), hours(zone_of_clock(name), WINTER)) == (summer, winter)


@pytest.mark.parametrize(
    "name", ["Europe/Kyiv", "europe/kiev", "Київ", "за Києвом", "America/Los_Angeles", "america/los_angeles"]
)
def test_zones_of_places_change_their_clocks(name):
    zone = zone_of_moment(name)

    assert hours(zone, SUMMER) - hours(zone, WINTER) == 1


@pytest.mark.parametrize(
    "name",
    ["", "XYZ", "BST", "IST", "A", "J", "+25:00", "+03:99", "Europe", "Europe/Nowhere", "../../etc/passwd", "Europe/../UTC", "/etc/localtime", "GMT+"],
)  # fmt: skip
def test_what_names_no_zone_or_two_is_none(name):
    assert (zone_of_moment(name), zone_of_clock(name)) == (None, None)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("posts_UTC.csv", UTC), ("дописи (Київ).csv", KYIV), ("Insights PT 2021.csv", PACIFIC), ("export-2021.csv", None),
        ("Jul-01-2021_Dec-31-2021_1234.csv", None), ("zvit UTC, Kyiv.csv", None), ("ut.csv", None), ("Z.csv", None), ("kyivstar.csv", None),
    ],
)  # fmt: skip
def test_a_file_s_name_names_a_zone_by_a_word_of_its_own(name, zone):
    assert zone_in_file_name(name) == zone
