"""What the forms make of files: an untouched one stays as it was, a changed field is written alone."""

import json

import pytest

from hromada.domain.alert import SEVERITIES, Severity
from hromada.domain.item import Kind
from hromada.editor.form_collections import format_of
from hromada.editor.form_fields import FORMS, FormChoices, Option, form_fields
from hromada.reading.alert_table import read_alerts
from hromada.reading.items import kind_and_section_of, read_item
from hromada.reading.task_table import read_tasks
from tests import needs
from tests.editor.scripts import script_page
from tests.needs import ROOT

pytestmark = [pytest.mark.browser, needs.chromium]
CHOICES = FormChoices(("Події", "Освіта"), (Option("viddil", "Відділ"),))
_FORM_OF = {
    Kind.NEWS: "news",
    Kind.MESSAGE: "message",
    Kind.UNIT: "unit",
    Kind.PAGE: "pages",
    Kind.SERVICE: "services",
    Kind.REPORT: "reports",
}
NEWS = "content/news/2021/2021-07-05-x.md"
MAKE_NEW = """---
# Рядки з «#» – підказки.
Заголовок: "Рада: звіт"
# За цим днем матеріал потрапляє до звіту.
Дата: "2021-07-05"
Рубрика: ""
Зображення: x.jpg
Опис зображення: Мешканці за столами
Галерея: druha.jpg | Питання із зали; tretia.jpg | Карта | | Автор
Стан: чернетка
---

Текст.
"""


@pytest.fixture(scope="module")
def page(browser):
    with script_page(browser) as page:
        forms = {name: form_fields(form, CHOICES) for name, form in FORMS.items()}
        page.evaluate(
            """async forms => {
              const {ItemFormat} = await import("/item_format.js");
              const {ListFormat} = await import("/list_format.js");
              const now = () => new Date("2022-01-15T12:00:00Z");
              window.formats = Object.fromEntries(Object.entries(forms).map(([name, fields]) => [name, new ItemFormat(window.tables.header, fields, now)]));
              window.formats.lists = new ListFormat(window.tables.alerts);
            }""",
            json.loads(json.dumps(forms)),
        )
        yield page


@pytest.fixture
def save(page):
    """Read a text into the form's values, change them, write it again; `change` is an expression's statements over `v`."""

    def saved(text, change="", form="news", opened_as=""):
        return page.evaluate(
            """([text, change, form, as]) => {
              const v = window.formats[as || form].fromFile(text.trim().replace(/\\r\\n?/g, "\\n"));
              new Function("v", change)(v);
              try { return window.formats[form].toFile(v); } catch (error) { return error.cause?.message ?? `!${error.stack}`; }
            }""",
            [text, change, form, opened_as],
        )

    return saved


def _shipped():
    for folder in ("content", "tests/sites/golden/content"):
        for path in sorted((ROOT / folder).rglob("*.md")):
            if placed := kind_and_section_of(f"content/{path.relative_to(ROOT / folder)}"):
                yield path, _FORM_OF[placed[0]]


def test_an_untouched_file_comes_back_as_it_was(save):
    differing = []
    for path, form in _shipped():
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        if save(text, form=form) != text.strip() + "\n":
            differing.append((path, save(text, form=form)))

    assert not differing, differing[0]


def test_what_windows_programs_put_around_a_text_is_no_part_of_a_field(save):
    text = "\ufeffЗаголовок: Рада\r\nДата: 05.07.2021\r\n\r\nТекст."

    assert save(text) == "Заголовок: Рада\nДата: 05.07.2021\n\nТекст.\n"
    assert save(text, "v.title = 'Звіт'").startswith("---\nЗаголовок: Звіт\nДата: 05.07.2021\n---\n")


def test_a_file_that_make_new_has_begun_keeps_its_hints_and_names(save):
    assert save(MAKE_NEW) == MAKE_NEW
    changed = save(MAKE_NEW, "v.title = 'Інша: назва'; v.status = 'published'; v.more.tags = ['дороги', 'а, б']")

    assert changed == MAKE_NEW.replace('"Рада: звіт"', '"Інша: назва"').replace(
        "чернетка\n", "published\ntags:\n  - дороги\n  - а, б\n"
    )


