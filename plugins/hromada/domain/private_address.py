"""Addresses that are only ours: of this computer, of an office's network, of a page that counts who goes where."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from hromada.domain.post_link import redirected

_LOCAL_NAMES = (
    "localhost",
    "local",
    "localdomain",
    "lan",
    "internal",
    "intranet",
    "home.arpa",
    "corp",
    "home",
    "private",
    "test",
)
# A page of somebody who is logged in, or of a program's preview: by host, and by the beginning of its path.
_OWN_PAGES = (
    "mail.google.com", "mail.ukr.net", "outlook.live.com", "outlook.office.com", "outlook.office365.com", "mail.yahoo.com",
    "web.telegram.org", "web.whatsapp.com", "business.facebook.com", "studio.youtube.com", "t.me/c/", "drive.google.com/drive/my-drive",
    "drive.google.com/drive/u/", "facebook.com/messages/", "facebook.com/me/", "messenger.com/t/",
)  # fmt: skip
_PREVIEWS = (
    ".ngrok.io", ".ngrok.app", ".ngrok-free.app", ".trycloudflare.com", ".loca.lt", ".localtunnel.me", ".serveo.net", ".gitpod.io",
    ".app.github.dev", ".githubpreview.dev", ".preview.app.github.dev", ".nip.io", ".sslip.io",
)  # fmt: skip
_PREVIEW = re.compile(r"deploy-preview-\d+--")
_ADDRESS = re.compile(r"(?:https?:)?//\S", re.IGNORECASE)
_DIGITS = re.compile(r"[\d.]+|\[.*")


class Fault(NamedTuple):
    """Why nobody else can use an address, and what to write instead."""

    message: str
    fix: str


def fault_of_address(link: str) -> Fault | None:
    """What is wrong with a web address that works for its author alone; None for any other."""
    link = link.strip()
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
    if parts.password:
        return Fault(f"в адресі сторінки «{host}» є пароль", "приберіть з неї ім’я та пароль")
    if _is_preview(host):
        return Fault(f"адреса «{host}» є лише на час перегляду", "впишіть адресу сторінки сайту, що починається з «/»")
    if any(_is_under(f"{host.removeprefix('www.')}{parts.path}", page) for page in _OWN_PAGES):
        return Fault(
            f"сторінку «{host}» відкриєте лише ви, у своєму обліковому записі",
            "впишіть адресу, доступну всім, або покладіть документ до content/files",
        )
    if behind := redirected(link):
        return Fault(f"посилання веде через «{parts.netloc}», а не на саму сторінку", f"впишіть її адресу: {behind}")
    return None


def _is_preview(host: str) -> bool:
    return host.endswith(_PREVIEWS) or _PREVIEW.match(host) is not None


def _is_under(address: str, page: str) -> bool:
    """Whether an address is that of a host, or under a path of it."""
    return address.startswith(page) and (page.endswith("/") or address[len(page) :][:1] in ("", "/"))


def _is_private(host: str) -> bool:
    if host.endswith(tuple(f".{name}" for name in _LOCAL_NAMES)) or host in _LOCAL_NAMES:
        return True
    if ":" not in host and not _DIGITS.fullmatch(host):
        return bool(host) and "." not in host  # «http://server/»: a name of the office's network
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return (
            _DIGITS.fullmatch(host) is not None
        )  # «http://127.1», «http://2130706433»: a browser reads them, people do not
    return not number.is_global and not number.is_multicast
