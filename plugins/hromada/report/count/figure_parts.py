"""What figures may be split into: every possible part with its title, known before anything is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hromada.domain.item import Item
from hromada.domain.site import NO_CATEGORY, Site, category_titles


@dataclass(frozen=True, slots=True)
class PossibleParts:
    """Titles by trait and id, the units, the accounts' groups; of a site as readers find it."""

    titles: Mapping[str, Mapping[str, str]]
    units: tuple[Item, ...]
    groups: Mapping[str, str]

    @classmethod
    def of(cls, site: Site) -> PossibleParts:
        """One walk over the items and rows of the site, for all the periods counted from it."""
        titles: dict[str, dict[str, str]] = {
            "category": category_titles(site.items) | {NO_CATEGORY: "Без рубрики"},
            "unit": {id: item.title for id, item in site.units.items()},
            "account": {account.id: account.name for account in site.accounts.all},
            "newspaper": {},
            "kind": {"unit": "Структурні підрозділи", "partner": "Організації"},
        }
        for entry in site.rows:
            for trait in ("newspaper", "kind"):
                if title := entry.traits.get(f"{trait}-title"):
                    titles[trait].setdefault(entry.traits[trait], title)
        groups = {account.id: account.group for account in site.accounts.all}
        return cls(titles, tuple(site.units.values()), groups)
