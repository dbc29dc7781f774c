"""Paragraphs and lists pasted from Word, as Markdown writes them."""

from __future__ import annotations

from hromada.domain.pasted_text import LIST_MARKER, indented_paragraphs, marked_lines


def without_indents(body: str) -> str:
    """Paragraphs that an indent would turn into code begin at the margin, each apart from the one above."""
    lines = body.split("\n")
    indented = set(indented_paragraphs(body))
    done: list[str] = []
    for number, line in enumerate(lines):
        if number in indented and number and lines[number - 1].strip():
            done.append("")
        done.append(line.lstrip(" \t\xa0") if number in indented else line)
    return "\n".join(done)


def with_list_marks(body: str) -> str:
    """«• слово» as «- слово», with a blank line above the first: without one Markdown begins no list."""
    lines = body.split("\n")
    marked = set(marked_lines(body))
    done: list[str] = []
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        if number in marked and number - 1 not in marked and above.strip() and not above.lstrip().startswith("- "):
            done.append("")
        done.append(LIST_MARKER.sub("- ", line, count=1) if number in marked else line)
    return "\n".join(done)
