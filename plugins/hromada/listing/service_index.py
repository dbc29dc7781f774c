"""The index of services: by letters of the alphabet, by events in people's lives, by units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hromada.domain.alphabet import capitalized, slug, sort_key
from hromada.domain.dates import Clock
from hromada.domain.item import Item
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import SERVICES
from hromada.listing.validity import valid_until


class ServiceCard(NamedTuple):
    """A service in a list."""

    title: str
    path: str
    summary: str
    unit: MenuLink
    life_events: tuple[str, ...]
    online: bool
    confirmed: bool
    is_over: bool = False  # at the build
    valid_until: str = ""  # the moment from which it will be, for the script; empty: never, or it is over


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
    has_end: bool  # whether the script that judges by the reader's clock has something to judge


def service_card(item: Item, unit_title: str, clock: Clock) -> ServiceCard:
    """The card of a service; where its author wrote no summary, it says whom the service is for."""
    service = item.service
    assert service is not None, f"{item.path} is no service"
    is_over = item.is_over(clock)
    return ServiceCard(
        item.title, item.address, item.summary or service.audience, MenuLink(unit_title, f"/{item.unit_section}/"),
        service.life_events, bool(service.online), service.confirmed, is_over, "" if is_over else valid_until(item),
    )  # fmt: skip


def in_alphabetical_order(cards: Iterable[ServiceCard]) -> tuple[ServiceCard, ...]:
    return tuple(sorted(cards, key=lambda card: (sort_key(card.title), card.path)))


def service_index(cards: Sequence[ServiceCard]) -> ServiceIndex:
    """The index of these services, which are in alphabetical order; an event in life is one group in any spelling."""
    letters = _grouped((first_letter(card.title), first_letter(card.title), card) for card in cards)
    events = _grouped((event_anchor(title), title, card) for card in cards for title in card.life_events)
    units = _grouped((card.unit.path, card.unit.title, card) for card in cards)
    return ServiceIndex(
        tuple(
            ServiceGroup(title, f"litera-{number}", services) for number, (_, title, services) in enumerate(letters, 1)
        ),
        tuple(ServiceGroup(title, anchor, services) for anchor, title, services in events),
        tuple(
            ServiceGroup(title, f"pidrozdil-{number}", services, path)
            for number, (path, title, services) in enumerate(units, 1)
        ),
        len(cards),
        any(card.valid_until for card in cards),
    )


def first_letter(title: str) -> str:
    """The capital letter under which a title stands; other signs than letters are passed over."""
    return next((sign.upper() for sign in title if sign.isalpha()), "№")


def event_anchor(title: str) -> str:
    """The anchor of an event in life on the page of services."""
    return f"podiia-{slug(title)}"


def event_links(life_events: Iterable[str]) -> tuple[MenuLink, ...]:
    """Where other services for the same events in life are listed."""
    return tuple(MenuLink(title, f"{SERVICES}#{event_anchor(title)}") for title in life_events)


def _grouped(named: Iterable[tuple[str, str, ServiceCard]]) -> list[tuple[str, str, tuple[ServiceCard, ...]]]:
    """The cards by their first part, under the title that comes first, in alphabetical order of titles."""
    titles: dict[str, str] = {}
    groups: dict[str, dict[ServiceCard, None]] = {}
    for key, title, card in named:
        titles.setdefault(key, capitalized(title))
        groups.setdefault(key, {})[card] = None
    ordered = sorted(titles.items(), key=lambda entry: (sort_key(entry[1]), entry[0]))
    return [(key, title, tuple(groups[key])) for key, title in ordered]
