"""What documents print is bounded; what they leave out they name, and the site has it."""

import pytest
from msgspec.structs import replace

from hromada.report.documents.pdf_data import document_data, text_data
from hromada.report.documents.report_document import PDF_ENTRIES, TABLE_ROWS, TEXT_BLOCKS, omitted_lists, within_bounds
from hromada.report.text.placeholders import Heading, ListBlock, Paragraph, Quote, TextRun, TextTable
from hromada.report.view.report_view import PartView
from tests.unit.report.documents import docx_reading, making, pdf_making
from tests.unit.report.documents.making_lists import entry, group, listed

LINE = Paragraph((TextRun("слово"),))


def some(id, *titles, start=0):
    return listed(
        id, f"Показник {id}", group("a", "Частина", [entry(start + n, title=one) for n, one in enumerate(titles)])
    )


@pytest.mark.parametrize(
    ("lists", "most", "expected"),
    [
        ([], 0, set()),
        ([some("a", *"абв")], 3, set()),
        ([some("a", *"абв")], 2, {0}),
        ([some("a", "а"), some("b", *"абв"), some("c", *"аб")], 3, {1}),
        ([some("a", *"аб"), some("b", *"аб")], 2, {0}),
        ([some("a", "а" * 5000), some("b", *"абв")], 8, {0}),  # a long text takes as much as many entries
    ],
)
def test_the_longest_lists_are_left_out_until_the_others_have_room(lists, most, expected):
    assert omitted_lists(lists, most) == expected


def test_the_pdf_names_the_file_of_a_list_above_its_bound_and_prints_the_others():
    every = (*making.lists(20), listed("x", "Довгий", group("a", "Частина", [entry(9, title="а")] * (PDF_ENTRIES + 1))))

    *others, one = document_data(replace(making.report_document(20), lists=every))["lists"]

    assert (one["instead"], one["groups"]) == (
        "Перелік (5\u00a0001\u00a0запис) – у файлі items.csv на сторінці звіту.",
        [],
    )
    assert any(other["groups"] for other in others)


def test_a_list_at_the_bound_is_printed():
    full = listed("x", "Повний", group("a", "Частина", [entry(n, title="а") for n in range(PDF_ENTRIES)]))

    (one,) = document_data(replace(making.report_document(20), lists=(full,)))["lists"]

    assert len(one["groups"][0]["entries"]) == PDF_ENTRIES


def test_an_ordinary_dossier_is_printed_whole():
    assert within_bounds(making.report_document()) == making.report_document()


def test_parts_beyond_the_bound_are_cut_and_both_documents_say_so():
    report_document = making.report_document(20)
    figure, *rest = report_document.view.figures
    parts = tuple(PartView(str(n), f"Газета {n}", 1, "/x/") for n in range(TABLE_ROWS + 1))
    view = replace(report_document.view, figures=(replace(figure, parts=parts, own_table=False), *rest))
    said = f"У таблиці «{figure.title}» подано 1\u00a0000 з 1\u00a0001 рядків; усі – на сторінці звіту."
    crowded = replace(report_document, view=view)

    assert said in document_data(crowded)["status"]["notes"]
    assert said in docx_reading.words(docx_reading.reopened(crowded))


@pytest.mark.parametrize(
    "block",
    [
        Quote((LINE,) * (TEXT_BLOCKS + 1)),
        ListBlock(False, ((LINE,),) * (TEXT_BLOCKS // 2 + 1)),
        TextTable((), (((),) * 100,) * (TEXT_BLOCKS // 100 + 1)),
        TextTable(((),) * (TEXT_BLOCKS // 10), (((),),) * 10),  # short rows are filled up
        Paragraph((TextRun("слово", bold=True), TextRun("слово")) * (TEXT_BLOCKS // 2 + 1)),
    ],
)
def test_a_text_beyond_the_bound_stays_on_the_page(block):
    bounded = within_bounds(replace(making.report_document(20), text=(block,)))

    assert (bounded.text, bounded.notes) == ((), ("Текст звіту задовгий для документа: він на сторінці звіту",))


@pytest.mark.parametrize(("letters", "is_justified"), [(1_000, True), (1_001, False)])
def test_a_paragraph_with_an_endless_word_is_not_justified(letters, is_justified):
    (block,) = text_data((Paragraph((TextRun("а " + "б" * (letters - 1)), TextRun("в", bold=True))),))

    assert block["justified"] is is_justified


@pytest.mark.parametrize(("letters", "kinds"), [(1_000, ["heading", "heading"]), (1_001, ["paragraph", "heading"])])
def test_a_heading_too_long_for_the_outline_is_a_paragraph_and_leaves_no_gap_of_levels(letters, kinds):
    blocks = text_data((Heading(2, (TextRun("а" * letters),)), Heading(3, (TextRun("б"),))))

    assert [one["kind"] for one in blocks] == kinds
    assert blocks[1]["level"] == kinds.count("heading") + 1


def test_what_is_repeated_on_every_page_is_short():
    long = listed("x", "Показник", group("a", "щ" * 5_000, [entry(1)]))
    (table,) = text_data((TextTable(((TextRun("щ" * 5_000),),), (((TextRun("а"),),),)),))
    (one,) = document_data(replace(making.report_document(20), lists=(long,)))["lists"]

    assert len(one["groups"][0]["title"]) == 500
    assert (table["head"], len(table["rows"])) == ([], 2)


def test_a_report_with_endless_titles_has_a_pdf():
    report_document = making.report_document(20)
    figure, *rest = report_document.view.figures
    figures = (replace(figure, title="щ" * 40_000), *rest)
    lists = tuple(replace(one, figure=shown) for one, shown in zip(report_document.lists, figures, strict=True))

    assert pdf_making.pdf(
        replace(report_document, view=replace(report_document.view, title="щ" * 40_000, figures=figures), lists=lists)
    )
