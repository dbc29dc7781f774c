"""What a picture's file says of itself, or why it can't be published."""

from __future__ import annotations

from typing import NamedTuple

from hromada.domain.document_metadata import DocumentMetadata

HEIC = "це світлина HEIC з телефона під чужим розширенням"


class PictureRefused(Exception):
    """The file is no picture that can be published; the message is Ukrainian, and so is what to do."""

    def __init__(self, message: str, fix: str = "замініть файл") -> None:
        super().__init__(message)
        self.fix = fix


class Facts(NamedTuple):
    """What a picture's file says of itself; `refusal` is Ukrainian and leaves the rest empty."""

    digest: str = ""
    width: int = 0
    height: int = 0
    orientation: int = 1
    format: str = ""  # as Pillow calls it
    refusal: str = ""
    traces: DocumentMetadata = DocumentMetadata()  # a value that nothing changes
    is_deep: bool = False  # grey in more than eight bits: its copies are scaled to them
