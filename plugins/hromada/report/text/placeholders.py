"""A report's text: placeholders `[[…]]`, its blocks for documents, and numbers typed where a placeholder belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from hromada.domain.figure import Figures
from hromada.domain.item import Item, Status, report_details
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import CATEGORIES, NUMBER_WORDS, Case, FormMissing, Noun, grouped, plural_category
from hromada.domain.problem import Problem, did_you_mean, warning
from hromada.domain.text_lookup import LineNumbers
from hromada.report.count.activity import Activity, Count
from hromada.report.count.comparison import COLUMNS, ComparisonColumn


class Run(Struct, frozen=True):
    """A stretch of text in one style; `link` is an absolute address."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    struck: bool = False


class Paragraph(Struct, frozen=True):
    runs: tuple[Run, ...]


class Heading(Struct, frozen=True):
    """A heading inside the text; `level` is 2 to 6, since the title is the first."""

    level: int
    runs: tuple[Run, ...]


class ListBlock(Struct, frozen=True):
    """A list; an ordered one starts at `start`. An item holds blocks: paragraphs, further lists."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


class Quote(Struct, frozen=True):
    blocks: tuple[Block, ...]


class TextTable(Struct, frozen=True):
    """A table of the text; `head` may be empty."""

    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


class PictureBlock(Struct, frozen=True):
    """A picture of the text; documents print its description instead."""

    alt: str


Block: TypeAlias = Paragraph | Heading | ListBlock | Quote | TextTable | PictureBlock


# What the site counts is called by these words too, whatever figures.toml calls it.
_NAMES = (
    "новина", "публікація", "повідомлення", "інформаційне повідомлення", "сторінка", "окрема сторінка", "допис", "репост",
    "матеріал", "стаття", "анонс", "оголошення", "пресреліз", "відеоматеріал", "відеоролик", "звернення", "запит", "огляд",
    "запис", "світлина", "фотографія",
)  # fmt: skip
_BLANK = r"[ \t\u00a0]|&nbsp;"
_GAP = rf"[*_]*+(?:{_BLANK})*+(?:\n[ \t>]*+)?[*_]*+"  # a sentence goes on in the next line, not after a blank one
_DIGITS = r"(?<![\w.,:/№–-])\d[\d\u00a0 ]{0,40}+(?:-(?:х|ти|ми|ох))?(?:[ \u00a0]?тис\.)?"
_ADJECTIVE = r"(?:нові|важливі|офіційні|спільні|окремі|письмові|усні|електронні|\w{2,30}(?:[иі]х|їх|ими|їми))"
# «частини 2 статті 15», «рішення № 5», «у 2021 публікації»: numbers of something else.
_NAMED_BY_NUMBER = lazy_compile(
    r"(?:частин\w*|пункт\w*|підпункт\w*|абзац\w*|статт\w*|статей|додат\w+|розділ\w*|номер\w*|№|\b(?:ч|п|пп|ст|гл|абз)\.)"
    r"[ \u00a0]*\Z",
    re.IGNORECASE,
)
_MONTHS = "січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд"
_BEFORE_YEAR = lazy_compile(
    rf"\b(?:у|в|за|на|з|із|від|до|протягом|упродовж|(?:{_MONTHS})\w*|півріч\w+|квартал\w*)[ \u00a0]+\Z", re.IGNORECASE
)
_YEARS = range(1990, 2100)


class TypedNumber(NamedTuple):
    """A number with its noun, and the line in which it begins, from 1."""

    line: int
    text: str


class TypedNumbers:
    """Finds them by the nouns of the figures and by those that mean the same."""

    def __init__(self, figures: Figures) -> None:
        nouns = [figures.noun(spec) for spec in figures.specs]
        nouns += [figures.nouns[name] for name in _NAMES if name in figures.nouns]
        wordings = [noun.with_few(case) for noun in nouns for case in (Case.NOMINATIVE, Case.GENITIVE)]
        plural = {form for noun in wordings for form in _forms(noun, singular=False)}
        self._singular = {form for noun in wordings for form in _forms(noun, singular=True)} - plural
        self.pattern = _pattern(plural | self._singular)

    def find(self, text: str) -> Iterator[TypedNumber]:
        """Each of them in the text, from which placeholders have been taken away."""
        lines = LineNumbers(text)
        for match in self.pattern.finditer(text):
            if not self._is_other(match, text[max(0, match.start() - 30) : match.start()]):
                text = " ".join(match[0].replace("&nbsp;", " ").split())
                yield TypedNumber(lines.at(match.start()), text)

    def _is_other(self, match: re.Match[str], before: str) -> bool:
        """Whether the number is no count of this noun: a year, an article's number, an ordinal."""
        digits = re.sub(r"\D", "", match["number"])
        is_year = len(digits) == 4 and int(digits) in _YEARS
        if _NAMED_BY_NUMBER.search(before) or (is_year and _BEFORE_YEAR.search(before)):
            return True
        if match["noun"].casefold() not in self._singular:  # «на 3 сторінці» is the third one
            return False
        return (
            bool(plural_category(int(digits)))
            if digits
            else not match["number"].casefold().split()[-1].startswith("од")
        )


