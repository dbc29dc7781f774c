"""The sample's news, counted and not counted: titles, headers and texts composed from phrases."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from msgspec import Struct

from hromada.demo.sample_files import (
    ALBUM,
    CAPITALIZED,
    DESCRIPTIONS,
    ENGLISH,
    FIRST,
    FORMS,
    LAST,
    OTHER_WORDS,
    STYLES,
    UKRAINIAN,
    date_text,
    header,
    moments,
    pick,
    universal,
)
from hromada.demo.sample_phrases import (
    CLOSINGS,
    DISCLAIMER,
    EVENT_PLACES,
    HEADINGS,
    PLACES,
    TOPICS,
    Story,
    Topic,
    disclaimer,
)
from hromada.domain.alphabet import slug

_MAX_SLUG = 60  # letters of an address before its number
_RECENT = 24  # how far back «read also» links reach; bounded, so that the archive is a stream


class SampleItem(Struct, frozen=True):
    """One invented publication."""

    when: datetime
    index: int
    title: str
    topic: Topic
    story: Story
    file: str

    @property
    def path(self) -> str:
        return f"news/{self.when:%Y}/{self.file}"


RecentItems = deque[SampleItem]


def recent_items() -> RecentItems:
    """The last items, to which the next ones may link."""
    return deque(maxlen=_RECENT)


def news(count: int, rng: random.Random, recent: RecentItems) -> Iterator[tuple[str, str]]:
    """`count` items of the half-year in order; `recent` keeps the last of them."""
    for index, when in enumerate(moments(count, rng), 1):
        late = _late(index, count)
        item = sample_item(late or when, index, rng)
        date = universal(late) if late else _date(when, index)
        yield item.path, item_text(item, rng, recent, date)
        if index == 10:
            english = "This sample item shows where the translation of a counted item lives.\n"
            yield (
                item.path.replace(".md", ".en.md"),
                header({"title": "A sample translation", "date": date}, CAPITALIZED) + english,
            )
        recent.append(item)


def _late(index: int, count: int) -> datetime | None:
    """For the second and the last but one, a time near midnight: in UTC, as written, it is another day."""
    if count < 4 or index not in (2, count - 1):
        return None
    return datetime.combine(FIRST, time(0, 30)) if index == 2 else datetime.combine(LAST, time(23, 45))


def _date(when: datetime, index: int) -> str:
    return date_text(when, 0 if when.time() in (time.min, time(23, 59)) else index % FORMS)


def sample_item(when: datetime, index: int, rng: random.Random, prefix: str = "") -> SampleItem:
    """A publication with a unique title; `prefix` and `index` make its address unique."""
    topic = pick(rng, TOPICS)
    story, place = pick(rng, topic.stories), pick(rng, PLACES)
    title = f"Зразок новини № {index}: {place} {story.clause}{pick(rng, ('', '', *story.tails))}"
    return SampleItem(
        when, index, title, topic, story, f"{when:%Y-%m-%d}-{_name(place, story.clause)}-{prefix}{index}.md"
    )


@cache
def _name(place: str, clause: str) -> str:
    whole = f"zrazok-{slug(f'{place} {clause}')}"
    return whole if len(whole) <= _MAX_SLUG else whole[: _MAX_SLUG + 1].rpartition("-")[0]


def item_text(
    item: SampleItem, rng: random.Random, recent: Sequence[SampleItem], date: str, **more: str | Sequence[str]
) -> str:
    """The file of an item; some have a summary, a picture, an event, a source, a list or a link."""
    index = item.index
    fields: dict[str, str | Sequence[str]] = {"title": item.title, "date": date, "category": item.topic.category}
    fields["tags"] = ("зразок", item.topic.category.lower())
    if index % 3:
        fields["summary"] = item.story.lead
    if index % 9 == 3 and item.when.year == 2021:  # the pictures lie beside the items of that year
        fields["image"], fields["image-alt"] = DESCRIPTIONS[index // 9 % len(DESCRIPTIONS)]
    if item.story.ahead:
        fields["event-date"] = f"{item.when + timedelta(days=3 + index % 5):%Y-%m-%d} 14:00"
        fields["event-place"] = f"{pick(rng, EVENT_PLACES)} (зразок)"
    if index % 17 == 6:
        fields["source"] = "відділ інформаційної роботи (зразок)"
    if index % 37 == 2:
        fields["expires"] = f"{item.when + timedelta(days=5):%Y-%m-%d}"
    if index % 211 == 9 and item.when.year == 2021:
        fields["withdrawn"] = "зразок: у матеріалі була помилка"
        fields["withdrawn-date"] = f"{item.when + timedelta(days=10):%Y-%m-%d}"
    if len(recent) > 1 and index % 23 == 7:
        fields["related"] = [_path_to(earlier, item) for earlier in list(recent)[-2:]]
    text = header(fields | more, index % STYLES) + "\n\n".join(_body(item, rng, recent)) + "\n"
    return text.replace("\n", "\r\n") if index % 41 == 0 else text  # some editors work on Windows


def _body(item: SampleItem, rng: random.Random, recent: Sequence[SampleItem]) -> Iterator[str]:
    index, bank, points = item.index, item.topic.sentences, item.topic.points
    start = int(rng.random() * len(bank))  # neighbours in the bank, so that no sentence comes twice
    bank = bank[start:] + bank[:start]
    yield " ".join(bank[:2]) if index % 3 else f"{item.story.lead} {bank[0]}"
    yield " ".join(bank[2 : 4 + index % 2])
    if index % 7 in (1, 4):
        yield pick(rng, HEADINGS)
        yield ";\n".join(f"- {point}" for point in points) + "."
    if index % 3 == 0:
        yield pick(rng, CLOSINGS)
    if recent and index % 5 == 0:
        earlier = pick(rng, recent)
        yield f"Читайте також: [{earlier.title}]({_path_to(earlier, item)})."
    yield disclaimer(index)


def _path_to(earlier: SampleItem, item: SampleItem) -> str:
    folder = "" if earlier.when.year == item.when.year else f"../{earlier.when:%Y}/"
    return f"{folder}{earlier.file}"


_EVENING = datetime(2021, 6, 30, 23, 59)
_NIGHT = datetime(2022, 1, 1)
# in UTC the second of them is still in the half-year
_UNIVERSAL = (datetime(2021, 6, 30, 23, 45), datetime(2022, 1, 1, 0, 15))
_ALBUM_DAY = date(2022, 1, 14)  # the newest item, so that the home page shows its cover
_SCHEDULED = (datetime(2022, 1, 16), datetime(2022, 3, 1, 9))


def uncounted_items(rng: random.Random, recent: RecentItems) -> Iterator[tuple[str, str]]:
    """The neighbouring days, scheduled items, drafts, hidden items, translations."""
    before = moments(9, rng, date(2021, 1, 14), date(2021, 6, 28))
    after = (datetime.combine(date(2022, 1, day), time(9 + day % 8)) for day in (3, 5, 10, 11, 12, 13, 14))
    index = 0
    for when in (*before, _EVENING, _NIGHT, *after, *_SCHEDULED):
        index += 1
        item = sample_item(when, index, rng, "poza-")
        form = 0 if when in (_EVENING, _NIGHT, *_SCHEDULED) else index % FORMS
        earlier = recent if when.year == 2022 else ()
        album = {"gallery": ALBUM} if when.date() == _ALBUM_DAY else {}
        yield item.path, item_text(item, rng, earlier, date_text(when, form), **album)
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
