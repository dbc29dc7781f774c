from datetime import UTC, datetime

import pytest

from hromada.conversion.site.old_item import parse_feed_moment, parse_local, parse_utc
from hromada.domain.dates import KYIV, DateRefused


@pytest.mark.parametrize(
    ("how", "text", "moment"),
    [
        (parse_utc, "2021-06-30 20:59:59", "2021-06-30 23:59:59"),
        (parse_utc, "2021-06-30 21:00:00", "2021-07-01 00:00:00"),
        (parse_utc, "2021-12-31 22:00:00", "2022-01-01 00:00:00"),
        (parse_local, "2021-12-31 22:00:00", "2021-12-31 22:00:00"),
        (parse_local, "2021-12-31T22:00", "2021-12-31 22:00:00"),
        (parse_local, "2021-12-31T22:00:00Z", "2022-01-01 00:00:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 21:00:00 GMT", "2021-07-01 00:00:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 21:00:00 +0300", "2021-06-30 21:00:00"),
        (parse_feed_moment, "30 Jun 2021 21:00:00 -0000", "2021-07-01 00:00:00"),
        (parse_feed_moment, "2021-06-30T21:00:00Z", "2021-07-01 00:00:00"),
        (parse_feed_moment, "2021-06-30T21:00:00.123+03:00", "2021-06-30 21:00:00"),
        (parse_feed_moment, "30 Jun 2021 23:30:00 EEST", "2021-06-30 23:30:00"),
        (parse_feed_moment, "30 Jun 2021 23:30:00 +03:00", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Thu, 31 Dec 2020 22:30:00 EET", "2020-12-31 22:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 22:30:00 CEST", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 22:30:00 MEST", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Thu, 31 Dec 2020 23:00:00 CET", "2021-01-01 00:00:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 23:30:00 MSK", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 17:00:00 EDT", "2021-07-01 00:00:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 20:30:00 UT", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 20:30:00 UTC", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 20:30:00 Z", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 23:30:00 GMT+3", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 23:30:00 UTC+03:00", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 23:30:00 +03", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 23:30:00 +0300 (EEST)", "2021-06-30 23:30:00"),
        (
            parse_feed_moment,
            "Wed Jun 30 2021 23:30:00 GMT+0300 (за східноєвропейським літнім часом)",
            "2021-06-30 23:30:00",
        ),
        (parse_feed_moment, "Wed, 30 Jun 2021 23:30:00 Europe/Kiev", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 20:30:00 Europe/London", "2021-06-30 22:30:00"),
        (parse_feed_moment, "Wed, 30 Jun 2021 23:30:00 Etc/GMT-3", "2021-06-30 23:30:00"),
        (parse_feed_moment, "Wed Jun 30 23:30:00 EEST 2021", "2021-06-30 23:30:00"),
        (parse_feed_moment, "2021-06-30T23:30:00 EEST", "2021-06-30 23:30:00"),
        (parse_feed_moment, "2021-06-30 23:30:00 +3", "2021-06-30 23:30:00"),
        (parse_feed_moment, "2021-06-30", "2021-06-30 00:00:00"),
        (parse_feed_moment, "30 Jun 2021", "2021-06-30 00:00:00"),
        (parse_local, "2021-06-30 23:30", "2021-06-30 23:30:00"),
        (parse_local, "2021-06-30 23:30 EEST", "2021-06-30 23:30:00"),
        (parse_local, "2021-06-30 20:30:00 GMT", "2021-06-30 23:30:00"),
        (parse_local, "2021-06-30T23:30:00 Europe/Kyiv", "2021-06-30 23:30:00"),
    ],
)
def test_days_are_those_of_kyiv(how, text, moment):
    assert how(text) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("how", "text"),
    [
        (parse_utc, "0000-00-00 00:00:00"),
        (parse_local, ""),
        (parse_local, "  "),
        (parse_feed_moment, "Wed, 30 Nov -0001 00:00:00 +0000"),
    ],
)
def test_a_zero_is_no_date(how, text):
    assert how(text) is None


@pytest.mark.parametrize(
    ("how", "text"),
    [(parse_local, "07/05/2021"), (parse_local, "2021"), (parse_utc, "2021-02-30 10:00:00"), (parse_feed_moment, "вчора"),
     (parse_feed_moment, "Mon, 01 Jan 1021 10:00:00 GMT"), (parse_feed_moment, "Mon, 99 Jan 2021 10:00:00 GMT")],
)  # fmt: skip
def test_what_is_no_date_is_refused_and_never_guessed(how, text):
    with pytest.raises(DateRefused):
        how(text)


@pytest.mark.parametrize(
    "text",
    ["30 Jun 2021 23:30:00 XYZ", "30 Jun 2021 23:30:00 BST", "30 Jun 2021 23:30:00 A", "30 Jun 2021 23:30:00 +25:00",
     "30 Jun 2021 23:30:00 Europe/Nowhere", "30 Jun 2021 23:30:00 Europe/../UTC", "2021-06-30T23:30:00 XYZ",
     "30 Jun 2021 11:30:00 PM"],
)  # fmt: skip
def test_an_unknown_zone_is_refused_and_never_taken_for_the_universal_one(text):
    with pytest.raises(DateRefused, match=r"часовий пояс у даті .* невідомий"):
        parse_feed_moment(text)


@pytest.mark.parametrize("text", ["30 Jun 2021 23:30:00", "Wed Jun 30 23:30:00 2021", "2021-06-30T23:30:00"])
def test_a_feed_s_time_without_a_zone_is_refused_until_zone_says_which(text):
    with pytest.raises(DateRefused, match="немає часового поясу, вкажіть його в ZONE"):
        parse_feed_moment(text)

    assert f"{parse_feed_moment(text, KYIV):%Y-%m-%d %H:%M}" == "2021-06-30 23:30"
    assert f"{parse_feed_moment(text, UTC):%Y-%m-%d %H:%M}" == "2021-07-01 02:30"
