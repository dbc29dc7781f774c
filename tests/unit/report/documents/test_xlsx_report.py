import io
import zipfile
from collections import Counter
from datetime import date, datetime

import openpyxl
import pytest

from hromada.domain.table_text import escape_formula
from hromada.report.documents import xlsx_report
from hromada.report.documents.report_document import INCOMPLETE
from hromada.report.documents.xlsx_report import report_xlsx
from tests.unit.making import replace
from tests.unit.report.documents import making
from tests.unit.report.documents.making_lists import AWKWARD, entry, group, listed, lists

pytestmark = pytest.mark.long


def reopened(report_document):
    return openpyxl.load_workbook(io.BytesIO(report_xlsx(report_document)))


@pytest.fixture(scope="module")
def book():
    return reopened(making.changed())


def values(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def under(sheet, first):
    """The rows below the head that begins with this title, by its titles."""
    rows = values(sheet)
    head = next(number for number, row in enumerate(rows) if row[0] == first)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


def items_of(*entries):
    """A dossier of one figure with these entries."""
    one = listed("news", "Новини", group("rada", "Рада", list(entries)))
    return replace(making.report_document(), lists=(one,), view=making.view(lists(news=20), figures=(one.figure,)))


def titles_of(*entries):
    return [row["Назва"] for row in under(reopened(items_of(*entries))["Матеріали"], "Ідентифікатор")]


def test_the_sheets_stand_in_the_order_of_the_report(book):
    assert book.sheetnames == ["Показники", "Матеріали", "Порівняння", "Як рахували", "Звірка"]
    assert "Порівняння" not in reopened(making.report_document()).sheetnames


def test_every_total_is_the_sum_of_its_rows(book):
    sums = Counter()
    for row in under(book["Матеріали"], "Ідентифікатор"):
        sums[row["Ідентифікатор"]] += row["Кількість"]
    figures = making.changed().view.figures

    assert {one.id: sums[one.id] for one in figures} == {one.id: one.value for one in figures}


def test_every_part_is_the_sum_of_its_rows(book):
    sums = Counter()
    for row in under(book["Матеріали"], "Ідентифікатор"):
        sums[row["Ідентифікатор"], row["Частина"]] += row["Кількість"]
    parts = [(one.id, part) for one in making.changed().view.figures for part in one.parts]

    assert {(id, part.title): sums[id, part.title] for id, part in parts} == {
        (id, part.title): part.value for id, part in parts
    }


def test_a_month_that_has_not_begun_is_blank():
    one = making.report_document()
    news = one.view.figures[0]
    months = tuple(replace(month, value=3 * (month.id < "2021-10")) for month in news.months)
    view = replace(one.view, figures=(replace(news, months=months),), as_of=date(2021, 10, 5))
    rows = under(reopened(replace(one, view=view))["Показники"], "Ідентифікатор")
    row = next(row for row in rows if row["Ідентифікатор"] == "news")

    assert (row["вересень 2021"], row["жовтень 2021"], row["листопад 2021"]) == (3, 0, None)


def test_figures_have_their_window_and_their_months(book):
    rows = under(book["Показники"], "Ідентифікатор")
    news, paper = (next(row for row in rows if row["Ідентифікатор"] == id) for id in ("news", "newspaper"))

    assert (news["Показник"], news["Період"]) == ("Публікації у розділі «Новини»", "з 01.07.2021 по 31.12.2021")
    assert (news["Кількість"], news["Нині"], news["липень 2020"]) == (631, 629, None)
    assert paper["Період"] == "з 01.07.2020 по 31.12.2021"
    months = [title for title in paper if title and title.endswith((" 2020", " 2021"))]
    assert (months[0], months[-1], len(months)) == ("липень 2020", "грудень 2021", 18)
    assert sum(paper[month] for month in months) == 34


def test_parts_of_zero_are_rows_too(book):
    rows = under(book["Показники"], "Ідентифікатор")

    assert {"Показник": "Спорт", "Кількість": 0}.items() <= next(
        row for row in rows if row["Показник"] == "Спорт"
    ).items()


def test_todays_count_has_a_column_only_when_it_differs():
    head = [cell for row in values(reopened(making.approved())["Показники"]) for cell in row]

    assert "Нині" not in head


def test_the_report_is_introduced_above_its_numbers():
    rows = values(reopened(making.incomplete())["Показники"])

    assert [row[0] for row in rows[:4]][-1] == INCOMPLETE
    assert rows[0][0].startswith("Звіт про виконану роботу")


@pytest.mark.parametrize("title", [*AWKWARD[:5], "{=1+1}", "http://рада.example/", "007", "1,5"])
def test_a_title_stays_text(title):
    sheet = reopened(items_of(entry(1, title=title)))["Матеріали"]

    assert (sheet["F2"].value, sheet["F2"].data_type, sheet["F2"].hyperlink) == (escape_formula(title), "s", None)


def test_there_is_no_formula_in_the_whole_book():
    file = zipfile.ZipFile(io.BytesIO(report_xlsx(making.changed())))
    sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]

    assert len(sheets) == 5
    assert [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet] == []


