"""Links to publications in social networks: the network, and one canonical form for all links to one publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.web_address import may_redirect, scheme_of, target_of_redirector

NETWORK_HOSTS = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.watch": "facebook",
    "instagram.com": "instagram",
    "instagr.am": "instagram",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "telegram.dog": "telegram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "youtube-nocookie.com": "youtube",
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
    "telegram.dog": "t.me",
    "twitter.com": "x.com",
    "threads.net": "threads.com",
    "youtube-nocookie.com": "youtube.com",
}
# Query parameters that identify a publication; everything else is tracking.
_IDENTITY = {"story_fbid", "fbid", "id", "v", "set", "multi_permalinks"}
# Share links have the same code with a letter for the kind, without it, and with additions of the app.
_SHARED = lazy_compile(r"/share/(?:[prv]/)?([A-Za-z0-9]+)")
# A publication's path with and without its owner's name; the group is the network's id of the publication.
_ONE_NAME: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "facebook.com": ((_SHARED, "/share/{}"),),
    "instagram.com": ((lazy_compile(r"(?:/[\w.]+)?/(?:p|reel|reels|tv)/([\w-]+)(?:/embed.*)?", re.ASCII), "/p/{}"),),
    "tiktok.com": ((lazy_compile(r"(?:/@[\w.]+/(?:video|photo)|/v|/embed(?:/v2)?)/(\d+)(?:\.html)?", re.ASCII), "/video/{}"),),
    "x.com": ((lazy_compile(r"/(?:i/(?:web/)?)?(?:\w+/)?status(?:es)?/(\d+)(?:/.*)?", re.ASCII), "/status/{}"),),
    "threads.com": ((lazy_compile(r"/(?:@[\w.]+/post|t)/([\w-]+)(?:/.*)?", re.ASCII), "/post/{}"),),
    "linkedin.com": (
        (lazy_compile(r"/(?:feed/update/urn:li:activity:|posts/[^/]*-activity-)(\d+)(?:-[\w-]+)?", re.ASCII), "/activity/{}"),
    ),
}  # fmt: skip
_YOUTUBE = lazy_compile(r"/(?:shorts|live|embed|v|e)/([\w-]+)", re.ASCII)
_TELEGRAM = lazy_compile(r"/(?:s/)?(?P<channel>[A-Za-z]\w{3,31})/(?:\d+/)?(?P<number>\d+)", re.ASCII)
_CHANNEL_HOST = lazy_compile(r"([a-z]\w{3,31})\.t\.me", re.ASCII)
# `/rada/posts/1`, `/rada/posts/sviato/1`, `/rada/photos/a.5/1`, `/groups/7/permalink/1`, `/7/posts/7_1`, `/7_1`.
_FACEBOOK_FOLDERS = frozenset({"posts", "videos", "reel", "reels", "photos", "permalink"})
_FACEBOOK_LAST = lazy_compile(r"(\d+_)?(\d+|pfbid\w+)", re.ASCII)
_FACEBOOK_NAME = lazy_compile(r"\d+|pfbid\w+", re.ASCII)
_FACEBOOK_QUERY = ("story_fbid", "fbid", "v", "multi_permalinks")
_PFBID = lazy_compile(r"pfbid\w+", re.ASCII)
_MOST_REDIRECTIONS = 3
# Nearly every link: parsed by one match, without a port, a mailbox, an anchor or characters that need encoding.
PLAIN_LINK = lazy_compile(
    r"https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?P<path>/[!-\"$->@-~]*)?(?:\?(?P<query>[!-\"$-~]*))?",
    re.ASCII,
)
# Nearly every query: nothing in it needs decoding or encoding.
_PLAIN_QUERY = lazy_compile(r"[\w.~-]+=[\w.~-]+(?:&[\w.~-]+=[\w.~-]+)*", re.ASCII)
_PAGE_AND_POST = lazy_compile(r"(\d+)_(\d+)", re.ASCII)
_PERMALINK = lazy_compile(
    r"https://(?:www|m|web)\.facebook\.com/(?P<page>permalink\.php|story\.php)\?story_fbid=(?P<name>\d+|pfbid\w+)&id=(?P<owner>\d+)",
    re.ASCII,
)
# Paths of folders and the form of a publication's name there: canonical links differ only in the name.
_NAME = lazy_compile(r"[\w.-]+", re.ASCII)
_CODE = lazy_compile(r"[\w-]+", re.ASCII)
_NUMBER = lazy_compile(r"\d+", re.ASCII)
_FOLDERS: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "instagram.com": (lazy_compile(r"(?:/[\w.]+)?/(?:p|reel|reels|tv)", re.ASCII), _CODE),
    "t.me": (lazy_compile(r"/(?:s/)?[A-Za-z]\w{3,31}", re.ASCII), _NUMBER),
    "telegram.me": (lazy_compile(r"/[A-Za-z]\w{3,31}", re.ASCII), _NUMBER),
    "youtube.com": (lazy_compile(r"/(?:shorts|live)"), _CODE),
    "youtu.be": (lazy_compile(""), _CODE),
    "tiktok.com": (lazy_compile(r"/@[\w.]+/(?:video|photo)", re.ASCII), _NUMBER),
    "x.com": (lazy_compile(r"/\w+/status", re.ASCII), _NUMBER),
}


class _Address(NamedTuple):
    """A parsed link: `host` without prefixes such as `m.`, `path` without a trailing slash."""

    host: str
    path: str
    query: str
    whole_host: str


class Folder(NamedTuple):
    """What all links to pages in a folder have in common: `https://www.facebook.com/rada/posts` for `…/posts/1`."""

    network: str
    names: re.Pattern[str]  # the names for which it holds
    form: str  # the canonical link without the name
    is_of_numbers: bool  # whether the name is Facebook's id of the publication


def split_folder(link: str) -> tuple[str, str]:
    """A link's folder and the page's name in it, for caching by folder; the name is empty unless it is a plain one."""
    address, _, name = link.rstrip("/").rpartition("/")
    return address, name if _NAME.fullmatch(name) else ""


@lru_cache(maxsize=1024)
def _folder(address: str) -> Folder | None:
    """The common properties of links to a folder's pages; None where they may differ."""
    plain = PLAIN_LINK.fullmatch(address)
    if plain is None or plain["query"] is not None or may_redirect(plain["host"], plain["path"] or ""):
        return None
    host, path = _bare_host(plain["host"]), plain["path"] or ""
    is_facebook = host in ("facebook.com", "fb.com")
    if host not in NETWORK_HOSTS:
        name_pattern = _NAME
    elif is_facebook and not _FACEBOOK_FOLDERS.isdisjoint(path.split("/")):
        name_pattern = _FACEBOOK_NAME
    elif host in _FOLDERS and _FOLDERS[host][0].fullmatch(path):
        name_pattern = _FOLDERS[host][1]
    else:
        return None
    return Folder(
        NETWORK_HOSTS.get(host, ""), name_pattern, canonical_link(f"{address}/0").removesuffix("0"), is_facebook
    )


