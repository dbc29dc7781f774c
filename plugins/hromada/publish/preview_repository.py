"""Previews of requests in a repository of their own: one folder for each, on a branch that a git host shows as pages.

The branch has a single commit, which every change replaces: what is removed is in no history. Its message lists the previews,
so that neither a file nor a page does. Blobs of other previews are not fetched: their trees are enough to keep them.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from hromada.domain.lazy_regex import lazy_compile
from hromada.publish.pages_branch import identity
from hromada.publish.repository import PAGES_BRANCH, PublicationRefused
from hromada.publish.site_tree import SiteFiles
from hromada.system.git import Git, GitFailed

TOKEN_VARIABLE = "PREVIEWS_TOKEN"  # the right to write there; of the environment alone, never of an address
MOST_PREVIEWS = 20
MOST_BYTES = 900_000_000  # together: hosts show up to 1 GB
_TIP = "refs/previews/tip"
_TRAILER = "Preview"
_ATTEMPTS = 5  # runs of several requests write at the same time
_LINE = lazy_compile(rf"{_TRAILER}: (?P<folder>[a-z0-9-]+) (?P<size>\d+) (?P<moment>\S+) (?P<request>\S+)")
_LONGEST_NAME = 40
_HEAD = (
    '<!doctype html>\n<html lang="uk">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="robots" content="noindex">\n'
)
# At the root: nothing leads from here to a preview, and programs are asked to look at none.
_OWN_FILES = {
    ".nojekyll": "",
    "robots.txt": "User-agent: *\nDisallow: /\n",
    "index.html": f"{_HEAD}<title>Перегляди</title>\n<h1>Перегляди</h1>\n<p>Тут лежать перегляди ще не опублікованих змін. Кожен має власну адресу.</p>\n",
    "404.html": f"{_HEAD}<title>Перегляду немає</title>\n<h1>Цього перегляду немає</h1>\n<p>Зміни вже прийнято або відхилено, чи адресу скопійовано не повністю.</p>\n",
}


class Preview(Struct, frozen=True):
    """A preview that is shown: the name of the request's branch, its folder, its bytes, when it was put there."""

    request: str
    folder: str
    size: int
    moment: str

    @property
    def as_line(self) -> str:
        return f"{_TRAILER}: {self.folder} {self.size} {self.moment} {quote(self.request, safe='')}"

    @classmethod
    def of_line(cls, line: str) -> Preview | None:
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        return cls(unquote(match["request"]), match["folder"], int(match["size"]), match["moment"])


