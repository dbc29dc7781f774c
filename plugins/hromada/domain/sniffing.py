"""The type that a browser detects by a file's first bytes, when the host sends no type or an untrusted one.

After WHATWG's MIME Sniffing Standard, and wider: any tag, not only listed ones; zero bytes and byte order marks of
UTF-16 are skipped, as older browsers and other programs do.
"""

from __future__ import annotations

import re
from enum import StrEnum

SNIFFED = 4096  # bytes; the standard reads 1,445
_SKIPPED = bytes(range(0x21)) + b"\xef\xbb\xbf\xfe\xff"  # spaces, control characters, byte order marks
_MARKUP = re.compile(rb"<[a-z!?/%]|\+/v[89+/]|\+ADw-", re.IGNORECASE)  # the last two: `<` in UTF-7
_HEADER = re.compile(rb"[a-z][a-z0-9-]*[ \t]*:", re.IGNORECASE)
_MHTML = re.compile(rb"(?:mime-version|snapshot-content-location)[ \t]*:", re.IGNORECASE)
_FLASH = re.compile(rb"[FCZ]WS[\x01-\x3f][\s\S]{3}\0")  # its version, its size


class SniffedType(StrEnum):
    """A type that a browser or its plug-in would execute, or open in place of the page."""

    MARKUP = "HTML або XML"
    MHTML = "MHTML"
    PDF = "PDF"
    FLASH = "Flash"
    WASM = "WebAssembly"


def sniff(head: bytes) -> SniffedType | None:
    """The executable type by the first bytes of a file; None for anything else."""
    if head.startswith(b"\0asm"):
        return SniffedType.WASM
    if _FLASH.match(head):
        return SniffedType.FLASH
    text = head[:SNIFFED].replace(b"\0", b"").lstrip(_SKIPPED)
    if _MARKUP.match(text):
        return SniffedType.MARKUP
    if text.startswith(b"%PDF-"):
        return SniffedType.PDF
    return SniffedType.MHTML if _is_mhtml(text) else None


def sniff_disguised(name: str, head: bytes) -> SniffedType | None:
    """The executable type that a file's name doesn't show; a PDF named `.pdf` is None."""
    sniffed = sniff(head)
    return None if sniffed is SniffedType.PDF and name.casefold().endswith(".pdf") else sniffed


def _is_mhtml(text: bytes) -> bool:
    """Whether the file begins with the mail headers of MHTML."""
    if not _HEADER.match(text):
        return False
    head = re.split(rb"\r?\n[ \t]*\r?\n", text, maxsplit=1)[0]
    return any(_MHTML.match(line) for line in head.splitlines())
