"""Social cards, planned: the picture that messengers and social networks show beside a link."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from hromada.pictures.copies import CARDS, ENCODER

WIDTH, HEIGHT = 1200, 630
LARGEST = 60_000  # bytes: messengers skip what takes long to load


class SocialCard(NamedTuple):
    """A card's file in the output with its alternative text."""

    name: str
    alt: str

    @property
    def path(self) -> str:
        return f"/{self.name}"


class TitleCard(NamedTuple):
    """A card without a photo: the site's name and the title of a section, a category or a unit."""

    site_name: str
    title: str
    fonts: str  # their digest

    @property
    def name(self) -> str:
        return f"images/{self.made_of[:16]}-card.jpg"

    @property
    def made_of(self) -> str:
        """A digest of everything that determines its bytes."""
        return hashlib.sha256(f"{CARDS}\0{ENCODER}\0{self.fonts}\0{self.site_name}\0{self.title}".encode()).hexdigest()

    @property
    def card(self) -> SocialCard:
        alt = self.title if self.title == self.site_name else f"{self.site_name}: {self.title}"
        return SocialCard(self.name, alt)
