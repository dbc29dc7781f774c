"""Headings are the text's table of contents for a screen reader: levels go down one by one, the first is the title's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.writing import Writing
from hromada.domain.problem import Problem

_HEADING = re.compile(r"(?m)^(?P<marks>#{1,6})[ \t]*(?P<words>[^\n#].*)$|^(?P<line>\S.*)\n(?P<under>=+|-{2,})[ ]*$")


def headings_go_down_one_by_one(one: Writing) -> Iterator[Problem]:
    """«##» under the title, «###» under «##»."""
    before = 1
    if not ("#" in one.markup or "\n=" in one.markup or "\n--" in one.markup):
        return
    for found in _HEADING.finditer(one.markup, one.start):
        level = len(found["marks"] or "") or (1 if found["under"][0] == "=" else 2)
        words = (found["words"] or found["line"]).strip()[:40]
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
