"""Links to the form of an item: the addresses by which the CMS opens an entry of a collection."""

from __future__ import annotations

from urllib.parse import quote

from hromada.domain.item import Item, Kind
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import ADMIN
from hromada.editor.form_collections import unit_collection
from hromada.editor.git_host import git_host

# By kind the collection, and the folder below which an entry is named; those of units have one for each folder.
_COLLECTIONS = {
    Kind.NEWS: ("news", "content/news/"),
    Kind.SERVICE: ("services", "content/services/"),
    Kind.PAGE: ("pages", "content/pages/"),
    Kind.REPORT: ("reports", "content/reports/"),
}
_UNITS = "content/units/"


def pages_link_to_forms(settings: SiteSettings) -> bool:
    """Whether the site's own pages link to the forms of their items: only where the site has an editor."""
    return settings.edit_link and git_host(settings.repository) is not None


def entry_link(item: Item) -> str:
    """The path and fragment of an item's form, from the site's root on; empty for a translation, which has none."""
    if item.is_translation:
        return ""
    if item.kind in (Kind.UNIT, Kind.MESSAGE):
        unit, _, name = item.path.removeprefix(_UNITS).partition("/")
        collection = unit_collection(unit)
    else:
        collection, folder = _COLLECTIONS[item.kind]
        name = item.path.removeprefix(folder)
        if item.kind is Kind.NEWS and item.event_start:
            collection = "events"
    return f"{ADMIN}#/collections/{quote(collection, safe='')}/entries/{quote(name.removesuffix('.md'))}"
