"""Whether times that name no zone are in the one that was assumed: by an office's hours and by the register's own rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time

from hromada.domain.alphabet import normalize_name
from hromada.domain.entry import Entry
from hromada.domain.post_link import publication_keys
from hromada.domain.problem import Problem
from hromada.importing.social.attribution import AttributedPost
from hromada.importing.social.publication import ImportRefused, Publication
from hromada.importing.social.titles import title_of

_MORNING, _EVENING = 8, 20  # o'clock, between which offices publish
_ENOUGH = 6  # publications by whose hours a wrong zone shows
_MOST, _MORE = 3 / 4, 1 / 3  # of them by day as the file shows them; so many more than as they were read
_ADVICE = "вкажіть пояс: ZONE=Europe/Kyiv, ZONE=UTC або, якщо час справді тихоокеанський, ZONE=America/Los_Angeles"


def refuse_wrong_zone(owned: Iterable[AttributedPost], existing: Iterable[Entry]) -> None:
    """ImportRefused for each file whose assumed zone the hours or the register contradict: nobody but the editor knows it."""
    by_file: dict[str, list[AttributedPost]] = defaultdict(list)
    for one in owned:
        if one.publication.local is not None:
            by_file[one.publication.path].append(one)
    register = _by_key(existing) if by_file else {}
    faults = [
        Problem(
            path, 1, "import-zone", f"часового поясу файл не каже, а тихоокеанським час бути не може: {reason}", _ADVICE
        )
        for path, found in by_file.items()
        if (reason := _by_register(found, register) or _by_hours([one.publication for one in found]))
    ]
    if faults:
        raise ImportRefused(faults)


def _by_hours(publications: list[Publication]) -> str:
    read = sum(_is_by_day(one.when) for one in publications)
    shown = sum(publication.local is not None and _is_by_day(publication.local) for publication in publications)
    whole = len(publications)
    if whole < _ENOUGH or shown < _MOST * whole or shown - read < _MORE * whole:
        return ""
    return (
        f"у робочі години, з {_MORNING}:00 до {_EVENING}:00, за Києвом вийшли б {read} з {whole} дописів,"
        f" а як записано у файлі – {shown}"
    )


def _is_by_day(moment: datetime) -> bool:
    return _MORNING <= moment.hour < _EVENING


def _by_register(owned: Iterable[AttributedPost], register: Mapping[tuple[str, str], list[Entry]]) -> str:
    """Rows of the register agree with the file's clock more often than with the assumed zone."""
    agree: list[Entry] = []
    differ = 0
    for account, one in owned:
        names = publication_keys(one.network, one.url, one.id and f"{one.network}:{one.id}")
        for key in (*names, _title_key(one.network, title_of(one.text, one.kind))):
            for entry in register.get((account.id, key), ()):
                shown, read = (_is_same(entry, moment) for moment in (one.local, one.when))
                agree += [entry] if shown and not read else []
                differ += read and not shown
    return f"час у журналі такий, як у файлі ({agree[0].place} «{agree[0].title}»)" if len(agree) > differ else ""


def _by_key(existing: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """Rows by account and by the network's names of them; by the title where they have none."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in existing:
        account, network = entry.traits.get("account", ""), entry.traits.get("network", "")
        for key in publication_keys(network, entry.url, entry.id) or {_title_key(network, entry.title)}:
            found[account, key].append(entry)
    return found


def _title_key(network: str, title: str) -> str:
    return f"{network}:title:{normalize_name(title)}"


def _is_same(entry: Entry, moment: datetime | None) -> bool:
    """The minute; the day of a row that was typed without time."""
    if entry.when is None or moment is None:
        return False
    if entry.when.time() == time.min:
        return entry.when.date() == moment.date()
    return entry.when.replace(second=0) == moment.replace(second=0)
