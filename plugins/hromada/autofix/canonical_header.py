"""A header in the one form that every reader of YAML understands, its values untouched (domain/front_matter)."""

from __future__ import annotations

import re
from dataclasses import replace

from hromada.autofix.markdown_file import Keys, Page
from hromada.domain.front_matter import (
    FENCE,
    HeaderField,
    canonical_lines,
    loose_line,
    read_fields,
    stray_field,
    with_fields,
)
from hromada.domain.header_fields import LISTS

_WINDOW = re.compile(r"window-[a-z0-9-]+")


def with_canonical_header(page: Page, keys: Keys) -> Page:
    """The page between fences, each value written as we write it; a header with a line that nobody understands stays."""
    fields, faults = read_fields(enumerate(page.header), lambda word: word in keys, is_fenced=page.is_fenced)
    names = [_name(one, keys) for one in fields]
    is_doubtful = faults or not fields or len(set(names)) < len(names)
    if is_doubtful or not (page.is_fenced or _is_whole(page, names, keys)):
        return page
    rows = {row for field in fields for row in field.rows}
    lines = [line if number in rows else loose_line(line) for number, line in enumerate(page.header)]
    header = tuple(with_fields(lines, fields, lambda one: _rewritten(one, _name(one, keys))))
    if page.is_fenced:
        return replace(page, before=(FENCE,), header=header, closing=(FENCE,))
    # The blank line that closed the header stands below the fence now.
    body = "" if page.body is None else f"\n{page.body}"
    return replace(page, before=(FENCE,), header=header, closing=(FENCE,), body=body)


def _is_whole(page: Page, names: list[str], keys: Keys) -> bool:
    """Whether this is a header without a fence and all of it: words with a colon are none, nor is one half of a header."""
    stray = stray_field(page.body or "", keys)
    is_split = stray is not None and stray.name not in names
    return "title" in names and "" not in names and not is_split


def _name(field: HeaderField, keys: Keys) -> str:
    word = field.key.casefold()
    return keys.get(word, word if _WINDOW.fullmatch(word) else "")


def _rewritten(field: HeaderField, name: str) -> list[str] | None:
    """The field as we write it; as it stands where nobody knows it, and where a list stands that may be none."""
    is_list = name in LISTS
    return canonical_lines(field, is_list=is_list) if name and (is_list or not field.entries) else None
