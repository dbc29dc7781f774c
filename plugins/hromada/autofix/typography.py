"""Ukrainian quotes and apostrophes: "лапки", “лапки” and „лапки” become «лапки» („лапки“ inside), an apostrophe is ’."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.autofix.markdown_file import CLOSE, CYRILLIC, OPEN
from hromada.domain.alphabet import APOSTROPHES
from hromada.domain.lazy_regex import lazy_compile

# Where a paragraph, a list item, a row or a heading begins: no pair of quotes spans that.
_BLOCK_START = lazy_compile(r"(\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>|:]|\d+[.)]|#)))")
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{«„–—-/*_~>|" + CLOSE)
_AFTER_CLOSING = frozenset(' \t\n\u00a0.,;:!?…)]}»“–—-/*_~<|"' + OPEN)
_FOREIGN_QUOTE = lazy_compile('["“”„]')
_CYRILLIC = lazy_compile(f"[{CYRILLIC}]")


def replace_quotes(text: str) -> str:
    """Replace the quotes of paragraphs where each has its pair; a single one may be an inch or a second."""
    if not _FOREIGN_QUOTE.search(text):
        return text
    return "".join(_fix_block(part) if _FOREIGN_QUOTE.search(part) else part for part in _BLOCK_START.split(text))


def _fix_block(text: str) -> str:
    pairs = _pairs(text)
    if pairs is None:
        return text
    characters = list(text)
    for opening, closing, depth in pairs:
        inner = text[opening + 1 : closing]
        if _CYRILLIC.search(inner) and depth <= 1 and "|" not in inner:
            characters[opening], characters[closing] = ("«", "»") if depth == 0 else ("„", "“")
    return "".join(characters)


def _pairs(text: str) -> list[tuple[int, int, int]] | None:
    """Opening, closing and depth of each pair; None when the quotes don't make pairs."""
    pairs: list[tuple[int, int, int]] = []
    open_quotes: list[tuple[str, int]] = []
    for index, character in _quotes(text):
        if character in ("«", "("):
            open_quotes.append((character, index))
        elif character == "»":
            if not open_quotes or open_quotes.pop()[0] != "«":
                return None
        elif character == "?":
            return None
        else:
            if not open_quotes or open_quotes[-1][0] != "(":
                return None
            _, opening = open_quotes.pop()
            pairs.append((opening, index, len(open_quotes)))
    return pairs if not open_quotes else None


def _quotes(text: str) -> Iterator[tuple[int, str]]:
    """Each quote: «(» opens, «)» closes, «?» may be either; the Ukrainian ones as they are.

    „ only opens; “ closes what „ has opened („німецькі“), else it opens, as " may (“англійські”).
    """
    lower = 0  # how many „ are open
    for index, character in enumerate(text):
        if character in "«»":
            yield index, character
        elif character == "„" or (character == "“" and lower):
            lower += 1 if character == "„" else -1
            yield index, "(" if character == "„" else ")"
        elif character in '"“”':
            before, after = text[index - 1 : index], text[index + 1 : index + 2]
            opens = (
                not before or before in _BEFORE_OPENING or (before == '"' and _is_opening(text, index - 1))
            ) and bool(after.strip())
            closes = bool(before.strip()) and (not after or after in _AFTER_CLOSING)
            if character == "”" and lower and closes:
                lower -= 1
            yield index, "?" if opens == closes else "(" if opens else ")"


def _is_opening(text: str, index: int) -> bool:
    before = text[index - 1 : index] if index else ""
    return not before or before in _BEFORE_OPENING


APOSTROPHE = "’"
# ʼ (U+02BC) is a letter in its own right and stays.
_TYPED = lazy_compile(f"(?<=[{CYRILLIC}])[{''.join(sorted(set(APOSTROPHES) - {APOSTROPHE, 'ʼ'}))}](?=[{CYRILLIC}])")


def replace_apostrophes(text: str) -> str:
    """Replace what keyboards give for an apostrophe inside Ukrainian words by ’."""
    return _TYPED.sub(APOSTROPHE, text)
