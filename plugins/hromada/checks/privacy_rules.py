"""Finds probable personal data. Only warnings, since some must be published by law (spending, officials' names)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.linted_text import LintedText, first_distinct
from hromada.domain.item import Kind
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem

# Ten digits in a row; sixteen, in fours or in a row. A cadastral number has colons inside, КОАТУУ is the code of a place.
_DIGITS = lazy_compile(
    r"\d(?<![\d.,/_-].)(?<!\d:.)(?<!КОАТУУ .)(?<!КОАТУУ: .)"
    r"(?:\d{9}|\d{3}(?P<between>[ -]?)\d{4}(?P=between)\d{4}(?P=between)\d{4})(?![\d/_-]|[.,:]\d|\s?грн)"
)
_PASSPORT = lazy_compile(
    r"\b(?i:паспорт\w*|серії|серія)\W{1,3}(?i:серії\W{1,3}|серія\W{1,3})?(?:[А-ЯІЇЄҐ]{2}\W{0,3}(?:№\s?)?\d{6}\b|№?\s?\d{9}\b)"
)
_MOBILE = lazy_compile(
    r"(?<!\d)(?:\+?38)?[ (-]{0,3}0(?:39|50|63|66|67|68|73|75|77|9[1-9])[ )-]{0,3}\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)"
)
# Each of these numbers has six digits without anything but these separators between them.
_AS_DIGITS = bytes(ord("0") if chr(byte).isdigit() and byte < 128 else ord("x") for byte in range(256))
_SIX_DIGITS = b"000000"
_DOCUMENTS = ("паспорт", "посвідчен", "документ", "громадян", "квиток")
_WEIGHTS = (-1, 5, 7, 9, 4, 6, 10, 5, 7)  # of the taxpayer's number (РНОКПП)
_FIX = "якщо це дані людини, приберіть їх"


def no_personal_data(text: LintedText) -> Iterator[Problem]:
    """Numbers of taxpayers, passports, cards; mobile telephones outside of contacts."""
    if not any(_SIX_DIGITS in prose.translate(_AS_DIGITS, b" ()-") for prose in text.prose_in_bytes):
        return
    for match in first_distinct(match for match in _DIGITS.finditer(text.prose) if _whose(match[0])):
        message = f"схоже на {_whose(match[0])}: «{mask_digits(match[0])}»"
        yield text.warn(match.start(), "personal-data", message, _FIX)
    for match in first_distinct(match for match in _PASSPORT.finditer(text.prose) if _is_a_persons(match)):
        yield text.warn(match.start(), "personal-data", f"схоже на номер паспорта: «{mask_digits(match[0])}»", _FIX)
    if text.item.kind in (Kind.NEWS, Kind.MESSAGE):
        for match in first_distinct(_MOBILE.finditer(text.prose, text.start)):
            yield text.warn(
                match.start(), "personal-phone", f"мобільний телефон у тексті: «{mask_digits(match[0].strip())}»",
                "якщо він не службовий, приберіть; службовому місце на сторінці контактів",
            )  # fmt: skip


def _is_a_persons(match: re.Match[str]) -> bool:
    """Whether the context is a passport: licences, forms and bonds have series, too."""
    context = match.string[max(0, match.start() - 60) : match.end()].casefold()
    return any(stem in context for stem in _DOCUMENTS)


def _whose(number: str) -> str:
    """The kind of a number with a valid check digit; empty for any other."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 10 and is_taxpayer(digits):
        return "податковий номер людини"
    return "номер платіжної картки" if len(digits) == 16 and is_card(digits) else ""


def is_taxpayer(digits: str) -> bool:
    """Whether ten digits are a taxpayer's number: a valid check digit and a birthday in the last hundred years.

    The first five digits count the days from 31.12.1899.
    """
    born = int(digits[:5])
    control = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11 % 10
    return 9_000 <= born <= 46_000 and control == int(digits[9])


def is_card(digits: str) -> bool:
    """Whether the digits are a payment card's by Luhn's algorithm (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    return digits[0] in "2345" and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def mask_digits(number: str) -> str:
    """The number with all digits masked except the last two."""
    hidden_count = len(re.sub(r"\D", "", number)) - 2
    masked, seen = "", 0
    for char in number:
        seen += char.isdigit()
        masked += "•" if char.isdigit() and seen <= hidden_count else char
    return masked
