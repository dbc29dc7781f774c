"""Reads an earlier site from the disk (an XML file or a folder of Pelican), and which of its files may be imported."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from hromada.content.metadata_removal import CleaningRefused, clean_file
from hromada.conversion.site import feed, pelican, wxr
from hromada.conversion.site.old_item import (
    UNCHANGED,
    FileTransfer,
    OldItem,
    OldSite,
    SkippedRecords,
    SourceMarkup,
    SourceRecord,
    SourceRefused,
)
from hromada.conversion.site.pelican import PelicanFile, PelicanSettings, header_and_body
from hromada.conversion.site.xml_stream import Format, is_utf8, read_parts, recognise
from hromada.domain.entry import SourceLocation
from hromada.domain.file_names import LARGEST_FILE, content_path, is_content_path
from hromada.domain.file_types import is_attachment, is_picture
from hromada.domain.header_fields import FIELDS, FieldType
from hromada.domain.item import Kind
from hromada.reading.header import ParsedDocument, parse_document
from hromada.reading.items import kind_and_section_of
from hromada.reading.text_decoding import TextRefused, decode
from hromada.render.picture_files import facts_of
from hromada.system.atomic_files import atomic_write
from hromada.system.disk_errors import describe_error
from hromada.system.regular_files import FileTypeFault, RegularFile, folder_of
from hromada.system.scan import ScannedFile, walk

_CHUNK = 1 << 16
_UPLOADS = ("wp-content/uploads", "uploads")
_READERS = {Format.WXR: wxr.read_wxr, Format.RSS: feed.read_rss, Format.ATOM: feed.read_atom}
_LISTS = frozenset({"keywords", "authors", *(spec.key for spec in FIELDS if spec.type is FieldType.LIST)})
_UNREAD = (".rst", ".rest", ".asciidoc", ".adoc", ".asc", ".org", ".textile", ".ipynb")  # texts in other markup
_OURS = ("registers/accounts.toml", "reports/figures.toml")  # files that only a content folder of this program has
_WHOLE = ("reports/", "registers/", "redirects.csv", "categories.toml", "alerts.toml", "tasks.toml", "law.toml")
_APPROVED = "reports/approved/"  # not imported: approvals name commits of another repository


class SiteSource(Protocol):
    """An earlier site: its title, its parts in order, its available files by name."""

    title: str
    files: dict[str, RegularFile]
    irregular: dict[str, FileTypeFault]  # links and special files among them, which are not imported
    takes_all: bool  # all files are imported, also those to which no text refers
    whole: frozenset[str]  # files that keep their path and their bytes

    def read_parts(self) -> Iterator[SourceRecord]:
        """All parts, each time from the beginning."""


def open_source(path: Path, zone: tzinfo | None = None) -> SiteSource:
    """The source at a path, recognised by its contents; SourceRefused when it is none.

    `zone` is for times without a time zone.
    """
    try:
        return FolderSource(path, zone) if path.is_dir() else XmlSource(path, zone)
    except OSError as error:
        raise SourceRefused(f"файл не вдалося прочитати ({describe_error(error)})", "перевірте FILE") from None


class XmlSource:
    """An export or a feed, read in chunks."""

    takes_all = False
    whole: frozenset[str] = frozenset()

    def __init__(self, path: Path, zone: tzinfo | None) -> None:
        self._path, self._name, self._zone = path, path.name, zone
        self._is_utf8 = is_utf8(self._chunks())
        self.format = recognise(self._chunks(), is_utf8=self._is_utf8)
        self.title = self.format.value
        self.files, self.irregular = _uploads(path.parent)

    def read_parts(self) -> Iterator[SourceRecord]:
        return _READERS[self.format](self._name, read_parts(self._chunks(), is_utf8=self._is_utf8), self._zone)

    def _chunks(self) -> Iterator[bytes]:
        with RegularFile.at(self._path).open() as file:
            while chunk := file.read(_CHUNK):
                yield chunk


class FolderSource:
    """A folder of Markdown and HTML files with headers, Pelican's or ours; other files are imported, too, or reported."""

    title = "тека Pelican"
    takes_all = True

    def __init__(self, path: Path, zone: tzinfo | None) -> None:
        self._name, self._zone = path.name, zone
        settings = [RegularFile(str(folder), "pelicanconf.py") for folder in (path, path.parent)]
        self._settings = next((_settings_of(setting) for setting in settings if setting.is_there()), PelicanSettings())
        self._skipped: list[SkippedRecords] = []
        if settings[0].is_there() and _is_folder(path, "content"):
            uncounted_items = (name for name in files_under(path)[0] if not is_content_path(name))
            parts = Counter(name.split("/")[0] + "/" * ("/" in name) for name in uncounted_items)
            self._skipped = [SkippedRecords(f"«{name}» поза текою content", count) for name, count in parts.items()]
            path = path / "content"
        all_files, self.irregular = files_under(path)
        self._approved = [name for name in all_files if name.startswith(_APPROVED)]
        all_files = {name: file for name, file in all_files.items() if not name.startswith(_APPROVED)}
        self._is_ours = any(name in all_files for name in _OURS)
        self.whole = frozenset(name for name in all_files if self._is_ours and name.startswith(_WHOLE))
        self._items = {name: file for name, file in all_files.items() if _is_item(name) and name not in self.whole}
        self._unread = [name for name in all_files if name.casefold().endswith(_UNREAD)]
        others = sorted(all_files.keys() - self._items.keys() - set(self._unread))
        # Files directly in the folder that are no content belong to the site's project: a Makefile, its settings.
        own = [
            name
            for name in others
            if not ("/" in name or name in self.whole or is_attachment(name) or is_picture(name))
        ]
        self._skipped += [SkippedRecords(f"«{name}» у корені теки") for name in own]
        self.files = {name: all_files[name] for name in others if name not in own}
        if not self._items and not self._unread:
            raise SourceRefused("у теці немає жодного файлу .md чи .html", "вкажіть теку content сайту на Pelican")
        indexes = (
            name.split("/")
            for name in self._items
            if pelican.without_ending(name).endswith("/index") and name.startswith("units/")
        )
        self._units = frozenset(parts[1] for parts in indexes if len(parts) == 3)

    def read_parts(self) -> Iterator[SourceRecord]:
        yield OldSite("", (self._settings.site,))
        yield from self._skipped
        for name, file in self._items.items():
            yield from self._found_in(name, file)
        if self._approved:
            yield SkippedRecords("затвердження звітів", len(self._approved))
        for name in self._unread:
            suffix = name[name.rfind(".") :]
            fault = f"файли {suffix} не читаються, перетворіть його на Markdown (наприклад, pandoc {name} -o {name.removesuffix(suffix)}.md)"  # fmt: skip
            yield OldItem(self._location(name), Kind.NEWS, name, file=name, fault=fault)

    def _location(self, name: str, line: int = 1) -> SourceLocation:
        return SourceLocation(f"{self._name}/{name}", line)

    def _found_in(self, name: str, file: RegularFile) -> Iterator[SourceRecord]:
        """The file's item, and the header fields that our files don't have."""
        kind, section = self._kind_and_section(name)
        try:
            text = decode(file.read())
        except TextRefused as refused:
            yield OldItem(self._location(name, refused.line), kind, name, file=name, fault=f"{refused}, {refused.fix}")
            return
        except OSError as error:
            fault = f"файл не вдалося прочитати ({describe_error(error)})"
            yield OldItem(self._location(name), kind, name, file=name, fault=fault)
            return
        if pelican.is_html(name):
            fields, body = header_and_body(text)
            keys = list(fields)
            html = PelicanFile(self._location(name), name, kind, section, fields, body, SourceMarkup.HTML)
            yield pelican.read_item(html, self._settings, self._zone)
        else:
            document = parse_document(name, text, None)
            keys = list(document.fields)
            yield self._item(name, document)
        for key in pelican.unknown_fields(keys, kind):
            yield SkippedRecords(f"поле «{key}»")

    def _kind_and_section(self, name: str) -> tuple[Kind, str]:
        kind_and_section = kind_and_section_of(content_path(name)) if self._is_ours else None
        return kind_and_section or pelican.kind_and_section(name, self._units)

    def _item(self, name: str, document: ParsedDocument) -> OldItem:
        fields = {key: document.list(key) if key in _LISTS else document.text(key) for key in document.fields}
        kind, section = self._kind_and_section(name)
        markdown = PelicanFile(self._location(name), name, kind, section, fields, document.body)
        item = pelican.read_item(markdown, self._settings, self._zone)
        path = content_path(name)
        if self._is_ours and kind_and_section_of(path):
            slug = document.text("slug") if item.kind is not Kind.UNIT else ""
            item = item._replace(kept_path=path, fields=(("slug", slug), *item.fields))
        if document.problems and not item.fault:
            first = document.problems[0]
            return item._replace(location=self._location(name, first.line), fault=f"{first.message}, {first.fix}")
        return item


