"""What the tests read back from a PDF, by other libraries than the one that made it."""

import io
import re
from functools import cache

import pikepdf
import pypdf

from tests.unit.report.documents import pdf_making as making

DOSSIERS = {
    "open": making.report_document,
    "unfinished and incomplete": lambda: making.report_document(finished=False, complete=False),
    "approved": making.approved,
    "changed": lambda: making.approved("changed"),
    "empty": making.empty,
    "a long year": lambda: making.report_document(making.half_year(news=1400)),
}


@cache
def made(name: str) -> bytes:
    return making.pdf(DOSSIERS[name]())


@cache  # pikepdf's objects live as long as their document
def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def pdf_of(name: str) -> pikepdf.Pdf:
    return opened(made(name))


@cache  # a long report takes seconds
def pages_of(pdf: bytes) -> tuple[str, ...]:
    """The words of each page in reading order without spaces: where a line ends is the layout's matter."""
    return tuple(squeezed(one.extract_text()) for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def text_of(pdf: bytes) -> str:
    """The words of all pages."""
    return "".join(pages_of(pdf))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def elements(pdf: pikepdf.Pdf):
    """Every structure element, in reading order."""
    stack = [pdf.Root.StructTreeRoot]
    while stack:
        one = stack.pop()
        if isinstance(one, pikepdf.Array):
            stack.extend(reversed(list(one)))
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                yield one
            if "/K" in one:
                stack.append(one["/K"])
