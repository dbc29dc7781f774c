"""What may stand as a link in an office file."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_SCHEMES = {"http", "https", "mailto", "tel"}
_KEPT = ":/?#@!$&'()*+,;=%~"  # what has a meaning in an address, and what is encoded already
_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")


def web_link(address: str) -> str:
    """The address with every other sign encoded; empty when it leads nowhere or could run something.

    A link that is no address makes Word call the whole file damaged.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme.casefold() not in _SCHEMES or not (parts.netloc or parts.path):
        return ""
    return quote(_STRAY.sub("%25", address.strip()), safe=_KEPT)
