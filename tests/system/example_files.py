"""The files of the documented examples as bytes: pictures, tables of Excel, texts in other encodings."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from PIL import Image

from hromada.domain.law import POINTS
from tests.codes import File
from tests.system.bad_pictures import frames
from tests.unit.metadata.samples import iptc_jpeg
from tests.unit.reading.test_active_content_scan import PDFS
from tests.unit.reading.test_attachment_metadata import photo, word

REST = "# решта пунктів – так само"  # of law.toml: what the example is not about
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DEAD_LINK, PIPE = "посилання на файл, якого немає", "іменований канал"
APPROVAL = "затвердження звіту з прикладу «Добре»"


def bytes_of(file: File) -> bytes:
    """What stands in an example's file; KeyError names a word that nobody knows how to make."""
    if not file.made:
        return _whole_law(file.text).encode() if file.path == "content/law.toml" else file.text.encode()
    return _MAKERS[file.made](file.text)


def _whole_law(text: str) -> str:
    named = {line.partition(" =")[0] for line in text.split("\n")}
    return text.replace(REST, "\n".join(f'{id} = "зразок"' for id in POINTS if id not in named))


def _picture(format: str) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (64, 48), (40, 110, 70)).save(into, format)
    return into.getvalue()


def _book(text: str) -> bytes:
    """Sheets under «Аркуш: …», cells parted by `|`; `↑` is merged with the cell above it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = None
    for line in text.splitlines():
        if line.startswith("Аркуш: "):
            name, _, _hidden = line.removeprefix("Аркуш: ").partition(" (приховано)")
            sheet = book.create_sheet(name)
            sheet.sheet_state = "hidden" if line.endswith("(приховано)") else "visible"
            number = 0
            continue
        number += 1
        for column, cell in enumerate((one.strip() for one in line.split("|")), 1):
            if cell == "↑":
                sheet.merge_cells(start_row=number - 1, end_row=number, start_column=column, end_column=column)
            elif cell:
                sheet.cell(number, column, int(cell) if cell.isdecimal() else cell)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _with_template() -> bytes:
    """A document that names the template it was made from: a link that Word keeps beside its settings."""
    into = io.BytesIO(word())
    with zipfile.ZipFile(into, "a") as file:
        target = "file:///C:\\Users\\zrazok\\Рішення.dotm"
        relation = f'<Relationship Id="rId1" Type="t" Target="{target}" TargetMode="External"/>'
        file.writestr("word/_rels/settings.xml.rels", f'<Relationships xmlns="urn:r">{relation}</Relationships>')
    return into.getvalue()


_MAKERS = {
    "світлина JPEG": lambda _: _picture("JPEG"),
    "світлина PNG": lambda _: _picture("PNG"),
    "світлина JPEG на 16 МБ": lambda _: _picture("JPEG") + bytes(16_000_000),
    "рухома світлина GIF": lambda _: frames("GIF", 3),
    "обірвана світлина JPEG": lambda _: _picture("JPEG")[:200],
    "документ PDF": lambda _: b"%PDF-1.7\n%%EOF\n",
    "документ PDF зі сценарієм": lambda _: PDFS["open-action"][0],
    "світлина JPEG з координатами": lambda _: photo(),
    "документ Word": lambda _: word(),
    "документ Word, властивості якого називають людину": lambda _: word(("Олена Зразкова", "Користувач")),
    "документ Word із приміткою": lambda _: word(note="Перевірити суму"),
    "документ Word зі світлиною без координат": lambda _: word(picture=photo(latitude=())),
    "документ Word із шаблоном з чийогось комп’ютера": lambda _: _with_template(),
    "світлина JPEG з назвою міста": lambda _: iptc_jpeg("Зразкове".encode()),
    "документ Word зі світлиною з координатами": lambda _: word(picture=photo()),
    "у кодуванні Windows-1251": lambda text: text.encode("cp1251"),
    "у кодуванні UTF-8": str.encode,
    "таблиця Excel": _book,
    "таблиця Excel із паролем": lambda _: _OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
    "таблиця Excel на 34 МБ": lambda _: b"PK\x03\x04" + bytes(34_000_000),
}
