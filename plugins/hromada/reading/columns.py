"""The columns of registers: which words of a header mean which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from hromada.domain.alphabet import capitalized

# What a column's word may go on with: «Дата передачі матеріалу», «Назва новини».
_OF = (
    r"(?: (?:публікації|розміщення|оприлюднення|передачі|подання|надсилання|виходу|надходження|реєстрації|допису|дописів|поста|посту|"
    r"повідомлення|матеріалу|матеріалів|новини|статті|запису|запиту|звернення|події|видання|випуску|номера|друку|ефіру|сюжету|відео|"
    r"інформації|контенту|до газети|у газеті|в газеті|на сайті|до редакції|у соцмережах|в соцмережах))*"
)


class ColumnSpec(NamedTuple):
    """A column of registers. `names`: Ukrainian words for it, the first one is shown; each can mean nothing else.

    `likely` are words that stand for it where no other column of the table names it outright. `needed_in`: registers
    that can't be read without it. `is_folder`: its values name folders of the site.
    """

    key: str
    names: tuple[str, ...]
    likely: re.Pattern[str]
    needed_in: frozenset[str] = frozenset()
    is_folder: bool = False


SPECS = (
    ColumnSpec(
        "date",
        ("дата", "дата публікації", "дата розміщення", "дата оприлюднення", "дата допису", "дата виходу",
         "дата надходження", "дата публікації допису"),
        re.compile(rf"(?:дата|день|число)(?:(?: та| і| й| /|,)? ?/? ?час)?{_OF}"),
    ),
    ColumnSpec(
        "title",
        ("назва", "зміст", "назва/зміст", "назва / зміст", "заголовок", "тема", "назва публікації",
         "назва допису", "назва матеріалу", "назва повідомлення", "тема допису", "тема публікації",
         "зміст публікації", "зміст допису", "назва (зміст)", "зміст (назва)"),
        re.compile(rf"(?:назва|заголовок|тема|зміст|текст|анотація)(?: /? ?(?:зміст|заголовок|тема))?{_OF}"),
        needed_in=frozenset({"newspaper"}),
    ),
    ColumnSpec(
        "url",
        ("посилання", "link", "лінк", "гіперпосилання", "посилання на публікацію", "посилання на допис",
         "посилання на пост", "посилання на матеріал", "адреса публікації"),
        re.compile(
            r"(?:гіпер)?(?:посилання|лінк|адреса|url|link)(?: url)?"
            r"(?: на (?:публікацію|допис|пост|новину|матеріал|повідомлення|статтю|запис|відео|сюжет|джерело))?" + _OF
        ),
    ),
    ColumnSpec(
        "id", ("ідентифікатор", "id допису", "id публікації", "ідентифікатор допису", "ідентифікатор публікації"),
        re.compile(rf"(?:ідентифікатор|id){_OF}"),
    ),
    ColumnSpec(
        "account", ("сторінка", "акаунт", "обліковий запис", "назва сторінки", "сторінка/група", "сторінка / група"),
        re.compile(rf"(?:сторінка|акаунт|профіль|група)(?:(?: громади| ради)?{_OF})"),
        needed_in=frozenset({"social"}),
    ),
    ColumnSpec(
        "network", ("мережа", "платформа", "соцмережа", "соціальна мережа", "мережа/платформа", "мережа / платформа"),
        re.compile(r"(?:назва )?(?:соцмереж[аі]|соціальн(?:а|ої) мереж[аі]|мереж[аі]|платформ[аи])"),
    ),
    ColumnSpec(
        "kind",
        ("вид", "вид публікації", "тип", "канал", "channel", "тип публікації", "вид допису", "тип допису",
         "канал надходження"),
        re.compile(rf"(?:вид|тип|формат){_OF}"),
        is_folder=True,
    ),
    ColumnSpec(
        "newspaper", ("видання", "газета", "видання/газета", "видання / газета", "назва газети", "назва видання"),
        re.compile(r"(?:назва )?(?:газет[аи]|видання|змі)"),
        needed_in=frozenset({"newspaper"}), is_folder=True,
    ),
    ColumnSpec(
        "issue", ("номер", "№ випуску", "номер випуску", "№ газети", "номер газети", "випуск"),
        re.compile(rf"(?:номер|випуск|№){_OF}"),
    ),
    ColumnSpec(
        "count",
        ("кількість", "к-сть", "кількість публікацій", "кількість звернень", "кількість запитів",
         "кількість дописів", "кількість повідомлень", "кількість матеріалів"),
        re.compile(rf"(?:кількість|к-сть|усього|число){_OF}"),
    ),
)  # fmt: skip
COLUMNS: Mapping[str, ColumnSpec] = MappingProxyType({spec.key: spec for spec in SPECS})
NUMBER = "№"  # rows are numbered in it; what stands there is no part of a publication
_NUMBERS = (
    "№", "№ з/п", "№з/п", "№ п/п", "№п/п", "№ п.п.", "№ з.п.", "n", "n з/п", "n п/п", "n/n", "з/п", "п/п", "# з/п", "#",
    "no", "no.", "№ пп", "№ зп",
)  # fmt: skip
_CANONICAL = {name: spec.key for spec in SPECS for name in (spec.key, *spec.names)} | dict.fromkeys(_NUMBERS, NUMBER)


def columns_in(cells: Mapping[int, str]) -> dict[int, str]:
    """The known columns of a header. A word that is only likely stands for a column that no other names outright."""
    found = {column: name for column, text in cells.items() if (name := column_of(text))}
    outright = set(found.values())
    for column, text in cells.items():
        if column not in found and (name := _likely(text)) and name not in outright:
            found[column] = name
    return dict(sorted(found.items()))


def _likely(words: str) -> str:
    if len(words) > _LONGEST_LIKELY:
        return ""
    plain = " ".join(_PARENTHESES.sub(" ", words.casefold()).split()).rstrip(" :*.,")
    return column_of(plain) or next((spec.key for spec in SPECS if spec.likely.fullmatch(plain)), "")


_LONGEST_LIKELY = 80
_PARENTHESES = re.compile(r"\([^()]*\)")


def lacking(register: str, cells: Sequence[str]) -> list[str]:
    """The columns that a header of this register needs beside those that it has."""
    found = set(columns_in(dict(enumerate(cells))).values()) - {NUMBER}
    missing = [key for key in ("date", *_needed_in(register)) if key not in found]
    return missing if missing or len(found) > 1 else ["title"]


def _needed_in(register: str) -> list[str]:
    return sorted(spec.key for spec in SPECS if register in spec.needed_in)


def column_of(words: str) -> str:
    """The canonical name of the column that a header's cell names, NUMBER for «№ з/п», empty for an unknown one."""
    plain = " ".join(words.casefold().split())
    return _CANONICAL.get(plain) or _CANONICAL.get(plain.rstrip(" :*."), "")


def shown(column: str) -> str:
    """A column as people know it: «Дата»."""
    return capitalized(COLUMNS[column].names[0])
