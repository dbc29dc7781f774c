"""Helpers for office files: reproducible zip archives, and links that office programs accept."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import quote, urlsplit

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive can hold
_UNIX, _READ_WRITE = 3, 0o600 << 16


def reproducible_zip(archive: bytes) -> bytes:
    """Repack the archive with one date, system and compression, so that its bytes don't depend on time and machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = _UNIX, _READ_WRITE
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name), compresslevel=6)
    return out.getvalue()


_SCHEMES = {"http", "https", "mailto", "tel"}
_SAFE = ":/?#@!$&'()*+,;=%~"  # what has a meaning in an address, and what is encoded already
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def office_link(address: str) -> str:
    """The percent-encoded address; empty unless it is a valid http, https, mailto or tel address.

    An invalid link makes Word call the whole file damaged.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme.casefold() not in _SCHEMES or not (parts.netloc or parts.path):
        return ""
    return quote(_BARE_PERCENT.sub("%25", address.strip()), safe=_SAFE)
