"""What a document says of people and places beside its words."""

from __future__ import annotations

from typing import NamedTuple


class Traces(NamedTuple):
    """`people` are the names in its properties, `has_notes`: comments or tracked changes, `is_placed`: where a photo was taken."""

    people: tuple[str, ...] = ()
    has_notes: bool = False
    is_placed: bool = False
