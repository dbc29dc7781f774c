"""Rules for markup in texts: HTML tags are closed, links and notes complete, headings in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hromada.checks.linted_text import NO_MARKUP, LintedText
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_spans import SpanKind
from hromada.domain.problem import Problem, shorten

_TAG = lazy_compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
# End tags are optional in HTML, or there are none.
_LOOSE = frozenset(
    ["area", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "p", "source", "tbody", "td", "tfoot", "th",
     "thead", "tr", "track", "wbr"]
)  # fmt: skip
_KNOWN = frozenset(
    ["a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "body", "canvas", "caption", "center", "cite", "code",
     "colgroup", "data", "datalist", "del", "details", "dfn", "dialog", "dir", "div", "dl", "em", "fieldset", "figcaption", "figure", "font",
     "footer", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "html", "i", "ins", "kbd", "label",
     "legend", "main", "map", "mark", "marquee", "menu", "meter", "nav", "nobr", "noscript", "ol", "optgroup", "option", "output", "picture",
     "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "search", "section", "select", "slot", "small", "span", "strike", "strong", "sub",
     "summary", "sup", "table", "template", "textarea", "time", "title", "tt", "u", "ul", "var", "xml", "o", "w", "v", "st1", "m"]
)  # fmt: skip
# Refused by the sanitizer with their own messages.
_REFUSED = frozenset(["script", "style", "iframe", "object", "form", "button", "svg", "math", "video", "audio", "base"])


_NO_TAGS = NO_MARKUP - {SpanKind.INDENTED} | {SpanKind.TARGET, SpanKind.DEFINITION}


def tags_are_closed(text: LintedText) -> Iterator[Problem]:
    """An unclosed <div> contains the rest of the text; a stray </div> is an error, too."""
    if "<" not in text.text:
        return
    open_: list[re.Match[str]] = []
    for match in _TAG.finditer(text.body_without(_NO_TAGS), text.start):
        name = match["name"].casefold()
        if name in _LOOSE or name in _REFUSED or _is_address(match) or _marks_a_place(match):
            continue
        if not open_ and text.markup[match.start()] == " ":  # indented code; inside of a tag it is none
            continue
        if not match["close"]:
            open_.append(match)
        elif open_ and open_[-1]["name"].casefold() == name:
            open_.pop()
        else:
            yield _unpaired(text, open_[-1] if open_ else match)
            return
    if open_:
        yield _unpaired(text, open_[0])


def _is_address(match: re.Match[str]) -> bool:
    """Markdown's <https://…> and <name@host>."""
    return match["rest"].startswith((":", "@", ".", "-", "_"))


def _marks_a_place(match: re.Match[str]) -> bool:
    """«<a name="x"/>» of old pages: HTML reads an opening tag, which is invisible without `href`."""
    is_bare = match["name"].casefold() in ("a", "span") and "href" not in match["rest"].casefold()
    return is_bare and (match["rest"] == "/" or match["rest"].endswith((" /", '"/', "'/")))


def _unpaired(text: LintedText, match: re.Match[str]) -> Problem:
    name = match["name"].casefold()
    if name not in _KNOWN:
        quote = shorten(match[0], 40)
        return text.refuse(
            match.start(), "tag-unpaired", f"«{quote}» – не тег HTML, а на сторінку не потрапить",
            "приберіть кутові дужки або поставте перед «<» знак «\\»; світлину вставте так: ![опис](<назва файлу>)",
        )  # fmt: skip
    if match["close"]:
        return text.refuse(
            match.start(), "tag-unpaired", f"зайвий тег </{name}>", "приберіть його або відкрийте раніше"
        )
    return text.refuse(
        match.start(),
        "tag-unpaired",
        f"тег <{name}> не закрито",
        f"поставте </{name}> після тексту, якого він стосується",
    )


# «!» separated from a picture by a space, which makes a link of it. After a word «!» ends a sentence.
_PARTED_PICTURE = lazy_compile(
    r"!(?:(?<=\s!)|(?<=[(>]!))[ \t\xa0]{1,3}\[[^\[\]\n]{0,200}\]\([ ]?<?[^()\n]{1,200}\.(?:jpe?g|png|webp|gif|avif|heic)\b",
    re.IGNORECASE,
)
_PARTED = ("! ", "!\t", "!\xa0")  # as a picture's sign, or the end of a sentence
_DEFINED = lazy_compile(r"[ ]{0,3}\[(?P<label>[^\[\]\n]+)\]:[ \t]*(?P<words>[^\n]*)")
# A definition begins a line; «питання[^1]:» within one is a reference.
_LABEL = lazy_compile(r"^[ >]*\[[^\[\]\n]+\]:|\[(?P<label>[^\[\]\n]+)\]", re.MULTILINE)
_NOTE = lazy_compile(r"^[ ]{0,3}\[(?P<label>\^[^\[\]\s]+)\]:", re.MULTILINE)
_HIDDEN = frozenset({"//", "comment", "#", "_", "<>"})  # an old way to write comments, without references


