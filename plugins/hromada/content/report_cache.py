"""What a build remembers of reports: enough for every page but their own, without counting anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hromada.domain.problem import Problem
from hromada.render.links import Linked
from hromada.storage.cache_codec import CacheCodec
from hromada.system.digest import digest_of


class ReportNote(NamedTuple):
    """What the check says of all reports, and of what it was made: `inputs` and the content of the items `consulted`."""

    inputs: str
    consulted: Mapping[str, tuple[str, ...]]  # digests of content by address
    problems: tuple[Problem, ...]
    late: tuple[Problem, ...]  # said of content without errors alone
    linked: Mapping[str, Linked]  # by the page's address
    anchors: Mapping[str, tuple[str, ...]]  # by the report's own address
    unsigned: tuple[Linked, ...]  # of approved reports whose text has changed since: checked, shown nowhere

    @property
    def digest(self) -> str:
        """Equal for two notes of reports whose pages are equal."""
        asked = [one.asked for one in self.linked.values()]
        return digest_of(f"{self.inputs}\0{sorted(self.consulted.items())}\0{asked}".encode())


REPORT_NOTE = CacheCodec(ReportNote)
