"""From the content folder to an edition: everything read, checked and linked, as far as it is not remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from hromada.checks.active_content_rules import check_active_content
from hromada.checks.attachments import check_attachment
from hromada.checks.causes import without_consequences
from hromada.checks.document_rules import check_documents
from hromada.checks.law_coverage import LAW, law_is_covered, law_is_set_up
from hromada.checks.link_rules import Targets
from hromada.checks.near_names import with_near_names
from hromada.checks.picture_rules import no_gps_in_image, of_new_item
from hromada.checks.redirect_rules import follow_redirects
from hromada.checks.site_rules import check_site
from hromada.console.progress import ProgressCallback, no_progress
from hromada.content.file_cache import Approved, FileCache, Parsed
from hromada.content.handbook import addresses_of, handbook_note
from hromada.content.handbook_files import Handbook
from hromada.content.loader import Content, load_content
from hromada.content.report_cache import REPORT_NOTE, ReportCheckCache
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.calendar import Clock
from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.figure import VERSIONS
from hromada.domain.file_types import is_picture
from hromada.domain.item import Item, Kind
from hromada.domain.problem import Problem
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import ARCHIVE, LAW_PAGE, LISTS, NEWS_FEED, category_path, month_path
from hromada.images.facts import Facts
from hromada.render.images import Pictures
from hromada.render.links import Linker
from hromada.render.theme_assets import theme_problems
from hromada.report.report_paths import FILES
from hromada.storage.artifact_cache import FileStore
from hromada.system.digest import digest_of
from hromada.system.disk_errors import unreadable
from hromada.system.regular_files import RegularFile
from hromada.system.scan import ScannedFile
from hromada.system.workers import parallel_map

T = TypeVar("T")


def load_and_check(
    folder: Path, settings: SiteSettings, clock: Clock, cache: Path, file_cache: FileCache, *,
    root: Path, theme: Path, seen: dict[str, ScannedFile] | None = None, ignore_mtimes: bool = False, jobs: int = 1, on_progress: ProgressCallback = no_progress,
) -> ContentSnapshot:  # fmt: skip
    """Read and check the content of `folder`; problems are collected, never raised. The handbook lies under `root`."""
    content = load_content(
        folder, settings, file_cache, seen=seen, ignore_mtimes=ignore_mtimes, jobs=jobs, on_progress=on_progress
    )
    site, known = content.site, content.known
    facts = {path: parsed for path in site.files if path in known and isinstance(parsed := known[path].parsed, Facts)}
    handbook = Handbook(root, settings.handbook)

    def file_of(path: str) -> RegularFile:
        return handbook.file(path) if path in handbook.pictures else content.file(path)

    pictures = Pictures(file_of, FileStore(cache / "pictures"), settings.picture_widths, facts)
    built = [item for item in site.items if item.is_built(clock)]
    pages = dict.fromkeys((item.path for item in site.items), "")
    pages.update((item.path, item.address) for item in built)
    law = {LAW_PAGE} if site.law is not None else set()
    listed = _addresses(built) | _lists(content, clock) | law | {*addresses_of(handbook).values()}
    unbuilt = {item.address: item.path for item in site.items if not pages[item.path]}
    targets = Targets(pages, site.files, listed, unbuilt, settings.address)
    linker = Linker(targets, pictures, lambda path: settings.base + path, content.size_of)
    snapshot = ContentSnapshot(content, clock, file_cache, pictures, linker, list(content.problems), built)
    snapshot.problems += check_site(site, clock, content.categories)
    snapshot.moved, problems = follow_redirects(site.redirects, site.items, targets)
    snapshot.problems += problems
    _link(snapshot, jobs, on_progress)
    snapshot.problems += _law_problems(snapshot)
    snapshot.handbook = handbook_note(handbook, settings, pictures, file_cache)
    snapshot.problems += [*snapshot.handbook.problems, *handbook.problems, *theme_problems(theme)]
    note = _report_note(snapshot)
    snapshot.report_note = note
    snapshot.problems += note.problems
    _check_fragments(snapshot, note)
    _look_into_files(snapshot, jobs, on_progress)
    if not snapshot.errors:  # what was refused already is not lost or changed a second time
        snapshot.problems += note.late
    found = without_consequences(set(snapshot.problems))
    snapshot.problems = sorted(with_near_names(found, [*pages, *site.files]))
    return snapshot


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
            snapshot.problems += (of_new_item(problem, item, snapshot.clock) for problem in one.linked.problems)
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
        snapshot.problems += (of_new_item(problem, item, snapshot.clock) for problem in linked.problems)


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

    def look(path: str) -> tuple[str, Facts]:
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
    for path in snapshot.documents:
        if path in traces:
            snapshot.problems += check_active_content(path, traces[path].active)
    snapshot.problems += check_documents(
        {path: snapshot.content.size_of(path) for path in snapshot.documents},
        snapshot.linker.targets.addresses,
        _folders_of_reports(snapshot),
    )


def _folders_of_reports(snapshot: ContentSnapshot) -> set[str]:
    """What only reports put their files into: a list for each figure, the former versions, also those to come."""
    lists = {one for one in _lists(snapshot.content, snapshot.clock) if one.endswith("/")}
    return lists | {f"{item.address}{VERSIONS}/" for item in snapshot.built(Kind.REPORT)}


def _report_note(snapshot: ContentSnapshot) -> ReportCheckCache:
    """What the check says of the reports: as remembered, when nothing that it depends on has changed."""
    inputs = snapshot.counted_inputs
    note = snapshot.file_cache.note("reports", REPORT_NOTE)
    if note is not None and note.inputs == inputs:
        digests = {item.address: item.digests for item in snapshot.site.items} if note.consulted else {}
        is_same = all(digests.get(address, ()) == was for address, was in note.consulted.items())
        if is_same and all(snapshot.linker.is_current(one) for one in (*note.linked.values(), *note.unapproved_links)):
            return note
    note = snapshot.reports.note(inputs)
    snapshot.file_cache.keep_note("reports", REPORT_NOTE, note)
    return note


def _check_fragments(snapshot: ContentSnapshot, note: ReportCheckCache) -> None:
    """Anchors of links: the target's text must have them."""
    linked = [(item.path, one) for item, one in snapshot.referring]
    linked += [(item.path, note.linked[item.address]) for item in snapshot.built(Kind.REPORT)]
    if not any(one.fragments for _, one in linked):
        return
    wanted = {address for _, one in linked for address, _, _ in one.fragments}
    anchors = dict(note.anchors)
    for item in snapshot.all_built:
        parsed = snapshot.content.known[item.path].parsed
        if item.address in wanted and isinstance(parsed, Parsed) and parsed.has_text:
            anchors[item.address] = snapshot.metadata(item).anchors
    for path, one in linked:
        for address, anchor, line in one.fragments:
            # Of a note's way back to a text that does not name it checks/whole_links speaks.
            if address in anchors and anchor not in anchors[address] and not anchor.startswith("fnref:"):
                snapshot.problems.append(
                    Problem(path, line, "anchor-missing", f"на сторінці {address} немає місця «#{anchor}»",
                            "перевірте заголовок, на який веде посилання")
                )  # fmt: skip


