"""Rules for Ukrainian texts: orthography of 2019 (Cabinet resolution 437 of 22.05.2019), quotes, wrong letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hromada.checks.linted_text import MAX_REPORTED, LintedText, first_distinct
from hromada.domain.alphabet import LOOKALIKES, match_case
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_spans import blank
from hromada.domain.pasted_text import describe_char, find_stray_chars
from hromada.domain.problem import Problem, shorten

# Stems in the former and the present spelling (§§ 36, 121, 128 and others of the orthography).
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
_OLD = lazy_compile(rf"(?<![\w’'-])(?P<stem>{'|'.join(NEW_STEMS)})(?P<rest>[а-яґєії’'-]*)", re.IGNORECASE)
# The title of a law keeps its spelling.
_OFFICIAL_TITLE = lazy_compile(
    r"\b(?i:закон|постанов|наказ|указ|кодекс|конвенці)[^«»\n]{0,120}«[^«»\n]*»(?:,?[ ](?:(?:та|і|й)[ ])?«[^«»\n]*»)*"
)
_QUICK_STEMS = ("проек", "веб-", "прес-", "віце-", "екс-", "міні-", "медіа-", "топ-м", "священик", "фойє", "йєр")
_QUOTED = lazy_compile(r"(?<![\w=/])[\"“”„](?P<words>[^\"“”„«»\n]{0,200}?[а-яґєіїА-ЯҐЄІЇ][^\"“”„«»\n]{0,200}?)[\"“”]")


def words_follow_the_orthography(text: LintedText) -> Iterator[Problem]:
    """«проєкт», «вебсайт», «пресслужба»."""
    folded = text.prose.casefold()
    if not any(stem in folded for stem in _QUICK_STEMS):
        return
    prose = _OFFICIAL_TITLE.sub(lambda title: blank(title[0]), text.prose)
    for match in first_distinct(_OLD.finditer(prose)):
        if match["stem"].endswith("-") and not _is_common(match["stem"], match["rest"]):
            continue
        now = NEW_STEMS[match["stem"].casefold()] + match["rest"].casefold()
        fix = f"напишіть «{match_case(match[0], now)}»"
        yield text.warn(match.start(), "orthography", f"старий правопис: «{match[0]}»", fix)


def _is_common(prefix: str, word: str) -> bool:
    """Whether the word after the prefix is no proper name, before which the hyphen stays: «міні-Європа»."""
    return bool(word) and (word[0].islower() or prefix.isupper())


def quotes_are_ukrainian(text: LintedText) -> Iterator[Problem]:
    """«лапки» outside, „лапки“ within them."""
    body = text.prose
    if not any(quote in body for quote in '"“”„'):
        return
    opened, closed, looked = -1, -1, 0
    for match in _QUOTED.finditer(body, text.start):
        opened = max(opened, body.rfind("«", looked, match.start()))
        closed = max(closed, body.rfind("»", looked, match.start()))
        looked = match.start()
        if opened > closed and match[0][0] == "„":
            continue
        quoted = shorten(match["words"], 40)
        yield text.warn(
            match.start(),
            "quotes",
            f"лапки не українські: {match[0][0]}{quoted}{match[0][-1]}",
            "напишіть «…» або запустіть make fix" if _are_paired(body, match) else "напишіть «…», кожній лапці – пару",
        )
        return  # only the first one: make fix finds the others


def _are_paired(body: str, match: re.Match[str]) -> bool:
    """Whether all straight quotes of the paragraph are paired, else make fix doesn't change it."""
    start, end = body.rfind("\n\n", 0, match.start()), body.find("\n\n", match.end())
    return body.count('"', max(0, start), end if end >= 0 else len(body)) % 2 == 0


_LATIN = lazy_compile("[a-zA-Z]+")
_LOOKALIKE_BYTES = bytes(code for code in LOOKALIKES if code < 128)
_HEAD, _TAIL = lazy_compile("[а-яґєіїА-ЯҐЄІЇa-zA-Z’'ʼ]*"), lazy_compile("[а-яґєіїА-ЯҐЄІЇa-zA-Z’'ʼ]*$")
_ALONE = lazy_compile("[а-яґєії,] [aio] [а-яґєіїА-ЯҐЄІЇ]")  # «вчителі i учні»; «вітамін c» is right
_LOST = lazy_compile("\ufffd")
_COMBINING = lazy_compile("[іиИІ][\u0306\u0308]")
# UTF-8 decoded as Windows-1252 or Windows-1251: each Ukrainian letter becomes two characters.
_TWICE_LATIN = lazy_compile("(?:[ÐÑ][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]){3,}")
_TWICE_CYRILLIC = lazy_compile(
    "(?:[РС][\u0400-\u040f\u0450-\u045f\u0490\u0491°±І-і\u2013-\u203a\u20ac\u2116\u2122¤-»µ¶·]){3,}"
)


