"""Dates of the header in the ISO form; only those that can be read in one way."""

from __future__ import annotations

import re
from datetime import datetime

from hromada.domain.calendar import is_possible_year
from hromada.domain.days_in_words import month_name
from hromada.domain.numerals import Case

_MONTHS = {month_name(number, Case.GENITIVE): number for number in range(1, 13)}
_TIME = r"(?:(?:T|,?\s+|,?\s+об?\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
_YEAR_WORD = r"(?:\s*(?:р\.|р|року))?"
_FORMS = tuple(
    re.compile(rf"\s*{form}{_TIME}\s*", re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_YEAR_WORD}",
        rf"(?P<day>\d{{1,2}})\s+(?P<word>{'|'.join(_MONTHS)})\s+(?P<year>\d{{4}}){_YEAR_WORD}",
    )
)


def iso_date(value: str) -> str:
    """«05.07.2021 9:30» → «2021-07-05 09:30»; what is no date, or may be two, as it is: 05/07/2021, 12.03.21."""
    found = next((found for form in _FORMS if (found := form.fullmatch(value.replace("\u00a0", " ")))), None)
    if found is None:
        return value
    part = found.groupdict()
    month = _MONTHS[part["word"].casefold()] if part.get("word") else int(part["month"])
    try:
        moment = datetime(
            int(part["year"]), month, int(part["day"]),
            int(part["hour"] or 0), int(part["minute"] or 0), int(part["second"] or 0),
        )  # fmt: skip
    except ValueError:
        return value
    if not is_possible_year(moment.year):
        return value
    form = "%Y-%m-%d" + (" %H:%M" if part["hour"] else "") + (":%S" if part["second"] else "")
    return moment.strftime(form)
