"""The text of a new file: a header that the reader accepts, with what to write as its comments.

Comments are lines of the `---` header that begin with «#»: the reader skips them, so what stands there is never
published and never refused. The file is a draft until its author takes that line away: an empty news item that
somebody forgot would be counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hromada.scaffolding.choices import DraftKind

DRAFT_LINE = "Стан: чернетка"
_INTRO = (
    "# Рядки з «#» – підказки: читачі їх не бачать, їх можна прибрати. Непотрібне поле лишіть порожнім або приберіть."
)
_SHOWN_CATEGORIES = 6


def draft_text(kind: DraftKind, title: str, day: date, categories: Sequence[str] = ()) -> str:
    """The whole file; `categories` are the titles in use, the frequent ones first. Reports have their own pattern."""
    news = kind in (DraftKind.NEWS, DraftKind.EVENT)
    fields = [
        f"Заголовок: {_as_written(title)}",
        *(_dated(day) if kind is not DraftKind.PAGE else ()),
        *(_event(day) if kind is DraftKind.EVENT else ()),
        *(_category(categories) if news else ()),
        "# Одне–два речення для списків; якщо порожньо, візьмемо початок тексту.",
        "Анотація:",
        *(_PICTURE if kind is not DraftKind.PAGE else ()),
        *_state(kind),
    ]
    return "\n".join(["---", _INTRO, *fields, "---", "", ""])


def _dated(day: date) -> list[str]:
    return [
        f"# За цим днем матеріал потрапляє до звіту. Можна з часом: {day} 14:30.",
        f"Дата: {day}",
    ]


def _event(day: date) -> list[str]:
    return [
        f"# Коли подія відбудеться; час можна не писати: {day} 14:30.",
        "Дата події:",
        "Кінець події:",
        "Місце:",
    ]


def _category(titles: Sequence[str]) -> list[str]:
    known = ", ".join(titles[:_SHOWN_CATEGORIES])
    return [f"# Одна рубрика{f'; на сайті вже є: {known}' if known else ', наприклад: Події'}.", "Рубрика:"]


_PICTURE = (
    "# Файл світлини лежить поруч із цим або в content/images; опис – для тих, хто її не бачить.",
    "Зображення:",
    "Опис зображення:",
)


def _state(kind: DraftKind) -> list[str]:
    where = "на сайті" if kind is DraftKind.PAGE else "ні на сайті, ні у звіті"
    return [
        "# Текст пишіть нижче, під другим рядком «---».",
        f"# Поки тут «чернетка», матеріалу немає {where}. Написали – приберіть наступний рядок.",
        DRAFT_LINE,
    ]


def _as_written(title: str) -> str:
    """The value that is read back as this title: the reader takes quotes off that surround it."""
    if title.startswith('"'):
        return "'{}'".format(title.replace("'", "''"))
    if title.startswith("'"):
        return '"{}"'.format(title.replace("\\", "\\\\").replace('"', '\\"'))
    return title