def words_have_letters_of_one_alphabet(text: LintedText) -> Iterator[Problem]:
    """«старoстами» with a Latin «o» can't be found by search and is sorted wrong."""
    body = text.prose_in_bytes[1]
    has_latin = len(body.translate(None, _LOOKALIKE_BYTES)) < len(body)
    seen: set[str] = set()
    for start, word in _lookalikes(text.prose, len(text.prose) if has_latin else text.start):
        if word not in seen and len(seen) < MAX_REPORTED:
            seen.add(word)
            latin = "".join(dict.fromkeys(letter for letter in word if ord(letter) in LOOKALIKES))
            yield text.warn(
                start, "lookalike-letter", f"у слові «{word}» латинські літери: {', '.join(latin)}",
                f"наберіть українськими: «{word.translate(LOOKALIKES)}»",
            )  # fmt: skip


def _lookalikes(prose: str, stop: int) -> Iterator[tuple[int, str]]:
    """Cyrillic words with look-alike Latin letters («IT-компанія» is right), and single Latin letters among Ukrainian words.

    None is looked for from `stop` on.
    """
    end = 0
    for match in _LATIN.finditer(prose, 0, stop):
        if match.start() < end or not all(ord(char) in LOOKALIKES for char in match[0]):
            continue
        before, after = prose[max(0, match.start() - 40) : match.start()], prose[match.end() : match.end() + 40]
        if _is_ukrainian(before[-1:]) or (_is_ukrainian(after[:1]) and not _is_abbreviation(match[0], after)):
            start = match.start() - len(_TAIL.search(before)[0])  # type: ignore[index]  # it matches nothing, too
            end = match.end() + _HEAD.match(after).end()  # type: ignore[union-attr]
            yield start, prose[start:end]
        elif match[0].islower() and _ALONE.fullmatch(before[-2:] + match[0] + after[:2]):
            yield match.start(), match[0]


def _is_abbreviation(word: str, after: str) -> bool:
    """«pHметр», «TOPовий»: Latin capitals with a Ukrainian ending."""
    return any(map(str.isupper, word[1:])) and after[0].islower()


def _is_ukrainian(char: str) -> bool:
    return "а" <= char.casefold() <= "ґ"


def no_letter_was_lost(text: LintedText) -> Iterator[Problem]:
    """A replacement character U+FFFD means that a program lost a letter."""
    if (match := _LOST.search(text.text)) is not None:
        yield text.refuse(
            match.start(), "letter-lost", "замість літери стоїть знак «\ufffd»: текст зіпсувала інша програма",
            "вставте текст із першоджерела ще раз",
        )  # fmt: skip


def text_was_encoded_once(text: LintedText) -> Iterator[Problem]:
    """«Ð”ÐµÑ€Ð³Ð°Ñ‡Ñ–»: UTF-8 decoded with another encoding."""
    source = text.text
    match = _TWICE_LATIN.search(source) if "Ð" in source else None
    if match is None and any(sequence in source for sequence in ("Р°", "Рѕ", "Рё", "С‚")):  # «а», «о», «и», «т»
        match = _TWICE_CYRILLIC.search(source)
    if match is not None:
        yield text.warn(
            match.start(), "double-encoded", f"текст зіпсовано подвійним кодуванням: «{match[0][:24]}»",
            "вставте його з першоджерела або спробуйте make fix",
        )  # fmt: skip


def no_sign_is_invisible(text: LintedText) -> Iterator[Problem]:
    """An invisible character splits words for search and screen readers."""
    for match in first_distinct(find_stray_chars(text.text)):
        is_in_words = text.prose[match.start()] == match[0]
        yield text.warn(
            match.start(),
            "invisible-sign",
            describe_char(match[0]),
            "видаліть його або запустіть make fix" if is_in_words else "видаліть його",
        )


def letters_are_composed(text: LintedText) -> Iterator[Problem]:
    """macOS writes «й» as «и» with a combining character: it looks the same, but search doesn't find it."""
    if "\u0306" not in text.text and "\u0308" not in text.text:
        return
    if (match := _COMBINING.search(text.text)) is not None:
        whole = unicodedata.normalize("NFC", match[0])
        yield text.warn(
            match.start(),
            "decomposed-letter",
            f"літеру «{whole}» записано двома знаками",
            "запустіть make fix або наберіть її знову",
        )
