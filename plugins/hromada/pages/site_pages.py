"""Plans of every page that is not one item's own: its name, its template and its context."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hromada.checks.redirect_rules import RedirectPage
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alphabet import sort_key
from hromada.domain.calendar import midnight
from hromada.domain.item import UKRAINIAN, Item, Kind
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import (
    ACCESSIBILITY,
    ALERTS_FILE,
    ARCHIVE,
    LAW_PAGE,
    MESSAGES,
    MESSAGES_FEED,
    NEWS,
    NEWS_FEED,
    REPORTS,
    SEARCH_PAGE,
    SERVICES,
    UNITS,
    category_feed,
    message_month_path,
    month_path,
)
from hromada.domain.task import TaskLink
from hromada.editor.entry_links import link_to_form, pages_link_to_forms
from hromada.editor.form_fields import FormChoices, Option
from hromada.images.social_cards import SocialCard
from hromada.listing.alert_views import AlertView, alert_view
from hromada.listing.cards import Category, hours_view
from hromada.listing.event_views import EventCard, event_view
from hromada.listing.gallery_rows import gallery_view
from hromada.listing.handbook_links import HandbookPage
from hromada.listing.law_page import LawView, law_view
from hromada.listing.linked_data import Node
from hromada.listing.pagination import (
    Listing,
    Month,
    YearCount,
    by_category,
    by_month,
    month_link,
    month_of,
    paginate,
    years_of,
)
from hromada.listing.validity import Withdrawal, validity_of, withdrawal_of
from hromada.pages.admin_pages import admin_groups
from hromada.pages.component_page import component_group
from hromada.pages.event_pages import EventPages
from hromada.pages.linked_data_views import LinkedData
from hromada.pages.photo_pages import PhotoArchive
from hromada.pages.search_pages import SearchPages
from hromada.pages.service_pages import ServicePages
from hromada.pages.site_map import SiteMap
from hromada.pages.tag_pages import TagPages
from hromada.pages.text_pages import LATEST_NEWS, TextPages
from hromada.pages.unit_pages import UnitActivity, documents_of
from hromada.pages.view_models import (
    AttachmentLink,
    DatedSection,
    Details,
    Feed,
    FeedEntry,
    FilePlan,
    Html,
    PageGroup,
    PagePlan,
    RelatedItem,
    SitemapEntry,
    Translation,
    UnitView,
    VersionPage,
    plain_file,
)
from hromada.pages.well_known_files import well_known_group
from hromada.render.card_files import CardDrawer
from hromada.render.links import published_path
from hromada.storage.artifact_cache import FileStore
from hromada.system.regular_files import digest_of
from hromada.system.scan import walk

if TYPE_CHECKING:
    from hromada.pages.report_cards import ReportCard, UnitShare
    from hromada.pages.report_files import Documents
    from hromada.report.approval.report_state import ReportState
    from hromada.report.view.report_view import Mention, ReportView

FEED_SIZE = 20
_HOME_NEWS, _HOME_MESSAGES = 5, 5
_LANGUAGES = {"uk": "українською", "en": "англійською", "pl": "польською", "de": "німецькою"}
_NEWS_SECTION = DatedSection("Новини", (("Новини", NEWS), ("Архів", ARCHIVE)), "новина", names_units=False)
_MESSAGES_SECTION = DatedSection("Повідомлення", (("Повідомлення", MESSAGES),), "повідомлення", names_units=True)
_UNIT_KINDS = {"unit": "структурний підрозділ", "partner": "організація"}


class ReportIndex(NamedTuple):
    """What other pages show of reports: cards, by an item's address the figures that count it, by a unit's its share."""

    inputs: str
    cards: tuple[ReportCard, ...]
    mentions: dict[str, tuple[Mention, ...]]
    shares: dict[str, tuple[UnitShare, ...]]


class SitePages:
    """All pages of one snapshot, and the context of items' own pages."""

    def __init__(self, snapshot: ContentSnapshot, theme: Path, store: FileStore, drawer: CardDrawer) -> None:
        self.snapshot = snapshot
        self.site = snapshot.site
        self.size = self.site.settings.page_size
        self._views: dict[str, ReportView] = {}
        self._theme, self._store, self._drawer = theme, store, drawer
        self.photos = PhotoArchive(snapshot)
        self.search = SearchPages(snapshot)
        self.map = SiteMap(snapshot)
        self.linked_data = LinkedData(snapshot)
        self.services = ServicePages(snapshot, self._attachment)
        self.tags = TagPages(snapshot, self.size)
        self.events = EventPages(snapshot)

    @cached_property
    def news(self) -> list[Item]:
        """The listed news, newest first."""
        return self.snapshot.newest(Kind.NEWS)

    @cached_property
    def by_month(self) -> dict[Month, list[Item]]:
        return by_month(self.news)

    @cached_property
    def by_category(self) -> dict[Category, list[Item]]:
        return by_category(self.news)

    @cached_property
    def years(self) -> tuple[YearCount, ...]:
        return years_of({month: len(items) for month, items in self.by_month.items()})

    @cached_property
    def alerts(self) -> tuple[AlertView, ...]:
        """The alerts that are not over, as pages show them."""
        return tuple(alert_view(alert, self.snapshot.clock.moment) for alert in self.snapshot.alerts)

    @cached_property
    def all_messages(self) -> list[Item]:
        """The listed messages of all units, newest first."""
        return self.snapshot.newest(Kind.MESSAGE)

    @cached_property
    def messages_by_month(self) -> dict[Month, list[Item]]:
        return by_month(self.all_messages)

    @cached_property
    def messages(self) -> dict[str, list[Item]]:
        """The listed messages by unit, newest first."""
        by_unit: dict[str, list[Item]] = {}
        for item in self.all_messages:
            by_unit.setdefault(item.section.removeprefix("units/"), []).append(item)
        return by_unit

    def with_cards(self, plan: PagePlan) -> PagePlan:
        """A page's plan with cards for the items that it lists, made only for pages that are rendered."""
        context = {name: self._with_cards(value) for name, value in plan.context.items()}
        return PagePlan(plan.name, plan.template, context)

    def _with_cards(self, value: Any) -> Any:
        if isinstance(value, Listing) and all(isinstance(item, Item) for item in value.items[:1]):
            return replace(value, items=tuple(map(self.snapshot.card, value.items)))
        if isinstance(value, list) and value and isinstance(value[0], Item):
            return [self.snapshot.card(item) for item in value]
        return self.photos.with_cards(value)

    @cached_property
    def translated(self) -> dict[tuple[str, str], list[Item]]:
        """Originals with their translations, by section and shared address."""
        others = [item for item in self.snapshot.all_built if item.is_translation]
        keys = {(item.section, _untranslated(item)) for item in others}
        by_key: dict[tuple[str, str], list[Item]] = {}
        for item in self.snapshot.all_built if keys else ():
            if (key := (item.section, _untranslated(item))) in keys:
                by_key.setdefault(key, []).append(item)
        return by_key

    def _form_choices(self) -> FormChoices:
        """What the forms of the editor offer: categories.toml, else the categories in use; the listed units."""
        categories = self.snapshot.content.categories or sorted((one.title for one in self.by_category), key=sort_key)
        units = (Option(unit.id, unit.title) for unit in self.units)
        return FormChoices(tuple(categories), tuple(units))

    @cached_property
    def units(self) -> list[UnitView]:
        """The listed units in alphabetical order."""
        listed = (self.unit(item) for item in self.snapshot.units.values() if item.is_listed(self.snapshot.clock))
        return sorted(listed, key=lambda unit: sort_key(unit.title))

    @cached_property
    def listed(self) -> frozenset[str]:
        """The addresses of items that lists may name."""
        return frozenset(item.address for item in self.snapshot.all_built if item.status == "published")

    @cached_property
    def documents_digest(self) -> str:
        """A digest of the documents' template with its fonts."""
        files = walk(self._theme / "documents").items()
        return digest_of(b"".join(path.encode() + file.source.read() for path, file in files))

    @cached_property
    def documents(self) -> Documents:
        from hromada.pages.report_files import Documents

        return Documents(self.snapshot, self.view, self.listed, self._theme, self._store)

    # --- items' own pages -------------------------------------------------------------------------------------

    def unit(self, item: Item) -> UnitView:
        assert item.unit is not None
        unit = item.unit
        return UnitView(
            unit.id, item.title, item.address, unit.kind, _UNIT_KINDS[unit.kind], unit.confirmed, unit.phone, unit.email,
            unit.address, unit.map, hours_view(unit.hours), unit.head, unit.closed, len(self.messages.get(unit.id, ())),
            f"{UNITS}{unit.id}/feed.atom" if item.status != "hidden" else "",
            item.summary or self.snapshot.metadata(item).summary,
        )  # fmt: skip

    def unit_activity(self, item: Item) -> UnitActivity:
        """What a unit's own page shows of other files beside the list of its messages."""
        assert item.unit is not None
        original = item.address.removeprefix(f"/{item.lang}") if item.is_translation else item.address
        shares = self.reported.shares.get(original, ())
        begun = (share for share in shares if share.first <= self.snapshot.clock.day)
        messages = self.messages.get(item.unit.id, ())
        documents = documents_of(messages, self.snapshot, self._attachment)
        return UnitActivity(
            self.services.of_unit(original), self.events.of_unit(original), documents, next(begun, None)
        )

    def unit_listings(self, item: Item) -> list[Listing[Item]]:
        assert item.unit is not None
        return paginate(self.messages.get(item.unit.id, []), f"{UNITS}{item.unit.id}/", self.size)

    def views(self, item: Item) -> dict[str, Any]:
        """The context of an item's own page; `listing` reaches the template through the writer."""
        if item.path in self.snapshot.withdrawn:
            return {"withdrawal": self.withdrawal(item)}
        details = self.details(item)
        views: dict[str, Any] = {"details": details, "linked_data": self.linked_data.of_item(item, details.social)}
        if pages_link_to_forms(self.snapshot.site.settings):
            views["edit_link"] = link_to_form(item)
        match item.kind:
            case Kind.UNIT:
                listing = self._with_cards(self.unit_listings(item)[0])
                views |= {"unit": self.unit(item), "activity": self.unit_activity(item), "listing": listing}
            case Kind.SERVICE:
                views |= {"service": self.services.view(item)}
            case Kind.REPORT:
                views |= {"report": self.view(self.snapshot.reports.report_states[item.path])}
            case Kind.NEWS | Kind.MESSAGE:
                views |= {"card": self.snapshot.card(item), "card_details": views["details"]}
        return views

    def details(self, item: Item) -> Details:
        snapshot = self.snapshot
        versions, linked = self.beside(item), snapshot.linked(item)
        original = next((other.address for other in versions if not other.is_translation), None)
        is_link = item.source.startswith(("http://", "https://"))
        return Details(
            modified=item.modified,
            summary=item.summary,
            source=item.source,
            source_url=item.source if is_link else "",
            author=item.author,
            tags=self.tags.links(item),
            gallery=gallery_view(linked.gallery),
            files=tuple(self._attachment(path) for path in linked.attachments if path != linked.form),
            lead=linked.lead,
            translations=tuple(
                Translation(other.lang, _LANGUAGES.get(other.lang, other.lang), other.address)
                for other in versions
                if other is not item
            ),
            original=original if item.is_translation else None,
            validity=validity_of(item, snapshot.clock),
            extra=dict(item.extra),
            mentions=self.reported.mentions.get(item.address, ()),
            social=self.cover_card(item) or self._drawer.card(self._shared_title(item)).card,
            contact=snapshot.unit_contact(item),
            event=event_view(item, item.announced) if item.announced else None,
            alerts=self.alerts if item.address in snapshot.contact_pages else (),
            accessibility=self.site.accessibility if item.address == ACCESSIBILITY else None,
            contacts_path=self.contacts_path if item.address == ACCESSIBILITY else "",
            related=self.related(item),
        )

    @cached_property
    def contacts_path(self) -> str:
        """The first of the pages with contacts; empty without one."""
        return min(self.snapshot.contact_pages, default="")

    def related(self, item: Item) -> tuple[RelatedItem, ...]:
        """The items that the header names, each once and in its order; none that is withdrawn, nor the item itself."""
        addresses = dict.fromkeys(self.snapshot.linker.related(item)) if item.related else ()
        named = (self._by_address[address] for address in addresses if address in self._by_address)
        return tuple(self._related(one) for one in named if one.path not in self.snapshot.withdrawn and one is not item)

    @cached_property
    def _by_address(self) -> dict[str, Item]:
        return {item.address: item for item in self.snapshot.all_built}

    def _related(self, item: Item) -> RelatedItem:
        linked, day = self.snapshot.linked(item), item.day if item.is_dated else None
        picture = linked.card_picture._replace(alt="", caption="", credit="") if linked.card_picture else None
        return RelatedItem(item.title, item.address, item.lang, day, picture)

    def withdrawal(self, item: Item) -> Withdrawal:
        """The notice that stands at a withdrawn item's address."""
        original = next((one for one in self.beside(item) if not one.is_translation), None)
        above: tuple[tuple[str, str], ...] = ()
        match item.kind:
            case Kind.NEWS:
                above = (("Новини", NEWS),)
            case Kind.MESSAGE:
                above = (("Підрозділи", UNITS), (self.snapshot.unit_titles.get(item.section, ""), f"/{item.section}/"))
            case Kind.UNIT:
                above = (("Підрозділи", UNITS),)
            case Kind.SERVICE:
                above = (("Послуги", SERVICES),)
        return withdrawal_of(item, original if item.is_translation else None, above)

    # --- social cards -----------------------------------------------------------------------------------------

    def cover_card(self, item: Item) -> SocialCard | None:
        """The card cut out of an item's cover; None for an item without one."""
        linked = self.snapshot.linked(item)
        if not linked.cover:
            return None
        picture = linked.lead or linked.gallery[0]
        return SocialCard(self.snapshot.pictures.plan(linked.cover).card_name, picture.alt or item.title)

    def _shared_title(self, item: Item) -> str:
        """The title on the card that an item without a cover shares with its category, unit or section; empty: the site's."""
        match item.kind:
            case Kind.NEWS:
                return item.category or "Новини"
            case Kind.MESSAGE:
                return self.snapshot.unit_titles.get(item.section, "")
            case Kind.UNIT:
                return item.title
            case Kind.SERVICE:
                return "Послуги"
            case _:
                return ""

    def drawn_cards(self) -> Iterator[FilePlan]:
        """The cards of sections, categories and units that some page shows, and the site's own."""
        titles = {"", *(category.title for category in self.by_category)}
        shown = (item for item in self.snapshot.all_built if item.path not in self.snapshot.withdrawn)
        titles |= {self._shared_title(item) for item in shown if not self.snapshot.linked(item).cover}
        cards = {self._drawer.card(title) for title in titles}
        for card in sorted(cards):
            yield FilePlan((card.name,), card.made_of, partial(self._drawer.files, card), is_slow=True)

    def beside(self, item: Item) -> list[Item]:
        """An item with its translations, or with its original and the other ones; empty when it is alone.

        Only a hidden item's page names hidden ones.
        """
        versions = self.translated.get((item.section, _untranslated(item)), []) if self.translated else []
        return versions if item.status == "hidden" else [version for version in versions if version.status != "hidden"]

    def _attachment(self, path: str) -> AttachmentLink:
        size = self.snapshot.content.size_of(path)
        name = path.rpartition("/")[2]
        return AttachmentLink(name, published_path(path), _format_size(size), name.rpartition(".")[2].upper())

    # --- lists ----------------------------------------------------------------------------------------------

    def groups(self) -> dict[str, PageGroup]:
        """Every page that is neither an item's nor a report's own, in groups that change together."""
        categories, years, units = tuple(self.by_category), self.years, self.units
        groups = {
            "home": PageGroup(
                self._home,
                (
                    self._holding(self.news, _HOME_NEWS),
                    self._holding(self.all_messages, _HOME_MESSAGES),
                    self.events.next_ones,
                    self._holding_units(),
                    self._latest(),
                    self.snapshot.tasks,
                    self.alerts,
                    self.linked_data.of_home(),
                ),
                is_single_page=True,
            ),
            "messages": PageGroup(
                self._all_messages,
                (self.all_messages[: self.size], self._message_years(), self._units_with_messages()),
                is_single_page=True,
            ),
            "news": PageGroup(
                self._news,
                (self.news[: self.size], self._next_month(), categories, years, bool(self.tags.shared)),
                is_single_page=True,
            ),
            "archive": PageGroup(self._archive, (years,), is_single_page=True),
            "units": PageGroup(self._units, (units,), is_single_page=True),
            "reports": PageGroup(self._reports, (self.reported.cards,), is_single_page=True),
            "map": PageGroup(
                self._sitemap, (self.snapshot.counted_inputs, self.site.law is not None), is_single_page=True
            ),
            "plain": PageGroup(self._plain, ()),
            "alerts": PageGroup(self._alerts_file, (self._alert_objects(),)),
            "moved": PageGroup(self._moved, (self.snapshot.moved,)),
        }
        groups |= self.photos.groups()
        groups |= self.map.groups(
            [MenuLink(unit.title, unit.path) for unit in units],
            [MenuLink(category.title, category.path) for category in categories],
            [MenuLink(f"{year.number} рік", f"{ARCHIVE}#y{year.number}") for year in years],
            [MenuLink(f"За {card.period_title}", card.path) for card in self.reported.cards],
        )
        groups["well-known"] = well_known_group(self.site.settings, self.snapshot.clock.day)
        if self.site.settings.components:
            groups["components"] = component_group(self)
        groups |= self.photos.groups() | self.services.groups()
        groups |= self.search.groups()
        groups |= admin_groups(self.site, self._theme, self._form_choices())
        groups |= self.tags.groups()
        groups |= self.events.groups()
        groups |= TextPages(self.snapshot, self.alerts, self._holding(self.news, LATEST_NEWS)).groups()
        if self.site.law is not None:
            groups["law"] = PageGroup(self._law, (law_view(self.snapshot.covered),), is_single_page=True)
        for chapter in self.snapshot.handbook.pages:
            groups[chapter.path] = PageGroup(self._chapter, (chapter,), is_single_page=True)
        groups |= self._month_groups(_NEWS_SECTION, self.by_month, month_path)
        groups |= self._month_groups(_MESSAGES_SECTION, self.messages_by_month, message_month_path)
        for category, items in self.by_category.items():
            groups[category.path] = PageGroup(self._category, (MenuLink(category.title, category.path), items))
            feed = category_feed(category.path)
            groups[feed] = self._feed_group(f"{self.site.settings.name}: {category.title}", feed, category.path, items)
        for item in self.snapshot.built(Kind.UNIT):
            if not item.is_translation and item.unit:
                unit_link = MenuLink(item.title, item.address)
                groups[item.address] = PageGroup(self._messages, (unit_link, self.messages.get(item.unit.id, [])))
        name = self.site.settings.name
        groups[NEWS_FEED] = self._feed_group(f"{name}: новини", NEWS_FEED, NEWS, self.news)
        groups[MESSAGES_FEED] = self._feed_group(
            f"{name}: повідомлення підрозділів", MESSAGES_FEED, MESSAGES, self.all_messages
        )
        for unit in units:
            title = f"{name}: {unit.title}"
            groups[unit.feed] = self._feed_group(title, unit.feed, unit.path, self.messages.get(unit.id, []))
        return groups

    def _holding(self, newest: list[Item], most: int) -> list[Item]:
        """The newest items that are not over."""
        return list(islice((item for item in newest if not item.is_over(self.snapshot.clock)), most))

    def _holding_units(self) -> list[UnitView]:
        over = {item.address for item in self.snapshot.units.values() if item.is_over(self.snapshot.clock)}
        return [unit for unit in self.units if unit.path not in over] if over else self.units

    def _home(
        self,
        news: list[Item],
        messages: list[Item],
        events: tuple[EventCard, ...],
        units: list[UnitView],
        report: ReportCard | None,
        tasks: tuple[TaskLink, ...],
        alerts: tuple[AlertView, ...],
        linked_data: tuple[Node, ...],
    ) -> Iterator[PagePlan]:
        context = {
            "news": news, "messages": messages, "events": events, "units": units, "report": report, "tasks": tasks, "alerts": alerts,
            "linked_data": linked_data,
        }  # fmt: skip
        yield PagePlan("index.html", "home.html", context)

    def _all_messages(
        self, messages: list[Item], years: tuple[YearCount, ...], units: list[UnitView]
    ) -> Iterator[PagePlan]:
        """The latest messages of all units."""
        yield _page(MESSAGES, "messages.html", messages=messages, years=years, units=units)

    def _message_years(self) -> tuple[YearCount, ...]:
        counts = {month: len(items) for month, items in self.messages_by_month.items()}
        return years_of(counts, MESSAGES, message_month_path)

    def _units_with_messages(self) -> list[UnitView]:
        return [unit for unit in self.units if unit.messages]

    def _month_groups(
        self, section: DatedSection, items_by_month: dict[Month, list[Item]], path_of: Callable[[int, int], str]
    ) -> dict[str, PageGroup]:
        """The lists of a section's months, each linked to its neighbours."""
        months = [month_link(month, path_of) for month in items_by_month]
        return {
            month.path: PageGroup(self._month, (section, month, newer, older, items))
            for newer, month, older, items in zip(
                [None, *months], months, [*months[1:], None], items_by_month.values(), strict=False
            )
        }

    def _next_month(self) -> MenuLink | None:
        """The month whose list continues the page of the latest news."""
        return month_link(month_of(self.news[self.size])) if len(self.news) > self.size else None

    def _news(
        self,
        news: list[Item],
        goes_on: MenuLink | None,
        categories: tuple[Category, ...],
        years: tuple[YearCount, ...],
        has_tags: bool,
    ) -> Iterator[PagePlan]:
        context = {"goes_on": goes_on, "categories": categories, "years": years, "has_tags": has_tags}
        yield _page(NEWS, "news.html", news=news, **context)

    def _archive(self, years: tuple[YearCount, ...]) -> Iterator[PagePlan]:
        yield _page(ARCHIVE, "archive.html", years=years)

    def _month(
        self, section: DatedSection, month: MenuLink, newer: MenuLink | None, older: MenuLink | None, items: list[Item]
    ) -> Iterator[PagePlan]:
        for listing in paginate(items, month.path, self.size):
            context = {"section": section, "newer": newer, "older": older} | _heading(month, listing, items)
            yield _page(listing.path, "month.html", **context)

    def _category(self, category: MenuLink, items: list[Item]) -> Iterator[PagePlan]:
        for listing in paginate(items, category.path, self.size):
            social = self._drawer.card(category.title).card
            yield _page(listing.path, "category.html", social=social, **_heading(category, listing, items))

    def _units(self, units: list[UnitView]) -> Iterator[PagePlan]:
        yield _page(
            UNITS, "units.html", total=len(units), units=[unit for unit in units if unit.kind == "unit"],
            partners=[unit for unit in units if unit.kind == "partner"],
        )  # fmt: skip

    def _messages(self, unit: MenuLink, items: list[Item]) -> Iterator[PagePlan]:
        """The further pages of a unit's messages; the first one is the unit's own."""
        for listing in paginate(items, unit.path, self.size)[1:]:
            yield _page(listing.path, "unit_messages.html", of=unit, listing=listing)

    def _reports(self, cards: tuple[ReportCard, ...]) -> Iterator[PagePlan]:
        yield _page(REPORTS, "reports.html", reports=cards)

    def _law(self, law: LawView) -> Iterator[PagePlan]:
        yield _page(LAW_PAGE, "law.html", law=law)

    def _chapter(self, chapter: HandbookPage) -> Iterator[PagePlan]:
        """A page of the editors' handbook, not for search engines."""
        yield _page(chapter.path, "handbook.html", chapter=chapter, noindex=True)

    def _plain(self) -> Iterator[PagePlan]:
        yield PagePlan("404.html", "404.html", {"noindex": True})
        yield PagePlan("robots.txt", "robots.txt")

    def _alert_objects(self) -> list[dict[str, str | None]]:
        link = self.site.settings.link
        return [
            alert.as_object(link(alert.link) if alert.link.startswith("/") else alert.link)
            for alert in self.snapshot.alerts
        ]

    def _alerts_file(self, objects: list[dict[str, str | None]]) -> Iterator[FilePlan]:
        """The alerts for the script of the pages that do not show them themselves."""
        yield plain_file(ALERTS_FILE.strip("/"), json.dumps(objects, ensure_ascii=False, indent=1).encode() + b"\n")

    def _moved(self, pages: tuple[RedirectPage, ...]) -> Iterator[PagePlan]:
        """Pages at former addresses: they redirect, or say that the page was removed."""
        for page in pages:
            if page.target:
                yield PagePlan(page.file, "moved.html", {"target": page.target, "title": page.title, "noindex": True})
            else:
                yield PagePlan(page.file, "gone.html", {"noindex": True})

    # --- reports ----------------------------------------------------------------------------------------------

    def view(self, report_state: ReportState) -> ReportView:
        """The view of a report, made once for its page, its lists and its documents."""
        if report_state.path not in self._views:
            from hromada.report.view.build_view import report_view

            self._views[report_state.path] = report_view(report_state, self.snapshot.counting, self.listed)
        return self._views[report_state.path]

    @cached_property
    def reported(self) -> ReportIndex:
        """What other pages show of reports, cached with its inputs: most builds count nothing."""
        file_cache, note = self.snapshot.file_cache, self.snapshot.report_note
        assert note is not None
        inputs, listed = note.digest, self.snapshot.listed(Kind.REPORT)
        if not listed:
            return ReportIndex(inputs, (), {}, {})
        from hromada.pages.report_cards import REPORTED, unit_shares

        cached = file_cache.note("reported", REPORTED)
        if cached is not None and cached[0] == inputs:
            return ReportIndex(*cached)
        report_states = [self.snapshot.reports.report_states[item.path] for item in listed]
        # Published reports, the latest period first; of those that end together, the longest.
        views = sorted(map(self.view, report_states), key=lambda view: (-view.last.toordinal(), view.first, view.path))
        cards = tuple(map(_report_card, views))
        index = ReportIndex(inputs, cards, _mentions(report_states), unit_shares(views))
        file_cache.keep_note("reported", REPORTED, index)
        return index

    def _latest(self) -> ReportCard | None:
        """The latest report whose period has begun."""
        begun = [card for card in self.reported.cards if card.first <= self.snapshot.clock.day]
        return begun[0] if begun else None

    def report_lists(self) -> Iterator[PagePlan]:
        """The lists behind every report's figures, and the pages of its former approved versions."""
        for item in self.snapshot.built(Kind.REPORT):
            hidden = item.status == "hidden"
            reports = self.snapshot.reports
            current = reports.report_states[item.path]
            yield from self._figure_lists(current, self.view(current), hidden)
            for report_state in reports.versions[item.path]:
                view = self.view(report_state)
                page = VersionPage(view, reports.text(report_state).html)
                yield _page(report_state.path, "report.html", page=page, noindex=True)
                yield from self._figure_lists(report_state, view, hidden=True)

    def _figure_lists(self, report_state: ReportState, report: ReportView, hidden: bool) -> Iterator[PagePlan]:
        from hromada.report.view.build_view import entry_list_builder

        lists = entry_list_builder(report_state, self.snapshot.counting, self.listed)
        for count, figure in zip(report_state.activity.counts, report.figures, strict=True):
            for page in lists.pages_of(count):
                yield _page(
                    page.path, "figure.html", report=report, figure=figure, listing=page,
                    noindex=hidden or bool(page.selection or page.pager.before),
                )  # fmt: skip

    def report_files(self) -> Iterator[FilePlan]:
        """The files beside each report and each of its former versions."""
        for report_state in self.snapshot.reports.pages():
            yield from self.documents.files_of(report_state)

    # --- feeds and the map --------------------------------------------------------------------------------------

    def _feed_group(self, title: str, path: str, page_path: str, items: list[Item]) -> PageGroup:
        """A feed: the only list that shows whole texts."""
        newest = items[:FEED_SIZE]
        texts = [self._html(item) for item in newest]
        return PageGroup(self._feed, (title, path, page_path, newest, texts), is_single_page=True)

    def _feed(self, title: str, path: str, page_path: str, items: list[Item], texts: list[Html]) -> Iterator[PagePlan]:
        entries = tuple(self._entry(item, text) for item, text in zip(items, texts, strict=True))
        # An empty feed is as old as its publisher: the build's own time may not stand in the output.
        never = midnight(self.site.settings.publishers[0].since)
        updated = max((entry.updated for entry in entries), default=never)
        yield PagePlan(path.strip("/"), "atom.xml", {"feed": Feed(title, path, page_path, updated, entries)})

    def _entry(self, item: Item, text: Html) -> FeedEntry:
        card, linked = self.snapshot.card(item), self.snapshot.linked(item)
        updated = max(card.when, card.modified) if card.modified else card.when
        return FeedEntry(
            card.title,
            card.path,
            card.when,
            updated,
            card.summary,
            text,
            self.cover_card(item),
            linked.lead,
            linked.gallery,
        )

    def _html(self, item: Item) -> Html:
        snapshot = self.snapshot
        return Html(snapshot.content.entries[item.path].key, lambda: snapshot.html(item))

    def _sitemap(self, _inputs: str, has_law: bool) -> Iterator[PagePlan]:
        """The sitemap: no hidden items, no further pages of lists."""
        latest = _valid_lastmod(self.news[0].day) if self.news else None
        entries = [SitemapEntry("/", latest), SitemapEntry(NEWS, latest), SitemapEntry(ARCHIVE, latest)]
        entries += [SitemapEntry(month.path, None) for year in self.years for month in year.months]
        entries += [SitemapEntry(category.path, None) for category in self.by_category]
        entries += [SitemapEntry(path, None) for path in (*self.photos.paths, *self.map.paths, *self.tags.paths)]
        entries += [SitemapEntry(path, None) for path in self.events.paths]
        entries += [SitemapEntry(path, None) for path in (UNITS, REPORTS, MESSAGES, SERVICES, SEARCH_PAGE)]
        entries += [SitemapEntry(month.path, None) for year in self._message_years() for month in year.months]
        entries += [SitemapEntry(LAW_PAGE, None)] if has_law else []
        for item in sorted(self.snapshot.all_built, key=lambda item: item.address):
            if item.status == "published" and item.path not in self.snapshot.withdrawn:
                entries.append(SitemapEntry(item.address, _lastmod(item)))
        yield PagePlan("sitemap.xml", "sitemap.xml", {"entries": entries})


