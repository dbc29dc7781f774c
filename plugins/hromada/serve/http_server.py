"""The web server of `make serve`: the files of the last build, to this computer's own browser alone.

A page of another site can make the browser send requests here, under a name of its own too (DNS rebinding): so Host,
Origin and Fetch Metadata are checked. A request names a file of the build or none: no path of it reaches the disk.
"""

from __future__ import annotations

import http.server
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from hromada.system.regular_files import RegularFile

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
_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BAD_CHARACTER = re.compile("[\x00-\x1f\x7f\\\\]")
_TYPES = {  # of what the site consists of; Windows lets any program change what mimetypes says
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".atom": "application/atom+xml",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}


class BadPath(ValueError):
    """The path of a request is none that a file could have."""


def file_name(target: str) -> str:
    """The file that a request's target (RFC 9112, origin form) names, from the site's root; a folder ends with `/`.

    BadPath for an absolute address, a broken escape, bytes that are no UTF-8, a control character, `\\`, `.` and `..`.
    """
    path = target.partition("?")[0].partition("#")[0]
    if not path.startswith("/") or _BAD_ESCAPE.search(path):
        raise BadPath(target)
    try:
        name = unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise BadPath(target) from None
    if _BAD_CHARACTER.search(name) or {".", ".."} & set(name.split("/")):
        raise BadPath(target)
    return name[1:]


def refusal(headers: Mapping[str, list[str]]) -> int:
    """The status (RFC 9110) with which a request is refused by its headers (names in lower case), or 0.

    400: not one Host. 403: the Host is not this computer, or a page of another site asks: by Origin, or by
    Sec-Fetch-Site for what is no visit by a link; a frame of its own is none.
    """
    hosts = headers.get("host", [])
    if len(hosts) != 1:
        return 400
    if not _HOST.fullmatch(hosts[0].strip()):
        return 403
    if any(
        origin.strip().casefold() != f"http://{hosts[0].strip()}".casefold() for origin in headers.get("origin", [])
    ):
        return 403
    is_foreign = any(site.strip() not in ("same-origin", "none") for site in headers.get("sec-fetch-site", []))
    is_visit = headers.get("sec-fetch-mode") == ["navigate"] and headers.get("sec-fetch-dest", ["document"]) == [
        "document"
    ]
    return 403 if is_foreign and not is_visit else 0


class PreviewServer(http.server.ThreadingHTTPServer):
    """Serves `files` of `folder` on this computer; whoever builds sets the fields."""

    request_queue_size = 256
    daemon_threads = True

    def __init__(self, port: int, folder: Path) -> None:
        """OSError when the port is taken."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.folder = folder
        self.files: frozenset[str] = frozenset()  # what the build wrote; nothing else is served
        self.version = 0
        self.trouble: bytes | None = None  # shown instead of every page, until the content is mended
        self.has_missed = False  # a file of the build was asked for that is not there: somebody may have removed it

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser closes connections as it likes."""


class _Handler(http.server.BaseHTTPRequestHandler):
    """Files of the build, with 404.html, and the reloading script put into pages."""

    server: PreviewServer
    default_request_version = "HTTP/1.0"  # of a request that says none: an answer always has its status and headers
    timeout = 60  # seconds that a client may be silent: each holds a thread

    def do_GET(self) -> None:
        headers: dict[str, list[str]] = {}
        for name, value in self.headers.items():
            headers.setdefault(name.casefold(), []).append(value)
        if status := refusal(headers):
            return self._refuse(status, "Цей перегляд – лише для браузера цього комп’ютера.")
        try:
            name = file_name(self.path)
        except BadPath:
            return self._refuse(400, "Адресу записано неправильно.")
        if name == "__reload.js":
            return self._send(_SCRIPT, _TYPES[".js"])
        if name == "__version":
            return self._send(str(self.server.version).encode(), _TYPES[".txt"])
        return self._answer(name)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, name: str) -> None:
        files = self.server.files
        file = f"{name}index.html" if name.endswith("/") or not name else name
        suffix = Path(file).suffix.casefold()
        if self.server.trouble is not None and suffix in ("", ".html"):
            return self._page(self.server.trouble)
        if file not in files and f"{name}/index.html" in files:
            return self._move(f"/{name}/")
        data = self._read(file) if file in files else None
        if data is None:
            return self._page(self._read("404.html") or b"", 404)
        if suffix == ".html":
            return self._page(data)
        return self._send(data, _TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream")

    def _read(self, name: str) -> bytes | None:
        try:
            return RegularFile(str(self.server.folder), name).read()
        except OSError:
            self.server.has_missed = True
            return None

    def _move(self, path: str) -> None:
        self.send_response(301)
        self.send_header("Location", quote(path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _page(self, data: bytes, status: int = 200) -> None:
        self._send(data.replace(b"</body>", _RELOAD), _TYPES[".html"], status)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the library refuses before it comes to us: a method that we don't have, a broken or too long request."""
        self.close_connection = True
        self._refuse(code, "Такого запиту перегляд не приймає.")

    def _refuse(self, status: int, words: str) -> None:
        self._send(words.encode(), _TYPES[".txt"], status)

    def _send(self, data: bytes, media_type: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Content-Security-Policy", "frame-ancestors 'self'")  # a meta element can't say it
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Editors read what the build says, not every request."""
