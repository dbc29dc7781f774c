"""How much of the host's space the site takes, and when it is full if pictures are added as in the last year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from hromada.domain.days_in_words import month_name
from hromada.domain.file_names import LARGEST_SITE
from hromada.domain.numerals import Case, format_decimal

_YEAR = 365  # days
_SHORTEST = 30  # days: what a first week brings says nothing about a year
_LONGEST = 50  # years: what is said of later ones is a guess
_NEAR = Fraction(8, 10)
_MEGABYTE = 1_000_000


class SiteSize(NamedTuple):
    """The bytes of all files of a site, and of those that are made of pictures; `stored`: these lie elsewhere."""

    total: int
    pictures: int
    stored: bool = False


class SpaceForecast(NamedTuple):
    """The size of a site, and the last day on which its host has room; None if that is not foreseeable.

    `pace` is the number of bytes that the pictures of the last year took for each day.
    """

    size: SiteSize
    pace: Fraction
    until: date | None

    @property
    def is_near_limit(self) -> bool:
        return self.size.total >= _NEAR * LARGEST_SITE

    def as_line(self) -> str:
        """«Світлини займають 212 МБ, увесь сайт – 260 МБ із 1 000 МБ; за темпом останнього року місця вистачить до …»."""
        whole = f"{_megabytes(self.size.total)} із {_megabytes(LARGEST_SITE)}"
        if self.size.stored:
            return f"Сайт займає {whole}, світлини лежать у сховищі."
        if not self.size.pictures:
            return f"Сайт займає {whole}."
        return f"Світлини займають {_megabytes(self.size.pictures)}, увесь сайт – {whole}; {self._outlook()}."

    def _outlook(self) -> str:
        if self.size.total >= LARGEST_SITE:
            return "місця вже немає"
        if not self.pace:
            return "за останній рік нових світлин немає"
        if self.until is None:
            return f"за темпом останнього року місця вистачить більш як на {_LONGEST} років"
        month = f"{month_name(self.until.month, Case.GENITIVE)} {self.until.year} року"
        return f"за темпом останнього року місця вистачить до {month}"

    def warning(self) -> str:
        """What to do once the limit is near; empty before."""
        if not self.is_near_limit:
            return ""
        return (
            f"Увага: зайнято {self.size.total * 100 // LARGEST_SITE} % місця, яке дає хостинг. Скажіть тому, хто веде сайт:"
            " світлини можна тримати в окремому сховищі (docs/maintainers.md)."
        )


def forecast_space(size: SiteSize, dated: Iterable[tuple[date, int]], today: date) -> SpaceForecast:
    """How long a site of this size has room; `dated` has the bytes of each picture with the day of the first item that shows it.

    The pace is that of the last 365 days, or of the time since the first picture if that is shorter.
    """
    dated = [(day, count) for day, count in dated if day <= today]
    since = max(min((day for day, _ in dated), default=today), today - timedelta(days=_YEAR - 1))
    added = sum(count for day, count in dated if day >= since)
    pace = Fraction(added, max((today - since).days + 1, _SHORTEST))
    free = max(LARGEST_SITE - size.total, 0)
    days = int(free / pace) if pace else None
    is_foreseeable = days is not None and days <= _LONGEST * _YEAR
    return SpaceForecast(size, pace, today + timedelta(days=days) if days is not None and is_foreseeable else None)


def _megabytes(count: int) -> str:
    """«212 МБ»; less than one to a decimal, and never nothing for something."""
    if 0 < count < _MEGABYTE // 10:
        return "менш як 0,1 МБ"
    return f"{format_decimal(Fraction(count, _MEGABYTE), int(count < _MEGABYTE and count > 0))} МБ"
