"""Registers in .xlsx, .xls and .ods: what is read."""

import subprocess
import sys
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hromada.reading.registers import find_duplicates
from tests.conftest import ROOT
from tests.properties import examples
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
    saved_again,
    told,
    with_part,
    xlsx,
)  # fmt: skip

RADA = {"account": "rada", "network": "facebook", "group": "main", "kind": "допис"}
ROW = [datetime(2021, 7, 5), "ДМР", "facebook", "Свято", "https://facebook.com/rada/1", "7"]


@pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])
def test_one_table_saved_by_libreoffice_is_the_same_in_each_format(format):
    """Titles, a header of two rows, merged dates, numbered columns, links, sums, a sheet formatted down to its last cell."""
    entries, problems = read((SAVED / f"journal.{format}").read_bytes(), f"journal.{format}")

    assert problems == []
    assert told(entries) == [
        ("2021-07-05 00:00:00", "Свято", "https://www.facebook.com/rada/posts/1", "123456789012345", 1, RADA),
        ("2021-07-05 00:00:00", "Свято", "https://www.instagram.com/p/abc/", "178000000000000001", 1,
         RADA | {"network": "instagram"}),
        ("2021-07-06 14:30:00", "Матч", "", "", 1, RADA | {"account": "zevs", "group": "other"}),
        ("2021-07-07 00:00:00", "12", "", "0012", 1, RADA),
        ("2021-08-01 00:00:00", "Серпень", "", "", 1, RADA),
    ]  # fmt: skip
    assert [str(one.location) for one in entries] == [
        f"content/registers/social/journal.{format}#{place}"
        for place in ("Липень:6", "Липень:7", "Липень:8", "Липень:9", "Серпень:2")
    ]


@pytest.mark.parametrize("format", ["xlsx", "xls", "ods"])
def test_the_bytes_and_not_the_name_say_what_a_file_is(format):
    raw = (SAVED / f"journal.{format}").read_bytes()

    assert [len(read(raw, name)[0]) for name in ("a.xlsx", "a.xls", "a.ods", "a.csv")] == [5, 5, 5, 5]


def test_a_text_table_that_calls_itself_a_spreadsheet_is_read():
    entries, problems = read("Дата\tСторінка\n05.07.2021\tЗевс\n".replace("Зевс", "СОК Зевс").encode("cp1251"), "a.xls")

    assert ([str(one.location) for one in entries], problems) == (["content/registers/social/a.xls:2"], [])


def test_every_sheet_is_read_and_blank_ones_are_passed_over():
    book = openpyxl.Workbook()
    for title in ("Липень", "Серпень"):
        sheet = book.create_sheet(title)
        sheet.append(HEAD[:4])
        sheet.append(["05.07.2021", "ДМР", "facebook", title])
    book["Серпень"]["XFD1048576"].font = Font(bold=True)

    entries, problems = read(saved(book))

    assert ([str(one.location).split("#")[1] for one in entries], problems) == (["Липень:2", "Серпень:2"], [])


@pytest.mark.parametrize(
    ("is_1904", "written", "read_as"),
    [
        (False, 44382, "2021-07-05 00:00:00"),
        (False, 44382.604166666664, "2021-07-05 14:30:00"),
        (False, 44382.99999999999, "2021-07-06 00:00:00"),
        (False, 61, "1900-03-01 00:00:00"),
        (False, 59, "1900-02-28 00:00:00"),
        (True, 42920, "2021-07-05 00:00:00"),
        (True, 42920.604166666664, "2021-07-05 14:30:00"),
    ],
)
def test_serial_dates_are_days_of_either_system(is_1904, written, read_as):
    book = openpyxl.Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    book.active.append(HEAD[:4])
    book.active.append([written, "ДМР", "facebook", "x"])
    book.active["A2"].number_format = 'dd" день "mm.yyyy'

    entries, problems = read(saved(book))

    assert ([str(one.when) for one in entries], problems) == ([read_as], [])


@pytest.mark.parametrize(
    "text", ["5 липня 2021 р.", "понеділок, 5 липня 2021 року", "05 лип. 2021, 10:00", "5\u00a0ЛИПНЯ 2021 о 10.00"]
)
@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_date_in_words_is_read_as_in_csv(text, make):
    entries, problems = read(make(HEAD, [text, "ДМР", "facebook", "Свято", "", ""]))

    assert (str(entries[0].day), entries[0].title, problems) == ("2021-07-05", "Свято", [])


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_weekday_of_another_day_is_refused_in_its_cell_s_row(make):
    entries, (problem,) = read(make(HEAD, ["неділя, 5 липня 2021", "ДМР", "facebook", "Свято", "", ""]))

    assert (entries, problem.line, problem.code) == ([], 2, "date-weekday")


