"""Coordinates in the commits that a push would send: git keeps a photo for ever, also when a later commit removes it.

Every blob that the remote doesn't have yet is looked into, whatever folder and branch it came from; a type is known by
the first bytes, too. What a remote's branch has already is online: that is said once and stops nothing.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from mmap import mmap
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from hromada.console.messages import ProgressBar
from hromada.domain.document_metadata import CLEANED_TYPES
from hromada.domain.file_names import is_content_path, printable_name
from hromada.domain.file_types import is_attachment, is_phone_picture, is_picture, suffix_of
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem, shorten
from hromada.metadata.office import OFFICE_TYPES
from hromada.metadata.picture_metadata import has_coordinates
from hromada.publish.repository import STAYS, PublicationRefused, Repository
from hromada.reading.attachment_metadata import read_attachment_metadata
from hromada.storage.sqlite_store import CacheCodec
from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.git import NO_REPLACEMENTS, Git
from hromada.system.workers import parallel_map

CACHE_FILE = "commits.json"  # in the cache
_NOT_ONLINE = ("--not", "--remotes=origin")
_LABEL = "Дивлюся коміти"
# Blobs that a worker looks into at once: starting git takes as long as reading hundreds of texts, but some are films.
_SMALLEST_TASK, _LARGEST_TASK, _TASKS = 32, 512, 32
_SHOWN, _COMMITS_SHOWN, _LONGEST_SUBJECT = 20, 3, 60
_REMEMBERED = 50_000  # blobs
_LARGEST_CACHE = 16_000_000  # bytes
# Pictures, films, PDF and Office files by their first bytes: JPEG, PNG, GIF, WebP, TIFF and raw photos, BMP, Photoshop, HEIF
# and MP4, JPEG XL and 2000, PDF, ZIP, OLE.
_MEDIA = lazy_compile(
    rb"\xff\xd8|\x89PNG|GIF8|RIFF[\s\S]{4}WEBP|II[*+]\0|MM\0[*+]|BM|8BPS|[\s\S]{4}(?:ftyp|moov|mdat|wide|skip|free|JXL |jP  )|"
    rb"\xff\x0a|\s{0,8}%PDF|PK[\x03\x05]|\xd0\xcf\x11\xe0"
)
_ZIP = b"PK"
_DATA_URLS = frozenset({".svg", ".html", ".htm", ".md", ".css", ".xml"})
_DATA_URL = lazy_compile(rb"data:image/[\w.+-]{1,40};base64,(?P<data>[A-Za-z0-9+/\s]+)")


class PlacedFile(NamedTuple):
    """A file with coordinates in commits: its path, its blob, the commits that add it (the first few, with subjects)."""

    path: str
    blob: str
    commits: tuple[str, ...]

    def __str__(self) -> str:
        return f"{printable_name(self.path)} – {', '.join(self.commits)}" if self.commits else printable_name(self.path)


class _Cache(NamedTuple):
    """What was looked into by the rules of `rules`, and which files online were named, whatever the rules were."""

    rules: str = ""
    clean: tuple[str, ...] = ()  # blobs
    scanned: tuple[str, ...] = ()  # tips of the remote's branches
    named: tuple[str, ...] = ()  # blobs


_CLEAN_COMMITS = CacheCodec(_Cache)


class CommitScanner(Struct):
    """Looks into the blobs of commits; what was clean, and what was named, is remembered in `cache` (None: nowhere)."""

    git: Git
    cache: Path | None = None
    rules: str = ""  # the version of the code that looks
    jobs: int = 1
    _remembered: _Cache = _Cache()

    def __post_init__(self) -> None:
        remembered = self._read_cache()
        if remembered.rules != self.rules:
            remembered = _Cache(self.rules, named=remembered.named)
        self._remembered = remembered

    def not_online(self, tip: str, excluded: Sequence[str] = _NOT_ONLINE) -> list[PlacedFile]:
        """The files with coordinates in the commits of `tip` that the remote doesn't have, sorted by path."""
        blobs = self._unseen(tip, *excluded)
        placed = self._placed(blobs)
        clean = dict.fromkeys([*self._remembered.clean, *(id for id in blobs if id not in placed)])
        self._remember(clean=tuple(clean)[-_REMEMBERED:])
        if placed:  # a revert brings back what the remote's history has, though none of its trees
            placed -= self._objects(*(name for name in excluded if name != "--not")).keys()
        return self._files(placed, blobs, (tip, *excluded))

    def newly_named_online(self, pages: str) -> list[PlacedFile]:
        """The files with coordinates that the remote's branches (but the published one) have; each is named once."""
        references = self.git.run("for-each-ref", "--format=%(refname) %(objectname)", "refs/remotes/origin")
        lines = [line.split(" ") for line in references.split("\n") if line]
        tips = sorted({tip for name, tip in lines if name != f"refs/remotes/origin/{pages}"})
        if not set(tips) - set(self._remembered.scanned):
            return []
        known = [tip for tip in self._remembered.scanned if self.git.commit_of(tip)]
        blobs = self._unseen(*tips, "--not", *known)
        placed = self._placed(blobs) - set(self._remembered.named)
        named = tuple(sorted({*self._remembered.named, *placed}))
        self._remember(scanned=tuple(tips), named=named)
        return self._files(placed, blobs, (*tips, "--not", *known))

    def staged(self) -> list[PlacedFile]:
        """The files with coordinates that the next commit would add outside of the content, which the check looks into."""
        arguments = ("--cached", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=ACMRT", "-z")
        listed = self.git.run("diff", *arguments, "--", ".", ":(exclude)content")
        added = _additions(listed)
        names = {id: path for path, id in added}
        placed = self._placed(names)
        return sorted(PlacedFile(path, id, ()) for path, id in added if id in placed)

    def _objects(self, *revisions: str) -> dict[str, str]:
        """The blobs and folders that these revisions reach, each with one of its names."""
        listed = self.git.run("rev-list", "--objects", *revisions, extra=NO_REPLACEMENTS)
        return {id: name for id, space, name in (line.partition(" ") for line in listed.split("\n")) if space and name}

    def _unseen(self, *revisions: str) -> dict[str, str]:
        """Those of them that were not found clean before."""
        known = set(self._remembered.clean)
        return {id: name for id, name in self._objects(*revisions).items() if id not in known}

    def _placed(self, blobs: Mapping[str, str]) -> set[str]:
        """The blobs of pictures and documents with coordinates."""
        pairs = list(blobs.items())
        size = min(max(len(pairs) // _TASKS, _SMALLEST_TASK), _LARGEST_TASK)
        tasks = [pairs[start : start + size] for start in range(0, len(pairs), size)]
        placed, done = set[str](), 0
        work = partial(_placed_of_task, self.git)
        with contextlib.closing(ProgressBar()) as progress:
            for count, found in parallel_map(tasks, work, self.jobs, named=lambda task: task[0][1], chunk=1):
                placed |= found
                done += count
                progress.update(_LABEL, done, len(blobs))
        return placed

    def _files(self, placed: set[str], names: Mapping[str, str], revisions: Sequence[str]) -> list[PlacedFile]:
        """The files of these blobs with the commits that add them."""
        if not placed:
            return []
        form = ("--reverse", "-m", "--root", "--raw", "--no-abbrev", "--no-renames", "--no-show-signature", "-z")
        log = self.git.run("log", *form, "--format=%x01%H %s", *revisions, extra=NO_REPLACEMENTS)
        commits: dict[tuple[str, str], dict[str, None]] = {}
        for entry in log.split("\x01")[1:]:
            title, _, changes = entry.partition("\0")
            commit, _, subject = title.partition(" ")
            name = f"{commit[:10]} «{shorten(printable_name(subject), _LONGEST_SUBJECT)}»"
            for path, id in _additions(changes):
                if id in placed:
                    commits.setdefault((path, id), {})[name] = None
        without = placed - {id for _, id in commits}  # such as a tag's: no commit of the log adds them
        files = [PlacedFile(path, id, tuple(islice(by, _COMMITS_SHOWN))) for (path, id), by in commits.items()]
        return sorted([*files, *(PlacedFile(names[id], id, ()) for id in without)])

    def _read_cache(self) -> _Cache:
        if self.cache is None:
            return _Cache()
        try:
            return _CLEAN_COMMITS.decode(read_bounded(self.cache, _LARGEST_CACHE)) or _Cache()
        except OSError:
            return _Cache()

    def _remember(self, **changes: tuple[str, ...]) -> None:
        now = self._remembered._replace(**changes)  # type: ignore[arg-type]  # all but the rules are tuples
        if now != self._remembered and self.cache is not None:
            with contextlib.suppress(OSError):  # it costs the next publication time, nothing else
                atomic_write(self.cache, _CLEAN_COMMITS.encode(now))
        self._remembered = now


def _additions(raw: str) -> list[tuple[str, str]]:
    """Paths and blobs after each change of git's raw format."""
    parts = iter(raw.split("\0"))
    return [(next(parts), part.split(" ")[3]) for part in (part.lstrip("\n") for part in parts) if part.startswith(":")]


def _placed_of_task(git: Git, task: Iterable[tuple[str, str]]) -> tuple[int, set[str]]:
    """How many blobs were looked into, and those that have coordinates."""
    names = dict(task)
    return len(names), {id for id, data in git.each_blob(names) if tells_a_place(names[id], data)}


def tells_a_place(name: str, data: bytes | mmap) -> bool:
    """Whether a file is a picture or a document with coordinates; a renamed one is known by its first bytes."""
    head = bytes(data[:16])
    suffix = suffix_of(name)
    is_named_so = (
        is_picture(name) or is_attachment(name) or is_phone_picture(name) or suffix in CLEANED_TYPES or suffix == ".xmp"
    )
    if not data or not (is_named_so or _MEDIA.match(head)):
        return _has_placed_data_url(data) if data and suffix in _DATA_URLS else False
    if head.startswith(_ZIP):
        return read_attachment_metadata(name if suffix in OFFICE_TYPES else "archive.zip", data).has_gps
    if head.lstrip().startswith(b"%PDF"):
        return read_attachment_metadata("document.pdf", data).has_gps
    return has_coordinates(data)


def _has_placed_data_url(data: bytes | mmap) -> bool:
    """Whether a drawing or a text holds a picture with coordinates in itself."""
    for match in _DATA_URL.finditer(data):
        with contextlib.suppress(ValueError):
            if has_coordinates(base64.b64decode(b"".join(match["data"].split()) + b"===")):
                return True
    return False


def base_of(git: Git, tip: str, branches: Iterable[str]) -> str:
    """The newest commit that `tip` shares with the first of these branches; empty if it shares none."""
    for branch in branches:
        if (commit := git.commit_of(branch)) and git.succeeds("merge-base", commit, tip):
            return git.run("merge-base", commit, tip).split("\n")[0]
    return ""


def branches_online(git: Git, branch: str, pages: str) -> list[str]:
    """The remote's branches but the published one; that of the same name and the default one come first."""
    own, published, head = (f"refs/remotes/origin/{name}" for name in (branch, pages, "HEAD"))
    names = git.run("for-each-ref", "--format=%(refname)", "refs/remotes/origin").split("\n")
    return sorted({*names} - {"", published}, key=lambda name: (name != own, name != head, name))


def as_problems(files: Iterable[PlacedFile]) -> list[Problem]:
    """The files as problems of the check: a path has no line in a commit."""
    return [
        Problem(
            file.path, 1, "commit-place", f"файл каже, де його знято (координати GPS){_in(file.commits)}",
            "надсилати такого не можна",
        )
        for file in files
    ]  # fmt: skip


def _in(commits: Sequence[str]) -> str:
    return f", у комітах: {', '.join(commits)}" if commits else ""


def listed(files: Sequence[PlacedFile]) -> list[str]:
    """One line for each of the first files, and how many more there are."""
    more = [f"  … і ще {len(files) - _SHOWN}"] if len(files) > _SHOWN else []
    return [*(f"  {file}" for file in islice(files, _SHOWN)), *more]


def removal(git: Git, files: Sequence[PlacedFile], base: str, tip: str) -> list[str]:
    """The commands that make one commit without coordinates of all commits since `base` (empty: of all)."""
    blobs = {file.blob for file in files}
    entries = (entry.partition("\t") for entry in git.run("ls-tree", "-r", "-z", tip).split("\0") if entry)
    present = [path for facts, _, path in entries if facts.split(" ")[2] in blobs]
    by_hand = [path for path in present if not _is_fixed(path)]
    lines = ["Складіть ці коміти в один, без координат; ваші файли лишаться такими, як є:"]
    back, *again = rewriting(base)
    lines.append(back)
    if len(by_hand) < len(present):
        lines.append("  make fix")
    if by_hand:
        names = ", ".join(map(printable_name, by_hand[:_SHOWN]))
        lines.append(f"(тут замініть копіями без координат або видаліть те, чого make fix не виправляє: {names})")
    if base and git.succeeds("diff", "--quiet", base, tip):
        return lines  # nothing else was done since
    return [*lines, *again]


def rewriting(base: str) -> list[str]:
    """The commands that make one commit of all commits since `base` (empty: of all)."""
    back = f"  git reset --soft {base[:12]}" if base else "  git update-ref -d HEAD"
    return [back, "  git add -A", '  git commit -m "що зроблено"']


def _is_fixed(path: str) -> bool:
    return is_content_path(path) and (is_picture(path) or suffix_of(path) in CLEANED_TYPES)


def online_lines(files: Sequence[PlacedFile]) -> list[str]:
    """The warning about files that are online, with the commands that take them out of the history."""
    if not files:
        return []
    return [
        "Увага: в історії сховища в мережі вже є файли, що кажуть, де їх знято (координати GPS). Це кажемо один раз:",
        *listed(files),
        "Прибрати їх звідти може лише той, хто веде сховище, і тоді всі клонують його наново (docs/maintainers.md):",
        f"  {removal_from_history(file.blob for file in files)}",
    ]


def removal_from_history(blobs: Iterable[str]) -> str:
    """The command that takes blobs out of every commit of a fresh clone."""
    ids = " ".join(sorted(set(blobs)))
    return (
        f"printf '%s\\n' {ids} > ../blobs.txt; git filter-repo --prune-empty never --strip-blobs-with-ids ../blobs.txt"
    )


CHECKED_COMMITS = {"HROMADA_COMMITS": "checked"}  # for our pre-push hook: a publication has looked already
REFUSED = (
    "У комітах, яких origin ще не має, є файли, що кажуть, де їх знято (координати GPS). Видалити їх новим комітом не досить: "
    "надіслані коміти лишилися б у сховищі назавжди."
)


def refuse_places(repository: Repository, head: str, scanner: CommitScanner) -> None:
    """PublicationRefused if a push of `head` would send a file with coordinates."""
    files = scanner.not_online(head)
    if not files:
        return
    git = repository.git
    base = base_of(git, head, branches_online(git, repository.branch, repository.pages))
    lines = [REFUSED, *listed(files), *removal(git, files, base, head), f"Потім: make publish. {STAYS}"]
    raise PublicationRefused("\n".join(lines), "commit-place")
