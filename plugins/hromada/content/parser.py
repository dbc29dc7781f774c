"""Parses one file's bytes into a cache entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hromada.checks.header_rules import CODE as PRIVATE
from hromada.checks.header_rules import downgrade_for_draft, header_leads_everybody
from hromada.checks.link_rules import find_file_references, referenced_files
from hromada.checks.linted_text import LintedText
from hromada.checks.text_rules import check_text
from hromada.content.file_cache import Approved, CachedText, CacheEntry, FileCache, Parsed
from hromada.domain.file_names import is_approval
from hromada.domain.item import Item, Kind, Status
from hromada.domain.merge_conflict import CODE, FIX, find_conflict
from hromada.domain.problem import Problem
from hromada.reading.items import read_item
from hromada.reading.text_decoding import decode
from hromada.render.html import Markup
from hromada.render.rendered_text import Text, references_of
from hromada.report.approval.reader import ApprovalDamaged, read_approval
from hromada.system.disk_errors import unreadable
from hromada.system.regular_files import digest_of
from hromada.system.scan import ScannedFile

# Codes of texts that can't be converted: no other rule is applied to them.
_UNREADABLE = ("text-too-tangled", "nesting-too-deep", "header-too-long")


class FileReader:
    """Reads one file after another, in this process or in a worker."""

    def __init__(self, scanned: Mapping[str, ScannedFile], file_cache: FileCache) -> None:
        self._scanned, self._file_cache = scanned, file_cache
        self._markup = Markup()

    def read(self, path: str) -> tuple[str, CacheEntry, CachedText | None]:
        """The path, its cache entry, and its text if that is new."""
        file = self._scanned[path]
        try:
            raw = file.source.read()
        except OSError as error:
            return path, CacheEntry(None, "", _unreadable(path, error)), None
        digest, stamp = digest_of(raw), self._file_cache.trusted(file.stamp)
        cached = self._file_cache.files.get(path)
        if cached is not None and cached.digest == digest:
            return path, cached if cached.stamp == stamp else cached._replace(stamp=stamp), None
        if is_approval(path):
            return path, CacheEntry(stamp, digest, _approved(path, raw)), None
        parsed, text = parsed_item(path, raw, self._markup)
        return path, CacheEntry(stamp, digest, parsed), CachedText.of(digest, text) if text else None


def parsed_item(path: str, raw: bytes, markup: Markup) -> tuple[Parsed, Text | None]:
    """A parsed Markdown file and its text, which is None for a draft and for a report, whose numbers come later.

    The references of these two are collected, too: a file that only drafts use is not published.
    """
    item, body, problems = read_item(path, raw)
    if item is None:
        return Parsed(None, tuple(problems)), None
    text = markup.text(item, body)
    unreadable = [problem for problem in text.metadata.problems if problem.code in _UNREADABLE]
    is_kept = item.status is not Status.DRAFT and item.kind is not Kind.REPORT
    if not is_kept:
        problems += unreadable  # those of a kept text are reported when it is linked
    decoded = decode(raw)
    if not unreadable and not any(problem.code in _UNREADABLE for problem in problems):
        problems += check_text(item, decoded)
    problems += downgrade_for_draft(item, _private(item, decoded, text))
    files = referenced_files([*references_of(item, text.metadata), *find_file_references(decoded)], path)
    return Parsed(item, tuple(problems), is_kept, _facts(item), files), text if is_kept else None


def _private(item: Item, decoded: str, text: Text) -> Iterator[Problem]:
    """Private addresses, reported before the item is due; those of a report's text are checked with its approval."""
    yield from header_leads_everybody(LintedText(item, decoded))
    if item.status is Status.DRAFT or item.kind is not Kind.REPORT:
        yield from (problem for problem in text.metadata.problems if problem.code == PRIVATE)


def _facts(item: Item) -> str:
    counted = item._replace(digests=(), lines={}, body_line=0) if item.is_dated else item
    return digest_of(repr(counted).encode())


def _approved(path: str, raw: bytes) -> Approved:
    try:
        approval = read_approval(path, raw)
    except ApprovalDamaged as damaged:
        if conflict := find_conflict(raw.decode("utf-8", "replace").replace("\r\n", "\n")):
            return Approved(problem=Problem(path, conflict[0], CODE, conflict[1], FIX))
        return Approved(problem=Problem(
            path, 1, "approval-damaged", f"затверджений звіт не читається: {damaged}",
            f"поверніть файл, яким його затверджено: git log -- {path}",
        ))  # fmt: skip
    return Approved(approval.period.id, tuple(count.id for count in approval.current.activity.counts))


def _unreadable(path: str, error: OSError) -> Parsed | Approved:
    problem = unreadable(path, error)
    return Approved(problem=problem) if is_approval(path) else Parsed(None, (problem,))