@pytest.mark.parametrize("written", ["05.07.2021", "2021-07-05", date(2021, 7, 5), datetime(2021, 7, 5)])
def test_a_date_is_read_as_text_and_as_a_date(written):
    for raw in (xlsx(HEAD, [written, *ROW[1:]]), ods(HEAD, [written, *ROW[1:]])):
        assert [str(one.day) for one in read(raw)[0]] == ["2021-07-05"]


@pytest.mark.parametrize(
    ("count", "read_as"),
    [(3, 3), (3.0, 3), ("3", 3), (0, 0), (2.9999999999999996, 3), ("3,0", 3), ("12.00", 12)],
)  # fmt: skip
def test_a_count_is_a_whole_number_however_it_is_stored(count, read_as):
    for make in (xlsx, ods):
        entries, problems = read(make(["Дата", "Канал", "Кількість"], [ROW[0], "телефон", count]), register="requests")

        assert ([one.count for one in entries], problems) == ([read_as], [])


def test_numbers_are_printed_as_people_write_them():
    entries, problems = read(
        xlsx(["Дата", "Видання", "Номер", "Назва"], [ROW[0], "Вісті", 12.0, 2021], [ROW[0], "Вісті", "0012", 1.5]),
        register="newspaper",
    )

    assert problems == []
    assert [(one.traits["issue"], one.title) for one in entries] == [("12", "2021"), ("0012", "1,5")]


def test_a_long_id_keeps_its_digits_as_text_and_up_to_fifteen_as_a_number():
    rows = [[*ROW[:5], id] for id in ("178414012345678901", 999_999_999_999_999)]
    entries, problems = read(xlsx(HEAD, *rows))

    assert ([one.id for one in entries], problems) == (["178414012345678901", "999999999999999"], [])


@pytest.mark.parametrize(
    ("text", "target", "url"),
    [
        ("допис", "https://facebook.com/rada/1", "https://facebook.com/rada/1"),
        ("https://facebook.com/rada/po…", "https://facebook.com/rada/posts/1", "https://facebook.com/rada/posts/1"),
        ("facebook.com", "https://facebook.com/rada/1", "https://facebook.com/rada/1"),
        ("https://facebook.com/rada/2", "https://facebook.com/rada/1", "https://facebook.com/rada/2"),
        ("facebook.com/rada/2", "https://facebook.com/rada/1", "facebook.com/rada/2"),
        ('=HYPERLINK("https://facebook.com/rada/3","допис")', None, "https://facebook.com/rada/3"),
    ],
)
def test_a_link_is_the_address_that_is_written_or_else_where_it_leads(text, target, url):
    def link(sheet):
        if target:
            sheet["E2"].hyperlink = target
            sheet["E2"].value = text

    entries, problems = read(xlsx(HEAD, [*ROW[:4], text, "7"], change=link))

    assert ([one.url for one in entries], problems) == ([url], [])


def test_merged_cells_stand_for_each_row_that_they_span():
    def merge(sheet):
        for area in ("A2:A4", "B2:B4", "D3:D4"):
            sheet.merge_cells(area)

    rows = [ROW[:4], [None, None, "instagram", "Другий"], [None, None, "facebook"], ["06.07.2021", *ROW[1:4]]]
    entries, problems = read(xlsx(HEAD[:4], *rows, change=merge))

    assert problems == []
    assert [(str(one.day), one.title) for one in entries] == [
        ("2021-07-05", "Свято"), ("2021-07-05", "Другий"), ("2021-07-05", "Другий"), ("2021-07-06", "Свято")
    ]  # fmt: skip


def test_a_row_two_cells_high_is_one_publication():
    def merge(sheet):
        for letter in "ABCD":
            sheet.merge_cells(f"{letter}2:{letter}3")

    entries, problems = read(xlsx(HEAD[:4], ROW[:4], [], ["06.07.2021", *ROW[1:4]], change=merge))

    assert ([one.location.line for one in entries], problems) == ([2, 4], [])


