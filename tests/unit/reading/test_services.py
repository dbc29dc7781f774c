"""Services from their files: where they lie, what their header says, in both languages and every way of saving."""

import pytest

from hromada.domain.item import Kind
from hromada.domain.problem import Level
from hromada.reading.items import read_item

PATH = "content/services/dovidka.md"
ENGLISH = {
    "title": "Довідка", "unit": "viddil", "audience": "Кожен", "documents": "паспорт; код", "life-events": "Переїзд",
    "term": "1 день", "price": "безоплатно", "ground": "Закон", "where": "Кабінет 5", "online": "https://a.example/",
    "form": "blank.docx", "summary": "Коротко", "tags": "а, б", "modified": "2021-07-05", "expires": "2030-01-01",
}  # fmt: skip
UKRAINIAN = {
    "Назва": "Довідка", "Підрозділ": "viddil", "Для кого": "Кожен", "Документи": "паспорт; код", "Життєві події": "Переїзд",
    "Строк": "1 день", "Вартість": "безоплатно", "Підстава": "Закон", "Де": "Кабінет 5", "Онлайн": "https://a.example/",
    "Бланк": "blank.docx", "Анотація": "Коротко", "Теги": "а, б", "Змінено": "05.07.2021", "Діє до": "01.01.2030",
}  # fmt: skip
STEPS = "1. Прийдіть.\n2. Заберіть.\n"


def fenced(fields):
    return "---\n" + "".join(f'{key}: "{value}"\n' for key, value in fields.items()) + f"---\n\n{STEPS}"


def plain(fields):
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + f"\n{STEPS}"


def read(text, path=PATH):
    return read_item(path, text if isinstance(text, bytes) else text.encode())


WRITTEN = {
    "fenced": fenced(ENGLISH).encode(),
    "plain": plain(ENGLISH).encode(),
    "Ukrainian": fenced(UKRAINIAN).encode(),
    "Ukrainian, plain": plain(UKRAINIAN).encode(),
    "in capitals": plain({key.upper(): value for key, value in UKRAINIAN.items()}).encode(),
    "with CRLF": plain(UKRAINIAN).replace("\n", "\r\n").encode(),
    "with a mark of the byte order": b"\xef\xbb\xbf" + plain(UKRAINIAN).encode(),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_service_is_the_same_in_every_language_and_way_of_saving(way):
    item, body, problems = read(WRITTEN[way])
    first = read(WRITTEN["fenced"]).item

    assert (problems, item.kind, item.section, item.address) == ([], Kind.SERVICE, "services", "/services/dovidka/")
    assert (item.service, item.tags, item.modified, item.expires) == (
        first.service,
        first.tags,
        first.modified,
        first.expires,
    )
    assert (item.service.documents, item.service.life_events) == (("паспорт", "код"), ("Переїзд",))
    assert (item.unit_section, item.is_dated, item.when) == ("units/viddil", False, None)
    assert "1. Прийдіть." in body


def test_a_service_saved_in_windows_1251_is_refused_as_any_other_text():
    assert [problem.code for problem in read(plain(UKRAINIAN).encode("cp1251")).problems] == ["encoding"]


def codes(text, path=PATH):
    return [problem.code for problem in read(text, path).problems if problem.level is Level.ERROR]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"unit": None}, ["service-without-unit"]),
        ({"unit": ""}, ["service-without-unit"]),
        ({"title": None}, ["title-missing"]),
        ({"title": None, "unit": None}, ["title-missing", "service-without-unit"]),
        ({"online": "http://a.example/"}, ["link-scheme"]),
        ({"online": "a.example"}, ["link-scheme"]),
        ({"online": "https://"}, ["link-scheme"]),
        ({"online": "https:///a"}, ["link-scheme"]),
        ({"online": "javascript:alert(1)"}, ["link-scheme"]),
        ({"status": "draft", "unit": None}, ["service-without-unit"]),
        ({"confirmed": "може"}, ["yes-or-no"]),
        ({"date": "2021-07-05"}, ["header-unknown-key"]),
        ({"category": "Події"}, ["header-unknown-key"]),
        ({"gallery": "a.jpg"}, ["header-unknown-key"]),
        ({"event-date": "2021-07-05"}, ["header-unknown-key"]),
        ({"prise": "1"}, ["header-unknown-key"]),
        ({"вартість": "1"}, ["header-repeated-key"]),
    ],
)
def test_what_a_service_lacks_or_may_not_have_is_refused(changes, found):
    fields = {key: value for key, value in (ENGLISH | changes).items() if value is not None}

    assert codes(fenced(fields)) == found


@pytest.mark.parametrize(
    ("word", "advice"),
    [("prise", "можливо, «price»?"), ("ціна", "напишіть «вартість»"), ("cost", "напишіть «price»"), ("life-event", "напишіть «life-events»")],
)  # fmt: skip
def test_another_word_for_a_field_is_answered(word, advice):
    assert [problem.fix for problem in read(fenced(ENGLISH | {word: "1"})).problems] == [advice]


@pytest.mark.parametrize("path", ["content/services/a/b.md", "content/services/a/b/c.md"])
def test_a_service_in_a_folder_of_its_own_is_misplaced(path):
    item, _, problems = read(fenced(ENGLISH), path)

    assert item is None
    assert [str(problem) for problem in problems] == [
        f"{path}:1: послуга лежить у вкладеній теці, перенесіть його просто до content/services/ [misplaced]"
    ]


def test_fields_of_services_are_unknown_elsewhere():
    news = "---\ntitle: А\ndate: 2021-07-05\nprice: 5\n---\n\nТекст.\n"

    assert codes(news, "content/news/a.md") == ["header-unknown-key"]


@pytest.mark.parametrize(
    "hours",
    ["hours: |-\n  пн–пт 8:00–17:00\n  сб 9:00–13:00", "hours:\n  - пн–пт 8:00–17:00\n  - сб 9:00–13:00"],
)
def test_hours_of_several_lines_keep_their_lines(hours):
    item, _, problems = read(f"---\ntitle: А\n{hours}\n---\n\nТекст.\n", "content/units/a/index.md")

    assert (problems, item.unit.hours) == ([], "пн–пт 8:00–17:00\nсб 9:00–13:00")


@pytest.mark.parametrize(
    ("link", "found"),
    [("https://a.example/", []), ("http://a.example/", ["link-scheme"]), ("https://", ["link-scheme"])],
)
def test_a_map_is_opened_encrypted(link, found):
    text = f"---\ntitle: А\nмапа: {link}\n---\n\nТекст.\n"

    assert codes(text, "content/units/a/index.md") == found