def network_of_link(link: str) -> str:
    """The network that a link leads to; empty for an unknown one."""
    folder_address, name = split_folder(link.strip())
    if name and (folder := _folder(folder_address)):
        return folder.network
    address = _address(link.strip())
    return NETWORK_HOSTS.get(address.host, "") if address else ""


def canonical_link(link: str) -> str:
    """One form for all links to one publication: without scheme, `m.`, `?fbclid`, fragment and trailing slash."""
    link = link.strip()
    address = _address(link) if link else None
    if address is None:
        return link
    host, path, query, whole_host = address
    if host not in NETWORK_HOSTS:  # on other sites any parameter may name the page; only known tracking is dropped
        query = query and _with_parameters(query, lambda name: not _is_tracking(name))
        return f"{host}{path}?{query}" if query else f"{host}{path}"
    query = query and _with_parameters(query, _IDENTITY.__contains__)
    if host == "youtu.be":
        host, path, query = "youtube.com", "/watch", f"v={path.strip('/')}"
    elif host == "t.me" and (match := _CHANNEL_HOST.fullmatch(whole_host)):
        path = f"/{match[1]}{path}"
    host = _SAME_HOST.get(host, host)
    path, query = _by_network(host, path, query)
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def _by_network(host: str, path: str, query: str) -> tuple[str, str]:
    """The canonical path and query of a publication with several addresses; others unchanged."""
    for pattern, form in _ONE_NAME.get(host, ()):
        if match := pattern.fullmatch(path):
            return form.format(match[1]), ""
    if host == "youtube.com":
        if match := _YOUTUBE.fullmatch(path):
            return "/watch", f"v={match[1]}"
        if path == "/watch":
            return path, "&".join(pair for pair in query.split("&") if pair.startswith("v="))
    if host == "t.me":
        if match := _TELEGRAM.fullmatch(path):  # names of channels are the same in any case
            return f"/{match['channel'].casefold()}/{match['number']}", ""
        return path.removeprefix("/s") if path.startswith("/s/") else path, query
    return path, query


