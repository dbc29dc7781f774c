"""What can be found: every kind of document with its name on the page of results and the sections that filter it."""

from __future__ import annotations

from typing import NamedTuple

# The sections of `/search/?section=…` with their names, in the order in which the page offers them.
SECTIONS = {
    "news": "Новини",
    "units": "Підрозділи та повідомлення",
    "services": "Послуги",
    "events": "Події",
    "pages": "Сторінки",
    "reports": "Звіти",
    "documents": "Документи",
}


class FoundKind(NamedTuple):
    """A kind of document: its name, its sections, whether its own name leads to it before all that only mention it."""

    name: str
    title: str
    sections: tuple[str, ...]
    is_own_page: bool = False


# A new kind is one line here; the index names kinds by their place in this table.
KINDS = (
    FoundKind("news", "Новина", ("news",)),
    FoundKind("event", "Подія", ("news", "events")),
    FoundKind("message", "Повідомлення", ("units",)),
    FoundKind("message-event", "Подія", ("units", "events")),
    FoundKind("unit", "Підрозділ", ("units",), is_own_page=True),
    FoundKind("service", "Послуга", ("services",), is_own_page=True),
    FoundKind("page", "Сторінка", ("pages",)),
    FoundKind("report", "Звіт", ("reports",)),
    FoundKind("document", "Документ", ("documents",)),
)
KIND_NUMBERS = {kind.name: number for number, kind in enumerate(KINDS)}
