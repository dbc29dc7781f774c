"""Finds notes that would be published: only an exact HTML comment hides its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.linted_text import LintedText
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_spans import Span, SpanKind
from hromada.domain.problem import Problem, shorten
from hromada.domain.text_lookup import RareSubstrings

_DASH = "[-‐‑‒–—―−]"
_LESS = "(?:<|&lt;|‹|＜|«)"
# What looks like «<!--» to people: with spaces, another dash, one dash, without «!» or with another one, without «<».
_OPENING = lazy_compile(
    rf"{_LESS}[ \t\xa0]{{0,3}}(?:{_DASH}{{1,3}})?[!ǃ！¡][ \t\xa0]{{0,3}}{_DASH}+|<!(?!doctype\b)(?=[^\W\d_])|<![ \t](?=[^\W\d_][^<>\n]{{0,300}}>)|<(?:-{{2,}}|[‒–—―])(?!>)|(?:(?<=\s)|^)!-{{2,}}(?=\s)",
    re.IGNORECASE | re.MULTILINE,
)
# What looks like «-->», or would end a comment for one program and not for another.
_CLOSING = lazy_compile(
    rf"(?:{_DASH}[ \t\xa0]+>|(?:[‐‑‒–—―−]|(?<![-‐‑‒–—―−])-)>|{_DASH}{{1,3}}(?:&gt;|›|＞))[ \t\xa0]*$|--!>", re.MULTILINE
)  # at the end of a line only: an arrow inside of a note doesn't count
_DEFINED = lazy_compile(r"[ ]{0,3}\[[^\[\]]+\]:[ \t]*[^\s]+(?:\s+(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\)))?")
_END = lazy_compile(rf"{_DASH}{{2}}>")
_ARROWS = ("<-", "<‒", "<–", "<—", "<―")  # an arrow, unless a closing follows
_SIGNS = RareSubstrings(("<", "&lt;", "‹", "＜", "«!", "!--", "!—", "{#", "%%", "/*", "]:"))
# Comment syntax of other programs.
_FOREIGN = lazy_compile(
    r"\{#(?=[ \t\n])[^#\n]{1,300}#\}|(?<![^\s])%%(?=[^\s%])[^%\n]{1,300}%%|(?<![^\s])%% [^%\n]{1,300}%%|(?<![^\s])/\*[^*\n]{1,300}\*/"
    r"|^[ ]{0,3}\[(?://|comment|коментар)\]:[^\n]{1,300}|</?(?:comment|коментар|примітка|note)[ \t]{0,3}>",
    re.IGNORECASE | re.MULTILINE,
)
# Elements hidden by an attribute: the sanitizer removes the attribute and leaves the text.
_UNSEEN = lazy_compile(
    r"<[a-z][^<>]{0,500}?(?:\shidden(?=[\s=>/])|style\s{0,3}=[^<>]{0,500}?(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all))",
    re.IGNORECASE,
)
_FIX = "напишіть рівно «<!-- примітка -->» або приберіть її"


def notes_stay_hidden(text: LintedText) -> Iterator[Problem]:
    """A comment that does not end, ends early or does not begin as HTML has it is published, or hides what follows."""
    source = text.text
    if not _SIGNS.are_in(source):
        return
    yield from _in_header(text)
    for span in text.spans:
        if span.kind is SpanKind.INDENTED and (at := text.text.find("<!--", span.start, span.end)) >= 0:
            yield text.refuse(
                at,
                "notes-visible",
                "примітка з відступом: сторінка покаже її як код",
                "почніть її з початку рядка або приберіть",
            )
        elif span.kind is SpanKind.COMMENT:
            yield from _in_comment(text, span.start, span.end)
    if unseen := _UNSEEN.search(text.markup, text.start):
        yield text.refuse(
            unseen.start(), "notes-visible", "текст, схований через «hidden» або «display:none», прочитають усі", "приберіть його"
        )  # fmt: skip
    if foreign := _first_foreign(text):
        quote = shorten(text.text[foreign.start() : foreign.end()].strip().split("\n")[0], 30)
        yield text.refuse(
            foreign.start(), "notes-visible", f"це не примітка, а текст: «{quote}», його прочитають усі", _FIX
        )
    has_end = True
    for match in _OPENING.finditer(text.markup, text.start):
        if match[0].startswith("<!--"):
            yield text.refuse(match.start(), "notes-visible", "примітку «<!--» не закрито: її прочитають усі", _FIX)
            return
        if match[0].startswith(_ARROWS) and not (has_end := has_end and _has_end(text.markup, match.end())):
            continue
        quote = shorten(text.text[match.start() : match.start() + 30].split("\n")[0], 20)
        message = f"примітка починається не з «<!--», а так: «{quote}», її прочитають усі"
        yield text.refuse(match.start(), "notes-visible", message, _FIX)
        return


def _first_foreign(text: LintedText) -> re.Match[str] | None:
    """The first comment in another program's syntax, except definitions, which pages don't show."""
    hidden = {
        span.start for span in text.spans if span.kind is SpanKind.DEFINITION and _is_shown_nowhere(text.text, span)
    }
    return next((match for match in _FOREIGN.finditer(text.markup, text.start) if match.start() not in hidden), None)


def _is_shown_nowhere(text: str, span: Span) -> bool:
    """Whether Markdown reads the span as a definition: «[//]: # (слова)», with a title in brackets or quotes."""
    return _DEFINED.fullmatch(text[span.start : span.end].rstrip()) is not None


def _in_comment(text: LintedText, start: int, end: int) -> Iterator[Problem]:
    """A comment that contains another one's beginning, or what looks like an end: it hides more than intended."""
    comment = text.text[start + 4 : end - 3]
    if comment.lstrip().startswith("[if") or comment.startswith("<![endif]"):  # Word's, for another rule
        return
    if comment.startswith((">", "->")):
        yield text.refuse(
            start, "notes-visible", "примітка закривається одразу після «<!--»: решту прочитають усі", _FIX
        )
    elif "<!--" in comment:
        yield text.refuse(
            start, "notes-visible", "примітку «<!--» не закрито перед наступною: текст між ними зникне", _FIX
        )
    elif match := _CLOSING.search(comment):
        yield text.refuse(
            start + 4 + match.start(), "notes-visible", f"примітку закрито не «-->», а «{match[0]}»: далі текст зникне або її прочитають усі", _FIX
        )  # fmt: skip


def _in_header(text: LintedText) -> Iterator[Problem]:
    """A header is not HTML, so a comment in it is shown."""
    for match in _OPENING.finditer(text.text, 0, text.start):
        begin = text.text.rfind("\n", 0, match.start()) + 1
        if match[0].startswith(("<!", "&lt;!", "<-")) and not text.text.startswith("#", begin):
            yield text.refuse(
                match.start(), "notes-visible", "примітка в полі заголовка: її прочитають усі", "приберіть її або перенесіть до тексту"
            )  # fmt: skip
            return


def _has_end(text: str, start: int) -> bool:
    return _END.search(text, start) is not None or _CLOSING.search(text, start) is not None
