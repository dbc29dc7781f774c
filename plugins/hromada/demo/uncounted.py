"""What stands in the sample's news and must not be counted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time

from hromada.demo.headers import CAPITALIZED, ENGLISH, FORMS, OTHER_WORDS, UKRAINIAN, date_text, header, universal
from hromada.demo.sample_moments import moments
from hromada.demo.news import RecentItems, sample_item, item_text
from hromada.demo.phrases import DISCLAIMER

_EVENING = datetime(2021, 6, 30, 23, 59)
_NIGHT = datetime(2022, 1, 1)
# in UTC the second of them is still in the half-year
_UNIVERSAL = (datetime(2021, 6, 30, 23, 45), datetime(2022, 1, 1, 0, 15))
_AHEAD = (datetime(2022, 1, 16), datetime(2022, 3, 1, 9))


def uncounted_items(rng: random.Random, recent: RecentItems) -> Iterator[tuple[str, str]]:
    """The neighbouring days, scheduled items, drafts, hidden items, translations."""
    before = moments(9, rng, date(2021, 1, 14), date(2021, 6, 28))
    after = (datetime.combine(date(2022, 1, day), time(9 + day % 8)) for day in (3, 5, 10, 11, 12, 13, 14))
    index = 0
    for when in (*before, _EVENING, _NIGHT, *after, *_AHEAD):
        index += 1
        item = sample_item(when, index, rng, "poza-")
        form = 0 if when in (_EVENING, _NIGHT, *_AHEAD) else index % FORMS
        earlier = recent if when.year == 2022 else ()
        yield item.path, item_text(item, rng, earlier, date_text(when, form))
    for when in _UNIVERSAL:
        index += 1
        item = sample_item(when, index, rng, "poza-")
        yield item.path, item_text(item, rng, (), universal(when))
    yield from _unpublished()
    yield from _translated()


def _unpublished() -> Iterator[tuple[str, str]]:
    """Drafts, one without a date, and hidden items inside the half-year."""
    kinds = (
        ("chernetky-bez-daty", "Зразок чернетки без дати", "", "чернетка", UKRAINIAN),
        ("2021-09-01-zrazok-chernetky", "Зразок чернетки", "01.09.2021", "draft", ENGLISH),
        ("2021-11-15-zrazok-druhoi-chernetky", "Зразок другої чернетки", "2021-11-15", "Чернетка", OTHER_WORDS),
        ("2021-09-02-zrazok-prykhovanoho", "Зразок прихованого матеріалу", "02.09.2021", "hidden", CAPITALIZED),
        ("2021-10-20-zrazok-tezh-prykhovanoho", "Зразок ще одного прихованого матеріалу", "2021-10-20 10:00",
         "приховано", UKRAINIAN),
    )  # fmt: skip
    for name, title, day, status, style in kinds:
        dated = {"date": day} if day else {}
        yield f"news/2021/{name}.md", header({"title": title} | dated | {"status": status}, style) + f"{DISCLAIMER}\n"


def _translated() -> Iterator[tuple[str, str]]:
    """A pair of the spring: neither of the two belongs to the half-year."""
    original = {"title": "Зразок новини з перекладом", "date": "05.05.2021"}
    translation = {"title": "A sample with a translation", "date": "2021-05-05"}
    english = "This sample item shows where a translation lives.\n"
    yield "news/2021/2021-05-05-zrazok-z-perekladom.md", header(original, UKRAINIAN) + f"{DISCLAIMER}\n"
    yield "news/2021/2021-05-05-zrazok-z-perekladom.en.md", header(translation, ENGLISH) + english
