"""What a document holds beside its visible text: names of people and places, and active content."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from hromada.domain.file_types import SniffedType

# Documents from which `make fix` removes metadata; for the others the check says what to do by hand.
CLEANED_TYPES = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pdf", ".zip", ".mp4", ".mov"})


class Action(StrEnum):
    """An action of a document, as messages name it."""

    SCRIPT = "сценарій (JavaScript)"
    LAUNCH = "запуск програми"
    SENDING = "надсилання даних"
    FORM = "динамічна форма (XFA)"
    FILES = "вкладений файл"
    MACRO = "макрос"
    PROTECTION = "захист, крізь який решти не видно"


class ActiveContent(NamedTuple):
    """`sniffed`: the type that a browser would detect; `differs`: the bytes don't fit the file's name; `actions` found in it."""

    sniffed: SniffedType | None = None
    differs: bool = False
    actions: tuple[Action, ...] = ()


class DocumentMetadata(NamedTuple):
    """Metadata and active content of a file."""

    people: tuple[str, ...] = ()  # names from its properties, of authors of comments, of photographers
    has_notes: bool = False  # comments or tracked changes
    has_coordinates: bool = False  # coordinates of a photo or a film
    place_names: tuple[str, ...] = ()  # towns and places named in a picture's metadata
    paths: tuple[str, ...] = ()  # folders of a computer
    cameras: tuple[str, ...] = ()  # cameras of the pictures inside of a document
    merge: tuple[int, str] = (0, "")  # git's first conflict marker in a plain text file: its line and itself
    active: ActiveContent = ActiveContent()
