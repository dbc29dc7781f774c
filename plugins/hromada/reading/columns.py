"""The columns of registers: which words of a header mean which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from hromada.domain.alphabet import capitalized

# A word stands here only when it can mean nothing else: two columns of one name refuse a table.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "date": ("дата", "дата публікації", "дата розміщення", "дата оприлюднення", "дата допису", "дата виходу",
             "дата надходження", "дата публікації допису"),
    "title": ("назва", "зміст", "назва/зміст", "назва / зміст", "заголовок", "тема", "назва публікації",
              "назва допису", "назва матеріалу", "назва повідомлення", "тема допису", "тема публікації",
              "зміст публікації", "зміст допису", "назва (зміст)", "зміст (назва)"),
    "url": ("посилання", "link", "лінк", "гіперпосилання", "посилання на публікацію", "посилання на допис",
            "посилання на пост", "посилання на матеріал", "адреса публікації"),
    "id": ("ідентифікатор", "id допису", "id публікації", "ідентифікатор допису", "ідентифікатор публікації"),
    "account": ("сторінка", "акаунт", "обліковий запис", "назва сторінки", "сторінка/група", "сторінка / група"),
    "network": ("мережа", "платформа", "соцмережа", "соціальна мережа", "мережа/платформа", "мережа / платформа"),
    "kind": ("вид", "вид публікації", "тип", "канал", "channel", "тип публікації", "вид допису", "тип допису",
             "канал надходження"),
    "newspaper": ("видання", "газета", "видання/газета", "видання / газета", "назва газети", "назва видання"),
    "issue": ("номер", "№ випуску", "номер випуску", "№ газети", "номер газети", "випуск"),
    "count": ("кількість", "к-сть", "кількість публікацій", "кількість звернень", "кількість запитів",
              "кількість дописів", "кількість повідомлень", "кількість матеріалів"),
})  # fmt: skip
NUMBER = "№"  # rows are numbered in it; what stands there is no part of a publication
_NUMBERS = (
    "№", "№ з/п", "№з/п", "№ п/п", "№п/п", "№ п.п.", "№ з.п.", "n", "n з/п", "n п/п", "n/n", "з/п", "п/п", "# з/п", "#",
    "no", "no.", "№ пп", "№ зп",
)  # fmt: skip
_CANONICAL = {word: name for name, words in COLUMNS.items() for word in (name, *words)} | dict.fromkeys(
    _NUMBERS, NUMBER
)


# A head and what it is of: «Дата передачі матеріалу», «Назва новини». Such words stand for a column that none names outright.
_OF = (
    r"(?: (?:публікації|розміщення|оприлюднення|передачі|подання|надсилання|виходу|надходження|реєстрації|допису|дописів|поста|посту|"
    r"повідомлення|матеріалу|матеріалів|новини|статті|запису|запиту|звернення|події|видання|випуску|номера|друку|ефіру|сюжету|відео|"
    r"інформації|контенту|до газети|у газеті|в газеті|на сайті|до редакції|у соцмережах|в соцмережах))*"
)
_LIKELY: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "date": re.compile(rf"(?:дата|день|число)(?:(?: та| і| й| /|,)? ?/? ?час)?{_OF}"),
    "title": re.compile(rf"(?:назва|заголовок|тема|зміст|текст|анотація)(?: /? ?(?:зміст|заголовок|тема))?{_OF}"),
    "url": re.compile(rf"(?:гіпер)?(?:посилання|лінк|адреса|url|link)(?: url)?(?: на (?:публікацію|допис|пост|новину|матеріал|повідомлення|статтю|запис|відео|сюжет|джерело))?{_OF}"),
    "id": re.compile(rf"(?:ідентифікатор|id){_OF}"),
    "account": re.compile(rf"(?:сторінка|акаунт|профіль|група)(?:(?: громади| ради)?{_OF})"),
    "network": re.compile(r"(?:назва )?(?:соцмереж[аі]|соціальн(?:а|ої) мереж[аі]|мереж[аі]|платформ[аи])"),
    "kind": re.compile(rf"(?:вид|тип|формат){_OF}"),
    "newspaper": re.compile(r"(?:назва )?(?:газет[аи]|видання|змі)"),
    "issue": re.compile(rf"(?:номер|випуск|№){_OF}"),
    "count": re.compile(rf"(?:кількість|к-сть|усього|число){_OF}"),
})  # fmt: skip


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
    return column_of(plain) or next((name for name, pattern in _LIKELY.items() if pattern.fullmatch(plain)), "")


_LONGEST_LIKELY = 80
_PARENTHESES = re.compile(r"\([^()]*\)")


def lacking(register: str, cells: Sequence[str]) -> list[str]:
    """The columns that a header of this register needs beside those that it has."""
    found = set(columns_in(dict(enumerate(cells))).values()) - {NUMBER}
    needed = ["date", *_NEEDED.get(register, ())]
    missing = [name for name in needed if name not in found]
    return missing if missing or len(found) > 1 else ["title"]


_NEEDED = {"social": ("account",), "newspaper": ("newspaper", "title")}


def column_of(words: str) -> str:
    """The canonical name of the column that a header's cell names, NUMBER for «№ з/п», empty for an unknown one."""
    plain = " ".join(words.casefold().split())
    return _CANONICAL.get(plain) or _CANONICAL.get(plain.rstrip(" :*."), "")


def shown(column: str) -> str:
    """A column as people know it: «Дата»."""
    return capitalized(COLUMNS[column][0])
