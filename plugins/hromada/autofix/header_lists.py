"""Adds entries to a list of a Markdown file's header, in the form in which we write headers; all else stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from hromada.autofix.fixes import with_canonical_header
from hromada.autofix.markdown_file import Keys, Page
from hromada.domain.front_matter import HeaderField, format_field, format_scalar, read_fields, split_list, with_fields
from hromada.domain.header_fields import names_of
from hromada.domain.lazy_regex import lazy_compile

_CYRILLIC = lazy_compile("[\u0400-\u04ff]")
_INDENT = lazy_compile(r"[ \t]*")


class HeaderUnclear(ValueError):
    """The header can't be added to; the message is Ukrainian."""


def list_entries(text: str, key: str, keys: Keys) -> list[str]:
    """The entries that the list has now."""
    field = _field(Page.of(text), key, keys)
    return [] if field is None else _entries(field)


def with_list_entries(text: str, key: str, entries: Sequence[str], keys: Keys) -> str:
    """The text whose header's list has these entries at its end; HeaderUnclear if it is no header, or has the key twice."""
    page = Page.of(text)
    field = _field(page, key, keys)
    if field is None:
        page = replace(page, header=(*page.header, *format_field(_name(page, key, keys), entries)))
    elif field.entries:
        # Below its last line, with the same indent: the lines that are there, and comments between them, stay.
        last = field.rows[-1]
        item = next(row for row in field.rows if page.header[row].lstrip(" \t").startswith("-"))
        indent = _INDENT.match(page.header[item])
        added = [f"{indent[0] if indent else ''}- {format_scalar(entry)}" for entry in entries]
        page = replace(page, header=(*page.header[: last + 1], *added, *page.header[last + 1 :]))
    else:
        lines = format_field(field.key, [*_entries(field), *entries])
        header = with_fields(page.header, [field], lambda _field: lines)
        page = replace(page, header=tuple(header))
    return str(page if page.is_fenced else with_canonical_header(page, keys))


def _field(page: Page, key: str, keys: Keys) -> HeaderField | None:
    if not page.header:
        raise HeaderUnclear("у файлі немає заголовка: першими мають стояти рядки «title: …» і «date: …» між «---»")
    fields, _ = read_fields(enumerate(page.header), lambda word: word in keys, is_fenced=page.is_fenced)
    own = [field for field in fields if keys.get(" ".join(field.key.casefold().split())) == key]
    if len(own) > 1:
        raise HeaderUnclear(f"поле «{own[1].key}» стоїть у заголовку двічі, залиште одне")
    return own[0] if own else None


def _entries(field: HeaderField) -> list[str]:
    return split_list(field.text) if field.items is None else [item for item in field.items if item]


def _name(page: Page, key: str, keys: Keys) -> str:
    """The field's name in the language of the header's other fields."""
    fields, _ = read_fields(enumerate(page.header), lambda word: word in keys, is_fenced=page.is_fenced)
    is_ukrainian = any(_CYRILLIC.search(field.key) for field in fields)
    return next((name.capitalize() for name in names_of(key)[1:] if is_ukrainian), key)
