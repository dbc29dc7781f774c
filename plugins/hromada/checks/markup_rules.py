"""HTML in a text: every tag is closed, so that it spoils nothing after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hromada.checks.linted_text import LintedText
from hromada.domain.markdown_spans import CODE_BLOCKS, SpanKind
from hromada.domain.problem import Problem, shorten

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
# Their ends may be left out (HTML, «optional tags»), or they have none.
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
# They are refused as a whole, with their own words.
_REFUSED = frozenset(["script", "style", "iframe", "object", "form", "button", "svg", "math", "video", "audio", "base"])


_NO_TAGS = frozenset(
    {
        SpanKind.FENCED,
        SpanKind.CODE,
        SpanKind.RAW,
        SpanKind.ESCAPE,
        SpanKind.COMMENT,
        SpanKind.TARGET,
        SpanKind.DEFINITION,
    }
)


def tags_are_closed(text: LintedText) -> Iterator[Problem]:
    """An unclosed <div> takes the rest of the text into itself; a stray </div> is somebody's mistake."""
    if "<" not in text.text:
        return
    open_: list[re.Match[str]] = []
    for found in _TAG.finditer(text.body_without(_NO_TAGS), text.start):
        name = found["name"].casefold()
        if name in _LOOSE or name in _REFUSED or _is_address(found) or _marks_a_place(found):
            continue
        if not open_ and text.markup[found.start()] == " ":  # indented code; inside of a tag it is none
            continue
        if not found["close"]:
            open_.append(found)
        elif open_ and open_[-1]["name"].casefold() == name:
            open_.pop()
        else:
            yield _unpaired(text, open_[-1] if open_ else found)
            return
    if open_:
        yield _unpaired(text, open_[0])


def _is_address(found: re.Match[str]) -> bool:
    """Markdown's <https://…> and <name@host>."""
    return found["rest"].startswith((":", "@", ".", "-", "_"))


def _marks_a_place(found: re.Match[str]) -> bool:
    """«<a name="x"/>» of old pages: HTML takes it for an opening tag, which without an address shows in nothing."""
    is_bare = found["name"].casefold() in ("a", "span") and "href" not in found["rest"].casefold()
    return is_bare and (found["rest"] == "/" or found["rest"].endswith((" /", '"/', "'/")))


def _unpaired(text: LintedText, found: re.Match[str]) -> Problem:
    name = found["name"].casefold()
    if name not in _KNOWN:
        shown = shorten(found[0], 40)
        return text.refuse(
            found.start(), "tag-unpaired", f"«{shown}» – не тег HTML, а на сторінку не потрапить",
            "приберіть кутові дужки або поставте перед «<» знак «\\»; світлину вставте так: ![опис](<назва файлу>)",
        )  # fmt: skip
    if found["close"]:
        return text.refuse(
            found.start(), "tag-unpaired", f"зайвий тег </{name}>", "приберіть його або відкрийте раніше"
        )
    return text.refuse(
        found.start(),
        "tag-unpaired",
        f"тег <{name}> не закрито",
        f"поставте </{name}> після тексту, якого він стосується",
    )


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


# Python-Markdown wants no space after «#», and an underlined heading only where a block begins.
_HASHED = re.compile(r"#(?<![^\n]#)(?P<more>#{0,5})(?P<space>[ \t]*)(?P<words>[^\n#].*)")
_NO_WORDS = " \t*_~"  # «#### **»: that it has no words is said by itself (render/html)
_UNDERLINE = re.compile(r"\n(?P<under>=+|-+)[ ]*(?=\n|\Z)")


class _Heading(NamedTuple):
    """A heading as it is written; a hashtag at the beginning of a line becomes one, too."""

    start: int
    level: int
    words: str
    is_hashtag: bool = False


def headings_go_down_one_by_one(text: LintedText) -> Iterator[Problem]:
    """«##» under the title, «###» under «##»."""
    before = 1
    for found in _headings(text):
        level = found.level
        if found.is_hashtag:
            yield text.warn(
                found.start,
                "heading-first-level",
                f"рядок, що починається з «#», стане заголовком: «#{found.words}»",
                "якщо це хештег, почніть рядок зі слова або з «\\#»",
            )
            continue
        if level == 1:
            yield text.warn(
                found.start,
                "heading-first-level",
                f"заголовок першого рівня «{found.words}»: на сторінці ним є назва",
                "почніть його з «## »",
            )
            level = 2
        elif level > before + 1:
            yield text.warn(
                found.start,
                "heading-skipped",
                f"заголовок «{found.words}» пропускає рівень",
                f"почніть його з «{'#' * (before + 1)} »",
            )
        before = level


def _headings(text: LintedText) -> list[_Heading]:
    found_hashes = _HASHED.finditer(text.markup, text.start) if "#" in text.markup else ()
    hashed = [_hashed(found) for found in found_hashes if found["words"].strip(_NO_WORDS)]
    lines = list(_UNDERLINE.finditer(text.markup, text.start))
    return sorted([*hashed, *_underlined(text, lines, hashed)]) if lines else hashed


def _hashed(found: re.Match[str]) -> _Heading:
    level = 1 + len(found["more"])
    return _Heading(found.start(), level, found["words"].strip()[:_SHOWN], level == 1 and not found["space"])


def _underlined(text: LintedText, lines: list[re.Match[str]], hashed: list[_Heading]) -> Iterator[_Heading]:
    """An underlined line inside a paragraph is no heading, unless it is below another heading."""
    hashes = {heading.start for heading in hashed}
    ended = text.start
    for found in lines:
        start = text.markup.rfind("\n", 0, found.start()) + 1
        words = text.markup[start : found.start()]
        before = text.markup.rfind("\n", 0, max(0, start - 1)) + 1
        is_first = start <= ended + 1 or not text.markup[before:start].strip() or before in hashes
        if start >= text.start and words[:1].strip() and start not in hashes and is_first:
            ended = found.end()
            yield _Heading(start, 1 if found["under"][0] == "=" else 2, words.strip()[:_SHOWN])


_SHOWN = 40  # letters of a heading that a message quotes
