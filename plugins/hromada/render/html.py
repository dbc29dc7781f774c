"""Markdown to clean HTML: a pure function of the text, with its links and pictures unresolved.

An inner reference is a placeholder in the HTML, its index between two private-use characters; its target depends on
other files and is filled in when a page is rendered (render/links.py).
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from collections.abc import Collection, Iterator
from itertools import islice

from msgspec import Struct, field

from hromada.checks.comment_rules import notes_stay_hidden
from hromada.checks.link_rules import (
    EMPTY_LINK_MESSAGE,
    empty_link_fault,
    is_outside,
    leads_nowhere,
    may_be_page,
    may_name_file,
)
from hromada.checks.linted_text import LintedText
from hromada.checks.rendered_text_rules import HEAD_LINE, HEADING_LINE, find_visible_marks, find_wordless, is_reserved
from hromada.domain.alphabet import slug
from hromada.domain.file_names import is_content_path
from hromada.domain.item import Item
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.private_address import AddressFault, find_address_fault
from hromada.domain.problem import Problem, shorten, warning
from hromada.listing.cards import summarise
from hromada.render.autolinks import with_autolinks
from hromada.render.embeds import video_of_page, with_links
from hromada.render.markdown import Dialect, MarkdownRefused
from hromada.render.rendered_text import REFERENCE_MARK, Reference, Text, TextMetadata, mark_of
from hromada.render.sanitizer import Dropped, Sanitizer, TooDeep, dropped

# nh3 writes attributes in double quotes and escapes their values, so these patterns see every tag whole.
_IMG = lazy_compile(r"<img\b([^>]*)>")
_ATTRIBUTE = lazy_compile(r'([a-z-]+)="([^"]*)"')
_LINK_OR_IMG = lazy_compile(r'<a\b[^>]*\bhref="(?P<href>[^"]*)"|</a>|<img\b[^>]*\bsrc="\ue002(?P<src>\d+)\ue003"')
_HEADING = lazy_compile(r"<(/?)h([1-6])\b")
_TAG = lazy_compile(r"<[^>]*>")
_ID = lazy_compile(r' id="([^"]+)"')
_ALIGNED = lazy_compile(r'(<t[dh]\b[^>]*?) align="(left|center|right)"')
_TOKEN = lazy_compile(r"[^\s()<>\"'\[\]]+")
_EMPTY = lazy_compile(r"\]\([ ]*(?:<[ ]*>|[\"'][^\n]*?)?[ ]*\)|\bhref[ ]*=[ ]*(?:\"[ ]*\"|'[ ]*')")
_NO_HOST = lazy_compile(r'\bhref="(https?://)"', re.IGNORECASE)
_ANY_HREF = lazy_compile(r"\bhref=(?P<quote>[\"']?)(?P<link>[^\"'\n>]*)(?P=quote)", re.IGNORECASE)
_HREF = lazy_compile(r"\bhref=([\"'])(?P<link>https?://(?:(?!\1)[^\n])+)\1", re.IGNORECASE)
_TITLE_IN_ADDRESS = lazy_compile(
    r'[^\s]*\s+["\'«“”„‘’][^\n]*'
)  # a title after the address with quotes that are no Markdown
_MOST_VISIBLE = 10  # problems of one kind in one text
_SEARCHED = 300  # searches through the whole text; after so many an index of its words is made


class Markup(Struct):
    """Turns texts into HTML."""

    _dialect: Dialect = field(default_factory=Dialect)
    _sanitizer: Sanitizer = field(default_factory=Sanitizer)

    def text(self, item: Item, body: str, source: str = "") -> Text:
        """An item's text; `source` (or else `body`) is what the file has from the item's body line on."""
        lines = _LineFinder(item.body_line, source or body)
        try:
            converted = with_autolinks(with_links(self._dialect.html(body), item.lang))
            problems = list(_losses(item, lines, dropped(converted, "<" in body or "{" in body)))
        except MarkdownRefused as error:
            line = item.body_line + error.line - 1
            return Text("", TextMetadata(problems=(Problem(item.path, line, error.code, str(error), error.fix),)))
        except TooDeep as error:
            return Text("", TextMetadata(problems=(_too_deep(item, lines.line_of(str(error))),)))
        if '://"' in converted:  # an address without a host, which the sanitizer takes for none
            problems += [
                Problem(item.path, lines.line_of(f"({scheme}"), "link-syntax", *EMPTY_LINK_MESSAGE)
                for scheme in dict.fromkeys(_NO_HOST.findall(converted))
            ]
        references: list[Reference] = []
        outer_links: list[str] = []
        kept: set[str] = set()

        def rewrite(tag: str, name: str, value: str) -> str | None:
            if name not in ("href", "src"):
                return value
            if tag == "a" and leads_nowhere(value):
                line = lines.line_of_empty(value)
                problems.append(Problem(item.path, line, "link-syntax", *empty_link_fault(value)))
                return value or None
            if tag == "a" and is_outside(value):
                kept.add(value)
                if " " in value and _TITLE_IN_ADDRESS.match(value):
                    problems.append(Problem(item.path, lines.line_of(value), "link-syntax", *_unreadable(value)))
                if may_name_file(value):
                    outer_links.append(value)
                # The handbook may name the preview's address (localhost), the content may not.
                if is_content_path(item.path) and (fault := find_address_fault(value)):
                    problems.append(Problem(item.path, lines.line_of(value), "link-private", *fault))
                if is_content_path(item.path) and may_be_page(value):
                    references.append(Reference(tag, value, lines.line_of(value)))
                return value.strip().replace(" ", "%20")
            references.append(Reference(tag, value, lines.line_of(value)))
            return mark_of(len(references) - 1)

        clean = self._sanitizer.cleaned(converted, rewrite)
        if "<a>" in clean or "<a title=" in clean:
            problems += _lost_links(item, lines, converted, kept)
        if "<img" in clean:
            clean = _IMG.sub(lambda match: _picture(item, match[0], match[1], references, problems), clean)
            for index in _stills(clean):
                references[index] = references[index]._replace(is_still=True)
        if "<h1" in clean:  # the page's own title is the one first-level heading
            clean = _HEADING.sub(lambda match: f"<{match[1]}h{min(6, int(match[2]) + 1)}", clean)
        if ' align="' in clean:  # a style attribute would need a weaker Content-Security-Policy
            clean = _ALIGNED.sub(r'\1 class="to-\2"', clean)
        anchors = tuple(dict.fromkeys(map(html.unescape, _ID.findall(clean))))
        problems += _reserved_anchors(item, lines, anchors)
        problems += _visible_markup(item, lines, clean)
        problems += _without_text(item, lines, clean, references)
        return Text(
            clean, TextMetadata(tuple(references), anchors, tuple(problems), summarise(clean), tuple(outer_links))
        )


def _lost_links(item: Item, lines: _LineFinder, converted: str, kept: Collection[str]) -> Iterator[Problem]:
    """Links with an unreadable address, of which the sanitizer keeps the text only.

    Of a bare address nothing is lost: its text is the address.
    """
    for link in dict.fromkeys(match["link"] for match in _HREF.finditer(converted)):
        value = html.unescape(link)
        if value not in kept and f">{link}</a>" not in converted:
            yield Problem(item.path, lines.line_of(value), "link-syntax", *_unreadable(value))


def _unreadable(value: str) -> tuple[str, str]:
    return (
        f"адресу посилання не прочитати: «{shorten(value, 60)}»",
        'лишіть у дужках саму адресу; підказка після неї – у прямих лапках: [слова](адреса "підказка")',
    )


def _picture(item: Item, tag: str, attributes: str, references: list[Reference], problems: list[Problem]) -> str:
    """The picture's tag if it may be a file of the content; one of another site is refused and removed."""
    values = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    index = values.get("src", "")[1:-1]
    if not index:
        return ""
    reference = references[int(index)]._replace(alt=values.get("alt", ""))
    references[int(index)] = reference
    if not is_outside(reference.value):
        return tag
    message = f"світлина з чужого сайту: «{reference.value}»"
    problems.append(
        Problem(item.path, reference.line, "picture-outside", message, "збережіть її у content/images")
    )  # fmt: skip
    return ""


