"""A digest of what a template is given: two contexts with the same digest give the same page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from hromada.domain.item import Item
from hromada.listing.pagination import Listing
from hromada.pages.view_models import Html

_PLAIN = frozenset({str, int, bool, float, type(None), date, datetime, bytes})


class ContextHasher:
    """Digests of values; one that many pages share is described once. Lists of items show their cards."""

    def __init__(self, card_key: Callable[[Item], str]) -> None:
        self._card_key = card_key
        self._known: dict[int, str] = {}
        self._held: list[Any] = []  # an address of memory names a value only while it lives

    def key(self, value: Any) -> str:
        """The digest of a value: of plain ones, tuples, lists, mappings, dataclasses and named tuples."""
        return hashlib.blake2b(self._words(value).encode(), digest_size=16).hexdigest()

    def _words(self, value: Any) -> str:
        kind = type(value)
        if kind is Item:
            return self._card(value)
        if kind in _PLAIN:
            return repr(value)
        found = self._known.get(id(value))
        if found is None:
            found = self._composed(value, kind)
            if len(found) > 64:
                found = hashlib.blake2b(found.encode(), digest_size=16).hexdigest()
            self._known[id(value)] = found
            self._held.append(value)
        return found

    def _card(self, item: Item) -> str:
        if key := self._card_key(item):
            return key
        raise TypeError(f"no digest of {item.path}: it has no card, so no list can show it")

    def _composed(self, value: Any, kind: type) -> str:
        if isinstance(value, Html):
            return f"Html({value.key})"
        if isinstance(value, Listing):
            return f"Listing({value.key(self._card_key)})"
        if isinstance(value, Mapping):
            return f"{{{','.join(f'{self._words(key)}:{self._words(one)}' for key, one in value.items())}}}"
        if kind is list and value and type(value[0]) is Item:  # ten years of news
            return f"items({','.join(map(self._card, value))})"
        if isinstance(value, (tuple, list)):
            return f"{kind.__name__}({','.join(map(self._words, value))})"
        if isinstance(value, (set, frozenset)):
            return f"set({','.join(sorted(map(self._words, value)))})"
        if is_dataclass(value):
            return f"{kind.__name__}({','.join(self._words(getattr(value, name)) for name in _names(kind))})"
        if isinstance(value, (str, int)):  # enumerations
            return f"{kind.__name__}.{value!r}"
        raise TypeError(f"no digest of {kind.__qualname__}: a page that shows it could not be known by its inputs")


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
