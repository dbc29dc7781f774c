"""Rows of which nothing is to be said, to entries: taken column by column, each costs a third of the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat, starmap
from typing import NamedTuple

from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.post_link import is_story, network_of_link
from hromada.domain.private_address import find_address_fault
from hromada.reading.register_rows import SOCIAL, RowReader, entry_of, opens_program
from hromada.reading.tables import COUNT, Block, Row

_CLASSIFYING = ("account", "network", "kind", "newspaper", "issue")  # the columns that traits are read from
_ANY_DAY = "2021-07-05"


class _Class(NamedTuple):
    """What rows share that say the same of themselves."""

    visibility: Visibility
    traits: Mapping[str, str]


def entries_of_block(reader: RowReader, block: Block) -> list[Entry] | None:
    """The entry of each row; None where one has a fault or a warning, so that each has to be looked at by itself."""
    columns = block.columns
    counts = columns.get("count", ())
    if not all(map(COUNT.fullmatch, counts)) or not all(map(_is_plain, columns.get("url", ()))):
        return None
    try:
        moments = {date: parse_moment(date) for date in set(columns["date"])}
    except DateRefused:
        return None
    classes = _classes(reader, columns)
    if classes is None:
        return None
    cells = zip(
        repeat(reader.source),
        repeat(reader.section),
        [moments[date] for date in columns["date"]],
        _titles(columns),
        columns.get("url", repeat("")),
        starmap(SourceLocation, zip(repeat(reader.path), block.lines, repeat(reader.sheet), strict=False)),
        [one.visibility for one in classes],
        map(int, counts) if counts else repeat(1),
        [one.traits for one in classes],
        columns.get("id", repeat("")),
        strict=False,  # what is repeated has no end
    )
    return list(starmap(Entry, cells))


def _is_plain(url: str) -> bool:
    return not url or (find_address_fault(url) is None and not opens_program(url) and not is_story(url))


def _titles(columns: Mapping[str, Sequence[str]]) -> Iterable[str]:
    titles = columns.get("title", ())
    if titles and all(titles):
        return titles
    rows = zip(*(columns[name] for name in ("title", "issue", "kind") if name in columns), strict=True)
    return [next(filter(None, row), "") for row in rows] or repeat("")


def _classes(reader: RowReader, columns: Mapping[str, Sequence[str]]) -> list[_Class] | None:
    """The class of each row: of a class one row is read as any other is, and None where that is not told in silence."""
    size = len(columns["date"])
    classifying = {name: columns[name] for name in _CLASSIFYING if name in columns}
    if reader.register == SOCIAL:
        networks = columns.get("network", [""] * size)
        urls = columns.get("url", [""] * size)
        classifying["network"] = [network or network_of_link(url) for network, url in zip(networks, urls, strict=True)]
    rows = list(zip(*classifying.values(), strict=True)) or [()] * size
    trial = replace(reader, problems=[])
    classes: dict[tuple[str, ...], _Class] = {}
    for cells in set(rows):
        row = {"date": _ANY_DAY, "count": "0", **dict(zip(classifying, cells, strict=True))}
        entry = entry_of(trial, Row(0, row))
        if entry is None or trial.problems:
            return None
        classes[cells] = _Class(entry.visibility, entry.traits)
    return [classes[cells] for cells in rows]