def pictures_have_their_sign(text: LintedText) -> Iterator[Problem]:
    """No space between «!» and «[»: «! [опис](foto.jpg)» is a link."""
    if "[" not in text.text or not any(marker in text.text for marker in _PARTED):
        return
    start = max(0, text.start - 1)
    if not _PARTED_PICTURE.search(text.text, start):
        return
    for match in _PARTED_PICTURE.finditer(text.body_without(NO_MARKUP), start):
        yield text.refuse(
            match.start(), "link-syntax", "світлини з цього не вийде: між «!» і «[» стоїть пробіл", "приберіть його"
        )


def what_is_defined_is_used(text: LintedText) -> Iterator[Problem]:
    """A definition «[слова]: адреса» without a use is invisible; a footnote without a reference has no way back."""
    if "]:" not in text.text:
        return
    markup = text.body_without(NO_MARKUP)
    definitions = [span for span in text.spans if span.kind is SpanKind.DEFINITION]
    notes = list(_NOTE.finditer(markup, text.start))
    if not definitions and not notes:
        return
    used = {_key(match["label"]) for match in _LABEL.finditer(markup, text.start) if match["label"]}
    for span in definitions:
        match = _DEFINED.match(text.text, span.start)
        if match and _key(match["label"]) not in used and _key(match["label"]) not in _HIDDEN:
            yield text.refuse(
                span.start, "link-syntax", f"цей рядок зникне: «{shorten(match[0].strip(), 40)}», на нього ніщо не посилається",
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


# Python-Markdown needs no space after «#», and accepts an underlined heading only at the beginning of a block.
_HASHED = lazy_compile(r"#(?<![^\n]#)(?P<more>#{0,5})(?P<space>[ \t]*)(?P<words>[^\n#].*)")
_NO_WORDS = " \t*_~"  # «#### **»: a heading without text is reported by render/html
_UNDERLINE = lazy_compile(r"\n(?P<under>=+|-+)[ ]*(?=\n|\Z)")


class _Heading(NamedTuple):
    """A heading; a hashtag at the beginning of a line becomes one, too."""

    start: int
    level: int
    text: str
    is_hashtag: bool = False


def headings_go_down_one_by_one(text: LintedText) -> Iterator[Problem]:
    """«##» under the title, «###» under «##»."""
    previous = 1
    for heading in _headings(text):
        level = heading.level
        if heading.is_hashtag:
            yield text.warn(
                heading.start,
                "heading-first-level",
                f"рядок, що починається з «#», стане заголовком: «#{heading.text}»",
                "якщо це хештег, почніть рядок зі слова або з «\\#»",
            )
            continue
        if level == 1:
            yield text.warn(
                heading.start,
                "heading-first-level",
                f"заголовок першого рівня «{heading.text}»: на сторінці ним є назва",
                "почніть його з «## »",
            )
            level = 2
        elif level > previous + 1:
            yield text.warn(
                heading.start,
                "heading-skipped",
                f"заголовок «{heading.text}» пропускає рівень",
                f"почніть його з «{'#' * (previous + 1)} »",
            )
        previous = level


def _headings(text: LintedText) -> list[_Heading]:
    matches = _HASHED.finditer(text.markup, text.start) if "#" in text.markup else ()
    hashed = [_hashed(match) for match in matches if match["words"].strip(_NO_WORDS)]
    lines = list(_UNDERLINE.finditer(text.markup, text.start))
    return sorted([*hashed, *_underlined(text, lines, hashed)]) if lines else hashed


def _hashed(match: re.Match[str]) -> _Heading:
    level = 1 + len(match["more"])
    return _Heading(match.start(), level, match["words"].strip()[:_SHOWN], level == 1 and not match["space"])


def _underlined(text: LintedText, lines: list[re.Match[str]], hashed: list[_Heading]) -> Iterator[_Heading]:
    """Underlined headings: a line inside of a paragraph is none, unless it follows another heading."""
    hashes = {heading.start for heading in hashed}
    ended = text.start
    for match in lines:
        start = text.markup.rfind("\n", 0, match.start()) + 1
        text_of_line = text.markup[start : match.start()]
        before = text.markup.rfind("\n", 0, max(0, start - 1)) + 1
        is_first = start <= ended + 1 or not text.markup[before:start].strip() or before in hashes
        if start >= text.start and text_of_line[:1].strip() and start not in hashes and is_first:
            ended = match.end()
            yield _Heading(start, 1 if match["under"][0] == "=" else 2, text_of_line.strip()[:_SHOWN])


_SHOWN = 40  # letters of a heading that a message quotes
