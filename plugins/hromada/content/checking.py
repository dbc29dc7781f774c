"""Checks a loaded snapshot and resolves its links, using the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from hromada.checks.alert_rules import resolve_alerts
from hromada.checks.attachment_rules import check_attachment
from hromada.checks.frame_rules import (
    accessibility_results_are_recent,
    security_txt_holds,
    translation_is_no_larger,
)
from hromada.checks.law_rules import LAW, law_is_covered, law_is_set_up
from hromada.checks.picture_rules import no_coordinates_in_picture, with_level_for_new_item
from hromada.checks.redirect_rules import redirect_pages
from hromada.checks.site_rules import check_site
from hromada.checks.task_rules import resolve_tasks
from hromada.console.messages import ProgressCallback, no_progress
from hromada.content.file_cache import Parsed
from hromada.content.handbook import rendered_handbook
from hromada.content.loading import ContentSources
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alert import current_alerts
from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.file_types import is_picture
from hromada.domain.item import Item, Kind
from hromada.domain.problem import Problem
from hromada.pictures.copies import PictureInfo
from hromada.reading.accessibility_results import ACCESSIBILITY_RESULTS
from hromada.reading.alert_table import ALERTS
from hromada.reading.task_table import TASKS
from hromada.render.theme_assets import theme_problems
from hromada.system.disk_errors import unreadable
from hromada.system.regular_files import digest_of
from hromada.system.workers import parallel_map

T = TypeVar("T")


def check(snapshot: ContentSnapshot, sources: ContentSources, on_progress: ProgressCallback = no_progress) -> None:
    """Check everything but the reports: rules, references, the law, the handbook, the theme, files' metadata."""
    site, handbook, jobs = snapshot.site, snapshot.handbook_files, sources.jobs
    snapshot.problems += check_site(site, snapshot.clock, snapshot.content.categories)
    snapshot.moved, problems = redirect_pages(site.redirects, site.items, snapshot.linker.targets)
    snapshot.problems += problems
    snapshot.tasks, problems = resolve_tasks(TASKS, site.tasks, snapshot.linker.targets)
    snapshot.problems += problems
    moment = snapshot.clock.moment
    snapshot.alerts, problems = resolve_alerts(
        ALERTS, current_alerts(site.alerts, moment), snapshot.linker.targets, moment
    )
    snapshot.problems += problems
    _link(snapshot, jobs, on_progress)
    snapshot.problems += _frame_problems(snapshot, sources.is_publication)
    snapshot.problems += _law_problems(snapshot)
    snapshot.handbook = rendered_handbook(handbook, site.settings, snapshot.pictures, snapshot.file_cache, jobs)
    snapshot.problems += [*snapshot.handbook.problems, *handbook.problems, *theme_problems(sources.theme)]
    _check_file_metadata(snapshot, jobs, on_progress)


def _frame_problems(snapshot: ContentSnapshot, is_publication: bool) -> Iterator[Problem]:
    """Problems of security.txt, of the accessibility results, and of translations beside their originals."""
    site, clock = snapshot.site, snapshot.clock
    yield from security_txt_holds(site.settings, clock, is_publication)
    yield from accessibility_results_are_recent(site, ACCESSIBILITY_RESULTS, clock, is_publication)
    translations = [
        item
        for item in snapshot.all_built
        if item.is_translation and item.kind is not Kind.REPORT and item.path not in snapshot.withdrawn
    ]
    if translations:
        originals = {item.address: item for item in snapshot.all_built if not item.is_translation}
        yield from translation_is_no_larger(
            translations, lambda item: originals.get(item.address.removeprefix(f"/{item.lang}")), snapshot.text_letters
        )


def _law_problems(snapshot: ContentSnapshot) -> list[Problem]:
    """Problems of the coverage of the law; none if law.toml can't be read, which is reported already."""
    if snapshot.site.law is not None:
        return list(law_is_covered(snapshot.point_coverage, snapshot.site.items))
    return list(law_is_set_up(snapshot.site, snapshot.clock)) if LAW not in snapshot.content.scanned else []


