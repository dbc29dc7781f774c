"""Services: what a person can get of a unit, who may, what is needed. Never counted."""

from __future__ import annotations

from msgspec import Struct


class ServiceDetails(Struct, frozen=True):
    """A service's own header fields; `unit` is the folder of the unit that provides it."""

    unit: str
    audience: str = ""
    documents: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    term: str = ""
    price: str = ""
    ground: str = ""
    where: str = ""
    online: str = ""
    form: str = ""  # a document of the content, as the header names it
    confirmed: bool = True
