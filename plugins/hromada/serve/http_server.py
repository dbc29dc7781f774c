"""The web server of `make serve`: the files of the last build, for browsers on this computer only.

A page of another site can make the browser send requests here, also under its own host name (DNS rebinding), so Host,
Origin and Fetch Metadata are checked. Only files of the build are served: no other path of a request reaches the disk.
"""

from __future__ import annotations

import http.server
import mimetypes
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.media_types import MEDIA_TYPES
from hromada.editor.entry_links import FormKind, entry_link
from hromada.serve import post_page
from hromada.system.regular_files import RegularFile

# Inserted into served pages only: the built ones have no script. The site's Content-Security-Policy allows own scripts.
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
# What both servers listen on and what is opened and printed: «localhost» may lead a browser to ::1, where another program may listen.
ADDRESS = "127.0.0.1"
_POST = "__post/"  # followed by the address of an item
_HOST = lazy_compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_BAD_ESCAPE = lazy_compile(r"%(?![0-9A-Fa-f]{2})")
_BAD_CHARACTER = lazy_compile("[\x00-\x1f\x7f\\\\]")


class BadPath(ValueError):
    """The path of a request is invalid."""


def file_name(target: str) -> str:
    """The file of a request's target (RFC 9112, origin form), relative to the site's root; a folder ends with `/`.

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
    """The status (RFC 9110) that refuses a request by its headers (names in lower case), or 0.

    400: not exactly one Host. 403: Host is not this computer, or the request is from a page of another site, by Origin,
    or by Sec-Fetch-Site unless it is a navigation to a document (not in a frame).
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
    """Serves `files` of `folder` on this computer; the attributes are set after each build."""

    request_queue_size = 256
    daemon_threads = True

    def __init__(self, port: int, folder: Path) -> None:
        """OSError if the port is in use."""
        super().__init__((ADDRESS, port), _Handler)
        self.folder = folder
        self.root = folder.parent  # of the project
        self.posting = threading.Lock()
        self.files: frozenset[str] = frozenset()  # outputs of the build; nothing else is served
        self.version = 0
        self.error_page: bytes | None = None  # served instead of every page until the content is fixed
        self.forms: Mapping[str, tuple[str, int]] = {}  # by a page's folder the path of its item and the kind of form
        self.editor_origin = ""  # where the editor's pages are
        self.has_missing_file = False  # an output could not be read: it may have been removed

    @property
    def stylesheet(self) -> str:
        """The site's stylesheet, empty while there is none."""
        return next((name for name in sorted(self.files) if name.startswith("theme/css/site.")), "")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignored: browsers close connections at any time."""


class LocalHandler(http.server.BaseHTTPRequestHandler):
    """What the servers of this computer have in common: headers of requests and of answers, refusals, no log."""

    default_request_version = "HTTP/1.0"  # for a request without a version: the answer has a status line and headers
    timeout = 60  # seconds without data from a client, which occupies a thread
    framing = "'self'"  # who may show an answer in a frame; a meta element can't say it

    def headers_by_name(self) -> dict[str, list[str]]:
        """The request's headers, by their names in lower case."""
        headers: dict[str, list[str]] = {}
        for name, value in self.headers.items():
            headers.setdefault(name.casefold(), []).append(value)
        return headers

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Called by the library for an unsupported method, a malformed or a too long request."""
        self.close_connection = True
        self.refuse(code, "Такого запиту перегляд не приймає.")

    def refuse(self, status: int, message: str) -> None:
        self.answer(message.encode(), MEDIA_TYPES[".txt"], status)

    def move(self, address: str, status: int = 301) -> None:
        """Send the browser to another address, which is quoted already."""
        self.send_response(status)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, data: bytes, media_type: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Content-Security-Policy", f"frame-ancestors {self.framing}")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """No log of requests: editors read the build's messages."""


class _Handler(LocalHandler):
    """Answers with files of the build or 404.html; pages get the reloading script."""

    server: PreviewServer

    def do_GET(self) -> None:
        if status := refusal(self.headers_by_name()):
            return self.refuse(status, "Цей перегляд – лише для браузера цього комп’ютера.")
        try:
            name = file_name(self.path)
        except BadPath:
            return self.refuse(400, "Адресу записано неправильно.")
        if name == "__reload.js":
            return self.answer(_SCRIPT, MEDIA_TYPES[".js"])
        if name == "__post.js":
            return self.answer(post_page.SCRIPT, MEDIA_TYPES[".js"])
        if name == "__post.css":
            return self.answer(post_page.STYLE, MEDIA_TYPES[".css"])
        if name.startswith(_POST):
            return self._post(name.removeprefix(_POST))
        if name == "__version":
            return self.answer(str(self.server.version).encode(), MEDIA_TYPES[".txt"])
        return self._answer(name)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, name: str) -> None:
        files = self.server.files
        if f"{name}/".startswith(
            "admin/"
        ):  # a page of the preview must not share its origin: it could read the editor's token
            return self.move(f"{self.server.editor_origin}/{quote(name)}", 302)
        file = f"{name}index.html" if name.endswith("/") or not name else name
        suffix = Path(file).suffix.casefold()
        if self.server.error_page is not None and suffix in ("", ".html"):
            return self._page(self.server.error_page)
        if file not in files and f"{name}/index.html" in files:
            return self.move(quote(f"/{name}/"))
        data = self._read(file) if file in files else None
        if data is None:
            return self._page(self._read("404.html") or b"", 404)
        if suffix == ".html":
            path, form = self.server.forms.get(name, ("", FormKind.NONE))
            link = entry_link(path, FormKind(form))
            links = post_page.links_of(name, link and self.server.editor_origin + link)
            return self._page(data.replace(b"</body>", links + b"</body>"))
        return self.answer(data, MEDIA_TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream")

    def _post(self, name: str) -> None:
        """The texts of an item for social networks; only of a page that the build has made."""
        if not post_page.is_item(name) or f"{name}index.html" not in self.server.files:
            return self._page(self._read("404.html") or b"", 404)
        with self.server.posting:  # it reads the whole content: one at a time
            page = post_page.post_page(self.server.root, name, self.server.stylesheet)
        return self.answer(page, MEDIA_TYPES[".html"])

    def _read(self, name: str) -> bytes | None:
        try:
            return RegularFile(str(self.server.folder), name).read()
        except OSError:
            self.server.has_missing_file = True
            return None

    def _page(self, data: bytes, status: int = 200) -> None:
        self.answer(data.replace(b"</body>", _RELOAD), MEDIA_TYPES[".html"], status)
