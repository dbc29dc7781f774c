"""Opening hours as offices write them, «пн–чт 8:00–17:00, пт 8:00–15:45, перерва 12:00–12:45», as the minutes of a week.

What is not understood to its last word gives nothing: hours guessed wrongly send people to a locked door.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.lazy_regex import lazy_compile

DAY = 24 * 60  # minutes
WEEK = 7 * DAY
_LONGEST = 500  # characters; longer texts are no hours
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ‘`´′‛＇ʹ\N{COMBINING ACUTE ACCENT}\N{SOFT HYPHEN}"))
_SIGNS = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | {0xA0: " ", 0x202F: " ", 0x2009: " "}

# Every word for a day, Monday first; people write it short, in full, in the case that «по» and «до» want, with «що».
_DAYS = (
    "пн пон понед понеділок понеділка понеділку щопонеділка mon monday",
    "вт вівт вівторок вівторка вівторку щовівторка tue tues tuesday",
    "ср серед середа середи середу щосереди wed wednesday",
    "чт четв четвер четверга четвергу щочетверга thu thur thurs thursday",
    "пт пятн пятниця пятниці пятницю щопятниці fri friday",
    "сб суб субота суботи суботу щосуботи sat saturday",
    "нд нед неділя неділі неділю щонеділі sun sunday",
)
_DAY_OF = {word: number for number, words in enumerate(_DAYS) for word in words.split()}
_EVERY_DAY, _WORKDAYS, _WEEKEND = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})


class _Kind(StrEnum):
    DAYS = "days"
    TIMES = "times"
    ALWAYS = "always"
    CLOSED = "closed"
    BREAK = "break"
    NO_BREAK = "no break"
    NO_DAY_OFF = "no day off"
    DASH = "dash"
    LINE = "line"


class _Token(NamedTuple):
    kind: _Kind
    days: frozenset[int] = frozenset()
    start: int = 0
    end: int = 0


_NUMBER = r"\d{1,2}"
_WORDS = {
    "щодня": _Token(_Kind.DAYS, _EVERY_DAY),
    "щоденно": _Token(_Kind.DAYS, _EVERY_DAY),
    "кожного дня": _Token(_Kind.DAYS, _EVERY_DAY),
    "daily": _Token(_Kind.DAYS, _EVERY_DAY),
    "every day": _Token(_Kind.DAYS, _EVERY_DAY),
    "будні дні": _Token(_Kind.DAYS, _WORKDAYS),
    "робочі дні": _Token(_Kind.DAYS, _WORKDAYS),
    "будні": _Token(_Kind.DAYS, _WORKDAYS),
    "будня": _Token(_Kind.DAYS, _WORKDAYS),
    "без вихідних": _Token(_Kind.NO_DAY_OFF),
    "цілодобово": _Token(_Kind.ALWAYS),
    "24/7": _Token(_Kind.ALWAYS),
    "вихідні дні": _Token(_Kind.CLOSED),
    "вихідний день": _Token(_Kind.CLOSED),
    "вихідний": _Token(_Kind.CLOSED),
    "вихідні": _Token(_Kind.CLOSED),
    "зачинено": _Token(_Kind.CLOSED),
    "не працює": _Token(_Kind.CLOSED),
    "не працюємо": _Token(_Kind.CLOSED),
    "неробочий день": _Token(_Kind.CLOSED),
    "closed": _Token(_Kind.CLOSED),
    "без обідньої перерви": _Token(_Kind.NO_BREAK),
    "без перерви": _Token(_Kind.NO_BREAK),
    "без обіду": _Token(_Kind.NO_BREAK),
    "обідня перерва": _Token(_Kind.BREAK),
    "перерва на обід": _Token(_Kind.BREAK),
    "перерва": _Token(_Kind.BREAK),
    "обід": _Token(_Kind.BREAK),
    "lunch break": _Token(_Kind.BREAK),
    "break": _Token(_Kind.BREAK),
    "lunch": _Token(_Kind.BREAK),
}
_PHRASE = "|".join(re.escape(words) for words in sorted(_WORDS, key=len, reverse=True))
_DAY_WORD = "|".join(sorted(_DAY_OF, key=len, reverse=True))
# Both ends of a span of time are written in one way: «8:00–17:00», «8.00-17.00», «з 8 до 17», «8-00 – 17-00».
_SPAN = (
    rf"(?P<h1>{_NUMBER})-(?P<m1>\d\d) ?(?:-|до|по) ?(?P<h2>{_NUMBER})-(?P<m2>\d\d)"
    rf"|(?P<h3>{_NUMBER})(?:[:.](?P<m3>\d\d))? ?(?:-|до|по|to) ?(?!00(?!\d|[:.]\d))(?P<h4>{_NUMBER})(?:[:.](?P<m4>\d\d))?"
)
_PIECE = lazy_compile(
    rf"(?P<phrase>{_PHRASE})(?!\w)|(?P<span>{_SPAN})(?![\w:]|[.-]\d)(?: ?год(?:ини?)?\b\.?)?"
    rf"|(?P<day>{_DAY_WORD})(?!\w)\.?|(?P<through>-|(?:по|до|to)(?!\w))|(?P<line>[\n;])"
    r"|(?P<filler>[ \t,:()]+|\.(?!\w)|(?:і|й|та|з|із|у|в|від|на|and|from)(?!\w))"
)


class HoursUnclear(ValueError):
    """The text can't be taken for hours; the message is Ukrainian and says which words are unclear."""


