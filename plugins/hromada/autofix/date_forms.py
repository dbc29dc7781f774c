"""Dates of the header in the ISO form; only those that can be read in one way."""

from __future__ import annotations

import re

from hromada.domain.calendar import DateRefused, to_iso

_TIME = r"(?:(?:T|,?\s+|,?\s+об?\s+)(?P<time>\d{1,2}:\d{2}(?::\d{2})?))?"
_YEAR_WORD = r"(?:\s*(?:р\.|р|року))?"
# Digits that editors write beside the forms that are read: 5.7.2021, 05.07.2021 р., 2021-7-5, 2021.07.05, 05.07.2021 о 14:30.
_LOOSE = tuple(
    re.compile(rf"\s*{form}{_TIME}\s*", re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_YEAR_WORD}",
    )
)


def iso_date(value: str) -> str:
    """«05.07.2021 9:30» → «2021-07-05 09:30»; what is no date, or may be two, as it is: 05/07/2021, 12.03.21."""
    try:
        return to_iso(_plain(value))
    except DateRefused:
        return value


def _plain(value: str) -> str:
    """A loose form as one that is read."""
    found = next((found for form in _LOOSE if (found := form.fullmatch(value.replace("\u00a0", " ")))), None)
    if found is None:
        return value
    day = f"{found['year']}-{found['month']:>02}-{found['day']:>02}"
    return f"{day} {found['time']}" if found["time"] else day
