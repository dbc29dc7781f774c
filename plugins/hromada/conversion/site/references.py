"""Resolves links and pictures of an old text: to our file, to the old address, or to nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct, field

from hromada.conversion.site.old_item import FileTransfer, OldAddresses, OldAttachment, OldItem
from hromada.domain.lazy_regex import lazy_compile

_LINK_SCHEMES = ("http", "https", "mailto", "tel")
_PELICAN_PREFIX = lazy_compile(
    r"(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)(?P<rest>.*)", re.DOTALL
)


class UsedReferences(Struct):
    """References found in one text."""

    items: set[str] = field(default_factory=set)  # paths of other items
    files: set[str] = field(default_factory=set)  # paths of files in the content
    missing: list[str] = field(default_factory=list)  # pictures that are not at hand: where they were
    outside: int = 0  # links that still lead to the earlier site


class References(Struct):
    """Resolves the references of one item; `pages` gives the path of our file for the key of an old address."""

    item: OldItem
    path: str
    old: OldAddresses
    files: FileTransfer
    attachments: Mapping[str, OldAttachment]
    pages: Callable[[str], str]
    used: UsedReferences = field(default_factory=UsedReferences)

    def link(self, reference: str) -> str:
        """The target of a link in our text; empty when its text must stand without a link."""
        reference = reference.strip()
        if not reference or reference.startswith("#"):
            return ""
        scheme = _scheme(reference)
        if scheme and scheme not in _LINK_SCHEMES:
            return ""
        if scheme in ("mailto", "tel"):
            return reference
        if self.item.file and (moved := self.moved(path_in_source(reference) or "")):
            return moved
        if page := self.pages(self.old.key(reference, self.item.address)):
            self.used.items.add(page)
            return self._relative(page)
        if file := self._file(reference):
            return file
        address = self.old.absolute(reference, self.item.address)
        if not _scheme(address):
            return f"https:{address}" if address.startswith("//") else ""
        self.used.outside += bool(self.old.key(reference, self.item.address))
        return address

    def picture(self, reference: str) -> str:
        """The path of an available picture; empty for a missing one, which is recorded in `used.missing`."""
        reference = reference.strip()
        file = self._file(reference)
        if not file:
            address = "data:…" if _scheme(reference) == "data" else self.old.absolute(reference, self.item.address)
            self.used.missing.append(address)
        return file

    def attachment(self, id: str) -> tuple[str, str]:
        """A file by the number that the earlier site gave it: its path in the content, what it shows."""
        attachment = self.attachments.get(id)
        return (self.picture(attachment.url), attachment.alt) if attachment else ("", "")

    def where(self, reference: str) -> str:
        """Where a picture that is not at hand can still be seen; empty when nowhere."""
        address = self.old.absolute(reference.strip(), self.item.address)
        return address if _scheme(address) in ("http", "https") else ""

    def moved(self, path: str) -> str:
        """A path that leads from the item's file to another file of its folder, as it leads there now; empty when to none."""
        for name in self._names(path):
            if page := self.pages(name):
                self.used.items.add(page)
            target = page or self.files.place(name)
            if target:
                self.used.files |= {target} - {page}
                return path if target == f"content{path}" else self._relative(target)
        return ""

    def _names(self, path: str) -> tuple[str, ...]:
        """Names in the folder that a path may mean: from the file on, or from the root on."""
        rooted = posixpath.normpath(path.lstrip("/"))
        if path.startswith("/"):
            return (rooted,)
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.item.file), path)), rooted

    def _file(self, reference: str) -> str:
        path = path_in_source(reference)
        if path is None:
            return ""
        if self.item.file:
            return next((file for name in self._names(path) if (file := self._place(name))), "")
        address = self.old.absolute(reference, self.item.address)
        return self._place(self.files.uploaded(unquote(url_path(address))))

    def _place(self, name: str) -> str:
        """The reference to a file at hand, empty when there is none or the content can't take it."""
        path = self.files.place(name) if name else ""
        if not path:
            return ""
        self.used.files.add(path)
        return self._relative(path)

    def _relative(self, path: str) -> str:
        return quote_path(posixpath.relpath(path, posixpath.dirname(self.path)))


def quote_path(path: str) -> str:
    """A path as a Markdown link may hold it; Ukrainian letters stay readable."""
    return "".join(
        quote(character) if character in " %()<>[]\\\"'?#|" or not character.isprintable() else character
        for character in path
    )


def path_in_source(reference: str) -> str | None:
    """The path of a reference, decoded, without Pelican's `{filename}`; None for another site's."""
    match = _PELICAN_PREFIX.fullmatch(reference.strip())
    path = match["rest"] if match else reference.strip()
    try:
        return unquote(urlsplit(path).path)
    except ValueError:
        return None


def url_path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _scheme(reference: str) -> str:
    match = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", reference)
    return match[1].casefold() if match else ""
