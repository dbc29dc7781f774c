"""What a document says of people and places beside its words."""

from __future__ import annotations

from typing import NamedTuple

from hromada.domain.active_content import ActiveContent

# Documents from which `make fix` takes metadata; of the others the check says what to do by hand.
CLEANED_TYPES = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pdf", ".zip", ".mp4", ".mov"})


class DocumentMetadata(NamedTuple):
    """What was found in a file beside what it shows."""

    people: tuple[str, ...] = ()  # names in its properties, of those who wrote comments, of photographers
    has_notes: bool = False  # comments or tracked changes
    has_gps: bool = False  # coordinates of a photo or a film
    places: tuple[str, ...] = ()  # towns and places by name in a picture's metadata
    paths: tuple[str, ...] = ()  # folders of a computer
    cameras: tuple[str, ...] = ()  # what pictures inside of a document were taken with
    merge: tuple[int, str] = (0, "")  # the line of git's first mark in a file of plain text, and the mark
    active: ActiveContent = ActiveContent()  # what a document does beside being read
