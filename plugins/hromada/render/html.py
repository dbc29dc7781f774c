"""Markdown to clean HTML: a pure function of the text. What its links and pictures lead to is left open.

An inner reference stands in the HTML as a mark, the number of the reference between two private characters; what it
becomes depends on other files and is put in when a page is drawn (linking.py).
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from hromada.checks.comments import notes_stay_hidden
from hromada.checks.link_rules import EMPTY_LINK_MESSAGE, is_outside, leads_nowhere, may_be_page, may_name_file
from hromada.checks.linted_text import LintedText
from hromada.checks.rendered_text_rules import HEAD_LINE, HEADING_LINE, find_visible_marks, find_wordless, is_reserved
from hromada.domain.item import Item
from hromada.domain.private_address import find_address_fault
from hromada.domain.problem import Problem, shorten, warning
from hromada.domain.transliteration import slug
from hromada.listing.cards import summary_of
from hromada.render.autolinks import with_autolinks
from hromada.render.embeds import with_links
from hromada.render.markdown import Dialect, MarkdownRefused
from hromada.render.rendered_text import REFERENCE_MARK, Reference, Text, TextMetadata, mark_of
from hromada.render.sanitizer import Dropped, Sanitizer, TooDeep, dropped

# nh3 writes attributes in double quotes and escapes their values, so these patterns see every tag whole.
_IMG = re.compile(r"<img\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r' id="([^"]+)"')
_ALIGNED = re.compile(r'(<t[dh]\b[^>]*?) align="(left|center|right)"')
_TOKEN = re.compile(r"[^\s()<>\"'\[\]]+")
_EMPTY = re.compile(r"\]\([ ]*(?:<[ ]*>|[\"'][^\n]*?)?[ ]*\)|\bhref[ ]*=[ ]*(?:\"[ ]*\"|'[ ]*')")
_NO_HOST = re.compile(r'\bhref="(https?://)"', re.IGNORECASE)
_HREF = re.compile(r"\bhref=([\"'])(?P<link>https?://(?:(?!\1)[^\n])+)\1", re.IGNORECASE)
_TITLE_IN_ADDRESS = re.compile(r'[^\s]*\s+["\'«“”„‘’][^\n]*')  # behind the address, its quotes are no Markdown
_MOST_VISIBLE = 10  # marks said of one text
_SEARCHED = 300  # places looked for by going through the whole text; a text with more of them gets an index


@dataclass(slots=True)
class Markup:
    """Turns texts into HTML."""

    _dialect: Dialect = field(default_factory=Dialect)
    _sanitizer: Sanitizer = field(default_factory=Sanitizer)

    def text(self, item: Item, body: str, written: str = "") -> Text:
        """An item's text; `written`, or else `body`, is what stands in the file from the item's body line on."""
        places = _Places(item.body_line, written or body)
        try:
            converted = with_autolinks(with_links(self._dialect.html(body), item.lang))
            problems = list(_losses(item, places, dropped(converted, "<" in body or "{" in body)))
        except MarkdownRefused as refused:
            line = item.body_line + refused.line - 1
            return Text("", TextMetadata(problems=(Problem(item.path, line, refused.code, str(refused), refused.fix),)))
        except TooDeep as deep:
            return Text("", TextMetadata(problems=(_too_deep(item, places.line_of(str(deep))),)))
        if '://"' in converted:  # the sanitizer takes these for none
            problems += [
                Problem(item.path, places.line_of(f"({one}"), "link-syntax", *EMPTY_LINK_MESSAGE)
                for one in dict.fromkeys(_NO_HOST.findall(converted))
            ]
        references: list[Reference] = []
        outside: list[str] = []
        passed: set[str] = set()

        def rewrite(tag: str, name: str, value: str) -> str | None:
            if name not in ("href", "src"):
                return value
            if tag == "a" and leads_nowhere(value):
                line = places.line_of_empty(value)
                problems.append(Problem(item.path, line, "link-syntax", *EMPTY_LINK_MESSAGE))
                return value or None
            if tag == "a" and is_outside(value):
                passed.add(value)
                if " " in value and _TITLE_IN_ADDRESS.match(value):
                    problems.append(Problem(item.path, places.line_of(value), "link-syntax", *_unreadable(value)))
                if may_name_file(value):
                    outside.append(value)
                # The handbook names the preview's address: there the reader sees the site on this computer.
                if item.path.startswith("content/") and (fault := find_address_fault(value)):
                    problems.append(Problem(item.path, places.line_of(value), "link-private", *fault))
                if item.path.startswith("content/") and may_be_page(value):
                    references.append(Reference(tag, value, places.line_of(value)))
                return value
            references.append(Reference(tag, value, places.line_of(value)))
            return mark_of(len(references) - 1)

        clean = self._sanitizer.cleaned(converted, rewrite)
        if "<a>" in clean or "<a title=" in clean:
            problems += _lost_links(item, places, converted, passed)
        if "<img" in clean:
            clean = _IMG.sub(lambda found: _picture(item, found[0], found[1], references, problems), clean)
        if "<h1" in clean:  # the page's own title is the one first-level heading
            clean = _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + 1)}", clean)
        if ' align="' in clean:  # a style attribute would need a weaker Content-Security-Policy
            clean = _ALIGNED.sub(r'\1 class="to-\2"', clean)
        anchors = tuple(dict.fromkeys(html.unescape(one) for one in _ID.findall(clean)))
        problems += _taken_anchors(item, places, anchors)
        problems += _visible(item, places, clean)
        problems += _silent(item, places, clean, references)
        return Text(clean, TextMetadata(tuple(references), anchors, tuple(problems), summary_of(clean), tuple(outside)))


def _lost_links(item: Item, places: _Places, converted: str, passed: Collection[str]) -> Iterator[Problem]:
    """Links whose address nobody can read: the sanitizer leaves their words alone on the page.

    Of a bare address nothing is lost: its words are the address.
    """
    for written in dict.fromkeys(found["link"] for found in _HREF.finditer(converted)):
        value = html.unescape(written)
        if value not in passed and f">{written}</a>" not in converted:
            yield Problem(item.path, places.line_of(value), "link-syntax", *_unreadable(value))


def _unreadable(value: str) -> tuple[str, str]:
    return (
        f"адресу посилання не прочитати: «{shorten(value, 60)}»",
        'лишіть у дужках саму адресу; підказка після неї – у прямих лапках: [слова](адреса "підказка")',
    )


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


class _Places:
    """The lines of a text on which words stand; its first line for those that Markdown has changed."""

    def __init__(self, first: int, text: str) -> None:
        self._first, self._text = first, text
        self._lines: dict[str, int] = {}
        self._ends: list[int] | None = None
        self._searches = 0

    def line_of(self, words: str, others: str = "") -> int:
        """The line of the file on which the words first stand, or, where Markdown has made them, the other ones."""
        if words not in self._lines:
            self._lines[words] = self._first + self._found(words if not others or words in self._text else others)
        return self._lines[words]

    def writing(self, item: Item) -> LintedText:
        """The text with as many blank lines before it as the file's header has."""
        return LintedText(item, "\n" * (item.body_line - 1) + self._text)

    def line_of_marks(self, words: str, marks: str) -> int | None:
        """The line of marks that a reader sees, by the words from them on; None where each is escaped."""
        for sought in dict.fromkeys((words, words[:12], marks)):
            self._searches += 1
            at = self._text.find(sought) if self._searches <= _SEARCHED else -1
            if at >= 0 and self._text[at - 1 : at] != "\\":
                return self._first + self._line_at(at)
        return None

    def line_of_empty(self, value: str) -> int:
        """The line of a link whose address is empty, or has nothing behind its scheme."""
        return self.line_of(value) if value.strip() else self.line_of_match(_EMPTY, 0)

    def line_of_match(self, pattern: re.Pattern[str], order: int) -> int:
        """The line of so many a match, from 0; the first line where there are fewer."""
        found = next(islice(pattern.finditer(self._text), order, None), None)
        return self._first + (self._line_at(found.start()) if found else 0)

    def line_of_heading(self, anchor: str) -> int:
        """The line of the heading that has this id by itself, else of the id."""
        for number, line in enumerate(self._text.split("\n")):
            if line.startswith("#") and slug(line) == anchor:
                return self._first + number
        return self.line_of(anchor)

    def _found(self, words: str) -> int:
        self._searches += 1
        if self._searches <= _SEARCHED:
            return self._line_at(max(0, self._text.find(words)))
        if self._searches == _SEARCHED + 1:  # going through a megabyte for each of 60,000 links would take minutes
            for found in _TOKEN.finditer(self._text):
                self._lines.setdefault(found[0], self._first + self._line_at(found.start()))
        return self._lines.get(words, self._first) - self._first

    def _line_at(self, at: int) -> int:
        if self._ends is None:
            self._ends = [found.start() for found in re.finditer("\n", self._text)]
        return bisect(self._ends, at - 1)


