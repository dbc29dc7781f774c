import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.autofix.paste_cleanup import remove_indents, replace_bullets
from hromada.domain.pasted_text import indented_paragraphs, joined_lines, marked_lines, tabbed_rows
from hromada.render.markdown import Dialect

PROSE = "Запрошуємо мешканців громади до зали засідань."
LONG = "Громада відкрила оновлений парк із дитячим майданчиком, освітленням, лавами, пандусами, клумбами, доріжками, деревами, фонтаном і сценою для концертів."
DIALECT = Dialect()


@pytest.mark.parametrize("indent", ["\t", "    ", "      ", " \t", "\t\t"])
@pytest.mark.parametrize("above", ["", "Попередній абзац.\n\n", "## Назва\n\n"])
def test_prose_after_an_indent_is_found(indent, above):
    assert list(indented_paragraphs(f"{above}{indent}{PROSE}")) == [above.count("\n")]


@pytest.mark.parametrize(
    "line",
    [
        "Сьогодні, 18 червня, на вулиці Садовій відкрили майданчик „Сонечко”.",
        "18 червня на вулиці Садовій відкрили майданчик.",
        "Шановні мешканці!",
        "Відкрили.",
        "Приймає ЦНАП (вул. Сумський шлях, 8б), e-mail: rada@example.org.",
    ],
)
def test_greetings_dates_and_short_lines_are_prose_too(line):
    assert list(indented_paragraphs(f"\t{line}")) == [0]


PASTED = """\tШановні мешканці!
\tЩо зроблено:
•\tзамінено гойдалки;
•\tвстановлено освітлення.
\tГрафік роботи майданчика:
День\tГодини
Понеділок\t8–17
\tПросимо батьків стежити за дітьми.
"""


def test_a_whole_paste_of_word_comes_apart():
    mended = replace_bullets(remove_indents(PASTED))

    assert mended == (
        "Шановні мешканці!\n\nЩо зроблено:\n\n- замінено гойдалки;\n- встановлено освітлення.\n\n"
        "Графік роботи майданчика:\nДень\tГодини\nПонеділок\t8–17\n\nПросимо батьків стежити за дітьми.\n"
    )
    assert list(tabbed_rows(PASTED)) == [5]
    assert list(tabbed_rows(mended)) == [mended.split("\n").index("День\tГодини")]


@pytest.mark.parametrize(
    "text",
    [
        f"   {PROSE}",  # three spaces are no code
        f"- Пункт.\n\n    {PROSE}",  # a list's second paragraph
        f"1. Пункт\n\n\t{PROSE}\n\n\t{PROSE}",
        f"Слово\n:   Пояснення\n\n    {PROSE}",
        f"[^1]: Примітка.\n\n    {PROSE}",
        f"Рядок абзацу,\n    {PROSE}",  # a paragraph's further line
        "    git pull --rebase",
        "    make new KIND=news TITLE=…",
        "    [[news]] – новини",
        "    Заголовок = «Назва»",
        "- Пункт.\n\tПродовження пункту.",
        f"```\n\n    {PROSE}\n```",
    ],
)
def test_what_is_no_indented_prose(text):
    assert list(indented_paragraphs(text)) == []


def test_paragraphs_of_word_stand_each_on_its_own_line():
    text = f"\t{PROSE}\n\t{PROSE}\n"

    assert remove_indents(text) == f"{PROSE}\n\n{PROSE}\n"
    assert DIALECT.html(text).count("<p>") == 0
    assert DIALECT.html(remove_indents(text)).count("<p>") == 2


@pytest.mark.parametrize("mark", ["• ", "•\t", "·\t", "▪ ", "●", "\uf0b7\t", "\t•\t"])
def test_the_list_marks_of_word_make_a_list(mark):
    text = f"Потрібні:\n{mark}паспорт;\n{mark}заява.\n"

    assert list(marked_lines(text)) == [1, 2]
    assert replace_bullets(text) == "Потрібні:\n\n- паспорт;\n- заява.\n"
    assert DIALECT.html(replace_bullets(text)).count("<li>") == 2


@pytest.mark.parametrize(
    "text",
    [
        "- паспорт.\nПросимо прийти.",
        "• паспорт;\nПросимо прийти.",
        f"{LONG}\n{LONG}",
        f"{LONG}\n«Так» – сказали всі.",
    ],
)
def test_lines_that_would_run_together_are_found(text):
    assert list(joined_lines(text)) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "1) паспорт;\n2) заява.",
        "1) паспорт;\n\n2) заява.",
        "1) паспорт;  \n2) заява.",
        f"{LONG}\n\n{LONG}",
        f"{LONG[:100]}\n{LONG}",  # wrapped by hand
        f"{LONG}\nі далі",
        f"- {LONG}\n- {LONG}",
        "- паспорт,\nзаява.",
        "- паспорт.\n  Продовження.",
        "- паспорт.\n\nПросимо прийти.",
        f"> {LONG}\n> {LONG}",
        f"| {LONG} |\n| {LONG} |",
    ],
)
def test_lines_that_belong_together_or_stand_apart(text):
    assert list(joined_lines(text)) == []


def test_a_table_with_tabs_is_found_once():
    assert list(tabbed_rows("Графік:\nДень\tГодини\nПн\t8–17\nВт\t8–17\n\nа\tб\n\n\tабзац")) == [1]


@given(st.text(alphabet="аб .\t\n-•1)#>`", max_size=80))
def test_mends_leave_nothing_to_mend(text):
    mended = replace_bullets(remove_indents(text))

    assert list(indented_paragraphs(mended)) == []
    assert list(marked_lines(mended)) == []
    assert sorted(one for one in mended if one in "аб") == sorted(one for one in text if one in "аб")
