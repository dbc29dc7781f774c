"""How a release is made: which files are written, in which order, and their compressed forms."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

import brotli
from msgspec import Struct

from hromada.domain.media_types import is_compressed, is_fingerprinted
from hromada.publish.hosts.host import HostFailed, VerifiedSite, digest
from hromada.publish.site_tree import VERSION_FILE

_COMPRESSIONS = (".br", ".gz")
_SMALLEST_COMPRESSED = 256  # bytes: below, the answer's headers weigh more


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
    written = upload_order(site.digests.keys() - same, online)
    return ReleasePlan(tuple(written), frozenset(with_companions & set(tree)))


def fingerprinted_of(names: Collection[str]) -> frozenset[str]:
    return frozenset(filter(is_fingerprinted, names))


def upload_order(names: Collection[str], online: Collection[str]) -> list[str]:
    """The order in which files are put in place one by one, so that no page refers to what isn't there yet."""
    return [name for stage in upload_stages(names, online) for name in stage]


def upload_stages(names: Collection[str], online: Collection[str]) -> list[list[str]]:
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


def read_with_companions(site: VerifiedSite, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of files, each followed by its compressed forms."""
    for name in names:
        data = site.read(name)
        if digest(data) != site.digests[name]:
            raise HostFailed(f"Файл {name} змінився під час публікації. Повторіть: make publish.")
        yield name, data
        yield from compressed(name, data).items()
