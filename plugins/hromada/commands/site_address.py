"""Where the site is published: what the call and publishconf.py say of it, what is said while nobody has set it."""

from __future__ import annotations

import runpy

from hromada.console.options import Call
from hromada.domain.settings import SiteSettings
from hromada.listing.site_location import Location, OnlineLocation, WantedLocation, choose_location
from hromada.system.git import Git, GitFailed

PUBLIC_CONF = "publishconf.py"
PAGES = "gh-pages"


def wanted_location(call: Call) -> WantedLocation:
    """What was said of the site's place, by whom."""
    conf = runpy.run_path(str(call.root / PUBLIC_CONF))
    settings = Location(SiteSettings.parse(conf["HROMADA"]).address, str(conf.get("DOMAIN", "")).strip())
    return WantedLocation(Location(call.siteurl, call.domain), settings, call.force)


def address_note(call: Call) -> list[str]:
    """The same for a command that does not publish: what is online is known from the last look at it."""
    address = choose_location(wanted_location(call), _last_seen(call)).location.address
    return sample_note(call.with_changes(conf=PUBLIC_CONF, address=address).settings())


def _last_seen(call: Call) -> OnlineLocation:
    from hromada.publish.pages_branch import inspect_pages
    from hromada.publish.repository import Clone, has_origin

    git = Git(call.root)
    try:
        return inspect_pages(Clone(git, "", PAGES, has_origin(git))).location
    except (GitFailed, OSError):
        return OnlineLocation()


def sample_note(settings: SiteSettings) -> list[str]:
    """The lines to say; none when the address of the published site is a real one."""
    if not settings.has_sample_address:
        return []
    return [
        f"Зауважте: справжньої адреси сайту не вказано, стоїть зразок {settings.address}. Документи звітів виходять без адреси й"
        " посилань на сайт.",
        f"Скажіть тому, хто веде сховище: справжню адресу вписують до {PUBLIC_CONF} або дають щоразу,"
        " make publish SITEURL=https://<адреса сайту>",
    ]
