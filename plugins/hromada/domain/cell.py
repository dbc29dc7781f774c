"""Cells of the tables that we write: no spreadsheet may take one for a formula, not even after it was saved once more."""

from __future__ import annotations

import re

from hromada.domain.invisible_signs import NAMES

# A sign is one in each of its widths. Spreadsheets pass over what is not seen before it, and take a cell that begins
# with a tab, a line's end or another control character for the text behind it.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_UNSEEN = f"\\s\x00-\x1f\x7f-\x9f{''.join(NAMES)}"
_FORMULA = re.compile(f"'*(?:[\x00-\x1f\x7f-\x9f]|[{_UNSEEN}]*[{_SIGNS}])")


def disarmed(cell: str) -> str:
    """A cell that a spreadsheet may take for a formula gets a leading apostrophe; any other stays what it is.

    So does one that is told from such a cell by its own apostrophes alone: the text can be got back.
    """
    return f"'{cell}" if _is_formula(cell) else cell


def restored(cell: str) -> str:
    """The text of a cell as it was before `disarmed`."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    return not cell[:1].isalnum() and bool(_FORMULA.match(cell))
