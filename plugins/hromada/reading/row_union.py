"""Joins a table to which two people have added rows: the daily conflict of a register."""

from __future__ import annotations

_BOM_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def union_rows(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """The table with the rows that both have added at one place, theirs first; None if anything else differs.

    None, too, if both have added an equal row: whether that is one publication or two only a person knows.
    """
    if base.startswith(_BOM_OF_UTF16):
        return None
    old, own, other = (_rows(data) for data in (base, ours, theirs))
    start = min(_common_start(old, own), _common_start(old, other))
    end = len(old) - start
    if not start or any(len(rows) < len(old) or rows[len(rows) - end :] != old[start:] for rows in (own, other)):
        return None
    own_rows, other_rows = own[start : len(own) - end], other[start : len(other) - end]
    parts = (old[:start], own_rows, other_rows)
    if any(_has_open_quote(rows) for rows in parts) or set(own_rows) & set(other_rows):
        return None
    end_of_line = b"\r\n" if b"\r\n" in ours else b"\n"
    return b"".join(row + end_of_line for row in (*old[:start], *other_rows, *own_rows, *old[start:]))


def _rows(data: bytes) -> list[bytes]:
    rows = [row.removesuffix(b"\r") for row in data.split(b"\n")]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _common_start(old: list[bytes], new: list[bytes]) -> int:
    pairs = zip(old, new, strict=False)
    return next((index for index, (before, now) in enumerate(pairs) if before != now), min(len(old), len(new)))


def _has_open_quote(rows: list[bytes]) -> bool:
    """A cell of several lines would be cut."""
    return sum(row.count(b'"') for row in rows) % 2 == 1
