"""The digest by which caches identify content."""

from __future__ import annotations

import hashlib


def digest_of(data: bytes) -> str:
    """BLAKE2b, 128 bits, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
