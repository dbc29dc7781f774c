"""The text of an item for social networks, within the limits of each.

Telegram: 1,024 for a message with a picture, 4,096 without (core.telegram.org/bots/api, sendPhoto and sendMessage), in
UTF-16 code units. Instagram: 2,200 and 5 hashtags (help.instagram.com; before December 2025 there were 30); links can't be
tapped there. Facebook publishes no limit; 63,206 is what it has accepted for years. UTF-16 units count for all three: they
are never fewer than the characters that people see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hromada.domain.lazy_regex import lazy_compile

_FACEBOOK, _INSTAGRAM, _TELEGRAM, _TELEGRAM_WITHOUT_PICTURE = 63_206, 2_200, 1_024, 4_096
_MOST_TAGS = 5
_PIECE = lazy_compile(r"\s*\S+")
_WORDS = lazy_compile(r"\w+")
_APOSTROPHES = lazy_compile("['’ʼ`]")
_MIN_TITLE = 20  # units: a title is not cut below this


class PostSource(NamedTuple):
    """What a post is made of; `link` is absolute, `words` are the category and the tags."""

    title: str
    event: str
    lead: str
    link: str
    words: tuple[str, ...]
    has_picture: bool


class SocialPost(NamedTuple):
    """The text for a network; `length` and `limit` are in the units of the network's own limit."""

    network: str
    text: str
    limit: int

    @property
    def length(self) -> int:
        return units(self.text)


def social_posts(source: PostSource) -> tuple[SocialPost, ...]:
    """The texts for Facebook, Instagram and Telegram."""
    tags = " ".join(hashtags(source.words))
    telegram = _TELEGRAM if source.has_picture else _TELEGRAM_WITHOUT_PICTURE
    site = f"Докладніше на сайті: {source.link}"
    return (
        SocialPost("facebook", _fitted(source, (source.link, tags), _FACEBOOK), _FACEBOOK),
        SocialPost("instagram", _fitted(source, (site, tags), _INSTAGRAM), _INSTAGRAM),
        SocialPost("telegram", _fitted(source, (source.link, tags), telegram), telegram),
    )


def hashtags(words: Iterable[str]) -> list[str]:
    """«#ЖитловоКомунальнеГосподарство» of «Житлово-комунальне господарство»: the first five, each once."""
    return list(dict.fromkeys(tag for word in words if (tag := _hashtag(word))))[:_MOST_TAGS]


def units(text: str) -> int:
    """The length in UTF-16 code units: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _hashtag(word: str) -> str:
    parts = _WORDS.findall(_APOSTROPHES.sub("", word))
    joined = "".join(part[:1].upper() + part[1:] for part in parts)
    return f"#{joined}" if any(map(str.isalpha, joined)) else ""


def _fitted(source: PostSource, end: Iterable[str], limit: int) -> str:
    """The post's paragraphs; what is too long is cut in the lead, then in the title, never in the link."""
    ending = [part for part in end if part]
    room = limit - units(_joined([source.title, source.event, "", *ending])) - len("\n\n")
    lead = shortened(source.lead, room)
    title = source.title
    if not lead:
        title = shortened(title, max(_MIN_TITLE, limit - units(_joined(["", source.event, *ending])) - len("\n\n")))
    return _joined([title, source.event, lead, *ending])


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, parts))


def shortened(text: str, room: int) -> str:
    """The text in so many units, cut at a word; empty where not even a word fits."""
    if units(text) <= room:
        return text
    kept, size = [], len("…")
    for piece in _PIECE.findall(text):
        size += units(piece)
        if size > room:
            break
        kept.append(piece)
    words = "".join(kept).rstrip(" .,;:–—-")
    return f"{words}…" if words else ""
