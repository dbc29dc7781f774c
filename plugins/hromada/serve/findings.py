"""The check's findings as the editor's page shows them: each with the field of the form that it is about."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from hromada.domain.header_fields import BY_KEY
from hromada.reading.header import parse_document
from hromada.reading.text_decoding import TextRefused, decode

_BODY = "body"  # the form's name of the text below the header
_BODY_TITLE = "Текст"


class FindingField(NamedTuple):
    """A field of the form: its key and its name in Ukrainian; both empty for what is about the whole file."""

    key: str = ""
    title: str = ""


def field_at(path: str, data: bytes, line: int) -> FindingField:
    """The field that holds a line of a file; none if the file is no text with a header or the line begins it."""
    if not path.endswith(".md"):
        return FindingField()
    try:
        document = parse_document(path, decode(data), None)
    except TextRefused:
        return FindingField()
    if line >= document.body_line:
        return FindingField(_BODY, _BODY_TITLE)
    above = [(field.line, key) for key, field in document.fields.items() if field.line <= line]
    key = max(above)[1] if above else ""
    spec = BY_KEY.get(key)
    return FindingField(key, spec.synonyms[0].capitalize() if spec and spec.synonyms else key)


class Findings:
    """The findings of the last check, and whether that check has seen what was saved last; for several threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._changed = threading.Condition()
        self._problems: Sequence[dict[str, Any]] = ()
        self._saved_at = 0.0
        self._checked_at = -1.0  # the moment at which the last finished check began

    def note_saved(self) -> None:
        """Something was saved: what was found before may be mended."""
        with self._changed:
            self._saved_at = self._now()

    def replace(self, began: float, problems: Sequence[dict[str, Any]] | None) -> None:
        """A check that began at this moment has ended; None: it has found what the one before had."""
        with self._changed:
            self._checked_at = began
            if problems is not None:
                self._problems = problems
            self._changed.notify_all()

    def wait(self, seconds: float) -> tuple[bool, Sequence[dict[str, Any]]]:
        """Whether the last check has seen everything that was saved, waiting for it, and what it has found."""
        with self._changed:
            is_fresh = self._changed.wait_for(lambda: self._checked_at >= self._saved_at, seconds)
            return is_fresh, self._problems
