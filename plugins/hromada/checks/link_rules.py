"""Resolves references in texts: to items, files of the content, anchors, other sites."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct, field

from hromada.checks.path_rules import missing_file_advice
from hromada.domain.alphabet import to_nfc
from hromada.domain.calendar import Clock
from hromada.domain.days_in_words import short_day
from hromada.domain.item import Item
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem, shorten, warning

_PELICAN = lazy_compile(r"(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)(?P<rest>.*)")
_SCHEME = lazy_compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_WORD = lazy_compile(r"[^\s<>()\[\]\"'`|]+")
_BEFORE_A_WORD, _AFTER_A_WORD = "«„“*_", ".,:;!?»”“…*_"

_NOTHING = lazy_compile(r"(?:(?:https?|ftp):/{0,3}|https?:/?(?!/)[^/].*|mailto:|tel:)?", re.IGNORECASE)
_MAILBOX = lazy_compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = lazy_compile(r"\+?[\d()][\d() -]{7,20}")
_NO_DIGITS = lazy_compile(r"[^\d+]")
_HOST = lazy_compile(
    r"www\.[\w-]+\.|[\w-]+(?:\.[\w-]+){0,3}\.(?:ua|com|org|net|info|eu|me|укр|gle|be|ly)(?:[/?#]|\Z)", re.IGNORECASE
)
# How «https://» is mistyped: «https:/rada.ua», «https//rada.ua», «https;//rada.ua», «https:rada.ua».
_MISTYPED = lazy_compile(
    r"(?P<scheme>https?)(?::/?|[;.,]?//?|//?:)(?P<rest>[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#]|\Z).*)", re.IGNORECASE
)
EMPTY_LINK_MESSAGE = ("посилання без адреси", "впишіть адресу в дужках: [слова](адреса)")

FILES_FOLDER = "content/files/"  # its files are published without references, since other sites link to them


class Target(StrEnum):
    """The kind of a reference's target."""

    EXTERNAL = "external"
    ANCHOR = "anchor"
    ADDRESS = "address"
    FILE = "file"


class Resolved(Struct, frozen=True):
    """A resolved reference: `where` is a site address, a content path or the reference itself."""

    target: Target
    where: str
    anchor: str = ""


class LinkBroken(ValueError):
    """The reference has no target; message and fix are Ukrainian."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


def is_outside(reference: str) -> bool:
    """Whether a reference leads to another site."""
    return bool(_SCHEME.match(reference.strip()))


def leads_nowhere(reference: str) -> bool:
    """Whether a link's address is empty, or only the beginning of one."""
    return _NOTHING.fullmatch(reference.strip()) is not None


def empty_link_fault(reference: str) -> tuple[str, str]:
    """Message and fix of a link for which `leads_nowhere` is true."""
    if fix := _with_whole_scheme(reference.strip()):
        return f"початок адреси написано не так: «{shorten(reference.strip(), 60)}»", fix
    return EMPTY_LINK_MESSAGE


def _with_whole_scheme(reference: str) -> str:
    """The fix for an address with a mistyped beginning; empty for any other reference."""
    match = _MISTYPED.fullmatch(reference)
    return f"напишіть її так: {match['scheme'].lower()}://{match['rest']}" if match else ""


def referenced_files(references: Iterable[str], source: str) -> tuple[str, ...]:
    """The documents in files/ that references in `source` name: paths of the content, and absolute addresses unchanged.

    `content_path` resolves addresses of this site later, when its own address is known.
    """
    files = (_file_named(reference.strip(), source) for reference in references if may_name_file(reference))
    return tuple(dict.fromkeys(name for name in files if name))


def find_file_references(text: str) -> Iterator[str]:
    """Words of a text that may be addresses of documents: readers can copy an address that is not a link."""
    if may_name_file(text):
        for word in _WORD.findall(html.unescape(text)):
            if may_name_file(word):
                yield word.lstrip(_BEFORE_A_WORD).rstrip(_AFTER_A_WORD)


def may_be_page(reference: str) -> bool:
    """Whether an absolute address may be a page of this site."""
    return reference.strip()[:8].casefold().startswith(("http://", "https://", "//"))


