"""`make serve`: serves the site on this computer, rebuilds it on every change, and has the browser reload."""

from __future__ import annotations

import contextlib
import html
import json
import os
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hromada.console.messages import EXIT_FAILED, EXIT_OK, EXIT_REFUSED, print_error
from hromada.console.options import Options, misplaced_output
from hromada.content.handbook_files import Handbook
from hromada.serve.content_files import ContentFiles
from hromada.serve.editor_server import EditorServer, EditorState
from hromada.serve.findings import Findings
from hromada.serve.http_server import ADDRESS, PreviewServer
from hromada.serve.publish_process import PublishProcess

_ERROR_PAGE = """<!doctype html>
<html lang="uk"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>{style}</head><body><main class="main wrap" id="main">
<p class="kicker">Попередній перегляд</p><h1>{title}</h1><p class="lead">{advice}</p>
<ul class="plain-list">{problems}</ul>
<p><a href="{editor}/admin/">Відкрити редактор</a></p></main></body></html>
"""
# Chosen so that a program may save a file in several steps, while an editor does not wait noticeably.
_STEP, _DEBOUNCE, _POLL = 15, 300, 500  # ms


class _BuildAnswer(NamedTuple):
    """The build process's answer (see build_process.py)."""

    status: int = EXIT_FAILED
    problems: Sequence[str] = ()
    changed: bool = False
    due_in: float | None = None  # seconds until the next scheduled item
    sure: bool = True  # whether the build process has scanned the whole content folder
    # What is None is as it was in the last answer.
    files: Sequence[str] | None = None  # the output folder's files
    findings: Sequence[dict[str, Any]] | None = None  # the check's problems, as objects of JSON
    pages: Mapping[str, tuple[str, int]] | None = None  # by content path the address of its page and its kind of form


class _BuildProcess:
    """The build process (build_process.py), restarted when our own code has changed or it has died."""

    def __init__(self, options: Options, local_editor: str) -> None:
        self._options, self._local_editor = options, local_editor
        self._start()

    def _start(self) -> None:
        root = self._options.root
        paths = os.pathsep.join([str(root / "plugins"), str(root)])
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "hromada.serve.build_process", str(root), self._local_editor], cwd=root, text=True,
            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths},
        )  # fmt: skip

    def build(self, request: Mapping[str, Any], *, again: bool = True) -> _BuildAnswer:
        """Send a request; a process that has died is restarted and asked `again` once."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{json.dumps(request)}\n")
            self._process.stdin.flush()
            return _BuildAnswer(**json.loads(self._process.stdout.readline()))
        except (OSError, ValueError):
            self.restart()
            return self.build({}, again=False) if again else _BuildAnswer()

    def restart(self) -> None:
        self.close()
        self._start()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


class _PreviewServer:
    """The web server with the build process, and the time of the next scheduled item."""

    def __init__(self, options: Options, server: PreviewServer, editor: EditorServer) -> None:
        self._server, self._editor = server, editor
        self._build_process = _BuildProcess(options, editor.repository)
        self._due: float | None = None
        self.status, self.is_sure = EXIT_OK, True

    @property
    def is_due(self) -> bool:
        return self._due is not None and time.monotonic() >= self._due

    def renew(self, *, code_changed: bool = False, **request: Any) -> None:
        """Build, and pass the result to the web server."""
        if code_changed:
            self._build_process.restart()
        began = time.monotonic()
        answer = self._build_process.build(request)
        if answer.files is not None:
            self._server.files = self._editor.state.files = frozenset(answer.files)
        if answer.pages is not None:
            self._editor.state.pages = {path: address for path, (address, _) in answer.pages.items()}
            self._server.forms = {address[1:]: (path, form) for path, (address, form) in answer.pages.items()}
        self._editor.state.findings.note_checked(began, answer.findings)
        error_page = None if answer.status == EXIT_OK else _error_page(answer, self._server.files, self._editor.origin)
        if answer.changed or error_page != self._server.error_page:
            self._server.version += 1
        self._server.error_page, self.status, self.is_sure = error_page, answer.status, answer.sure
        self._due = None if answer.due_in is None else time.monotonic() + answer.due_in

    def close(self) -> None:
        self._build_process.close()
        self._server.shutdown()
        self._editor.shutdown()


def serve(options: Options) -> int:
    """Serve until Ctrl-C; while the content has errors the browser shows them, and the last good site is kept."""
    if fault := misplaced_output(options.root, options.content, options.output):
        print_error(fault)
        return EXIT_REFUSED
    options.output.mkdir(parents=True, exist_ok=True)
    try:
        server = PreviewServer(options.port, options.output)
        server.root = options.root
    except OSError:
        print(f"Порт {options.port} зайнято: закрийте інший перегляд або вкажіть PORT=8001.", file=sys.stderr)
        return 1
    editor = EditorServer(options.port + 1, _editor_state(options))
    server.editor_origin = editor.origin
    preview = _PreviewServer(options, server, editor)
    preview.renew()
    for http_server in (server, editor):
        threading.Thread(target=http_server.serve_forever, daemon=True).start()
    print(f"Редактор: {editor.address}")
    print(f"Перегляд: http://{ADDRESS}:{options.port}/  (Ctrl+C – зупинити)", flush=True)
    _open(editor.address)
    code = [options.root / "plugins", options.root / options.settings_file]
    with contextlib.suppress(KeyboardInterrupt):
        for changed in _changes([options.content, options.theme, *_handbook(options), *code]):
            if changed is None or changed or preview.is_due:
                code_changed = any(path.is_relative_to(folder) for path in changed or () for folder in code)
                preview.renew(code_changed=code_changed, saved=[str(path) for path in changed or ()])
            elif server.has_missing_file:
                server.has_missing_file = False
                preview.renew(look=True)
            elif not preview.is_sure or editor.state.findings.are_stale:  # the watcher may have missed something
                preview.renew(verify=True)
    editor.state.publication.close()
    preview.close()
    return preview.status


def _editor_state(options: Options) -> EditorState:
    is_own = os.path.realpath(options.content) == os.path.realpath(options.root / "content")
    obstacle = (
        "" if is_own else f"Опублікувати можна лише теку content/ сховища, а тут відкрито іншу: {options.content}."
    )
    content = ContentFiles(options.root, options.content, lambda: options.settings().archive_side)
    return EditorState(
        options.root, options.output, content, Findings(),
        PublishProcess(options.root, obstacle), f"http://{ADDRESS}:{options.port}",
    )  # fmt: skip


def _open(address: str) -> None:
    """Open the editor in the person's browser; not where a program has started us, or a browser of the terminal would open."""
    has_screen = os.name == "nt" or sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    if has_screen and sys.stdin.isatty() and sys.stdout.isatty():
        with contextlib.suppress(webbrowser.Error, OSError):
            webbrowser.open(address)


