"""A folder of this computer that a web server shows: whole releases side by side, and a link that says which one is shown.

    releases/<version>/   the last ten, equal files linked to each other
    current               a link to one of them: what a web server has as its root
    manifests/<version>   the SHA-256 of each file of a release, for `sha256sum -c`
    publications.txt      when which version was published

Where no links can be made (FAT, Windows without the right to), `current` is a folder whose files are replaced one by one.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from hromada.domain.lazy_regex import lazy_compile
from hromada.publish.hosts.site import (
    HostFailed,
    ReleaseLog,
    VerifiedSite,
    companions,
    deletion_order,
    digest,
    fingerprinted_of,
    is_version,
    manifest_text,
    plan_release,
    read_manifest,
    staged,
)
from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import VERSION_FILE
from hromada.system.atomic_files import atomic_write, sweep
from hromada.system.file_lock import LockHeld, file_lock
from hromada.system.regular_files import RegularFile, entries_below

CURRENT, RELEASES, MANIFESTS, LOG = "current", "releases", "manifests", "publications.txt"
_LOCK = ".lock"
_FLUSHED_AT_ONCE = 16
_NEW, _OLD = (
    ".new-",
    ".old-",
)  # a release that is being made, or removed; what a killed run has left is removed by the next one
_TEMPORARY = lazy_compile(r"\.(new|old)-[0-9a-f]{8}(-2)?|\.new-link|\.new-[0-9]+-[0-9a-z_]{8}")
_LOG_LINE = lazy_compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T\S+ [0-9a-f]{64}")
_PARTLY = "На сайті вже частина нових файлів: повторіть, поки не вдасться."


class _Shown(Struct, frozen=True):
    """What `current` shows: its version (empty: nothing, or no link), and its files with their digests now."""

    version: str
    files: Mapping[str, str]


class ReleaseFolder:
    """The host in a folder."""

    def __init__(self, folder: Path, name: str = "") -> None:
        self.folder, self.name = folder, name or str(folder)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def files(self) -> Mapping[str, str]:
        """The files that the folder shows, with the SHA-256 of their bytes now."""
        self._refuse_foreign()
        return self._shown().files

    def version(self) -> str:
        """The version that the folder shows, if its files are those of the release's manifest; else empty."""
        version = self._version_shown()
        return version if version and self._shown().files == self._manifest(version) else ""

    def ids_of(self, site: VerifiedSite) -> Mapping[str, str]:
        """The SHA-256 of a site's files."""
        return site.digests

    def read(self, names: Collection[str]) -> Mapping[str, bytes]:
        """What the folder shows of these files."""
        return {name: data for name in names if (data := self._bytes(name)) is not None}

    def is_rolled_back(self) -> bool:
        """Whether a person has switched to an earlier release."""
        return self._log().is_rolled_back(self._version_shown())

    @property
    def _current(self) -> Path:
        return self.folder / CURRENT

    def _version_shown(self) -> str:
        version = self._current.readlink().name if self._current.is_symlink() else self._version_of_files()
        return version if is_version(version) else ""

    def _version_of_files(self) -> str:
        """What version.json says, of a folder in the link's place; it is written last."""
        said = self._bytes(VERSION_FILE) or b""
        return said.decode("ascii", "replace").partition('": "')[2].partition('"')[0]

    def _bytes(self, name: str) -> bytes | None:
        try:
            return RegularFile(os.path.realpath(self._current), name).read()
        except OSError:
            return None

    def _shown(self) -> _Shown:
        """Every byte is read: the disk may have lost some, a person may have changed some."""
        version = self._version_shown()
        names = self._manifest(version) or self._tree()
        data = ((name, self._bytes(name)) for name in names)
        return _Shown(version, {name: digest(content) for name, content in data if content is not None})

    def _tree(self) -> set[str]:
        """The names of all files in the folder that is shown."""
        real = Path(os.path.realpath(self._current))
        return {entry.name for entry in entries_below(real) if not entry.is_folder} if real.is_dir() else set()

    def _manifests(self) -> list[str]:
        folder = self.folder / MANIFESTS
        return [path.name for path in folder.iterdir() if is_version(path.name)] if folder.is_dir() else []

    def _manifest(self, version: str) -> dict[str, str]:
        return read_manifest(_text_of(self.folder / MANIFESTS / version)) if version else {}

    def _log(self) -> ReleaseLog:
        return ReleaseLog.read(_text_of(self.folder / LOG))

    def _has_own_log(self) -> bool:
        lines = _text_of(self.folder / LOG).splitlines()
        return bool(lines) and all(_LOG_LINE.fullmatch(line) for line in lines)

    def _refuse_foreign(self) -> None:
        """HostFailed for a folder with other things in it."""
        for name in (RELEASES, MANIFESTS):
            if (self.folder / name).is_symlink():
                raise HostFailed(f"У теці «{self.name}» {name} – посилання: це не наша публікація.", "")
        if os.path.lexists(self.folder / LOG) and not self._has_own_log():
            raise HostFailed(f"У теці «{self.name}» є чуже: {LOG}. Вкажіть для сайту порожню або нову теку.", "")
        if os.path.lexists(self._current) and not self._current.is_symlink() and not self._current.is_dir():
            raise HostFailed(
                f"«{self._current}» – файл, а не тека сайту. Нічого не записано: перейменуйте його й повторіть.", ""
            )
        own = {CURRENT, RELEASES, MANIFESTS, LOG, _LOCK}
        if self.folder.is_dir() and not (self.folder / LOG).exists():
            foreign = sorted(
                path.name for path in self.folder.iterdir() if path.name not in own and not _is_ours(path.name)
            )
            if self._current.is_dir() and not self._current.is_symlink() and not self._manifests():
                foreign.append(CURRENT)
            if foreign:
                raise HostFailed(
                    f"У теці «{self.name}» є чуже: {foreign[0]}. Вкажіть для сайту порожню або нову теку.", ""
                )
        if self._current.is_symlink() and Path(os.path.realpath(self._current)).parent != Path(
            os.path.realpath(self.folder / RELEASES)
        ):
            raise HostFailed(
                f"«{self._current}» веде не до теки {RELEASES}: це не наша публікація. Приберіть посилання.", ""
            )

    # --- publication --------------------------------------------------------------------------------------------------

    def publish(self, site: VerifiedSite, moment: str) -> None:
        """Show the site; a folder with links shows the old one or the new one at every moment, and after any failure."""
        self._refuse_foreign()
        stays = "" if self._current.is_symlink() or not self._current.exists() else _PARTLY
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._lock():
                self._sweep()
                if self._can_link():
                    self._switch_to_new_release(site, moment)
                else:
                    stays = _PARTLY
                    self._replace_files(site, moment)
        except OSError as error:
            what = f"У теку «{self.name}» не вдалося записати сайт: {error.strerror or error}."
            raise HostFailed(what, stays) if stays else HostFailed(what) from None

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            with file_lock(self.folder / _LOCK):
                yield
        except LockHeld:
            raise PublicationRefused(
                f"У теку «{self.name}» уже хтось публікує. Дочекайтеся кінця.", "publication-running"
            ) from None

    def _sweep(self) -> None:
        """Remove what killed publications have left: nobody else is at work here."""
        if not self._has_own_log():
            return
        shown = self._current.readlink().name if self._current.is_symlink() else ""
        for folder in (self.folder, self.folder / RELEASES):
            for path in folder.iterdir() if folder.is_dir() else ():
                if _is_ours(path.name) and path.name != shown:
                    _remove(path)
        if (self.folder / MANIFESTS).is_dir():
            sweep(self.folder / MANIFESTS)

    def _can_link(self) -> bool:
        if self._current.is_symlink():
            return True
        if self._current.exists():
            return False
        probe = self.folder / f"{_NEW}link"
        try:
            probe.symlink_to(RELEASES, target_is_directory=True)
        except (OSError, NotImplementedError):
            return False
        probe.unlink()
        return True

    def _switch_to_new_release(self, site: VerifiedSite, moment: str) -> None:
        shown = self._shown()
        log = self._log().with_current(shown.version, moment)
        if shown.files != site.digests:
            new = self._make_release(site, shown, log)
            self._write_manifest(site)
            self._put_in_place(new, site.version)
        self._write_log(log.with_publication(site.version, moment) if log.versions[-1:] != [site.version] else log)
        self._prune(site.version)

    def _make_release(self, site: VerifiedSite, shown: _Shown, log: ReleaseLog) -> Path:
        """A folder beside the releases with the whole site: equal files are links to those of the release before."""
        carried = {
            name
            for version in log.before(shown.version)
            for name in fingerprinted_of(self._manifest(version).keys())
            if shown.files.get(name, self._manifest(version)[name]) == self._manifest(version)[name]
        }
        plan = plan_release(site, shown.files, self._tree(), carried)
        former = os.path.realpath(self._current)
        new = self.folder / RELEASES / f"{_NEW}{secrets.token_hex(4)}"
        folders = _Folders(new)
        for name in sorted(plan.kept):
            _link_or_copy(os.path.join(former, name), folders.path_of(name))
        written = []
        for name, data in staged(site, plan.written):
            path = folders.path_of(name)
            with open(path, "xb") as file:  # noqa: PTH123  # a Path a file costs more than the writing
                file.write(data)
            os.chmod(path, 0o644)  # whatever the umask: a web server has to read it
            written.append(path)
        _flush(written)
        return new

    def _put_in_place(self, new: Path, version: str) -> None:
        """Name the release after its version and switch to it; the link leads to a whole release at every moment."""
        release = self.folder / RELEASES / version
        if self._version_shown() == version:  # it is damaged
            self._switch(new.name)
            new = Path(shutil.copytree(new, f"{new}-2", copy_function=_link_or_copy))
        _move_away(release)
        new.rename(release)
        _flush_folder(release.parent)
        self._switch(version)

    def _switch(self, release: str) -> None:
        link = self.folder / f"{_NEW}{secrets.token_hex(4)}"
        link.symlink_to(f"{RELEASES}/{release}", target_is_directory=True)
        os.replace(link, self._current)
        _flush_folder(self.folder)

    def _replace_files(self, site: VerifiedSite, moment: str) -> None:
        """Without links: what pages need, pages, lists; then what is no longer needed goes, and the version is written."""
        self._write_manifest(site)  # first: it says what may be removed after a kill
        shown = self._shown()
        log = self._log().with_current(shown.version, moment)
        carried = {
            name for version in log.before(shown.version) for name in fingerprinted_of(self._manifest(version).keys())
        }
        tree = self._tree()
        plan = plan_release(site, shown.files, tree, carried)
        self._current.mkdir(exist_ok=True)
        root = str(self._current)
        sweep(self._current)
        written = set()
        for name, data in staged(site, [name for name in plan.written if name != VERSION_FILE]):
            atomic_write(RegularFile(root, name), data)
            written.add(name)
        own = {
            file
            for manifest in self._manifests()
            for name in self._manifest(manifest)
            for file in (name, *companions(name))
        }
        present = {file for name in site.digests for file in (name, *companions(name))}
        stale = {file for name in plan.written for file in companions(name) if file in tree} - written
        for name in deletion_order(((own - present - plan.kept) & tree) | stale):
            RegularFile(root, name).path.unlink(missing_ok=True)
        for name, data in staged(site, [VERSION_FILE]):
            atomic_write(RegularFile(root, name), data)
        _remove_empty(self._current)
        self._write_log(log.with_publication(site.version, moment) if log.versions[-1:] != [site.version] else log)
        self._prune(site.version)

    def _write_manifest(self, site: VerifiedSite) -> None:
        atomic_write(self.folder / MANIFESTS / site.version, manifest_text(site.digests).encode())

    def _write_log(self, log: ReleaseLog) -> None:
        if str(log) != _text_of(self.folder / LOG):
            atomic_write(self.folder / LOG, str(log).encode())

    def _prune(self, version: str) -> None:
        """Remove the releases that are too old; a manifest without a release says nothing to anybody."""
        log, releases = self._log(), self.folder / RELEASES
        known = [path.name for path in releases.iterdir() if is_version(path.name)] if releases.is_dir() else []
        for old in log.dropped(version, known):
            _move_away(releases / old)
        for old in log.dropped(version, self._manifests()):
            (self.folder / MANIFESTS / old).unlink(missing_ok=True)
        self._sweep()


