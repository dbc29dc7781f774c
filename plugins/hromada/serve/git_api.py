"""The part of Gitea's API that the editor uses, as values: what a request asks for, and what the answer says.

The editor speaks to `make serve` as it speaks to a git host (https://docs.gitea.com/api), so the same scripts work with
both. Nothing here opens a file; `serve.content_files` has the files.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from hromada.domain.alphabet import to_nfc
from hromada.domain.file_names import (
    LARGEST_FILE,
    find_name_fault,
    is_approval,
    is_content_path,
    is_leftover,
    is_too_long,
    name_in_content,
    printable_name,
)
from hromada.domain.file_types import (
    AS_JPEG,
    is_phone_picture,
    is_picture,
    may_lie_in_content,
    sniff_disguised,
    suffix_of,
    type_of,
)
from hromada.domain.site_urls import REDIRECTS
from hromada.reading.alert_table import ALERTS
from hromada.reading.items import place_of
from hromada.reading.task_table import TASKS
from hromada.reading.text_decoding import LARGEST, MEGABYTE

OWNER, NAME, BRANCH = "local", "site", "main"  # of the repository that the folder is shown as
PREFIX = "api/v1/"
LARGEST_REQUEST = LARGEST_FILE * 4 // 3 + 1_000_000  # bytes: the largest file in Base64, and the words around it
_MOST_CHANGES = 200  # files of one request
_TABLES = frozenset({ALERTS, TASKS, REDIRECTS})
VERSION = "1.24.0"  # the first one with the request for several files' contents
# How much the editor may ask for at once.
LIMITS = {
    "default_paging_num": 500, "max_response_items": 500, "default_max_blob_size": LARGEST_FILE,
    "default_max_response_size": 20_000_000,
}  # fmt: skip


class RequestRefused(Exception):
    """A request is not carried out; the message is Ukrainian."""

    def __init__(self, status: int, message: str, **details: Any) -> None:
        super().__init__(message)
        self.status, self.details = status, details

    def as_object(self) -> dict[str, Any]:
        """The answer's JSON, in the form of Gitea's errors."""
        return {"message": str(self)} | self.details


class Operation(StrEnum):
    """What becomes of a file: the words of Gitea's API."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Change(Struct, frozen=True):
    """One file of a request to save: its new bytes, and by `sha` the version that its author has seen.

    `moved_from` is its path so far, empty if it stays where it is.
    """

    operation: Operation
    path: str
    data: bytes = b""
    sha: str = ""
    moved_from: str = ""


class Asked(Struct, frozen=True):
    """What a path below the API's root asks for, and of which file or commit."""

    what: str
    name: str = ""


def asked_for(path: str, query: Mapping[str, str]) -> Asked:
    """What a path (percent-encoded, without the API's root) asks for; RequestRefused for anything else than we play."""
    parts = [unquote(part) for part in path.split("/")]
    if parts in (["version"], ["user"]):
        return Asked(parts[0])
    if parts == ["settings", "api"]:
        return Asked("limits")
    if parts[:3] != ["repos", OWNER, NAME]:
        raise _not_found(path)
    match parts[3:]:
        case []:
            return Asked("repository")
        case ["branches", name] if name == BRANCH:
            return Asked("branch")
        case ["git", "trees", name]:
            return Asked("tree", name)
        case ["file-contents"]:
            return Asked("texts")
        case ["commits"]:
            return Asked("commits", query.get("path", ""))
        case ["raw", *names] | ["media", "main", *names] if names:
            return Asked("bytes", readable_path("/".join(names)))
        case ["contents"]:
            return Asked("contents")
        case ["contents", *names]:
            return Asked("file", readable_path("/".join(names)))
    raise _not_found(path)


def _not_found(path: str) -> RequestRefused:
    return RequestRefused(HTTPStatus.NOT_FOUND, f"Такого запиту тут немає: {printable_name(path)}")


