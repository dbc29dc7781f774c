"""What a call of the benchmark asks for: sizes, rounds, whether Pelican is waited for at every size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SIZES, ROUNDS = (631, 5_000, 15_000), 3
LEAST, MOST = 100, 99_000  # fewer items have none to delete; the names have five digits
MOST_FOR_PELICAN = 5_000  # plain Pelican takes a minute for 15,000 items


class SettingRefused(ValueError):
    """A setting is wrong; the message is Ukrainian."""


@dataclass(frozen=True, slots=True)
class BenchSettings:
    """The sizes in growing order; the marks are held against the last."""

    sizes: tuple[int, ...]
    rounds: int
    full: bool

    @classmethod
    def parse(cls, environ: Mapping[str, str], scale: int = 1) -> BenchSettings:
        """SIZES="631 5000", ROUNDS=3, FULL=1; SCALE multiplies the sizes."""
        asked = [number("SIZES", word) * scale for word in environ.get("SIZES", "").split()]
        sizes = sorted(set(asked or [size * scale for size in SIZES]))
        if sizes[0] < LEAST or sizes[-1] > MOST:
            raise SettingRefused(f"SIZES: можна від {LEAST} до {MOST} матеріалів")
        rounds = number("ROUNDS", environ.get("ROUNDS", "").strip() or str(ROUNDS))
        full = environ.get("FULL", "").strip()
        if full not in ("", "0", "1"):
            raise SettingRefused(f"FULL=«{full}» незрозуміло, напишіть 1 або 0")
        return cls(tuple(sizes), rounds, full == "1")

    def has_pelican(self, size: int) -> bool:
        return self.full or size <= MOST_FOR_PELICAN


def number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST):
        raise SettingRefused(f"{name}=«{text}» незрозуміло, напишіть ціле число від 1")
    return int(text)
