"""JSON of an export: parsed within limits, values read without trusting their types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from hromada.importing.social.publication import SourceFile, refusal

JsonObject = dict[str, Any]  # a JSON object of unchecked values


def parse_json(source: SourceFile) -> Any:
    """The value of the whole file; a truncated or damaged one is refused with its line."""
    try:
        return json.loads(source.raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise refusal(
            source.name,
            1,
            "import-broken",
            "файл JSON не в UTF-8",
            "завантажте його ще раз і не зберігайте з редактора",
        ) from None
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(error.doc.rstrip()) or "Unterminated" in error.msg
        message = "файл JSON обірвано" if is_cut else "файл JSON пошкоджено"
        raise refusal(source.name, error.lineno, "import-broken", message, "завантажте його з мережі ще раз") from None
    except (RecursionError, ValueError):  # nested thousands deep, or a number of thousands of digits
        raise refusal(
            source.name, 1, "import-broken", "файл JSON пошкоджено", "завантажте його з мережі ще раз"
        ) from None


def as_object(value: object) -> JsonObject:
    """The object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> list[JsonObject]:
    """The objects of a list; a single object stands for a list of one, as Meta writes it."""
    if isinstance(value, dict):
        return [value]
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def as_text(value: object) -> str:
    """The text, or an empty one for anything else."""
    return value if isinstance(value, str) else ""


def first_text(values: Iterable[object]) -> str:
    """The first value that is a text with letters in it."""
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def enumerate_records(value: object) -> Iterator[tuple[int, object]]:
    """A list's elements with their numbers from 1; Meta writes a list of one as the element alone."""
    return enumerate(value if isinstance(value, list) else [value], 1)
