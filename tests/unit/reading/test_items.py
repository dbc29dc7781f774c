from datetime import date, datetime

import pytest

from hromada.domain.item import Kind, PictureRef, Status
from hromada.reading.items import join_translations, kind_and_section_of, read_item

NEWS = "content/news/2021/2021-07-05-zustrich.md"


def read(text, path=NEWS):
    """The item and the problems of a file; its text apart is `read_item(…).body`."""
    item, _, problems = read_item(path, text.encode() if isinstance(text, str) else text)
    return item, problems


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("path", "kind", "section"),
    [
        ("content/news/a.md", Kind.NEWS, "news"),
        ("content/news/2021/07/a.md", Kind.NEWS, "news"),
        ("content/units/okruh/index.md", Kind.UNIT, "units/okruh"),
        ("content/units/okruh/index.en.md", Kind.UNIT, "units/okruh"),
        ("content/units/okruh/a.md", Kind.MESSAGE, "units/okruh"),
        ("content/units/okruh/2021/index.md", Kind.MESSAGE, "units/okruh"),
        ("content/pages/a.md", Kind.PAGE, "pages"),
        ("content/reports/2021-h2.md", Kind.REPORT, "reports"),
    ],
)
def test_the_folder_is_the_section(path, kind, section):
    assert kind_and_section_of(path) == (kind, section)


@pytest.mark.parametrize(
    "path",
    ["content/a.md", "content/units/a.md", "content/registers/a.md", "content/reports/x/a.md", "content/News/a.md",
     "content/images/a.md"],
)  # fmt: skip
def test_markdown_outside_the_sections_is_refused(path):
    item, problems = read("title: a\n\n", path)

    assert (item, codes(problems)) == (None, ["misplaced"])


@pytest.mark.parametrize(
    ("path", "header", "address"),
    [
        (NEWS, "date: 2021-07-05", "/news/zustrich-2021-07-05/"),
        (NEWS, "date: 2021-07-09", "/news/zustrich-2021-07-05/"),
        (NEWS, "date: 2021-07-05\nslug: 0123", "/news/0123-2021-07-05/"),
        ("content/news/Засідання ради.md", "date: 2021-07-05", "/news/zasidannia-rady-2021-07-05/"),
        ("content/news/2021/n00001.md", "date: 05.07.2021 10:00\nslug: n00001", "/news/n00001-2021-07-05/"),
        ("content/units/okruh/2021-08-01-x.md", "date: 2021-08-01", "/units/okruh/x-2021-08-01/"),
        ("content/units/okruh/index.md", "", "/units/okruh/"),
        ("content/pages/kontakty.md", "", "/kontakty/"),
        ("content/reports/2021-h2.md", "period: 2021-H2", "/reports/2021-h2/"),
    ],
)
def test_addresses_are_stable(path, header, address):
    item, _ = read(f"title: Назва\n{header}\n\nТекст", path)

    assert item.address == address


def test_a_corrected_date_is_counted_and_the_page_stays():
    item, problems = read("title: a\ndate: 2021-06-30\n\n")

    assert (item.day, item.filename_date, codes(problems)) == (
        date(2021, 6, 30),
        date(2021, 7, 5),
        ["date-differs-from-name"],
    )
    assert item.address.endswith("-2021-07-05/")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("date: 2021-07-05\n\n", "title-missing"),
        ("title: a\n\n", "date-missing"),
        ("title: a\ndate: 12/03/21\n\n", "date-format"),
        ("title: a\ndate: 31.02.2021\n\n", "date-format"),
        ("title: a\ndate: 2021-07-05\nstatus: опубліковано завтра\n\n", "status-unknown"),
        ("title: a\ndate: 2021-07-05\nlang: ukrainian\n\n", "lang-unknown"),
        ("title: a\ndate: 2021-07-05\nslug: «»\n\n", "slug-empty"),
        ("title: a\ndate: 2021-07-05\nslug: " + "a" * 241 + "\n\n", "slug-too-long"),
        ("title: a\ndate: 2021-07-05\nmodified: колись\n\n", "date-format"),
    ],
)
def test_what_cannot_be_read_dated_or_placed_is_refused(text, code):
    assert code in codes(read(text)[1])


KEYS = ("date", "event-date", "event-end", "expires", "modified", "Дата події", "Діє до")