def _stills(clean: str) -> Iterator[int]:
    """The indexes of the pictures that stand inside a link to a video."""
    video = False
    for match in _LINK_OR_IMG.finditer(clean):
        if match["src"] and video:
            yield int(match["src"])
        elif not match["src"]:  # a link begins or ends; links are not nested
            video = match["href"] is not None and video_of_page(html.unescape(match["href"])) is not None


def letters_in(clean: str) -> int:
    """How many letters and digits of clean HTML a reader sees."""
    return sum(map(str.isalnum, html.unescape(_TAG.sub("", clean))))


class _LineFinder:
    """Finds the line of a piece of text in a file; the text's first line for pieces that Markdown has changed."""

    def __init__(self, first: int, text: str) -> None:
        self._first, self._text = first, text
        self._lines: dict[str, int] = {}
        self._ends: list[int] | None = None
        self._searches = 0

    def line_of(self, piece: str, fallback: str = "") -> int:
        """The line where `piece` first stands, or `fallback`, if Markdown has made the piece."""
        if piece not in self._lines:
            self._lines[piece] = self._first + self._offset(piece if not fallback or piece in self._text else fallback)
        return self._lines[piece]

    def writing(self, item: Item) -> LintedText:
        """The text behind as many blank lines as the file's header has."""
        return LintedText(item, "\n" * (item.body_line - 1) + self._text)

    def line_of_marks(self, words: str, marks: str) -> int | None:
        """The line of visible markup, by the text that begins with it; None if each occurrence is escaped."""
        for piece in dict.fromkeys((words, words[:12], marks)):
            self._searches += 1
            at = self._text.find(piece) if self._searches <= _SEARCHED else -1
            if at >= 0 and self._text[at - 1 : at] != "\\":
                return self._first + self._line_at(at)
        return None

    def line_of_empty(self, value: str) -> int:
        """The line of a link with an empty address, or with a scheme only."""
        return self.line_of(value) if value.strip() else self.line_of_match(_EMPTY, 0)

    def line_of_match(self, pattern: re.Pattern[str], order: int) -> int:
        """The line of the match with this index; the first line if there are fewer."""
        match = next(islice(pattern.finditer(self._text), order, None), None)
        return self._first + (self._line_at(match.start()) if match else 0)

    def line_of_heading(self, anchor: str) -> int:
        """The line of the heading whose text gives this id, else of the id."""
        for index, line in enumerate(self._text.split("\n")):
            if line.startswith("#") and slug(line) == anchor:
                return self._first + index
        return self.line_of(anchor)

    def _offset(self, piece: str) -> int:
        self._searches += 1
        if self._searches <= _SEARCHED:
            return self._line_at(max(0, self._text.find(piece)))
        if self._searches == _SEARCHED + 1:  # searching a megabyte for each of 60,000 links would take minutes
            for match in _TOKEN.finditer(self._text):
                self._lines.setdefault(match[0], self._first + self._line_at(match.start()))
        return self._lines.get(piece, self._first) - self._first

    def _line_at(self, at: int) -> int:
        if self._ends is None:
            self._ends = [match.start() for match in re.finditer("\n", self._text)]
        return bisect(self._ends, at - 1)


