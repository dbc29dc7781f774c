"""Moments as networks export them, to local Kyiv time, and evidence for the zone of times that name none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from itertools import chain
from typing import NamedTuple

from hromada.conversion.social.attribution import AttributedPost
from hromada.conversion.social.publication import ExportedPost, ImportRefused, post_title
from hromada.domain.alphabet import normalize_name
from hromada.domain.calendar import KYIV, DateRefused, parse_moment, to_kyiv
from hromada.domain.entry import Entry
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.post_link import publication_keys
from hromada.domain.problem import Problem
from hromada.domain.time_zones import zone_of_moment

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


EARLIEST = datetime(2004, 2, 4)  # Facebook's first day: an earlier moment is a fault of the export
_LATEST = datetime(2100, 1, 1)

_TIME = (
    r"(?:[T,]?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_ZONE = r"\s*(?P<zone>[A-Za-zА-Яа-яІіЇїЄє+\-\u2212][\w/+\-\u2212:() ]*)?"
_SLASHED = lazy_compile(rf"(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<year>\d{{4}}|\d{{2}}){_TIME}{_ZONE}", re.ASCII)
_DOTTED = lazy_compile(rf"(?P<b>\d{{1,2}})\.(?P<a>\d{{1,2}})\.(?P<year>\d{{4}}){_TIME}{_ZONE}", re.ASCII)
_ISO = lazy_compile(rf"(?P<year>\d{{4}})-(?P<a>\d{{2}})-(?P<b>\d{{2}}){_TIME}{_ZONE}", re.ASCII)
_DASHED = lazy_compile(rf"\d{{1,2}}-\d{{1,2}}-\d{{2,4}}{_TIME}", re.ASCII)
_SHORT = lazy_compile(rf"\d{{1,2}}\.\d{{1,2}}\.\d{{2}}{_TIME}", re.ASCII)
_SERIAL = lazy_compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)  # a day of Excel's, shown as a number
_FORMS = (_SLASHED, _DOTTED, _ISO, _DASHED, _SHORT, _SERIAL)
_ENDS_IN_OFFSET = lazy_compile(r".*:\d{2}(?:[.,]\d+)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)", re.IGNORECASE | re.ASCII)
_MIN_DAYS = 6  # days by whose spread a wrong order shows
_SPREAD_RATIO = 3  # times
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_DAY = lazy_compile(r"(?<![A-Za-z])(?P<month>[A-Za-z]{3})-(?P<day>\d{2})-(?P<year>\d{4})(?!\d)", re.ASCII)
_ISO_DAY = lazy_compile(r"(?<!\d)(?P<year>20\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)", re.ASCII)


class CellMoment(NamedTuple):
    """A moment in Kyiv's time; `local` is what the cell shows where it names no zone itself."""

    when: datetime
    local: datetime | None = None


