"""Reads alerts.toml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hromada.domain.alert import DEFAULT_SEVERITY, LONGEST_ALERT, SEVERITIES, Alert, Severity, parse_begin, parse_end
from hromada.domain.dates import DateRefused
from hromada.domain.numerals import NOUNS, Case
from hromada.domain.problem import Problem, did_you_mean
from hromada.reading.toml_file import TomlFile

ALERTS = "content/alerts.toml"
_KEYS = ("text", "severity", "from", "until", "link")


def read_alerts(raw: bytes) -> tuple[tuple[Alert, ...], list[Problem]]:
    """The alerts in the order of the file, also those that are over; a faulty one is left out and refused."""
    toml = TomlFile(ALERTS, raw)
    toml.unknown(toml.data, ("alert",))
    read = (_alert(part, table) for part, table in toml.tables("alert"))
    return tuple(alert for alert in read if alert), toml.problems


def _alert(toml: TomlFile, table: Mapping[str, object]) -> Alert | None:
    before = len(toml.problems)
    toml.unknown(table, _KEYS)
    text = " ".join(toml.text(table, "text").split())
    if not text:
        toml.refuse("[[alert]]", "alert-incomplete", "оголошення без тексту", 'додайте text = "…"')
    elif len(text) > LONGEST_ALERT:
        toml.refuse_line(
            toml.line_of_key("text"), "alert-too-long", f"оголошення має {NOUNS['знак'].counted(len(text), Case.ACCUSATIVE)}",
            f"скоротіть до {LONGEST_ALERT}: подробиці напишіть на сторінці й дайте посилання (link)",
        )  # fmt: skip
    severity = _severity(toml, table)
    since, until = _moment(toml, table, "from"), _moment(toml, table, "until")
    if "until" not in table:
        toml.refuse(
            "[[alert]]", "alert-incomplete", "не сказано, доки діє оголошення", 'додайте until = "15.01.2022 16:00"'
        )
    if since and until and until <= since:
        toml.refuse_line(
            toml.line_of_key("until"), "alert-dates", "кінець оголошення не пізніший за початок", "виправте from або until"
        )  # fmt: skip
    link = toml.text(table, "link")
    if until is None or len(toml.problems) > before:
        return None
    return Alert(text, severity, since, until, link, toml.line_of_key("text"))


def _severity(toml: TomlFile, table: Mapping[str, object]) -> Severity:
    word = toml.text(table, "severity", DEFAULT_SEVERITY.value)
    severity = SEVERITIES.get(word.casefold())
    if severity is None:
        advice = did_you_mean(word, SEVERITIES) or f"можна: {', '.join(SEVERITIES)}"
        toml.refuse_line(
            toml.line_of_key("severity"), "alert-severity", f"невідома важливість оголошення «{word}»", advice
        )
    return severity or DEFAULT_SEVERITY


def _moment(toml: TomlFile, table: Mapping[str, object], key: str) -> datetime | None:
    """The moment of `from` or `until`; None where it is missing or unclear."""
    if key not in table:
        return None
    if not isinstance(table[key], str):  # a date of TOML's own, without quotes
        toml.text(table, key)
        return None
    text = toml.text(table, key)
    try:
        return parse_end(text) if key == "until" else parse_begin(text)
    except DateRefused as refused:
        toml.refuse_line(toml.line_of_key(key), refused.code, f"поле «{key}»: {refused}", refused.fix)
        return None
