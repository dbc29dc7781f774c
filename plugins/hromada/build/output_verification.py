"""What the output of a build is verified against: its address, its sources, and what the content does not publish."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

from hromada.build.manifest import running_code
from hromada.build.site_outputs import page_name
from hromada.console.messages import ProgressCallback
from hromada.console.options import Options
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.file_names import name_in_content
from hromada.domain.file_types import suffix_of
from hromada.domain.item import Item, Status
from hromada.domain.refusal import Refusal
from hromada.publish.verification import Leak, VerificationRules, verify
from hromada.system.disk_errors import DiskError
from hromada.system.git import Git, GitFailed
from hromada.system.regular_files import RegularFile, entries_below
from hromada.system.workers import NO_STEPS
from hromada.verification.phrases import phrases_in, phrases_of
from hromada.verification.site_address import SiteAddress

_SOURCES = frozenset({".md", ".toml", ".csv", ".json", ".txt", ".geojson"})
_FEWEST_PARTS = 3  # of a folder's path that no text holds by chance: /home/name, not /site


def verify_output(
    options: Options, snapshot: ContentSnapshot, digests: Mapping[str, str], stored: Collection[str],
    on_progress: ProgressCallback, idle_steps: Iterator[object] = NO_STEPS,
) -> tuple[Refusal, ...]:  # fmt: skip
    """The reasons not to publish the output folder, whose files have these digests; `stored` are the store's pictures.

    The steps of `idle_steps` are taken while other processes read the files, or between a few files read here.
    """
    settings, unpublished = options.settings(), UnpublishedTexts(snapshot)
    public = settings.picture_store.public if settings.picture_store else ""
    rules = VerificationRules(
        SiteAddress(settings.address, settings.base, public),
        paths=_private_folders(options),
        sources={page_name(item.address): item.path for item in snapshot.all_built}
        | {name_in_content(path): path for path in snapshot.documents},
        phrases=unpublished.phrases,
        own_pages=unpublished.own_pages,
        stored=stored,
        editors=partial(_editors, options.root),
        allowed=PublishedTexts(options, snapshot, unpublished.paths).allowed,
    )
    version = running_code(options.root)
    return verify(options.output, digests, rules, options.cache, version, options.jobs, on_progress, idle_steps)


def _private_folders(options: Options) -> tuple[str, ...]:
    """Folders of this machine: the project's, its user's, those for temporary files, where they tell anything."""
    home, temporary = Path(os.path.expanduser("~")), Path(tempfile.gettempdir())
    folders = {options.root, options.content, options.cache, options.output, home, temporary}
    telling = {folder for folder in folders if len(folder.parts) >= _FEWEST_PARTS}
    return tuple(sorted(str(folder) for folder in telling if telling.isdisjoint(folder.parents)))


def _editors(root: Path) -> set[str]:
    """The mailboxes of those who have committed, and of who publishes now; none outside of a repository."""
    git = Git(root)
    try:
        named = git.run("log", "--format=%ae%n%ce", "HEAD", "--").split("\n")
    except GitFailed:
        return set()
    try:
        named.append(git.run("config", "user.email"))
    except GitFailed:
        pass
    return {mailbox for mailbox in named if "@" in mailbox}


class UnpublishedTexts:
    """Drafts, scheduled items and texts of withdrawn ones, which may stand nowhere, and hidden items, which have a page."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        built = {item.path for item in snapshot.all_built}
        self._snapshot = snapshot
        self._items = [item for item in snapshot.site.items if item.path not in built or item.status is Status.HIDDEN]
        self._withdrawn = list(snapshot.withdrawn.values())
        self.paths = frozenset(item.path for item in (*self._items, *self._withdrawn))

    @cached_property
    def phrases(self) -> dict[str, str]:
        """Phrases of each text, which lead to its path."""
        phrases: dict[str, str] = {}
        for item in self._items:
            for phrase in phrases_of(item.title, self._body(item)):
                phrases.setdefault(phrase, item.path)
        for item in self._withdrawn:  # whose title stays
            for phrase in (*phrases_of("", item.summary), *phrases_of("", self._body(item))):
                phrases[phrase] = item.path
        return phrases

    @cached_property
    def own_pages(self) -> dict[str, set[str]]:
        """The files on which a hidden item's words may stand: its page, and those that lead to it."""
        leading = defaultdict(set)
        for page in self._snapshot.moved:
            leading[page.target].add(page.file)
        return {
            item.path: {page_name(item.address), *leading[item.address]}
            for item in self._items
            if item.status is Status.HIDDEN and item.path not in self._snapshot.withdrawn
        }

    def _body(self, item: Item) -> str:
        text = self._snapshot.content.bytes_of(item.path).decode("utf-8", "replace").replace("\r\n", "\n")
        return "\n".join(text.split("\n")[item.body_line - 1 :])


class PublishedTexts:
    """What published sources say: words that stand there are no secret, though a draft repeats them."""

    def __init__(self, options: Options, snapshot: ContentSnapshot, unpublished: Collection[str]) -> None:
        self._options, self._snapshot, self._unpublished = options, snapshot, unpublished

    def allowed(self, leaks: Collection[Leak]) -> set[Leak]:
        """The leaks that a published source, a register, the theme or the site's settings has."""
        texts = {leak.text for leak in leaks}
        mailboxes = {text for text in texts if "@" in text}
        found, unseen = set[str](), texts
        for text in self._texts():
            found |= {mailbox for mailbox in mailboxes if mailbox in text}
            if unseen := texts - found:
                found |= phrases_in(unseen - mailboxes, [text])
            if not texts - found:
                break
        return {leak for leak in leaks if leak.text in found}

    def _texts(self) -> Iterator[str]:
        """The settings, the units' headers and the registers' titles, which are in memory, then files."""
        snapshot, content = self._snapshot, self._snapshot.content
        yield repr(self._options.settings())
        yield "\n".join(repr(item.unit) for item in snapshot.all_built if item.unit)
        yield "\n".join(row.title for row in snapshot.site.rows)
        templates = self._options.theme / "templates"
        for entry in entries_below(templates):
            if not entry.is_folder:
                yield RegularFile(str(templates), entry.name).read().decode("utf-8", "replace")
        for path in content.scanned:
            if path not in self._unpublished and suffix_of(path) in _SOURCES:
                try:
                    yield content.read(path).decode("utf-8", "replace")
                except DiskError:  # an editor has just removed it: the next publication will see
                    continue
