"""Links, pictures and notes of which a part is missing: what was plainly meant is not shown, or a line is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.linted_text import LintedText
from hromada.domain.markdown_spans import CODE_BLOCKS, SpanKind
from hromada.domain.problem import Problem, shorten

# The sign before a picture, parted from it: a link to the picture's file comes of it. After a word it ends a sentence.
_PARTED_PICTURE = re.compile(
    r"!(?:(?<=\s!)|(?<=[(>]!))[ \t\xa0]{1,3}\[[^\[\]\n]{0,200}\]\([ ]?<?[^()\n]{1,200}\.(?:jpe?g|png|webp|gif|avif|heic)\b",
    re.IGNORECASE,
)
_PARTED = ("! ", "!\t", "!\xa0")  # as a picture's sign, or the end of a sentence
_DEFINED = re.compile(r"[ ]{0,3}\[(?P<label>[^\[\]\n]+)\]:[ \t]*(?P<words>[^\n]*)")
_LABEL = re.compile(r"\[([^\[\]\n]+)\](?!:)")
_NOTE = re.compile(r"^[ ]{0,3}\[(?P<label>\^[^\[\]\s]+)\]:", re.MULTILINE)
_HIDDEN = frozenset({"//", "comment", "#", "_", "<>"})  # an old way to hide words: nobody is to refer to them
_NOT_WORDS = frozenset({*CODE_BLOCKS, SpanKind.CODE, SpanKind.RAW, SpanKind.ESCAPE, SpanKind.COMMENT})


def pictures_have_their_sign(text: LintedText) -> Iterator[Problem]:
    """«! [опис](foto.jpg)» is a link."""
    if "[" not in text.text or not any(sign in text.text for sign in _PARTED):
        return
    start = max(0, text.start - 1)
    if not _PARTED_PICTURE.search(text.text, start):
        return
    for found in _PARTED_PICTURE.finditer(text.body_without(_NOT_WORDS), start):
        yield text.refuse(
            found.start(), "link-syntax", "світлини з цього не вийде: між «!» і «[» стоїть пробіл", "приберіть його"
        )


def what_is_defined_is_used(text: LintedText) -> Iterator[Problem]:
    """A line «[слова]: адреса» is shown nowhere by itself; a note that no text has leads back to nothing."""
    if "]:" not in text.text:
        return
    markup = text.body_without(_NOT_WORDS)
    definitions = [span for span in text.spans if span.kind is SpanKind.DEFINITION]
    notes = list(_NOTE.finditer(markup, text.start))
    if not definitions and not notes:
        return
    used = {_key(found[1]) for found in _LABEL.finditer(markup, text.start)}
    for span in definitions:
        found = _DEFINED.match(text.text, span.start)
        if found and _key(found["label"]) not in used and _key(found["label"]) not in _HIDDEN:
            yield text.refuse(
                span.start, "link-syntax", f"цей рядок зникне: «{shorten(found[0].strip(), 40)}», на нього ніщо не посилається",
                "напишіть посилання так: [слова](адреса), або приберіть рядок",
            )  # fmt: skip
    for note in notes:
        if _key(note["label"]) not in used:
            yield text.refuse(
                note.start(), "link-syntax", f"на примітку [{note['label']}] текст не посилається",
                f"поставте [{note['label']}] після слова, якого вона стосується",
            )  # fmt: skip


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()
