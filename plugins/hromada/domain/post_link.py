"""Links to publications in social networks: which network, and one form for all links to one publication."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from hromada.domain.web_address import scheme_of

_HOSTS = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.watch": "facebook",
    "instagram.com": "instagram",
    "instagr.am": "instagram",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "tiktok.com": "tiktok",
    "twitter.com": "x",
    "x.com": "x",
    "threads.net": "threads",
    "threads.com": "threads",
    "linkedin.com": "linkedin",
}
_SAME_HOST = {
    "fb.com": "facebook.com",
    "instagr.am": "instagram.com",
    "telegram.me": "t.me",
    "twitter.com": "x.com",
    "threads.net": "threads.com",
}
# What identifies a publication in a link's query; everything else there is tracking.
_IDENTITY = {"story_fbid", "fbid", "id", "v", "set", "multi_permalinks"}
# «Share» gives the same code with a letter for its kind, without it, and with what the application adds.
_SHARED = re.compile(r"/share/(?:[prv]/)?([A-Za-z0-9]+)")
# Instagram shows a publication under /p/, /reel/ or /tv/, with and without its owner's name.
_INSTAGRAM = re.compile(r"(?:/[\w.]+)?/(?:p|reel|reels|tv)/([\w-]+)", re.ASCII)
_YOUTUBE = re.compile(r"/(?:shorts|live|embed)/([\w-]+)", re.ASCII)
_TELEGRAM = re.compile(r"/(?:s/)?(?P<channel>[A-Za-z]\w{3,31})/(?P<number>\d+)", re.ASCII)
_FACEBOOK_NUMBER = re.compile(r"(?:^|/)(?:posts|videos|reel|photos)/(?:[^/]+/)*(\d{5,})$", re.ASCII)


def network_of_link(link: str) -> str:
    """The network that a link leads to, empty when it is none that we know."""
    parts = _split(link.strip())
    return _HOSTS.get(_bare_host(parts.hostname or ""), "") if parts else ""


def canonical_link(link: str) -> str:
    """One form for all links to one publication: no scheme, `m.`, `?fbclid`, fragment or closing slash."""
    link = link.strip()
    if not link:
        return ""
    parts = _split(link)
    if parts is None:
        return link
    host = _bare_host(parts.hostname or "")
    path = parts.path.rstrip("/")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if pair[0] in _IDENTITY))
    if host not in _HOSTS:  # on other sites any parameter may name the page; only known tracking is dropped
        query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _is_tracking(pair[0])))
    if host == "youtu.be":
        host, path, query = "youtube.com", "/watch", f"v={path.strip('/')}"
    host = _SAME_HOST.get(host, host)
    path, query = _by_network(host, path, query)
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def _by_network(host: str, path: str, query: str) -> tuple[str, str]:
    """The path and query of a publication that its network shows at several addresses; others as they are."""
    if host == "facebook.com" and (found := _SHARED.fullmatch(path)):
        return f"/share/{found[1]}", ""
    if host == "instagram.com" and (found := _INSTAGRAM.fullmatch(path)):
        return f"/p/{found[1]}", ""
    if host == "youtube.com" and (found := _YOUTUBE.fullmatch(path)):
        return "/watch", f"v={found[1]}"
    if host == "t.me":
        if found := _TELEGRAM.fullmatch(path):  # names of channels are the same in any case
            return f"/{found['channel'].casefold()}/{found['number']}", ""
        return path.removeprefix("/s") if path.startswith("/s/") else path, query
    return path, query


def facebook_number(link: str) -> str:
    """The publication's number where a Facebook link says it (`/posts/1…`, `story_fbid=1…`), else empty.

    The newer `pfbid…` names say no number.
    """
    parts = _split(link.strip())
    if parts is None or network_of_link(link) != "facebook":
        return ""
    query = dict(parse_qsl(parts.query))
    named = next((query[name] for name in ("story_fbid", "fbid", "v") if query.get(name)), "")
    if named:
        return named if named.isascii() and named.isdigit() else ""
    found = _FACEBOOK_NUMBER.search(parts.path.rstrip("/"))
    return found[1] if found else ""


def telegram_message(link: str) -> tuple[str, int] | None:
    """The channel's name (lower case) and the message's number of a t.me link; None when it is none."""
    if network_of_link(link) != "telegram":
        return None
    found = re.fullmatch(r"t\.me/([a-z]\w{3,31})/(\d{1,12})", canonical_link(link), re.ASCII)
    return (found[1], int(found[2])) if found else None


def _split(link: str) -> SplitResult | None:
    """The parts of a link, with or without its scheme; None when it leads to no page («http://[», «rada@rada.example»)."""
    try:
        parts = urlsplit(link if scheme_of(link) or link.startswith("//") else f"//{link}")
        _ = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme in ("", "http", "https") and "@" not in parts.netloc else None


def _bare_host(host: str) -> str:
    for prefix in ("www.", "m.", "mobile.", "web.", "uk-ua."):
        host = host.removeprefix(prefix)
    return host


def _is_tracking(name: str) -> bool:
    return name.startswith("utm_") or name in {"fbclid", "gclid", "igshid", "igsh", "mibextid", "ref", "si"}
