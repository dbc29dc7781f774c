"""The check's findings as the editor's page shows them: each with the field of the form that it is about."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hromada.domain.header_fields import BY_KEY
from hromada.domain.lazy_regex import lazy_compile
from hromada.reading.header import parse_document
from hromada.reading.text_decoding import TextRefused, decode

_BODY = "body"  # the form's name of the text below the header
_BODY_TITLE = "Текст"
_COMMAND_BESIDE = lazy_compile(r" або (?:запустіть|спробуйте) make fix\b|\b(?:запустіть|спробуйте) make fix або ")


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


def for_form(problem: Mapping[str, Any]) -> dict[str, Any]:
    """A problem without the command beside what can be done by hand: whoever reads it has a form, no terminal."""
    return {**problem, "fix": _COMMAND_BESIDE.sub("", problem["fix"])}


class FindingsState(NamedTuple):
    """What the last check has found; `is_fresh`: it has seen what was saved last. Each change has another `number`."""

    number: int
    is_fresh: bool
    problems: Sequence[Mapping[str, Any]]
    saved: Sequence[str] = ()  # the paths of the last request to save, and where texts were kept that it has replaced
    kept: Sequence[str] = ()


class Findings:
    """The findings of the last check and what was saved last; for several threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._state = FindingsState(0, is_fresh=True, problems=())
        # Moments (`time.monotonic`): before which nothing of the last request was written, when the last check began. A
        # check that begins in between is soon followed by another one, since the watcher sees what is written after it.
        self._saved_at = self._checked_at = 0.0

    @property
    def are_stale(self) -> bool:
        """Whether something was saved that no check has seen."""
        with self._changed:
            return not self._state.is_fresh

    def note_saved(self, began: float | None, paths: Sequence[str], kept: Sequence[str]) -> None:
        """Something was saved, which began to be written then (None: nothing had to be): what was found may be mended."""
        with self._changed:
            self._saved_at = self._saved_at if began is None else began
            self._replace(is_fresh=self._checked_at >= self._saved_at, saved=paths, kept=kept)

    def note_checked(self, began: float, problems: Sequence[Mapping[str, Any]] | None) -> None:
        """A check that began at this moment has ended; None: it has found what the one before had."""
        with self._changed:
            self._checked_at = began
            is_fresh = began >= self._saved_at
            if is_fresh != self._state.is_fresh or problems is not None:
                self._replace(is_fresh=is_fresh, problems=self._state.problems if problems is None else problems)

    def _replace(self, **changes: Any) -> None:
        self._state = self._state._replace(number=self._state.number + 1, **changes)
        self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> FindingsState:
        """The state as soon as it is another one than that with the number `seen`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.number != seen, seconds)
            return self._state
