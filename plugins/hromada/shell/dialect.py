"""Markdown as the site writes it: Python-Markdown with its own extensions, of which each text loads what it can use.

Two texts of three are plain paragraphs and one list, and trying every pattern of the language on each piece of them is
half of the time of reading (measured: 0.64 ms a text of 275 words with all parts, 0.3 ms so). A part without whose
characters nothing of it can be written is left out; a property test holds the result against the whole language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from hromada.domain.transliteration import slug

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MARK = re.compile("\ue000\\d+\ue001")  # stands for a number of a report's text
_EVER = ("sane_lists",)
# At the start of a line, after what opens quotations and lists.
_TERM = re.compile(r"^(?:[^\w\n]|\d)*:[ ]", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?:[^\w\n]|\d)*[=-] *$", re.MULTILINE)


class _Part(NamedTuple):
    """A part of the language: none of it can stand in a text that has none of `begins`."""

    begins: tuple[str | re.Pattern[str], ...]
    extension: str = ""
    inline: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    preprocessors: tuple[str, ...] = ()


_PARTS = (
    _Part(("`",), inline=("backtick",)),
    _Part(("```", "~~~"), extension="fenced_code"),
    _Part(("\\",), inline=("escape",)),
    _Part(("[",), inline=("reference", "link", "short_reference"), blocks=("reference",)),
    _Part(("![",), inline=("image_link", "image_reference", "short_image_ref")),
    _Part(("[^",), extension="footnotes"),
    _Part(("<",), inline=("autolink", "automail", "html")),
    _Part(("<", "&"), preprocessors=("html_block",)),
    _Part(("&",), inline=("entity",)),
    _Part(("*", "_"), inline=("em_strong",)),
    _Part(("*[",), extension="abbr"),
    _Part(("|",), extension="tables"),
    _Part(("{",), extension="attr_list"),
    _Part((_TERM,), extension="def_list"),
    _Part((">",), blocks=("quote",)),
    _Part(("#",), blocks=("hashheader",)),
    _Part((_UNDERLINED,), blocks=("setextheader",)),
    _Part(("#", _UNDERLINED, "[TOC]"), extension="toc"),
)
_UNSETTLED = re.compile("[\t\r\x02\x03]")  # what Markdown expands or removes before it reads
_CONTENTS = "[TOC]"
_INLINE = re.compile(r"[`\\\[!<&*_]|  \n")  # what Markdown's inline patterns begin with
_MOST = 100  # sets of parts kept: the items of ten years have some twenty


@dataclass(slots=True)
class Dialect:
    """Turns texts into HTML; keeps a Markdown object for every set of parts met (making one costs as much as a text)."""

    _made: dict[tuple[bool, ...], markdown.Markdown] = field(default_factory=dict)

    def html(self, text: str) -> str:
        """The HTML of a text, as plain Markdown with all extensions would give it."""
        return self._for(text).reset().convert(text)

    def _for(self, text: str) -> markdown.Markdown:
        used = _used(text)
        if used not in self._made:
            if len(self._made) == _MOST:
                self._made.clear()
            self._made[used] = _made_of(
                [part for part, is_used in zip(_PARTS, used, strict=False) if is_used], used[-1]
            )
        return self._made[used]


def whole_language() -> markdown.Markdown:
    """Markdown with every part, whatever the text."""
    return _made_of(list(_PARTS), has_contents=True)


def _used(text: str) -> tuple[bool, ...]:
    """Of each part whether the text may use it; then whether it shows a table of its contents."""
    if _UNSETTLED.search(text):
        return (True,) * (len(_PARTS) + 1)
    used = (any(_stands(one, text) for one in part.begins) for part in _PARTS)
    return (*used, _CONTENTS in text)


def _stands(begins: str | re.Pattern[str], text: str) -> bool:
    return begins in text if isinstance(begins, str) else begins.search(text) is not None


def _made_of(parts: list[_Part], has_contents: bool) -> markdown.Markdown:
    configs: dict[str, dict[str, Any]] = {
        "toc": {"slugify": _anchor, "marker": _CONTENTS if has_contents else ""},
        "footnotes": {"BACKLINK_TITLE": "Назад до тексту, примітка {}"},
    }
    extensions = [part.extension for part in parts if part.extension]
    made = markdown.Markdown(
        extensions=[*_EVER, *extensions], output_format="html",
        extension_configs={name: config for name, config in configs.items() if name in extensions},
    )  # fmt: skip
    for part in _PARTS:
        if part not in parts:
            for registry, names in (
                (made.inlinePatterns, part.inline),
                (made.parser.blockprocessors, part.blocks),
                (made.preprocessors, part.preprocessors),
            ):
                for name in names:
                    registry.deregister(name)
    if "abbr" not in extensions:  # which looks for its words in plain text, and not in what nothing may touch
        made.treeprocessors.register(_PlainText(made), "plain-text", 21)
    return made


class _PlainText(Treeprocessor):
    """Before the inline patterns are tried: none of them is on a text that has none of their characters."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)


def _anchor(heading: str, _separator: str) -> str:
    """A heading's id: of its own words alone, since numbers change."""
    return slug(MARK.sub(" ", heading)) or "rozdil"
