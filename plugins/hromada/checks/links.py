"""Where a link or a picture of a text leads: another item, a file of the content, an anchor, another site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from hromada.domain.calendar import Clock
from hromada.domain.item import Item

_PELICAN = re.compile(r"(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)(?P<rest>.*)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


class Target(StrEnum):
    """What a reference points at."""

    EXTERNAL = "external"
    ANCHOR = "anchor"
    ADDRESS = "address"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference that leads somewhere: `where` is a site address, a content path or the reference itself."""

    target: Target
    where: str
    anchor: str = ""


class LinkBroken(ValueError):
    """The reference leads nowhere; message and fix are Ukrainian."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that a text may refer to."""

    items: Mapping[str, Item]  # by path
    files: frozenset[str]
    addresses: frozenset[str]  # of all pages that the build makes
    clock: Clock

    def resolve(self, reference: str, source: str) -> Resolved:
        """Where `reference`, written in the file `source`, leads; LinkBroken when nowhere."""
        reference = reference.strip()
        if found := _PELICAN.fullmatch(reference):
            reference = found["rest"]
        elif _SCHEME.match(reference):
            return Resolved(Target.EXTERNAL, reference)
        try:
            parts = urlsplit(reference)
        except ValueError:
            raise LinkBroken(f"посилання незрозуміле: «{reference}»", "перевірте його") from None
        path = unquote(parts.path)
        if not path:
            return Resolved(Target.ANCHOR, "", unquote(parts.fragment))
        anchor = unquote(parts.fragment)
        if path.startswith("/") and (address := self._address(path)):
            return Resolved(Target.ADDRESS, address, anchor)
        wanted = _in_content(path, source)
        if wanted in self.items:
            return Resolved(Target.ADDRESS, self._built(self.items[wanted]), anchor)
        if wanted in self.files:
            return Resolved(Target.FILE, wanted)
        raise LinkBroken(f"посилання веде в нікуди: «{reference}»", f"файлу {wanted} немає; перевірте назву")

    def _address(self, path: str) -> str:
        return next((one for one in (path, f"{path}/") if one in self.addresses), "")

    def _built(self, item: Item) -> str:
        if not item.is_built(self.clock):
            raise LinkBroken(
                f"посилання веде до неопублікованого матеріалу {item.path}", "опублікуйте його або приберіть посилання"
            )
        return item.address


def _in_content(path: str, source: str) -> str:
    """The path in the content that a relative or rooted reference names; outside of it when it climbs too high."""
    if path.startswith("/"):
        return posixpath.normpath(f"content{path}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
