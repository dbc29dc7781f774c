"""Writes approvals to content/reports/approved/<period>.json, one entry a line, so that git diffs show single entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.file_names import APPROVED
from hromada.domain.period import Period
from hromada.report.approval.approved_report import Approval, Version, entry_key
from hromada.report.count.activity import Count
from hromada.report.count.comparison import ComparisonColumn

FORMAT = 1
DEFAULTS: Mapping[str, Any] = {"sha256": "", "line": 1, "sheet": "", "count": 1, "apart": False, "id": ""}


def approval_path(period: Period) -> str:
    """Where a period's approval lies, from `content/` on."""
    return f"{APPROVED}{period.id}.json"


def write_approval(approval: Approval) -> bytes:
    """The file's bytes; the same approval is always the same bytes."""
    versions = ",\n".join(_written(version) for version in approval.versions)
    head = f'{{"format": {FORMAT}, "period": {json.dumps(approval.period.id)}, "versions": [\n'
    return f"{head}{versions}\n]}}\n".encode()


def _written(version: Version) -> str:
    value = _object(version)
    value["sha256"] = digest_of_version(value)
    fields = ",\n".join(f" {json.dumps(key)}: {_field(key, field)}" for key, field in value.items())
    return f"{{\n{fields}\n}}"


def _field(key: str, value: Any) -> str:
    if key in ("entries", "figures", "comparison", "registers"):
        lines = ",\n".join(f"  {json.dumps(record, ensure_ascii=False)}" for record in value)
        return f"[\n{lines}\n ]" if value else "[]"
    return json.dumps(value, ensure_ascii=False)


def digest_of_version(value: Mapping[str, Any]) -> str:
    """SHA-256 of a version's canonical JSON (sorted keys, no spaces) without its own `sha256`."""
    plain = {key: field for key, field in value.items() if key != "sha256"}
    return hashlib.sha256(
        json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def with_digest(version: Version) -> Version:
    """The version with the digest under which it is written."""
    return replace(version, digest=digest_of_version(_object(version)))


def _object(version: Version) -> dict[str, Any]:
    activity, signature = version.activity, version.signature
    names = {entry_key(entry): identity for identity, entry in version.entries.items()}
    return {
        "version": version.number,
        "by": signature.by,
        "on": signature.on.isoformat(),
        "number": signature.document,
        "reason": version.reason,
        "note": version.note,
        "commit": version.commit,
        "previous": version.previous,
        "rules-version": version.rules_version,
        "rules": list(version.rules),
        "as-of": activity.as_of.isoformat(),
        "title": version.title,
        "text": version.text,
        "reconciliation": {bucket.value: number for bucket, number in activity.reconciliation.items()},
        "stories": dict(activity.stories),
        "networks": {account: list(names) for account, names in activity.networks.items()},
        "lives": {unit: [str(life.opened or ""), str(life.closed or "")] for unit, life in activity.active_periods.items()},
        "registers": [
            {"id": register.id, "rows": register.rows, "counted": register.counted, "apart": register.excluded,
             "scheduled": register.scheduled, "outside": register.outside}
            for register in activity.registers
        ],
        "nouns": {name: {case.value: list(four) for case, four in noun.forms.items()}
                  for name, noun in version.nouns.items()},
        "comparison": [_column(record) for record in version.comparison],
        "figures": [_figure(count, names) for count in activity.counts],
        "entries": [_entry(name, entry, version.digests.get(name, "")) for name, entry in version.entries.items()],
    } | _digest_version(version)  # fmt: skip


def _digest_version(version: Version) -> dict[str, Any]:
    """Versions that were approved before digests had numbered rules don't name them: their own digest must stay."""
    return {} if version.digest_version == 1 else {"digest-version": version.digest_version}


def _column(column: ComparisonColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        "period": column.period.id,
        "rules-version": column.rules_version,
        "approved": column.approved,
        "complete": column.complete,
        "news": list(column.news),
        "cells": {
            id: [cell.value, cell.base, cell.note, str(cell.since or ""), cell.caveat]
            for id, cell in column.cells.items()
        },
    }


def _figure(count: Count, names: Mapping[tuple[str, SourceLocation, str], str]) -> dict[str, Any]:
    spec = count.spec
    return {
        "id": spec.id,
        "title": spec.title,
        "value": count.value,
        "window": count.window.id,
        "source": spec.source,
        "where": {trait: list(values) for trait, values in spec.where.items()},
        "where-not": {trait: list(values) for trait, values in spec.where_not.items()},
        "total-of": list(spec.total_of),
        "noun": spec.noun,
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "value": part.value,
                "entries": [names[entry_key(e)] for e in part.entries],
            }
            for part in count.parts
        ],
    }


def _entry(identity: str, entry: Entry, digest: str) -> dict[str, Any]:
    value = {
        "identity": identity,
        "sha256": digest,
        "source": entry.source,
        "section": entry.section,
        "date": entry.when.isoformat(sep=" ") if entry.when else "",
        "title": entry.title,
        "url": entry.url,
        "path": entry.place.path,
        "line": entry.place.line,
        "sheet": entry.place.sheet,
        "count": entry.count,
        "apart": entry.visibility is Visibility.EXCLUDED,
        "id": entry.id,
        "traits": dict(entry.traits),
    }
    usual: dict[str, Any] = {
        **DEFAULTS,
        "url": identity,
    }  # left out: of 1,300 entries they would be a third of the file
    return {key: field for key, field in value.items() if key not in usual or usual[key] != field}
