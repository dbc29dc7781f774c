"""HTML in a text: every tag is closed, so that it spoils nothing after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.linted_text import LintedText
from hromada.domain.markdown_spans import SpanKind
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
