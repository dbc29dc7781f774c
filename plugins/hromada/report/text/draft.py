"""Creates a new report's text from the previous one: figures stay, prose becomes prompts, the period is renamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from hromada.domain.days_in_words import short_day
from hromada.domain.front_matter import (
    HeaderField,
    canonical_lines,
    find_header,
    format_field,
    format_header,
    read_fields,
    with_fields,
)
from hromada.domain.header_fields import KEYS, LISTS
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import Case
from hromada.domain.period import PREPOSITIONS, Period, PeriodRefused, normalize_period_text, parse_period
from hromada.report.text.placeholders import TODO_MARKER, placeholders

_OF_ONE_REPORT = ("date", "modified", "slug", "status")  # not copied from the previous report
(_DRAFT,) = format_field("status", "draft")  # not published until its author removes the line
_FIRST = """\
[допишіть: чим займається відділ і для кого він працює…]

За [[period]] відділ виконав таку роботу:

1. [допишіть: що головне зроблено за цей час…]

2. На вебсайті громади у розділі «Новини» [[news зн. розміщено]]. У розділі «Корисна інформація» для структурних підрозділів та організацій, з якими взаємодіє рада, [[unit-pages зн. відведено]]. На сторінках цього розділу [[unit-messages зн. розміщено]].

3. На сторінках громади в соціальних мережах [[social зн. розміщено]]. На сторінці ради [[social-main зн. розміщено]], на решті сторінок [[social-other зн. розміщено]]. У соціальних мережах, зокрема на сторонніх сторінках, [[reposts зн. зроблено]].

4. Для друку в газеті за [[newspaper.period]] [[newspaper зн. передано]].

5. У новинах і повідомленнях [[photos зн. опубліковано]].

6. [допишіть: які заходи супроводжував відділ, що відстежував, на які звернення відповідав…]
"""


def start_report(period: Period, previous: tuple[Period, str] | None) -> str:
    """The text of the new file, a draft; `previous` is the period and the file's text of an earlier report."""
    if previous is None:
        title = format_field("title", f"Звіт про роботу відділу інформаційної роботи за {period.title}")
        return format_header([*title, *format_field("period", period.id), _DRAFT]) + _FIRST
    old, text = previous
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    bounds = find_header(lines)
    header = _header(lines[bounds.start : bounds.end], old, period, is_fenced=bounds.is_fenced)
    body = clear_prose("\n".join(lines[bounds.end + 1 :]))
    return (format_header(header) + body.lstrip("\n")).rstrip("\n") + "\n"


def _header(lines: Sequence[str], old: Period, new: Period, *, is_fenced: bool) -> list[str]:
    """The header lines of the new report, in the order of the old one's."""
    fields, _ = read_fields(enumerate(lines), lambda word: word in KEYS, is_fenced=is_fenced)
    return with_fields(lines, fields, lambda line: _renewed(line, old, new))


def _renewed(field: HeaderField, old: Period, new: Period) -> list[str] | None:
    """The lines of a field in the new report; none for a field of the previous one alone."""
    word = field.key.casefold()
    key = KEYS.get(word, word)
    if key == "title":
        return format_field(field.key, rename_period(field.text, old, new))
    if key == "period":
        return [*format_field(field.key, new.id), _DRAFT]
    if key in _OF_ONE_REPORT or key.startswith("window-"):
        return []
    return canonical_lines(field, is_list=key in LISTS)


_ITEM = lazy_compile(r" {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]")
_INSIDE_ITEM = lazy_compile(r" {4}|\t")
_HEADING = lazy_compile(r"#{1,6}(?!#)")
_UNDERLINE = lazy_compile(r"(?:=+|-+)[ \t]*")
_STANDING = lazy_compile(r"#|<!--|\[[^\]]+\]:\s|(?:[-*_][ \t]*){3,}$")  # headings, comments, link addresses, rules
_PREFIX = lazy_compile(r"[ \t]*(?:(?:[*+-]|\d{1,9}[.)])[ \t]+|>[ \t]?)*")
_LINK = lazy_compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_MARKUP = lazy_compile(r"<[^<>]*>|&#?\w+;|[\[\]<>*_`#|{}\\~]")
_QUOTED_WORDS = 6


def clear_prose(body: str) -> str:
    """Replace the text of every block without a figure by «[допишіть: its first words…]»; headings stay."""
    return "\n".join(line for block in _blocks(body.split("\n")) for line in _kept_or_prompt(block))