class _Group(Struct):
    """Days with what is said of them."""

    days: set[int] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)
    pauses: list[tuple[int, int]] = field(default_factory=list)
    is_closed: bool = False
    has_no_break: bool = False

    @property
    def is_said(self) -> bool:
        return bool(self.spans) or self.is_closed


class OpeningHours(Struct, frozen=True):
    """When an office is open, as spans of minutes of a week from Monday's midnight: in order, none touches the next."""

    spans: tuple[tuple[int, int], ...]

    @property
    def data(self) -> str:
        """The spans as a page hands them to its script: «480-720 765-1020»."""
        return " ".join(f"{start}-{end}" for start, end in self.spans)

    def is_open(self, minute: int) -> bool:
        """Whether it is open in this minute of the week."""
        return any(start <= minute < end for start, end in self.spans)


def parse_hours(written: str) -> OpeningHours:
    """The hours of a text of one or several lines; HoursUnclear when a word or a day is not clear."""
    groups = _Reader().read(_tokens(written))
    by_day: dict[int, list[tuple[int, int]]] = {}
    for group in groups:
        spans = sorted(piece for span in group.spans for piece in _without(span, group.pauses))
        for day in group.days:
            by_day.setdefault(day, []).extend(spans)
            _refuse_overlap(sorted(by_day[day]))
    closed = {day for group in groups if group.is_closed for day in group.days}
    if any(by_day.get(day) for day in closed):
        raise HoursUnclear("той самий день і робочий, і вихідний")
    return OpeningHours(tuple(_of_week(by_day)))


def _tokens(written: str) -> Iterator[_Token]:
    """Everything that the text says; whatever is not understood is refused."""
    text = unicodedata.normalize("NFC", written).casefold().translate(_APOSTROPHES).translate(_SIGNS).strip()
    text = "\n".join(" ".join(line.split()) for line in text.splitlines())
    if not text or len(text) > _LONGEST:
        raise HoursUnclear("години не написано" if not text else "години задовгі")
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            word = re.match(r"\S+", text[at:])
            raise HoursUnclear(f"незрозуміло: «{word[0][:30] if word else text[at]}»")
        at = match.end()
        if token := _token(match):
            yield token


def _token(match: re.Match[str]) -> _Token | None:
    if match["phrase"]:
        return _WORDS[match["phrase"]]
    if match["span"]:
        start = _minutes(match["h1"] or match["h3"], match["m1"] or match["m3"])
        end = _minutes(match["h2"] or match["h4"], match["m2"] or match["m4"])
        if start == end:
            raise HoursUnclear(f"початок і кінець однакові: «{match['span']}»")
        return _Token(_Kind.TIMES, start=start, end=end if end > start else end + DAY)  # over midnight
    if match["day"]:
        return _Token(_Kind.DAYS, frozenset({_DAY_OF[match["day"]]}))
    if match["through"]:
        return _Token(_Kind.DASH)
    return _Token(_Kind.LINE) if match["line"] else None


def _minutes(hour: str, minute: str | None) -> int:
    number = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or number > DAY:
        raise HoursUnclear(f"такого часу немає: «{hour}:{minute or '00'}»")
    return number


