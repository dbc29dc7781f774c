"""Events whose time, place or state has changed online while their calendar file says that nothing has.

A calendar program that has an event takes another version of it when SEQUENCE is higher (RFC 5546, 2.1.4). Ours follows
from `modified`, which an editor may forget.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hromada.domain.lazy_regex import lazy_compile

_FILE = lazy_compile(r"(.+)/event\.ics", re.DOTALL)
_FOLDED = lazy_compile(r"\r?\n[ \t]")  # a long line goes on after a space (RFC 5545, 3.1)
_EVENT = lazy_compile(r"^BEGIN:VEVENT$(.*?)^END:VEVENT$", re.DOTALL | re.MULTILINE)
_COMPARED = ("DTSTART", "DTEND", "RRULE", "RDATE", "EXDATE", "LOCATION", "STATUS")


def is_event_file(file: str) -> bool:
    """Whether the file is the calendar file of one event."""
    return bool(_FILE.fullmatch(file))


def unmarked_events(online: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[str]:
    """The addresses, sorted, of events that differ in what calendars show and have no higher SEQUENCE; files `…/event.ics` of both sites."""
    addresses = []
    for file in sorted(online.keys() & now.keys()):
        before, after = _events(online[file]), _events(now[file])
        if before != after and max(map(_sequence, after), default=0) <= max(map(_sequence, before), default=0):
            is_same = [_shown(lines) for lines in before] == [_shown(lines) for lines in after]
            if not is_same and (match := _FILE.fullmatch(file)):
                addresses.append(f"/{match[1]}/")
    return addresses


def _events(data: bytes) -> list[list[str]]:
    """The lines of each event."""
    text = _FOLDED.sub("", data.decode("utf-8", "replace")).replace("\r\n", "\n")
    return [match[1].split("\n") for match in _EVENT.finditer(text)]


def _shown(lines: list[str]) -> list[str]:
    return sorted(line for line in lines if re.split("[:;]", line, maxsplit=1)[0] in _COMPARED)


def _sequence(lines: list[str]) -> int:
    for line in lines:
        name, _, value = line.partition(":")
        if name == "SEQUENCE" and value.isascii() and value.isdigit():
            return int(value)
    return 0
