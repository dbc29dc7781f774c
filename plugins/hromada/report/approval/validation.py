"""Whether an approval's own numbers fit together: what no count could have made was written by hand."""

from __future__ import annotations

import re

from hromada.domain.entry import Bucket
from hromada.report.count.activity import Activity, Count
from hromada.report.count.sums import sums

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # units' folders may have capitals and dots


class ApprovalDamaged(ValueError):
    """The file is not what was written; the message is Ukrainian."""


def validate(activity: Activity, identities: int, entries: int) -> None:
    """ApprovalDamaged when entries repeat or lie outside their window, or when the reconciliation does not add up."""
    if identities != entries:
        raise ApprovalDamaged("матеріал записано двічі")
    if set(activity.reconciliation) != set(Bucket) - {Bucket.EXCLUDED}:
        raise ApprovalDamaged("у звірці не всі складники")
    for count in activity.counts:
        _must_hold(count)
    if problem := next(sums(activity, ""), None):
        raise ApprovalDamaged(problem.message)
    _must_reconcile(activity)


def _must_hold(count: Count) -> None:
    if not _ID.fullmatch(count.id):
        raise ApprovalDamaged(f"id показника «{count.id}» неможливий")
    parts = [part.id for part in count.parts]
    if len(set(parts)) != len(parts) or not all(map(_PART.fullmatch, parts)):
        raise ApprovalDamaged(f"частини показника «{count.spec.title}» неможливі")
    places = [(entry.source, entry.place, entry.url) for entry in count.entries]
    if not count.spec.total_of and len(set(places)) != len(places):
        raise ApprovalDamaged(f"у показнику «{count.spec.title}» матеріал враховано двічі")
    if count.has_months and not all(entry.day and entry.day in count.window for entry in count.entries):
        raise ApprovalDamaged(f"у показнику «{count.spec.title}» є матеріал поза його строком")


def _must_reconcile(activity: Activity) -> None:
    """What is counted of the site's items is what its two figures of items hold."""
    counts = [count for count in (activity.get("news"), activity.get("unit-messages")) if count]
    if len(counts) == 2 and all(count.window == activity.period for count in counts):
        counted = sum(len(count.entries) for count in counts)
        if counted != activity.reconciliation[Bucket.COUNTED]:
            raise ApprovalDamaged("звірка не сходиться з показниками")
