"""Addresses in a header that work for their author alone; those of a text are seen where its links are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hromada.checks.linted_text import LintedText
from hromada.domain.item import Item, Status
from hromada.domain.private_address import find_local_paths, find_private_addresses
from hromada.domain.problem import Level, Problem

CODE = "link-private"
_SIGNS = ("//", ":/", ":\\", "\\\\", "localhost", "blob:", "facebook.com/", "instagram.com/")
_NUMBER = re.compile(r"\d\.\d{1,3}\.\d{1,3}[:/]")
_COMMENT = re.compile(r"^[ \t]*#[^\n]*", re.MULTILINE)


def header_leads_everybody(text: LintedText) -> Iterator[Problem]:
    """`source: http://localhost:8000/…`, `event-url`, `map`: whatever field it is."""
    header = text.text[: text.start]
    if not any(sign in header for sign in _SIGNS) and not _NUMBER.search(header):
        return
    header = _COMMENT.sub(lambda found: " " * len(found[0]), header)
    for offset, _, fault in find_private_addresses(header):
        yield text.refuse(offset, CODE, *fault)
    for offset, path in find_local_paths(header):
        yield text.refuse(
            offset, "local-path", f"посилання на файл вашого комп’ютера: «{path[:60]}»",
            "покладіть файл до content/images або content/files і вкажіть його назву",
        )  # fmt: skip


def as_of(item: Item, problems: Iterable[Problem]) -> list[Problem]:
    """The same problems; of a draft they are warnings: it is not published, and its author would forget the address."""
    is_draft = item.status is Status.DRAFT
    return [replace(problem, level=Level.WARNING) if is_draft else problem for problem in problems]