def _is_item(name: str) -> bool:
    return pelican.is_markdown(name) or pelican.is_html(name)


def _settings_of(file: RegularFile) -> PelicanSettings:
    try:
        return PelicanSettings.of(file.read().decode())
    except (OSError, UnicodeDecodeError):
        return PelicanSettings()


def _uploads(folder: Path) -> tuple[dict[str, RegularFile], dict[str, FileTypeFault]]:
    """The files of an export, which lie beside it."""
    for name in _UPLOADS:
        if _is_folder(folder, name):
            return files_under(folder / name)
    return {}, {}


def _is_folder(folder: Path, name: str) -> bool:
    """Whether there is a folder of this name that is no link."""
    try:
        folder_of(RegularFile(str(folder), f"{name}/x"))
    except OSError:
        return False
    return True


def files_under(folder: Path) -> tuple[dict[str, RegularFile], dict[str, FileTypeFault]]:
    """Regular files and irregular ones below a folder, by name, without leftovers of programs."""
    files: dict[str, RegularFile] = {}
    irregular: dict[str, FileTypeFault] = {}
    for path, file in walk(folder, ".").items():
        *folders, name = path.removeprefix("./").split("/")
        if any(part.startswith(".") for part in folders):
            continue
        if file.type_fault is None:
            files[file.source.name] = file.source
        elif not name.startswith("."):
            irregular[file.source.name] = file.type_fault
    return files, irregular


