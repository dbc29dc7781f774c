"""Whose name stands in a header: a telephone or a mailbox beside it is shown on the page, in feeds and to search engines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hromada.checks.linted_text import MOST_SPOKEN, LintedText
from hromada.checks.privacy import hidden
from hromada.domain.person_name import Contact, find_contacts
from hromada.domain.problem import Problem, warning

_FIELDS = ("author", "head", "gallery")


def names_have_no_contacts(text: LintedText) -> Iterator[Problem]:
    """Of authors, heads of units and those who took photos."""
    if not any(key in text.item.lines for key in _FIELDS):
        return
    found = ((line, contact) for line, words in _names(text) for contact in find_contacts(words))
    for line, contact in islice(found, MOST_SPOKEN):
        yield warning(
            text.item.path, line, "author-contact", f"біля імені телефон або пошта: «{_hidden(contact)}»",
            "лишіть саме ім’я; контактам місце на сторінці підрозділу",
        )  # fmt: skip


def _names(text: LintedText) -> Iterator[tuple[int, str]]:
    """The lines of the header that may name somebody, with what stands there beside the key."""
    lines = text.text[: text.start].split("\n")
    begins = sorted((line, key) for key, line in text.item.lines.items())
    ends = [*(line for line, _ in begins[1:]), len(lines) + 1]
    for (first, key), end in zip(begins, ends, strict=True):
        for line in range(first, end) if key in _FIELDS else ():
            words = lines[line - 1]
            if key == "gallery":
                yield line, _credit(words)
            else:
                yield line, words.partition(":")[2] if line == first else words


def _credit(entry: str) -> str:
    """Of «file | alt | caption | credit» the last: other parts may have any numbers."""
    parts = entry.split("|", 3)
    return parts[3] if len(parts) == 4 else ""


def _hidden(contact: Contact) -> str:
    return f"{contact.name[:1]}•••{contact.host}" if contact.name else hidden(contact.text)
