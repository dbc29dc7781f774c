import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from hromada.report.documents.docx_report import report_docx
from hromada.report.documents.report_document import INCOMPLETE
from tests.unit.making import replace
from tests.unit.report.documents import making
from tests.unit.report.documents.docx_reading import NBSP, member, reopened, rows, styled, table, words

FONT = "Times New Roman"
HYPHEN, JOINER = "\N{NON-BREAKING HYPHEN}", "\N{WORD JOINER}"


@pytest.fixture(scope="module")
def file():
    return report_docx(making.changed())


@pytest.fixture(scope="module")
def document(file):
    return docx.Document(io.BytesIO(file))


def test_the_page_is_a4_with_the_margins_of_the_standard(document):
    page = document.sections[0]

    assert (page.page_width.mm, page.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    margins = (page.left_margin, page.right_margin, page.top_margin, page.bottom_margin)
    assert margins == pytest.approx((Mm(30), Mm(10), Mm(20), Mm(20)), abs=Pt(0.1))


def test_pages_are_numbered_from_the_second_one_on(document):
    page = document.sections[0]

    assert page.different_first_page_header_footer
    assert page.first_page_header.is_linked_to_previous  # to nothing: the first page has no header
    assert " PAGE " in page.header._element.xml
    assert page.header.paragraphs[0].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_every_style_is_black_times_new_roman(document):
    styles = document.styles.element.xml

    assert all(f'w:{script}="{FONT}"' in styles for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    assert "Theme=" not in styles.replace("themeFontLang", "")
    assert re.findall("<w:color ", styles) == []
    assert len(re.findall("<w:rFonts", styles)) == 1


@pytest.mark.parametrize("part", ["word/styles.xml", "word/settings.xml"])
def test_the_language_is_ukrainian(file, part):
    xml = member(file, part)

    assert 'w:val="uk-UA"' in xml
    assert "en-US" not in xml


def test_nothing_of_the_programs_template_is_left(file):
    names = zipfile.ZipFile(io.BytesIO(file)).namelist()

    assert sorted(names) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
        "word/header1.xml", "word/numbering.xml", "word/settings.xml", "word/styles.xml",
    ]  # fmt: skip


def test_body_text_is_14_points_with_its_first_line_set_in(document):
    body = document.styles["Body Text"]

    assert 'w:sz w:val="28"' in document.styles.element.xml.partition("</w:docDefaults>")[0]
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(12.5, abs=0.1)
    assert document.styles["Текст таблиці"].font.size == Pt(12)


def test_the_properties_are_the_documents_own(document):
    about = document.core_properties

    assert about.title.startswith("Звіт про виконану роботу")
    assert about.author == about.last_modified_by == making.changed().view.publisher
    assert about.language == "uk-UA"
    assert about.created.date() == about.modified.date() == date(2022, 2, 1)
    assert about.comments == ""


def test_an_open_reports_date_is_the_day_up_to_which_it_is_counted():
    assert reopened(making.incomplete()).core_properties.created.date() == date(2021, 10, 5)


def test_the_publisher_stands_above_the_title(document):
    first, second = document.paragraphs[:2]

    assert (first._p.style, second._p.style) == ("Publisher", "Title")
    assert first.text.startswith("Дергачівська міська рада")


def test_an_approved_report_says_by_whom_and_when():
    assert styled(reopened(making.approved()), "Standing") == [
        "Затверджено: начальник відділу інформаційної роботи та роботи із засобами масової інформації Олена КОВАЛЕНКО,"
        f" 1{NBSP}лютого 2022 року, №{NBSP}15{HYPHEN}р, редакція{NBSP}2",
        "Уточнення: додано дописи за грудень.",
    ]


def test_a_former_version_names_the_one_in_force():
    first, second = making.approval().versions[1], making.approval().versions[0]
    approval = making.approval(
        number=1, note="", versions=(replace(second, is_current=False), replace(first, is_current=True))
    )

    assert styled(reopened(making.approved(approval=approval)), "Standing")[-1] == (
        f"Це попередня редакція. Чинна: редакція 2 від 1{NBSP}лютого 2022 року."
    )


def test_an_open_report_is_a_draft():
    assert styled(reopened(making.report_document()), "Standing") == [f"Проєкт. Станом на 31{NBSP}грудня 2021 року"]


def test_an_incomplete_archive_is_said_above_every_figure():
    document = reopened(making.incomplete())

    said = words(document)
    assert said[3] == f"{INCOMPLETE}."
    assert f"Проєкт. Період триває. Станом на 5{NBSP}жовтня 2021 року" in said[:3]
    assert f"{INCOMPLETE}." not in words(reopened(making.report_document()))


def test_the_reports_address_is_printed(document):
    assert any("за адресою https://hromada.example/reports/2021-h2/." in text for text in words(document))


def test_a_site_without_a_real_address_has_none_printed_nor_linked():
    document = reopened(replace(making.report_document(), address="/sait", text=()))
    links = [one.address for paragraph in document.paragraphs for one in paragraph.hyperlinks]

    assert not [text for text in words(document) if "hromada.example" in text or "Звіт на сайті" in text]
    assert not [link for link in links if "/reports/" in link]


def test_an_approved_report_is_signed(document):
    signature = document.tables[-1]

    cells = [cell.text for cell in signature.rows[0].cells]
    assert cells[0] == "Начальник відділу інформаційної роботи та роботи із засобами масової інформації"
    assert cells[4] == "Олена КОВАЛЕНКО"
    assert words(document)[-1] == f"1{NBSP}лютого 2022 року  №{NBSP}15{HYPHEN}р"


def test_a_documents_number_is_one_piece_wherever_it_is_printed():
    first = making.approval().versions[1]
    approval = making.approval(document="7/р-2", versions=(replace(first, document="02-01/15"),))
    said = words(reopened(making.approved(approval=approval)))

    assert sum(f"№{NBSP}7/{JOINER}р{HYPHEN}2" in text for text in said) == 2
    assert any(f"№{NBSP}02{HYPHEN}01/15: начальник відділу Олена КОВАЛЕНКО." in text for text in said)


def test_a_report_that_is_not_approved_has_lines_to_sign_on():
    document = reopened(making.report_document())

    assert rows(document.tables[-1]) == [["", "", "", "", ""], ["посада", "", "підпис", "", "Власне ім’я ПРІЗВИЩЕ"]]
    assert "___" in words(document)[-1]


def test_a_signature_never_stands_alone_on_a_page(document):
    address = next(one for one in document.paragraphs if "за адресою" in one.text)

    assert address.paragraph_format.keep_with_next
    assert document.styles["Signature"].paragraph_format.keep_with_next


def test_a_silent_half_year_has_its_document():
    document = reopened(making.silent())

    figures = rows(table(document, "Показник", "Період", "Кількість"))
    assert figures[1] == ["Публікації у розділі «Новини»", "період звіту", "0"]
    assert "Сторінки підрозділів та організацій" not in words(document)
    assert any("https://hromada.example/sait/reports/2021-h2/" in text for text in words(document))
