"""Digests of what a reader gets of an item, by numbered rules.

An approved report keeps the digests of its items for years and says by which version of the rules they were made
(`report/approval`). So the rules of a version never change; tests pin them. A new header key that readers see, or another
way of writing a value down, is a new version: a function more in `_RULES`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from hromada.domain.item import Item, PictureRef


def with_digests(item: Item, body: str) -> Item:
    """The item with a digest of its content by each version of the rules, `body` among it."""
    # Spaces at the ends and line ends don't count.
    text = "\n".join([line.rstrip() for line in body.strip().splitlines()])
    return item._replace(digests=tuple(_sha256(content(item, text)) for content in _RULES.values()))


def digest_by(item: Item, version: int) -> str:
    """The item's digest by the rules of a version; LookupError for a version that this code does not know."""
    return dict(zip(_RULES, item.digests, strict=True))[version]


def _version_1(item: Item, text: str) -> list[Any]:
    """A list with a place for every field, whether there is a value or not."""
    event = [str(item.event_start or ""), str(item.event_end or ""), item.event_place]
    return [
        item.lang, list(item.tags), item.summary, _pictures(item), event, item.author, item.source,
        str(item.expires or ""), text,
    ]  # fmt: skip


def _version_2(item: Item, text: str) -> dict[str, Any]:
    """The fields that are present, by their names in the header: one that is added later changes no other item."""
    fields = {
        "lang": item.lang,
        "tags": list(item.tags),
        "summary": item.summary,
        "pictures": _pictures(item),
        "event-date": str(item.event_start or ""),
        "event-end": str(item.event_end or ""),
        "event-place": item.event_place,
        "author": item.author,
        "source": item.source,
        "expires": str(item.expires or ""),
        "text": text,
    }
    return {name: value for name, value in fields.items() if value}


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_RULES: Mapping[int, Callable[[Item, str], Any]] = MappingProxyType({1: _version_1, 2: _version_2})
VERSIONS = frozenset(_RULES)
LATEST = max(_RULES)


def _pictures(item: Item) -> list[list[str]]:
    return [_picture(ref) for ref in (item.image, *item.gallery) if ref]


def _picture(ref: PictureRef) -> list[str]:
    return [ref.target, ref.alt]


def _sha256(value: Any) -> str:
    return hashlib.sha256(_JSON.encode(value).encode()).hexdigest()
