"""The sample's unit pages and the messages on them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, time

from hromada.demo.headers import CAPITALIZED, ENGLISH, FORMS, STYLES, date_text, header
from hromada.demo.sample_moments import moments, pick
from hromada.demo.news import SampleItem
from hromada.demo.phrases import DISCLAIMER, disclaimer
from hromada.demo.phrases.units import MESSAGES, UNITS, SampleUnit
from hromada.domain.transliteration import slug

_OUTSIDE = (
    datetime(2021, 3, 16, 10), datetime(2021, 6, 30, 23, 59), datetime(2022, 1, 1), datetime(2022, 1, 12, 15, 20),
    datetime(2022, 2, 1, 9),
)  # fmt: skip
_EMAIL = "zrazok@hromada.example"
_HOURS = ("пн–чт 8:00–17:00, пт 8:00–15:45", "пн–пт 9:00–18:00", "вт і чт 9:00–13:00")


def units(number: int) -> tuple[SampleUnit, ...]:
    """So many unit pages; past the known ones they are numbered samples."""
    more = range(len(UNITS) + 1, number + 1)
    title, about = "Сторінка підрозділу {} (зразок)", "Назву додасть редактор."
    return (*UNITS[:number], *(SampleUnit(f"zrazok-{n}", title.format(n), "unit", about) for n in more))


def unit_pages(number: int) -> Iterator[tuple[str, str]]:
    """The pages of the units themselves."""
    for index, unit in enumerate(units(number)):
        fields = {"title": unit.title, "kind": unit.kind, "hours": f"{_HOURS[index % 3]} (зразок)", "email": _EMAIL}
        lines = (
            f"Зразкова сторінка. {unit.about}", "",
            "Контакти й години роботи наведено для прикладу; справжні відомості додасть редактор сторінки.",
        )  # fmt: skip
        yield f"units/{unit.folder}/index.md", header(fields, ENGLISH) + "\n".join(lines) + "\n"


def messages(number: int, pages: int, rng: random.Random, recent: Sequence[SampleItem]) -> Iterator[tuple[str, str]]:
    """So many messages, spread unevenly, and some that must not count; every fifth unit is silent."""
    folders = [unit.folder for index, unit in enumerate(units(pages)) if index % 5 != 4]
    if not folders:
        return
    for index, when in enumerate(moments(number, rng), 1):
        form = 0 if when.time() in (time.min, time(23, 59)) else index % FORMS
        yield _message(when, date_text(when, form), _unevenly(folders, rng), index, rng, recent)
    for index, when in enumerate(_OUTSIDE, number + 1):
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
    text = header({"title": f"Зразок повідомлення № {index}: {subject}", "date": date}, index % STYLES) + f"{lead}\n\n"
    if recent and index % 6 == 0:
        text += f"Див. також новину: [{recent[-1].title}](../../{recent[-1].path}).\n\n"
    return f"units/{folder}/{when:%Y-%m-%d}-{slug(subject)}-{index}.md", text + f"{disclaimer(index)}\n"
