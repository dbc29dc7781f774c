"""A git host on this computer over a real bare repository: the APIs of Forgejo (Gitea), GitHub and GitLab, as far as the editor asks.

    host = GitHostServer(BareRepository.holding(folder, files))
    host.setting("gitea")     # HROMADA["repository"] of a site whose editor writes here; also "github", "gitlab"
    host.token                # what a person enters; requests without it are refused
    host.repository.files()   # what has arrived
    host.requests             # every request, without its token
    host.runs.append(...)     # what the list of workflow runs answers

Another origin may call it (CORS), as hosts allow. `main` starts it from the command line for trials by hand.
"""

import base64
import json
import re
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from tests.editor.bare_repository import BareRepository, Commit, GitRefused, identity
from tests.editor.git_host_graphql import GraphqlApi

OWNER, NAME = "rada", "sait"
_VERSION = "12.0.1+gitea-1.22.0"  # Forgejo's


class Request(NamedTuple):
    """A request as it came; `body` is the decoded JSON of it, if it had some."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    status: int


class Answer(Exception):
    """Ends a request with a status, and JSON or bytes."""

    def __init__(self, status: int, body: Any = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers or {}


class PullRequest:
    """An asked-for merge of a branch, as both APIs show it."""

    def __init__(self, number: int, title: str, head: str, base: str, body: str, draft: bool, user: dict) -> None:
        self.number, self.title, self.head, self.base, self.body, self.user = number, title, head, base, body, user
        self.is_draft, self.state, self.is_merged, self.merge_sha = draft, "open", False, ""
        self.labels: list[str] = []
        self.created = self.updated = now()
        self.head_sha = ""  # once the branch is gone


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class GitHostServer:
    """Serves one repository `rada/sait` to one person with a token."""

    def __init__(self, repository: BareRepository, port: int = 0) -> None:
        self.repository, self.token = repository, "secret-token-of-an-editor"
        self.user = {
            "id": 7, "login": "olena", "username": "olena", "name": "Олена Коваль", "full_name": "Олена Коваль",
            "email": "olena@rada.example", "avatar_url": "", "html_url": "",
        }  # fmt: skip
        self.can_write = True
        self.requests: list[Request] = []
        self.runs: list[dict[str, Any]] = []  # of workflows, newest first, as GitHub's API shows them
        self.pulls: dict[int, PullRequest] = {}
        self.before: Callable[[str, str], None] = lambda method, path: None  # a test may raise Answer here
        self.lock = threading.RLock()
        self.graphql = GraphqlApi(self)
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler_of(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def setting(self, backend: str) -> str:
        """The setting `repository` that leads here."""
        place = {"gitea": "src/branch", "github": "blob", "gitlab": "-/blob"}[backend]
        return f"{self.address}/{OWNER}/{NAME}/{place}/{self.repository.branch}"

    def before_write(self, act: Callable[[], object]) -> None:
        """What happens just before the next request that writes; once."""

        def wait_for_write(method: str, _path: str) -> None:
            if method != "GET":
                self.before = lambda method, path: None
                act()

        self.before = wait_for_write

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- what all APIs do ----------------------------------------------------------------------------------------

    def author(self, given: dict | None = None) -> dict[str, str]:
        given = given or {}
        return identity(given.get("name") or self.user["name"], given.get("email") or self.user["email"])

    def head_sha(self, pull: PullRequest) -> str:
        return self.repository.resolve(f"refs/heads/{pull.head}") or pull.head_sha

    def open_pull(self, body: dict) -> PullRequest:
        head, base = body["head"].rpartition(":")[2], body["base"]
        if not self.repository.resolve(f"refs/heads/{head}") or not self.repository.resolve(f"refs/heads/{base}"):
            raise Answer(422, {"message": "Validation Failed: no such branch"})
        if any(pull.head == head and pull.state == "open" for pull in self.pulls.values()):
            raise Answer(422, {"message": f"A pull request already exists for {OWNER}:{head}."})
        pull = PullRequest(
            len(self.pulls) + 1, body["title"], head, base, body.get("body") or "", bool(body.get("draft")), self.user
        )
        self.pulls[pull.number] = pull
        return pull

    def merge_pull(self, pull: PullRequest, message: str) -> str:
        if pull.state != "open" or pull.is_draft:
            raise Answer(405, {"message": "Pull Request is not mergeable"})
        pull.head_sha = self.head_sha(pull)
        try:
            pull.merge_sha = self.repository.merge(pull.base, f"refs/heads/{pull.head}", message, self.author())
        except GitRefused:
            raise Answer(409, {"message": "Merge conflict"}) from None
        pull.state, pull.is_merged, pull.updated = "closed", True, now()
        return pull.merge_sha

    def delete_branch(self, name: str) -> None:
        for pull in self.pulls.values():
            if pull.head == name:
                pull.head_sha = self.head_sha(pull)
                pull.state = "closed"
        self.repository.delete_branch(name)

    def write_files(self, body: dict, files: list[dict], branch: str) -> tuple[str, list[str | None]]:
        """Commit operations on files as Forgejo names them; the commit's id, and each file's path or None."""
        tip = self.repository.resolve(f"refs/heads/{branch}")
        if not tip:
            raise Answer(404, {"message": f"branch does not exist [name: {branch}]"})
        there = {blob.path: blob.sha for blob in self.repository.blobs(tip)}
        changed, removed, paths = dict[str, bytes](), list[str](), []
        for file in files:
            operation, path, old = file["operation"], file["path"], file.get("from_path") or file["path"]
            if operation == "create" and path in there:
                raise Answer(422, {"message": f"repository file already exists [path: {path}]"})
            if operation in ("update", "delete"):
                if old not in there:
                    raise Answer(404, {"message": f"repository file does not exist [path: {old}]"})
                if file.get("sha") and file["sha"] != there[old]:
                    raise Answer(422, {"message": f"sha does not match [given: {file['sha']}, expected: {there[old]}]"})
            if operation == "delete" or old != path:
                removed.append(old)
            if operation != "delete":
                changed[path] = base64.b64decode(file.get("content") or "")
            paths.append(None if operation == "delete" else path)
        target = body.get("new_branch") or branch
        if target != branch:
            self.repository.create_branch(target, tip)
        author = self.author(body.get("author"))
        for who, key in (("AUTHOR", "author"), ("COMMITTER", "committer")):
            if when := (body.get("dates") or {}).get(key):
                author[f"GIT_{who}_DATE"] = when
        sha = self.repository.commit(
            target, body.get("message") or "Зміна", changed=changed, removed=tuple(removed), environment=author
        )
        return sha, paths


class _Api:
    """The routes of an API: pairs of a method with a pattern, and what answers."""

    largest: int | None = None  # bytes of a file that is shown with its content

    def __init__(self, host: GitHostServer) -> None:
        self.host, self.repository = host, host.repository

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, headers: Any) -> Any:
        for wanted, pattern, name in self.routes:
            if wanted == method and (match := re.fullmatch(pattern, path)):
                with self.host.lock:
                    return getattr(self, name)(*map(unquote, match.groups()), query=query, body=body, headers=headers)
        raise Answer(404, {"message": f"no such place: {method} {path}"})

    def user(self, **_):
        return self.host.user

    def repo(self, **_):
        write = self.host.can_write
        return {
            "id": 1, "name": NAME, "full_name": f"{OWNER}/{NAME}", "default_branch": self.repository.branch,
            "private": False, "fork": False, "owner": {"login": OWNER, "type": "Organization"}, "html_url": f"{self.host.address}/{OWNER}/{NAME}",
            "permissions": {"admin": False, "push": write, "pull": True},
        }  # fmt: skip

    def branch(self, name, **_):
        sha = self.repository.resolve(f"refs/heads/{name}")
        if not sha:
            raise Answer(404, {"message": "branch not found"})
        commit = self.repository.commits(sha, most=1)[0]
        return {
            "name": name,
            "commit": {
                "id": sha, "sha": sha, "message": commit.message, "timestamp": commit.when,
                "author": {"name": commit.name, "email": commit.email}, "commit": {"message": commit.message},
            },
        }  # fmt: skip

    def tree(self, revision, **_):
        sha = self.repository.resolve(revision)
        if not sha:
            raise Answer(404, {"message": "tree not found"})
        blobs = self.repository.blobs(sha)
        return {
            "sha": sha, "truncated": False, "page": 1, "total_count": len(blobs),
            "tree": [
                {"path": blob.path, "mode": "100644", "type": "blob", "size": blob.size, "sha": blob.sha} for blob in blobs
            ],
        }  # fmt: skip

    def blob(self, sha, headers, **_):
        try:
            data = self.repository.blob(sha)
        except GitRefused:
            raise Answer(404, {"message": "blob not found"}) from None
        if "raw" in headers.get("Accept", ""):
            return data
        return {"sha": sha, "size": len(data), "encoding": "base64", "content": base64.b64encode(data).decode()}

    def commits(self, query, **_):
        revision = self.repository.resolve(query.get("sha") or self.repository.branch)
        if not revision:
            raise Answer(404, {"message": "no such revision"})
        most = int(query.get("per_page") or query.get("limit") or 30)
        return [self.commit_object(one) for one in self.repository.commits(revision, query.get("path", ""), most)]

    def show_commit(self, sha, **_):
        """A commit with the files that it changed against its first parent."""
        found = self.repository.resolve(sha)
        if not found:
            raise Answer(404, {"message": "no such commit"})
        (commit,) = self.repository.commits(found, most=1)
        status = {"A": "added", "M": "modified", "D": "removed"}
        changed = (
            self.repository.changed(commit.parents[0], found)
            if commit.parents
            else [("A", blob.path) for blob in self.repository.blobs(found)]
        )
        return self.commit_object(commit) | {
            "files": [{"filename": path, "status": status[letter]} for letter, path in changed]
        }

    def commit_object(self, commit: Commit) -> dict:
        signature = {"name": commit.name, "email": commit.email, "date": commit.when}
        return {
            "sha": commit.sha, "created": commit.when, "author": {"login": self.host.user["login"], "avatar_url": ""},
            "html_url": f"{self.host.address}/{OWNER}/{NAME}/commit/{commit.sha}",
            "commit": {"message": commit.message, "author": signature, "committer": signature},
            "parents": [{"sha": parent} for parent in commit.parents],
        }  # fmt: skip

    def file(self, path, query, headers, **_):
        revision = query.get("ref") or self.repository.branch
        sha = self.repository.resolve(revision)
        if not sha:
            raise Answer(404, {"message": "no such revision"})
        blobs = self.repository.blobs(sha)
        found = next((blob for blob in blobs if blob.path == path), None)
        if found:
            data = self.repository.blob(found.sha)
            return data if "raw" in headers.get("Accept", "") else self.file_object(found, data)
        below = [blob for blob in blobs if blob.path.startswith(f"{path}/")] if path else blobs
        if not below:
            raise Answer(404, {"message": "Not Found"})
        skipped, listed = len(path) + 1 if path else 0, dict[str, dict]()
        for blob in below:
            name, slash, _ = blob.path[skipped:].partition("/")
            listed.setdefault(
                name,
                {
                    "name": name, "path": f"{path}/{name}".lstrip("/"), "type": "dir" if slash else "file",
                    "size": 0 if slash else blob.size, "sha": "" if slash else blob.sha,
                },
            )  # fmt: skip
        return list(listed.values())

    def file_object(self, blob, data: bytes) -> dict:
        is_whole = self.largest is None or blob.size <= self.largest
        return {
            "name": blob.path.rpartition("/")[2], "path": blob.path, "sha": blob.sha, "size": blob.size, "type": "file",
            "encoding": "base64" if is_whole else "none", "content": base64.b64encode(data).decode() if is_whole else "",
        }  # fmt: skip

    def write_file(self, path, body, method="", **_):
        """One file: PUT updates (or, at GitHub, creates), POST creates, DELETE removes."""
        branch = body.get("branch") or self.repository.branch
        operation = {"PUT": "update" if body.get("sha") else "create", "POST": "create", "DELETE": "delete"}[method]
        if method == "PUT" and operation == "create" and self.repository.blob_at(branch, path):
            raise Answer(422, {"message": 'Invalid request. "sha" wasn\'t supplied.'})
        try:
            sha, paths = self.host.write_files(body, [body | {"operation": operation, "path": path}], branch)
        except Answer as answer:
            raise (
                Answer(409, answer.body) if answer.status == 422 and self.conflict_status == 409 else answer
            ) from None
        commit = self.repository.commits(sha, most=1)[0]
        target = body.get("new_branch") or branch
        content = self.repository.blob_at(target, path) if paths[0] else None
        return Answer(
            200 if operation != "create" else 201,
            {
                "content": self.file_object(content, self.repository.blob(content.sha)) if content else None,
                "commit": self.commit_object(commit) | {"message": commit.message},
            },
        )

    def put_file(self, path, **known):
        return self.write_file(path, method="PUT", **known)

    def post_file(self, path, **known):
        return self.write_file(path, method="POST", **known)

    def delete_file(self, path, **known):
        return self.write_file(path, method="DELETE", **known)

    # --- pull requests --------------------------------------------------------------------------------------------

    def pull_object(self, pull: PullRequest) -> dict:
        return {
            "id": 100 + pull.number, "node_id": f"PR_{pull.number}", "number": pull.number, "title": pull.title, "body": pull.body,
            "html_url": f"{self.host.address}/{OWNER}/{NAME}/pulls/{pull.number}", "state": pull.state, "draft": pull.is_draft,
            "merged": pull.is_merged, "mergeable": pull.state == "open", "merge_commit_sha": pull.merge_sha or None,
            "merged_at": pull.updated if pull.is_merged else None, "created_at": pull.created, "updated_at": pull.updated,
            "user": pull.user, "labels": [{"name": label} for label in pull.labels],
            "head": {"ref": pull.head, "sha": self.host.head_sha(pull), "repo": {"full_name": f"{OWNER}/{NAME}"}},
            "base": {"ref": pull.base, "sha": self.repository.resolve(pull.base), "repo": {"full_name": f"{OWNER}/{NAME}"}},
        }  # fmt: skip

    def pull(self, number: str) -> PullRequest:
        if int(number) not in self.host.pulls:
            raise Answer(404, {"message": "Not Found"})
        return self.host.pulls[int(number)]

    def list_pulls(self, query, **_):
        state = query.get("state", "open")
        return [
            self.pull_object(one)
            for one in reversed(self.host.pulls.values())
            if state in ("all", one.state) and query.get("head", one.head).rpartition(":")[2] == one.head
        ]

    def show_pull(self, number, **_):
        return self.pull_object(self.pull(number))

    def post_pull(self, body, **_):
        return Answer(201, self.pull_object(self.host.open_pull(body)))

    def patch_pull(self, number, body, **_):
        pull = self.pull(number)
        pull.title, pull.state, pull.updated = body.get("title", pull.title), body.get("state", pull.state), now()
        return self.pull_object(pull)

    def pull_files(self, number, **_):
        pull, status = self.pull(number), {"A": "added", "M": "modified", "D": "removed"}
        found = self.repository.changed(pull.base, self.host.head_sha(pull))
        return [{"filename": path, "status": status.get(letter, "modified")} for letter, path in found]

    def merge(self, number, body, **_):
        pull = self.pull(number)
        title = (body or {}).get("commit_title") or (body or {}).get("MergeTitleField") or f"Merge {pull.head}"
        sha = self.host.merge_pull(pull, title)
        if (body or {}).get("delete_branch_after_merge"):
            self.host.delete_branch(pull.head)
        return {"sha": sha, "merged": True, "message": "merged"}

    def show_labels(self, number, **_):
        pull = self.pull(number)
        return {"number": pull.number, "labels": [{"name": label} for label in pull.labels]}

    def set_labels(self, number, body, **_):
        pull = self.pull(number)
        pull.labels, pull.updated = list(body.get("labels", pull.labels)), now()
        return self.show_labels(number)

    def add_labels(self, number, body, **_):
        pull = self.pull(number)
        pull.labels += [label for label in body["labels"] if label not in pull.labels]
        return [{"name": label} for label in pull.labels]

    # --- branches and runs ------------------------------------------------------------------------------------------

    def delete_ref(self, name, **_):
        if not self.repository.resolve(f"refs/heads/{name}"):
            raise Answer(422, {"message": "Reference does not exist"})
        self.host.delete_branch(name)
        return Answer(204)

    def move_ref(self, name, body, **_):
        self.repository.move_branch(name, body["sha"])
        return {"ref": f"refs/heads/{name}", "object": {"sha": body["sha"]}}

    def compare(self, base, head, **_):
        status = {"A": "added", "M": "modified", "D": "removed"}
        found = self.repository.changed(base, head.rpartition(":")[2])
        return {"files": [{"filename": path, "status": status.get(letter, "modified")} for letter, path in found]}

    def list_runs(self, query, **_):
        wanted = {"branch": "head_branch", "head_sha": "head_sha", "event": "event"}
        runs = [
            run for run in self.host.runs
            if all(run.get(key) == query[name] for name, key in wanted.items() if name in query)
        ]  # fmt: skip
        return {
            "total_count": len(runs),
            "workflow_runs": runs[: int(query.get("per_page") or query.get("limit") or 30)],
        }

    def show_run(self, number, **_):
        run = next((run for run in self.host.runs if str(run["id"]) == number), None)
        if run is None:
            raise Answer(404, {"message": "Not Found"})
        return run

    def run_jobs(self, number, **known):
        return {"jobs": self.show_run(number, **known).get("jobs", [])}


_REPO = f"/repos/{OWNER}/{NAME}"
_COMMON = (
    ("GET", "/user", "user"),
    ("GET", _REPO, "repo"),
    ("GET", rf"{_REPO}/branches/(.+)", "branch"),
    ("GET", rf"{_REPO}/git/trees/(.+)", "tree"),
    ("GET", rf"{_REPO}/git/blobs/([0-9a-f]+)", "blob"),
    ("GET", rf"{_REPO}/commits", "commits"),
    ("GET", rf"{_REPO}/contents/?(.*)", "file"),
    ("PUT", rf"{_REPO}/contents/(.+)", "put_file"),
    ("DELETE", rf"{_REPO}/contents/(.+)", "delete_file"),
    ("GET", rf"{_REPO}/pulls", "list_pulls"),
    ("POST", rf"{_REPO}/pulls", "post_pull"),
    ("GET", rf"{_REPO}/pulls/(\d+)", "show_pull"),
    ("PATCH", rf"{_REPO}/pulls/(\d+)", "patch_pull"),
    ("GET", rf"{_REPO}/pulls/(\d+)/files", "pull_files"),
    ("GET", rf"{_REPO}/issues/(\d+)", "show_labels"),
    ("POST", rf"{_REPO}/issues/(\d+)/labels", "add_labels"),
    ("GET", rf"{_REPO}/actions/runs", "list_runs"),
    ("GET", rf"{_REPO}/actions/runs/(\d+)", "show_run"),
    ("GET", rf"{_REPO}/actions/runs/(\d+)/jobs", "run_jobs"),
    ("GET", rf"{_REPO}/compare/(.+)\.\.\.(.+)", "compare"),
)


class GithubApi(_Api):
    conflict_status, largest = 409, 1_000_000
    routes = (
        *_COMMON,
        ("GET", rf"{_REPO}/commits/([^/]+)", "show_commit"),
        ("GET", rf"{_REPO}/collaborators/(.+)", "collaborator"),
        ("PUT", rf"{_REPO}/pulls/(\d+)/merge", "merge"),
        ("PATCH", rf"{_REPO}/issues/(\d+)", "set_labels"),
        ("DELETE", rf"{_REPO}/git/refs/heads/(.+)", "delete_ref"),
        ("PATCH", rf"{_REPO}/git/refs/heads/(.+)", "move_ref"),
    )

    def collaborator(self, login, **_):
        raise Answer(204 if login == self.host.user["login"] and self.host.can_write else 404)


class GiteaApi(_Api):
    conflict_status = 422
    routes = (
        *_COMMON,
        ("GET", rf"{_REPO}/git/commits/(.+)", "show_commit"),
        ("GET", rf"{_REPO}/actions/tasks", "list_runs"),
        ("GET", "/version", "version"),
        ("GET", "/settings/api", "settings"),
        ("GET", rf"{_REPO}/git/blobs", "blobs"),
        ("GET", rf"{_REPO}/raw/(.+)", "raw"),
        ("GET", rf"{_REPO}/media/([^/]+)/(.+)", "media"),
        ("POST", rf"{_REPO}/contents", "post_files"),
        ("POST", rf"{_REPO}/contents/(.+)", "post_file"),
        ("POST", rf"{_REPO}/branches", "post_branch"),
        ("DELETE", rf"{_REPO}/branches/(.+)", "delete_ref"),
        ("POST", rf"{_REPO}/pulls/(\d+)/merge", "merge"),
        ("PUT", rf"{_REPO}/issues/(\d+)/labels", "set_labels"),
    )

    def version(self, **_):
        return {"version": _VERSION}

    def settings(self, **_):
        return {
            "max_response_items": 50, "default_paging_num": 30, "default_git_trees_per_page": 1000, "default_max_blob_size": 10485760,
            "default_max_response_size": 104857600,
        }  # fmt: skip

    def blobs(self, query, headers, **_):
        return [self.blob(sha, headers=headers) for sha in query["shas"].split(",")]

    def raw(self, path, query, **_):
        return self.media(query.get("ref") or self.repository.branch, path)

    def media(self, revision, path, **_):
        found = self.repository.blob_at(revision, path)
        if not found:
            raise Answer(404, {"message": "Not Found"})
        return self.repository.blob(found.sha)

    def post_files(self, body, **_):
        branch = body.get("branch") or self.repository.branch
        sha, paths = self.host.write_files(body, body["files"], branch)
        commit = self.repository.commits(sha, most=1)[0]
        there = {blob.path: blob for blob in self.repository.blobs(sha)}
        return Answer(
            201,
            {
                "commit": self.commit_object(commit) | {"message": commit.message},
                "files": [
                    self.file_object(there[path], self.repository.blob(there[path].sha)) if path else None
                    for path in paths
                ],
            },
        )

    def post_branch(self, body, **_):
        old = body.get("old_ref_name") or body.get("old_branch_name") or self.repository.branch
        self.repository.create_branch(body["new_branch_name"], self.repository.resolve(old))
        return Answer(201, self.branch(body["new_branch_name"]))


_PROJECT = f"/projects/{OWNER}%2F{NAME}"


class GitlabApi(_Api):
    """What the pages of /admin/ ask of GitLab; the CMS is not tried with it."""

    routes = (
        ("GET", "/user", "user"),
        ("GET", _PROJECT, "project"),
        ("GET", rf"{_PROJECT}/repository/branches/(.+)", "branch"),
        ("GET", rf"{_PROJECT}/repository/tree", "folder"),
        ("GET", rf"{_PROJECT}/repository/files/(.+)", "file_with_commit"),
        ("POST", rf"{_PROJECT}/repository/commits", "post_commit"),
    )

    def project(self, **_):
        level = 30 if self.host.can_write else 20
        return {"permissions": {"project_access": {"access_level": level}, "group_access": None}}

    def folder(self, query, **known):
        found = self.file(query["path"], query=query, **known)
        return [one | {"id": one["sha"], "type": {"dir": "tree", "file": "blob"}[one["type"]]} for one in found]

    def file_with_commit(self, path, query, **_):
        found = self.repository.blob_at(query["ref"], path)
        if not found:
            raise Answer(404, {"message": "404 File Not Found"})
        content = base64.b64encode(self.repository.blob(found.sha)).decode()
        return {"content": content, "blob_id": found.sha, "last_commit_id": self._last_commit(query["ref"], path)}

    def _last_commit(self, revision: str, path: str) -> str:
        return self.repository.commits(revision, path, most=1)[0].sha

    def post_commit(self, body, **_):
        branch, files = body["branch"], []
        for action in body["actions"]:
            path = action["file_path"]
            if "last_commit_id" in action and action["last_commit_id"] != self._last_commit(branch, path):
                message = "You are attempting to update a file that has changed since you started editing it."
                raise Answer(400, {"message": message})
            files.append({"operation": action["action"], "path": path, "content": action.get("content")})
        try:
            sha, _ = self.host.write_files({"message": body["commit_message"]}, files, branch)
        except Answer as refused:
            raise Answer(400, refused.body) from None
        return Answer(201, {"id": sha})


def _handler_of(host: GitHostServer) -> type[BaseHTTPRequestHandler]:
    apis = {"/api/v1": GiteaApi(host), "/api/v3": GithubApi(host), "/api/v4": GitlabApi(host)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.loads(raw) if raw else None
            try:
                answer = self._found(parts.path, query, body)
            except Answer as refused:
                answer = refused
            except GitRefused as refused:
                answer = Answer(422, {"message": str(refused)})
            if not isinstance(answer, Answer):
                answer = Answer(200, answer)
            host.requests.append(Request(self.command, parts.path, query, body, answer.status))
            self._send(answer)

        def _found(self, path: str, query: dict[str, str], body: Any) -> Any:
            host.before(self.command, path)
            if self.headers.get("Authorization", "").partition(" ")[2] != host.token and path != "/api/v1/version":
                raise Answer(401, {"message": "Bad credentials"})
            if self.command == "POST" and path == "/api/graphql":
                with host.lock:
                    return host.graphql.answer(body["query"], body.get("variables") or {})
            for root, api in apis.items():
                if path.startswith(f"{root}/"):
                    return api.answer(self.command, path.removeprefix(root), query, body, self.headers)
            raise Answer(404, {"message": "Not Found"})

        def _send(self, answer: Answer) -> None:
            is_raw = isinstance(answer.body, bytes)
            data = answer.body if is_raw else b"" if answer.body is None else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/octet-stream" if is_raw else "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self._allow()
            self.end_headers()
            self.wfile.write(data)

        def do_OPTIONS(self) -> None:
            self.send_response(204)
            self.send_header("Content-Length", "0")
            self._allow()
            self.end_headers()

        def _allow(self) -> None:
            self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
            self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, If-None-Match")
            self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
            self.send_header("Access-Control-Expose-Headers", "Retry-After, X-RateLimit-Remaining, X-RateLimit-Reset")
            self.send_header("Cache-Control", "no-store")

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_PUT(self) -> None:
            self._answer()

        def do_PATCH(self) -> None:
            self._answer()

        def do_DELETE(self) -> None:
            self._answer()

        def log_message(self, *_: object) -> None:
            """Nothing: `host.requests` has them without the token."""

    return Handler


def main(content: Path, folder: Path, port: int) -> None:
    """Serve a content folder until the process ends; what is saved lands in a bare repository in `folder`."""
    files = {
        f"content/{file.relative_to(content).as_posix()}": file.read_bytes()
        for file in content.rglob("*")
        if file.is_file()
    }
    host = GitHostServer(BareRepository.holding(folder, files), port)
    print(host.setting("gitea"), host.setting("github"), host.token, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
