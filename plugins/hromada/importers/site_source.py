"""An earlier site on the disk: an XML file with the uploads beside it, or a folder of Pelican, read again as often as asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from hromada.domain.entry import SourceLocation
from hromada.domain.file_types import is_attachment, is_picture
from hromada.domain.item import Kind
from hromada.importing.site import feed, pelican, wxr
from hromada.importing.site.old_item import Found, Language, OldItem, OldSite, SkippedKind, SourceRefused
from hromada.importing.site.pelican import Conf
from hromada.importing.site.pelican_html import header_and_body
from hromada.importing.site.xml_stream import Format, is_utf8, parts, recognise
from hromada.reading.header import Document, parse_document
from hromada.reading.items import place_of
from hromada.reading.text_decoding import TextRefused, decode
from hromada.system.disk_errors import describe_error
from hromada.system.regular_files import FileTypeFault, RegularFile, folder_of
from hromada.system.scan import walk

_CHUNK = 1 << 16
_UPLOADS = ("wp-content/uploads", "uploads")
_READERS = {Format.WXR: wxr.read, Format.RSS: feed.read_rss, Format.ATOM: feed.read_atom}
_LISTS = ("tags", "keywords", "authors", "gallery")
_UNREAD = (".rst", ".rest", ".asciidoc", ".adoc", ".asc", ".org", ".textile", ".ipynb")  # texts of other languages
_OURS = ("registers/accounts.toml", "reports/figures.toml")  # what only a content folder of this tool has
_WHOLE = ("reports/", "registers/", "redirects.csv", "categories.toml")
_APPROVED = "reports/approved/"  # it speaks of commits of another repository


class Source(Protocol):
    """An earlier site: what it is called, its parts in their order, its files that are at hand by their names."""

    title: str
    files: dict[str, RegularFile]
    odd: dict[str, FileTypeFault]  # what stands among them and is no file: it doesn't come
    takes_all: bool  # every file belongs to it, whether or not a text refers to it
    whole: frozenset[str]  # files that keep their place and their bytes

    def found(self) -> Iterator[Found]:
        """Everything, again from the beginning."""


def open_source(path: Path, zone: tzinfo | None = None) -> Source:
    """The source at a path, recognised by what it holds; SourceRefused when it is none.

    `zone` is that of times which name none.
    """
    try:
        return FolderSource(path, zone) if path.is_dir() else XmlSource(path, zone)
    except OSError as error:
        raise SourceRefused(f"файл не вдалося прочитати ({describe_error(error)})", "перевірте FILE") from None


class XmlSource:
    """An export or a feed, never held in memory as a whole."""

    takes_all = False
    whole: frozenset[str] = frozenset()

    def __init__(self, path: Path, zone: tzinfo | None) -> None:
        self._path, self._name, self._zone = path, path.name, zone
        self._is_utf8 = is_utf8(self._chunks())
        self.format = recognise(self._chunks(), is_utf8=self._is_utf8)
        self.title = self.format.value
        self.files, self.odd = _uploads(path.parent)

    def found(self) -> Iterator[Found]:
        return _READERS[self.format](self._name, parts(self._chunks(), is_utf8=self._is_utf8), self._zone)

    def _chunks(self) -> Iterator[bytes]:
        with RegularFile.at(self._path).open() as file:
            while chunk := file.read(_CHUNK):
                yield chunk


class FolderSource:
    """A folder of files of Markdown and HTML with headers, Pelican's or ours; every other file in it comes, too, or is named."""

    title = "тека Pelican"
    takes_all = True

    def __init__(self, path: Path, zone: tzinfo | None) -> None:
        self._name, self._zone = path.name, zone
        settings = [RegularFile(str(one), "pelicanconf.py") for one in (path, path.parent)]
        self._conf = next((_conf(setting) for setting in settings if setting.is_there()), Conf())
        self._left: list[SkippedKind] = []
        if settings[0].is_there() and _is_folder(path, "content"):
            outside = (name for name in files_under(path)[0] if not name.startswith("content/"))
            parts = Counter(name.split("/")[0] + "/" * ("/" in name) for name in outside)
            self._left = [SkippedKind(f"«{name}» поза текою content", number) for name, number in parts.items()]
            path = path / "content"
        every, self.odd = files_under(path)
        self._approved = [name for name in every if name.startswith(_APPROVED)]
        every = {name: file for name, file in every.items() if not name.startswith(_APPROVED)}
        self._is_ours = any(name in every for name in _OURS)
        self.whole = frozenset(name for name in every if self._is_ours and name.startswith(_WHOLE))
        self._items = {name: file for name, file in every.items() if _is_item(name) and name not in self.whole}
        self._unread = [name for name in every if name.casefold().endswith(_UNREAD)]
        others = sorted(every.keys() - self._items.keys() - set(self._unread))
        # What lies beside the folders and is nothing of the content is the site's own: a Makefile, its settings.
        own = [
            name
            for name in others
            if not ("/" in name or name in self.whole or is_attachment(name) or is_picture(name))
        ]
        self._left += [SkippedKind(f"«{name}» у корені теки") for name in own]
        self.files = {name: every[name] for name in others if name not in own}
        if not self._items and not self._unread:
            raise SourceRefused("у теці немає жодного файлу .md чи .html", "вкажіть теку content сайту на Pelican")
        indexes = (
            name.split("/")
            for name in self._items
            if pelican.without_ending(name).endswith("/index") and name.startswith("units/")
        )
        self._units = frozenset(parts[1] for parts in indexes if len(parts) == 3)

    def found(self) -> Iterator[Found]:
        yield OldSite("", (self._conf.site,))
        yield from self._left
        for name, file in self._items.items():
            yield from self._found_in(name, file)
        if self._approved:
            yield SkippedKind("затвердження звітів", len(self._approved))
        for name in self._unread:
            ending = name[name.rfind(".") :]
            fault = f"файли {ending} не читаються, перетворіть його на Markdown (наприклад, pandoc {name} -o {name.removesuffix(ending)}.md)"  # fmt: skip
            yield OldItem(self._place(name), Kind.NEWS, name, file=name, fault=fault)

    def _place(self, name: str, line: int = 1) -> SourceLocation:
        return SourceLocation(f"{self._name}/{name}", line)

    def _found_in(self, name: str, file: RegularFile) -> Iterator[Found]:
        """The file's item, and which fields of its header our files don't have."""
        kind = pelican.placed(name, self._units)[0]
        try:
            text = decode(file.read())
        except TextRefused as refused:
            yield OldItem(self._place(name, refused.line), kind, name, file=name, fault=f"{refused}, {refused.fix}")
            return
        except OSError as error:
            fault = f"файл не вдалося прочитати ({describe_error(error)})"
            yield OldItem(self._place(name), kind, name, file=name, fault=fault)
            return
        if pelican.is_html(name):
            fields, body = header_and_body(text)
            keys = list(fields)
            yield pelican.read(
                self._place(name), name, fields, body, self._conf, self._units, self._zone, Language.HTML
            )
        else:
            document = parse_document(name, text, None)
            keys = list(document.fields)
            yield self._item(name, document)
        for key in pelican.unknown_fields(keys, kind):
            yield SkippedKind(f"поле «{key}»")

    def _item(self, name: str, document: Document) -> OldItem:
        fields = {key: document.list(key) if key in _LISTS else document.text(key) for key in document.fields}
        item = pelican.read(self._place(name), name, fields, document.body, self._conf, self._units, self._zone)
        if self._is_ours and place_of(f"content/{name}"):
            slug = document.text("slug") if item.kind is not Kind.UNIT else ""
            item = item._replace(keeps_place=f"content/{name}", fields=(("slug", slug), *item.fields))
        if document.problems and not item.fault:
            first = document.problems[0]
            return item._replace(place=self._place(name, first.line), fault=f"{first.message}, {first.fix}")
        return item


