"""The columns of registers: which words of a header mean which, and validation of their cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from hromada.domain.alphabet import capitalized
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import shorten
from hromada.domain.table_text import is_error, to_one_line, unescape_formula, without_unseen

# What a column's word may go on with: «Дата передачі матеріалу», «Назва новини».
_OF = (
    r"(?: (?:публікації|розміщення|оприлюднення|передачі|подання|надсилання|виходу|надходження|реєстрації|допису|дописів|поста|посту|"
    r"повідомлення|матеріалу|матеріалів|новини|статті|запису|запиту|звернення|події|видання|випуску|номера|друку|ефіру|сюжету|відео|"
    r"інформації|контенту|до газети|у газеті|в газеті|на сайті|до редакції|у соцмережах|в соцмережах))*"
)


class ColumnSpec(NamedTuple):
    """A column of registers. `names`: Ukrainian words for it, the first one is shown; each can mean nothing else.

    `likely` are words that stand for it where no other column of the table names it outright. `needed_in`: registers
    that can't be read without it. `is_folder`: its values name folders of the site. `is_trait`: figures may select by
    it, so rows with equal values share their traits.
    """

    key: str
    names: tuple[str, ...]
    likely: re.Pattern[str]
    needed_in: frozenset[str] = frozenset()
    is_folder: bool = False
    is_trait: bool = False


SPECS = (
    ColumnSpec(
        "date",
        ("дата", "дата публікації", "дата розміщення", "дата оприлюднення", "дата допису", "дата виходу",
         "дата надходження", "дата публікації допису"),
        lazy_compile(rf"(?:дата|день|число)(?:(?: та| і| й| /|,)? ?/? ?час)?{_OF}"),
    ),
    ColumnSpec(
        "title",
        ("назва", "зміст", "назва/зміст", "назва / зміст", "заголовок", "тема", "назва публікації",
         "назва допису", "назва матеріалу", "назва повідомлення", "тема допису", "тема публікації",
         "зміст публікації", "зміст допису", "назва (зміст)", "зміст (назва)"),
        lazy_compile(rf"(?:назва|заголовок|тема|зміст|текст|анотація)(?: /? ?(?:зміст|заголовок|тема))?{_OF}"),
        needed_in=frozenset({"newspaper"}),
    ),
    ColumnSpec(
        "url",
        ("посилання", "link", "лінк", "гіперпосилання", "посилання на публікацію", "посилання на допис",
         "посилання на пост", "посилання на матеріал", "адреса публікації"),
        lazy_compile(
            r"(?:гіпер)?(?:посилання|лінк|адреса|url|link)(?: url)?"
            r"(?: на (?:публікацію|допис|пост|новину|матеріал|повідомлення|статтю|запис|відео|сюжет|джерело))?" + _OF
        ),
    ),
    ColumnSpec(
        "id", ("ідентифікатор", "id допису", "id публікації", "ідентифікатор допису", "ідентифікатор публікації"),
        lazy_compile(rf"(?:ідентифікатор|id){_OF}"),
    ),
    ColumnSpec(
        "account", ("сторінка", "акаунт", "обліковий запис", "назва сторінки", "сторінка/група", "сторінка / група"),
        lazy_compile(rf"(?:сторінка|акаунт|профіль|група)(?:(?: громади| ради)?{_OF})"),
        needed_in=frozenset({"social"}), is_trait=True,
    ),
    ColumnSpec(
        "network", ("мережа", "платформа", "соцмережа", "соціальна мережа", "мережа/платформа", "мережа / платформа"),
        lazy_compile(r"(?:назва )?(?:соцмереж[аі]|соціальн(?:а|ої) мереж[аі]|мереж[аі]|платформ[аи])"),
        is_trait=True,
    ),
    ColumnSpec(
        "kind",
        ("вид", "вид публікації", "тип", "канал", "channel", "тип публікації", "вид допису", "тип допису",
         "канал надходження"),
        lazy_compile(rf"(?:вид|тип|формат){_OF}"),
        is_folder=True, is_trait=True,
    ),
    ColumnSpec(
        "newspaper", ("видання", "газета", "видання/газета", "видання / газета", "назва газети", "назва видання"),
        lazy_compile(r"(?:назва )?(?:газет[аи]|видання|змі)"),
        needed_in=frozenset({"newspaper"}), is_folder=True, is_trait=True,
    ),
    ColumnSpec(
        "issue", ("номер", "№ випуску", "номер випуску", "№ газети", "номер газети", "випуск"),
        lazy_compile(rf"(?:номер|випуск|№){_OF}"),
        is_trait=True,
    ),
    ColumnSpec(
        "count",
        ("кількість", "к-сть", "кількість публікацій", "кількість звернень", "кількість запитів",
         "кількість дописів", "кількість повідомлень", "кількість матеріалів"),
        lazy_compile(rf"(?:кількість|к-сть|усього|число){_OF}"),
    ),
)  # fmt: skip
COLUMNS: Mapping[str, ColumnSpec] = MappingProxyType({spec.key: spec for spec in SPECS})
NUMBER = "№"  # rows are numbered in it; what stands there is no part of a publication
_NUMBERS = (
    "№", "№ з/п", "№з/п", "№ п/п", "№п/п", "№ п.п.", "№ з.п.", "n", "n з/п", "n п/п", "n/n", "з/п", "п/п", "# з/п", "#",
    "no", "no.", "№ пп", "№ зп",
)  # fmt: skip
HEADER_WORDS = {name: spec.key for spec in SPECS for name in (spec.key, *spec.names)} | dict.fromkeys(_NUMBERS, NUMBER)


def columns_in(cells: Mapping[int, str]) -> dict[int, str]:
    """The known columns of a header. A word that is only likely stands for a column that no other names outright."""
    found = {column: name for column, text in cells.items() if (name := column_of(text))}
    outright = set(found.values())
    for column, text in cells.items():
        if column not in found and (name := _likely(text)) and name not in outright:
            found[column] = name
    return dict(sorted(found.items()))


def _likely(words: str) -> str:
    if len(words) > LONGEST_LIKELY:
        return ""
    plain = " ".join(_PARENTHESES.sub(" ", words.casefold()).split()).rstrip(" :*.,")
    return column_of(plain) or next((spec.key for spec in SPECS if spec.likely.fullmatch(plain)), "")


LONGEST_LIKELY = 80
_PARENTHESES = lazy_compile(r"\([^()]*\)")


def lacking(register: str, cells: Sequence[str]) -> list[str]:
    """The columns that a header of this register needs beside those that it has."""
    found = set(columns_in(dict(enumerate(cells))).values()) - {NUMBER}
    missing = [key for key in ("date", *_needed_in(register)) if key not in found]
    return missing if missing or len(found) > 1 else ["title"]


def _needed_in(register: str) -> list[str]:
    return sorted(spec.key for spec in SPECS if register in spec.needed_in)


def column_of(words: str) -> str:
    """The canonical name of the column that a header's cell names, NUMBER for «№ з/п», empty for an unknown one."""
    plain = " ".join(without_unseen(words).casefold().split())
    return HEADER_WORDS.get(plain) or HEADER_WORDS.get(plain.rstrip(" :*."), "")


