"""Resolves a text's references to addresses, pictures' copies and documents; turns a report's numbers into links."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct, field

from hromada.checks.link_rules import SITE, LinkBroken, Resolved, Target, Targets
from hromada.checks.picture_rules import (
    folder_is_a_gallery,
    picture_has_one_frame,
    picture_is_described,
    picture_is_not_too_large,
    picture_is_what_its_name_says,
)
from hromada.domain.file_names import name_in_content
from hromada.domain.file_types import is_picture
from hromada.domain.item import Item, PictureRef
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Level, Problem, shorten
from hromada.images.copies import CopyPlan, PictureRefused
from hromada.images.folders import PictureFolders
from hromada.images.ratios import ratio_class
from hromada.listing.cards import Picture
from hromada.render.images import Pictures
from hromada.render.markdown import MARK
from hromada.render.rendered_text import REFERRING, Reference, TextMetadata, values_of

LINKLESS = frozenset(["a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"])  # elements without links inside
_PIECE = lazy_compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)[^<>]*>|(?P<placeholder>\ue000\d+\ue001)")


class Replacement(Struct, frozen=True):
    """What replaces a placeholder: plain text, or HTML where a link is possible."""

    text: str
    html: str


def substitute_numbers(clean: str, replacements: Mapping[str, Replacement]) -> str:
    """The HTML with its placeholders replaced."""
    inside = 0  # open elements that take no link

    def replace(match: re.Match[str]) -> str:
        nonlocal inside
        if placeholder := match["placeholder"]:
            return (
                _plain(placeholder, replacements)
                if inside or placeholder not in replacements
                else replacements[placeholder].html
            )
        if match["tag"] in LINKLESS:
            inside += -1 if match["end"] else 1
        return MARK.sub(lambda placeholder: _plain(placeholder[0], replacements), match[0])

    return _PIECE.sub(replace, clean)


def _plain(placeholder: str, replacements: Mapping[str, Replacement]) -> str:
    return html.escape(replacements[placeholder].text) if placeholder in replacements else placeholder


class LinkResult(NamedTuple):
    """The resolved references of an item; `lookups` are the names looked up with their states, for invalidation."""

    lookups: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    attachments: tuple[str, ...] = ()
    fragments: tuple[tuple[str, str, int], ...] = ()  # address, anchor, line
    pictures: tuple[str, ...] = ()
    lead: Picture | None = None
    gallery: tuple[Picture, ...] = ()
    card_picture: Picture | None = None  # the lead picture, else the first of the gallery, else of the text
    photos: tuple[str, ...] = ()  # files of the lead picture, the gallery and the text, without stills of videos
    cover: str = ""  # the path of the picture that represents the item: the header's, else the gallery's first
    form: str = ""  # the path of the form that a service's header names


class _Collected(Struct):
    """What resolving references collects beside their addresses."""

    problems: list[Problem] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    fragments: list[tuple[str, str, int]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    card_picture: Picture | None = None  # of the text


_QUOTED = str.maketrans({"%": "%25", "#": "%23", "?": "%3F"})  # in a file's name, so that it is one path
_NARROWEST_CARD = 480  # pixels; smaller ones in a text are signs and stamps


class Linker(Struct):
    """Resolves references; `url` puts a site's path under the site's base, `size_of` is a document's size in bytes."""

    targets: Targets
    pictures: Pictures
    url: Callable[[str], str]
    size_of: Callable[[str], int]
    _folders: PictureFolders | None = None
    _addresses: frozenset[str] | None = None

    def linked(self, item: Item, metadata: TextMetadata, *, frozen: bool = False) -> LinkResult:
        """Resolve everything that an item refers to; `frozen`: an approved text, whose faults are only warnings."""
        collected = _Collected()
        for reference in metadata.references:
            self._resolve(item, reference, collected)
        in_text = len(collected.pictures)
        lead = self._header_picture(item, item.image, collected) if item.image else None
        gallery = [self._header_picture(item, ref, collected) for ref in self._gallery(item, collected)]
        gallery_pictures = tuple(filter(None, gallery))
        card_picture = lead or next(iter(gallery_pictures), None) or collected.card_picture
        form = self._form(item, collected)
        header_pictures = collected.pictures[in_text:]
        problems = [*metadata.problems, *collected.problems, *self._check_related(item)]
        if frozen:
            problems = [Problem(p.path, p.line, p.code, p.message, p.fix, Level.WARNING) for p in problems]
        return LinkResult(
            self._lookups(item, metadata), tuple(problems), tuple(dict.fromkeys(collected.attachments)), tuple(collected.fragments),
            tuple(dict.fromkeys(collected.pictures)), lead, gallery_pictures, card_picture,
            tuple(dict.fromkeys(collected.photos)),
            header_pictures[0] if header_pictures else "", form,
        )  # fmt: skip

    def html(self, item: Item, marked: str, metadata: TextMetadata, *, frozen: bool = False) -> str:
        """The text's HTML with its placeholders filled; of a broken link in a frozen text only its words stay."""
        if not metadata.references:
            return marked
        collected = _Collected()

        def substitute(tag: re.Match[str]) -> str:
            reference = metadata.references[int(tag["number"])]
            replacement = self._resolve(item, reference, collected)
            if reference.tag == "img":
                return replacement or ""
            before, _, after = tag[0].partition(tag["attribute"])
            if replacement is None and frozen:
                return before + after
            address = html.escape(reference.value if replacement is None else replacement, quote=False)
            return f'{before} href="{address.replace(chr(34), "&quot;")}"{after}'

        return REFERRING.sub(substitute, marked)

    def is_current(self, linked: LinkResult) -> bool:
        """Whether every name that was looked up still has the same state."""
        for name, state in linked.lookups:  # noqa: SIM110  # no generator: every build asks this of every item
            if self.lookup_state(name) != state:
                return False
        return True

    def lookup_state(self, name: str) -> str:
        """What a name that was looked up leads to now; empty for nothing."""
        if name.startswith("/"):
            if name in self.targets.withdrawn:
                return "withdrawn page"
            return "page" if name in self.targets.addresses else self.targets.unbuilt.get(name, "")
        if name == SITE:
            return self.targets.site
        if name in self.targets.pages:
            address = self.targets.pages[name]
            return f"withdrawn page {address}" if address in self.targets.withdrawn else f"page {address}"
        if name in self.targets.files:
            return f"picture {self.pictures.lookup_state(name)}" if is_picture(name) else f"file {self.size_of(name)}"
        return self._folder_state(name)

    @property
    def folders(self) -> PictureFolders:
        """The content's folders of pictures, listed when a gallery names one."""
        if self._folders is None:
            self._folders = PictureFolders(self.targets.files, self.targets.pages)
        return self._folders

    def _folder_state(self, name: str) -> str:
        """A string that changes with what a gallery shows of a folder; pictures that no one has opened yet are new."""
        paths = self.folders.pictures(name)
        if not paths:
            return ""
        states = [self.pictures.lookup_state(path) if path in self.pictures.facts else "" for path in paths]
        found = repr((paths, states, self.folders.items(name)))
        return f"folder {hashlib.sha256(found.encode()).hexdigest()[:16]}"

    def link(self, item: Item, value: str) -> str:
        """The target of a link in the item's text: a site's path or another address; empty if it is broken."""
        try:
            resolved = self.targets.resolve(value, item.path)
        except LinkBroken:
            return ""
        return self._href(item, Reference("a", value, 1), resolved, _Collected()) or ""

    def related(self, item: Item) -> Iterator[str]:
        """The addresses of the items that the header names, without those that can't be found."""
        for ref in item.related:
            try:
                yield self._related(item, ref.target)
            except LinkBroken:
                continue

    def _related(self, item: Item, value: str) -> str:
        resolved = self._resolve_related(item, value)
        if resolved.target is Target.EXTERNAL:
            raise LinkBroken(f"«{value}» – не матеріал цього сайту", "посилання на інші сайти ставте в тексті")
        if resolved.target is not Target.ADDRESS or resolved.where not in self._item_addresses:
            raise LinkBroken(f"«{value}» – не матеріал сайту", "вкажіть файл .md новини, повідомлення або сторінки")
        return resolved.where

    def _resolve_related(self, item: Item, value: str) -> Resolved:
        """Where a path leads: from the item's folder, as in a text, or else from the content folder, as messages name files."""
        try:
            return self.targets.resolve(value, item.path)
        except LinkBroken:
            if rooted := _from_content(value):
                with suppress(LinkBroken):
                    return self.targets.resolve(rooted, item.path)
            raise

    @property
    def _item_addresses(self) -> Collection[str]:
        if self._addresses is None:
            self._addresses = frozenset(self.targets.pages.values()) - {""}
        return self._addresses

    def _check_related(self, item: Item) -> Iterator[Problem]:
        for ref in item.related:
            try:
                self._related(item, ref.target)
            except LinkBroken as broken:
                yield Problem(item.path, ref.line, "related-broken", f"поле «related»: {broken}", broken.fix)

    def wanted_pictures(self, item: Item, metadata: TextMetadata) -> Iterable[str]:
        """The content's pictures that an item may need, found without opening them, so that all are opened in parallel."""
        values = (value for value in values_of(item, metadata) if is_picture(value))
        names = dict.fromkeys(name for value in values for name in self.targets.lookups(value, item.path))
        yield from (name for name in names if name in self.targets.files and is_picture(name))
        for ref in item.gallery:
            if not is_picture(ref.target):
                yield from self.folders.pictures(self.targets.folder(ref.target, item.path))

    def _lookups(self, item: Item, metadata: TextMetadata) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.lookup_state(name)) for name in self._names(item, metadata))

    def _names(self, item: Item, metadata: TextMetadata) -> Iterable[str]:
        related = [ref.target for ref in item.related]
        values = [*values_of(item, metadata), *related, *filter(None, map(_from_content, related))]
        return dict.fromkeys(name for value in values for name in self.targets.lookups(value, item.path))

    def _resolve(self, item: Item, reference: Reference, collected: _Collected) -> str | None:
        """The replacement of a reference: a link's address or a picture's tag; None if it is broken."""
        try:
            resolved = self.targets.resolve(reference.value, item.path)
        except LinkBroken as broken:
            code = "picture-missing" if reference.tag == "img" else "link-broken"
            collected.problems.append(Problem(item.path, reference.line, code, str(broken), broken.fix))
            return None
        if reference.tag == "img":
            return self._img(item, reference, resolved, collected)
        return self._href(item, reference, resolved, collected)

    def _href(self, item: Item, reference: Reference, resolved: Resolved, collected: _Collected) -> str | None:
        anchor = f"#{quote(resolved.anchor, safe='=&,/')}" if resolved.anchor else ""
        match resolved.target:
            case Target.EXTERNAL:
                return resolved.where
            case Target.ANCHOR | Target.ADDRESS:
                if resolved.anchor:
                    collected.fragments.append((resolved.where or item.address, resolved.anchor, reference.line))
                return (self.url(resolved.where) if resolved.where else "") + anchor
            case _:
                file = self._file(item, reference, resolved.where, collected)
                return file + anchor if file and not is_picture(resolved.where) else file  # `#page=2` of a PDF

    def _file(self, item: Item, reference: Reference, path: str, collected: _Collected) -> str | None:
        """The address of a linked document; of a photo that of its largest clean copy, never the original."""
        if not is_picture(path):
            collected.attachments.append(path)
            return self.url(published_path(path))
        plan = self._plan(item, path, reference.line, collected)
        return self.url(f"/{plan.largest.name}") if plan else None

    def _img(self, item: Item, reference: Reference, resolved: Resolved, collected: _Collected) -> str | None:
        if resolved.target is not Target.FILE or not is_picture(resolved.where):
            if resolved.target is not Target.EXTERNAL:  # reported when the text was read
                problem = Problem(item.path, reference.line, "picture-outside", f"«{reference.value}» – не світлина",
                                  "вкажіть файл світлини")  # fmt: skip
                collected.problems.append(problem)
            return None
        plan = self._plan(item, resolved.where, reference.line, collected)
        if plan is None:
            return None
        collected.problems += picture_is_described(item, reference.line, reference.alt, resolved.where)
        picture = self._picture(plan, PictureRef(reference.value, reference.alt))
        if not reference.is_still:
            collected.photos.append(resolved.where)
        if collected.card_picture is None and picture.width >= _NARROWEST_CARD:
            collected.card_picture = picture
        return (
            f'<img class="{picture.tone}" src="{picture.src}" srcset="{picture.srcset}" sizes="(min-width: 46rem) 42rem, 92vw"'
            f' width="{picture.width}" height="{picture.height}" alt="{html.escape(reference.alt)}" loading="lazy"'
            ' decoding="async">'
        )

    def _form(self, item: Item, collected: _Collected) -> str:
        """The document that a service's header names as its form; empty without one."""
        written = item.service.form if item.service else ""
        if not written:
            return ""
        try:
            resolved = self.targets.resolve(written, item.path)
            if resolved.target is not Target.FILE or is_picture(resolved.where):
                fix = "покладіть поруч файл .docx, .odt чи .pdf і впишіть його назву"
                raise LinkBroken(f"«{shorten(written, 60)}» – не документ", fix)
        except LinkBroken as broken:
            line = item.lines.get("form", 1)
            collected.problems.append(Problem(item.path, line, "service-form", f"бланк: {broken}", broken.fix))
            return ""
        collected.attachments.append(resolved.where)
        return resolved.where

    def _header_picture(self, item: Item, ref: PictureRef, collected: _Collected) -> Picture | None:
        """A picture that the header names."""
        try:
            resolved = self.targets.resolve(ref.target, item.path)
            if resolved.target is not Target.FILE or not is_picture(resolved.where):
                raise LinkBroken(f"«{ref.target}» – не світлина сайту", "вкажіть файл світлини")
        except LinkBroken as broken:
            collected.problems.append(Problem(item.path, ref.line, "picture-missing", str(broken), broken.fix))
            return None
        plan = self._plan(item, resolved.where, ref.line, collected)
        if plan is None:
            return None
        advice = _alt_advice(item, ref)
        collected.problems += picture_is_described(item, ref.line, ref.alt, resolved.where, advice)
        collected.photos.append(resolved.where)
        return self._picture(plan, ref)

    def _gallery(self, item: Item, collected: _Collected) -> list[PictureRef]:
        """The gallery's pictures, each folder replaced by its pictures in natural order.

        A picture of a folder that has an entry of its own takes its words from there; it is shown once, where it comes first.
        """
        folders = ["" if is_picture(ref.target) else self.targets.folder(ref.target, item.path) for ref in item.gallery]
        if not any(folders):
            return list(item.gallery)
        own = {
            self.targets.folder(ref.target, item.path): ref
            for ref, folder in zip(reversed(item.gallery), reversed(folders), strict=True)
            if not folder
        }
        shown: dict[str, PictureRef] = {}
        for ref, folder in zip(item.gallery, folders, strict=True):
            if not folder:
                shown.setdefault(self.targets.folder(ref.target, item.path) or ref.target, ref)
                continue
            paths = self.folders.pictures(folder)
            if problem := folder_is_a_gallery(item, ref, bool(paths), self.folders.is_shared(folder, item.path)):
                collected.problems.append(problem)
                continue
            for path in paths:
                name = path.removeprefix("content").translate(_QUOTED)
                shown.setdefault(path, own.get(path) or PictureRef(name, line=ref.line))
        return list(shown.values())

    def _plan(self, item: Item, path: str, line: int, collected: _Collected) -> CopyPlan | None:
        """The copies of a picture."""
        try:
            plan = self.pictures.plan(path)
        except PictureRefused as refused:
            message = f"{path}: {refused}"
            collected.problems.append(Problem(item.path, line, "picture-unreadable", message, refused.fix))
            return None
        collected.problems += picture_is_what_its_name_says(item, line, path, self.pictures.format_of(path))
        collected.problems += picture_has_one_frame(item, line, path, has_more=self.pictures.has_frames(path))
        collected.problems += picture_is_not_too_large(item, line, path, self.size_of(path))
        collected.pictures.append(path)
        return plan

    def picture(self, path: str) -> Picture:
        """A picture of the content, without words; PictureRefused if it can't be published."""
        return self._picture(self.pictures.plan(path), PictureRef(path))

    def _picture(self, plan: CopyPlan, ref: PictureRef) -> Picture:
        copies = [f"{self.url('/' + copy.name)} {copy.width}w" for copy in plan.copies]
        largest = plan.largest
        return Picture(
            self.url(f"/{largest.name}"), ", ".join(copies), largest.width, largest.height, ref.alt, ref.caption, ref.credit,
            self.pictures.tone_class(plan.source), ratio_class(largest.width, largest.height),
        )  # fmt: skip


def _alt_advice(item: Item, ref: PictureRef) -> str:
    """How to describe a picture of the header."""
    if item.image is not None and ref is item.image:
        return "додайте поле «image-alt» («Опис зображення»)"
    if any(ref is own for own in item.gallery):
        return f"допишіть після риски: {ref.target} | що на ній"
    return f"додайте до галереї рядок: {ref.target} | що на ній"


def _from_content(path: str) -> str:
    """A path without a beginning of its own, «content/news/x.md» or «news/x.md», as one from the content folder; else empty."""
    return "" if path.startswith((".", "/", "{")) else f"/{path.removeprefix('content/')}"


def published_path(path: str) -> str:
    """The site's path of a published document."""
    return quote("/" + name_in_content(path))
