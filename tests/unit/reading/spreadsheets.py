"""Spreadsheets made for the tests: .xlsx by openpyxl, .ods by hand, and a zipped file with another part."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl

from hromada.domain.account import Account, Accounts
from hromada.reading.registers import read_register_file

ACCOUNTS = Accounts.of(
    [
        Account("rada", "Дергачівська міська рада", ("ДМР",), ("facebook", "instagram"), "main"),
        Account("zevs", "СОК «Зевс»", (), ("facebook",), "other"),
    ]
)
SAVED = Path(__file__).parent / "saved"  # one table, saved by LibreOffice 7.4 in three formats
HEAD = ["Дата", "Сторінка", "Мережа", "Назва", "Посилання", "Ідентифікатор"]
SHEET = "xl/worksheets/sheet1.xml"


def read(raw, name="a.xlsx", register="social"):
    return read_register_file(register, f"content/registers/{register}/{name}", raw, ACCOUNTS)


def said(problems):
    return [str(one) for one in problems]


def told(entries):
    """What counts of entries, without their place."""
    return [(str(one.when), one.title, one.url, one.id, one.count, dict(one.traits)) for one in entries]


def xlsx(*rows, change=lambda sheet: None, title="Аркуш1"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    change(sheet)
    return saved(book)


def saved(book):
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def saved_again(raw):
    return saved(openpyxl.load_workbook(io.BytesIO(raw)))


def with_part(raw, name, data):
    """The zipped file with one part replaced, added, or removed when there is no data."""
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        parts = {one: old.read(one) for one in old.namelist()} | {name: data}
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for one, content in parts.items():
            if content is not None:
                new.writestr(one, content)
    return into.getvalue()


def part(raw, name):
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return file.read(name).decode()


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    + "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles><style:style style:name="ta2"><style:table-properties '
    'table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet>'
    "</office:body></office:document-content>"
)


def ods(*rows, title="Аркуш1", style="ta1"):
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return ods_of(f'<table:table table:name="{title}" table:style-name="{style}">{body}</table:table>')


def ods_of(tables):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", _ODS.format(tables))
    return into.getvalue()


def _ods_cell(value):
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, date):
        text = value.isoformat() if isinstance(value, datetime) else f"{value:%Y-%m-%d}"
        return f'<table:table-cell office:value-type="date" office:date-value={quoteattr(text)}/>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
