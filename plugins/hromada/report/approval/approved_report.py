"""Approved reports as values, every version kept: figures with their entries, text, signature; what an entry is recognised by.

Approvals store entries with their fields, so both sides are identified by today's rules and a later rule can't separate
them. A rule may only be extended by fields whose absence gives the same identity as before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from hromada.domain.alphabet import normalize_name
from hromada.domain.content_digest import LATEST, digest_by
from hromada.domain.entry import Entry, SourceLocation
from hromada.domain.item import Item, report_details
from hromada.domain.numerals import Noun
from hromada.domain.period import Period
from hromada.domain.post_link import canonical_link
from hromada.report.count.activity import Activity, Count
from hromada.report.count.comparison import ComparisonColumn
from hromada.report.count.counting import RULES, VERSION
from hromada.report.count.entry_index import by_day_and_source

PART_TRAITS = ("category", "unit", "account", "newspaper", "kind")  # the traits whose values are figures' parts
# Identify a row without id and link, beside its day and title: not its time, its count or what accounts.toml says. Never
# extended by columns that are added to the registers.
_CELLS = ("account", "issue", "kind", "network", "newspaper")


def entry_key(entry: Entry) -> tuple[str, SourceLocation, str]:
    """A key by which equal entries of one reading of the content are one."""
    return entry.source, entry.place, entry.url


def is_item(entry: Entry) -> bool:
    """Whether an entry is an item, not a register's row or a picture."""
    return not (entry.is_row or entry.is_photo)


def identity_of(entry: Entry) -> str:
    """An item's address; a picture's item and file; a row's id, canonical link or cells, whichever it has first.

    Never a line number.
    """
    if entry.is_photo:
        return f"{entry.url}#{entry.place.path}"
    if not entry.is_row:
        return entry.url or entry.place.path  # a draft without a date has no address yet
    base = entry.section.removeprefix("registers/")
    if entry.id:
        return f"{base}:id:{entry.id}"
    if link := canonical_link(entry.url):
        return f"{base}:link:{entry.traits.get('network', '')}:{link}"
    cells = [
        str(entry.day),
        normalize_name(entry.title),
        {name: entry.traits[name] for name in _CELLS if entry.traits.get(name)},
    ]
    serialised = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return f"{base}:cells:{hashlib.sha256(serialised.encode()).hexdigest()[:32]}"


def by_identity(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by identity, in order; rows with identical cells get «#2», «#3» … appended."""
    entries_by_identity: dict[str, Entry] = {}
    repeats: dict[str, int] = {}
    for entry in sorted(entries, key=by_day_and_source):
        identity = identity_of(entry)
        repeats[identity] = repeats.get(identity, 0) + 1
        entries_by_identity[identity if repeats[identity] == 1 else f"{identity}#{repeats[identity]}"] = entry
    return entries_by_identity


def is_same_row(approved: Entry, now: Entry) -> bool:
    """Whether a row's id, link and cells are as approved, beside title, day, section, part and count.

    Only columns stored in the approval are compared: a column or an id that was added since is no change of the row.
    """
    names = [name for name in approved.traits if name not in (*PART_TRAITS, "group") and not name.endswith("-title")]
    same = approved.url == now.url and approved.id in ("", now.id)
    return same and all(approved.traits[name] == now.traits.get(name, "") for name in names)


class Reason(StrEnum):
    """Why an approved report is approved anew."""

    CLARIFICATION = "уточнення"
    CORRECTION = "виправлення помилки"


class Signature(Struct, frozen=True):
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


class Signing(Struct, frozen=True):
    """What a person adds to the counted figures: the signature, the commit of the content, of a further version the reason."""

    signature: Signature
    commit: str
    reason: str = ""
    note: str = ""


class Version(Struct, frozen=True):
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


class Approval(Struct, frozen=True):
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
    signing: Signing,
    before: Version | None = None,
) -> Version:
    """The version that freezes `activity` as counted now, above the version `before`; its digest is made when it is written.

    `items` are the published items by address.
    """
    entries = by_identity(counted_entries(activity))
    return Version(
        number=before.number + 1 if before else 1,
        signature=signing.signature,
        reason=signing.reason,
        note=signing.note,
        commit=signing.commit,
        rules_version=VERSION,
        rules=RULES,
        title=item.title,
        text=report_details(item).text,
        activity=activity,
        entries=entries,
        digests={name: digest_by(items[entry.url], LATEST) for name, entry in entries.items() if is_item(entry)},
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
