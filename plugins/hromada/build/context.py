"""What the steps of a build share: scan, load, check, count, plan, render, commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hromada.build.manifest import BuildManifest
from hromada.console.messages import ProgressCallback, no_progress
from hromada.console.options import Options
from hromada.system.scan import ScannedFile, rescan, scan_folder

if TYPE_CHECKING:
    from hromada.build.planning import OutputPlan
    from hromada.build.prefork import PreforkedRenderer
    from hromada.build.render_job import BuildPaths
    from hromada.build.rendering import Rendering
    from hromada.content.file_cache import FileCache
    from hromada.content.snapshot import ContentSnapshot


@dataclass(slots=True)
class PreviewState:
    """What the process of `make serve` keeps between its builds."""

    file_cache: FileCache
    manifest: BuildManifest
    output_is_known: bool = False  # the output folder was checked; since then only this process writes there
    scanned: dict[str, ScannedFile] = field(default_factory=dict)  # the content of the last build
    scan_is_full: bool = True  # that scan was of the whole folder, not only of the files reported as saved
    # By path the address and kind of form, as last built.
    pages: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def reload_manifest(self) -> None:
        """Read the manifest again when another process has written into the output folder."""
        if not self.manifest.is_latest:
            self.manifest = BuildManifest(self.manifest.folder, self.manifest.cache)
            self.output_is_known = False

    def rescan(self, content: Path, saved: Sequence[Path]) -> dict[str, ScannedFile]:
        """Scan the content folder; only `saved` files, if known: a full scan is a third of an edit's time (measured)."""
        again = rescan(self.scanned, content, saved) if saved and self.scanned else None
        self.scan_is_full = again is None
        self.scanned = again or scan_folder(content)
        return self.scanned

    def is_out_of_date(self, content: Path) -> bool:
        """Whether the content folder is no longer what the last build was made from."""
        self.scan_is_full = True
        try:
            return scan_folder(content) != self.scanned
        except OSError:  # the build will say what is wrong
            return True


@dataclass(slots=True)
class BuildContext:
    """The state of one build, which its steps fill in one after the other.

    `delete_unknown`: files in the output folder that no build of ours made are deleted, too.
    """

    options: Options
    manifest: BuildManifest
    preview: PreviewState | None = None
    saved: Sequence[Path] = ()
    delete_unknown: bool = False
    on_progress: ProgressCallback = no_progress
    prefork: PreforkedRenderer | None = None
    inputs: str = ""  # digest of everything that shapes the site; empty when unknown
    is_up_to_date: bool = False
    scanned: dict[str, ScannedFile] | None = None
    snapshot: ContentSnapshot = field(init=False)
    plan: OutputPlan = field(init=False)
    rendering: Rendering = field(init=False)

    @property
    def file_cache(self) -> FileCache:
        """The preview's, or the one on the disk."""
        from hromada.build.content_steps import file_cache_of

        return self.preview.file_cache if self.preview else file_cache_of(self.options)

    @property
    def paths(self) -> BuildPaths:
        """Where the build reads and writes."""
        from hromada.build.render_job import BuildPaths

        options = self.options
        return BuildPaths(
            options.root, options.settings_file, options.content, options.output, options.theme, options.cache
        )
