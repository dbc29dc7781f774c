"""The sample registers: social accounts, the newspaper, monitoring, requests, as offices save them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hromada.demo.sample_files import FIRST, LAST, moments, pick
from hromada.demo.sample_phrases import PLACES, TOPICS
from hromada.domain.days_in_words import short_day

_PAPER_FIRST = date(2020, 7, 1)  # the newspaper's own eighteen months
_DAY = timedelta(days=1)
_MAIN = "Дергачівська міська рада"
_MAIN_NAMES = (_MAIN, _MAIN, "ДМР", "«дергачівська  міська рада»")  # as different hands write it
_OTHERS = (
    ("bezruky", "Безруківський старостинський округ", "starosta"),
    ("likarnia", "Дергачівська центральна лікарня", "other"),
    ("zevs", "Спортивно-оздоровчий комплекс «Зевс»", "other"),
    ("zhkh", "Відділ житлово-комунального господарства", "other"),
    ("slatyne", "Слатинський старостинський округ", "starosta"),
    ("kozacha-lopan", "Козачолопанський старостинський округ", "starosta"),
    ("prudianka", "Прудянський старостинський округ", "starosta"),
    ("prokhody", "Проходівський старостинський округ", "starosta"),
    ("ruska-lozova", "Русько-Лозівський старостинський округ", "starosta"),
    ("tokarivka", "Токарівський старостинський округ", "starosta"),
)
_HEAD = "Дата;Сторінка;Мережа;Вид;Назва;Посилання;Ідентифікатор"
_KINDS = ("допис", "допис", "фото", "відео", "рілс", "", "ефір")
_CHANNELS = (("електронна форма", 6), ("телефон", 9), ("повідомлення у соцмережах", 12), ("електронна пошта", 4))
_EVENTS = (
    ("виїзна зустріч голови громади", "відкриття дитячого майданчика"),
    ("засідання виконавчого комітету", "спортивні змагання"),
    ("сесія ради", "святковий концерт"),
)
_FACEBOOK = "https://www.facebook.com/zrazok-hromady/posts"  # no account there may have a hyphen in its name
_INSTAGRAM = "https://www.instagram.com/p/zrazok"


def tables(main: int, other: int, newspaper: int, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Every file under registers/: encodings and separators as Excel, LibreOffice and a script would leave them."""
    yield "registers/accounts.toml", _accounts().encode()
    title = "Зразок журналу публікацій у соціальних мережах;;;;;;"
    rows = "\r\n".join([title, _HEAD, *_main_rows(main, rng), ";;;;;;", ""])
    yield "registers/social/rada.csv", rows.encode("utf-8-sig")
    yield "registers/social/inshi.csv", "\r\n".join([_HEAD, *_other_rows(other, rng), ""]).encode("cp1251")
    yield "registers/social/poza-pidrakhunkom.csv", "\n".join([_HEAD, *_apart(), ""]).replace(";", "\t").encode()
    yield "registers/newspaper/visti.csv", "\n".join([*_newspaper(newspaper, rng), ""]).encode()
    yield "registers/monitoring/ohliady.csv", "\n".join([*_monitoring(), ""]).encode()
    yield "registers/coverage/zakhody.csv", "\n".join([*_coverage(), ""]).encode("utf-8-sig")
    yield "registers/requests/zvernennia.csv", "\r\n".join([*_requests(rng), ""]).encode("cp1251")


def _accounts() -> str:
    main = f'id = "rada"\nname = "{_MAIN}"\nalso = ["ДМР"]\nnetworks = ["facebook", "instagram"]\ngroup = "main"\n'
    others = (
        f'id = "{id}"\nname = "{name}"\nnetworks = ["facebook"]\ngroup = "{group}"\n' for id, name, group in _OTHERS
    )
    return "# Сторінки зразка.\n\n" + "\n".join(f"[[account]]\n{account}" for account in (main, *others))


def _text(kind: str, rng: random.Random) -> str:
    return f"Зразок {kind}: {pick(rng, PLACES)} {pick(rng, pick(rng, TOPICS).stories).clause}"


