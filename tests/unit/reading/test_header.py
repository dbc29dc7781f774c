import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.header_fields import COMMON
from hromada.domain.problem import Level
from hromada.reading.header import parse_document
from hromada.reading.items import read_item


def read(text):
    return parse_document("content/news/x.md", text, COMMON)


def codes(document):
    return [(problem.line, problem.code) for problem in document.problems if problem.level is Level.ERROR]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("title: Рада: звіт", "Рада: звіт"),
        ('title: "Рада: звіт"', "Рада: звіт"),
        ("title: 'Рада: звіт'", "Рада: звіт"),
        ('title: "Зевс" переміг "Динамо"', '"Зевс" переміг "Динамо"'),
        ('title: "Комплекс \\"Зевс\\""', 'Комплекс "Зевс"'),
        ("title: 'Об''єднання'", "Об'єднання"),
        ("title: 0123", "0123"),
        ("title: yes", "yes"),
        ("title: 2021-07-05", "2021-07-05"),
        ("title: # Не коментар", "# Не коментар"),
        ("TITLE:   Назва  ", "Назва"),
        ("Заголовок: Назва", "Назва"),
        ("Назва: Інша", "Інша"),
        ("title: [не перелік]", "[не перелік]"),
        ("title: http://a.example/x: y", "http://a.example/x: y"),
        ("title: Довга назва\n  у два рядки", "Довга назва у два рядки"),
        ("title: >-\n  Згорнута\n  назва", "Згорнута назва"),
        ("title: |\n  Рядок\n  другий", "Рядок\nдругий"),
    ],
)
@pytest.mark.parametrize("frame", ["---\n{}\n---\nТекст", "{}\n\nТекст"], ids=["yaml", "plain"])
def test_a_scalar_is_text_as_written_in_both_syntaxes(frame, written, value):
    document = read(frame.format(written))

    assert (document.text("title"), codes(document)) == (value, [])
    assert document.body == "Текст"


@pytest.mark.parametrize(
    "written",
    ["tags: [бюджет, спорт]", "tags: бюджет, спорт", "tags: бюджет; спорт", "Теги:\n  - бюджет\n  - спорт",
     "tags:\n- бюджет\n- спорт", 'tags: ["бюджет", \'спорт\']'],
)  # fmt: skip
def test_lists_have_many_forms(written):
    assert read(f"---\n{written}\n---\n").list("tags") == ["бюджет", "спорт"]


def test_a_comma_inside_quotes_separates_nothing():
    assert read('---\ntags: ["хліб, сіль", п\'ять]\n---\n').list("tags") == ["хліб, сіль", "п'ять"]


def test_the_bodys_first_line_is_known():
    assert read("---\ntitle: a\n\n# коментар\ndate: 2021-07-05\n---\nперший").body_line == 7
    assert read("title: a\ndate: 2021-07-05\n\nперший").body_line == 4


def test_an_unknown_key_is_refused_with_the_near_one():
    problem = read("titel: a\n\n").problems[0]

    assert str(problem) == "content/news/x.md:1: невідоме поле «titel», можливо, «title»? [header-unknown-key]"


def test_a_cyrillic_letter_in_a_latin_key_is_found():
    assert "title" in read("tіtle: a\n\n").problems[0].fix


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title: a\nНазва: b\n\n", [(2, "header-repeated-key")]),
        ("---\ntitle: a\n", [(1, "header-unclosed")]),
        ("title: a\n  date: 2021-07-05\n\n", [(2, "header-indented")]),
        ("---\ntitle: a\nпросто текст\n---\n", [(3, "header-line")]),
        ("Шановні мешканці, запрошуємо\n\nТекст", [(1, "header-line")]),
        ("---\ntitle: a\n- b\n---\n", [(3, "header-line")]),
    ],
)
def test_a_header_that_would_lose_something_is_refused_with_its_line(text, found):
    assert codes(read(text)) == found