def _heading(of: MenuLink, listing: Listing[Item], items: list[Item]) -> dict[str, Any]:
    """A list's title and, on its newest page only, its length: the other pages need not change for a new item."""
    return {"of": of, "listing": listing, "total": len(items) if listing.number is None else None}


def _page(path: str, template: str, **context: Any) -> PagePlan:
    return PagePlan(f"{path.strip('/')}/index.html", template, context)


def _mentions(report_states: list[ReportState]) -> dict[str, tuple[Mention, ...]]:
    from hromada.report.view.build_view import mentions

    return mentions(report_states)


def _report_card(view: ReportView) -> ReportCard:
    from hromada.pages.report_cards import ReportCard
    from hromada.report.view.report_view import HEADLINE

    figures = tuple(figure for figure in view.figures if figure.id in HEADLINE)
    approved = view.approval.on if view.approval else None
    return ReportCard(
        view.title, view.path, view.period_title, view.first, view.last, view.complete, view.status, approved, figures
    )  # fmt: skip


def _untranslated(item: Item) -> str:
    """The address that an original and its translations share."""
    return item.address.removeprefix(f"/{item.lang}") if item.lang != UKRAINIAN else item.address


def _format_size(size: int) -> str:
    """«42 КБ», «1,5 МБ»."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}КБ"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}МБ"


def _lastmod(item: Item) -> date | None:
    """The day of an item's last change."""
    return _valid_lastmod(item.modified.date() if item.modified else item.day if item.is_dated else None)


def _valid_lastmod(day: date | None) -> date | None:
    return day if day and day >= _FIRST_LASTMOD else None


_FIRST_LASTMOD = date(1970, 1, 1)  # readers of sitemaps reject earlier days
