"""Sanitises an editor's HTML, and lists everything that is dropped.

nh3 makes the HTML safe by the lists of this module. The parser beside it only lists what nh3 drops, since nothing of an
editor's text may vanish without a message. `name`, `style`, `data-…`, `target` and `srcset` are not allowed: the site's
scripts find their elements by `data-…`, so no text may have it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

from hromada.domain.lazy_regex import lazy_compile
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
# Tags that run code, load from elsewhere, ask the reader for input or change how the rest of the page is parsed.
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
_INVISIBLE = lazy_compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # «&#8;» becomes one; no XML may hold it
_RUNNING = ("javascript", "vbscript", "livescript", "mocha", "data", "blob", "filesystem", "view-source")
_ADDRESS = lazy_compile(r'\s(?:href|src)="([^"]*)"')
DEEPEST = 100  # tags inside each other
_MOST_WORK = 300_000  # sum of all tags' depths: a browser's parser repeats the open tags in each new block


class Dropped(NamedTuple):
    """A tag or attribute that is dropped, the text to find it in the file, and why."""

    name: str
    text: str
    level: str  # unsafe, picture, scheme, ignored


class TooDeep(ValueError):
    """Tags are nested too deeply, or too many of them are; the message is the tag's text."""


Rewrite = Callable[[str, str, str], str | None]


class Sanitizer:
    """nh3 with the site's rules, made once: that takes as long as cleaning a text (measured)."""

    def __init__(self) -> None:
        self._rewrite: Rewrite = _unchanged
        self._raised: list[Exception] = []
        self._cleaner = nh3.Cleaner(
            tags=set(_TAGS), attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            attribute_filter=self._filter, link_rel=None, url_schemes=set(SCHEMES),
        )  # fmt: skip

    def cleaned(self, converted: str, rewrite: Rewrite) -> str:
        """Safe HTML; `rewrite` may change or drop an attribute's value. Its exceptions are raised here: nh3 would only
        print them and drop the attribute."""
        self._rewrite = rewrite
        try:
            clean = self._cleaner.clean(converted)
            if self._raised:
                raise self._raised[0]
        finally:
            self._rewrite, self._raised = _unchanged, []
        return _INVISIBLE.sub("", clean)

    def _filter(self, tag: str, name: str, value: str) -> str | None:
        try:
            return self._rewrite(tag, name, value)
        except Exception as error:
            self._raised.append(error)
            return None


def _unchanged(_tag: str, _name: str, value: str) -> str:
    return value


def dropped(converted: str, has_html: bool) -> Iterator[Dropped]:
    """What nh3 will drop; `has_html`: the author may have written tags or attributes, not only Markdown."""
    if not has_html:
        for value in _ADDRESS.findall(converted):
            yield from _of_address(html.unescape(value), value)
        return
    finder = _DroppedFinder()
    try:
        finder.feed(converted)
        finder.close()
    except AssertionError:  # raised by html.parser for «<![…»
        finder.dropped.append(Dropped("<![", "<![", "unsafe"))
    yield from dict.fromkeys(finder.dropped)


def _of_address(value: str, text: str) -> Iterator[Dropped]:
    scheme = scheme_of(value)
    if scheme and scheme not in SCHEMES:
        name = f"{scheme}:"
        if scheme == "data" and value.strip()[5:11].casefold() == "image/":
            yield Dropped(name, text, "picture")
        else:
            yield Dropped(name, text, "unsafe" if scheme in _RUNNING else "scheme")


class _DroppedFinder(HTMLParser):
    """Parses the tags and collects what will be dropped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.dropped: list[Dropped] = []
        self._open: list[str] = []
        self._work = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or f"<{tag}"
        if tag not in _VOID:
            self._open.append(tag)
        self._work += len(self._open)
        if len(self._open) > DEEPEST or self._work > _MOST_WORK:
            raise TooDeep(text)
        if tag in _UNSAFE_TAGS:
            self.dropped.append(Dropped(f"<{tag}", text, "unsafe"))
        elif tag not in _TAGS:
            self.dropped.append(Dropped(f"<{tag}>", text, "ignored"))
        for name, value in attrs:
            self._attribute(tag, name, value or "", text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open and tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def _attribute(self, tag: str, name: str, value: str, text: str) -> None:
        if name.startswith("on") and name.isalpha():
            self.dropped.append(Dropped(name, text, "unsafe"))
            return
        if name in _LOADING and (dropped := list(_of_address(value, text))):
            self.dropped += dropped
        elif tag in _TAGS and name != "markdown" and name not in _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()):
            self.dropped.append(Dropped(f"{name}=", text, "ignored"))
