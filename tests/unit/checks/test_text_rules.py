"""One text, one fault: each rule says its code of what is wrong, and nothing of what looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.checks.privacy_rules import is_card, is_taxpayer, mask_digits
from hromada.checks.text_rules import check_text
from hromada.domain.item import Kind, Status
from tests.unit.making import item

HEADER = "title: Назва\ndate: 2021-07-05\n\n"


def found(body, **changes):
    """Codes and lines of what is said of a text."""
    one = item(body_line=4, **changes)
    return [(problem.code, problem.line) for problem in check_text(one, HEADER + body)]


WRONG = [
    ("letter-lost", "У гр\ufffdмаді.", 4),
    ("notes-visible", "Текст.\n\n<!-- Уточнити в Олени -- >\n\nДалі.\n", 6),
    ("notes-visible", "Вступ.\n\n<!-- переписати\n\nАбзац після.\n", 6),
    ("notes-visible", "<!-- одна -- >\n\nТекст.\n\n<!-- друга -->\n", 4),
    ("notes-visible", "<!-- одна –>\nТекст.\n<!-- друга -->\n", 4),
    ("notes-visible", "<!-- одна --!>\nТекст. -->\n", 4),
    ("notes-visible", "<!-- одна —>\nТекст. -->\n", 4),
    ("notes-visible", "<!--> одна -->\n", 4),
    ("notes-visible", "<!— одна —>", 4),
    ("notes-visible", "<!– одна –>", 4),
    ("notes-visible", "<!- одна -->", 4),
    ("notes-visible", "Текст <! -- одна --> далі.", 4),
    ("notes-visible", "< !-- одна -->", 4),
    ("notes-visible", "<-- одна -->", 4),
    ("notes-visible", "!-- одна -->", 4),
    ("notes-visible", "&lt;!-- одна --&gt;", 4),
    ("notes-visible", "<!одна>", 4),
    ("notes-visible", "‹!-- одна --›", 4),
    ("notes-visible", "Текст.\n\n    <!-- одна -->\n", 6),
    ("notes-visible", "<-!-- одна -->", 4),
    ("notes-visible", "«!-- одна --»", 4),
    ("notes-visible", "Текст.\n\n[comment]: # одна\n", 6),
    ("notes-visible", "{# одна #}", 4),
    ("notes-visible", "Текст.\n\n%% одна %%\n", 6),
    ("notes-visible", "/* одна */", 4),
    ("notes-visible", "<comment>одна</comment>", 4),
    ("notes-visible", "Текст.\n\n<div hidden>одна</div>\n", 6),
    ("notes-visible", '<p style="display: none">одна</p>', 4),
    ("notes-visible", "Текст.\n\n<span style='visibility: hidden'>одна</span>\n", 6),
    ("link-syntax", "Є ! [стіна](foto.jpg)", 4),
    ("link-syntax", "Текст.\n\n! [стіна](<foto 1.png>)", 6),
    ("link-syntax", "(!\u00a0[стіна](foto.webp))", 4),
    ("link-syntax", "Текст.\n\n[рішення]: https://example.org/r.pdf", 6),
    ("link-syntax", "Є [тут][1].\n\n[1]: a.md\n[2]: b.md", 7),
    ("link-syntax", "Є.\n\n[^1]: Примітка.", 6),
    ("local-path", "![вид](C:\\Users\\Olena\\foto.jpg)", 4),
    ("local-path", "[план](file:///home/plan.pdf)", 4),
    ("tag-unpaired", "<div>\n\nТекст.\n", 4),
    ("tag-unpaired", "Текст.\n\n</div>\n", 6),
    ("tag-unpaired", "<b>так</i>\n", 4),
    ("tag-unpaired", "Текст.\n    <div>\n", 5),
    ("tag-unpaired", "<div/>\n\nТекст.\n", 4),
    ("tag-unpaired", "<a href=\"/news/\"/>Текст.\n", 4),
    ("tag-unpaired", "<div>\n\n    <i>так\n\n</div>\n", 6),
    ("tag-unpaired", "<photo 1.jpg>", 4),
    ("text-indented", "Потрібні:\n\n    - паспорт\n", 6),
    ("text-indented", "\tЗапрошуємо мешканців громади до зали.\n", 4),
    ("text-indented", "Так.\n\n    Запрошуємо мешканців громади до зали.\n", 6),
    ("list-mark", "Потрібні:\n• паспорт;\n• заява.\n", 5),
    ("list-mark", "\uf0b7\tпаспорт\n", 4),
    ("list-mark", "Потрібні:\n-\u00a0паспорт;\n-\u00a0заява.\n", 5),
    ("list-mark", "*\u00a0паспорт\n", 4),
    ("list-mark", "Потрібні:\no\tпаспорт;\no\tзаява.\n", 5),
    ("list-mark", "§ паспорт;\n§ заява.\n", 4),
    ("list-mark", "Ø паспорт\n", 4),
    ("list-mark", "Потрібні:\nü\tпаспорт\n", 5),
    ("lines-joined", "а) бюджет:\n- доходи;\nб) різне\n", 6),
    ("lines-joined", f"{'слово ' * 30}кінець.\nДругий абзац.\n", 5),
    ("heading-sentence", "Світла не буде.\n---\nВибачте.\n", 4),
    ("heading-sentence", "Слово.\n\nЧи буде «світло?»\n-----\n", 6),
    ("heading-sentence", "Потрібні:\n-\n", 4),
    ("heading-sentence", "> Світла не буде.\n> ---\n> Вибачте.\n", 4),
    ("heading-sentence", "Є.\n> > Світла не буде.\n> > ---\n", 5),
    ("heading-sentence", "**Світла не буде.**\n---\nВибачте\n", 4),
    ("heading-sentence", "Збори відбудуться 20 січня у клубі\n------\nЗапрошуємо\n", 4),
    ("heading-sentence", "Голова ради Іван Зразковий\n---\n", 4),
    ("heading-sentence", f"{'слово ' * 20}\n---\n", 4),
    ("table-cells", "| День | Години |\n| --- | --- |\n| Пн | 8–17 | крім свят |\n", 6),
    ("table-cells", "День | Години\n--- | ---\nПн | 8–17\nВт | 9–18 | з перервою", 7),
    ("table-cells", "Графік:\n| День |\n|---|\n| Пн | 8–17 |", 7),
    ("table-tabs", "День\tГодини\nПонеділок\t8–17\n", 4),
    ("double-encoded", "Ð\u0094ÐµÑ\u0080Ð³Ð°Ñ\u0087Ñ\u0096", 4),
    ("double-encoded", "Р”РµСЂРіР°С‡С–", 4),
    ("lookalike-letter", "Зі старoстами зустрілися.", 4),
    ("lookalike-letter", "Вчителі i учні.", 4),
    ("lookalike-letter", "Kраїна.", 4),
    ("invisible-sign", "Гро\u00adмада.", 4),
    ("invisible-sign", "Так.\n\nГромада\u200b тут.", 6),
    ("decomposed-letter", "Дитячии\u0306 садок.", 4),
    ("office-paste", '<p class="MsoNormal">Текст.</p>', 4),
    ("short-code", '[gallery ids="1,2"]', 4),
    ("office-paste", "<w:sdt>Текст</w:sdt>", 4),
    ("office-paste", "Текст.\n\n<!--[if gte mso 9]>\nx\n<![endif]-->\n", 6),
    ("office-paste", '<b id="docs-internal-guid-1a2b" style="font-weight:normal">Текст</b>', 4),
    ("short-code", "{{< youtube abc >}}", 4),
    ("short-code", "[video src=a.mp4] (запис)", 4),
    ("short-code", "[youtube]", 4),
    ("short-code", "[/caption]", 4),
    ("short-code", "{{ page.title }}", 4),
    ("short-code", "{% include form.html %}", 4),
    ("heading-first-level", "# Розділ\n", 4),
    ("heading-first-level", "Розділ\n======\n", 4),
    ("heading-first-level", "Текст.\n#громада #рада\n", 5),
    ("heading-first-level", "## Розділ\nЧастина\n===\n", 5),
    ("heading-skipped", "Розділ\n-\n\n#### Частина\n", 7),
    ("heading-skipped", "## Розділ\n\n#### Частина\n", 6),
    ("heading-skipped", "### Частина\n", 4),
    ("personal-data", "РНОКПП 3000000072.", 4),
    ("personal-data", "Картка 4111 1111 1111 1111.", 4),
    ("personal-data", "Паспорт серії МН № 123456.", 4),
    ("personal-phone", "Телефонуйте: (067) 123-45-67.", 4),
    ("personal-phone", "Телефонуйте: +380501234567.", 4),
    ("orthography", "Новий проект рішення.", 4),
    ("orthography", "На веб-сайті ради.", 4),
    ("quotes", 'Газета "Вісті" пише.', 4),
    ("quotes", "Газета “Вісті” пише.", 4),
    ("quotes", "Газета „Вісті“ пише.", 4),
    ("orthography", "Обговорили проект рішення «Про бюджет».", 4),
    ("orthography", "«Про проект бюджету» говорили вчора.", 4),
    ("lookalike-letter", "TОВ «Мрія».", 4),
    ("invisible-sign", "Гро\u2062мада.", 4),
    ("invisible-sign", "[а](https://example.org/\u200b)", 4),
    ("personal-data", "РНОКПП: 3000000072: Приклад.", 4),
    ("personal-data", "Посвідчення ветерана серії АБ № 123456.", 4),
]  # fmt: skip
RIGHT = [
    "| День | Години |\n| --- | --- |\n| Пн | 8–17 | |\n| Вт |\n| Ср | `a|b` |\n| Чт | 8 \\| 9 |\n",
    "```\n|а|б|\n|-|-|\n|1|2|3|\n```\n",
    "## Розділ\n\n#### **\n\n#### __ __\n\n##### ~~\n\n### Частина\n",
    "Потрібні:\n–\tпаспорт;\n–\tзаява.\n\nа)\tперше;\nб)\tдруге.\n\n§ 5 Закону\n§ 6 Закону\n",
    "Адреса: вул. Садова, 1\n\n[//]: # (прихована примітка)\n\nУвага! [Світлина](foto.jpg) і 100 %% та a/*b*/c, {#misce}.",
    "Є[^1] і [акт], [там][1].\n\n[^1]: Так.\n[акт]: a.md\n[1]: b.md",
    "Порядок денний\n-----\n\nДалі.\n\n- пункт\n---\nДалі",
    "<details hidden-x><summary>Далі</summary>\n\nприховано: hidden, display:none\n\n</details>",
    "1) паспорт;\n2) заява.\n\nГрафік:\nПонеділок: 8–17\nСубота: вихідний\n",
    "<!-- одна\n\nіще --> Київ --> Харків <- Полтава <-- Суми, а -> б, 5<!",
    "<!-- Іван -> Петро\nдалі -->\n\n`<!-- код` і \\`<!-- так -->\n\n```\n<!-- код\n```\n",
    "![Стіна ліцею](<photo 1.jpg>) [акт](<тека 2/b (1).pdf> \"Назва\") [там].\n\n[там]: <photo 1.jpg>\n",
    "<a name=\"x\"/>Текст.",
    "<span id=\"x\" />Текст.",
    "Просто текст.\n\n## Розділ\n\n### Частина\n\n## Другий\n",
    "Wi-Fi та IT-компанія, COVID-19, 3G-сигнал, Facebook-сторінка.",
    "`Kраїна` і [Країна](Kраїна.md), https://example.org/Kраїна",
    "Емодзі 👨\u200d👩\u200d👧 і прапор.",
    "План: 05.07.2021, 2021-07-12 14:30, рахунок UA213223130000026007233566001, 1 234 567,89 грн.",
    "Приймальня: (05763) 3-01-15; код ЄДРПОУ 04058668; 2021070511.",
    "Рішення № 1234567890123456.",
    "Технічний паспорт за 125000 грн, облігацій серії на 250000 грн.",
    "Ділянка 3000000072:00:001:0001 і 00:3000000072.",
    "КОАТУУ 3000000072; 3000000072 грн.",
    "Ліцензія серії АВ № 123456, бланк серії АА 000123.",
    "[youtube-каналі](https://example.org) [video](a.mp4) [audio-гід](a.mp3) [Запис][video] [video]\n\n[video]: a.mp4",
    "[gallery] тут.\n\n[gallery]: a.md",
    "`[gallery]` і \\[gallery\\], [video-запис].",
    "Так.\n\n```\n<!--[if gte mso 9]>\n```\n",
    "Файл mso-1.docx і https://example.org/mso-bidi:1.",
    "Текст [а].\n\n[а]: a.md \"Назва статті\"",
    "Вітамін c і pHметр, TOPовий, вітамін e та гепатит a.",
    "Абзац\nще рядок\n===\n",
    "\\#громада і #рада\n",
    "Закон України «Про наукові проекти» та постанова КМУ від 01.02.2015 № 5 «Деякі питання проектів».",
    "Наказом № 5 «Про проект» та «Про зміни до проекту» визначено.",
    "| Посада | Телефон |\n|---|---|\n| Голова | (05763) 3-01-15 |\n\nГаряча лінія 0 800 500 335, +38 (057) 700-00-00.",
    "Закупівля UA-2021-07-05-001234-a, ДК 021:2015: 45233140-2, ТМ «Roshen», pH 7,2, CO2, A(II) Rh+, №№ 1–5, XXI ст.",
    "Паспорт бюджетної програми КПКВК 0110150; вх. 3000000072/1; тел. довіри 116 123; UA21 3223 1300 0002 6007 2335 6600 1.",
    '<table>\n<tr><td>а<td>б\n</table>\n\n<p align=center>в\n\n<br/> 5 < 10, a<b',
    "> «Цитата», – сказав голова.\n\n* перше\n\n---\n\nОб'єкт об`єкт п`ять; <mailto:rada@example.org>",
    "हिन्\u200dदी і ❤\ufe0f\u200d🔥",
    "Проєкт, вебсайт, пресслужба, міні-Європа, проєктор.",
    "«Газета „Вісті“ пише», 5\" і 6' довжини.",
    '<details><summary>Далі</summary>\n\nТекст.\n\n</details>\n\nРядок.<br>Ще.\n',
    "<https://example.org> і <rada@example.org>",
    "Так пишуть:\n\n    <div>\n    <b>\n\nТекст.",
    "1. Пункт\n\n        <div>\n",
    "````\n```\n<div>\n````\n",
    "~~~~ html\n<div>\n~~~\n</p></div>\n~~~~\n",
    "Тег \\<div\\> і \\</b> та `` `<div> ``.",
    "<a href=https://example.org/>текст</a>",
    "<div>\n\n    <b>так</b>\n\n    </div>\n",
    "<!-- <div> -->\n",
    "```\n<div>\n# не заголовок\n\"код\"\n```\n",
    "Таблиця:\n\n| а | б |\n|---|---|\n| 1 | 2 |\n\n---\n\nТекст.",
    "Посилання [на розділ](#rozdil) та примітка[^1].\n\n[^1]: Примітка.",
    "Розглянули питання[^1]:\n- бюджет;\n- освіта.\n\n[^1]: За поданням комісій.",
    "За [рішенням]: так.\n\n[рішенням]: https://example.org/r",
    "> Світла не буде.\n---\nВибачте.",
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "line"), WRONG)
def test_a_fault_is_said_with_its_line(code, text, line):
    assert found(text) == [(code, line)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_looks_like_a_fault_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("old", "now"),
    [("ПРОЕКТИ", "ПРОЄКТИ"), ("Проекти", "Проєкти"), ("проекти", "проєкти"), ("ВЕБ-САЙТ", "ВЕБСАЙТ"), ("Веб-сайт", "Вебсайт")],
)  # fmt: skip
def test_advice_has_the_capitals_of_the_word(old, now):
    (problem,) = check_text(item(body_line=4), f"{HEADER}{old} ради.")

    assert problem.fix == f"напишіть «{now}»"


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Гро\u00adмада.", "видаліть його або запустіть make fix"),
        ("[а](https://example.org/\u200b)", "видаліть його"),
        ('Газета "Вісті".', "напишіть «…» або запустіть make fix"),
        ('Газета "Вісті" і 5" труба.', "напишіть «…», кожній лапці – пару"),
    ],
)
def test_make_fix_is_named_where_it_helps(text, fix):
    (problem,) = check_text(item(body_line=4), HEADER + text)

    assert problem.fix == fix


@pytest.mark.parametrize("piece", ["Паспорт МН {:06}. ", "(067) {:03}-45-67. "])
def test_many_different_numbers_are_said_three_times(piece):
    assert len(found("".join(piece.format(number) for number in range(100, 110)))) == 3


def test_a_draft_is_left_in_peace():
    assert found("# Проект\n", status=Status.DRAFT) == []


def test_a_translation_follows_the_rules_of_its_own_language():
    assert found('The "Visti" newspaper, проект.', lang="en") == []


def test_a_phone_on_a_page_of_contacts_is_no_fault():
    assert found("Приймальня: (067) 123-45-67.", kind=Kind.PAGE) == []


def test_a_fault_in_the_header_is_said_with_its_line_there():
    one = item(body_line=4)
    said = check_text(one, "title: Старoста\ndate: 2021-07-05\n\nТекст.\n")

    assert [(problem.code, problem.line) for problem in said] == [("lookalike-letter", 1)]


@pytest.mark.parametrize(
    ("value", "times"),
    [
        ("Комплекс &laquo;Зевс&raquo;&nbsp;&mdash; нова адреса", 3),
        ("**Увага**: збори", 1),
        ("<b>Увага</b>", 2),
        ("Є [акт](a.pdf)", 1),
        ("5 &lt; 10", 1),
        ("`код`", 1),
        ("*Увага*", 1),
        ("_Увага_ збори", 1),
        ("Збори&nbsp о 10", 1),
        ("Комплекс &laquo Зевс &raquo", 2),
        ("М&sup2; і 5 &frac12;", 2),
        ("1\\. Збори\\!", 2),
        ("Збори[^1]", 1),
        ("## Збори", 1),
        ("Акт № 5 #новини, R&D, ?a&copy=1; C:\\тека", 0),
        ("Рада & громада, 5*3, R&D; 2*2=4* «а_б»", 0),
        ("5 < 10 і <https://example.org>", 0),
        ('"Він сказав: \\"так\\""', 0),
    ],
)
def test_a_headers_words_are_plain_text(value, times):
    said = check_text(item(body_line=4), f"title: Назва\nsummary: {value}\n\nТекст.\n")

    assert [(problem.code, problem.line) for problem in said] == [("header-markup", 2)] * times


@pytest.mark.parametrize(
    ("key", "value", "advice"),
    [
        ("title", "Комплекс &laquo;Зевс", "запустіть make fix або наберіть самі знаки"),
        ("category", "Под&iuml;ї", "наберіть самі знаки"),  # a fix would change what is counted
        ("source", "Сайт &laquo;Зевс", "наберіть самі знаки"),
        ("gallery", "a.jpg | Комплекс &laquo;Зевс", "наберіть самі знаки"),
        ("title", "Комплекс &LAQUO;Зевс", "наберіть самі знаки"),
        ("title", "&quot;Зевс", "наберіть самі знаки"),
    ],
)
def test_what_make_fix_leaves_in_a_header_is_not_promised_of_it(key, value, advice):
    (said,) = check_text(item(body_line=4, lines={key: 1}), f"{key}: {value}\n\nТекст.\n")

    assert (said.code, said.fix) == ("header-markup", advice)


@pytest.mark.parametrize("note", ["<!-- уточнити -->", "<!-- уточнити", "<!— уточнити —>", "&lt;!-- уточнити"])
def test_a_note_in_a_header_would_be_read_by_all(note):
    said = check_text(item(body_line=4), f"title: Назва\nsummary: Слово {note}\n\nТекст.\n")

    assert [(problem.code, problem.line) for problem in said] == [("notes-visible", 2)]


def test_a_headers_names_of_files_and_addresses_are_no_words_and_its_titles_are():
    header = (
        "title: Проект\nimage:\n  foto-прoект.jpg\ngallery:\n  - проект-1.jpg\ntags:\n  - веб-сайт\nsource: Прoект\n\n"
    )
    lines = {"title": 1, "image": 2, "gallery": 4, "tags": 6, "source": 8}
    said = check_text(item(body_line=10, lines=lines), header)

    assert [(problem.code, problem.line) for problem in said] == [("orthography", 1), ("orthography", 7)]


def test_the_same_fault_many_times_is_said_three_times():
    assert len(found(" ".join(f"слов{end}o" for end in "абвгд"))) == 3


def test_a_message_never_repeats_the_number():
    assert mask_digits("3000000072") == "••••••••72"
    assert mask_digits("+380 50 123 45 67") == "+••• •• ••• •• 67"


@pytest.mark.parametrize(("digits", "is_one"), [("3000000072", True), ("3000000071", False), ("0000000000", False)])
def test_a_taxpayers_number_has_its_control_digit(digits, is_one):
    assert is_taxpayer(digits) is is_one


@pytest.mark.parametrize(
    ("digits", "is_one"), [("4111111111111111", True), ("4111111111111112", False), ("0" * 16, False)]
)
def test_a_card_obeys_luhn(digits, is_one):
    assert is_card(digits) is is_one


@given(st.text(alphabet='абвo \n#"«»<>/[](){}`~|:.-+0123456789=\\\u00ad\ufeffЀ', max_size=300))
def test_any_text_is_read_to_its_end(text):
    lines = HEADER.count("\n") + text.count("\n") + 1

    assert all(1 <= line <= lines for _, line in found(text))
