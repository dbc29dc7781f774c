"""The page of the search, `/search/`, and the files of its index."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import ARCHIVE, LISTS, SEARCH_PAGE
from hromada.pages.search_documents import SearchDocuments
from hromada.pages.search_index import SearchIndex
from hromada.pages.view_models import PageGroup, PagePlan, page_plan
from hromada.search.kinds import SECTIONS
from hromada.storage.lexeme_store import LexemeStore


class SectionOption(NamedTuple):
    """A section of the search as its page offers it."""

    name: str
    title: str


class SearchPages:
    """The outputs of the search: its page depends on the years and sections alone, the index on all that can be found."""

    def __init__(self, snapshot: ContentSnapshot, lexemes: LexemeStore) -> None:
        self._snapshot, self._documents, self._lexemes = snapshot, SearchDocuments(snapshot), lexemes

    def page_groups(self) -> dict[str, PageGroup]:
        """The page of the search."""
        options = tuple(
            SectionOption(name, title) for name, title in SECTIONS.items() if name in self._documents.sections
        )
        return {
            "search": PageGroup(
                self._page, (options, self._documents.years, self._lists, self._contacts), is_single_page=True
            )
        }

    def index_groups(self) -> dict[str, PageGroup]:
        """The files of its index."""
        return {"search index": PageGroup(self._new_index(self._snapshot.jobs).files, (self._documents.inputs,))}

    def _new_index(self, jobs: int) -> SearchIndex:
        return SearchIndex(self._snapshot.file_cache.store, self._documents, self._lexemes, jobs)

    def is_far_behind(self) -> bool:
        """Whether most of the time of bringing the index up to date would go into reading texts."""
        return self._new_index(1).is_far_behind

    def warm_cache(self) -> None:
        """Make the whole index and leave it in the cache, in this process alone; `index_groups` finds it there."""
        gc.disable()  # nothing of what it makes is garbage: 6 % of its time (measured)
        try:
            for _ in self._new_index(1).files(""):
                pass
        finally:
            gc.enable()

    @property
    def _lists(self) -> tuple[MenuLink, ...]:
        """The lists in which everything stands, for those who search without script or have found nothing."""
        links = [*(MenuLink(title, path) for path, title in LISTS.items()), MenuLink("Архів новин", ARCHIVE)]
        return tuple(link for link in links if link.path in self._snapshot.linker.targets.addresses)

    @property
    def _contacts(self) -> str:
        """The address of a page with the contacts; empty without one."""
        return min(self._snapshot.contact_pages, default="")

    def _page(
        self, sections: tuple[SectionOption, ...], years: tuple[int, ...], lists: tuple[MenuLink, ...], contacts: str
    ) -> Iterator[PagePlan]:
        context = {"sections": sections, "years": years, "lists": lists, "contacts": contacts}
        yield page_plan(SEARCH_PAGE, "search.html", **context)