def test_a_picture_is_read_with_its_description_and_written_where_it_stood(save):
    changed = save(
        MAKE_NEW, "v.image = {file: 'y.jpg', alt: 'Зала', caption: '', credit: ''}; v.gallery[1].caption = 'Підпис'"
    )

    assert "Зображення: y.jpg\nimage-alt: Зала\n" in changed
    assert "Галерея:\n  - druha.jpg | Питання із зали\n  - tretia.jpg | Карта | Підпис | Автор\n" in changed
    assert "Опис зображення" not in changed
    assert [one.alt for one in read_item(NEWS, changed.encode()).item.gallery] == ["Питання із зали", "Карта"]


def test_a_folder_in_a_gallery_needs_no_description(save):
    text = '---\ntitle: Свято\ndate: "2021-07-05"\ngallery:\n  - /images/sviato/\n  - /images/sviato/1.jpg | Хор\n---\n\nТекст.\n'

    assert save(text) == text
    assert "  - /images/sviato/\n" in save(text, "v.gallery[1].alt = 'Хор співає'")


def test_a_published_item_without_a_status_stays_published(save):
    text = '---\ntitle: Свято\ndate: "2021-07-05"\n---\n\nТекст.\n'

    assert save(text, "v.body = 'Інший текст.'") == text.replace("Текст", "Інший текст")


def test_an_emptied_field_is_removed(save):
    text = '---\ntitle: Свято\ndate: "2021-07-05 10:00"\nsummary: Коротко\ntags:\n  - а\n  - б\n---\n\nТекст.\n'

    assert (
        save(text, "v.summary = ''; v.more.tags = []") == '---\ntitle: Свято\ndate: "2021-07-05 10:00"\n---\n\nТекст.\n'
    )


def test_a_header_without_lines_gets_them_when_something_changes(save):
    text = "Заголовок: Рада: звіт\nДата: 05.07.2021\n\nТекст.\n"

    assert save(text) == text
    assert (
        save(text, "v.date = '2021-07-06 00:00'") == '---\nЗаголовок: Рада: звіт\nДата: "2021-07-06"\n---\n\nТекст.\n'
    )


def test_a_new_file_is_what_was_meant(save, page):
    values = {
        "title": "«Рада»: 'звіт' — \"100%\" 🎉", "date": "2021-07-05 14:30", "status": "draft", "category": "Події", "body": "# текст\n\n- пункт",
        "image": {"file": "x.jpg", "alt": "Зала: люди", "caption": "", "credit": ""}, "summary": "- тире", "gallery": [],
        "more": {"tags": ["а, б", "#в"], "source": "", "expires": "2021-08-01", "modified": ""}, "_source": "",
    }  # fmt: skip
    text = page.evaluate("v => window.formats.news.toFile(v)", values)
    item = read_item(NEWS, text.encode())

    assert not item.problems
    assert (item.item.title, item.item.summary, item.item.tags) == (values["title"], "- тире", ("а, б", "#в"))
    assert (item.item.image.target, item.item.image.alt, str(item.item.expires)) == (
        "x.jpg",
        "Зала: люди",
        "2021-08-01",
    )
    assert item.body.strip() == values["body"]
    assert str(item.item.when) == "2021-07-05 14:30:00"


