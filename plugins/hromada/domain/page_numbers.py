"""Which pages of a list in many pages each of them leads to."""

from __future__ import annotations


def linked_numbers(current: int, count: int) -> tuple[int | None, ...]:
    """The first page, the last one and the neighbours, in order; None stands for a gap, and one page leads nowhere."""
    if count == 1:
        return ()
    shown: list[int | None] = []
    before = 0
    for number in sorted({1, count, *range(max(1, current - 1), min(count, current + 1) + 1)}):
        if number - before > 1:
            shown.append(None)
        shown.append(number)
        before = number
    return tuple(shown)
