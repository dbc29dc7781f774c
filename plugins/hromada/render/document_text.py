"""The words of attached PDF and DOCX files, as far as a search needs them; a damaged or encrypted file has none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from hromada.domain.file_types import suffix_of
from hromada.metadata.pdf_metadata import open_pdf

READABLE = (".pdf", ".docx")
LARGEST_FILE = 20_000_000  # bytes: larger ones are scans
LONGEST_TEXT = 60_000  # characters: thirty pages say what a document is about
_MOST_PAGES = 40
_LARGEST_PART = 30_000_000  # bytes of a DOCX's unpacked text
_BREAKS = ("p", "br", "tab", "tc")  # elements of WordprocessingML between words


def document_text(name: str, raw: bytes) -> str:
    """The beginning of a document's text; empty if there is none that can be read."""
    read = _pdf if suffix_of(name) == ".pdf" else _docx
    pieces, length = list[str](), 0
    try:
        for piece in read(raw):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST_TEXT:
                break
    except Exception:  # whatever libraries make of a damaged file: what was read before is kept
        pass
    text = " ".join("".join(pieces).split())[:LONGEST_TEXT]
    return text.encode("utf-8", "ignore").decode()  # half characters of damaged fonts


def _pdf(raw: bytes) -> Iterator[str]:
    reader = open_pdf(raw)
    for page in reader.pages[:_MOST_PAGES]:
        yield page.extract_text() + "\n"


def _docx(raw: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        member = archive.getinfo("word/document.xml")
        if member.file_size > _LARGEST_PART or member.flag_bits & 1:
            return
        part = archive.read(member)
    if b"<!DOCTYPE" in part[:1000]:  # Word writes none; entities may unfold into anything
        return
    pieces: list[str] = []
    is_text = False

    def start(name: str, _: object) -> None:
        nonlocal is_text
        local = name.rpartition(":")[2]
        is_text = local == "t"
        if local in _BREAKS:
            pieces.append(" ")

    def end(_: str) -> None:
        nonlocal is_text
        is_text = False

    def text(data: str) -> None:
        if is_text:
            pieces.append(data)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(part, True)
    finally:
        yield "".join(pieces)
