"""Jinja filters for addresses and Ukrainian values, and the context that every page has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec import Struct

from hromada.domain.alphabet import capitalized
from hromada.domain.dates import KYIV
from hromada.domain.days_in_words import day_in_words, month_in_words, short_day
from hromada.domain.numerals import NOUNS, grouped
from hromada.domain.phone_number import phone_pieces
from hromada.domain.settings import Licence, MenuLink, SiteSettings
from hromada.domain.site_urls import ACCESSIBILITY, ENGLISH
from hromada.domain.web_address import mail_link
from hromada.listing.absolute_links import with_absolute_links
from hromada.listing.linked_data import as_json, breadcrumb_list, moment
from hromada.pages.chrome_words import ENGLISH_TITLES, words_of
from hromada.pictures.social_cards import SocialCard

if TYPE_CHECKING:
    from markupsafe import Markup


class Chrome(Struct, frozen=True):
    """The frame of every page; it depends on the settings only."""

    name: str
    tagline: str
    description: str
    publisher: str
    menu: tuple[MenuLink, ...]
    footer_menu: tuple[MenuLink, ...]
    licence: Licence
    social: SocialCard  # of pages that have none of their own
    picture_origin: str = ""  # of the store of pictures, if there is one
    state_line: MenuLink | None = None  # whose site this is, above everything else
    accessibility: str = ""  # the address of the accessibility statement, if there is one
    has_english: bool = False  # whether the English home exists
    english_name: str = ""
    english_tagline: str = ""
    english_menu: tuple[MenuLink, ...] = ()
    english_footer_menu: tuple[MenuLink, ...] = ()
    old_after: int = 0  # years after which an item is called old; 0: never
    is_preview: bool = False  # each page says that it is a preview, and asks search engines to leave it


def chrome(settings: SiteSettings, day: date, addresses: Collection[str], social: SocialCard) -> Chrome:
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
        social,
        settings.picture_store.origin if settings.picture_store else "",
        settings.state_line,
        ACCESSIBILITY if ACCESSIBILITY in addresses else "",
        ENGLISH in addresses,
        settings.english_name,
        settings.english_tagline,
        _in_english(menu, addresses),
        _in_english(footer, addresses),
        settings.old_after,
        settings.is_preview,
    )


def _in_english(links: tuple[MenuLink, ...], addresses: Collection[str]) -> tuple[MenuLink, ...]:
    """A menu for English pages: a translation where there is one, else the Ukrainian page under an English name."""
    if ENGLISH not in addresses:
        return ()
    named = [(ENGLISH_TITLES[link.path], link.path) for link in links if link.path in ENGLISH_TITLES]
    translated = [(title, f"{ENGLISH[:-1]}{path}", path) for title, path in named]
    return tuple(MenuLink(title, english if english in addresses else path) for title, english, path in translated)


class SiteContext(Struct, frozen=True):
    """What templates may use beside a page's context: the chrome, the site's host and base path, its static files."""

    chrome: Chrome
    host: str
    base: str
    assets: dict[str, str]
    link: Callable[[str], str]  # the link to a path of the site

    def absolute(self, link: str) -> str:
        """The absolute address of a link; pictures in a store have one already."""
        return self.host + link if link.startswith("/") else link


def site_context(
    settings: SiteSettings, assets: dict[str, str], day: date, addresses: Collection[str], social: SocialCard
) -> SiteContext:
    """The context on a day; `assets` are published names by those in theme/static."""
    parts = urlsplit(settings.address)
    return SiteContext(
        chrome(settings, day, addresses, social),
        f"{parts.scheme}://{parts.netloc}",
        settings.base,
        assets,
        settings.link,
    )


def filters_of(site_context: SiteContext) -> dict[str, Callable[..., str]]:
    """Filters that know the site: those that make addresses, and the memory of what is on every page. An unknown asset raises KeyError, a bug of the template.

    Filters, not functions, which Jinja calls through its context: with 25 calls a page that is a tenth of the rendering
    (measured). They take the context so that Jinja does not evaluate them when a template is compiled and cached.
    """

    from jinja2 import pass_context  # takes 0.1 s: the process that only plans the build does not need it

    @pass_context
    def url(_: object, path: str) -> str:
        return site_context.link(path)

    @pass_context
    def absolute(_: object, path: str) -> str:
        return site_context.absolute(site_context.link(path))

    @pass_context
    def asset(_: object, name: str) -> str:
        return f"{site_context.base}/theme/{site_context.assets[name]}"

    @pass_context
    def absolute_html(_: object, rendered: str, path: str) -> str:
        return with_absolute_links(rendered, site_context.host, site_context.absolute(site_context.link(path)))

    @pass_context
    def absolute_link(_: object, link: str) -> str:
        return site_context.absolute(link)

    @pass_context
    def breadcrumbs(_: object, links: Sequence[tuple[str, str]], here: str) -> Markup:
        return linked_data(
            breadcrumb_list(links, str(here), lambda path: site_context.absolute(site_context.link(path)))
        )

    @lru_cache(128)
    def memoized(macro: Callable[..., str], *arguments: object) -> str:
        """A macro's text, rendered once for the same arguments: what nearly every page has."""
        return macro(*arguments)

    return {
        "url": url, "absolute": absolute, "asset": asset, "memoized": memoized, "absolute_html": absolute_html, "absolute_link": absolute_link,
        "breadcrumb_list": breadcrumbs,
    }  # fmt: skip


def link_states(path: str, links: Sequence[MenuLink]) -> tuple[str, ...]:
    """The `aria-current` of each link of a menu on the page at a path: "page", "true" for a page below it, or empty."""
    return tuple(["page" if path == link.path else "true" if path.startswith(link.path) else "" for link in links])


def linked_data(node: Mapping[str, Any]) -> Markup:
    """A description for search engines as it stands in its `script`."""
    from markupsafe import Markup

    return Markup(as_json(node))


def _rfc3339(moment: datetime) -> str:
    return moment.replace(tzinfo=KYIV).isoformat()


def _counted(number: int, noun: str) -> str:
    return NOUNS[noun].counted(number)


_LOCALES = {"uk": "uk_UA", "en": "en_GB", "pl": "pl_PL", "de": "de_DE"}
FILTERS: dict[str, Callable[..., Any]] = {
    "number": grouped,
    "day": day_in_words,
    "day_short": short_day,
    "iso": lambda day: day.isoformat() if not isinstance(day, datetime) else day.date().isoformat(),
    "month": lambda day: month_in_words(day.year, day.month),
    "counted": _counted,
    "capitalize_first": capitalized,
    "mail_link": mail_link,
    "chrome_words": words_of,
    "phone_pieces": phone_pieces,
    "rfc3339": _rfc3339,
    "link_states": link_states,
    "linked_data": linked_data,
    "published": moment,
    "og_locale": lambda lang: _LOCALES.get(lang, lang),
}
