"""A host of the site, and the verified site that it is to show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from hromada.online.site_location import CNAME
from hromada.publish.repository import STAYS, PublicationRefused
from hromada.publish.site_tree import VERSION_FILE, version_of
from hromada.system.regular_files import RegularFile


class HostFailed(PublicationRefused):
    """A host could not be published to; the message is Ukrainian and says what is online there."""

    def __init__(self, reason: str, stays: str = STAYS) -> None:
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
