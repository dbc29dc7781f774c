"""Digests of what a page is made of: the context of its template, and the template with its dependencies."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from hromada.domain.item import Item
from hromada.domain.lazy_regex import lazy_compile
from hromada.listing.pagination import Listing
from hromada.pages.view_models import Html, Keyed
from hromada.system.scan import walk

_PLAIN = frozenset({str, int, bool, float, type(None), date, datetime, bytes})


class ContextHasher:
    """Digests of values, cached for values that many pages share. An item is represented by its card."""

    def __init__(self, card_keys: Mapping[str, str]) -> None:
        self._card_keys = card_keys  # by an item's path
        self._by_id: dict[int, str] = {}
        self._referenced: list[Any] = []  # keeps the values alive, so that no other value gets the same id

    def key(self, value: Any) -> str:
        """The digest of a plain value, tuple, list, set, mapping, struct or named tuple; TypeError for any other."""
        return hashlib.blake2b(self._describe(value).encode(), digest_size=16).hexdigest()

    def _describe(self, value: Any) -> str:
        kind = type(value)
        if kind is Item:
            return self._cards([value])
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

    def _cards(self, items: Sequence[Item]) -> str:
        keys = [self._card_keys.get(item.path, "") for item in items]  # of 15,000 items many times: no call for each
        if "" in keys:
            raise TypeError(f"no digest of {items[keys.index('')].path}: it has no card, so no list can show it")
        return ",".join(keys)

    def _describe_composite(self, value: Any, kind: type) -> str:
        if isinstance(value, (Html, Keyed)):
            return f"{kind.__name__}({value.key})"
        if isinstance(value, Listing):
            return f"Listing({value.key(self._describe)})"
        if isinstance(value, Mapping):
            return f"{{{','.join(f'{self._describe(key)}:{self._describe(inner)}' for key, inner in value.items())}}}"
        if kind is list and value and type(value[0]) is Item:  # ten years of news
            return f"items({self._cards(value)})"
        if isinstance(value, (tuple, list)):
            return f"{kind.__name__}({','.join(map(self._describe, value))})"
        if isinstance(value, (set, frozenset)):
            return f"set({','.join(sorted(map(self._describe, value)))})"
        if isinstance(value, Struct):
            return (
                f"{kind.__name__}({','.join(self._describe(getattr(value, name)) for name in value.__struct_fields__)})"
            )
        if isinstance(value, (str, int)):  # enumerations
            return f"{kind.__name__}.{value!r}"
        raise TypeError(f"no digest of {kind.__qualname__}: a page that shows it could not be known by its inputs")


# Only literal names; a test compares this with Jinja's own parser.
_REFERENCE = lazy_compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
_ASSET = lazy_compile(r"""["']([^"'|{}]+)["']\s*\|\s*asset\b""")

_ADMIN = "admin/"
_TYPES = (".html", ".xml", ".txt")  # not what an editor's program leaves beside them


class Templates:
    """Digests of templates with everything they use; `assets` are the published names of static files."""

    def __init__(self, folder: Path, assets: Mapping[str, str]) -> None:
        self._folder, self._assets = folder, assets
        self._digests: dict[str, str] = {}

    @cached_property
    def _texts(self) -> dict[str, str]:
        files = (file.source for path, file in walk(self._folder).items() if path.endswith(_TYPES))
        return {file.name: file.read().decode() for file in files}

    @property
    def names(self) -> list[str]:
        """The templates of pages: those of the site, and in a folder those of the editor."""
        return sorted(name for name in self._texts if "/" not in name or name.startswith(_ADMIN))

    def used_by(self, name: str) -> list[str]:
        """The template and all that it extends, includes or imports, directly or not."""
        used, pending = {name}, [name]
        while pending:
            for reference in _REFERENCE.findall(self._texts[pending.pop()]):
                if reference not in used:
                    used.add(reference)
                    pending.append(reference)
        return sorted(used)

    def digest(self, name: str) -> str:
        """What a page of the template depends on beside its context."""
        if name not in self._digests:
            digest = hashlib.blake2b(digest_size=8)
            for used in self.used_by(name):
                text = self._texts[used]
                assets = [self._assets.get(asset, "") for asset in sorted(set(_ASSET.findall(text)))]
                digest.update(f"{used}\0{text}\0{assets}\0".encode())
            self._digests[name] = digest.hexdigest()
        return self._digests[name]
