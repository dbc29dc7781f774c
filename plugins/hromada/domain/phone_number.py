"""Telephone numbers in what editors write: which words can be dialled, and how.

Ukrainian numbers have ten digits with the trunk prefix 0 (national numbering plan; E.164: +380 and nine digits). Three
digits from 1 (101–104, 112) and four from 15 or 16 are services'. A number without its area code can't be dialled from
elsewhere, so it stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_GAP = r"[\s()\u2010-\u2013-]{0,2}"
_NUMBER = re.compile(
    rf"(?<![\w+-])(?:(?:\+?{_GAP}3{_GAP}8{_GAP})?(?P<national>\(?0(?:{_GAP}\d){{9}})"
    rf"|(?P<foreign>\+{_GAP}\d(?:{_GAP}\d){{7,14}})|(?P<service>1\d\d|1[56]\d\d))(?![\w]|-\d)"
)
_NO_DIGIT = re.compile(r"\D")


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
