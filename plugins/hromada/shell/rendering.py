"""Markdown to clean HTML: links resolved, pictures responsive, nothing that can run."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

import markdown
import nh3

from hromada.checks.links import LinkBroken, Resolved, Target, Targets
from hromada.domain.item import Item, PictureRef
from hromada.domain.problem import Level, Problem, warning
from hromada.domain.transliteration import slug
from hromada.images.planning import Plan, is_picture
from hromada.listing.cards import Picture
from hromada.shell.pictures import PictureRefused, Pictures

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
_ID = re.compile(r'\sid="([^"]+)"')
_PIECE = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)[^<>]*>|(?P<mark>\ue000\d+\ue001)")
MARK = re.compile("\ue000\\d+\ue001")
LINKLESS = frozenset(["a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"])  # a number inside is plain words
_MARKER = "hromada-picture:"
# What the sanitiser would drop: it is said, since nothing of an editor's text may vanish without a word.
_UNSAFE = re.compile(
    r"<(?P<tag>script|style|iframe|object|embed|form|input|button|link|meta|base|svg|math|video|audio)\b"
    r"|<[^>]*\s(?P<handler>on[a-z]+)\s*="
    r"|<[^>]*\s(?:href|src)\s*=\s*[\"']?\s*(?P<scheme>javascript|vbscript|data):",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands for a mark: its words, and the HTML of them for the places where a link may be."""

    text: str
    html: str


@dataclass(slots=True)
class Rendered:
    """The HTML of one text with what it refers to."""

    html: str = ""
    problems: list[Problem] = field(default_factory=list)
    anchors: frozenset[str] = frozenset()
    attachments: list[str] = field(default_factory=list)
    fragments: list[tuple[str, str, int]] = field(default_factory=list)  # address, anchor, line
    frozen: bool = False  # an approved text: what its links led to may be gone, and it can't be mended


@dataclass(slots=True)
class Renderer:
    """Turns texts into HTML; one Markdown object for all of them (making one costs as much as a short text)."""

    targets: Targets
    pictures: Pictures
    url: Callable[[str], str]
    _markdown: markdown.Markdown = field(default_factory=lambda: make_markdown())

    def render(
        self, item: Item, text: str, said: Mapping[str, Said] | None = None, *, frozen: bool = False
    ) -> Rendered:
        """The text of an item; `said` is what stands for the marks of figures in a report."""
        result = Rendered(frozen=frozen)
        converted = self._markdown.reset().convert(text)
        result.problems += _unsafe(item, converted)
        used: list[tuple[str, Resolved]] = []

        def rewrite(tag: str, name: str, value: str) -> str | None:
            return self._attribute(item, tag, name, value, result, used)

        clean = nh3.clean(
            converted, tags=set(_TAGS), attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            attribute_filter=rewrite, link_rel=None, url_schemes={"http", "https", "mailto", "tel"},
        )  # fmt: skip
        clean = _IMG.sub(lambda found: self._img(item, found[1], result), clean)
        if "<h1" in clean:  # the page's own title is the one first-level heading
            clean = _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + 1)}", clean)
        if said:
            clean = _spoken(clean, said)
        result.html = clean
        result.anchors = frozenset(html.unescape(one) for one in _ID.findall(clean))
        if frozen:
            result.problems = [replace(one, level=Level.WARNING) for one in result.problems]
        return result

    def link(self, item: Item, value: str) -> str:
        """Where a link of the item's text leads: a site's path or an address elsewhere, empty when nowhere."""
        try:
            resolved = self.targets.resolve(value, item.path)
        except LinkBroken:
            return ""
        return self._href(item, value, resolved, Rendered())

    def picture(self, path: str, alt: str) -> Picture:
        """A picture of the content as templates show it."""
        return self._shown(self.pictures.plan(path), alt)

    def header_picture(self, item: Item, ref: PictureRef, result: Rendered) -> Picture | None:
        """A picture that the header names; what is wrong with it goes to `result`."""
        try:
            resolved = self.targets.resolve(ref.target, item.path)
            if resolved.target is not Target.FILE or not is_picture(resolved.where):
                raise LinkBroken(f"«{ref.target}» — не світлина сайту", "вкажіть файл світлини")
            return self.picture(resolved.where, ref.alt)
        except LinkBroken as broken:
            result.problems.append(Problem(item.path, ref.line, "picture-missing", str(broken), broken.fix))
        except PictureRefused as refused:
            result.problems.append(
                Problem(item.path, ref.line, "picture-unreadable", f"{ref.target}: {refused}", "замініть файл")
            )
        return None

    def _shown(self, plan: Plan, alt: str) -> Picture:
        copies = [f"{self.url('/' + copy.name)} {copy.width}w" for copy in plan.copies]
        largest = plan.largest
        return Picture(self.url(f"/{largest.name}"), ", ".join(copies), largest.width, largest.height, alt)

    def _attribute(
        self, item: Item, tag: str, name: str, value: str, result: Rendered, used: list[tuple[str, Resolved]]
    ) -> str | None:
        if name not in ("href", "src"):
            return value
        try:
            resolved = self.targets.resolve(value, item.path)
        except LinkBroken as broken:
            code = "picture-missing" if tag == "img" else "link-broken"
            result.problems.append(Problem(item.path, _line_of(item, value), code, str(broken), broken.fix))
            return None if result.frozen else value
        used.append((value, resolved))
        return (
            self._source(item, value, resolved, result) if tag == "img" else self._href(item, value, resolved, result)
        )

    def _href(self, item: Item, value: str, resolved: Resolved, result: Rendered) -> str:
        anchor = f"#{quote(resolved.anchor)}" if resolved.anchor else ""
        match resolved.target:
            case Target.EXTERNAL:
                return resolved.where
            case Target.ANCHOR | Target.ADDRESS:
                if resolved.anchor:
                    address = resolved.where or item.address
                    result.fragments.append((address, resolved.anchor, _line_of(item, value)))
                return (self.url(resolved.where) if resolved.where else "") + anchor
            case _:
                return self._file(item, value, resolved.where, result)

    def _file(self, item: Item, value: str, path: str, result: Rendered) -> str:
        """A linked document; a linked photo is linked as its largest clean copy, never as the original."""
        if not is_picture(path):
            result.attachments.append(path)
            return self.url(published_path(path))
        try:
            return self.url(f"/{self.pictures.plan(path).largest.name}")
        except PictureRefused as refused:
            result.problems.append(
                Problem(item.path, _line_of(item, value), "picture-unreadable", f"{path}: {refused}", "замініть файл")
            )
            return value

    def _source(self, item: Item, value: str, resolved: Resolved, result: Rendered) -> str:
        line = _line_of(item, value)
        if resolved.target is Target.FILE and is_picture(resolved.where):
            return _MARKER + resolved.where
        outside = resolved.target is Target.EXTERNAL
        message = f"світлина з чужого сайту: «{value}»" if outside else f"«{value}» — не світлина"
        fix = "збережіть її у content/images" if outside else "вкажіть файл світлини"
        result.problems.append(Problem(item.path, line, "picture-outside", message, fix))
        return ""

    def _img(self, item: Item, attributes: str, result: Rendered) -> str:
        found = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        source = found.get("src", "")
        if not source.startswith(_MARKER):
            return ""
        path, alt = source.removeprefix(_MARKER), found.get("alt", "")
        try:
            shown = self.picture(path, alt)
        except PictureRefused as refused:
            name = path.rpartition("/")[2]
            result.problems.append(
                Problem(item.path, _line_of(item, name), "picture-unreadable", f"{path}: {refused}", "замініть файл")
            )
            return ""
        if not alt:
            line = _line_of(item, path.rpartition("/")[2])
            result.problems.append(
                warning(item.path, line, "alt-missing", "світлина без опису", "опишіть, що на ній: ![опис](файл)")
            )
        return (
            f'<img src="{shown.src}" srcset="{shown.srcset}" sizes="(min-width: 46rem) 42rem, 92vw"'
            f' width="{shown.width}" height="{shown.height}" alt="{html.escape(alt)}" loading="lazy" decoding="async">'
        )


