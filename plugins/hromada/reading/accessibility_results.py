"""Reads accessibility.toml, which `make accessibility` writes."""

from __future__ import annotations

from datetime import date

from hromada.domain.accessibility import AccessibilityFault, AccessibilityResults
from hromada.domain.problem import Problem
from hromada.reading.toml_file import TomlFile

ACCESSIBILITY_RESULTS = "content/accessibility.toml"
_KEYS = ("day", "standard", "programs", "pages", "states", "checks", "fault")
_FAULT_KEYS = AccessibilityFault._fields
_ADVICE = "файл пише make accessibility: запустіть її або видаліть файл"


def read_accessibility_results(raw: bytes) -> tuple[AccessibilityResults | None, list[Problem]]:
    """The results; None with the reasons where a person has changed the file so that they can't be read."""
    toml = TomlFile(ACCESSIBILITY_RESULTS, raw)
    if toml.problems:
        return None, toml.problems
    toml.unknown(toml.data, _KEYS)
    faults = []
    for part, table in toml.tables("fault"):
        part.unknown(table, _FAULT_KEYS)
        faults.append(AccessibilityFault(*(part.text(table, key) for key in _FAULT_KEYS)))
    day = _day(toml)
    checks = toml.data.get("checks")
    if isinstance(checks, bool) or not isinstance(checks, int) or checks < 1:
        _refuse(toml, "checks", "не сказано, скільки перевірок зроблено")
        checks = 0
    standard = toml.text(toml.data, "standard")
    programs, pages, states = (toml.words(toml.data, key) for key in ("programs", "pages", "states"))
    for key, value in (("standard", standard), ("programs", programs), ("pages", pages), ("states", states)):
        if not value:
            _refuse(toml, key, f"поле «{key}» порожнє")
    if toml.problems or day is None:
        return None, toml.problems
    line = toml.line_of_key("day")
    return AccessibilityResults(day, standard, programs, pages, states, checks, tuple(faults), line), []


def _day(toml: TomlFile) -> date | None:
    text = toml.text(toml.data, "day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(toml, "day", f"день перевірки «{text}» незрозумілий")
        return None


def _refuse(toml: TomlFile, key: str, message: str) -> None:
    toml.refuse_line(toml.line_of_key(key), "accessibility-results", message, _ADVICE)


def accessibility_results_text(results: AccessibilityResults) -> str:
    """The file's text; reading it gives the same results."""
    lines = [
        "# Результати перевірки доступності. Їх пише make accessibility, показує сторінка /dostupnist/; руками не змінюйте.",
        f"day = {_quoted(results.day.isoformat())}",
        f"standard = {_quoted(results.standard)}",
        f"checks = {results.checks}",
    ]
    for key, words in (("programs", results.programs), ("pages", results.pages), ("states", results.states)):
        lines += [f"{key} = [", *(f"  {_quoted(word)}," for word in words), "]"]
    for fault in results.faults:
        lines += [
            "",
            "[[fault]]",
            *(f"{key} = {_quoted(value)}" for key, value in zip(_FAULT_KEYS, fault, strict=True)),
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML, in one line."""
    one_line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return '"' + one_line.replace("\\", "\\\\").replace('"', '\\"') + '"'
