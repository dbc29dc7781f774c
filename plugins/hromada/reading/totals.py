"""Rows of tables that are no publications: sums at the foot, the columns' own numbers, a header printed again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hromada.reading.columns import NUMBER
from hromada.reading.record import Kind, Record

_WORDS = r"публікацій|дописів|повідомлень|матеріалів|звернень|запитів|записів|рядків|новин"
_TIMES = r"місяць|квартал|півріччя|рік|рок[уи]|тиждень|період|день|січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопад|грудень"
_LABEL = re.compile(
    rf"(?:всього|усього|разом|загалом|итого)(?: (?:{_WORDS}))?(?: за (?:[\w.’'ʼ–-]+ ){{0,3}}?(?:{_TIMES})(?: \d{{4}})?"
    r"(?: р\.?| року)?)?\s*[:.–—-]*\s*(?P<number>\d{1,9})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,9}(?:[.,]\d+)?", re.ASCII)
_COMPUTED = (Kind.UNCOMPUTED, Kind.ERROR)


def total_of(record: Record, columns: Mapping[int, str]) -> list[int] | None:
    """The numbers of a sum's row, none where they weren't saved; None when the row may be a publication.

    A sum has one cell with words, «Всього», «Разом за липень:», nothing but numbers beside it, and no link or id.
    """
    labels: list[str] = []
    numbers: list[int] = []
    is_computed = False
    for column, text in record.cells.items():
        name = columns.get(column, "")
        if name in ("url", "id"):
            return None
        if record.kinds.get(column) in _COMPUTED:
            is_computed = True
        elif _DIGITS.fullmatch(text):
            if name != NUMBER and text.isdigit():
                numbers.append(int(text))
        else:
            labels.append(text)
    if len(labels) != 1 or not (found := _LABEL.fullmatch(" ".join(labels[0].split()))):
        return None
    if found["number"]:
        numbers.append(int(found["number"]))
    return numbers if numbers or is_computed else None


def is_label(text: str) -> bool:
    """Whether a cell says «Всього», «Разом за липень:»."""
    return _LABEL.fullmatch(" ".join(text.split())) is not None


def is_numbering(record: Record, header: Iterable[int]) -> bool:
    """1, 2, 3 … under the names of the columns, as official tables have it."""
    expected = {column: str(number) for number, column in enumerate(sorted(header), start=1)}
    return len(expected) > 2 and dict(record.cells) == expected