def _private(dropped: str) -> AddressFault | None:
    """What is wrong with a dropped address, or a link's tag, that works for its author alone: «localhost:8000/news/»."""
    match = _ANY_HREF.search(dropped)
    return find_address_fault(html.unescape(match["link"]) if match else dropped)


def _losses(item: Item, lines: _LineFinder, losses: Iterator[Dropped]) -> Iterator[Problem]:
    """Problems of the HTML that the sanitizer drops: unsafe code, inline pictures, schemes, unknown tags."""
    reported = set()
    for loss in losses:
        line = lines.line_of(loss.text, loss.name.rstrip("=>:"))
        if loss.level == "unsafe":
            message = f"у тексті є небезпечний код «{loss.name}»"
            fix = "приберіть; для відео чи форми вставте звичайне посилання"
            yield Problem(item.path, line, "unsafe-html", message, fix)
        elif loss.level == "picture":
            fix = "збережіть її файлом у content/images і вставте ![опис](назва файлу)"
            yield Problem(item.path, line, "picture-inline", "світлину вставлено просто в текст (base64)", fix)
        elif loss.level == "scheme" and _is_local_path(loss.name):
            continue  # checks/paste_rules reports it
        elif loss.level == "scheme" and is_content_path(item.path) and (fault := _private(loss.text)):
            yield Problem(item.path, line, "link-private", *fault)
        elif loss.level == "scheme":
            message = f"посилання «{loss.name}» сайт не показує"
            yield Problem(item.path, line, "link-scheme", message, "можна https:, http:, mailto: і tel:")
        elif loss.name not in reported:
            reported.add(loss.name)
            message = f"«{loss.name}» на сторінку не потрапить"
            yield warning(item.path, line, "html-dropped", message, "приберіть або запишіть звичайним Markdown")


