"""What is known of the content's files: remembered, or read now in as many processes as there are cores."""

from __future__ import annotations

from collections.abc import Mapping

from hromada.console.progress import Told, untold
from hromada.content.file_cache import Known, Memory
from hromada.domain.document_metadata import Traces
from hromada.images.facts import Facts
from hromada.report.report_paths import is_approval
from hromada.system.scan import Seen
from hromada.system.workers import spread

_UNREAD = Known(None)


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
                known[path] = _UNREAD  # its place: digests over all of them must not depend on which was read first
        elif before is not None and is_same and isinstance(before.gist, Facts | Traces):
            known[path] = before
    if not waiting:
        return known
    from hromada.content.parser import Reading  # Markdown and the rules of texts: a build that reads nothing needs none

    reading = Reading(seen, memory)
    for number, (path, new, text) in enumerate(spread(waiting, reading.read, jobs, named=str), 1):
        told("Читаю", number, len(waiting))
        known[path] = new
        if text is not None:
            memory.keep_text(path, text)
    return known
