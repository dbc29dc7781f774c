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
from hromada.checks.picture_rules import of_new_item, picture_tells_no_place
from hromada.checks.redirect_rules import follow_redirects
from hromada.checks.site_rules import check_site
from hromada.console.progress import Told, untold
from hromada.content.file_cache import Approved, Memory, Parsed
from hromada.content.handbook import addresses_of, handbook_note
from hromada.content.handbook_files import Handbook
from hromada.content.loader import Content, load
from hromada.content.report_cache import REPORT_NOTE, ReportNote
from hromada.content.snapshot import Edition
from hromada.domain.calendar import Clock
from hromada.domain.document_metadata import Traces
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
from hromada.system.scan import Seen
from hromada.system.workers import spread

T = TypeVar("T")


def prepare(
    folder: Path, settings: SiteSettings, clock: Clock, cache: Path, memory: Memory, *,
    root: Path, theme: Path, seen: dict[str, Seen] | None = None, reread: bool = False, jobs: int = 1, told: Told = untold,
) -> Edition:  # fmt: skip
    """Read and check the content of `folder`; problems are collected, never raised. The handbook lies under `root`."""
    content = load(folder, settings, memory, seen=seen, reread=reread, jobs=jobs, told=told)
    site, known = content.site, content.known
    facts = {path: gist for path in site.files if path in known and isinstance(gist := known[path].gist, Facts)}
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
    edition = Edition(content, clock, memory, pictures, linker, list(content.problems), built)
    edition.problems += check_site(site, clock, content.categories)
    edition.moved, problems = follow_redirects(site.redirects, site.items, targets)
    edition.problems += problems
    _link(edition, jobs, told)
    edition.problems += _law_problems(edition)
    edition.handbook = handbook_note(handbook, settings, pictures, memory)
    edition.problems += [*edition.handbook.problems, *handbook.problems, *theme_problems(theme)]
    note = _report_note(edition)
    edition.report_note = note
    edition.problems += note.problems
    _check_fragments(edition, note)
    _look_into_files(edition, jobs, told)
    if not edition.errors:  # what was refused already is not lost or changed a second time
        edition.problems += note.late
    found = without_consequences(set(edition.problems))
    edition.problems = sorted(with_near_names(found, [*pages, *site.files]))
    return edition


def _law_problems(edition: Edition) -> list[Problem]:
    """What the self-check says; nothing while law.toml can't be read, which has been said."""
    if edition.site.law is not None:
        return list(law_is_covered(edition.covered, edition.site.items))
    return list(law_is_set_up(edition.site, edition.clock)) if LAW not in edition.content.seen else []


def _link(edition: Edition, jobs: int, told: Told) -> None:
    """Follow the references of every built item whose own, or whose targets, are not what they were."""
    known, linker, titles = edition.content.known, edition.linker, edition.unit_titles
    stale: list[Item] = []
    for item in edition.all_built:
        one = known[item.path]
        if not isinstance(one.gist, Parsed) or not one.gist.has_text:
            continue
        if one.linked is None or one.placed != _place(item, titles) or not linker.is_current(one.linked):
            stale.append(item)
        elif one.linked.problems:
            edition.problems += (of_new_item(problem, item, edition.clock) for problem in one.linked.problems)
    _open_pictures(edition, stale, jobs, told)
    for item in stale:
        one = known[item.path]
        linked = linker.linked(item, edition.outline(item))
        placed = _place(item, titles)
        key = digest_of(f"{one.digest}\0{placed!r}\0{linked.asked!r}".encode())
        known[item.path] = one._replace(linked=linked, placed=placed, key=key)
        if item.is_dated and item.when:  # one without a date has been refused
            card_key = digest_of(repr(edition.card(item)).encode())
            known[item.path] = known[item.path]._replace(card_key=card_key)
        edition.problems += (of_new_item(problem, item, edition.clock) for problem in linked.problems)


def _place(item: Item, titles: Mapping[str, str]) -> tuple[str, str, str]:
    """What its file does not say of an item: its unit's title; of a translation the address and status, its original's."""
    return item.address, titles.get(item.section, ""), item.status


def _open_pictures(edition: Edition, stale: list[Item], jobs: int, told: Told) -> None:
    """Look into the pictures that nobody has looked into yet, all together."""
    pictures, linker = edition.pictures, edition.linker
    wanted = {name for item in stale for name in linker.wanted_pictures(item, edition.outline(item))}
    new = sorted(wanted - pictures.facts.keys())
    if not new:
        return
    from hromada.render.image_files import facts_of

    def look(path: str) -> tuple[str, Facts]:
        return path, facts_of(pictures.file_of(path))

    pictures.facts.update(_looked_into("Дивлюся світлини", new, look, jobs, told))


