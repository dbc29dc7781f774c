"""Adds an alert to the text of alerts.toml; what an editor wrote there, comments too, stays as it is."""

from __future__ import annotations

from typing import NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array

_BOM = b"\xef\xbb\xbf"


class NewAlert(NamedTuple):
    """An alert's fields as they are to be written; empty ones are left out."""

    text: str
    until: str
    severity: str = ""
    since: str = ""
    link: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The fields by their keys in the file, in the order of the handbook's table."""
        named = {
            "text": self.text, "severity": self.severity, "from": self.since, "until": self.until, "link": self.link,
        }  # fmt: skip
        return {key: value for key, value in named.items() if value}


class NotExtendable(ValueError):
    """The file is valid, but has its alerts in a form to which none can be added."""


def with_alert(raw: bytes, alert: NewAlert) -> bytes:
    """The file's bytes with one more alert at the end; the mark at the beginning and the ends of lines are kept.

    `raw` was read without problems before; it is empty where there is no file. NotExtendable where `alert` is no list.
    """
    before = raw.removeprefix(_BOM).decode("utf-8")
    line_end = "\r\n" if "\r\n" in before else "\n"
    text = before.replace("\r\n", "\n").replace("\r", "\n")
    if text.strip():  # a line left open at the end of the file, and a blank line between two alerts
        text += "\n" * (2 - text.endswith("\n") - text.endswith("\n\n"))
    written = _extended(text, alert)
    mark = _BOM if raw.startswith(_BOM) else b""
    return mark + written.replace("\n", line_end).encode()


def _extended(text: str, alert: NewAlert) -> str:
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise NotExtendable(str(error)) from None
    if "alert" not in document:
        document["alert"] = tomlkit.aot()
    alerts = document["alert"]
    if isinstance(alerts, AoT):
        alerts.append(_table(alert))
    elif isinstance(alerts, Array):
        alerts.append(dict(alert.fields))
    else:
        raise NotExtendable("alert is no list")
    written = tomlkit.dumps(document)
    return written if written.endswith("\n") else f"{written}\n"


def _table(alert: NewAlert) -> tomlkit.items.Table:
    table = tomlkit.table()
    for key, value in alert.fields.items():
        table.add(key, value)
    return table
