import pytest

from hromada.content.handbook_files import host_anchor, list_chapters, read_chapter, referenced_paths

FIRST = "docs/редакторам/README.md"
LIST = """# Довідник

Див. [інше](../інше.md).

1. [Друга](друга.md)
2. [Перша](%D0%BF%D0%B5%D1%80%D1%88%D0%B0.md)
3. [Поза текою](../поза.md)
4. [Ще раз](друга.md)
5. [Не документ](таблиця.csv)
"""


def test_chapters_stand_in_the_order_of_the_numbered_list_after_the_document_that_lists_them():
    assert list_chapters(FIRST, LIST) == (FIRST, "docs/редакторам/друга.md", "docs/редакторам/перша.md", "docs/поза.md")


def test_a_document_names_files_but_not_in_code_and_not_elsewhere():
    text = "[a](b.md#c) ![d](../img/e.webp) [f](https://g.example/h.md) [i](/j/)\n\n```\n![k](l.png)\n```\n"

    assert referenced_paths(FIRST, text) == ("docs/редакторам/b.md", "docs/img/e.webp")


@pytest.mark.parametrize(
    ("text", "chapter"),
    [
        ("# Назва\n\nТекст\n", ("Назва", "\nТекст\n", 2)),
        ("\n# Назва", ("Назва", "", 2)),
        ("## Без назви\n", ("x", "## Без назви\n", 1)),
        ("", ("x", "", 1)),
    ],
)
def test_a_chapter_is_called_by_its_first_heading(text, chapter):
    assert read_chapter("docs/x.md", text) == chapter


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Обов’язкове оприлюднення", "обовязкове-оприлюднення"),
        ("Уточнення: make amend", "уточнення-make-amend"),
        ("alt-missing", "alt-missing"),
        ("Новий звіт: PERIOD=2022-H1", "новий-звіт-period2022-h1"),
    ],
)
def test_a_heading_is_called_as_a_git_host_calls_it(heading, anchor):
    assert host_anchor(heading) == anchor
