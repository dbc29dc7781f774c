"""Files that programs and the curious ask for at fixed addresses: security.txt (RFC 9116) and humans.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from hromada.domain.dates import KYIV, midnight
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import HUMANS_FILE, SECURITY_FILE
from hromada.pages.view_models import FilePlan, PageGroup, plain_file


def well_known_group(settings: SiteSettings, day: date) -> PageGroup:
    """The files on a day: a security.txt that has expired is left out, since it must not be used."""
    texts = [(HUMANS_FILE, humans_text(settings, day))]
    if settings.security_contact and settings.security_expires and settings.security_expires >= day:
        texts.append((SECURITY_FILE, security_text(settings, settings.security_expires)))
    return PageGroup(_files, (tuple(texts),))


def _files(texts: tuple[tuple[str, str], ...]) -> Iterator[FilePlan]:
    for path, text in texts:
        yield plain_file(path.strip("/"), text.encode())


def security_text(settings: SiteSettings, expires: date) -> str:
    """The file of RFC 9116; it holds until the end of its last day in Kyiv."""
    over = midnight(expires + timedelta(days=1)).replace(tzinfo=KYIV).astimezone(UTC)
    return (
        f"Contact: {settings.security_contact}\n"
        f"Expires: {over:%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: uk, en\n"
        f"Canonical: {settings.address}{SECURITY_FILE}\n"
    )


def humans_text(settings: SiteSettings, day: date) -> str:
    """Who keeps the site: the department, never a person."""
    keepers = ", ".join(filter(None, (settings.keeper, settings.publisher_on(day))))
    return (
        "/* TEAM */\n"
        f"Сайт веде: {keepers}\n"
        "\n"
        "/* SITE */\n"
        f"Назва: {settings.name}\n"
        f"Мова: українська\n"
        f"Ліцензія матеріалів: {settings.licence.name}\n"
        "Побудовано: Pelican, Python; сторінки статичні, без стеження\n"
    )
