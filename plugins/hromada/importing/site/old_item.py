"""Records read from an earlier site, whatever its format: items, files, and what is never imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.entry import SourceLocation
from hromada.domain.item import NEWS, Kind, Status


class SourceMarkup(StrEnum):
    """What an item's text is written in."""

    HTML = "html"
    WORDPRESS = "wordpress"  # HTML with block comments, short codes and paragraphs that are blank lines
    MARKDOWN = "markdown"


class OldItem(NamedTuple):
    """A news item, a page, a unit's page or message of the earlier site; `place` is its location in the source.

    `address` is the page's old address, absolute or a site path, empty when unknown. `aliases` are other addresses and
    ids under which texts link to it. `fault` says in Ukrainian why it can't be imported. `fields` are further fields
    of our own header, as written.
    """

    place: SourceLocation
    kind: Kind
    title: str
    body: str = ""
    language: SourceMarkup = SourceMarkup.HTML
    when: datetime | None = None
    status: Status = Status.PUBLISHED
    address: str = ""
    aliases: tuple[str, ...] = ()
    slug: str = ""
    section: str = NEWS
    lang: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    author: str = ""
    modified: date | None = None
    picture: str = ""
    picture_alt: str = ""
    gallery: tuple[str, ...] = ()  # «photo.jpg | what it shows», as our header has them
    filename_date: date | None = None  # the day in the name of its file
    fields: tuple[tuple[str, str], ...] = ()
    file: str = ""  # its name in the folder that it comes from
    keeps_place: str = ""  # its path where it comes from a content folder like ours
    fault: str = ""


class OldAttachment(NamedTuple):
    """A file that the earlier site knows by a number: where it was published, what it is called, what it shows."""

    place: SourceLocation
    id: str
    url: str
    title: str = ""
    alt: str = ""


class SkippedRecords(NamedTuple):
    """Records that are never imported: a Ukrainian name of their kind, and how many."""

    kind: str
    number: int = 1


class OldSite(NamedTuple):
    """The site's name and the addresses it had."""

    title: str
    addresses: tuple[str, ...]


SourceRecord = OldItem | OldAttachment | SkippedRecords | OldSite


class SourceRefused(ValueError):
    """The source can't be read; the message is Ukrainian, `fix` says what to do."""

    def __init__(self, message: str, fix: str, line: int = 1) -> None:
        super().__init__(message)
        self.fix, self.line = fix, line


@dataclass(slots=True)
class SourceIndex:
    """Index of a source, read once and without its texts, for the steps that need the whole."""

    site: OldSite = OldSite("", ())
    items: list[OldItem] = field(default_factory=list)
    attachments: dict[str, OldAttachment] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def take(self, record: SourceRecord) -> None:
        match record:
            case OldItem():
                self.items.append(record._replace(body=""))
            case OldAttachment():
                self.attachments[record.id] = record
            case OldSite():
                addresses = (*self.site.addresses, *record.addresses)
                self.site = OldSite(self.site.title or record.title, tuple(dict.fromkeys(filter(None, addresses))))
            case SkippedRecords():
                self.left[record.kind] = self.left.get(record.kind, 0) + record.number


Files = Mapping[str, int]  # files at hand by their relative name, with their sizes
