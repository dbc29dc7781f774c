"""Addresses that work for their author alone: of a computer, an office's network, a login, a tracking redirector."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.post_link import PLAIN_LINK, redirect_target, split_folder
from hromada.domain.web_address import may_redirect, resolve_redirects

_LOCAL_NAMES = (
    "localhost", "local", "localdomain", "lan", "internal", "intranet", "home.arpa", "corp", "home", "private", "test",
)  # fmt: skip
_LOCAL_ENDS = tuple(f".{name}" for name in _LOCAL_NAMES)
# Hosts of temporary previews.
_PREVIEWS = (
    ".ngrok.io", ".ngrok.app", ".ngrok-free.app", ".trycloudflare.com", ".loca.lt", ".localtunnel.me", ".lhr.life", ".serveo.net",
    ".gitpod.io", ".github.dev", ".githubpreview.dev", ".devtunnels.ms", ".nip.io", ".sslip.io",
)  # fmt: skip
# Pages that need a login: by host and prefix of the path.
_OWN_PAGES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("mail.google.com", "mail.ukr.net", "outlook.live.com", "outlook.office.com", "outlook.office365.com", "mail.yahoo.com",
         "web.telegram.org", "web.whatsapp.com", "business.facebook.com", "studio.youtube.com"), ("/",)
    ),
    "t.me": ("/c/",),
    "drive.google.com": ("/drive/my-drive/", "/drive/u/0/my-drive/", "/drive/u/1/my-drive/"),
    "facebook.com": ("/messages/", "/me/"),
    "messenger.com": ("/t/",),
}  # fmt: skip
_FILE = lazy_compile(r"[^.]\.(?!html?$|php$|aspx?$)[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
_FOLDERS_OF_FILES = ("/files/", "/images/", "/news/", "/units/", "/pages/")  # of this site
_ADDRESS = lazy_compile(r"(?:https?:)?//\S", re.IGNORECASE)
# An address without its scheme, as it is copied from the address bar.
_BARE = lazy_compile(
    r"(?:localhost(?::\d{1,5})?/|localhost:\d|(?!\d+\.\d+\.\d+\.?/)[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?/)\S*", re.IGNORECASE
)
_DIGITS = lazy_compile(r"[\d.]+|\[.*")
# An address in a header's text, up to a character that no address has.
_IN_WORDS = lazy_compile(
    r"(?<![\w:/.@-])(?:(?:https?:)?//|localhost(?=[:/])|(?:\d{1,3}\.){3}\d{1,3}(?=[:/])|(?:l|lm)\.(?:facebook|instagram)\.com/)[^\s<>\"'«»|]*",
    re.IGNORECASE,
)
_OF_A_DEVICE = lazy_compile(
    r"(?<![\w:/.@-])(?:(?:file|content|filesystem):/|blob:[a-z]|[a-z]:[\\/](?!/)|\\\\[\w.-]+\\)[^\s<>\"'«»|]*",
    re.IGNORECASE,
)
_END = ".,:;!?)"
_PUNYCODE = "xn--"
_LATIN, _CYRILLIC = lazy_compile("[a-z]"), lazy_compile("[\u0400-\u052f]")


class AddressFault(NamedTuple):
    """Why nobody else can use an address, and what to write instead (both Ukrainian)."""

    message: str
    fix: str


def find_address_fault(link: str) -> AddressFault | None:
    """What is wrong with a web address that works for its author alone; None for a valid one."""
    link = link.strip()
    address, name = split_folder(link)
    if name and _is_open_folder(address):
        return None  # nearly every one
    if plain := PLAIN_LINK.fullmatch(link):
        host, path = plain["host"], plain["path"] or ""
        if not (may_redirect(host, path) or _is_own_page(host, path) or _PUNYCODE in host):
            return None
    if not _ADDRESS.match(link):
        if not _BARE.fullmatch(link):
            return None
        link = f"//{link}"
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if host in ("http", "https"):  # «http://https://…», «https://https//…»
        behind = link.split("//", 2)[2] if link.count("//") > 1 else parts.path
        return AddressFault("початок адреси написано двічі", f"лишіть один: https://{behind.lstrip('/')}")
    if _is_private(host):
        return AddressFault(
            f"адреса «{parts.netloc}» є лише на вашому комп’ютері або в мережі установи", _public_place(parts.path)
        )
    if (readable := _mixed_name(host)) is not None:
        return AddressFault(
            f"у назві сайту «{readable}» змішано латинські й кириличні літери: так підробляють чужі сайти",
            "відкрийте справжній сайт і скопіюйте адресу з рядка браузера",
        )
    if parts.password:
        return AddressFault(f"в адресі сторінки «{host}» є пароль", "приберіть з неї ім’я та пароль")
    if _is_preview(host):
        return AddressFault(
            f"адреса «{host}» є лише на час перегляду", "впишіть адресу сторінки сайту, що починається з «/»"
        )
    if _is_own_page(host, parts.path):
        return AddressFault(
            f"сторінку «{host}» відкриєте лише ви, у своєму обліковому записі",
            "впишіть адресу, доступну всім, або покладіть документ до content/files",
        )
    if behind := resolve_redirects(link) or redirect_target(link):
        if further := find_address_fault(behind):
            return further
        return AddressFault(
            f"посилання веде через «{parts.netloc}», а не на саму сторінку", f"впишіть її адресу: {behind}"
        )
    return None


def _public_place(path: str) -> str:
    """What to write instead of an address of the preview, or of an office's server, whose files lie elsewhere here."""
    name = path.rpartition("/")[2]
    if _FILE.search(name) and not path.startswith(_FOLDERS_OF_FILES):
        return f"покладіть файл до content/files і впишіть /files/{name}"
    return f"впишіть адресу сторінки: {path if len(path) > 1 else '/news/…/'}"


