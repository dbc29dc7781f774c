"""What a local council's site must publish by law: the points, in our own words, each with its act.

The list is the same for every community; content/law.toml says which page covers which point. Acts are not quoted.
`is_checked`: the clause was read in a copy of the act or in an official summary of it; the others are general
knowledge, and `make check` says so (docs/content-sources.md names what was read).
"""

from __future__ import annotations

from typing import NamedTuple

INTERVAL_WORDS = {6: "кожного півріччя"}  # an interval of months in words


class LegalBasis(NamedTuple):
    """The clause that requires a point, as written after the name of its act."""

    clause: str
    is_checked: bool = True


class Point(NamedTuple):
    """One thing that the site must publish.

    `months`: how often it must be updated, 0 where no interval is known. `by_site`: how the site itself fulfils a point
    that needs no page.
    """

    id: str
    title: str
    source: LegalBasis
    note: str = ""
    months: int = 0
    by_site: str = ""


class Act(NamedTuple):
    """The points of one act; `url` is the act's text, where known."""

    title: str
    points: tuple[Point, ...]
    url: str = ""
    note: str = ""


_PART = "стаття 15, частина 1"
CHAPTERS = (
    Act(
        "Закон України «Про доступ до публічної інформації»",
        (
            Point("structure", "Структура, завдання, функції, повноваження", LegalBasis(f"{_PART}, пункт 1")),
            Point("finances", "Бюджет: обсяг, структура, порядок витрачання коштів", LegalBasis(f"{_PART}, пункт 1")),
            Point("acts", "Ухвалені рішення та інші акти", LegalBasis(f"{_PART}, пункт 2")),
            Point(
                "drafts", "Проєкти рішень", LegalBasis(f"{_PART}, пункт 2; частина 3"),
                "не пізніше ніж за 10 робочих днів до розгляду",
            ),
            Point("services", "Послуги: перелік, умови, бланки та правила їх заповнення", LegalBasis(f"{_PART}, пункт 3")),
            Point("requests", "Як подати запит на інформацію та оскаржити рішення", LegalBasis(f"{_PART}, пункт 4")),
            Point("records", "Система обліку, види інформації", LegalBasis(f"{_PART}, пункт 5")),
            Point("participation", "Як громадяни можуть впливати на рішення", LegalBasis(f"{_PART}, пункт 6")),
            Point("open-meetings", "Плани та порядок денний відкритих засідань", LegalBasis(_PART, is_checked=False)),
            Point("contacts", "Адреса, засоби зв’язку, графік прийому", LegalBasis(_PART, is_checked=False)),
            Point("reports", "Звіти про роботу", LegalBasis(_PART, is_checked=False)),
        ),
        "https://zakon.rada.gov.ua/laws/show/2939-17",
    ),
    Act(
        "Закон України «Про місцеве самоврядування в Україні»",
        (
            Point(
                "session-notices", "Повідомлення про сесії: час, місце, питання", LegalBasis("стаття 46, частина 10"),
                "не пізніше ніж за 10 днів, у виняткових випадках – за день до сесії",
            ),
            Point(
                "meeting-videos", "Відеозаписи пленарних засідань і засідань комісій", LegalBasis("зміни за Законом № 3590-IX"),
                "зберігають щонайменше п’ять років",
            ),
            Point(
                "committee-papers", "Документи комісій: проєкти порядку денного, висновки, протоколи з голосуванням",
                LegalBasis("зміни за Законом № 3590-IX"),
            ),
            Point("communal-property", "Об’єкти комунальної власності", LegalBasis("зміни за Законом № 3590-IX")),
        ),
        note="Чи є винятки на час воєнного стану, звірте з текстом закону.",
    ),
    Act(
        "Постанова Кабінету Міністрів України № 835 про відкриті дані",
        (
            Point("open-data", "Набори відкритих даних", LegalBasis("перелік наборів")),
            Point("request-reports", "Звіти про задоволення запитів на інформацію", LegalBasis("перелік наборів"), months=6),
        ),
        "https://zakon.rada.gov.ua/laws/show/835-2015-%D0%BF",
    ),
    Act(
        "Доступність і мова",
        (
            Point(
                "accessibility", "Заява про доступність сайту",
                LegalBasis("постанова Кабінету Міністрів України № 757 від 21.07.2023: вимоги до доступності"),
                "постанова обов’язкова для органів виконавчої влади, рад стосується за згодою",
            ),
            Point(
                "language", "Сайт українською мовою", LegalBasis("Закон України про державну мову, стаття 27, частина 6"),
                by_site="сайт відкривається українською, а кожна сторінка іншою мовою має український оригінал",
            ),
        ),
    ),
)  # fmt: skip
POINTS = {point.id: point for chapter in CHAPTERS for point in chapter.points if not point.by_site}
