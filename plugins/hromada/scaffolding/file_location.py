"""The path of a new file: its folder by kind, its name from the day and the transliterated title."""

from __future__ import annotations

import unicodedata
from datetime import date

from hromada.domain.file_names import is_device, is_too_long
from hromada.domain.item import NEWS, PAGES
from hromada.domain.transliteration import slug as official_slug
from hromada.scaffolding.choices import DraftKind, DraftRefused

LONGEST_NAME = 80  # characters, with the day and the extension: people read it, and Windows allows 259 for a whole path


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
        case DraftKind.MESSAGE:
            before = f"content/units/{unit}/{day}-"
        case _:
            before = f"content/{NEWS}/{day.year:04d}/{day}-"
    name = _shorten_slug(official_slug(title), LONGEST_NAME - len(f"{before.rpartition('/')[2]}.md"))
    path = f"{before}{name}.md"
    if is_too_long(path):
        raise DraftRefused("назва теки задовга: для назви файлу не лишається місця")
    if kind is DraftKind.PAGE and is_device(name):
        raise DraftRefused(f"файл «{name}.md» неможливий у Windows, назвіть сторінку інакше")
    return path


def _shorten_slug(slug: str, room: int) -> str:
    """The first words of the slug that fit; a single longer word is cut."""
    if len(slug) <= room:
        return slug
    return slug[: room + 1].rpartition("-")[0] or slug[:room]
