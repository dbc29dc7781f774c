"""The file types that the content may hold and the site may publish, and the type that a browser detects by a file's first bytes.

After WHATWG's MIME Sniffing Standard, and wider: any tag, not only listed ones; zero bytes and byte order marks of
UTF-16 are skipped, as older browsers and other programs do.

A static host takes a file's type from its name, so types that a browser executes as a part of the site are missing:
HTML, XML and its dialects (SVG, RSS, XSLT), scripts, MHTML.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.file_names import EDITOR_FILE
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.site_urls import CALENDAR_FILE, EVENT_FILE

SNIFFED = 4096  # bytes; the standard reads 1,445
_SKIPPED = bytes(range(0x21)) + b"\xef\xbb\xbf\xfe\xff"  # spaces, control characters, byte order marks
_MARKUP = lazy_compile(rb"<[a-z!?/%]|\+/v[89+/]|\+ADw-", re.IGNORECASE)  # the last two: `<` in UTF-7
_HEADER = lazy_compile(rb"[a-z][a-z0-9-]*[ \t]*:", re.IGNORECASE)
_MHTML = lazy_compile(rb"(?:mime-version|snapshot-content-location)[ \t]*:", re.IGNORECASE)
_FLASH = lazy_compile(rb"[FCZ]WS[\x01-\x3f][\s\S]{3}\0")  # its version, its size


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


class FileKind(StrEnum):
    """A picture is re-encoded; a document is published byte for byte from any section, data only from content/files/."""

    PICTURE = "picture"
    DOCUMENT = "document"
    DATA = "data"


class FileType(NamedTuple):
    """`begins` matches the first bytes of a file of this type; None for pictures, which are verified by decoding."""

    kind: FileKind
    begins: re.Pattern[bytes] | None = None


_ZIP, _OLE, _RTF = rb"PK[\x03\x05]", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", rb"\{\\rt"
# Text has no zero bytes, except UTF-16 with a byte order mark.
_TEXT = lazy_compile(rb"\xff\xfe|\xfe\xff|[^\0]*\Z")
_SPACE = rb"(?:\xef\xbb\xbf)?[\0\t\n\f\r ]*"
# Office programs open old and new formats under each other's extensions.
_OFFICE = lazy_compile(b"|".join((_ZIP, _OLE)))
_FORMER_OFFICE = lazy_compile(b"|".join((_ZIP, _OLE, _RTF, rb"\x09[\0\x02\x04\x08]")))
_ISO_MEDIA = lazy_compile(rb"[\s\S]{4}(?:ftyp|moov|mdat|free|skip|wide|pnot)")

TYPES = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff"), FileType(FileKind.PICTURE)),
    ".pdf": FileType(FileKind.DOCUMENT, lazy_compile(_SPACE + rb"%PDF-")),
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"), FileType(FileKind.DOCUMENT, _OFFICE)),
    **dict.fromkeys((".doc", ".xls", ".ppt"), FileType(FileKind.DOCUMENT, _FORMER_OFFICE)),
    ".rtf": FileType(FileKind.DOCUMENT, lazy_compile(_SPACE + _RTF)),
    ".csv": FileType(FileKind.DOCUMENT, _TEXT),
    ".zip": FileType(FileKind.DOCUMENT, lazy_compile(_ZIP)),
    ".7z": FileType(FileKind.DOCUMENT, lazy_compile(rb"7z\xbc\xaf\x27\x1c")),
    ".rar": FileType(FileKind.DOCUMENT, lazy_compile(rb"Rar!\x1a\x07")),
    ".p7s": FileType(FileKind.DOCUMENT, lazy_compile(rb"\x30[\x80-\x84]|-----BEGIN |MI")),  # DER, PEM, bare Base64
    ".mp3": FileType(FileKind.DOCUMENT, lazy_compile(rb"ID3|\xff[\xe0-\xff]")),
    ".mp4": FileType(FileKind.DOCUMENT, _ISO_MEDIA),
    ".webm": FileType(FileKind.DOCUMENT, lazy_compile(rb"\x1a\x45\xdf\xa3")),
    ".txt": FileType(FileKind.DATA, _TEXT),
    ".json": FileType(FileKind.DATA, _TEXT),
    ".geojson": FileType(FileKind.DATA, _TEXT),
}  # fmt: skip
# What a browser or a host executes: not in TYPES, so refused anyway; listed so that the message can say why.
_RUN = frozenset({
    ".htm", ".html", ".xhtml", ".xht", ".shtml", ".shtm", ".hta", ".htc", ".mht", ".mhtml", ".eml", ".svg", ".svgz", ".xml", ".xsl",
    ".xslt", ".xsd", ".dtd", ".rss", ".atom", ".rdf", ".mathml", ".mml", ".kml", ".gpx", ".gml", ".xul", ".xbl", ".wsdl", ".opml",
    ".js", ".mjs", ".cjs", ".wasm", ".swf", ".xap", ".jar", ".jnlp", ".webmanifest", ".appcache", ".sxg", ".wbn", ".crx", ".xpi",
    ".php", ".phtml", ".phar", ".php3", ".php4", ".php5", ".php7", ".asp", ".aspx", ".ashx", ".jsp", ".jspx", ".cgi", ".fcgi", ".cfm",
})  # fmt: skip


_PHONES = frozenset({".heic", ".heics", ".heif", ".heifs", ".hif"})
AS_JPEG = "візьміть її з теки поза змістом командою make photos або збережіть як JPEG"
_HEIF = lazy_compile(rb"[\s\S]{4}ftyp(?:hei[cmxs]|hev[cmxs]|mif1|msf1)")


def is_phone_picture(path: str) -> bool:
    """Whether the extension is HEIC or HEIF, the iPhone's format that browsers don't show."""
    return suffix_of(path) in _PHONES


def begins_as_phone_picture(raw: bytes) -> bool:
    """Whether the bytes are HEIC or HEIF, whatever the file's name."""
    return bool(_HEIF.match(raw)) and b"avif" not in raw[:64]


