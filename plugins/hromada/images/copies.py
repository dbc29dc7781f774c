"""Which copies of a picture are published, how large and under which name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from hromada.domain.document_metadata import DocumentMetadata

# Part of every copy's name: a new recipe gives new addresses, so no stale copy is served.
RECIPE = "webp-q78-m4-srgb-1"
ENCODER = "pillow==13.0.0"  # of the lock: another one may give other bytes under the same name
LONGEST_SIDE = 16_383  # pixels: WebP holds no more
# Orientations 5 to 8 of EXIF lay the picture on its side.
_SIDEWAYS = frozenset({5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class Copy:
    """One published size of a picture."""

    width: int
    height: int
    name: str


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """A picture's published copies, small to large."""

    source: str
    copies: tuple[Copy, ...]
    made_of: str  # digest of all that shapes the copies' bytes

    @property
    def largest(self) -> Copy:
        return self.copies[-1]


def plan_copies(source: str, digest: str, size: tuple[int, int], orientation: int, widths: tuple[int, ...]) -> CopyPlan:
    """The copies of a picture of `size` pixels as stored; never larger than the original.

    Names come from the bytes alone: an original's name may say where it was taken.
    """
    width, height = size[::-1] if orientation in _SIDEWAYS else size
    chosen = [width_chosen for width_chosen in widths if width_chosen < width] or []
    chosen.append(min(width, widths[-1]))
    name = hashlib.sha256(f"{RECIPE}:{digest}".encode()).hexdigest()[:16]
    copies = tuple(
        Copy(width_chosen, max(1, round(height * width_chosen / width)), f"images/{name}-{width_chosen}.webp")
        for width_chosen in dict.fromkeys(chosen)
    )
    # A smaller copy is made of the next larger one, so all widths shape each.
    made_of = hashlib.sha256(f"{RECIPE}:{ENCODER}:{digest}:{orientation}:{chosen}".encode()).hexdigest()[:32]
    return CopyPlan(source, copies, made_of)


def is_too_long(plan: CopyPlan) -> bool:
    """Whether a copy would be higher than the format holds: a ribbon of a screenshot or a scan."""
    return plan.largest.height > LONGEST_SIDE


HEIC = "це світлина HEIC з телефона під чужим розширенням"


class PictureRefused(Exception):
    """The file is no picture that can be published; the message is Ukrainian, and so is what to do."""

    def __init__(self, message: str, fix: str = "замініть файл") -> None:
        super().__init__(message)
        self.fix = fix


class PictureInfo(NamedTuple):
    """What a picture's file says of itself; `refusal` is Ukrainian and leaves the rest empty."""

    digest: str = ""
    width: int = 0
    height: int = 0
    orientation: int = 1
    format: str = ""  # as Pillow calls it
    refusal: str = ""
    traces: DocumentMetadata = DocumentMetadata()  # a value that nothing changes
    is_deep: bool = False  # grey in more than eight bits: its copies are scaled to them
