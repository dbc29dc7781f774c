"""The path and text of a new file from an editor's choices (kinds of files, units): plain values, no disk, no clock.

Comments are lines of the `---` header that begin with «#»: the reader skips them, so what stands there is never
published and never refused. The file is a draft until its author takes that line away: an empty news item that
somebody forgot would be counted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.alphabet import normalize_name
from hromada.domain.alphabet import slug as official_slug
from hromada.domain.file_names import LONGEST_FILE_NAME, is_device, is_too_long
from hromada.domain.front_matter import format_comment, format_field, format_header
from hromada.domain.item import NEWS, PAGES, SERVICES
from hromada.domain.problem import did_you_mean


class DraftRefused(ValueError):
    """The file can't be created; the message is Ukrainian and says what to write."""


class DraftKind(StrEnum):
    """What `make new` creates; an event is a news item with fields of an event."""

    NEWS = "news"
    MESSAGE = "message"
    EVENT = "event"
    PAGE = "page"
    REPORT = "report"
    SERVICE = "service"


class Choice(NamedTuple):
    """A choice: its id for settings, its name for people."""

    id: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"


KINDS = (
    Choice(DraftKind.NEWS, "новина"),
    Choice(DraftKind.MESSAGE, "повідомлення"),
    Choice(DraftKind.EVENT, "подія"),
    Choice(DraftKind.PAGE, "сторінка"),
    Choice(DraftKind.REPORT, "звіт"),
    Choice(DraftKind.SERVICE, "послуга"),
)


def format_choices(choices: Sequence[Choice]) -> list[str]:
    """The lines of a list to choose from, numbered from 1."""
    width = len(str(len(choices)))
    return [f"  {number:>{width}}. {choice}" for number, choice in enumerate(choices, 1)]


def parse_choice(setting: str, reply: str, choices: Sequence[Choice]) -> Choice:
    """The choice that `reply` names; numbers count only without a `setting`. DraftRefused suggests a similar one."""
    reply = reply.strip()
    for number, choice in enumerate(choices, 1):
        if matches_choice(choice, reply) or (not setting and reply == str(number)):
            return choice
    what = f"{setting}=«{reply}» незрозуміло" if setting else f"«{reply}» незрозуміло"
    raise DraftRefused(
        f"{what}, {did_you_mean(reply, [word for choice in choices for word in choice]) or list_ids(choices)}"
    )


def matches_choice(choice: Choice, word: str) -> bool:
    """Whether a word is the choice's id or name; case and quotes don't matter."""
    return normalize_name(word) in (normalize_name(choice.id), normalize_name(choice.name))


def list_ids(choices: Sequence[Choice]) -> str:
    """«можна: news, message»."""
    return f"можна: {', '.join(choice.id for choice in choices)}"


_UNDATED = (DraftKind.PAGE, DraftKind.SERVICE)


def tidy_title(text: str) -> str:
    """The title in one line without invisible characters and double spaces; DraftRefused when it gives no address."""
    composed = unicodedata.normalize("NFC", text)
    title = " ".join("".join(map(_visible, composed)).split())
    if not title:
        raise DraftRefused('назва порожня, напишіть, наприклад: TITLE="Зустріч із мешканцями"')
    if not official_slug(title):
        raise DraftRefused(f"з назви «{title}» не виходить адреси, напишіть у ній хоч одне слово чи число")
    return title


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co") else character


def draft_path(kind: DraftKind, title: str, day: date, unit: str = "") -> str:
    """The path `content/…` of the new file; `title` is a tidy one, `unit` the folder of a message."""
    match kind:
        case DraftKind.PAGE:
            before = f"content/{PAGES}/"
        case DraftKind.SERVICE:
            before = f"content/{SERVICES}/"
        case DraftKind.MESSAGE:
            before = f"content/units/{unit}/{day}-"
        case _:
            before = f"content/{NEWS}/{day.year:04d}/{day}-"
    name = _shorten_slug(official_slug(title), LONGEST_FILE_NAME - len(f"{before.rpartition('/')[2]}.md"))
    path = f"{before}{name}.md"
    if is_too_long(path):
        raise DraftRefused("назва теки задовга: для назви файлу не лишається місця")
    if kind in _UNDATED and is_device(name):
        raise DraftRefused(f"файл «{name}.md» неможливий у Windows, назвіть сторінку інакше")
    return path


def _shorten_slug(slug: str, room: int) -> str:
    """The first words of the slug that fit; a single longer word is cut."""
    if len(slug) <= room:
        return slug
    return slug[: room + 1].rpartition("-")[0] or slug[:room]


(DRAFT_LINE,) = format_field("Стан", "чернетка")
_INTRO = (
    "Рядки з «#» – підказки: читачі їх не бачать, їх можна прибрати. Значення пишіть між лапками; непотрібне поле приберіть.",
    "Якщо лапки є в самій назві, пишіть їх «так».",
)
_SHOWN_CATEGORIES = 6


def draft_text(kind: DraftKind, title: str, day: date, categories: Sequence[str] = (), unit: str = "") -> str:
    """The whole file; `categories` are the titles in use, the frequent ones first; `unit` is the folder of a service's unit.

    Reports have their own pattern.
    """
    news = kind in (DraftKind.NEWS, DraftKind.EVENT)
    return format_header([
        *map(format_comment, _INTRO),
        *format_field("Заголовок", title),
        *(_dated(day) if kind not in _UNDATED else ()),
        *(format_field("Підрозділ", unit) if kind is DraftKind.SERVICE else ()),
        *(_event(day) if kind is DraftKind.EVENT else ()),
        *(_category(categories) if news else ()),
        *_empty("Анотація", hint="Одне–два речення для списків; якщо порожньо, візьмемо початок тексту."),
        *(_picture() if kind not in _UNDATED else ()),
        *(_service() if kind is DraftKind.SERVICE else ()),
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


def _service() -> list[str]:
    return [
        *_empty("Для кого", hint="Хто може отримати послугу."),
        *_empty("Документи", "Життєві події", hint="Переліки через крапку з комою: паспорт; податковий номер."),
        *_empty("Строк", "Вартість", "Підстава", hint="За який час, скільки коштує, за яким законом."),
        *_empty("Де", hint="Куди прийти; якщо порожньо, стоятиме адреса підрозділу."),
        *_empty("Онлайн", hint="Адреса з https://, якщо послугу можна замовити в інтернеті."),
        *_empty("Бланк", hint="Файл бланка, який лежить поруч, наприклад zaiava.docx."),
    ]


def _state(kind: DraftKind) -> list[str]:
    where = "на сайті" if kind in _UNDATED else "ні на сайті, ні у звіті"
    text = "Кроки пишіть нижче, під другим рядком «---», кожен з нового рядка: 1. … 2. …"
    return [
        format_comment(text if kind is DraftKind.SERVICE else "Текст пишіть нижче, під другим рядком «---»."),
        format_comment(f"Поки тут «чернетка», матеріалу немає {where}. Написали – приберіть наступний рядок."),
        DRAFT_LINE,
    ]