def suffix_of(path: str) -> str:
    """The extension with its dot, in lower case; empty where there is none."""
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    return f".{ending.casefold()}" if dot and stem else ""


def type_of(path: str) -> FileType | None:
    """The type of a file by its name; None for an unlisted type.

    A text type may have no executable inner suffix («x.php.txt»): a host that doesn't know the last suffix, or looks at
    all of them (Apache does), would execute it.
    """
    file_type = TYPES.get(suffix_of(path))
    if (
        file_type is not None
        and file_type.begins is _TEXT
        and any(f".{suffix}" in _RUN for suffix in _inner_suffixes(path))
    ):
        return None
    return file_type


def _inner_suffixes(path: str) -> list[str]:
    return [part.strip() for part in re.split("[.;]", path.rpartition("/")[2].casefold())[1:-1]]


def is_picture(path: str) -> bool:
    """Whether the file's name is that of a picture, which is re-encoded."""
    file_type = type_of(path)
    return file_type is not None and file_type.kind is FileKind.PICTURE


def is_attachment(path: str) -> bool:
    """Whether the file's name is that of a document, which is published byte for byte."""
    file_type = type_of(path)
    return file_type is not None and file_type.kind is FileKind.DOCUMENT


def is_run_by_name(path: str) -> bool:
    """Whether one of the name's suffixes is of a type that a browser or a host would execute."""
    return any(f".{suffix}" in _RUN for suffix in (suffix_of(path)[1:], *_inner_suffixes(path)))


def may_lie_in_content(path: str) -> bool:
    """Whether the content may hold a file of this path, beside Markdown, tables and settings."""
    file_type = type_of(path)
    return file_type is not None and (file_type.kind is not FileKind.DATA or path.startswith("content/files/"))


def is_published_type(name: str) -> bool:
    """Whether a file of the built site may have this path (with `/`, without a leading one).

    Generated files are pages, feeds, calendars, the sitemap and the theme; their folders hold no files of editors.
    """
    folder, _, last = name.rpartition("/")
    if type_of(name) is not None:
        return True
    if EDITOR_FILE.fullmatch(name):
        return suffix_of(name) in (".css", ".js", ".woff2", ".wasm")
    if name.startswith("theme/"):
        return suffix_of(name) in (".css", ".js", ".svg", ".woff2")
    if suffix_of(name) in (".html", ".htm"):
        return not f"{folder}/".startswith(("files/", "images/"))
    return last in ("feed.atom", EVENT_FILE) or f"/{name}" in (CALENDAR_FILE, "/sitemap.xml", "/CNAME", "/.nojekyll")
