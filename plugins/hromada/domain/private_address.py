"""Addresses that are only ours: of this computer, of an office's network, of a page that counts who goes where."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from hromada.domain.leading_on import final_address
from hromada.domain.post_link import redirected

_LOCAL_NAMES = ("localhost", "local", "localdomain", "lan", "internal", "intranet", "home.arpa", "corp")
# A preview of a site under work, as programs lend an address to it: gone when the program ends.
_LENT_NAMES = (
    "app.github.dev", "github.dev", "gitpod.io", "ngrok.io", "ngrok.app", "ngrok-free.app", "trycloudflare.com", "loca.lt", "lhr.life", "devtunnels.ms",
)  # fmt: skip
_PRIVATE_ENDS = tuple(f".{name}" for name in (*_LOCAL_NAMES, *_LENT_NAMES))
_ADDRESS = re.compile(r"(?:https?:)?//\S", re.IGNORECASE)
# An address without its scheme, as it is copied from the address bar.
_BARE = re.compile(
    r"(?:localhost(?::\d{1,5})?/|localhost:\d|(?!\d+\.\d+\.\d+\.?/)[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?/)\S*", re.IGNORECASE
)
_DIGITS = re.compile(r"[\d.]+|\[.*")
# Of a header's words: where an address begins, up to what no address has.
_IN_WORDS = re.compile(
    r"(?<![\w:/.@-])(?:(?:https?:)?//|localhost(?=[:/])|(?:\d{1,3}\.){3}\d{1,3}(?=[:/])|(?:l|lm)\.(?:facebook|instagram)\.com/)[^\s<>\"'«»|]*",
    re.IGNORECASE,
)
_OF_A_DEVICE = re.compile(
    r"(?<![\w:/.@-])(?:(?:file|content|filesystem):/|blob:[a-z]|[a-z]:[\\/](?!/)|\\\\[\w.-]+\\)[^\s<>\"'«»|]*",
    re.IGNORECASE,
)
_END = ".,:;!?)"


class Fault(NamedTuple):
    """Why nobody else can use an address, and what to write instead."""

    message: str
    fix: str


def fault_of_address(link: str) -> Fault | None:
    """What is wrong with a web address that works for its author alone; None for any other."""
    link = link.strip()
    if not _ADDRESS.match(link):
        if not _BARE.fullmatch(link):
            return None
        link = f"//{link}"
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
    if (
        "?" not in link and "amp" not in link.casefold()
    ):  # nearly every link: nothing leads on without a query or a copy's mark
        return None
    if behind := final_address(link) or redirected(link):
        if further := fault_of_address(behind):
            return further
        return Fault(f"посилання веде через «{parts.netloc}», а не на саму сторінку", f"впишіть її адресу: {behind}")
    return None


def faults_in_words(words: str) -> Iterator[tuple[int, str, Fault]]:
    """The addresses among words that work for their author alone: the offset of each, itself, what is wrong with it."""
    for found in _IN_WORDS.finditer(words):
        address = found[0].rstrip(_END)
        if fault := fault_of_address(address):
            yield found.start(), address, fault


def paths_in_words(words: str) -> Iterator[tuple[int, str]]:
    """The files of somebody's computer or phone among words: the offset of each, and itself."""
    return ((found.start(), found[0]) for found in _OF_A_DEVICE.finditer(words))


def _is_private(host: str) -> bool:
    if host.endswith(_PRIVATE_ENDS) or host in _LOCAL_NAMES:
        return True
    if ":" not in host and not _DIGITS.fullmatch(host):
        return bool(host) and "." not in host  # «http://server/»: a name of the office's network
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_private or number.is_loopback or number.is_link_local or number.is_unspecified
