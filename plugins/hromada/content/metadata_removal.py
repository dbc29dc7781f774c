"""Files without what they say of places, people and computers; each is compared with what it was before it is replaced."""

from __future__ import annotations

from mmap import ACCESS_READ, mmap
from typing import NamedTuple

from hromada.checks.attachments import check_attachment
from hromada.domain.document_metadata import CLEANED_TYPES, DocumentMetadata
from hromada.domain.file_types import is_picture, suffix_of
from hromada.images.copies import PictureInfo
from hromada.metadata import office, pdf_metadata
from hromada.metadata.limits import NotCleanable
from hromada.metadata.picture_metadata import has_coordinates, metadata_of, without_metadata
from hromada.reading.active_content_scan import active_content
from hromada.reading.attachment_metadata import read_attachment_metadata
from hromada.render.image_files import cleaned, cleaned_inside, traces_in
from hromada.system.atomic_files import replace_whole
from hromada.system.regular_files import RegularFile, names_beside

_SIGNED = "документ підписано: зміна зробила б підпис недійсним"
_DAMAGED = "файл пошкоджено, захищено або він не того виду, що в назві"
_REMAINS = "прибрати вдалося не все"


class CleaningRefused(Exception):
    """The file stays as it is; the message is Ukrainian. `is_error`: what it says refuses the build."""

    def __init__(self, words: str, traces: DocumentMetadata) -> None:
        super().__init__(words)
        self.is_error = traces.has_gps


class Cleaned(NamedTuple):
    """A file as it should be, and what was taken out, in Ukrainian."""

    data: bytes
    words: str


def is_cleaned(path: str) -> bool:
    """Whether the file is of a kind from which metadata can be taken."""
    return is_picture(path) or suffix_of(path) in CLEANED_TYPES


def traces_in_file(path: str, file: RegularFile) -> DocumentMetadata:
    """What a picture or a document carries along, and what a document does. Mapped, not read: a video may have 100 MB."""
    with file.open() as stream:
        if not stream.seek(0, 2):
            return DocumentMetadata()
        with mmap(stream.fileno(), 0, access=ACCESS_READ) as raw:
            traces = _traces(path, raw)
            return traces if is_picture(path) else traces._replace(active=active_content(path, raw))


def _traces(name: str, raw: bytes | mmap) -> DocumentMetadata:
    return traces_in(metadata_of(raw)) if is_picture(name) else read_attachment_metadata(name, raw)


def clean_file(path: str, file: RegularFile) -> Cleaned | None:
    """A file without its metadata; None when it says nothing."""
    before = traces_in_file(path, file)
    if not _is_to_clean(path, before):
        return None
    if f"{file.path.name}.p7s".casefold() in {name.casefold() for name in names_beside(file)}:
        raise CleaningRefused(_SIGNED, before)
    return clean_bytes(path, file.read(), before)


def clean_in_place(path: str, file: RegularFile, *, is_dry: bool = False) -> str:
    """What was taken out of a file, in words; empty when nothing is to be. OSError when it is being written just now."""
    before = _state(file)
    done = clean_file(path, file)
    if done is None:
        return ""
    if _state(file) != before:
        raise OSError(0, "файл саме змінюють")
    if not is_dry:
        replace_whole(file, done.data)
    return done.words


def _state(file: RegularFile) -> tuple[int, int]:
    state = file.state()
    return state.st_size, state.st_mtime_ns


def says_nothing(path: str, found: object) -> bool:
    """Whether what is remembered of a picture or a document leaves nothing to clean."""
    traces = found.traces if isinstance(found, PictureInfo) else found
    return isinstance(traces, DocumentMetadata) and not _is_to_clean(path, traces)


def clean_bytes(path: str, raw: bytes, before: DocumentMetadata | None = None) -> Cleaned | None:
    """The same of bytes that `before` was found in."""
    before = _traces(path, raw) if before is None else before
    if not _is_to_clean(path, before):
        return None
    try:
        made = _cleaned(path, raw)
    except office.Signed:
        raise CleaningRefused(_SIGNED, before) from None
    except NotCleanable:
        raise CleaningRefused(_DAMAGED, before) from None
    after = _traces(path, made)
    if _is_to_clean(path, after):
        raise CleaningRefused(_REMAINS, before)
    return Cleaned(made, _words(before, after))


def _is_to_clean(path: str, traces: DocumentMetadata) -> bool:
    """Whether the check would say something that isn't for a person to decide."""
    if is_picture(path):
        return traces.has_gps or bool(traces.places)
    return any(check_attachment(path, traces._replace(has_notes=False)))


def _cleaned(path: str, raw: bytes) -> bytes:
    suffix = suffix_of(path)
    if is_picture(path):
        return cleaned(raw) or raw
    if suffix == ".pdf":
        return pdf_metadata.without_metadata(raw, _member)
    if suffix in office.VIDEO_TYPES:
        return without_metadata(raw)
    return office.without_metadata(raw, _member, is_archive=suffix == ".zip")


def _member(name: str, raw: bytes) -> bytes | None:
    """What lies in a document or an archive: what can't be cleaned stays, and is told of the whole."""
    suffix = suffix_of(name)
    try:
        if office.is_embedded_picture(name):
            return cleaned_inside(raw)
        if suffix in office.VIDEO_TYPES:
            return without_metadata(raw) if has_coordinates(raw) else None
        if suffix in (*office.OFFICE_TYPES, ".pdf"):
            done = clean_bytes(name, raw)
            return done.data if done else None
    except (NotCleanable, CleaningRefused):
        pass
    return None


def _words(before: DocumentMetadata, after: DocumentMetadata) -> str:
    """«дані про місце; імена: Олена Зразкова; …»"""
    people = [name for name in before.people if name not in after.people]
    said = ["дані про місце"] if before.has_gps else []
    said += [f"назви місць: {', '.join(before.places)}"] if before.places else []
    said += [f"імена: {', '.join(people)}"] if people else []
    said += [f"теки комп’ютера: {len(before.paths)}"] if before.paths else []
    said += ["дані про зйомку"] if before.cameras else []
    return f"знято {'; '.join(said)}"
