"""Links between the pages of a paginated list."""

from __future__ import annotations


def linked_numbers(current: int, count: int) -> tuple[int | None, ...]:
    """The numbers of the first, last and neighbouring pages, with None for a gap; empty for a single page."""
    if count == 1:
        return ()
    linked: list[int | None] = []
    previous = 0
    for page in sorted({1, count, *range(max(1, current - 1), min(count, current + 1) + 1)}):
        if page - previous > 1:
            linked.append(None)
        linked.append(page)
        previous = page
    return tuple(linked)
