"""What the references of a text become: addresses, pictures' copies, documents; and what is wrong with them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from hromada.checks.link_rules import SITE, LinkBroken, Resolved, Target, Targets
from hromada.checks.picture_rules import (
    picture_is_described,
    picture_is_not_too_large,
    picture_is_what_its_name_says,
)
from hromada.domain.file_types import is_picture
from hromada.domain.item import Item, PictureRef
from hromada.domain.problem import Level, Problem
from hromada.images.copies import CopyPlan, PictureRefused
from hromada.listing.cards import Picture
from hromada.render.images import Pictures
from hromada.render.rendered_text import REFERRING, Reference, TextMetadata, values_of


class LinkResult(NamedTuple):
    """What an item refers to, as the content was when it was looked up: `asked` names and what stood behind them."""

    lookups: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    attachments: tuple[str, ...] = ()
    fragments: tuple[tuple[str, str, int], ...] = ()  # address, anchor, line
    pictures: tuple[str, ...] = ()
    lead: Picture | None = None
    gallery: tuple[Picture, ...] = ()


@dataclass(slots=True)
class _Found:
    """What following references brings to light beside where they lead."""

    problems: list[Problem] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    fragments: list[tuple[str, str, int]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Linker:
    """Follows references; `url` puts a site's path under the site's base, `size_of` gives a document's bytes."""

    targets: Targets
    pictures: Pictures
    url: Callable[[str], str]
    size_of: Callable[[str], int]

    def linked(self, item: Item, metadata: TextMetadata, *, frozen: bool = False) -> LinkResult:
        """Everything that an item refers to; `frozen`: an approved text, whose faults can't be mended any more."""
        found = _Found()
        for reference in metadata.references:
            self._followed(item, reference, found)
        lead = self._header_picture(item, item.image, found) if item.image else None
        shown = [self._header_picture(item, ref, found) for ref in item.gallery]
        problems = [*metadata.problems, *found.problems]
        if frozen:
            problems = [Problem(p.path, p.line, p.code, p.message, p.fix, Level.WARNING) for p in problems]
        return LinkResult(
            self._lookups(item, metadata), tuple(problems), tuple(dict.fromkeys(found.attachments)), tuple(found.fragments),
            tuple(dict.fromkeys(found.pictures)), lead, tuple(one for one in shown if one),
        )  # fmt: skip

    def html(self, item: Item, marked: str, metadata: TextMetadata, *, frozen: bool = False) -> str:
        """The text's HTML with everything in its place; a broken link of a frozen text keeps its words alone."""
        if not metadata.references:
            return marked
        found = _Found()

        def replaced(tag: re.Match[str]) -> str:
            reference = metadata.references[int(tag["number"])]
            followed = self._followed(item, reference, found)
            if reference.tag == "img":
                return followed or ""
            before, _, after = tag[0].partition(tag["attribute"])
            if followed is None and frozen:
                return before + after
            address = html.escape(reference.value if followed is None else followed, quote=False)
            return f'{before} href="{address.replace(chr(34), "&quot;")}"{after}'

        return REFERRING.sub(replaced, marked)

    def is_current(self, linked: LinkResult) -> bool:
        """Whether every name that was looked up still has behind it what it had."""
        for name, was in linked.lookups:  # noqa: SIM110  # no generator: every build asks this of every item
            if self.lookup_state(name) != was:
                return False
        return True

    def lookup_state(self, name: str) -> str:
        """What stands behind a name that a reference may lead to; empty for nothing."""
        if name.startswith("/"):
            return "page" if name in self.targets.addresses else self.targets.unbuilt.get(name, "")
        if name == SITE:
            return self.targets.site
        if name in self.targets.pages:
            return f"page {self.targets.pages[name]}"
        if name in self.targets.files:
            return f"picture {self.pictures.lookup_state(name)}" if is_picture(name) else f"file {self.size_of(name)}"
        return ""

    def link(self, item: Item, value: str) -> str:
        """Where a link of the item's text leads: a site's path or an address elsewhere, empty when nowhere."""
        try:
            resolved = self.targets.resolve(value, item.path)
        except LinkBroken:
            return ""
        return self._href(item, Reference("a", value, 1), resolved, _Found()) or ""

    def wanted_pictures(self, item: Item, metadata: TextMetadata) -> Iterable[str]:
        """The content's pictures that an item may need to know: cheap, so that they can be opened together."""
        values = (value for value in values_of(item, metadata) if is_picture(value))
        names = dict.fromkeys(name for value in values for name in self.targets.lookups(value, item.path))
        return (name for name in names if name in self.targets.files and is_picture(name))

    def _lookups(self, item: Item, metadata: TextMetadata) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.lookup_state(name)) for name in self._names(item, metadata))

    def _names(self, item: Item, metadata: TextMetadata) -> Iterable[str]:
        values = values_of(item, metadata)
        return dict.fromkeys(name for value in values for name in self.targets.lookups(value, item.path))

    def _followed(self, item: Item, reference: Reference, found: _Found) -> str | None:
        """What stands for a reference: a link's address, a picture's tag; nothing when it leads nowhere."""
        try:
            resolved = self.targets.resolve(reference.value, item.path)
        except LinkBroken as broken:
            code = "picture-missing" if reference.tag == "img" else "link-broken"
            found.problems.append(Problem(item.path, reference.line, code, str(broken), broken.fix))
            return None
        if reference.tag == "img":
            return self._img(item, reference, resolved, found)
        return self._href(item, reference, resolved, found)

    def _href(self, item: Item, reference: Reference, resolved: Resolved, found: _Found) -> str | None:
        anchor = f"#{quote(resolved.anchor)}" if resolved.anchor else ""
        match resolved.target:
            case Target.EXTERNAL:
                return resolved.where
            case Target.ANCHOR | Target.ADDRESS:
                if resolved.anchor:
                    found.fragments.append((resolved.where or item.address, resolved.anchor, reference.line))
                return (self.url(resolved.where) if resolved.where else "") + anchor
            case _:
                return self._file(item, reference, resolved.where, found)

    def _file(self, item: Item, reference: Reference, path: str, found: _Found) -> str | None:
        """A linked document; a linked photo is linked as its largest clean copy, never as the original."""
        if not is_picture(path):
            found.attachments.append(path)
            return self.url(published_path(path))
        plan = self._plan(item, path, reference.line, found)
        return self.url(f"/{plan.largest.name}") if plan else None

    def _img(self, item: Item, reference: Reference, resolved: Resolved, found: _Found) -> str | None:
        if resolved.target is not Target.FILE or not is_picture(resolved.where):
            if resolved.target is not Target.EXTERNAL:  # that has been said where the text was read
                problem = Problem(item.path, reference.line, "picture-outside", f"«{reference.value}» – не світлина",
                                  "вкажіть файл світлини")  # fmt: skip
                found.problems.append(problem)
            return None
        plan = self._plan(item, resolved.where, reference.line, found)
        if plan is None:
            return None
        found.problems += picture_is_described(item, reference.line, reference.alt, resolved.where)
        shown = self._shown(plan, reference.alt)
        return (
            f'<img src="{shown.src}" srcset="{shown.srcset}" sizes="(min-width: 46rem) 42rem, 92vw"'
            f' width="{shown.width}" height="{shown.height}" alt="{html.escape(reference.alt)}" loading="lazy"'
            ' decoding="async">'
        )

    def _header_picture(self, item: Item, ref: PictureRef, found: _Found) -> Picture | None:
        """A picture that the header names."""
        try:
            resolved = self.targets.resolve(ref.target, item.path)
            if resolved.target is not Target.FILE or not is_picture(resolved.where):
                raise LinkBroken(f"«{ref.target}» – не світлина сайту", "вкажіть файл світлини")
        except LinkBroken as broken:
            found.problems.append(Problem(item.path, ref.line, "picture-missing", str(broken), broken.fix))
            return None
        plan = self._plan(item, resolved.where, ref.line, found)
        if plan is None:
            return None
        if ref.alt:  # without one it is decoration beside the title
            found.problems += picture_is_described(item, ref.line, ref.alt, resolved.where)
        return self._shown(plan, ref.alt)

    def _plan(self, item: Item, path: str, line: int, found: _Found) -> CopyPlan | None:
        """The copies of a picture."""
        try:
            plan = self.pictures.plan(path)
        except PictureRefused as refused:
            message = f"{path}: {refused}"
            found.problems.append(Problem(item.path, line, "picture-unreadable", message, refused.fix))
            return None
        found.problems += picture_is_what_its_name_says(item, line, path, self.pictures.format_of(path))
        found.problems += picture_is_not_too_large(item, line, path, self.size_of(path))
        found.pictures.append(path)
        return plan

    def _shown(self, plan: CopyPlan, alt: str) -> Picture:
        copies = [f"{self.url('/' + copy.name)} {copy.width}w" for copy in plan.copies]
        largest = plan.largest
        return Picture(self.url(f"/{largest.name}"), ", ".join(copies), largest.width, largest.height, alt)


def published_path(path: str) -> str:
    """Where an attached document is published: its place in the content, as a site address."""
    return quote("/" + path.removeprefix("content/"))
