"""What the pages of a snapshot tell search engines of themselves, from their own sources and the settings."""

from __future__ import annotations

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Item, Kind
from hromada.domain.settings import MenuLink
from hromada.listing import linked_data
from hromada.listing.linked_data import Council, Node, ServiceFacts, Work
from hromada.pictures.social_cards import SocialCard


class LinkedData:
    """The descriptions of pages, for the filter `linked_data`."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        self._snapshot, self._settings = snapshot, snapshot.site.settings
        settings = self._settings
        self._council = Council(
            settings.publisher_on(snapshot.clock.day), settings.name, settings.edrpou, settings.katottg
        )

    def of_council(self) -> Node:
        """The council with its codes."""
        return linked_data.organization(self._council, self._settings.absolute, with_codes=True)

    def of_home(self) -> tuple[Node, ...]:
        settings = self._settings
        site = linked_data.website(settings.name, settings.description, self._council, settings.absolute)
        return site, self.of_council()

    def of_item(self, item: Item, card: SocialCard | None) -> tuple[Node, ...]:
        """An item's own page. A hidden one says nothing: nobody is to find it."""
        if item.status == "hidden":
            return ()
        nodes: list[Node] = []
        if item.kind in (Kind.NEWS, Kind.MESSAGE):
            nodes += self._dated(item, card)
        elif item.kind is Kind.UNIT:
            nodes.append(self._unit(item))
        elif item.kind is Kind.SERVICE:
            nodes.append(self._service(item))
        return (*nodes, self.of_council()) if item.address in self._snapshot.contact_pages else tuple(nodes)

    def _dated(self, item: Item, picture: SocialCard | None) -> list[Node]:
        card, absolute = self._snapshot.card(item), self._settings.absolute
        work = Work(card.title, card.path, card.summary, picture.path if picture else "", card.lang)
        section = card.category.title if card.category else card.unit.title if card.unit else ""
        nodes = [linked_data.news_article(work, card.when, card.modified, self._council, absolute, section, item.tags)]
        if item.announced:
            nodes.append(linked_data.event(work, item.announced, self._council, absolute))
        return nodes

    def _unit(self, item: Item) -> Node:
        assert item.unit is not None
        unit = item.unit
        return linked_data.unit(
            Work(item.title, item.address, item.summary), self._council, self._settings.absolute,
            is_partner=unit.kind == "partner", phone=unit.phone, email=unit.email, address=unit.address,
        )  # fmt: skip

    def _service(self, item: Item) -> Node:
        assert item.service is not None
        service, titles = item.service, self._snapshot.unit_titles
        unit = MenuLink(titles[item.unit_section], f"/{item.unit_section}/")
        facts = ServiceFacts(unit, service.audience, service.where, service.online, service.price)
        work = Work(item.title, item.address, item.summary, lang=item.lang)
        return linked_data.government_service(work, facts, self._council, self._settings.absolute)