@given(st.text(alphabet=st.sampled_from("ab:-#'\"[]|> \n\t,;йї0"), max_size=80))
def test_no_text_makes_the_reader_fail(text):
    document = read(text)

    assert isinstance(document.body, str)
    assert {problem.path for problem in document.problems} <= {"content/news/x.md"}


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60))
def test_any_title_in_double_quotes_comes_back(title):
    written = title.strip().replace("\\", "\\\\").replace('"', '\\"')

    assert read(f'---\ntitle: "{written}"\n---\n').text("title") == title.strip()


def test_a_key_with_letters_of_two_alphabets_is_named_as_such():
    document = parse_document("content/news/x.md", "tіtle: Назва\ndаte: 2021-07-05\n\n", ("title", "date"))

    assert [(one.line, one.code, one.fix) for one in document.problems] == [
        (1, "header-lookalike", "наберіть «title» або запустіть make fix"),
        (2, "header-lookalike", "наберіть «date» або запустіть make fix"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [("title: Назва\n\nstatus: draft\n\nТекст.\n", 3), ("---\ntitle: Назва\n---\n\n\nСтан: чернетка\n", 6)],
)
def test_a_field_behind_a_blank_line_is_refused_and_not_printed(text, line):
    document = parse_document("content/news/x.md", text, ("title", "status", "date"))

    assert [(one.line, one.code) for one in document.problems] == [(line, "header-split")]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Назва\n---\n\nАдреса: вул. Садова, 1\nтел. 3-01-15\n",
        "---\ntitle: Назва\n---\n\nДжерело: Укрінформ.\n",
        "---\ntitle: Назва\n---\n\nАвтор: Іван Зразковий\n",
        "title: Назва\n\nАдреса: м. Дергачі, вул. Садова, 1\n",
    ],
)
def test_words_with_a_colon_below_a_header_are_words(text):
    allowed = ("title", "status", "date", "slug", "source", "author")

    assert parse_document("content/news/x.md", text, allowed).problems == []


@pytest.mark.parametrize("body", ["Дата: 5 липня, середа.", "Увага: приходьте!", "Текст.\n\nstatus: draft"])
def test_words_that_look_like_a_field_are_words(body):
    document = parse_document(
        "content/news/x.md", f"title: Назва\ndate: 2021-07-05\n\n{body}\n", ("title", "date", "status")
    )

    assert document.problems == []


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("draft: true", "напишіть «status: draft»"), ("draft: True", "напишіть «status: draft»"), ('draft: "yes"', "напишіть «status: draft»"),
        ("draft: false", "приберіть його: без поля «status» матеріал опубліковано"), ("published: false", "напишіть «status: draft»"),
        ("published: true", "приберіть його: без поля «status» матеріал опубліковано"), ("published: 2021-07-05", "напишіть «date»"), ("hidden: true", "напишіть «status: hidden»"),
        ("чернетка: так", "напишіть «стан: чернетка»"), ("tag: свято", "напишіть «tags»"), ("categories:\n  - Події", "напишіть «category»"), ("categories: [Події, Освіта]", "напишіть «category»"),
        ("authors: [Олена]", "напишіть «author»"), ("permalink: /x/", "напишіть «slug»"), ("url: /x/", "напишіть «slug»"), ("description: Текст", "напишіть «summary»"),
        ("thumbnail: a.jpg", "напишіть «image»"), ("featured_image: a.jpg", "напишіть «image»"), ("featuredImage: a.jpg", "напишіть «image»"), ("lastmod: 2021-07-05", "напишіть «modified»"),
        ("last_modified_at: 2021-07-05", "напишіть «modified»"), ("publishDate: 2021-07-05", "напишіть «date»"), ("expiryDate: 2021-07-05", "напишіть «expires»"),
        ("locale: en", "напишіть «lang»"), ("weight: 10", "приберіть його: вигляд і місце сторінки сайт визначає за текою"), ("type: post", "приберіть його: вигляд і місце сторінки сайт визначає за текою"),
        ("layout: post", "приберіть його: вигляд і місце сторінки сайт визначає за текою"), ("aliases:\n  - /x/", "приберіть його, а колишні адреси впишіть до content/redirects.csv"),
        ("redirect_from: /x/", "приберіть його, а колишні адреси впишіть до content/redirects.csv"), ("image_alt: Площа", "можливо, «image-alt»?"),
        ("zzz: 1", "приберіть його або назвіть за довідником полів"),
    ],
)  # fmt: skip
def test_a_key_of_another_program_is_told_what_says_it_here(line, advice):
    found = read_item(
        "content/news/x.md", f"---\ntitle: Назва\ndate: 2021-07-05\n{line}\n---\n\nТекст\n".encode()
    ).problems

    assert [(one.line, one.code, one.fix) for one in found] == [(4, "header-unknown-key", advice)]


