"""Decides about every item: a new file and its name, one that is present already, or a refusal; plans redirects of old addresses."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct, field

from hromada.conversion.site.old_item import OldAddresses, OldItem, SourceIndex
from hromada.domain.alphabet import slug as official_slug
from hromada.domain.calendar import Clock, parse_day
from hromada.domain.file_names import is_device
from hromada.domain.item import UKRAINIAN, Kind, Status, address_of
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.site_urls import AddressRefused, file_at, parse_old_address

_DATED = lazy_compile(r"/news/(?P<slug>[^/]+)-(?P<day>\d{4}-\d{2}-\d{2})/?")  # as the community's earlier site had them
_MAX_OLD_SLUG = 240  # a slug that keeps an address; one made from a title stops at a word much earlier
_MAX_NEW_SLUG = 80


class TargetName(NamedTuple):
    """A file from `content/` on and the address that it gives; the address is empty for a dateless draft."""

    path: str
    address: str


def target_name(item: OldItem, reserved: frozenset[str], number: int = 1) -> TargetName:
    """The target of an item; `number` above 1 is added where several would have one name; `reserved` are slugs that no
    page may have."""
    lang = item.lang or UKRAINIAN
    ending = ".md" if lang == UKRAINIAN else f".{lang}.md"
    slug, day = _slug_and_day(item)
    if number > 1:
        slug = f"{slug}-{number}"
    address = address_of(item.kind, item.section, slug, day, lang)
    if item.keeps_place:
        return TargetName(item.keeps_place, address)
    match item.kind:
        case Kind.UNIT:
            return TargetName(f"content/{item.section}/index{ending}", address)
        case Kind.PAGE:
            if slug in reserved or is_device(slug):  # «news» is the list of news, «con» no file of Windows
                slug += "-storinka"
            return TargetName(f"content/pages/{slug}{ending}", address_of(item.kind, item.section, slug, day, lang))
        case _ if day is None:
            return TargetName(f"content/{item.section}/{slug}{ending}", "")
        case Kind.NEWS:
            return TargetName(f"content/news/{day.year:04d}/{day}-{slug}{ending}", address)
        case _:
            return TargetName(f"content/{item.section}/{day}-{slug}{ending}", address)


def _slug_and_day(item: OldItem) -> tuple[str, date | None]:
    """The slug and the day of the address: those of the old one where it had both."""
    day = item.filename_date or (item.when.date() if item.when else None)
    if item.kind is Kind.NEWS and (match := _DATED.fullmatch(decoded_path(item.address))):
        old_slug = match["slug"]
        try:
            if official_slug(old_slug) == old_slug and len(old_slug) <= _MAX_OLD_SLUG:
                return old_slug, parse_day(match["day"])
        except ValueError:
            pass
    return _slug(item), day


def _slug(item: OldItem) -> str:
    last = re.sub(r"\.\w{3,5}$", "", decoded_path(item.address).rstrip("/").rpartition("/")[2])
    for written in (item.slug, last):
        if (candidate := official_slug(written)) and len(candidate) <= _MAX_OLD_SLUG:
            return candidate
    candidate = (
        official_slug(item.title) or official_slug(item.slug) or ("storinka" if item.kind is Kind.PAGE else "novyna")
    )
    return (
        candidate
        if len(candidate) <= _MAX_NEW_SLUG
        else candidate[: _MAX_NEW_SLUG + 1].rpartition("-")[0] or candidate[:_MAX_NEW_SLUG]
    )


def decoded_path(address: str) -> str:
    """The path of an old address, percent signs decoded."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:  # a bracket where a host should be
        return ""


class ImportAction(StrEnum):
    """What is done with an item; the actions of a kind add up to the items found of it."""

    NEW = "new"
    PRESENT = "present"
    REFUSED = "refused"


class PlannedItem(Struct):
    """An item, its target file and what is done with it; `why` is the reason of a refusal."""

    item: OldItem
    target: TargetName
    action: ImportAction
    why: str = ""

    @property
    def is_public(self) -> bool:
        """Whether readers can see it, today or from its day on."""
        return self.action is not ImportAction.REFUSED and self.item.status is not Status.DRAFT

    def is_linkable(self, clock: Clock, present: ExistingContent) -> bool:
        """Whether texts may link to it today."""
        if self.action is ImportAction.PRESENT:
            return self.target.path in present.built
        is_due = self.item.kind is Kind.PAGE or self.item.when is None or self.item.when <= clock.moment
        return self.is_public and is_due


class ExistingContent(Struct, frozen=True):
    """The content before the import: paths by address, all paths, redirect targets by their file; keys in lower case."""

    addresses: Mapping[str, str] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()  # in lower case, as the file systems of some editors compare them
    built: frozenset[str] = frozenset()  # items that have a page
    redirects: Mapping[str, str] = field(default_factory=dict)


def plan_import(index: SourceIndex, present: ExistingContent, reserved: frozenset[str]) -> list[PlannedItem]:
    """Plan every item of the index, in its order; the same source and content give the same plan."""
    old = OldAddresses(index.site.addresses)
    planner = _Planner(present, reserved, old)
    planned: list[PlannedItem | None] = [None] * len(index.items)
    # Originals first: a translation is called after its own.
    order = sorted(range(len(index.items)), key=lambda number: index.items[number].lang not in ("", UKRAINIAN))
    for number in order:
        planned[number] = planner.planned(index.items[number])
    return [planned_item for planned_item in planned if planned_item]


