"""What the fields of a header hold, by their own names (reading/header.SYNONYMS has the others)."""

from __future__ import annotations

PROSE = frozenset({"title", "summary", "image-alt", "event-place", "author", "hours", "head"})  # a person's words
NAMED = frozenset({"category", "tags"})  # words by which things are counted
LISTS = frozenset({"tags", "gallery"})
