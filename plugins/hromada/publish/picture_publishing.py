"""Sends the pictures that a built site needs to its store, before the pages are published, and keeps them from a cleanup meanwhile.

A publication and a cleanup (`publish.picture_cleanup`) may run on two machines. Each first leaves a note in the bucket and
then looks for the other's: whichever order these four steps take, at least one of the two sees the other. The cleanup gives
way; the publication waits.
"""

from __future__ import annotations

import contextlib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct, field

from hromada.console.messages import ProgressCallback, no_progress
from hromada.domain.numerals import NOUNS, Case, grouped
from hromada.domain.settings import PictureStore
from hromada.publish.object_store import ObjectStore, StoredObject, StoreFailed, StoreLimits, store_fault
from hromada.publish.repository import clone_id
from hromada.publish.site_tree import PictureFiles
from hromada.system.git import Git
from hromada.system.regular_files import RegularFile
from hromada.system.workers import call_in_child, parallel_map

FOLDER = "images"  # of the bucket: as of the site
NOTES = "hromada"  # of the bucket: where publications and cleanups leave their notes
CLEANUP = f"{NOTES}/cleanup"
PUBLICATIONS = f"{NOTES}/publications/"
LONGEST_CLEANUP = timedelta(hours=1)  # a note older than that is of a cleanup that was killed
LONGEST_PUBLICATION = timedelta(days=1)
_WAITING, _PAUSE = 300.0, 2.0  # seconds for a cleanup to end
_CHECKS, _CHECK_SECONDS = 3, 20


class PicturePublisher(Struct, frozen=True):
    """The store of a publication, its limits, and how many processes may make pictures."""

    store: PictureStore
    environ: Mapping[str, str]
    limits: StoreLimits = StoreLimits()
    jobs: int = 1
    on_progress: ProgressCallback = no_progress
    waiting: float = _WAITING

    def _objects(self) -> ObjectStore:
        return ObjectStore(self.store, self.environ, self.limits)

    def refuse_unusable(self) -> None:
        """StoreFailed where the library or the keys are missing; asked before a long build."""
        if fault := store_fault(self.environ):
            raise StoreFailed(fault)

    def missing(self, pictures: Sequence[PictureFiles]) -> Missing:
        """Which files of the pictures the store lacks; it is only read."""
        return _missing(pictures, self._objects().objects(FOLDER))

    @contextlib.contextmanager
    def published(
        self, git: Git, pictures: Sequence[PictureFiles], withdrawn: Collection[str], print_lines: Callable[[str], None]
    ) -> Iterator[None]:
        """Send what is missing; inside, no cleanup removes a picture. StoreFailed if one could not be sent.

        `withdrawn` files are deleted once the pages without them are online.
        """
        if not pictures and not withdrawn:
            yield
            return
        note = f"{PUBLICATIONS}{clone_id(git)}"
        try:
            # In a process of its own: the library starts threads, and beside these no process can be forked to make pictures.
            stored = call_in_child(partial(self._announce, note), self.jobs)
            if isinstance(stored, StoreFailed):
                raise stored
            missing = _missing(pictures, stored)
            self._send(missing)
            print_lines(missing.as_line())
            if pictures:
                self._check_public(pictures[0].names[0])
            yield
            if gone := sorted(stored.keys() & set(withdrawn)):
                self._objects().delete(gone)
                print_lines(f"Зі сховища прибрано світлини відкликаних матеріалів: {NOUNS['файл'].counted(len(gone))}.")
        finally:
            with contextlib.suppress(StoreFailed):  # a note that stays makes a cleanup wait for a day, nothing else
                self._objects().delete([note])

    @contextlib.contextmanager
    def kept(self, git: Git, names: Collection[str]) -> Iterator[None]:
        """Inside, the store has these files and no cleanup removes one. StoreFailed if one is gone."""
        if not names:
            yield
            return
        note = f"{PUBLICATIONS}{clone_id(git)}"
        try:
            stored = self._announce(note)
            if isinstance(stored, StoreFailed):
                raise stored
            if gone := [name for name in names if name not in stored or not stored[name].size]:
                raise StoreFailed(
                    f"Тій публікації потрібні світлини, яких у сховищі вже немає: {NOUNS['файл'].counted(len(gone))}."
                )
            yield
        finally:
            with contextlib.suppress(StoreFailed):
                self._objects().delete([note])

    def _announce(self, note: str) -> dict[str, StoredObject] | StoreFailed:
        """Leave the publication's note, wait for a cleanup, and list the store's pictures."""
        try:
            objects = self._objects()
            objects.write(note, b"")
            self._wait_for_cleanup(objects, note)
            return objects.objects(FOLDER)
        except StoreFailed as failed:
            return failed

    def _wait_for_cleanup(self, objects: ObjectStore, note: str) -> None:
        until = time.monotonic() + self.waiting
        while True:
            notes = objects.objects(NOTES)
            cleanup = notes.get(CLEANUP)
            if cleanup is None or notes.get(note, cleanup).modified - cleanup.modified > LONGEST_CLEANUP:
                return
            if time.monotonic() > until:
                raise StoreFailed("У сховищі світлин зараз прибирають (make photos-gc). Повторіть пізніше.")
            time.sleep(_PAUSE)
            objects.write(note, b"")  # its time is the store's clock

    def _send(self, missing: Missing) -> None:
        if not missing.pictures:
            return
        self._make(missing.pictures)
        total = len(missing.names)
        self._objects().upload(
            missing.files(), missing.broken, lambda sent: self.on_progress("Надсилаю світлини", sent, total)
        )

    def _make(self, pictures: Sequence[PictureFiles]) -> None:
        """Make the pictures' files in several processes; the cache gives them when they are sent."""
        results = parallel_map(pictures, _make_into_cache, self.jobs, lambda picture: picture.names[0], chunk=4)
        for made, _ in enumerate(results, 1):
            self.on_progress("Готую світлини", made, len(pictures))

    def _check_public(self, name: str) -> None:
        """StoreFailed unless anybody can read a picture at its public address."""
        address, fault = f"{self.store.public}/{name}", ""
        for attempt in range(_CHECKS):
            time.sleep(attempt)
            if not (fault := _public_fault(address, self.store.origin, self.limits)):
                return
        raise StoreFailed(
            f"Надіслані світлини не відкриваються за адресою {address}: {fault}. Перевірте public у publishconf.py"
            " і чи дозволено всім читати кошик."
        )


