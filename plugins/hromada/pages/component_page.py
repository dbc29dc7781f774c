"""`/komponenty/`: every component of the theme once, with what the sample archive has; for developers and browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hromada.domain.item import UKRAINIAN, Item, Kind
from hromada.domain.site_urls import COMPONENTS
from hromada.listing.law_page import law_view
from hromada.listing.pagination import paginate
from hromada.listing.service_index import service_index
from hromada.pages.view_models import PageGroup, PagePlan, page_plan
from hromada.report.approval.report_state import ReportState

if TYPE_CHECKING:
    from hromada.pages.site_pages import SitePages

_MOST_CARDS = 3


def component_group(pages: SitePages) -> PageGroup:
    """The page; its key follows everything that is counted, and whatever else it shows."""

    def make(*_inputs: object) -> Iterator[PagePlan]:
        yield page_plan(COMPONENTS, "components.html", **_examples(pages), noindex=True)

    snapshot = pages.snapshot
    return PageGroup(
        make,
        (snapshot.counted_inputs, snapshot.tasks, pages.alerts, snapshot.site.accessibility, snapshot.handbook.pages),
        is_single_page=True,
    )


def _examples(pages: SitePages) -> dict[str, Any]:
    """What the template shows; a component without an example in the content gets None, and says so."""
    snapshot = pages.snapshot
    pictured = [item for item in pages.lists.news if snapshot.linked(item).gallery]
    plain = [item for item in pages.lists.news if not snapshot.linked(item).gallery]
    galleries = [pages.items.details(item) for item in pictured[:1]]
    lead = next((linked.lead for item in pages.lists.news if (linked := snapshot.linked(item)).lead), None)
    shown = [item for item in snapshot.newest(Kind.NEWS, Kind.MESSAGE) if snapshot.linked(item).photos]
    messages = [item for item in pages.lists.messages if snapshot.unit_contact(item)]
    dated = [
        item for item in snapshot.newest(Kind.NEWS, Kind.MESSAGE) if item.announced or item.related or item.expires
    ]
    services = [item for item in snapshot.listed(Kind.SERVICE) if item.lang == UKRAINIAN]
    service = max(services, key=_parts_of_service, default=None)
    activities = [pages.units.activity(item) for item in snapshot.listed(Kind.UNIT)]
    state = _fullest_report(pages)
    report = pages.reports.view(state) if state else None
    lists = [plan.context["listing"] for plan in pages.reports.lists() if not plan.context["noindex"]] if report else []
    return {
        "cards": [snapshot.card(item) for item in (*pictured[:1], *plain[: _MOST_CARDS - 1])],
        "messages": [snapshot.card(item) for item in pages.lists.messages[:_MOST_CARDS]],
        "photos": [snapshot.photo_card(item) for item in shown[:4]],
        "gallery": galleries[0].gallery if galleries else None,
        "lead": lead,
        "contact": snapshot.unit_contact(messages[0]) if messages else None,
        "mentions": _mentions_of(pages, pages.lists.news),
        "units": pages.units.listed[:4],
        "report": report,
        "report_card": pages.reports.index.cards[0] if pages.reports.index.cards else None,
        "listing": next(iter(paginate(pages.lists.news, "/news/", 1)[2:]), None),
        "pager": next((listing.pager for listing in lists if listing.pager.links), None),
        "matrix": next((listing.matrix for listing in lists if listing.matrix), None),
        "law": law_view(snapshot.point_coverage) if pages.site.law is not None else None,
        "chapter": snapshot.handbook.pages[1] if len(snapshot.handbook.pages) > 1 else None,
        "events": pages.events.next_ones,
        "nearest": _nearest_month(pages),
        "event": next((view for item in dated if (view := pages.items.details(item).event)), None),
        "related": next((related for item in dated if (related := pages.items.related(item))), ()),
        "validity": next((validity for item in dated if (validity := pages.items.details(item).validity)), None),
        "withdrawal": next(
            (pages.items.withdrawal(item) for item in snapshot.all_built if item.path in snapshot.withdrawn), None
        ),
        "tasks": snapshot.tasks,
        "alerts": pages.alerts,
        "accessibility": snapshot.site.accessibility,
        "services": service_index(pages.services.cards),
        "service": pages.services.view(service) if service else None,
        "service_contact": snapshot.unit_contact(service) if service else None,
        "service_html": snapshot.html(service) if service else "",
        "documents": next((activity.documents for activity in activities if activity.documents), ()),
        "share_in_report": next((activity.share for activity in activities if activity.share), None),
        "translated": pages.map.translated[0].items if pages.map.translated else (),
    }


def _parts_of_service(item: Item) -> tuple[int, str]:
    """How many of the parts with a component of their own a service has; its path decides between equals."""
    service = item.service
    parts = (service.documents, service.form, service.online, service.term) if service else ()
    return sum(map(bool, parts)), item.path


def _nearest_month(pages: SitePages) -> Any:
    group = pages.events.groups()["events"]
    return next(plan.context["nearest"] for plan in group.make(*group.inputs) if isinstance(plan, PagePlan))


def _mentions_of(pages: SitePages, items: list[Item]) -> Any:
    mentions = pages.reports.index.mentions
    return next((mentions[item.address] for item in items if item.address in mentions), ())


def _fullest_report(pages: SitePages) -> ReportState | None:
    """The report that shows most: changed since its approval, else approved, else the first."""
    order = ("changed", "approved", "open")
    states = [pages.snapshot.reports.report_states[item.path] for item in pages.snapshot.listed(Kind.REPORT)]
    return min(states, key=lambda state: order.index(pages.reports.view(state).status), default=None)
