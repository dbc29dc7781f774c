"""The addresses at which the site makes pages itself, whatever the content has."""

from __future__ import annotations

from functools import lru_cache

from hromada.domain.transliteration import slug

NEWS, UNITS, REPORTS = "/news/", "/units/", "/reports/"
LISTS = {NEWS: "Новини", UNITS: "Корисна інформація", REPORTS: "Звіти"}
NEWS_FEED = f"{NEWS}feed.atom"
ARCHIVE = f"{NEWS}archive/"
CATEGORIES = f"{NEWS}category/"
LAW_PAGE = "/opryliudnennia/"
HANDBOOK_PAGE = "/dovidnyk-redaktora/"
ENGLISH = "/en/"
FOLDERS = ("/theme/", "/images/", "/files/")  # of files: no page stands there
# A plain page may not take the first part of any of them.
RESERVED = frozenset(
    address.strip("/") for address in (NEWS, UNITS, REPORTS, LAW_PAGE, HANDBOOK_PAGE, ENGLISH, *FOLDERS)
)


@lru_cache(maxsize=4096)
def category_path(title: str) -> str:
    """The list of a category's news; titles of one address are one category."""
    return f"{CATEGORIES}{slug(title)}/"


def month_path(year: int, month: int) -> str:
    """The list of a month's news."""
    return f"{NEWS}{year:04d}/{month:02d}/"
