"""Old addresses: which of them were the earlier site's own, and under which key a link and a page meet."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

_IDS = ("p", "page_id", "attachment_id")


class OldAddresses:
    """The addresses of one earlier site; `known` are any of its absolute addresses."""

    def __init__(self, known: Iterable[str]) -> None:
        hosts = [_host(one) for one in known]
        self.hosts = frozenset(host for host in hosts if host)
        self.home = next((one.rstrip("/") for one in known if _host(one)), "")

    def absolute(self, reference: str, page: str = "") -> str:
        """The reference as a reader of the old page would have followed it; itself where nobody knows the site."""
        try:
            return urljoin(urljoin(f"{self.home}/", page), reference) if self.home else reference
        except ValueError:
            return reference

    def key(self, reference: str, page: str = "") -> str:
        """What a link and the page that it leads to have in common; empty for another site's, or for none."""
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
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.").casefold()
    except ValueError:
        return ""
