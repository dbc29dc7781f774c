"""From the bytes of one file of the site to its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from hromada.domain.file_types import is_picture, suffix_of
from hromada.domain.lazy_regex import lazy_compile
from hromada.metadata.picture_metadata import metadata_of
from hromada.verification.facts import BROKEN_REFERENCE, INVALID_OUTPUT, LEAKED_DATA, FileFacts, FileFault
from hromada.verification.html_page import read_page
from hromada.verification.machine_files import read_calendar, read_linked_data, read_sitemap, reader_of
from hromada.verification.site_address import SiteAddress

DOCUMENTS = "files/"  # of editors, published byte for byte
_TEXTS = frozenset({".html", ".atom", ".xml", ".json", ".txt", ".csv", ".css", ".js", ".svg", ".ics", ".geojson"})
_MAILBOX = lazy_compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*+@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)+", re.ASCII)
_AT_A_HOST = lazy_compile(r"@[A-Za-z0-9-]+\.")  # found sixty times faster than a mailbox; every page has "@context"
_STORE_END = r"[^\"'\s<>&,\\)]*"


def is_text(name: str) -> bool:
    """Whether a file is text in which anything may be searched for."""
    return suffix_of(name) in _TEXTS


def read_site_file(name: str, raw: bytes, site: SiteAddress, paths: Iterable[str]) -> FileFacts:
    """The facts of a file; `paths` are folders of this machine that no file may name."""
    faults = [FileFault(LEAKED_DATA, f"шлях цього комп’ютера «{path}»") for path in paths if path.encode() in raw]
    if is_picture(name):
        return FileFacts((*faults, *_metadata_faults(raw)))
    if not is_text(name):
        return FileFacts(tuple(faults))
    if suffix_of(name) == ".ics":
        return _facts(name, site, [*faults, *read_calendar(raw)])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        faults += [] if _is_document(name) else [FileFault(INVALID_OUTPUT, "це не UTF-8")]
        return FileFacts(tuple(faults))
    mailboxes = tuple(sorted(set(_MAILBOX.findall(text)))) if _AT_A_HOST.search(text) else ()
    if name.endswith(".html"):
        page = read_page(text, is_editor=name.startswith("admin/"))
        found: list[FileFault | str] = [*faults, *page.faults]
        found += [
            FileFault(BROKEN_REFERENCE, f"завантажує з іншого сайту {reference.address}")
            if reference.is_loaded and site.is_foreign(reference.address)
            else reference.address
            for reference in page.references
        ]
        found += (fact for block in page.data for fact in read_linked_data(block))
        return _facts(name, site, found, page.ids)._replace(stored=_stored(text, site), mailboxes=mailboxes)
    if _is_document(name):
        return FileFacts(tuple(faults), mailboxes=mailboxes)
    reader = partial(read_sitemap, address=site.address) if name == "sitemap.xml" else reader_of(name)
    return _facts(name, site, [*faults, *(reader(text) if reader else ())])._replace(
        stored=_stored(text, site), mailboxes=mailboxes
    )


def _is_document(name: str) -> bool:
    """Whether a text file is an editor's: other sites' data and tables, of which nothing is known."""
    return name.startswith(DOCUMENTS) or (name.endswith((".csv", ".txt", ".geojson")) and name != "robots.txt")


def _facts(name: str, site: SiteAddress, found: Iterable[FileFault | str], ids: tuple[str, ...] = ()) -> FileFacts:
    """The facts of what a reader has found: faults and references."""
    faults, references = dict[FileFault, None](), set[str]()
    for result in found:
        if isinstance(result, str):
            references.add(result)
        else:
            faults[result] = None
    targets = {site.target(reference, name) for reference in references} - {""}
    return FileFacts(tuple(faults), tuple(sorted(set(ids))), tuple(sorted(targets)))


def _stored(text: str, site: SiteAddress) -> tuple[str, ...]:
    """The names of pictures of the store anywhere in a text."""
    if not site.store or site.store not in text:
        return ()
    return tuple(sorted(set(re.findall(rf"{re.escape(site.store)}/({_STORE_END})", text))))


def _metadata_faults(raw: bytes) -> Iterator[FileFault]:
    found = metadata_of(raw)
    named = [*found.places, *found.people, *found.cameras]
    if found.has_coordinates:
        yield FileFault(LEAKED_DATA, "у світлині є місце знімання")
    if named:
        yield FileFault(LEAKED_DATA, f"у світлині названо: {', '.join(named)}")
