"""Validation of web addresses and mailboxes as editors write them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from hromada.domain.invisible_chars import NAMES as INVISIBLE

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# A browser ignores blanks and control characters; people can't see most of these.
_BLANKS = re.compile(rf"[\x00-\x20\x7f-\xa0{''.join(INVISIBLE)}]")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#]|$)")
_DOMAIN = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(?:\.(?!-)[\w-]{1,63}(?<!-))+")
_UNSAFE = re.compile(rf"{_BLANKS.pattern}|[\"'<>\\^`{{|}}]")
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


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
