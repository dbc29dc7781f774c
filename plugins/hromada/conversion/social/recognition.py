"""Recognises the format of an export's file by its content, never by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import tzinfo

from hromada.conversion.social import facebook, instagram, meta_business_suite, telegram
from hromada.conversion.social.meta_records import parse_json
from hromada.conversion.social.publication import ExportResult, ImportRefused, SourceFile, count_other_records, refusal

_FORMATS_ADVICE = (
    "потрібен CSV із Meta Business Suite, JSON із Facebook чи Instagram або result.json із Telegram Desktop"
)
_JSON_ADVICE = "завантажте у форматі JSON"
_SIGNATURES = (
    (b"PK\x03\x04", "це архів або книга Excel усередині", "розпакуйте архів, а книгу збережіть як CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "це книга Excel", "завантажте або збережіть її як CSV UTF-8"),
    (b"%PDF", "це PDF", _FORMATS_ADVICE),
    (b"\x1f\x8b", "це стиснутий файл", "розпакуйте його"),
)


def read_export(
    files: Iterable[SourceFile], given_name: str, *, alone: bool, zone: tzinfo | None = None
) -> ExportResult:
    """Everything that the files of one export give; ImportRefused with every reason when it can't be read.

    `alone`: the editor named this one file, so an unknown one is refused; in a folder or an archive it is another part
    of the export and only counted. `given_name` is what the editor typed, `zone` applies to times that name none.
    """
    total = ExportResult()
    faults: list[ImportRefused] = []
    html = 0
    for source in files:
        try:
            result = _read(source, alone, zone)
        except ImportRefused as refused:
            faults.append(refused)
            continue
        if result is None:
            html += _is_html(source.raw)
            total.left[_kind_of_file(source)] += 1
        else:
            total.add(result)
    if faults:
        raise ImportRefused(problem for fault in faults for problem in fault.problems)
    if not total.formats:
        if html:
            raise refusal(given_name, 1, "import-format", "це вивантаження у форматі HTML", _JSON_ADVICE)
        raise refusal(given_name, 1, "import-format", "дописів тут не знайдено", _FORMATS_ADVICE)
    return total


def _read(source: SourceFile, alone: bool, zone: tzinfo | None) -> ExportResult | None:
    """What one file gives; None for a file of an export that has no publications."""
    start = source.raw[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not source.raw.strip():
        if not alone:
            return None
        raise refusal(source.name, 1, "import-format", "файл порожній", "завантажте його з мережі ще раз")
    if start.startswith((b"{", b"[")):
        result = _read_json(source, zone)
        if alone and not (result.formats or result.owners):
            raise _without_posts(source, result)
    elif _is_html(source.raw):
        result = None
    elif meta_business_suite.is_sheet(source):
        return meta_business_suite.read_suite(source, zone)
    else:
        result = None
    if result is None and alone:
        raise _unknown(source)
    return result


def _read_json(source: SourceFile, zone: tzinfo | None) -> ExportResult:
    value = parse_json(source)
    if kind := telegram.recognise_telegram(value):
        return telegram.read_telegram(source.name, value, kind, zone)
    if key := instagram.recognise_instagram(value):
        return instagram.read_instagram(source.name, value, key)
    if kind := facebook.recognise_facebook(value):
        return facebook.read_facebook(source.name, value, kind)
    owners = {"facebook": facebook.facebook_owner(value), "instagram": instagram.instagram_owner(value)}
    named_owners = {network: names for network, names in owners.items() if names}
    return (
        ExportResult(owners=named_owners)
        if named_owners
        else ExportResult(left=Counter(count_other_records(source.name, value)))
    )


def _without_posts(source: SourceFile, result: ExportResult) -> ImportRefused:
    held = ", ".join(f"{kind}: {number}" for kind, number in sorted(result.left.items()))
    return refusal(source.name, 1, "import-format", f"у цьому JSON немає дописів ({held})", _FORMATS_ADVICE)


def _kind_of_file(source: SourceFile) -> str:
    if not source.raw.strip():
        return "порожні файли"
    return "сторінки HTML" if _is_html(source.raw) else "таблиці без дописів"


def _is_html(raw: bytes) -> bool:
    return (
        raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
    )


def _unknown(source: SourceFile) -> ImportRefused:
    if _is_html(source.raw):
        return refusal(source.name, 1, "import-format", "це вивантаження у форматі HTML", _JSON_ADVICE)
    for signature, what, fix in _SIGNATURES:
        if source.raw.startswith(signature):
            return refusal(source.name, 1, "import-format", what, fix)
    return refusal(source.name, 1, "import-format", "файл не впізнано", _FORMATS_ADVICE)