def _losses(item: Item, places: _Places, found: Iterator[Dropped]) -> Iterator[Problem]:
    """Every piece of HTML that could run or load something from elsewhere, or that has no meaning here."""
    said = set()
    for one in found:
        line = places.line_of(one.found, one.name.rstrip("=>:"))
        if one.level == "unsafe":
            message = f"у тексті є небезпечний код «{one.name}»"
            fix = "приберіть; для відео чи форми вставте звичайне посилання"
            yield Problem(item.path, line, "unsafe-html", message, fix)
        elif one.level == "picture":
            fix = "збережіть її файлом у content/images і вставте ![опис](назва файлу)"
            yield Problem(item.path, line, "picture-inline", "світлину вставлено просто в текст (base64)", fix)
        elif one.level == "scheme" and _is_place_on_a_disk(one.name):
            continue  # checks/paste_rules says so, with what to do
        elif one.level == "scheme":
            message = f"посилання «{one.name}» сайт не показує"
            yield Problem(item.path, line, "link-scheme", message, "можна https:, http:, mailto: і tel:")
        elif one.name not in said:
            said.add(one.name)
            message = f"«{one.name}» на сторінку не потрапить"
            yield warning(item.path, line, "html-dropped", message, "приберіть або запишіть звичайним Markdown")


