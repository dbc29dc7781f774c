import pytest

from hromada.autofix.fixes import apply_fixes, apply_table_fixes, resolve_redirectors
from hromada.domain.header_fields import KEYS

WRAPPED = "https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2Fa%3Bb%2Cc&h=AT"
PAGE = "https://rada.example/a;b,c"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (f"[а]({WRAPPED})", f"[а]({PAGE})"), (f"[а]({WRAPPED} \"назва\")", f"[а]({PAGE} \"назва\")"), (f"див. {WRAPPED}.", f"див. {PAGE}."),
        (f"<{WRAPPED}>", f"<{PAGE}>"), (f"[а]: {WRAPPED}", f"[а]: {PAGE}"), (f'<a href="{WRAPPED.replace("&", "&amp;")}">а</a>', f'<a href="{PAGE}">а</a>'),
        (f"**{WRAPPED}**", f"**{PAGE}**"), (f"| {WRAPPED} |", f"| {PAGE} |"),
    ],
)  # fmt: skip
def test_a_text_leads_to_the_page_itself(written, right):
    assert apply_fixes(f"---\ntitle: Назва\n---\n\n{written}\n", KEYS).text == f"---\ntitle: Назва\n---\n\n{right}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"`{WRAPPED}`", f"```\n{WRAPPED}\n```", "https://www.google.com/url?q=http://localhost:8000/a", "https://l.facebook.com/l.php?u=http%3A%2F%2F192.168.0.1%2Fa",
        "https://www.google.com/url?q=https://rada.example/(1)", "https://www.google.com/search?q=https://rada.example/",
    ],
)  # fmt: skip
def test_code_and_what_has_no_sure_address_stay(text):
    assert apply_fixes(f"---\ntitle: Назва\n---\n\n{text}\n", KEYS).text == f"---\ntitle: Назва\n---\n\n{text}\n"


@pytest.mark.parametrize("line", ["source: {}", "Джерело: {}", 'source: "{}"', "summary: див. {}", "gallery:\n  - {}"])
@pytest.mark.parametrize("fence", ["", "---\n"])
def test_a_header_s_field_is_mended_in_both_forms(line, fence):
    header = "{}title: Назва\n{}\n{}\nТекст\n"

    written = header.format(fence, line.format(WRAPPED), fence)
    assert apply_fixes(written, KEYS).text == header.format("---\n", line.format(PAGE).replace('"', ""), "---\n")


@pytest.mark.parametrize(
    ("table", "right"),
    [
        (f"Дата;Посилання;Назва\n01.01.2021;{WRAPPED};\"КП \"\"Зевс\"\"\"\n", 'Дата;Посилання;Назва\n01.01.2021;https://rada.example/a%3Bb,c;"КП ""Зевс"""\n'),
        (f"Дата,Посилання\n01.01.2021,{WRAPPED}\n", "Дата,Посилання\n01.01.2021,https://rada.example/a;b%2Cc\n"),
        (f"Дата\tПосилання\n01.01.2021\t{WRAPPED}", f"Дата\tПосилання\n01.01.2021\t{PAGE}"),
        (f'Дата;Посилання\n01.01.2021;"{WRAPPED}"\n', f'Дата;Посилання\n01.01.2021;"{PAGE}"\n'),
        (f'\ufeffЗвідки;Куди\n/a/;{WRAPPED}\n', "\ufeffЗвідки;Куди\n/a/;https://rada.example/a%3Bb,c\n"),
        (f'Назва;Посилання\nКП "Зевс";{WRAPPED}\n"а\nб";"див. {WRAPPED}, далі"\n', f'Назва;Посилання\nКП "Зевс";https://rada.example/a%3Bb,c\n"а\nб";"див. {PAGE}, далі"\n'),
    ],
)  # fmt: skip
def test_a_table_s_cells_are_mended_and_nothing_else_of_it(table, right):
    assert apply_table_fixes(table).text == right


@pytest.mark.parametrize(
    "table", ["Дата;Посилання\n01.01.2021;https://rada.example/a?b;\n", 'а;"б\n', "", '\'"\n;""";x']
)
def test_a_table_without_them_keeps_every_sign(table):
    assert apply_table_fixes(table) == (table, {})


def test_a_mended_address_is_not_mended_again():
    once = resolve_redirectors(WRAPPED)

    assert (once, resolve_redirectors(once)) == (PAGE, PAGE)
