"""Units: their index, `/units/`, the further pages of their messages, and what a unit's own page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alphabet import sort_key
from hromada.domain.item import Item, Kind
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import UNITS
from hromada.listing.cards import hours_view
from hromada.listing.event_views import EventCard
from hromada.listing.pagination import Listing, paginate
from hromada.listing.service_index import ServiceCard
from hromada.pages.attachments import attachment_link
from hromada.pages.event_pages import EventPages
from hromada.pages.item_lists import ItemLists
from hromada.pages.report_pages import ReportPages
from hromada.pages.service_pages import ServicePages
from hromada.pages.view_models import AttachmentLink, PageGroup, PagePlan, UnitView, page_plan

if TYPE_CHECKING:
    from hromada.pages.report_cards import UnitShare

_KINDS = {"unit": "структурний підрозділ", "partner": "організація"}
_SHOWN_DOCUMENTS = 10  # the newest; the others stand on the pages of their messages


class UnitDocument(NamedTuple):
    """A document of a unit's message, with the message that it belongs to."""

    file: AttachmentLink
    title: str
    path: str


class UnitActivity(NamedTuple):
    """What the unit's own page shows of other files beside the list of its messages; no list of units shows it."""

    services: tuple[ServiceCard, ...]
    events: tuple[EventCard, ...]  # the next ones that its messages announce
    documents: tuple[UnitDocument, ...]
    share: UnitShare | None  # in the latest report that has begun


class UnitPages:
    """The pages of units."""

    def __init__(
        self, snapshot: ContentSnapshot, lists: ItemLists, services: ServicePages, events: EventPages, reports: ReportPages
    ) -> None:  # fmt: skip
        self._snapshot, self._lists, self._size = snapshot, lists, snapshot.site.settings.page_size
        self._services, self._events, self._reports = services, events, reports

    @cached_property
    def listed(self) -> list[UnitView]:
        """The listed units in alphabetical order."""
        clock = self._snapshot.clock
        listed = (self.view(item) for item in self._snapshot.units.values() if item.is_listed(clock))
        return sorted(listed, key=lambda unit: sort_key(unit.title))

    @property
    def current(self) -> list[UnitView]:
        """The listed units that are not over."""
        over = {item.address for item in self._snapshot.units.values() if item.is_over(self._snapshot.clock)}
        return [unit for unit in self.listed if unit.path not in over] if over else self.listed

    @property
    def with_messages(self) -> list[UnitView]:
        return [unit for unit in self.listed if unit.messages]

    def view(self, item: Item) -> UnitView:
        """A unit as its own page and lists show it."""
        assert item.unit is not None
        unit = item.unit
        return UnitView(
            unit.id, item.title, item.address, unit.kind, _KINDS[unit.kind], unit.confirmed, unit.phone, unit.email,
            unit.address, unit.map, hours_view(unit.hours), unit.head, unit.closed, len(self._messages(item)),
            f"{UNITS}{unit.id}/feed.atom" if item.status != "hidden" else "",
            item.summary or self._snapshot.metadata(item).summary,
        )  # fmt: skip

    def activity(self, item: Item) -> UnitActivity:
        """What a unit's own page shows of other files."""
        original = item.address.removeprefix(f"/{item.lang}") if item.is_translation else item.address
        shares = self._reports.index.shares.get(original, ())
        begun = (share for share in shares if share.first <= self._snapshot.clock.day)
        documents = tuple(islice(self._documents(self._messages(item)), _SHOWN_DOCUMENTS))
        return UnitActivity(
            self._services.of_unit(original), self._events.of_unit(original), documents, next(begun, None)
        )

    def first_listing(self, item: Item) -> Listing[Item]:
        """The first page of a unit's messages, which stands on its own page."""
        assert item.unit is not None
        return paginate(self._messages(item), f"{UNITS}{item.unit.id}/", self._size)[0]

    def groups(self) -> dict[str, PageGroup]:
        """The index, and the further pages of each unit's messages."""
        groups = {"units": PageGroup(self._index, (self.listed,), is_single_page=True)}
        for item in self._snapshot.built(Kind.UNIT):
            if not item.is_translation and item.unit:
                link = MenuLink(item.title, item.address)
                groups[item.address] = PageGroup(self._further_messages, (link, self._messages(item)))
        return groups

    def _index(self, units: list[UnitView]) -> Iterator[PagePlan]:
        yield page_plan(
            UNITS, "units.html", total=len(units), units=[unit for unit in units if unit.kind == "unit"],
            partners=[unit for unit in units if unit.kind == "partner"],
        )  # fmt: skip

    def _further_messages(self, unit: MenuLink, items: list[Item]) -> Iterator[PagePlan]:
        for listing in paginate(items, unit.path, self._size)[1:]:
            yield page_plan(listing.path, "unit_messages.html", of=unit, listing=listing)

    def _messages(self, item: Item) -> list[Item]:
        """A unit's listed messages, newest first."""
        assert item.unit is not None
        return self._lists.messages_by_unit.get(item.unit.id, [])

    def _documents(self, messages: Iterable[Item]) -> Iterator[UnitDocument]:
        """The documents of messages, each once."""
        seen: set[str] = set()
        for message in messages:
            for path in self._snapshot.linked(message).attachments:
                if path not in seen:
                    seen.add(path)
                    yield UnitDocument(attachment_link(self._snapshot, path), message.title, message.address)