def _visible(item: Item, places: _Places, clean: str) -> Iterator[Problem]:
    """Markdown that its reader sees; what the author has escaped was meant to be seen."""
    said: set[tuple[str, int]] = set()
    for mark in find_visible_marks(clean):
        line = places.line_of_marks(mark.text, mark.marks)
        if mark.what == "note":
            if any(notes_stay_hidden(places.writing(item))):
                continue
            line = line or item.body_line
        if line is None or (mark.what, line) in said or len(said) == _MOST_VISIBLE:
            continue
        said.add((mark.what, line))
        shown = shorten(mark.text, 40)
        if mark.what == "note":
            message = f"сторінка покаже примітку «{shown}» усім"
            yield Problem(
                item.path,
                line,
                "notes-visible",
                message,
                "напишіть рівно «<!-- примітка -->» з початку рядка або приберіть її",
            )
        elif mark.what == "link":
            message = f"посилання чи світлини з цього не вийде: «{shown}»"
            yield Problem(
                item.path,
                line,
                "link-syntax",
                message,
                "напишіть [слова](адреса) або ![опис](файл), без пробілу між дужками",
            )
        else:
            message = f"на сторінці лишаться знаки розмітки: «{shown}»"
            yield warning(item.path, line, "markdown-visible", message, "виправте їх або поставте перед знаком «\\»")


def _silent(item: Item, places: _Places, clean: str, references: list[Reference]) -> Iterator[Problem]:
    """Links, headings and heads of tables without words."""
    for one in islice(find_wordless(clean), _MOST_VISIBLE):
        if one.what == "link":
            reference = references[int(one.target[1:-1])] if one.target[:1] == REFERENCE_MARK else None
            line, shown = (reference.line, reference.value) if reference else (places.line_of(one.target), one.target)
            message = f"посилання без слів: {shorten(shown, 60)}"
            yield warning(item.path, line, "words-missing", message, "напишіть у [ ], куди воно веде")
        elif one.what == "heading":
            line = places.line_of_match(HEADING_LINE, one.order)
            yield warning(
                item.path, line, "words-missing", "заголовок без слів", "напишіть його або приберіть знаки «#»"
            )
        else:
            line = places.line_of_match(HEAD_LINE, one.order)
            yield warning(
                item.path, line, "words-missing", "таблиця без назв стовпців", "назвіть стовпці в першому рядку"
            )


def _is_place_on_a_disk(scheme: str) -> bool:
    """«c:» and «file:»."""
    return len(scheme) == 2 or scheme.casefold() == "file:"


def _too_deep(item: Item, line: int) -> Problem:
    return Problem(
        item.path, line, "nesting-too-deep", "теги вкладено один в одного надто глибоко", "закрийте їх або приберіть"
    )


def _taken_anchors(item: Item, places: _Places, anchors: tuple[str, ...]) -> Iterator[Problem]:
    for anchor in anchors:
        if is_reserved(item.kind, anchor):
            yield Problem(
                item.path, places.line_of_heading(anchor), "anchor-reserved", f"місце «#{anchor}» на цій сторінці займає сам сайт",
                "дайте йому іншу назву; заголовку – так: «## Заголовок {#insha-nazva}»",
            )  # fmt: skip
