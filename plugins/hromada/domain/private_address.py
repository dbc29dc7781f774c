"""Addresses that are only ours: of this computer, of an office's network, of a page that counts who goes where."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from hromada.domain.post_link import PLAIN_LINK, redirected

_LOCAL_NAMES = ("localhost", "local", "localdomain", "lan", "internal", "intranet", "home.arpa", "corp")
_LOCAL_ENDS = tuple(f".{name}" for name in _LOCAL_NAMES)
_ADDRESS = re.compile(r"(?:https?:)?//\S", re.IGNORECASE)
_DIGITS = re.compile(r"[\d.]+|\[.*")


class Fault(NamedTuple):
    """Why nobody else can use an address, and what to write instead."""

    message: str
    fix: str


def fault_of_address(link: str) -> Fault | None:
    """What is wrong with a web address that works for its author alone; None for any other."""
    link = link.strip()
    if (plain := PLAIN_LINK.fullmatch(link)) and not _is_local(plain["host"]):
        return None  # nearly every one: a name and a path can't lead elsewhere
    if not _ADDRESS.match(link):
        return None
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if _is_private(host):
        shown = parts.path if len(parts.path) > 1 else "/news/…/"
        return Fault(
            f"адреса «{parts.netloc}» є лише на вашому комп’ютері або в мережі установи",
            f"впишіть адресу сторінки: {shown}",
        )
    if behind := redirected(link):
        return Fault(f"посилання веде через «{parts.netloc}», а не на саму сторінку", f"впишіть її адресу: {behind}")
    return None


def _is_local(host: str) -> bool:
    return host.endswith(_LOCAL_ENDS) or host in _LOCAL_NAMES


def _is_private(host: str) -> bool:
    if _is_local(host):
        return True
    if ":" not in host and not _DIGITS.fullmatch(host):
        return bool(host) and "." not in host  # «http://server/»: a name of the office's network
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_private or number.is_loopback or number.is_link_local or number.is_unspecified
