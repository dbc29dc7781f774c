"""What search engines and messengers are told of a page: descriptions in the words of schema.org (JSON-LD).

Each function gives one description from plain values; whoever has no value leaves it out, and so does the description.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import msgspec

from hromada.domain.dates import KYIV
from hromada.domain.event import Event, EventMoment, Occurrence
from hromada.domain.recurrence import Frequency, Recurrence
from hromada.domain.settings import MenuLink

Node = dict[str, Any]
Absolute = Callable[[str], str]  # the absolute address of a path of the site
_LARGEST_HEADLINE = 110  # letters that search engines show


class Council(NamedTuple):
    """Who publishes the site; the codes may be empty."""

    name: str
    community: str
    edrpou: str = ""
    katottg: str = ""


class Work(NamedTuple):
    """What is said of any item: its address is a site path, `picture` too."""

    title: str
    path: str
    summary: str = ""
    picture: str = ""
    lang: str = "uk"


class ServiceFacts(NamedTuple):
    """A service of a unit, in the words of its page."""

    unit: MenuLink
    audience: str = ""
    where: str = ""
    online: str = ""
    price: str = ""


def organization(council: Council, absolute: Absolute, *, with_codes: bool = False) -> Node:
    """The council; on the home page and with the contacts with its codes, elsewhere by name and address alone."""
    node: Node = {"@type": "GovernmentOrganization", "name": council.name, "url": absolute("/")}
    if not with_codes:
        return node
    area: Node = {"@type": "AdministrativeArea", "name": council.community}
    return node | _given({
        "identifier": _code("ЄДРПОУ", council.edrpou),
        "areaServed": area | _given({"identifier": _code("КАТОТТГ", council.katottg)}),
    })  # fmt: skip


def website(name: str, description: str, council: Council, absolute: Absolute) -> Node:
    """The site with its search."""
    return {
        "@type": "WebSite", "name": name, "url": absolute("/"), "inLanguage": "uk",
        **_given({"description": description}),
        "publisher": organization(council, absolute),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute('/search/')}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }  # fmt: skip


def news_article(
    work: Work, published: datetime, modified: datetime | None, council: Council, absolute: Absolute,
    section: str = "", tags: Sequence[str] = (),
) -> Node:  # fmt: skip
    """A news item or a unit's message. Its description, which the page has in its head, is not repeated: no search engine asks."""
    publisher = organization(council, absolute)
    return {
        "@type": "NewsArticle", "headline": _shortened(work.title), "mainEntityOfPage": absolute(work.path),
        "datePublished": moment(published), "inLanguage": work.lang,
        **_given({
            "dateModified": moment(modified) if modified else "",
            "image": absolute(work.picture) if work.picture else "",
            "articleSection": section,
            "keywords": ", ".join(tags),
        }),
        "author": publisher, "publisher": publisher,
    }  # fmt: skip


def event(work: Work, facts: Event, council: Council, absolute: Absolute) -> Node:
    """An event, a repeated one by its schedule; one without a place is somewhere in the community."""
    state = "EventCancelled" if facts.is_cancelled else "EventRescheduled" if facts.was else "EventScheduled"
    return {
        "@type": "Event", "name": work.title, "url": absolute(work.path), **_dates(facts),
        "eventStatus": f"https://schema.org/{state}",
        "location": {"@type": "Place", "name": facts.place or council.community},
        "inLanguage": work.lang,
        **_given({
            "previousStartDate": _event_moment(facts.was) if facts.was else "",
            "description": work.summary,
            "image": absolute(work.picture) if work.picture else "",
            "sameAs": facts.url,
        }),
        "organizer": organization(council, absolute),
    }  # fmt: skip


def _dates(facts: Event) -> Node:
    """When it takes place. An event with a schedule has no dates of its own (schema.org/eventSchedule)."""
    if facts.recurrence:
        return {"eventSchedule": _schedule(facts.recurrence, facts.occurrences())}
    return {
        "startDate": _event_moment(facts.start),
        **_given({"endDate": _event_moment(facts.end) if facts.end else ""}),
    }


