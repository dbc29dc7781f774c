"""The sample's events of every kind: of an hour and of a month, repeated, cancelled, moved, of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hromada.demo.sample_files import CAPITALIZED, ENGLISH, OTHER_WORDS, UKRAINIAN, header
from hromada.demo.sample_phrases import disclaimer


class _SampleEvent(NamedTuple):
    """An announcement: its file under content/, title, header's fields, style of keys, text."""

    file: str
    title: str
    fields: dict[str, str]
    style: int
    text: str


# Published after the half-year, so none of them is counted in its report.
_EVENTS = (
    _SampleEvent(
        "news/2022/2022-01-04-zrazok-dnia-vidkrytykh-dverei.md", "Зразок події: день відкритих дверей у бібліотеці",
        {"date": "04.01.2022", "event-date": "субота, 22 січня 2022 р. об 11:00", "event-end": "22.01.2022 15:00",
         "event-place": "Центральна бібліотека, читальна зала (зразок)", "event-url": "https://biblioteka.example/den",
         "category": "Культура"}, UKRAINIAN,
        "Покажемо нові книжки, запишемо до бібліотеки дітей і дорослих, а найменшим почитаємо казок.",
    ),
    _SampleEvent(
        "news/2022/2022-01-05-zrazok-vystavky.md", "Зразок події: виставка різдвяних вертепів",
        {"date": "2022-01-05", "event-date": "2022-01-10", "event-end": "2022-02-03", "event-place": "Музей (зразок)",
         "category": "Культура"}, ENGLISH,
        "Вертепи зробили учні шкіл громади. Виставка відкрита щодня, крім понеділка.",
    ),
    _SampleEvent(
        "news/2022/2022-01-06-zrazok-trenuvan.md", "Зразок події: відкриті тренування з волейболу",
        {"date": "06.01.2022", "event-date": "18.01.2022 18:00", "event-end": "18.01.2022 19:30",
         "event-place": "СОК «Зевс», велика зала (зразок)", "event-repeat": "щотижня до 29.03.2022, крім 08.03.2022",
         "category": "Спорт"}, OTHER_WORDS,
        "Приходьте в спортивному взутті. Тренер розподілить гравців за віком і досвідом.",
    ),
    _SampleEvent(
        "news/2022/2022-01-07-zrazok-kontsertu.md", "Зразок події: концерт камерного оркестру",
        {"date": "07.01.2022", "modified": "14.01.2022", "event-date": "23.01.2022 17:00",
         "event-place": "Будинок культури (зразок)", "event-state": "скасовано", "category": "Культура"}, CAPITALIZED,
        "Концерт скасовано через хворобу музикантів. Кошти за квитки повернуть у касі.",
    ),
    _SampleEvent(
        "news/2022/2022-01-08-zrazok-zboriv.md", "Зразок події: збори мешканців про освітлення вулиць",
        {"date": "08.01.2022", "modified": "13.01.2022", "event-date": "20.01.2022 17:30", "event-was": "14.01.2022 17:30",
         "event-place": "Прудянка, клуб (зразок)", "event-state": "перенесено", "category": "Благоустрій"}, UKRAINIAN,
        "Збори перенесено на четвер, щоб устигли підготувати кошторис.",
    ),
    _SampleEvent(
        "news/2022/2022-01-09-zrazok-ialynky.md", "Зразок події: свято біля ялинки",
        {"date": "09.01.2022", "event-date": "13.01.2022 16:00", "event-end": "13.01.2022 18:00",
         "event-place": "Площа Перемоги (зразок)", "category": "Культура"}, ENGLISH,
        "Колядки, гарячий чай і подарунки для дітей.",
    ),
)  # fmt: skip
_CLUB = _SampleEvent(
    "2022-01-09-zrazok-pryiomu.md", "Зразок події: виїзний прийом громадян",
    {"date": "09.01.2022", "event-date": "19.01.2022 10:00", "event-end": "19.01.2022 12:00",
     "event-place": "Приміщення старости (зразок)", "event-repeat": "що два тижні до 30.03.2022"}, UKRAINIAN,
    "На запитання відповідатимуть фахівці із субсидій та земельних питань. Візьміть паспорт.",
)  # fmt: skip


def events(folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The announcements, one of them a message of the first of the units' folders."""
    for number, event in enumerate(_EVENTS, 901):
        yield event.file, _text(event, number)
    if folders:
        yield f"units/{folders[0]}/{_CLUB.file}", _text(_CLUB, 900)


def _text(event: _SampleEvent, number: int) -> str:
    return header({"title": event.title} | event.fields, event.style) + f"{event.text}\n\n{disclaimer(number)}\n"
