"""What an earlier site gives, whatever its format: items, files, and what is never brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.entry import SourceLocation
from hromada.domain.item import NEWS, Kind, Status


class Language(StrEnum):
    """What an item's text is written in."""

    HTML = "html"
    WORDPRESS = "wordpress"  # HTML with block comments, short codes and paragraphs that are blank lines
    MARKDOWN = "markdown"


class OldItem(NamedTuple):
    """A news item, a page, a unit's page or message of the earlier site; `place` is where its source has it.

    `address` is the page's old address, absolute or a site path, empty when nobody knows it. `also` are other names
    under which texts link to it. `fault` says in Ukrainian why it can't be brought. `fields` are further fields of
    our own header, as written.
    """

    place: SourceLocation
    kind: Kind
    title: str
    body: str = ""
    language: Language = Language.HTML
    when: datetime | None = None
    status: Status = Status.PUBLISHED
    address: str = ""
    also: tuple[str, ...] = ()
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


class Attachment(NamedTuple):
    """A file that the earlier site knows by a number: where it was published, what it is called, what it shows."""

    place: SourceLocation
    id: str
    url: str
    title: str = ""
    alt: str = ""


class SkippedKind(NamedTuple):
    """What is never brought: so many of a kind, told in Ukrainian."""

    kind: str
    number: int = 1


class OldSite(NamedTuple):
    """Who speaks: the site's name and the addresses it had."""

    title: str
    addresses: tuple[str, ...]


Found = OldItem | Attachment | SkippedKind | OldSite


class SourceRefused(ValueError):
    """The source can't be read; the message is Ukrainian, `fix` says what to do."""

    def __init__(self, message: str, fix: str, line: int = 1) -> None:
        super().__init__(message)
        self.fix, self.line = fix, line


@dataclass(slots=True)
class SourceIndex:
    """A source read once, without its texts: all that later steps need to know of the whole."""

    site: OldSite = OldSite("", ())
    items: list[OldItem] = field(default_factory=list)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def take(self, found: Found) -> None:
        match found:
            case OldItem():
                self.items.append(found._replace(body=""))
            case Attachment():
                self.attachments[found.id] = found
            case OldSite():
                addresses = (*self.site.addresses, *found.addresses)
                self.site = OldSite(self.site.title or found.title, tuple(dict.fromkeys(filter(None, addresses))))
            case SkippedKind():
                self.left[found.kind] = self.left.get(found.kind, 0) + found.number


Files = Mapping[str, int]  # files at hand by their relative name, with their sizes
