"""A report's Markdown to blocks for its documents: from Markdown's own tree, not from the page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import groupby
from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from hromada.domain.markdown_normalizing import normalize_markdown
from hromada.render.embeds import with_links
from hromada.render.markdown import MARK, converted, whole_language
from hromada.render.number_links import LINKLESS
from hromada.report.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    TextTable,
)
from hromada.report.text.placeholders import RenderedNumber

_BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "pre", "dl", "dt", "dd", "div", "hr",
    "li", "section",
}  # fmt: skip
_BOLD, _ITALIC, _STRUCK = {"strong", "b", "th"}, {"em", "i", "cite"}, {"del", "s"}
_LINE_END = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")  # from the first blank on: a run of them is gone through once
_ESCAPED = re.compile("\x02(\\d+)\x03")


def text_blocks(
    text: str, said: Mapping[str, RenderedNumber], link: Callable[[str], str], page: str
) -> tuple[Block, ...]:
    """The blocks of `text`; `said` are the numbers behind its marks, `link` makes a link absolute (empty: no link).

    `page` is the report's absolute address: each number links to its list there. HTML of the author's is read as
    its words alone: nothing of the text is lost.
    """
    root = _Tree.of(text)
    reader = _Reader(root.stash, said, link, page)
    return tuple(reader.blocks(root.element))


class _Tree(Treeprocessor):
    """Keeps the tree when every other processor has done its work."""

    element: Element
    stash: list[str]

    def run(self, root: Element) -> None:
        self.element = root

    @classmethod
    def of(cls, text: str) -> _Tree:
        md = whole_language()
        tree = cls(md)
        tree.element = Element("div")  # Markdown makes no tree of an empty text
        md.treeprocessors.register(tree, "hromada-blocks", -100)
        converted(md, normalize_markdown(text))
        tree.stash = [
            with_links(rawHtmlBlock) if isinstance(rawHtmlBlock, str) else "".join(rawHtmlBlock.itertext())
            for rawHtmlBlock in md.htmlStash.rawHtmlBlocks
        ]
        return tree


class _Words(HTMLParser):
    """The words of a piece of HTML; `plain` says what stands for the marks where the page shows no link."""

    def __init__(self, plain: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._plain, self._inside = plain, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag in LINKLESS

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in LINKLESS

    def handle_data(self, data: str) -> None:
        self.words.append(self._plain(data) if self._inside > 0 else data)


class _Reader:
    """One tree on its way to blocks."""

    def __init__(
        self, stash: list[str], said: Mapping[str, RenderedNumber], link: Callable[[str], str], page: str
    ) -> None:
        self._stash, self._said, self._link, self._page = stash, said, link, page

    def blocks(self, element: Element) -> Iterator[Block]:
        """The blocks inside an element; loose text between them becomes paragraphs."""
        loose: list[Run] = list(self._text(element.text, _PLAIN))
        for child in element:
            if child.tag in _BLOCKS:
                yield from _paragraph(loose)
                loose = []
                yield from self._block(child)
            elif child.tag == "img":
                yield from _paragraph(loose)
                loose = []
                yield Picture(self._alt(child))
            else:
                loose += self._inline(child, _PLAIN)
            loose += self._text(child.tail, _PLAIN)
        yield from _paragraph(loose)

    def _block(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield Heading(max(2, int(tag[1])), self.runs(element))
        elif tag in ("ul", "ol"):
            items = tuple(tuple(self.blocks(item)) for item in element if item.tag == "li")
            start = element.get("start", "1")
            yield ListBlock(tag == "ol", items, int(start) if start.isdecimal() else 1)
        elif tag == "blockquote":
            yield Quote(tuple(self.blocks(element)))
        elif tag == "table":
            yield self._table(element)
        elif tag != "hr":
            yield from self.blocks(element)

    def _table(self, element: Element) -> TextTable:
        rows = [tuple(self.runs(cell) for cell in row) for row in element.iter("tr")]
        has_head = element.find("thead") is not None
        return TextTable(rows[0] if has_head and rows else (), tuple(rows[1:] if has_head else rows))

    def runs(self, element: Element) -> tuple[Run, ...]:
        """The runs of an element without blocks."""
        found = list(self._text(element.text, _PLAIN))
        for child in element:
            found += self._inline(child, _PLAIN)
            found += self._text(child.tail, _PLAIN)
        return _tidy(found)

    def _inline(self, element: Element, style: Run) -> Iterator[Run]:
        if element.tag == "br":
            yield _styled(style, "\n")
            return
        if element.tag == "img":
            yield _styled(style, self._alt(element))
            return
        if element.tag == "code":  # Markdown has escaped it already
            yield _styled(style, self._spoken(html.unescape(self._plain("".join(element.itertext())))))
            return
        note = element.get("class") if element.tag == "a" else None
        if note == "footnote-backref":  # paper has no way back
            return
        if note == "footnote-ref":
            yield _styled(style, f"[{self._plain(element.text or '')}]")
            return
        style = Run(
            "", style.bold or element.tag in _BOLD, style.italic or element.tag in _ITALIC,
            self._link(element.get("href", "")) if element.tag == "a" else style.link, style.struck or element.tag in _STRUCK,
        )  # fmt: skip
        yield from self._text(element.text, style)
        for child in element:
            yield from self._inline(child, style)
            yield from self._text(child.tail, style)

    def _text(self, text: str | None, style: Run) -> Iterator[Run]:
        plain = self._plain(text or "")
        end = 0
        for found in MARK.finditer(plain):
            yield _styled(style, plain[end : found.start()])
            yield self._number(found[0], style)
            end = found.end()
        yield _styled(style, plain[end:])

    def _number(self, mark: str, style: Run) -> Run:
        spoken = self._said.get(mark)
        if spoken is None:
            return _styled(style, "")
        if style.link or not spoken.figure:  # a link of the author's stays whole
            return _styled(style, spoken.text)
        return Run(spoken.text, True, style.italic, f"{self._page}{spoken.figure}/", style.struck)

    def _alt(self, element: Element) -> str:
        return self._spoken(self._plain(element.get("alt", "")))

    def _spoken(self, text: str) -> str:
        """The text with the words of its numbers, without their links."""
        return MARK.sub(lambda found: self._said[found[0]].text if found[0] in self._said else "", text)

    def _plain(self, text: str) -> str:
        """Markdown keeps pieces of HTML and escaped signs aside; here they come back as words."""
        text = HTML_PLACEHOLDER_RE.sub(lambda found: self._words(int(found[1])), text)
        text = text.replace(NBSP_PLACEHOLDER, "").replace("\x02amp\x03", "&")
        return _ESCAPED.sub(lambda found: chr(int(found[1])), text).replace("\x02", "").replace("\x03", "")

    def _words(self, number: int) -> str:
        parser = _Words(self._spoken)
        parser.feed(self._stash[number])
        parser.close()
        return "".join(parser.words)


_PLAIN = Run("")


def _styled(style: Run, text: str) -> Run:
    return Run(text, style.bold, style.italic, style.link, style.struck)


def _paragraph(runs: list[Run]) -> Iterator[Paragraph]:
    tidy = _tidy(runs)
    if any(run.text.strip() for run in tidy):
        yield Paragraph(tidy)


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one style joined, line ends of the source as spaces, nothing blank at either end."""
    pieces: list[Run] = []
    for run in runs:
        text = run.text if run.text == "\n" else _LINE_END.sub(" ", run.text)
        if pieces and pieces[-1].text.endswith("\n"):
            text = text.lstrip(" ")
        if text:
            pieces.append(_styled(run, text))
    joined = [
        _styled(style, "".join(run.text for run in same))
        for style, same in groupby(pieces, key=lambda run: _styled(run, ""))
    ]
    if joined:
        joined[0] = _styled(joined[0], joined[0].text.lstrip())
        joined[-1] = _styled(joined[-1], joined[-1].text.rstrip())
    return tuple(run for run in joined if run.text)
