"""Which pages of a list in many pages each of them leads to."""

from __future__ import annotations


def linked_numbers(current: int, count: int) -> tuple[int | None, ...]:
    """The first page, the last one and the neighbours, in order; None stands for a gap, and one page leads nowhere."""
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
