"""The theme's static files: one bundled stylesheet, every name with a digest of its bytes."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from hromada.domain.problem import Problem
from hromada.system.disk_errors import odd
from hromada.system.scan import walk

_IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\)(?: layer\((?P<layer>[a-z-]+)\))?;')
_URL = re.compile(r'url\("(?!data:)(?P<name>[^"]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_LAYOUT = re.compile(r"""("[^"]*")|\s*([{};])\s*""")  # outside of quoted words, spaces around these say nothing
STYLESHEET = "css/site.css"


@dataclass(frozen=True, slots=True)
class Theme:
    """Published names and bytes of the static files, by their names in theme/static."""

    names: dict[str, str]
    files: dict[str, bytes]


def load_theme(static: Path) -> Theme:
    """Read theme/static; stylesheets other than the bundle are parts of it and are not published."""
    plain = {file.source.name: file.source.read() for file in walk(static).values()}
    names = {name: _fingerprinted(name, data) for name, data in plain.items() if not name.endswith(".css")}
    files = {names[name]: plain[name] for name in names}
    if STYLESHEET in plain:
        bundle = _LAYOUT.sub(r"\1\2", _bundle(STYLESHEET, plain, names)).encode()
        names[STYLESHEET] = _fingerprinted(STYLESHEET, bundle)
        files[names[STYLESHEET]] = bundle
    return Theme(names, files)


def theme_problems(theme: Path) -> list[Problem]:
    """What in the theme is no file of its own: a template or a font behind a link would be published."""
    seen = walk(theme, "theme") if theme.is_dir() else {}
    return [odd(path, one.oddity) for path, one in seen.items() if one.oddity]


def _fingerprinted(name: str, data: bytes) -> str:
    stem, suffix = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{suffix}"


def _bundle(name: str, plain: dict[str, bytes], names: dict[str, str]) -> str:
    """The stylesheet with its imports inside: one request on a slow network instead of twenty."""
    text = _COMMENT.sub("", plain[name].decode())
    folder = posixpath.dirname(name)

    def import_(found: re.Match[str]) -> str:
        inner = _bundle(posixpath.normpath(posixpath.join(folder, found["name"])), plain, names)
        return f"@layer {found['layer']} {{\n{inner}}}\n" if found["layer"] else inner

    def address(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, found["name"]))
        return f'url("{posixpath.relpath(names[target], posixpath.dirname(STYLESHEET))}")'

    # What an import brings in has had its own addresses rewritten already.
    pieces, end = [], 0
    for found in _IMPORT.finditer(text):
        pieces += [_URL.sub(address, text[end : found.start()]), import_(found)]
        end = found.end()
    return "".join([*pieces, _URL.sub(address, text[end:])])
