import re

import pytest

from hromada.report.text.placeholders import Paragraph, TextRun
from tests.unit.making import replace
from tests.unit.report.documents import making
from tests.unit.report.documents.docx_reading import numbered, reopened, table, words
from tests.unit.report.documents.making_lists import XSS


@pytest.fixture(scope="module")
def document():
    return reopened(making.changed())


def test_headings_are_words_own(document):
    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]

    assert headings == [
        ("Heading 1", "Співпраця з газетою"),
        ("Heading 1", "Показники"),
        ("Heading 1", "Сторінки підрозділів та організацій"),
        ("Heading 1", "Соціальні мережі"),
        ("Heading 1", "Порівняння"),
        ("Heading 1", "За місяцями"),
        ("Heading 1", "Як рахували"),
        ("Heading 1", "Звірка"),
        ("Heading 1", "Після затвердження"),
        ("Heading 1", "Затвердження"),
        ("Heading 1", "Звіт на сайті"),
    ]


def test_a_list_in_a_list_keeps_its_level_and_the_next_list_begins_anew(document):
    items = {text: (list_id, level) for text, list_id, level in numbered(document)}
    first, nested, deepest = (
        items["Забезпечено створення символіки територіальної громади."],
        items["на сторінці ради – 381;"],
        items["округи;"],
    )
    again = items["Ще один список починається заново."]

    assert (first[1], nested[1], deepest[1], again[1]) == (0, 1, 2, 0)
    assert len({first[0], nested[0], deepest[0], again[0]}) == 4
    restarts = document.part.numbering_part.element.xpath("w:num/w:lvlOverride/w:startOverride/@w:val")
    assert set(restarts) == {"1"}


def test_an_ordered_list_begins_where_the_text_says():
    block = making.text()[2]
    report_document = replace(making.report_document(), text=(replace(block, start=5),))

    assert reopened(report_document).part.numbering_part.element.xpath("w:num[1]//w:startOverride/@w:val") == ["5"]


def test_no_number_of_a_list_is_typed(document):
    assert [text for text, *_ in numbered(document) if re.match(r"\d+[.)] |[–-] ", text)] == []


def test_bold_italic_and_line_ends_come_through(document):
    number = next(run for one in document.paragraphs for link in one.hyperlinks for run in link.runs if run.bold)
    quote = next(one for one in document.paragraphs if one._p.style == "Quote")

    assert number.text == "631 публікацію"
    assert [(run.text, run.bold, run.italic) for run in quote.runs] == [
        ("Слово\nгромади", None, True), (" & ", None, None), ("влади", True, None),
    ]  # fmt: skip


def test_a_number_leads_to_its_list(document):
    links = [link.address for one in document.paragraphs for link in one.hyperlinks]

    assert links[0] == "https://hromada.example/reports/2021-h2/news/"
    figures = table(document, "Показник", "Період", "Кількість")
    assert figures.rows[1].cells[2].paragraphs[0].hyperlinks[0].address == links[0]


def test_what_could_run_is_no_link(document):
    addresses = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]

    assert {address.partition(":")[0] for address in addresses} == {"https"}
    assert "Небезпечне посилання і сайт" in words(document)


def test_an_awkward_title_is_words(document):
    assert XSS in [text for text, *_ in numbered(document)]


def test_signs_that_xml_cannot_hold_fail_nothing():
    report_document = replace(making.report_document(), text=(Paragraph((TextRun("Рада\x0b\x00\ud800: звіт"),)),))

    assert "Рада: звіт" in words(reopened(report_document))


def test_a_pictures_description_stands_in_its_place(document):
    assert "[Зображення: Прапор громади на площі]" in words(document)
