"""The text of a new report's file: what stays from the previous one, and what its author is asked to write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.domain.period import Period
from hromada.report.text.clear_prose import clear_prose
from hromada.report.text.period_renaming import renamed

# The header's keys in both languages, as reading/header.py knows them: features don't import each other.
TITLE = ("title", "заголовок", "назва")
STATUS = ("status", "стан", "статус")
OWN = ("date", "дата", "modified", "змінено", "slug", "адреса")  # what belongs to the previous report alone
_DRAFT = "status: draft"  # not built until its author takes the line away
_EMPTY_START = re.compile(r"\A(?:[ \t]*\n)+")
_FIRST = """\
---
title: Звіт про роботу відділу інформаційної роботи за {title}
period: {id}
{draft}
---

[допишіть: чим займається відділ і для кого він працює…]

За [[period]] відділ виконав таку роботу:

1. [допишіть: що головне зроблено за цей час…]

2. На вебсайті громади у розділі «Новини» [[news зн. розміщено]]. У розділі «Корисна інформація» для структурних підрозділів та організацій, з якими взаємодіє рада, [[unit-pages зн. відведено]]. На сторінках цього розділу [[unit-messages зн. розміщено]].

3. На сторінках громади в соціальних мережах [[social зн. розміщено]]. На сторінці ради [[social-main зн. розміщено]], на решті сторінок [[social-other зн. розміщено]]. У соціальних мережах, зокрема на сторонніх сторінках, [[reposts зн. зроблено]].

4. Для друку в газеті за [[newspaper.period]] [[newspaper зн. передано]].

5. [допишіть: які заходи супроводжував відділ, що відстежував, на які звернення відповідав…]
"""


def start_report(period: Period, previous: tuple[Period, str] | None) -> str:
    """The whole text of the new file, a draft; `previous` is an earlier report's period and its file's text."""
    if previous is None:
        return _FIRST.format(title=period.title, id=period.id, draft=_DRAFT)
    old, text = previous
    lines = _EMPTY_START.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n")).split("\n")
    fenced = lines[0].rstrip() == "---"
    first = 1 if fenced else 0
    ends = ("---", "...") if fenced else ("",)
    last = next((number for number in range(first, len(lines)) if lines[number].rstrip() in ends), len(lines))
    header = _header(lines[first:last], old, period)
    body = clear_prose("\n".join(lines[last + 1 :]))
    return "\n".join([*lines[:first], *header, *lines[last : last + 1], body]).rstrip("\n") + "\n"


def _header(lines: list[str], old: Period, new: Period) -> list[str]:
    """The fields that a new report of the same kind has too, in their order."""
    header: list[str] = []
    for key, field in _fields(lines):
        if key in TITLE:
            header += renamed("\n".join(field), old, new).split("\n")
        elif key == "period":
            header += [f"period: {new.id}", _DRAFT]
        elif key not in OWN + STATUS and not key.startswith("window-"):
            header += field
    return header


def _fields(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each field by its key, with the indented lines and list items that continue it."""
    key, field = "", list[str]()
    for line in lines:
        if field and line[:1] not in (" ", "\t", "-", ""):
            yield key, field
            field = []
        if not field:
            key = " ".join(line.partition(":")[0].casefold().split())
        field.append(line)
    if field:
        yield key, field
