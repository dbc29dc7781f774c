"""Services: their index, `/services/`, and what a service's own page shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import UKRAINIAN, Item, Kind
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import SERVICES
from hromada.listing.service_index import (
    ServiceCard,
    event_links,
    in_alphabetical_order,
    service_card,
    service_index,
)
from hromada.pages.attachments import attachment_link
from hromada.pages.view_models import AttachmentLink, PageGroup, PagePlan, page_plan

# The words of a service's page, in Ukrainian and for translations.
_LABELS = {
    UKRAINIAN: {
        "crumb": "Послуги", "audience": "Для кого", "term": "Строк", "price": "Вартість", "documents": "Що підготувати",
        "steps": "Що робити", "where": "Куди звернутися", "ground": "Підстава", "online": "Замовити онлайн", "form": "Бланк",
        "files": "Документи", "events": "Коли це потрібно", "address": "Адреса", "place": "Де", "phone": "Телефон", "mail": "Електронна пошта",
        "hours": "Години роботи", "map": "Показати на мапі", "tags": "Теги", "modified": "Оновлено", "unconfirmed": "Зразок: відомості про послугу уточнюють.",
    },
    "en": {
        "crumb": "Services", "audience": "Who can apply", "term": "How long it takes", "price": "Price", "documents": "What to prepare",
        "steps": "What to do", "where": "Where to apply", "ground": "Legal ground", "online": "Apply online", "form": "Form",
        "files": "Documents", "events": "When it is needed", "address": "Address", "place": "Where", "phone": "Telephone", "mail": "E-mail",
        "hours": "Opening hours", "map": "Show on a map", "tags": "Tags", "modified": "Updated", "unconfirmed": "A sample: the details are to be confirmed.",
    },
}  # fmt: skip


class ServiceView(Struct, frozen=True):
    """A service's page as its template shows it."""

    audience: str
    documents: tuple[str, ...]
    term: str
    price: str
    ground: str
    where: str
    online: str
    form: AttachmentLink | None
    confirmed: bool
    life_events: tuple[MenuLink, ...]
    labels: dict[str, str]
    labels_lang: str


class ServicePages:
    """The pages of services."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def cards(self) -> tuple[ServiceCard, ...]:
        """The listed services in alphabetical order."""
        titles, clock = self._snapshot.unit_titles, self._snapshot.clock
        services = self._snapshot.listed(Kind.SERVICE)
        return in_alphabetical_order(service_card(item, titles[item.unit_section], clock) for item in services)

    def of_unit(self, path: str) -> tuple[ServiceCard, ...]:
        """The listed services of the unit whose page is at `path`."""
        return self._by_unit.get(path, ())

    @cached_property
    def _by_unit(self) -> dict[str, tuple[ServiceCard, ...]]:
        by_unit: dict[str, tuple[ServiceCard, ...]] = {}
        for card in self.cards:
            by_unit[card.unit.path] = (*by_unit.get(card.unit.path, ()), card)
        return by_unit

    def groups(self) -> dict[str, PageGroup]:
        return {"services": PageGroup(self._index, (self.cards,), is_single_page=True)}

    def _index(self, cards: tuple[ServiceCard, ...]) -> Iterator[PagePlan]:
        yield page_plan(SERVICES, "services.html", index=service_index(cards))

    def view(self, item: Item) -> ServiceView:
        """What a service's own page shows beside its text and its unit's contacts."""
        service = item.service
        assert service is not None, f"{item.path} is no service"
        form = self._snapshot.linked(item).form
        lang = item.lang if item.lang in _LABELS else UKRAINIAN
        return ServiceView(
            service.audience, service.documents, service.term, service.price, service.ground, service.where, service.online,
            attachment_link(self._snapshot, form) if form else None, service.confirmed,
            event_links(service.life_events) if item.is_public else (), _LABELS[lang], lang,
        )  # fmt: skip
