"""The JSON Schema of a Markdown header, for programs that complete and underline it: from the reader's own tables.

The reader takes what a schema can't say (all scalars as text, keys in any case, the file's place), so the schema
never refuses what the reader takes; what the reader refuses beyond it is told by `make check`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from hromada.domain.alphabet import capitalized
from hromada.domain.dates import DATE_FORMS
from hromada.domain.header_fields import DATES, FIELDS, FieldSpec, FieldType

_WINDOW = "Звіт: власний період показника або (з «-reason») пояснення, чому він інший, ніж період."
# YAML takes 0123 for a number and yes for a truth; an empty field is a field without a value.
_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_EMPTY = {"const": ""}


def header_schema() -> dict[str, Any]:
    """The schema as a value of JSON (draft 7, which editors know): every key in both languages."""
    names = {spec: (spec.key, *spec.synonyms) for spec in FIELDS}
    fields = {spec: {"description": spec.description, **_value(spec)} for spec in FIELDS}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Заголовок матеріалу",
        "description": "Поля між рядками «---» на початку файлу .md; українською або англійською, у будь-якому регістрі.",
        "type": "object",
        "additionalProperties": False,
        "properties": {_shown(name): fields[spec] for spec in FIELDS for name in names[spec]},
        "patternProperties": {_any_case(names[spec]): _value(spec) for spec in FIELDS}
        | {"^[wW][iI][nN][dD][oO][wW]-[a-z0-9-]+$": {"description": _WINDOW, **_SCALAR}},
    }


def schema_text() -> str:
    """The committed file."""
    return json.dumps(header_schema(), ensure_ascii=False, indent=2) + "\n"


def _shown(word: str) -> str:
    """As editors write a key: English ones small, Ukrainian ones with a capital."""
    return word if word.isascii() else capitalized(word)


def _value(spec: FieldSpec) -> dict[str, Any]:
    if spec.key in DATES:
        return {"anyOf": [{"type": "string", "pattern": _date_pattern()}, _EMPTY, {"type": "null"}]}
    if spec.type is FieldType.LIST:
        return {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
    if spec.words:
        words = [word for word, _ in spec.words]
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
