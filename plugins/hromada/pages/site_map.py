"""The map of the site for people, `/karta-saitu/`, and the English home, `/en/`, which lists what is translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alphabet import sort_key
from hromada.domain.item import UKRAINIAN, Item, Kind, Status
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import (
    ARCHIVE,
    ENGLISH,
    EVENTS,
    HANDBOOK_PAGE,
    LAW_PAGE,
    MESSAGES,
    NEWS,
    PHOTOS_PAGE,
    REPORTS,
    SERVICES,
    SITE_MAP,
    UNITS,
)
from hromada.pages.view_models import PageGroup, PagePlan, page_plan

_ENGLISH_LANG = ENGLISH.strip("/")
_ENGLISH_KINDS = {
    Kind.PAGE: "About the community",
    Kind.UNIT: "Departments",
    Kind.SERVICE: "Services",
    Kind.NEWS: "News",
    Kind.MESSAGE: "Messages",
}


class MapSection(NamedTuple):
    """A section of the map: its own page, if it has one, and the pages below it."""

    title: str
    path: str
    links: tuple[MenuLink, ...]


class TranslatedItem(NamedTuple):
    """An item in English with the Ukrainian page that it translates."""

    title: str
    path: str
    day: date | None  # None of undated pages
    original: MenuLink


class TranslatedSection(NamedTuple):
    title: str
    items: tuple[TranslatedItem, ...]


class SiteMap:
    """The lists of what the site has. They depend on titles and addresses alone."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        self._snapshot = snapshot

    @property
    def paths(self) -> Iterator[str]:
        """The addresses for the sitemap."""
        yield SITE_MAP
        if self._english:
            yield ENGLISH

    def groups(
        self, units: Sequence[MenuLink], categories: Sequence[MenuLink], years: Sequence[MenuLink], reports: Sequence[MenuLink],
    ) -> dict[str, PageGroup]:  # fmt: skip
        """The map of the site, and the English home while anything is translated into English."""
        sections = tuple(self._sections(units, categories, years, reports))
        groups = {"site-map": PageGroup(self._map, (sections,), is_single_page=True)}
        if self._english:
            groups["english"] = PageGroup(self._english_home, (self.translated,), is_single_page=True)
        return groups

    def _sections(
        self, units: Sequence[MenuLink], categories: Sequence[MenuLink], years: Sequence[MenuLink], reports: Sequence[MenuLink],
    ) -> Iterator[MapSection]:  # fmt: skip
        site = self._snapshot.site
        own = [MenuLink("Карта сайту", SITE_MAP)]
        if site.law is not None:
            own.append(MenuLink("Обов’язкове оприлюднення", LAW_PAGE))
        if self._snapshot.handbook.pages:
            own.append(MenuLink("Довідник редактора", HANDBOOK_PAGE))
        if self._english:
            own.append(MenuLink("English", ENGLISH))
        pages = [
            MenuLink(item.title, item.address)
            for item in self._snapshot.listed(Kind.PAGE)
            if not item.is_translation and item.path not in self._snapshot.withdrawn
        ]
        yield MapSection("Сторінки", "/", _sorted(pages + own))
        yield MapSection("Підрозділи та організації", UNITS, tuple(units))
        yield MapSection("Новини", NEWS, (*categories, MenuLink("Архів за місяцями", ARCHIVE), *years))
        services = [MenuLink(item.title, item.address) for item in self._snapshot.listed(Kind.SERVICE)]
        yield MapSection("Послуги", SERVICES, _sorted(services))
        yield MapSection("Події", EVENTS, ())
        yield MapSection("Повідомлення підрозділів", MESSAGES, ())
        yield MapSection("Фотоархів", PHOTOS_PAGE, ())
        yield MapSection("Звіти", REPORTS, tuple(reports))

    def _map(self, sections: tuple[MapSection, ...]) -> Iterator[PagePlan]:
        yield page_plan(SITE_MAP, "site_map.html", sections=sections)

    # --- English ----------------------------------------------------------------------------------------------

    @cached_property
    def _english(self) -> list[Item]:
        return [
            item
            for item in self._snapshot.all_built
            if item.lang == _ENGLISH_LANG
            and item.status is Status.PUBLISHED
            and item.path not in self._snapshot.withdrawn
        ]

    @cached_property
    def translated(self) -> tuple[TranslatedSection, ...]:
        return tuple(self._translated())

    def _translated(self) -> Iterator[TranslatedSection]:
        """The translated items by kind: pages and units in alphabetical order, the dated ones newest first."""
        originals = {item.address: item for item in self._snapshot.all_built if item.lang == UKRAINIAN}
        for kind, title in _ENGLISH_KINDS.items():
            found = [item for item in self._english if item.kind is kind]
            shown = [_translated_item(item, originals) for item in found]
            shown.sort(key=lambda item: (-(item.day or date.min).toordinal(), item.title.casefold(), item.path))
            if shown:
                yield TranslatedSection(title, tuple(shown))

    def _english_home(self, sections: tuple[TranslatedSection, ...]) -> Iterator[PagePlan]:
        yield page_plan(ENGLISH, "english.html", sections=sections)


def _translated_item(item: Item, originals: Mapping[str, Item]) -> TranslatedItem:
    original = originals[item.address.removeprefix(ENGLISH[:-1])]
    day = item.day if item.is_dated else None
    return TranslatedItem(item.title, item.address, day, MenuLink(original.title, original.address))


def _sorted(links: Iterable[MenuLink]) -> tuple[MenuLink, ...]:
    return tuple(sorted(links, key=lambda link: sort_key(link.title)))
