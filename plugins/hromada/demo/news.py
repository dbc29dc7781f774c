"""The sample's news: titles, headers and texts put together from the phrases."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache

from hromada.demo.headers import CAPITALIZED, FORMS, STYLES, date_text, header, universal
from hromada.demo.sample_moments import FIRST, LAST, moments, pick
from hromada.demo.phrases import CLOSINGS, EVENT_PLACES, HEADINGS, PLACES, TOPICS, disclaimer
from hromada.demo.phrases.topic import Story, Topic
from hromada.demo.picture import DESCRIPTIONS
from hromada.domain.transliteration import slug

_MAX_SLUG = 60  # letters of an address before its number
_RECENT = 24  # how far back «read also» reaches: a bounded memory keeps the archive a stream


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One invented publication before it is written down."""

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
    """The last pieces, to which the next ones may link."""
    return deque(maxlen=_RECENT)


def news(count: int, rng: random.Random, recent: RecentItems) -> Iterator[tuple[str, str]]:
    """So many items of the half-year in order; `known` keeps the last of them."""
    for index, when in enumerate(moments(count, rng), 1):
        late = _late(index, count)
        item = sample_item(late or when, index, rng)
        date = universal(late) if late else _date(when, index)
        yield item.path, item_text(item, rng, recent, date)
        if index == 10:
            english = "This sample item shows where the translation of a counted item lives.\n"
            yield item.path.replace(".md", ".en.md"), header({"title": "A sample translation", "date": date}, CAPITALIZED) + english
        recent.append(item)


def _late(index: int, count: int) -> datetime | None:
    """The second and the last but one stand so near midnight that UTC, in which they are written, may tempt."""
    if count < 4 or index not in (2, count - 1):
        return None
    return datetime.combine(FIRST, time(0, 30)) if index == 2 else datetime.combine(LAST, time(23, 45))


def _date(when: datetime, index: int) -> str:
    return date_text(when, 0 if when.time() in (time.min, time(23, 59)) else index % FORMS)


def sample_item(when: datetime, index: int, rng: random.Random, mark: str = "") -> SampleItem:
    """A publication with a title of its own; `mark` and `index` keep the addresses apart."""
    topic = pick(rng, TOPICS)
    story, place = pick(rng, topic.stories), pick(rng, PLACES)
    title = f"Зразок новини № {index}: {place} {story.clause}{pick(rng, ('', '', *story.tails))}"
    return SampleItem(when, index, title, topic, story, f"{when:%Y-%m-%d}-{_name(place, story.clause)}-{mark}{index}.md")


@cache
def _name(place: str, clause: str) -> str:
    whole = f"zrazok-{slug(f'{place} {clause}')}"
    return whole if len(whole) <= _MAX_SLUG else whole[: _MAX_SLUG + 1].rpartition("-")[0]


def item_text(item: SampleItem, rng: random.Random, recent: Sequence[SampleItem], date: str, **more: str) -> str:
    """The whole file of a piece; now and then with a summary, a picture, an event, a source, a list, a link."""
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
        folder = "" if earlier.when.year == item.when.year else f"../{earlier.when:%Y}/"
        yield f"Читайте також: [{earlier.title}]({folder}{earlier.file})."
    yield disclaimer(index)
