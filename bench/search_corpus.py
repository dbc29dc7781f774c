"""A site of real Ukrainian texts (UA-GEC) for measuring the search: as many items as are wanted, the same every time."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bench.search_tables import real_texts

_WORDS_OF_ITEM = 275
_FIRST, _LAST = datetime(2012, 1, 2, 8, 0), datetime(2021, 12, 30)
_NOT_PLAIN = re.compile(r"[<>\[\]{}*_#|`~\\=+$^&]|https?://\S+")
_SEED = 20210101


@dataclass(frozen=True, slots=True)
class RealItem:
    """A news item of real words."""

    name: str
    title: str
    when: datetime
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return f"title: {self.title}\ndate: {self.when:%Y-%m-%d %H:%M}\n\n" + "\n\n".join(self.paragraphs) + "\n"


@cache
def _words() -> tuple[str, ...]:
    return tuple(_NOT_PLAIN.sub(" ", " ".join(real_texts())).split())


def real_items(size: int) -> Iterator[RealItem]:
    """Items cut out of the texts at places that depend on their number alone."""
    words = _words()
    for number in range(size):
        dice = random.Random(_SEED * 1000003 + number)
        start = dice.randrange(len(words) - _WORDS_OF_ITEM - 12)
        title = " ".join(words[start : start + dice.randint(5, 11)]).strip(" .,:;!?–—-«»\"'") or "Без назви"
        body = words[start + 12 : start + 12 + _WORDS_OF_ITEM]
        paragraphs = tuple(" ".join(body[at : at + 55]).lstrip("-+–—0123456789.) ") for at in range(0, len(body), 55))
        seconds = int((_LAST - _FIRST).total_seconds() * number / size)
        yield RealItem(f"r{number:05d}", title, _FIRST + timedelta(seconds=seconds // 60 * 60), paragraphs)


def write_real_site(size: int, content: Path) -> None:
    """The items as a content folder."""
    for item in real_items(size):
        path = content / f"news/{item.when.year}/{item.when:%Y-%m-%d}-{item.name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(item.text, "utf-8", newline="\n")