class _Planner:
    def __init__(self, present: ExistingContent, reserved: frozenset[str], old: OldAddresses) -> None:
        self._present, self._reserved, self._old = present, reserved, old
        self._by_key: dict[str, OldItem] = {}
        self._taken: dict[str, OldItem] = {}
        self._numbers: dict[TargetName, int] = {}  # the last one that was tried for a name

    def planned(self, item: OldItem) -> PlannedItem:
        target = target_name(item, self._reserved)
        if why := self._why_not(item):
            return PlannedItem(item, target, ImportAction.REFUSED, why)
        if before := self._redirected(item):
            self._take(TargetName(before, ""), item)
            return PlannedItem(item, TargetName(before, ""), ImportAction.PRESENT)
        wanted_name = target
        while self._is_taken(target):
            self._numbers[wanted_name] = number = self._numbers.get(wanted_name, 1) + 1
            target = target_name(item, self._reserved, number)
        self._take(target, item)
        if owner := self._present.addresses.get(target.address.casefold()):
            return PlannedItem(item, TargetName(owner, target.address), ImportAction.PRESENT)
        is_there = target.path.casefold() in self._present.paths
        return PlannedItem(item, target, ImportAction.PRESENT if is_there else ImportAction.NEW)

    def _why_not(self, item: OldItem) -> str:
        if item.fault:
            return item.fault
        if not item.title:
            return "немає назви"
        if item.when is None and item.kind in (Kind.NEWS, Kind.MESSAGE) and item.status is not Status.DRAFT:
            return "немає дати"
        for name in {item.address and self._old.key(item.address), *item.aliases} - {"", "/"}:
            first = self._by_key.setdefault(name, item)
            if first is not item:
                return f"той самий матеріал уже є в рядку {first.place.line}"
        return ""

    def _redirected(self, item: OldItem) -> str:
        """The file that the item's old address leads to already."""
        try:
            return self._present.redirects.get(
                file_at(parse_old_address(quote(decoded_path(item.address)))).casefold(), ""
            )
        except AddressRefused:
            return ""

    def _is_taken(self, target: TargetName) -> bool:
        return target.path.casefold() in self._taken or bool(
            target.address and target.address.casefold() in self._taken
        )

    def _take(self, target: TargetName, item: OldItem) -> None:
        self._taken |= dict.fromkeys(filter(None, (target.path.casefold(), target.address.casefold())), item)


def pages_by_key(planned: Iterable[PlannedItem], old: OldAddresses) -> dict[str, str]:
    """Paths of our files by the keys under which old texts link to them, and by their names in the source folder."""
    paths: dict[str, str] = {}
    for planned_item in planned:
        keys = [old.key(address) for address in (planned_item.item.address, *planned_item.item.aliases) if address]
        keys += [alias for alias in planned_item.item.aliases if alias.startswith("?p=")]
        paths |= dict.fromkeys(filter(None, (*keys, planned_item.item.file)), planned_item.target.path)
    paths.pop("/", None)  # the home page is nobody's own
    return paths


class RedirectPlan(Struct):
    """Rows for redirects.csv, old addresses that can't be redirected, with the reason, and the number of `?p=` ones."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    impossible: list[tuple[str, str]] = field(default_factory=list)
    queries: int = 0


def plan_redirects(
    planned: Iterable[PlannedItem], addresses: Mapping[str, str], present: ExistingContent
) -> RedirectPlan:
    """Redirects from old addresses to the items imported from them; `addresses` are those of our files, by path."""
    plan = RedirectPlan()
    taken = {file_at(address).casefold() for address in addresses.values() if address} | set(present.redirects)
    for planned_item in planned:
        if not planned_item.is_public:
            continue
        if not planned_item.item.address:
            plan.queries += any("?p=" in alias for alias in planned_item.item.aliases)
            continue
        try:
            path = parse_old_address(quote(decoded_path(planned_item.item.address)))
        except AddressRefused as refused:
            plan.impossible.append((planned_item.item.address, str(refused)))
            continue
        file = file_at(path).casefold()
        own = addresses.get(planned_item.target.path, "")
        if (own and file_at(own).casefold() == file) or present.redirects.get(file) == planned_item.target.path:
            continue
        if file in taken:
            plan.impossible.append((planned_item.item.address, "на ній уже є інша сторінка"))
            continue
        taken.add(file)
        plan.rows.append((path, planned_item.target.path))
    return plan


def append_redirects(text: str, rows: Iterable[tuple[str, str]]) -> str:
    """redirects.csv with rows (address, path) appended in its own form; a new file begins with a BOM for Excel."""
    text = text if text.strip(" \n\ufeff") else "\ufeffЗвідки;Куди\n"
    separator = next((separator for separator in ";,\t" if separator in text.partition("\n")[0]), ";")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerows((address.replace("%", "%25"), path) for address, path in rows)
    return text.rstrip("\n") + "\n" + out.getvalue()