class Missing(Struct, frozen=True):
    """The files that a store lacks, of `count` that are needed; those in `broken` are there without content."""

    pictures: Sequence[PictureFiles] = ()
    names: frozenset[str] = frozenset()
    broken: set[str] = field(default_factory=set)
    count: int = 0

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The missing files, each made when it is asked for."""
        for picture in self.pictures:
            for name, data in picture.make().items():
                if name in self.names:
                    yield name, data.read() if isinstance(data, RegularFile) else data

    def as_line(self) -> str:
        """«Світлини у сховищі: 5 000 файлів, з них надіслано зараз: 12.»"""
        there = NOUNS["файл"].counted(self.count)
        return f"Світлини у сховищі: {there}, з них надіслано зараз: {grouped(len(self.names))}."

    def as_forecast(self) -> str:
        """The same for a publication that is only shown."""
        sent = NOUNS["файл"].counted(len(self.names), Case.ACCUSATIVE)
        return f"До сховища світлин буде надіслано {sent} з {grouped(self.count)}."


def _missing(pictures: Sequence[PictureFiles], stored: Mapping[str, StoredObject]) -> Missing:
    needed = {name for picture in pictures for name in picture.names}
    broken = {name for name in needed & stored.keys() if not stored[name].size}
    names = frozenset(needed - stored.keys() | broken)
    return Missing([picture for picture in pictures if not names.isdisjoint(picture.names)], names, broken, len(needed))


def _make_into_cache(picture: PictureFiles) -> None:
    picture.make()


def _public_fault(address: str, origin: str, limits: StoreLimits) -> str:
    request = urllib.request.Request(address, method="HEAD", headers={"User-Agent": "hromada-publish"})
    try:
        with urllib.request.urlopen(request, timeout=min(limits.request.total_seconds(), _CHECK_SECONDS)) as answer:
            content_type = answer.headers.get_content_type()
            if not answer.url.startswith(f"{origin}/"):
                return "звідти ведуть на іншу адресу"
            return "" if content_type.startswith("image/") else f"це {content_type}, а не світлина"
    except urllib.error.HTTPError as error:
        error.close()
        return f"відповідь {error.code}"
    except (OSError, ValueError):
        return "сервер не відповідає"


def active_publications(notes: Mapping[str, StoredObject], now: datetime) -> list[str]:
    """The notes of publications that may still be running."""
    return sorted(
        name
        for name, note in notes.items()
        if name.startswith(PUBLICATIONS) and now - note.modified < LONGEST_PUBLICATION
    )