def _forms(noun: Noun, *, singular: bool) -> Iterator[str]:
    singular_index = CATEGORIES.index("one")
    for forms in noun.forms.values():
        yield from (
            form.casefold() for form in ((forms[singular_index],) if singular else forms[singular_index + 1 : -1])
        )


def _pattern(forms: set[str]) -> re.Pattern[str]:
    """Possessive quantifiers: with backtracking over a page of digits and blanks, one report took minutes."""
    text = "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) or r"(?!)"
    return re.compile(
        rf"(?P<number>{_DIGITS}|{NUMBER_WORDS}){_GAP}(?<=[\s;*_>])(?:{_ADJECTIVE}{_GAP}(?<=\s))?(?P<noun>{text})\b",
        re.IGNORECASE,
    )


# A placeholder may be wrapped over two lines, but not reach into the next block (paragraph, heading, list item).
_BLOCK = r"\n[ \t]*(?:\n|#|[=-]+[ \t]*\n|[*+-][ \t]|\d{1,9}[.)][ \t])"
_PLACEHOLDER = lazy_compile(rf"\[\[((?:(?!{_BLOCK})[^\[\]])*)\]\]")
_CASE_ADVICE = "можна: наз. род. дав. зн. ор. місц."
_REMOVED = "\ue000"  # replaces a placeholder, so that the texts before and after it stay apart
TODO_MARKER = "[допишіть"  # text still to be written: draft.py inserts it, check_text reports it
_UNWRITTEN = lazy_compile(rf"{re.escape(TODO_MARKER)}[^\[\]]*\]?", re.IGNORECASE)


class RenderedNumber(Struct, frozen=True):
    """The text of a placeholder; `figure` is the id of the figure it links to, if any."""

    text: str
    figure: str = ""


