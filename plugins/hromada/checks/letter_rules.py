"""Letters that look right and are not: they hide words from the search, from sorting and from screen readers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hromada.checks.linted_text import MOST_SPOKEN, LintedText, first_of_each
from hromada.domain.alphabet import LOOKALIKES
from hromada.domain.invisible_chars import describe_char, find_stray_chars
from hromada.domain.problem import Problem

_LATIN = re.compile("[a-zA-Z]+")
_HEAD, _TAIL = re.compile("[а-яґєіїА-ЯҐЄІЇa-zA-Z’'ʼ]*"), re.compile("[а-яґєіїА-ЯҐЄІЇa-zA-Z’'ʼ]*$")
_ALONE = re.compile("[а-яґєії,] [aio] [а-яґєіїА-ЯҐЄІЇ]")  # «вчителі i учні»; «вітамін c» is right
_LOST = re.compile("\ufffd")
_COMBINING = re.compile("[іиИІ][\u0306\u0308]")
# UTF-8 read as Windows-1252 or as Windows-1251: each Ukrainian letter becomes two signs.
_TWICE_LATIN = re.compile("(?:[ÐÑ][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]){3,}")
_TWICE_CYRILLIC = re.compile(
    "(?:[РС][\u0400-\u040f\u0450-\u045f\u0490\u0491°±І-і\u2013-\u203a\u20ac\u2116\u2122¤-»µ¶·]){3,}"
)


def words_have_letters_of_one_alphabet(text: LintedText) -> Iterator[Problem]:
    """«старoстами» with a Latin «o» is found by no search and sorted nowhere."""
    seen: set[str] = set()
    for start, word in _lookalikes(text.prose):
        if word not in seen and len(seen) < MOST_SPOKEN:
            seen.add(word)
            signs = "".join(dict.fromkeys(letter for letter in word if ord(letter) in LOOKALIKES))
            yield text.warn(
                start, "lookalike-letter", f"у слові «{word}» латинські літери: {', '.join(signs)}",
                f"наберіть українськими: «{word.translate(LOOKALIKES)}»",
            )  # fmt: skip


def _lookalikes(prose: str) -> Iterator[tuple[int, str]]:
    """Cyrillic words with Latin letters that look like ours («IT-компанія» is none), and such a letter alone among words."""
    end = 0
    for found in _LATIN.finditer(prose):
        if found.start() < end or not all(ord(sign) in LOOKALIKES for sign in found[0]):
            continue
        before, after = prose[max(0, found.start() - 40) : found.start()], prose[found.end() : found.end() + 40]
        if _is_ours(before[-1:]) or (_is_ours(after[:1]) and not _is_abbreviation(found[0], after)):
            start = found.start() - len(_TAIL.search(before)[0])  # type: ignore[index]  # it matches nothing, too
            end = found.end() + _HEAD.match(after).end()  # type: ignore[union-attr]
            yield start, prose[start:end]
        elif found[0].islower() and _ALONE.fullmatch(before[-2:] + found[0] + after[:2]):
            yield found.start(), found[0]


def _is_abbreviation(word: str, after: str) -> bool:
    """«pHметр», «TOPовий»: Latin capitals with a Ukrainian ending."""
    return any(map(str.isupper, word[1:])) and after[0].islower()


def _is_ours(sign: str) -> bool:
    return "а" <= sign.casefold() <= "ґ"


def no_letter_was_lost(text: LintedText) -> Iterator[Problem]:
    """A replacement sign stands where a program could not read a letter: the word is gone for good."""
    if (found := _LOST.search(text.text)) is not None:
        yield text.refuse(
            found.start(), "letter-lost", "замість літери стоїть знак «\ufffd»: текст зіпсувала інша програма",
            "вставте текст із першоджерела ще раз",
        )  # fmt: skip


def text_was_encoded_once(one: LintedText) -> Iterator[Problem]:
    """«Ð”ÐµÑ€Ð³Ð°Ñ‡Ñ–»: UTF-8 that a program took for another encoding."""
    text = one.text
    found = _TWICE_LATIN.search(text) if "Ð" in text else None
    if found is None and any(sign in text for sign in ("Р°", "Рѕ", "Рё", "С‚")):  # «а», «о», «и», «т»
        found = _TWICE_CYRILLIC.search(text)
    if found is not None:
        yield one.warn(
            found.start(), "double-encoded", f"текст зіпсовано подвійним кодуванням: «{found[0][:24]}»",
            "вставте його з першоджерела або спробуйте make fix",
        )  # fmt: skip


def no_sign_is_invisible(text: LintedText) -> Iterator[Problem]:
    """A sign that nobody sees splits words for the search and for screen readers."""
    for found in first_of_each(find_stray_chars(text.text)):
        is_in_words = text.prose[found.start()] == found[0]
        yield text.warn(
            found.start(),
            "invisible-sign",
            describe_char(found[0]),
            "видаліть його або запустіть make fix" if is_in_words else "видаліть його",
        )


def letters_are_composed(text: LintedText) -> Iterator[Problem]:
    """macOS writes «й» as «и» and a sign above it: it looks alike and is found by no search."""
    if "\u0306" not in text.text and "\u0308" not in text.text:
        return
    if (found := _COMBINING.search(text.text)) is not None:
        whole = unicodedata.normalize("NFC", found[0])
        yield text.warn(
            found.start(),
            "decomposed-letter",
            f"літеру «{whole}» записано двома знаками",
            "запустіть make fix або наберіть її знову",
        )
