"""Unfinished merges: git's conflict markers in a text, names of conflicting versions of a file."""

from __future__ import annotations

import re
from mmap import mmap

from hromada.domain.lazy_regex import lazy_compile

CODE = "merge-conflict"
FIX = "лишіть правильну версію, а рядки «<<<<<<<», «=======», «>>>>>>>» приберіть"
_MARKERS = ("<" * 7, ">" * 7, "|" * 7, "=" * 7)
MARKERS_IN_BYTES = tuple(marker.encode() for marker in _MARKERS)  # an unfinished merge has one of these
# Git writes longer markers, always with a label, where a merge is in a merge; longer lines of such signs alone are data.
_LINE = lazy_compile(r"(?m)^(?:(?:<{7}|>{7}|\|{7})(?: .*)?|(?:<{8,}|>{8,}|\|{8,}) \S.*)$")
# In a table saved again by a program: quotes around the marker, separators after it.
_CELLS = lazy_compile(r"(?m)^\"?(?:(?:<{7,}|>{7,}|\|{7,})(?: [^\n]*|\"?[;,\t][^\n]*|\"?)|={7,}\"?[;,\t]*)$")
_CELL = lazy_compile(r"(?:<{7,}|>{7,}|\|{7,})(?: .*)?|={7,}")
# «sichen_REMOTE_1234.xlsx» of git mergetool, «sichen.xlsx~HEAD» of a merge, «sichen.xlsx.orig», copies of cloud folders.
_VERSIONS = (
    lazy_compile(r"(?P<stem>.+)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+(?P<ext>\.\w+)"),
    lazy_compile(r"(?P<stem>.+)(?P<ext>\.\w+)(?:~[\w.-]+|\.orig|\.mine|\.r\d+|\.theirs)"),
    lazy_compile(r"(?P<stem>.+?)[ ._-]*\([^()]*(?:conflicted copy|конфлікт)[^()]*\)(?P<ext>\.\w+)", re.IGNORECASE),
    lazy_compile(r"(?P<stem>.+)\.sync-conflict-[\w-]+(?P<ext>\.\w+)"),
)


def find_conflict(text: str, *, is_table: bool = False) -> tuple[int, str] | None:
    """The line of git's first conflict marker in a text and the Ukrainian message; None without one."""
    if not any(marker in text for marker in _MARKERS):
        return None
    match = (_CELLS if is_table else _LINE).search(text)
    return (text.count("\n", 0, match.start()) + 1, conflict_message(match[0])) if match else None


# In a file that is published byte for byte: both markers are needed, since data may have a line of such characters. Longer ones
# need the line between them, too.
_BEGUN = lazy_compile(rb"(?m)^\"?(?P<mark><{7}(?: [^\r\n]{0,200})?|<{8,} [^\r\n]{1,200})\"?[;,\t]*\r?$")
_ENDED = lazy_compile(rb"(?m)^\"?>{7}(?: |\"|[;,\t]|\r?$)")
_BETWEEN = lazy_compile(rb"(?m)^\"?={8,}\"?[;,\t]*\r?$")
_LONGER_ENDED = lazy_compile(rb"(?m)^\"?>{8,} ")


def find_conflict_in_bytes(raw: bytes | mmap) -> tuple[int, str]:
    """The line of git's first conflict marker in a text file and the marker; (0, "") without one."""
    begun = _BEGUN.search(raw) if raw.find(b"<" * 7) >= 0 else None
    if begun is None:
        return 0, ""
    if not _ENDED.search(raw, begun.end()):
        between = _BETWEEN.search(raw, begun.end())
        if between is None or not _LONGER_ENDED.search(raw, between.end()):
            return 0, ""
    return raw[: begun.start()].count(b"\n") + 1, begun["mark"].decode("utf-8", "replace")


def is_conflict_marker(cell: str) -> bool:
    """Whether a table's cell is one of git's conflict markers."""
    return cell.startswith(_MARKERS) and bool(_CELL.fullmatch(cell))


def conflict_message(marker: str) -> str:
    """The Ukrainian message."""
    return f"незавершене злиття: «{marker.strip(chr(34)).rstrip(';, ' + chr(9))[:20].rstrip()}»"


def conflict_original(name: str) -> str:
    """The name of the file of which this is a version left by a merge; empty for any other name."""
    match = next(filter(None, (pattern.fullmatch(name) for pattern in _VERSIONS)), None)
    return match["stem"] + match["ext"] if match else ""
