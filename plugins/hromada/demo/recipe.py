"""The sample archive: a whole content folder with given volumes, the same bytes on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hromada.demo import registers, texts
from hromada.demo.phrases import LEADS, MESSAGES, THEMES, UNITS
from hromada.domain.days_in_words import short_day
from hromada.domain.transliteration import slug

FIRST, LAST = date(2021, 7, 1), date(2021, 12, 31)


@dataclass(frozen=True, slots=True)
class Volumes:
    """How much the archive holds within II півріччя 2021 (the newspaper: within its own eighteen months)."""

    news: int
    unit_pages: int
    unit_messages: int
    social_main: int
    social_other: int
    newspaper: int

    def times(self, scale: int) -> Volumes:
        """The same archive with more items and rows on the same unit pages."""
        return Volumes(
            self.news * scale, self.unit_pages, self.unit_messages * scale, self.social_main * scale,
            self.social_other * scale, self.newspaper * scale,
        )  # fmt: skip


# The volumes of the council's own report: the only place where they stand.
SOURCE_REPORT = Volumes(news=631, unit_pages=20, unit_messages=46, social_main=381, social_other=192, newspaper=34)


def archive(volumes: Volumes, seed: int = 2021) -> Iterator[tuple[str, bytes]]:
    """Every file of the content folder: its name under content/ and its bytes."""
    chance = random.Random(seed)
    for name, text in _texts(volumes, chance):
        yield name, text.encode()
    yield from registers.tables(volumes.social_main, volumes.social_other, volumes.newspaper, chance)


def _texts(volumes: Volumes, chance: random.Random) -> Iterator[tuple[str, str]]:
    yield from texts.PAGES.items()
    yield from _units(volumes.unit_pages)
    yield from _news(volumes.news, chance)
    yield from _outside(chance)
    yield from _messages(volumes, chance)
    yield "reports/figures.toml", texts.FIGURES
    yield "reports/2021-h2.md", texts.REPORT
    yield "reports/2021-q3.md", texts.QUARTER


def moments(number: int, chance: random.Random, first: date = FIRST, last: date = LAST) -> list[datetime]:
    """So many moments in order, few at weekends, more in some months; the first and the last stand at the borders."""
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    weights = [(0.35 if day.weekday() > 4 else 1.0) * (0.8 + 0.12 * (day.month * 5 % 4)) for day in days]
    chosen = sorted(chance.choices(days, weights, k=number))
    found = sorted(datetime.combine(day, time(8 + int(chance.random() * 10), int(chance.random() * 60))) for day in chosen)
    if number > 1:
        found[0] = datetime.combine(first, time.min)
        found[-1] = datetime.combine(last, time(23, 59))
    return found


def _pick(chance: random.Random, options: Sequence[str]) -> str:
    return options[int(chance.random() * len(options))]


def _news(number: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    names: list[str] = []
    for index, when in enumerate(moments(number, chance), 1):
        theme = THEMES[int(chance.random() * len(THEMES))]
        title = f"Зразок новини: {_pick(chance, theme.starts)}{_pick(chance, theme.ends)}"
        name = f"{when:%Y-%m-%d}-{slug(title)[:60].rstrip('-')}-{index}.md"
        body = [_pick(chance, LEADS)]
        body += [" ".join(_pick(chance, theme.sentences) for _ in range(2 + index % 2)) for _ in range(1 + index % 3)]
        if index % 7 == 0:
            body += ["## Що варто знати", "\n".join(f"- {sentence}" for sentence in theme.sentences[:3])]
        if names and index % 5 == 0:
            body.append(f"Читайте також [попередній зразок]({names[-1]}).")
        names.append(name)
        yield f"news/{when:%Y}/{name}", _header(index, title, when, theme.category) + "\n\n".join(body) + "\n"


def _header(index: int, title: str, when: datetime, category: str) -> str:
    """Both syntaxes, both languages and every form of a date take turns."""
    forms = (
        f"{when:%Y-%m-%d %H:%M}",
        f"{short_day(when.date())} {when:%H:%M}",
        f"{when:%Y-%m-%dT%H:%M:00}{'+03:00' if when.month < 11 and when.day < 31 else '+02:00'}",
        f"{when:%Y-%m-%d %H:%M:00}",
    )
    written = forms[index % 4]
    if when.time() == time.min or when.time() == time(23, 59):  # at the borders no offset may blur the minute
        written = forms[0]
    match index % 3:
        case 0:
            return f"---\ntitle: {title}\ndate: {written}\ncategory: {category}\ntags: [зразок, {category.lower()}]\n---\n\n"
        case 1:
            return f"Заголовок: {title}\nДата: {written}\nРубрика: {category}\nТеги: зразок; {category.lower()}\n\n"
        case _:
            return f'---\nНазва: "{title}"\nДата: {written}\nРозділ: {category}\ntags:\n  - зразок\n---\n\n'


def _outside(chance: random.Random) -> Iterator[tuple[str, str]]:
    """What must not be counted: the neighbouring days, drafts, hidden items, a translation, a scheduled item."""
    text = "\nЗразковий матеріал поза підрахунком.\n"
    for when in (datetime(2021, 6, 30, 23, 59), datetime(2022, 1, 1, 0, 0), *moments(9, chance, date(2021, 2, 1), date(2021, 6, 29)),
                 datetime(2022, 1, 10, 12)):  # fmt: skip
        name = f"{when:%Y-%m-%d}-zrazok-poza-periodom-{when:%H%M}"
        yield f"news/{when:%Y}/{name}.md", f"title: Зразок: матеріал поза періодом\ndate: {when:%Y-%m-%d %H:%M}\n{text}"
    draft = "title: Зразок чернетки\nСтан: чернетка\n"
    yield "news/2021/zrazok-chernetky-bez-daty.md", draft + text
    yield "news/2021/2021-09-01-zrazok-chernetky.md", draft + "date: 2021-09-01\n" + text
    yield "news/2021/2021-09-02-zrazok-prykhovanoho.md", f"title: Зразок прихованого\ndate: 02.09.2021\nstatus: hidden\n{text}"
    yield "news/2021/2021-05-05-zrazok-z-perekladom.md", f"title: Зразок із перекладом\ndate: 2021-05-05\n{text}"
    english = "\nThis sample item shows where a translation lives.\n"
    yield "news/2021/2021-05-05-zrazok-z-perekladom.en.md", f"title: A sample with a translation\ndate: 2021-05-05\n{english}"
    yield "news/2022/2022-03-01-zrazok-zaplanovanoho.md", f"title: Зразок запланованого\ndate: 2022-03-01\n{text}"


def units(number: int) -> list[tuple[str, str, str]]:
    """Folder, title and kind of so many unit pages; past the known ones they are numbered samples."""
    more = range(len(UNITS) + 1, number + 1)
    return [*UNITS[:number], *((f"zrazok-{n}", f"Сторінка підрозділу {n} (зразок)", "unit") for n in more)]


def _units(number: int) -> Iterator[tuple[str, str]]:
    for folder, title, kind in units(number):
        text = "Зразкова сторінка: відомості про підрозділ додасть редактор.\n\nНижче – зразкові повідомлення."
        yield f"units/{folder}/index.md", f"---\ntitle: {title}\nkind: {kind}\nconfirmed: no\n---\n\n{text}\n"


def _messages(volumes: Volumes, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Messages spread unevenly: every fifth unit stays silent; two stand just outside the half-year."""
    folders = [folder for index, (folder, _, _) in enumerate(units(volumes.unit_pages)) if index % 5 != 4 or index == 0]
    inside = moments(volumes.unit_messages, chance) if folders else []
    outside = [datetime(2021, 6, 30, 23, 59), datetime(2022, 1, 1)] if folders else []
    for index, when in enumerate([*inside, *outside], 1):
        folder = folders[int(chance.random() ** 1.6 * len(folders))]
        title = f"Зразок повідомлення: {_pick(chance, MESSAGES)}"
        name = f"{when:%Y-%m-%d}-povidomlennia-{index}.md"
        text = f"title: {title}\ndate: {when:%Y-%m-%d %H:%M}\n\nЗразковий текст повідомлення. Подій із нього не було.\n"
        yield f"units/{folder}/{name}", text