class PreviewsFailed(PublicationRefused):
    """The repository of previews does not take what is sent; the site has nothing to do with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "previews-failed")


class PreviewRepository:
    """The previews of the repository at an address; `folder` is a cache of what git knows of it."""

    def __init__(self, address: str, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        self.address = address
        self._environ = dict(os.environ if environ is None else environ)
        self._git = Git(folder, {**self._environ, **_credentials(address, self._environ)})

    def folder_of(self, request: str) -> str:
        """The folder of a request: the one that it has, else a new name that nobody can guess."""
        known = next((preview for preview in self._fetched()[1] if preview.request == request), None)
        if known:
            return known.folder
        name = re.sub(r"[^a-z0-9]+", "-", request.casefold())[-_LONGEST_NAME:].strip("-")
        return "-".join(filter(None, (name, secrets.token_hex(8))))

    def put(self, preview: Preview, site: SiteFiles) -> tuple[Preview, ...]:
        """Show a site in the folder of a preview; returns older ones that had to go for it."""
        if preview.size > MOST_BYTES:
            raise PreviewsFailed(
                f"Сайт завеликий для перегляду: {preview.size // 1_000_000} МБ із {MOST_BYTES // 1_000_000} МБ."
            )
        gone: tuple[Preview, ...] = ()
        self._fetched()
        tree = self._tree_of(site)

        def change(previews: Sequence[Preview], trees: dict[str, str]) -> list[Preview]:
            nonlocal gone
            others = [other for other in previews if preview.request != other.request]
            kept = _fitting([preview, *sorted(others, key=lambda other: other.moment, reverse=True)])
            gone = tuple(other for other in others if other not in kept)
            trees[preview.folder] = tree
            return kept

        self._replace(change)
        return gone

    def remove(self, request: str) -> bool:
        """Take the preview of a request away; whether there was one."""
        is_shown = any(preview.request == request for preview in self._fetched()[1])
        if is_shown:
            self._replace(lambda previews, _: [other for other in previews if other.request != request])
        return is_shown

    def _replace(self, change: Callable[[Sequence[Preview], dict[str, str]], list[Preview]]) -> None:
        """Put a commit in the place of the present one; again while other runs do the same."""
        for attempt in range(1, _ATTEMPTS + 1):
            old, previews = self._fetched()
            trees = self._trees(old)
            kept = change(previews, trees)
            new = self._commit(kept, trees)
            lease = f"--force-with-lease=refs/heads/{PAGES_BRANCH}:{old}"
            try:
                self._git.run("push", "--quiet", lease, self.address, f"{new}:refs/heads/{PAGES_BRANCH}")
            except GitFailed as failed:
                if attempt == _ATTEMPTS or self._remote_tip() == old:
                    raise self._failed(failed) from None
                continue
            self._git.run("update-ref", _TIP, new)
            return

    def _fetched(self) -> tuple[str, list[Preview]]:
        """The commit that is shown, and its previews."""
        self._prepare()
        tip = self._remote_tip()
        if not tip:
            return "", []
        if self._git.commit_of(_TIP) != tip:
            branch = f"+refs/heads/{PAGES_BRANCH}:{_TIP}"
            try:
                self._git.run("fetch", "--quiet", "--depth=1", "--filter=blob:none", "previews", branch)
            except GitFailed as failed:
                raise self._failed(failed) from None
            tip = self._git.commit_of(_TIP)
        message = self._git.run("log", "-1", "--format=%B", tip)
        previews = [Preview.of_line(line) for line in message.split("\n")]
        found = [preview for preview in previews if preview]
        if not found and self._is_foreign(tip):
            raise PreviewsFailed(
                f"У сховищі переглядів «{_shown(self.address)}» гілка {PAGES_BRANCH} має чуже. Дайте для переглядів окреме порожнє сховище."
            )
        return tip, found

    def _is_foreign(self, tip: str) -> bool:
        names = self._git.run("ls-tree", "--name-only", tip).split("\n")
        return not set(names) <= _OWN_FILES.keys() | {"CNAME", ""}

    def _prepare(self) -> None:
        folder = self._git.folder
        if not (folder / "HEAD").exists():
            folder.mkdir(parents=True, exist_ok=True)
            self._git.run("init", "--quiet", "--bare", ".")
        self._git.run("config", "remote.previews.url", self.address)
        self._git.run("config", "remote.previews.promisor", "true")  # so that git expects the blobs to be there

    def _remote_tip(self) -> str:
        try:
            return self._git.run("ls-remote", self.address, f"refs/heads/{PAGES_BRANCH}").partition("\t")[0]
        except GitFailed as failed:
            raise self._failed(failed) from None

    def _trees(self, commit: str) -> dict[str, str]:
        """The trees of the folders of a commit by their names."""
        if not commit:
            return {}
        entries = (line.partition("\t") for line in self._git.run("ls-tree", commit).split("\n"))
        return {name: facts.split(" ")[2] for facts, _, name in entries if facts.startswith("040000")}

    def _tree_of(self, site: SiteFiles) -> str:
        """The tree of a built site, whose files are now blobs here."""
        names = sorted(site.facts)
        paths = "".join(f"{site.folder / name}\n" for name in names)
        ids = self._git.run("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=os.fsencode(paths)).split("\n")
        listing = "".join(f"100644 {id}\t{name}\0" for id, name in zip(ids, names, strict=True))
        index = self._git.folder / f"index-{secrets.token_hex(4)}"
        scratch = Git(self._git.folder, self._git.environ, str(index))
        try:
            scratch.run("update-index", "-z", "--index-info", stdin=listing.encode("utf-8", "surrogateescape"))
            return scratch.run("write-tree")
        finally:
            index.unlink(missing_ok=True)

    def _commit(self, previews: Sequence[Preview], trees: Mapping[str, str]) -> str:
        entries = [
            f"040000 tree {trees[preview.folder]}\t{preview.folder}" for preview in previews if preview.folder in trees
        ]
        for name, text in _OWN_FILES.items():
            blob = self._git.run("hash-object", "-w", "--stdin", stdin=text.encode())
            entries.append(f"100644 blob {blob}\t{name}")
        if domain := _domain_kept(self._git):
            entries.append(domain)
        tree = self._git.run("mktree", "--missing", stdin="".join(f"{entry}\n" for entry in entries).encode())
        message = "\n".join(["Перегляди", "", *(preview.as_line for preview in previews), ""])
        return self._git.run("commit-tree", "-F", "-", tree, stdin=message.encode(), extra=identity(self._git))

    def _failed(self, failed: GitFailed) -> PreviewsFailed:
        token = self._environ.get(TOKEN_VARIABLE, "").strip()
        said = failed.output.replace(token, "***") if token else failed.output
        return PreviewsFailed(
            f"Сховище переглядів «{_shown(self.address)}» не відповідає або не приймає запису: перевірте TO і ключ {TOKEN_VARIABLE}.\n{said}"
        )


def _domain_kept(git: Git) -> str:
    """The entry of the host's own CNAME, which a person has put there."""
    if not git.commit_of(_TIP):
        return ""
    return git.run("ls-tree", _TIP, "CNAME")


def _fitting(previews: Sequence[Preview]) -> list[Preview]:
    """The first previews that fit together into what a host shows."""
    kept, total = list[Preview](), 0
    for preview in previews[:MOST_PREVIEWS]:
        total += preview.size
        if total > MOST_BYTES:
            break
        kept.append(preview)
    return kept


def _credentials(address: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Settings by which git asks the environment for the token, for this host alone: it stands in no command and no file."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not environ.get(TOKEN_VARIABLE, "").strip():
        return {}
    helper = f'!f() {{ test "$1" = get && printf "username=x-access-token\\npassword=%s\\n" "${TOKEN_VARIABLE}"; }}; f'
    values = (
        (f"credential.https://{parts.netloc.rpartition('@')[2]}.helper", helper),
        ("credential.useHttpPath", "false"),
    )
    numbered = {
        f"GIT_CONFIG_{field}_{number}": value
        for number, pair in enumerate(values)
        for field, value in zip(("KEY", "VALUE"), pair, strict=True)
    }
    return {"GIT_CONFIG_COUNT": str(len(values)), **numbered}


def _shown(address: str) -> str:
    """The address without what stands before an «@», which may be a secret."""
    scheme, mark, rest = address.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else address
