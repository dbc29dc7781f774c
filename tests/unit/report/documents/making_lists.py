"""Figures with their entries for the documents' tests: the volumes of a real report, with awkward titles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hromada.domain.days_in_words import month_in_words, month_name
from hromada.report.documents.report_document import FigureEntries
from hromada.report.view.report_view import EntryGroup, EntryView, FigureView, MonthView, PartView

BASE = "/reports/2021-h2/"
XSS = "<script>alert('рада')</script> & «лапки»"
AWKWARD = (
    "=1+1", "+380 57 633-12-34: гаряча лінія", "-10 % на вивезення сміття", "@rada запрошує", XSS, "Рада:\tзвіт\nза рік",
    "Про внесення змін до Програми підтримки засобів масової інформації та інформування населення територіальної громади"
    " про діяльність органів місцевого самоврядування, затвердженої рішенням сесії, на 2021–2023 роки",
)  # fmt: skip
UNITS = (
    "Безруківський ліцей", "Виконавчий комітет", "Вуличні та будинкові комітети", "КП «Дергачікомунсервіс»",
    "Відділ інформаційної роботи та роботи із засобами масової інформації", "КП «Спортивно-оздоровчий комплекс „Зевс“»",
    "Центр первинної медико-санітарної допомоги", *(f"Старостинський округ № {number}" for number in range(1, 14)),
)  # fmt: skip
ACCOUNTS = (
    ("rada", "Дергачівська міська рада", "Facebook, Instagram", "сторінка ради", 381),
    ("okruh", "Козачолопанський старостинський округ", "Facebook", "старостинські округи", 150),
    ("likarnia", "Дергачівська центральна лікарня", "Facebook", "інші", 42),
    ("zevs", "Спортивно-оздоровчий комплекс «Зевс»", "Facebook", "інші", 0),
)


def entry(number: int, **changes: Any) -> EntryView:
    day = date(2021, 7, 1) + timedelta(days=number % 184)
    path = f"/news/publikatsiia-{number}-{day}/"
    values: dict[str, Any] = {
        "title": f"Засідання виконавчого комітету № {number}",
        "path_or_url": path,
        "external": False,
        "day": day,
        "section_title": "Новини",
        "source": f"content/news/2021/{day}-publikatsiia-{number}.md:3",
        "count": 1,
        "address": path,
    }
    return EntryView(**(values | changes))


def group(id: str, title: str, entries: list[EntryView]) -> EntryGroup:
    return EntryGroup(f"part-{id}", title, sum(one.count for one in entries), tuple(entries))


def months(entries: list[EntryView], first: date, last: date) -> tuple[MonthView, ...]:
    """Every month of the window; what has no day is in none."""
    every = [(n // 12, n % 12 + 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
    return tuple(
        MonthView(
            f"{year}-{month:02d}", month_in_words(year, month), month_name(month),
            sum(one.count for one in entries if one.day and (one.day.year, one.day.month) == (year, month)),
        )
        for year, month in every
    )  # fmt: skip


def listed(id: str, title: str, *groups: EntryGroup, first: date = date(2021, 7, 1), **changes: Any) -> FigureEntries:
    """A figure with its list; value, parts and months follow from the entries."""
    entries = [one for part in groups for one in part.entries]
    path = f"{BASE}{id}/"
    values: dict[str, Any] = {
        "id": id,
        "title": title,
        "value": sum(one.count for one in entries),
        "noun": "публікацій",
        "path": path,
        "window": "",
        "parts": tuple(PartView(one.id.removeprefix("part-"), one.title, one.value, path) for one in groups),
        "months": months(entries, first, date(2021, 12, 31)),
        "chart": None,
        "own_table": False,
    }
    return FigureEntries(FigureView(**(values | changes)), tuple(groups))


def lists(news: int = 631) -> tuple[FigureEntries, ...]:
    """The figures of the real report with their volumes."""
    published = [entry(number, title=title) for number, title in enumerate(AWKWARD)]
    published += [entry(number) for number in range(len(AWKWARD), news)]
    half = len(published) // 2
    posts = {
        id: [_post(id, number, index * 1000) for number in range(value)]
        for index, (id, *_, value) in enumerate(ACCOUNTS)
    }
    social = [group(id, title, posts[id]) for id, title, *_ in ACCOUNTS]
    papers = [
        entry(number, section_title="Газета", path_or_url="", address="", day=date(2020, 7, 1) + timedelta(days=number * 16),
              source=f"content/registers/newspaper/visti.xlsx#Аркуш 1:{number + 2}")
        for number in range(34)
    ]  # fmt: skip
    requests = [
        entry(0, title="без назви", path_or_url="", address="", section_title="Звернення", count=count)
        for count in (7, 0, 12)
    ]
    return (
        listed("news", "Публікації у розділі «Новини»", group("rada", "Діяльність ради", published[:half]),
               group("ohol", "Оголошення", published[half:]), group("sport", "Спорт", [])),
        listed("unit-pages", "Сторінки підрозділів та організацій",
               group("unit", "Структурні підрозділи", [_unit_page(number) for number in range(20)]), months=()),
        listed("unit-messages", "Повідомлення на сторінках підрозділів", *_messages(), own_table=True),
        listed("social", "Публікації у соціальних мережах", *social, own_table=True),
        listed("social-main", "Публікації на сторінці «Дергачівська міська рада»", social[0], own_table=True),
        listed("social-other", "Публікації на інших сторінках громади", *social[1:], own_table=True),
        listed("reposts", "Репости на сторонніх ресурсах", own_table=True),
        listed("newspaper", "Матеріали, передані до газети «Вісті Дергачівщини»", group("visti", "Вісті Дергачівщини", papers),
               first=date(2020, 7, 1), window="з 01.07.2020 по 31.12.2021"),
        listed("requests", "Звернення через електронні форми", group("requests", "Звернення", requests)),
    )  # fmt: skip


def _post(account: str, number: int, offset: int) -> EntryView:
    url = f"https://www.facebook.com/{account}/posts/{offset + number}?назва=рада&b=1"
    return entry(number, title=f"Допис {number}", path_or_url=url, address=url, external=True,
                 section_title="Соціальні мережі", source=f"content/registers/social/{account}.csv:{number + 2}")  # fmt: skip


def _unit_page(number: int) -> EntryView:
    path = f"/units/pidrozdil-{number}/"
    return entry(number, title=UNITS[number], path_or_url=path, address=path, day=None, section_title=UNITS[number])


def _messages() -> list[EntryGroup]:
    """Two messages for most units, none for the last five; one unit has many."""
    sizes = [2] * 14 + [18] + [0] * 5
    return [
        group(f"u{index}", title, [entry(index * 20 + number, section_title=title) for number in range(size)])
        for index, (title, size) in enumerate(zip(UNITS, sizes, strict=True))
    ]
