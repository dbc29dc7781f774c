"""Marks of Markdown that make nothing as they stand, where there is one right form: links, bold words, a rule."""

from __future__ import annotations

import html
import re

from hromada.domain.pasted_text import dashed_sentences

_TO = r"(?:https?://|www\.|mailto:|tel:|/|\.{1,2}/|#\w|[^\s()\[\]<>]{1,200}\.(?:md|pdf|docx?|xlsx?|odt|ods|csv|jpe?g|png|gif|webp|zip|html?)\b)"
_GAP = re.compile(rf"(?<=[^\s\[\\]\])[ \t\xa0]{{1,3}}(?=\([ ]?<?{_TO}[^\s()]*[ ]?\))", re.IGNORECASE)
_REVERSED = re.compile(
    rf"(?<![\]\\])\((?P<words>[^\s()\[\]][^()\[\]\n]{{0,200}})\)\[(?P<to>{_TO}[^\s()\[\]]*)\]", re.IGNORECASE
)
# Bold words in blanks, where nothing else of the line is bold or a star.
_BOLD = re.compile(
    r"(?<![*\w\\])\*\*(?:[ \t]+(?P<words>[^\W\d_](?:[^*\n]*[^\s*])?)[ \t]*|(?P<begun>[^\s*](?:[^*\n]*[^\s*])?)[ \t]+)\*\*(?![*\w])"
)


def with_links(text: str) -> str:
    """«[слова] (адреса)» and «(слова)[адреса]» as links."""
    if "]" not in text:
        return text
    return _REVERSED.sub(r"[\g<words>](\g<to>)", _GAP.sub("", text))


def with_bold(text: str) -> str:
    """«** слово **» as «**слово**», in lines that have no other stars."""
    if "**" not in text:
        return text
    return "\n".join(
        _BOLD.sub(lambda found: f"**{found['words'] or found['begun']}**", line) if line.count("*") == 4 else line
        for line in text.split("\n")
    )


def with_rules(text: str) -> str:
    """Dashes under a sentence part it from what follows: a blank line keeps them from making it a heading."""
    lines = text.split("\n")
    for number in dashed_sentences(text, only_sure=True):
        if len(lines[number + 1].strip()) > 2:
            lines[number] += "\n"
    return "\n".join(lines)


_ENTITY = re.compile(
    r"&(?!(?:lt|gt);)(?:[a-zA-Z][a-zA-Z0-9]{1,7}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});|&(?:laquo|raquo|nbsp|quot|shy|deg|sect|copy|reg)(?![\w=;])"
)
_ESCAPED = re.compile(r"\\(?P<sign>[!-/:-@\[\]^_`{|}~])")
_MOST_TIMES = 3  # a text was escaped
_BOLD_VALUE = re.compile(r"(?<![*_\w\\])(\*\*|__)(?P<words>[^\s*_](?:[^*_\n]*[^\s*_])?)\1(?![*_\w])")


def plain_value(value: str) -> str:
    """A header's words without entities of HTML and without bold: a header is plain text."""
    for _ in range(_MOST_TIMES):  # «&amp;laquo;» of a page's source
        before, value = value, _ENTITY.sub(_sign, value)
        if value == before:
            break
    return _BOLD_VALUE.sub(r"\g<words>", _ESCAPED.sub(r"\g<sign>", value))


def _sign(found: re.Match[str]) -> str:
    sign = html.unescape(found[0])
    return sign if len(sign) == 1 and (sign.isprintable() or sign == "\xa0") and sign not in "<>\"'" else found[0]
