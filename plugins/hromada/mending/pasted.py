"""Paragraphs and lists pasted from Word, as Markdown writes them."""

from __future__ import annotations

from hromada.domain.pasted_text import MARK, indented_paragraphs, marked_lines


def without_indents(body: str) -> str:
    """Paragraphs that an indent would turn into code begin at the margin, each apart from the one above."""
    lines = body.split("\n")
    for number in reversed(list(indented_paragraphs(body))):
        lines[number] = lines[number].lstrip(" \t\xa0")
        if number and lines[number - 1].strip():
            lines.insert(number, "")
    return "\n".join(lines)


def with_list_marks(body: str) -> str:
    """«• слово» as «- слово», with a blank line above the first: without one Markdown begins no list."""
    lines = body.split("\n")
    marked = set(marked_lines(body))
    for number in sorted(marked, reverse=True):
        lines[number] = MARK.sub("- ", lines[number], count=1)
        if (
            number
            and lines[number - 1].strip()
            and number - 1 not in marked
            and not lines[number - 1].lstrip().startswith("- ")
        ):
            lines.insert(number, "")
    return "\n".join(lines)
