"""Files that a browser would run, or a host can't take: the check names each of them, and publishing lets none through."""

import os
from pathlib import Path

import pytest

from hromada.commands import dispatch as commands
from hromada.content import folder_reader
from tests.unit.reading.test_active_content_scan import HTML, PDFS
from tests.unit.reading.test_attachment_metadata import archive, pdf

ITEM = "title: Рішення ради\ndate: 2021-07-05\n\n[Рішення](rishennia.pdf).\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XML = b'<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'
HOSTILE = {
    "files/x.xml": (XML, "stray-file"),
    "files/x.XML": (XML, "stray-file"),
    "files/deep/x.svg": (SVG, "stray-file"),
    "files/index.html": (HTML, "stray-file"),
    "files/x.xhtml": (XML, "stray-file"),
    "files/x.js": (b"alert(1)", "stray-file"),
    "files/x.mhtml": (b"MIME-Version: 1.0\n\n", "stray-file"),
    "files/x.html.txt": (b"x", "stray-file"),
    "files/_headers": (b"/*\n  X-A: b\n", "stray-file"),
    "files/CNAME": (b"zlo.example", "stray-file"),
    "images/x.svg": (SVG, "stray-file"),
    "pages/x.html": (HTML, "stray-file"),
    "reports/x.xml": (XML, "stray-file"),
    "news/2021/x.txt": (b"x", "stray-file"),
    "units/okruh/x.htm": (HTML, "stray-file"),
    "files/html.txt": (HTML, "active-file"),
    "files/html.csv": (b"\xef\xbb\xbf\n" + HTML, "active-file"),
    "files/svg.json": (SVG, "active-file"),
    "files/xml.geojson": (XML, "active-file"),
    "files/html.pdf": (HTML + pdf(), "active-file"),
    "files/html.zip": (HTML + archive(a=b""), "active-file"),
    "files/html.docx": (HTML, "active-file"),
    "files/xml.p7s": (XML, "active-file"),
    "files/pdf.txt": (pdf(), "active-file"),
    "news/2021/rishennia.pdf": (HTML, "active-file"),
    "files/рішення\u202efdp.txt": (b"x", "file-name"),
    "files/a\nb.pdf": (pdf(), "file-name"),
    "files/a:b.pdf": (pdf(), "file-name"),
    "files/con.pdf": (pdf(), "file-name"),
    "files/a.pdf.": (pdf(), "file-name"),
    "units/aux/index.md": (b"title: x\n\nx\n", "file-name"),
}  # fmt: skip
GOOD = {
    "files/a.zip": archive(**{"x.xml": XML, "x.html": HTML}),
    "files/a.txt": b"a <b>",
    "files/a.json": b'{"a": "<b>"}',
}


def named(out):
    """Code by path, as the check prints them."""
    lines = (line for line in out.splitlines() if line.startswith("content/") and ": попередження: " not in line)
    return {line.partition(":1: ")[0].removeprefix("content/"): line.rpartition("[")[2].rstrip("]") for line in lines}


def test_all_hostile_files_are_refused_at_once_and_no_other(site):
    site.write("news/2021/2021-07-05-rishennia.md", ITEM)
    for name, (data, _) in HOSTILE.items():
        site.write(name, data)
    for name, data in GOOD.items():
        site.write(name, data)
    status, out, _ = site.run(commands.check, everything=True)

    assert status == 2
    assert {name: code for name, code in named(out).items() if code != "name-case"} == {
        name.replace("\n", "\\n").replace("\u202e", "\\u202e"): code for name, (_, code) in HOSTILE.items()
    }
    assert (
        "content/files/x.xml:1: файл «x.xml» не належить до змісту, його виконав би браузер читача; збережіть як PDF"
        in out
    )


def test_what_a_document_does_is_warned_of_and_it_is_published(site):
    site.write("news/2021/2021-07-05-rishennia.md", ITEM)
    site.write("news/2021/rishennia.pdf", PDFS["open-action"][0])
    status, _, said = site.html()

    assert status == 0
    assert "попередження: документ не лише читають, у ньому є сценарій (JavaScript)" in said
    assert "[attachment-active]" in site.run(commands.check)[1]  # as remembered
    assert "news/2021/rishennia.pdf" in site.files()


def sparse(site, name, size):
    site.write(name, b"%PDF-1.7\n")
    os.truncate(site.content / name, size)


@pytest.mark.parametrize(("size", "is_refused"), [(99_999_999, False), (100_000_000, True)])
@pytest.mark.parametrize("name", ["files/a.mp4", "images/a.jpg", "registers/requests/a.xlsx"])
def test_what_the_host_does_not_take_the_check_refuses_unread(site, monkeypatch, name, size, is_refused):
    monkeypatch.setattr("hromada.content.checking._check_file_metadata", lambda *_: None)
    monkeypatch.setattr(folder_reader, "read_rows", lambda *_: ([], [], ""))
    sparse(site, name, size)
    out = site.run(commands.check)[1]

    assert (
        f"content/{name}:1: файл завеликий: 100,0 МБ, можна до 100 МБ; поділіть його [file-too-large]" in out
    ) is is_refused


def test_a_document_at_an_address_of_the_site_itself_is_refused(site):
    site.write("reports/2021-h2.md", "title: Звіт\nperiod: 2021-H2\n\n[Копія](2021-h2/report.pdf).\n")
    site.write("reports/2021-h2/report.pdf", pdf())
    status, _, said = site.html()

    assert status == 2
    assert "content/reports/2021-h2/report.pdf:1: на цій адресі стоїть файл самого сайту" in said


def test_no_page_stands_where_the_host_looks_for_its_settings(site):
    site.write("news/2021/2021-07-05-x.md", "title: Х\ndate: 2021-07-05\n\nТекст.\n")
    rows = "\n".join(f"{old};/news/" for old in ("/CNAME", "/.nojekyll/", "/.git/x/", "/a/.GIT/", "/git~1"))
    site.write("redirects.csv", f"Звідки;Куди\n{rows}\n")
    out = site.run(commands.check, everything=True)[1]

    assert [f"content/redirects.csv:{line}:" in out for line in range(2, 7)] == [True] * 5


def test_a_name_that_is_known_is_looked_at_once(site, monkeypatch):
    monkeypatch.setattr("hromada.content.file_cache.MTIME_GRANULARITY_NS", 0)
    site.write("news/2021/2021-07-05-x.md", "title: Х\ndate: 2021-07-05\n\nТекст.\n")
    site.run(commands.check)
    looked = []
    monkeypatch.setattr(folder_reader, "find_name_fault", lambda path: looked.append(path) or "")
    site.run(commands.check)

    assert looked == []


def test_bytes_that_are_no_text_in_a_name_are_refused(site):
    site.write("files/a.pdf", pdf())
    Path(os.fsdecode(bytes(site.content / "files") + b"/\xff.pdf")).write_bytes(pdf())
    out = site.run(commands.check)[1]

    assert "content/files/\\udcff.pdf:1: назва файлу записана не в UTF-8, перейменуйте файл [stray-file]" in out