def readable_path(path: object) -> str:
    """The path of a file or folder of the content that may be read; RequestRefused for any other."""
    if not isinstance(path, str) or not (path == "content" or is_content_path(path)):
        raise RequestRefused(HTTPStatus.FORBIDDEN, "Редактор бачить лише теку content/.")
    path = to_nfc(path)
    parts = path.split("/")
    if any(part.startswith(".") or not part for part in parts) or "\\" in path or "\0" in path:
        raise RequestRefused(HTTPStatus.FORBIDDEN, f"Такого шляху в content/ бути не може: {printable_name(path)}")
    return path


def writable_path(path: object) -> str:
    """The path of a file that may be written; RequestRefused with the reason for any other."""
    path = readable_path(path)
    if fault := _path_fault(path):
        raise RequestRefused(HTTPStatus.UNPROCESSABLE_ENTITY, f"{printable_name(path)}: {fault}", path=path)
    return path


def _path_fault(path: str) -> str:
    """Why a file of this path is not written, in Ukrainian; empty if it is."""
    name = name_in_content(path)
    if fault := find_name_fault(name):
        return fault
    if is_leftover(name):
        return "це не файл змісту, а слід роботи програми"
    if is_too_long(path):
        return "шлях до файлу задовгий для Windows, скоротіть назву"
    if is_approval(path):
        return "затверджені показники змінює лише make approve"
    if path.endswith(".md"):
        return "" if place_of(path) else "тут тексти не лежать"
    if path in _TABLES or (path.startswith("content/registers/") and suffix_of(path) == ".csv"):
        return ""
    if path.startswith("content/registers/") or not may_lie_in_content(path):
        if is_phone_picture(path):
            return f"це світлина HEIC з телефона, якої браузери не показують; {AS_JPEG}"
        return "файлів такого виду тут не буває"
    return ""


def changes_of(body: bytes) -> tuple[Change, ...]:
    """The changes that a request to save asks for, all of them or RequestRefused."""
    files = _object(body).get("files")
    if not isinstance(files, list) or not 0 < len(files) <= _MOST_CHANGES:
        raise _unclear(f"files: від 1 до {_MOST_CHANGES} файлів")
    changes = tuple(_change(file) for file in files)
    paths = [path for change in changes for path in (change.path, change.moved_from) if path]
    if len({path.casefold() for path in paths}) < len(paths):
        raise _unclear("один файл названо двічі")
    return changes


def paths_of(body: bytes) -> tuple[str, ...]:
    """The paths of the files whose contents a request asks for."""
    files = _object(body).get("files")
    if not isinstance(files, list) or len(files) > LIMITS["max_response_items"]:
        raise _unclear("files: перелік шляхів")
    return tuple(readable_path(path) for path in files)


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise _unclear("це не JSON") from None
    if not isinstance(value, dict):
        raise _unclear("це не об’єкт JSON")
    return value


def _unclear(what: str) -> RequestRefused:
    return RequestRefused(HTTPStatus.BAD_REQUEST, f"Запит записано неправильно: {what}.")


def _change(file: object) -> Change:
    if not isinstance(file, dict):
        raise _unclear("files: не об’єкти")
    try:
        operation = Operation(str(file.get("operation")))
    except ValueError:
        raise _unclear("operation: create, update або delete") from None
    path = writable_path(file.get("path"))
    sha, moved_from = file.get("sha") or "", file.get("from_path") or ""
    if not isinstance(sha, str) or not sha.isascii():
        raise _unclear("sha")
    if moved_from:
        moved_from = "" if moved_from == path else writable_path(moved_from)
    if operation is Operation.CREATE and (sha or moved_from):
        raise _unclear("нового файлу ще не було")
    if operation is not Operation.CREATE and not sha:
        raise RequestRefused(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"{path}: не сказано, яку версію змінено (sha).", path=path
        )
    if operation is Operation.DELETE:
        return Change(operation, path, sha=sha)
    data = _decoded(path, file.get("content"))
    return Change(operation, path, data, sha, moved_from)


