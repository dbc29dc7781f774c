"""Where the site is published, by the command's settings and publishconf.py, and a note while it is unset."""

from __future__ import annotations

import runpy

from hromada.console.options import Options
from hromada.domain.settings import SiteSettings
from hromada.online.site_location import Location, OnlineLocation, RequestedLocation, choose_location
from hromada.system.git import Git, GitFailed

PUBLIC_CONF = "publishconf.py"


def wanted_location(options: Options) -> RequestedLocation:
    """The site's location by the command's settings and by publishconf.py."""
    settings_file = runpy.run_path(str(options.root / PUBLIC_CONF))
    settings = Location(
        SiteSettings.parse(settings_file["HROMADA"]).address, str(settings_file.get("DOMAIN", "")).strip()
    )
    return RequestedLocation(Location(options.siteurl, options.domain), settings, options.force)


def written_mirrors(options: Options) -> object:
    """MIRRORS of publishconf.py as it is written there."""
    return runpy.run_path(str(options.root / PUBLIC_CONF)).get("MIRRORS", ())


def known_address(options: Options) -> str:
    """The site's address as a publication would choose it; what is online is known from the last fetch."""
    return choose_location(wanted_location(options), last_seen(options)).location.address


def address_note(options: Options) -> list[str]:
    """`sample_note` for a command that does not publish."""
    address = known_address(options)
    return sample_note(options.with_changes(settings_file=PUBLIC_CONF, address=address).settings())


def last_seen(options: Options) -> OnlineLocation:
    """The location of the site that was online at the last fetch; empty if that is unknown."""
    from hromada.publish.pages_branch import inspect_pages
    from hromada.publish.repository import PAGES_BRANCH, Repository, has_origin

    git = Git(options.root)
    try:
        return inspect_pages(Repository(git, "", PAGES_BRANCH, has_origin(git))).location
    except (GitFailed, OSError):
        return OnlineLocation()


def sample_note(settings: SiteSettings) -> list[str]:
    """The lines to print while the site has the sample address; empty for a real one."""
    if not settings.has_sample_address:
        return []
    return [
        f"Зауважте: справжньої адреси сайту не вказано, стоїть зразок {settings.address}. Документи звітів виходять без адреси й"
        " посилань на сайт.",
        f"Скажіть тому, хто веде сховище: справжню адресу вписують до {PUBLIC_CONF} або дають щоразу,"
        " make publish SITEURL=https://<адреса сайту>",
    ]
