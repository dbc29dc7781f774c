"""What of an editor's HTML reaches a page, and a word about everything that does not.

nh3 alone makes the HTML safe: what it lets through is listed here. The walk beside it only says what nh3 drops, since
nothing of an editor's text may vanish without a word. Neither `name`, `style`, `data-…`, `target` nor `srcset` is let
through: the site's scripts find their elements by `data-…`, which no text can have.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

from hromada.domain.web_address import scheme_of

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
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
# What runs, loads from elsewhere, asks the reader for something or changes how the rest of the page is read.
_UNSAFE_TAGS = frozenset(
    [
        "applet",
        "audio",
        "base",
        "body",
        "button",
        "embed",
        "form",
        "frame",
        "frameset",
        "head",
        "html",
        "iframe",
        "input",
        "isindex",
        "link",
        "listing",
        "map",
        "math",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "option",
        "plaintext",
        "portal",
        "script",
        "select",
        "slot",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
        "xmp",
    ]
)
_LOADING = frozenset({"action", "background", "data", "dynsrc", "formaction", "href", "lowsrc", "ping", "poster", "src",
                      "srcdoc", "srcset", "xlink:href"})  # fmt: skip
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # «&#8;» becomes one; no XML may hold it
_RUNNING = ("javascript", "vbscript", "livescript", "mocha", "data", "blob", "filesystem", "view-source")
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
DEEPEST = 100  # tags inside each other
_MOST_WORK = 300_000  # the depths of all tags together: a browser's parser repeats open ones in each new block


class Dropped(NamedTuple):
    """Something that does not reach the page: its tag or attribute, the words to look for in the file, why."""

    name: str
    found: str
    level: str  # unsafe, picture, scheme, ignored


class TooDeep(ValueError):
    """Tags stand inside each other too deep, or too many of them in too deep ones; holds the tag's words."""


Rewrite = Callable[[str, str, str], str | None]


class Sanitizer:
    """nh3 with the site's rules, set up once: that takes as long as cleaning a text (measured)."""

    def __init__(self) -> None:
        self._rewrite: Rewrite = _as_it_is
        self._raised: list[Exception] = []
        self._cleaner = nh3.Cleaner(
            tags=set(_TAGS), attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            attribute_filter=self._careful, link_rel=None, url_schemes=set(SCHEMES),
        )  # fmt: skip

    def cleaned(self, converted: str, rewrite: Rewrite) -> str:
        """Safe HTML; `rewrite` may change an attribute's value or drop it. What it raises is raised here.

        nh3 itself would only print it, and drop the attribute.
        """
        self._rewrite = rewrite
        try:
            clean = self._cleaner.clean(converted)
            if self._raised:
                raise self._raised[0]
        finally:
            self._rewrite, self._raised = _as_it_is, []
        return _INVISIBLE.sub("", clean)

    def _careful(self, tag: str, name: str, value: str) -> str | None:
        try:
            return self._rewrite(tag, name, value)
        except Exception as error:
            self._raised.append(error)
            return None


def _as_it_is(_tag: str, _name: str, value: str) -> str:
    return value


def dropped(converted: str, has_html: bool) -> Iterator[Dropped]:
    """What nh3 will drop of the text; `has_html`: its author may have written tags or attributes of his own."""
    if not has_html:
        for value in _ADDRESS.findall(converted):
            yield from _of_address(html.unescape(value), value)
        return
    walk = _Walk()
    try:
        walk.feed(converted)
        walk.close()
    except AssertionError:  # html.parser's way to refuse «<![…»
        walk.found.append(Dropped("<![", "<![", "unsafe"))
    yield from dict.fromkeys(walk.found)


def _of_address(value: str, found: str) -> Iterator[Dropped]:
    scheme = scheme_of(value)
    if scheme and scheme not in SCHEMES:
        shown = f"{scheme}:"
        if scheme == "data" and value.strip()[5:11].casefold() == "image/":
            yield Dropped(shown, found, "picture")
        else:
            yield Dropped(shown, found, "unsafe" if scheme in _RUNNING else "scheme")


class _Walk(HTMLParser):
    """Goes through the tags and notes what will not reach the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Dropped] = []
        self._open: list[str] = []
        self._work = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = self.get_starttag_text() or f"<{tag}"
        if tag not in _VOID:
            self._open.append(tag)
        self._work += len(self._open)
        if len(self._open) > DEEPEST or self._work > _MOST_WORK:
            raise TooDeep(words)
        if tag in _UNSAFE_TAGS:
            self.found.append(Dropped(f"<{tag}", words, "unsafe"))
        elif tag not in _TAGS:
            self.found.append(Dropped(f"<{tag}>", words, "ignored"))
        for name, value in attrs:
            self._attribute(tag, name, value or "", words)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open and tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def _attribute(self, tag: str, name: str, value: str, words: str) -> None:
        if name.startswith("on") and name.isalpha():
            self.found.append(Dropped(name, words, "unsafe"))
            return
        if name in _LOADING and (found := list(_of_address(value, words))):
            self.found += found
        elif tag in _TAGS and name != "markdown" and name not in _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()):
            self.found.append(Dropped(f"{name}=", words, "ignored"))
