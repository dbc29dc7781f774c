"""The theme's static files: the bundled stylesheet, that of the text version, every file name with a digest of its bytes."""

from __future__ import annotations

import hashlib
import posixpath
import re
from pathlib import Path

from msgspec import Struct

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem
from hromada.system.disk_errors import file_type_problem
from hromada.system.scan import walk

_IMPORT = lazy_compile(r'@import url\("(?P<name>[^"]+)"\)(?: layer\((?P<layer>[a-z-]+)\))?;')
_URL = lazy_compile(r'url\("(?!data:)(?P<name>[^"]+)"\)')
_COMMENT = lazy_compile(r"/\*.*?\*/\s*", re.DOTALL)
_LAYOUT = lazy_compile(r"""("[^"]*")|\s*([{};])\s*|([:,])\s+""")  # spaces without meaning, outside of quotes
STYLESHEET = "css/site.css"
_STYLESHEETS = (STYLESHEET, "css/special.css", "css/text.css")


class ThemeAssets(Struct, frozen=True):
    """Published names and bytes of the static files, by their names in theme/static."""

    names: dict[str, str]
    files: dict[str, bytes]


def load_theme(static: Path) -> ThemeAssets:
    """Read theme/static; other stylesheets are parts of the bundle and are not published."""
    plain = {file.source.name: file.source.read() for file in walk(static).values()}
    names = {name: _fingerprinted(name, data) for name, data in plain.items() if not name.endswith(".css")}
    files = {names[name]: plain[name] for name in names}
    for name in filter(plain.__contains__, _STYLESHEETS):
        bundle = _LAYOUT.sub(r"\1\2\3", _bundle(name, plain, names)).encode()
        names[name] = _fingerprinted(name, bundle)
        files[names[name]] = bundle
    return ThemeAssets(names, files)


def theme_problems(theme: Path) -> list[Problem]:
    """Links and other irregular files of the theme: a template or a font behind a link would be published."""
    files = walk(theme, "theme") if theme.is_dir() else {}
    return [file_type_problem(path, file.type_fault) for path, file in files.items() if file.type_fault]


def _fingerprinted(name: str, data: bytes) -> str:
    stem, suffix = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{suffix}"


def _bundle(name: str, plain: dict[str, bytes], names: dict[str, str]) -> str:
    """The stylesheet with its imports inlined: one request on a slow network instead of twenty."""
    text = _COMMENT.sub("", plain[name].decode())
    folder = posixpath.dirname(name)

    def import_(match: re.Match[str]) -> str:
        inner = _bundle(posixpath.normpath(posixpath.join(folder, match["name"])), plain, names)
        return f"@layer {match['layer']} {{\n{inner}}}\n" if match["layer"] else inner

    def address(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match["name"]))
        return f'url("{posixpath.relpath(names[target], posixpath.dirname(STYLESHEET))}")'

    # The addresses of an imported stylesheet have been rewritten already.
    pieces, end = [], 0
    for match in _IMPORT.finditer(text):
        pieces += [_URL.sub(address, text[end : match.start()]), import_(match)]
        end = match.end()
    return "".join([*pieces, _URL.sub(address, text[end:])])