class _Reader:
    """Takes what is said one after another: first days, then when they are open, then the break."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self._of_line: list[_Group] = []
        self._free_pauses: list[tuple[int, int]] = []  # said of no days, or before them
        self._awaiting: _Group | None = None  # «вихідний: субота» names its days behind itself
        self._in_break = self._through = False
        self._last_day = -1

    def read(self, tokens: Iterable[_Token]) -> list[_Group]:
        for token in tokens:
            self._take(token)
            self._through = token.kind is _Kind.DASH  # «пн – пт» is a span of days, «нд – вихідний» a pause in speech
        for group in self.groups:
            if not group.is_said:
                raise HoursUnclear("після днів немає годин")
        if not any(group.is_said for group in self.groups):
            raise HoursUnclear("немає ні днів, ні годин")
        for group in self.groups:
            if not group.pauses and not group.has_no_break:
                group.pauses = list(self._free_pauses)
            if not group.days:
                self._complete(group)
        return self.groups

    def _take(self, token: _Token) -> None:
        match token.kind:
            case _Kind.DAYS:
                self._take_days(token)
            case _Kind.TIMES:
                self._take_times(token.start, token.end)
            case _Kind.ALWAYS:
                self._take_times(0, DAY)
            case _Kind.CLOSED:
                self._take_closed()
            case _Kind.BREAK:
                self._in_break = True
            case _Kind.NO_BREAK:
                self._in_break = False
                for group in self._of_line:
                    group.has_no_break = not group.pauses or group.has_no_break
            case _Kind.NO_DAY_OFF:
                self._current.days = self._current.days or set(_EVERY_DAY)
            case _Kind.LINE:
                self._of_line, self._in_break, self._last_day = [], False, -1

    def _complete(self, group: _Group) -> None:
        """«цілодобово» and «вихідний» without days mean the whole week, or its remaining days."""
        rest = _EVERY_DAY - {day for other in self.groups for day in other.days}
        if group.spans and (group.spans != [(0, DAY)] or len(self.groups) > 1):
            raise HoursUnclear("не сказано, в які дні")
        group.days = set(rest)

    @property
    def _current(self) -> _Group:
        """The group that is being said, or a new one."""
        if not self._of_line:
            self._begin()
        return self._of_line[-1]

    def _begin(self) -> None:
        group = _Group()
        self.groups.append(group)
        self._of_line.append(group)

    def _take_days(self, token: _Token) -> None:
        self._in_break = False
        if self._of_line and self._of_line[-1].is_said and self._of_line[-1] is not self._awaiting:
            self._begin()
        group = self._current
        if self._through and len(token.days) == 1 and self._last_day >= 0:
            (last,) = token.days
            group.days |= set(_through(self._last_day, last))
        else:
            group.days |= token.days
        self._last_day = next(iter(token.days)) if len(token.days) == 1 else -1

    def _take_times(self, start: int, end: int) -> None:
        self._last_day = -1
        if self._in_break:
            self._pause((start, end))
            return
        group = self._current
        if group.is_closed and not group.days:  # «вихідні 10:00–14:00»: at weekends
            group.is_closed, group.days = False, set(_WEEKEND)
        elif group.is_closed:
            raise HoursUnclear("той самий день і робочий, і вихідний")
        group.spans.append((start, end))

    def _take_closed(self) -> None:
        self._in_break = False
        if self._of_line and self._of_line[-1].is_said:
            self._begin()
        group = self._current
        group.is_closed = True
        self._awaiting = None if group.days else group

    def _pause(self, pause: tuple[int, int]) -> None:
        """A break belongs to the days before it in its line that have none yet; without such days to all."""
        said = [group for group in self._of_line if group.is_said and not group.is_closed]
        waiting = [group for group in said if not group.pauses and not group.has_no_break]
        if not said:
            self._free_pauses.append(pause)
        for group in waiting or said[-1:]:
            group.pauses.append(pause)


def _through(first: int, last: int) -> Iterator[int]:
    """The days of «пн–чт», and of «сб–пн» over the end of the week."""
    day = first
    while day != last:
        yield day
        day = (day + 1) % 7
    yield last


def _without(span: tuple[int, int], pauses: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a span of time that the breaks leave."""
    start, end = span
    nights = [(first + DAY, last + DAY) for first, last in pauses]  # the break of a shift that goes on over midnight
    for first, last in sorted([*pauses, *nights]):
        if first < end and last > start:
            if first > start:
                yield start, first
            start = max(start, last)
    if start < end:
        yield start, end


def _refuse_overlap(spans: list[tuple[int, int]]) -> None:
    if any(second[0] < first[1] for first, second in pairwise(spans)):
        raise HoursUnclear("той самий день названо двічі з різними годинами")


def _of_week(by_day: dict[int, list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """The days' spans in the minutes of the week; what touches is joined, what passes Sunday's midnight begins the week."""
    pieces: list[tuple[int, int]] = []
    for day, spans in by_day.items():
        for start, end in spans:
            first, last = day * DAY + start, day * DAY + end
            pieces.append((first, min(last, WEEK)))
            if last > WEEK:
                pieces.append((0, last - WEEK))
    joined: list[tuple[int, int]] = []
    for first, last in sorted(pieces):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    yield from joined
