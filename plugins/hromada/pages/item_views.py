"""What items' own pages show: the context of their templates, by the kind of the item."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import UKRAINIAN, Item, Kind
from hromada.domain.site_urls import ACCESSIBILITY, NEWS, SERVICES, UNITS
from hromada.editor.entry_links import link_to_form, pages_link_to_forms
from hromada.listing.alert_views import AlertView
from hromada.listing.event_views import event_view
from hromada.listing.gallery_rows import gallery_view, opened_gallery
from hromada.listing.validity import Withdrawal, validity_of, withdrawal_of
from hromada.pages.attachments import attachment_link
from hromada.pages.item_lists import ItemLists
from hromada.pages.linked_data_views import LinkedData
from hromada.pages.report_pages import ReportPages
from hromada.pages.service_pages import ServicePages
from hromada.pages.social_card_plans import SocialCards
from hromada.pages.tag_pages import TagPages
from hromada.pages.unit_pages import UnitPages
from hromada.pages.view_models import Details, RelatedItem, Translation

_LANGUAGES = {"uk": "українською", "en": "англійською", "pl": "польською", "de": "німецькою"}


class ItemViews:
    """The contexts of a snapshot's items; `alerts` are those that pages with contacts show."""

    def __init__(
        self, snapshot: ContentSnapshot, lists: ItemLists, units: UnitPages, services: ServicePages, reports: ReportPages,
        tags: TagPages, linked_data: LinkedData, cards: SocialCards, alerts: tuple[AlertView, ...],
    ) -> None:  # fmt: skip
        self._snapshot, self._lists, self._units, self._services = snapshot, lists, units, services
        self._reports, self._tags, self._linked_data, self._cards = reports, tags, linked_data, cards
        self._alerts = alerts

    def context(self, item: Item) -> dict[str, Any]:
        """The context of an item's own page; `listing` reaches the template through the writer."""
        if item.path in self._snapshot.withdrawn:
            return {"withdrawal": self.withdrawal(item)}
        details = self.details(item)
        context: dict[str, Any] = {"details": details, "linked_data": self._linked_data.of_item(item, details.social)}
        if pages_link_to_forms(self._snapshot.site.settings):
            context["edit_link"] = link_to_form(item)
        match item.kind:
            case Kind.UNIT:
                listing = self._lists.with_cards(self._units.first_listing(item))
                context |= {"unit": self._units.view(item), "activity": self._units.activity(item), "listing": listing}
            case Kind.SERVICE:
                context |= {"service": self._services.view(item)}
            case Kind.REPORT:
                context |= {"report": self._reports.view(self._snapshot.reports.report_states[item.path])}
            case Kind.NEWS | Kind.MESSAGE:
                context |= {"card": self._snapshot.card(item), "card_details": details}
        return context

    def details(self, item: Item) -> Details:
        """What the page of any kind of item shows beside its text."""
        snapshot = self._snapshot
        versions, linked = self.versions(item), snapshot.linked(item)
        original = next((other.address for other in versions if not other.is_translation), None)
        is_link = item.source.startswith(("http://", "https://"))
        is_statement = item.address == ACCESSIBILITY
        if linked.lead is None and item.kind in (Kind.NEWS, Kind.MESSAGE):
            opening, gallery = opened_gallery(linked.gallery)
        else:
            opening, gallery = None, gallery_view(linked.gallery)
        return Details(
            modified=item.modified,
            summary=item.summary,
            source=item.source,
            source_url=item.source if is_link else "",
            author=item.author,
            tags=self._tags.links(item),
            gallery=gallery,
            files=tuple(attachment_link(snapshot, path) for path in linked.attachments if path != linked.form),
            lead=linked.lead,
            translations=tuple(
                Translation(other.lang, _LANGUAGES.get(other.lang, other.lang), other.address)
                for other in versions
                if other is not item
            ),
            original=original if item.is_translation else None,
            validity=validity_of(item, snapshot.clock),
            extra=dict(item.extra),
            mentions=self._reports.index.mentions.get(item.address, ()),
            social=self._cards.of(item),
            contact=snapshot.unit_contact(item),
            event=event_view(item, item.announced) if item.announced else None,
            alerts=self._alerts if item.address in snapshot.contact_pages else (),
            accessibility=snapshot.site.accessibility if is_statement else None,
            contacts_path=self.contacts_path if is_statement else "",
            related=self.related(item),
            opening=opening,
        )

    @cached_property
    def contacts_path(self) -> str:
        """The first of the pages with contacts; empty without one."""
        return min(self._snapshot.contact_pages, default="")

    def related(self, item: Item) -> tuple[RelatedItem, ...]:
        """The items that the header names, each once and in its order; none that is withdrawn, nor the item itself."""
        addresses = dict.fromkeys(self._snapshot.linker.related(item)) if item.related else ()
        named = (self._by_address[address] for address in addresses if address in self._by_address)
        withdrawn = self._snapshot.withdrawn
        return tuple(self._related(other) for other in named if other.path not in withdrawn and other is not item)

    @cached_property
    def _by_address(self) -> dict[str, Item]:
        return {item.address: item for item in self._snapshot.all_built}

    def _related(self, item: Item) -> RelatedItem:
        linked, day = self._snapshot.linked(item), item.day if item.is_dated else None
        picture = linked.card_picture._replace(alt="", caption="", credit="") if linked.card_picture else None
        return RelatedItem(item.title, item.address, item.lang, day, picture)

    def withdrawal(self, item: Item) -> Withdrawal:
        """The notice that stands at a withdrawn item's address."""
        original = next((version for version in self.versions(item) if not version.is_translation), None)
        above: tuple[tuple[str, str], ...] = ()
        match item.kind:
            case Kind.NEWS:
                above = (("Новини", NEWS),)
            case Kind.MESSAGE:
                above = (("Підрозділи", UNITS), (self._snapshot.unit_titles.get(item.section, ""), f"/{item.section}/"))
            case Kind.UNIT:
                above = (("Підрозділи", UNITS),)
            case Kind.SERVICE:
                above = (("Послуги", SERVICES),)
        return withdrawal_of(item, original if item.is_translation else None, above)

    # --- translations -----------------------------------------------------------------------------------------

    @cached_property
    def translated(self) -> dict[tuple[str, str], list[Item]]:
        """Originals with their translations, by section and shared address."""
        others = [item for item in self._snapshot.all_built if item.is_translation]
        keys = {(item.section, _untranslated(item)) for item in others}
        by_key: dict[tuple[str, str], list[Item]] = {}
        for item in self._snapshot.all_built if keys else ():
            if (key := (item.section, _untranslated(item))) in keys:
                by_key.setdefault(key, []).append(item)
        return by_key

    def versions(self, item: Item) -> list[Item]:
        """An item with its translations, or with its original and the other ones; empty when it is alone.

        Only a hidden item's page names hidden ones.
        """
        versions = self.translated.get((item.section, _untranslated(item)), []) if self.translated else []
        return versions if item.status == "hidden" else [version for version in versions if version.status != "hidden"]


def _untranslated(item: Item) -> str:
    """The address that an original and its translations share."""
    return item.address.removeprefix(f"/{item.lang}") if item.lang != UKRAINIAN else item.address
