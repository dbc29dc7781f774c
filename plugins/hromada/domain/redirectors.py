"""Redirectors: addresses of networks' click tracking, mail filters and AMP copies that only lead to another page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

# For any path: the query parameters with the target, in order of preference.
_HOSTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("l.facebook.com", "lm.facebook.com", "l.instagram.com", "l.threads.com", "l.threads.net", "l.messenger.com", "l.workplace.com"), ("u",)
    ),
    "t.umblr.com": ("z",),
    "slack-redir.net": ("url",),
    "out.reddit.com": ("url",),
    "exit.sc": ("url",),
}  # fmt: skip
_PATHS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("facebook.com", "/l.php"): ("u",),
    ("facebook.com", "/flx/warn"): ("u",),
    ("facebook.com", "/plugins/post.php"): ("href",),
    ("facebook.com", "/plugins/video.php"): ("href",),
    ("facebook.com", "/login"): ("next",),
    ("facebook.com", "/login.php"): ("next",),
    ("instagram.com", "/accounts/login"): ("next",),
    ("google", "/url"): ("q", "url"),
    ("google", "/imgres"): ("imgrefurl",),
    ("translate.google", "/translate"): ("u",),
    ("googleadservices.com", "/pagead/aclk"): ("adurl",),
    ("youtube.com", "/redirect"): ("q",),
    ("vk.com", "/away.php"): ("to",),
    ("ok.ru", "/dk"): ("st.link",),
    ("t.me", "/iv"): ("url",),
    ("linkedin.com", "/redir/redirect"): ("url",),
    ("linkedin.com", "/safety/go"): ("url",),
    ("tiktok.com", "/link/v2"): ("target",),
    ("pinterest.com", "/offsite"): ("url",),
    ("steamcommunity.com", "/linkfilter"): ("u", "url"),
    ("click.mail.ru", "/redir"): ("u",),
    ("duckduckgo.com", "/l"): ("uddg",),
}
_MAIL_FILTER = ".safelinks.protection.outlook.com"
_GOOGLE = re.compile(r"(?P<name>(?:translate\.)?google)\.(?:com|[a-z]{2})(?:\.[a-z]{2})?")
# Google's AMP copies: the page's own address is in the path.
_COPIES = ".cdn.ampproject.org"
_COPY = re.compile(r"/[cv]/(?P<safe>s/)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?:/.*)?)")
_GOOGLE_COPY = re.compile(r"/amp/(?P<safe>s/)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?:/.*)?)")
_OF_COPIES, _OF_FACEBOOK = ("usqp", "amp_js_v", "amp_gsa"), ("fbclid",)  # parameters that these add
_PREFIXES = ("www.", "m.", "mobile.", "web.")
_MOST = 3  # nested redirectors
_PAGE = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]|\Z)", re.IGNORECASE)


def may_redirect(host: str, path: str) -> bool:
    """Whether a page may be a redirector, whatever its query; nearly none is."""
    paths = _paths_leading_on(host)
    return paths is None or path.rstrip("/") in paths


@lru_cache(maxsize=1024)  # many links share hosts
def _paths_leading_on(host: str) -> frozenset[str] | None:
    """The paths of a host's redirectors; None when any path may be one."""
    host = _bare(host)
    if host in _HOSTS or host.endswith((_MAIL_FILTER, _COPIES)) or _GOOGLE.fullmatch(host):
        return None
    return frozenset(path for network, path in _PATHS if network == host)


def _bare(host: str) -> str:
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    return host


def target_of_redirector(parts: SplitResult) -> str:
    """The target of a redirector; empty for any other page."""
    host = _bare(parts.hostname or "")
    google = _GOOGLE.fullmatch(host)
    copy = _COPY if host.endswith(_COPIES) else _GOOGLE_COPY if google else None
    if copy and (match := copy.fullmatch(parts.path)):
        rest = f"{match['rest']}?{parts.query}" if parts.query else match["rest"]
        return _without(f"http{'s' if match['safe'] else ''}://{rest}", _OF_COPIES)
    if not parts.query:
        return ""
    path = parts.path.rstrip("/")
    names = (
        ("url",)
        if host.endswith(_MAIL_FILTER)
        else _HOSTS.get(host) or _PATHS.get((google["name"] if google else host, path), ())
    )
    query = dict(parse_qsl(parts.query)) if names else {}
    named = next((query[name] for name in names if query.get(name)), "")
    if named.startswith("/") and names == ("next",):  # a page of the network itself
        named = f"https://{host}{named}"
    return _without(named, _OF_FACEBOOK) if named.startswith(("http://", "https://")) else ""


def resolve_redirects(link: str) -> str:
    """The final target of a redirector link, percent-encoded; empty for any other link, and where it is unclear."""
    behind = link
    for _ in range(_MOST):
        try:
            further = target_of_redirector(urlsplit(behind))
        except ValueError:
            return ""
        if not further:
            break
        behind = further
    else:
        return ""
    return quote(behind, safe="!#$%&'*+,/:;=?@~") if behind != link and _PAGE.match(behind) else ""


def _without(address: str, names: tuple[str, ...]) -> str:
    """The address without these query parameters."""
    if not any(name in address for name in names):
        return address
    head, question_mark, query = address.partition("?")
    query, hash, anchor = query.partition("#")
    parameters = [pair for pair in query.split("&") if pair.partition("=")[0] not in names]
    return head + (question_mark + "&".join(parameters) if any(parameters) else "") + hash + anchor
