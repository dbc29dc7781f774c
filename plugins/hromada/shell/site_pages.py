"""Every page of the site that is not one item's own: what it is called, which template draws it, with what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from hromada.domain.alphabet import sort_key
from hromada.domain.item import UKRAINIAN, Item, Kind
from hromada.listing.cards import Card, Category
from hromada.listing.pages import Listing, YearOfNews, categories_of, paginate, years_of
from hromada.report.show import lister, mentions, report_view
from hromada.report.statement import Statement
from hromada.report.view import HEADLINE, ReportView
from hromada.shell.document_store import DocumentStore
from hromada.shell.documents import Documents
from hromada.shell.edition import Edition
from hromada.shell.page_views import (
    Attachment,
    Details,
    Feed,
    FeedEntry,
    MapEntry,
    PagePlan,
    ReportCard,
    Translation,
    Unit,
    VersionPage,
)
from hromada.shell.rendering import published_path

FEED_SIZE = 20
_LANGUAGES = {"uk": "українською", "en": "англійською", "pl": "польською", "de": "німецькою"}
_UNIT_KINDS = {"unit": "структурний підрозділ", "partner": "організація"}


class SitePages:
    """All pages of one edition, and what items' own pages show."""

    def __init__(self, edition: Edition, theme: Path, store: DocumentStore) -> None:
        self.edition = edition
        self.site = edition.site
        self.size = self.site.settings.page_size
        self.news = edition.cards_of(Kind.NEWS)
        self.messages: dict[str, list[Card]] = {}
        for card in edition.cards_of(Kind.MESSAGE):
            self.messages.setdefault(card.section.removeprefix("units/"), []).append(card)
        self.translations: dict[tuple[str, str], list[Item]] = {}
        for item in edition.built(*Kind):
            self.translations.setdefault((item.section, _untranslated(item)), []).append(item)
        self.units = sorted(
            (self.unit(item) for item in self.site.units.values() if item.is_listed(edition.clock)),
            key=lambda unit: sort_key(unit.title),
        )
        self.addresses = frozenset(item.address for item in edition.built(*Kind))
        self._views: dict[str, ReportView] = {}
        self.documents = Documents(edition, self._view, self.addresses, theme, store)
        self.reports = {item.path: self._view(edition.statements[item.path]) for item in edition.built(Kind.REPORT)}
        self.mentions = mentions([edition.statements[item.path] for item in edition.listed(Kind.REPORT)])

    # --- items' own pages -------------------------------------------------------------------------------------

    def unit(self, item: Item) -> Unit:
        assert item.unit is not None
        one = item.unit
        return Unit(
            one.id, item.title, item.address, one.kind, _UNIT_KINDS[one.kind], one.confirmed, one.phone, one.email,
            one.address, one.hours, one.head, one.closed, len(self.messages.get(one.id, ())),
            f"/units/{one.id}/feed.atom",
        )  # fmt: skip

    def unit_listings(self, item: Item) -> list[Listing]:
        assert item.unit is not None
        return paginate(self.messages.get(item.unit.id, []), f"/units/{item.unit.id}/", self.size)

    def details(self, item: Item) -> Details:
        edition = self.edition
        beside = self.translations.get((item.section, _untranslated(item)), [])
        original = next((one.address for one in beside if not one.is_translation), None)
        is_link = item.source.startswith(("http://", "https://"))
        return Details(
            modified=item.modified,
            summary=item.summary,
            source=item.source,
            source_url=item.source if is_link else "",
            author=item.author,
            tags=item.tags,
            gallery=tuple(edition.galleries.get(item.path, ())),
            files=tuple(self._attachment(path) for path in dict.fromkeys(edition.rendered[item.path].attachments)),
            lead=edition.leads.get(item.path),
            translations=tuple(
                Translation(one.lang, _LANGUAGES.get(one.lang, one.lang), one.address)
                for one in beside
                if one is not item
            ),
            original=original if item.is_translation else None,
            expires=item.expires,
            mentions=self.mentions.get(item.address, ()),
        )

    def _attachment(self, path: str) -> Attachment:
        size = self.edition.content.disk[path].stat().st_size
        name = path.rpartition("/")[2]
        return Attachment(name, published_path(path), _size_words(size), name.rpartition(".")[2].upper())

    # --- lists ----------------------------------------------------------------------------------------------

    def plans(self) -> Iterator[PagePlan]:
        """Every page but the items' own, in a fixed order."""
        categories, years = categories_of(self.news), years_of(self.news)
        yield PagePlan("index.html", "home.html", {
            "news": self.news[:8], "units": self.units, "report": self._latest(), "categories": categories,
        })  # fmt: skip
        for listing in paginate(self.news, "/news/", self.size):
            yield _page(listing.path, "news.html", listing=listing, categories=categories, years=years)
        yield _page("/news/archive/", "archive.html", years=years)
        yield from self._months(years)
        own: dict[str, list[Card]] = {category.path: [] for category in categories}
        for card in self.news:
            if card.category:
                own[card.category.path].append(card)
        for category in categories:
            for listing in paginate(own[category.path], category.path, self.size):
                yield _page(listing.path, "category.html", category=category, listing=listing)
        yield _page(
            "/units/", "units.html", total=len(self.units),
            units=[unit for unit in self.units if unit.kind == "unit"],
            partners=[unit for unit in self.units if unit.kind == "partner"],
        )  # fmt: skip
        for item in self.edition.built(Kind.UNIT):
            for listing in self.unit_listings(item)[1:] if not item.is_translation else ():
                yield _page(listing.path, "unit_messages.html", unit=self.unit(item), listing=listing)
        yield _page("/reports/", "reports.html", reports=self._report_cards())
        yield from self._report_pages()
        yield PagePlan("404.html", "404.html", {"noindex": True})
        yield from self._feeds()
        yield PagePlan("sitemap.xml", "sitemap.xml", {"entries": self._map(categories, years)})
        yield PagePlan("robots.txt", "robots.txt")

    def _months(self, years: Iterable[YearOfNews]) -> Iterator[PagePlan]:
        by_month: dict[tuple[int, int], list[Card]] = {}
        for card in self.news:
            by_month.setdefault((card.day.year, card.day.month), []).append(card)
        for month in (month for year in years for month in year.months):
            for listing in paginate(by_month[month.year, month.number], month.path, self.size):
                yield _page(listing.path, "month.html", month=month, listing=listing)

    # --- reports ----------------------------------------------------------------------------------------------

    def _view(self, statement: Statement) -> ReportView:
        """Made once: the page, its lists and its documents show the same one."""
        if statement.path not in self._views:
            self._views[statement.path] = report_view(statement, self.edition.counting, self.addresses)
        return self._views[statement.path]

    def _report_cards(self) -> list[ReportCard]:
        """Published reports, the latest period first; of those that end together, the longest."""
        listed = self.edition.listed(Kind.REPORT)
        cards = [_report_card(self.reports[item.path]) for item in listed]
        return sorted(cards, key=lambda card: (-card.last.toordinal(), card.first, card.path))

    def _latest(self) -> ReportCard | None:
        """The latest report whose period has begun."""
        begun = [card for card in self._report_cards() if card.first <= self.edition.clock.day]
        return begun[0] if begun else None

    def _report_pages(self) -> Iterator[PagePlan]:
        """The lists behind every report's figures, and the pages of its former approved versions."""
        for item in self.edition.built(Kind.REPORT):
            hidden = item.status == "hidden"
            yield from self._figure_lists(self.edition.statements[item.path], self.reports[item.path], hidden)
            for statement in self.edition.versions[item.path]:
                view = self._view(statement)
                page = VersionPage(view, self.edition.version_texts[statement.path].html)
                yield _page(statement.path, "report.html", page=page, noindex=True)
                yield from self._figure_lists(statement, view, hidden=True)

    def _figure_lists(self, statement: Statement, report: ReportView, hidden: bool) -> Iterator[PagePlan]:
        lists = lister(statement, self.site, self.addresses)
        for count, figure in zip(statement.activity.counts, report.figures, strict=True):
            for page in lists.pages_of(count):
                yield _page(
                    page.path, "figure.html", report=report, figure=figure, listing=page,
                    noindex=hidden or bool(page.selection),
                )  # fmt: skip

    def data_files(self) -> Iterator[tuple[str, bytes]]:
        """Everything to download beside each report and each of its former versions."""
        for item in self.edition.built(Kind.REPORT):
            for statement in (self.edition.statements[item.path], *self.edition.versions[item.path]):
                yield from self.documents.files_of(statement)

    # --- feeds and the map --------------------------------------------------------------------------------------

    def _feeds(self) -> Iterator[PagePlan]:
        name = self.site.settings.name
        yield self._feed(f"{name}: новини", "/news/feed.atom", "/news/", self.news)
        for unit in self.units:
            yield self._feed(f"{name}: {unit.title}", unit.feed, unit.path, self.messages.get(unit.id, []))

    def _feed(self, title: str, path: str, page_path: str, cards: list[Card]) -> PagePlan:
        entries = tuple(
            FeedEntry(
                card.title, card.path, card.when,
                max(card.when, datetime.combine(card.modified, datetime.min.time())) if card.modified else card.when,
                card.summary, self.edition.rendered[card.source_path].html,
            )
            for card in cards[:FEED_SIZE]
        )  # fmt: skip
        # An empty feed is as old as its publisher: the build's own time may not stand in the output.
        never = datetime.combine(self.site.settings.publishers[0].since, datetime.min.time())
        updated = max((entry.updated for entry in entries), default=never)
        return PagePlan(path.strip("/"), "atom.xml", {"feed": Feed(title, path, page_path, updated, entries)})

    def _map(self, categories: Iterable[Category], years: Iterable[YearOfNews]) -> list[MapEntry]:
        """What search engines may show: no hidden items, no further pages of lists."""
        latest = self.news[0].day if self.news else None
        entries = [MapEntry("/", latest), MapEntry("/news/", latest), MapEntry("/news/archive/", latest)]
        entries += [MapEntry(month.path, None) for year in years for month in year.months]
        entries += [MapEntry(category.path, None) for category in categories]
        entries += [MapEntry("/units/", None), MapEntry("/reports/", None)]
        for item in sorted(self.edition.built(*Kind), key=lambda item: item.address):
            if item.status == "published":
                entries.append(MapEntry(item.address, item.modified or (item.day if item.is_dated else None)))
        return entries


def _page(path: str, template: str, **context: Any) -> PagePlan:
    return PagePlan(f"{path.strip('/')}/index.html", template, context)


def _report_card(view: ReportView) -> ReportCard:
    figures = tuple(figure for figure in view.figures if figure.id in HEADLINE)
    approved = view.approval.on if view.approval else None
    return ReportCard(
        view.title, view.path, view.period_title, view.first, view.last, view.complete, view.status, approved, figures
    )  # fmt: skip


def _untranslated(item: Item) -> str:
    """The address that an original and its translations share."""
    return item.address.removeprefix(f"/{item.lang}") if item.lang != UKRAINIAN else item.address


def _size_words(size: int) -> str:
    """«42 КБ», «1,5 МБ»."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}КБ"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}МБ"