def shown(column: str) -> str:
    """A column as people know it: «Дата»."""
    return capitalized(COLUMNS[column].names[0])


_NOTHING: Mapping[int, Any] = MappingProxyType({})


class CellType(StrEnum):
    """The type of a spreadsheet's cell; text cells have none."""

    NUMBER = "number"
    LONG = "long"  # a number with more digits than spreadsheets store
    DATE = "date"  # its text is 2021-07-05 or 2021-07-05 14:30:00
    TIME = "time"  # a time without a day, or a day that doesn't exist
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"  # a formula whose value was not saved


class Record(NamedTuple):
    """A row: its number as the program shows it, and its non-blank cells by column, from 0.

    `kinds` and `links` are of the cells that have one; `merged` are the columns whose value comes from a cell above that
    is merged with this one.
    """

    line: int
    cells: Mapping[int, str]
    kinds: Mapping[int, CellType] = _NOTHING
    links: Mapping[int, str] = _NOTHING
    merged: frozenset[int] = frozenset()


_RETYPE = "задайте стовпцю текстовий формат і впишіть значення знову"
_EXPONENT = lazy_compile(r"\d(?:[.,]\d+)?[EeЕе]\+?\d+")  # with a Cyrillic Е, too
_DOUBTFUL = frozenset("#E-–—'")
_FIRST = itemgetter(slice(1))
_WHOLE = lazy_compile(r"(\d{1,9})[.,]0{1,2}", re.ASCII)  # 3,0; but 1,000 may be a thousand
_LINK = lazy_compile(r"(?:https?://)?[^\s/…]+\.[^\s/…]{2,}/[^\s…]+")  # with a path: a host alone is a caption


