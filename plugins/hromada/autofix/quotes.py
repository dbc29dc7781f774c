"""Straight, English and German quotes to «лапки» and, inside them, „лапки“; only where each of a paragraph has its pair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.autofix.protected_spans import CLOSE, LETTERS, OPEN

# Where a paragraph, a list's item, a row or a heading begins: no pair reaches over that.
_UNIT = re.compile(r"(\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>|:]|\d+[.)]|#)))")
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{«„–—-/*_~>|" + CLOSE)
_AFTER_CLOSING = frozenset(' \t\n\u00a0.,;:!?…)]}»“–—-/*_~<|"' + OPEN)
_FOREIGN = re.compile('["“”„]')
_CYRILLIC = re.compile(f"[{LETTERS}]")


def with_ukrainian_quotes(text: str) -> str:
    """The text with its sure pairs; a paragraph in which a quote is alone, an inch or a second stays as it is."""
    return (
        "".join(_unit(part) if _FOREIGN.search(part) else part for part in _UNIT.split(text))
        if _FOREIGN.search(text)
        else text
    )


def _unit(text: str) -> str:
    pairs = _pairs(text)
    if pairs is None:
        return text
    signs = list(text)
    for opening, closing, depth in pairs:
        inner = text[opening + 1 : closing]
        if _CYRILLIC.search(inner) and depth <= 1 and "|" not in inner:
            signs[opening], signs[closing] = ("«", "»") if depth == 0 else ("„", "“")
    return "".join(signs)


def _pairs(text: str) -> list[tuple[int, int, int]] | None:
    """Opening, closing and depth of each pair; None when the quotes don't make pairs."""
    found: list[tuple[int, int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, sign in _quotes(text):
        if sign in ("«", "("):
            waiting.append((sign, place))
        elif sign == "»":
            if not waiting or waiting.pop()[0] != "«":
                return None
        elif sign == "?":
            return None
        else:
            if not waiting or waiting[-1][0] != "(":
                return None
            _, opening = waiting.pop()
            found.append((opening, place, len(waiting)))
    return found if not waiting else None


def _quotes(text: str) -> Iterator[tuple[int, str]]:
    """Each quote: «(» opens, «)» closes, «?» may be either; the Ukrainian ones as they are.

    „ only opens; “ closes what „ has opened („німецькі“), else it opens, as " may (“англійські”).
    """
    lower = 0  # how many „ are open
    for place, sign in enumerate(text):
        if sign in "«»":
            yield place, sign
        elif sign == "„" or (sign == "“" and lower):
            lower += 1 if sign == "„" else -1
            yield place, "(" if sign == "„" else ")"
        elif sign in '"“”':
            before, after = text[place - 1 : place], text[place + 1 : place + 2]
            opens = (
                not before or before in _BEFORE_OPENING or (before == '"' and _is_opening(text, place - 1))
            ) and bool(after.strip())
            closes = bool(before.strip()) and (not after or after in _AFTER_CLOSING)
            if sign == "”" and lower and closes:
                lower -= 1
            yield place, "?" if opens == closes else "(" if opens else ")"


def _is_opening(text: str, place: int) -> bool:
    before = text[place - 1 : place] if place else ""
    return not before or before in _BEFORE_OPENING