def facebook_number(link: str) -> str:
    """The publication's number in a Facebook link (`/posts/1…`, `story_fbid=1…`), else empty.

    The newer `pfbid…` names contain no number.
    """
    name = facebook_name(link)
    return name if name.isdigit() else ""


def facebook_name(link: str) -> str:
    """The publication's id in a Facebook link of any form: a number or a `pfbid…` name, else empty."""
    address = _address(link.strip())
    if address is None or address.host not in ("facebook.com", "fb.com"):
        return ""
    query = dict(_parameters(address.query).pairs) if address.query else {}
    if query.get("view") == "permalink":  # of a group, on old phones: `/groups/7?view=permalink&id=1`
        query["fbid"] = query.get("id", "")
    if query and (named := next((query[key] for key in _FACEBOOK_QUERY if query.get(key)), "")):
        named = match[2] if (match := _PAGE_AND_POST.fullmatch(named)) else named
        return named if (named.isascii() and named.isdigit()) or _PFBID.fullmatch(named) else ""
    *folders, last = address.path.strip("/").split("/")
    match = _FACEBOOK_LAST.fullmatch(last)
    return match[2] if match and (not _FACEBOOK_FOLDERS.isdisjoint(folders) or (match[1] and not folders)) else ""


def is_story(link: str) -> bool:
    """Whether a link leads to a story, which disappears in a day: `facebook.com/stories/…`, `instagram.com/stories/…`."""
    if "stories" not in link:
        return False
    address = _address(link.strip())
    return (
        address is not None
        and address.host in ("facebook.com", "instagram.com")
        and address.path.startswith("/stories/")
    )


def normalize_post_id(network: str, id: str) -> str:
    """The bare id of a post: Meta's API has page_post for Facebook and post_account for Instagram."""
    plain = id.strip().removeprefix(f"{network}:")
    if network in ("facebook", "instagram") and (match := _PAGE_AND_POST.fullmatch(plain)):
        return match[2] if network == "facebook" else match[1]
    return plain


def publication_keys(network: str, link: str, id: str) -> set[str]:
    """The keys that identify a publication in its network: entries of one account that share a key are one publication."""
    keys = set()
    if id:
        keys.add(f"{network}:id:{normalize_post_id(network, id)}")
    if link := link.strip():
        canonical, name = _usual_names(link) or (canonical_link(link), facebook_name(link))
        keys.add(f"{network}:link:{canonical}")
        if name:
            keys.add(f"{network}:id:{name}")
    return keys


def _usual_names(link: str) -> tuple[str, str] | None:
    """The canonical link and Facebook's id of the publication by the fast path, which nearly all links take; else None."""
    if match := _PERMALINK.fullmatch(link):
        return f"facebook.com/{match['page']}?id={match['owner']}&story_fbid={match['name']}", match["name"]
    address, name = split_folder(link)
    folder = _folder(address) if name else None
    if folder is None or not folder.names.fullmatch(name):
        return None
    return f"{folder.form}{name}", name if folder.is_of_numbers else ""


_NO_PAGES = frozenset(
    {"permalink.php", "story.php", "photo.php", "photo", "watch", "groups", "events", "share", "l.php", "p", "tv", "stories", "s", "c",
     "shorts", "live", "embed", "v", "e", "i", "feed", "posts", "hashtag", "media"}
) | _FACEBOOK_FOLDERS  # fmt: skip


