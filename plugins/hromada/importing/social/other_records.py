"""Records of an export that are no publications: counted by kind, never imported."""

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
_PICTURE_NAME = r"(?:profile|cover) (?:picture|photo|video|image)"
# Facebook's own sentence, in the account's language: «Рада updated their cover photo.», «Рада оновила світлину профілю».
_PICTURE_UPDATED = re.compile(
    rf"\b(?:updated|changed|added) (?:(?:his|her|their|its|the|a|new|\w+[’']s) )*{_PICTURE_NAME}"
    r"|\b(?:онов|змін|дода)\w+ (?:(?:свою|своє|нову|нове) )?(?:(?:світлину|фото|фотографію|зображення|відео) (?:профілю|обкладинки)|обкладинку|аватар)",
    re.IGNORECASE,
)
_PICTURE_TYPE = re.compile(
    rf"{_PICTURE_NAME}s?|(?:світлина|фото|зображення) (?:профілю|обкладинки)|обкладинка|аватар", re.IGNORECASE
)


def is_profile_update(sentence: str, type: str = "") -> bool:
    """Whether Meta's sentence or type says that the picture of the profile or its cover was changed."""
    return bool(_PICTURE_UPDATED.search(sentence) or _PICTURE_TYPE.fullmatch(type.strip()))


def is_only_sentence(text: str) -> bool:
    """Whether the text is only Meta's sentence about such a change: one line that ends with it."""
    match = _PICTURE_UPDATED.search(text)
    return bool(match and "\n" not in text.strip() and len(text.strip()) - match.end() <= 1)


def count_other_records(name: str, value: object) -> dict[str, int]:
    """Kinds of records with their numbers in a JSON file that has no publications."""
    stem = name.rsplit("/", 1)[-1].removesuffix(".json")
    if isinstance(value, Mapping):
        counts: dict[str, int] = {}
        for key, records in value.items():
            if number := count_records(records):
                kind = kind_of_record(str(key)) or kind_of_record(stem) or f"«{key}»"
                counts[kind] = counts.get(kind, 0) + number
        return counts or {"порожні файли": 1}
    number = count_records(value)
    return {kind_of_record(stem) or f"«{stem}»": number} if number else {"порожні файли": 1}


def kind_of_record(name: str) -> str:
    """What a key or a file's name calls its records; empty for one that we don't know."""
    plain = name.casefold()
    return next((kind for pattern, kind in _KINDS if re.search(pattern, plain)), "")


def count_records(value: object) -> int:
    """How many records there are: a list's elements, those of the lists within an object, else one."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, Mapping):
        inner = [len(records) for records in value.values() if isinstance(records, list)]
        return sum(inner) if inner else int(bool(value))
    return int(value not in (None, ""))
