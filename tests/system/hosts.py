"""Sites that are published to folders, servers and buckets: small ones whose pages name fingerprinted files."""

import hashlib
import os
import re
from pathlib import Path

from hromada.publish.host_publishing import HostTarget
from hromada.publish.hosts.host import VerifiedSite, site_of_files
from hromada.publish.hosts.release_folder import ReleaseFolder
from hromada.publish.site_tree import file_digests, version_of, write_version
from tests.system.clones import Clone

ASSET = re.compile(rb"theme/[a-z]+\.[0-9a-f]{10}\.[a-z]+")
MOMENT = "2022-01-15T12:00"


def asset(text: str, kind="css") -> str:
    return f"theme/site.{hashlib.sha256(text.encode()).hexdigest()[:10]}.{kind}"


def small_site(number: int, pages=6, filler=400) -> dict[str, bytes]:
    """A site whose home page and some others change with each number, all naming a style of every third number."""
    style = asset(f"style {number // 3}")
    picture = f"images/{hashlib.sha256(f'picture {number}'.encode()).hexdigest()[:16]}-480.webp"
    files = {style: f"/* {number // 3} */".encode() * filler, picture: os.urandom(0) + bytes([number % 256]) * 500}
    for page in range(pages):
        text = f"<!doctype html><title>{page}</title><link href=/{style}>"
        text += f"<img src=/{picture}>{number}" if page == number % pages else ""
        files[f"news/{page}/index.html"] = (text + "слово " * filler).encode()
    files["index.html"] = (
        f"<!doctype html><link href=/{style}><img src=/{picture}>{number} {'слово ' * filler}".encode()
    )
    files["404.html"] = b"<!doctype html>404"
    files["news/feed.atom"] = f"<feed>{number}</feed>".encode()
    return with_version(files)


def with_version(files: dict[str, bytes]) -> dict[str, bytes]:
    version = version_of({name: hashlib.sha256(data).hexdigest() for name, data in files.items()})
    return files | {"version.json": f'{{"version": "{version}"}}\n'.encode()}


def site(number: int) -> VerifiedSite:
    return site_of_files(small_site(number))


def own_files(folder: Path) -> dict[str, bytes]:
    """All files of a folder but the compressed ones."""
    return {
        name: (folder / name).read_bytes()
        for name in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        if not name.endswith((".br", ".gz"))
    }


def is_whole(shown: dict[str, bytes], wanted: dict[str, bytes]) -> bool:
    """Whether a folder shows a site, beside fingerprinted files of earlier ones alone."""
    others = shown.keys() - wanted.keys()
    return shown.items() >= wanted.items() and all(re.match(r"theme/|images/", name) for name in others)


class HostedClone(Clone):
    """An editor's clone whose site has a version, as ours has."""

    def build_for(self, build):
        made = super().build_for(build)

        def build_with_version(output, address, idle_steps_of=None):
            done = made(output, address, idle_steps_of)
            if not done.status:
                write_version(output, file_digests(output))
            return done

        return build_with_version

    def publish_to(self, host, **changes):
        return self.publish(target=HostTarget(host, MOMENT), **changes)

    def publish_into(self, folder: Path, **changes):
        return self.publish_to(ReleaseFolder(folder), **changes)

    def built(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in self.output.rglob("*")
            if path.is_file()
        }