@pytest.mark.parametrize(
    "row",
    [
        ["Всього", None, None, 2],
        ["Разом:", None, None, 2],
        [None, "УСЬОГО публікацій", None, 2],
        [None, None, None, "Усього за липень 2021 року: 2"],
        ["Итого", None, 2, None],
        ["Всього", None, None, "=COUNTA(D2:D3)"],
    ],
)
def test_a_row_of_sums_is_no_publication(row):
    rows = [[*ROW[:4], "", "1"], [*ROW[:4], "", "2"]]
    entries, problems = read(xlsx(HEAD, *rows, row))

    assert ([one.location.line for one in entries], problems) == ([2, 3], [])


@pytest.mark.parametrize(
    "row",
    [
        ["05.07.2021", "ДМР", "facebook", "Всього 5"],  # a title
        ["05.07.2021", "ДМР", "facebook", "Разом"],
    ],
)
def test_a_dated_row_is_never_taken_for_a_sum(row):
    assert len(read(xlsx(HEAD, row))[0]) == 1


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ([None, "ДМР", "facebook", "Разом"], {"date-missing"}),
        ([None, None, None, "Разом переможемо", 1], {"date-missing", "account-unknown"}),
        (["Всього"], {"date-format", "account-unknown"}),
        ([None, None, None, "Разом", "https://facebook.com/1", 5], {"date-missing", "account-unknown"}),
        ([None, None, None, "Разом", None, 5], {"date-missing", "account-unknown"}),  # an id
    ],
)
def test_a_row_that_only_looks_like_a_sum_is_refused_and_not_swallowed(row, codes):
    assert {one.code for one in read(xlsx(HEAD, row))[1]} == codes


def test_sums_of_parts_and_of_the_whole_are_compared_with_the_rows():
    rows = [["05.07.2021", "телефон", 3], ["06.07.2021", "пошта", 4], ["Разом", None, 7], ["05.08.2021", "пошта", 2],
            ["Разом", None, 2], ["Всього", None, 10]]  # fmt: skip
    entries, problems = read(xlsx(["Дата", "Канал", "Кількість"], *rows), register="requests")

    assert sum(one.count for one in entries) == 9
    assert said(problems) == [
        "content/registers/requests/a.xlsx#Аркуш1:7: попередження: у підсумковому рядку 10, а рядки над ним дають 9, "
        "рахуються рядки; перевірте, чи жоден не пропущено [register-total]"
    ]


@pytest.mark.parametrize(("total", "codes"), [(0, ["register-total"]), (2, []), (3, ["register-total"])])
def test_a_sum_without_a_column_of_counts_says_how_many_rows_there_are(total, codes):
    _, problems = read(xlsx(["№", *HEAD[:4]], [1, *ROW[:4]], [2, *ROW[:3], "Друга"], ["Всього", total]))

    assert [one.code for one in problems] == codes


def test_numbers_of_rows_and_columns_and_a_repeated_header_are_no_publications():
    head = ["№ з/п", *HEAD[:4]]
    rows = [[1, 2, 3, 4, 5], [1, *ROW[:4]], head, [2, *ROW[:3], "Друга"], [3], [4]]
    entries, problems = read(xlsx(["Журнал"], [], head, *rows))

    assert ([(one.location.line, one.title) for one in entries], problems) == ([(5, "Свято"), (7, "Друга")], [])


def test_dashes_say_that_there_is_nothing():
    rows = [[*ROW[:3], "Перша", "-", "–"], [*ROW[:2], "—", "Друга", "https://facebook.com/2", "-"]]
    entries, problems = read(xlsx(HEAD, *rows))

    assert ([(one.url, one.id) for one in entries], problems) == ([("", ""), ("https://facebook.com/2", "")], [])
    assert list(find_duplicates(entries)) == []


def test_the_same_publication_in_files_of_different_formats_is_found():
    first, _ = read(xlsx(HEAD, ROW), "a.xlsx")
    second, _ = read(ods(HEAD, [*ROW[:4], "https://m.facebook.com/rada/1", ""]), "b.ods")
    third, _ = read(";".join(HEAD).encode() + "\n05.07.2021;ДМР;facebook;x;;7".encode(), "c.csv")

    assert said(find_duplicates([*third, *second, *first])) == [
        f"content/registers/social/{place}: ця публікація вже є: content/registers/social/a.xlsx#Аркуш1:2, "
        "приберіть один із двох рядків [duplicate-publication]"
        for place in ("b.ods#Аркуш1:2", "c.csv:2")
    ]


