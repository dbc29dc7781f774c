"""What a document says of people and places beside its words."""

from __future__ import annotations

from typing import NamedTuple

from hromada.domain.active_content import ActiveContent


class Traces(NamedTuple):
    """`people` are the names in its properties, `has_notes`: comments or tracked changes, `is_placed`: where a photo was taken.

    `active` is what the document does beside being read.
    """

    people: tuple[str, ...] = ()
    has_notes: bool = False
    is_placed: bool = False
    active: ActiveContent = ActiveContent()
