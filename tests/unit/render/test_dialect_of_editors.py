"""What an editor sees on GitHub and in VS Code, a reader sees on the page; what is not so is said with its line."""

import pytest

from hromada.domain.markdown_normalizing import normalize_markdown
from hromada.render.html import Markup
from tests.unit.making import item

MARKUP = Markup()


def page(text):
    """The HTML of a text without line ends between its tags."""
    return MARKUP.text(item(body_line=4), text).html.replace("\n<", "<").replace("\n</", "</").replace("<br>\n", "<br>")


def said(text):
    return [(one.code, one.line) for one in MARKUP.text(item(body_line=4), text).metadata.problems]


def ul(*points):
    return f"<ul>{''.join(f'<li>{one}</li>' for one in points)}</ul>"


def ol(*points):
    return f"<ol>{''.join(f'<li>{one}</li>' for one in points)}</ol>"


TABLE = "<table><thead><tr><th>День</th><th>Години</th></tr></thead><tbody><tr><td>Понеділок</td><td>8–12</td></tr></tbody></table>"
SHOWN = [
    # A list under its lead-in sentence.
    ("Розглянули такі питання:\n- бюджет;\n- програма.", f"<p>Розглянули такі питання:</p>{ul('бюджет;', 'програма.')}"),
    ("Розглянули:\n* бюджет;\n* програма.", f"<p>Розглянули:</p>{ul('бюджет;', 'програма.')}"),
    ("Розглянули:\n1. Бюджет\n2. Програма", f"<p>Розглянули:</p>{ol('Бюджет', 'Програма')}"),
    ("**Розглянули**\n+ бюджет", f"<p><strong>Розглянули</strong></p>{ul('бюджет')}"),
    ("> Розглянули:\n> - бюджет", f"<blockquote><p>Розглянули:</p>{ul('бюджет')}</blockquote>"),
    ("- а\n1. б\n2. в", ul("а") + ol("б", "в")),
    ("- а\n# Розділ", f'{ul("а")}<h2 id="rozdil">Розділ</h2>'),
    ("Що взяти:\n\t- паспорт;\n\t- код.", f"<p>Що взяти:</p>{ul('паспорт;', 'код.')}"),
    ("Що взяти:\n    1. паспорт\n    2. код", f"<p>Що взяти:</p>{ol('паспорт', 'код')}"),
    ("Що взяти:\n    - паспорт\n        - копія\n    - код", f"<p>Що взяти:</p>{ul('паспорт' + ul('копія'), 'код')}"),
    # Points inside of points.
    ("- Бюджет\n  - Доходи\n  - Видатки\n- Різне", ul(f"Бюджет{ul('Доходи', 'Видатки')}", "Різне")),
    ("- Освіта\n  1. Ліцеї\n  2. Садки\n- Різне", ul(f"Освіта{ol('Ліцеї', 'Садки')}", "Різне")),
    ("1. Освіта\n   - Ліцеї\n2. Різне", ol(f"Освіта{ul('Ліцеї')}", "Різне")),
    ("1. Освіта\n  - Ліцеї\n2. Різне", ol(f"Освіта{ul('Ліцеї')}", "Різне")),
    ("- а\n  - б\n    - в\n  - г", ul("а" + ul("б" + ul("в"), "г"))),
    ("- а\n    - б\n        - в", ul("а" + ul("б" + ul("в")))),
    ("- а\n\t- б", ul(f"а{ul('б')}")),
    (" - а\n - б", ul("а", "б")),
    ("- а\n\n  Далі про а.\n- б", "<ul><li><p>а</p><p>Далі про а.</p></li><li><p>б</p></li></ul>"),
    # A table under its lead-in sentence.
    ("Графік прийому:\n| День | Години |\n| --- | --- |\n| Понеділок | 8–12 |", f"<p>Графік прийому:</p>{TABLE}"),
    ("Графік:\nДень | Години\n---|---\nПонеділок | 8–12", f"<p>Графік:</p>{TABLE}"),
    ("- Графік:\n\n| День | Години |\n|:-|-|\n| Понеділок | 8–12 |", ul("Графік:") + TABLE.replace("<th>День", '<th class="to-left">День').replace("<td>П", '<td class="to-left">П')),
    # Dashes that part, and have no sentence above them.
    ("- пункт\n---\nДалі", f"{ul('пункт')}<hr><p>Далі</p>"),
    ("> Цитата.\n---\nДалі", "<blockquote><p>Цитата.</p></blockquote><hr><p>Далі</p>"),
    ("1. пункт\n-----\nДалі", f"{ol('пункт')}<hr><p>Далі</p>"),
    ("## Розділ\n---\nДалі", '<h2 id="rozdil">Розділ</h2><hr><p>Далі</p>'),
    ("> Слова голови\n- бюджет\n- освіта", f"<blockquote><p>Слова голови</p></blockquote>{ul('бюджет', 'освіта')}"),
    ("- Бюджет\n  > Слова голови\n- Освіта", f"{ul('Бюджет')}<blockquote><p>Слова голови</p></blockquote>{ul('Освіта')}"),
    ("> Слова голови\n1. бюджет", f"<blockquote><p>Слова голови</p></blockquote>{ol('бюджет')}"),
    ("> Слова голови\n## Розділ", '<blockquote><p>Слова голови</p></blockquote><h2 id="rozdil">Розділ</h2>'),
    ("> Слова голови\n```\nкод\n```", "<blockquote><p>Слова голови</p></blockquote><pre><code>код</code></pre>"),
    ("- Бюджет\n-\n- Освіта", ul("Бюджет", "&nbsp;", "Освіта")),
    ("- Бюджет\n- \n- Освіта", ul("Бюджет", "&nbsp;", "Освіта")),
    ("1. Бюджет\n2.\n3. Освіта\n4.", ol("Бюджет", "&nbsp;", "Освіта", "&nbsp;")),
    # Lines that stay lines.
    ("<b>Пн</b> 8–12\n<b>Вт</b> 9–13", "<p><b>Пн</b> 8–12<br><b>Вт</b> 9–13</p>"),
    ("Пн: <i>так</i>\n<strong>Вт</strong>: ні", "<p>Пн: <i>так</i><br><strong>Вт</strong>: ні</p>"),
    ("Новини | Контакти\nПро нас | Мапа", "<p>Новини | Контакти<br>Про нас | Мапа</p>"),
    ("Графік прийому:\nПонеділок: 8:00–17:00\nСубота: вихідний", "<p>Графік прийому:<br>Понеділок: 8:00–17:00<br>Субота: вихідний</p>"),
    ("Розглянули:\n– бюджет громади;\n– програму.", "<p>Розглянули:<br>– бюджет громади;<br>– програму.</p>"),
    ("Розглянули:\n— бюджет.", "<p>Розглянули:<br>— бюджет.</p>"),
    ("Потрібні:\n–\tпаспорт;\n–\tкод.", "<p>Потрібні:<br>–   паспорт;<br>–   код.</p>"),
    ("1)\tпаспорт;\n2)\tкод.", "<p>1)  паспорт;<br>2)  код.</p>"),
    ("а)\tпаспорт;\nб)\tкод.", "<p>а)  паспорт;<br>б)  код.</p>"),
    ("а) бюджет;\nб) програма.", "<p>а) бюджет;<br>б) програма.</p>"),
    ("1) бюджет;\n2) програма.", "<p>1) бюджет;<br>2) програма.</p>"),
    ("З повагою\nсільський голова\nІван Зразковий", "<p>З повагою<br>сільський голова<br>Іван Зразковий</p>"),
    (
        "https://www.example.org/zrazok/posts/1\nhttps://example.org/rada/15\nПриходьте",
        '<p><a href="https://www.example.org/zrazok/posts/1">https://www.example.org/zrazok/posts/1</a><br>'
        '<a href="https://example.org/rada/15">https://example.org/rada/15</a><br>Приходьте</p>',
    ),
    ("📅 5 липня\n📍 площа", "<p>📅 5 липня<br>📍 площа</p>"),
    ("Рядок\\\nдругий рядок", "<p>Рядок<br>другий рядок</p>"),
    # Signs.
    ("Збори ~~15 січня~~ 16 січня.", "<p>Збори <del>15 січня</del> 16 січня.</p>"),
    ("~~**так**~~ і ~100 грн або ~200 грн", "<p><del><strong>так</strong></del> і ~100 грн або ~200 грн</p>"),
    ("- [x] Парк\n- [ ] Лавки", ul("☑ Парк", "☐ Лавки")),
    (
        'Бюджет 2022 \\- зміни \\~ 5 % \\= 100 \\& разом \\< 10, \\"лапки\\" \\$ \\@ \\% \\<b>',
        '<p>Бюджет 2022 - зміни ~ 5 % = 100 &amp; разом &lt; 10, "лапки" $ @ % &lt;b&gt;</p>',
    ),
    ("C:\\диск і \\а", "<p>C:\\диск і \\а</p>"),
    # Bare addresses.
    ("Деталі: https://example.org/a.", '<p>Деталі: <a href="https://example.org/a">https://example.org/a</a>.</p>'),
    ("(www.example.org/a_(b))", '<p>(<a href="https://www.example.org/a_(b)">www.example.org/a_(b)</a>)</p>'),
    ("Сайт: www.example.org.", '<p>Сайт: <a href="https://www.example.org">www.example.org</a>.</p>'),
    ("E-mail: a@example.org, WWW.EXAMPLE.ORG", '<p>E-mail: <a href="mailto:a@example.org">a@example.org</a>, <a href="https://WWW.EXAMPLE.ORG">WWW.EXAMPLE.ORG</a></p>'),
    ("(www.рада.укр) www.example.org:8080", '<p>(<a href="https://www.рада.укр">www.рада.укр</a>) <a href="https://www.example.org:8080">www.example.org:8080</a></p>'),
    ("Пишіть: www.rada, www. і https://", "<p>Пишіть: www.rada, www. і https://</p>"),
    ("Пишіть: rada@example.org.", '<p>Пишіть: <a href="mailto:rada@example.org">rada@example.org</a>.</p>'),
    ("https://example.org/?a=1&b=2", '<p><a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a></p>'),
    ("Деталі:https://example.org/a", '<p>Деталі:<a href="https://example.org/a">https://example.org/a</a></p>'),
    ("`https://example.org` https:// www.", "<p><code>https://example.org</code> https:// www.</p>"),
    ("<a href='/a/'>www.example.org</a>", '<p><a href="\ue0020\ue003">www.example.org</a></p>'),
    # Markdown inside of HTML.
    (
        "<details>\n<summary>Далі</summary>\n\n**Так** і [тут](https://example.org)\n\n- пункт\n\n</details>",
        f'<details><summary>Далі</summary><p><strong>Так</strong> і <a href="https://example.org">тут</a></p>{ul("пункт")}</details>',
    ),
    ("<div>**так**</div>", "<div><p><strong>так</strong></p></div>"),
    ('<div class="a">\nСлова:\n- пункт\n</div>', f'<div class="a"><p>Слова:</p>{ul("пункт")}</div>'),
    ("<div>просто слова</div>", "<div>просто слова</div>"),
    # A name with a space.
    ("[план](<план 1.pdf>)", '<p><a href="\ue0020\ue003">план</a></p>'),
    ("[план][1]\n\n[1]: <план 1.pdf>", '<p><a href="\ue0020\ue003">план</a></p>'),
    ("![Стіна][фото]\n\n[фото]: <photo 1.jpg> \"Стіна\"", '<p><img alt="Стіна" src="\ue0020\ue003" title="Стіна"></p>'),
    ("![Стіна](<photo (1).jpg>)", '<p><img alt="Стіна" src="\ue0020\ue003"></p>'),
]  # fmt: skip
AS_BEFORE = [
    "Абзац, який редактор загорнув перед словом, бо рядок у його програмі має лише сто знаків, а далі\nвін продовжив той самий абзац.",
    "Слово.\n\n- а\n- б\n\n1. в\n2. г\n\nДалі.",
    "- а\n    - б\n\n    Абзац пункту.\n\n- в",
    "- а\n\n        код\n",
    "```\nа\n- б\n```",
    "Слова\n\n    код\n    - код\n",
    "<pre>\nа\n- б\n</pre>",
    "Термін\n:   пояснення\n:   друге",
    "[^1]: а\n[^2]: б\n\nЄ[^1][^2].",
    "Минуло багато років відтоді, як громада почала збирати кошти на школу, а закінчила збирати в\n2021. Тоді й відкрили.",
    "<table>\n<tr><td>а</td></tr>\n</table>",
    "| а | б |\n|---|---|\n| в | г |",
    "<!-- а\n- б\n-->",
]


