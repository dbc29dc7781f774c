"""What each template is made of: its own text, those it extends and imports, the static files it names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from hromada.system.scan import walk

# Only literal names: a test holds this against Jinja's own parser.
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
        files = (one.source for path, one in walk(self._folder).items() if path.endswith(_TYPES))
        return {file.name: file.read().decode() for file in files}

    @property
    def names(self) -> list[str]:
        return sorted(name for name in self._texts if "/" not in name)

    def used_by(self, name: str) -> list[str]:
        """The template and all that it is made of, by name."""
        found, waiting = {name}, [name]
        while waiting:
            for one in _REFERENCE.findall(self._texts[waiting.pop()]):
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return sorted(found)

    def digest(self, name: str) -> str:
        """What a page drawn by the template depends on beside its context."""
        if name not in self._digests:
            digest = hashlib.blake2b(digest_size=8)
            for one in self.used_by(name):
                text = self._texts[one]
                assets = [self._assets.get(asset, "") for asset in sorted(set(_ASSET.findall(text)))]
                digest.update(f"{one}\0{text}\0{assets}\0".encode())
            self._digests[name] = digest.hexdigest()
        return self._digests[name]
