"""A report's text for the template: every block a small object, headings in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hromada.report.documents.bounds import LONGEST_HEAD, LONGEST_TITLE
from hromada.report.text.blocks import Block, Heading, ListBlock, Paragraph, Picture, Quote, Run, TextTable

_TITLE = 1  # the level of the document's title
_LONGEST_WORD = 1_000  # letters: no word of any language, and soon done


def text_data(blocks: Sequence[Block]) -> list[dict[str, object]]:
    """The blocks; a heading never skips a level, which PDF/UA-1 forbids and authors do."""
    levels = _without_gaps(_levels(blocks))
    return [_block(block, levels) for block in blocks]


def _levels(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, Heading) and _is_short(block):
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
    if isinstance(block, Heading) and not _is_short(block):
        block = Paragraph(block.runs)
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "runs": _runs(block.runs), "justified": not _has_long_word(block.runs)}
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


def _is_short(heading: Heading) -> bool:
    """A longer one is printed as a paragraph."""
    return sum(len(run.text) for run in heading.runs) <= LONGEST_TITLE


def _has_long_word(runs: tuple[Run, ...]) -> bool:
    """Typst takes time with the square of a word's length to justify it."""
    return any(len(word) > _LONGEST_WORD for word in "".join(run.text for run in runs).split())


def _table(table: TextTable) -> dict[str, object]:
    """Every row as wide as the widest one."""
    is_short = all(sum(len(run.text) for run in cell) <= LONGEST_HEAD for cell in table.head)
    head, rows = (table.head, table.rows) if is_short else ((), (table.head, *table.rows))
    width = max((len(row) for row in (table.head, *table.rows)), default=0)

    def row(cells: tuple[tuple[Run, ...], ...]) -> list[list[dict[str, object]]]:
        return [_runs(cell) for cell in cells] + [[] for _ in range(width - len(cells))]

    return {
        "kind": "table" if width else "nothing",
        "columns": width,
        "head": row(head) if head else [],
        "rows": [row(one) for one in rows],
    }


def _runs(runs: tuple[Run, ...]) -> list[dict[str, object]]:
    """A run's lines stand apart: a line break of the author's is kept."""
    return [
        {"lines": run.text.split("\n"), "bold": run.bold, "italic": run.italic, "link": run.link, "struck": run.struck}
        for run in runs
        if run.text
    ]
