"""A verified site on its way to a host: its files, their digests, the order in which they are put there."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol

import brotli
from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.media_types import is_compressed, is_fingerprinted
from hromada.listing.site_changes import CNAME
from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import VERSION_FILE, version_of
from hromada.system.regular_files import RegularFile

KEPT_RELEASES = 10
KEPT_FINGERPRINTED = 3  # releases, the present one included
_COMPRESSIONS = (".br", ".gz")
_SMALLEST_COMPRESSED = 256  # bytes: below, the answer's headers weigh more
_LINE = lazy_compile(r"([0-9a-f]{64})  (.+)")
_UNTOUCHED = "Опублікований сайт лишився таким, як був."


class HostFailed(PublicationRefused):
    """A host could not be published to; the message is Ukrainian and says what is online there."""

    def __init__(self, reason: str, stays: str = _UNTOUCHED) -> None:
        super().__init__(f"{reason} {stays}".strip(), "host-failed")


class VerifiedSite(Struct, frozen=True):
    """The files of a site with the SHA-256 of their bytes, `version.json` among them."""

    version: str
    digests: Mapping[str, str]
    read: Callable[[str], bytes]
    withdrawn: frozenset[str] = frozenset()  # files of earlier releases that may not stay reachable


class Host(Protocol):
    """A host of the site. `files` and `ids_of` use the same digest, whichever the host knows of its files."""

    name: str

    def files(self) -> Mapping[str, str]:
        """The files of the site that the host shows, with their digests as they are now; empty if it shows none."""

    def version(self) -> str:
        """The version that the host shows, if its files are whole; else empty."""

    def ids_of(self, site: VerifiedSite) -> Mapping[str, str]:
        """The digests of a site's files."""

    def read(self, names: Collection[str]) -> Mapping[str, bytes]:
        """What the host shows of these files."""

    def is_rolled_back(self) -> bool:
        """Whether a person has returned to an earlier release there."""

    def publish(self, site: VerifiedSite, moment: str) -> None:
        """Show a site; HostFailed if it can't be done, then the host shows what it did before or says what it shows."""


def site_of_folder(folder: Path, digests: Mapping[str, str], withdrawn: frozenset[str] = frozenset()) -> VerifiedSite:
    """The built site of a folder, whose files have these digests; HostFailed unless its version is that of its files."""
    version = version_of(digests)

    def read(name: str) -> bytes:
        return RegularFile(str(folder), name).read()

    return replace(_verified(version, digests, read), withdrawn=withdrawn)


def site_of_files(files: Mapping[str, bytes]) -> VerifiedSite:
    """The site of files in memory, without what only a git host needs."""
    own = {name: data for name, data in files.items() if name not in (CNAME, ".nojekyll")}
    digests = {name: digest(data) for name, data in own.items() if name != VERSION_FILE}
    return _verified(version_of(digests), digests, own.__getitem__)


def _verified(version: str, digests: Mapping[str, str], read: Callable[[str], bytes]) -> VerifiedSite:
    said = read(VERSION_FILE)
    if f'"{version}"'.encode() not in said:
        raise HostFailed("Файли сайту не ті, з яких зроблено version.json. Повторіть: make publish.")
    return VerifiedSite(version, {**digests, VERSION_FILE: digest(said)}, read)


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


# --- the manifest of a release, as `sha256sum -c` reads it -------------------------------------------------------------


def manifest_text(digests: Mapping[str, str]) -> str:
    """The manifest of files with these digests, sorted by name."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))


def read_manifest(text: str) -> dict[str, str]:
    """The digests of a manifest by file name; a line of another form is left out."""
    lines = (_LINE.fullmatch(line) for line in text.split("\n"))
    return {match[2]: match[1] for match in lines if match}


def is_version(text: str) -> bool:
    """Whether the text is a version of a site, as version.json has it."""
    return bool(re.fullmatch(r"[0-9a-f]{64}", text))


# --- what a release needs beside the site's own files -------------------------------------------------------------------


def compressed(name: str, data: bytes) -> dict[str, bytes]:
    """The same file compressed, by name, where that is shorter; equal bytes give equal bytes.

    Brotli's best level takes forty times as long for a seventh less: only files that stay for years get it.
    """
    if not is_compressed(name) or len(data) < _SMALLEST_COMPRESSED:
        return {}
    made = {
        f"{name}.br": brotli.compress(data, quality=11 if is_fingerprinted(name) else 5),
        f"{name}.gz": gzip.compress(data, 9, mtime=0),
    }
    return {file: small for file, small in made.items() if len(small) < len(data)}


def companions(name: str) -> tuple[str, ...]:
    """The names that a file's compressed forms may have."""
    return tuple(f"{name}{suffix}" for suffix in _COMPRESSIONS) if is_compressed(name) else ()


class ReleasePlan(Struct, frozen=True):
    """How a release is made from the one before: files to write, and the names of the former tree that stay."""

    written: tuple[str, ...]
    kept: frozenset[str]


def plan_release(
    site: VerifiedSite, online: Mapping[str, str], tree: Collection[str], carried: Collection[str]
) -> ReleasePlan:
    """`online`: files of the former release with their digests now; `tree`: all names in its folder, compressed and
    carried ones among them; `carried`: fingerprinted files of earlier releases that are to stay reachable."""
    same = {name for name, id in site.digests.items() if online.get(name) == id}
    stay = same | {name for name in carried if name not in site.digests and name not in site.withdrawn}
    with_companions = {file for name in stay for file in (name, *companions(name))} - (site.digests.keys() - same)
    written = in_order(site.digests.keys() - same, online)
    return ReleasePlan(tuple(written), frozenset(with_companions & set(tree)))


def fingerprinted_of(names: Collection[str]) -> frozenset[str]:
    return frozenset(filter(is_fingerprinted, names))


def in_order(names: Collection[str], online: Collection[str]) -> list[str]:
    """The order in which files are put in place one by one, so that no page refers to what isn't there yet."""
    return [name for stage in stages(names, online) for name in stage]


def stages(names: Collection[str], online: Collection[str]) -> list[list[str]]:
    """The same, divided where what follows may refer to what comes before.

    What pages show, then new pages, then changed ones, each before the lists above it; feeds and the sitemap at the end, the
    version last.
    """

    def stage_of(name: str) -> tuple[int, int]:
        if name == VERSION_FILE:
            return 4, 0
        if name.endswith((".atom", ".xml", ".ics")):
            return 3, 0
        if name.endswith(".html"):
            return (2, -name.count("/")) if name in online else (1, 0)
        return 0, int(name in online)

    ordered = sorted(names, key=lambda name: (stage_of(name), name))
    return [list(stage) for _, stage in groupby(ordered, stage_of)]


def deletion_order(names: Collection[str]) -> list[str]:
    """The reverse: pages before what they show."""
    return sorted(names, key=lambda name: (not name.endswith(".html"), name))


# --- the releases of a folder ------------------------------------------------------------------------------------------


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


def staged(site: VerifiedSite, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of files, each followed by its compressed forms."""
    for name in names:
        data = site.read(name)
        if digest(data) != site.digests[name]:
            raise HostFailed(f"Файл {name} змінився під час публікації. Повторіть: make publish.")
        yield name, data
        yield from compressed(name, data).items()
