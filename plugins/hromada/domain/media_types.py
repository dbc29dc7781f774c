"""What a host of static files says of each: its type, how long browsers keep it, whether it is sent compressed."""

from __future__ import annotations

from hromada.domain.file_names import EDITOR_FILE, is_picture_file
from hromada.domain.lazy_regex import lazy_compile

# Of the files that a build writes. Attachments have the types of the system, which a browser saves anyway.
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".atom": "application/atom+xml",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".rtf": "application/rtf",
    ".zip": "application/zip",
}
UNKNOWN_TYPE = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
FOR_MINUTES = "public, max-age=300, must-revalidate"
ALWAYS_ASKED = "no-cache"  # kept, but asked for each time
_COMPRESSED = frozenset(
    {".html", ".css", ".js", ".json", ".atom", ".xml", ".txt", ".csv", ".ics", ".webmanifest", ".svg", ".wasm"}
)
_FINGERPRINTED = lazy_compile(r"theme/.+\.[0-9a-f]{10}\.[a-z0-9]+")


def media_type_of(name: str) -> str:
    """The Content-Type of a file of the site."""
    return MEDIA_TYPES.get(_suffix(name), UNKNOWN_TYPE)


def is_fingerprinted(name: str) -> bool:
    """Whether a file's path is made of its content, so that other bytes have another path."""
    return bool(_FINGERPRINTED.fullmatch(name) or EDITOR_FILE.fullmatch(name)) or is_picture_file(name)


def caching_of(name: str) -> str:
    """The Cache-Control of a file of the site."""
    if is_fingerprinted(name):
        return FOR_EVER
    return ALWAYS_ASKED if name == "version.json" else FOR_MINUTES


def is_compressed(name: str) -> bool:
    """Whether hosts send the file compressed: text and programs; pictures and documents already are."""
    return _suffix(name) in _COMPRESSED


def _suffix(name: str) -> str:
    last = name.rpartition("/")[2]
    return f".{last.rpartition('.')[2].casefold()}" if "." in last else ""
