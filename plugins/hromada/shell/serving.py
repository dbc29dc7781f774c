"""`make serve`: the site on localhost, brought up to date on every change; the browser is told to reload."""

from __future__ import annotations

import contextlib
import html
import http.server
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hromada.shell.call import Call
from hromada.shell.handbook_files import Handbook
from hromada.shell.own_folders import misplaced_output
from hromada.shell.speaking import DONE, FAILED, REFUSED, complain

# Only the served copy has it: the built pages stay without script. The site's own policy allows a script of its own.
_RELOAD = b'<script src="/__reload.js"></script></body>'
_SCRIPT = b"""let seen = null;
async function ask() {
  try {
    const now = await (await fetch("/__version", {cache: "no-store"})).text();
    if (seen !== null && now !== seen) location.reload();
    seen = now;
  } catch { seen = seen ?? ""; }
  setTimeout(ask, 200);
}
ask();
"""
_TROUBLE = """<!doctype html>
<html lang="uk"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>{style}</head><body><main class="main wrap" id="main">
<p class="kicker">Попередній перегляд</p><h1>{title}</h1><p class="lead">{advice}</p>
<ul class="plain-list">{problems}</ul></main></body></html>
"""
# Together: a program that saves a file in several steps is waited for, an editor is not.
_STEP, _DEBOUNCE, _PULSE = 15, 300, 500  # ms


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True
    version = 0
    trouble: bytes | None = None  # shown instead of every page, until the content is mended
    has_missed = False  # a page was asked for that is not there: somebody may have removed it

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser closes connections as it likes."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Static files, with 404.html, and the reloading script put into pages."""

    server: _Server

    def do_GET(self) -> None:
        if self.path == "/__reload.js":
            return self._send(_SCRIPT, "text/javascript")
        if self.path == "/__version":
            return self._send(str(self.server.version).encode(), "text/plain")
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        is_page = path.suffix == ".html" or not path.suffix
        if is_page and self.server.trouble is not None:
            return self._page(self.server.trouble)
        if path.suffix == ".html" and path.is_file():
            return self._page(path.read_bytes())
        return super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.server.has_missed |= code == 404
        page = Path(self.directory, "404.html")
        if code == 404 and page.is_file():
            return self._page(page.read_bytes(), 404)
        return super().send_error(code, message, explain)

    def list_directory(self, path: Any) -> None:
        """No host shows what lies in a folder."""
        self.send_error(404)

    def _page(self, data: bytes, status: int = 200) -> None:
        self._send(data.replace(b"</body>", _RELOAD), "text/html; charset=utf-8", status)

    def _send(self, data: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Editors read what the build says, not every request."""


class _Answer(NamedTuple):
    """What the builder says of a build."""

    status: int = FAILED
    problems: Sequence[str] = ()
    changed: bool = False
    due_in: float | None = None  # seconds until an item falls due
    sure: bool = True  # that nothing has changed beside what the builder was told


class _Builder:
    """The process that builds (builder.py); a new one when our own code has changed or the old one has died."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._start()

    def _start(self) -> None:
        root = self._call.root
        paths = os.pathsep.join([str(root / "plugins"), str(root)])
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "hromada.shell.builder", str(root)], cwd=root, text=True,
            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths},
        )  # fmt: skip

    def build(self, order: Mapping[str, Any], *, again: bool = True) -> _Answer:
        """A build as of now; a process that has died is started `again` once. The order is builder.py's."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{json.dumps(order)}\n")
            self._process.stdin.flush()
            return _Answer(**json.loads(self._process.stdout.readline()))
        except (OSError, ValueError):
            self.restart()
            return self.build({}, again=False) if again else _Answer()

    def restart(self) -> None:
        self.close()
        self._start()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


class _Preview:
    """The site in the browser: the server, the process that builds, and when something falls due."""

    def __init__(self, call: Call, server: _Server) -> None:
        self._output, self._server = call.output, server
        self._builder = _Builder(call)
        self._due: float | None = None
        self.status, self.is_sure = DONE, True

    @property
    def is_due(self) -> bool:
        return self._due is not None and time.monotonic() >= self._due

    def renew(self, *, code_changed: bool = False, **order: Any) -> None:
        """Build, and have the browser show what came of it."""
        if code_changed:
            self._builder.restart()
        answer = self._builder.build(order)
        trouble = None if answer.status == DONE else _trouble(answer, self._output)
        if answer.changed or trouble != self._server.trouble:
            self._server.version += 1
        self._server.trouble, self.status, self.is_sure = trouble, answer.status, answer.sure
        self._due = None if answer.due_in is None else time.monotonic() + answer.due_in

    def close(self) -> None:
        self._builder.close()
        self._server.shutdown()


def serve(call: Call) -> int:
    """Serve until Ctrl-C; a change that the check refuses is shown in the browser, and the last good site is kept."""
    if fault := misplaced_output(call.root, call.content, call.output):
        complain(fault)
        return REFUSED
    call.output.mkdir(parents=True, exist_ok=True)

    def handler(*args: Any) -> _Handler:
        return _Handler(*args, directory=str(call.output))

    try:
        server = _Server(("127.0.0.1", call.port), handler)
    except OSError:
        print(f"Порт {call.port} зайнято: закрийте інший перегляд або вкажіть PORT=8001.", file=sys.stderr)
        return 1
    preview = _Preview(call, server)
    preview.renew()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Перегляд: http://localhost:{call.port}/  (Ctrl+C — зупинити)", flush=True)
    code = [call.root / "plugins", call.root / call.conf]
    with contextlib.suppress(KeyboardInterrupt):
        for changed in _changes([call.content, call.theme, *_handbook(call), *code]):
            if changed is None or changed or preview.is_due:
                ours = any(path.is_relative_to(one) for path in changed or () for one in code)
                preview.renew(code_changed=ours, saved=[str(path) for path in changed or ()])
            elif server.has_missed:
                server.has_missed = False
                preview.renew(look=True)
            elif not preview.is_sure:  # the watch may have missed something
                preview.renew(verify=True)
    preview.close()
    return preview.status


def _handbook(call: Call) -> list[Path]:
    """The folders of the handbook; a fault of the settings has been told by the build."""
    try:
        return Handbook(call.root, call.settings().handbook).places()
    except (OSError, ValueError):
        return []


def _changes(places: Sequence[Path]) -> Iterator[list[Path] | None]:
    """What has changed in the places, again and again; nothing, each half second; None when anything may have.

    That is so when a watch has begun, and when a place itself has gone, come or been replaced by another one: the watch
    holds the folder that it began with.
    """
    from watchfiles import watch

    while True:
        began_with, is_new = _identities(places), True
        there = [place for place, identity in zip(places, began_with, strict=True) if identity]
        changes = watch(*there, step=_STEP, debounce=_DEBOUNCE, rust_timeout=_PULSE, yield_on_timeout=True)
        for changed in changes:
            yield None if is_new else [Path(path) for _, path in changed]
            is_new = False
            if _identities(places) != began_with:
                break


def _identities(places: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Of each place its device and inode; None for one that is not there."""
    found: list[tuple[int, int] | None] = []
    for place in places:
        try:
            state = place.stat()
        except OSError:
            found.append(None)
        else:
            found.append((state.st_dev, state.st_ino))
    return found


def _trouble(answer: _Answer, output: Path) -> bytes:
    """The page that stands for all others while the site can't be built; it borrows the last good site's style."""
    styles = sorted(path.relative_to(output).as_posix() for path in output.glob("theme/css/*.css"))
    style = f'<link rel="stylesheet" href="/{styles[0]}">' if styles else ""
    title = "У програмі сталася помилка" if answer.status == FAILED else "Сайт не побудовано: виправте зауваження"
    advice = (
        "Подробиці в терміналі." if answer.status == FAILED else "Щойно файл буде збережено, сторінка оновиться сама."
    )
    shown = "".join(f"<li>{html.escape(problem)}</li>" for problem in answer.problems)
    return _TROUBLE.format(title=title, advice=advice, problems=shown, style=style).encode()