def _addresses(built: Sequence[Item]) -> frozenset[str]:
    """Every address that a text may link to, but the further pages of long lists."""
    found = {"/", ARCHIVE, NEWS_FEED, *LISTS, *(item.address for item in built)}
    news = [item for item in built if item.kind is Kind.NEWS and item.when and item.is_public]
    months = {(item.when.year, item.when.month) for item in news if item.when}
    categories = {item.category for item in news if item.category}
    found |= {f"{item.address}feed.atom" for item in built if item.kind is Kind.UNIT and item.is_public}
    return frozenset(found | {month_path(*month) for month in months} | {category_path(one) for one in categories})


def _lists(content: Content, clock: Clock) -> frozenset[str]:
    """What lies under reports: their files, and the lists of the figures that they show."""
    gists = [content.known[path].parsed for path in content.approved]
    approved = {parsed.period: parsed.figures for parsed in gists if isinstance(parsed, Approved)}
    found: set[str] = set()
    for item in content.site.of_kind(Kind.REPORT):
        if item.report and item.is_built(clock):
            lists: Iterable[str] = approved.get(item.report.period.id) or [one.id for one in content.site.figures.specs]
            found |= {f"{item.address}{name}" for name in [name for _, _, name in FILES] + [f"{id}/" for id in lists]}
    return frozenset(found)
