"""What a local council's site must show: the points, in our own words, each with the act that asks for it.

The list is no community's own; which page covers which point is said by content/law.toml. An act's words are never
quoted here. `is_checked` says that the clause was read in a copy of the act or in an official account of it; the others
are general knowledge, and the site's page says so (docs/content-sources.md names what was read).
"""

from __future__ import annotations

from typing import NamedTuple

EVERY = {6: "кожного півріччя"}  # a term of so many months in words


class Source(NamedTuple):
    """The clause that asks for a point, as it stands after the name of its act."""

    clause: str
    is_checked: bool = True


class Point(NamedTuple):
    """One thing that must be on the site.

    `months`: how often it must be renewed, 0 where no term is known. `by_site`: how the site itself sees to it, for what
    needs no page.
    """

    id: str
    title: str
    source: Source
    note: str = ""
    months: int = 0
    by_site: str = ""


class Chapter(NamedTuple):
    """The points of one act; `url` is the act's text where its address was seen."""

    title: str
    points: tuple[Point, ...]
    url: str = ""
    note: str = ""


_PART = "стаття 15, частина 1"
CHAPTERS = (
    Chapter(
        "Закон України «Про доступ до публічної інформації»",
        (
            Point("structure", "Структура, завдання, функції, повноваження", Source(f"{_PART}, пункт 1")),
            Point("finances", "Бюджет: обсяг, структура, порядок витрачання коштів", Source(f"{_PART}, пункт 1")),
            Point("acts", "Ухвалені рішення та інші акти", Source(f"{_PART}, пункт 2")),
            Point(
                "drafts", "Проєкти рішень", Source(f"{_PART}, пункт 2; частина 3"),
                "не пізніше ніж за 10 робочих днів до розгляду",
            ),
            Point("services", "Послуги: перелік, умови, бланки та правила їх заповнення", Source(f"{_PART}, пункт 3")),
            Point("requests", "Як подати запит на інформацію та оскаржити рішення", Source(f"{_PART}, пункт 4")),
            Point("records", "Система обліку, види інформації", Source(f"{_PART}, пункт 5")),
            Point("participation", "Як громадяни можуть впливати на рішення", Source(f"{_PART}, пункт 6")),
            Point("open-meetings", "Плани та порядок денний відкритих засідань", Source(_PART, is_checked=False)),
            Point("contacts", "Адреса, засоби зв’язку, графік прийому", Source(_PART, is_checked=False)),
            Point("reports", "Звіти про роботу", Source(_PART, is_checked=False)),
        ),
        "https://zakon.rada.gov.ua/laws/show/2939-17",
    ),
    Chapter(
        "Закон України «Про місцеве самоврядування в Україні»",
        (
            Point(
                "session-notices", "Повідомлення про сесії: час, місце, питання", Source("стаття 46, частина 10"),
                "не пізніше ніж за 10 днів, у виняткових випадках – за день до сесії",
            ),
            Point(
                "meeting-videos", "Відеозаписи пленарних засідань і засідань комісій", Source("зміни за Законом № 3590-IX"),
                "зберігають щонайменше п’ять років",
            ),
            Point(
                "committee-papers", "Документи комісій: проєкти порядку денного, висновки, протоколи з голосуванням",
                Source("зміни за Законом № 3590-IX"),
            ),
            Point("communal-property", "Об’єкти комунальної власності", Source("зміни за Законом № 3590-IX")),
        ),
        note="Чи є винятки на час воєнного стану, звірте з текстом закону.",
    ),
    Chapter(
        "Постанова Кабінету Міністрів України № 835 про відкриті дані",
        (
            Point("open-data", "Набори відкритих даних", Source("перелік наборів")),
            Point("request-reports", "Звіти про задоволення запитів на інформацію", Source("перелік наборів"), months=6),
        ),
        "https://zakon.rada.gov.ua/laws/show/835-2015-%D0%BF",
    ),
    Chapter(
        "Доступність і мова",
        (
            Point(
                "accessibility", "Заява про доступність сайту",
                Source("постанова Кабінету Міністрів України № 757 від 21.07.2023: вимоги до доступності"),
                "постанова обов’язкова для органів виконавчої влади, рад стосується за згодою",
            ),
            Point(
                "language", "Сайт українською мовою", Source("Закон України про державну мову, стаття 27, частина 6"),
                by_site="сайт відкривається українською, а кожна сторінка іншою мовою має український оригінал",
            ),
        ),
    ),
)  # fmt: skip
POINTS = {point.id: point for chapter in CHAPTERS for point in chapter.points if not point.by_site}
