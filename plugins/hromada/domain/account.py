"""Social-media accounts and the networks that they are on."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct, field

from hromada.domain.alphabet import normalize_name

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
NETWORK_WORDS = {
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


class PostKind(StrEnum):
    """The kind of a row of the social register; the last two are listed separately and never counted as publications."""

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
        """The kind that a cell names: a post for an empty cell, None for an unknown word."""
        word = text.strip().casefold()
        if not word:
            return cls.POST
        return POST_KIND_WORDS.get(word)


POST_KIND_WORDS = {word: kind for kind in PostKind for word in (kind.value, kind.name.casefold())}


def parse_network(word: str) -> str:
    """The id of the network that a word names («Фейсбук», «FB»: `facebook`); an unknown word is returned in lower case."""
    plain = word.strip().casefold()
    return NETWORK_WORDS.get(plain, plain)


class Account(Struct, frozen=True):
    """One account of accounts.toml; `group` is main, starosta or other."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    group: str = "other"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also, self.id)


class Accounts(Struct, frozen=True):
    """All accounts, with a lookup by any of their names."""

    all: tuple[Account, ...] = ()
    _by_name: dict[str, Account] = field(default_factory=dict)

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> Accounts:
        every = tuple(accounts)
        return cls(every, {normalize_name(name): account for account in every for name in account.names})

    def find(self, name: str) -> Account | None:
        return self._by_name.get(normalize_name(name))

    @property
    def networks(self) -> frozenset[str]:
        return frozenset(NETWORK_TITLES) | {network for account in self.all for network in account.networks}
