"""Feeds (Atom): of all news, of all messages, of each category and each unit."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.dates import midnight
from hromada.domain.item import Item
from hromada.domain.site_urls import MESSAGES, MESSAGES_FEED, NEWS, NEWS_FEED, category_feed
from hromada.pages.item_lists import ItemLists
from hromada.pages.social_card_plans import SocialCards
from hromada.pages.view_models import Feed, FeedEntry, Html, PageGroup, PagePlan, UnitView

FEED_SIZE = 20


class FeedPages:
    """The feeds: the only lists that show whole texts."""

    def __init__(self, snapshot: ContentSnapshot, lists: ItemLists, cards: SocialCards) -> None:
        self._snapshot, self._lists, self._cards = snapshot, lists, cards

    def groups(self, units: list[UnitView]) -> dict[str, PageGroup]:
        """A group for each feed."""
        name, lists = self._snapshot.site.settings.name, self._lists
        groups = {
            NEWS_FEED: self._group(f"{name}: новини", NEWS_FEED, NEWS, lists.news),
            MESSAGES_FEED: self._group(f"{name}: повідомлення підрозділів", MESSAGES_FEED, MESSAGES, lists.messages),
        }
        for category, items in lists.news_by_category.items():
            feed = category_feed(category.path)
            groups[feed] = self._group(f"{name}: {category.title}", feed, category.path, items)
        for unit in units:
            messages = lists.messages_by_unit.get(unit.id, [])
            groups[unit.feed] = self._group(f"{name}: {unit.title}", unit.feed, unit.path, messages)
        return groups

    def _group(self, title: str, path: str, page_path: str, items: list[Item]) -> PageGroup:
        newest = items[:FEED_SIZE]
        texts = [self._html(item) for item in newest]
        return PageGroup(self._feed, (title, path, page_path, newest, texts), is_single_page=True)

    def _feed(self, title: str, path: str, page_path: str, items: list[Item], texts: list[Html]) -> Iterator[PagePlan]:
        entries = tuple(self._entry(item, text) for item, text in zip(items, texts, strict=True))
        # An empty feed is as old as its publisher: the build's own time may not stand in the output.
        never = midnight(self._snapshot.site.settings.publishers[0].since)
        updated = max((entry.updated for entry in entries), default=never)
        yield PagePlan(path.strip("/"), "atom.xml", {"feed": Feed(title, path, page_path, updated, entries)})

    def _entry(self, item: Item, text: Html) -> FeedEntry:
        card, linked = self._snapshot.card(item), self._snapshot.linked(item)
        updated = max(card.when, card.modified) if card.modified else card.when
        return FeedEntry(
            card.title,
            card.path,
            card.when,
            updated,
            card.summary,
            text,
            self._cards.of_cover(item),
            linked.lead,
            linked.gallery,
        )

    def _html(self, item: Item) -> Html:
        snapshot = self._snapshot
        return Html(snapshot.content.entries[item.path].key, lambda: snapshot.html(item))
