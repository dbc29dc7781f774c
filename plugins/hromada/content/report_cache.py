"""What is cached of reports: enough for every page but their own, without counting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hromada.domain.problem import Problem
from hromada.render.links import LinkResult
from hromada.storage.sqlite_store import CacheCodec
from hromada.system.regular_files import digest_of


class ReportChecks(NamedTuple):
    """The result of checking all reports, with its inputs: a digest, and the digests of the items `consulted`."""

    inputs: str
    consulted: Mapping[str, tuple[str, ...]]  # digests of content by address
    problems: tuple[Problem, ...]
    deferred: tuple[Problem, ...]  # reported only if the content has no errors
    linked: Mapping[str, LinkResult]  # by the page's address
    anchors: Mapping[str, tuple[str, ...]]  # by the report's own address
    unapproved_links: tuple[LinkResult, ...]  # of approved reports whose text has changed since: checked, shown nowhere

    @property
    def digest(self) -> str:
        """Equal for reports whose pages are equal."""
        lookups = [result.lookups for result in self.linked.values()]
        return digest_of(f"{self.inputs}\0{sorted(self.consulted.items())}\0{lookups}".encode())


REPORT_CHECKS = CacheCodec(ReportChecks)