def _main_rows(count: int, rng: random.Random) -> Iterator[str]:
    """The council's own account in both networks; the network's cell is empty where the link tells it."""
    yield f"{short_day(FIRST - _DAY)};{_MAIN};facebook;допис;{_text('допису', rng)};{_FACEBOOK}/do-pivrichchia;"
    for index, when in enumerate(moments(count, rng), 1):
        instagram = rng.random() < 0.3
        network = ("Інстаграм", "instagram", "") if instagram else ("Фейсбук", "facebook", "")
        link = f"{_INSTAGRAM}-{index}/" if instagram else f"{_FACEBOOK}/{index}"
        named, kind = _MAIN_NAMES[index % 4], _KINDS[index % 7]
        yield f"{_day(when, index)};{named};{network[index % 3]};{kind};{_text('допису', rng)};{link};"
    yield f"{short_day(LAST + _DAY)};{_MAIN};Фейсбук;фото;{_text('допису', rng)};{_FACEBOOK}/pislia-pivrichchia;"


def _other_rows(count: int, rng: random.Random) -> Iterator[str]:
    """The other accounts have one network each, so that its cell stays empty; ids instead of links."""
    for index, when in enumerate(moments(count, rng), 1):
        unevenly = rng.random() * (0.3 + 0.7 * rng.random())  # the first accounts write more
        _, name, _ = _OTHERS[int(unevenly * len(_OTHERS))]
        yield f"{_day(when, index)};{name};;{_KINDS[index % 6]};{_text('допису', rng)};;inshi-{index}"
    yield f"{LAST + _DAY};{_OTHERS[0][1]};;допис;{_text('допису', rng)};;inshi-pislia-pivrichchia"


def _day(when: datetime, index: int) -> str:
    day = short_day(when.date())
    forms = (day, f"{day} {when:%H:%M}", f"{when:%Y-%m-%d}", f"{when:%Y-%m-%d %H:%M}")
    return forms[index // 5 % len(forms)]  # an editor keeps to a form for some rows


def _apart() -> Iterator[str]:
    """Reposts and stories inside the half-year, publications on the days around it: none of them counts."""
    for index, kind in enumerate(["репост"] * 12 + ["сторіз"] * 7):
        day = FIRST + timedelta(days=index * 9)
        yield f"{short_day(day)};ДМР;facebook;{kind};Зразок: {kind} новини партнерів;;okremo-{index}"
    for index, day in enumerate((FIRST - _DAY, LAST + _DAY, LAST + 12 * _DAY)):
        yield f"{short_day(day)};ДМР;facebook;допис;Зразок допису поза періодом;;poza-{index}"


def _newspaper(count: int, rng: random.Random) -> Iterator[str]:
    """Items over the newspaper's own eighteen months, and two on the days around them."""
    yield "Дата;Видання;Номер;Назва;Ідентифікатор"
    days = [when.date() for when in moments(count, rng, _PAPER_FIRST, LAST)]
    for index, day in enumerate([_PAPER_FIRST - _DAY, *days, LAST + _DAY], 1):
        issue = f"№ {day.isocalendar().week}"
        yield f"{day};Вісті Дергачівщини;{issue};{_text('матеріалу для газети', rng)};hazeta-{index}"


def _monitoring() -> Iterator[str]:
    """A review every Friday; its title has commas, so that it stands in quotes."""
    yield "Дата,Назва,Ідентифікатор"
    for week in range(28):
        day = date(2021, 6, 25) + timedelta(weeks=week)
        yield f'{day},"Зразок огляду: згадки, запитання та відгуки за тиждень до {short_day(day)}",ohliad-{week}'


def _coverage() -> Iterator[str]:
    """Two events a week that the department covered; the first is before the half-year."""
    yield "Дата;Назва;Посилання"
    for week in range(27):
        for weekday, (index, kind) in zip((1, 4), enumerate(_EVENTS[week % 3]), strict=True):
            day = date(2021, 6, 28) + timedelta(weeks=week, days=weekday)
            yield f"{short_day(day)};Зразок заходу: {kind} {PLACES[(week * 2 + index) % len(PLACES)]};"


def _requests(rng: random.Random) -> Iterator[str]:
    """A tally by week and channel, without a word about who asked."""
    yield "Дата;Канал;Кількість"
    for week in range(28):
        day = date(2021, 6, 28) + timedelta(weeks=week)
        for channel, usual in _CHANNELS:
            yield f"{short_day(day)};{channel};{int(usual * (0.4 + rng.random()))}"
