"""What an export holds beside publications: named by kind and number, never brought."""

from __future__ import annotations

import re
from collections.abc import Mapping

# By what a file's keys, else its name, contain; the first that fits.
_KINDS: tuple[tuple[str, str], ...] = (
    (r"group_(?:posts?_)?comments|comment", "коментарі"),
    (r"reaction|like", "вподобання"),
    (r"group", "дії в групах"),
    (r"message|inbox|chat", "листування"),
    (r"event", "події"),
    (r"album", "альбоми"),
    (r"friend|follow|subscri|contact", "друзі й підписки"),
    (r"poll|vote", "опитування"),
    (r"search|visited|viewed|interest|recommend", "історія переглядів і пошуку"),
    (r"ads|advert|payment|order", "реклама й платежі"),
    (r"login|session|security|device|address|account|admin", "дані облікового запису"),
    (r"photo|video|picture|media|sticker", "переліки світлин і відео"),
    (r"place|location|check_?in", "місця"),
    (r"stor(?:y|ies)", "сторіз"),
    (r"profile|personal", "відомості профілю"),
)
GROUP_POSTS = "дописи в групах"
PROFILE_PICTURES = "оновлення світлини профілю чи обкладинки без слів"
_WORDS = r"(?:profile|cover) (?:picture|photo|video|image)"
# Facebook's own sentence, in the account's language: «Рада updated their cover photo.», «Рада оновила світлину профілю».
_UPDATED = re.compile(
    rf"\b(?:updated|changed|added) (?:(?:his|her|their|its|the|a|new|\w+[’']s) )*{_WORDS}"
    r"|\b(?:онов|змін|дода)\w+ (?:(?:свою|своє|нову|нове) )?(?:(?:світлину|фото|фотографію|зображення|відео) (?:профілю|обкладинки)|обкладинку|аватар)",
    re.IGNORECASE,
)
_TYPE = re.compile(rf"{_WORDS}s?|(?:світлина|фото|зображення) (?:профілю|обкладинки)|обкладинка|аватар", re.IGNORECASE)


def is_profile_update(sentence: str, type: str = "") -> bool:
    """Whether Meta's sentence or type says that the picture of the profile or its cover was changed."""
    return bool(_UPDATED.search(sentence) or _TYPE.fullmatch(type.strip()))


def is_only_sentence(words: str) -> bool:
    """Whether the words are Meta's sentence of such a change and nothing else: one line that ends with it."""
    found = _UPDATED.search(words)
    return bool(found and "\n" not in words.strip() and len(words.strip()) - found.end() <= 1)


def left_out(name: str, value: object) -> dict[str, int]:
    """Kinds of records with their numbers in a JSON file that has no publications."""
    stem = name.rsplit("/", 1)[-1].removesuffix(".json")
    if isinstance(value, Mapping):
        found: dict[str, int] = {}
        for key, one in value.items():
            if number := records_in(one):
                kind = kind_of_records(str(key)) or kind_of_records(stem) or f"«{key}»"
                found[kind] = found.get(kind, 0) + number
        return found or {"порожні файли": 1}
    number = records_in(value)
    return {kind_of_records(stem) or f"«{stem}»": number} if number else {"порожні файли": 1}


def kind_of_records(name: str) -> str:
    """What a key or a file's name calls its records; empty for one that we don't know."""
    plain = name.casefold()
    return next((kind for pattern, kind in _KINDS if re.search(pattern, plain)), "")


def records_in(value: object) -> int:
    """How many records there are: a list's elements, those of the lists within an object, else one."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, Mapping):
        inner = [len(one) for one in value.values() if isinstance(one, list)]
        return sum(inner) if inner else int(bool(value))
    return int(value not in (None, ""))
