import pytest

from tests.unit.making import replace
from tests.unit.report.documents import making
from tests.unit.report.documents.docx_reading import NBSP, reopened, rows, styled, table, words

OTHERS = ("Повідомлення на сторінках підрозділів", "Публікації у соціальних мережах")


@pytest.fixture(scope="module")
def document():
    return reopened(making.changed())


def test_a_changed_report_says_that_its_figures_are_the_approved_ones(document):
    assert "Тут наведено затверджені числа" in styled(document, "Standing")[-1]


def test_every_table_with_a_head_repeats_it_on_each_page_and_breaks_no_row(document):
    ruled = [one for one in document.tables if one.style.name == "Table Grid"]

    assert len(ruled) == 9
    heads = [[row._tr.xpath("boolean(w:trPr/w:tblHeader)") for row in one.rows] for one in ruled]
    assert all(head[0] and not any(head[1:]) for head in heads)
    assert all(row._tr.xpath("boolean(w:trPr/w:cantSplit)") for one in document.tables for row in one.rows)


def test_every_table_fits_between_the_margins(document):
    widths = [sum(column.width.mm for column in one.columns) for one in document.tables]

    assert widths == pytest.approx([170] * len(widths), abs=0.5)


def test_tables_have_numbered_captions(document):
    captions = styled(document, "Caption")

    assert [caption.partition(" – ")[0] for caption in captions] == [f"Таблиця{NBSP}{n}" for n in range(1, 9)]
    assert document.element.xml.count("SEQ Таблиця") == 8
    assert all(caption.partition(" – ")[2] for caption in captions)


def test_figures_are_printed_with_zeros_windows_and_parts(document):
    found = rows(table(document, "Показник", "Період", "Кількість"))

    assert found[1:4] == [
        ["Публікації у розділі «Новини»", "період звіту", "631"],
        ["Діяльність ради", "", "315"],
        ["Оголошення", "", "316"],
    ]
    assert ["Репости на сторонніх ресурсах", "період звіту", "0"] in found
    assert ["Матеріали, передані до газети «Вісті Дергачівщини»", "з 01.07.2020 по 31.12.2021", "34"] in found


def test_parts_are_set_in(document):
    part = table(document, "Показник", "Період", "Кількість").rows[2].cells[0].paragraphs[0]

    assert part.paragraph_format.left_indent > 0


def test_units_with_zeros_add_up_to_the_figure(document):
    found = rows(table(document, "Сторінка", "Повідомлень"))

    assert len(found) == 22
    assert sum(int(row[1]) for row in found[1:-1]) == int(found[-1][1]) == 46
    assert found[-1][0] == f"Разом, 20{NBSP}сторінок"
    assert ["Старостинський округ № 13", "0"] in found


def test_accounts_show_reposts_and_stories_apart(document):
    found = rows(table(document, "Сторінка", "Мережі", "Публікацій", "Репостів", "Сторіз"))

    assert found[1] == ["Дергачівська міська рада", "Facebook, Instagram", "381", "9", "7"]
    assert found[-1] == ["Разом", "", "573", "13", "10"]


def test_the_comparison_says_what_cannot_be_compared(document):
    found = rows(
        table(document, "Показник", "II півріччя 2021 року", "I півріччя 2021 року", "Різниця",
              "II півріччя 2020 року", "Різниця")
    )  # fmt: skip

    news = [f"+58 (+10,1{NBSP}%)", "250", "неповні дані"]
    assert found[1] == ["Публікації у розділі «Новини»", "631", "573", *news]
    paper = next(row for row in found if row[1] == "34")
    assert paper[2:] == ["–", "має власний період", "–", "в архіві немає матеріалів за цей період"]
    assert "За I півріччя 2021 року подано затверджені числа." in styled(document, "TableNote")


def test_one_earlier_period_is_compared_alone():
    report_document = making.approved()
    one = replace(report_document.view, comparison=making.comparison(report_document.view.figures, two=False))

    found = table(
        reopened(replace(report_document, view=one)),
        "Показник",
        "II півріччя 2021 року",
        "I півріччя 2021 року",
        "Різниця",
    )
    assert len(found.columns) == 4


def test_months_of_one_window_share_a_table_and_sum_up(document):
    head = (
        "Місяць",
        "Публікації у розділі «Новини»",
        "Повідомлення на сторінках підрозділів",
        "Публікації у соціальних мережах",
    )
    found = rows(table(document, *head))

    assert [row[0] for row in found[1:]] == [
        "липень 2021 року", "серпень 2021 року", "вересень 2021 року", "жовтень 2021 року", "листопад 2021 року",
        "грудень 2021 року", "Разом",
    ]  # fmt: skip
    assert [sum(int(row[column]) for row in found[1:-1]) for column in (1, 2, 3)] == [631, 46, 573]
    assert len(table(document, "Місяць", "Матеріали, передані до газети «Вісті Дергачівщини»").rows) == 20


def test_a_month_that_has_not_begun_has_no_number():
    found = rows(table(reopened(making.incomplete()), "Місяць", "Публікації у розділі «Новини»", *OTHERS))

    assert [row[1] == "–" for row in found[1:-1]] == [False, False, False, False, True, True]


def test_the_rules_are_printed_with_their_version(document):
    view = making.changed().view

    assert "Правила підрахунку, версія 1:" in words(document)
    assert set(view.rules) <= set(styled(document, "ListParagraph"))


def test_the_reconciliation_is_printed_with_the_registers(document):
    line = "Знайдено матеріалів: 713 = враховано 677 + чернеток 8 + прихованих 3 + запланованих 4 + перекладів 9"

    assert any(text.startswith(line) for text in words(document))
    registers = table(document, "Журнал", "Рядків", "Враховано", "Окремо", "Заплановано", "Поза періодом")
    assert rows(registers)[2] == ["Газета", f"1{NBSP}040", "34", "0", "0", "6"]


def test_changes_since_the_approval_are_listed(document):
    change = "Змінено дату: Засідання виконавчого комітету № 5: 05.07.2021 → 03.01.2022 (content/news/2021/2021-07-05-x.md:2)"

    assert change in styled(document, "ListParagraph")
    assert rows(table(document, "Показник", "Затверджено", "Нині"))[1:] == [
        ["Публікації у розділі «Новини»", "631", "629"]
    ]


def test_every_version_is_listed_with_its_sum(document):
    said = words(document)

    assert any("Публікації у соціальних мережах: 570 → 573." in text for text in said)
    assert f"Контрольна сума (SHA-256): {making.approval().digest}." in said


def test_notes_stay_with_their_tables_last_row(document):
    last = table(document, "Сторінка", "Мережі", "Публікацій", "Репостів", "Сторіз").rows[-1]

    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in last.cells)
