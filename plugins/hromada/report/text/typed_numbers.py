"""Finds numbers typed where a placeholder belongs: «3 новини», «**46** повідомлень», «п’ять матеріалів»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hromada.domain.figure import Figures
from hromada.domain.numerals import CATEGORIES, NUMBER_WORDS, Case, Noun, plural_category
from hromada.domain.text_lookup import LineNumbers

# What the site counts is called by these words too, whatever figures.toml calls it.
_NAMES = (
    "новина", "публікація", "повідомлення", "інформаційне повідомлення", "сторінка", "окрема сторінка", "допис", "репост",
    "матеріал", "стаття", "анонс", "оголошення", "пресреліз", "відеоматеріал", "відеоролик", "звернення", "запит", "огляд",
    "запис",
)  # fmt: skip
_BLANK = r"[ \t\u00a0]|&nbsp;"
_GAP = rf"[*_]*+(?:{_BLANK})*+(?:\n[ \t>]*+)?[*_]*+"  # a sentence goes on in the next line, not after a blank one
_DIGITS = r"(?<![\w.,:/№–-])\d[\d\u00a0 ]{0,40}+(?:-(?:х|ти|ми|ох))?(?:[ \u00a0]?тис\.)?"
_ADJECTIVE = r"(?:нові|важливі|офіційні|спільні|окремі|письмові|усні|електронні|\w{2,30}(?:[иі]х|їх|ими|їми))"
# «частини 2 статті 15», «рішення № 5», «у 2021 публікації»: numbers of something else.
_NAMED_BY_NUMBER = re.compile(
    r"(?:частин\w*|пункт\w*|підпункт\w*|абзац\w*|статт\w*|статей|додат\w+|розділ\w*|номер\w*|№|\b(?:ч|п|пп|ст|гл|абз)\.)"
    r"[ \u00a0]*\Z",
    re.IGNORECASE,
)
_MONTHS = "січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд"
_BEFORE_YEAR = re.compile(
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
