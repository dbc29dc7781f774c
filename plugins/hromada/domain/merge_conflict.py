"""What a merge that nobody finished leaves: git's marks in a text, both versions of a file that it can't merge."""

from __future__ import annotations

import re
from mmap import mmap

CODE = "merge-conflict"
FIX = "лишіть правильну версію, а рядки «<<<<<<<», «=======», «>>>>>>>» приберіть"
_MARKERS = ("<" * 7, ">" * 7, "|" * 7, "=" * 7)
MARKERS_IN_BYTES = tuple(marker.encode() for marker in _MARKERS)  # an unfinished merge has one of these
_LINE = re.compile(r"(?m)^(?:<{7}|>{7}|\|{7})(?: .*)?$")
# A table saved again by a program: quotes around the mark, separators after it.
_CELLS = re.compile(r"(?m)^\"?(?:(?:<{7}|>{7}|\|{7})(?: [^\n]*|\"?[;,\t][^\n]*|\"?)|={7}\"?[;,\t]*)$")
_CELL = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
# «sichen_REMOTE_1234.xlsx» of git mergetool, «sichen.xlsx~HEAD» of a merge, «sichen.xlsx.orig», copies of cloud folders.
_VERSIONS = (
    re.compile(r"(?P<stem>.+)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+(?P<ext>\.\w+)"),
    re.compile(r"(?P<stem>.+)(?P<ext>\.\w+)(?:~[\w.-]+|\.orig|\.mine|\.r\d+|\.theirs)"),
    re.compile(r"(?P<stem>.+?)[ ._-]*\([^()]*(?:conflicted copy|конфлікт)[^()]*\)(?P<ext>\.\w+)", re.IGNORECASE),
    re.compile(r"(?P<stem>.+)\.sync-conflict-[\w-]+(?P<ext>\.\w+)"),
)


def find_conflict(text: str, *, is_table: bool = False) -> tuple[int, str] | None:
    """The line of git's first mark in a text, and what it says; None where there is none."""
    if not any(marker in text for marker in _MARKERS):
        return None
    match = (_CELLS if is_table else _LINE).search(text)
    return (text.count("\n", 0, match.start()) + 1, conflict_message(match[0])) if match else None


# Of a file that is published byte for byte: both marks, since data may have a line of such signs.
_BEGUN = re.compile(rb"(?m)^\"?(?P<mark><{7}(?: [^\r\n]{0,200})?)\"?[;,\t]*\r?$")
_ENDED = re.compile(rb"(?m)^\"?>{7}(?: |\"|[;,\t]|\r?$)")


def find_conflict_in_bytes(raw: bytes | mmap) -> tuple[int, str]:
    """The line of git's first mark in a file of text and the mark itself; 0 where no merge is unfinished."""
    begun = _BEGUN.search(raw) if raw.find(b"<" * 7) >= 0 else None
    if begun is None or not _ENDED.search(raw, begun.end()):
        return 0, ""
    return raw[: begun.start()].count(b"\n") + 1, begun["mark"].decode("utf-8", "replace")


def is_conflict_marker(cell: str) -> bool:
    """Whether a cell of a table holds one of git's marks."""
    return cell.startswith(_MARKERS) and bool(_CELL.fullmatch(cell))


def conflict_message(marker: str) -> str:
    """What is wrong, in Ukrainian."""
    return f"незавершене злиття: «{marker.strip(chr(34)).rstrip(';, ' + chr(9))[:20].rstrip()}»"


def conflict_original(name: str) -> str:
    """The file of which a merge left this one as another version; empty for any other name."""
    found = next(filter(None, (pattern.fullmatch(name) for pattern in _VERSIONS)), None)
    return found["stem"] + found["ext"] if found else ""
