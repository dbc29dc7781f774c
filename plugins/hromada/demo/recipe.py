"""The sample archive: a whole content folder with given volumes, the same bytes on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from hromada.demo.news import news, recent_items, uncounted_items
from hromada.demo.sample_events import events
from hromada.demo.sample_files import pictures
from hromada.demo.sample_registers import tables
from hromada.demo.sample_services import FORM, services
from hromada.demo.sample_texts import ALERTS, FIGURES, LAST_QUARTER, LAW, PAGES, QUARTER, REPORT, TASKS
from hromada.demo.sample_units import messages, unit_pages, units


class Volumes(Struct, frozen=True):
    """How much the archive holds within II півріччя 2021 (the newspaper: within its own eighteen months)."""

    news: int
    unit_pages: int
    unit_messages: int  # none without a unit page
    social_main: int
    social_other: int
    newspaper: int

    def times(self, scale: int) -> Volumes:
        """The same archive with more items and rows on the same unit pages."""
        return replace(
            self, news=self.news * scale, unit_messages=self.unit_messages * scale,
            social_main=self.social_main * scale, social_other=self.social_other * scale,
            newspaper=self.newspaper * scale,
        )  # fmt: skip


# The volumes of the council's own report: the only place where they stand.
SOURCE_REPORT = Volumes(news=631, unit_pages=20, unit_messages=46, social_main=381, social_other=192, newspaper=34)


def archive(volumes: Volumes, seed: int = 2021) -> Iterator[tuple[str, bytes]]:
    """Every file of the content folder: its name under content/ and its bytes; one item in memory at a time."""
    for name, text in _texts(volumes, seed):
        yield name, text.encode()
    yield FORM
    for name, data in pictures():
        yield f"news/{name}", data
    yield from tables(volumes.social_main, volumes.social_other, volumes.newspaper, _rng(seed, 3))


def _texts(volumes: Volumes, seed: int) -> Iterator[tuple[str, str]]:
    recent = recent_items()
    yield from PAGES.items()
    yield from unit_pages(volumes.unit_pages)
    yield from news(volumes.news, _rng(seed, 0), recent)
    yield from uncounted_items(_rng(seed, 1), recent)
    yield from messages(volumes.unit_messages, volumes.unit_pages, _rng(seed, 2), recent)
    yield from events([unit.folder for unit in units(volumes.unit_pages)])
    yield from services(volumes.unit_pages)
    yield "law.toml", LAW
    yield "tasks.toml", TASKS
    yield "alerts.toml", ALERTS
    yield "reports/figures.toml", FIGURES
    yield "reports/2021-h2.md", REPORT
    yield "reports/2021-q3.md", QUARTER
    yield "reports/2021-q4.md", LAST_QUARTER


def _rng(seed: int, part: int) -> random.Random:
    """A generator for each part, so that a change in one does not change the bytes of the others."""
    return random.Random(seed * 10 + part)
