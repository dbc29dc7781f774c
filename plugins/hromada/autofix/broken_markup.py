"""Repairs Markdown that does not render as meant: links and bold with stray spaces, a rule read as a heading."""

from __future__ import annotations

import html
import re

from hromada.domain.pasted_text import dashed_sentences

_TARGET = r"(?:https?://|www\.|mailto:|tel:|/|\.{1,2}/|#\w|[^\s()\[\]<>]{1,200}\.(?:md|pdf|docx?|xlsx?|odt|ods|csv|jpe?g|png|gif|webp|zip|html?)\b)"
_GAP = re.compile(rf"(?<=[^\s\[\\]\])[ \t\xa0]{{1,3}}(?=\([ ]?<?{_TARGET}[^\s()]*[ ]?\))", re.IGNORECASE)
_REVERSED = re.compile(
    rf"(?<![\]\\])\((?P<words>[^\s()\[\]][^()\[\]\n]{{0,200}})\)\[(?P<to>{_TARGET}[^\s()\[\]]*)\]", re.IGNORECASE
)
# Bold text with spaces inside the stars, in a line that has no other star.
_BOLD = re.compile(
    r"(?<![*\w\\])\*\*(?:[ \t]+(?P<words>[^\W\d_](?:[^*\n]*[^\s*])?)[ \t]*|(?P<begun>[^\s*](?:[^*\n]*[^\s*])?)[ \t]+)\*\*(?![*\w])"
)


def repair_links(text: str) -> str:
    """«[слова] (адреса)» and «(слова)[адреса]» as links."""
    if "]" not in text:
        return text
    return _REVERSED.sub(r"[\g<words>](\g<to>)", _GAP.sub("", text))


def repair_bold(text: str) -> str:
    """«** слово **» as «**слово**», in lines that have no other stars."""
    if "**" not in text:
        return text
    return "\n".join(
        _BOLD.sub(lambda match: f"**{match['words'] or match['begun']}**", line) if line.count("*") == 4 else line
        for line in text.split("\n")
    )


def separate_rules(text: str) -> str:
    """A blank line between a sentence and the dashes under it, which otherwise would make the sentence a heading."""
    lines = text.split("\n")
    for index in dashed_sentences(text, only_sure=True):
        if len(lines[index + 1].strip()) > 2:
            lines[index] += "\n"
    return "\n".join(lines)


_ENTITY = re.compile(
    r"&(?!(?:lt|gt);)(?:[a-zA-Z][a-zA-Z0-9]{1,7}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});|&(?:laquo|raquo|nbsp|quot|shy|deg|sect|copy|reg)(?![\w=;])"
)
_ESCAPED = re.compile(r"\\(?P<sign>[!-/:-@\[\]^_`{|}~])")
_MAX_ESCAPES = 3  # times that a text may have been escaped
_BOLD_VALUE = re.compile(r"(?<![*_\w\\])(\*\*|__)(?P<words>[^\s*_](?:[^*_\n]*[^\s*_])?)\1(?![*_\w])")


def plain_value(value: str) -> str:
    """A header's value without HTML entities and bold marks: a header is plain text."""
    for _ in range(_MAX_ESCAPES):  # «&amp;laquo;» of a page's source
        before, value = value, _ENTITY.sub(_character, value)
        if value == before:
            break
    return _BOLD_VALUE.sub(r"\g<words>", _ESCAPED.sub(r"\g<sign>", value))


def _character(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    return (
        character
        if len(character) == 1 and (character.isprintable() or character == "\xa0") and character not in "<>\"'"
        else match[0]
    )