class PlaceholderRefused(ValueError):
    """The placeholder can't be filled; message and fix are Ukrainian."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.fix = code, fix


def render_number(
    inside: str, activity: Activity, figures: Figures, comparison: Sequence[ComparisonColumn] = ()
) -> RenderedNumber:
    """Render `[[inside]]`: `news`, `news зн.`, `news зн. розміщено`, `period`, `newspaper.period`, `news.previous`.

    PlaceholderRefused where it can't be filled.
    """
    name, *modifiers = inside.split() or [""]
    case = _case(modifiers)
    verb = " ".join(modifiers)
    if name == "period" or name.endswith(".period"):
        return RenderedNumber(_period(name, case or Case.NOMINATIVE, verb, activity))
    figure, _, column = name.partition(".")
    count = _figure(figure, activity, ("period",))
    if column:
        _nothing_after(name, case, verb)
        return RenderedNumber(_difference(count, column, activity, figures, comparison), figure)
    if case is None and not verb:
        return RenderedNumber(grouped(count.value), name)
    noun = figures.noun(count.spec)
    try:
        if not verb:
            return RenderedNumber(noun.counted(count.value, case or Case.ACCUSATIVE), name)
        if count.value == 0:
            return RenderedNumber(noun.none_done(verb), name)
        return RenderedNumber(f"{verb} {noun.counted(count.value, case or Case.ACCUSATIVE)}", name)
    except FormMissing as missing:
        raise _form_missing(missing, count, figures) from None


def _case(modifiers: list[str]) -> Case | None:
    """Remove the case from the beginning of the words and return it; a case is written with a dot."""
    if not modifiers:
        return None
    case = Case.parse(modifiers[0])
    if case is not None:
        del modifiers[0]
    elif modifiers[0].endswith("."):
        raise PlaceholderRefused("placeholder-case", f"невідомий відмінок «{modifiers[0]}»", _CASE_ADVICE)
    return case


def _period(name: str, case: Case, verb: str, activity: Activity) -> str:
    if verb:
        raise PlaceholderRefused("placeholder-case", f"після «{name}» може стояти лише відмінок", _CASE_ADVICE)
    if name == "period":
        return activity.period.in_case(case)
    return _figure(name.removesuffix(".period"), activity).window.in_case(case)


def _figure(name: str, activity: Activity, further: tuple[str, ...] = ()) -> Count:
    count = activity.get(name)
    if count is None:
        names = [*(count.id for count in activity.counts), *further]
        raise PlaceholderRefused(
            "placeholder-unknown",
            f"немає показника «{name}»",
            did_you_mean(name, names) or f"можна: {', '.join(names)}",
        )
    return count


def _nothing_after(name: str, case: Case | None, verb: str) -> None:
    if case or verb:
        raise PlaceholderRefused("placeholder-case", f"після «{name}» нічого не пишуть", "приберіть відмінок і слова")


def _difference(
    count: Count, name: str, activity: Activity, figures: Figures, comparison: Sequence[ComparisonColumn]
) -> str:
    """«на 58 публікацій (10,1 %) більше, ніж за I півріччя 2021 року»."""
    if name not in COLUMNS:
        raise PlaceholderRefused(
            "placeholder-unknown",
            f"немає порівняння «{name}»",
            did_you_mean(name, COLUMNS) or f"можна: {', '.join(COLUMNS)}",
        )
    column = _column(name, activity, comparison)
    cell = column.cells.get(count.id) if column else None
    if column is None or cell is None or cell.base is None:
        why = (cell.note if cell else "") or "немає даних"
        raise PlaceholderRefused("placeholder-comparison", f"порівнювати нема з чим: {why}", "приберіть це речення")
    try:
        return cell.sentence(figures.noun(count.spec), column.period)
    except FormMissing as missing:
        raise _form_missing(missing, count, figures) from None


def _column(name: str, activity: Activity, comparison: Sequence[ComparisonColumn]) -> ComparisonColumn | None:
    """For years and nine months the previous period is the one a year before: either name is accepted."""
    same = activity.period.previous == activity.period.year_before
    names = COLUMNS if same else (name,)
    return next((column for column in comparison if column.name in names), None)


def _form_missing(missing: FormMissing, count: Count, figures: Figures) -> PlaceholderRefused:
    noun = figures.noun(count.spec)
    return PlaceholderRefused("noun-form", str(missing), f'додайте їх до [noun."{noun.name}"] у figures.toml')


def placeholders(text: str) -> Iterator[tuple[int, str, str]]:
    """Line (from 1), whole placeholder and its inside."""
    lines = LineNumbers(text)
    for match in _PLACEHOLDER.finditer(text):
        yield lines.at(match.start()), " ".join(match[0].split()), match[1]


def check_text(
    item: Item, activity: Activity, figures: Figures, comparison: Sequence[ComparisonColumn] = ()
) -> Iterator[Problem]:
    """Problems: placeholders that can't be filled, numbers typed before a figure's noun, text still to be written."""
    written = report_details(item).text
    for number, whole, inside in placeholders(written):
        line = item.body_line + number - 1
        try:
            render_number(inside, activity, figures, comparison)
        except PlaceholderRefused as refused:
            yield Problem(item.path, line, refused.code, f"{whole}: {refused}", refused.fix)
    rest = _PLACEHOLDER.sub(lambda match: _REMOVED + "\n" * match[0].count("\n"), written)
    for typed in TypedNumbers(figures).find(rest):
        yield warning(
            item.path, item.body_line + typed.line - 1, "typed-number", f"число «{typed.text}» вписано рукою",
            "поставте показник, наприклад [[news зн.]]",
        )  # fmt: skip
    for number, text in enumerate(rest.split("\n"), 1):
        line = item.body_line + number - 1
        if "[[" in text:
            yield Problem(item.path, line, "placeholder-unclosed", "показник не закрито", "поставте «]]» після нього")
        yield from _unwritten(item, line, text)


def _unwritten(item: Item, line: int, text: str) -> Iterator[Problem]:
    for match in _UNWRITTEN.findall(text) if item.status is not Status.DRAFT else ():
        yield warning(
            item.path, line, "narrative-missing", f"ще не дописано: «{match}»",
            "допишіть або приберіть; поки не готово, поставте «status: draft»",
        )  # fmt: skip


def render_placeholders(
    text: str, activity: Activity, figures: Figures, comparison: Sequence[ComparisonColumn] = ()
) -> tuple[str, dict[str, RenderedNumber]]:
    """Replace each placeholder by a token that Markdown leaves alone; also the rendered numbers by token."""
    tokens: dict[str, RenderedNumber] = {}

    def tokenise(match: re.Match[str]) -> str:
        token = f"\ue000{len(tokens)}\ue001"  # private use signs: no editor types them
        tokens[token] = render_number(match[1], activity, figures, comparison)
        return token

    return _PLACEHOLDER.sub(tokenise, text), tokens
