"""A folder of a server, reached over SSH, laid out as `publish.hosts.release_folder` does it here.

The server needs `sh`, coreutils, findutils, and `rsync` or `tar`. Only files that differ are sent, into a copy of the shown
release made of hard links; the server compares it with the manifest of digests before it switches. Paths are quoted for
the shell of the account there. Keys and the server's identity are those of the caller's ssh, which is never asked to
accept an unknown one.
"""

from __future__ import annotations

import contextlib
import io
import re
import secrets
import shlex
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from hromada.domain.host_address import SshAddress
from hromada.publish.hosts.site import (
    HostFailed,
    ReleaseLog,
    VerifiedSite,
    digest,
    fingerprinted_of,
    is_version,
    manifest_text,
    plan_release,
    read_manifest,
    staged,
)
from hromada.publish.repository import PublicationRefused, indent

# Whatever the caller's configuration says: nobody is asked, an unknown server is refused, a silent one is given up.
_OPTIONS = (
    "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15",
    "-o", "ServerAliveCountMax=4", "-o", "ForwardAgent=no", "-o", "ForwardX11=no", "-o", "PermitLocalCommand=no", "-T",
)  # fmt: skip
_SSH_FAILED = 255
_FOREIGN, _DAMAGED = 43, 44  # our scripts' own exit statuses
_SHORT, _LONG = 600, 6 * 3600  # seconds: of a script on the server, of sending a whole site
_CLONE_LENGTH, _MARK_BYTES = 16, 4
_MARK_PATTERN = "[0-9a-z]" * _CLONE_LENGTH + "-" + "[0-9a-f]" * 2 * _MARK_BYTES
_LEFTOVERS = " -o ".join(  # others may have names that begin so
    f"-name '.{word}-{_MARK_PATTERN}{ending}'" for word in ("new", "old") for ending in ("", "-2", ".manifest")
)
_ABANDONED = "+0"  # days (of find -mtime): a release that another clone has been making for longer is removed

# What is shown: the link's target, the log, whether there is rsync, all names, the manifest, the files that do not fit it any
# more. A blank line and a mark divide them.
_INSPECT = """
LC_ALL=C; export LC_ALL
cd {folder} 2>/dev/null || exit 0
for name in releases manifests publications.txt; do if [ -L "$name" ]; then exit 43; fi; done
if [ -s publications.txt ] && grep -qvE '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[^ ]+ [0-9a-f]{{64}}$' publications.txt; then exit 43; fi
if [ -L current ]; then target=$(readlink current); elif [ -e current ]; then exit 43; else target=; fi
printf '%s\\n' "$target"; printf '\\n=log\\n'; cat publications.txt 2>/dev/null
printf '\\n=rsync\\n'; command -v rsync
version=${{target#releases/}}
printf '\\n=tree\\n'; [ -z "$version" ] || (cd current/ && find . -type f)
if [ -n "$version" ] && [ -f "manifests/$version" ]; then
  printf '\\n=manifest\\n'; cat "manifests/$version"
  printf '\\n=differing\\n'; (cd current/ && sha256sum -c --quiet "../../manifests/$version" 2>/dev/null)
fi
printf '\\n=end\\n'
"""
_PREPARE = """
set -eu
umask 022
mkdir -p {folder}/releases {folder}/manifests
cd {folder}
rm -rf releases/.new-{clone}-* releases/.old-{clone}-*
find releases -maxdepth 1 \\( {leftovers} \\) -mtime {abandoned} -exec rm -rf {{}} +
mkdir {new}
if [ -L current ]; then
  cp -al current/. {new}/ 2>/dev/null || {{ rm -rf {new}; mkdir {new}; cp -a current/. {new}/; }}
fi
chmod 755 releases {new}
cd {new}
while IFS= read -r name; do rm -f -- "./$name"; done
find . -type d -empty ! -name . -exec rmdir -p --ignore-fail-on-non-empty {{}} + 2>/dev/null || true
"""
# The link leads to a whole release at every moment, also when the one that is shown is damaged and made anew.
_SWITCH = """
set -eu
umask 022
cd {folder}
cat > {new}.manifest
[ "$(sha256sum < {new}.manifest | cut -c 1-64)" = {digest} ] || exit 44
(cd {new} && sha256sum -c --quiet ../../{new}.manifest >/dev/null 2>&1) || exit 44
mv -f {new}.manifest manifests/{version}
sync
show() {{ ln -s "$1" .new-{clone}-link; mv -Tf .new-{clone}-link current; }}
rm -f .new-{clone}-link
if [ "$(readlink current 2>/dev/null || true)" = releases/{version} ]; then
  show {new}
  cp -al {new} {new}-2 2>/dev/null || {{ rm -rf {new}-2; cp -a {new} {new}-2; }}
  rm -rf {old}; mv releases/{version} {old}; mv {new}-2 releases/{version}; show releases/{version}
  rm -rf {new} {old}
else
  if [ -e releases/{version} ]; then mv releases/{version} {old}; fi
  mv {new} releases/{version}
  show releases/{version}
  rm -rf {old}
fi
sync
"""
_NOTE = """
set -eu
umask 022
cd {folder}
cat > publications.txt.new
[ "$(wc -c < publications.txt.new)" -eq {size} ] || exit 44
mv -f publications.txt.new publications.txt
for path in releases/* manifests/*; do
  name=${{path##*/}}
  [ ${{#name}} -eq 64 ] || continue
  case " {kept} " in *" $name "*) ;; *) rm -rf "$path" ;; esac
done
"""
_READ = """
cd {folder}/current/ || exit 0
while IFS= read -r name; do
  if [ -f "./$name" ]; then printf '%s\\n' "$(wc -c < "./$name")"; cat "./$name"; else printf -- '-\\n'; fi
done
"""


