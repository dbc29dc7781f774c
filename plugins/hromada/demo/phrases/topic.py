"""What a theme of the sample news consists of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """One subject: a clause that continues «у громаді …», the first sentence of its text, longer endings of the title."""

    clause: str
    lead: str
    tails: tuple[str, ...] = ()
    ahead: bool = False  # it invites to something that has a day of its own


@dataclass(frozen=True, slots=True)
class Topic:
    """A category: its stories, sentences and points that suit each of them."""

    category: str
    stories: tuple[Story, ...]
    sentences: tuple[str, ...]
    points: tuple[str, ...]
