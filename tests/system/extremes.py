"""Extreme files by name: what is asked of each is an answer in time and in bounded memory, whatever the answer.

    PYTHONPATH=plugins:. python -m tests.system.extremes [NAME …]

prints for each how it ended, how much of the processor's time it took (as a multiple of a loop that is measured beside it,
and in seconds) and its megabytes; exits with 1 when one is over its limit or ends in a traceback (docs/decisions/0011).
"""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.system import fuzz

# What a file may take unless LIMITS says otherwise; the loop takes a fifth of a second on a machine of 2021.
TIMES, MEGABYTES = 120, 600
LOOP = 2_000_000
Files = Mapping[str, str | bytes]

_HEAD = "title: Назва\ndate: 2021-07-05\n\n"
NEWS, SOCIAL, TABLE = "news/x.md", "registers/social/a.csv", "registers/monitoring/a.csv"
_MANY = 100_000


def _text(body: str) -> dict[str, str]:
    return {NEWS: _HEAD + body}


def _lines(form: str, times: int = _MANY) -> str:
    return "".join(form.format(number) for number in range(times))


def _service(field: str) -> dict[str, str]:
    return {
        "units/a/index.md": "title: Відділ\n\nx",
        "services/x.md": f"title: Послуга\nunit: a\n{field}\n\n1. x\n",
    }


