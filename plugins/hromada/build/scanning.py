"""Step 1, scan: the files of the content folder, and whether anything has changed since the last build."""

from __future__ import annotations

from collections.abc import Mapping

from hromada.build.context import BuildContext
from hromada.build.manifest import inputs_digest, is_up_to_date, running_code
from hromada.console.options import Options
from hromada.content.handbook_files import Handbook
from hromada.publish.publication_memory import MEMORY_FILE, PublicationMemory
from hromada.system.regular_files import digest_of
from hromada.system.scan import ScannedFile, scan_folder


def scan(context: BuildContext) -> None:
    """Scan the content folder; if the output is up to date, nothing else is imported or read."""
    options, preview, prefork = context.options, context.preview, context.prefork
    scanned = preview.rescan(options.content, context.saved) if preview else scan_folder(options.content)
    context.scanned = scanned
    if preview or options.ignore_mtimes:  # something has changed; or the files' bytes are to tell
        return
    context.inputs = inputs_of(options, scanned)
    changed_outputs = prefork.changed_outputs if prefork else context.manifest.changed_outputs
    context.is_up_to_date = is_up_to_date(context.manifest, context.inputs, options.clock, changed_outputs)


def inputs_of(options: Options, scanned: Mapping[str, ScannedFile]) -> str:
    """A digest of all inputs of the site, files by their stamps."""
    settings = options.settings()
    settings_and_handbook = f"{settings!r} {options.settings_file} {Handbook(options.root, settings.handbook).digest}"
    return inputs_digest(scanned, options.theme, renderer_digest(options), settings_and_handbook)


def renderer_digest(options: Options) -> str:
    """A digest of what renders, without the theme: the running code and the settings files."""
    files = [options.root / name for name in dict.fromkeys((options.settings_file, "pelicanconf.py"))]
    raw = b"".join(file.read_bytes() for file in files if file.is_file())
    return digest_of(running_code(options.root).encode() + raw)


def publication_memory(options: Options, inputs: str = "") -> PublicationMemory:
    """What the clone remembers of its publications; `inputs` is what the call publishes from beside the commit."""
    path = None if options.ignore_mtimes else options.cache / MEMORY_FILE
    return PublicationMemory(path, running_code(options.root), inputs, options.clock.moment)
