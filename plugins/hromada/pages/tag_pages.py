"""The lists of tags, `/tags/` and `/tags/<tag>/`: what news and messages are about across their sections."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alphabet import sort_key
from hromada.domain.item import Item, Kind
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import TAGS, tag_path
from hromada.listing.cards import Category
from hromada.listing.pagination import paginate
from hromada.pages.view_models import PageGroup, PagePlan, page_plan

_SHARED = 2  # items: a tag of fewer has a page, since its item names it, but is in no index


class TagPages:
    """The pages of tags. Spellings with the same address are one tag; its title is that of the first item by path."""

    def __init__(self, snapshot: ContentSnapshot, size: int) -> None:
        self._snapshot, self._size = snapshot, size

    @cached_property
    def by_tag(self) -> dict[Category, list[Item]]:
        """The listed news and messages by tag in alphabetical order, newest first."""
        by_path: dict[str, list[Item]] = {}
        spellings: dict[str, tuple[str, str]] = {}  # the first item that has it, the title there
        for item in self._snapshot.newest(Kind.NEWS, Kind.MESSAGE):
            paths = {tag_path(title): title for title in reversed(item.tags)} if item.tags else {}
            for path, title in paths.items():
                if path in by_path:
                    by_path[path].append(item)
                    if item.path < spellings[path][0]:
                        spellings[path] = item.path, title
                elif path:
                    by_path[path] = [item]
                    spellings[path] = item.path, title
        tags = {Category(spellings[path][1], path, len(items)): items for path, items in by_path.items()}
        return dict(sorted(tags.items(), key=lambda pair: (sort_key(pair[0].title), pair[0].path)))

    @cached_property
    def shared(self) -> tuple[Category, ...]:
        """The tags of more than one item."""
        return tuple(tag for tag in self.by_tag if tag.count >= _SHARED)

    @property
    def paths(self) -> Iterator[str]:
        """The addresses for the sitemap."""
        if self.shared:
            yield TAGS
        yield from (tag.path for tag in self.shared)

    def links(self, item: Item) -> tuple[MenuLink, ...]:
        """An item's tags; without an address where no list has the item."""
        is_listed = item.is_public and item.is_dated
        return tuple(MenuLink(title, tag_path(title) if is_listed else "") for title in item.tags)

    def groups(self) -> dict[str, PageGroup]:
        """The index, and each tag's pages."""
        groups = {"tags": PageGroup(self._index, (self.shared,), is_single_page=True)} if self.by_tag else {}
        for tag, items in self.by_tag.items():
            groups[tag.path] = PageGroup(self._tag, (MenuLink(tag.title, tag.path), items))
        return groups

    def _index(self, tags: tuple[Category, ...]) -> Iterator[PagePlan]:
        yield page_plan(TAGS, "tags.html", tags=tags, noindex=not tags)

    def _tag(self, tag: MenuLink, items: list[Item]) -> Iterator[PagePlan]:
        for listing in paginate(items, tag.path, self._size):
            # Only the newest page says how many there are: the others need not change for a new item.
            total = len(items) if listing.number is None else None
            is_rare = len(items) < _SHARED
            yield page_plan(listing.path, "tag.html", of=tag, listing=listing, total=total, noindex=is_rare)
