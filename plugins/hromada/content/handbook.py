"""The handbook's chapters as pages: the same Markdown, the same cleaning of texts and pictures as an item's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import quote

from hromada.checks.link_rules import LinkBroken, Targets
from hromada.content.file_cache import FileCache
from hromada.content.handbook_files import Handbook
from hromada.domain.item import PAGES, UKRAINIAN, Item, Kind, Status
from hromada.domain.problem import Problem, warning
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import HANDBOOK_PAGE
from hromada.domain.transliteration import slug
from hromada.images.copies import PictureInfo
from hromada.listing.handbook_links import HandbookPage, TocLink, handbook_pages, headings_of
from hromada.reading.handbook_contents import HandbookChapter, host_anchor, read_chapter
from hromada.render.images import Pictures
from hromada.render.links import Linker, LinkResult
from hromada.render.rendered_text import Reference, Text
from hromada.storage.cache_codec import CacheCodec
from hromada.system.digest import digest_of

_NOTE = "handbook"
_NOWHERE = re.compile(r'<a href="">(.*?)</a>', re.DOTALL)


class HandbookNote(NamedTuple):
    """All that the handbook gives, kept with the digest of what it was made of."""

    inputs: str = ""
    pages: tuple[HandbookPage, ...] = ()
    pictures: tuple[str, ...] = ()
    facts: Mapping[str, PictureInfo] = {}
    problems: tuple[Problem, ...] = ()


HANDBOOK_NOTE = CacheCodec(HandbookNote)


def addresses_of(handbook: Handbook) -> dict[str, str]:
    """The site's address of each chapter by the path of its file; the first one stands above the others."""
    return {
        path: f"{HANDBOOK_PAGE}{slug(posixpath.splitext(posixpath.basename(path))[0])}/" if number else HANDBOOK_PAGE
        for number, path in enumerate(handbook.texts)
    }


def handbook_note(
    handbook: Handbook, settings: SiteSettings, pictures: Pictures, file_cache: FileCache
) -> HandbookNote:
    """The handbook's pages: as remembered while its files and what it is drawn with are the same."""
    if not handbook.texts:
        return HandbookNote()
    inputs = digest_of(f"{handbook.digest} {settings.base} {settings.repository} {settings.picture_widths}".encode())
    note = file_cache.note(_NOTE, HANDBOOK_NOTE)
    if note is None or note.inputs != inputs:
        note = _Binding(handbook, settings, pictures).note(inputs)
        file_cache.keep_note(_NOTE, HANDBOOK_NOTE, note)
    pictures.facts.update(note.facts)
    return note


class _Binding:
    """Makes the pages from the files."""

    def __init__(self, handbook: Handbook, settings: SiteSettings, pictures: Pictures) -> None:
        self._settings, self._pictures = settings, pictures
        self._addresses = addresses_of(handbook)
        self._chapters = {path: read_chapter(path, text) for path, text in handbook.texts.items()}
        sizes = {path: len(data) for path, data in handbook.pictures.items()}
        # Other documents of the project stand under their own paths, which are no addresses: see `_url`.
        pages = self._addresses | {path: path for path in handbook.others}
        self._linker = Linker(Targets(pages, sizes, frozenset()), pictures, self._url, sizes.__getitem__)

    def note(self, inputs: str) -> HandbookNote:
        from hromada.render.html import Markup

        markup = Markup()
        items = {path: _item(path, one, self._addresses[path]) for path, one in self._chapters.items()}
        texts = {path: markup.text(item, self._chapters[path].body) for path, item in items.items()}
        texts = self._with_our_anchors(texts)
        linked = {path: self._linker.linked(item, texts[path].metadata, frozen=True) for path, item in items.items()}
        places = [TocLink(one.title, self._addresses[path]) for path, one in self._chapters.items()]
        pages = handbook_pages(places, [self._html(items[path], text) for path, text in texts.items()])
        shown = tuple(dict.fromkeys(name for one in linked.values() for name in one.pictures))
        facts = {name: self._pictures.facts[name] for name in shown}
        return HandbookNote(inputs, pages, shown, facts, _problems(items, texts, linked))

    def _with_our_anchors(self, texts: Mapping[str, Text]) -> dict[str, Text]:
        """Links to headings, which the documents write as a git host calls them, lead to what we call them."""
        ours = {
            self._addresses[path]: {host_anchor(heading.title): heading.path[1:] for heading in headings_of(text.html)}
            for path, text in texts.items()
        }

        def settled(path: str, reference: Reference) -> Reference:
            try:
                resolved = self._linker.targets.resolve(reference.value, path)
            except LinkBroken:
                return reference
            found = ours.get(resolved.where or self._addresses[path], {}).get(resolved.anchor)
            if not found:
                return reference
            return reference._replace(value=f"{reference.value.partition('#')[0]}#{found}")

        def whole(path: str, text: Text) -> Text:
            references = tuple(settled(path, reference) for reference in text.metadata.references)
            return text._replace(metadata=text.metadata._replace(references=references))

        return {path: whole(path, text) for path, text in texts.items()}

    def _html(self, item: Item, text: Text) -> str:
        """A link to a document that is shown nowhere keeps its words."""
        return _NOWHERE.sub(r"\1", self._linker.html(item, text.html, text.metadata, frozen=True))

    def _url(self, where: str) -> str:
        """An address under the site's base; another document of the project on the git host, when we know that."""
        if where.startswith("/"):
            return self._settings.base + where
        repository = self._settings.repository
        return f"{repository}/{quote(where)}" if repository else ""


def _item(path: str, chapter: HandbookChapter, address: str) -> Item:
    """What the parts that know items are told of a chapter: it is one of no section, and nothing counts it."""
    return Item(Kind.PAGE, path, PAGES, chapter.title, address, None, Status.HIDDEN, UKRAINIAN, "", chapter.body_line)


def _problems(
    items: Mapping[str, Item], texts: Mapping[str, Text], linked: Mapping[str, LinkResult]
) -> tuple[Problem, ...]:
    """What is wrong with the handbook: warnings, since an editor can't be kept from publishing by it."""
    found = [problem for one in linked.values() for problem in one.problems]
    anchors: dict[str, Collection[str]] = {item.address: texts[path].metadata.anchors for path, item in items.items()}
    for path, one in linked.items():
        for address, anchor, line in one.fragments:
            if anchor not in anchors.get(address, (anchor,)):
                message, fix = f"на сторінці {address} немає місця «#{anchor}»", "перевірте заголовок"
                found.append(warning(path, line, "anchor-missing", message, fix))
    return tuple(found)
