"""Addresses of pages and folders that the site generates, and links between the pages of a paginated list."""

from __future__ import annotations

from functools import lru_cache

from hromada.domain.transliteration import slug


def linked_numbers(current: int, count: int) -> tuple[int | None, ...]:
    """The numbers of the first, last and neighbouring pages, with None for a gap; empty for a single page."""
    if count == 1:
        return ()
    linked: list[int | None] = []
    previous = 0
    for page in sorted({1, count, *range(max(1, current - 1), min(count, current + 1) + 1)}):
        if page - previous > 1:
            linked.append(None)
        linked.append(page)
        previous = page
    return tuple(linked)


NEWS, UNITS, REPORTS = "/news/", "/units/", "/reports/"
LISTS = {NEWS: "Новини", UNITS: "Корисна інформація", REPORTS: "Звіти"}
NEWS_FEED = f"{NEWS}feed.atom"
ARCHIVE = f"{NEWS}archive/"
CATEGORIES = f"{NEWS}category/"
LAW_PAGE = "/opryliudnennia/"
HANDBOOK_PAGE = "/dovidnyk-redaktora/"
ENGLISH = "/en/"
FOLDERS = ("/theme/", "/images/", "/files/")  # folders of files without pages
# Slugs that a plain page can't have.
RESERVED = frozenset(
    address.strip("/") for address in (NEWS, UNITS, REPORTS, LAW_PAGE, HANDBOOK_PAGE, ENGLISH, *FOLDERS)
)


@lru_cache(maxsize=4096)
def category_path(title: str) -> str:
    """The address of a category's list; titles with the same slug are one category."""
    return f"{CATEGORIES}{slug(title)}/"


def month_path(year: int, month: int) -> str:
    """The address of a month's list of news."""
    return f"{NEWS}{year:04d}/{month:02d}/"