def test_a_field_that_this_place_does_not_have_is_not_advised():
    (found,) = read_item("content/news/x.md", b"title: A\ndate: 2021-07-05\ntelephone: 1\n\nText\n").problems

    assert "phone" not in found.fix


@pytest.mark.parametrize("line", ["title: Рада: звіт", "summary: Школа #5 # та інші", "author: [Олена]", "source: @rada", 'category: "Події" і "Освіта"', "summary: Текст\tз табуляцією",
                                  "tags: {а}", "tags:\n  - Рада: звіт", "image: *foto.jpg", "summary: % звіт", "title: 'а' і 'б'", "summary: |\n\tРядок"])  # fmt: skip
def test_a_value_that_other_programs_read_otherwise_is_warned_of_between_fences_alone(line):
    fenced = parse_document("content/news/x.md", f"---\nlang: uk\n{line}\n---\n", COMMON)
    plain = parse_document("content/news/x.md", f"lang: uk\n{line}\n\n", COMMON)

    assert [(one.line, one.code, one.level) for one in fenced.problems] == [(3, "header-yaml", "warning")]
    assert plain.problems == []
    assert {key: one.text for key, one in fenced.fields.items()} == {key: one.text for key, one in plain.fields.items()}


@pytest.mark.parametrize("line", ["date: 2021-07-05", "summary:", "slug: 0123", "lang: NO", "expires: ~", "summary: |\n  Рядок", "tags: а, б", "tags: [2021, б]", "summary: «Зевс»", "phone: (057) 1-2"])  # fmt: skip
def test_what_others_only_take_for_another_type_is_not_warned_of(line):
    assert parse_document("content/news/x.md", f"---\ntitle: А\n{line}\n---\n", (*COMMON, "phone")).problems == []


@pytest.mark.parametrize(
    "written", ["category:\n  - Події", "Назва:\n- а\n- б", "date:\n  - 2021-07-05", "status:\n- draft"]
)
@pytest.mark.parametrize("frame", ["---\n{}\n---\nТекст", "{}\n\nТекст"], ids=["yaml", "plain"])
def test_a_list_in_a_field_of_one_value_is_refused(frame, written):
    assert [code for _, code in codes(read(frame.format(written)))] == ["header-list"]


@pytest.mark.parametrize(
    "written", ['title: "Клуб\n  date: 2021-07-05', "title: 'Клуб\n  status: draft", "tags:\n- 'а\n  date: 2021-07-05"]
)
def test_a_field_behind_an_open_quote_is_not_swallowed(written):
    assert "header-indented" in [code for _, code in codes(read(f"---\n{written}\n---\n"))]


@pytest.mark.parametrize("line", ["date:\u00a02021-07-05", "Дата події:\u00a02021-07-05"])
def test_a_line_that_looks_right_but_for_its_space_is_told_of_the_space(line):
    document = read(f"title: a\n{line}\n\nТекст")

    assert [(one.line, one.code, one.fix) for one in document.problems if one.code == "header-line"] == [
        (2, "header-line", "наберіть там звичайний пробіл")
    ]