class SourceUploads:
    """The plan for a source's files, given the scanned content; `refused` lists files that are not imported, and why.

    A picture with a place is imported without it: its clean copy is written to `folder`.
    """

    def __init__(self, source: SiteSource, scanned: Mapping[str, ScannedFile], folder: Path) -> None:
        self._source, self._scanned, self._folder = source, scanned, folder
        self._clean: dict[str, RegularFile] = {}
        self.refused = [
            f"{name}:1: {type_fault.message}, {type_fault.fix} [{type_fault.code}]"
            for name, type_fault in source.irregular.items()
        ]
        names = dict.fromkeys(source.files, 0)
        self.plan = FileTransfer(names, self._folder_of, self._is_same, lambda path: path in scanned)
        if source.takes_all:
            for name in source.files:
                self.plan.place(name)

    def to_write(self, paths: Collection[str]) -> Iterator[tuple[str, RegularFile]]:
        """Content paths and files to write; for a source that is no folder only those of `paths`."""
        for name, path in self.plan.planned.items():
            if path and path not in self.plan.present and (self._source.takes_all or path in paths):
                yield path, self._file(name)

    def refuse(self, path: str, why: str, line: int) -> bool:
        """Remove the planned file of a content path; return whether there was one."""
        name = self.plan.forget(path)
        if name:
            self._refuse(name, why, line)
        return bool(name)

    def _file(self, name: str) -> RegularFile:
        """The file to import: the source's, or its clean copy."""
        if name not in self._clean:
            file = self._clean[name] = self._source.files[name]
            with contextlib.suppress(CleaningRefused, OSError):  # the trial check will refuse it
                if is_picture(name) and (done := clean_file(name, file)):
                    copy = RegularFile(str(self._folder), f"picture-{len(self._clean)}")
                    atomic_write(copy, done.data)
                    self._clean[name] = copy
        return self._clean[name]

    def _folder_of(self, name: str) -> str:
        file = self._file(name)
        if name in self._source.whole:
            if content_path(name) in self._scanned and not self._is_same(name, content_path(name)):
                return self._refuse(name, "у змісті вже є інший файл із цією назвою")
            return UNCHANGED
        if not (is_picture(name) or is_attachment(name)):
            return self._refuse(name, "такі файли сайт не публікує")
        if file.state().st_size >= LARGEST_FILE:
            return self._refuse(name, f"файл понад {LARGEST_FILE // 1_000_000} МБ")
        if is_picture(name) and (refusal := facts_of(file).refusal):
            return self._refuse(name, refusal)
        return "images" if is_picture(name) else "files"

    def _refuse(self, name: str, why: str, line: int = 1) -> str:
        self.refused.append(f"{name}:{line}: {why}")
        return ""

    def _is_same(self, name: str, path: str) -> bool:
        present = self._scanned.get(path)
        return present is not None and not present.type_fault and present.source.read() == self._file(name).read()