def _visible_markup(item: Item, lines: _LineFinder, clean: str) -> Iterator[Problem]:
    """Markdown that a reader would see as such; escaped characters are meant to be seen."""
    reported: set[tuple[str, int]] = set()
    for markup in find_visible_marks(clean):
        line = lines.line_of_marks(markup.text, markup.marks)
        if markup.what == "note":
            if any(notes_stay_hidden(lines.writing(item))):
                continue
            line = line or item.body_line
        if line is None or (markup.what, line) in reported or len(reported) == _MOST_VISIBLE:
            continue
        reported.add((markup.what, line))
        excerpt = shorten(markup.text, 40)
        if markup.what == "note":
            message = f"сторінка покаже примітку «{excerpt}» усім"
            yield Problem(
                item.path,
                line,
                "notes-visible",
                message,
                "напишіть рівно «<!-- примітка -->» з початку рядка або приберіть її",
            )
        elif markup.what == "link":
            message = f"посилання чи світлини з цього не вийде: «{excerpt}»"
            yield Problem(
                item.path,
                line,
                "link-syntax",
                message,
                "напишіть [слова](адреса) або ![опис](файл), без пробілу між дужками",
            )
        else:
            message = f"на сторінці лишаться знаки розмітки: «{excerpt}»"
            yield warning(item.path, line, "markdown-visible", message, "виправте їх або поставте перед знаком «\\»")


def _without_text(item: Item, lines: _LineFinder, clean: str, references: list[Reference]) -> Iterator[Problem]:
    """Links, headings and table heads without text."""
    for element in islice(find_wordless(clean), _MOST_VISIBLE):
        if element.what == "link":
            reference = references[int(element.target[1:-1])] if element.target[:1] == REFERENCE_MARK else None
            line, target = (
                (reference.line, reference.value) if reference else (lines.line_of(element.target), element.target)
            )
            message = f"посилання без слів: {shorten(target, 60)}"
            yield warning(item.path, line, "words-missing", message, "напишіть у [ ], куди воно веде")
        elif element.what == "heading":
            line = lines.line_of_match(HEADING_LINE, element.order)
            yield warning(
                item.path, line, "words-missing", "заголовок без слів", "напишіть його або приберіть знаки «#»"
            )
        else:
            line = lines.line_of_match(HEAD_LINE, element.order)
            yield warning(
                item.path, line, "words-missing", "таблиця без назв стовпців", "назвіть стовпці в першому рядку"
            )


def _is_local_path(scheme: str) -> bool:
    """Whether the scheme is of a local path: «c:» and «file:»."""
    return len(scheme) == 2 or scheme.casefold() == "file:"


def _too_deep(item: Item, line: int) -> Problem:
    return Problem(
        item.path, line, "nesting-too-deep", "теги вкладено один в одного надто глибоко", "закрийте їх або приберіть"
    )


def _reserved_anchors(item: Item, lines: _LineFinder, anchors: tuple[str, ...]) -> Iterator[Problem]:
    for anchor in anchors:
        if is_reserved(item.kind, anchor):
            yield Problem(
                item.path, lines.line_of_heading(anchor), "anchor-reserved", f"місце «#{anchor}» на цій сторінці займає сам сайт",
                "дайте йому іншу назву; заголовку – так: «## Заголовок {#insha-nazva}»",
            )  # fmt: skip
