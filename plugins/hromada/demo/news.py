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
from hromada.demo.phrases import CLOSINGS, EVENT_PLACES, HEADINGS, PLACES, THEMES, disclaimer
from hromada.demo.phrases.theme import Story, Theme
from hromada.demo.picture import DESCRIPTIONS
from hromada.domain.transliteration import slug

_LONGEST = 60  # letters of an address before its number
_KEPT = 24  # how far back «read also» reaches: a bounded memory keeps the archive a stream


@dataclass(frozen=True, slots=True)
class Piece:
    """One invented publication before it is written down."""

    when: datetime
    index: int
    title: str
    theme: Theme
    story: Story
    file: str

    @property
    def path(self) -> str:
        return f"news/{self.when:%Y}/{self.file}"


Recent = deque[Piece]


def recent() -> Recent:
    """The last pieces, to which the next ones may link."""
    return deque(maxlen=_KEPT)


def news(number: int, chance: random.Random, known: Recent) -> Iterator[tuple[str, str]]:
    """So many items of the half-year in order; `known` keeps the last of them."""
    for index, when in enumerate(moments(number, chance), 1):
        late = _late(index, number)
        one = piece(late or when, index, chance)
        date = universal(late) if late else _date(when, index)
        yield one.path, written(one, chance, known, date)
        if index == 10:
            english = "This sample item shows where the translation of a counted item lives.\n"
            yield one.path.replace(".md", ".en.md"), header({"title": "A sample translation", "date": date}, CAPITALIZED) + english
        known.append(one)


def _late(index: int, number: int) -> datetime | None:
    """The second and the last but one stand so near midnight that UTC, in which they are written, may tempt."""
    if number < 4 or index not in (2, number - 1):
        return None
    return datetime.combine(FIRST, time(0, 30)) if index == 2 else datetime.combine(LAST, time(23, 45))


def _date(when: datetime, index: int) -> str:
    return date_text(when, 0 if when.time() in (time.min, time(23, 59)) else index % FORMS)


def piece(when: datetime, index: int, chance: random.Random, mark: str = "") -> Piece:
    """A publication with a title of its own; `mark` and `index` keep the addresses apart."""
    theme = pick(chance, THEMES)
    story, place = pick(chance, theme.stories), pick(chance, PLACES)
    title = f"Зразок новини № {index}: {place} {story.clause}{pick(chance, ('', '', *story.tails))}"
    return Piece(when, index, title, theme, story, f"{when:%Y-%m-%d}-{_name(place, story.clause)}-{mark}{index}.md")


@cache
def _name(place: str, clause: str) -> str:
    whole = f"zrazok-{slug(f'{place} {clause}')}"
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST + 1].rpartition("-")[0]


def written(one: Piece, chance: random.Random, known: Sequence[Piece], date: str, **more: str) -> str:
    """The whole file of a piece; now and then with a summary, a picture, an event, a source, a list, a link."""
    index = one.index
    fields: dict[str, str | Sequence[str]] = {"title": one.title, "date": date, "category": one.theme.category}
    fields["tags"] = ("зразок", one.theme.category.lower())
    if index % 3:
        fields["summary"] = one.story.lead
    if index % 9 == 3 and one.when.year == 2021:  # the pictures lie beside the items of that year
        fields["image"], fields["image-alt"] = DESCRIPTIONS[index // 9 % len(DESCRIPTIONS)]
    if one.story.ahead:
        fields["event-date"] = f"{one.when + timedelta(days=3 + index % 5):%Y-%m-%d} 14:00"
        fields["event-place"] = f"{pick(chance, EVENT_PLACES)} (зразок)"
    if index % 17 == 6:
        fields["source"] = "відділ інформаційної роботи (зразок)"
    text = header(fields | more, index % STYLES) + "\n\n".join(_body(one, chance, known)) + "\n"
    return text.replace("\n", "\r\n") if index % 41 == 0 else text  # some editors work on Windows


def _body(one: Piece, chance: random.Random, known: Sequence[Piece]) -> Iterator[str]:
    index, bank, points = one.index, one.theme.sentences, one.theme.points
    start = int(chance.random() * len(bank))  # neighbours in the bank, so that no sentence comes twice
    bank = bank[start:] + bank[:start]
    yield " ".join(bank[:2]) if index % 3 else f"{one.story.lead} {bank[0]}"
    yield " ".join(bank[2 : 4 + index % 2])
    if index % 7 in (1, 4):
        yield pick(chance, HEADINGS)
        yield ";\n".join(f"- {point}" for point in points) + "."
    if index % 3 == 0:
        yield pick(chance, CLOSINGS)
    if known and index % 5 == 0:
        earlier = pick(chance, known)
        folder = "" if earlier.when.year == one.when.year else f"../{earlier.when:%Y}/"
        yield f"Читайте також: [{earlier.title}]({folder}{earlier.file})."
    yield disclaimer(index)
