"""SHA-256 digests of an item's published content, by numbered versions of the rules.

An approved report stores the digests of its items for years, with the version of the rules that made them
(`report/approval/approved_report`). So the rules of a version never change; tests pin them. A new header key that readers
see is one more name in the latest version, which has only non-empty fields; another serialisation of a value is a new version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from types import MappingProxyType

from hromada.domain.event import Event, EventState
from hromada.domain.item import Item, PictureRef


def with_digests(item: Item, body: str) -> Item:
    """The item with a digest of its content (header and `body`) by each version of the rules."""
    # Trailing spaces and blank lines at both ends don't count.
    text = "\n".join([line.rstrip() for line in body.strip().splitlines()])
    written = _JSON.encode(text).encode()  # once for all versions: it is most of the work
    return item._replace(digests=tuple([sha256(content(item, written)).hexdigest() for content in _RULES.values()]))


def digest_by(item: Item, version: int) -> str:
    """The item's digest by the rules of a version; LookupError for an unknown version."""
    return dict(zip(_RULES, item.digests, strict=True))[version]


def _version_1(item: Item, written: bytes) -> bytes:
    """JSON of a list with every field, empty ones too; `written` is the text as JSON."""
    event = [str(item.event_start or ""), str(item.event_end or ""), item.event_place]
    fields = [
        item.lang, list(item.tags), item.summary, _pictures(item), event, item.author, item.source, str(item.expires or ""),
    ]  # fmt: skip
    return b"%b,%b]" % (_JSON.encode(fields).encode()[:-1], written)


def _version_2(item: Item, written: bytes) -> bytes:
    """JSON of an object with the non-empty fields by header key: a key added later changes no other item's digest."""
    fields = {
        "lang": item.lang,
        "tags": list(item.tags),
        "summary": item.summary,
        "pictures": _pictures(item),
        "event-date": str(item.event_start or ""),
        "event-end": str(item.event_end or ""),
        "event-place": item.event_place,
        **_further(item.event),
        "author": item.author,
        "source": item.source,
        "expires": str(item.expires or ""),
        "related": [ref.target for ref in item.related],
        **item.extra,
    }
    present = _JSON.encode(
        {name: value for name, value in fields.items() if value}
    ).encode()  # every item has a language
    return present if written == _NO_TEXT else b'%b,"text":%b}' % (present[:-1], written)


def _further(event: Event | None) -> dict[str, str]:
    """What an event has beside its dates and place."""
    if event is None:
        return {}
    return {
        "event-repeat": event.recurrence.words if event.recurrence else "",
        "event-state": "" if event.state is EventState.PLANNED else event.state.value,
        "event-was": str(event.was.when) if event.was else "",
    }


_NO_TEXT = b'""'
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_RULES: Mapping[int, Callable[[Item, bytes], bytes]] = MappingProxyType({1: _version_1, 2: _version_2})
VERSIONS = frozenset(_RULES)
LATEST = max(_RULES)


def _pictures(item: Item) -> list[list[str]]:
    return [_picture(ref) for ref in (item.image, *item.gallery) if ref]


def _picture(ref: PictureRef) -> list[str]:
    """The file and what stands after it, as it was when all of that was the description."""
    return [
        ref.target,
        " | ".join((ref.alt, ref.caption, ref.credit)).rstrip(" |") if ref.caption or ref.credit else ref.alt,
    ]