class _Block(Struct):
    """A block under construction, with the state that decides whether the next line belongs to it (linear time)."""

    lines: list[str] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)  # lines that are not blank, the first three
    _is_in_comment: bool = False
    _is_in_code: bool = False

    def add(self, line: str) -> None:
        self.lines.append(line)
        if line.strip() and len(self._written) < 3:
            self._written.append(line)
        opens, closes = line.rfind("<!--"), line.rfind("-->")
        if opens != closes:  # both are -1 where there is neither
            self._is_in_comment = opens > closes
        self._is_in_code ^= line.lstrip().startswith(("```", "~~~"))

    @property
    def is_underlined(self) -> bool:
        return len(self._written) == 2 and _UNDERLINE.fullmatch(self._written[1]) is not None

    def ends_before(self, line: str) -> bool:
        """Whether `line` begins another block, by the rules of Python-Markdown."""
        if not self.lines or not line.strip() or self._is_in_comment or self._is_in_code:
            return False  # inside a comment or fenced code, blank lines end nothing
        item = _ITEM.match(self.lines[0])
        if not self.lines[-1].strip():
            return not (item and _INSIDE_ITEM.match(line))
        heading = _HEADING.match(self.lines[-1]) or self.is_underlined
        return bool(heading or _HEADING.match(line) or (item and _ITEM.match(line)))


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Paragraphs, headings and whole list items, each with the blank lines after it."""
    block = _Block()
    for line in lines:
        if block.ends_before(line):
            yield block
            block = _Block()
        block.add(line)
    yield block


def _kept_or_prompt(block: _Block) -> list[str]:
    text = "\n".join(block.lines)
    stands = not text.strip() or _STANDING.match(text.strip()) or block.is_underlined
    if stands or TODO_MARKER in text.casefold() or any(placeholders(text)):
        return block.lines
    blank = len(block.lines) - len(text.rstrip().split("\n"))
    prefix = _PREFIX.match(block.lines[0])
    start = prefix[0] if prefix else ""
    return [f"{start}{prompt(text.removeprefix(start))}", *block.lines[len(block.lines) - blank :]]


def prompt(text: str) -> str:
    """«[допишіть: перші слова колишнього тексту…]», without markup, which might stay unclosed."""
    normalize_period_text = _MARKUP.sub(" ", _LINK.sub(r"\1", text))
    words = [word for word in normalize_period_text.split() if any(character.isalnum() for character in word)]
    quoted = " ".join(words[:_QUOTED_WORDS]).rstrip(".,;:!?…")
    return f"{TODO_MARKER}: {quoted}…]" if quoted else f"{TODO_MARKER}…]"


_WORD = lazy_compile(r"[^\s«»„“”\"()\[\],;:!?]+")
_LONGEST = 10  # «період з 1 липня 2020 року по 31 грудня 2021 року»
_DISTINCT_CASES = (Case.NOMINATIVE, Case.GENITIVE, Case.LOCATIVE, Case.INSTRUMENTAL, Case.DATIVE)


def rename_period(text: str, old: Period, new: Period) -> str:
    """Replace every name of the old period, in any spelling, by the new one's in the same grammatical case."""
    words = [match.span() for match in _WORD.finditer(text)]
    out, done, index = [], 0, 0
    while index < len(words):
        count, name = _name_at(text, words[index : index + _LONGEST], old)
        if count:
            start = words[index][0]
            out += [text[done:start], _in_its_form(name, old, new)]
            done = start + len(name)
        index += count or 1
    return "".join((*out, text[done:]))


def _name_at(text: str, words: list[tuple[int, int]], old: Period) -> tuple[int, str]:
    """The longest name of the period at the beginning of these words, and its number of words; 0 without one."""
    if normalize_period_text(text[slice(*words[0])]) in PREPOSITIONS:
        return 0, ""
    for count in range(len(words), 0, -1):
        name = text[words[0][0] : words[count - 1][1]]
        for spelling in dict.fromkeys((name, name.rstrip("."))):
            if _names(spelling, old):
                return count, spelling
    return 0, ""


def _names(text: str, period: Period) -> bool:
    try:
        return parse_period(text) == period
    except PeriodRefused:
        return False


def _in_its_form(name: str, old: Period, new: Period) -> str:
    """The new name in the form of the old one: an id, days, or words with the same case and capitals."""
    if normalize_period_text(name) == normalize_period_text(old.id):
        return new.id
    if old.kind == new.kind and old.kind in ("year", "nine"):  # «12 місяців 2021 року» stays what it is
        return name.replace(f"{old.first.year}", f"{new.first.year}")
    if old.kind == new.kind == "range" and normalize_period_text(name).startswith(("з ", "із ")):
        return new.between
    if old.kind == new.kind == "range" and name[0].isdigit():
        return f"{short_day(new.first)}–{short_day(new.last)}"
    old_words = set(normalize_period_text(name).split())
    case = max(_DISTINCT_CASES, key=lambda case: len(old_words & set(normalize_period_text(old.in_case(case)).split())))
    title = new.in_case(case)
    if name.isupper():
        return title.upper()
    return title[0].upper() + title[1:] if name[0].isupper() else title
