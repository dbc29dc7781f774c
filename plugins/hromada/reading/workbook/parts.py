"""The parts of a zipped office file, streamed, with a limit on their total size."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from hromada.reading.workbook.sheet import MAX_UNPACKED, WorkbookRefused, too_big

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_PIECE = 1 << 16


class Parts:
    """The parts of one file by normalised names: lower case, forward slashes."""

    def __init__(self, raw: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(raw))
        self._parts = {_plain(member.filename): member for member in self._zip.infolist()}
        self._left = MAX_UNPACKED
        if any(part.flag_bits & 1 for part in self._parts.values()):
            raise protected()

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def bytes_of(self, name: str) -> bytes:
        part = self._measured(name)
        return self._zip.read(part)

    def head_of(self, name: str, size: int) -> bytes:
        """The first bytes of a part, which don't count towards the limit."""
        with self._zip.open(self._parts[_plain(name)]) as stream:
            return stream.read(size)

    def parse(self, name: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Call the handlers with names as «namespace name»; a part that declares entities is refused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_doctype
        with self._zip.open(self._measured(name)) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)

    def _measured(self, name: str) -> zipfile.ZipInfo:
        """The part's stream, if the limit allows its declared size, beyond which zipfile doesn't read."""
        part = self._parts[_plain(name)]
        self._left -= part.file_size
        if self._left < 0:
            raise too_big("у розпакованому вигляді понад 128 МБ")
        return part


def protected() -> WorkbookRefused:
    return WorkbookRefused("register-password", "файл захищено паролем", "збережіть його без пароля")


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/").lstrip("/")).casefold()


def _no_doctype(*_: object) -> None:
    raise ValueError("no office program writes a DOCTYPE")
