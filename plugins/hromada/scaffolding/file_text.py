"""The text of a new file: a header that the reader accepts, with what to write as its comments.

Comments are lines of the `---` header that begin with «#»: the reader skips them, so what stands there is never
published and never refused. The file is a draft until its author takes that line away: an empty news item that
somebody forgot would be counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hromada.domain.front_matter import format_comment, format_field, format_header
from hromada.scaffolding.choices import DraftKind

(DRAFT_LINE,) = format_field("Стан", "чернетка")
_INTRO = (
    "Рядки з «#» – підказки: читачі їх не бачать, їх можна прибрати. Значення пишіть між лапками; непотрібне поле приберіть.",
    "Якщо лапки є в самій назві, пишіть їх «так».",
)
_SHOWN_CATEGORIES = 6


def draft_text(kind: DraftKind, title: str, day: date, categories: Sequence[str] = ()) -> str:
    """The whole file; `categories` are the titles in use, the frequent ones first. Reports have their own pattern."""
    news = kind in (DraftKind.NEWS, DraftKind.EVENT)
    return format_header([
        *map(format_comment, _INTRO),
        *format_field("Заголовок", title),
        *(_dated(day) if kind is not DraftKind.PAGE else ()),
        *(_event(day) if kind is DraftKind.EVENT else ()),
        *(_category(categories) if news else ()),
        *_empty("Анотація", hint="Одне–два речення для списків; якщо порожньо, візьмемо початок тексту."),
        *(_picture() if kind is not DraftKind.PAGE else ()),
        *_state(kind),
    ])  # fmt: skip


def _empty(*keys: str, hint: str) -> list[str]:
    """Fields to be filled in, under what says how."""
    return [format_comment(hint), *(line for key in keys for line in format_field(key, ""))]


def _dated(day: date) -> list[str]:
    hint = f"За цим днем матеріал потрапляє до звіту. Можна з часом: {day} 14:30."
    return [format_comment(hint), *format_field("Дата", f"{day}")]


def _event(day: date) -> list[str]:
    hint = f"Коли подія відбудеться; час можна не писати: {day} 14:30."
    return _empty("Дата події", "Кінець події", "Місце", hint=hint)


def _category(titles: Sequence[str]) -> list[str]:
    known = ", ".join(titles[:_SHOWN_CATEGORIES])
    return _empty("Рубрика", hint=f"Одна рубрика{f'; на сайті вже є: {known}' if known else ', наприклад: Події'}.")


def _picture() -> list[str]:
    hint = "Файл світлини лежить поруч із цим або в content/images; опис – для тих, хто її не бачить."
    return _empty("Зображення", "Опис зображення", hint=hint)


def _state(kind: DraftKind) -> list[str]:
    where = "на сайті" if kind is DraftKind.PAGE else "ні на сайті, ні у звіті"
    return [
        format_comment("Текст пишіть нижче, під другим рядком «---»."),
        format_comment(f"Поки тут «чернетка», матеріалу немає {where}. Написали – приберіть наступний рядок."),
        DRAFT_LINE,
    ]
