"""Cells of the tables that we write: no spreadsheet may take one for a formula, not even after it was saved once more."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = ("=", "+", "-", "@")
_LATER_PART = re.compile(r"(?<=[,;\t|])[^,;\t|]+")


def disarmed(cell: str) -> str:
    """A cell that a spreadsheet may take for a formula gets a leading apostrophe; any other stays what it is.

    So does one that differs from such a cell by its own apostrophes alone: every text can be got back.
    """
    return f"'{cell}" if _is_formula(cell) else cell


def disarmed_parts(cell: str) -> str:
    """A cell of a CSV file, whatever a spreadsheet takes for the separator: in another country that is a comma, not `;`.

    Quotation marks don't hold such a cell together, since they stand where none begins; so each part is disarmed.
    """
    return disarmed(_LATER_PART.sub(lambda part: disarmed(part[0]), cell))


def restored(cell: str) -> str:
    """The text of a cell as it was before `disarmed`."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    """Whether its first visible sign is one of a formula, in any width, or a control character (a tab) begins it."""
    if cell[:1].isalnum():
        return False
    text = cell.lstrip("'")
    if text and unicodedata.category(text[0]) == "Cc":
        return True
    for sign in text:
        if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf"):
            return unicodedata.normalize("NFKC", sign).startswith(_SIGNS)
    return False