def _looked_into(what: str, paths: list[str], look: Callable[[str], T], jobs: int, told: Told) -> Iterator[T]:
    """What `look` finds in each file; half a year's photos take a minute."""
    for number, found in enumerate(spread(paths, look, jobs, named=str, chunk=1), 1):
        told(what, number, len(paths))
        yield found


def _look_into_files(edition: Edition, jobs: int, told: Told) -> None:
    """What every picture and document carries along, whether a page uses it or not: the repository shows them all.

    Each is opened once, and again when it has changed. Of a picture that no page shows only its metadata are read.
    """
    known, pictures, file_of = edition.content.known, edition.pictures, edition.content.file
    traces: dict[str, Traces] = {}
    new: list[str] = []
    for path in edition.content.looked_into:
        gist = known[path].gist if path in known else None
        if facts := pictures.facts.get(path):
            edition.problems += picture_tells_no_place(path, facts.traces)
        elif isinstance(gist, Traces):
            traces[path] = gist
        else:
            new.append(path)
    if new:
        from hromada.content import (
            metadata_removal,  # the libraries that look into files: a build that finds none needs none
        )

    def look(path: str) -> tuple[str, Traces | Problem]:
        try:
            return path, metadata_removal.traces_in_file(path, file_of(path))
        except OSError as error:
            return path, unreadable(path, error)

    for path, found in _looked_into("Дивлюся інші файли", new, look, jobs, told):
        if isinstance(found, Traces):
            traces[path] = found
        else:
            edition.problems.append(found)
    edition.traces = dict(sorted(traces.items()))
    for path, found in edition.traces.items():
        edition.problems += picture_tells_no_place(path, found) if is_picture(path) else check_attachment(path, found)
    for path, facts in edition.handbook.facts.items():
        edition.problems += picture_tells_no_place(path, facts.traces)
    for path in edition.documents:
        if path in traces:
            edition.problems += check_active_content(path, traces[path].active)
    edition.problems += check_documents(
        {path: edition.content.size_of(path) for path in edition.documents},
        edition.linker.targets.addresses,
        _folders_of_reports(edition),
    )


def _folders_of_reports(edition: Edition) -> set[str]:
    """What only reports put their files into: a list for each figure, the former versions, also those to come."""
    lists = {one for one in _lists(edition.content, edition.clock) if one.endswith("/")}
    return lists | {f"{item.address}{VERSIONS}/" for item in edition.built(Kind.REPORT)}


def _report_note(edition: Edition) -> ReportNote:
    """What the check says of the reports: as remembered, when nothing that it depends on has changed."""
    inputs = edition.counted_inputs
    note = edition.memory.note("reports", REPORT_NOTE)
    if note is not None and note.inputs == inputs:
        digests = {item.address: item.digests for item in edition.site.items} if note.consulted else {}
        is_same = all(digests.get(address, ()) == was for address, was in note.consulted.items())
        if is_same and all(edition.linker.is_current(one) for one in (*note.linked.values(), *note.unsigned)):
            return note
    note = edition.reports.note(inputs)
    edition.memory.keep_note("reports", REPORT_NOTE, note)
    return note


def _check_fragments(edition: Edition, note: ReportNote) -> None:
    """Anchors of links: the target's text must have them."""
    linked = [(item.path, one) for item, one in edition.referring]
    linked += [(item.path, note.linked[item.address]) for item in edition.built(Kind.REPORT)]
    if not any(one.fragments for _, one in linked):
        return
    wanted = {address for _, one in linked for address, _, _ in one.fragments}
    anchors = dict(note.anchors)
    for item in edition.all_built:
        gist = edition.content.known[item.path].gist
        if item.address in wanted and isinstance(gist, Parsed) and gist.has_text:
            anchors[item.address] = edition.outline(item).anchors
    for path, one in linked:
        for address, anchor, line in one.fragments:
            # Of a note's way back to a text that does not name it checks/whole_links speaks.
            if address in anchors and anchor not in anchors[address] and not anchor.startswith("fnref:"):
                edition.problems.append(
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
    gists = [content.known[path].gist for path in content.approved]
    approved = {gist.period: gist.figures for gist in gists if isinstance(gist, Approved)}
    found: set[str] = set()
    for item in content.site.of_kind(Kind.REPORT):
        if item.report and item.is_built(clock):
            lists: Iterable[str] = approved.get(item.report.period.id) or [one.id for one in content.site.figures.specs]
            found |= {f"{item.address}{name}" for name in [name for _, _, name in FILES] + [f"{id}/" for id in lists]}
    return frozenset(found)
