from datetime import datetime

import pytest

from hromada.domain.calendar import DateRefused
from hromada.importing.site.moments import local, stamped, universal


@pytest.mark.parametrize(
    ("how", "text", "moment"),
    [
        (universal, "2021-06-30 20:59:59", "2021-06-30 23:59:59"),
        (universal, "2021-06-30 21:00:00", "2021-07-01 00:00:00"),
        (universal, "2021-12-31 22:00:00", "2022-01-01 00:00:00"),
        (local, "2021-12-31 22:00:00", "2021-12-31 22:00:00"),
        (local, "2021-12-31T22:00", "2021-12-31 22:00:00"),
        (local, "2021-12-31T22:00:00Z", "2022-01-01 00:00:00"),
        (stamped, "Wed, 30 Jun 2021 21:00:00 GMT", "2021-07-01 00:00:00"),
        (stamped, "Wed, 30 Jun 2021 21:00:00 +0300", "2021-06-30 21:00:00"),
        (stamped, "30 Jun 2021 21:00:00 -0000", "2021-07-01 00:00:00"),
        (stamped, "2021-06-30T21:00:00Z", "2021-07-01 00:00:00"),
        (stamped, "2021-06-30T21:00:00.123+03:00", "2021-06-30 21:00:00"),
    ],
)
def test_days_are_those_of_kyiv(how, text, moment):
    assert how(text) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("how", "text"),
    [(universal, "0000-00-00 00:00:00"), (local, ""), (local, "  "), (stamped, "Wed, 30 Nov -0001 00:00:00 +0000")],
)
def test_a_zero_is_no_date(how, text):
    assert how(text) is None


@pytest.mark.parametrize(
    ("how", "text"),
    [(local, "07/05/2021"), (local, "2021"), (universal, "2021-02-30 10:00:00"), (stamped, "вчора"),
     (stamped, "Mon, 01 Jan 1021 10:00:00 GMT"), (stamped, "Mon, 99 Jan 2021 10:00:00 GMT")],
)  # fmt: skip
def test_what_is_no_date_is_refused_and_never_guessed(how, text):
    with pytest.raises(DateRefused):
        how(text)