def may_name_file(reference: str) -> bool:
    """Whether a reference may lead into files/; nearly none does."""
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
    """The content path of a result of `referenced_files`; empty for an address that is not under `site`."""
    if not is_outside(name):
        return name
    path = site_path(name, site)
    return posixpath.normpath(f"content{path}") if path else ""


@lru_cache(maxsize=1024)
def site_path(link: str, site: str) -> str:
    """The path on the site that an absolute link leads to; empty for other sites."""
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
    """The path without escapes, `.` and `..`, and with single slashes, as hosts treat doubled ones."""
    path = unquote(path)
    clean = posixpath.normpath(f"/{path.lstrip('/')}")
    return f"{clean}/" if path.endswith(("/", "/.", "/..")) and clean != "/" else clean


def _host(parts: SplitResult) -> str:
    """The host for comparison: without user, password, default port and trailing dot, in lower case."""
    try:
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".")
    return name if port in (None, 80, 443) else f"{name}:{port}"


def unpublished_link_message(path: str) -> tuple[str, str]:
    """Message and fix of a link to an item that is not built."""
    return f"посилання веде до неопублікованого матеріалу {path}", "опублікуйте його або приберіть посилання"


def withheld_files(files: Collection[str], unpublished: Iterable[str], published: Iterable[str], site: str) -> set[str]:
    """The files that only unpublished content refers to, ignoring case.

    `unpublished` and `published` are results of `referenced_files`.
    """
    unpublished_paths, published_paths = (
        {_folded(content_path(name, site)) for name in names} for names in (unpublished, published)
    )
    withheld = unpublished_paths - published_paths
    return {path for path in files if _folded(path) in withheld} if withheld else set()


def _folded(name: str) -> str:
    return to_nfc(name).casefold()


SITE = "@"  # among lookups: the site's own address


class Targets(Struct, frozen=True):
    """All targets that a text may refer to.

    `pages`: addresses of items by file path, empty for items that are not built; `addresses`: of all pages and files;
    `unbuilt`: paths of items that are not built, by their future address; `site`: the site's own address, where known;
    `withdrawn`: addresses of withdrawn items, whose pages have none of their headings any more; `ended`: of these and of
    expired items, with the words that say since when.
    """

    pages: Mapping[str, str]
    files: Collection[str]
    addresses: Collection[str]
    unbuilt: Mapping[str, str] = field(default_factory=dict)
    site: str = ""
    withdrawn: Collection[str] = frozenset()
    ended: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, reference: str, source: str) -> Resolved:
        """Resolve a `reference` in the file `source`; raises LinkBroken."""
        reference = reference.strip()
        if is_outside(reference):
            self._refuse_unbuilt(self.own_path(reference))
            return Resolved(Target.EXTERNAL, reference)
        path, anchor = _parsed(reference)
        if not path:
            return Resolved(Target.ANCHOR, "", anchor)
        for address in _addresses(path):
            if address in self.addresses:
                return self._page(address, anchor)
        self._refuse_unbuilt(path)
        content_file = _in_content(path, source)
        if content_file in self.pages:
            return self._page(self._built(content_file), anchor)
        if content_file in self.files:
            return Resolved(Target.FILE, content_file, anchor)
        raise LinkBroken(
            f"посилання веде в нікуди: «{_bare(reference)}»",
            _with_scheme(reference) or missing_file_advice(content_file),
        )

    def _page(self, address: str, anchor: str) -> Resolved:
        return Resolved(Target.ADDRESS, address, "" if address in self.withdrawn else anchor)

    def lookups(self, reference: str, source: str) -> tuple[str, ...]:
        """The addresses and file paths whose presence decides how a reference is resolved."""
        reference = reference.strip()
        if is_outside(reference):
            return (SITE, *_addresses(self.own_path(reference)))
        try:
            path, _ = _parsed(reference)
        except LinkBroken:
            return ()
        return (*_addresses(path), _in_content(path, source)) if path else ()

    def folder(self, reference: str, source: str) -> str:
        """The content path of a folder that a reference may name; empty for other sites."""
        try:
            return "" if is_outside(reference) else _in_content(_parsed(reference.strip())[0], source)
        except LinkBroken:
            return ""

    def own_path(self, reference: str) -> str:
        """The path on this site of an absolute address; empty for other sites."""
        return site_path(reference, self.site).removesuffix("index.html") if self.site else ""

    def _refuse_unbuilt(self, path: str) -> None:
        for address in _addresses(path):
            if address in self.unbuilt and address not in self.addresses:
                raise LinkBroken(*unpublished_link_message(self.unbuilt[address]))

    def _built(self, path: str) -> str:
        if not self.pages[path]:
            raise LinkBroken(*unpublished_link_message(path))
        return self.pages[path]


