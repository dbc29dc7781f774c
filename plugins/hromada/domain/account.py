"""Social-media accounts and the networks they live on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from hromada.domain.alphabet import same_name

GROUPS = {"main": "сторінка ради", "starosta": "старостинські округи", "other": "інші"}

NETWORK_TITLES = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "telegram": "Telegram",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "x": "X",
    "viber": "Viber",
    "whatsapp": "WhatsApp",
    "threads": "Threads",
    "linkedin": "LinkedIn",
}
_NETWORK_WORDS = {
    "фейсбук": "facebook",
    "fb": "facebook",
    "фб": "facebook",
    "інстаграм": "instagram",
    "інстаграмм": "instagram",
    "instagramm": "instagram",
    "ig": "instagram",
    "телеграм": "telegram",
    "телеграмм": "telegram",
    "tg": "telegram",
    "ютуб": "youtube",
    "ютюб": "youtube",
    "yt": "youtube",
    "тікток": "tiktok",
    "тік-ток": "tiktok",
    "twitter": "x",
    "твіттер": "x",
    "вайбер": "viber",
    "ватсап": "whatsapp",
}
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
# What identifies a publication in a link's query; everything else there is tracking.
_IDENTITY = {"story_fbid", "fbid", "id", "v", "set", "multi_permalinks"}


class PostKind(StrEnum):
    """What a row of the social register is; the last two are shown apart and never counted as publications."""

    POST = "допис"
    PHOTO = "фото"
    VIDEO = "відео"
    REEL = "рілс"
    LIVE = "ефір"
    REPOST = "репост"
    STORY = "сторіз"

    @property
    def is_counted(self) -> bool:
        return self not in (PostKind.REPOST, PostKind.STORY)

    @classmethod
    def parse(cls, text: str) -> PostKind | None:
        """An empty cell is a post; None for a word that is no kind."""
        word = text.strip().casefold()
        if not word:
            return cls.POST
        return next((kind for kind in cls if word in (kind.value, kind.name.casefold())), None)


def network_of(word: str) -> str:
    """«Фейсбук», «FB» and «facebook» are one network; an unknown word stays as it is."""
    plain = word.strip().casefold()
    return _NETWORK_WORDS.get(plain, plain)


def network_of_link(link: str) -> str:
    """The network that a link leads to, empty when it is none that we know."""
    parts = _split(link.strip())
    return _HOSTS.get(_bare_host(parts.hostname or ""), "") if parts else ""


def _split(link: str) -> SplitResult | None:
    """The parts of a link; None when it is no link at all («http://[»)."""
    try:
        parts = urlsplit(link)
        _ = parts.hostname
    except ValueError:
        return None
    return parts


def _bare_host(host: str) -> str:
    for prefix in ("www.", "m.", "mobile.", "web.", "uk-ua."):
        host = host.removeprefix(prefix)
    return host


def canonical_link(link: str) -> str:
    """One form for all links to one publication: no scheme, `m.`, `?fbclid`, fragment or closing slash."""
    link = link.strip()
    if not link:
        return ""
    parts = _split(link if "//" in link else f"//{link}")
    if parts is None:
        return link
    host = _bare_host((parts.hostname or "").casefold())
    path = parts.path.rstrip("/")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if pair[0] in _IDENTITY))
    if host not in _HOSTS:  # on other sites any parameter may name the page; only known tracking is dropped
        query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _is_tracking(pair[0])))
    if host == "youtu.be":
        host, path, query = "youtube.com", "/watch", f"v={path.strip('/')}"
    if host == "t.me":
        path = path.removeprefix("/s") if path.startswith("/s/") else path
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def _is_tracking(name: str) -> bool:
    return name.startswith("utm_") or name in {"fbclid", "gclid", "igshid", "igsh", "mibextid", "ref", "si"}


@dataclass(frozen=True, slots=True)
class Account:
    """One account of accounts.toml; `group` is main, starosta or other."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    group: str = "other"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also, self.id)


@dataclass(frozen=True, slots=True)
class Accounts:
    """All accounts, found by any of their names."""

    all: tuple[Account, ...] = ()
    _by_name: dict[str, Account] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> Accounts:
        every = tuple(accounts)
        return cls(every, {same_name(name): account for account in every for name in account.names})

    def find(self, name: str) -> Account | None:
        return self._by_name.get(same_name(name))

    @property
    def networks(self) -> frozenset[str]:
        return frozenset(NETWORK_TITLES) | {network for account in self.all for network in account.networks}
