"""Cells of the tables that we write: no spreadsheet may take one for a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@")


def disarmed(cell: str) -> str:
    """A cell that begins as a formula does gets a leading apostrophe; any other stays what it is."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
