"""Removes what pasting brings along (Word's tags, indents, bullets, spaces) and repairs the Markdown it breaks (bold, links, rules)."""

from __future__ import annotations

import re

from hromada.autofix.markdown_file import CLOSE, CYRILLIC, begins_with_text
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.pasted_text import (
    ENTITY,
    LIST_MARKER,
    dashed_sentences,
    indented_paragraphs,
    marked_lines,
    sign_of_entity,
    unquoted,
)

_TARGET = r"(?:https?://|www\.|mailto:|tel:|/|\.{1,2}/|#\w|[^\s()\[\]<>]{1,200}\.(?:md|pdf|docx?|xlsx?|odt|ods|csv|jpe?g|png|gif|webp|zip|html?)\b)"
_GAP = lazy_compile(
    rf"(?<=[^\s\[\\]\])[ \t\xa0]{{1,3}}(?=\([ ]?(?:{_TARGET}[^\s()]*|<{_TARGET}[^<>\n]{{0,200}}>|<[^<>\n]{{1,200}}>)(?:[ ](?:\"[^\"\n]{{0,200}}\"|'[^'\n]{{0,200}}'))?[ ]?\))",
    re.IGNORECASE,
)
_REVERSED = lazy_compile(
    rf"(?<![\]\\])\((?P<words>[^\s()\[\]][^()\[\]\n]{{0,200}})\)\[(?P<to>{_TARGET}[^\s()\[\]]*)\]", re.IGNORECASE
)
# Bold text with spaces inside the stars, in a line that has no other star.
_BOLD = lazy_compile(
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
        dashes = unquoted(lines[index + 1])
        if len(dashes.strip()) > 2:
            marks = lines[index + 1].removesuffix(dashes)
            lines[index] += f"\n{marks.rstrip()}"
    return "\n".join(lines)


_ESCAPED = lazy_compile(r"\\(?P<sign>[!-/:-@\[\]^_`{|}~])")
_MAX_ESCAPES = 3  # times that a text may have been escaped
_BOLD_VALUE = lazy_compile(r"(?<![*_\w\\])(\*\*|__)(?P<words>[^\s*_](?:[^*_\n]*[^\s*_])?)\1(?![*_\w])")


def plain_value(value: str) -> str:
    """A header's value without HTML entities and bold marks: a header is plain text."""
    for _ in range(_MAX_ESCAPES):  # «&amp;laquo;» of a page's source
        before, value = value, ENTITY.sub(lambda match: sign_of_entity(match[0]) or match[0], value)
        if value == before:
            break
    return _BOLD_VALUE.sub(r"\g<words>", _ESCAPED.sub(r"\g<sign>", value))


_CONDITIONAL = lazy_compile(
    r"<!--\[if\b(?:(?!<!--\[if\b).)*?<!\[endif\]-->|<xml>(?:(?!<xml>).)*?</xml>|<!\[(?:if\b[^\]]*|endif)\]>|<!--\s*(?:StartFragment|EndFragment)\s*-->",
    re.DOTALL,
)
_EMPTY = lazy_compile(r"<o:p>(?:\s|&nbsp;|\u00a0)*</o:p>|<o:p\s*/>", re.IGNORECASE)
_OFFICE_TAG = lazy_compile(r"</?(?:o|w|v|st1):[A-Za-z][\w-]*(?:\s[^<>]*)?>|<\?xml:namespace\b[^<>]*>", re.IGNORECASE)
# Google Docs wraps copied text into a <b> that makes nothing bold, or into any tag with this id.
_GOOGLE_WRAPPER = lazy_compile(
    r"<b\s[^<>]*docs-internal-guid[^<>]*>(?P<words>(?:(?!<b\b).)*?)</b>", re.DOTALL | re.IGNORECASE
)
_GOOGLE_ID = lazy_compile(r"""(?P<tag><[a-z][^<>]*?)\s+id\s*=\s*["']?docs-internal-guid-[\w-]*["']?""", re.IGNORECASE)
_TAG = lazy_compile(r"<[A-Za-z][^<>]*>")
_CLASS = lazy_compile(r"""\s+class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>/]+))""", re.IGNORECASE)
_STYLE = lazy_compile(r"""\s+style\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def remove_word_debris(text: str) -> str:
    """Remove Word's and Google's tags; their text and the editor's own classes and styles stay."""
    if "<" not in text:
        return text
    text = _GOOGLE_ID.sub(r"\g<tag>", _GOOGLE_WRAPPER.sub(r"\g<words>", text))
    text = _OFFICE_TAG.sub("", _EMPTY.sub("", _CONDITIONAL.sub(_remove_comment, text)))
    return _TAG.sub(lambda tag: _STYLE.sub(_keep_own_styles, _CLASS.sub(_keep_own_classes, tag[0])), text)


def _remove_comment(match: re.Match[str]) -> str:
    """Empty; a comment of several lines stays where it may separate a list or code from what is above."""
    _, _, first = match.string[: match.start()].rpartition("\n")
    last, _, below = match.string[match.end() :].partition("\n")
    parts = "\n" in match[0] and not (first + last).strip()
    after = below.lstrip(" \t\n") if parts else ""
    return match[0] if after and not begins_with_text(after) else ""


def _keep_own_classes(match: re.Match[str]) -> str:
    names = (match[1] or match[2] or match[3] or "").split()
    own = [name for name in names if not name.startswith("Mso")]
    return match[0] if own == names else f' class="{" ".join(own)}"' * bool(own)


def _keep_own_styles(match: re.Match[str]) -> str:
    rules = [rule.strip() for rule in (match[1] or match[2] or "").split(";") if rule.strip()]
    own = [rule for rule in rules if not rule.lower().startswith("mso-")]
    return match[0] if own == rules else f' style="{"; ".join(own)}"' * bool(own)


def remove_indents(body: str) -> str:
    """Remove indents that would turn paragraphs into code; a blank line goes above each such paragraph."""
    lines = body.split("\n")
    indented = set(indented_paragraphs(body))
    done: list[str] = []
    for index, line in enumerate(lines):
        if index in indented and index and lines[index - 1].strip():
            done.append("")
        done.append(line.lstrip(" \t\xa0") if index in indented else line)
    return "\n".join(done)


def replace_bullets(body: str) -> str:
    """«• слово» as «- слово», with a blank line above the first: without one Markdown begins no list."""
    lines = body.split("\n")
    marked = set(marked_lines(body))
    done: list[str] = []
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else ""
        if index in marked and index - 1 not in marked and above.strip() and not above.lstrip().startswith("- "):
            done.append("")
        done.append(LIST_MARKER.sub("- ", line, count=1) if index in marked else line)
    return "\n".join(done)


_NBSP = "\u00a0"
_WORDS_FOLLOW = rf"[A-Za-z{CYRILLIC}«„(\"]"
_AT_THE_END = lazy_compile(rf"(?<![ \t{_NBSP}])[ \t]*{_NBSP}[ \t{_NBSP}]*$", re.MULTILINE)
_ANY_LETTER = lazy_compile(f"[A-Za-z{CYRILLIC}]")
_ALONE = lazy_compile(rf"^(?:[ \t{_NBSP}]*{_NBSP}[ \t{_NBSP}]*|[ \t]*&nbsp;[ \t]*)$", re.MULTILINE)
# Not where the line would become a list, a heading or code. Next to a hard break (two spaces, a backslash, a hidden <br>)
# it is a verse, which is laid out with such spaces.
_BREAKS = ("  \n", "\\\n", f"{CLOSE}\n")
_AT_THE_START = lazy_compile(
    rf"^ {{0,3}}{_NBSP}[ {_NBSP}]*(?={_WORDS_FOLLOW})(?![^\n]*(?:  |\\|{CLOSE})\n)", re.MULTILINE
)
# Only after text: a plain space after a character at a line's beginning would make a list or a heading.
_REPEATED = lazy_compile(
    rf"(?:(?<=[A-Za-z0-9{CYRILLIC},;:!?…»“)–—])|(?<=[A-Za-z{CYRILLIC}»)]\.))"
    rf"(?:{_NBSP}[ {_NBSP}]+| +{_NBSP}[ {_NBSP}]*)(?P<dash>(?=[–—]))?"
)
_SMALL_LETTERS = "а-яґєії"  # no rule keeps two whole words together; a name and a surname may be kept, so no capital
_BETWEEN_WORDS = lazy_compile(f"(?<=[{CYRILLIC}]{{4}}){_NBSP}(?=[{_SMALL_LETTERS}]{{4}})")


def remove_stray_spaces(text: str) -> str:
    """Remove or replace non-breaking spaces at the ends of a line, repeated, alone in a line, between two long words."""
    if _NBSP not in text and "&nbsp;" not in text:
        return text
    text = _AT_THE_START.sub(_unindented, _AT_THE_END.sub(_after_words, _ALONE.sub("", text)))
    text = _REPEATED.sub(lambda match: " " if match["dash"] is None else _NBSP, text)
    return _BETWEEN_WORDS.sub(" ", text)


def _after_words(match: re.Match[str]) -> str:
    line = match.string.rfind("\n", 0, match.start()) + 1
    return "" if _ANY_LETTER.search(match.string, line, match.start()) else match[0]


def _unindented(match: re.Match[str]) -> str:
    return match[0] if match.string.endswith(_BREAKS, 0, match.start()) else ""
