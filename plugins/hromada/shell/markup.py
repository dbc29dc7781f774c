"""Markdown to clean HTML: a pure function of the text. What its links and pictures lead to is left open.

An inner reference stands in the HTML as a mark, the number of the reference between two private characters; what it
becomes depends on other files and is put in when a page is drawn (linking.py).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import nh3

from hromada.checks.links import is_outside
from hromada.domain.item import Item
from hromada.domain.problem import Problem
from hromada.listing.cards import summary_of
from hromada.shell.dialect import Dialect

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
}
# nh3 writes attributes in double quotes and escapes their values, so these patterns see every tag whole.
_IMG = re.compile(r"<img\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'\sid="([^"]+)"')
# A mark is a whole value: the same characters in an editor's own words are no mark.
REFERRING = re.compile('<(?:a|img)\\b[^>]*?(?P<attribute>\\s(?:href|src)="\ue002(?P<number>\\d+)\ue003")[^>]*>')
# What the sanitiser would drop: it is said, since nothing of an editor's text may vanish without a word.
_UNSAFE = re.compile(
    r"<(?P<tag>script|style|iframe|object|embed|form|input|button|link|meta|base|svg|math|video|audio)\b"
    r"|<[^>]*\s(?P<handler>on[a-z]+)\s*="
    r"|<[^>]*\s(?:href|src)\s*=\s*[\"']?\s*(?P<scheme>javascript|vbscript|data):",
    re.IGNORECASE,
)


class Reference(NamedTuple):
    """An inner link (`a`) or a picture (`img`) as the text has it, with its line in the file."""

    tag: str
    value: str
    line: int
    alt: str = ""


class Outline(NamedTuple):
    """What must be known of a text when it is not drawn."""

    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    summary: str = ""


class Text(NamedTuple):
    """A text's HTML with its marks, and its outline."""

    html: str
    outline: Outline


def mark_of(number: int) -> str:
    """What stands for a reference in the HTML."""
    return f"\ue002{number}\ue003"


@dataclass(slots=True)
class Markup:
    """Turns texts into HTML."""

    _dialect: Dialect = field(default_factory=Dialect)

    def text(self, item: Item, body: str, written: str = "") -> Text:
        """An item's text; `written`, or else `body`, is what stands in the file from the item's body line on."""
        converted = self._dialect.html(body)
        written = written or body
        problems = list(_unsafe(item, written, converted))
        references: list[Reference] = []

        def rewrite(tag: str, name: str, value: str) -> str | None:
            if name not in ("href", "src") or (tag == "a" and is_outside(value)):
                return value
            references.append(Reference(tag, value, _line_of(item, written, value)))
            return mark_of(len(references) - 1)

        clean = nh3.clean(
            converted, tags=set(_TAGS), attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            attribute_filter=rewrite, link_rel=None, url_schemes={"http", "https", "mailto", "tel"},
        )  # fmt: skip
        if "<img" in clean:
            clean = _IMG.sub(lambda found: _picture(item, found[0], found[1], references, problems), clean)
        if "<h1" in clean:  # the page's own title is the one first-level heading
            clean = _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + 1)}", clean)
        anchors = tuple(dict.fromkeys(html.unescape(one) for one in _ID.findall(clean)))
        return Text(clean, Outline(tuple(references), anchors, tuple(problems), summary_of(clean)))


def _picture(item: Item, tag: str, attributes: str, references: list[Reference], problems: list[Problem]) -> str:
    """The picture's tag while it may lead into the content; one of another site is refused and goes."""
    found = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    number = found.get("src", "")[1:-1]
    if not number:
        return ""
    reference = references[int(number)]._replace(alt=found.get("alt", ""))
    references[int(number)] = reference
    if not is_outside(reference.value):
        return tag
    message = f"світлина з чужого сайту: «{reference.value}»"
    problems.append(
        Problem(item.path, reference.line, "picture-outside", message, "збережіть її у content/images")
    )  # fmt: skip
    return ""


def letters_in(converted: str) -> int:
    """How many letters and digits a reader finds in clean HTML."""
    return sum(one.isalnum() for one in html.unescape(_TAG.sub("", converted)))


def _line_of(item: Item, body: str, text: str) -> int:
    """The line of the file on which the reference stands; the body's first line when Markdown has changed it."""
    start = body.find(text)
    return item.body_line + (body.count("\n", 0, start) if start >= 0 else 0)


def _unsafe(item: Item, body: str, converted: str) -> Iterator[Problem]:
    """Every piece of HTML that could run or load something from elsewhere."""
    for found in _UNSAFE.finditer(converted):
        word = f"<{found['tag']}" if found["tag"] else found["handler"] or f"{found['scheme']}:"
        fix = "приберіть; для відео чи форми вставте звичайне посилання"
        line = _line_of(item, body, word)
        yield Problem(item.path, line, "unsafe-html", f"у тексті є небезпечний код «{word}»", fix)
