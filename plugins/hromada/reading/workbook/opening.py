"""Opens a spreadsheet by the format of its bytes, whatever its name says."""

from __future__ import annotations

import re

from hromada.domain.lazy_regex import lazy_compile
from hromada.reading.workbook.sheet import MAX_BYTES, Sheet, WorkbookRefused, too_big

_ZIP = b"PK"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLD_BIFF = (b"\t\0\x04\0", b"\t\x02\x06\0", b"\t\x04\x06\0", b"\t\x08")  # Excel before 97, without the container
_MARKUP = lazy_compile(rb"<(?:!doctype|html|head|meta|style|table|\?xml)|mime-version:", re.IGNORECASE)
_SAVE_ANEW = "відкрийте його в Excel чи LibreOffice і збережіть як .xlsx"


def sheets_of(raw: bytes) -> list[Sheet] | None:
    """The sheets of a spreadsheet; None when the bytes are no known spreadsheet format. Raises WorkbookRefused."""
    head = raw[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MARKUP.match(head):
        raise WorkbookRefused("register-format", "у файлі не таблиця, а вебсторінка або XML", _SAVE_ANEW)
    is_zip = raw.startswith(_ZIP + b"\x03\x04") or raw.startswith(_ZIP + b"\x05\x06")
    if not is_zip and not raw.startswith((_OLE, *_OLD_BIFF)):
        return None
    if len(raw) > MAX_BYTES:
        raise too_big("файл понад 32 МБ")
    try:
        return _zipped(raw) if is_zip else _old(raw)
    except WorkbookRefused:
        raise
    except Exception:  # whatever zipfile, zlib, expat and xlrd make of a damaged file
        raise damaged() from None


def damaged() -> WorkbookRefused:
    return WorkbookRefused("register-damaged", "файл пошкоджено або це не таблиця", _SAVE_ANEW)


def _zipped(raw: bytes) -> list[Sheet]:
    from hromada.reading.workbook.ods import read_ods
    from hromada.reading.workbook.parts import Parts
    from hromada.reading.workbook.xlsx import read_xlsx

    parts = Parts(raw)
    if "content.xml" in parts or "encrypted-package" in parts:
        return read_ods(parts)
    if "xl/workbook.bin" in parts:
        raise WorkbookRefused("register-format", "двійкова книга Excel (.xlsb) не читається", _SAVE_ANEW)
    return read_xlsx(parts)


def _old(raw: bytes) -> list[Sheet]:
    from hromada.reading.workbook.xls import read_xls  # takes 65 ms: only when there is such a file

    return read_xls(raw)
