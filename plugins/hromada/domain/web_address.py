"""Web addresses and mailboxes as editors write them: validation, and redirectors that only lead to another page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.pasted_text import NAMES as INVISIBLE

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
_GOOGLE = lazy_compile(r"(?P<name>(?:translate\.)?google)\.(?:com|[a-z]{2})(?:\.[a-z]{2})?")
# Google's AMP copies: the page's own address is in the path.
_COPIES = ".cdn.ampproject.org"
_COPY = lazy_compile(r"/[cv]/(?P<safe>s/)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?:/.*)?)")
_GOOGLE_COPY = lazy_compile(r"/amp/(?P<safe>s/)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?:/.*)?)")
_OF_COPIES, _OF_FACEBOOK = ("usqp", "amp_js_v", "amp_gsa"), ("fbclid",)  # parameters that these add
_PREFIXES = ("www.", "m.", "mobile.", "web.")
_MOST = 3  # nested redirectors
_PAGE = lazy_compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]|\Z)", re.IGNORECASE)


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


_SCHEME = lazy_compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# A browser ignores blanks and control characters; people can't see most of these.
_BLANKS = lazy_compile(rf"[\x00-\x20\x7f-\xa0{''.join(INVISIBLE)}]")
_HOST = lazy_compile(r"[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#]|$)")
_DOMAIN = lazy_compile(r"(?!-)[\w-]{1,63}(?<!-)(?:\.(?!-)[\w-]{1,63}(?<!-))+")
_UNSAFE = lazy_compile(rf"{_BLANKS.pattern}|[\"'<>\\^`{{|}}]")
_MAILBOX = lazy_compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def scheme_of(address: str) -> str:
    """The scheme as a browser reads it, in lower case; empty without one. A host with a port has none."""
    if address.startswith(("https://", "http://")):  # fast path for nearly all
        return address.partition(":")[0]
    plain = _BLANKS.sub("", address)
    match = _SCHEME.match(plain)
    return match[1].casefold() if match and not _HOST.match(plain) else ""


def web_address(written: str) -> str:
    """The address of a page on the web, with its scheme where that was left out; empty for anything else."""
    address = written.strip()
    if not scheme_of(address) and _HOST.match(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname)
    except ValueError:
        return ""
    return address if has_host and parts.scheme in ("http", "https") else ""


def is_domain(written: str) -> bool:
    """Whether it is a host name and nothing else."""
    return bool(_DOMAIN.fullmatch(written)) and "_" not in written


def is_site_address(written: str) -> bool:
    """Whether it can be a site's address: https, a host, at most a path."""
    try:
        parts = urlsplit(written)
        has_port = parts.port is not None
    except ValueError:
        return False
    is_plain = not (_UNSAFE.search(written) or "@" in parts.netloc or "?" in written or "#" in written)
    return (
        is_plain
        and parts.scheme == "https"
        and is_domain(parts.netloc.rpartition(":")[0] if has_port else parts.netloc)
    )


def host_of(address: str) -> str:
    """The host of an address for comparison: in lower case, without a port, in IDNA form."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return ascii_host(host)


def ascii_host(host: str) -> str:
    """The host name in IDNA form: `громада.укр` becomes `xn--80aahf2bln.xn--j1amh`."""
    plain = host.strip().rstrip(".").casefold()
    try:
        return plain.encode("idna").decode()
    except UnicodeError:
        return plain


_THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")
_RESERVED_ENDS = (".example", ".test", ".invalid", ".localhost")
_RESERVED_NAMES = (".example.com", ".example.net", ".example.org")


def is_sample_address(address: str) -> bool:
    """Whether no site can be published there: names reserved by RFC 2606 and 6761, the local computer."""
    host = host_of(address)
    return host in _THIS_COMPUTER or host.endswith(_RESERVED_ENDS) or f".{host}".endswith(_RESERVED_NAMES)


def mail_link(written: str) -> str:
    """A `mailto:` link for one or several mailboxes without subject or text; empty for anything else."""
    boxes = [box.strip() for box in re.split("[,;]", written)]
    return f"mailto:{','.join(boxes)}" if all(map(_MAILBOX.fullmatch, boxes)) else ""
