"""A last look at the built folder before it goes online: every inner link leads to a file that is there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

_REFERENCE = re.compile(r'\s(?:href|src|srcset)="([^"]*)"')


def broken_links(folder: Path, base: str) -> list[str]:
    """«page: reference» for every root-relative link without its file; `base` is the path the site lives under."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    known: dict[str, bool] = {}
    broken = []
    for name in sorted(name for name in files if name.endswith(".html")):
        for reference in _references((folder / name).read_text("utf-8")):
            if reference not in known:
                known[reference] = _exists(reference, base, files)
            if not known[reference]:
                broken.append(f"{name}: {reference}")
    return broken


def _references(text: str) -> Iterator[str]:
    for found in _REFERENCE.findall(text):
        for one in html.unescape(found).split(", ") if " " in found else [html.unescape(found)]:
            address = one.strip().split(" ")[0]
            if address.startswith("/") and not address.startswith("//"):
                yield address


def _exists(reference: str, base: str, files: set[str]) -> bool:
    path = unquote(urlsplit(reference).path)
    if not path.startswith(f"{base}/"):
        return False
    name = path.removeprefix(f"{base}/")
    return (f"{name}index.html" if not name or name.endswith("/") else name) in files
