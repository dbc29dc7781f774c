"""`[[…]]` in a report's text: numbers with their nouns, verbs at zero, the names of periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hromada.domain.figure import Figures
from hromada.domain.item import Item
from hromada.domain.numerals import Case, FormMissing, grouped
from hromada.domain.problem import Problem, did_you_mean, warning
from hromada.report.count import Activity

_PLACEHOLDER = re.compile(r"\[\[([^\[\]]*)\]\]")  # editors wrap lines: it may go over two
_CASE_ADVICE = "можна: наз. род. дав. зн. ор. місц."


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a placeholder says; `figure` is the figure that the words link to, if any."""

    text: str
    figure: str = ""


class PlaceholderRefused(ValueError):
    """The placeholder can't be filled; message and fix are Ukrainian."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.fix = code, fix


def speak(inside: str, activity: Activity, figures: Figures) -> Spoken:
    """The words for `[[inside]]`: `news`, `news зн.`, `news зн. розміщено`, `period`, `newspaper.period`."""
    name, *words = inside.split() or [""]
    case = _case(words)
    verb = " ".join(words)
    if name == "period" or name.endswith(".period"):
        return Spoken(_period(name, case or Case.NOMINATIVE, verb, activity))
    count = activity.get(name)
    if count is None:
        known = [*(one.id for one in activity.counts), "period"]
        raise PlaceholderRefused(
            "placeholder-unknown",
            f"немає показника «{name}»",
            did_you_mean(name, known) or f"можна: {', '.join(known)}",
        )
    if case is None and not verb:
        return Spoken(grouped(count.value), name)
    noun = figures.noun(count.spec)
    try:
        if not verb:
            return Spoken(noun.counted(count.value, case or Case.ACCUSATIVE), name)
        if count.value == 0:
            return Spoken(noun.none_done(verb), name)
        return Spoken(f"{verb} {noun.counted(count.value, case or Case.ACCUSATIVE)}", name)
    except FormMissing as missing:
        raise PlaceholderRefused(
            "noun-form", str(missing), f'додайте їх до [noun."{noun.name}"] у figures.toml'
        ) from None


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
    figure = name.removesuffix(".period")
    count = activity.get(figure)
    if count is None:
        known = [one.id for one in activity.counts]
        raise PlaceholderRefused(
            "placeholder-unknown",
            f"немає показника «{figure}»",
            did_you_mean(figure, known) or f"можна: {', '.join(known)}",
        )
    return count.window.in_case(case)


def placeholders(text: str) -> Iterator[tuple[int, str, str]]:
    """Line (from 1), whole placeholder and its inside."""
    for found in _PLACEHOLDER.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, " ".join(found[0].split()), found[1]


def check_text(item: Item, activity: Activity, figures: Figures) -> Iterator[Problem]:
    """Every placeholder that can't be filled, and every digit typed before a figure's noun."""
    for number, whole, inside in placeholders(item.body):
        line = item.body_line + number - 1
        try:
            speak(inside, activity, figures)
        except PlaceholderRefused as refused:
            yield Problem(item.path, line, refused.code, f"{whole}: {refused}", refused.fix)
    typed = _typed_number(figures)
    rest = _PLACEHOLDER.sub(lambda found: "\n" * found[0].count("\n") or " ", item.body)
    for number, text in enumerate(rest.split("\n"), 1):
        line = item.body_line + number - 1
        if "[[" in text:
            yield Problem(item.path, line, "placeholder-unclosed", "показник не закрито", "поставте «]]» після нього")
        for found in typed.finditer(text):
            yield warning(
                item.path, line, "typed-number",
                f"число «{found[0].strip()}» вписано рукою", "поставте показник, наприклад [[news зн.]]",
            )  # fmt: skip


def _typed_number(figures: Figures) -> re.Pattern[str]:
    """A digit (also **bold**) before any form of any noun that the figures use."""
    nouns = [figures.noun(spec) for spec in figures.specs]
    forms = {form for noun in nouns for four in noun.forms.values() for form in four}
    words = "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"\d[\d\u00a0 ]*[*_]*\s+(?:{words})\b", re.IGNORECASE)


def fill(text: str, activity: Activity, figures: Figures) -> tuple[str, dict[str, Spoken]]:
    """The text with each placeholder replaced by a mark that Markdown leaves alone, and what each mark says."""
    said: dict[str, Spoken] = {}

    def mark(found: re.Match[str]) -> str:
        token = f"\ue000{len(said)}\ue001"  # private use signs: no editor types them
        said[token] = speak(found[1], activity, figures)
        return token

    return _PLACEHOLDER.sub(mark, text), said
