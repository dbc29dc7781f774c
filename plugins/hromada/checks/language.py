"""The state language as the orthography of 2019 has it (the Cabinet of Ministers' resolution 437 of 22.05.2019)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.linted_text import LintedText, first_of_each
from hromada.domain.alphabet import match_case
from hromada.domain.markdown_spans import blank
from hromada.domain.problem import Problem, shorten

# The beginnings of words as they were written before, and as they are now (§§ 36, 121, 128 and others of the orthography).
NEW_STEMS = {
    "проект": "проєкт",
    "проекц": "проєкц",
    "веб-": "веб",
    "прес-служб": "пресслужб",
    "прес-конференц": "пресконференц",
    "прес-реліз": "пресреліз",
    "прес-секретар": "прессекретар",
    "прес-центр": "пресцентр",
    "прес-тур": "престур",
    "віце-": "віце",
    "екс-": "екс",
    "міні-": "міні",
    "медіа-": "медіа",
    "топ-менедж": "топменедж",
    "священик": "священник",
    "фойє": "фоє",
    "плейєр": "плеєр",
    "конвейєр": "конвеєр",
}
_OLD = re.compile(rf"(?<![\w’'-])(?P<stem>{'|'.join(NEW_STEMS)})(?P<rest>[а-яґєії’'-]*)", re.IGNORECASE)
# The name of a law stays as it was adopted.
_OFFICIAL_TITLE = re.compile(
    r"\b(?i:закон|постанов|наказ|указ|кодекс|конвенці)[^«»\n]{0,120}«[^«»\n]*»(?:,?[ ](?:(?:та|і|й)[ ])?«[^«»\n]*»)*"
)
_SIGNS = ("проек", "веб-", "прес-", "віце-", "екс-", "міні-", "медіа-", "топ-м", "священик", "фойє", "йєр")
_QUOTED = re.compile(r"(?<![\w=/])[\"“”„](?P<words>[^\"“”„«»\n]{0,200}?[а-яґєіїА-ЯҐЄІЇ][^\"“”„«»\n]{0,200}?)[\"“”]")


def words_follow_the_orthography(text: LintedText) -> Iterator[Problem]:
    """«проєкт», «вебсайт», «пресслужба»."""
    folded = text.prose.casefold()
    if not any(sign in folded for sign in _SIGNS):
        return
    prose = _OFFICIAL_TITLE.sub(lambda title: blank(title[0]), text.prose)
    for found in first_of_each(_OLD.finditer(prose)):
        if found["stem"].endswith("-") and not _is_common(found["stem"], found["rest"]):
            continue
        now = NEW_STEMS[found["stem"].casefold()] + found["rest"].casefold()
        fix = f"напишіть «{match_case(found[0], now)}»"
        yield text.warn(found.start(), "orthography", f"старий правопис: «{found[0]}»", fix)


def _is_common(prefix: str, word: str) -> bool:
    """Before a proper name the hyphen stays: «міні-Європа»."""
    return bool(word) and (word[0].islower() or prefix.isupper())


def quotes_are_ukrainian(text: LintedText) -> Iterator[Problem]:
    """«лапки» outside, „лапки“ within them."""
    body = text.prose
    if not any(sign in body for sign in '"“”„'):
        return
    opened, closed, looked = -1, -1, 0
    for found in _QUOTED.finditer(body, text.start):
        opened = max(opened, body.rfind("«", looked, found.start()))
        closed = max(closed, body.rfind("»", looked, found.start()))
        looked = found.start()
        if opened > closed and found[0][0] == "„":
            continue
        words = shorten(found["words"], 40)
        yield text.warn(
            found.start(),
            "quotes",
            f"лапки не українські: {found[0][0]}{words}{found[0][-1]}",
            "напишіть «…» або запустіть make fix" if _are_paired(body, found) else "напишіть «…», кожній лапці – пару",
        )
        return  # one of many in the file: make fix finds the others


def _are_paired(body: str, found: re.Match[str]) -> bool:
    """Whether the paragraph has no straight quote without its pair: make fix leaves such a paragraph alone."""
    start, end = body.rfind("\n\n", 0, found.start()), body.find("\n\n", found.end())
    return body.count('"', max(0, start), end if end >= 0 else len(body)) % 2 == 0
