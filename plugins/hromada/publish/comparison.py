"""Compares the built site with the one online, and asks the guard which of the changes a person has to confirm."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from hromada.listing.publication_guard import guard_refusals
from hromada.listing.site_changes import (
    ForeignFiles,
    Refusal,
    SiteChanges,
    address_of,
    compare_figures,
    compare_sites,
    is_report_data,
)
from hromada.publish.repository import Repository
from hromada.publish.site_tree import SiteFiles
from hromada.system.regular_files import RegularFile

_REDIRECT_PAGE = re.compile(rb'<meta http-equiv="refresh" content="0; url=')


def compare_with_online(
    repository: Repository | None,
    files: SiteFiles,
    online: Mapping[str, str],
    now: Mapping[str, str],
    moved: Mapping[str, str],
) -> SiteChanges:
    """The changes from `online` to `now`, files with their blob ids; `files` are those of the built folder.

    `moved` are pages that redirect, with their targets.
    """
    differing = {file for file in online.keys() | now.keys() if online.get(file) != now.get(file)}
    compared_files = {file: online[file] for file in differing & online.keys() if file in moved or is_report_data(file)}
    data = repository.git.blobs(compared_files.values()) if repository else {}
    online_data = {file: data[blob] for file, blob in compared_files.items() if blob in data}
    own = differing & now.keys()  # kept files of others are the same on both sides
    figures = compare_figures(
        {file: text for file, text in online_data.items() if is_report_data(file)},
        {file: RegularFile(str(files.folder), file).read() for file in own if is_report_data(file)},
    )
    redirected_before = {file for file in moved if file in online_data and _REDIRECT_PAGE.search(online_data[file])}
    moves = {file: target for file, target in moved.items() if file not in redirected_before}
    return compare_sites(online, now, moves, figures, files.size)


def refusals_of(
    changes: SiteChanges, online: Mapping[str, str], foreign: ForeignFiles, forced: Collection[str]
) -> list[Refusal]:
    """What a person has to confirm before these changes go online; files of others have a refusal of their own."""
    addresses = filter(None, map(address_of, online))
    return guard_refusals(changes, addresses, {address_of(file) for file in foreign.dropped}, forced)