def test_the_form_of_events_finds_what_that_of_news_has_read(save):
    text = '---\ntitle: Свято\ndate: "2021-07-05"\nevent-date: "2021-07-10"\nevent-place: Площа\nauthor: Відділ\n---\n\nТекст.\n'

    assert save(text, form="events", opened_as="news") == text
    assert '"2021-07-11 18:30"' in save(text, "v['event-date'] = '2021-07-11 18:30'", form="events", opened_as="news")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("v['event-date'] = '2021-07-10 10:00'; v['event-end'] = '2021-07-10 09:00'", "закінчується раніше"),
        ("v['event-date'] = '2021-07-10 10:00'; v['event-was'] = '2021-07-01 10:00'", "лише в перенесеної"),
        ("v['event-date'] = '2021-07-10 10:00'; v['event-state'] = 'moved'", "Подію перенесено: впишіть"),
        ("v['event-date'] = '2021-07-10 10:00'; v['event-repeat'] = 'щотижня до 01.07.2021'", "раніше за її дату"),
        ("v['event-date'] = '2021-07-10 10:00'; v['event-repeat'] = 'щотижня до 01.09.2022'", "довше за 366 днів"),
        ("v.date = '2023-07-10 10:00'", "більше року"),
        ("v.more.withdrawn = 'Помилка'", "впишіть і причину"),
        ("v.body = '![](x.jpg)'", "без опису"),
        ("v.body = '<script>alert(1)</script>'", "код сторінки"),
        ("v.body = '![a](https://example.com/x.jpg)'", "чужого сайту"),
        ("v.body = 'Дата: 5 липня'; v.date = ''", "так починається поле"),
        ("v.title = 'C:\\\\шлях\\\\новини'", "шлях до файлу на вашому"),
        ("v.body = 'Так <b>жирно'", "Тег <b> не має пари"),
    ],
)  # fmt: skip
def test_what_single_fields_cannot_say_is_refused_in_words(save, change, words):
    assert words in save('---\ntitle: Свято\ndate: "2021-07-05"\n---\n\nТекст.\n', change, form="events")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2021-07-10 14:30", "2021-07-10"),
        ("10.07.2021 14:30", "10.07.2021"),
        ("2021-07-10", "2021-07-10 09:00"),
        ("10 липня 2021 о 14:30", "2021-07-10 16:00"),
        ("2021-07-10 14:30", "11 липня 2021"),
        ("2021-07-10T14:30+03:00", "2021-07-10 16:00"),
    ],
)
def test_an_event_that_the_check_takes_can_be_changed(save, start, end):
    text = f'---\ntitle: Свято\ndate: "2021-07-05"\nevent-date: "{start}"\nevent-end: "{end}"\n---\n\nТекст.\n'

    assert not read_item(NEWS, text.encode()).problems
    assert save(text, "v.title = 'Ярмарок'", form="events") == text.replace("Свято", "Ярмарок")
    moved = save(text, "v['event-date'] = '2021-07-10 08:00'", form="events")
    assert f'event-date: "2021-07-10 08:00"\nevent-end: "{end}"' in moved


def test_an_end_before_the_start_that_stands_in_a_file_stops_no_other_change(save):
    text = '---\ntitle: Свято\ndate: "2021-07-05"\nevent-date: "2021-07-10"\nevent-end: "2021-07-09"\n---\n\nТекст.\n'

    assert save(text, "v.title = 'Ярмарок'", form="events") == text.replace("Свято", "Ярмарок")
    assert "закінчується раніше" in save(text, "v['event-end'] = '2021-07-08 00:00'", form="events")


@pytest.mark.parametrize(
    ("start", "end", "written", "last"),
    [
        ("2021-06-30 18:00", "2021-07-01 00:00", "2021-07-01 00:00", "2021-06-30"),
        ("2021-06-30 00:00", "2021-07-01 00:00", "2021-07-01", "2021-07-01"),
        ("2021-07-01 18:00", "2021-07-01 00:00", "2021-07-01", "2021-07-01"),
    ],
)
def test_an_end_at_midnight_is_that_moment_where_the_start_has_a_time(save, start, end, written, last):
    text = '---\ntitle: Свято\ndate: "2021-06-05"\n---\n\nТекст.\n'
    saved = save(text, f"v['event-date'] = '{start}'; v['event-end'] = '{end}'", form="events")

    assert f'event-end: "{written}"\n' in saved
    assert str(read_item(NEWS, saved.encode()).item.event.last_day) == last


def test_tables_and_lists_of_office_programs_become_those_of_markdown(save):
    text = '---\ntitle: Свято\ndate: "2021-07-05"\n---\n\nТекст.\n'
    pasted = "До\n\n| А | Б |\n| 1 | 2 |\n| 3 | 4 |\n\n·  перше\n\n```\n| х |\n| у |\n```\n\n| А |\n|---|\n| 1 |"

    saved = save(text, "v.body = " + json.dumps(pasted))

    assert "| А | Б |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n" in saved
    assert "- перше\n" in saved
    assert "```\n| х |\n| у |\n```\n" in saved
    assert "| А |\n|---|\n| 1 |\n" in saved


def test_code_in_a_text_is_no_code_of_a_page(save):
    text = '---\ntitle: Свято\ndate: "2021-07-05"\n---\n\nТег `<script>` не можна, H<sub>2</sub>O<br> можна: https://a.b/c.\n'

    assert save(text, "v.title = 'Інша'") == text.replace("Свято", "Інша")