def with_date(key, value):
    """What is read of a file with that field, and nothing else wrong with it."""
    others = "" if key == "date" else "date: 2021-08-01\n"
    return read(f"title: x\n{key}: {value}\n{others}event-place: Рада\n\nx")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", ["5 серпня 2021 р.", "четвер, 5 серпня 2021 року о 10:00", "05 серп. 2021"])
def test_a_date_in_words_is_read_in_every_field(key, value):
    item, problems = with_date(key, value)
    days = {str(one)[:10] for one in (item.when, item.event_start, item.event_end, item.expires, item.modified)}

    assert "date-format" not in codes(problems)
    assert "2021-08-05" in days


@pytest.mark.parametrize("key", KEYS)
def test_a_weekday_of_another_day_is_refused_in_every_field(key):
    _, problems = with_date(key, "субота, 5 серпня 2021")
    (found,) = [one for one in problems if one.code == "date-weekday"]

    assert found.line == 2


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("title: a\ndate: 2021-07-05\n\nТекст".encode("cp1251"), 4),
        ("title: a\n".encode("utf-16"), 1),
        (b"title: a\n\x00\n", 2),
    ],
)
def test_another_encoding_is_refused_with_its_line(raw, line):
    item, problems = read(raw)

    assert (item, [(one.line, one.code) for one in problems]) == (None, [(line, "encoding")])


def test_a_byte_order_mark_and_crlf_are_fine():
    item, body, problems = read_item(NEWS, b"\xef\xbb\xbftitle: a\r\ndate: 2021-07-05\r\n\r\nb\r\nc")

    assert (item.title, body, problems) == ("a", "b\nc", [])


@pytest.mark.parametrize("word", ["чернетка", "Draft", "ЧЕРНЕТКА"])
def test_a_draft_may_lack_its_date(word):
    item, problems = read(f"title: a\nСтан: {word}\n\n")

    assert (item.status, item.when, problems) == (Status.DRAFT, None, [])


def test_a_hidden_item_may_not_lack_its_date():
    assert codes(read("title: a\nстатус: приховано\n\n")[1]) == ["date-missing"]


def test_a_units_own_fields_are_read():
    item, problems = read(
        "title: Округ\nkind: partner\nconfirmed: no\nphone: 1\ndate: 2020-12-01\nclosed: 31.12.2022\n\n",
        "content/units/okruh/index.md",
    )

    assert problems == []
    assert (item.unit.kind, item.unit.confirmed, item.unit.closed) == ("partner", False, date(2022, 12, 31))
    assert [item.unit.exists_on(date(*day)) for day in [(2020, 11, 30), (2020, 12, 1), (2022, 12, 31), (2023, 1, 1)]] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["|\n  Назва\n  у два рядки", ">\n  Назва\n\n  у два рядки", '"Назва\\nу два рядки"'])
def test_a_title_is_one_line_however_yaml_has_it(title):
    item, problems = read(f"---\ntitle: {title}\ndate: 2021-07-05\n---\n\n")

    assert (item.title, codes(problems)) == ("Назва у два рядки", [])


def test_a_unit_field_in_a_news_item_is_unknown():
    assert codes(read("title: a\ndate: 2021-07-05\nphone: 1\n\n")[1]) == ["header-unknown-key"]


def test_a_reports_windows_are_periods():
    item, problems = read(
        "title: Звіт\nperiod: 2021-H2\ncomplete: ні\nwindow-newspaper: 2020-07-01..2021-12-31\n"
        "window-newspaper-reason: домовленість\n\n",
        "content/reports/2021-h2.md",
    )

    assert problems == []
    assert (item.report.complete, item.report.windows["newspaper"].first) == (False, date(2020, 7, 1))
    assert item.report.reasons == ("newspaper",)


@pytest.mark.parametrize("header", ["period: 2021-H3", "period: 2021-12-31..2021-01-01", "x-y: 1"])
def test_a_report_without_a_clear_period_is_refused(header):
    assert codes(read(f"title: a\n{header}\n\n", "content/reports/x.md")[1])


def test_a_translation_takes_slug_and_address_of_the_file_beside():
    original, _ = read("title: a\ndate: 2021-07-05\nslug: inshe\n\n")
    translation, _ = read("title: b\ndate: 2021-07-06\n\n", NEWS.replace(".md", ".en.md"))

    joined, problems = join_translations([original, translation])

    assert (joined[1].lang, joined[1].slug, joined[1].address) == ("en", "inshe", "/en/news/inshe-2021-07-05/")
    assert problems == []


