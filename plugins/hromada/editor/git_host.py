"""The git host to which the editor in the browser writes, read from the one setting `repository`."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from hromada.domain.lazy_regex import lazy_compile

GITHUB_API = "https://api.github.com"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NAME = lazy_compile(r"[A-Za-z0-9._-]+")
_BRANCH = lazy_compile(r"[\w./-]+")
_AUTHORITY = lazy_compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9a-fA-F:]+\](?::[0-9]{1,5})?")


class Backend(StrEnum):
    """The kinds of git hosts, as Sveltia CMS names them; Forgejo speaks Gitea's API."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"


class GitHost(NamedTuple):
    """Where the editor writes: `web` and `api` are addresses without a trailing slash, `repository` is `owner/name`."""

    backend: Backend
    web: str
    api: str
    repository: str
    branch: str

    @property
    def origin(self) -> str:
        """Scheme and host of the API, as a Content-Security-Policy names them."""
        parts = urlsplit(self.api)
        return f"{parts.scheme}://{parts.netloc}"

    def as_object(self, base: str) -> dict[str, str]:
        """What a page of the editor tells its scripts; `base` is the path of the site's root."""
        return {
            "backend": self.backend.value, "api": self.api, "web": self.web, "repository": self.repository,
            "branch": self.branch, "base": base,
        }  # fmt: skip


# The path of a file at a host: what stands before it is the repository, what follows is the branch. GitLab's also has a slash
# and a dash, so it is tried before GitHub's.
_PLACES = (
    (Backend.GITLAB, "/-/blob/"),
    (Backend.GITEA, "/src/branch/"),
    (Backend.GITHUB, "/blob/"),
)


def git_host(repository: str) -> GitHost | None:
    """The host that the setting names; None where the setting is empty, names no branch of a known host, or is not safe.

    A token is sent with every request, so an address without TLS is none, except on this computer.
    """
    parts = urlsplit(repository.rstrip("/"))
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not is_safe or not _AUTHORITY.fullmatch(parts.netloc):
        return None
    for backend, place in _PLACES:
        project, found, branch = unquote(parts.path).partition(place)
        names = project.strip("/").split("/")
        if found and len(names) >= 2 and all(map(_NAME.fullmatch, names)) and _BRANCH.fullmatch(branch):
            return _host(backend, f"{parts.scheme}://{parts.netloc}", names, branch)
    return None


def _host(backend: Backend, origin: str, names: list[str], branch: str) -> GitHost | None:
    if backend is Backend.GITLAB:  # groups may be nested, so the whole path is the project's
        return GitHost(backend, origin, f"{origin}/api/v4", "/".join(names), branch)
    *folders, owner, name = names  # Forgejo may lie in a folder of its host
    web = "/".join((origin, *folders))
    if backend is Backend.GITEA:
        return GitHost(backend, web, f"{web}/api/v1", f"{owner}/{name}", branch)
    if folders:
        return None
    api = GITHUB_API if origin == "https://github.com" else f"{origin}/api/v3"  # GitHub Enterprise
    return GitHost(backend, origin, api, f"{owner}/{name}", branch)
