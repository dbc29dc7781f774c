"""The sample registers: social accounts, the newspaper, monitoring, requests, as offices save them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hromada.demo.phrases import POSTS
from hromada.domain.days_in_words import short_day

_FIRST, _LAST = date(2021, 7, 1), date(2021, 12, 31)
_MAIN = "Дергачівська міська рада"
_OTHERS = (
    ("bezruky", "Безруківський старостинський округ", "starosta"),
    ("slatyne", "Слатинський старостинський округ", "starosta"),
    ("kozacha-lopan", "Козачолопанський старостинський округ", "starosta"),
    ("prudianka", "Прудянський старостинський округ", "starosta"),
    ("prokhody", "Проходівський старостинський округ", "starosta"),
    ("ruska-lozova", "Русько-Лозівський старостинський округ", "starosta"),
    ("tokarivka", "Токарівський старостинський округ", "starosta"),
    ("zhkh", "Відділ житлово-комунального господарства", "other"),
    ("likarnia", "Дергачівська центральна лікарня", "other"),
    ("zevs", "Спортивно-оздоровчий комплекс «Зевс»", "other"),
)
_HEAD = "Дата;Сторінка;Мережа;Вид;Назва;Посилання;Ідентифікатор"
_KINDS = ("допис", "допис", "фото", "відео", "рілс", "")


def accounts() -> str:
    """accounts.toml of the sample."""
    table = [f'[[account]]\nid = "rada"\nname = "{_MAIN}"\nalso = ["ДМР"]\nnetworks = ["facebook", "instagram"]\ngroup = "main"\n']
    table += [
        f'[[account]]\nid = "{id}"\nname = "{name}"\nnetworks = ["facebook"]\ngroup = "{group}"\n' for id, name, group in _OTHERS
    ]
    return "\n".join(table)


def tables(main: int, other: int, newspaper: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Every file under registers/: encodings and separators as Excel, LibreOffice and a script would leave them."""
    yield "registers/accounts.toml", accounts().encode()
    title = "Зразковий журнал публікацій у соціальних мережах"
    rows = [title, _HEAD, *_main_rows(main, chance)]
    yield "registers/social/rada.csv", "\r\n".join(rows).encode("utf-8-sig") + b"\r\n;;;;;;\r\n"
    yield "registers/social/inshi.csv", "\r\n".join([_HEAD, *_other_rows(other, chance)]).encode("cp1251") + b"\r\n"
    yield "registers/social/poza-pidrakhunkom.csv", "\n".join([_HEAD, *_apart()]).replace(";", "\t").encode() + b"\n"
    yield "registers/newspaper/visti.csv", "\n".join(_newspaper(newspaper)).encode() + b"\n"
    yield "registers/monitoring/ohliady.csv", "\n".join(_monitoring()).encode() + b"\n"
    yield "registers/requests/zvernennia.csv", "\n".join(_requests()).encode("cp1251") + b"\n"


def _spread(number: int, first: date, last: date) -> Iterator[date]:
    """So many days from first to last, both taken when there are at least two."""
    span = (last - first).days
    for index in range(number):
        yield first + timedelta(days=span * index // max(1, number - 1))


def _main_rows(number: int, chance: random.Random) -> Iterator[str]:
    for index, day in enumerate(_spread(number, _FIRST, _LAST), 1):
        network = "Інстаграм" if chance.random() < 0.3 else "Фейсбук"
        host = "instagram.com/p" if network == "Інстаграм" else "facebook.com/zrazok/posts"
        name = _MAIN if index % 4 else "«дергачівська міська рада»"
        post = POSTS[int(chance.random() * len(POSTS))]
        yield f"{short_day(day)};{name};{network};{_KINDS[index % 6]};Зразок: {post};https://www.{host}/{index};"


def _other_rows(number: int, chance: random.Random) -> Iterator[str]:
    for index, day in enumerate(_spread(number, _FIRST, _LAST), 1):
        _, name, _ = _OTHERS[int(chance.random() ** 1.4 * len(_OTHERS))]
        post = POSTS[int(chance.random() * len(POSTS))]
        yield f"{day.isoformat()};{name};;{_KINDS[index % 6]};Зразок: {post};;inshi-{index}"


def _apart() -> Iterator[str]:
    """Reposts and stories inside the half-year, publications on the days around it: none of them counts."""
    for index, kind in enumerate(["репост"] * 12 + ["сторіз"] * 7):
        day = _FIRST + timedelta(days=index * 9)
        yield f"{short_day(day)};ДМР;facebook;{kind};Зразок: {kind};;okremo-{index}"
    for index, day in enumerate((_FIRST - timedelta(days=1), _LAST + timedelta(days=1), date(2022, 2, 1))):
        yield f"{short_day(day)};ДМР;facebook;допис;Зразок: поза періодом;;poza-{index}"


def _newspaper(number: int) -> Iterator[str]:
    """Items over the newspaper's own eighteen months, and two on the days around them."""
    yield "Дата;Видання;Номер;Назва;Ідентифікатор"
    days = list(_spread(number, date(2020, 7, 1), _LAST))
    for index, day in enumerate([date(2020, 6, 30), *days, date(2022, 1, 1)], 1):
        yield f"{day.isoformat()};Вісті Дергачівщини;{index};Зразок: матеріал для газети {index};hazeta-{index}"


def _monitoring() -> Iterator[str]:
    yield "Дата,Назва,Ідентифікатор"
    for week in range(26):
        day = datetime(2021, 7, 2) + timedelta(weeks=week)
        yield f"{day:%Y-%m-%d},Зразок: огляд згадок за тиждень,ohliad-{week}"


def _requests() -> Iterator[str]:
    yield "Дата;Канал;Кількість"
    for month in range(7, 13):
        for channel, count in (("електронна форма", month + 4), ("телефон", 2 * month), ("повідомлення у соцмережах", month - 6)):
            yield f"28.{month:02d}.2021;{channel};{count}"