_EVERY = {
    Frequency.DAILY: "P1D", Frequency.WEEKLY: "P1W", Frequency.FORTNIGHTLY: "P2W", Frequency.MONTHLY: "P1M", Frequency.YEARLY: "P1Y",
}  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _schedule(recurrence: Recurrence, occurrences: Sequence[Occurrence]) -> Node:
    """The days and hours of a repeated event: from its first occurrence until its last one, without the excepted days."""
    start, end, last = occurrences[0].start, occurrences[0].end, occurrences[-1].start.day
    is_within_day = end is not None and end.day == start.day and end.has_time
    every = recurrence.frequency
    by_week, by_month = (
        every in (Frequency.WEEKLY, Frequency.FORTNIGHTLY),
        every in (Frequency.MONTHLY, Frequency.YEARLY),
    )
    return {
        "@type": "Schedule", "repeatFrequency": _EVERY[every], "startDate": start.day.isoformat(), "endDate": last.isoformat(),
        "scheduleTimezone": str(KYIV),
        **_given({
            "byDay": f"https://schema.org/{_WEEKDAYS[start.day.weekday()]}" if by_week else "",
            "byMonthDay": start.day.day if by_month else 0,
            "byMonth": start.day.month if every is Frequency.YEARLY else 0,
            "startTime": start.when.time().isoformat() if start.has_time else "",
            "endTime": end.when.time().isoformat() if end and is_within_day else "",
            "duration": "" if is_within_day or not end else _duration(occurrences[0]),
            "exceptDate": [day.isoformat() for day in recurrence.excepted if start.day < day < last],
        }),
    }  # fmt: skip


def _duration(occurrence: Occurrence) -> str:
    """How long an occurrence lasts by the clock: `P2DT3H30M`; of whole days, how many."""
    if not occurrence.start.has_time:
        return f"P{(occurrence.last_day - occurrence.start.day).days + 1}D"
    minutes = (occurrence.over - occurrence.start.when) // timedelta(minutes=1)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    clock = f"{f'{hours}H' if hours else ''}{f'{rest}M' if rest else ''}"
    return f"P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"


def government_service(work: Work, facts: ServiceFacts, council: Council, absolute: Absolute) -> Node:
    """A service that a unit gives."""
    unit: Node = {"@type": "GovernmentOrganization", "name": facts.unit.title, "url": absolute(facts.unit.path)}
    place = {"@type": "Place", "name": facts.where} if facts.where else {}
    channel = _given({"serviceUrl": facts.online, "serviceLocation": place})
    return {
        "@type": "GovernmentService", "name": work.title, "url": absolute(work.path), "serviceOperator": unit,
        "provider": unit, "areaServed": {"@type": "AdministrativeArea", "name": council.community},
        **_given({
            "description": work.summary,
            "audience": {"@type": "Audience", "audienceType": facts.audience} if facts.audience else {},
            "availableChannel": {"@type": "ServiceChannel", **channel} if channel else {},
            "offers": {"@type": "Offer", "description": facts.price} if facts.price else {},
        }),
    }  # fmt: skip


def unit(
    work: Work, council: Council, absolute: Absolute, *, is_partner: bool, phone: str = "", email: str = "",
    address: str = "",
) -> Node:  # fmt: skip
    """A unit of the council, or an organization that it works with."""
    return {
        "@type": "Organization" if is_partner else "GovernmentOrganization", "name": work.title,
        "url": absolute(work.path),
        **_given({
            "description": work.summary, "telephone": phone, "email": email, "address": address,
            "parentOrganization": {} if is_partner else organization(council, absolute),
        }),
    }  # fmt: skip


def breadcrumb_list(links: Sequence[tuple[str, str]], here: str, absolute: Absolute) -> Node:
    """The way to a page from the home page; the last one is the page itself and has no link."""
    above = [("Головна", "/"), *links]
    entries = [(title, absolute(path)) for title, path in above] + ([(here, "")] if here else [])
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, **_given({"item": address})}
            for position, (title, address) in enumerate(entries, 1)
        ],
    }


def as_json(node: Mapping[str, Any]) -> str:
    """The description as it stands in a page, where no `<` of an editor's may end the script that holds it."""
    text = msgspec.json.encode({"@context": "https://schema.org", **node}).decode()  # a twentieth of json.dumps
    return text.replace("<", "\\u003c")


def moment(when: date) -> str:
    """A day, or a time of a day with Kyiv's offset."""
    if not isinstance(when, datetime):
        return when.isoformat()
    return when.date().isoformat() if when.time() == time.min else when.replace(tzinfo=KYIV).isoformat()


def _event_moment(moment: EventMoment) -> str:
    """A whole day, or a time with the offset that Kyiv has then."""
    return moment.aware.isoformat() if moment.has_time else moment.day.isoformat()


def _code(kind: str, value: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": kind, "value": value} if value else {}


def _given(values: Mapping[str, Any]) -> Node:
    return {key: value for key, value in values.items() if value}


def _shortened(title: str) -> str:
    if len(title) <= _LARGEST_HEADLINE:
        return title
    return f"{title[: _LARGEST_HEADLINE - 1].rpartition(' ')[0] or title[: _LARGEST_HEADLINE - 1]}…"
