"""Long texts as messages quote them."""

from __future__ import annotations


def shortened(text: str, most: int) -> str:
    """At most so many signs of a text, an ellipsis in the place of what is left out at its end."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def without_middle(text: str, most: int) -> str:
    """The beginning and the end of a text that is longer than `most` signs, which is about what is left of it."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]} … {text[-half:]}"
