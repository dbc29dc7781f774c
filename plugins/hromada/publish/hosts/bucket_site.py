"""The site in a bucket of an S3-compatible service that shows it to readers itself.

A bucket has no switch: files are put there one after another, in an order in which no page ever refers to a missing file. A
publication that was killed leaves a part of the new pages; the next one puts the rest. What is ours is written down in the
bucket, so that nothing else there is ever removed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from functools import partial

from msgspec import Struct

from hromada.console.messages import ProgressCallback, no_progress
from hromada.domain.host_address import BucketAddress
from hromada.domain.settings import PictureStore
from hromada.publish.hosts.host import HostFailed, VerifiedSite, digest
from hromada.publish.hosts.release_log import KEPT_FINGERPRINTED
from hromada.publish.hosts.release_plan import deletion_order, fingerprinted_of, upload_order, upload_stages
from hromada.publish.object_store import ObjectStore, StoredObject, StoreFailed, StoreLimits
from hromada.publish.site_tree import VERSION_FILE
from hromada.system.workers import call_in_child

RECORD = "hromada/site.json"
_PARTLY = "Там може бути вже частина нових файлів: повторіть, поки не вдасться."
_DELETED_AT_ONCE = 500


class BucketRecord(Struct, frozen=True):
    """The names that we have put into a bucket, and the last versions, newest first, with their fingerprinted files."""

    files: frozenset[str] = frozenset()
    versions: tuple[tuple[str, frozenset[str]], ...] = ()

    @classmethod
    def read(cls, data: bytes) -> BucketRecord:
        """The record that was written; an empty one for none or an unreadable one: then nothing is removed."""
        try:
            raw = json.loads(data)
            versions = tuple((str(entry["version"]), frozenset(map(str, entry["files"]))) for entry in raw["versions"])
            return cls(frozenset(map(str, raw["files"])), versions)
        except (ValueError, LookupError, TypeError):
            return cls()

    def as_bytes(self) -> bytes:
        versions = [{"version": version, "files": sorted(files)} for version, files in self.versions]
        return json.dumps({"files": sorted(self.files), "versions": versions}, ensure_ascii=False).encode()

    def with_version(self, site: VerifiedSite) -> BucketRecord:
        """The record while a site is put there: both what was there and what will be."""
        older = tuple((version, files - site.withdrawn) for version, files in self.versions if version != site.version)
        versions = ((site.version, fingerprinted_of(site.digests.keys())), *older)
        return BucketRecord(self.files | site.digests.keys(), versions[:KEPT_FINGERPRINTED])

    def unneeded(self, site: VerifiedSite) -> frozenset[str]:
        """Ours, and neither of the site nor fingerprinted files of its last versions."""
        return self.files - site.digests.keys() - frozenset[str]().union(*(files for _, files in self.versions))


class BucketSite(Struct):
    """The host in a bucket."""

    address: BucketAddress
    environ: Mapping[str, str]
    limits: StoreLimits = StoreLimits()
    jobs: int = 1
    on_progress: ProgressCallback = no_progress
    name: str = ""  # the address

    def __post_init__(self) -> None:
        self.name = str(self.address)

    def _objects(self) -> ObjectStore:
        return ObjectStore(PictureStore(self.address.bucket, self.address.endpoint, ""), self.environ, self.limits)

    def files(self) -> Mapping[str, str]:
        """The files of ours in the bucket, with the MD5 of their bytes, as the service names it in an ETag."""
        record, objects = self._listed()
        return {name: objects[name].etag for name in record.files if name in objects}

    def version(self) -> str:
        """The version that version.json names, if every file of the record is there; else empty."""
        record, objects = self._listed()
        said = self._objects().read(VERSION_FILE) if VERSION_FILE in objects else b""
        version = record.versions[0][0] if record.versions else ""
        return version if version and f'"{version}"'.encode() in said and record.files <= objects.keys() else ""

    def ids_of(self, site: VerifiedSite) -> Mapping[str, str]:
        """The MD5 of a site's files."""
        return {name: hashlib.md5(site.read(name), usedforsecurity=False).hexdigest() for name in site.digests}

    def read(self, names: Collection[str]) -> Mapping[str, bytes]:
        """What the bucket has of these files."""
        objects = self._objects()
        return {name: objects.read(name) for name in names}

    def is_rolled_back(self) -> bool:
        """Never: a bucket keeps no releases."""
        return False

    def publish(self, site: VerifiedSite, moment: str) -> None:
        """Put the files that differ into the bucket, then remove what is no longer needed."""
        try:
            self._publish(site)
        except StoreFailed as failed:
            raise HostFailed(failed.reason, _PARTLY) from None

    def _publish(self, site: VerifiedSite) -> None:
        objects = self._objects()
        record, present = self._listed()
        ids = self.ids_of(site)
        changed = upload_order(
            [name for name in ids if name not in present or present[name].etag != ids[name]], present
        )
        record = record.with_version(site)
        unneeded = record.unneeded(site) & present.keys()
        final = BucketRecord(frozenset(site.digests).union(*(files for _, files in record.versions)), record.versions)
        if not changed and not unneeded and final == BucketRecord.read(objects.read(RECORD)):
            return
        objects.write(RECORD, record.as_bytes())
        self._send(objects, site, [name for name in changed if name != VERSION_FILE], present)
        gone = deletion_order(unneeded)
        for start in range(0, len(gone), _DELETED_AT_ONCE):
            objects.delete(gone[start : start + _DELETED_AT_ONCE])
        self._send(objects, site, [VERSION_FILE], present)
        objects.write(RECORD, final.as_bytes())

    def _send(self, objects: ObjectStore, site: VerifiedSite, names: list[str], present: Collection[str]) -> None:
        """Send files; those of one stage together, since only the order of stages matters."""

        def read(stage: list[str]) -> Iterator[tuple[str, bytes]]:
            for name in stage:
                data = site.read(name)
                if digest(data) != site.digests[name]:
                    raise HostFailed(f"Файл {name} змінився під час публікації. Повторіть: make publish.", _PARTLY)
                yield name, data

        done = 0
        for stage in upload_stages(names, present):
            report = partial(self._report, done, len(names))
            done += objects.upload(read(stage), stage, report)

    def _report(self, before: int, total: int, sent: int) -> None:
        self.on_progress("Надсилаю сайт", before + sent, total)

    def _listed(self) -> tuple[BucketRecord, Mapping[str, StoredObject]]:
        """The record and the objects. In a process of its own: the library's threads must not be here when pictures are made."""
        result = call_in_child(partial(_listing, self._objects()), self.jobs)
        if isinstance(result, StoreFailed):
            raise HostFailed(result.reason)
        return result


def _listing(objects: ObjectStore) -> tuple[BucketRecord, Mapping[str, StoredObject]] | StoreFailed:
    try:
        return BucketRecord.read(objects.read(RECORD)), objects.objects("")
    except StoreFailed as failed:
        return failed
