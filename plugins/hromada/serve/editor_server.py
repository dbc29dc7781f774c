"""The editor in the browser on this computer: its pages, the content folder as a git host, the check's findings, publishing.

It has a port, so an origin, of its own: a page of the preview, whose text is an editor's, can't read the token that the
editor's pages keep. Whatever reads or writes needs that token, which is made anew in each run and stands only in the
address that the person opens (after `#`, so browsers send it nowhere).
"""

from __future__ import annotations

import hmac
import http.server
import json
import mimetypes
import secrets
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

from msgspec import Struct, field

from hromada.console.messages import EXIT_REFUSED
from hromada.domain.calendar import KYIV
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.media_types import MEDIA_TYPES
from hromada.serve import git_api
from hromada.serve.content_files import ContentFiles
from hromada.serve.findings import Findings, field_at, for_form
from hromada.serve.git_api import Asked, RequestRefused
from hromada.serve.http_server import ADDRESS, BadPath, LocalHandler, file_name, refusal
from hromada.serve.publish_process import PublishProcess
from hromada.system.git import Git, GitFailed
from hromada.system.regular_files import RegularFile

ADMIN = "admin/"
LOCAL = "__local/"  # requests that no git host has
_JSON = "application/json; charset=utf-8"
_LARGEST_QUESTION = 1_000_000  # bytes of a request that saves nothing
_LONGEST_WAIT = 20.0  # seconds in which a check should have ended
_HISTORY = 100  # commits of a file
_SCRIPT = lazy_compile(r"admin/[\w-]+/local\.js")  # of the build: takes the token out of the address and draws the bar
_HEAD = b"<head>"


class EditorState(Struct):
    """What the editor's server shows; `serve.server` sets `files` and `pages` after each build."""

    root: Path
    output: Path
    content: ContentFiles
    findings: Findings
    publication: PublishProcess
    preview: str  # the preview's address
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    files: frozenset[str] = frozenset()  # outputs of the build
    pages: Mapping[str, str] = field(default_factory=dict)  # by content path the address of its page


class EditorServer(http.server.ThreadingHTTPServer):
    """Serves the editor on this computer."""

    request_queue_size = 256
    daemon_threads = True

    def __init__(self, port: int, state: EditorState) -> None:
        """On this port, or any free one if it is in use: a person opens the address that is printed."""
        try:
            super().__init__((ADDRESS, port), _Handler)
        except (OSError, OverflowError):
            super().__init__((ADDRESS, 0), _Handler)
        self.state = state

    @property
    def origin(self) -> str:
        return f"http://{ADDRESS}:{self.server_address[1]}"

    @property
    def repository(self) -> str:
        """Where this server shows the files of the repository that it plays, as the setting `repository` names a host."""
        return f"{self.origin}/{git_api.OWNER}/{git_api.NAME}/src/branch/{git_api.BRANCH}"

    @property
    def address(self) -> str:
        """What a person opens: with the token, which only this address has."""
        return f"{self.origin}/{ADMIN}#token={self.state.token}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignored: browsers close connections at any time."""


