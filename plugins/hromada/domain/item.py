"""Items, the Markdown files of editors: news, messages and pages of units, services, plain pages, texts of reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from hromada.domain.calendar import Clock
from hromada.domain.entry import SourceLocation
from hromada.domain.event import Event
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.period import Period
from hromada.domain.service import ServiceDetails

UKRAINIAN = "uk"
NEWS = "news"
PAGES = "pages"
REPORTS = "reports"
SERVICES = "services"


class Status(StrEnum):
    """The header's `status`."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"


# As editors write them, in any case.
STATUSES = {
    "published": Status.PUBLISHED,
    "опубліковано": Status.PUBLISHED,
    "draft": Status.DRAFT,
    "чернетка": Status.DRAFT,
    "hidden": Status.HIDDEN,
    "приховано": Status.HIDDEN,
}


class Kind(StrEnum):
    """An item's kind, by its folder."""

    NEWS = "news"
    MESSAGE = "message"
    UNIT = "unit"
    PAGE = "page"
    REPORT = "report"
    SERVICE = "service"


# «|filename|photo.jpg» is Pelican's former way to name a file; its bars separate nothing.
_PICTURE_ENTRY = lazy_compile(r"\s*(?P<target>(?:\|(?:filename|static|attach)\|)?[^|]*)(?:\|(?P<rest>.*))?", re.DOTALL)


class PictureRef(NamedTuple):
    """A picture in an item's header: «file | alt | caption | credit»; in a gallery the target may be a folder."""

    target: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    line: int = 1

    @classmethod
    def parse(cls, entry: str, line: int) -> PictureRef:
        """The picture of an entry as it is written; a credit keeps further bars."""
        match = _PICTURE_ENTRY.fullmatch(entry)
        assert match is not None, "any text is an entry"
        alt, caption, credit = (*(match["rest"] or "").split("|", 2), "", "")[:3]
        return cls(match["target"].strip(), alt.strip(), caption.strip(), credit.strip(), line)

    @property
    def entry(self) -> str:
        """The picture as it is written; a bar in its words would begin the next part."""
        words = [part.replace("|", "/") for part in (self.alt, self.caption)] + [self.credit]
        while words and not words[-1]:
            words.pop()
        return " ".join(" | ".join((self.target, *words)).split())


class RelatedRef(NamedTuple):
    """An entry of the header's `related`, as it is written."""

    target: str
    line: int = 1


class UnitDetails(Struct, frozen=True):
    """A unit page's own header fields."""

    id: str
    kind: str = "unit"  # unit: a structural unit; partner: an organisation that the council works with
    opened: date | None = None
    closed: date | None = None
    confirmed: bool = True
    phone: str = ""
    email: str = ""
    address: str = ""
    map: str = ""
    hours: str = ""  # one line or several
    head: str = ""

    def exists_on(self, day: date) -> bool:
        """Whether the day is between `date` (if any) and `closed` (if any), both included."""
        return (self.opened is None or self.opened <= day) and (self.closed is None or day <= self.closed)

    def exists_in(self, period: Period) -> bool:
        """Whether it exists on any day of the period."""
        return period.overlaps(self.opened or date.min, self.closed or date.max)


class ReportDetails(Struct, frozen=True):
    """A report text's own header fields; `windows` are the figures' own periods, by figure id."""

    name: str
    period: Period
    text: str = ""  # the Markdown after the header, with its placeholders
    complete: bool = True
    windows: dict[str, Period] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()  # ids of figures whose own window has a reason in the header
    window_lines: dict[str, int] = field(default_factory=dict)


