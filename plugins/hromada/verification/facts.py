"""What verification learns from one file of the site; it depends on the file's bytes and name and on the site's address alone."""

from __future__ import annotations

from typing import NamedTuple

BROKEN_REFERENCE = "broken-reference"
INVALID_OUTPUT = "invalid-output"
LEAKED_DATA = "leaked-data"
MISSING_POLICY = "missing-policy"
CODES = (BROKEN_REFERENCE, INVALID_OUTPUT, LEAKED_DATA, MISSING_POLICY)


class FileFault(NamedTuple):
    """A fault of a file: its code as a refusal, and what is wrong, in Ukrainian; `line` 0 means the whole file."""

    code: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.message} (рядок {self.line})" if self.line else self.message


class FileFacts(NamedTuple):
    """`ids` are the anchors of a page; `targets` the files of the site that it refers to, each with its `#anchor`, if any.

    `stored` are the names of pictures that it shows from a store, `mailboxes` the addresses of e-mail in its text.
    """

    faults: tuple[FileFault, ...] = ()
    ids: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
