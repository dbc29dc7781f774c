"""What a publication would change on the site, and what others have changed on the published branch."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from msgspec import Struct, field

from hromada.domain.file_names import LARGEST_SITE, printable_name
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


class Move(NamedTuple):
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
    moved: tuple[Move, ...] = ()
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
    moves = {file: Move(addresses[file], moved[file]) for file in addresses if file in moved and file in online}
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


CNAME = "CNAME"
WELL_KNOWN = ".well-known/"  # files that services request at fixed addresses (RFC 8615)
_WRITTEN_BY_IMPORT = (CNAME, ".nojekyll")
_REGULAR_ID = 40  # length of an object's id; anything but a regular file has its mode instead
_SHOWN_COMMITS, _SHOWN_FILES = 5, 5


class ForeignCommit(NamedTuple):
    """A commit on top of ours: author, day, subject, files (empty when unknown)."""

    author: str
    day: str
    subject: str
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.day}, {_plain(self.author)}, «{_plain(self.subject)}»"

    def as_line(self) -> str:
        return f"{self}: {_format_names(self.files)}" if self.files else str(self)


class ForeignChanges(Struct, frozen=True):
    """The published branch above our newest commit, with the files of others that former publications kept.

    `published` and `online`: files with their blob ids in our newest commit and at the tip. `kept`: those of others in
    our newest commit. `brought_back`: files that our own publications had removed before. `is_amended`: somebody has
    replaced our newest commit by one with other files, so nobody knows what was taken off.
    """

    published: Mapping[str, str] = field(default_factory=dict)
    online: Mapping[str, str] = field(default_factory=dict)
    commits: tuple[ForeignCommit, ...] = ()
    kept: Collection[str] = ()
    brought_back: Collection[str] = ()
    is_amended: bool = False

    @property
    def changed(self) -> set[str]:
        """Every file that others have added, changed or removed."""
        names = self.published.keys() | self.online.keys() if self.commits else ()
        return {name for name in names if self.published.get(name) != self.online.get(name)}

    def commits_of(self, name: str) -> str:
        """The commits that touched a file, in a line."""
        return "; ".join(str(commit) for commit in self.commits if name in commit.files)

    def as_lines(self, pages: str) -> list[str]:
        """The commits for the terminal; empty while the branch is as the last publication left it."""
        if not self.commits:
            return []
        more = len(self.commits) - _SHOWN_COMMITS
        return [
            f"Гілку {pages} після останньої публікації змінено не командою make publish:",
            *(f"  {commit.as_line()}" for commit in self.commits[:_SHOWN_COMMITS]),
            *([f"  … і ще комітів: {more}"] if more > 0 else []),
        ]


class ForeignFiles(Struct, frozen=True):
    """The files of others: `kept` ones with their ids, and those that a publication would undo."""

    kept: Mapping[str, str] = field(default_factory=dict)
    undone: tuple[str, ...] = ()  # added, changed or removed by others where we publish a file of our own
    dropped: tuple[str, ...] = ()  # added by others at an address that only the site itself may have
    unsure: tuple[str, ...] = ()  # would be added or changed on top of a commit that somebody has amended

    def notes(self) -> list[str]:
        return [f"Файли, додані до гілки не нами, лишаються: {_format_names(tuple(self.kept))}."] if self.kept else []

    def refusals(self, changes: ForeignChanges, pages: str, forced: Collection[str]) -> list[Refusal]:
        """Refusals to undo changes of others, without those in `forced`."""
        who = "\n".join(changes.as_lines(pages))
        refusals = []
        if self.undone:
            message = (
                f"Публікація повернула б те, що в гілці {pages} змінили або прибрали руками: {_format_names(self.undone)}."
                " Перенесіть цю зміну до content/ і збережіть комітом. Якщо вона вже там або не потрібна:"
                " make publish FORCE=withdrawn-returns."
            )
            plain = _plain_files("Публікація повернула б те, що на сайті змінили або прибрали не звідси:", self.undone)
            refusals.append(Refusal("withdrawn-returns", "\n".join(filter(None, (message, who))), plain))
        if self.unsure:
            message = (
                f"Останню публікацію в гілці {pages} хтось переписав руками (git commit --amend чи подібним): що він прибрав або"
                f" виправив, невідомо. Ця публікація додала б або змінила: {_format_names(self.unsure)}. Якщо на сайті щось прибрали,"
                " зробіть це й у content/ і збережіть комітом. Якщо зроблено або прибирати нічого: make publish FORCE=withdrawn-returns."
            )
            plain = _plain_files(
                "Сайт у мережі хтось змінив не звідси, і що саме він прибрав, невідомо. Ця публікація додала б або змінила:",
                self.unsure,
            )
            refusals.append(Refusal("withdrawn-returns", "\n".join(filter(None, (message, who))), plain))
        if self.dropped:
            message = (
                f"У гілці {pages} є додані руками файли, яких немає в content/: {_format_names(self.dropped)}. Публікація їх прибрала б."
                " Потрібні читачам додайте до content/files і збережіть комітом. Тоді: make publish FORCE=address-gone."
            )
            plain = _plain_files("Публікація прибрала б із сайту файли, які хтось додав не звідси:", self.dropped)
            refusals.append(Refusal("address-gone", "\n".join(filter(None, (message, who))), plain))
        return [refusal for refusal in refusals if refusal.code not in forced]


def sort_foreign_files(changes: ForeignChanges, built: Mapping[str, str]) -> ForeignFiles:
    """Decide about each file of others; `built`: the files of the site to be published, with their ids."""
    kept, undone, dropped = {}, [], []
    own_names = {name.partition("/")[0].casefold() for name in built}

    def may_stay(name: str, id: str) -> bool:
        """Whether a file may stay: hosts and services read theirs only at the root and in `.well-known`."""
        is_free = name not in changes.brought_back and name.partition("/")[0].casefold() not in own_names
        return is_free and len(id) >= _REGULAR_ID and ("/" not in name or name.startswith(WELL_KNOWN))

    names = changes.changed | (set(changes.kept) & changes.online.keys())
    for name in sorted(names - set(_WRITTEN_BY_IMPORT)):
        now = changes.online.get(name)
        is_theirs = name not in changes.published or name in changes.kept
        if built.get(name) == now:
            continue
        if name in built:
            undone.append(name)
        elif now and is_theirs:
            if may_stay(name, now):
                kept[name] = now
            else:
                dropped.append(name)
    unsure = sorted(name for name, id in built.items() if changes.is_amended and changes.online.get(name) != id)
    return ForeignFiles(kept, tuple(undone), tuple(dropped), tuple(unsure))


def encode_name(name: str) -> str:
    """A file's name percent-encoded for a line of a commit message."""
    return quote(name, safe="/", errors="surrogateescape")


def decode_name(written: str) -> str:
    return unquote(written, errors="surrogateescape")


def _plain_files(what: str, names: Sequence[str]) -> str:
    """The window's words about files of the published branch."""
    more = [f"… і ще {len(names) - _SHOWN_FILES}"] if len(names) > _SHOWN_FILES else []
    return "\n".join([what, *map(printable_name, names[:_SHOWN_FILES]), *more])


def _format_names(names: Sequence[str]) -> str:
    first_names = ", ".join(printable_name(name) for name in names[:_SHOWN_FILES])
    return f"{first_names} … і ще {len(names) - _SHOWN_FILES}" if len(names) > _SHOWN_FILES else first_names


def _plain(text: str) -> str:
    return printable_name(" ".join(text.split()))[:100] or "без імені"
