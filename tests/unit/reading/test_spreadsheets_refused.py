"""Registers in spreadsheets: what is refused, and in which words."""

import struct
import zlib

import openpyxl
import pytest

from hromada.reading.workbook import sheet as limits
from tests.unit.reading.spreadsheets import (
    HEAD,
    SAVED,
    SHEET,
    ods,
    ods_of,
    part,
    read,
    said,
    saved,
    with_part,
    xlsx,
)

ROW = ["05.07.2021", "ДМР", "facebook", "Свято", "", "7"]
ANEW = "відкрийте його в Excel чи LibreOffice і збережіть як .xlsx"
DAMAGED = f"файл пошкоджено або це не таблиця, {ANEW} [register-damaged]"
MARKUP = f"у файлі не таблиця, а вебсторінка або XML, {ANEW} [register-format]"
PASSWORD = "файл захищено паролем, збережіть його без пароля [register-password]"
RETYPE = "задайте стовпцю текстовий формат і впишіть значення знову [register-cell]"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
JOURNAL = {format: (SAVED / f"journal.{format}").read_bytes() for format in ("xlsx", "xls", "ods")}
# A workbook of Excel 97 that begins with the record of a password.
LOCKED_XLS = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0) + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (0, 44382, "у клітинці «Дата» число 44382, впишіть дату або задайте клітинці формат дати [register-cell]"),
        (0, "#####", "дата «#####» незрозуміла, напишіть, наприклад, 2021-07-05, 05.07.2021 або 2021-07-05 14:30 [date-format]"),
        (3, True, "у клітинці «Назва» логічне значення TRUE, впишіть текст або число [register-cell]"),
        (3, "#N/A", "у клітинці «Назва» помилка #N/A, виправте формулу або впишіть значення [register-cell]"),
        (3, "#Н/Д", "у клітинці «Назва» помилка #Н/Д, виправте формулу або впишіть значення [register-cell]"),
        (4, "#REF!", "у клітинці «Посилання» помилка #REF!, виправте формулу або впишіть значення [register-cell]"),
        (5, 10**15, f"у клітинці «Ідентифікатор» задовге число 1000000000000000, кінець якого програма таблиць губить, {RETYPE}"),
        (5, "1,23E+15", f"у клітинці «Ідентифікатор» задовге число 1,23E+15, кінець якого програма таблиць губить, {RETYPE}"),
        (5, "1.78414E+17", f"у клітинці «Ідентифікатор» задовге число 1.78414E+17, кінець якого програма таблиць губить, {RETYPE}"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_value_is_named(column, value, words):
    row = [*ROW[:column], value, *ROW[column + 1 :]]
    for make, name in ((xlsx, "a.xlsx"), (ods, "a.ods")):
        entries, problems = read(make(HEAD, ROW, row), name)

        assert ([one.location.line for one in entries], said(problems)) == (
            [2], [f"content/registers/social/{name}#Аркуш1:3: {words}"]
        )  # fmt: skip


@pytest.mark.parametrize(("value", "shown"), [("1,23E+15", "1,23E+15"), ("1,78414Е+17", "1,78414Е+17")])
def test_an_id_that_excel_shortened_is_refused_in_csv(value, shown):
    text = f"Дата;Сторінка;Ідентифікатор\n05.07.2021;СОК Зевс;{value}"

    assert said(read(text.encode("cp1251"), "a.csv")[1]) == [
        f"content/registers/social/a.csv:2: у клітинці «Ідентифікатор» задовге число {shown}, кінець якого програма таблиць "
        f"губить, {RETYPE}"
    ]


def test_an_issue_that_became_a_date_is_refused():
    day = openpyxl.utils.datetime.from_excel(44562)
    _, problems = read(xlsx(["Дата", "Видання", "Номер"], [ROW[0], "Вісті", day]), register="newspaper")

    assert said(problems) == [
        "content/registers/newspaper/a.xlsx#Аркуш1:2: у клітинці «Номер» дата 01.01.2022: можливо, на неї перетворено "
        f"інше значення, {RETYPE}"
    ]


@pytest.mark.parametrize("value", [3.5, -1, "", None, "багато"])
def test_a_count_that_is_no_whole_number_is_refused(value):
    for make in (xlsx, ods):
        _, problems = read(make(["Дата", "Канал", "Кількість"], [ROW[0], "телефон", value]), register="requests")

        assert [(one.line, one.code) for one in problems] == [(2, "count-format")]


def test_a_time_without_a_day_is_refused():
    def show_as_time(sheet):
        sheet["A2"].number_format = "hh:mm"

    assert said(read(xlsx(HEAD, [0.5, *ROW[1:]], change=show_as_time))[1]) == [
        "content/registers/social/a.xlsx#Аркуш1:2: у клітинці «Дата» час без дня або неможлива дата (0.5), "
        "впишіть дату [register-cell]"
    ]


def test_a_formula_has_its_saved_value_or_is_refused():
    raw = xlsx(HEAD, [*ROW[:3], '="Свя"&"то"', "", "7"])
    words = [
        "content/registers/social/a.xlsx#Аркуш1:2: у клітинці «Назва» формула, значення якої не збережено, "
        "відкрийте файл у програмі таблиць і збережіть його [register-cell]"
    ]
    assert said(read(raw)[1]) == words

    computed = (
        part(raw, SHEET)
        .replace("<v />", "<v>Свято</v>")
        .replace("<v></v>", "<v>Свято</v>")
        .replace("<v/>", "<v>Свято</v>")
    )
    entries, problems = read(with_part(raw, SHEET, computed.replace('r="D2"', 'r="D2" t="str"')))
    assert ([one.title for one in entries], problems) == (["Свято"], [])


def test_errors_in_columns_that_nobody_counts_are_left_alone():
    assert read(xlsx([*HEAD, "Примітка"], [*ROW, "#N/A"], [*ROW[:5], "8", True]))[1] == []


def test_a_merged_count_is_refused_since_it_may_stand_for_one_row_or_for_each():
    rows = [[ROW[0], "телефон", 5], [ROW[0], "пошта"]]
    _, problems = read(
        xlsx(["Дата", "Канал", "Кількість"], *rows, change=lambda sheet: sheet.merge_cells("C2:C3")),
        register="requests",
    )

    assert said(problems) == [
        "content/registers/requests/a.xlsx#Аркуш1:3: клітинку «Кількість» (5) об’єднано на кілька рядків, "
        "впишіть кожному рядку своє число [register-merged]"
    ]


def test_a_row_with_nothing_of_its_own_in_the_table_is_refused():
    def merge(sheet):
        for letter in "ABCD":
            sheet.merge_cells(f"{letter}2:{letter}3")

    _, problems = read(xlsx([*HEAD[:4], "Примітка"], ROW[:4], [None] * 4 + ["двічі"], change=merge))

    assert said(problems) == [
        "content/registers/social/a.xlsx#Аркуш1:3: усі клітинки цього рядка об’єднано з верхніми, "
        "роз’єднайте їх або приберіть рядок [register-merged]"
    ]


def test_a_cell_outside_of_the_table_is_named_with_its_column():
    def sign(sheet):
        sheet["XFD1048576"] = "Начальник відділу"

    assert said(read(xlsx(HEAD, ROW, change=sign))[1]) == [
        "content/registers/social/a.xlsx#Аркуш1:1048576: поза стовпцями таблиці (стовпець XFD) написано «Начальник відділу», "
        "приберіть або перенесіть над рядок із назвами стовпців [register-stray]"
    ]


@pytest.mark.parametrize(
    ("state", "hidden"), [("visible", ""), ("hidden", "прихований аркуш: "), ("veryHidden", "прихований аркуш: ")]
)
def test_a_sheet_without_a_known_header_is_an_error_hidden_or_not(state, hidden):
    def add(sheet):
        other = sheet.parent.create_sheet("Довідник #2")
        other["C5"] = "ДМР"
        other.sheet_state = state

    entries, problems = read(xlsx(HEAD, ROW, change=add))

    assert len(entries) == 1
    assert said(problems) == [
        f"content/registers/social/a.xlsx#Довідник #2:1: {hidden}немає рядка з назвами стовпців: є «ДМР», "
        "бракує «Дата», «Сторінка», додайте цей рядок або перейменуйте стовпці; зайвий аркуш приберіть [register-header]"
    ]


def test_a_refused_sheet_does_not_hide_the_next_one():
    book = openpyxl.Workbook()
    book.active.append(["Дата", "Сторінка", "Акаунт"])
    book.create_sheet("Другий").append(HEAD)
    book["Другий"].append(["2021", *ROW[1:]])

    assert [(one.path, one.line, one.code) for one in read(saved(book))[1]] == [
        ("content/registers/social/a.xlsx#Sheet", 1, "register-repeated-column"),
        ("content/registers/social/a.xlsx#Другий", 2, "date-format"),
    ]


def test_a_second_table_with_other_columns_on_one_sheet_is_refused():
    rows = [ROW[:4], [], ["Дата", "Сторінка", "Кількість"], ["05.07.2021", "ДМР", 3]]

    assert said(read(xlsx(HEAD[:4], *rows))[1]) == [
        "content/registers/social/a.xlsx#Аркуш1:4: нижче починається таблиця з іншими стовпцями, "
        "перенесіть її на окремий аркуш або в окремий файл [register-header]"
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "файл порожній, поверніть попередню версію або видаліть його [register-damaged]"),
        (b"\0" * 4096, "файл порожній, поверніть попередню версію або видаліть його [register-damaged]"),
        (JOURNAL["xlsx"][:3000], DAMAGED),
        (JOURNAL["ods"][:3000], DAMAGED),
        (JOURNAL["xls"][:3000], DAMAGED),
        (with_part(JOURNAL["xlsx"], SHEET, None), DAMAGED),
        (with_part(JOURNAL["xlsx"], SHEET, "<worksheet><sheetData>"), DAMAGED),
        (b"PK\x05\x06" + bytes(18), DAMAGED),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", DAMAGED),
        ("Просто текст".encode(), DAMAGED),
        (OLE + bytes(2000), DAMAGED),
        (b"<html><table><tr><td>05.07.2021</td></tr></table></html>", MARKUP),
        (b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Workbook/>", MARKUP),
        (b"MIME-Version: 1.0\r\n", MARKUP),
        (with_part(xlsx(), "xl/workbook.bin", b""), f"двійкова книга Excel (.xlsb) не читається, {ANEW} [register-format]"),
        (OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
        (LOCKED_XLS, PASSWORD),
        (with_part(ods(HEAD), "META-INF/manifest.xml", "<manifest:encryption-data/>"), PASSWORD),
        (with_part(ods(HEAD), "encrypted-package", b"x"), PASSWORD),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
def test_a_file_that_is_no_readable_table_is_refused_with_what_to_do(raw, words, name):
    entries, problems = read(raw, name)

    assert (entries, said(problems)) == ([], [f"content/registers/social/{name}:1: {words}"])


def test_entities_that_would_grow_are_refused():
    sheet = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'

    assert said(read(with_part(xlsx(HEAD), SHEET, sheet))[1]) == [f"content/registers/social/a.xlsx:1: {DAMAGED}"]


def too_big(what):
    return [
        f"content/registers/social/a.xlsx:1: таблиця завелика: {what}, розділіть її на кілька файлів [register-too-big]"
    ]


def _sheet(rows, after=""):
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{rows}</sheetData>{after}</worksheet>"
    )


def _cells(repeated_rows, repeated_columns):
    return ods_of(
        f'<table:table table:name="А"><table:table-row table:number-rows-repeated="{repeated_rows}"><table:table-cell '
        f'table:number-columns-repeated="{repeated_columns}" office:value-type="float" office:value="1"/></table:table-row></table:table>'
    )


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (with_part(xlsx(HEAD), SHEET, _sheet(" " * (limits.MAX_UNPACKED + 1))), "у розпакованому вигляді понад 128 МБ"),
        (_cells(1_048_576, 1), "понад 100 000 рядків"),
        (_cells(2_000, 1_000), "понад мільйон клітинок"),
        (_cells(1, 2_000_000_000), "понад 16 384 стовпці"),
        (with_part(xlsx(HEAD), SHEET, _sheet(
            "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 9000)),
            "<mergeCells>" + '<mergeCell ref="B1:XFD1048576"/>' * 3000 + "</mergeCells>",
        )), "забагато об’єднаних клітинок"),
        (b"PK\x03\x04" + bytes(limits.MAX_BYTES), "файл понад 32 МБ"),
    ],
    ids=["unpacked", "rows", "cells", "columns", "merges", "bytes"],
)  # fmt: skip
def test_a_file_made_to_fill_the_memory_is_refused(raw, what):
    entries, problems = read(raw)

    assert (entries, said(problems)) == ([], too_big(what))


def test_an_empty_sheet_that_reaches_to_the_last_cell_costs_nothing():
    blank = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    raw = xlsx(HEAD, ROW)
    end = f'{blank}</sheetData><mergeCells><mergeCell ref="H1:XFD1048576"/></mergeCells>'
    sheet = part(raw, SHEET).replace("</sheetData>", end)

    assert [len(found) for found in read(with_part(raw, SHEET, sheet))] == [1, 0]


def test_a_part_that_lies_about_its_size_is_refused():
    raw = bytearray(with_part(xlsx(HEAD), SHEET, _sheet(" " * 100_000)))
    size = struct.pack("<I", len(_sheet(" " * 100_000)))
    raw = raw.replace(size, struct.pack("<I", 100))

    assert zlib.crc32(raw)
    assert said(read(bytes(raw))[1]) == [f"content/registers/social/a.xlsx:1: {DAMAGED}"]
