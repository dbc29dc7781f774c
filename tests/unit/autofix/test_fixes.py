import re

import pytest

from hromada.autofix.fixes import FIX_TITLES, FIXES, apply_fixes
from hromada.domain.header_fields import KEYS
from tests.conftest import ROOT

HEADER = "---\ntitle: Назва\n---\n\n"


def body(text):
    """The text of a page after mending."""
    return apply_fixes(HEADER + text, KEYS).text.removeprefix(HEADER)


def header(line, more="title: Назва\n"):
    """A header's line after mending, in both syntaxes alike; `more` makes the header whole."""
    more = "" if re.match("title|tіtle|ТIТLЕ", line) else more
    fenced = apply_fixes(f"---\n{line}\n{more}---\n\nТекст\n", KEYS).text
    if not re.match("titel|#", line):
        assert apply_fixes(f"{line}\n{more}\nТекст\n", KEYS).text == fenced
    return fenced.split("\n")[1]


def twice(text, encoding):
    """The text as it looks when its UTF-8 was read in another table."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


SAMPLES = {
    "mojibake": (twice("Привіт, громадо: «Зевс» — м’ята", "cp1252"), "Привіт, громадо: «Зевс» — м’ята"),
    "invisible": ("Дерга\u00adчі\u200b – \u202aмісто\u202c", "Дергачі – місто"),
    "composed": ("и\u0306ого і\u0308жа", "його їжа"),
    "word": ('<p class="MsoNormal">Текст<o:p></o:p></p>', "<p>Текст</p>"),
    "addresses": (
        "[тут](https://www.google.com/url?q=https://example.org/a&sa=D)",
        "[тут](https://example.org/a)",
    ),
    "indents": ("\tЗапрошуємо мешканців громади до зали засідань.", "Запрошуємо мешканців громади до зали засідань."),
    "lists": ("•\tпаспорт", "- паспорт"),
    "markup": ("[рішення] (https://example.org/r.pdf)", "[рішення](https://example.org/r.pdf)"),
    "spaces": ("\u00a0Слово\u00a0 слово\u00a0", "Слово слово"),
    "apostrophes": ("п'ять п`ять п´ять П‘ЯТЬ", "п’ять п’ять п’ять П’ЯТЬ"),
    "quotes": ('Комплекс "Зевс" і "Клуб "Мрія""', "Комплекс «Зевс» і «Клуб „Мрія“»"),
}
HEADER_SAMPLES = {
    "keys": ("tіtle: x", "title: x"),
    "values": (
        "title: Комплекс &laquo;Зевс&raquo;&nbsp;&mdash; нова адреса",
        "title: Комплекс «Зевс»\xa0— нова адреса",
    ),
    "dates": ("date: 05.07.2021 9:30", 'date: "2021-07-05 09:30"'),
    "header": ("title: Рада: звіт", 'title: "Рада: звіт"'),
}


def test_each_mend_has_its_sample():
    assert {mend.id for mend in FIXES} == SAMPLES.keys() | HEADER_SAMPLES.keys()


@pytest.mark.parametrize("id", SAMPLES)
def test_a_mend_brings_its_fault_in_order_and_is_named(id):
    faulty, right = SAMPLES[id]

    assert body(f"{faulty}\n") == f"{right}\n"
    assert apply_fixes(f"{HEADER}{faulty}\n", KEYS).lines == {id: 1}
    assert header(f"Анотація: слово {faulty}").replace('"', "") == f"Анотація: слово {right}" or id in (
        "word",
        "indents",
        "lists",
        "markup",
        "spaces",
    )


@pytest.mark.parametrize("id", HEADER_SAMPLES)
def test_a_mend_of_the_header_brings_its_fault_in_order(id):
    faulty, right = HEADER_SAMPLES[id]

    assert header(faulty) == right
    assert body(f"{faulty}\n") == f"{faulty}\n"


def test_the_handbook_lists_every_mend():
    section = (
        (ROOT / "docs/редакторам/перевірка.md")
        .read_text("utf-8")
        .split("## Виправлення: `make fix`")[1]
        .split("\n## ")[0]
    )
    listed = re.findall(r"^\| ([а-яіїєґWord ]+?) \|", section, re.MULTILINE)

    assert listed == list(FIX_TITLES.values())


@pytest.mark.parametrize(
    ("faulty", "right"),
    [
        ("Є [акт]  (files/a.pdf) тут.", "Є [акт](files/a.pdf) тут."),
        ("Є [сторінка] (../index.md#misce).", "Є [сторінка](../index.md#misce)."),
        ("![Стіна] (foto.jpg)", "![Стіна](foto.jpg)"),
        ("Є (бланк)[https://example.org/b.pdf].", "Є [бланк](https://example.org/b.pdf)."),
        ("Є (бланк)[blank.docx].", "Є [бланк](blank.docx)."),
        ("** Увага ** усім.", "**Увага** усім."),
        ("Текст **Увага ** усім.", "Текст **Увага** усім."),
        ('[акт] (https://example.org/a.pdf "Акт")', '[акт](https://example.org/a.pdf "Акт")'),
        ("![Стіна] (<photo 1.jpg>)", "![Стіна](<photo 1.jpg>)"),
        ("Світла не буде.\n---\nВибачте.", "Світла не буде.\n\n---\nВибачте."),
        ("> Світла не буде.\n> ---\n> Вибачте.", "> Світла не буде.\n>\n> ---\n> Вибачте."),
        ("Слово.\n\nЧи буде «світло»?\n-----\n", "Слово.\n\nЧи буде «світло»?\n\n-----\n"),
    ],
)
def test_marks_that_have_one_right_form_are_written_so(faulty, right):
    assert body(f"{faulty}\n") == f"{right}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Див. [1] (далі – акт) і (так)[2].", "`[а] (b.pdf)` і \\[а\\] (b.pdf).", "5 ** 3 ** 2", "**а** і ** б", "Розділ\n---\n", "Речення.\n-\n",
        "Абзац\nз двох рядків.\n---\n", "    Код.\n    ---\n", "[а](b.pdf) (c.pdf)",
    ],
)  # fmt: skip
def test_marks_that_may_be_meant_so_stay(text):
    assert body(f"{text}\n") == f"{text}\n"


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("title: **Увага**: збори", 'title: "Увага: збори"'),
        ('title: "Зевс" переміг "Динамо"', "title: «Зевс» переміг «Динамо»"),
        ('title: "КП \\"Зевс\\": збори"', 'title: "КП «Зевс»: збори"'),
        ("summary: 'п''ять: \"а\"'", 'summary: "п’ять: «а»"'),
        ("summary: А &amp; Б &#8211; в", "summary: А & Б – в"),
        ("image-alt: Стіна &ndash; &hellip;", "image-alt: Стіна – …"),
        ("title: Комплекс &amp;laquo;Зевс&amp;raquo;", "title: Комплекс «Зевс»"),
        ("title: Комплекс &laquo Зевс &raquo", "title: Комплекс « Зевс »"),
        ("title: Збори 1\\. Увага\\!", "title: Збори 1. Увага!"),
        ("summary: 5 м&sup2;, 3 &times; 4", "summary: 5 м², 3 × 4"),
        ("title: 5 &lt; 10", "title: 5 &lt; 10"),
        ("source: https://example.org/?a&amp;b", "source: https://example.org/?a&amp;b"),
        ("title: А &nosuch; Б", "title: А &nosuch; Б"),
    ],
)
def test_a_headers_value_is_plain_text(line, right):
    assert header(line) == right


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "latin-1"])
def test_text_encoded_twice_or_more_is_read_back(encoding):
    right = "Їжа, сіль і м’ята — по п’ять гривень за «Зевс»"
    wrong = twice(right, encoding)

    assert body(f"Привіт: {wrong}\n{twice(wrong, 'cp1252')}\n") == f"Привіт: {right}\n{right}\n"
    assert header(f"{twice('Заголовок', encoding)}: {wrong}", "") == f"Заголовок: {right}"


@pytest.mark.parametrize("text", ["Ð", "Рівне Сіль Рє", "Ð? Ð°", "Ñandú Ð", "В «Раді»", "Р°", "café РІЧ"])
def test_what_may_be_meant_so_is_not_read_back(text):
    assert body(f"{text}\n") == f"{text}\n"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Дaта: 2021-07-05", 'Дата: "2021-07-05"'),
        ("ТIТLЕ: x", "TITLE: x"),
        ("Dаte\u200b: 2021-07-05", 'Date: "2021-07-05"'),
        ("date:\u00a05 липня 2021 року о 14:30", 'date: "2021-07-05 14:30"'),
        ("Дата події: субота, 5 грудня 2026 р. о 10:00", 'Дата події: "2026-12-05 10:00"'),
        ("date: 05 серп. 2021", 'date: "2021-08-05"'),
        ("Дата події: 5.7.2021 р.", 'Дата події: "2021-07-05"'),
        ("Діє до: 2021.12.31", 'Діє до: "2021-12-31"'),
        ("expires: 2021-7-5", 'expires: "2021-07-05"'),
        ("date: 2021-07-05T14:30", 'date: "2021-07-05 14:30"'),
    ],
)
def test_a_key_or_a_date_that_can_be_read_in_one_way_is_written_so(written, right):
    assert header(written) == right


@pytest.mark.parametrize(
    "line",
    [
        "date: 05/07/2021", "date: 12.03.21", "date: 05-07-2021", "date: 31.02.2021", 'date: "2021-07-05T21:00:00Z"', "date: 5 липня",
        "date: 2021", "date: неділя 5 липня 2021", "date: 5 августа 2021", "date: 5 cерпня 2021", "date: 05.07.0201", "titel: x", "slug: п'ять", "image: об'єкт \"а\".jpg", "source: https://a.example/п'ять",
        "category: Події п'ять", "tags: п'ять", "# title: п'ять", "period: 05.07.2021",
    ],
)  # fmt: skip
def test_what_may_be_read_in_two_ways_or_is_an_address_or_is_counted_by_stays(line):
    assert header(line).replace('"', "") == line.replace('"', "")


@pytest.mark.parametrize(
    "text",
    [
        'Труба 5" і "Зевс" тут', 'Одна " лапка', '"Facebook" і "2021"', 'Кут 5"', '"Зевс', '| "а | б" |', "\"Зевс'", '"«Зевс"»', '\\"Зевс\\"',
        "`\"код\" п'ять`", "``\"код` п'ять``", "```\n\"код\" п'ять\n```", "~~~\n\"код\" п'ять\n~~~", "    \"код\" п'ять",
        "[x](об'єкт.md \"об'єкт\")", "[x][п'ять]\n\n[п'ять]: /x \"п'ять\"", "<a title=\"п'ять\" href='п'>x</a>", "<!-- \"п'ять\" -->",
        "https://uk.wikipedia.org/wiki/Об'єднання", "п'ять@a.example".replace("п'", ""), "[[news зн. розміщено]]", "<pre>\"код\" п'ять</pre>",
        "![опис](/images/п'ять.jpg)", "*[п'я]: \"п'ять\"\n\nп'я", "Кот-д’Івуар", "мʼяч", "Windows'а", "- 5\u00a0км\n- №\u00a05", "слово\u00a0– слово",
        "Іван\u00a0ПЕТРЕНКО", "м.\u00a0Дергачі", "\u00a0- не пункт", "Реве,  \n\u00a0\u00a0Сердитий,\\\n\u00a0Додолу<br>\n\u00a0Горами", "\u00a0\u00a0Реве,  \nСердитий", "👩\u200d👧", "שלום\u200f", '<span class="x" style="color:red">x</span>',
        "текст\n\u00a0\n    не код", "    код\n\n\u00a0\n\n    інший код", "- а\n\n\u00a0\n\n- б", "    код\n\n<o:p>\n\n    код",
        "    код\n\n\u200b\n\n    код", "    код\n\n<!--[if mso]>\nx\n<![endif]-->\n\n    код", "{#п'ять}", "\\'",
    ],
)  # fmt: skip
def test_what_is_right_or_unsure_or_no_words_stays(text):
    assert body(f"{text}\n") == f"{text}\n"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Об`єкт і п`ять", "Об’єкт і п’ять"),
        ("Об`єкт, `код`", "Об`єкт, `код`"),
        ('"**Зевс**" і **"Зевс"**', "«**Зевс**» і **«Зевс»**"),
        ('«Газета "Вісті"»', "«Газета „Вісті“»"),
        ('"Перша\nдруга"', "«Перша\nдруга»"),
        ('- "Перша"\n- "Друга', '- «Перша»\n- "Друга'),
        ('("Зевс").', "(«Зевс»)."),
        ('["Зевс"](x.md)', "[«Зевс»](x.md)"),
        ("1. Пункт\n\n    п'ять «слів»", "1. Пункт\n\n    п’ять «слів»"),
        ("а\n\u00a0\nб", "а\n\nб"),
        ("довге\u00a0слово", "довге слово"),
        ("&nbsp;", ""),
        ('<p class="MsoListParagraph own">а</p>', '<p class="own">а</p>'),
        ("<p style='mso-bidi:x; color:red'>а</p>", '<p style="color:red">а</p>'),
        ("<!--[if gte mso 9]><xml>x</xml><![endif]-->а", "а"),
        ('<st1:place w:st="on">Дергачі</st1:place>', "Дергачі"),
    ],
)
def test_the_sure_half_of_a_text_is_mended(written, right):
    assert body(f"{written}\n") == f"{right}\n"


@pytest.mark.parametrize("text", ["", "\n", "---\n", "---\ntitle: п'ять\n", "п'ять", HEADER])
def test_a_page_without_a_whole_header_or_body_is_left_alone(text):
    assert apply_fixes(text, KEYS).text == text


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("“Зевс” і „Мрія“ та „Надія”", "«Зевс» і «Мрія» та «Надія»"),
        ('„Клуб "Мрія"“', "«Клуб „Мрія“»"),
        ("«Клуб “Мрія”»", "«Клуб „Мрія“»"),
        (
            "[а](https://www.google.com/url?q=https://a.example/%D0%B1%20%281%29?x%3D1&sa=D)",
            "[а](https://a.example/%D0%B1%20%281%29?x=1)",
        ),
        ("див. https://www.google.com/url?q=https://a.example&sa=D.", "див. https://a.example."),
        ('<b style="font-weight:normal" id="docs-internal-guid-1a-2b"><i>Текст</i></b>', "<i>Текст</i>"),
        ('<p id="docs-internal-guid-1a-2b" class="own">Текст</p>', '<p class="own">Текст</p>'),
        ("<w:sdt>Текст</w:sdt><xml><w:View>Normal</w:View></xml>", "Текст"),
        ("рядок\u2028рядок \u2029ще\u061c", "рядок рядок ще"),
        ("сло\u2062во\u180e\ufff9", "слово"),
    ],
)
def test_quotes_of_other_languages_and_debris_of_google_are_mended(written, right):
    assert body(f"{written}\n") == f"{right}\n"


@pytest.mark.parametrize(
    "text",
    ["«Газета „Вісті“»", "Одна “ лапка", "“Facebook”", "https://www.google.com/url?q=javascript:x", "https://www.google.com/search?q=а", "[а](https://www.google.com/url?q=https://a.example/(1)&sa=D)",
     '<b class="x">а <b>б</b></b>', '[https://a.example/б](https://a.example/б "назва")', '[www.a.example](https://a.example "«Рада» і "дім"")',
     '[a@a.example](mailto:a@a.example "Пошта")', '![https://a.example](foto.jpg "Стіна")', '[https://a.example/а][1]\n\n[1]: https://a.example "назва"'],
)  # fmt: skip
def test_what_has_no_sure_pair_or_leads_nowhere_stays(text):
    assert body(f"{text}\n") == f"{text}\n"


def test_marks_of_direction_stay_beside_letters_written_from_the_right():
    assert body("שלום\u200f\u061c\u200b\n") == "שלום\u200f\u061c\n"