class SshPrograms(Struct, frozen=True):
    """The programs of this computer, and further options of ssh; rsync may be missing."""

    ssh: str = "ssh"
    rsync: str = "rsync"
    options: tuple[str, ...] = ()


_PROGRAMS = SshPrograms()


class _Shown(Struct, frozen=True):
    """What the server shows: version, digests of its files now, all names of the folder, and what else is known."""

    version: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    tree: frozenset[str] = frozenset()
    log: ReleaseLog = ReleaseLog()
    has_rsync: bool = False
    older: frozenset[str] = frozenset()  # fingerprinted files of the release before
    is_whole: bool = False


class SshHost:
    """The host on a server. `clone` is a name of this clone: what its killed publications have left is removed at once."""

    def __init__(self, address: SshAddress, clone: str, programs: SshPrograms = _PROGRAMS) -> None:
        self.name = str(address)
        self._address, self._programs = address, programs
        self._clone = re.sub("[^0-9a-z]", "", clone)[:_CLONE_LENGTH].ljust(_CLONE_LENGTH, "x")
        self._seen: _Shown | None = None

    def files(self) -> Mapping[str, str]:
        """The files that the server shows, with the SHA-256 of their bytes now."""
        self._seen = self._inspect()
        return self._seen.files

    def version(self) -> str:
        """The version that the server shows, if its files are those of the release's manifest; else empty."""
        shown = self._inspect()
        return shown.version if shown.is_whole else ""

    def ids_of(self, site: VerifiedSite) -> Mapping[str, str]:
        """The SHA-256 of a site's files."""
        return site.digests

    def read(self, names: Collection[str]) -> Mapping[str, bytes]:
        """What the server shows of these files."""
        asked = sorted(names)
        output = io.BytesIO(self._script(_READ, stdin="".join(f"{name}\n" for name in asked).encode()))
        found = {}
        for name in asked:
            size = output.readline().strip()
            if size.isdigit():
                found[name] = output.read(int(size))
        return found

    def is_rolled_back(self) -> bool:
        """Whether a person has switched to an earlier release."""
        shown = self._inspect()
        return shown.log.is_rolled_back(shown.version)

    def publish(self, site: VerifiedSite, moment: str) -> None:
        """Show the site; the server shows the old one or the new one at every moment, and after any failure."""
        shown = self._seen or self._inspect()
        self._seen = None
        log = shown.log.with_current(shown.version, moment)
        if shown.files != site.digests:
            self._send(site, shown)
        if log.versions[-1:] != [site.version]:
            log = log.with_publication(site.version, moment)
        if str(log) != str(shown.log):
            kept = sorted(set(log.versions) - set(log.dropped(site.version, log.versions)))
            data = str(log).encode()
            self._script(_NOTE, stdin=data, size=str(len(data)), kept=" ".join(kept))

    def _send(self, site: VerifiedSite, shown: _Shown) -> None:
        plan = plan_release(site, shown.files, shown.tree, fingerprinted_of(shown.files.keys()) | shown.older)
        mark = secrets.token_hex(_MARK_BYTES)
        names = {"new": f"releases/.new-{self._clone}-{mark}", "old": f"releases/.old-{self._clone}-{mark}"}
        removed = "".join(f"{name}\n" for name in sorted(shown.tree - plan.kept))
        self._script(_PREPARE, stdin=removed.encode(), **names)
        with tempfile.TemporaryDirectory(prefix="hromada-") as stage:
            for name, data in staged(site, plan.written):
                path = Path(stage, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            self._transfer(Path(stage), f"{self._address.path}/{names['new']}", has_rsync=shown.has_rsync)
        manifest = manifest_text(site.digests).encode()
        self._script(_SWITCH, stdin=manifest, version=site.version, digest=digest(manifest), **names)

    def _transfer(self, stage: Path, folder: str, *, has_rsync: bool) -> None:
        """Send the files of a folder: by rsync, which goes on where a connection was cut, or as a stream of tar."""
        if has_rsync and shutil.which(self._programs.rsync):
            shell = shlex.join([self._programs.ssh, *self._options()])
            # --ignore-times: a file of equal size and time may differ. -s: no shell reads the path.
            arguments = ["-rz", "-s", "--ignore-times", "--chmod=D755,F644", "--timeout=120", "-e", shell, f"{stage}/"]
            self._run([self._programs.rsync, *arguments, f"{self._address.login}:{folder}/"], timeout=_LONG)
            return
        with tempfile.TemporaryFile() as archive:
            with tarfile.open(fileobj=archive, mode="w|gz", format=tarfile.PAX_FORMAT) as tar:
                for path in sorted(stage.rglob("*")):
                    entry = tar.gettarinfo(path, path.relative_to(stage).as_posix())
                    entry.uid = entry.gid = 0
                    entry.uname = entry.gname = ""
                    entry.mode = 0o755 if path.is_dir() else 0o644
                    with path.open("rb") if path.is_file() else contextlib.nullcontext() as file:
                        tar.addfile(entry, file)
            archive.seek(0)
            command = f"umask 022; cd {shlex.quote(folder)} && tar -xzf - -m"
            self._run(self._remote(command), timeout=_LONG, stream=archive)

    def _inspect(self) -> _Shown:
        first = _sections(self._script(_INSPECT).decode("utf-8", "surrogateescape"))
        if "end" not in first:
            return _Shown()
        version = first[""].strip().rpartition("/")[2]
        log = ReleaseLog.read(first["log"])
        older = frozenset[str]()
        if before := log.before(version if is_version(version) else "")[1:]:
            lines = self._script(
                "cd {folder} && grep -E '  (theme|images)/' {manifest} || true", manifest=f"manifests/{before[0]}"
            )
            older = fingerprinted_of(read_manifest(lines.decode("utf-8", "replace")).keys())
        differing = {line.rpartition(": ")[0] for line in first.get("differing", "").split("\n") if line}
        manifest = read_manifest(first.get("manifest", ""))
        files = {name: id for name, id in manifest.items() if name not in differing}
        tree = frozenset(name.removeprefix("./") for name in first.get("tree", "").split("\n") if name)
        return _Shown(
            version if is_version(version) else "", files, tree, log, bool(first["rsync"].strip()), older & tree,
            bool(manifest) and not differing,
        )  # fmt: skip

    # --- the connection -----------------------------------------------------------------------------------------------

    def _options(self) -> tuple[str, ...]:
        port = ("-p", str(self._address.port)) if self._address.port else ()
        return (*_OPTIONS, *self._programs.options, *port)

    def _remote(self, command: str) -> list[str]:
        """The command line that runs a command of `sh` there, whatever shell the account has."""
        return [self._programs.ssh, *self._options(), "--", self._address.login, f"exec sh -c {shlex.quote(command)}"]

    def _script(self, script: str, *, stdin: bytes = b"", **values: str) -> bytes:
        """The output of a script; its values are our own names, but for the folder."""
        text = script.format(
            folder=shlex.quote(self._address.path),
            clone=self._clone,
            abandoned=_ABANDONED,
            leftovers=_LEFTOVERS,
            **values,
        )
        with tempfile.TemporaryFile() as stream:
            stream.write(stdin)
            stream.seek(0)
            return self._run(self._remote(text), timeout=_SHORT, stream=stream)

    def _run(self, command: Sequence[str], *, timeout: int, stream: object = subprocess.DEVNULL) -> bytes:
        try:
            done = subprocess.run(command, stdin=stream, capture_output=True, timeout=timeout, check=False)  # type: ignore[call-overload]  # a file or DEVNULL
        except FileNotFoundError:
            raise HostFailed(f"Не знайдено програму {command[0]}. Встановіть її: OpenSSH.") from None
        except subprocess.TimeoutExpired:
            raise HostFailed(f"Сервер {self.name} не відповів за {timeout // 60} хв.") from None
        if done.returncode:
            raise self._failure(done.returncode, done.stderr.decode("utf-8", "replace").strip())
        output: bytes = done.stdout
        return output

    def _failure(self, status: int, said: str) -> PublicationRefused:
        """The reason of a failed command, with what ssh, rsync or the server's shell said."""
        if status == _FOREIGN:
            reason = (
                f"На сервері {self.name} – не наша публікація: «current» там не посилання, «releases», «manifests» або"
                " «publications.txt» – посилання, або в «publications.txt» чужі рядки. Вкажіть іншу теку."
            )
        elif status == _DAMAGED:
            reason = f"На сервер {self.name} сайт дійшов пошкодженим (або бракує місця). Повторіть: make publish."
        elif "Host key verification failed" in said or "REMOTE HOST IDENTIFICATION HAS CHANGED" in said:
            reason = (
                f"Ключ сервера {self._address.host} невідомий або не той, що був. Звірте його з тим, хто веде сервер, і один раз"
                f" увійдіть самі: ssh {self._address.login}."
            )
        elif "Permission denied" in said and status == _SSH_FAILED:
            reason = f"Сервер {self.name} не прийняв вашого ключа: його має додати той, хто веде сервер."
        elif "No space left" in said:
            reason = f"На сервері {self.name} немає місця."
        else:
            reason = f"Сервер {self.name} не прийняв сайту: перевірте мережу, адресу й права на теку."
        return HostFailed(f"{reason}\n{indent(said)}\n" if said else reason)


def _sections(output: str) -> dict[str, str]:
    """What stands below each mark of a script's output, and above the first one."""
    parts = re.split(r"\n=([a-z]+)\n", f"\n{output}")
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}