def resolve_page(link: str, source: str, targets: Targets) -> str:
    """The address that a link of the file `source` leads to: a page of the site, or another site by https. Raises LinkBroken."""
    resolved = targets.resolve(link, source)
    if resolved.target is Target.EXTERNAL:
        if not resolved.where.startswith("https://"):
            raise LinkBroken(f"«{link}» – не сторінка сайту і не адреса https://", "вкажіть /сторінку/ або https://…")
        return resolved.where
    if resolved.target is not Target.ADDRESS:
        raise LinkBroken(f"«{link}» – не сторінка", "вкажіть адресу сторінки, наприклад /kontakty/")
    return resolved.where + (f"#{resolved.anchor}" if resolved.anchor else "")


def ended_pages(items: Iterable[Item], clock: Clock) -> dict[str, str]:
    """The addresses of items that are withdrawn or over, with the words that say since when."""
    ended: dict[str, str] = {}
    for item in items:
        if item.withdrawn_on and item.is_withdrawn(clock):
            ended[item.address] = f"яку відкликано {short_day(item.withdrawn_on)}"
        elif item.expires and item.is_over(clock):
            ended[item.address] = f"яка втратила чинність після {short_day(item.expires)}"
    return ended


def find_ended_link(path: str, line: int, what: str, address: str, targets: Targets) -> Iterator[Problem]:
    """The warning where something that leads people leads them, by a resolved address, to what is withdrawn or over."""
    page = (targets.own_path(address) if is_outside(address) else address).partition("#")[0]
    if words := targets.ended.get(page):
        fix = "вкажіть чинну сторінку або приберіть посилання"
        yield warning(path, line, "link-ended", f"{what} веде на сторінку, {words}", fix)


def _with_scheme(reference: str) -> str:
    """The fix for a site, mailbox or telephone without its scheme; empty for anything else."""
    if _MAILBOX.fullmatch(reference):
        return f"напишіть пошту так: mailto:{reference}"
    if _TELEPHONE.fullmatch(reference):
        return f"напишіть телефон так: tel:{_NO_DIGITS.sub('', reference)}"
    if fix := _with_whole_scheme(reference):
        return fix
    return f"допишіть початок адреси: https://{reference}" if _HOST.match(reference) else ""


def _bare(reference: str) -> str:
    """A reference without Pelican's `{filename}`."""
    match = _PELICAN.fullmatch(reference)
    return match["rest"] if match else reference


@lru_cache(maxsize=1024)  # each reference is parsed for `resolve` and for `lookups`
def _parsed(reference: str) -> tuple[str, str]:
    """Path and anchor of a reference inside of the site."""
    try:
        parts = urlsplit(_bare(reference))
    except ValueError:
        raise LinkBroken(f"посилання незрозуміле: «{_bare(reference)}»", "перевірте його") from None
    return to_nfc(unquote(parts.path)), unquote(parts.fragment)  # paths of the content are in NFC, too


def _addresses(path: str) -> tuple[str, ...]:
    return (path, f"{path}/") if path.startswith("/") else ()


@lru_cache(maxsize=1024)
def _in_content(path: str, source: str) -> str:
    """The content path of a relative or rooted reference; it may lie outside of the content (`..`)."""
    if path.startswith("/"):
        return posixpath.normpath(f"content{path}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
