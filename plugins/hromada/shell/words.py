"""What templates may call: addresses and Ukrainian words for values."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from hromada.domain.alphabet import capitalized
from hromada.domain.calendar import KYIV
from hromada.domain.days_in_words import day_in_words, month_in_words, short_day
from hromada.domain.nouns import NOUNS
from hromada.domain.numerals import grouped
from hromada.domain.settings import Link, SiteSettings
from hromada.shell.theme import Theme


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around every page; it changes with the settings alone."""

    name: str
    tagline: str
    description: str
    publisher: str
    menu: tuple[Link, ...]
    footer_menu: tuple[Link, ...]
    licence: str


def chrome(settings: SiteSettings, day: date, addresses: Collection[str]) -> Chrome:
    """The chrome on a day: the publisher may change with a date; a menu names only pages that exist."""
    menu, footer = (
        tuple(link for link in links if link.path in addresses) for links in (settings.menu, settings.footer_menu)
    )
    return Chrome(
        settings.name,
        settings.tagline,
        settings.description,
        settings.publisher_on(day),
        menu,
        footer,
        settings.licence,
    )


def jinja_globals(settings: SiteSettings, theme: Theme, day: date, addresses: Collection[str]) -> dict[str, Any]:
    parts = urlsplit(settings.address)
    host = f"{parts.scheme}://{parts.netloc}"

    def url(path: str) -> str:
        return settings.base + path

    return {
        "site": chrome(settings, day, addresses),
        "url": url,
        "absolute": lambda path: host + settings.base + path,
        "absolute_link": lambda link: host + link,  # for links that have the base path already
        "asset": lambda name: url(theme.asset(name)),
    }


def _rfc3339(moment: datetime) -> str:
    return moment.replace(tzinfo=KYIV).isoformat()


def _counted(number: int, noun: str) -> str:
    return NOUNS[noun].counted(number)


FILTERS: dict[str, Callable[..., str]] = {
    "number": grouped,
    "day": day_in_words,
    "day_short": short_day,
    "iso": lambda day: day.isoformat() if not isinstance(day, datetime) else day.date().isoformat(),
    "month": lambda day: month_in_words(day.year, day.month),
    "counted": _counted,
    "capitalize_first": capitalized,
    "rfc3339": _rfc3339,
}
