"""What an editor does between two builds: each change touches exactly one file, the same one for every tool."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bench.news_corpus import LAST, LINK, news, place_of, slug_of, text_of, write

_EDITED = re.compile(r"\n\n(?:Правка \d+\. )?")
_TITLED = re.compile(r'^(Title: |title: ")(?:Уточнено \d+\. )?', re.MULTILINE)
_BOTTOM = re.compile(r"(?:<p>Оновлення \d+</p>)?</body>")
_REACH = 300  # an item links to one of so many before it


@dataclass(frozen=True, slots=True)
class Expected:
    """What the site must show after a change: the item's page with these words, or no such page (None)."""

    slug: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one tool's corpus; each takes the number of the round, so that none is the same twice."""

    tool: str
    size: int
    corpus: Path
    template: Path

    def edit(self, round: int) -> Expected:
        """The start of the text, so that what lists and feeds quote changes too; an item from the middle."""
        number, words = self.size // 2, f"Правка {round}. "
        self._rewrite(self.corpus / place_of(number, self.size), _EDITED, f"\n\n{words}")
        return Expected(slug_of(number), words)

    def retitle(self, round: int) -> Expected:
        """The title alone: the address stays."""
        number, words = self.size // 3, f"Уточнено {round}. "
        self._rewrite(self.corpus / place_of(number, self.size), _TITLED, rf"\g<1>{words}")
        return Expected(slug_of(number), words)

    def add(self, round: int) -> Expected:
        """The newest item, minutes after the one before; it links to the oldest, which is never deleted."""
        number = self.size + round
        item = news(number, self.size)
        item = replace(item, when=LAST + timedelta(minutes=round + 1), body=LINK.sub("LINK00000LINK", item.body))
        write(self.corpus / place_of(self.size, self.size).replace(slug_of(self.size), item.slug),
              text_of(self.tool, item, self.size))  # fmt: skip
        return Expected(item.slug, item.title)

    def delete(self, round: int) -> Expected:
        """An older item: in every list that held it, all before it move up."""
        number = unlinked_item(self.size, round)
        (self.corpus / place_of(number, self.size)).unlink()
        return Expected(slug_of(number), None)

    def redesign(self, round: int) -> Expected:
        """Visible words at the foot of every page: a comment would be dropped by Hugo, and equal bytes by us."""
        words = f"<p>Оновлення {round}</p>"
        self._rewrite(self.template, _BOTTOM, f"{words}</body>")
        return Expected(slug_of(0), words)

    @staticmethod
    def _rewrite(path: Path, pattern: re.Pattern[str], new: str) -> None:
        text, found = pattern.subn(new, path.read_text("utf-8"), count=1)
        if not found:
            raise ValueError(f"{path}: nothing to change")
        write(path, text)


def unlinked_item(size: int, round: int) -> int:
    """An item that no other links to, past two thirds of the corpus: deleting it breaks no link; other ones each round."""
    left = round
    for number in range(size * 2 // 3, size):
        mark = f"LINK{number:05d}LINK"
        if not any(mark in news(item, size).body for item in range(number + 1, min(size, number + _REACH + 1))):
            if not left:
                return number
            left -= 1
    raise ValueError(f"too few items for round {round}: {size}")
