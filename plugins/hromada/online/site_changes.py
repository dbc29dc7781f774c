"""What a publication would change on the site: addresses, figures and states of reports."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from msgspec import Struct

from hromada.domain.file_names import LARGEST_SITE
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import format_decimal, grouped
from hromada.domain.refusal import Refusal

_SHOWN = 10
# Files that nobody opens by address: styles, scripts of the editor, the index of the search, resized pictures, further pages of lists, 404.html; a calendar file goes with its page.
_NO_ADDRESS = lazy_compile(
    r"theme/.*|admin/[a-z]+-[0-9a-f]{10}/.*|search/.*\.json|images/[0-9a-f]{16}-(?:\d+|card)\.\w+|(?:.*/)?page/\d+/index\.html|404\.html|.*/event\.ics",
    re.DOTALL,
)
_SIGNED = ("approved", "changed")
_REPORT = lazy_compile(r"reports/([^/]+)/report\.json")


class MovedPage(NamedTuple):
    """A page with a new address, to which the old one redirects."""

    old: str
    target: str


class FigureChange(NamedTuple):
    """A report's figure online and in the new site; None where it is missing."""

    report: str
    id: str
    online: int | None
    now: int | None


class StateChange(NamedTuple):
    """An approved report whose state on the site changes: `approved`, `changed`, `open`."""

    report: str
    online: str
    now: str

    def as_line(self) -> str:
        words = {"approved": "затверджений", "changed": "відрізняється від затвердженого", "open": "не затверджений"}
        return f"{self.report}: {words.get(self.online, self.online)} → {words.get(self.now, self.now)}"


class SiteChanges(Struct, frozen=True):
    """Sorted addresses and changes; `others` counts the changed files without an address.

    `unmarked_events` are events that have changed while their calendar files say that they have not.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: tuple[MovedPage, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    states: tuple[StateChange, ...] = ()
    others: int = 0
    bytes: int = 0
    unmarked_events: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.gone or self.moved or self.others)

    def as_object(self, refusals: Sequence[Refusal]) -> dict[str, Any]:
        """The object of `make publish DRY_RUN=1 FORMAT=json`."""
        return {
            "new": list(self.new),
            "changed": list(self.changed),
            "gone": list(self.gone),
            "moved": [{"from": move.old, "to": move.target} for move in self.moved],
            "figures": [figure._asdict() for figure in self.figures],
            "bytes": self.bytes,
            "refusals": [{"code": refusal.code, "message": refusal.message} for refusal in refusals],
        }

    def as_lines(self) -> list[str]:
        """The changes for the terminal, with the beginning of each list."""
        lines = [
            *_format_list("Нові адреси", self.new),
            *_format_list("Змінені", self.changed),
            *_format_list("Зникнуть", self.gone),
            *_format_list("Переїдуть", [f"{move.old} → {move.target}" for move in self.moved]),
            *_format_list("Показники звітів", [_figure(figure) for figure in self.figures]),
            *_format_list("Стан затверджених звітів", [change.as_line() for change in self.states]),
            *([f"Інші файли (світлини, оформлення): {self.others}"] if self.others else []),
        ]
        size = format_decimal(Fraction(self.bytes, 1_000_000))
        share = format_decimal(Fraction(self.bytes * 100, LARGEST_SITE))
        limit = grouped(LARGEST_SITE // 1_000_000)
        return [
            *(lines or ["На сайті вже саме це: публікувати нічого."]),
            f"Розмір сайту: {size} МБ, {share} % того, що приймає хостинг ({limit} МБ)",
            *(
                f"Увага: у події {address} змінилися час, місце або стан, а поле «Змінено» (modified) лишилося тим самим: календарі, у"
                " яких вона вже є, можуть показувати старе. Впишіть туди день і час виправлення. [event-modified]"
                for address in self.unmarked_events
            ),
        ]


def address_of(file: str) -> str:
    """The address of a file of the site; empty unless it is a page, feed or document."""
    if _NO_ADDRESS.fullmatch(file) or ("/" not in file and not file.endswith(".html")):
        return ""
    folder, _, name = file.rpartition("/")
    if name == "index.html":
        return f"/{folder}/" if folder else "/"
    return f"/{file}"


def is_report_data(file: str) -> bool:
    """Whether the file holds the figures of a report as its page shows them now."""
    return bool(_REPORT.fullmatch(file))


def compare_sites(
    online: Mapping[str, str],
    now: Mapping[str, str],
    moved: Mapping[str, str],
    figures: Sequence[FigureChange],
    size: int,
    states: Sequence[StateChange] = (),
    unmarked_events: Sequence[str] = (),
) -> SiteChanges:
    """Compare two sites, given as files with digests; `moved`: files that are redirects now and were not online."""
    differing = {file for file in online.keys() | now.keys() if online.get(file) != now.get(file)}
    addresses = {file: address for file in differing if (address := address_of(file))}
    moves = {file: MovedPage(addresses[file], moved[file]) for file in addresses if file in moved and file in online}
    rest = {file: address for file, address in addresses.items() if file not in moves}
    return SiteChanges(
        new=tuple(sorted(address for file, address in rest.items() if file not in online)),
        changed=tuple(sorted(address for file, address in rest.items() if file in online and file in now)),
        gone=tuple(sorted(address for file, address in rest.items() if file not in now)),
        moved=tuple(sorted(moves.values())),
        figures=tuple(figures),
        states=tuple(states),
        others=len(differing) - len(addresses),
        bytes=size,
        unmarked_events=tuple(unmarked_events),
    )


def compare_figures(online: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[FigureChange]:
    """The figures that differ, from the files `reports/…/report.json` of both sites."""
    before, after = _figures(online), _figures(now)
    return [
        FigureChange(report, id, before.get((report, id)), after.get((report, id)))
        for report, id in sorted(before.keys() | after.keys())
        if before.get((report, id)) != after.get((report, id))
    ]


def compare_states(online: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[StateChange]:
    """The reports that were approved online and are in another state now, from the same files."""
    changes = []
    for file in sorted(online.keys() & now.keys()):
        before, after = _state_of(online[file]), _state_of(now[file])
        if before in _SIGNED and after != before and (report := _REPORT.fullmatch(file)):
            changes.append(StateChange(report[1], before, after))
    return changes


def _state_of(data: bytes) -> str:
    try:
        return str(json.loads(data)["status"])
    except (ValueError, LookupError, TypeError):
        return ""


def _figures(files: Mapping[str, bytes]) -> dict[tuple[str, str], int]:
    values = {}
    for file, data in files.items():
        if report := _REPORT.fullmatch(file):
            for figure in _figures_of(data):
                values[report[1], str(figure["id"])] = int(figure["value"])
    return values


def _figures_of(data: bytes) -> list[dict[str, Any]]:
    """The figures of a report.json; empty for an unknown form, since the online one may be from an older program."""
    try:
        figures = json.loads(data)["figures"]
        return [figure for figure in figures if isinstance(figure["id"], str) and isinstance(figure["value"], int)]
    except (ValueError, LookupError, TypeError):
        return []


def _format_list(title: str, things: Sequence[str]) -> list[str]:
    if not things:
        return []
    more = [f"  … і ще {len(things) - _SHOWN}"] if len(things) > _SHOWN else []
    return [f"{title}: {len(things)}", *(f"  {thing}" for thing in things[:_SHOWN]), *more]


def _figure(figure: FigureChange) -> str:
    online, now = ("немає" if value is None else str(value) for value in (figure.online, figure.now))
    return f"{figure.report}, {figure.id}: {online} → {now}"
