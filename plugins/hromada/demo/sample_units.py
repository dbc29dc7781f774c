"""The sample's unit pages and the messages on them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, time

from msgspec import Struct

from hromada.demo.news import SampleItem
from hromada.demo.sample_files import CAPITALIZED, ENGLISH, FORMS, STYLES, date_text, header, moments, pick
from hromada.demo.sample_phrases import DISCLAIMER, disclaimer
from hromada.domain.alphabet import slug


class SampleUnit(Struct, frozen=True):
    """A unit page: its folder, title, kind in either language, one sentence about the body."""

    folder: str
    title: str
    kind: str
    about: str


_DISTRICT_ABOUT = "Староста приймає мешканців, допомагає оформити документи та передає звернення до ради."

UNITS = (
    SampleUnit("bezrukivskyi-okruh", "Безруківський старостинський округ", "unit", _DISTRICT_ABOUT),
    SampleUnit("slatynskyi-okruh", "Слатинський старостинський округ", "підрозділ", _DISTRICT_ABOUT),
    SampleUnit("kozacholopanskyi-okruh", "Козачолопанський старостинський округ", "unit", _DISTRICT_ABOUT),
    SampleUnit("prudianskyi-okruh", "Прудянський старостинський округ", "unit", _DISTRICT_ABOUT),
    SampleUnit("prokhodivskyi-okruh", "Проходівський старостинський округ", "підрозділ", _DISTRICT_ABOUT),
    SampleUnit("rusko-lozivskyi-okruh", "Русько-Лозівський старостинський округ", "unit", _DISTRICT_ABOUT),
    SampleUnit("tokarivskyi-okruh", "Токарівський старостинський округ", "unit", _DISTRICT_ABOUT),
    SampleUnit("viddil-zhkh", "Відділ житлово-комунального господарства", "підрозділ",
         "Відділ дбає про дороги, освітлення, воду, тепло та благоустрій."),
    SampleUnit("viddil-informatsiinoi-roboty", "Відділ інформаційної роботи та роботи із засобами масової інформації", "unit",
         "Відділ розповідає про роботу ради на сайті, у соціальних мережах та в газеті."),
    SampleUnit("vykonavchyi-komitet", "Виконавчий комітет", "unit",
         "Виконавчий комітет готує та виконує рішення ради, його засідання відкриті."),
    SampleUnit("tsentralna-likarnia", "Дергачівська центральна лікарня", "partner",
         "Лікарня надає планову та невідкладну допомогу мешканцям громади."),
    SampleUnit("sok-zevs", "КП «Спортивно-оздоровчий комплекс „Зевс“»", "організація",
         "Комплекс проводить тренування, змагання та оздоровчі заняття для дітей і дорослих."),
    SampleUnit("derhachikomunservis", "КП «Дергачікомунсервіс»", "partner",
         "Підприємство постачає воду та обслуговує комунальні мережі."),
    SampleUnit("tsentr-pmsd", "Центр первинної медико-санітарної допомоги", "організація",
         "Центр об’єднує сімейних лікарів та амбулаторії."),
    SampleUnit("bezrukivskyi-litsei", "Безруківський ліцей", "partner", "Заклад освіти громади."),
    SampleUnit("zrazok-16", "Заклад культури (зразок)", "організація", "Сторінка показує, як виглядає заклад культури."),
    SampleUnit("zrazok-17", "Публічна бібліотека (зразок)", "partner", "Сторінка показує, як виглядає бібліотека."),
    SampleUnit("zrazok-18", "Дитячий садок (зразок)", "організація", "Сторінка показує, як виглядає дитячий садок."),
    SampleUnit("zrazok-19", "Музей (зразок)", "partner", "Сторінка показує, як виглядає музей."),
    SampleUnit("zrazok-20", "Дорожня служба (зразок)", "unit", "Сторінка показує підрозділ, який мовчав усе півріччя."),
)  # fmt: skip

# a subject continues «Зразок повідомлення: …», the sentence opens its text
MESSAGES = (
    ("графік прийому громадян", "Прийом відбувається щовівторка та щочетверга, попередній запис необов’язковий."),
    ("зміни в розкладі роботи", "У зв’язку зі святковими днями змінюються години роботи."),
    ("перелік потрібних документів", "Щоб не приходити вдруге, перевірте перелік документів заздалегідь."),
    ("запрошення на збори мешканців", "На зборах обговорять благоустрій, освітлення вулиць та вивезення сміття."),
    ("нагадування про сплату за послуги", "Сплатити можна у відділенні банку, на пошті або в застосунку."),
    ("контакти чергових у вихідні дні", "Чергові приймають повідомлення про аварії цілодобово."),
    ("відповіді на часті запитання", "Зібрали запитання, які найчастіше ставлять телефоном та під час прийому."),
    ("план заходів на місяць", "До плану увійшли зустрічі, прибирання територій та заняття для дітей."),
    ("тимчасове припинення водопостачання", "Роботи на мережі триватимуть до вечора, просимо зробити запас води."),
    ("як записатися на прийом", "Записатися можна телефоном, особисто або через електронну форму."),
    ("підсумки зустрічі з мешканцями", "Дякуємо всім, хто прийшов, поставив запитання та запропонував рішення."),
)


_UNCOUNTED = (
    datetime(2021, 3, 16, 10), datetime(2021, 6, 30, 23, 59), datetime(2022, 1, 1), datetime(2022, 1, 12, 15, 20),
    datetime(2022, 2, 1, 9),
)  # fmt: skip
_EMAIL = "zrazok@hromada.example"
_HOURS = (
    "пн–чт 8:00–17:00, пт 8:00–15:45, перерва 12:00–12:45", "пн–пт 9:00–18:00", "вт і чт 9:00–13:00",
)  # fmt: skip
_OWN_HOURS = {"tsentralna-likarnia": "цілодобово", "sok-zevs": "пн–пт 7:00–21:00\nсб 9:00–18:00\nнд вихідний"}
_ADDRESS, _MAP = "площа Перемоги, 5 (зразок)", "https://www.openstreetmap.org/search?query=Derhachi"


def units(number: int) -> tuple[SampleUnit, ...]:
    """The first `number` unit pages; after the named ones, numbered samples."""
    more = range(len(UNITS) + 1, number + 1)
    title, about = "Сторінка підрозділу {} (зразок)", "Назву додасть редактор."
    return (*UNITS[:number], *(SampleUnit(f"zrazok-{n}", title.format(n), "unit", about) for n in more))


def unit_pages(number: int) -> Iterator[tuple[str, str]]:
    """The pages of the units themselves."""
    for index, unit in enumerate(units(number)):
        fields = {
            "title": unit.title, "kind": unit.kind, "summary": unit.about,
            "hours": _OWN_HOURS.get(unit.folder, _HOURS[index % 3]), "address": _ADDRESS, "map": _MAP,
            "phone": f"(057) 000-00-{index + 1:02} (зразок)", "email": _EMAIL,
        }  # fmt: skip
        lines = (
            "Зразкова сторінка.", "",
            "Контакти й години роботи наведено для прикладу; справжні відомості додасть редактор сторінки.",
        )  # fmt: skip
        yield f"units/{unit.folder}/index.md", header(fields, ENGLISH) + "\n".join(lines) + "\n"


def messages(number: int, pages: int, rng: random.Random, recent: Sequence[SampleItem]) -> Iterator[tuple[str, str]]:
    """`number` messages, distributed unevenly, and some that must not count; every fifth unit has none."""
    folders = [unit.folder for index, unit in enumerate(units(pages)) if index % 5 != 4]
    if not folders:
        return
    for index, when in enumerate(moments(number, rng), 1):
        form = 0 if when.time() in (time.min, time(23, 59)) else index % FORMS
        yield _message(when, date_text(when, form), _unevenly(folders, rng), index, rng, recent)
    for index, when in enumerate(_UNCOUNTED, number + 1):
        yield _message(when, date_text(when, 0), _unevenly(folders, rng), index, rng, ())
    draft = header({"title": "Зразок чернетки повідомлення", "status": "draft"}, CAPITALIZED)
    yield f"units/{folders[0]}/2021-08-02-zrazok-chernetky.md", draft + f"{DISCLAIMER}\n"


def _unevenly(folders: Sequence[str], rng: random.Random) -> str:
    """The first units write more than the last ones; a power would round differently by machine."""
    return folders[int(rng.random() * rng.random() * len(folders))]


def _message(
    when: datetime, date: str, folder: str, index: int, rng: random.Random, recent: Sequence[SampleItem]
) -> tuple[str, str]:
    subject, lead = pick(rng, MESSAGES)
    text = header({"title": f"Зразок повідомлення № {index}: {subject}", "date": date}, index % STYLES) + f"{lead}\n\n"
    if recent and index % 6 == 0:
        text += f"Див. також новину: [{recent[-1].title}](../../{recent[-1].path}).\n\n"
    return f"units/{folder}/{when:%Y-%m-%d}-{slug(subject)}-{index}.md", text + f"{disclaimer(index)}\n"
