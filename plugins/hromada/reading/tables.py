"""Tables as offices save them: title rows above the header, `;` or `,` or tab, quotes as Excel writes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("дата", "дата публікації", "дата розміщення"),
    "title": ("назва", "зміст", "назва/зміст", "назва / зміст", "заголовок", "тема"),
    "url": ("посилання", "link", "лінк"),
    "id": ("ідентифікатор", "id допису"),
    "account": ("сторінка", "акаунт", "обліковий запис"),
    "network": ("мережа", "платформа", "соцмережа"),
    "kind": ("вид", "вид публікації", "тип", "канал", "channel"),
    "newspaper": ("видання", "газета"),
    "issue": ("номер", "№ випуску"),
    "count": ("кількість",),
}
_CANONICAL = {word: name for name, words in COLUMNS.items() for word in (name, *words)}


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: cells by the column's canonical name, and the line it starts on."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a known header."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class TableRefused(ValueError):
    """The table can't be read without losing something; message and fix are Ukrainian."""

    def __init__(self, line: int, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.code, self.fix = line, code, fix


def read_csv(text: str, looks_like_date: Callable[[str], bool]) -> Table | None:
    """The table of a CSV file, None when the file is blank.

    The separator is the one under which a known header has the most columns. A quote that is never closed would
    swallow rows, so a cell over several lines that itself begins with a date is refused.
    """
    if not text.strip(" \t\n;,"):
        return None
    found = max((_header(text, mark) for mark in ";,\t"), key=lambda one: one[0])
    width, mark = found
    if width < 2:
        raise TableRefused(
            1, "register-header", "немає рядка з назвами стовпців",
            "додайте рядок, наприклад: Дата;Сторінка;Мережа;Вид;Назва;Посилання",
        )  # fmt: skip
    return _table(text, mark, looks_like_date)


def _records(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line each starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                raise TableRefused(
                    line, "register-quotes", f"клітинка довша за {csv.field_size_limit()} знаків: схоже, лапки не закрито",
                    "закрийте лапки або скоротіть клітинку",
                ) from None  # fmt: skip
            raise TableRefused(
                line, "register-quotes", "лапки в рядку не закрито або закрито посеред клітинки",
                'візьміть клітинку в лапки "…", а лапки всередині подвойте: ""Зевс""',
            ) from None  # fmt: skip
        yield line, cells
        line = reader.line_num + 1


def _names(cells: list[str]) -> list[str]:
    return [_CANONICAL.get(" ".join(cell.strip().casefold().split()), "") for cell in cells]


def _header(text: str, mark: str) -> tuple[int, str]:
    """How many known columns the header has under this separator."""
    best = 0
    for line in text.split("\n"):
        names = _names([cell.strip().strip('"') for cell in line.split(mark)])
        if "date" in names:
            best = max(best, len({name for name in names if name}))
            break
    return best, mark


def _table(text: str, mark: str, looks_like_date: Callable[[str], bool]) -> Table:
    columns: list[str] = []
    rows: list[Row] = []
    for line, cells in _records(text, mark):
        if not columns:
            names = _names(cells)
            if "date" in names and len({name for name in names if name}) > 1:
                _refuse_repeated(line, names)
                columns = names
            continue
        if not any(cell.strip() for cell in cells):
            continue
        _refuse_swallowed(line, cells, mark, looks_like_date)
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise TableRefused(
                line, "register-long-row", f"у рядку більше клітинок, ніж стовпців ({len(columns)})",
                "візьміть клітинку з розділовим знаком у лапки",
            )  # fmt: skip
        named = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        rows.append(Row(line, named))
    return Table(tuple(name for name in columns if name), tuple(rows))


def _refuse_repeated(line: int, names: list[str]) -> None:
    for name in set(filter(None, names)):
        if names.count(name) > 1:
            words = COLUMNS[name][0]
            raise TableRefused(
                line, "register-repeated-column", f"два стовпці «{words}»", "лишіть один, інший перейменуйте"
            )


def _refuse_swallowed(line: int, cells: list[str], mark: str, looks_like_date: Callable[[str], bool]) -> None:
    for cell in cells:
        for offset, inner in enumerate(cell.split("\n")[1:], start=1):
            first = inner.split(mark)[0].strip().strip('"')
            if mark in inner and looks_like_date(first):
                raise TableRefused(
                    line, "register-quotes", f"незакриті лапки поглинають рядок {line + offset}",
                    "закрийте лапки в кінці клітинки",
                )  # fmt: skip
