"""What stands in report.pdf: every figure, title and source, who approved it, what changed."""

import io
import re
from datetime import date

import pypdf
import pytest

from hromada.report.documents.pdf_data import document_data, lists_data, ranges, text_data
from hromada.report.text.placeholders import Heading, ListBlock, Quote, TextRun, TextTable
from tests.unit.making import replace
from tests.unit.report.documents import pdf_making as making
from tests.unit.report.documents.pdf_reading import DOSSIERS, made, pages_of, squeezed, text_of

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", ["open", "changed", "a long year"])
def test_every_figure_title_and_source_stands_on_paper(name):
    report_document, text = DOSSIERS[name](), text_of(made(name))

    for one in report_document.lists:
        assert squeezed(f"{one.figure.title}–{one.figure.value:,}".replace(",", "")) in text
        for entry in one.entries:
            assert squeezed(entry.title) in text
            assert squeezed(entry.source) in text
    for row in report_document.view.unit_rows:
        assert squeezed(f"{row.title}{row.value}") in text
    for rule in report_document.view.rules:
        assert squeezed(rule) in text


def test_page_numbers_stand_on_every_page_but_the_first():
    pages = pages_of(made("open"))

    for number, one in enumerate(pages[1:], 2):
        assert one.startswith(squeezed(f"Звіт за II півріччя 2021 року{number}Проєкт"))
    assert squeezed(f"Сторінок у документі: {len(pages)}") in pages[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("open", "Проєкт. Станом на 31 грудня 2021 року"),
        ("open", "посадапідписВласне ім’я ПРІЗВИЩЕ"),
        ("unfinished and incomplete", "Проєкт. Період триває. Станом на 31 грудня 2021 року"),
        ("unfinished and incomplete", "Проєкт, архів неповний"),
        ("approved", "Затверджено: начальник відділу інформаційної роботи Олена КОВАЛЕНКО, 3 лютого 2022 року, № 31, редакція 2"),
        ("approved", "Уточнення: додано публікації старостинського округу."),
        ("approved", "начальник відділу інформаційної роботи Олена КОВАЛЕНКО Уточнення: додано"),
        ("approved", "Публікації у соціальних мережах: 570 → 573"),
        ("approved", "такого показника тоді не було"),
        ("approved", "Архів за II півріччя 2020 року неповний."),
        ("approved", "Контрольна сума (SHA-256): " + "9a0b" * 16),
        ("changed", "Зміст сайту після затвердження змінився."),
        ("changed", "631630"),  # approved, and today's count beside it
        ("changed", "Засідання: «Засіданя» → «Засідання»"),
        ("open", "Усі ці записи надруковано в переліку 4 «Публікації у соціальних мережах» під № 1–381."),
        ("open", "сторінки вже немає, враховано за адресою /units/x-0/"),
        ("open", "Знайдено матеріалів: 690 = враховано 677 + чернеток 5 + прихованих 1"),
        ("empty", "Знайдено матеріалів: 0 = враховано 0"),
    ],
)  # fmt: skip
def test_it_says(name, said):
    assert squeezed(said) in text_of(made(name))


def test_an_incomplete_archive_is_said_above_every_figure():
    text = text_of(made("unfinished and incomplete"))

    assert text.index(squeezed("Архів неповний: враховано лише матеріали цього сховища.")) < text.index("631")


def test_a_month_that_has_not_begun_has_no_number():
    news = making.listed("news", "Новини", "публікація", [making.group("Події", [making.entry(1)])])
    (months,) = document_data(making.report_document((news,), (), as_of=date(2021, 10, 5)))["months"]

    assert [row["value"] for row in months["rows"]] == ["1", "0", "0", "0", "–", "–"]


def test_headings_of_the_text_skip_no_level():
    def heading(level):
        return Heading(level, (TextRun("x"),))

    blocks = (heading(4), Quote((heading(6),)), ListBlock(True, ((heading(6),),)), heading(2), heading(1), heading(3))
    found = re.findall(r"'level': (\d)", str(text_data(blocks)))

    assert found == ["2", "3", "4", "2", "2", "3"]


def test_a_list_is_printed_once():
    whole = making.half_year()
    twice = making.report_document((*whole, whole[0]))
    found = [(one["instead"] != "", len(one["groups"])) for one in lists_data(twice)]

    assert found == [(False, 2), (False, 1), (False, 7), (False, 2), (True, 0), (False, 1), (False, 1), (True, 0)]


def test_ranges_of_numbers_are_short():
    assert ranges([1, 2, 3, 7, 40, 41]) == "1–3, 7, 40–41"
    assert ranges([5]) == "5"


def test_a_tally_says_its_counts():
    pdf = making.pdf(making.small(making.entry(1, count=1200), making.entry(2, count=1)))

    assert "Кількість" in text_of(pdf)
    assert squeezed("1 200") in text_of(pdf)


def test_a_former_version_names_the_current_one():
    whole = making.approved()
    second, first = whole.view.approval.versions
    approval = replace(
        whole.view.approval,
        number=1,
        on=date(2022, 1, 14),
        versions=(replace(second, is_current=False), replace(first, is_current=True)),
    )
    text = text_of(making.pdf(replace(whole, view=replace(whole.view, approval=approval))))

    assert squeezed("Це попередня редакція. Чинна: редакція 2 від 3 лютого 2022 року.") in text


def test_nothing_runs_off_the_page():
    title, word = "Дуже довга назва. " * 700, "довжелезне" * 30
    table = TextTable(((TextRun("а"),), (TextRun("б"),)), (((TextRun(title),), (TextRun(word),)),))
    pdf = making.pdf(making.small(making.entry(1, title=title), making.entry(2, title=word), blocks=(table,)))

    assert text_of(pdf).count("назва") == 1400
    for one in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        one.extract_text(visitor_text=_is_on_the_page)


def _is_on_the_page(text, outer, inner, font, size):
    if text.strip():
        across, up = inner[4] * outer[0] + outer[4], inner[5] * outer[3] + outer[5]
        assert 80 < across < 567, text
        assert 30 < up < 842, text
