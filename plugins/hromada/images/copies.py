"""Published copies of a picture: sizes and names; facts of a picture's file."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.document_metadata import DocumentMetadata

# Part of every copy's name: a new recipe gives new addresses, so that caches serve no old copy.
RECIPE = "webp-q78-m4-srgb-2"
ENCODER = "pillow==13.0.0"  # as locked: another version may give other bytes under the same name
CARDS = "card-2"  # part of every social card's name: another crop, design or quality gives new addresses
LONGEST_SIDE = 16_383  # pixels: WebP's limit
# EXIF orientations that swap width and height.
_SIDEWAYS = frozenset({5, 6, 7, 8})


class Copy(Struct, frozen=True):
    """One published size of a picture."""

    width: int
    height: int
    name: str


class CopyPlan(Struct, frozen=True):
    """A picture's published copies, small to large."""

    source: str
    copies: tuple[Copy, ...]
    made_of: str  # digest of everything that determines the files' bytes
    card: str = ""  # the name of its social card, if one is wanted

    @property
    def names(self) -> tuple[str, ...]:
        """The files to make."""
        return (*(copy.name for copy in self.copies), *((self.card,) if self.card else ()))

    @property
    def card_name(self) -> str:
        """The name that its social card has or would have."""
        photo = self.largest.name.rpartition("-")[0]
        return f"images/{hashlib.sha256(f'{CARDS}:{photo}'.encode()).hexdigest()[:16]}-card.jpg"

    def with_card(self) -> CopyPlan:
        """The same with a social card, which is cut out of the same decoded picture."""
        return replace(self, card=self.card_name, made_of=f"{self.made_of}-{CARDS}")

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
    # A smaller copy is scaled from the next larger one, so it depends on all widths.
    made_of = hashlib.sha256(f"{RECIPE}:{ENCODER}:{digest}:{orientation}:{chosen}".encode()).hexdigest()[:32]
    return CopyPlan(source, copies, made_of)


def is_too_long(plan: CopyPlan) -> bool:
    """Whether a copy would be higher than the format allows, as of a long screenshot or scan."""
    return plan.largest.height > LONGEST_SIDE


HEIC = "це світлина HEIC з телефона під чужим розширенням"


class PictureRefused(Exception):
    """The file can't be published as a picture; message and fix are Ukrainian."""

    def __init__(self, message: str, fix: str = "замініть файл") -> None:
        super().__init__(message)
        self.fix = fix


class PictureInfo(NamedTuple):
    """Facts of a picture's file; with a `refusal` (Ukrainian) the rest is empty."""

    digest: str = ""
    width: int = 0
    height: int = 0
    orientation: int = 1
    format: str = ""  # as Pillow calls it
    refusal: str = ""
    metadata: DocumentMetadata = DocumentMetadata()
    tone: int = 0  # number of the colour class nearest to its average colour
    has_frames: bool = False  # an animation or a file of several pages, of which the first is published
