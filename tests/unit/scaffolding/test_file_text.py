from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hromada.domain.item import Kind, Status
from hromada.reading.items import read_item
from hromada.scaffolding.new_file import DRAFT_LINE, DraftKind, DraftRefused, draft_path, draft_text, tidy_title

DAY = date(2022, 1, 15)
KINDS = {
    DraftKind.NEWS: Kind.NEWS,
    DraftKind.EVENT: Kind.NEWS,
    DraftKind.MESSAGE: Kind.MESSAGE,
    DraftKind.PAGE: Kind.PAGE,
    DraftKind.SERVICE: Kind.SERVICE,
}


def read(kind, title, *, written=False):
    text = draft_text(kind, title, DAY, ("Події", "Освіта"), "okruh")
    text = text.replace(f"{DRAFT_LINE}\n", "") if written else text
    return read_item(draft_path(kind, title, DAY, "okruh"), text.encode())


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_is_a_draft_that_the_reader_accepts(kind):
    item, body, problems = read(kind, "Рада: звіт")

    assert (problems, item.status, item.title, body.strip()) == ([], Status.DRAFT, "Рада: звіт", "")
    assert item.kind is KINDS[kind]
    assert item.day == (None if kind in (DraftKind.PAGE, DraftKind.SERVICE) else DAY)


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_drafts_line_it_is_published_as_it_is(kind):
    item, _, problems = read(kind, "Рада: звіт", written=True)

    assert (problems, item.status, item.image, item.event_start) == ([], Status.PUBLISHED, None, None)


def test_an_event_asks_for_its_own_fields():
    assert "Дата події:" in draft_text(DraftKind.EVENT, "Свято", DAY)
    assert "Дата події:" not in draft_text(DraftKind.NEWS, "Свято", DAY)


def test_a_service_names_its_unit_and_asks_for_what_residents_want_to_know():
    text = draft_text(DraftKind.SERVICE, "Довідка", DAY, (), "viddil-zhkh")

    assert "Підрозділ: viddil-zhkh\n" in text
    fields = ("Для кого", "Документи", "Життєві події", "Строк", "Вартість", "Підстава", "Де", "Онлайн", "Бланк")
    assert [name for name in fields if f'\n{name}: ""\n' not in text] == []
    assert "Дата:" not in text


def test_the_categories_in_use_are_offered():
    assert "на сайті вже є: Події, Освіта." in draft_text(DraftKind.NEWS, "x", DAY, ("Події", "Освіта"))
    assert "наприклад: Події" in draft_text(DraftKind.NEWS, "x", DAY)


@pytest.mark.parametrize("kind", KINDS)
@example('"Зевс" і "Динамо"')
@example('"Об\'єднання"')
@example("'Об'єднання\\'")
@example("> x")
@example("| x")
@example("- x")
@example("# x")
@example("[x]")
@example("--- x")
@given(st.text(min_size=1, max_size=80))
def test_any_title_comes_back_as_it_is(kind, text):
    try:
        title = tidy_title(text)
        draft_path(kind, title, DAY, "okruh")
    except DraftRefused:
        assume(False)
    item, _, problems = read(kind, title)

    assert (item.title, problems) == (title, [])
