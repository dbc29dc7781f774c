"""Step 2, load: reads the content folder into a snapshot whose links are unresolved. Problems are collected, not raised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from hromada.checks.link_rules import Targets, ended_pages
from hromada.console.messages import ProgressCallback, no_progress
from hromada.content.file_cache import Approved, FileCache
from hromada.content.folder_reader import Content, load_content
from hromada.content.handbook import addresses_of
from hromada.content.handbook_files import Handbook
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.calendar import Clock
from hromada.domain.file_names import FILES
from hromada.domain.item import Item, Kind, Status
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import (
    ALERT_SHEETS,
    ARCHIVE,
    CALENDAR_FILE,
    ENGLISH,
    EVENT_FILE,
    LAW_PAGE,
    LISTS,
    MESSAGES_FEED,
    NEWS_FEED,
    PHOTOS_PAGE,
    SEARCH_PAGE,
    SITE_MAP,
    TAGS,
    TEXT_PAGE,
    category_feed,
    category_path,
    event_month_path,
    message_month_path,
    month_path,
    photo_month_path,
    tag_path,
)
from hromada.editor.admin_pages import ADMIN_PAGES
from hromada.editor.git_host import git_host
from hromada.images.copies import PictureInfo
from hromada.render.images import Pictures
from hromada.render.links import Linker
from hromada.storage.artifact_cache import FileStore
from hromada.system.regular_files import RegularFile
from hromada.system.scan import ScannedFile


class ContentSources(Struct, frozen=True):
    """The folders and settings from which a snapshot is made; handbook and theme are published with the content."""

    root: Path  # of the project
    content: Path
    cache: Path
    theme: Path
    settings: SiteSettings
    clock: Clock
    jobs: int = 1  # processes at once
    ignore_mtimes: bool = False  # files are known by their bytes alone
    is_publication: bool = False  # the site is checked to be published


def load(
    sources: ContentSources, file_cache: FileCache, scanned: dict[str, ScannedFile] | None = None,
    on_progress: ProgressCallback = no_progress,
) -> ContentSnapshot:  # fmt: skip
    """Read what `file_cache` does not know of the content folder; `scanned` is the folder as it was just scanned."""
    settings, clock = sources.settings, sources.clock
    content = load_content(
        sources.content, settings, file_cache, scanned=scanned, ignore_mtimes=sources.ignore_mtimes, jobs=sources.jobs,
        on_progress=on_progress,
    )  # fmt: skip
    site, entries = content.site, content.entries
    facts = {
        path: parsed
        for path in site.files
        if path in entries and isinstance(parsed := entries[path].parsed, PictureInfo)
    }
    handbook = Handbook(sources.root, settings.handbook)

    def file_of(path: str) -> RegularFile:
        return handbook.file(path) if path in handbook.pictures else content.file(path)

    pictures = Pictures(file_of, FileStore(sources.cache / "pictures"), settings.picture_widths, facts)
    originals = [item for item in site.items if item.is_built(clock)]
    withdrawn = {item.path: item for item in originals if item.is_withdrawn(clock)}
    # Whatever is made of a snapshot's items gets withdrawn ones without their content.
    built = [item.without_content() if item.path in withdrawn else item for item in originals]
    pages = dict.fromkeys((item.path for item in site.items), "")
    pages.update((item.path, item.address) for item in built)
    law = {LAW_PAGE} if site.law is not None else set()
    editor = {page.path for page in ADMIN_PAGES} if git_host(settings.repository) else set()
    listed = (
        _addresses(built, withdrawn.keys())
        | report_files(content, clock)
        | law
        | editor
        | {*addresses_of(handbook).values()}
    )
    unbuilt = {item.address: item.path for item in site.items if not pages[item.path]}
    notices = frozenset(item.address for item in withdrawn.values())
    targets = Targets(pages, site.files, listed, unbuilt, settings.address, notices, ended_pages(originals, clock))
    linker = Linker(targets, pictures, settings.link, content.size_of)
    return ContentSnapshot(
        content,
        clock,
        file_cache,
        pictures,
        linker,
        list(content.problems),
        built,
        handbook,
        jobs=sources.jobs,
        withdrawn=withdrawn,
    )


def _addresses(built: Sequence[Item], withdrawn: Collection[str]) -> frozenset[str]:
    """Every address that a text may link to, without the further pages of long lists; no list has a `withdrawn` item."""
    own = {
        "/",
        ARCHIVE,
        PHOTOS_PAGE,
        SEARCH_PAGE,
        SITE_MAP,
        NEWS_FEED,
        MESSAGES_FEED,
        CALENDAR_FILE,
        TEXT_PAGE,
        ALERT_SHEETS,
        *LISTS,
    }
    addresses = own | {item.address for item in built}
    if withdrawn:
        built = [item for item in built if item.path not in withdrawn]
    news = [item for item in built if item.kind is Kind.NEWS and item.when and item.is_public]
    months = {(item.when.year, item.when.month) for item in news if item.when}
    categories = {item.category for item in news if item.category}
    addresses |= {ENGLISH for item in built if item.address.startswith(ENGLISH) and item.status is Status.PUBLISHED}
    messages = [item for item in built if item.kind is Kind.MESSAGE and item.when and item.is_public]
    dated = [*news, *messages]
    addresses |= {message_month_path(item.when.year, item.when.month) for item in messages if item.when}
    addresses |= {f"{item.address}feed.atom" for item in built if item.kind is Kind.UNIT and item.is_public}
    for item in built:
        if item.announced:
            addresses.add(f"{item.address}{EVENT_FILE}")
            if item.is_public:
                addresses |= {event_month_path(*month) for month in item.announced.months()}
    pictured = [item for item in dated if item.image or item.gallery]
    addresses |= {photo_month_path(item.when.year, item.when.month) for item in pictured if item.when}
    tagged = [item for item in dated if item.tags]
    addresses |= {path for item in tagged for tag in item.tags if (path := tag_path(tag))}
    addresses |= {TAGS} if tagged else set()
    return frozenset(
        addresses
        | {month_path(*month) for month in months}
        | {address for title in categories if (path := category_path(title)) for address in (path, category_feed(path))}
    )


def report_files(content: Content, clock: Clock) -> frozenset[str]:
    """The addresses below the reports' own: their files, and the lists of the figures that they show."""
    parsed_approvals = [content.entries[path].parsed for path in content.approved]
    approved = {parsed.period: parsed.figures for parsed in parsed_approvals if isinstance(parsed, Approved)}
    addresses: set[str] = set()
    for item in content.site.of_kind(Kind.REPORT):
        if item.report and item.is_built(clock):
            lists: Iterable[str] = approved.get(item.report.period.id) or [
                spec.id for spec in content.site.figures.specs
            ]
            addresses |= {
                f"{item.address}{name}" for name in [name for _, _, name in FILES] + [f"{id}/" for id in lists]
            }
    return frozenset(addresses)
