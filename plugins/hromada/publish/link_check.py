"""A last look at the built folder before it goes online: every inner link leads to a file that is there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hromada.system.regular_files import RegularFile, entries_below

_REFERENCE = re.compile(r'\s(?:href|src|srcset)="([^"]*)"')


def broken_links(folder: Path, base: str) -> list[str]:
    """«page: reference» for every root-relative link without its file; `base` is the path the site lives under."""
    files = {one.name for one in entries_below(folder) if not one.is_folder}
    known: dict[str, list[str]] = {}  # the chrome's references stand on every page: each is looked up once
    broken = []
    for name in sorted(name for name in files if name.endswith(".html")):
        for value in set(_REFERENCE.findall(RegularFile(str(folder), name).read().decode())):
            if value not in known:
                known[value] = [reference for reference in _references(value) if not _exists(reference, base, files)]
            broken += [f"{name}: {one}" for one in known[value]]
    return sorted(broken)


def _references(value: str) -> Iterator[str]:
    """The site's own addresses in an attribute's value; a `srcset` holds several."""
    text = html.unescape(value)
    for one in text.split(", ") if " " in value else [text]:
        address = one.strip().split(" ")[0]
        if address.startswith("/") and not address.startswith("//"):
            yield address


def _exists(reference: str, base: str, files: set[str]) -> bool:
    path = unquote(urlsplit(reference).path)
    if not path.startswith(f"{base}/"):
        return False
    name = path.removeprefix(f"{base}/")
    return (f"{name}index.html" if not name or name.endswith("/") else name) in files
