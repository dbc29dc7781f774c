"""The content's pictures: the facts of each file and its published copies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable

from msgspec import Struct, field

from hromada.domain.file_types import AS_JPEG
from hromada.domain.numerals import grouped
from hromada.images.copies import HEIC, LONGEST_SIDE, CopyPlan, PictureInfo, PictureRefused, is_too_long, plan_copies
from hromada.images.placeholders import tone_class
from hromada.render.image_files import facts_of, files_of
from hromada.storage.artifact_cache import FileStore
from hromada.system.disk_errors import DiskError, read_error
from hromada.system.regular_files import RegularFile


class Pictures(Struct):
    """Plans of the content's pictures, each made once; their copies are cached in `store`.

    `facts` are cached, and new ones are added: half a year's photos are 10 GB, so a file is opened once.
    """

    file_of: Callable[[str], RegularFile]
    store: FileStore
    widths: tuple[int, ...]
    facts: dict[str, PictureInfo] = field(default_factory=dict)
    _plans: dict[str, CopyPlan] = field(default_factory=dict)

    def plan(self, path: str) -> CopyPlan:
        """The copies to make of a picture; PictureRefused when its file can't be published."""
        if path not in self._plans:
            facts = self._facts(path)
            if facts.refusal:
                raise PictureRefused(facts.refusal, *((AS_JPEG,) if facts.refusal == HEIC else ()))
            size = facts.width, facts.height
            made = plan_copies(path, facts.digest, size, facts.orientation, self.widths)
            if is_too_long(made):
                high, most = grouped(made.largest.height), grouped(LONGEST_SIDE)
                message = f"світлина задовга: на сайті її висота була б {high} пікселів, а можна {most}"
                raise PictureRefused(message, "розріжте її на частини")
            self._plans[path] = made
        return self._plans[path]

    def format_of(self, path: str) -> str:
        """The format of a picture's file, as Pillow names it."""
        return self._facts(path).format

    def has_frames(self, path: str) -> bool:
        """Whether only the first frame or page of a picture's file is published."""
        return self._facts(path).has_frames

    def tone_class(self, path: str) -> str:
        """The class of a picture's average colour."""
        return tone_class(self._facts(path).tone)

    def lookup_state(self, path: str) -> str:
        """A string that changes with what a page shows of the picture."""
        facts = self._facts(path)
        return facts.refusal or f"{facts.digest} {facts.width} {facts.height} {facts.orientation}"

    def _facts(self, path: str) -> PictureInfo:
        if path not in self.facts:
            self.facts[path] = facts_of(self.file_of(path))
        return self.facts[path]

    def used(self, paths: Iterable[str], covers: Collection[str] = ()) -> list[CopyPlan]:
        """The plans of pictures that pages show, sorted by path, those of covers with a card; of a photo saved twice only one."""
        plans = [self.plan(path) for path in sorted(set(paths))]
        carded = {self.plan(path).largest.name for path in covers}
        by_name = {plan.largest.name: plan for plan in reversed(plans)}
        return [plan.with_card() if name in carded else plan for name, plan in reversed(by_name.items())]

    def files(self, plan: CopyPlan) -> dict[str, bytes]:
        """A picture's copies and card by name; the original is decoded only if they are not cached."""
        return self.store.get(plan.made_of, plan.names, lambda: files_of(plan, self._bytes_of(plan.source)))

    def _bytes_of(self, path: str) -> bytes:
        """The bytes from which the copies get their names; DiskError if the file has changed: names must fit contents."""
        try:
            raw = self.file_of(path).read()
        except OSError as error:
            raise read_error(path, error) from error
        if hashlib.sha256(raw).hexdigest() != self._facts(path).digest:
            raise DiskError(f"{path}: світлину змінено, поки будувався сайт. Запустіть ще раз.")
        return raw
