"""The dependencies of each template: its text, the templates it extends and imports, the static files it names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from hromada.system.scan import walk

# Only literal names; a test compares this with Jinja's own parser.
_REFERENCE = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
_ASSET = re.compile(r"""["']([^"'|{}]+)["']\s*\|\s*asset\b""")

_TYPES = (".html", ".xml", ".txt")  # not what an editor's program leaves beside them


class Templates:
    """Digests of templates with everything they use; `assets` are the published names of static files."""

    def __init__(self, folder: Path, assets: Mapping[str, str]) -> None:
        self._folder, self._assets = folder, assets
        self._digests: dict[str, str] = {}

    @cached_property
    def _texts(self) -> dict[str, str]:
        files = (file.source for path, file in walk(self._folder).items() if path.endswith(_TYPES))
        return {file.name: file.read().decode() for file in files}

    @property
    def names(self) -> list[str]:
        return sorted(name for name in self._texts if "/" not in name)

    def used_by(self, name: str) -> list[str]:
        """The template and all that it extends, includes or imports, directly or not."""
        used, pending = {name}, [name]
        while pending:
            for reference in _REFERENCE.findall(self._texts[pending.pop()]):
                if reference not in used:
                    used.add(reference)
                    pending.append(reference)
        return sorted(used)

    def digest(self, name: str) -> str:
        """What a page of the template depends on beside its context."""
        if name not in self._digests:
            digest = hashlib.blake2b(digest_size=8)
            for used in self.used_by(name):
                text = self._texts[used]
                assets = [self._assets.get(asset, "") for asset in sorted(set(_ASSET.findall(text)))]
                digest.update(f"{used}\0{text}\0{assets}\0".encode())
            self._digests[name] = digest.hexdigest()
        return self._digests[name]
