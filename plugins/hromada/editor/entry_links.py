"""Links to the form of an item: the addresses by which the CMS opens an entry of a collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from urllib.parse import quote

from hromada.domain.item import NEWS, PAGES, REPORTS, SERVICES, UKRAINIAN, Item, Kind
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import ADMIN
from hromada.editor.form_collections import unit_collection
from hromada.editor.git_host import git_host

# By folder the collection; those of units have one for each of theirs.
_COLLECTIONS = {f"content/{folder}/": folder for folder in (NEWS, SERVICES, PAGES, REPORTS)}
_UNITS = "content/units/"


class FormKind(IntEnum):
    """Whether an item has a form, and in the news' folder which of the two."""

    NONE = 0
    ITEM = 1
    EVENT = 2


def pages_link_to_forms(settings: SiteSettings) -> bool:
    """Whether the site's own pages link to the forms of their items: only where the site has an editor."""
    return settings.edit_link and git_host(settings.repository) is not None


def form_kind(item: Item) -> FormKind:
    """The form of an item; a translation has none."""
    if item.is_translation:
        return FormKind.NONE
    return FormKind.EVENT if item.kind is Kind.NEWS and item.event_start else FormKind.ITEM


def pages_and_forms(items: Iterable[Item], withdrawn: Mapping[str, Item]) -> dict[str, tuple[str, FormKind]]:
    """By path each item's address and form; `withdrawn` are items as they were, by path. After each save, so it is quick."""
    none, event, item_form = FormKind.NONE, FormKind.EVENT, FormKind.ITEM
    pages = {
        item.path: (
            item.address,
            (event if item.event_start and item.kind is Kind.NEWS else item_form) if item.lang == UKRAINIAN else none,
        )
        for item in items
    }
    return pages | {path: (pages[path][0], form_kind(item)) for path, item in withdrawn.items() if path in pages}


def entry_link(path: str, form: FormKind) -> str:
    """The path and fragment of the form of a file, from the site's root on; empty if it has none."""
    if form is FormKind.NONE:
        return ""
    if path.startswith(_UNITS):
        unit, _, name = path.removeprefix(_UNITS).partition("/")
        collection = unit_collection(unit)
    else:
        folder = next(folder for folder in _COLLECTIONS if path.startswith(folder))
        collection, name = _COLLECTIONS[folder], path.removeprefix(folder)
        collection = "events" if form is FormKind.EVENT else collection
    return f"{ADMIN}#/collections/{quote(collection, safe='')}/entries/{quote(name.removesuffix('.md'))}"


def link_to_form(item: Item) -> str:
    """The same for an item."""
    return entry_link(item.path, form_kind(item))
