"""What is wrong with a loaded snapshot; what the cache knows already is not looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from hromada.checks.attachments import check_attachment
from hromada.checks.law_coverage import LAW, law_is_covered, law_is_set_up
from hromada.checks.picture_rules import no_gps_in_image, with_level_for_new_item
from hromada.checks.redirect_rules import resolve_redirects
from hromada.checks.site_rules import check_site
from hromada.console.progress import ProgressCallback, no_progress
from hromada.content.file_cache import Parsed
from hromada.content.handbook import handbook_note
from hromada.content.loading import ContentSources
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.file_types import is_picture
from hromada.domain.item import Item
from hromada.domain.problem import Problem
from hromada.images.copies import PictureInfo
from hromada.render.theme_assets import theme_problems
from hromada.system.digest import digest_of
from hromada.system.disk_errors import unreadable
from hromada.system.workers import parallel_map

T = TypeVar("T")


def check(snapshot: ContentSnapshot, sources: ContentSources, on_progress: ProgressCallback = no_progress) -> None:
    """Check a loaded snapshot but for its reports: rules, references, the law, the handbook, the theme, files' metadata."""
    site, handbook, jobs = snapshot.site, snapshot.handbook_files, sources.jobs
    snapshot.problems += check_site(site, snapshot.clock, snapshot.content.categories)
    snapshot.moved, problems = resolve_redirects(site.redirects, site.items, snapshot.linker.targets)
    snapshot.problems += problems
    _link(snapshot, jobs, on_progress)
    snapshot.problems += _law_problems(snapshot)
    snapshot.handbook = handbook_note(handbook, site.settings, snapshot.pictures, snapshot.file_cache)
    snapshot.problems += [*snapshot.handbook.problems, *handbook.problems, *theme_problems(sources.theme)]
    _look_into_files(snapshot, jobs, on_progress)


def _law_problems(snapshot: ContentSnapshot) -> list[Problem]:
    """What the self-check says; nothing while law.toml can't be read, which has been said."""
    if snapshot.site.law is not None:
        return list(law_is_covered(snapshot.covered, snapshot.site.items))
    return list(law_is_set_up(snapshot.site, snapshot.clock)) if LAW not in snapshot.content.seen else []


def _link(snapshot: ContentSnapshot, jobs: int, on_progress: ProgressCallback) -> None:
    """Follow the references of every built item whose own, or whose targets, are not what they were."""
    known, linker, titles = snapshot.content.known, snapshot.linker, snapshot.unit_titles
    stale: list[Item] = []
    for item in snapshot.all_built:
        one = known[item.path]
        if not isinstance(one.parsed, Parsed) or not one.parsed.has_text:
            continue
        if one.linked is None or one.placed != _place(item, titles) or not linker.is_current(one.linked):
            stale.append(item)
        elif one.linked.problems:
            snapshot.problems += (
                with_level_for_new_item(problem, item, snapshot.clock) for problem in one.linked.problems
            )
    _open_pictures(snapshot, stale, jobs, on_progress)
    for item in stale:
        one = known[item.path]
        linked = linker.linked(item, snapshot.metadata(item))
        placed = _place(item, titles)
        key = digest_of(f"{one.digest}\0{placed!r}\0{linked.lookups!r}".encode())
        known[item.path] = one._replace(linked=linked, placed=placed, key=key)
        if item.is_dated and item.when:  # one without a date has been refused
            card_key = digest_of(repr(snapshot.card(item)).encode())
            known[item.path] = known[item.path]._replace(card_key=card_key)
        snapshot.problems += (with_level_for_new_item(problem, item, snapshot.clock) for problem in linked.problems)


def _place(item: Item, titles: Mapping[str, str]) -> tuple[str, str, str]:
    """What its file does not say of an item: its unit's title; of a translation the address and status, its original's."""
    return item.address, titles.get(item.section, ""), item.status


def _open_pictures(snapshot: ContentSnapshot, stale: list[Item], jobs: int, on_progress: ProgressCallback) -> None:
    """Look into the pictures that nobody has looked into yet, all together."""
    pictures, linker = snapshot.pictures, snapshot.linker
    wanted = {name for item in stale for name in linker.wanted_pictures(item, snapshot.metadata(item))}
    new = sorted(wanted - pictures.facts.keys())
    if not new:
        return
    from hromada.render.image_files import facts_of

    def look(path: str) -> tuple[str, PictureInfo]:
        return path, facts_of(pictures.file_of(path))

    pictures.facts.update(_looked_into("Дивлюся світлини", new, look, jobs, on_progress))


def _looked_into(
    what: str, paths: list[str], look: Callable[[str], T], jobs: int, on_progress: ProgressCallback
) -> Iterator[T]:
    """What `look` finds in each file; half a year's photos take a minute."""
    for number, found in enumerate(parallel_map(paths, look, jobs, named=str, chunk=1), 1):
        on_progress(what, number, len(paths))
        yield found


def _look_into_files(snapshot: ContentSnapshot, jobs: int, on_progress: ProgressCallback) -> None:
    """What every picture and document carries along, whether a page uses it or not: the repository shows them all.

    Each is opened once, and again when it has changed. Of a picture that no page shows only its metadata are read.
    """
    known, pictures, file_of = snapshot.content.known, snapshot.pictures, snapshot.content.file
    traces: dict[str, DocumentMetadata] = {}
    new: list[str] = []
    for path in snapshot.content.looked_into:
        parsed = known[path].parsed if path in known else None
        if facts := pictures.facts.get(path):
            snapshot.problems += no_gps_in_image(path, facts.traces)
        elif isinstance(parsed, DocumentMetadata):
            traces[path] = parsed
        else:
            new.append(path)
    if new:
        from hromada.content import (
            metadata_removal,  # the libraries that look into files: a build that finds none needs none
        )

    def look(path: str) -> tuple[str, DocumentMetadata | Problem]:
        try:
            return path, metadata_removal.traces_in_file(path, file_of(path))
        except OSError as error:
            return path, unreadable(path, error)

    for path, found in _looked_into("Дивлюся інші файли", new, look, jobs, on_progress):
        if isinstance(found, DocumentMetadata):
            traces[path] = found
        else:
            snapshot.problems.append(found)
    snapshot.traces = dict(sorted(traces.items()))
    for path, found in snapshot.traces.items():
        snapshot.problems += no_gps_in_image(path, found) if is_picture(path) else check_attachment(path, found)
    for path, facts in snapshot.handbook.facts.items():
        snapshot.problems += no_gps_in_image(path, facts.traces)
