"""Step 2, load: reads the content folder into a snapshot whose links are unresolved. Problems are collected, not raised."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from hromada.checks.link_rules import Targets, ended_pages
from hromada.console.messages import ProgressCallback, no_progress
from hromada.content.file_cache import FileCache
from hromada.content.folder_reader import load_content
from hromada.content.handbook import addresses_of
from hromada.content.handbook_files import Handbook
from hromada.content.linkable_addresses import linkable_addresses, report_files
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.dates import Clock
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import (
    LAW_PAGE,
)
from hromada.editor.admin_pages import ADMIN_PAGES
from hromada.editor.git_host import git_host
from hromada.pictures.copies import PictureInfo
from hromada.render.content_pictures import Pictures
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
        linkable_addresses(built, withdrawn.keys())
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
