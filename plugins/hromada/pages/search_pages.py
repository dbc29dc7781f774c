"""The page of the search, `/search/`, and the files of its index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.site_urls import SEARCH_PAGE
from hromada.pages.search_index import SearchIndex
from hromada.pages.view_models import PageGroup, PagePlan
from hromada.search.kinds import SECTIONS


class SectionOption(NamedTuple):
    """A section of the search as its page offers it."""

    name: str
    title: str


class SearchPages:
    """The outputs of the search: its page depends on the years and sections alone, the index on all that can be found."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        self._index = SearchIndex(snapshot)

    def groups(self) -> dict[str, PageGroup]:
        options = tuple(SectionOption(name, title) for name, title in SECTIONS.items() if name in self._index.sections)
        return {
            "search": PageGroup(self._page, (options, self._index.years), is_single_page=True),
            "search index": PageGroup(self._index.files, (self._index.inputs,)),
        }

    def _page(self, sections: tuple[SectionOption, ...], years: tuple[int, ...]) -> Iterator[PagePlan]:
        yield PagePlan(f"{SEARCH_PAGE.strip('/')}/index.html", "search.html", {"sections": sections, "years": years})