def _number(text: str) -> int:
    """A number of a request; -1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class _Handler(LocalHandler):
    """Answers requests of the editor's pages."""

    server: EditorServer
    framing = "'none'"

    def do_GET(self) -> None:  # noqa: N802  # the library's name
        self._respond(None)

    def do_POST(self) -> None:  # noqa: N802
        self._respond(self._body)

    def _respond(self, body: Callable[[int], bytes] | None) -> None:
        headers = self.headers_by_name()
        if status := refusal(headers):
            self.close_connection = True
            return self.refuse(status, "Редактор – лише для браузера цього комп’ютера і лише для власних сторінок.")
        try:
            name = file_name(self.path)
        except BadPath:
            return self.refuse(400, "Адресу записано неправильно.")
        if not name.startswith((git_api.PREFIX, LOCAL)):
            return self._page(name) if body is None else self.send_error(405)
        try:
            self._refuse_without_token(headers)
            answer = self._api(name, body)
        except RequestRefused as refused:
            self.close_connection |= body is not None
            return self._json(refused.as_object(), refused.status)
        except Exception:
            traceback.print_exc(file=sys.stderr)  # a bug; no header is in it
            return self._json({"message": "У програмі сталася помилка, подробиці в терміналі."}, 500)
        if isinstance(answer, bytes):
            return self.answer(answer, "application/octet-stream")
        return self._json(answer)

    def _refuse_without_token(self, headers: Mapping[str, list[str]]) -> None:
        given = headers.get("authorization", [])
        scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        is_right = hmac.compare_digest(token.strip().encode(), self.server.state.token.encode())
        if scheme.casefold() not in ("token", "bearer") or not is_right:
            raise RequestRefused(
                HTTPStatus.UNAUTHORIZED,
                "Відкрийте редактор за адресою, яку показав make serve: у ній ключ цього запуску.",
            )

    def _body(self, limit: int) -> bytes:
        """The request's body; RequestRefused for a longer one."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise RequestRefused(HTTPStatus.LENGTH_REQUIRED, "Не сказано, скільки байтів у запиті.")
        if len(length) > 12 or int(length) > limit:
            raise RequestRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Запит завеликий: файл має бути до 100 МБ.")
        if (
            self.headers.get_content_type() != "application/json"
        ):  # the only type that a form of another site can't send
            raise RequestRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Запит має бути JSON.")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise RequestRefused(HTTPStatus.BAD_REQUEST, "Запит обірвався.")
        return body

    def _api(self, name: str, body: Callable[[int], bytes] | None) -> Any:
        path, _, query = self.path.partition("?")
        asked = dict(parse_qsl(query, keep_blank_values=True))
        if name.startswith(LOCAL):
            what = name.removeprefix(LOCAL)
            return self._local(what, asked) if body is None else self._do(what, body(_LARGEST_QUESTION))
        api = git_api.asked_for(path.lstrip("/").removeprefix(git_api.PREFIX), asked)
        if body is None:
            return self._read(api)
        if api.what == "texts":
            return [self._file(path) for path in git_api.paths_of(body(_LARGEST_QUESTION))]
        if api.what == "contents":
            return self._save(body(git_api.LARGEST_REQUEST))
        raise RequestRefused(HTTPStatus.METHOD_NOT_ALLOWED, "Цього тут не змінюють.")

    # The git host

    def _read(self, api: Asked) -> Any:
        content = self.server.state.content
        match api.what:
            case "version":
                return {"version": git_api.VERSION}
            case "user":
                return git_api.user_object(*self._author())
            case "limits":
                return git_api.LIMITS
            case "repository":
                return git_api.repository_object()
            case "branch":
                return git_api.branch_object(content.head())
            case "tree":
                versions = content.versions()
                head = git_api.head_of({path: version.sha for path, version in versions.items()})
                return git_api.tree_object(head, versions)
            case "commits":
                return self._history(api.name)
            case "bytes":
                return self._bytes(api.name)
            case "file":
                return self._file_or_folder(api.name)
        raise RequestRefused(HTTPStatus.METHOD_NOT_ALLOWED, "Так цього не питають.")

    def _author(self) -> tuple[str, str]:
        from hromada.publish.local_commit import author_of

        try:
            return author_of(Git(self.server.state.root))
        except (GitFailed, OSError):
            return "", ""

    def _bytes(self, path: str) -> bytes:
        try:
            return self.server.state.content.read(path)
        except OSError:
            raise RequestRefused(HTTPStatus.NOT_FOUND, f"Такого файлу немає: {path}") from None

    def _file(self, path: str) -> dict[str, Any] | None:
        """A file with its contents and the version that these are; None if there is none."""
        content = self.server.state.content
        try:
            return git_api.file_object(path, *content.read_version(path))
        except OSError:
            return None

    def _file_or_folder(self, path: str) -> Any:
        if (file := self._file(path)) is not None:
            return file
        listed = git_api.listing(path, self.server.state.content.versions())
        if not listed:
            raise RequestRefused(HTTPStatus.NOT_FOUND, f"Такого файлу немає: {path}")
        return listed

    def _history(self, path: str) -> list[dict[str, Any]]:
        """The last commits of a file; none outside of a repository."""
        path = git_api.readable_path(path)
        form = "%H%x00%an%x00%ae%x00%aI%x00%s"
        try:
            log = Git(self.server.state.root).run("log", f"-{_HISTORY}", f"--format={form}", "--", f":(literal){path}")
        except (GitFailed, OSError):
            return []
        commits = []
        for line in filter(None, log.split("\n")):
            sha, name, email, day, subject = line.split("\0", 4)
            person = {"name": name, "email": email, "date": day}
            commits.append(
                {"sha": sha, "created": day, "author": None, "commit": {"author": person, "message": subject}}
            )
        return commits

    def _save(self, body: bytes) -> dict[str, Any]:
        state = self.server.state
        changes = git_api.changes_of(body)
        saved = state.content.save(changes)
        state.findings.note_saved(saved.began, [change.path for change, _ in saved.files], saved.kept)
        created = datetime.now(KYIV).isoformat(timespec="seconds")
        return git_api.saved_object(saved.head, created, saved.files) | {"kept": saved.kept}

    # What only this computer's editor has

    def _local(self, what: str, asked: Mapping[str, str]) -> Any:
        if what == "findings":
            return self._findings(asked.get("path", ""), _number(asked.get("seen", "")))
        if what == "publication":
            return self._publication(max(0, _number(asked.get("since", ""))))
        raise RequestRefused(HTTPStatus.NOT_FOUND, "Такого запиту тут немає.")

    def _publication(self, since: int) -> dict[str, Any]:
        """What has become of the publication; one that errors of the content have stopped comes with these."""
        state = self.server.state
        publication = state.publication.state(since)
        is_refused = publication["status"] == EXIT_REFUSED
        problems = state.findings.wait(-1, 0).problems if is_refused else ()
        return publication | {"problems": [for_form(problem) for problem in problems if problem["level"] == "error"]}

    def _findings(self, path: str, seen: int) -> dict[str, Any]:
        """What the check has found in a file, each with its field, and how much in all; after a change since `seen`."""
        state = self.server.state
        path = git_api.readable_path(path) if path else ""
        found = state.findings.wait(seen, _LONGEST_WAIT)
        own = [problem for problem in found.problems if path and problem["path"].partition("#")[0] == path]
        errors = sum(problem["level"] == "error" for problem in found.problems)
        try:
            data = state.content.read(path) if own else b""
        except OSError:
            data = b""
        fields = [field_at(path, data, problem["line"]) for problem in own]
        return {
            "number": found.number, "fresh": found.is_fresh, "saved": found.saved, "kept": found.kept, "errors": errors,
            "warnings": len(found.problems) - errors, "preview": state.preview, "page": state.pages.get(path, ""),
            "findings": [{**for_form(problem), **named._asdict()} for problem, named in zip(own, fields, strict=True)],
        }  # fmt: skip

    def _do(self, what: str, body: bytes) -> Any:
        state = self.server.state
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise RequestRefused(HTTPStatus.BAD_REQUEST, "Запит записано неправильно: це не об’єкт JSON.")
        if what == "publication":
            state.publication.start()
        elif what == "publication/answer":
            state.publication.answer(value.get("number"), value.get("answer"))
        else:
            raise RequestRefused(HTTPStatus.NOT_FOUND, "Такого запиту тут немає.")
        return self._publication(0)

    # Pages

    def _page(self, name: str) -> None:
        state = self.server.state
        if self.headers.get("Host", "").partition(":")[0] != ADDRESS:  # the token is kept for one of the names
            return self.move(f"{self.server.origin}/{quote(name)}", 302)
        if not name or name == ADMIN.rstrip("/"):
            return self.move(f"/{ADMIN}", 302)
        file = f"{name}index.html" if name.endswith("/") else name
        if file not in state.files or not file.startswith((ADMIN, "theme/")):
            return self.refuse(404, "Такої сторінки редактор не має.")
        try:
            data = RegularFile(str(state.output), file).read()
        except OSError:
            return self.refuse(404, "Сторінки немає: перевірте, чи сайт будується.")
        if file.endswith(".html"):
            data = data.replace(_HEAD, _HEAD + self._local_parts(), 1)
        suffix = Path(file).suffix.casefold()
        media_type = MEDIA_TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
        return self.answer(data, media_type)

    def _local_parts(self) -> bytes:
        """The bar's script and style; first in the page, since the other scripts look for the token that it takes."""
        script = next(filter(_SCRIPT.fullmatch, sorted(self.server.state.files)), "")
        style = script.removesuffix(".js") + ".css"
        return f'<script type="module" src="/{script}"></script><link rel="stylesheet" href="/{style}">'.encode()

    def _json(self, value: Any, status: int = 200) -> None:
        self.answer(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogateescape"), _JSON, status)
