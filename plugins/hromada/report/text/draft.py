"""The text of a new report's file: what stays from the previous one, and what its author is asked to write."""

from __future__ import annotations

from collections.abc import Sequence

from hromada.domain.front_matter import (
    HeaderField,
    canonical_lines,
    find_header,
    format_field,
    format_header,
    read_fields,
    with_fields,
)
from hromada.domain.header_fields import KEYS, LISTS
from hromada.domain.period import Period
from hromada.report.text.clear_prose import clear_prose
from hromada.report.text.period_renaming import renamed

_OF_ONE_REPORT = ("date", "modified", "slug", "status")  # what belongs to the previous report alone
(_DRAFT,) = format_field("status", "draft")  # not built until its author takes the line away
_FIRST = """\
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
        title = format_field("title", f"Звіт про роботу відділу інформаційної роботи за {period.title}")
        return format_header([*title, *format_field("period", period.id), _DRAFT]) + _FIRST
    old, text = previous
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    bounds = find_header(lines)
    header = _header(lines[bounds.start : bounds.end], old, period, is_fenced=bounds.is_fenced)
    body = clear_prose("\n".join(lines[bounds.end + 1 :]))
    return (format_header(header) + body.lstrip("\n")).rstrip("\n") + "\n"


def _header(lines: Sequence[str], old: Period, new: Period, *, is_fenced: bool) -> list[str]:
    """The fields that a new report of the same kind has too, in their order."""
    fields, _ = read_fields(enumerate(lines), lambda word: word in KEYS, is_fenced=is_fenced)
    return with_fields(lines, fields, lambda line: _renewed(line, old, new))


def _renewed(field: HeaderField, old: Period, new: Period) -> list[str] | None:
    """The lines of a field in the new report; none for what belongs to the previous one alone."""
    word = field.key.casefold()
    key = KEYS.get(word, word)
    if key == "title":
        return format_field(field.key, renamed(field.text, old, new))
    if key == "period":
        return [*format_field(field.key, new.id), _DRAFT]
    if key in _OF_ONE_REPORT or key.startswith("window-"):
        return []
    return canonical_lines(field, is_list=key in LISTS)