def _spoken(clean: str, said: Mapping[str, Said]) -> str:
    """The HTML with its marks replaced: by a link in running text, by plain words wherever a link would break it."""
    inside = 0  # how many elements that take no link are open

    def replaced(found: re.Match[str]) -> str:
        nonlocal inside
        if mark := found["mark"]:
            return _plainly(mark, said) if inside or mark not in said else said[mark].html
        if found["tag"] in LINKLESS:
            inside += -1 if found["end"] else 1
        return MARK.sub(lambda one: _plainly(one[0], said), found[0])

    return _PIECE.sub(replaced, clean)


def _plainly(mark: str, said: Mapping[str, Said]) -> str:
    return html.escape(said[mark].text) if mark in said else mark


def published_path(path: str) -> str:
    """Where an attached document is published: its place in the content, as a site address."""
    return quote("/" + path.removeprefix("content/"))


def _line_of(item: Item, text: str) -> int:
    """The line of the file on which the reference stands; the body's first line when Markdown has changed it."""
    for number, line in enumerate(item.body.split("\n")):
        if text in line:
            return item.body_line + number
    return item.body_line


def _unsafe(item: Item, converted: str) -> Iterator[Problem]:
    """Every piece of HTML that could run or load something from elsewhere."""
    for found in _UNSAFE.finditer(converted):
        word = f"<{found['tag']}" if found["tag"] else found["handler"] or f"{found['scheme']}:"
        fix = "приберіть; для відео чи форми вставте звичайне посилання"
        yield Problem(item.path, _line_of(item, word), "unsafe-html", f"у тексті є небезпечний код «{word}»", fix)


def _anchor(heading: str, _separator: str) -> str:
    """A heading's id: of its own words alone, since numbers change."""
    return slug(MARK.sub(" ", heading)) or "rozdil"


def make_markdown() -> markdown.Markdown:
    """Markdown as the site reads it."""
    return markdown.Markdown(
        extensions=["tables", "footnotes", "def_list", "abbr", "sane_lists", "fenced_code", "toc", "attr_list"],
        extension_configs={
            "toc": {"slugify": _anchor},
            "footnotes": {"BACKLINK_TITLE": "Назад до тексту, примітка {}"},
        },
        output_format="html",
    )
