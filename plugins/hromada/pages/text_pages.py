"""The text version of the site, `/text/`, for networks that load little else; and the alerts on sheets to hang up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Item, Kind
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import ALERT_SHEETS, TEXT_PAGE
from hromada.listing.alert_views import AlertView
from hromada.listing.cards import plain_lines
from hromada.pages.view_models import Keyed, PageGroup, PagePlan, page_plan

LATEST_NEWS = 10
_LONGEST_TITLE = 150  # letters; ten such titles are 3 KB
_MOST_CONTACTS = 1_200  # letters of the pages with the contacts
# Letters up to which an alert fits a sheet in a size of type; the longest has 200.
_SIZES = ((60, "short"), (120, "medium"))


class ContactLines(NamedTuple):
    """What a page with the contacts says, without pictures and layout."""

    page: MenuLink
    lines: tuple[str, ...]


class AlertSheet(NamedTuple):
    """An alert as it is printed: `size` names the size of its type."""

    alert: AlertView
    size: str


class TextPages:
    """The two pages; an alert alone changes them, the home page and the contacts."""

    def __init__(self, snapshot: ContentSnapshot, alerts: Sequence[AlertView], news: Sequence[Item]) -> None:
        self._snapshot, self._alerts, self._news = snapshot, tuple(alerts), list(news[:LATEST_NEWS])

    def groups(self) -> dict[str, PageGroup]:
        due = tuple(alert for alert in self._alerts if alert.is_due)  # no script is there to show the others later
        contacts = tuple(self._keyed(item) for item in self._contact_pages())
        return {
            "text": PageGroup(self._text, (due, bool(self._alerts), contacts, self._news), is_single_page=True),
            "alert sheets": PageGroup(self._sheets, (self._alerts,), is_single_page=True),
        }

    def _contact_pages(self) -> list[Item]:
        pages = (item for item in self._snapshot.built(Kind.PAGE, Kind.UNIT) if item.is_public)
        named = (item for item in pages if item.address in self._snapshot.contact_pages)
        return sorted(named, key=lambda item: item.address)

    def _keyed(self, item: Item) -> Keyed[Item]:
        return Keyed(f"{item.address} {self._snapshot.content.entries[item.path].key}", item)

    def _text(
        self, alerts: tuple[AlertView, ...], has_sheets: bool, contacts: tuple[Keyed[Item], ...], news: list[Item]
    ) -> Iterator[PagePlan]:
        context = {
            "alerts": alerts, "has_sheets": has_sheets, "news": news, "noindex": True, "longest_title": _LONGEST_TITLE,
            "contacts": [self._contact_lines(page.value) for page in contacts],
        }  # fmt: skip
        yield page_plan(TEXT_PAGE, "text.html", **context)

    def _contact_lines(self, item: Item) -> ContactLines:
        """The beginning of a page's text, whole lines of it, after what its header says."""
        unit = item.unit
        header = (unit.address, unit.phone, unit.email, unit.hours) if unit else ()
        lines, room = [], _MOST_CONTACTS
        for line in (*filter(None, header), *plain_lines(self._snapshot.html(item))):
            room -= len(line)
            if room < 0:
                break
            lines.append(line)
        return ContactLines(MenuLink(item.title, item.address), tuple(lines))

    def _sheets(self, alerts: tuple[AlertView, ...]) -> Iterator[PagePlan]:
        sheets = [AlertSheet(alert, _size_of(alert.sentence)) for alert in alerts]
        context = {"sheets": sheets, "noindex": True}
        yield page_plan(ALERT_SHEETS, "alert_sheets.html", **context)


def _size_of(sentence: str) -> str:
    return next((size for longest, size in _SIZES if len(sentence) <= longest), "long")
