"""The job of one run of Pelican and its result, picklable for another process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct, field

from hromada.domain.item import Kind
from hromada.pages.template_filters import SiteContext
from hromada.pages.view_models import PagePlan
from hromada.system.regular_files import RegularFile
from hromada.system.scan import Stamp


class BuildPaths(Struct, frozen=True):
    """The folders and the settings file of a build."""

    root: Path
    settings_file: str
    content: Path
    output: Path
    theme: Path
    cache: Path


class ItemPage(Struct, frozen=True):
    """An item's own page: its source path, and the HTML and metadata that our reader returns for it."""

    file: str
    kind: Kind
    html: str
    metadata: dict[str, Any]


class RenderJob(Struct, frozen=True):
    """Pages to render and files to write."""

    site_context: SiteContext
    items: tuple[ItemPage, ...]
    plans: tuple[PagePlan, ...]
    files: tuple[tuple[str, bytes | RegularFile], ...]  # name and bytes, or the file to copy


class RenderResult(Struct):
    """What was written: the stamp of each file, and the names of those whose bytes have changed."""

    stamps: dict[str, Stamp] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    def add(self, other: RenderResult) -> None:
        self.stamps |= other.stamps
        self.changed += other.changed
