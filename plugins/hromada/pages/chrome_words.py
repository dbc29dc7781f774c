"""The words of the frame around every page, in Ukrainian and, below /en/, in English: one table."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from hromada.domain.days_in_words import day_in_words
from hromada.domain.site_urls import (
    ACCESSIBILITY,
    CONTACTS,
    ENGLISH,
    EVENTS,
    MESSAGES,
    NEWS,
    PHOTOS_PAGE,
    REPORTS,
    SITE_MAP,
    UNITS,
)


class ChromeWords(Struct, frozen=True):
    """What the frame says in one language."""

    lang: str
    home_path: str
    home: str
    here: str
    skip: str
    menu: str
    close: str
    main_menu: str
    further_menu: str
    licence_before: str
    licence_after: str
    feed: str
    text_version: str
    news: str
    units: str
    view: str

    def day(self, day: date) -> str:
        """The day in words of this language."""
        if self.lang == "uk":
            return day_in_words(day)
        return f"{day.day}\N{NO-BREAK SPACE}{_ENGLISH_MONTHS[day.month - 1]} {day.year}"


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
UKRAINIAN_WORDS = ChromeWords(
    lang="uk",
    home_path="/",
    home="Головна",
    here="Ви тут",
    skip="Перейти до змісту",
    menu="Меню",
    close="Закрити",
    main_menu="Головне меню",
    further_menu="Додаткове меню",
    licence_before="Матеріали сайту можна використовувати за ліцензією",
    licence_after=", якщо не вказано інше.",
    feed="Стрічка новин (Atom)",
    text_version="Текстова версія",
    news="Новини",
    units="Підрозділи",
    view="Людям із порушенням зору",
)
ENGLISH_WORDS = ChromeWords(
    lang="en",
    home_path=ENGLISH,
    home="Home",
    here="You are here",
    skip="Skip to main content",
    menu="Menu",
    close="Close",
    main_menu="Main menu",
    further_menu="Further menu",
    licence_before="Content of this site may be used under the licence",
    licence_after=" unless stated otherwise.",
    feed="News feed (Atom)",
    text_version="Text version (in Ukrainian)",
    news="News",
    units="Departments",
    view="For people with low vision",
)
# English names of the menu's pages, whose own titles are Ukrainian; a page that is not here is left out of the menu.
ENGLISH_TITLES = {
    NEWS: "News",
    UNITS: "Departments",
    EVENTS: "Events",
    MESSAGES: "Messages",
    REPORTS: "Reports",
    PHOTOS_PAGE: "Photos",
    CONTACTS: "Contacts",
    "/pro-hromadu/": "About the community",
    "/pro-sait/": "About this site",
    "/naseleni-punkty/": "Settlements",
    "/symvolika/": "Symbols",
    "/publichna-informatsiia/": "Public information",
    ACCESSIBILITY: "Accessibility",
    SITE_MAP: "Site map",
}


def words_of(path: str) -> ChromeWords:
    """The words of the frame at an address. Pages in other languages than English keep the Ukrainian frame."""
    return ENGLISH_WORDS if path.startswith(ENGLISH) else UKRAINIAN_WORDS
