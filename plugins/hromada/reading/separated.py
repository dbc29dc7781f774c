"""CSV as offices save it: `;` or `,` or tab, quotes as Excel writes them, `sep=;` in the first line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hromada.domain.csv_rows import CsvBroken, csv_rows
from hromada.reading.record import Record
from hromada.reading.tables import Table, TableRefused, header_width, read_table

_MARKS = ";,\t"
_SEP = re.compile(r'"?sep=(.)"?[;,\t ]*', re.IGNORECASE)  # Excel's own line, which it shows to nobody


def read_csv(text: str, looks_like_date: Callable[[str], bool]) -> Table | None:
    """The table of a CSV file, None when the file is blank.

    The separator is the one under which a known header has the most columns. A quote that is never closed would
    swallow rows, so a cell over several lines that itself begins with a date is refused.
    """
    first, _, rest = text.partition("\n")
    if found := _SEP.fullmatch(first.strip(" ")):
        text, marks = f"\n{rest}", found[1]
    else:
        marks = _MARKS
    if not text.strip(f" \n{_MARKS}"):
        return None
    mark = _mark(text, marks)
    table = read_table(_whole(text, mark, looks_like_date), is_separated=True)
    if table is None:
        raise TableRefused(
            1, "register-header", "немає рядка з назвами стовпців",
            "додайте рядок, наприклад: Дата;Сторінка;Мережа;Вид;Назва;Посилання",
        )  # fmt: skip
    return table


def _records(text: str, mark: str) -> Iterator[Record]:
    """Records with the line each starts on."""
    try:
        for line, cells in csv_rows(text, mark):
            yield Record(line, {column: cell for column, text in enumerate(cells) if (cell := text.strip())})
    except CsvBroken as broken:
        if broken.longest:
            raise TableRefused(
                broken.line, "register-quotes", f"клітинка довша за {broken.longest} знаків: схоже, лапки не закрито",
                "закрийте лапки або скоротіть клітинку",
            ) from None  # fmt: skip
        raise TableRefused(
            broken.line, "register-quotes", "лапки в рядку не закрито або закрито посеред клітинки",
            'візьміть клітинку в лапки "…", а лапки всередині подвойте: ""Зевс""',
        ) from None  # fmt: skip


def _mark(text: str, marks: str) -> str:
    """The separator under which a header has the most known columns."""
    widths: dict[str, int] = {}
    last = text.count("\n") + 1
    for mark in marks:
        widths[mark], line = _header(text, mark, last)
        last = min(last, line)
    if not any(widths.values()):
        # Broken quotes above the header hide it: its own line still tells the separator, and the quotes are refused later.
        lines = text.split("\n")
        widths = {mark: max(_width_of_line(line, mark) for line in lines) for mark in marks}
    return max(widths, key=lambda mark: widths[mark])


def _header(text: str, mark: str, last: int) -> tuple[int, int]:
    """How many known columns the header down to some line has under this separator, and its line."""
    try:
        for record in _records(text, mark):
            if record.line > last:
                break
            if width := header_width(record):
                return width, record.line
    except TableRefused:
        pass
    return 0, last


def _width_of_line(line: str, mark: str) -> int:
    return header_width(Record(0, dict(enumerate(cell.strip().strip('"') for cell in line.split(mark)))))


def _whole(text: str, mark: str, looks_like_date: Callable[[str], bool]) -> Iterator[Record]:
    for record in _records(text, mark):
        for cell in record.cells.values():
            if "\n" in cell:
                _refuse_swallowed(record.line, cell, mark, looks_like_date)
        yield record


def _refuse_swallowed(line: int, cell: str, mark: str, looks_like_date: Callable[[str], bool]) -> None:
    for offset, inner in enumerate(cell.split("\n")[1:], start=1):
        first = inner.split(mark)[0].strip().strip('"')
        if mark in inner and looks_like_date(first):
            raise TableRefused(
                line, "register-quotes", f"незакриті лапки поглинають рядок {line + offset}",
                "закрийте лапки в кінці клітинки",
            )  # fmt: skip
