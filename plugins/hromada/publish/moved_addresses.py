"""Pages that are online and would vanish because their file was renamed or its address changed: rows for redirects.csv."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from hromada.domain.content_digest import LATEST, digest_by
from hromada.domain.file_names import is_content_path
from hromada.domain.item import Item, Status
from hromada.domain.problem import Problem, warning
from hromada.domain.refusal import Refusal
from hromada.domain.site_urls import Redirect, file_at
from hromada.publish.local_commit import content_index
from hromada.publish.repository import PAGES_BRANCH, Repository, has_origin
from hromada.reading.items import join_translations, read_item
from hromada.system.git import Git, GitFailed

_SHOWN = 10
_INEXACT = "5000"  # so many renamed and changed files are compared by their texts


class MovedPage(NamedTuple):
    """A page that is online at `old`; its file was `old_path` when the site was built and is `path` now, with `address`."""

    old: str
    path: str
    old_path: str
    address: str

    def as_row(self) -> str:
        return f"{self.old};{self.path}"


def moved_pages(git: Git, pages: str = PAGES_BRANCH) -> list[MovedPage]:
    """The pages online whose file, as the folder has it now, has another address; empty where nothing was published.

    Git pairs the files of the commit from which the site was built with today's; a pair counts if it is one publication by
    its text, or by title and day. A deleted item has no pair.
    """
    try:
        repository = Repository(git, "", pages, has_origin(git))
        tip = repository.published
        publication = repository.newest_publication(tip) if tip else None
        if publication is None or not git.commit_of(publication.source):
            return []
        pairs = _pairs(git, publication.source)
        before, now = (
            _items(git, ((old, blob) for old, blob, _, _ in pairs)),
            _items(git, ((path, blob) for _, _, path, blob in pairs)),
        )
        moved = [
            MovedPage(before[old].address, path, old, now[path].address)
            for old, _, path, _ in pairs
            if old in before and path in now and _is_moved(before[old], now[path])
        ]
        online = _existing(git, tip, [page.old for page in moved])
    except (GitFailed, OSError):  # no repository, no git, no commit
        return []
    return sorted(page for page in moved if page.old in online)


def _pairs(git: Git, source: str) -> list[tuple[str, str, str, str]]:
    """Changed texts as (path then, blob then, path now, blob now)."""
    with content_index(git) as scratch:
        arguments = ("--cached", "--raw", "-z", f"-l{_INEXACT}", "-M", "--no-abbrev", source, "--", "content")
        parts = iter(scratch.run("diff-index", *arguments).split("\0"))
    pairs = []
    for part in parts:
        if not part.startswith(":"):
            continue
        _, _, old_blob, blob, letter = part.split(" ")
        old = next(parts)
        path = next(parts) if letter[0] in "RC" else old
        if letter[0] in "RM" and all(name.endswith(".md") and is_content_path(name) for name in (old, path)):
            pairs.append((old, old_blob, path, blob))
    return pairs


def _items(git: Git, files: Iterable[tuple[str, str]]) -> dict[str, Item]:
    """The items of these files; a translation whose original did not change keeps its address and is left out."""
    files = list(files)
    blobs = git.blobs(blob for _, blob in files)
    read = [read_item(path, blobs[blob]).item for path, blob in files if blob in blobs]
    joined, _ = join_translations(item for item in read if item is not None)
    return {item.path: item for item in joined}


def _is_moved(before: Item, now: Item) -> bool:
    if not before.address or not now.address or now.status is Status.DRAFT:
        return False
    if file_at(before.address).casefold() == file_at(now.address).casefold():
        return False
    same_text = digest_by(before, LATEST) == digest_by(now, LATEST)
    is_same_day = before.day == now.day and before.title.casefold() == now.title.casefold()
    return before.path == now.path or same_text or is_same_day


def _existing(git: Git, tip: str, addresses: Collection[str]) -> set[str]:
    """The addresses that have a page in a published commit."""
    if not addresses:
        return set()
    names = "".join(f"{tip}:{file_at(address)}\n" for address in addresses)
    answers = git.run("cat-file", "--batch-check", stdin=names.encode()).split("\n")
    return {address for address, answer in zip(addresses, answers, strict=True) if " blob " in answer}


def unanswered(
    moved: Iterable[MovedPage], redirects: Iterable[Redirect], addresses: Mapping[str, str]
) -> list[MovedPage]:
    """Those without a row whose old address no item has today; `addresses` are the items' by path."""
    taken = {redirect.file.casefold() for redirect in redirects}
    taken |= {file_at(address).casefold() for address in addresses.values() if address}
    return [page for page in moved if file_at(page.old).casefold() not in taken]


def as_problems(moved: Iterable[MovedPage]) -> list[Problem]:
    """A warning for each page that needs a row."""
    return [
        warning(
            page.path, 1, "address-moved", f"матеріал переїхав: на сайті він за адресою {page.old}, і вона зникне",
            "make fix допише рядок до content/redirects.csv",
        )
        for page in moved
    ]  # fmt: skip


def with_rows(refusals: Iterable[Refusal], gone: Collection[str], git: Git) -> list[Refusal]:
    """The refusals; `address-gone` names the rows that `make fix` writes for pages that have only moved."""
    refusals = list(refusals)
    if not any(refusal.code == "address-gone" for refusal in refusals):
        return refusals
    moved = [page for page in moved_pages(git) if page.old in gone]
    if not moved:
        return refusals
    more = [f"  … і ще {len(moved) - _SHOWN}"] if len(moved) > _SHOWN else []
    lines = [
        "Ці матеріали переїхали; make fix допише до content/redirects.csv такі рядки:",
        *(f"  {page.as_row()}" for page in moved[:_SHOWN]),
        *more,
    ]
    plain = [
        "Ці матеріали лише переїхали. Щоб старі адреси вели до нових, покажіть подробиці тому, хто доглядає за сайтом:",
        *(f"{page.old} → {page.address}" for page in moved[:_SHOWN]),
        *(line.strip() for line in more),
    ]
    return [
        replace(
            refusal,
            message="\n".join([refusal.message, *lines]),
            plain="\n".join([refusal.for_window, *plain]),
        )
        if refusal.code == "address-gone"
        else refusal
        for refusal in refusals
    ]
