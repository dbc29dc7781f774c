"""A publication read from an export, the result of reading one, and the refusal of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from hromada.domain.account import PostKind
from hromada.domain.calendar import Clock
from hromada.domain.problem import Problem


class SourceFile(NamedTuple):
    """A file of an export: its name as the editor knows it, and its bytes."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class ExportedPost:
    """One publication of an export, whatever its format; `when` is local Kyiv time.

    `pages` are the names by which the export calls the account, `id` what the network calls the publication (empty
    where the export does not say), `channel` a Telegram chat's id, `numbers` its messages. `content` tells two
    publications of one second apart; `where` is the record's place in its file. `local` is the moment as the file shows it, where the
    file names no zone and one was assumed.
    """

    network: str
    when: datetime
    kind: PostKind
    text: str
    path: str
    where: str
    pages: tuple[str, ...] = ()
    url: str = ""
    id: str = ""
    channel: str = ""
    numbers: tuple[int, ...] = ()
    content: str = ""
    local: datetime | None = None


@dataclass(slots=True)
class ExportResult:
    """What an export gives: publications, `failed` records that can't be read, `skipped` ones by reason.

    Every record of the export is in exactly one of the three, so that nothing is lost silently. `owners` are the names
    of the account by network where the export has them in a file of their own. `left` are records that are no
    publications (comments, reactions …), by kind.
    """

    publications: list[ExportedPost] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    owners: dict[str, tuple[str, ...]] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)

    def add(self, other: ExportResult) -> None:
        """Take in what another file of the same export gave."""
        self.publications += other.publications
        self.failed += other.failed
        self.skipped += other.skipped
        self.left += other.left
        self.notes += [note for note in other.notes if note not in self.notes]
        for network, names in other.owners.items():
            self.owners[network] = tuple(dict.fromkeys((*self.owners.get(network, ()), *names)))
        self.formats += [name for name in other.formats if name not in self.formats]

    def exclude_future(self, clock: Clock) -> None:
        """Skip publications later than the clock: they are scheduled and may still be changed or withdrawn."""
        due = [publication for publication in self.publications if publication.when <= clock.moment]
        if later := len(self.publications) - len(due):
            self.skipped["заплановані, ще не вийшли"] += later
        self.publications = due

    def refuse(self, path: str, line: int, message: str, fix: str = "") -> None:
        """A record that can't be read; the others are."""
        self.failed.append(Problem(path, line, "import-record", message, fix))

    @property
    def records(self) -> int:
        return len(self.publications) + len(self.failed) + self.skipped.total()


class ImportRefused(Exception):
    """Nothing of the export is imported: what is wrong, and what to do."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def refusal(path: str, line: int, code: str, message: str, fix: str = "") -> ImportRefused:
    """One reason that refuses the whole export."""
    return ImportRefused([Problem(path, line, code, message, fix)])
