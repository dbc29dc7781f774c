"""Compares the built site with the one online, and asks the guard which of the changes a person has to confirm."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.refusal import Refusal
from hromada.listing.event_changes import is_event_file, unmarked_events
from hromada.listing.publication_guard import guard_refusals
from hromada.listing.site_changes import (
    ForeignFiles,
    SiteChanges,
    address_of,
    compare_figures,
    compare_sites,
    compare_states,
    is_report_data,
)
from hromada.publish.repository import Repository
from hromada.publish.site_tree import PublicBuild, SiteFiles
from hromada.system.regular_files import RegularFile

_REDIRECT_PAGE = lazy_compile(rb'<meta http-equiv="refresh" content="0; url=')


def compare_with_online(
    blobs: Callable[[Collection[str]], Mapping[str, bytes]] | None,
    files: SiteFiles,
    online: Mapping[str, str],
    now: Mapping[str, str],
    moved: Mapping[str, str],
) -> SiteChanges:
    """The changes from `online` to `now`, files with their digests; `files` are those of the built folder.

    `moved` are pages that redirect, with their targets. `blobs` reads files that are online by their digests.
    """
    differing = {file for file in online.keys() | now.keys() if online.get(file) != now.get(file)}
    compared_files = {file: online[file] for file in differing & online.keys() if file in moved or _is_read(file)}
    data = blobs(list(compared_files.values())) if blobs else {}
    online_data = {file: data[blob] for file, blob in compared_files.items() if blob in data}
    own = differing & now.keys()  # kept files of others are the same on both sides
    read_now = {file: RegularFile(str(files.folder), file).read() for file in own if _is_read(file)}
    reports_online, reports_now = (
        {file: text for file, text in data.items() if is_report_data(file)} for data in (online_data, read_now)
    )
    events_online, events_now = (
        {file: text for file, text in data.items() if is_event_file(file)} for data in (online_data, read_now)
    )
    figures = compare_figures(reports_online, reports_now)
    redirected_before = {file for file in moved if file in online_data and _REDIRECT_PAGE.search(online_data[file])}
    moves = {file: target for file, target in moved.items() if file not in redirected_before}
    states = compare_states(reports_online, reports_now)
    return compare_sites(online, now, moves, figures, files.size, states, unmarked_events(events_online, events_now))


def _is_read(file: str) -> bool:
    """Whether a file is compared by what it says."""
    return is_report_data(file) or is_event_file(file)


def theme_note(repository: Repository, head: str) -> list[str]:
    """The warning `theme-and-content`: what is online differs from `head` in both, so one rollback takes both back."""
    git, tip = repository.git, repository.published
    publication = repository.newest_publication(tip) if tip else None
    if publication is None or not git.commit_of(publication.source):
        return []
    folders = ("content", "theme", "plugins", "pelicanconf.py", "publishconf.py")
    changed = git.run("diff-tree", "-r", "--name-only", "-z", publication.source, head, "--", *folders).split("\0")
    tops = {name.partition("/")[0] for name in changed if name}
    if "content" not in tops or len(tops) == 1:
        return []
    return [
        "Увага: разом зі змістом змінюється вигляд або програма сайту. Якщо щось піде не так, make rollback поверне і те, і те."
        " [theme-and-content]"
    ]


def refusals_of(
    changes: SiteChanges, online: Mapping[str, str], foreign: ForeignFiles, site: PublicBuild, forced: Collection[str]
) -> list[Refusal]:
    """What a person has to confirm before these changes go online.

    Files of others have a refusal of their own; what a withdrawal takes away was confirmed by its reason and day.
    """
    addresses = filter(None, map(address_of, online))
    explained = {address for address in changes.gone if site.explains(address)}
    return guard_refusals(changes, addresses, explained | {address_of(file) for file in foreign.dropped}, forced)
