"""From a reference as it is written in a file to the file of the site that it names."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from hromada.domain.lazy_regex import lazy_compile

_SCHEME = lazy_compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TOP = ("", "top")  # anchors that every page has
INDEX = "index.html"


class SiteAddress(NamedTuple):
    """The site's address without its last slash (`https://rada.example/sait`) and its path (`/sait`), both maybe empty.

    `store` is the public address of the pictures' store, if there is one.
    """

    address: str = ""
    base: str = ""
    store: str = ""

    def target(self, reference: str, name: str) -> str:
        """The file that a reference in the file `name` leads to, with `#anchor` if it has one; empty for other sites.

        An address outside of the site's path keeps its leading slash, so that it equals no file.
        """
        if reference.startswith("#"):
            return _joined(name, reference[1:])
        if reference.startswith("/") or _SCHEME.match(reference):
            return _target(self, reference)
        folder = f"{self.base}/{posixpath.dirname(name)}"
        return _target(self, f"{posixpath.join(folder, reference)}") if reference else ""

    def is_foreign(self, reference: str) -> bool:
        """Whether a browser would ask another host than the site's and the store's for it."""
        if reference.startswith("//"):
            return True
        if not reference.casefold().startswith(("http:", "https:")):
            return False
        return not (self.store and reference.startswith(f"{self.store}/")) and not self._path(reference)

    def shown(self, target: str) -> str:
        """A target as an address on the site."""
        file, hash_sign, anchor = target.partition("#")
        if not file.startswith("/"):
            folder = file.removesuffix(INDEX)
            file = f"{self.base}/{folder if not folder or folder.endswith('/') else file}"
        return f"{file}{hash_sign}{anchor}"

    def _path(self, reference: str) -> str:
        """The path of an absolute address of this site, from its host on; empty for any other."""
        if self.address and reference.startswith(self.address):
            rest = reference[len(self.address) :]
            if not rest or rest[0] in "/?#":
                return f"{self.base}{rest if rest.startswith('/') else f'/{rest}'}"
        return ""


@lru_cache(1 << 16)  # the references of the menu are on every page
def _target(site: SiteAddress, reference: str) -> str:
    if _SCHEME.match(reference):
        reference = site._path(reference)
    if not reference or reference.startswith("//"):
        return ""
    path, _, anchor = reference.partition("#")
    path = unquote(path.partition("?")[0])
    if "/." in path:
        path = posixpath.normpath(path) + ("/" if path.endswith(("/", "/.", "/..")) else "")
    if not path.startswith(f"{site.base}/"):
        return path
    name = path[len(site.base) + 1 :]
    return _joined(f"{name}{INDEX}" if not name or name.endswith("/") else name, anchor)


def _joined(name: str, anchor: str) -> str:
    """A target; anchors of other files than pages (`#page=2` of a PDF) name nothing that could be checked."""
    anchor = unquote(anchor)
    is_checked = name.endswith(".html") and anchor not in _TOP and not anchor.startswith(":~:")
    return f"{name}#{anchor}" if is_checked else name
