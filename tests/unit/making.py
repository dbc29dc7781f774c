"""Small makers of domain values for tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import structs

from hromada.domain.account import Account, Accounts
from hromada.domain.content_digest import with_digests
from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.item import Item, Kind, ReportDetails, Status, UnitDetails
from hromada.domain.period import parse_period
from hromada.domain.settings import Publisher, SiteSettings
from hromada.domain.site import Site

SETTINGS = SiteSettings("Громада", "", "", "https://hromada.example", (Publisher("Рада", date(2020, 12, 1)),))
ACCOUNTS = Accounts.of(
    [
        Account("rada", "Рада", (), ("facebook", "instagram"), "main"),
        Account("okruh", "Округ", (), ("facebook",), "starosta"),
        Account("likarnia", "Лікарня", (), ("facebook",), "other"),
    ]
)
# What a reader gets of an item beside its text: the digest of its words is made of these and of the text.
WORDED = {"lang", "tags", "summary", "image", "gallery", "event_start", "event_end", "event_place", "author", "source",
          "expires"}  # fmt: skip


def item(when: str | datetime | None = "2021-07-05", /, **changes: Any) -> Item:
    """A news item; `section="units/x"` makes it a message, `body` is its text."""
    body = changes.pop("body", None)
    moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    section = changes.pop("section", "news")
    slug = changes.pop("slug", "x")
    path = changes.pop("path", f"content/{section}/{slug}.md")
    values: dict[str, Any] = {
        "kind": Kind.NEWS if section == "news" else Kind.MESSAGE,
        "path": path,
        "section": section,
        "title": "Назва",
        "address": f"/{section}/{slug}-{moment.date()}/" if moment else "",
        "when": moment,
        "status": Status.PUBLISHED,
        "lang": "uk",
        "slug": slug,
        "body_line": 4,
    }
    return _with_body(Item(**(values | changes)), body)


def replace(one: Any, /, **changes: Any) -> Any:
    """The same value with other fields; an item may be given another text as `body`."""
    if not isinstance(one, Item):
        return one._replace(**changes) if isinstance(one, tuple) else structs.replace(one, **changes)
    body = changes.pop("body", None)
    changed = one._replace(**changes)
    if body is not None or changed.kind is Kind.REPORT:
        return _with_body(changed, body)
    assert not WORDED & changes.keys(), (
        "an item does not hold its text: give its `body` too, for the digest of its words"
    )
    return changed


def _with_body(one: Item, body: str | None) -> Item:
    """The item with this text; without one, a report keeps the text that it has."""
    if one.kind is Kind.REPORT:
        details = one.report or ReportDetails(one.slug, parse_period("2021-H2"))
        body = details.text if body is None else body
        one = one._replace(report=structs.replace(details, text=body))
    return with_digests(one, body or "")


def unit(id: str, title: str = "", **details: Any) -> Item:
    """A unit's own page."""
    status = details.pop("status", Status.PUBLISHED)
    return item(
        None, kind=Kind.UNIT, section=f"units/{id}", path=f"content/units/{id}/index.md", title=title or id, slug="index",
        address=f"/units/{id}/", status=status, unit=UnitDetails(id, **details),
    )  # fmt: skip


def row(
    when: str = "2021-07-05",
    /,
    register: str = "social",
    account: str = "rada",
    kind: str = "допис",
    line: int = 2,
    **changes: Any,
) -> Entry:
    """A row of a register."""
    found = ACCOUNTS.find(account)
    social = {"account": account, "group": found.group if found else "", "network": "facebook", "kind": kind}
    values: dict[str, Any] = {
        "source": f"register:{register}",
        "section": f"registers/{register}",
        "when": datetime.fromisoformat(when),
        "title": "Рядок",
        "url": "",
        "location": SourceLocation(f"content/registers/{register}/a.csv", line),
        "visibility": Visibility.EXCLUDED if kind in ("репост", "сторіз") else Visibility.PUBLISHED,
        "traits": social if register == "social" else {},
    }
    return Entry(**(values | changes))


def site(items: list[Item] | None = None, rows: list[Entry] | None = None, **changes: Any) -> Site:
    """A site of these items and rows with the standard figures."""
    registers = tuple(sorted({"social", "newspaper", *(one.source.removeprefix("register:") for one in rows or [])}))
    values: dict[str, Any] = {
        "settings": SETTINGS,
        "items": tuple(items or []),
        "rows": tuple(rows or []),
        "registers": registers,
        "accounts": ACCOUNTS,
        "figures": Figures(standard_figures(registers)),
        "files": frozenset(),
        "found": tuple(sorted({one.path for one in items or [] if one.is_dated})),
    }
    return Site(**(values | changes))
