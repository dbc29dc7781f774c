"""What one run of Pelican is given to draw: values alone, so that they can be handed to another process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hromada.domain.item import Kind
from hromada.pages.view_models import PagePlan
from hromada.system.regular_files import RegularFile
from hromada.system.scan import Stamp
from hromada.pages.template_filters import SiteContext


@dataclass(frozen=True, slots=True)
class BuildPaths:
    """Where a site is built, from what, by which settings file."""

    root: Path
    settings_file: str
    content: Path
    output: Path
    theme: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item's own page: the file that Pelican is to read, and what it is to believe that it has read."""

    file: str
    kind: Kind
    html: str
    metadata: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RenderJob:
    """Pages and files to draw."""

    site_context: SiteContext
    items: tuple[ItemPage, ...]
    plans: tuple[PagePlan, ...]
    files: tuple[tuple[str, bytes | RegularFile], ...]  # of a file to copy its place


@dataclass(slots=True)
class RenderResult:
    """What was drawn: the stamp of each file, and those whose bytes are new."""

    stamps: dict[str, Stamp] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    def add(self, other: RenderResult) -> None:
        self.stamps |= other.stamps
        self.changed += other.changed
