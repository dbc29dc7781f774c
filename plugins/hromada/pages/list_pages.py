"""The lists of news and messages: the latest ones, by month, by category."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hromada.domain.item import Item
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import ARCHIVE, MESSAGES, NEWS, message_month_path, month_path
from hromada.listing.cards import Category
from hromada.listing.pagination import Listing, Month, YearCount, month_link, month_of, paginate
from hromada.pages.item_lists import ItemLists
from hromada.pages.social_card_plans import SocialCards
from hromada.pages.view_models import DatedSection, PageGroup, PagePlan, UnitView, page_plan

_NEWS_SECTION = DatedSection("Новини", (("Новини", NEWS), ("Архів", ARCHIVE)), "новина", names_units=False)
_MESSAGES_SECTION = DatedSection("Повідомлення", (("Повідомлення", MESSAGES),), "повідомлення", names_units=True)


class ListPages:
    """The pages of these lists; `size` is the number of items on a page."""

    def __init__(self, lists: ItemLists, cards: SocialCards, size: int) -> None:
        self._lists, self._cards, self._size = lists, cards, size

    def groups(self, units: list[UnitView], *, has_tags: bool) -> dict[str, PageGroup]:
        """A group for each list; `units` are those with messages."""
        lists, years = self._lists, self._lists.news_years
        latest_messages = lists.messages[: self._size]
        latest_news = (lists.news[: self._size], self._next_month(), tuple(lists.news_by_category), years, has_tags)
        groups = {
            "messages": PageGroup(self._messages, (latest_messages, lists.message_years, units), is_single_page=True),
            "news": PageGroup(self._news, latest_news, is_single_page=True),
            "archive": PageGroup(self._archive, (years,), is_single_page=True),
        }
        groups |= self._month_groups(_NEWS_SECTION, lists.news_by_month, month_path)
        groups |= self._month_groups(_MESSAGES_SECTION, lists.messages_by_month, message_month_path)
        for category, items in lists.news_by_category.items():
            groups[category.path] = PageGroup(self._category, (MenuLink(category.title, category.path), items))
        return groups

    def _messages(
        self, messages: list[Item], years: tuple[YearCount, ...], units: list[UnitView]
    ) -> Iterator[PagePlan]:
        """The latest messages of all units."""
        yield page_plan(MESSAGES, "messages.html", messages=messages, years=years, units=units)

    def _news(
        self,
        news: list[Item],
        goes_on: MenuLink | None,
        categories: tuple[Category, ...],
        years: tuple[YearCount, ...],
        has_tags: bool,
    ) -> Iterator[PagePlan]:
        context = {"goes_on": goes_on, "categories": categories, "years": years, "has_tags": has_tags}
        yield page_plan(NEWS, "news.html", news=news, **context)

    def _next_month(self) -> MenuLink | None:
        """The month whose list continues the page of the latest news."""
        news = self._lists.news
        return month_link(month_of(news[self._size])) if len(news) > self._size else None

    def _archive(self, years: tuple[YearCount, ...]) -> Iterator[PagePlan]:
        yield page_plan(ARCHIVE, "archive.html", years=years)

    def _month_groups(
        self, section: DatedSection, items_by_month: dict[Month, list[Item]], path_of: Callable[[int, int], str]
    ) -> dict[str, PageGroup]:
        """The lists of a section's months, each linked to its neighbours."""
        months = [month_link(month, path_of) for month in items_by_month]
        return {
            month.path: PageGroup(self._month, (section, month, newer, older, items))
            for newer, month, older, items in zip(
                [None, *months], months, [*months[1:], None], items_by_month.values(), strict=False
            )
        }

    def _month(
        self, section: DatedSection, month: MenuLink, newer: MenuLink | None, older: MenuLink | None, items: list[Item]
    ) -> Iterator[PagePlan]:
        for listing in paginate(items, month.path, self._size):
            context = {"section": section, "newer": newer, "older": older} | _heading(month, listing, items)
            yield page_plan(listing.path, "month.html", **context)

    def _category(self, category: MenuLink, items: list[Item]) -> Iterator[PagePlan]:
        for listing in paginate(items, category.path, self._size):
            social = self._cards.titled(category.title)
            yield page_plan(listing.path, "category.html", social=social, **_heading(category, listing, items))


def _heading(of: MenuLink, listing: Listing[Item], items: list[Item]) -> dict[str, Any]:
    """A list's title and, on its newest page only, its length: the other pages need not change for a new item."""
    return {"of": of, "listing": listing, "total": len(items) if listing.number is None else None}
