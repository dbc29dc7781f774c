"""From the files' bytes to what they give: parsed in as many processes as there are cores, or remembered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hromada.checks.text_rules import check_text
from hromada.domain.item import Item, Kind, Status
from hromada.domain.problem import Problem
from hromada.domain.traces import Traces
from hromada.reading.items import read_item
from hromada.reading.text import decode
from hromada.report.approval_fitting import ApprovalDamaged
from hromada.report.approval_reading import read_approval
from hromada.report.approval_writing import FOLDER as APPROVED
from hromada.shell.blobs import digest_of
from hromada.shell.disk_errors import unreadable
from hromada.shell.markup import Markup
from hromada.shell.memory import Approved, Known, Memory, Parsed
from hromada.shell.pictures import Facts
from hromada.shell.progress import Told, untold
from hromada.shell.walking import Seen
from hromada.shell.workers import spread

# Of a text that nobody can read there is nothing more to say.
_UNREADABLE = ("text-too-tangled", "nesting-too-deep", "header-too-long")


def is_approval(path: str) -> bool:
    return path.startswith(APPROVED) and path.endswith(".json")


def read_files(
    seen: Mapping[str, Seen], memory: Memory, *, reread: bool, jobs: int, told: Told = untold
) -> dict[str, Known]:
    """What is known of every Markdown file and approval, and of every picture and document that was looked into before."""
    known: dict[str, Known] = {}
    waiting: list[str] = []
    files = memory.files
    for path, one in seen.items():
        before = files.get(path)
        is_same = before is not None and before.stamp == one.stamp and one.stamp is not None
        if path.endswith(".md") or is_approval(path):
            if before is not None and is_same and not reread:
                known[path] = before
            else:
                waiting.append(path)
        elif before is not None and is_same and isinstance(before.gist, Facts | Traces):
            known[path] = before
    if not waiting:
        return known
    reading = _Reading(seen, memory)
    for number, (path, new, html) in enumerate(spread(waiting, reading.read, jobs, named=str), 1):
        told("Читаю", number, len(waiting))
        known[path] = new
        if html is not None:
            memory.keep_text(path, new.digest, html)
    # In the files' order: digests over all of them must not depend on which was read first.
    return {path: known[path] for path in seen if path in known}


class _Reading:
    """Reads one file after another, in this process or in a worker."""

    def __init__(self, seen: Mapping[str, Seen], memory: Memory) -> None:
        self._seen, self._memory = seen, memory
        self._markup = Markup()

    def read(self, path: str) -> tuple[str, Known, str | None]:
        """The path, what is known of its file, and the HTML of its text when that is new."""
        file, stamp = self._seen[path]
        try:
            raw = Path(file).read_bytes()
        except OSError as error:
            return path, Known(None, "", _unreadable(path, error)), None
        digest, stamp = digest_of(raw), self._memory.trusted(stamp)
        before = self._memory.files.get(path)
        if before is not None and before.digest == digest:
            return path, before if before.stamp == stamp else before._replace(stamp=stamp), None
        if is_approval(path):
            return path, Known(stamp, digest, _approved(path, raw)), None
        parsed, html = parsed_item(path, raw, self._markup)
        return path, Known(stamp, digest, parsed), html


def parsed_item(path: str, raw: bytes, markup: Markup) -> tuple[Parsed, str | None]:
    """What a Markdown file gives, and the HTML of its text: none for a draft, and for a report, whose numbers come later."""
    item, body, problems = read_item(path, raw)
    html, outline = None, None
    if item is not None and item.status is not Status.DRAFT and item.kind is not Kind.REPORT:
        html, outline = markup.text(item, body)
    said = (*problems, *(outline.problems if outline else ()))
    if item is not None and not any(problem.code in _UNREADABLE for problem in said):
        problems += check_text(item, decode(raw))
    return Parsed(item, tuple(problems), outline, _facts(item)), html


def _facts(item: Item | None) -> str:
    if item is None:
        return ""
    counted = item._replace(words="", lines={}, body_line=0) if item.is_dated else item
    return digest_of(repr(counted).encode())


def _approved(path: str, raw: bytes) -> Approved:
    try:
        approval = read_approval(path, raw)
    except ApprovalDamaged as damaged:
        return Approved(problem=Problem(
            path, 1, "approval-damaged", f"затверджений звіт не читається: {damaged}",
            f"поверніть файл, яким його затверджено: git log -- {path}",
        ))  # fmt: skip
    return Approved(approval.period.id, tuple(count.id for count in approval.current.activity.counts))


def _unreadable(path: str, error: OSError) -> Parsed | Approved:
    problem = unreadable(path, error)
    return Approved(problem=problem) if is_approval(path) else Parsed(None, (problem,))
