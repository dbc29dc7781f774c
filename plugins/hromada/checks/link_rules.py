"""Where a link or a picture of a text leads: another item, a file of the content, an anchor, another site."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from hromada.checks.path_rules import missing_file_advice
from hromada.domain.alphabet import to_nfc

_PELICAN = re.compile(r"(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)(?P<rest>.*)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_WORD = re.compile(r"[^\s<>()\[\]\"'`|]+")
_BEFORE_A_WORD, _AFTER_A_WORD = "«„“*_", ".,:;!?»”“…*_"

_NOTHING = re.compile(r"(?:(?:https?|ftp):/{0,3}|https?:/?(?!/)[^/].*|mailto:|tel:)?", re.IGNORECASE)
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"\+?[\d()][\d() -]{7,20}")
_NO_DIGITS = re.compile(r"[^\d+]")
_HOST = re.compile(
    r"www\.[\w-]+\.|[\w-]+(?:\.[\w-]+){0,3}\.(?:ua|com|org|net|info|eu|me|укр|gle|be|ly)(?:[/?#]|\Z)", re.IGNORECASE
)
EMPTY_LINK_MESSAGE = ("посилання без адреси", "впишіть адресу в дужках: [слова](адреса)")

FILES_FOLDER = "content/files/"  # what lies here is published by itself: links from outside lead to it


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


def is_outside(reference: str) -> bool:
    """Whether a reference leads to another site."""
    return bool(_SCHEME.match(reference.strip()))


def leads_nowhere(reference: str) -> bool:
    """Whether a link has no address at all, or only the beginning of one."""
    return _NOTHING.fullmatch(reference.strip()) is not None


def referenced_files(references: Iterable[str], source: str) -> tuple[str, ...]:
    """What the references of the file `source` name in files/: paths of the content, and whole addresses as they are.

    Those of this site among the addresses are known once its own address is (`file_at`).
    """
    files = (_file_named(reference.strip(), source) for reference in references if may_name_file(reference))
    return tuple(dict.fromkeys(name for name in files if name))


def find_file_references(text: str) -> Iterator[str]:
    """The words of a file that may be addresses of documents: readers can copy one that is no link."""
    if may_name_file(text):
        for word in _WORD.findall(html.unescape(text)):
            if may_name_file(word):
                yield word.lstrip(_BEFORE_A_WORD).rstrip(_AFTER_A_WORD)


def may_be_page(reference: str) -> bool:
    """Whether a whole address may be that of one of our pages: of the web, and no file."""
    return reference.strip()[:8].casefold().startswith(("http://", "https://", "//"))


def may_name_file(reference: str) -> bool:
    """Whether a reference may lead into files/: nearly none does."""
    return "files/" in (unquote(reference) if "%" in reference else reference)


def _file_named(reference: str, source: str) -> str:
    if is_outside(reference):
        return reference
    try:
        name = _in_content(_parsed(reference)[0], source)
    except LinkBroken:
        return ""
    return name if name.startswith(FILES_FOLDER) else ""


def content_path(name: str, site: str) -> str:
    """The path in the content of what `files_named` gave; empty for an address that is not under `site`."""
    if not is_outside(name):
        return name
    path = site_path(name, site)
    return posixpath.normpath(f"content{path}") if path else ""


@lru_cache(maxsize=1024)  # as of inner references
def site_path(link: str, site: str) -> str:
    """The path on the site that a link outside of texts leads to; empty for one that leads elsewhere."""
    try:
        parts, own = urlsplit(link.strip()), urlsplit(site)
    except ValueError:
        return ""
    if not parts.netloc:
        return unquote(parts.path) if parts.path.startswith("/") else ""
    path = _as_browsers_ask(parts.path)
    if _host(parts) != _host(own) or not path.startswith(f"{own.path}/"):
        return ""
    return path.removeprefix(own.path)


def _as_browsers_ask(path: str) -> str:
    """A path without escapes, `.` and `..`; hosts of sites answer doubled slashes as single ones."""
    path = unquote(path)
    clean = posixpath.normpath(f"/{path.lstrip('/')}")
    return f"{clean}/" if path.endswith(("/", "/.", "/..")) and clean != "/" else clean


def _host(parts: SplitResult) -> str:
    """The host alone: neither a name and password before it nor the usual port, a last dot or letters' case tell hosts apart."""
    try:
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".")
    return name if port in (None, 80, 443) else f"{name}:{port}"


def unpublished_link_message(path: str) -> tuple[str, str]:
    """What is wrong with a link to an item that is not built, and what to do."""
    return f"посилання веде до неопублікованого матеріалу {path}", "опублікуйте його або приберіть посилання"