def test_a_translation_finds_its_original_by_slug_and_day():
    first, _ = read("title: a\ndate: 2020-08-24\n\n", "content/news/2020-08-24-sviato.md")
    second, _ = read("title: a\ndate: 2021-08-24\n\n", "content/news/2021-08-24-sviato.md")
    english, _ = read("title: a\ndate: 2021-08-24\nlang: en\nslug: sviato\n\n", "content/news/2021-08-24-holiday.md")

    joined, problems = join_translations([first, second, english])

    assert (joined[2].address, problems) == ("/en/news/sviato-2021-08-24/", [])


def test_a_translation_without_an_original_is_refused():
    english, _ = read("title: a\ndate: 2021-08-24\nlang: en\n\n", "content/news/2021-08-24-holiday.md")

    assert codes(join_translations([english])[1]) == ["translation-without-original"]


@pytest.mark.parametrize(("status", "found"), [("published", ["translation-without-original"]), ("draft", [])])
def test_a_translation_of_a_draft_without_a_date_waits_for_the_date(status, found):
    draft, _ = read("title: a\nstatus: draft\n\n", "content/news/holiday.md")
    english, _ = read(f"title: a\ndate: 2021-08-24\nstatus: {status}\n\n", "content/news/holiday.en.md")

    assert codes(join_translations([draft, english])[1]) == found


def test_an_event_has_its_own_dates():
    item, _ = read("title: a\ndate: 2021-07-05\nДата події: 24.08.2021 10:00\nМісце: Дергачі\n\n")

    assert (item.event_start, item.event_place, item.day) == (datetime(2021, 8, 24, 10), "Дергачі", date(2021, 7, 5))


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        ("a.jpg", ("a.jpg", "", "", "")),
        ("a.jpg | Опис", ("a.jpg", "Опис", "", "")),
        ("a.jpg|Опис|Підпис|Автор", ("a.jpg", "Опис", "Підпис", "Автор")),
        ("a.jpg | Опис | | Автор", ("a.jpg", "Опис", "", "Автор")),
        ("a.jpg | Опис | Підпис | Автор | відділ", ("a.jpg", "Опис", "Підпис", "Автор | відділ")),
        ("a.jpg |", ("a.jpg", "", "", "")),
        ("| Опис", ("", "Опис", "", "")),
        ("|filename|a.jpg | Опис", ("|filename|a.jpg", "Опис", "", "")),
        ("{static}/images/a.jpg | Опис", ("{static}/images/a.jpg", "Опис", "", "")),
        ("sviato/", ("sviato/", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_an_entry_of_a_picture_has_four_parts(entry, parts):
    assert PictureRef.parse(entry, 7) == (*parts, 7)


def test_every_entry_of_a_gallery_has_its_own_line():
    text = (
        '---\ntitle: x\ndate: 2021-07-05\ngallery:\n  - a.jpg | А\n  # примітка\n  - b.jpg\n\n  - "c.jpg | В: г"\n---\n'
    )
    item = read_item("content/news/x.md", text.encode()).item

    assert [(ref.target, ref.alt, ref.line) for ref in item.gallery] == [
        ("a.jpg", "А", 5),
        ("b.jpg", "", 7),
        ("c.jpg", "В: г", 9),
    ]


def test_a_gallery_on_one_line_has_its_line():
    item = read_item("content/news/x.md", b"title: x\ndate: 2021-07-05\ngallery: a.jpg | A | B | C; b.jpg\n").item

    assert item.gallery == (("a.jpg", "A", "B", "C", 3), ("b.jpg", "", "", "", 3))


@pytest.mark.parametrize(
    ("header", "lead", "codes"),
    [
        ("image: a.jpg\nimage-alt: Люди", ("a.jpg", "Люди", "", ""), []),
        ("image: a.jpg | Люди | Свято | Олена", ("a.jpg", "Люди", "Свято", "Олена"), []),
        ("image: a.jpg | | Свято\nimage-alt: Люди", ("a.jpg", "Люди", "Свято", ""), []),
        ("image: a.jpg | Люди\nimage-alt: Люди", ("a.jpg", "Люди", "", ""), []),
        ("image: a.jpg | Люди\nimage-alt: Діти", ("a.jpg", "Люди", "", ""), ["image-alt-twice"]),
    ],
)
def test_the_lead_picture_is_written_like_one_of_a_gallery(header, lead, codes):
    read = read_item("content/news/x.md", f"title: x\ndate: 2021-07-05\n{header}\n".encode())

    assert read.item.image == (*lead, 3)
    assert [problem.code for problem in read.problems] == codes