def test_days_are_real_dates(book):
    cell = book["Матеріали"]["D2"]

    assert (cell.value, cell.number_format, cell.is_date) == (datetime(2021, 7, 1), "dd.mm.yyyy", True)


def test_an_entry_without_a_day_has_an_empty_cell():
    assert reopened(items_of(entry(1, day=None)))["Матеріали"]["D2"].value is None


def test_a_day_that_excel_does_not_know_is_text():
    assert reopened(items_of(entry(1, day=date(1899, 12, 31))))["Матеріали"]["D2"].value == "1899-12-31"


def test_a_link_is_absolute_and_leads_there(book):
    cell = book["Матеріали"]["G2"]

    assert cell.value == cell.hyperlink.target == "https://hromada.example/news/publikatsiia-0-2021-07-01/"


def test_a_page_that_is_gone_has_its_address_and_no_link():
    cell = reopened(items_of(entry(1, path_or_url="", address="/news/x/")))["Матеріали"]["G2"]

    assert (cell.value, cell.hyperlink) == ("https://hromada.example/news/x/", None)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "internal:A1",
        "external:x.xlsx",
        "http://[",
        "https://x.example/" + "а" * 700,
    ],
)
def test_what_excel_must_not_open_stays_words(url):
    cell = reopened(items_of(entry(1, path_or_url=url, external=True)))["Матеріали"]["G2"]

    assert (cell.value, cell.hyperlink) == (url, None)


def test_beyond_excels_number_of_links_addresses_stay_words(monkeypatch):
    monkeypatch.setattr(xlsx_report, "LINKS", 2)

    sheet = reopened(items_of(*map(entry, range(4))))["Матеріали"]

    assert [bool(sheet[f"G{row}"].hyperlink) for row in (2, 3, 4, 5)] == [True, True, False, False]
    assert sheet["G5"].value.startswith("https://hromada.example/news/")


@pytest.mark.parametrize("letter", ["я", "🌻"])
def test_a_title_too_long_for_a_cell_is_cut_and_says_so(letter):
    (title,) = titles_of(entry(1, title=letter * 40_000))

    assert title.endswith(f"{letter}…")
    assert 32_765 <= len(title.encode("utf-16-le")) // 2 <= 32_767


def test_signs_that_xml_cannot_hold_fail_nothing():
    assert titles_of(entry(1, title="Рада\x0b\ud800: звіт\nза рік")) == ["Рада: звіт за рік"]


def test_the_head_stays_in_sight_and_chooses_rows(book):
    sheet = book["Матеріали"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:I{sheet.max_row}"
    assert sheet.print_title_rows == "$1:$1"


def test_columns_are_wide_enough_for_their_words(book):
    sheet = book["Матеріали"]

    assert [sheet.column_dimensions[letter].width > 10 for letter in "ABCDEFGHI"] == [True] * 9


def test_differences_are_numbers(book):
    rows = under(book["Порівняння"], "Ідентифікатор")

    cells = [cell.value for cell in book["Порівняння"][2]]
    assert cells[:6] == ["news", "Публікації у розділі «Новини»", 631, 573, 58, pytest.approx(0.101)]
    assert book["Порівняння"]["F2"].number_format.startswith("+0.0\N{NO-BREAK SPACE}%;")
    paper = next(row for row in rows if row["Ідентифікатор"] == "newspaper")
    assert (paper["I півріччя 2021 року"], paper["II півріччя 2020 року"]) == (None, None)
    assert rows[-1]["Ідентифікатор"].startswith("За II півріччя 2020 року враховано не весь період")


def test_the_rules_and_the_reconciliation_are_there(book):
    rules, check = values(book["Як рахували"]), values(book["Звірка"])

    assert rules[0][1] == "Правила підрахунку, версія 1"
    assert [row[1] for row in rules[1:]] == list(making.changed().view.rules)
    assert [row[1] for row in check[1:8]] == [713, 677, 8, 3, 4, 9, 12]
    assert check[1][1] == sum(row[1] for row in check[2:8])
    assert check[-1] == ["Газета", 1040, 34, 0, 0, 6]


def test_the_properties_are_the_documents_own(book):
    assert book.properties.title == making.changed().view.title
    assert book.properties.creator == making.changed().view.publisher
    assert book.properties.created.date() == date(2022, 2, 1)


def test_a_silent_half_year_has_its_workbook():
    book = reopened(making.silent())

    assert len(values(book["Матеріали"])) == 1
    assert [row["Кількість"] for row in under(book["Показники"], "Ідентифікатор")] == [0, 0]
