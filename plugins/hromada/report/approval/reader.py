"""Reads and validates content/reports/approved/<period>.json; a damaged or edited file is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from hromada.domain.calendar import parse_day, parse_moment
from hromada.domain.content_digest import VERSIONS
from hromada.domain.entry import Bucket, Entry, SourceLocation, Visibility
from hromada.domain.figure import FigureSpec
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import Case, Noun
from hromada.domain.period import Period, parse_period
from hromada.report.approval.approved_report import Approval, Signature, Version, entry_key
from hromada.report.approval.writer import DEFAULTS, FORMAT, approval_path, digest_of_version
from hromada.report.count.activity import ActivePeriod, Activity, Count, FigurePart, RegisterLine
from hromada.report.count.comparison import ComparisonColumn, Difference
from hromada.report.count.counting import sum_problems
from hromada.report.count.entry_index import by_day_and_source

_REGISTER_COUNTS = ("rows", "counted", "apart", "scheduled", "outside")


def read_approval(path: str, raw: bytes) -> Approval:
    """Parse an approval; ApprovalDamaged, with a Ukrainian message, where it is damaged or edited."""
    try:
        data = json.loads(raw.decode("utf-8"))
        if data["format"] != FORMAT:
            raise ApprovalDamaged(f"формат {data['format']!r} невідомий")
        period = parse_period(data["period"])
        if path != approval_path(period):
            raise ApprovalDamaged(f"файл названо не за своїм періодом {period.id}")
        versions = tuple(_version(number, record, period) for number, record in enumerate(data["versions"], 1))
    except ApprovalDamaged:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ApprovalDamaged("запис обірвано або змінено руками") from None
    if not versions:
        raise ApprovalDamaged("у ньому немає жодної редакції")
    for before, after in pairwise(versions):
        if after.previous != before.digest:
            raise ApprovalDamaged(f"редакція {after.number} складена не після редакції {before.number}")
    return Approval(path, period, versions)


def _version(number: int, value: dict[str, Any], period: Period) -> Version:
    if value["sha256"] != digest_of_version(value):
        raise ApprovalDamaged(f"редакцію {value.get('version')} змінено після затвердження: сума SHA-256 не збігається")
    if value["version"] != number:
        raise ApprovalDamaged(f"на місці редакції {number} стоїть {value['version']}")
    entries = {_text(record["identity"]): _read_entry(record) for record in value["entries"]}
    activity = Activity(
        period=period,
        as_of=parse_day(value["as-of"]),
        counts=tuple(_read_figure(record, entries) for record in value["figures"]),
        reconciliation={Bucket(name): _number(count) for name, count in value["reconciliation"].items()},
        registers=tuple(_read_register(record) for record in value["registers"]),
        stories={_text(account): _number(count) for account, count in value["stories"].items()},
        networks={_text(account): tuple(map(_text, names)) for account, names in value["networks"].items()},
        active_periods={
            _text(unit): ActivePeriod(_day(opened), _day(closed)) for unit, (opened, closed) in value["lives"].items()
        },
    )
    validate(activity, len(entries), len(value["entries"]))
    return Version(
        number=number,
        signature=Signature(_text(value["by"]), parse_day(value["on"]), _text(value["number"])),
        reason=_text(value["reason"]),
        note=_text(value["note"]),
        commit=_text(value["commit"]),
        rules_version=_text(value["rules-version"]),
        rules=tuple(map(_text, value["rules"])),
        title=_text(value["title"]),
        text=_text(value["text"]),
        activity=activity,
        entries=entries,
        digests={record["identity"]: _text(record["sha256"]) for record in value["entries"] if "sha256" in record},
        nouns={name: _read_noun(name, forms) for name, forms in value["nouns"].items()},
        comparison=tuple(map(_read_column, value["comparison"])),
        previous=_text(value["previous"]),
        digest=value["sha256"],
        digest_version=_digest_version(value.get("digest-version", 1)),
    )


def _digest_version(value: object) -> int:
    if value not in VERSIONS:
        raise ApprovalDamaged(f"суми текстів складено за правилами {value!r}, яких ця програма не знає: оновіть її")
    return _number(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _day(text: str) -> date | None:
    return parse_day(text) if text else None


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value


def _read_register(value: Mapping[str, Any]) -> RegisterLine:
    return RegisterLine(_text(value["id"]), *(_number(value[name]) for name in _REGISTER_COUNTS))


def _read_noun(name: str, forms: Mapping[str, list[str]]) -> Noun:
    return Noun(name, {Case(case): _four(*map(_text, four)) for case, four in forms.items()})


def _four(one: str, few: str, many: str, other: str) -> tuple[str, str, str, str]:
    return one, few, many, other


def _read_column(value: Mapping[str, Any]) -> ComparisonColumn:
    return ComparisonColumn(
        name=_text(value["name"]),
        period=parse_period(value["period"]),
        rules_version=_text(value["rules-version"]),
        approved=bool(value["approved"]),
        complete=bool(value["complete"]),
        news=tuple(None if record is None else _number(record) for record in value["news"]),
        cells={id: _read_difference(*cell) for id, cell in value["cells"].items()},
    )


def _read_difference(value: int, base: int | None, note: str, since: str, caveat: str) -> Difference:
    before = None if base is None else _number(base)
    return Difference(_number(value), before, _text(note), _day(since), _text(caveat))


def _read_entry(written: Mapping[str, Any]) -> Entry:
    value = {**DEFAULTS, "url": written["identity"], **written}
    return Entry(
        source=_text(value["source"]),
        section=_text(value["section"]),
        when=parse_moment(value["date"].replace("T", " ", 1)) if value["date"] else None,
        title=_text(value["title"]),
        url=_text(value["url"]),
        place=SourceLocation(_text(value["path"]), _number(value["line"]), _text(value["sheet"])),
        visibility=Visibility.EXCLUDED if value["apart"] else Visibility.PUBLISHED,
        count=_number(value["count"]),
        traits={_text(name): _text(record) for name, record in value["traits"].items()},
        id=_text(value["id"]),
    )


def _read_figure(value: Mapping[str, Any], entries: Mapping[str, Entry]) -> Count:
    spec = FigureSpec(
        id=_text(value["id"]),
        title=_text(value["title"]),
        source=_text(value["source"]),
        noun=_text(value["noun"]),
        where=_read_where(value["where"]),
        where_not=_read_where(value["where-not"]),
        total_of=tuple(map(_text, value["total-of"])),
    )
    parts = tuple(
        FigurePart(_text(record["id"]), _text(record["title"]), tuple(entries[name] for name in record["entries"]))
        for record in value["parts"]
    )
    counted = tuple(sorted((entry for part in parts for entry in part.entries), key=by_day_and_source))
    count = Count(spec, parse_period(value["window"]), counted, parts)
    _validate_sum(count, value)
    return count


def _read_where(value: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {_text(trait): tuple(map(_text, values)) for trait, values in value.items()}


def _validate_sum(count: Count, value: Mapping[str, Any]) -> None:
    """Refuse a total that is not the sum of its parts: somebody edited it and renewed the digest."""
    values = [record["value"] for record in value["parts"]]
    if count.value != value["value"] or [part.value for part in count.parts] != values:
        raise ApprovalDamaged(f"показник «{count.spec.title}» не дорівнює сумі своїх матеріалів")


_ID = lazy_compile(r"[a-z0-9][a-z0-9-]*")
_PART = lazy_compile(r"(?:units/)?[A-Za-z0-9][A-Za-z0-9._-]*")  # units' folders may have capitals and dots


class ApprovalDamaged(ValueError):
    """The file is not as it was written; the message is Ukrainian."""


def validate(activity: Activity, identities: int, entries: int) -> None:
    """ApprovalDamaged when entries repeat or lie outside their window, or when the reconciliation does not add up."""
    if identities != entries:
        raise ApprovalDamaged("матеріал записано двічі")
    if set(activity.reconciliation) != set(Bucket) - {Bucket.EXCLUDED}:
        raise ApprovalDamaged("у звірці не всі складники")
    for count in activity.counts:
        _validate_count(count)
    if problem := next(sum_problems(activity, ""), None):
        raise ApprovalDamaged(problem.message)
    _validate_reconciliation(activity)


def _validate_count(count: Count) -> None:
    if not _ID.fullmatch(count.id):
        raise ApprovalDamaged(f"id показника «{count.id}» неможливий")
    parts = [part.id for part in count.parts]
    if len(set(parts)) != len(parts) or not all(map(_PART.fullmatch, parts)):
        raise ApprovalDamaged(f"частини показника «{count.spec.title}» неможливі")
    keys = [entry_key(entry) for entry in count.entries]
    if not count.spec.total_of and len(set(keys)) != len(keys):
        raise ApprovalDamaged(f"у показнику «{count.spec.title}» матеріал враховано двічі")
    if count.has_months and not all(entry.day and entry.day in count.window for entry in count.entries):
        raise ApprovalDamaged(f"у показнику «{count.spec.title}» є матеріал поза його періодом")


def _validate_reconciliation(activity: Activity) -> None:
    """What is counted of the site's items is what its two figures of items hold."""
    counts = [count for count in (activity.get("news"), activity.get("unit-messages")) if count]
    if len(counts) == 2 and all(count.window == activity.period for count in counts):
        counted = sum(len(count.entries) for count in counts)
        if counted != activity.reconciliation[Bucket.COUNTED]:
            raise ApprovalDamaged("звірка не сходиться з показниками")
