"""Approved reports as values: figures with their entries, text, signature; every version is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hromada.domain.content_digest import LATEST, digest_by
from hromada.domain.entry import Entry
from hromada.domain.item import Item, report_details
from hromada.domain.numerals import Noun
from hromada.domain.period import Period
from hromada.report.approval.entry_identity import by_identity, entry_key, is_row
from hromada.report.count.activity import Activity, Count
from hromada.report.count.comparison import ComparisonColumn
from hromada.report.count.counting_rules import RULES, VERSION


class Reason(StrEnum):
    """Why an approved report is approved anew."""

    CLARIFICATION = "уточнення"
    CORRECTION = "виправлення помилки"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who approved, on which day, under which number the document is filed."""

    by: str
    on: date
    document: str

    @property
    def position(self) -> str:
        """«начальник відділу» of «начальник відділу, Ім’я ПРІЗВИЩЕ»: all before the last comma."""
        return self.by.rpartition(",")[0].strip()

    @property
    def signer(self) -> str:
        """«начальник відділу Ім’я ПРІЗВИЩЕ»: no comma stands between the two in a document."""
        return f"{self.position} {self.name}".strip()

    @property
    def name(self) -> str:
        return self.by.rpartition(",")[2].strip()


@dataclass(frozen=True, slots=True)
class Version:
    """One approval: the figures as counted then, entry by entry, and the report's text.

    `entries` and `digests` (of the items' content) are by identity; the digests follow the rules of `digest_version`
    (domain/content_digest), so that later rules don't affect them. `commit` is the content's; `previous` is the digest
    of the version before, which makes a chain.
    """

    number: int
    signature: Signature
    reason: str
    note: str
    commit: str
    rules_version: str
    rules: tuple[str, ...]
    title: str
    text: str
    activity: Activity
    entries: Mapping[str, Entry]
    digests: Mapping[str, str]
    nouns: Mapping[str, Noun]
    comparison: tuple[ComparisonColumn, ...] = ()
    previous: str = ""
    digest: str = ""
    digest_version: int = LATEST


@dataclass(frozen=True, slots=True)
class Approval:
    """All versions of one period's report, the first one first; `path` is the file's, from `content/` on."""

    path: str
    period: Period
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version:
        return self.versions[-1]


def counted_entries(activity: Activity) -> list[Entry]:
    """Every entry that some figure holds, once."""
    entries = (entry for count in activity.counts for entry in count.entries)
    return list({entry_key(entry): entry for entry in entries}.values())


def new_version(
    item: Item,
    activity: Activity,
    nouns: Mapping[str, Noun],
    items: Mapping[str, Item],
    comparison: tuple[ComparisonColumn, ...],
    *,
    signature: Signature,
    commit: str,
    reason: str = "",
    note: str = "",
    before: Version | None = None,
) -> Version:
    """The version that freezes `activity` as counted now; its digest is made when it is written."""
    entries = by_identity(counted_entries(activity))
    return Version(
        number=before.number + 1 if before else 1,
        signature=signature,
        reason=reason,
        note=note,
        commit=commit,
        rules_version=VERSION,
        rules=RULES,
        title=item.title,
        text=report_details(item).text,
        activity=activity,
        entries=entries,
        digests={name: digest_by(items[entry.url], LATEST) for name, entry in entries.items() if not is_row(entry)},
        nouns={count.spec.noun: nouns[count.spec.noun] for count in activity.counts if count.spec.noun in nouns},
        comparison=comparison,
        previous=before.digest if before else "",
    )


def changed_values(before: Activity, after: Activity) -> list[tuple[str, int | None, int | None]]:
    """Figures whose value differs between two counts: title, old, new; None where one has no such figure."""
    old, new = _by_id(before), _by_id(after)
    ids = [*new, *(id for id in old if id not in new)]
    titles = {id: count.spec.title for id, count in (old | new).items()}
    values = {id: tuple(counts[id].value if id in counts else None for counts in (old, new)) for id in ids}
    return [
        (titles[id], before_value, after_value)
        for id, (before_value, after_value) in values.items()
        if before_value != after_value
    ]


def _by_id(activity: Activity) -> dict[str, Count]:
    return {count.id: count for count in activity.counts}
