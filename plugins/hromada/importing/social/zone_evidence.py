"""Checks the zone assumed for times that name none, by office hours and by the register's own rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time

from hromada.domain.alphabet import normalize_name
from hromada.domain.entry import Entry
from hromada.domain.post_link import publication_keys
from hromada.domain.problem import Problem
from hromada.importing.social.attribution import AttributedPost
from hromada.importing.social.publication import ExportedPost, ImportRefused
from hromada.importing.social.titles import post_title

_MORNING, _EVENING = 8, 20  # o'clock, between which offices publish
_MIN_POSTS = 6  # publications by whose hours a wrong zone shows
_MIN_SHARE, _MIN_GAIN = 3 / 4, 1 / 3  # of them by day as the file shows them; so many more than as they were read
_ADVICE = "вкажіть пояс: ZONE=Europe/Kyiv, ZONE=UTC або, якщо час справді тихоокеанський, ZONE=America/Los_Angeles"


def refuse_wrong_zone(posts: Iterable[AttributedPost], existing: Iterable[Entry]) -> None:
    """ImportRefused with each file whose assumed zone the hours or the register contradict; the editor has to name it."""
    by_file: dict[str, list[AttributedPost]] = defaultdict(list)
    for post in posts:
        if post.publication.local is not None:
            by_file[post.publication.path].append(post)
    register = _by_key(existing) if by_file else {}
    faults = [
        Problem(
            path, 1, "import-zone", f"часового поясу файл не каже, а тихоокеанським час бути не може: {reason}", _ADVICE
        )
        for path, rows in by_file.items()
        if (reason := _by_register(rows, register) or _by_hours([post.publication for post in rows]))
    ]
    if faults:
        raise ImportRefused(faults)


def _by_hours(publications: list[ExportedPost]) -> str:
    assumed_count = sum(_is_by_day(post.when) for post in publications)
    file_count = sum(publication.local is not None and _is_by_day(publication.local) for publication in publications)
    whole = len(publications)
    if whole < _MIN_POSTS or file_count < _MIN_SHARE * whole or file_count - assumed_count < _MIN_GAIN * whole:
        return ""
    return (
        f"у робочі години, з {_MORNING}:00 до {_EVENING}:00, за Києвом вийшли б {assumed_count} з {whole} дописів,"
        f" а як записано у файлі – {file_count}"
    )


def _is_by_day(moment: datetime) -> bool:
    return _MORNING <= moment.hour < _EVENING


def _by_register(posts: Iterable[AttributedPost], register: Mapping[tuple[str, str], list[Entry]]) -> str:
    """Rows of the register agree with the file's clock more often than with the assumed zone."""
    agree: list[Entry] = []
    differ = 0
    for account, post in posts:
        names = publication_keys(post.network, post.url, post.id and f"{post.network}:{post.id}")
        for key in (*names, _title_key(post.network, post_title(post.text, post.kind))):
            for entry in register.get((account.id, key), ()):
                file_count, assumed_count = (_is_same(entry, moment) for moment in (post.local, post.when))
                agree += [entry] if file_count and not assumed_count else []
                differ += assumed_count and not file_count
    return f"час у журналі такий, як у файлі ({agree[0].place} «{agree[0].title}»)" if len(agree) > differ else ""


def _by_key(existing: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """Rows by account and by the network's names of them; by the title where they have none."""
    rows: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in existing:
        account, network = entry.traits.get("account", ""), entry.traits.get("network", "")
        for key in publication_keys(network, entry.url, entry.id) or {_title_key(network, entry.title)}:
            rows[account, key].append(entry)
    return rows


def _title_key(network: str, title: str) -> str:
    return f"{network}:title:{normalize_name(title)}"


def _is_same(entry: Entry, moment: datetime | None) -> bool:
    """The minute; the day of a row that was typed without time."""
    if entry.when is None or moment is None:
        return False
    if entry.when.time() == time.min:
        return entry.when.date() == moment.date()
    return entry.when.replace(second=0) == moment.replace(second=0)
