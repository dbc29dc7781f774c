"""The JSON Schema of a Markdown header, for programs that complete and underline it: from the reader's own tables.

The reader takes what a schema can't say (all scalars as text, keys in any case, the file's place), so the schema
never refuses what the reader takes; what the reader refuses beyond it is told by `make check`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hromada.domain.alphabet import capitalized
from hromada.domain.calendar import DATE_FORMS
from hromada.domain.header_fields import LISTS
from hromada.domain.item import STATUSES
from hromada.reading.fields import UNIT_KINDS, YES_NO
from hromada.reading.header import REPORT_KEYS, SYNONYMS, UNIT_KEYS

DESCRIPTIONS: Mapping[str, str] = {
    "title": "Назва матеріалу: так її побачать читачі. Обов’язкове поле.",
    "date": "День, за яким матеріал потрапляє до звіту: 2021-07-05, 05.07.2021, 5 липня 2021 р., можна з часом 14:30. У новин і повідомлень обов’язкове, крім чернетки.",
    "modified": "Коли матеріал змінено. На підрахунок не впливає.",
    "slug": "Адреса сторінки латинськими літерами; без поля – з назви файлу.",
    "category": "Рубрика новини, одна.",
    "tags": "Теги: перелік або через кому чи крапку з комою.",
    "summary": "Одне–два речення для списків; без поля – початок тексту.",
    "image": "Головна світлина: файл поруч або в content/images.",
    "image-alt": "Що на світлині – для тих, хто її не бачить.",
    "gallery": "Світлини галереї: перелік, кожна як «файл | опис».",
    "status": "Стан: опубліковано (якщо поля немає), чернетка (немає на сайті), приховано (сторінка є, у списках і в підрахунку немає).",
    "lang": "Мова перекладу: en, pl; без поля – українська або та, що в назві файлу (x.en.md).",
    "event-date": "Коли подія починається.",
    "event-end": "Коли подія закінчується.",
    "event-place": "Де подія відбувається.",
    "expires": "До якого дня матеріал чинний.",
    "author": "Хто написав.",
    "source": "Звідки матеріал: назва або посилання.",
    "kind": "Сторінка підрозділу: підрозділ (unit) чи організація (partner), з якою взаємодіє рада.",
    "closed": "Сторінка підрозділу: останній день, коли вона діє.",
    "confirmed": "Сторінка підрозділу: чи підтверджено назву, так або ні.",
    "phone": "Телефон підрозділу.",
    "email": "Електронна пошта підрозділу.",
    "address": "Поштова адреса підрозділу.",
    "hours": "Години роботи.",
    "head": "Хто очолює підрозділ.",
    "period": "Звіт: його період, 2021-H2 або «II півріччя 2021 року».",
    "complete": "Звіт: чи архів за період повний, так або ні.",
}
_WINDOW = "Звіт: власний строк показника або (з «-reason») пояснення, чому він інший, ніж період."
_DATES = ("date", "modified", "event-date", "event-end", "expires", "closed")
_WORDS: Mapping[str, Iterable[str]] = {"status": STATUSES, "kind": UNIT_KINDS, "confirmed": YES_NO, "complete": YES_NO}
# YAML takes 0123 for a number and yes for a truth; an empty field is a field without a value.
_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_EMPTY = {"const": ""}


def header_schema() -> dict[str, Any]:
    """The schema as a value of JSON (draft 7, which editors know): every key in both languages."""
    words = {key: (key, *SYNONYMS.get(key, ())) for key in (*SYNONYMS, *UNIT_KEYS, *REPORT_KEYS)}
    fields = {key: {"description": DESCRIPTIONS[key], **_value(key)} for key in words}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Заголовок матеріалу",
        "description": "Поля між рядками «---» на початку файлу .md; українською або англійською, у будь-якому регістрі.",
        "type": "object",
        "additionalProperties": False,
        "properties": {_shown(word): fields[key] for key, names in words.items() for word in names},
        "patternProperties": {_any_case(names): _value(key) for key, names in words.items()}
        | {"^[wW][iI][nN][dD][oO][wW]-[a-z0-9-]+$": {"description": _WINDOW, **_SCALAR}},
    }


def schema_text() -> str:
    """The committed file."""
    return json.dumps(header_schema(), ensure_ascii=False, indent=2) + "\n"


def _shown(word: str) -> str:
    """As editors write a key: English ones small, Ukrainian ones with a capital."""
    return word if word.isascii() else capitalized(word)


def _value(key: str) -> dict[str, Any]:
    if key in _DATES:
        return {"anyOf": [{"type": "string", "pattern": _date_pattern()}, _EMPTY, {"type": "null"}]}
    if key in LISTS:
        return {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
    if key in _WORDS:
        words = list(_WORDS[key])
        return {
            "anyOf": [
                {"enum": words},
                {"type": "string", "pattern": _any_case(words)},
                _EMPTY,
                {"type": ["null", "boolean"]},
            ]
        }
    return _SCALAR


def _any_case(words: Iterable[str]) -> str:
    """A pattern of these words in any case: JSON Schema has no flags."""
    return f"^({'|'.join(''.join(map(_sign, word)) for word in words)})$"


def _sign(sign: str) -> str:
    return f"[{sign}{sign.upper()}]" if sign.isalpha() else re.escape(sign) if sign != "-" and sign != " " else sign


def _date_pattern() -> str:
    """The reader's own forms, without the names of their parts, which other languages write otherwise."""
    forms = (re.sub(r"\(\?P<\w+>", "(?:", form.pattern) for form in DATE_FORMS)
    return f"^(?:{'|'.join(forms)})$"