def test_a_hidden_row_counts_and_a_hidden_sheet_counts_with_a_warning():
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("Видимий")

    for raw, name in ((xlsx(HEAD, ROW, change=hide), "a.xlsx"), (ods(HEAD, ROW, style="ta2"), "a.ods")):
        entries, problems = read(raw, name)

        assert len(entries) == 1
        assert said(problems) == [
            f"content/registers/social/{name}#Аркуш1:1: попередження: аркуш приховано, а його рядки враховано, "
            "покажіть його або приберіть [register-hidden]"
        ]


def test_comments_drawings_and_copies_of_other_files_are_no_cells_of_ods():
    texts = '<table:table-cell office:value-type="string"><office:annotation><text:p>примітка</text:p></office:annotation><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(map(texts.format, row))}</table:table-row>"
        for row in (HEAD[:4], ["05.07.2021", "ДМР", "facebook", 'два<text:s text:c="2"/>слова'])
    )
    copy = "<table:table table:name=\"'file:///a.ods'#$Аркуш\"><table:table-source/><table:table-row>{}</table:table-row></table:table>"
    raw = ods_of(f'<table:table table:name="А">{rows}</table:table>' + copy.format(texts.format("x")))

    entries, problems = read(raw)

    assert ([one.title for one in entries], problems) == (["два  слова"], [])


def test_what_other_programs_write_into_xlsx_is_read():
    """The strict namespace, no references, runs of text with their pronunciation, escaped signs, absolute targets."""
    texts = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEAD[:4])
    row = (
        '<c t="d"><v>2021-07-05T14:30:00</v></c><c t="str"><v>ДМР</v></c><c t="str"><v>facebook</v></c>'
        '<c t="inlineStr"><is><r><t>Свя</t></r><r><t>то_x0041_</t></r><rPh sb="0" eb="1"><t>зайве</t></rPh></is></c>'
    )
    sheet = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">'
        f"<x:sheetData><row>{texts}</row><row>{row}</row></x:sheetData></x:worksheet>"
    )
    raw = with_part(xlsx(), SHEET, sheet)
    raw = with_part(
        raw, "xl/_rels/workbook.xml.rels", part(raw, "xl/_rels/workbook.xml.rels").replace("/xl/", "\\xl\\")
    )

    entries, problems = read(raw)

    assert ([(str(one.when), one.title) for one in entries], problems) == ([("2021-07-05 14:30:00", "СвятоA")], [])


words = st.text(st.sampled_from("абвгґ ʼ’\"«»;,.\t№#1 "), min_size=1, max_size=12).map(str.strip).filter(
    lambda text: text.strip("\"'") and text[0] not in "#"
)  # fmt: skip
rows_of_text = st.lists(
    st.tuples(
        st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["ДМР", "СОК Зевс"]),
        st.sampled_from(["facebook", ""]), words, st.just("https://facebook.com/1") | st.just(""),
        st.integers(1, 10**14).map(str) | st.just("") | st.just("007"),
    ),
    max_size=6,
)  # fmt: skip


@examples(0.25)
@given(rows_of_text, st.sampled_from(";,\t"), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_any_table_gives_the_same_entries_in_each_format(rows, mark, encoding):
    def quoted(text):
        return '"' + text.replace('"', '""') + '"'

    lines = [mark.join(HEAD), *(mark.join([f"{row[0]:%d.%m.%Y}", *map(quoted, row[1:])]) for row in rows)]
    as_csv, csv_problems = read("\r\n".join(lines).encode(encoding), "a.csv")
    as_xlsx, xlsx_problems = read(xlsx(HEAD, *rows))
    as_ods, ods_problems = read(ods(HEAD, *rows), "a.ods")
    again, _ = read(saved_again(xlsx(HEAD, *rows)))

    assert told(as_csv) == told(as_xlsx) == told(as_ods) == told(again)
    kinds = [[(one.line, one.code) for one in found] for found in (csv_problems, xlsx_problems, ods_problems)]
    assert kinds[0] == kinds[1] == kinds[2]


def test_libraries_of_spreadsheets_are_left_alone_where_there_is_none():
    code = (
        "import sys; from hromada.reading.registers import read_register_file as read; from hromada.domain.account import Accounts;"
        "read('requests', 'a.csv', 'Дата;Канал\\n05.07.2021;x'.encode(), Accounts.of(()));"
        "print([name for name in ('xlrd', 'zipfile', 'pyexpat') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "plugins")},
    )  # fmt: skip

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


CONTROLS = [("Свято \x0b міста", "Свято міста"), ("Рядок \r\n перший", "Рядок перший"), ("Один\nдва", "Один два"), ("а\x07б", "а б"),
            ("\x1fСвято\x00", "Свято"), ("а\x85б\u2028в", "а б в"), ("Табуляція\tтут", "Табуляція тут"), ("а  б\xa0в", "а  б\xa0в")]  # fmt: skip


def escaped(text):
    """As Excel writes signs that XML can't hold."""
    return "".join(f"_x{ord(sign):04X}_" if ord(sign) < 32 else sign for sign in text)


@pytest.mark.parametrize(("text", "shown"), CONTROLS, ids=ascii)
def test_control_characters_and_line_ends_of_a_cell_are_one_space(text, shown):
    entries, problems = read(xlsx(HEAD, [*ROW[:3], escaped(text), *ROW[4:]]))

    assert ([one.title for one in entries], problems) == ([shown], [])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Свято _xD83C__xDF84_ міста", "Свято 🎄 міста"),
        ("Свято _xD83C_ міста", "Свято \ufffd міста"),
        ("Свято_xFFFE_міста", "Свято міста"),
    ],
)
def test_what_no_page_can_hold_is_no_part_of_a_title_from_excel(text, shown):
    entries, problems = read(xlsx(HEAD, [*ROW[:3], text, *ROW[4:]]))

    assert ([one.title for one in entries], problems) == ([shown], [])


