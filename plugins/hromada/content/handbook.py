"""The handbook's chapters as pages, with the Markdown, sanitising and pictures of items."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import quote

from hromada.checks.link_rules import LinkBroken, Targets
from hromada.content.file_cache import FileCache
from hromada.content.handbook_files import Handbook, HandbookChapter, host_anchor, read_chapter
from hromada.domain.alphabet import slug
from hromada.domain.item import PAGES, UKRAINIAN, Item, Kind, Status
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem, warning
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import HANDBOOK_PAGE
from hromada.listing.handbook_pages import HandbookPage, TocLink, handbook_pages, headings_of, with_parts
from hromada.pictures.copies import PictureInfo
from hromada.render.content_pictures import Pictures
from hromada.render.links import Linker, LinkResult
from hromada.render.rendered_text import Reference, Text
from hromada.storage.sqlite_store import CacheCodec
from hromada.system.regular_files import digest_of
from hromada.system.workers import parallel_map

_CACHE_NAME = "handbook"
_LINK_WITHOUT_TARGET = lazy_compile(r'<a href="">(.*?)</a>', re.DOTALL)


class RenderedHandbook(NamedTuple):
    """The handbook's pages and problems, cached with the digest of their inputs."""

    inputs: str = ""
    pages: tuple[HandbookPage, ...] = ()
    pictures: tuple[str, ...] = ()
    facts: Mapping[str, PictureInfo] = {}
    problems: tuple[Problem, ...] = ()


RENDERED_HANDBOOK = CacheCodec(RenderedHandbook)


def addresses_of(handbook: Handbook) -> dict[str, str]:
    """The site's address of each chapter by its file's path; the first chapter is the handbook's home page."""
    return {
        path: f"{HANDBOOK_PAGE}{slug(posixpath.splitext(posixpath.basename(path))[0])}/" if index else HANDBOOK_PAGE
        for index, path in enumerate(handbook.texts)
    }


def rendered_handbook(
    handbook: Handbook, settings: SiteSettings, pictures: Pictures, file_cache: FileCache, jobs: int
) -> RenderedHandbook:
    """The handbook's pages, from the cache while its files and settings are the same."""
    if not handbook.texts:
        return RenderedHandbook()
    inputs = digest_of(
        f"{handbook.digest} {settings.base} {settings.repository} {settings.picture_widths} {settings.picture_store}".encode()
    )
    rendered = file_cache.value(_CACHE_NAME, RENDERED_HANDBOOK)
    if rendered is None or rendered.inputs != inputs:
        rendered = _HandbookRenderer(handbook, settings, pictures).render(inputs, jobs)
        file_cache.keep_value(_CACHE_NAME, RENDERED_HANDBOOK, rendered)
    pictures.facts.update(rendered.facts)
    return rendered


class _HandbookRenderer:
    """Makes the pages from the files."""

    def __init__(self, handbook: Handbook, settings: SiteSettings, pictures: Pictures) -> None:
        self._settings, self._pictures = settings, pictures
        self._addresses = addresses_of(handbook)
        self._chapters = {path: read_chapter(path, text) for path, text in handbook.texts.items()}
        sizes = {path: len(data) for path, data in handbook.pictures.items()}
        # Other documents of the project have their own paths as targets, which are no addresses: see `_url`.
        pages = self._addresses | {path: path for path in handbook.others}
        self._linker = Linker(Targets(pages, sizes, frozenset()), pictures, self._url, sizes.__getitem__)

    def render(self, inputs: str, jobs: int) -> RenderedHandbook:
        from hromada.render.html import Markup

        markup = Markup()
        items = {path: _item(path, chapter, self._addresses[path]) for path, chapter in self._chapters.items()}

        def text_of(path: str) -> tuple[str, Text]:
            return path, markup.text(items[path], self._chapters[path].body)

        made = dict(parallel_map(list(items), text_of, jobs, named=str, chunk=1))
        texts = self._with_our_anchors({path: made[path] for path in items})
        linked = {path: self._linker.linked(item, texts[path].metadata, frozen=True) for path, item in items.items()}
        toc = [TocLink(chapter.title, self._addresses[path]) for path, chapter in self._chapters.items()]
        chapters = handbook_pages(toc, [self._html(items[path], text) for path, text in texts.items()])
        pages = with_parts(chapters, self._settings.link)
        pictures = tuple(dict.fromkeys(name for result in linked.values() for name in result.pictures))
        facts = {name: self._pictures.facts[name] for name in pictures}
        return RenderedHandbook(inputs, pages, pictures, facts, _problems(items, texts, linked))

    def _with_our_anchors(self, texts: Mapping[str, Text]) -> dict[str, Text]:
        """Links to headings with our ids in the place of the git host's, which the documents use."""
        ours = {
            self._addresses[path]: {host_anchor(heading.title): heading.path[1:] for heading in headings_of(text.html)}
            for path, text in texts.items()
        }

        def with_our_anchor(path: str, reference: Reference) -> Reference:
            try:
                resolved = self._linker.targets.resolve(reference.value, path)
            except LinkBroken:
                return reference
            anchor = ours.get(resolved.where or self._addresses[path], {}).get(resolved.anchor)
            if not anchor:
                return reference
            return reference._replace(value=f"{reference.value.partition('#')[0]}#{anchor}")

        def with_references(path: str, text: Text) -> Text:
            references = tuple(with_our_anchor(path, reference) for reference in text.metadata.references)
            return text._replace(metadata=text.metadata._replace(references=references))

        return {path: with_references(path, text) for path, text in texts.items()}

    def _html(self, item: Item, text: Text) -> str:
        """The chapter's HTML; of a link to a document that is published nowhere only its text stays."""
        return _LINK_WITHOUT_TARGET.sub(r"\1", self._linker.html(item, text.html, text.metadata, frozen=True))

    def _url(self, where: str) -> str:
        """An address under the site's base; for another document of the project that on the git host, if known."""
        if where.startswith("/"):
            return self._settings.link(where)
        repository = self._settings.repository
        return f"{repository}/{quote(where)}" if repository else ""


def _item(path: str, chapter: HandbookChapter, address: str) -> Item:
    """A chapter as an item of no section that is never counted."""
    return Item(Kind.PAGE, path, PAGES, chapter.title, address, None, Status.HIDDEN, UKRAINIAN, "", chapter.body_line)


def _problems(
    items: Mapping[str, Item], texts: Mapping[str, Text], linked: Mapping[str, LinkResult]
) -> tuple[Problem, ...]:
    """The handbook's problems, as warnings: they must not keep an editor from publishing."""
    problems = [problem for result in linked.values() for problem in result.problems]
    anchors: dict[str, Collection[str]] = {item.address: texts[path].metadata.anchors for path, item in items.items()}
    for path, result in linked.items():
        for address, anchor, line in result.fragments:
            if anchor not in anchors.get(address, (anchor,)):
                message, fix = f"на сторінці {address} немає місця «#{anchor}»", "перевірте заголовок"
                problems.append(warning(path, line, "anchor-missing", message, fix))
    return tuple(problems)
