"""The index of services: by letters of the alphabet, by events in people's lives, by units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from hromada.domain.alphabet import normalize_name, slug, sort_key
from hromada.domain.item import Item
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import SERVICES


class ServiceCard(NamedTuple):
    """A service in a list."""

    title: str
    path: str
    summary: str
    unit: MenuLink
    life_events: tuple[str, ...]
    online: bool
    confirmed: bool


class ServiceGroup(NamedTuple):
    """Services under one heading: a letter, an event in life, or a unit, whose page is `path`."""

    title: str
    anchor: str
    services: tuple[ServiceCard, ...]
    path: str = ""


class ServiceIndex(NamedTuple):
    """The same services in three orders."""

    letters: tuple[ServiceGroup, ...]
    life_events: tuple[ServiceGroup, ...]
    units: tuple[ServiceGroup, ...]
    total: int


def service_card(item: Item, unit_title: str) -> ServiceCard:
    """The card of a service; where its author wrote no summary, it says whom the service is for."""
    service = item.service
    assert service is not None, f"{item.path} is no service"
    return ServiceCard(
        item.title, item.address, item.summary or service.audience, MenuLink(unit_title, f"/{item.unit_section}/"),
        service.life_events, bool(service.online), service.confirmed,
    )  # fmt: skip


def in_alphabetical_order(cards: Iterable[ServiceCard]) -> tuple[ServiceCard, ...]:
    return tuple(sorted(cards, key=lambda card: (sort_key(card.title), card.path)))


def service_index(cards: Sequence[ServiceCard]) -> ServiceIndex:
    """The index of these services, which are in alphabetical order; spellings of one event in life are one group."""
    letters = _grouped(cards, lambda card: [first_letter(card.title)], lambda number, _: f"litera-{number}")
    events = _grouped(cards, lambda card: card.life_events, lambda _, title: event_anchor(title))
    units = _grouped(cards, lambda card: [card.unit.title], lambda number, _: f"pidrozdil-{number}")
    with_pages = (group._replace(path=group.services[0].unit.path) for group in units)
    return ServiceIndex(letters, events, tuple(with_pages), len(cards))


def first_letter(title: str) -> str:
    """The capital letter under which a title stands; other signs than letters are passed over."""
    return next((sign.upper() for sign in title if sign.isalpha()), "№")


def event_anchor(title: str) -> str:
    """The anchor of an event in life on the page of services."""
    return f"podiia-{slug(title)}"


def event_links(life_events: Iterable[str]) -> tuple[MenuLink, ...]:
    """Where other services for the same events in life are listed."""
    return tuple(MenuLink(title, f"{SERVICES}#{event_anchor(title)}") for title in life_events)


def _grouped(
    cards: Iterable[ServiceCard],
    names_of: Callable[[ServiceCard], Iterable[str]],
    anchor_of: Callable[[int, str], str],
) -> tuple[ServiceGroup, ...]:
    groups: dict[str, tuple[str, list[ServiceCard]]] = {}
    for card in cards:
        for key, name in {normalize_name(name): name for name in names_of(card)}.items():
            groups.setdefault(key, (name, []))[1].append(card)
    ordered = sorted(groups.values(), key=lambda group: sort_key(group[0]))
    return tuple(
        ServiceGroup(title, anchor_of(number, title), tuple(services))
        for number, (title, services) in enumerate(ordered, 1)
    )