@pytest.mark.parametrize(
    ("account", "text", "shown"),
    [
        ("ДМР", "Рядок _x000D_ перший", "Рядок перший"),
        ("ДМР_x000D_", "Свято_x000B_міста", "Свято міста"),
        ("_x0009_ДМР", "Один_x000D__x000A_два_x000d_", "Один два"),
        ("ДМР", "Файл _x0041_ і x000D_", "Файл _x0041_ і x000D_"),
    ],
)
def test_what_excel_calls_a_control_character_is_one_in_csv_too(account, text, shown):
    entries, problems = read(f"Дата;Сторінка;Мережа;Назва\n05.07.2021;{account};facebook;{text}\n".encode(), "a.csv")

    assert ([one.title for one in entries], problems) == ([shown], [])


UNSEEN = ["\u200b", "\u200e", "\u00ad", "\ufeff", "\u2060", "\u202a"]
SEEN = ["05.07.2021", "ДМР", "facebook", "репост", "https://www.facebook.com/rada/posts/1"]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
@pytest.mark.parametrize("place", range(len(SEEN)))
def test_an_invisible_character_in_a_cell_makes_no_other_value_of_it(place, sign):
    copied = [f"{sign}{cell}{sign}" if at == place else cell for at, cell in enumerate(SEEN)]
    table = f"Дата{sign};Сторінка;Мережа;Вид;Посилання;Назва\n{';'.join(copied)};Свято\n"
    (entry,), problems = read(table.encode(), "a.csv")

    assert problems == []
    assert (str(entry.day), entry.traits["account"], entry.traits["network"], entry.traits["kind"], entry.url) == (
        "2021-07-05", "rada", "facebook", "репост", SEEN[4],
    )  # fmt: skip


def test_one_post_is_one_also_where_its_address_was_copied_with_an_invisible_character():
    row = "05.07.2021;ДМР;facebook;допис;https://www.facebook.com/rada/posts/1{};Свято\n"
    entries, _ = read(
        f"Дата;Сторінка;Мережа;Вид;Посилання;Назва\n{row.format('')}{row.format(UNSEEN[0])}".encode(), "a.csv"
    )

    assert len({entry.url for entry in entries}) == 1


def test_a_cell_of_two_lines_is_one_line_in_csv_too():
    entries, problems = read('Дата;Сторінка;Мережа;Назва\n05.07.2021;ДМР;facebook;"Рядок\nдругий"\n'.encode(), "a.csv")

    assert ([one.title for one in entries], problems) == (["Рядок другий"], [])


@pytest.mark.parametrize("network", ["instagram", "Instagram", "https://www.instagram.com/p/abc/"])
def test_a_row_on_a_network_that_its_account_lacks_is_counted_with_a_warning(network):
    is_link = network.startswith("https")
    row = f"05.07.2021;СОК «Зевс»;{'' if is_link else network};Свято;{network if is_link else ''}"
    entries, problems = read(f"Дата;Сторінка;Мережа;Назва;Посилання\n{row}\n".encode(), "a.csv")

    assert [one.traits["network"] for one in entries] == ["instagram"]
    assert [(one.code, one.level.value) for one in problems] == [("network-not-listed", "warning")]