def _handbook(options: Options) -> list[Path]:
    """The folders of the handbook; a fault of the settings is reported by the build."""
    try:
        return Handbook(options.root, options.settings().handbook).folders()
    except (OSError, ValueError):
        return []


def _changes(paths: Sequence[Path]) -> Iterator[list[Path] | None]:
    """Endless batches of changed paths: an empty one each half second, None when anything may have changed.

    None comes after the start, and when a watched path itself was removed, created or replaced: the watcher would go on
    with the former folder.
    """
    from watchfiles import watch

    while True:
        identities, is_new = _identities(paths), True
        existing = [path for path, identity in zip(paths, identities, strict=True) if identity]
        changes = watch(*existing, step=_STEP, debounce=_DEBOUNCE, rust_timeout=_POLL, yield_on_timeout=True)
        for changed in changes:
            yield None if is_new else [Path(path) for _, path in changed]
            is_new = False
            if _identities(paths) != identities:
                break


def _identities(paths: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Device and inode of each path; None for one that doesn't exist."""
    identities: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            identities.append(None)
        else:
            identities.append((state.st_dev, state.st_ino))
    return identities


def _error_page(answer: _BuildAnswer, files: Iterable[str], editor: str) -> bytes:
    """The page shown instead of all others while the site can't be built, with the last good site's stylesheet."""
    styles = sorted(name for name in files if name.startswith("theme/css/") and name.endswith(".css"))
    style = f'<link rel="stylesheet" href="/{styles[0]}">' if styles else ""
    title = "У програмі сталася помилка" if answer.status == EXIT_FAILED else "Сайт не побудовано: виправте зауваження"
    advice = (
        "Подробиці в терміналі."
        if answer.status == EXIT_FAILED
        else "Щойно файл буде збережено, сторінка оновиться сама."
    )
    items = "".join(f"<li>{html.escape(problem)}</li>" for problem in answer.problems)
    return _ERROR_PAGE.format(title=title, advice=advice, problems=items, style=style, editor=editor).encode()