def find_private_addresses(text: str) -> Iterator[tuple[int, str, AddressFault]]:
    """The addresses in a text that work for their author alone: offset, address, fault."""
    for match in _IN_WORDS.finditer(text):
        address = match[0].rstrip(_END)
        if fault := find_address_fault(address):
            yield match.start(), address, fault


def find_local_paths(text: str) -> Iterator[tuple[int, str]]:
    """The paths of files of a computer or phone in a text, with their offsets."""
    return ((match.start(), match[0]) for match in _OF_A_DEVICE.finditer(text))


@lru_cache(maxsize=1024)  # many links share folders
def _is_open_folder(address: str) -> bool:
    """Whether everybody can open every page of the folder with this address."""
    plain = PLAIN_LINK.fullmatch(address)
    if plain is None or plain["query"] is not None or may_redirect(plain["host"], plain["path"] or ""):
        return False
    if _PUNYCODE in plain["host"]:
        return False
    path = f"{(plain['path'] or '').rstrip('/')}/"
    return not any(path.startswith(own) or own.startswith(path) for own in _own_pages(plain["host"]))


@lru_cache(maxsize=1024)  # many links share hosts
def _own_pages(host: str) -> tuple[str, ...]:
    """The prefixes of a host's paths that not everybody can open."""
    return ("/",) if _is_local(host) or _is_preview(host) else _OWN_PAGES.get(host.removeprefix("www."), ())


def _is_own_page(host: str, path: str) -> bool:
    return f"{path.rstrip('/')}/".startswith(_own_pages(host))


def _mixed_name(host: str) -> str | None:
    """The host as people read it, if one of its labels has both Latin and Cyrillic letters; None for any other."""
    labels = [_readable(label) for label in host.split(".")]
    is_mixed = any(_LATIN.search(label) and _CYRILLIC.search(label) for label in labels)
    return ".".join(labels) if is_mixed else None


def _readable(label: str) -> str:
    """A label of a host without its ASCII form."""
    if not label.startswith(_PUNYCODE):
        return label
    try:
        return label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _is_preview(host: str) -> bool:
    return host.endswith(_PREVIEWS) or host.startswith("deploy-preview-")


def _is_local(host: str) -> bool:
    return host.endswith(_LOCAL_ENDS) or host in _LOCAL_NAMES


def _is_private(host: str) -> bool:
    if _is_local(host):
        return True
    if ":" not in host and not _DIGITS.fullmatch(host):
        return bool(host) and "." not in host  # «http://server/»: a name in an office's network
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return (
            _DIGITS.fullmatch(host) is not None
        )  # «http://127.1», «http://2130706433»: a browser reads them, people do not
    return not address.is_global and not address.is_multicast
