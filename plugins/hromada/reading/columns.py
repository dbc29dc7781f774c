"""The columns of registers: which words of a header mean which."""

from __future__ import annotations

from collections.abc import Mapping
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


def column_of(words: str) -> str:
    """The canonical name of the column that a header's cell names, NUMBER for «№ з/п», empty for an unknown one."""
    plain = " ".join(words.casefold().split())
    return _CANONICAL.get(plain) or _CANONICAL.get(plain.rstrip(" :*."), "")


def shown(column: str) -> str:
    """A column as people know it: «Дата»."""
    return capitalized(COLUMNS[column][0])
