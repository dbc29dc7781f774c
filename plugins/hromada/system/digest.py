"""The digest that bytes are known by."""

from __future__ import annotations

import hashlib


def digest_of(raw: bytes) -> str:
    """What bytes are known by."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()
