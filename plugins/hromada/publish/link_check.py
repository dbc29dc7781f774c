"""The result of a build for publication, and its last check: the target of every inner link exists."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hromada.domain.problem import Problem
from hromada.system.regular_files import RegularFile, entries_below


@dataclass(frozen=True, slots=True)
class PublicBuild:
    """The built site as it would be published, or what is wrong with the content: then nothing was built."""

    problems: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()
    broken: tuple[str, ...] = ()  # references of built pages that lead nowhere
    moved: Mapping[str, str] = field(default_factory=dict)  # pages that only lead on: file, where to


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
