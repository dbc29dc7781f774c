"""Addresses of the earlier site: which are its own, and the key that a link and its target have in common."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from hromada.domain.web_address import host_of

_IDS = ("p", "page_id", "attachment_id")


class OldAddresses:
    """The addresses of one earlier site, from some of its absolute addresses."""

    def __init__(self, addresses: Iterable[str]) -> None:
        hosts = [_host(address) for address in addresses]
        self.hosts = frozenset(host for host in hosts if host)
        self.home = next((address.rstrip("/") for address in addresses if _host(address)), "")

    def absolute(self, reference: str, page: str = "") -> str:
        """The absolute address of a reference on `page`; the reference itself where the site's address is unknown."""
        try:
            return urljoin(urljoin(f"{self.home}/", page), reference) if self.home else reference
        except ValueError:
            return reference

    def key(self, reference: str, page: str = "") -> str:
        """The key of a link's target: «?p=7» or a path in lower case; empty for another site or a malformed address."""
        address = self.absolute(reference, page)
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https", "") or (parts.netloc and _host(address) not in self.hosts):
            return ""
        query = parse_qs(parts.query)
        for name in _IDS:
            if name in query:
                return f"?p={query[name][0]}"
        path = unquote(parts.path).rstrip("/").removesuffix("/index.html")
        return path.casefold() or "/"


def _host(address: str) -> str:
    return host_of(address).removeprefix("www.")