def test_lists_keep_comments_and_what_nobody_has_changed(save):
    text = (ROOT / "content/tasks.toml").read_text()

    assert save(text, form="lists") == text.strip() + "\n"
    changed = save(text, "v.task[1].title = 'Отримати «послугу» \\\\ \"так\"'; v.task.reverse()", form="lists")
    assert changed.startswith(text.split("[[task]]")[0].strip())
    titles = [task.title for task in read_tasks(changed.encode())[0]]
    assert titles[-2:] == ['Отримати «послугу» \\ "так"', "Зв’язатися з радою"]
    assert not read_tasks(changed.encode())[1]


def test_a_comment_stays_with_the_table_below_it(save):
    text = (
        '# Угорі\n\n[[alert]]\ntext = "Перше"\nuntil = "2022-01-16 00:00"\n# про перше\n\n# про друге\n\n[[alert]]\n'
        'text = "Друге"\nuntil = "2022-01-17 00:00"\n# про третє\n[[alert]]\ntext = "Третє"\nuntil = "2022-01-18 00:00"\n'
    )
    changed = save(text, "v.alert[0].text = 'Інше'; v.alert[1].text = 'Ще інше'", form="lists")

    assert save(text, form="lists") == text.replace("# про третє", "\n# про третє")
    assert changed.startswith(
        '# Угорі\n\n[[alert]]\nseverity = "notice"\ntext = "Інше"\nuntil = "2022-01-16 00:00"\n\n'
    )
    assert changed.endswith('\n# про третє\n[[alert]]\ntext = "Третє"\nuntil = "2022-01-18 00:00"\n')
    assert "# про друге\n\n[[alert]]\n" in save(text, "v.alert[0].text = 'Інше'", form="lists")
    assert "# про друге\n\n[[alert]]\n" in save(text, "v.alert.shift()", form="lists")


@pytest.mark.parametrize(
    ("word", "severity"), [*SEVERITIES.items(), ("ПОПЕРЕДЖЕННЯ", Severity.WARNING), ("", Severity.NOTICE)]
)
def test_the_severity_of_an_alert_is_shown_in_whatever_word_it_is_written(page, save, word, severity):
    line = f'severity = "{word}"\n' if word else ""
    text = f'[[alert]]\ntext = "Води не буде"\n{line}until = "2022-01-16 00:00"\n'
    shown = page.evaluate("text => window.formats.lists.fromFile(text).alert[0].severity", text.strip())

    assert shown == severity.value
    assert shown in page.evaluate("Object.values(window.tables.alerts.severities)")
    assert save(text, form="lists") == text
    changed = save(text, "v.alert[0].severity = 'emergency'; v.alert[0].text = 'Світла не буде'", form="lists")
    assert read_alerts(changed.encode())[0][0].severity is Severity.EMERGENCY
    other = f'{text}\n[[alert]]\ntext = "Друге"\nuntil = "2022-01-17 00:00"\n'
    assert save(other, "v.alert[1].text = 'Інше'", form="lists").startswith(text)


def test_the_last_day_of_an_alert_stays_its_last_day(save):
    text = '[[alert]]\ntext = "Води не буде"\nuntil = "15.01.2022"\n'

    assert save(text, form="lists") == text
    assert 'until = "2022-01-16 00:00"' in save(text, "v.alert[0].text = 'Світла не буде'", form="lists")


def test_a_list_that_is_written_otherwise_is_not_opened(page):
    words = page.evaluate(
        "() => { try { window.formats.lists.fromFile('alert = []'); } catch (error) { return error.message; } }"
    )

    assert words == "Цей файл записано так, що форма його не змінить: зробіть це в самому файлі."


def test_forms_of_one_folder_have_a_field_in_one_place():
    places = [
        {field["name"]: "first" for field in fields} | {field["name"]: "more" for field in more}
        for fields in (form_fields(FORMS[name], CHOICES) for name in ("news", "events"))
        for more in [next(field["fields"] for field in fields if field["name"] == "more")]
    ]

    assert {key for key in places[0].keys() & places[1].keys() if places[0][key] != places[1][key]} == set()
    assert {place for key, place in places[1].items() if key not in places[0]} == {"first"}
    assert format_of("news") != format_of("events")