class _Folders:
    """Makes each folder of a new release once."""

    def __init__(self, root: Path) -> None:
        self._root, self._made = os.fspath(root), {""}
        for folder in (root.parent, root):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)

    def path_of(self, name: str) -> str:
        self._make(name.rpartition("/")[0])
        return os.path.join(self._root, name)

    def _make(self, folder: str) -> None:
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            path = os.path.join(self._root, folder)
            os.mkdir(path)  # noqa: PTH102
            os.chmod(path, 0o755)
            self._made.add(folder)


def _is_ours(name: str) -> bool:
    """Whether the name is one of a file or folder that only a running publication needs: ours, or `atomic_write`'s."""
    return bool(_TEMPORARY.fullmatch(name))


def _text_of(path: Path) -> str:
    try:
        return RegularFile(str(path.parent), path.name).read().decode("utf-8", "replace")
    except OSError:
        return ""


def _link_or_copy(source: str, target: str) -> None:
    """A hard link; a copy where the disk has none, or the file has too many."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        os.chmod(target, 0o644)


def _move_away(release: Path) -> None:
    """Take a release away in one step, so that none is ever seen with a part of its files."""
    if release.exists():
        old = release.with_name(f"{_OLD}{secrets.token_hex(4)}")
        release.rename(old)
        _remove(old)


def _remove(path: Path) -> None:
    if stat.S_ISDIR(path.lstat().st_mode):
        shutil.rmtree(path)
    else:
        path.unlink()


def _remove_empty(folder: Path) -> None:
    for below, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):  # it has files
            if below != str(folder):
                os.rmdir(below)  # noqa: PTH106


def _flush(files: Iterable[str]) -> None:
    """Have what was written on the disk before a name leads to it; together, as one after another takes ten times as long."""
    with ThreadPoolExecutor(_FLUSHED_AT_ONCE) as pool:
        for _ in pool.map(_flush_file, files):
            pass


def _flush_file(file: str) -> None:
    with open(file, "r+b") as written:  # noqa: PTH123
        os.fsync(written.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder can't be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
