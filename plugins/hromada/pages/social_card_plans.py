"""The pictures that messengers and social networks show of a page: cut out of its cover, or drawn with a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Item, Kind
from hromada.pages.view_models import FilePlan
from hromada.pictures.social_cards import SocialCard
from hromada.render.social_card_files import SocialCardRenderer


class SocialCards:
    """The cards of a snapshot's pages."""

    def __init__(self, snapshot: ContentSnapshot, renderer: SocialCardRenderer) -> None:
        self._snapshot, self._renderer = snapshot, renderer

    def of(self, item: Item) -> SocialCard:
        """The card of an item's own page."""
        return self.of_cover(item) or self.titled(self._title(item))

    def of_cover(self, item: Item) -> SocialCard | None:
        """The card cut out of an item's cover; None for an item without one."""
        linked = self._snapshot.linked(item)
        if not linked.cover:
            return None
        picture = linked.lead or linked.gallery[0]
        return SocialCard(self._snapshot.pictures.plan(linked.cover).card_name, picture.alt or item.title)

    def titled(self, title: str) -> SocialCard:
        """The card with this title; empty: the site's own."""
        return self._renderer.card(title).card

    def _title(self, item: Item) -> str:
        """The title on the card that an item without a cover shares with its category, unit or section; empty: the site's."""
        match item.kind:
            case Kind.NEWS:
                return item.category or "Новини"
            case Kind.MESSAGE:
                return self._snapshot.unit_titles.get(item.section, "")
            case Kind.UNIT:
                return item.title
            case Kind.SERVICE:
                return "Послуги"
            case _:
                return ""

    def files(self, categories: Iterable[str]) -> Iterator[FilePlan]:
        """The drawn cards that some page shows: of these categories, of items without a cover, and the site's own."""
        titles = {"", *categories}
        shown = (item for item in self._snapshot.all_built if item.path not in self._snapshot.withdrawn)
        titles |= {self._title(item) for item in shown if not self._snapshot.linked(item).cover}
        cards = {self._renderer.card(title) for title in titles}
        for card in sorted(cards):
            yield FilePlan((card.name,), card.made_of, partial(self._renderer.files, card), is_slow=True)
