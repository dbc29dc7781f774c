"""What others have changed on the published branch, and which of it a publication keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote

from msgspec import Struct, field

from hromada.domain.file_names import printable_name
from hromada.domain.refusal import Refusal
from hromada.online.site_location import CNAME

_WELL_KNOWN = ".well-known/"  # files that services request at fixed addresses (RFC 8615)
_WRITTEN_BY_IMPORT = (CNAME, ".nojekyll")
_REGULAR_ID = 40  # length of an object's id; anything but a regular file has its mode instead
_SHOWN_COMMITS, _SHOWN_FILES = 5, 5


class ForeignCommit(NamedTuple):
    """A commit on top of ours: author, day, subject, files (empty when unknown)."""

    author: str
    day: str
    subject: str
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.day}, {_plain(self.author)}, «{_plain(self.subject)}»"

    def as_line(self) -> str:
        return f"{self}: {_format_names(self.files)}" if self.files else str(self)


class ForeignChanges(Struct, frozen=True):
    """The published branch above our newest commit, with the files of others that former publications kept.

    `published` and `online`: files with their blob ids in our newest commit and at the tip. `kept`: those of others in
    our newest commit. `brought_back`: files that our own publications had removed before. `is_amended`: somebody has
    replaced our newest commit by one with other files, so nobody knows what was taken off.
    """

    published: Mapping[str, str] = field(default_factory=dict)
    online: Mapping[str, str] = field(default_factory=dict)
    commits: tuple[ForeignCommit, ...] = ()
    kept: Collection[str] = ()
    brought_back: Collection[str] = ()
    is_amended: bool = False

    @property
    def changed(self) -> set[str]:
        """Every file that others have added, changed or removed."""
        names = self.published.keys() | self.online.keys() if self.commits else ()
        return {name for name in names if self.published.get(name) != self.online.get(name)}

    def commits_of(self, name: str) -> str:
        """The commits that touched a file, in a line."""
        return "; ".join(str(commit) for commit in self.commits if name in commit.files)

    def as_lines(self, pages: str) -> list[str]:
        """The commits for the terminal; empty while the branch is as the last publication left it."""
        if not self.commits:
            return []
        more = len(self.commits) - _SHOWN_COMMITS
        return [
            f"Гілку {pages} після останньої публікації змінено не командою make publish:",
            *(f"  {commit.as_line()}" for commit in self.commits[:_SHOWN_COMMITS]),
            *([f"  … і ще комітів: {more}"] if more > 0 else []),
        ]


class ForeignFiles(Struct, frozen=True):
    """The files of others: `kept` ones with their ids, and those that a publication would undo."""

    kept: Mapping[str, str] = field(default_factory=dict)
    undone: tuple[str, ...] = ()  # added, changed or removed by others where we publish a file of our own
    dropped: tuple[str, ...] = ()  # added by others at an address that only the site itself may have
    unsure: tuple[str, ...] = ()  # would be added or changed on top of a commit that somebody has amended

    def notes(self) -> list[str]:
        return [f"Файли, додані до гілки не нами, лишаються: {_format_names(tuple(self.kept))}."] if self.kept else []

    def refusals(self, changes: ForeignChanges, pages: str, forced: Collection[str]) -> list[Refusal]:
        """Refusals to undo changes of others, without those in `forced`."""
        who = "\n".join(changes.as_lines(pages))
        refusals = []
        if self.undone:
            message = (
                f"Публікація повернула б те, що в гілці {pages} змінили або прибрали руками: {_format_names(self.undone)}."
                " Перенесіть цю зміну до content/ і збережіть комітом. Якщо вона вже там або не потрібна:"
                " make publish FORCE=withdrawn-returns."
            )
            plain = _plain_files("Публікація повернула б те, що на сайті змінили або прибрали не звідси:", self.undone)
            refusals.append(Refusal("withdrawn-returns", "\n".join(filter(None, (message, who))), plain))
        if self.unsure:
            message = (
                f"Останню публікацію в гілці {pages} хтось переписав руками (git commit --amend чи подібним): що він прибрав або"
                f" виправив, невідомо. Ця публікація додала б або змінила: {_format_names(self.unsure)}. Якщо на сайті щось прибрали,"
                " зробіть це й у content/ і збережіть комітом. Якщо зроблено або прибирати нічого: make publish FORCE=withdrawn-returns."
            )
            plain = _plain_files(
                "Сайт у мережі хтось змінив не звідси, і що саме він прибрав, невідомо. Ця публікація додала б або змінила:",
                self.unsure,
            )
            refusals.append(Refusal("withdrawn-returns", "\n".join(filter(None, (message, who))), plain))
        if self.dropped:
            message = (
                f"У гілці {pages} є додані руками файли, яких немає в content/: {_format_names(self.dropped)}. Публікація їх прибрала б."
                " Потрібні читачам додайте до content/files і збережіть комітом. Тоді: make publish FORCE=address-gone."
            )
            plain = _plain_files("Публікація прибрала б із сайту файли, які хтось додав не звідси:", self.dropped)
            refusals.append(Refusal("address-gone", "\n".join(filter(None, (message, who))), plain))
        return [refusal for refusal in refusals if refusal.code not in forced]


def sort_foreign_files(changes: ForeignChanges, built: Mapping[str, str]) -> ForeignFiles:
    """Decide about each file of others; `built`: the files of the site to be published, with their ids."""
    kept, undone, dropped = {}, [], []
    own_names = {name.partition("/")[0].casefold() for name in built}

    def may_stay(name: str, id: str) -> bool:
        """Whether a file may stay: hosts and services read theirs only at the root and in `.well-known`."""
        is_free = name not in changes.brought_back and name.partition("/")[0].casefold() not in own_names
        return is_free and len(id) >= _REGULAR_ID and ("/" not in name or name.startswith(_WELL_KNOWN))

    names = changes.changed | (set(changes.kept) & changes.online.keys())
    for name in sorted(names - set(_WRITTEN_BY_IMPORT)):
        now = changes.online.get(name)
        is_theirs = name not in changes.published or name in changes.kept
        if built.get(name) == now:
            continue
        if name in built:
            undone.append(name)
        elif now and is_theirs:
            if may_stay(name, now):
                kept[name] = now
            else:
                dropped.append(name)
    unsure = sorted(name for name, id in built.items() if changes.is_amended and changes.online.get(name) != id)
    return ForeignFiles(kept, tuple(undone), tuple(dropped), tuple(unsure))


def encode_name(name: str) -> str:
    """A file's name percent-encoded for a line of a commit message."""
    return quote(name, safe="/", errors="surrogateescape")


def decode_name(written: str) -> str:
    return unquote(written, errors="surrogateescape")


def _plain_files(what: str, names: Sequence[str]) -> str:
    """The window's words about files of the published branch."""
    more = [f"… і ще {len(names) - _SHOWN_FILES}"] if len(names) > _SHOWN_FILES else []
    return "\n".join([what, *map(printable_name, names[:_SHOWN_FILES]), *more])


def _format_names(names: Sequence[str]) -> str:
    first_names = ", ".join(printable_name(name) for name in names[:_SHOWN_FILES])
    return f"{first_names} … і ще {len(names) - _SHOWN_FILES}" if len(names) > _SHOWN_FILES else first_names


def _plain(text: str) -> str:
    return printable_name(" ".join(text.split()))[:100] or "без імені"