class CellFault(NamedTuple):
    """Why a cell can't be read; message and fix are Ukrainian."""

    code: str
    message: str
    fix: str


def are_verbatim(texts: Collection[str]) -> bool:
    """Whether CSV cells, except ids and counts, can be taken without further checks; nearly all can."""
    together = "".join(texts)
    return _DOUBTFUL.isdisjoint(map(_FIRST, texts)) and together == without_unseen(to_one_line(together))


def are_columns_verbatim(columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether all CSV cells of these columns, ids and counts included, can be taken without further checks."""
    return (
        not any(map(_EXPONENT.fullmatch, columns.get("id", ())))
        and not any(map(_WHOLE.fullmatch, columns.get("count", ())))
        and all(map(are_verbatim, columns.values()))
    )


def read_cell(record: Record, column: int, name: str) -> str | CellFault:
    """The text of a cell in a known column, or why it can't be read."""
    text, kind = unescape_formula(record.cells[column]), record.kinds.get(column)
    if name == "url" and not _LINK.fullmatch(text) and (target := record.links.get(column)):
        return target
    if name == "count" and column in record.merged:
        return CellFault(
            "register-merged",
            f"клітинку «{shown(name)}» ({text}) об’єднано на кілька рядків",
            "впишіть кожному рядку своє число",
        )
    if text in ("-", "–", "—") and name not in ("date", "title", "count"):
        return ""  # a dash means «none»; otherwise all dashes would be one link
    if is_error(text):
        kind = CellType.ERROR
    elif name == "id" and _EXPONENT.fullmatch(text):
        kind = CellType.LONG
    if kind is not None:
        return _of_kind(kind, name, text)
    if name == "count" and (match := _WHOLE.fullmatch(text)):
        return match[1]
    return text


def stray_fault(record: Record) -> CellFault:
    """The fault of a row without a value in the known columns: a signature, a note, a stray cell."""
    column, text = min(record.cells.items())
    short = shorten(text, 40)
    return CellFault(
        "register-stray", f"поза стовпцями таблиці (стовпець {_column_name(column)}) написано «{' '.join(short.split())}»",
        "приберіть або перенесіть над рядок із назвами стовпців",
    )  # fmt: skip


def _column_name(column: int) -> str:
    """A column's name in spreadsheets: A for 0, XFD for 16,383."""
    letters = ""
    index = column + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _of_kind(kind: CellType, name: str, text: str) -> str | CellFault:
    match kind:
        case CellType.ERROR:
            return _cell(name, f"помилка {text}", "виправте формулу або впишіть значення")
        case CellType.UNCOMPUTED:
            return _cell(
                name, "формула, значення якої не збережено", "відкрийте файл у програмі таблиць і збережіть його"
            )
        case CellType.BOOLEAN:
            return _cell(name, f"логічне значення {text}", "впишіть текст або число")
        case CellType.LONG:
            return _cell(name, f"задовге число {text}, кінець якого програма таблиць губить", _RETYPE)
        case CellType.TIME:
            return _cell(name, f"час без дня або неможлива дата ({text})", "впишіть дату")
        case CellType.DATE if name not in ("date", "title"):
            return _cell(name, f"дата {_dotted(text)}: можливо, на неї перетворено інше значення", _RETYPE)
        case CellType.DATE if name == "title":
            return _dotted(text)
        case CellType.NUMBER if name == "date":
            return _cell(name, f"число {text}", "впишіть дату або задайте клітинці формат дати")
    return text


def _cell(name: str, what: str, fix: str) -> CellFault:
    return CellFault("register-cell", f"у клітинці «{shown(name)}» {what}", fix)


def _dotted(text: str) -> str:
    day, _, time = text.partition(" ")
    year, month, date = day.split("-")
    return f"{date}.{month}.{year}" + (f" {time[:5]}" if time else "")
