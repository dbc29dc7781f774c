"""Every page that is not one item's own, in groups that change together; each kind of page has a module of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hromada.checks.redirect_rules import RedirectPage
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alphabet import sort_key
from hromada.domain.item import Item
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import ALERTS_FILE, ARCHIVE, LAW_PAGE
from hromada.domain.task import TaskLink
from hromada.editor.form_fields import FormChoices, Option
from hromada.listing.alert_views import AlertView, alert_view
from hromada.listing.event_views import EventCard
from hromada.listing.handbook_pages import HandbookPage
from hromada.listing.law_page import LawView, law_view
from hromada.listing.linked_data import Node
from hromada.pages.admin_pages import admin_groups
from hromada.pages.component_page import component_group
from hromada.pages.event_pages import EventPages
from hromada.pages.feed_pages import FeedPages
from hromada.pages.item_lists import ItemLists
from hromada.pages.item_views import ItemViews
from hromada.pages.linked_data_views import LinkedData
from hromada.pages.list_pages import ListPages
from hromada.pages.photo_pages import PhotoArchive
from hromada.pages.report_pages import ReportPages
from hromada.pages.search_pages import SearchPages
from hromada.pages.service_pages import ServicePages
from hromada.pages.site_map import SiteMap
from hromada.pages.sitemap_file import sitemap_group
from hromada.pages.social_card_plans import SocialCards
from hromada.pages.tag_pages import TagPages
from hromada.pages.text_pages import LATEST_NEWS, TextPages
from hromada.pages.unit_pages import UnitPages
from hromada.pages.view_models import FilePlan, PageGroup, PagePlan, UnitView, page_plan, plain_file
from hromada.pages.well_known_files import well_known_group
from hromada.render.social_card_files import SocialCardRenderer
from hromada.storage.artifact_cache import FileStore
from hromada.storage.lexeme_store import LexemeStore

if TYPE_CHECKING:
    from hromada.pages.report_cards import ReportCard

_HOME_NEWS, _HOME_MESSAGES = 5, 5


class SitePages:
    """All pages of one snapshot, and the context of items' own pages (`items`)."""

    def __init__(
        self, snapshot: ContentSnapshot, theme: Path, store: FileStore, lexemes: LexemeStore,
        renderer: SocialCardRenderer,
    ) -> None:  # fmt: skip
        self.snapshot, self.site, self._theme = snapshot, snapshot.site, theme
        size = self.site.settings.page_size
        self.lists, self.cards = ItemLists(snapshot), SocialCards(snapshot, renderer)
        self.reports = ReportPages(snapshot, theme, store)
        self.photos, self.search, self.map = PhotoArchive(snapshot), SearchPages(snapshot, lexemes), SiteMap(snapshot)
        self.linked_data, self.events = LinkedData(snapshot), EventPages(snapshot)
        self.tags, self.services = TagPages(snapshot, size), ServicePages(snapshot)
        self.units = UnitPages(snapshot, self.lists, self.services, self.events, self.reports)
        self.items = ItemViews(
            snapshot, self.lists, self.units, self.services, self.reports, self.tags, self.linked_data, self.cards,
            self.alerts,
        )  # fmt: skip
        self._list_pages = ListPages(self.lists, self.cards, size)
        self._feeds = FeedPages(snapshot, self.lists, self.cards)

    @cached_property
    def alerts(self) -> tuple[AlertView, ...]:
        """The alerts that are not over, as pages show them."""
        return tuple(alert_view(alert, self.snapshot.clock.moment) for alert in self.snapshot.alerts)

    def with_cards(self, plan: PagePlan) -> PagePlan:
        """A page's plan with cards for the items that it lists, made only for pages that are rendered."""
        context = {name: self.photos.with_cards(self.lists.with_cards(value)) for name, value in plan.context.items()}
        return PagePlan(plan.name, plan.template, context)

    def title_cards(self) -> Iterator[FilePlan]:
        """The files of the cards that have a title instead of a cover."""
        return self.cards.files(category.title for category in self.lists.news_by_category)

    def groups(self) -> dict[str, PageGroup]:
        """Every page that is neither an item's nor a report's own, in groups that change together."""
        lists, units, cards = self.lists, self.units.listed, self.reports.index.cards
        groups = {
            "home": PageGroup(self._home, self._home_inputs(), is_single_page=True),
            "sitemap": sitemap_group(self.snapshot, lists, (self.photos, self.map, self.tags, self.events)),
            "plain": PageGroup(self._plain, ()),
            "alerts": PageGroup(self._alerts_file, (self._alert_objects(),)),
            "moved": PageGroup(self._moved, (self.snapshot.moved,)),
            "well-known": well_known_group(self.site.settings, self.snapshot.clock.day),
        }
        groups |= self._list_pages.groups(self.units.with_messages, has_tags=bool(self.tags.shared))
        groups |= self.units.groups() | self.reports.groups() | self._feeds.groups(units)
        groups |= self.photos.groups() | self.services.groups() | self.tags.groups() | self.events.groups()
        groups |= self.search.page_groups()
        groups |= self.map.groups(
            [MenuLink(unit.title, unit.path) for unit in units],
            [MenuLink(category.title, category.path) for category in lists.news_by_category],
            [MenuLink(f"{year.number} рік", f"{ARCHIVE}#y{year.number}") for year in lists.news_years],
            [MenuLink(f"За {card.period_title}", card.path) for card in cards],
        )
        groups |= TextPages(self.snapshot, self.alerts, lists.current(lists.news, LATEST_NEWS)).groups()
        groups |= admin_groups(self.site, self._theme, self._form_choices())
        if self.site.settings.components:
            groups["components"] = component_group(self)
        if self.site.law is not None:
            groups["law"] = PageGroup(self._law, (law_view(self.snapshot.point_coverage),), is_single_page=True)
        for chapter in self.snapshot.handbook.pages:
            groups[chapter.path] = PageGroup(self._chapter, (chapter,), is_single_page=True)
        return groups

    def _form_choices(self) -> FormChoices:
        """What the forms of the editor offer: categories.toml, else the categories in use; the listed units."""
        in_use = sorted((category.title for category in self.lists.news_by_category), key=sort_key)
        units = (Option(unit.id, unit.title) for unit in self.units.listed)
        return FormChoices(tuple(self.snapshot.content.categories or in_use), tuple(units))

    # --- pages of one kind --------------------------------------------------------------------------------------

    def _home_inputs(self) -> tuple[object, ...]:
        lists = self.lists
        return (
            lists.current(lists.news, _HOME_NEWS),
            lists.current(lists.messages, _HOME_MESSAGES),
            self.events.next_ones,
            self.events.on_weekends,
            self.units.current,
            self.reports.latest,
            self.snapshot.tasks,
            self.alerts,
            self.linked_data.of_home(),
        )

    def _home(
        self,
        news: list[Item],
        messages: list[Item],
        events: tuple[EventCard, ...],
        on_weekends: tuple[EventCard, ...],
        units: list[UnitView],
        report: ReportCard | None,
        tasks: tuple[TaskLink, ...],
        alerts: tuple[AlertView, ...],
        linked_data: tuple[Node, ...],
    ) -> Iterator[PagePlan]:
        context = {
            "news": news, "messages": messages, "events": events, "on_weekends": on_weekends, "units": units, "report": report,
            "tasks": tasks, "alerts": alerts, "linked_data": linked_data,
        }  # fmt: skip
        yield PagePlan("index.html", "home.html", context)

    def _law(self, law: LawView) -> Iterator[PagePlan]:
        yield page_plan(LAW_PAGE, "law.html", law=law)

    def _chapter(self, chapter: HandbookPage) -> Iterator[PagePlan]:
        """A page of the editors' handbook, not for search engines."""
        yield page_plan(chapter.path, "handbook.html", chapter=chapter, noindex=True)

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