@pytest.mark.parametrize(("text", "html"), SHOWN)
def test_a_text_is_shown_as_other_previews_show_it(text, html):
    assert page(text) == html
    assert said(text) == []


@pytest.mark.parametrize("text", AS_BEFORE)
def test_what_was_shown_right_is_no_other_text(text):
    assert normalize_markdown(text) == text


VISIBLE = [
    ("Дивіться\n[рішення] (https://example.org/r.pdf).", [("link-syntax", 5)]),
    ("Є (бланк)[https://example.org/b.pdf].", [("link-syntax", 4)]),
    ("Є [друге](https://example.org/x.pdf і далі.", [("link-syntax", 4)]),
    ("![опис](foto.jpg", [("link-syntax", 4)]),
    ("![опис] тут", [("link-syntax", 4)]),
    ("[опис] (foto.jpg) тут", [("link-syntax", 4)]),
    ("Є [рішення]\n(https://example.org/r.pdf).", [("link-syntax", 4)]),
    ("Є [рішення]\u00a0(https://example.org/r.pdf).", [("link-syntax", 4)]),
    ("Є [рішення]\u200b(plan.pdf).", [("link-syntax", 4)]),
    ("Є [рішення] [https://example.org].", [("link-syntax", 4)]),
    ("Є [рішення]{https://example.org}.", [("link-syntax", 4)]),
    ("Є [рішення(https://example.org/r.pdf) тут.", [("link-syntax", 4)]),
    ("Є (https://example.org)[рішення].", [("link-syntax", 4)]),
    ("Слово.\n\n[тут]()", [("link-syntax", 6)]),
    ("Слово.\n\n[тут]( ) ", [("link-syntax", 6)]),
    ("[тут](<>)", [("link-syntax", 4)]),
    ('[тут]("https://example.org")', [("link-syntax", 4)]),
    ("[тут](https://)", [("link-syntax", 4)]),
    ("[тут](https:/example.org)", [("link-syntax", 4)]),
    ("[тут](mailto:)", [("link-syntax", 4)]),
    ('Слово.\n\n[а](https://example.org "назва)', [("link-syntax", 6)]),
    ("[а](https://example.org «назва»)", [("link-syntax", 4)]),
    ("[а](https://example.org/a «назва»)", [("link-syntax", 4)]),
    ("[а](https://example.org/a “назва”)", [("link-syntax", 4)]),
    ("[а](https://example.org назва)", [("link-syntax", 4)]),
    ("[а](https://exa mple.org/a)", [("link-syntax", 4)]),
    ("[а](https://example.org:порт/a)", [("link-syntax", 4)]),
    ("[а](https://[адреса])", [("link-syntax", 4)]),
    ("[а](https://example.org|б)", [("link-syntax", 4)]),
    ("<a href='https://example.org б'>а</a>", [("link-syntax", 4)]),
    ("https://example.org:порт/a, <https://example.org|б>, [а](https://example.org/План робіт «А».pdf)", []),
    ("Збори ~15 січня~ 16 січня.", [("markdown-visible", 4)]),
    ("Збори ==16 січня== о ++десятій++, 50 м^2^.", [("markdown-visible", 4)]),
    ("Площа 50 м^2^.", [("markdown-visible", 4)]),
    ("Мова C++, 2 == 2, ^_^, 2^10, «==» і «++», a==b==c, ===", []),
    ("Графік:\n| День | Години |\n| Пн | 8–12 |", [("markdown-visible", 5)]),
    ("| День | Години |\n| – | – |\n| Пн | 8–12 |", [("markdown-visible", 4)]),
    ("| День |\u00a0Години |\n|\u00a0---\u00a0|\u00a0---\u00a0|\n| Пн | 8–12 |", [("markdown-visible", 5)]),
    ("??? question\n    Так", [("markdown-visible", 4)]),
    ("!!! УВАГА !!! Збори о 10:00, ціна ~100 грн або ~200 грн, знижка* діє до 1 липня", []),
    ("** Увага ** усім", [("markdown-visible", 4)]),
    ("**Увага усім", [("markdown-visible", 4)]),
    ("~~Увага усім", [("markdown-visible", 4)]),
    ("Виноска[^2].", [("markdown-visible", 4)]),
    ("Є [це][немає].", [("markdown-visible", 4)]),
    ("| а | б |\n| --- | --- | --- |", [("markdown-visible", 5)]),
    ("> [!NOTE]\n> Важливо", [("markdown-visible", 4)]),
    ("::: tip\nВажливо\n:::", [("markdown-visible", 4)]),
    ('!!! warning "Увага"\n    Важливо', [("markdown-visible", 4)]),
    ("<p>**так**</p>", [("markdown-visible", 4)]),
    ("Довгий рядок, у якому вже немає місця для слова, бо він має сто знаків, а редактор загорнув його.\n3. Так", []),
    ("Довгий рядок, у якому вже немає місця для слова, бо він має сто знаків, а редактор загорнув саме\n31. Так", [("markdown-visible", 5)]),
    ("&#60;!-- примітка", [("notes-visible", 4)]),
    ("- а\n\n      <!-- б\n\n    в -->", [("notes-visible", 6)]),
    ("\\*\\*так\\*\\* \\[а\\](б) \\~\\~ \\- в", []),
    ("`**` і `](`\n\n```\n** [а](б\n```", []),
    ("[1] (далі – акт), ______, 5*3, Увага! [акт](https://example.org)", [("markdown-visible", 4)]),
    ("Слова ______ і 5 * 3, а[1], [допишіть: так]", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problems"), VISIBLE)
def test_marks_that_a_reader_would_see_are_said_with_their_line(text, problems):
    assert said(text) == problems


WORDLESS = [
    ("Є [](https://example.org/a)\nабо [ ](https://example.org/b).", [4, 5]),
    ("[&nbsp;](/a/)", [4]),
    ("[*](/a/)", [4]),
    ("<a href='/a/'><span></span></a>", [4]),
    ("##\n\nТекст.\n\n## ** **\n", [4, 8]),
    ("### &nbsp;\n", [4]),
    ("Слово.\n\n|  |  |\n|---|---|\n| а | б |", [6]),
    ("Слово.\n\n| &nbsp; | \u00a0 |\n|---|---|\n| а | б |", [6]),
    ("Слово.\n\n<table><tr><th></th><th> </th></tr><tr><td>а</td></tr></table>", [6]),
    ("Слово.\n\n## &nbsp;\n\n## <br>\n\n<h2> </h2>", [6, 8, 10]),
    ('Слово.\n\n## <a id="a"></a>', [6]),
    ("<table><tr><th></th><th>Пн</th></tr><tr><th>Голова</th><td>8</td></tr></table>", []),
    ("[📄](/a/) [![вид](a.jpg)](/a/) є[^1]\n\n[^1]: Так.\n\n|  | а |\n|---|---|\n| а | б |\n\n## 2021", []),
]


@pytest.mark.parametrize(("text", "lines"), WORDLESS)
def test_what_has_no_words_is_said_with_its_line(text, lines):
    assert said(text) == [("words-missing", line) for line in lines]


def test_a_quotation_deeper_than_any_is_left_to_the_limit():
    assert said("> " * 40 + "а\n" + "> " * 40 + "- б")[0][0] == "nesting-too-deep"
