"""What the accessibility tests found, as content/accessibility.toml has it and the statement shows it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from hromada.domain.dates import midnight

STANDARD = "ДСТУ EN 301 549:2022"
LONGEST_AGE = timedelta(days=31)  # older results are no evidence for a site that changes every day


class AccessibilityFault(NamedTuple):
    """A known fault: where it was seen, in which state of the page, the rule that it breaks, in words."""

    page: str
    state: str
    rule: str
    words: str


class AccessibilityResults(NamedTuple):
    """The results of one run: `day` it was made on, the programs, the kinds of pages and the states they were tested in."""

    day: date
    standard: str
    programs: tuple[str, ...]
    pages: tuple[str, ...]
    states: tuple[str, ...]
    checks: int  # pages times states, and keyboard walks
    faults: tuple[AccessibilityFault, ...] = ()
    line: int = 1  # of the day

    def becomes_old(self) -> datetime:
        """The moment from which a publication is warned."""
        return midnight(self.day + LONGEST_AGE + timedelta(days=1))
