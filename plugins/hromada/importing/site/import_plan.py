"""What becomes of every item: a new file, one that is there already, or a refusal with its reason; and its old address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote

from hromada.domain.calendar import Clock
from hromada.domain.item import UKRAINIAN, Kind, Status
from hromada.domain.redirect import AddressRefused, file_at, parse_old_address
from hromada.importing.site.naming import Named, name_of, path_of
from hromada.importing.site.old_item import OldItem, SourceIndex
from hromada.importing.site.old_urls import OldAddresses


class ImportAction(StrEnum):
    """One for each item; the fates of a kind add up to what was found of it."""

    NEW = "new"
    PRESENT = "present"
    REFUSED = "refused"


@dataclass(slots=True)
class PlannedItem:
    """An item with what becomes of it; `why` says why it is refused."""

    item: OldItem
    named: Named
    action: ImportAction
    why: str = ""

    @property
    def is_public(self) -> bool:
        """Whether it is, or will be on its day, there for everybody to see."""
        return self.action is not ImportAction.REFUSED and self.item.status is not Status.DRAFT

    def is_linkable(self, clock: Clock, present: ExistingContent) -> bool:
        """Whether texts may link to it today."""
        if self.action is ImportAction.PRESENT:
            return self.named.path in present.built
        is_due = self.item.kind is Kind.PAGE or self.item.when is None or self.item.when <= clock.moment
        return self.is_public and is_due


@dataclass(frozen=True, slots=True)
class ExistingContent:
    """What the content has before the import: paths by address, all paths, the redirects' targets by their file; all
    of these keys in lower case."""

    addresses: Mapping[str, str] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()  # in lower case, as the file systems of some editors compare them
    built: frozenset[str] = frozenset()  # items that have a page
    redirects: Mapping[str, str] = field(default_factory=dict)


def plan(index: SourceIndex, present: ExistingContent, reserved: frozenset[str]) -> list[PlannedItem]:
    """The fate of every item of the survey, in its order; the same source and content give the same plan."""
    old = OldAddresses(index.site.addresses)
    planner = _Planner(present, reserved, old)
    planned: list[PlannedItem | None] = [None] * len(index.items)
    # Originals first: a translation is called after its own.
    order = sorted(range(len(index.items)), key=lambda number: index.items[number].lang not in ("", UKRAINIAN))
    for number in order:
        planned[number] = planner.planned(index.items[number])
    return [one for one in planned if one]


class _Planner:
    def __init__(self, present: ExistingContent, reserved: frozenset[str], old: OldAddresses) -> None:
        self._present, self._reserved, self._old = present, reserved, old
        self._by_key: dict[str, OldItem] = {}
        self._taken: dict[str, OldItem] = {}
        self._numbers: dict[Named, int] = {}  # the last one that was tried for a name

    def planned(self, item: OldItem) -> PlannedItem:
        named = name_of(item, self._reserved)
        if why := self._why_not(item):
            return PlannedItem(item, named, ImportAction.REFUSED, why)
        if before := self._redirected(item):
            self._take(Named(before, ""), item)
            return PlannedItem(item, Named(before, ""), ImportAction.PRESENT)
        wanted = named
        while self._is_taken(named):
            self._numbers[wanted] = number = self._numbers.get(wanted, 1) + 1
            named = name_of(item, self._reserved, number)
        self._take(named, item)
        if owner := self._present.addresses.get(named.address.casefold()):
            return PlannedItem(item, Named(owner, named.address), ImportAction.PRESENT)
        is_there = named.path.casefold() in self._present.paths
        return PlannedItem(item, named, ImportAction.PRESENT if is_there else ImportAction.NEW)

    def _why_not(self, item: OldItem) -> str:
        if item.fault:
            return item.fault
        if not item.title:
            return "немає назви"
        if item.when is None and item.kind in (Kind.NEWS, Kind.MESSAGE) and item.status is not Status.DRAFT:
            return "немає дати"
        for name in {item.address and self._old.key(item.address), *item.also} - {"", "/"}:
            first = self._by_key.setdefault(name, item)
            if first is not item:
                return f"той самий матеріал уже є в рядку {first.place.line}"
        return ""

    def _redirected(self, item: OldItem) -> str:
        """The file that the item's old address leads to already."""
        try:
            return self._present.redirects.get(file_at(parse_old_address(quote(path_of(item.address)))).casefold(), "")
        except AddressRefused:
            return ""

    def _is_taken(self, named: Named) -> bool:
        return named.path.casefold() in self._taken or bool(named.address and named.address.casefold() in self._taken)

    def _take(self, named: Named, item: OldItem) -> None:
        self._taken |= dict.fromkeys(filter(None, (named.path.casefold(), named.address.casefold())), item)


def pages_by_key(planned: Iterable[PlannedItem], old: OldAddresses) -> dict[str, str]:
    """Paths of our files by the keys under which old texts link to them, and by their names in a folder."""
    found: dict[str, str] = {}
    for one in planned:
        keys = [old.key(address) for address in (one.item.address, *one.item.also) if address]
        keys += [alias for alias in one.item.also if alias.startswith("?p=")]
        found |= dict.fromkeys(filter(None, (*keys, one.item.file)), one.named.path)
    found.pop("/", None)  # the home page is nobody's own
    return found


@dataclass(slots=True)
class OldPages:
    """Rows for redirects.csv, and old addresses at which no page can stand, with the reason."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    impossible: list[tuple[str, str]] = field(default_factory=list)
    queries: int = 0


def old_pages(planned: Iterable[PlannedItem], addresses: Mapping[str, str], present: ExistingContent) -> OldPages:
    """Where the old addresses of items that are here now must lead; `addresses` are those of our files, by path."""
    found = OldPages()
    taken = {file_at(address).casefold() for address in addresses.values() if address} | set(present.redirects)
    for one in planned:
        if not one.is_public:
            continue
        if not one.item.address:
            found.queries += any("?p=" in alias for alias in one.item.also)
            continue
        try:
            path = parse_old_address(quote(path_of(one.item.address)))
        except AddressRefused as refused:
            found.impossible.append((one.item.address, str(refused)))
            continue
        file = file_at(path).casefold()
        own = addresses.get(one.named.path, "")
        if (own and file_at(own).casefold() == file) or present.redirects.get(file) == one.named.path:
            continue
        if file in taken:
            found.impossible.append((one.item.address, "на ній уже є інша сторінка"))
            continue
        taken.add(file)
        found.rows.append((path, one.named.path))
    return found
