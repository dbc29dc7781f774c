"""Scheduled items for the terminal: nothing that readers get may name them."""

from __future__ import annotations

from collections.abc import Iterable

from hromada.domain.item import Item


def format_scheduled(scheduled: Iterable[Item]) -> list[str]:
    """A heading and a line for each item; empty without items."""
    lines = [f"  {item.due:%d.%m.%Y}  {item.title}  ({item.path})" for item in scheduled]
    return ["Чекають своєї дати:", *lines] if lines else []
