"""A local server that plays the APIs of GitHub, Gitea and GitLab over one repository in memory, with faults on demand."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from hromada.editor.git_host import Backend, GitHost

TOKEN = "token-of-an-editor"
NAME = "hromada/site"
API = {"github": "/github", "gitea": "/gitea/api/v1", "gitlab": "/gitlab/api/v4"}
MEGABYTE = 1_000_000


def blob_sha(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class GitHosts:
    """The server: `files` are those of the branch, `commits` what was committed, `asked` the requests."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.commits: list[tuple[str, list[str]]] = []
        self.asked: list[tuple[str, str]] = []
        self.tokens: set[str] = set()  # that arrived
        self.fault: tuple[int, dict[str, str], dict[str, object]] | None = None  # status, headers, body of each answer
        self.before_write: Callable[[], None] | None = None  # what a colleague does just before a commit; once
        self.answers: dict[str, object] = {}  # by path: runs, pull requests
        hosts = self

        class Handler(_Handler):
            repository = hosts

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def git_host(self, backend: str) -> GitHost:
        """This server as the site's settings would name it."""
        return GitHost(Backend(backend), self.address, self.address + API[backend], NAME, "main")

    def host(self, backend: str) -> dict[str, str]:
        """What a page of /admin/ knows of the host."""
        return self.git_host(backend).as_object("")

    @property
    def head(self) -> str:
        digest = hashlib.sha1(usedforsecurity=False)
        for path, data in sorted(self.files.items()):
            digest.update(path.encode() + b"\0" + data)
        digest.update(str(len(self.commits)).encode())
        return digest.hexdigest()

    def commit(self, message: str, changes: dict[str, bytes | None]) -> None:
        for path, data in changes.items():
            if data is None:
                self.files.pop(path)
            else:
                self.files[path] = data
        self.commits.append((message, sorted(changes)))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Refused(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    repository: GitHosts
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """A test's output stays its own."""

    def do_OPTIONS(self) -> None:
        self._send(204, None)

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body: dict) -> None:
        hosts, parts = self.repository, urlsplit(self.path)
        hosts.asked.append((self.command, self.path))
        hosts.tokens.add(self.headers.get("Authorization", ""))
        if hosts.fault:
            status, headers, answer = hosts.fault
            self._send(status, answer, headers)
            return
        if (self.headers.get("Authorization") or "").split(" ")[-1] != TOKEN:
            self._send(401, {"message": "Bad credentials"})
            return
        backend, root = next((name, root) for name, root in API.items() if parts.path.startswith(f"{root}/"))
        path = parts.path.removeprefix(f"{root}/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            answer = hosts.answers.get(path) or getattr(self, f"_{backend}")(path, query, body)
        except Refused as refused:
            self._send(refused.status, {"message": str(refused)})
            return
        self._send(200, answer)

    def _send(self, status: int, answer: object, headers: dict[str, str] | None = None) -> None:
        data = b"" if answer is None else answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {
            "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Expose-Headers": "Retry-After, X-RateLimit-Remaining, X-RateLimit-Reset",
            "Content-Type": "application/json", "Content-Length": str(len(data)), **(headers or {}),
        }.items():  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _file(self, path: str) -> bytes:
        if path not in self.repository.files:
            raise Refused(404, "Not Found")
        return self.repository.files[path]

    def _folder(self, path: str) -> list[tuple[str, str, bool]]:
        """Name, path and whether it is a folder, of all that lies in a folder."""
        below = [name.removeprefix(f"{path}/") for name in self.repository.files if name.startswith(f"{path}/")]
        if not below:
            raise Refused(404, "Not Found")
        return sorted({(rest.split("/")[0], f"{path}/{rest.split('/')[0]}", "/" in rest) for rest in below})

    def _colleague(self) -> None:
        before, self.repository.before_write = self.repository.before_write, None
        if before:
            before()

    def _user(self, path: str) -> dict[str, object] | None:
        return {"login": "olena", "username": "olena", "name": "Олена"} if path == "user" else None

    def _contents(self, path: str, is_limited: bool) -> object:
        try:
            data = self._file(path)
        except Refused:
            return [
                {"name": name, "path": whole, "sha": "0" * 40 if is_folder else blob_sha(self.repository.files[whole]), "size": 1,
                 "type": "dir" if is_folder else "file"}
                for name, whole, is_folder in self._folder(path)
            ]  # fmt: skip
        if is_limited and len(data) > MEGABYTE:
            return {
                "path": path,
                "sha": blob_sha(data),
                "size": len(data),
                "type": "file",
                "encoding": "none",
                "content": "",
            }
        encoded = base64.encodebytes(data).decode()
        return {
            "path": path,
            "sha": blob_sha(data),
            "size": len(data),
            "type": "file",
            "encoding": "base64",
            "content": encoded,
        }

    def _blob(self, sha: str) -> object:
        data = next(data for data in self.repository.files.values() if blob_sha(data) == sha)
        return {"sha": sha, "encoding": "base64", "content": base64.b64encode(data).decode()}

    def _github(self, path: str, query: dict[str, str], body: dict) -> object:
        if path == "graphql":
            return self._commit_on_branch(body["variables"]["input"])
        return self._like_github(path, "sha", is_limited=True)

    def _like_github(self, path: str, sha: str, *, is_limited: bool) -> object:
        if user := self._user(path):
            return user
        rest = path.removeprefix(f"repos/{NAME}").lstrip("/")
        if not rest:
            return {"permissions": {"push": True}}
        if rest == "branches/main":
            return {"commit": {sha: self.repository.head}}
        if match := re.fullmatch(r"git/blobs/(\w+)", rest):
            return self._blob(match[1])
        if rest.startswith("contents/"):
            return self._contents(unquote(rest.removeprefix("contents/")), is_limited)
        raise Refused(404, "Not Found")

    def _commit_on_branch(self, entered: dict) -> object:
        self._colleague()
        hosts = self.repository
        if entered["expectedHeadOid"] != hosts.head:
            message = f'Expected branch to point to "{entered["expectedHeadOid"]}" but it did not. Pull and try again.'
            return {"data": None, "errors": [{"type": "STALE_DATA", "message": message}]}
        changes = entered["fileChanges"]
        hosts.commit(
            entered["message"]["headline"],
            {one["path"]: base64.b64decode(one["contents"]) for one in changes["additions"]}
            | {one["path"]: None for one in changes["deletions"]},
        )
        return {"data": {"createCommitOnBranch": {"commit": {"oid": hosts.head}}}}

    def _gitea(self, path: str, query: dict[str, str], body: dict) -> object:
        if path == f"repos/{NAME}/contents" and self.command == "POST":
            self._colleague()
            hosts, changes = self.repository, {}
            for one in body["files"]:
                data = hosts.files.get(one["path"])
                if one["operation"] == "create" and data is not None:
                    raise Refused(422, f"repository file already exists [path: {one['path']}]")
                if one["operation"] != "create" and (data is None or blob_sha(data) != one["sha"]):
                    raise Refused(422, f"sha does not match [given: {one['sha']}]")
                changes[one["path"]] = None if one["operation"] == "delete" else base64.b64decode(one["content"])
            hosts.commit(body["message"], changes)
            return {"commit": {"sha": hosts.head}, "files": []}
        return self._like_github(path, "id", is_limited=False)

    def _gitlab(self, path: str, query: dict[str, str], body: dict) -> object:
        hosts = self.repository
        if user := self._user(path):
            return user
        rest = path.removeprefix(f"projects/{NAME.replace('/', '%2F')}").lstrip("/")
        if not rest:
            return {"permissions": {"project_access": {"access_level": 30}, "group_access": None}}
        if rest == "repository/branches/main":
            return {"commit": {"id": hosts.head}}
        if rest == "repository/tree":
            found = self._folder(query["path"])
            return [
                {"name": name, "path": whole, "id": "0" * 40 if is_folder else blob_sha(hosts.files[whole]), "type": "tree" if is_folder else "blob"}
                for name, whole, is_folder in found
            ]  # fmt: skip
        if rest.startswith("repository/files/"):
            data = self._file(unquote(rest.removeprefix("repository/files/")))
            return {
                "content": base64.b64encode(data).decode(),
                "blob_id": blob_sha(data),
                "last_commit_id": f"last-{blob_sha(data)}",
            }
        if rest == "repository/commits":
            return self._commit_actions(body)
        raise Refused(404, "404 Not found")

    def _commit_actions(self, body: dict) -> object:
        self._colleague()
        hosts, changes = self.repository, {}
        for action in body["actions"]:
            data = hosts.files.get(action["file_path"])
            if action["action"] == "create" and data is not None:
                raise Refused(400, "A file with this name already exists")
            if action["action"] != "create" and (data is None or f"last-{blob_sha(data)}" != action["last_commit_id"]):
                raise Refused(400, "You are attempting to update a file that has changed since you started editing it.")
            changes[action["file_path"]] = None if action["action"] == "delete" else base64.b64decode(action["content"])
        hosts.commit(body["commit_message"], changes)
        return {"id": hosts.head}
