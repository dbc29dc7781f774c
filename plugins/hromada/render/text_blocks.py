"""Converts a report's Markdown to the blocks of its documents, from Markdown's element tree."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import groupby
from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_normalizing import normalize_markdown
from hromada.render.embeds import with_links
from hromada.render.links import LINKLESS
from hromada.render.markdown import MARK, converted, whole_language
from hromada.report.text.placeholders import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    RenderedNumber,
    Run,
    TextTable,
)

_BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "pre", "dl", "dt", "dd", "div", "hr",
    "li", "section",
}  # fmt: skip
_BOLD, _ITALIC, _STRUCK = {"strong", "b", "th"}, {"em", "i", "cite"}, {"del", "s"}
_LINE_END = lazy_compile(r"(?<![ \t])[ \t]*\n[ \t]*")  # from the first blank on: a run of them is gone through once
_ESCAPED = lazy_compile("\x02(\\d+)\x03")


def text_blocks(
    text: str, numbers: Mapping[str, RenderedNumber], link: Callable[[str], str], page: str
) -> tuple[Block, ...]:
    """The blocks of `text`; `numbers` are those of its placeholders, `link` makes a link absolute (empty: no link).

    `page` is the report's absolute address: each number links to its list there. Of the author's HTML only the text is
    taken, so nothing of it is lost.
    """
    root = _Tree.of(text)
    converter = _BlockConverter(root.stash, numbers, link, page)
    return tuple(converter.blocks(root.element))


class _Tree(Treeprocessor):
    """Captures the tree after every other processor."""

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
            with_links(html_block) if isinstance(html_block, str) else "".join(html_block.itertext())
            for html_block in md.htmlStash.rawHtmlBlocks
        ]
        return tree


class _HtmlText(HTMLParser):
    """The text of a piece of HTML; `plain` replaces placeholders inside elements that take no link."""

    def __init__(self, plain: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._plain, self._inside = plain, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag in LINKLESS

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in LINKLESS

    def handle_data(self, data: str) -> None:
        self.texts.append(self._plain(data) if self._inside > 0 else data)


class _BlockConverter:
    """Converts one tree."""

    def __init__(
        self, stash: list[str], numbers: Mapping[str, RenderedNumber], link: Callable[[str], str], page: str
    ) -> None:
        self._stash, self._numbers, self._link, self._page = stash, numbers, link, page

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
                yield PictureBlock(self._alt(child))
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
        runs = list(self._text(element.text, _PLAIN))
        for child in element:
            runs += self._inline(child, _PLAIN)
            runs += self._text(child.tail, _PLAIN)
        return _tidy(runs)

    def _inline(self, element: Element, style: Run) -> Iterator[Run]:
        if element.tag == "br":
            yield _styled(style, "\n")
            return
        if element.tag == "img":
            yield _styled(style, self._alt(element))
            return
        if element.tag == "code":  # Markdown has escaped it already
            yield _styled(style, self._with_numbers(html.unescape(self._plain("".join(element.itertext())))))
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
        for match in MARK.finditer(plain):
            yield _styled(style, plain[end : match.start()])
            yield self._number(match[0], style)
            end = match.end()
        yield _styled(style, plain[end:])

    def _number(self, placeholder: str, style: Run) -> Run:
        number = self._numbers.get(placeholder)
        if number is None:
            return _styled(style, "")
        if style.link or not number.figure:  # a link of the author's stays whole
            return _styled(style, number.text)
        return Run(number.text, True, style.italic, f"{self._page}{number.figure}/", style.struck)

    def _alt(self, element: Element) -> str:
        return self._with_numbers(self._plain(element.get("alt", "")))

    def _with_numbers(self, text: str) -> str:
        """The text with its numbers filled in, without links."""
        return MARK.sub(lambda match: self._numbers[match[0]].text if match[0] in self._numbers else "", text)

    def _plain(self, text: str) -> str:
        """The text with what Markdown has stashed, HTML and escaped characters, put back as plain text."""
        text = HTML_PLACEHOLDER_RE.sub(lambda match: self._html_text(int(match[1])), text)
        text = text.replace(NBSP_PLACEHOLDER, "").replace("\x02amp\x03", "&")
        return _ESCAPED.sub(lambda match: chr(int(match[1])), text).replace("\x02", "").replace("\x03", "")

    def _html_text(self, index: int) -> str:
        parser = _HtmlText(self._with_numbers)
        parser.feed(self._stash[index])
        parser.close()
        return "".join(parser.texts)


_PLAIN = Run("")


def _styled(style: Run, text: str) -> Run:
    return Run(text, style.bold, style.italic, style.link, style.struck)


def _paragraph(runs: list[Run]) -> Iterator[Paragraph]:
    tidy = _tidy(runs)
    if any(run.text.strip() for run in tidy):
        yield Paragraph(tidy)


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Runs of equal style joined, the source's line ends as spaces, without blanks at both ends."""
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