def from_unix(value: object) -> datetime:
    """Unix seconds, a number or its digits, or ISO 8601 with an offset; DateRefused otherwise."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,12}(?:\.0*)?", text, re.ASCII):
        if not _ENDS_IN_OFFSET.fullmatch(text):
            raise DateRefused(f"у часі «{text}» немає часового поясу" if text else "немає часу публікації")
        return _plausible(parse_moment(text), text)
    try:
        moment = datetime.fromtimestamp(int(float(text)), KYIV).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        raise DateRefused(f"час «{text}» неможливий") from None
    return _plausible(moment, text)


def from_local(value: object, zone: tzinfo | None) -> datetime:
    """Telegram's `date` without a zone: the clock of the computer that exported, which is taken for Kyiv's."""
    text = str(value).strip()
    moment = parse_moment(text.replace("T", " ", 1)).replace(tzinfo=zone or KYIV)
    return _plausible(moment.astimezone(KYIV).replace(tzinfo=None), text)


def is_day_first(values: Iterable[str], name: str = "") -> bool | None:
    """Whether 05/07/2021 is the fifth of July in this file; None where no value tells.

    Meta writes the month first. All rows are the evidence: Excel turns those dates that it understands into its own form,
    often with day and month exchanged, and leaves the others. So two forms in one file, days that contradict each other, and
    an order that no row proves and that scatters the days raise DateRefused. `name` is the file's: Meta writes its period there.
    """
    texts = [text for value in values if (text := value.strip())]
    forms = {form: text for text in texts for form in _FORMS if form.fullmatch(text)}
    if len(forms) > 1:
        first_form, other_form, *_ = forms.values()
        raise DateRefused(f"частину дат змінила програма таблиць: у файлі є і «{first_form}», і «{other_form}»")
    slashed, dotted = ([match for text in texts if (match := form.fullmatch(text))] for form in (_SLASHED, _DOTTED))
    first = max((int(match["a"]) for match in slashed), default=0)
    second = max((int(match["b"]) for match in slashed), default=0)
    if first > 12 and second > 12:
        raise DateRefused("у файлі дати записано по-різному: і день/місяць, і місяць/день")
    if any(int(match["a"]) > 12 for match in dotted):
        raise DateRefused("у датах із крапками місяць стоїть перед днем")
    if first > 12 or second > 12 or any(int(match["b"]) > 12 for match in dotted):
        return first > 12 if slashed else None
    _refuse_scattered([*slashed, *dotted], name)
    return None


def _refuse_scattered(matches: list[re.Match[str]], name: str) -> None:
    """Where no day is beyond the twelfth: the other order must not be plainly the likelier one."""
    days = {(_year(match), int(match["a"]), int(match["b"])) for match in matches}
    if any(not (1 <= month <= 12 and 1 <= day <= 12) for _, month, day in days):
        return  # told row by row
    read = sorted(date(year, month, day) for year, month, day in days)
    other = sorted(date(year, day, month) for year, month, day in days)
    if period := _period_in(name):
        is_wrong = not _is_within(read, period) and _is_within(other, period)
    else:
        is_wrong = len(days) >= _MIN_DAYS and (read[-1] - read[0]).days > _SPREAD_RATIO * (
            (other[-1] - other[0]).days + 1
        )
    if is_wrong:
        raise DateRefused("день і місяць у датах, схоже, поміняла місцями програма таблиць")


def _period_in(name: str) -> tuple[date, date] | None:
    """The days from the first to the last one that a file's name has («Jul-01-2021_Dec-31-2021_77.csv»)."""
    days = []
    for match in chain(_NAMED_DAY.finditer(name), _ISO_DAY.finditer(name)):
        word = match["month"].casefold()
        month = int(word) if word.isdigit() else _MONTHS.index(word) + 1 if word in _MONTHS else 0
        try:
            days.append(date(int(match["year"]), month, int(match["day"])))
        except ValueError:
            continue
    return (min(days), max(days)) if len(days) > 1 else None


def _is_within(days: list[date], period: tuple[date, date]) -> bool:
    return all(period[0] <= day <= period[1] for day in days)


def from_cell(text: str, zone: tzinfo, *, day_first: bool = False) -> CellMoment:
    """A cell of a table, in the zone that it names itself or else in `zone`; DateRefused when it is no moment."""
    text = text.strip()
    match = _SLASHED.fullmatch(text) or _DOTTED.fullmatch(text) or _ISO.fullmatch(text)
    if match is None:
        raise DateRefused(f"дата «{text}» незрозуміла")
    own = zone_of_moment(match["zone"]) if match["zone"] else zone
    if own is None:
        raise DateRefused(f"часовий пояс у даті «{text}» невідомий")
    month, day = int(match["a"]), int(match["b"])
    if day_first and "/" in text:
        month, day = day, month
    try:
        local = datetime(_year(match), month, day, _hour(match), int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        raise DateRefused(f"дати «{text}» не існує") from None
    moment = to_kyiv(local.replace(tzinfo=own), text)
    return CellMoment(_plausible(moment, text), None if match["zone"] else local)


def _year(match: re.Match[str]) -> int:
    return int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"] or 0)
    half = (match["half"] or "").casefold().replace(".", "")
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "pm" else 0)


def _plausible(moment: datetime, text: str) -> datetime:
    if not EARLIEST <= moment < _LATEST:
        raise DateRefused(f"дата «{text}» неможлива для допису в мережі")
    return moment