def withheld_files(files: Collection[str], unpublished: Iterable[str], published: Iterable[str], site: str) -> set[str]:
    """Of the files those that something unpublished names, and nothing published; letters' case doesn't matter.

    The names are what `files_named` gave.
    """
    unpublished_paths, published_paths = (
        {_folded(content_path(name, site)) for name in names} for names in (unpublished, published)
    )
    withheld = unpublished_paths - published_paths
    return {path for path in files if _folded(path) in withheld} if withheld else set()


def _folded(name: str) -> str:
    return to_nfc(name).casefold()


SITE = "@"  # stands among the names that decide for the site's own address


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that a text may refer to.

    `pages` are the addresses of items by the path of their file, empty for one that is not built; `addresses` are
    those of all pages and files that a text may name; `unbuilt` are the paths of items that are not built by the
    address that each will have, `site` is the site's own address, where it is known.
    """

    pages: Mapping[str, str]
    files: Collection[str]
    addresses: Collection[str]
    unbuilt: Mapping[str, str] = field(default_factory=dict)
    site: str = ""

    def resolve(self, reference: str, source: str) -> Resolved:
        """Where `reference`, written in the file `source`, leads; LinkBroken when nowhere."""
        reference = reference.strip()
        if is_outside(reference):
            self._refuse_unbuilt(self._own(reference))
            return Resolved(Target.EXTERNAL, reference)
        path, anchor = _parsed(reference)
        if not path:
            return Resolved(Target.ANCHOR, "", anchor)
        for address in _addresses(path):
            if address in self.addresses:
                return Resolved(Target.ADDRESS, address, anchor)
        self._refuse_unbuilt(path)
        content_file = _in_content(path, source)
        if content_file in self.pages:
            return Resolved(Target.ADDRESS, self._built(content_file), anchor)
        if content_file in self.files:
            return Resolved(Target.FILE, content_file)
        raise LinkBroken(
            f"посилання веде в нікуди: «{_bare(reference)}»",
            _with_scheme(reference) or missing_file_advice(content_file),
        )

    def lookups(self, reference: str, source: str) -> tuple[str, ...]:
        """The names (addresses, paths of files) whose presence decides where a reference leads."""
        reference = reference.strip()
        if is_outside(reference):
            return (SITE, *_addresses(self._own(reference)))
        try:
            path, _ = _parsed(reference)
        except LinkBroken:
            return ()
        return (*_addresses(path), _in_content(path, source)) if path else ()

    def _own(self, reference: str) -> str:
        """The path on this site that a whole address names; empty for one of another site."""
        return site_path(reference, self.site).removesuffix("index.html") if self.site else ""

    def _refuse_unbuilt(self, path: str) -> None:
        for address in _addresses(path):
            if address in self.unbuilt and address not in self.addresses:
                raise LinkBroken(*unpublished_link_message(self.unbuilt[address]))

    def _built(self, path: str) -> str:
        if not self.pages[path]:
            raise LinkBroken(*unpublished_link_message(path))
        return self.pages[path]


def _with_scheme(reference: str) -> str:
    """What to write for a site, a mailbox or a telephone that was written as if it were a file; empty for a file."""
    if _MAILBOX.fullmatch(reference):
        return f"напишіть пошту так: mailto:{reference}"
    if _TELEPHONE.fullmatch(reference):
        return f"напишіть телефон так: tel:{_NO_DIGITS.sub('', reference)}"
    return f"допишіть початок адреси: https://{reference}" if _HOST.match(reference) else ""


def _bare(reference: str) -> str:
    """A reference without Pelican's `{filename}`."""
    match = _PELICAN.fullmatch(reference)
    return match["rest"] if match else reference


@lru_cache(maxsize=1024)  # what is asked of a reference is where it leads, and what decides that
def _parsed(reference: str) -> tuple[str, str]:
    """Path and anchor of an inner reference."""
    try:
        parts = urlsplit(_bare(reference))
    except ValueError:
        raise LinkBroken(f"посилання незрозуміле: «{_bare(reference)}»", "перевірте його") from None
    return to_nfc(unquote(parts.path)), unquote(parts.fragment)  # names of the content are composed, too


def _addresses(path: str) -> tuple[str, ...]:
    return (path, f"{path}/") if path.startswith("/") else ()


@lru_cache(maxsize=1024)
def _in_content(path: str, source: str) -> str:
    """The path in the content that a relative or rooted reference names; outside of it when it climbs too high."""
    if path.startswith("/"):
        return posixpath.normpath(f"content{path}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
