"""The last check of a built site before it is published: the target of every inner link exists."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hromada.system.regular_files import RegularFile, entries_below

_REFERENCE = re.compile(r'\s(?:href|src|srcset)="([^"]*)"')


def broken_links(folder: Path, base: str) -> list[str]:
    """«page: reference» for every root-relative link without a file; `base` is the site's base path."""
    files = {entry.name for entry in entries_below(folder) if not entry.is_folder}
    broken_by_value: dict[str, list[str]] = {}  # a cache: the chrome's references are on every page
    broken = []
    for name in sorted(name for name in files if name.endswith(".html")):
        for value in set(_REFERENCE.findall(RegularFile(str(folder), name).read().decode())):
            if value not in broken_by_value:
                broken_by_value[value] = [
                    reference for reference in _references(value) if not _exists(reference, base, files)
                ]
            broken += [f"{name}: {reference}" for reference in broken_by_value[value]]
    return sorted(broken)


def _references(value: str) -> Iterator[str]:
    """The site's own addresses in an attribute's value; a `srcset` has several."""
    text = html.unescape(value)
    for candidate in text.split(", ") if " " in value else [text]:
        address = candidate.strip().split(" ")[0]
        if address.startswith("/") and not address.startswith("//"):
            yield address


def _exists(reference: str, base: str, files: set[str]) -> bool:
    path = unquote(urlsplit(reference).path)
    if not path.startswith(f"{base}/"):
        return False
    name = path.removeprefix(f"{base}/")
    return (f"{name}index.html" if not name or name.endswith("/") else name) in files
