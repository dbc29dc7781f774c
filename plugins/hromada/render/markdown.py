"""Markdown to HTML by Python-Markdown; each text gets only the syntax extensions that it can use.

Syntax that GitHub and VS Code know and Python-Markdown doesn't is rewritten before (domain/markdown_normalizing).

Two texts of three are plain paragraphs and one list, and trying every pattern on each piece of them is half of the time
of reading (measured: 0.64 ms for a text of 275 words with all parts, 0.3 ms this way). A part is left out if the text
has none of its characters; a property test compares the result with that of all parts.
"""

from __future__ import annotations

import html
import signal
import string
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
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
from msgspec import Struct, field

from hromada.domain.alphabet import slug
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_normalizing import normalize_markdown
from hromada.reading.complexity import find_complexity

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEFAULT_LIMIT = 30.0  # seconds of this process's own CPU time, so a busy machine does not shorten it


class CpuTimeExceeded(Exception):
    """The work took more CPU time than any text written by a person needs."""


@contextmanager
def cpu_time_limit(seconds: float = DEFAULT_LIMIT) -> Iterator[None]:
    """Raise CpuTimeExceeded in the block after so much CPU time; no limit on Windows and outside the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _raise)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _raise(_signal: int, _frame: FrameType | None) -> None:
    raise CpuTimeExceeded


MARK = lazy_compile("\ue000\\d+\ue001")  # the placeholder of a number in a report's text
_ALWAYS = ("sane_lists",)
_RULE = lazy_compile(r"[-*_] {0,2}[-*_] {0,2}[-*_]")
_OPENING = lazy_compile(r"[\W\d]*")  # quotation and list markers


def _has_term(text: str) -> bool:
    """Whether a line begins with «: »."""
    return ": " in text and any(
        _OPENING.fullmatch(line.partition(": ")[0]) for line in text.split("\n") if ": " in line
    )


def _is_underlined(text: str) -> bool:
    """Whether there is a line of «=» or «-»."""
    lines = (line.rstrip(" ") for line in text.split("\n"))
    return any(_OPENING.fullmatch(line) for line in lines if line.endswith(("=", "-")))


def _has_rule(text: str) -> bool:
    """Whether there are three characters of a horizontal rule."""
    return _RULE.search(text) is not None


class _Part(NamedTuple):
    """A part of the syntax, which a text can only use if it has one of `triggers`, or one of them is true of it."""

    triggers: tuple[str | Callable[[str], bool], ...]
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
_PREPROCESSED = ("\t", "\r", "\x02", "\x03")  # what Markdown expands or removes before parsing
_CONTENTS = "[TOC]"
_STRIKE = r"()~~(?=[^\s~])((?:[^~]|~(?!~))+)(?<=[^\s~])~~(?!~)"
_NEEDS_RENDERING = lazy_compile("[&<>\x02\x03]")  # escaped in HTML, or stashed by Markdown
_INLINE = lazy_compile(r"[`\\\[!<&*_]|~~|  \n")  # what Markdown's inline patterns begin with
DEEPEST = 30  # levels of lists, quotations and definitions
_LEADING = lazy_compile(r"(?:[ \t>*+:-]|\d{1,9}[.)])*")
_MOST = 100  # cached converters: the items of ten years need some twenty


class MarkdownRefused(ValueError):
    """The text is too complex; `line` counts from its first line, message and fix are Ukrainian."""

    def __init__(self, line: int, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.code, self.fix = line, code, fix


class Dialect(Struct):
    """Converts texts; caches a Markdown object for each set of parts (making one takes as long as a text)."""

    _converters: dict[tuple[bool, ...], markdown.Markdown] = field(default_factory=dict)

    def html(self, text: str) -> str:
        """The HTML of a text, as with all parts; MarkdownRefused for a text that is too complex."""
        try:
            text = normalize_markdown(text)
            return converted(self._for(text).reset(), text)
        except MarkdownRefused:
            self._converters.clear()  # a converter that was interrupted has an invalid state
            raise

    def _for(self, text: str) -> markdown.Markdown:
        used = _used(text)
        if used not in self._converters:
            if len(self._converters) == _MOST:
                self._converters.clear()
            self._converters[used] = _converter(
                [part for part, is_used in zip(_PARTS, used, strict=False) if is_used], used[-1]
            )
        return self._converters[used]


def converted(converter: markdown.Markdown, text: str) -> str:
    """The HTML of a normalized text, within limits of time and depth: else some texts take hours and gigabytes."""
    if fault := find_complexity(text):
        raise MarkdownRefused(fault.line, "text-too-tangled", f"текст не вдасться прочитати: {fault.what}", _SIMPLIFY)
    try:
        with cpu_time_limit():
            return converter.convert(text)
    except (_TooDeep, RecursionError):
        raise MarkdownRefused(
            _deepest_line(text), "nesting-too-deep", f"списки чи цитати вкладено глибше за {DEEPEST} рівнів",
            "зменште відступи або приберіть зайві «>»",
        ) from None  # fmt: skip
    except CpuTimeExceeded:
        raise MarkdownRefused(
            1, "text-too-tangled", "текст не вдасться прочитати: він надто заплутаний", _SIMPLIFY
        ) from None


_SIMPLIFY = "перевірте розмітку або поділіть текст на менші"


class _TooDeep(Exception):
    """Blocks are nested too deeply."""


def _limit_depth(converter: markdown.Markdown) -> None:
    """Python-Markdown recurses for each nested block; Python's own limit depends on the caller's depth, so we set one."""
    parse, depth = converter.parser.parseBlocks, 0

    def counted(parent: Element, blocks: list[str]) -> None:
        nonlocal depth
        depth += 1
        try:
            if depth > DEEPEST + 1:
                raise _TooDeep
            parse(parent, blocks)
        finally:
            depth -= 1

    converter.parser.parseBlocks = counted  # type: ignore[method-assign]  # there is no seam for it


def _deepest_line(text: str) -> int:
    """The line with the longest run of markers before its first word."""
    lines = text.split("\n")
    depths = [match.end() if (match := _LEADING.match(line)) else 0 for line in lines]
    return depths.index(max(depths)) + 1


def whole_language() -> markdown.Markdown:
    """Markdown with all parts."""
    return _converter(list(_PARTS), has_contents=True)


# Every trigger once: testing part by part takes four times as long (measured).
_ALL_TRIGGERS = [trigger for part in _PARTS for trigger in part.triggers]
_STRINGS = tuple(dict.fromkeys([*(trigger for trigger in _ALL_TRIGGERS if isinstance(trigger, str)), _CONTENTS]))
_BY_FIRST = tuple(
    (string[0], string) for string in _STRINGS
)  # most texts lack the first character, which is fast to test
_TESTS = tuple(dict.fromkeys(trigger for trigger in _ALL_TRIGGERS if not isinstance(trigger, str)))


def _used(text: str) -> tuple[bool, ...]:
    """For each part whether the text may use it; last, whether it has a table of contents."""
    if any(character in text for character in _PREPROCESSED):
        return (True,) * (len(_PARTS) + 1)
    key = (*[first in text and string in text for first, string in _BY_FIRST], *[test(text) for test in _TESTS])
    if key not in _USED:
        present = dict(zip((*_STRINGS, *_TESTS), key, strict=True))
        _USED[key] = (*(any(present[trigger] for trigger in part.triggers) for part in _PARTS), present[_CONTENTS])
    return _USED[key]


_USED: dict[tuple[bool, ...], tuple[bool, ...]] = {}  # in practice some fifty of 2**n combinations


def _converter(parts: list[_Part], has_contents: bool) -> markdown.Markdown:
    configs: dict[str, dict[str, Any]] = {
        "toc": {"slugify": _anchor, "marker": _CONTENTS if has_contents else ""},
        "tables": {"use_align_attribute": True},
        "footnotes": {"BACKLINK_TITLE": "Назад до тексту, примітка {}"},
    }
    extensions = [part.extension for part in parts if part.extension]
    converter = markdown.Markdown(
        extensions=[*_ALWAYS, *(name for name in extensions if name != "toc")], output_format="html",
        extension_configs={name: config for name, config in configs.items() if name in extensions},
    )  # fmt: skip
    converter.ESCAPED_CHARS = list(string.punctuation)  # those of CommonMark
    converter.inlinePatterns.register(SimpleTagInlineProcessor(_STRIKE, "del"), "strike", 55)
    if "toc" in extensions:
        converter.registerExtensions([_Toc(**configs["toc"])], {})
    for part in _PARTS:
        if part not in parts:
            for registry, names in (
                (converter.inlinePatterns, part.inline),
                (converter.parser.blockprocessors, part.blocks),
                (converter.preprocessors, part.preprocessors),
                (converter.treeprocessors, part.treeprocessors),
            ):
                for name in names:
                    registry.deregister(name)
    _limit_depth(converter)
    if "abbr" not in extensions:  # abbreviations are not looked for in an AtomicString
        converter.treeprocessors.register(_PlainText(converter), "plain-text", 21)
    return converter


class _Headings(TocTreeprocessor):
    """Makes the table of contents only for texts that show one: it takes a tenth of the time of a text with headings."""

    def run(self, doc: Element) -> None:
        if self.marker:
            super().run(doc)
            return
        used, counters = {element.attrib["id"] for element in doc.iter() if "id" in element.attrib}, dict[str, int]()
        for element in doc.iter():
            if isinstance(element.tag, str) and self.header_rgx.match(element.tag):
                if "id" not in element.attrib:
                    element.attrib["id"] = unique(self.slugify(self._text(element), self.sep), used, counters)
                element.attrib.pop("data-toc-label", None)

    def _text(self, heading: Element) -> str:
        text = heading.text or ""
        if len(heading) or _NEEDS_RENDERING.search(text):
            text = html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
        return text


class _Toc(TocExtension):
    TreeProcessorClass = _Headings


class _PlainText(Treeprocessor):
    """Exempts text without any inline syntax's characters from the inline patterns."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)


def _anchor(heading: str, _separator: str) -> str:
    """A heading's id, from its words without a report's numbers, which change."""
    return slug(MARK.sub(" ", heading)) or "rozdil"