def _is_item(name: str) -> bool:
    return pelican.is_markdown(name) or pelican.is_html(name)


def _conf(file: RegularFile) -> Conf:
    try:
        return Conf.of(file.read().decode())
    except (OSError, UnicodeDecodeError):
        return Conf()


def _uploads(folder: Path) -> tuple[dict[str, RegularFile], dict[str, FileTypeFault]]:
    """The files of an export, which lie beside it."""
    for name in _UPLOADS:
        if _is_folder(folder, name):
            return files_under(folder / name)
    return {}, {}


def _is_folder(folder: Path, name: str) -> bool:
    """Whether a folder of its own stands there, not a link to one."""
    try:
        folder_of(RegularFile(str(folder), f"{name}/x"))
    except OSError:
        return False
    return True


def files_under(folder: Path) -> tuple[dict[str, RegularFile], dict[str, FileTypeFault]]:
    """Plain files by their names from the folder on, and what is none; what programs leave behind is neither."""
    files: dict[str, RegularFile] = {}
    odd: dict[str, FileTypeFault] = {}
    for path, node in walk(folder, ".").items():
        *folders, name = path.removeprefix("./").split("/")
        if any(part.startswith(".") for part in folders):
            continue
        if node.type_fault is None:
            files[node.source.name] = node.source
        elif not name.startswith("."):
            odd[node.source.name] = node.type_fault
    return files, odd
