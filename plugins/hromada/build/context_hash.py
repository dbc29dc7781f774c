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
    """Digests of values, cached for values that many pages share. An item is represented by its card."""

    def __init__(self, card_key: Callable[[Item], str]) -> None:
        self._card_key = card_key
        self._by_id: dict[int, str] = {}
        self._referenced: list[Any] = []  # keeps the values alive, so that no other value gets the same id

    def key(self, value: Any) -> str:
        """The digest of a plain value, tuple, list, set, mapping, dataclass or named tuple; TypeError for any other."""
        return hashlib.blake2b(self._describe(value).encode(), digest_size=16).hexdigest()

    def _describe(self, value: Any) -> str:
        kind = type(value)
        if kind is Item:
            return self._card(value)
        if kind in _PLAIN:
            return repr(value)
        description = self._by_id.get(id(value))
        if description is None:
            description = self._describe_composite(value, kind)
            if len(description) > 64:
                description = hashlib.blake2b(description.encode(), digest_size=16).hexdigest()
            self._by_id[id(value)] = description
            self._referenced.append(value)
        return description

    def _card(self, item: Item) -> str:
        if key := self._card_key(item):
            return key
        raise TypeError(f"no digest of {item.path}: it has no card, so no list can show it")

    def _describe_composite(self, value: Any, kind: type) -> str:
        if isinstance(value, Html):
            return f"Html({value.key})"
        if isinstance(value, Listing):
            return f"Listing({value.key(self._card_key)})"
        if isinstance(value, Mapping):
            return f"{{{','.join(f'{self._describe(key)}:{self._describe(inner)}' for key, inner in value.items())}}}"
        if kind is list and value and type(value[0]) is Item:  # ten years of news
            return f"items({','.join(map(self._card, value))})"
        if isinstance(value, (tuple, list)):
            return f"{kind.__name__}({','.join(map(self._describe, value))})"
        if isinstance(value, (set, frozenset)):
            return f"set({','.join(sorted(map(self._describe, value)))})"
        if is_dataclass(value):
            return f"{kind.__name__}({','.join(self._describe(getattr(value, name)) for name in _names(kind))})"
        if isinstance(value, (str, int)):  # enumerations
            return f"{kind.__name__}.{value!r}"
        raise TypeError(f"no digest of {kind.__qualname__}: a page that shows it could not be known by its inputs")


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
