"""Digests of words: whether what a reader gets is the same as before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from hromada.domain.item import Item, PictureRef


def with_words(item: Item, body: str) -> Item:
    """The item with the digest of its words, `body` among them."""
    return item._replace(words=digest(_words(item, body)))


def digest(value: Any) -> str:
    """SHA-256 of a value that JSON can hold."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _words(item: Item, body: str) -> list[Any]:
    """What a reader gets beside title, day and section: spaces at the ends and line ends don't count."""
    pictures = [_picture(one) for one in (item.image, *item.gallery) if one]
    event = [str(item.event_start or ""), str(item.event_end or ""), item.event_place]
    return [
        item.lang, list(item.tags), item.summary, pictures, event, item.author, item.source,
        str(item.expires or ""), "\n".join(line.rstrip() for line in body.strip().splitlines()),
    ]  # fmt: skip


def _picture(ref: PictureRef) -> list[str]:
    return [ref.target, ref.alt]
