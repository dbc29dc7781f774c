"""How the index is cut: what has no date, what is new, and all that is older.

What is new is small and in few files, since new items change it all the time. What is older is cut fine: a reader loads
little of it for a word, and an edit of an old text changes only the shards of the words edited. Numbers of documents come
from their day and address, so one more or one less does not move the others.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter

from msgspec import Struct

FRESH = 80  # documents: a new one changes all eight files of their words
_FRESH_PIECES = 8
_LONGEST_WINDOW = 9  # 512 days
_MOST_PIECES = 512
_WORDS_OF_PIECE = 4000  # each word of each document counted: about 14 kB
_CARDS = 12  # documents whose cards lie in one file, on average
EPOCH = date(1900, 1, 1).toordinal() - 1  # day 0 has no date


class Document(Struct, frozen=True, array_like=True, gc=False):
    """What can be found: `version` changes with its words, `card` with what a result shows of it."""

    path: str  # identifies it: of a text or of an attached file
    address: str
    day: int  # since EPOCH; 0 without one
    kind: int
    version: str
    card: str


class Segment(Struct, frozen=True, dict=True):
    """Documents with their numbers; how many slots a day has, and how many numbers (as a power of two) a file of cards."""

    name: str
    documents: Mapping[int, Document]  # by ascending number
    width: int
    shift: int

    @cached_property
    def version(self) -> str:
        """Changes with the numbers of documents: files of two versions do not fit together."""
        addresses = "\n".join([document.address for document in self.documents.values()])
        numbers = ",".join(map(str, self.documents))
        return hashlib.blake2b(f"{self.width} {self.shift}\n{numbers}\n{addresses}".encode(), digest_size=6).hexdigest()

    @cached_property
    def chunks(self) -> dict[int, list[int]]:
        """The numbers of documents by the file of their cards."""
        chunks: dict[int, list[int]] = {}
        for id in self.documents:
            chunks.setdefault(id >> self.shift, []).append(id)
        return chunks


def day_number(day: date | None) -> int:
    """A day as a number; earlier ones than 1900 are that year's first."""
    return max(1, day.toordinal() - EPOCH) if day else 0


def cut(documents: Iterable[Document]) -> list[Segment]:
    """The segments of a site: `base` without dates, `new` and `old`."""
    undated, dated = list[Document](), list[Document]()
    for document in documents:
        (dated if document.day else undated).append(document)
    first = _first_new_day(dated)
    old = [document for document in dated if document.day < first]
    new = [document for document in dated if document.day >= first]
    return [_segment("base", undated), _segment("new", new), _segment("old", old)]


def shard_count(name: str, words: int) -> int:
    """Into how many shards a segment with so many words (of each document counted) is cut."""
    most = _FRESH_PIECES if name == "new" else _MOST_PIECES
    count = 1
    while count < most and words > count * _WORDS_OF_PIECE:
        count *= 2
    return count


def _first_new_day(dated: Sequence[Document]) -> int:
    """The first day of the longest window of 1, 2, 4 … 512 days, counted from EPOCH, whose documents are few."""
    if not dated:
        return 0
    days = Counter([document.day for document in dated])
    last = max(days)
    for power in range(_LONGEST_WINDOW, -1, -1):
        first = last >> power << power
        if sum(count for day, count in days.items() if day >= first) <= FRESH:
            return first
    return last + 1  # more on one day than is small


def _segment(name: str, documents: list[Document]) -> Segment:
    by_day: dict[int, list[Document]] = {}
    for document in documents:
        if (same_day := by_day.get(document.day)) is None:
            by_day[document.day] = [document]
        else:
            same_day.append(document)
    width = 16
    while width < 2 * max(map(len, by_day.values()), default=0):
        width *= 2
    numbered: dict[int, Document] = {}
    for day in sorted(by_day):
        slots: dict[int, Document] = {}
        for document in sorted(by_day[day], key=_address_of):
            slot = zlib.crc32(document.address.encode()) % width
            while slot in slots:
                slot = (slot + 1) % width
            slots[slot] = document
        for slot in sorted(slots):
            numbered[day * width + slot] = slots[slot]
    return Segment(name, numbered, width, _card_shift(numbered))


_address_of = attrgetter("address")


def _card_shift(numbers: Iterable[int]) -> int:
    """The largest power of two of numbers for a file of cards that leaves each file few documents."""
    files = set(numbers)
    count, shift = len(files), 0
    while shift < 24 and count:
        files = {file >> 1 for file in files}
        if count > _CARDS * len(files):
            break
        shift += 1
    return shift