def _link(snapshot: ContentSnapshot, jobs: int, on_progress: ProgressCallback) -> None:
    """Resolve the references of every built item that has changed, or whose targets have."""
    entries, linker, units = snapshot.content.entries, snapshot.linker, snapshot.unit_facts
    stale: list[Item] = []
    for built in snapshot.all_built:
        item = snapshot.withdrawn.get(built.path, built)  # also withdrawn pictures are counted
        entry = entries[item.path]
        if not isinstance(entry.parsed, Parsed) or not entry.parsed.has_text:
            continue
        if entry.linked is None or entry.inherited != _inherited(item, units) or not linker.is_current(entry.linked):
            stale.append(item)
        elif entry.linked.problems:
            snapshot.problems += (
                with_level_for_new_item(problem, item, snapshot.clock) for problem in entry.linked.problems
            )
    _open_pictures(snapshot, stale, jobs, on_progress)
    for item in stale:
        entry = entries[item.path]
        linked = linker.linked(item, snapshot.metadata(item))
        inherited = _inherited(item, units)
        key = digest_of(f"{entry.digest}\0{inherited!r}\0{linked.lookups!r}".encode())
        entries[item.path] = entry._replace(linked=linked, inherited=inherited, key=key)
        if item.is_dated and item.when:  # one without a date has been refused
            card_key = digest_of(repr(snapshot.card(item)).encode())
            is_shown = item.path not in snapshot.withdrawn
            shown = (snapshot.photo_card(item) if is_shown else None, linked.photos) if linked.photos else ()
            photo_key = digest_of(repr(shown).encode()) if shown else ""
            entries[item.path] = entries[item.path]._replace(card_key=card_key, photo_key=photo_key)
        snapshot.problems += (with_level_for_new_item(problem, item, snapshot.clock) for problem in linked.problems)


def _inherited(item: Item, units: Mapping[str, str]) -> tuple[str, str, str]:
    """What an item has from other files: its unit's title and contacts; a translation's address and status from its original."""
    return item.address, units.get(item.unit_section, ""), item.status


def _open_pictures(snapshot: ContentSnapshot, stale: list[Item], jobs: int, on_progress: ProgressCallback) -> None:
    """Read the facts of all pictures that the cache does not have, in parallel."""
    pictures, linker = snapshot.pictures, snapshot.linker
    names = {name for item in stale for name in linker.wanted_pictures(item, snapshot.metadata(item))}
    new = sorted(names - pictures.facts.keys())
    if not new:
        return
    from hromada.render.picture_files import facts_of

    def inspect(path: str) -> tuple[str, PictureInfo]:
        return path, facts_of(pictures.file_of(path))

    pictures.facts.update(_inspected("Дивлюся світлини", new, inspect, jobs, on_progress))


def _inspected(
    label: str, paths: list[str], inspect: Callable[[str], T], jobs: int, on_progress: ProgressCallback
) -> Iterator[T]:
    """The results of `inspect` for each file; half a year's photos take a minute."""
    for count, result in enumerate(parallel_map(paths, inspect, jobs, named=str, chunk=1), 1):
        on_progress(label, count, len(paths))
        yield result


def _check_file_metadata(snapshot: ContentSnapshot, jobs: int, on_progress: ProgressCallback) -> None:
    """Check the metadata of every picture and document, also of unused ones: the repository shows them all.

    Each is opened once, and again when it has changed. Of a picture that no page shows only the metadata are read.
    """
    entries, pictures, file_of = snapshot.content.entries, snapshot.pictures, snapshot.content.file
    metadata_by_path: dict[str, DocumentMetadata] = {}
    new: list[str] = []
    for path in snapshot.content.files_with_metadata:
        parsed = entries[path].parsed if path in entries else None
        if facts := pictures.facts.get(path):
            snapshot.problems += no_coordinates_in_picture(path, facts.metadata)
        elif isinstance(parsed, DocumentMetadata):
            metadata_by_path[path] = parsed
        else:
            new.append(path)
    if new:
        from hromada.content import (
            metadata_removal,  # the libraries that look into files: a build that finds none needs none
        )

    def inspect(path: str) -> tuple[str, DocumentMetadata | Problem]:
        try:
            return path, metadata_removal.metadata_in_file(path, file_of(path))
        except OSError as error:
            return path, unreadable(path, error)

    for path, result in _inspected("Дивлюся інші файли", new, inspect, jobs, on_progress):
        if isinstance(result, DocumentMetadata):
            metadata_by_path[path] = result
        else:
            snapshot.problems.append(result)
    snapshot.file_metadata = dict(sorted(metadata_by_path.items()))
    for path, file_metadata in snapshot.file_metadata.items():
        rule = no_coordinates_in_picture if is_picture(path) else check_attachment
        snapshot.problems += rule(path, file_metadata)
    for path, facts in snapshot.handbook.facts.items():
        snapshot.problems += no_coordinates_in_picture(path, facts.metadata)