def _full(piece: str) -> dict[str, str]:
    """As much of a piece as a text may hold."""
    return _text(piece * (990_000 // len(piece.encode())))


def _rows(times: int, form: str = "{1:02d}.{2:02d}.2021;Згадка {0}\n", head: str = "Дата;Назва\n") -> str:
    return head + "".join(form.format(n, 1 + n % 28, 7 + n % 6) for n in range(times))


def many_rows(times: int) -> Files:
    return {TABLE: _rows(times), "reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\nУсього: [[monitoring]].\n"}


def _picture(raw: bytes, type: str = "png") -> Files:
    return {NEWS: f"{_HEAD}![Опис світлини](x.{type})\n", f"news/x.{type}": raw}


def _png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(width * 3 + 1)) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _frames(format: str, times: int, size: int = 20) -> bytes:
    from PIL import Image

    frames = [Image.new("RGB", (size, size), (n % 256, n // 256, 0)) for n in range(times)]
    out = io.BytesIO()
    frames[0].save(out, format, save_all=True, append_images=frames[1:])
    return out.getvalue()


def _zip(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def _file(name: str, raw: bytes) -> Files:
    return {NEWS: f"{_HEAD}[Файл](x-{name})\n", f"news/x-{name}": raw}


def _docx(part: bytes, times: int = 1) -> bytes:
    names = ["word/document.xml", *(f"word/header{n}.xml" for n in range(1, times))]
    return _zip(("[Content_Types].xml", b"<Types/>"), *((name, part) for name in names))


def _nested(deep: int) -> bytes:
    raw = bytes(10_000_000)
    for _ in range(deep):
        raw = _zip(("a.zip", raw))
    return raw


def _workbook(rows: int) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("Аркуш")
    sheet.write_row(0, 0, ["Дата", "Назва"])
    for n in range(1, rows):
        sheet.write_row(n, 0, [f"{1 + n % 28:02d}.07.2021", f"Згадка {n}"])
    book.close()
    return out.getvalue()


EXTREMES: dict[str, Callable[[], Files]] = {
    "text-of-50-mb": lambda: _text("слово " * (50_000_000 // 11)),
    "line-of-10-mb": lambda: _text("x" * 10_000_000),
    "line-of-1-mb": lambda: _full("слово "),
    "10000-lists": lambda: _text("- " * 10_000 + "x"),
    "10000-indents": lambda: _text("".join(f"{'    ' * (one % 400)}- x\n" for one in range(1200))),
    "10000-quotes": lambda: _text("> " * 10_000 + "x"),
    "10000-tags": lambda: _text("<div>" * 10_000),
    "100000-headings": lambda: _text(_lines("# {}\n\n")),
    "same-headings": lambda: _full("# а\n\n"),
    "headings-in-a-block": lambda: _full("# а\n"),
    "underlined-headings": lambda: _full("а\n=\n"),
    "100000-links": lambda: _text(_lines("[{0}](y)\n\n", 70_000)),
    "links-in-a-block": lambda: _full("[а](y) "),
    "outer-links": lambda: _text(_lines("<https://a.example/{}>\n\n", 30_000)),
    "footnotes": lambda: _text(_lines("а[^{}]\n\n", 20_000) + _lines("[^{}]: б\n", 20_000)),
    "table-cells": lambda: _text("|а|б|\n|-|-|\n" + "|x|y|\n" * 50_000),
    "wide-table": lambda: _text("|а" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|x|\n" * 100_000),
    "brackets": lambda: _full("["),
    "brackets-in-blocks": lambda: _full("[" * 500 + "\n\n"),
    "parentheses": lambda: _full("[а]("),
    "asterisks": lambda: _full("*"),
    "emphasis": lambda: _full("**а *б "),
    "underscores": lambda: _full("_а_ "),
    "backticks": lambda: _full("`"),
    "growing-backticks": lambda: _text(" ".join("`" * (one % 900) for one in range(1900))),
    "less-than": lambda: _full("<"),
    "open-tags": lambda: _full("<a "),
    "open-attributes": lambda: _full('<a b="'),
    "comments": lambda: _full("<!-- "),
    "declarations": lambda: _full("<![CDATA["),
    "open-paragraphs": lambda: _text("".join(f"<b id={one}>" for one in range(90)) + "<p>x</p>" * 100_000),
    "backslashes": lambda: _full("\\"),
    "ampersands": lambda: _full("&"),
    "braces": lambda: _full("{"),
    "references": lambda: _text('[а]: /y "' + "п" * 200_000 + '"\n\n' + "[а]\n\n" * 60_000),
    "abbreviations": lambda: _text("*[аб]: " + "п" * 200_000 + "\n\n" + "аб " * 100_000),
    "contents": lambda: _text("[TOC]\n\n" * 5_000 + _lines("## а{}\n\n", 20_000)),
    "definitions": lambda: _full("а\n: б\n"),
    "fences": lambda: _full("```\nа\n```\n"),
    "comments-closed": lambda: _full("<!-- а -->\n"),
    "numbers-in-a-report": lambda: {"reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\n" + "1 " * 490_000},
    "placeholders": lambda: {"reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\n" + "[[news\n" * 140_000},
    "100000-keys": lambda: {NEWS: _lines("key{}: x\n") + "\nx"},
    "same-keys": lambda: {NEWS: "title: x\n" * 5_000 + "\nx"},
    "value-of-10-mb": lambda: {NEWS: "title: " + "x" * 10_000_000 + "\ndate: 2021-07-05\n\nx"},
    "value-of-1-mb": lambda: {NEWS: "title: x\ndate: " + "2" * 900_000 + "\n\nx"},
    "gallery-of-1000": lambda: {NEWS: "title: x\ndate: 2021-07-05\ngallery:\n" + "- foto.jpg | Опис\n" * 1000 + "\nx"},
    "tags": lambda: {NEWS: "title: x\ndate: 2021-07-05\ntags: " + "тег, " * 90_000 + "\n\nx"},
    "1000000-rows": lambda: {TABLE: "Дата;Назва\n" + _lines("05.07.2021;Згадка {}\n", 1_000_000)},
    "rows-of-20-mb": lambda: {TABLE: "Дата;Назва\n" + _lines("05.07.2021;Згадка {}\n", 530_000)},
    "wrong-rows-of-20-mb": lambda: {TABLE: "Дата;Назва\n" + _lines("32.07.2021;Згадка {}\n", 530_000)},
    "cell-of-50-mb": lambda: {TABLE: 'Дата;Назва\n05.07.2021;"' + "x" * 50_000_000 + '"\n'},
    "cell-of-1-mb": lambda: {TABLE: 'Дата;Назва\n05.07.2021;"' + "x" * 1_000_000 + '"\n'},
    "open-quote": lambda: {TABLE: 'Дата;Назва\n05.07.2021;"x\n' + "05.07.2021;y\n" * 5_000},
    "columns": lambda: {TABLE: "Дата;Назва" + ";x" * 500_000 + "\n05.07.2021;y\n"},
    "toml-brackets": lambda: {"registers/accounts.toml": "x = " + "[" * 400_000},
    "toml-tables": lambda: {"registers/accounts.toml": _lines('[[account]]\nid = "a{0}"\nname = "Сторінка {0}"\n', 15_000)},
    "toml-faults": lambda: {"registers/accounts.toml": _lines('[[account]]\nid = "A{0}"\nname = "Сторінка {0}"\n', 15_000)},
    "toml-dots": lambda: {"reports/figures.toml": "a." * 300_000 + "b = 1"},
    "total-of": lambda: {"reports/figures.toml": '[[figure]]\nid = "x"\ntitle = "x"\ntotal-of = [' + '"news", ' * 100_000 + "]"},
    "law": lambda: {"law.toml": _lines('a{} = "/x/"\n', 40_000)},
    "tasks": lambda: {"tasks.toml": _lines('[[task]]\ntitle = "a{0}"\nlink = "/x{0}/"\n', 15_000)},
    "alerts": lambda: {"alerts.toml": _lines('[[alert]]\ntext = "a{0}"\nuntil = "31.12.2035"\n', 15_000)},
    "redirects": lambda: {"redirects.csv": "Звідки;Куди\n" + _lines("/a{0}/;/b{0}/\n", 50_000)},
    "approval": lambda: {"reports/approved/2021-h2.json": '{"format": 1, "versions": [' + "[" * 200_000},
    "long-word": lambda: {"registers/accounts.toml": '[[account]]\nid = "a"\nname = "' + "щ" * 200_000 + '"\nnetworks = ["facebook"]\n',
                          SOCIAL: _rows(20, "{1:02d}.07.2021;a;facebook;Допис {0}\n", "Дата;Сторінка;Мережа;Назва\n"),
                          "reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\n" + "щ" * 200_000},
    "long-cell": lambda: {TABLE: _rows(100, "05.07.2021;" + "щ" * 60_000 + "{0}\n"), "reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\nx"},
    "events-in-life": lambda: _service(f"life-events: {_lines('подія {}, ', 20_000)}"),
    "papers-of-a-service": lambda: _service(f"documents: {_lines('папір {}, ', 40_000)}"),
    "hours-of-a-unit": lambda: {"units/a/index.md": f"title: Відділ\nhours: {'пн 8:00–17:00, ' * 30_000}\n\nx"},
    "tags-of-one-word": lambda: {NEWS: "title: x\ndate: 2021-07-05\ntags: [" + "щ" * 400_000 + "]\n\nx"},
    "header-lines": lambda: {NEWS: "title: x\ndate: 2021-07-05\nsummary: x\n" + ("  " + "щ" * 90 + "\n") * 4_900 + "\nx"},
    "unit-page": lambda: {"units/a/index.md": "title: x\n\n" + "слово " * 90_000, "units/a/2021-07-05-x.md": _HEAD + "x"},
    "long-titles": lambda: {"reports/figures.toml": '[[figure]]\nid = "news"\ntitle = "' + "щ" * 200_000 + '"\n', NEWS: f"title: {'щ' * 20_000}\ndate: 2021-07-05\ncategory: {'щ' * 40}\n\nx",
                            "reports/2021-h2.md": f"title: {'щ ' * 90_000}\nperiod: 2021-H2\n\n|{'щ' * 100_000}|\n|-|\n" + "|x|\n" * 900},
    "page": lambda: {"pages/x.md": "title: x\n\n" + "слово [а](y) " * 20_000},
    "report-of-100-years": lambda: {"reports/x.md": "title: x\nperiod: 1950-01-01..2049-12-31\n\nx", NEWS: _HEAD + "x"},
    "text-of-a-report": lambda: {"reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\n|а|б|\n|-|-|\n" + "|x|y|\n" * 80_000},
    "report-of-10000-rows": lambda: many_rows(10_000),
    "report-of-50000-rows": lambda: many_rows(50_000),
    "newspapers": lambda: {"registers/newspaper/a.csv": _rows(10_000, "{1:02d}.07.2021;Стаття {0};Газета {0}\n", "Дата;Назва;Видання\n"),
                           "reports/2021-h2.md": "title: Звіт\nperiod: 2021-H2\n\nx"},
    "workbook": lambda: {TABLE.replace("csv", "xlsx"): _workbook(100_000)},
    "workbook-bomb": lambda: {TABLE.replace("csv", "xlsx"): _zip(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b" " * 400_000_000))},
    "ods-bomb": lambda: {TABLE.replace("csv", "ods"): _zip(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a>" * 60_000_000))},
    "xls-noise": lambda: {TABLE.replace("csv", "xls"): b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(1).randbytes(5_000_000)},
    "picture-tall": lambda: _picture(_png(1_200, 50_000)),
    "picture-wide": lambda: _picture(_png(50_000, 1_200)),
    "picture-of-one-pixel": lambda: _picture(_png(1, 1)),
    "picture-of-79-megapixels": lambda: _picture(_png(8_900, 8_900)),
    "picture-bomb": lambda: _picture(_png(20_000, 20_000)),
    "gif-of-10000-frames": lambda: _picture(_frames("GIF", 10_000), "gif"),
    "webp-of-1000-frames": lambda: _picture(_frames("WEBP", 1_000), "webp"),
    "tiff-of-5000-pages": lambda: _picture(_frames("TIFF", 5_000), "tif"),
    "avif-large": lambda: _picture(_frames("AVIF", 1, 6_000), "avif"),
    "pdf-large": lambda: _file("a.pdf", b"%PDF-1.7\n" + b"1 0 obj<</Type/Page>>endobj\n" * 1_500_000),
    "pdf-parentheses": lambda: _file("a.pdf", b"%PDF-1.7\n/Author (" + b"(" * 20_000_000),
    "docx-bomb": lambda: _file("a.docx", _docx(b"<a>" * 100_000_000)),
    "docx-of-many-parts": lambda: _file("a.docx", _docx(b"<a/>", 20_000)),
    "zip-in-zips": lambda: _file("a.zip", _nested(50)),
    "20000-files": lambda: {f"news/{n % 100}/2021-07-{1 + n % 28:02d}-x{n}.md": f"title: x{n}\ndate: 2021-07-{1 + n % 28:02d}\n\nx" for n in range(20_000)},
    "deep-folders": lambda: {f"news/{'a/' * 300}x.md": _HEAD + "x"},
    "long-name": lambda: {f"news/{'x' * 245}.md": _HEAD + "x"},
    "categories": lambda: {"categories.toml": "categories = [" + _lines('"Рубрика {}", ', 30_000) + "]", NEWS: "title: x\ndate: 2021-07-05\ncategory: Рубрик\n\nx"},
}  # fmt: skip


# Times of the loop and megabytes where they are more: what is slow today, and said so.
LIMITS: dict[str, tuple[int, int]] = {
    "100000-headings": (600, 600),
    "100000-links": (400, 600),
    "links-in-a-block": (400, 600),
    "rows-of-20-mb": (400, 1_200),
    "wrong-rows-of-20-mb": (400, 1_200),
    "numbers-in-a-report": (300, 600),
    "report-of-50000-rows": (400, 1_000),
    "text-of-a-report": (600, 1_000),
    "20000-files": (900, 900),
    "picture-wide": (120, 1_000),
    "avif-large": (120, 1_000),
    "pdf-large": (400, 600),
    "newspapers": (600, 600),
    "report-of-10000-rows": (200, 600),
    "long-titles": (300, 600),
}
QUICK = ("long-word", "tags-of-one-word", "picture-tall", "table-cells", "toml-tables")


def calibrated() -> float:
    """How long a loop of ours takes on this machine now: seconds of the processor, the best of five."""

    def once() -> float:
        start = time.process_time()
        total = 0
        for number in range(LOOP):
            total += number % 7
        return time.process_time() - start

    return min(once() for _ in range(5))


def outcome(name: str) -> tuple[str, float, int, str]:
    """How an extreme ended, its seconds of the processor, its megabytes, and the first line that was said."""
    with tempfile.TemporaryDirectory(prefix="extreme-") as place:
        folder = Path(place)
        child = os.fork()  # what makes the file must not count as what reads it
        if not child:
            for file, text in EXTREMES[name]().items():
                path = folder / "content" / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            raise RuntimeError(name)
        before = os.times()
        end, _, megabytes = fuzz.in_child(folder)
        after = os.times()
        took = after.children_user + after.children_system - before.children_user - before.children_system
        said = folder / "said.txt"
        return end, took, megabytes, said.read_text("utf-8")[:200].split("\n")[0] if said.exists() else ""


def excess(name: str, end: str, times: float, megabytes: int) -> str:
    """What is more than an extreme may take; empty where nothing is."""
    most, room = LIMITS.get(name, (TIMES, MEGABYTES))
    faults = (
        end if end not in ("built", "refused") else "",
        f"over {most} times" if times > most else "",
        f"over {room} MB" if megabytes > room else "",
    )
    return ", ".join(filter(None, faults))


def main(names: list[str]) -> int:
    over = 0
    for name in names or EXTREMES:
        loop = calibrated()
        end, took, megabytes, said = outcome(name)
        fault = excess(name, end, took / loop, megabytes)
        over += bool(fault)
        print(
            f"{name:<26} {end:<9} ×{took / loop:4.0f} {took:5.1f} s {megabytes:5d} MB  {fault or said[:150]}",
            flush=True,
        )
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
