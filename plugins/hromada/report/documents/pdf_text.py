"""A report's text for the template: every block a small object, headings in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hromada.report.blocks import Block, Heading, ListBlock, Paragraph, Picture, Quote, Run, TextTable

_TITLE = 1  # the level of the document's title


def text_data(blocks: Sequence[Block]) -> list[dict[str, object]]:
    """The blocks; a heading never skips a level, which PDF/UA-1 forbids and authors do."""
    levels = _without_gaps(_levels(blocks))
    return [_block(block, levels) for block in blocks]


def _levels(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.level
        elif isinstance(block, Quote):
            yield from _levels(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _levels(item)


def _without_gaps(levels: Iterator[int]) -> Iterator[int]:
    before = _TITLE
    for level in levels:
        before = min(max(level, _TITLE + 1), before + 1)
        yield before


def _block(block: Block, levels: Iterator[int]) -> dict[str, object]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "runs": _runs(block.runs)}
    if isinstance(block, Heading):
        return {"kind": "heading", "level": next(levels), "runs": _runs(block.runs)}
    if isinstance(block, ListBlock):
        items = [[_block(one, levels) for one in item] for item in block.items]
        return {"kind": "numbers" if block.ordered else "points", "start": block.start, "items": items}
    if isinstance(block, Quote):
        return {"kind": "quote", "blocks": [_block(one, levels) for one in block.blocks]}
    if isinstance(block, Picture):
        return {"kind": "picture", "alt": block.alt}
    return _table(block)


def _table(table: TextTable) -> dict[str, object]:
    """Every row as wide as the widest one."""
    width = max((len(row) for row in (table.head, *table.rows)), default=0)

    def row(cells: tuple[tuple[Run, ...], ...]) -> list[list[dict[str, object]]]:
        return [_runs(cell) for cell in cells] + [[] for _ in range(width - len(cells))]

    return {
        "kind": "table" if width else "nothing",
        "columns": width,
        "head": row(table.head) if table.head else [],
        "rows": [row(one) for one in table.rows],
    }


def _runs(runs: tuple[Run, ...]) -> list[dict[str, object]]:
    """A run's lines stand apart: a line break of the author's is kept."""
    return [
        {"lines": run.text.split("\n"), "bold": run.bold, "italic": run.italic, "link": run.link, "struck": run.struck}
        for run in runs
        if run.text
    ]
