"""Markdown as the site writes it: Python-Markdown with its own extensions, of which each text loads what it can use.

What GitHub and VS Code show and Python-Markdown does not is written otherwise first (domain/markdown_normalizing).

Two texts of three are plain paragraphs and one list, and trying every pattern of the language on each piece of them is
half of the time of reading (measured: 0.64 ms a text of 275 words with all parts, 0.3 ms so). A part without whose
characters nothing of it can be written is left out; a property test holds the result against the whole language.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import markdown
from markdown.extensions.toc import (
    TocExtension,
    TocTreeprocessor,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from hromada.domain.markdown_normalizing import normalize_markdown
from hromada.domain.transliteration import slug
from hromada.reading.complexity import find_complexity
from hromada.render.cpu_limit import CpuTimeExceeded, cpu_time_limit

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MARK = re.compile("\ue000\\d+\ue001")  # stands for a number of a report's text
_EVER = ("sane_lists",)
_RULE = re.compile(r"[-*_] {0,2}[-*_] {0,2}[-*_]")
_OPENING = re.compile(r"[\W\d]*")  # what may open quotations and lists before them


def _has_term(text: str) -> bool:
    """«: » at the start of a line."""
    return ": " in text and any(
        _OPENING.fullmatch(line.partition(": ")[0]) for line in text.split("\n") if ": " in line
    )


def _is_underlined(text: str) -> bool:
    """A line of «=» or «-»."""
    lines = (line.rstrip(" ") for line in text.split("\n"))
    return any(_OPENING.fullmatch(line) for line in lines if line.endswith(("=", "-")))


def _has_rule(text: str) -> bool:
    """Three of the signs that a line across the page is made of."""
    return _RULE.search(text) is not None


class _Part(NamedTuple):
    """A part of the language: none of it can stand in a text that has none of `begins`."""

    begins: tuple[str | Callable[[str], bool], ...]
    extension: str = ""
    inline: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    preprocessors: tuple[str, ...] = ()
    treeprocessors: tuple[str, ...] = ()


_PARTS = (
    _Part(("`",), inline=("backtick",)),
    _Part(("```", "~~~"), extension="fenced_code"),
    _Part(("\\",), inline=("escape",), treeprocessors=("unescape",)),
    _Part(("[",), inline=("link",)),
    _Part(("![",), inline=("image_link",)),
    _Part(
        ("]:",), inline=("reference", "short_reference", "image_reference", "short_image_ref"), blocks=("reference",)
    ),
    _Part(("  \n",), inline=("linebreak",)),
    _Part(("[^",), extension="footnotes"),
    _Part(("<",), inline=("autolink", "automail", "html")),
    _Part(("<", "&"), preprocessors=("html_block",)),
    _Part(("&",), inline=("entity",)),
    _Part(("*", "_"), inline=("em_strong",)),
    _Part(("*[",), extension="abbr"),
    _Part(("markdown",), extension="md_in_html"),
    _Part(("~~",), inline=("strike",)),
    _Part(("|",), extension="tables"),
    _Part(("{",), extension="attr_list"),
    _Part((_has_term,), extension="def_list"),
    _Part((">",), blocks=("quote",)),
    _Part(("#",), blocks=("hashheader",)),
    _Part((_has_rule,), blocks=("hr",)),
    _Part((_is_underlined,), blocks=("setextheader",)),
    _Part(("#", _is_underlined, "[TOC]"), extension="toc"),
)
_UNSETTLED = ("\t", "\r", "\x02", "\x03")  # what Markdown expands or removes before it reads
_CONTENTS = "[TOC]"
_STRIKE = r"()~~(?=[^\s~])((?:[^~]|~(?!~))+)(?<=[^\s~])~~(?!~)"
_WRITTEN_OTHERWISE = re.compile("[&<>\x02\x03]")  # in HTML, or before the text is put together
_INLINE = re.compile(r"[`\\\[!<&*_]|~~|  \n")  # what Markdown's inline patterns begin with
DEEPEST = 30  # lists, quotations and explanations inside each other
_LEADING = re.compile(r"(?:[ \t>*+:-]|\d{1,9}[.)])*")
_MOST = 100  # sets of parts kept: the items of ten years have some twenty


class MarkdownRefused(ValueError):
    """The text is too much work; `line` counts from its first one, message and fix are Ukrainian."""

    def __init__(self, line: int, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.code, self.fix = line, code, fix


@dataclass(slots=True)
class Dialect:
    """Turns texts into HTML; keeps a Markdown object for every set of parts met (making one costs as much as a text)."""

    _made: dict[tuple[bool, ...], markdown.Markdown] = field(default_factory=dict)

    def html(self, text: str) -> str:
        """The HTML of a text, as plain Markdown with all extensions would give it; MarkdownRefused for what no person writes."""
        try:
            text = normalize_markdown(text)
            return converted(self._for(text).reset(), text)
        except MarkdownRefused:
            self._made.clear()  # one that was stopped midway does not know where it stands
            raise

    def _for(self, text: str) -> markdown.Markdown:
        used = _used(text)
        if used not in self._made:
            if len(self._made) == _MOST:
                self._made.clear()
            self._made[used] = _made_of(
                [part for part, is_used in zip(_PARTS, used, strict=False) if is_used], used[-1]
            )
        return self._made[used]


def converted(made: markdown.Markdown, text: str) -> str:
    """The HTML of a normalized text by a Markdown object, with the limits that keep it from taking hours and gigabytes."""
    if tangle := find_complexity(text):
        raise MarkdownRefused(tangle.line, "text-too-tangled", f"текст не вдасться прочитати: {tangle.what}", _UNTANGLE)
    try:
        with cpu_time_limit():
            return made.convert(text)
    except (_TooDeep, RecursionError):
        raise MarkdownRefused(
            _deepest_line(text), "nesting-too-deep", f"списки чи цитати вкладено глибше за {DEEPEST} рівнів",
            "зменште відступи або приберіть зайві «>»",
        ) from None  # fmt: skip
    except CpuTimeExceeded:
        raise MarkdownRefused(
            1, "text-too-tangled", "текст не вдасться прочитати: він надто заплутаний", _UNTANGLE
        ) from None


_UNTANGLE = "перевірте розмітку або поділіть текст на менші"


class _TooDeep(Exception):
    """Blocks stand inside each other too deep."""


def _limit_depth(made: markdown.Markdown) -> None:
    """Python-Markdown calls itself for each block inside another, until Python itself gives up: where, depends on the caller."""
    parse, depth = made.parser.parseBlocks, 0

    def counted(parent: Element, blocks: list[str]) -> None:
        nonlocal depth
        depth += 1
        try:
            if depth > DEEPEST + 1:
                raise _TooDeep
            parse(parent, blocks)
        finally:
            depth -= 1

    made.parser.parseBlocks = counted  # type: ignore[method-assign]  # there is no seam for it


def _deepest_line(text: str) -> int:
    """The line with the most before its first word."""
    lines = text.split("\n")
    depths = [found.end() if (found := _LEADING.match(line)) else 0 for line in lines]
    return depths.index(max(depths)) + 1


def whole_language() -> markdown.Markdown:
    """Markdown with every part, whatever the text."""
    return _made_of(list(_PARTS), has_contents=True)


# Every sign and test that a part begins with, once: asking part by part takes four times as long (measured).
_SIGNS = tuple(dict.fromkeys([*(one for part in _PARTS for one in part.begins if isinstance(one, str)), _CONTENTS]))
_BY_FIRST = tuple((sign[0], sign) for sign in _SIGNS)  # most texts lack the first letter, and that is seen at once
_TESTS = tuple(dict.fromkeys(one for part in _PARTS for one in part.begins if not isinstance(one, str)))


def _used(text: str) -> tuple[bool, ...]:
    """Of each part whether the text may use it; then whether it shows a table of its contents."""
    if any(sign in text for sign in _UNSETTLED):
        return (True,) * (len(_PARTS) + 1)
    key = (*[first in text and sign in text for first, sign in _BY_FIRST], *[stands(text) for stands in _TESTS])
    if key not in _USED:
        found = dict(zip((*_SIGNS, *_TESTS), key, strict=True))
        _USED[key] = (*(any(found[begin] for begin in part.begins) for part in _PARTS), found[_CONTENTS])
    return _USED[key]


_USED: dict[tuple[bool, ...], tuple[bool, ...]] = {}  # at most two to the power of the signs, in truth some fifty


def _made_of(parts: list[_Part], has_contents: bool) -> markdown.Markdown:
    configs: dict[str, dict[str, Any]] = {
        "toc": {"slugify": _anchor, "marker": _CONTENTS if has_contents else ""},
        "tables": {"use_align_attribute": True},
        "footnotes": {"BACKLINK_TITLE": "Назад до тексту, примітка {}"},
    }
    extensions = [part.extension for part in parts if part.extension]
    made = markdown.Markdown(
        extensions=[*_EVER, *(name for name in extensions if name != "toc")], output_format="html",
        extension_configs={name: config for name, config in configs.items() if name in extensions},
    )  # fmt: skip
    made.ESCAPED_CHARS = list(string.punctuation)  # those of CommonMark
    made.inlinePatterns.register(SimpleTagInlineProcessor(_STRIKE, "del"), "strike", 55)
    if "toc" in extensions:
        made.registerExtensions([_Toc(**configs["toc"])], {})
    for part in _PARTS:
        if part not in parts:
            for registry, names in (
                (made.inlinePatterns, part.inline),
                (made.parser.blockprocessors, part.blocks),
                (made.preprocessors, part.preprocessors),
                (made.treeprocessors, part.treeprocessors),
            ):
                for name in names:
                    registry.deregister(name)
    _limit_depth(made)
    if "abbr" not in extensions:  # which looks for its words in plain text, and not in what nothing may touch
        made.treeprocessors.register(_PlainText(made), "plain-text", 21)
    return made


class _Headings(TocTreeprocessor):
    """Makes the table of contents where a text shows one: else that takes a tenth of the time of a text with headings."""

    def run(self, doc: Element) -> None:
        if self.marker:
            super().run(doc)
            return
        used, counters = {one.attrib["id"] for one in doc.iter() if "id" in one.attrib}, dict[str, int]()
        for element in doc.iter():
            if isinstance(element.tag, str) and self.header_rgx.match(element.tag):
                if "id" not in element.attrib:
                    element.attrib["id"] = unique(self.slugify(self._words(element), self.sep), used, counters)
                element.attrib.pop("data-toc-label", None)

    def _words(self, heading: Element) -> str:
        text = heading.text or ""
        if len(heading) or _WRITTEN_OTHERWISE.search(text):
            text = html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
        return text


class _Toc(TocExtension):
    TreeProcessorClass = _Headings


class _PlainText(Treeprocessor):
    """Before the inline patterns are tried: none of them is on a text that has none of their characters."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)


def _anchor(heading: str, _separator: str) -> str:
    """A heading's id: of its own words alone, since numbers change."""
    return slug(MARK.sub(" ", heading)) or "rozdil"