def page_name(link: str) -> str:
    """The page that a publication's link names, in lower case («rada» of facebook.com/rada/posts/1); empty where it names none."""
    address = _address(link.strip())
    if address is None or address.host not in NETWORK_HOSTS or address.host == "youtu.be":
        return ""
    if NETWORK_HOSTS[address.host] == "telegram" and (match := _CHANNEL_HOST.fullmatch(address.whole_host)):
        return match[1]
    parts = address.path.strip("/").split("/")
    if parts[0] == "s" and NETWORK_HOSTS[address.host] == "telegram":  # the preview of a channel
        del parts[0]
    name = parts[0].removeprefix("@").casefold() if len(parts) > 1 else ""
    return "" if name in _NO_PAGES else name


def is_publication(link: str) -> bool:
    """Whether a link to a known network leads to one publication, not to a page or to the network itself."""
    if not network_of_link(link):
        return False
    path, _, query = canonical_link(link).partition("?")
    identifies = any(name in ("story_fbid", "fbid", "v", "multi_permalinks") for name in re.findall(r"(\w+)=", query))
    return identifies or path.count("/") > 1 or path.startswith("fb.watch/")


def telegram_message(link: str) -> tuple[str, int] | None:
    """The channel's name (lower case) and the message's number of a t.me link; None for any other link."""
    if network_of_link(link) != "telegram":
        return None
    match = re.fullmatch(r"t\.me/([a-z]\w{3,31})/(\d{1,12})", canonical_link(link), re.ASCII)
    return (match[1], int(match[2])) if match else None


def redirect_target(link: str) -> str:
    """The target of a redirector link (`l.facebook.com/l.php?u=…`); empty for any other link."""
    parts = _parts(link)
    return target_of_redirector(parts) if parts else ""


@lru_cache(maxsize=16)  # a row's link is parsed for its network, its form and its number
def _address(link: str) -> _Address | None:
    """The parsed link, with or without a scheme, after redirectors; None when it leads to no page."""
    if plain := PLAIN_LINK.fullmatch(link):
        host, path = plain["host"], plain["path"] or ""
        if not may_redirect(host, path):
            return _Address(_bare_host(host), path.rstrip("/"), plain["query"] or "", host)
    parts = _parts(link)
    for _ in range(_MOST_REDIRECTIONS):
        if parts is None or not (behind := target_of_redirector(parts)):
            break
        parts = _parts(behind)
    if parts is None:
        return None
    host = parts.hostname or ""
    return _Address(_bare_host(host), parts.path.rstrip("/"), parts.query, host)


def _parts(link: str) -> SplitResult | None:
    """The parts of a link; None when it leads to no page («http://[», «rada@rada.example»)."""
    try:
        parts = urlsplit(link if link.startswith(("https://", "//")) or scheme_of(link) else f"//{link}")
        _ = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme in ("", "http", "https") and "@" not in parts.netloc else None


@lru_cache(maxsize=256)
def _bare_host(host: str) -> str:
    """A host without prefixes: `m.`, `web.`, `uk-ua.`, the channel of `channel.t.me`."""
    if host in NETWORK_HOSTS:
        return host
    if (network := ".".join(host.split(".")[-2:])) in NETWORK_HOSTS:
        return network
    for prefix in ("www.", "m.", "mobile.", "web."):
        host = host.removeprefix(prefix)
    return host


class _Parameters(NamedTuple):
    """The parameters of a query, and whether they need no encoding."""

    pairs: Sequence[tuple[str, str]]
    is_plain: bool


@lru_cache(maxsize=16)  # as above
def _parameters(query: str) -> _Parameters:
    if _PLAIN_QUERY.fullmatch(query):
        pairs = [pair.partition("=") for pair in query.split("&")]
        return _Parameters([(name, value) for name, _, value in pairs], is_plain=True)
    return _Parameters(parse_qsl(query), is_plain=False)


def _with_parameters(query: str, is_kept: Callable[[str], bool]) -> str:
    """The query with the parameters that `is_kept` accepts, sorted by name."""
    pairs, is_plain = _parameters(query)
    pairs_kept = sorted(pair for pair in pairs if is_kept(pair[0]))
    return "&".join(map("=".join, pairs_kept)) if is_plain else urlencode(pairs_kept)


def _is_tracking(name: str) -> bool:
    return name.startswith("utm_") or name in {"fbclid", "gclid", "igshid", "igsh", "mibextid", "ref", "si"}