def _decoded(path: str, content: object) -> bytes:
    if not isinstance(content, str):
        raise _unclear("content")
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise _unclear("content: не Base64") from None
    if fault := _bytes_fault(path, data):
        raise RequestRefused(HTTPStatus.UNPROCESSABLE_ENTITY, f"{path}: {fault}", path=path)
    return data


def _bytes_fault(path: str, data: bytes) -> str:
    """Why these bytes are no file of the path's type, in Ukrainian; empty if they may be. Pictures are decoded later."""
    file_type = type_of(path)
    if file_type is None or path in _TABLES:
        if len(data) > LARGEST.get(suffix_of(path), MEGABYTE):
            return "текст задовгий"
        try:
            return "у тексті є нульовий байт" if "\0" in data.decode("utf-8") else ""
        except UnicodeDecodeError:
            return "текст не в кодуванні UTF-8"
    if len(data) > LARGEST_FILE:
        return "файл завеликий: понад 100 МБ"
    if is_picture(path):
        return ""
    if sniffed := sniff_disguised(path, data):
        return f"усередині не те, що в назві: {sniffed}"
    if file_type.begins and not file_type.begins.match(data[:4096]):
        return "файл не того виду, що в назві, або пошкоджений"
    return ""


def blob_sha(data: bytes) -> str:
    """The name that git gives to these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def head_of(shas: Mapping[str, str]) -> str:
    """The name of a state of the whole content, as a commit's: another one whenever any file is."""
    lines = "".join(f"{path}\0{sha}\n" for path, sha in sorted(shas.items()))
    return hashlib.sha1(lines.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()


def branch_object(head: str) -> dict[str, Any]:
    return {"name": BRANCH, "protected": False, "commit": {"id": head, "message": "Зміст у теці цього комп’ютера"}}


def repository_object() -> dict[str, Any]:
    return {
        "name": NAME, "full_name": f"{OWNER}/{NAME}", "owner": {"login": OWNER}, "default_branch": BRANCH, "empty": False,
        "permissions": {"admin": False, "push": True, "pull": True},
    }  # fmt: skip


def user_object(name: str, email: str) -> dict[str, Any]:
    """The person at this computer, as git signs their commits."""
    return {"id": 1, "login": OWNER, "full_name": name or "Редактор", "email": email, "avatar_url": "", "html_url": ""}


def tree_object(head: str, files: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    """All files, by path their sha and size, on one page."""
    tree = [
        {"path": path, "mode": "100644", "type": "blob", "sha": sha, "size": size}
        for path, (sha, size) in files.items()
    ]
    return {"sha": head, "tree": tree, "truncated": False, "page": 1, "total_count": len(tree)}


def file_object(path: str, sha: str, data: bytes) -> dict[str, Any]:
    """A file with its contents."""
    return entry_object(path, sha, len(data)) | {"encoding": "base64", "content": base64.b64encode(data).decode()}


def entry_object(path: str, sha: str, size: int) -> dict[str, Any]:
    """A file in the list of its folder."""
    return {"name": path.rpartition("/")[2], "path": path, "sha": sha, "size": size, "type": "file"}


def folder_object(path: str) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "sha": "", "size": 0, "type": "dir"}


def listing(path: str, files: Mapping[str, tuple[str, int]]) -> list[dict[str, Any]]:
    """What lies directly in a folder, folders first; empty if there is none."""
    prefix = f"{path}/"
    below = {name: name.removeprefix(prefix).partition("/") for name in files if name.startswith(prefix)}
    folders = sorted({f"{prefix}{first}" for first, slash, _ in below.values() if slash})
    own = [name for name, (_, slash, _) in below.items() if not slash]
    return [*map(folder_object, folders), *(entry_object(name, *files[name]) for name in own)]


def saved_object(head: str, created: str, files: Sequence[tuple[Change, str]]) -> dict[str, Any]:
    """The answer to a request to save: each change with the sha that its file has now."""
    return {
        "commit": {"sha": head, "created": created, "message": ""},
        "files": [{"path": change.path, "sha": sha} if sha else None for change, sha in files],
    }