class Item(NamedTuple):
    """One Markdown file, parsed. `address` is its site path («/news/x-2021-07-05/»), empty for a dateless draft.

    It holds the text's digests instead of the text, so that ten years of items take little memory. A named tuple, since
    every command loads all items and the cache stores tuples without field names.
    """

    kind: Kind
    path: str  # from content/ on
    section: str
    title: str
    address: str
    when: datetime | None
    status: Status
    lang: str
    slug: str
    body_line: int
    category: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    image: PictureRef | None = None
    gallery: tuple[PictureRef, ...] = ()
    modified: datetime | None = None  # of a bare day its 00:00
    expires: date | None = None
    event_start: datetime | None = None
    event_end: datetime | None = None
    event_place: str = ""
    event: Event | None = None  # of the three fields above and their companions; None also where one of them is refused
    author: str = ""
    source: str = ""
    extra: Mapping[str, str] = {}  # fields that only templates look at, by key
    filename_date: date | None = None  # the date in the file's name
    lines: Mapping[str, int] = {}  # the header's lines, by key
    unit: UnitDetails | None = None
    report: ReportDetails | None = None
    digests: tuple[
        str, ...
    ] = ()  # of the published content, one for each version of the rules (domain/content_digest.py)
    original_when: datetime | None = None  # the original's, for a translation: it is not published earlier
    service: ServiceDetails | None = None
    withdrawn: str = ""  # the reason
    withdrawn_on: date | None = None  # from this day on only a notice stands at the address
    review: date | None = None  # when an editor has to look whether it is still right
    related: tuple[RelatedRef, ...] = ()

    @property
    def place(self) -> SourceLocation:
        return SourceLocation(self.path)

    @property
    def day(self) -> date | None:
        return self.when.date() if self.when else None

    @property
    def due(self) -> datetime | None:
        """The moment of publication; None: always public."""
        if self.original_when is None:
            return self.when
        return max(self.original_when, self.when or datetime.min)

    @property
    def unit_section(self) -> str:
        """The section of the unit that the item belongs to: a message's own, the one that a service names; else its own."""
        return f"units/{self.service.unit}" if self.service else self.section

    @property
    def is_translation(self) -> bool:
        return self.lang != UKRAINIAN

    @property
    def is_dated(self) -> bool:
        """Whether it is news or a message, which reports count by date."""
        return self.kind in (Kind.NEWS, Kind.MESSAGE)

    @property
    def announced(self) -> Event | None:
        """The event that a news item or a message announces; on other pages an event has no meaning."""
        return self.event if self.is_dated else None

    def is_built(self, clock: Clock) -> bool:
        """Whether the item has a page: drafts and items that are not due have none, hidden ones do."""
        due = self.due
        return self.status is not Status.DRAFT and (due is None or due <= clock.moment)

    def is_listed(self, clock: Clock) -> bool:
        """Whether it is built and shown in lists."""
        return self.is_public and self.is_built(clock) and not self.is_withdrawn(clock)

    def is_over(self, clock: Clock) -> bool:
        """Whether it has lost its force: `expires` is the last day on which it holds, until that day's end."""
        return self.expires is not None and self.expires < clock.day

    def is_closed(self, clock: Clock) -> bool:
        """Whether it is the page of a unit that no longer exists."""
        return self.unit is not None and self.unit.closed is not None and self.unit.closed < clock.day

    def is_withdrawn(self, clock: Clock) -> bool:
        """Whether only its title, its dates and the reason may be shown: from the begin of the day of withdrawal."""
        return self.withdrawn_on is not None and self.withdrawn_on <= clock.day

    def without_content(self) -> Item:
        """What a withdrawn item may still show and be counted by: no text, picture, document or other detail."""
        bare = replace(self.unit, phone="", email="", address="", map="", hours="", head="") if self.unit else None
        return self._replace(
            tags=(), summary="", image=None, gallery=(), event_start=None, event_end=None, event_place="", event=None, author="",
            source="", extra={}, expires=None, related=(), unit=bare,
            service=ServiceDetails(self.service.unit) if self.service else None,
        )  # fmt: skip

    @property
    def is_public(self) -> bool:
        """Whether it is published and in Ukrainian: shown in lists once it is built."""
        return self.status is Status.PUBLISHED and self.lang == UKRAINIAN


def address_of(kind: Kind, section: str, slug: str, day: date | None, lang: str) -> str:
    """The site path of an item's page; empty for a dated item without a day."""
    base = "/" if lang == UKRAINIAN else f"/{lang}/"
    match kind:
        case Kind.UNIT:
            return f"{base}{section}/"
        case Kind.PAGE:
            return f"{base}{slug}/"
        case Kind.REPORT:
            return f"{base}reports/{slug}/"
        case Kind.SERVICE:
            return f"{base}{SERVICES}/{slug}/"
        case _:
            return f"{base}{section}/{slug}-{day}/" if day else ""


def report_details(item: Item) -> ReportDetails:
    """The report's own header fields and text; the item must be a report."""
    assert item.report is not None, f"{item.path} is no report"
    return item.report
