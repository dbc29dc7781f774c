"""`make serve`: the site on localhost, rebuilt on every change; the browser is told to reload."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from hromada.shell.call import Call

# Only the served copy has it: the built pages stay without script. The site's own policy allows a script of its own.
_RELOAD = b'<script src="/__reload.js"></script></body>'
_SCRIPT = b"""let seen = null;
async function ask() {
  try {
    const now = await (await fetch("/__version", {cache: "no-store"})).text();
    if (seen !== null && now !== seen) location.reload();
    seen = now;
  } catch { seen = seen ?? ""; }
  setTimeout(ask, 500);
}
ask();
"""


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True
    version = 0

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
        if path.suffix == ".html" and path.is_file():
            return self._send(path.read_bytes().replace(b"</body>", _RELOAD), "text/html; charset=utf-8")
        return super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code == 404 and page.is_file():
            return self._send(page.read_bytes().replace(b"</body>", _RELOAD), "text/html; charset=utf-8", 404)
        return super().send_error(code, message, explain)

    def _send(self, data: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Editors read what the build says, not every request."""


def serve(call: Call) -> int:
    """Serve until Ctrl-C; a change that the check refuses leaves the last good site on."""
    from watchfiles import watch

    if status := _build(call):
        print("Сайт не побудовано; після виправлення він з’явиться сам.", flush=True)
    call.output.mkdir(parents=True, exist_ok=True)

    def handler(*args: Any) -> _Handler:
        return _Handler(*args, directory=str(call.output))

    try:
        server = _Server(("127.0.0.1", call.port), handler)
    except OSError:
        print(f"Порт {call.port} зайнято: закрийте інший перегляд або вкажіть PORT=8001.", file=sys.stderr)
        return 1
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Перегляд: http://localhost:{call.port}/  (Ctrl+C — зупинити)", flush=True)
    watched = [call.content, call.theme, call.root / "plugins", call.root / call.conf]
    try:
        for _ in watch(*(path for path in watched if path.exists()), raise_interrupt=True):
            if not (status := _build(call)):
                server.version += 1
    except KeyboardInterrupt:
        pass
    server.shutdown()
    return status


def _build(call: Call) -> int:
    """A fresh process sees changed code, too; it inherits CONTENT, OUTPUT and TODAY."""
    return subprocess.run([sys.executable, str(call.root / "tasks.py"), "html"], cwd=call.root, check=False).returncode
