"""Pages of the editors' handbook with their tables of contents."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from hromada.domain.alphabet import slug
from hromada.domain.lazy_regex import lazy_compile

_HEADING = lazy_compile(r'<h(?P<level>[2-6]) id="(?P<anchor>[^"]+)">(?P<words>.*?)</h(?P=level)>', re.DOTALL)
_TAG = lazy_compile(r"<[^>]*>")
_HEADING_LEVEL = lazy_compile(r"(</?h)([3-6])(?=[ >])")
_PART = lazy_compile(r'<h2 id="')
_ID = lazy_compile(r'\sid="([^"]+)"')
_TO_ANCHOR = lazy_compile(r'href="(?P<address>[^"#]*)#(?P<anchor>[^"]+)"')
LONGEST_CHAPTER = 150_000  # characters of HTML; the longest but one of ours has a third of that


class TocLink(NamedTuple):
    """An entry of a table of contents: a chapter with its address, or a heading with its anchor."""

    title: str
    path: str


class HandbookPage(NamedTuple):
    """One chapter; `others` are all chapters in their order, `before` and `after` its neighbours.

    A long chapter has pages of its own for the `parts` that have subheadings; `contents` is what leads into them. Such a
    part's `of` is the chapter.
    """

    title: str
    path: str
    html: str
    headings: tuple[TocLink, ...]
    others: tuple[TocLink, ...]
    before: TocLink | None
    after: TocLink | None
    contents: str = ""
    parts: tuple[TocLink, ...] = ()
    of: TocLink | None = None


def handbook_pages(links: Sequence[TocLink], texts: Sequence[str]) -> tuple[HandbookPage, ...]:
    """The pages of the chapters at `links`, whose clean HTML is `texts`."""
    return tuple(
        HandbookPage(
            link.title, link.path, text, headings_of(text, "2"), tuple(links),
            links[index - 1] if index else None, links[index + 1] if index + 1 < len(links) else None,
        )
        for index, (link, text) in enumerate(zip(links, texts, strict=True))
    )  # fmt: skip


def with_parts(pages: Sequence[HandbookPage], link: Callable[[str], str]) -> tuple[HandbookPage, ...]:
    """The pages with long chapters divided, and every link to an anchor led to the page that has it now.

    `link` makes an address as the HTML has it.
    """
    divided: list[HandbookPage] = []
    moved: dict[str, str] = {}
    for page in pages:
        first, *parts = _divided(page)
        divided += [first, *parts]
        moved |= {f"{link(page.path)}#{anchor}": link(part.path) for part in parts for anchor in _anchors(part.html)}
    return tuple(_with_moved_links(page, moved, link) for page in divided) if moved else tuple(divided)


def _divided(page: HandbookPage) -> list[HandbookPage]:
    """The page, or the rest of it followed by its parts."""
    cuts = [match.start() for match in _PART.finditer(page.html)]
    if len(page.html) <= LONGEST_CHAPTER or not cuts:
        return [page]
    sections = [page.html[start:end] for start, end in zip(cuts, [*cuts[1:], None], strict=True)]
    own = [section for section in sections if "<h3 " not in section]
    titled = [(headings_of(section, "2")[0].title, section) for section in sections if "<h3 " in section]
    if not (own and titled):
        return [page]
    links = [TocLink(title, f"{page.path}{slug(title)}/") for title, _ in titled]
    chapter = TocLink(page.title, page.path)
    first = page._replace(
        html=page.html[: cuts[0]] + "".join(own[:-1]), contents=own[-1], parts=tuple(links),
        headings=headings_of("".join(own), "2"),
    )  # fmt: skip
    ways = [chapter, *links, None]
    parts = [
        HandbookPage(title, own_link.path, text := _promoted(section[section.index("</h2>") + 5 :]), headings_of(text, "2"),
                     page.others, ways[number], ways[number + 2], of=chapter)
        for number, (own_link, (title, section)) in enumerate(zip(links, titled, strict=True))
    ]  # fmt: skip
    return [first, *parts]


def _promoted(text: str) -> str:
    """The part's headings one level higher, since its own is the page's."""
    return _HEADING_LEVEL.sub(lambda match: f"{match[1]}{int(match[2]) - 1}", text)


def _anchors(text: str) -> list[str]:
    return _ID.findall(text)


def _with_moved_links(page: HandbookPage, moved: Mapping[str, str], link: Callable[[str], str]) -> HandbookPage:
    home = link(page.of.path if page.of else page.path)
    own = link(page.path)

    def led(match: re.Match[str]) -> str:
        address, anchor = match["address"] or home, match["anchor"]
        target = moved.get(f"{address}#{anchor}", address)
        return f'href="{"" if target == own else target}#{anchor}"'

    return page._replace(html=_TO_ANCHOR.sub(led, page.html), contents=_TO_ANCHOR.sub(led, page.contents))


def headings_of(text: str, levels: str = "23456") -> tuple[TocLink, ...]:
    """The headings of a page's HTML with their anchors."""
    return tuple(
        TocLink(html.unescape(_TAG.sub("", match["words"])), f"#{match['anchor']}")
        for match in _HEADING.finditer(text)
        if match["level"] in levels
    )
