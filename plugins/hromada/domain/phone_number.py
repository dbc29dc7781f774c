"""Telephone numbers in what editors write: which words can be dialled, and how.

Ukrainian numbers have ten digits with the trunk prefix 0 (national numbering plan; E.164: +380 and nine digits). Three
digits from 1 (101–104, 112) and four from 15 or 16 are services'. A number without its area code can't be dialled from
elsewhere, so it stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hromada.domain.lazy_regex import lazy_compile

_GAP = r"[\s()\u2010-\u2013-]{0,2}"
_NUMBER = lazy_compile(
    rf"(?<![\w+-])(?:(?:\+?{_GAP}3{_GAP}8{_GAP})?(?P<national>\(?0(?:{_GAP}\d){{9}})"
    rf"|(?P<foreign>\+{_GAP}\d(?:{_GAP}\d){{7,14}})|(?P<service>1\d\d|1[56]\d\d))(?![\w]|-\d)"
)
_NO_DIGIT = lazy_compile(r"\D")


class PhonePiece(NamedTuple):
    """A piece of a written line: a number with its `tel:` link, or the words between with an empty one."""

    text: str
    link: str = ""


def phone_pieces(written: str) -> tuple[PhonePiece, ...]:
    """The line in pieces, nothing left out: «(057) 635-11-22, дод. 5» gives a number and «, дод. 5»."""
    return tuple(_pieces(written))


def _pieces(written: str) -> Iterator[PhonePiece]:
    end = 0
    for match in _NUMBER.finditer(written):
        if match.start() > end:
            yield PhonePiece(written[end : match.start()])
        yield PhonePiece(match[0], f"tel:{_dialled(match)}")
        end = match.end()
    if end < len(written):
        yield PhonePiece(written[end:])


def _dialled(match: re.Match[str]) -> str:
    """The number as E.164 has it; a service's as it is."""
    if match["service"]:
        return match["service"]
    digits = _NO_DIGIT.sub("", match["national"] or match["foreign"])
    return f"+38{digits}" if match["national"] else f"+{digits}"


_LINE_GAP = r"[ \u00a0\u2009\u202f]?[-\u2010-\u2013]?[ \u00a0\u2009\u202f]?"
# (057) 635-11-22, 05763 3-01-15, 067 123 45 67, 0 800 500 335: the code is one group, toll-free numbers have two.
_GROUPED = lazy_compile(
    rf"(?:\+?38{_LINE_GAP})?(?:\(0\d{{2,4}}\)|0{_LINE_GAP}800|0{_LINE_GAP}900|0\d{{2,4}}|0\d{{9}}){_LINE_GAP}"
    rf"(?:\d{{1,7}}{_LINE_GAP}){{0,3}}\d{{1,7}}"
)
_INTERNATIONAL = lazy_compile(rf"\+[1-9]\d{{0,2}}{_LINE_GAP}(?:\(?\d{{1,5}}\)?{_LINE_GAP}){{1,5}}\d{{2,7}}")
# A whole row of digits with what may stand between them, and no word, mark or further digit at its ends.
_ROW = lazy_compile(
    r"(?<![\w+.,/№#&;=%-])(?<![\d№#][ \u00a0])(?<!\d[–-])(?:\+|\()?\d[\d() \u00a0\u2009\u202f\u2010-\u2013-]{7,24}"
    r"(?![\w()%/:]|[.,]\d|[+-]\w)"
)
# Each way begins with its own letter, so that a text is searched for these three alone: seventeen times faster.
_HINT = lazy_compile(r"0(?<!\d0)(?:\d\d|.?[89]00)|\+\s?\d|38(?<!\d38)[\s(]{0,2}0")
_OTHER_NUMBER = lazy_compile(
    r"\b(?:єдрпоу|рнокпп|іпн|ідентифікаційн\w+|код\w*|рахун\w+|iban|мфо|р/р|справ\w+|провадження|серія|документ\w*|паспорт\w*"
    r"|кадастров\w+|реєстраційн\w+)"
    r"(?:\s+(?:номер\w*|код\w*|дрфо|юридичн\w+|особи))?\s*[:–-]?\s*$",
    re.IGNORECASE,
)
_GAPS = " \u00a0\u2009\u202f(\u2010\u2011\u2012\u2013-"
_BEFORE = 40  # letters in which the word stands that says what a number is
_NATIONAL, _LONGEST_INTERNATIONAL, _SHORTEST_INTERNATIONAL = 10, 15, 10  # digits
_UKRAINE, _UKRAINIAN = "380", 12  # the country's code, and the digits with it


def may_hold_phone(text: str) -> bool:
    """Whether a text has digits as telephones begin with; most texts have none."""
    return _HINT.search(text) is not None


def phones_in_text(text: str) -> tuple[PhonePiece, ...]:
    """A text in pieces, nothing left out; a number that may be anything else is no telephone."""
    return tuple(_text_pieces(text))


def _text_pieces(text: str) -> Iterator[PhonePiece]:
    end = 0
    for match in _ROW.finditer(text):
        number, start = match[0].rstrip(_GAPS), match.start()
        if number.count("(") < number.count(")"):  # the sentence's own brackets
            number = number.rstrip(")").rstrip(_GAPS)
        if number[0] == "(" and number.find(")") in (-1, len(number) - 1):
            number, start = number[1:].rstrip(")"), start + 1
        link = _link_of(number)
        if not link or _OTHER_NUMBER.search(text[max(0, start - _BEFORE) : start]):
            continue
        if start > end:
            yield PhonePiece(text[end:start])
        yield PhonePiece(number, link)
        end = start + len(number)
    if end < len(text):
        yield PhonePiece(text[end:])


def _link_of(number: str) -> str:
    """The link of a whole row of digits; empty if it is no telephone."""
    digits = _NO_DIGIT.sub("", number)
    if _GROUPED.fullmatch(number) and len(digits.removeprefix("38")) == _NATIONAL:
        return f"tel:+38{digits.removeprefix('38')}"
    is_long_enough = _SHORTEST_INTERNATIONAL <= len(digits) <= _LONGEST_INTERNATIONAL
    is_whole = not digits.startswith(_UKRAINE) or len(digits) == _UKRAINIAN
    if is_long_enough and is_whole and _INTERNATIONAL.fullmatch(number):
        return f"tel:+{digits}"
    return ""
