"""What a mended file differs in, for a person: a unified diff, and a line of how much of what was mended."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from hromada.autofix.fixes import BYTES, FIXES
from hromada.domain.noun_forms import NOUNS

WORDS: Mapping[str, str] = {**BYTES, **{fix.id: fix.words for fix in FIXES}}


def diff(path: str, old: str, new: str) -> list[str]:
    """The lines of a unified diff; none when only the bytes change."""
    return list(difflib.unified_diff(old.split("\n"), new.split("\n"), f"a/{path}", f"b/{path}", lineterm=""))


def summary(lines: Mapping[str, int]) -> str:
    """«кодування, апострофи – 2 рядки, лапки – 1 рядок», in the order of the mends."""
    return ", ".join(
        words + (f" – {NOUNS['рядок'].counted(lines[id])}" if lines[id] else "")
        for id, words in WORDS.items()
        if id in lines
    )
