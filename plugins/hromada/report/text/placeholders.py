"""`[[…]]` in a report's text: numbers with their nouns, verbs at zero, the names of periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hromada.domain.figure import Figures
from hromada.domain.item import Item, Status, report_details
from hromada.domain.numerals import Case, FormMissing, grouped
from hromada.domain.problem import Problem, did_you_mean, warning
from hromada.domain.text_lookup import LineNumbers
from hromada.report.count.activity import Activity, Count
from hromada.report.count.comparison import COLUMNS, Column
from hromada.report.text.typed_numbers import TypedNumbers

# Editors wrap lines: it may go over two, but not from one block to the next: a paragraph, heading, list item.
_BLOCK = r"\n[ \t]*(?:\n|#|[=-]+[ \t]*\n|[*+-][ \t]|\d{1,9}[.)][ \t])"
_PLACEHOLDER = re.compile(rf"\[\[((?:(?!{_BLOCK})[^\[\]])*)\]\]")
_CASE_ADVICE = "можна: наз. род. дав. зн. ор. місц."
_TAKEN = "\ue000"  # where a placeholder stood: what is before and after it does not touch
UNWRITTEN = "[допишіть"  # what a report's author has not written yet: narrative.py puts it, check_text finds it
_UNWRITTEN = re.compile(rf"{re.escape(UNWRITTEN)}[^\[\]]*\]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RenderedNumber:
    """What a placeholder says; `figure` is the figure that the words link to, if any."""

    text: str
    figure: str = ""


class PlaceholderRefused(ValueError):
    """The placeholder can't be filled; message and fix are Ukrainian."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.fix = code, fix


def render_number(
    inside: str, activity: Activity, figures: Figures, comparison: Sequence[Column] = ()
) -> RenderedNumber:
    """The words for `[[inside]]`: `news`, `news зн.`, `news зн. розміщено`, `period`, `newspaper.period`, `news.previous`."""
    name, *words = inside.split() or [""]
    case = _case(words)
    verb = " ".join(words)
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


def _case(words: list[str]) -> Case | None:
    """Takes the case off the words; the first word is a case when it is written with a dot."""
    if not words:
        return None
    case = Case.parse(words[0])
    if case is not None:
        del words[0]
    elif words[0].endswith("."):
        raise PlaceholderRefused("placeholder-case", f"невідомий відмінок «{words[0]}»", _CASE_ADVICE)
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
        known = [*(one.id for one in activity.counts), *further]
        raise PlaceholderRefused(
            "placeholder-unknown",
            f"немає показника «{name}»",
            did_you_mean(name, known) or f"можна: {', '.join(known)}",
        )
    return count


def _nothing_after(name: str, case: Case | None, verb: str) -> None:
    if case or verb:
        raise PlaceholderRefused("placeholder-case", f"після «{name}» нічого не пишуть", "приберіть відмінок і слова")


def _difference(count: Count, name: str, activity: Activity, figures: Figures, comparison: Sequence[Column]) -> str:
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


def _column(name: str, activity: Activity, comparison: Sequence[Column]) -> Column | None:
    """For a year and nine months the period before is the one a year before: either name leads to it."""
    same = activity.period.previous == activity.period.year_before
    names = COLUMNS if same else (name,)
    return next((one for one in comparison if one.name in names), None)


def _form_missing(missing: FormMissing, count: Count, figures: Figures) -> PlaceholderRefused:
    noun = figures.noun(count.spec)
    return PlaceholderRefused("noun-form", str(missing), f'додайте їх до [noun."{noun.name}"] у figures.toml')


def placeholders(text: str) -> Iterator[tuple[int, str, str]]:
    """Line (from 1), whole placeholder and its inside."""
    lines = LineNumbers(text)
    for found in _PLACEHOLDER.finditer(text):
        yield lines.at(found.start()), " ".join(found[0].split()), found[1]


def check_text(
    item: Item, activity: Activity, figures: Figures, comparison: Sequence[Column] = ()
) -> Iterator[Problem]:
    """Every placeholder that can't be filled, every number typed before a figure's noun, what is still to be written."""
    written = report_details(item).text
    for number, whole, inside in placeholders(written):
        line = item.body_line + number - 1
        try:
            render_number(inside, activity, figures, comparison)
        except PlaceholderRefused as refused:
            yield Problem(item.path, line, refused.code, f"{whole}: {refused}", refused.fix)
    rest = _PLACEHOLDER.sub(lambda found: _TAKEN + "\n" * found[0].count("\n"), written)
    for typed in TypedNumbers(figures).find(rest):
        yield warning(
            item.path, item.body_line + typed.line - 1, "typed-number", f"число «{typed.words}» вписано рукою",
            "поставте показник, наприклад [[news зн.]]",
        )  # fmt: skip
    for number, text in enumerate(rest.split("\n"), 1):
        line = item.body_line + number - 1
        if "[[" in text:
            yield Problem(item.path, line, "placeholder-unclosed", "показник не закрито", "поставте «]]» після нього")
        yield from _unwritten(item, line, text)


def _unwritten(item: Item, line: int, text: str) -> Iterator[Problem]:
    for found in _UNWRITTEN.findall(text) if item.status is not Status.DRAFT else ():
        yield warning(
            item.path, line, "narrative-missing", f"ще не дописано: «{found}»",
            "допишіть або приберіть; поки не готово, поставте «status: draft»",
        )  # fmt: skip


def render_placeholders(
    text: str, activity: Activity, figures: Figures, comparison: Sequence[Column] = ()
) -> tuple[str, dict[str, RenderedNumber]]:
    """The text with each placeholder replaced by a mark that Markdown leaves alone, and what each mark says."""
    said: dict[str, RenderedNumber] = {}

    def mark(found: re.Match[str]) -> str:
        token = f"\ue000{len(said)}\ue001"  # private use signs: no editor types them
        said[token] = render_number(found[1], activity, figures, comparison)
        return token

    return _PLACEHOLDER.sub(mark, text), said
