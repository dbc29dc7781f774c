"""Headings are the text's table of contents for a screen reader: levels go down one by one, the first is the title's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.writing import Writing
from hromada.domain.problem import Problem

# Python-Markdown wants no space after «#», and an underlined heading only where a block begins.
_HEADING = re.compile(
    r"(?m)^(?P<marks>#{1,6})(?P<space>[ \t]*)(?P<words>[^\n#].*)$|^(?P<line>\S.*)\n(?P<under>=+|-+)[ ]*$"
)


def headings_go_down_one_by_one(one: Writing) -> Iterator[Problem]:
    """«##» under the title, «###» under «##»."""
    before = 1
    if not ("#" in one.markup or "\n=" in one.markup or "\n-" in one.markup):
        return
    for found in _headings(one):
        words = (found["words"] or found["line"]).strip()[:40]
        if found["marks"] == "#" and not found["space"]:
            yield one.warn(
                found.start(),
                "heading-first-level",
                f"рядок, що починається з «#», стане заголовком: «#{words}»",
                "якщо це хештег, почніть рядок зі слова або з «\\#»",
            )
            continue
        level = len(found["marks"] or "") or (1 if found["under"][0] == "=" else 2)
        if level == 1:
            yield one.warn(
                found.start(),
                "heading-first-level",
                f"заголовок першого рівня «{words}»: на сторінці ним є назва",
                "почніть його з «## »",
            )
            level = 2
        elif level > before + 1:
            yield one.warn(
                found.start(),
                "heading-skipped",
                f"заголовок «{words}» пропускає рівень",
                f"почніть його з «{'#' * (before + 1)} »",
            )
        before = level


def _headings(one: Writing) -> Iterator[re.Match[str]]:
    """Each heading; an underlined line inside a paragraph is none, unless it is below another heading."""
    ended = one.start
    for found in _HEADING.finditer(one.markup, one.start):
        above = one.markup[one.markup.rfind("\n", 0, max(0, found.start() - 1)) + 1 : found.start()]
        if found["marks"] or not above.strip() or found.start() - ended <= 1:
            ended = found.end()
            yield found
