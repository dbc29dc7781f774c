"""What the scripts of the forms know of our rules: `/admin/tables.json`, made from the tables that Python uses.

The scripts read and write headers and name files where no Python runs; nothing of a rule's contents is typed there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any

from hromada.domain.alert import DEFAULT_SEVERITY, SEVERITIES
from hromada.domain.alphabet import APOSTROPHES, slug, transliterate
from hromada.domain.file_names import DEVICES, LONGEST_FILE_NAME
from hromada.domain.header_fields import FIELDS, FieldSpec
from hromada.editor.form_fields import first_words

_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
# Letters and signs that titles have beside the Ukrainian ones: Latin, Greek, Cyrillic; punctuation, currencies, numbers.
_OTHERS = (range(0x80, 0x590), range(0x1E00, 0x2000), range(0x2000, 0x2C00), range(0x3000, 0x3030))


def script_tables() -> dict[str, Any]:
    """All tables, by the names that the scripts use."""
    return {"header": _header(), "slug": _slug(), "alerts": _alerts()}


def _alerts() -> dict[str, Any]:
    """What the words of an alert's severity mean, and the one that is meant without any."""
    return {
        "severities": {word: severity.value for word, severity in SEVERITIES.items()},
        "severity": DEFAULT_SEVERITY.value,
    }


def _header() -> dict[str, Any]:
    return {
        "fields": [_field(spec) for spec in FIELDS],
        "notInText": ["title", "date", "status"],
    }


def _field(spec: FieldSpec) -> dict[str, Any]:
    """A field by its key: its names, its type, what its words mean and which of them is written."""
    written = first_words(spec)
    words = {word: written[meaning] for word, meaning in spec.words}
    return {
        "key": spec.key,
        "names": [spec.key, *spec.synonyms],
        "type": spec.type.value,
        "label": spec.shown_name,
        **({"words": words} if words else {}),
    }


def _slug() -> dict[str, Any]:
    return {
        "apostrophes": APOSTROPHES,
        "initial": {letter: transliterate(letter) for letter in _ALPHABET},
        "inside": {letter: transliterate(f"а{letter}")[1:] for letter in _ALPHABET},
        "pairs": {"зг": transliterate("зг")},
        "others": dict(_others()),
        "entities": {name: chr(point) for name, point in name2codepoint.items()},
        "devices": sorted(DEVICES),
        "longest": LONGEST_FILE_NAME,
    }


def _others() -> Iterator[tuple[str, str]]:
    """What `domain.alphabet.slug` makes of other characters, as they are decomposed; it drops those that are missing here."""
    for points in _OTHERS:
        for sign in map(chr, points):
            if unicodedata.normalize("NFKD", sign) == sign and (latin := slug(f"x{sign}x")[1:-1]):
                yield sign, latin
