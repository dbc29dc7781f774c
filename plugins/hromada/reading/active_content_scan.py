"""Finds active content in published documents: executable types, scripts, launches, data sent out, embedded files.

Reads PDF, Office files (OLE and OOXML), RTF and archives of them. A damaged file yields nothing; a PDF that can't be
decrypted is reported as protected.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from mmap import mmap
from typing import Any

from hromada.domain.document_metadata import Action, ActiveContent
from hromada.domain.file_types import SNIFFED, sniff_disguised, suffix_of, type_of
from hromada.domain.lazy_regex import lazy_compile
from hromada.reading.workbook.parts import Parts

_ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".doc", ".xls", ".ppt")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MACROS = {"macros", "vba", "_vba_project_cur", "_vba_project"}
_LARGEST_OBJECTS = 200_000  # of a PDF: a report of 1,000 pages has 20,000
_DEEPEST = 50  # values of a PDF inside each other

# A PDF without these names and without compressed objects has no actions: most scanned documents need no parsing.
_PDF_WORDS = lazy_compile(
    rb"/(?:JS|JavaScript|Launch|EmbeddedFiles?|XFA|AA|OpenAction|RichMedia|OnInstantiate|SubmitForm|ImportData|Encrypt|ObjStm|XRef)\b|/\w*#[0-9A-Fa-f]{2}"
)
_PDF_ACTIONS = {  # values of /S
    "/JavaScript": Action.SCRIPT,
    "/Rendition": Action.SCRIPT,
    "/Launch": Action.LAUNCH,
    "/SubmitForm": Action.SENDING,
    "/ImportData": Action.SENDING,
}
_PDF_KEYS = {
    "/JS": Action.SCRIPT,
    "/OnInstantiate": Action.SCRIPT,  # of a 3D model
    "/XFA": Action.FORM,
    "/EmbeddedFiles": Action.FILES,
    "/EF": Action.FILES,
    "/RichMediaContent": Action.FILES,
}

_PDF_RAW = {  # too long to occur in compressed data by chance
    b"/JavaScript": Action.SCRIPT,
    b"/Launch": Action.LAUNCH,
    b"/SubmitForm": Action.SENDING,
    b"/EmbeddedFiles": Action.FILES,
    b"/Encrypt": Action.PROTECTION,
}


def active_content(name: str, raw: bytes | mmap) -> ActiveContent:
    """The active content of a file by its name and bytes."""
    head = raw[:SNIFFED]
    file_type = type_of(name)
    if sniffed := sniff_disguised(name, head):
        return ActiveContent(sniffed)
    differs = bool(file_type and file_type.begins and len(raw) and not file_type.begins.match(head))
    return ActiveContent(None, differs, _actions(name, raw))


def _actions(name: str, raw: bytes | mmap) -> tuple[Action, ...]:
    """Actions in the order found; of a damaged file those before the damage."""
    actions: dict[Action, None] = {}
    with suppress(Exception):  # whatever zipfile, pypdf and olefile make of a damaged, protected or excessive file
        for action in _read(name, raw):
            actions[action] = None
            if len(actions) == len(Action):
                break
    return tuple(actions)


def _read(name: str, raw: bytes | mmap) -> Iterator[Action]:
    suffix = suffix_of(name)
    if suffix == ".pdf" and _PDF_WORDS.search(raw):
        return _of_pdf(bytes(raw))
    if suffix == ".rtf" and re.search(rb"\\obj(?:data|autlink|emb)", raw):
        return iter((Action.FILES,))
    if suffix == ".zip":
        return _of_archive(Parts(bytes(raw)))
    if suffix in _ZIPPED:
        return _of_ole(bytes(raw)) if raw[:8] == _OLE else _of_office_file(Parts(bytes(raw)))
    return iter(())


def _of_office_file(parts: Parts) -> Iterator[Action]:
    for name in parts:
        if name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) or "/macrosheets/" in name:
            yield Action.MACRO


def _of_ole(raw: bytes) -> Iterator[Action]:
    from olefile import OleFileIO

    with OleFileIO(raw) as file:
        for entry in file.listdir(streams=True, storages=True):
            if any(str(part).casefold() in _OLE_MACROS for part in entry):
                yield Action.MACRO


def _of_archive(parts: Parts) -> Iterator[Action]:
    """The actions of all documents in an archive; nested archives are not opened."""
    for name in parts:
        if name.endswith((*_ZIPPED, ".pdf", ".rtf")):
            with suppress(Exception):  # one unreadable part must not hide others
                yield from _actions(name, parts.bytes_of(name))


def _of_pdf(raw: bytes) -> Iterator[Action]:
    """Actions in any object of the file, whatever refers to it, since readers differ in where they look for actions.

    A browser opens a file that is only protected from changes; pypdf by itself can't decrypt AES.
    """
    from pypdf import PdfReader
    from pypdf.generic import IndirectObject

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every defect that it repairs
    try:
        reader = PdfReader(io.BytesIO(raw))
    except Exception:  # browsers repair more than pypdf does
        yield from _of_raw_pdf(raw)
        return
    numbers = [(number, generation) for generation, at in reader.xref.items() for number in at]
    numbers += [(number, 0) for number in reader.xref_objStm]
    is_whole = True
    for number, generation in numbers[:_LARGEST_OBJECTS]:
        try:
            value = reader.get_object(IndirectObject(number, generation, reader))
        except Exception:  # one damaged object must not hide others
            is_whole = False
            continue
        yield from _of_value(value)
    if not is_whole and reader.is_encrypted:
        yield from _of_raw_pdf(raw)


def _of_raw_pdf(raw: bytes) -> Iterator[Action]:
    return (action for word, action in _PDF_RAW.items() if word in raw)


def _of_value(value: Any) -> Iterator[Action]:
    """Actions in an object itself; objects that it refers to are read by their own numbers."""
    from pypdf.generic import DictionaryObject

    waiting = [(value, 0)]
    while waiting:
        current, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(current, DictionaryObject):
            if (action := _PDF_ACTIONS.get(str(current.raw_get("/S")) if "/S" in current else "")) is not None:
                yield action
            for key in current:
                if key in _PDF_KEYS:
                    yield _PDF_KEYS[key]
                waiting.append((current.raw_get(key), depth + 1))
        elif isinstance(current, list):
            waiting += ((inner, depth + 1) for inner in current)
