"""What pages say of items that end: until when one holds, why one was withdrawn."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from hromada.domain.alert import with_offset
from hromada.domain.dates import Clock, next_midnight
from hromada.domain.item import Item


class Validity(NamedTuple):
    """The last day on which an item holds; `until` is the moment when that day ends, for the script."""

    last_day: date
    until: str
    is_over: bool


class Withdrawal(NamedTuple):
    """All that stands at a withdrawn item's address; the reason may be in the language of the original."""

    title: str
    lang: str
    published: date | None
    day: date
    reason: str
    reason_lang: str
    above: tuple[tuple[str, str], ...]  # the list or the unit, which the reader can go back to


def validity_of(item: Item, clock: Clock) -> Validity | None:
    """Whether and until when an item holds; None for one without `expires`."""
    if item.expires is None:
        return None
    return Validity(item.expires, valid_until(item), item.is_over(clock))


def valid_until(item: Item) -> str:
    """The moment from which an item is over, in ISO 8601 with its offset; empty without `expires`."""
    return with_offset(next_midnight(item.expires)) if item.expires else ""


def withdrawal_of(item: Item, original: Item | None, above: tuple[tuple[str, str], ...]) -> Withdrawal:
    """The notice about a withdrawn item; `original` is that of a translation."""
    assert item.withdrawn_on is not None, f"{item.path} is not withdrawn"
    is_borrowed = original is not None and item.withdrawn == original.withdrawn
    return Withdrawal(
        item.title, item.lang, None if item.unit else item.day, item.withdrawn_on, item.withdrawn,
        original.lang if is_borrowed and original else item.lang, above,
    )  # fmt: skip
