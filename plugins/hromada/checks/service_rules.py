"""Rules for services: a unit that residents can turn to, numbered steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.checks.linted_text import LintedText
from hromada.domain.alphabet import normalize_name
from hromada.domain.calendar import Clock
from hromada.domain.days_in_words import short_day
from hromada.domain.item import Item, Kind, Status
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem, did_you_mean, warning
from hromada.domain.site import Site

_STEP = lazy_compile(r"^ {0,3}\d{1,9}[.)][ \t]+\S|<ol\b", re.MULTILINE | re.IGNORECASE)


def services_have_a_unit(site: Site, clock: Clock) -> Iterator[Problem]:
    """The unit that a service names has a published page, which says where to go and whom to call."""
    for item in site.of_kind(Kind.SERVICE):
        if item.service and item.service.unit and (found := _fault(item, site, clock)):
            yield Problem(item.path, item.lines.get("unit", 1), "service-without-unit", *found)


def _fault(item: Item, site: Site, clock: Clock) -> tuple[str, str] | None:
    """Why residents can't turn to the unit, and what to write; None when they can."""
    assert item.service is not None
    name = item.service.unit
    unit = site.units.get(name)
    if unit is None:
        return f"підрозділу «{name}» немає: теки content/units/{name} зі сторінкою index.md", _meant(name, site)
    if item.status is Status.DRAFT:
        return None
    fix = "опублікуйте її або назвіть інший підрозділ"
    if unit.status is not Status.PUBLISHED:
        return f"сторінку підрозділу не опубліковано: {unit.path}", fix
    if item.is_built(clock) and not unit.is_built(clock):
        return f"сторінка підрозділу ще не відкрита: {unit.path}", fix
    return None


def _meant(name: str, site: Site) -> str:
    """The folder that was meant; people also write the unit's title, or the way to its folder."""
    last = name.strip("/").rpartition("/")[2]
    titles = {normalize_name(item.title): id for id, item in site.units.items()}
    id = last if last in site.units else titles.get(normalize_name(name), "")
    if id:
        return f"напишіть назву теки: «{id}»"
    return did_you_mean(last, site.units) or "впишіть назву теки з content/units"


def services_of_closed_units_are_few(site: Site, clock: Clock) -> Iterator[Problem]:
    """Nobody provides the service of a unit that is closed."""
    for item in site.of_kind(Kind.SERVICE):
        unit = site.units.get(item.service.unit) if item.service else None
        closed = unit.unit.closed if unit and unit.unit else None
        if unit and closed and closed < clock.day and item.status is not Status.DRAFT:
            yield warning(
                item.path, item.lines.get("unit", 1), "service-unit-closed",
                f"підрозділ закрито {short_day(closed)}: {unit.title}", "назвіть підрозділ, який надає послугу тепер",
            )  # fmt: skip


def steps_are_numbered(text: LintedText) -> Iterator[Problem]:
    """A service's text holds the steps one after another; people follow them with a finger."""
    if text.item.kind is Kind.SERVICE and not _STEP.search(text.unquoted, text.start):
        yield warning(
            text.item.path, text.item.body_line, "service-steps", "немає нумерованих кроків",
            "напишіть, що робити, переліком: 1. … 2. …",
        )  # fmt: skip
