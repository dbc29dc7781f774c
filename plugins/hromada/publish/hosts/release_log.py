"""What a folder of releases notes of them: its publications in a log, each release's files in a manifest."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from msgspec import Struct

from hromada.domain.lazy_regex import lazy_compile

KEPT_RELEASES = 10
KEPT_FINGERPRINTED = 3  # releases, the present one included
_LINE = lazy_compile(r"([0-9a-f]{64})  (.+)")


class ReleaseLog(Struct, frozen=True):
    """The publications of a folder, oldest first, one line each: the moment and the version."""

    lines: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> ReleaseLog:
        return cls(tuple(line for line in text.split("\n") if is_version(line.rpartition(" ")[2])))

    @property
    def versions(self) -> list[str]:
        """Each version once, by its last publication, oldest first."""
        all_versions = [line.rpartition(" ")[2] for line in self.lines]
        return list(reversed(dict.fromkeys(reversed(all_versions))))

    def with_current(self, version: str, moment: str) -> ReleaseLog:
        """The log of a folder that shows a version which a killed publication did not note."""
        return self if not version or version in self.versions else self.with_publication(version, moment)

    def with_publication(self, version: str, moment: str) -> ReleaseLog:
        return ReleaseLog((*self.lines, f"{moment} {version}"))

    def is_rolled_back(self, version: str) -> bool:
        """Whether the version shown was published before the last one, so that a person has returned to it."""
        versions = self.versions
        return version in versions and versions[-1] != version

    def before(self, version: str) -> tuple[str, ...]:
        """The versions whose fingerprinted files stay reachable after one that follows `version`, the latter first."""
        if not version:
            return ()
        older = [earlier for earlier in self.versions if earlier != version]
        return (version, *reversed(older[-(KEPT_FINGERPRINTED - 2) :]))

    def dropped(self, version: str, known: Collection[str]) -> list[str]:
        """Which of the known releases are too old to be kept, while `version` is shown."""
        kept = {version, *[earlier for earlier in self.versions if earlier != version][-(KEPT_RELEASES - 1) :]}
        return sorted(set(known) - kept)

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


def manifest_text(digests: Mapping[str, str]) -> str:
    """The manifest of files with these digests, sorted by name, as `sha256sum -c` reads it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))


def read_manifest(text: str) -> dict[str, str]:
    """The digests of a manifest by file name; a line of another form is left out."""
    lines = (_LINE.fullmatch(line) for line in text.split("\n"))
    return {match[2]: match[1] for match in lines if match}


def is_version(text: str) -> bool:
    """Whether the text is a version of a site, as version.json has it."""
    return bool(re.fullmatch(r"[0-9a-f]{64}", text))
