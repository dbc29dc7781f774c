"""The values that templates show: no template reads a setting or counts anything itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from msgspec import Struct, field

from hromada.domain.accessibility import AccessibilityResults
from hromada.domain.settings import MenuLink
from hromada.images.social_cards import SocialCard
from hromada.listing.alert_views import AlertView
from hromada.listing.cards import HoursView, Picture, UnitContact
from hromada.listing.event_views import EventView
from hromada.listing.gallery_rows import GalleryPicture, GalleryView
from hromada.listing.validity import Validity
from hromada.system.regular_files import RegularFile, digest_of

if TYPE_CHECKING:
    from hromada.report.view.report_view import Mention, ReportView

T = TypeVar("T")


class PagePlan(Struct, frozen=True):
    """A page to render: its file in the output, its template, the template's context."""

    name: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


def page_plan(path: str, template: str, **context: Any) -> PagePlan:
    """The page at a site path that ends with `/`."""
    return PagePlan(f"{path.strip('/')}/index.html", template, context)


class FilePlan(Struct, frozen=True):
    """Files without a template: `key` changes with their bytes, `make` returns them all.

    A file to copy is returned as its path: a video has 100 MB, and a render job hundreds of files. What is slow to make
    is made in a process of its own.
    """

    names: tuple[str, ...]
    key: str
    make: Callable[[], Mapping[str, bytes | RegularFile]]
    is_slow: bool = False


def plain_file(name: str, data: bytes) -> FilePlan:
    """A file whose key is the digest of its bytes."""
    return FilePlan((name,), digest_of(data), lambda: {name: data})


class PageGroup(NamedTuple):
    """Pages that change together: `make` returns their plans from `inputs` and the settings only.

    `inputs` may be a digest of more than the pages show. `is_single_page`: always one page, identified by its inputs.
    """

    make: Callable[..., Iterable[PagePlan | FilePlan]]
    inputs: tuple[Any, ...]
    is_single_page: bool = False


class Keyed(Struct, Generic[T], frozen=True):
    """A value of which a page shows only what `key` changes with."""

    key: str
    value: T


class UnitView(Struct, frozen=True):
    """A unit's page as templates show it."""

    id: str
    title: str
    path: str
    kind: str
    kind_title: str
    confirmed: bool
    phone: str
    email: str
    address: str
    map: str
    hours: HoursView
    head: str
    closed: date | None
    messages: int
    feed: str  # empty for a hidden one, which has no messages
    summary: str  # what it does, in a sentence or two


class DatedSection(NamedTuple):
    """A section whose items are listed by month; `above` are the pages above a month's list, with their titles."""

    title: str
    above: tuple[tuple[str, str], ...]
    noun: str  # that counts its items
    names_units: bool  # whether its cards name their units


class AttachmentLink(Struct, frozen=True):
    title: str
    path: str
    size_text: str
    type: str


class Translation(Struct, frozen=True):
    lang: str
    language_title: str
    path: str


class Details(Struct, frozen=True):
    """What an item's own page shows beside its card."""

    modified: datetime | None
    summary: str
    source: str
    source_url: str
    author: str
    tags: tuple[MenuLink, ...]  # without an address where they lead nowhere
    gallery: GalleryView
    files: tuple[AttachmentLink, ...]
    lead: Picture | None
    translations: tuple[Translation, ...]
    original: str | None
    validity: Validity | None
    extra: dict[str, str]  # further fields of the header, by key
    mentions: tuple[Mention, ...] = ()
    social: SocialCard | None = None  # None: the site's
    contact: UnitContact | None = None
    event: EventView | None = None
    alerts: tuple[AlertView, ...] = ()  # of the page with the contacts
    accessibility: AccessibilityResults | None = None  # of the accessibility statement
    contacts_path: str = ""  # whom to write to about it
    related: tuple[RelatedItem, ...] = ()
    opening: GalleryPicture | None = None  # of the gallery, above the text of an item without a lead

    @property
    def photos(self) -> tuple[GalleryPicture, ...]:
        """All photos of the gallery, which the large view shows."""
        return (*((self.opening,) if self.opening else ()), *self.gallery.pictures)


class RelatedItem(NamedTuple):
    """An item that another one's header names in `related`."""

    title: str
    path: str
    lang: str
    day: date | None  # None for pages without a date of their own
    picture: Picture | None


class VersionPage(Struct, frozen=True):
    """A former approved version of a report, rendered by the report's template."""

    report: ReportView
    content: str
    status: str = "hidden"  # search engines are shown the current version


class Html(Struct, frozen=True):
    """HTML that is made only when a template prints it; `key` changes with it."""

    key: str
    make: Callable[[], str]

    def __str__(self) -> str:
        return self.make()

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process gets the finished HTML."""
        return _finished, (self.key, self.make())


def _finished(key: str, html: str) -> Html:
    return Html(key, lambda: html)


class FeedEntry(Struct, frozen=True):
    title: str
    path: str
    published: datetime
    updated: datetime
    summary: str
    content_html: Html
    card: SocialCard | None = None  # of its cover
    lead: Picture | None = None
    gallery: tuple[Picture, ...] = ()


class Feed(Struct, frozen=True):
    title: str
    path: str
    page_path: str
    updated: datetime
    entries: tuple[FeedEntry, ...]


class SitemapEntry(NamedTuple):
    path: str
    lastmod: date | None
