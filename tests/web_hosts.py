"""A local server that plays many hosts of the web, each path of which misbehaves in its own way, and notes who asked when."""

from __future__ import annotations

import contextlib
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from hromada.system.web_client import WebClient

AGENT = "hromada-links/1 (+https://rada.example/)"
_REDIRECTS = {
    "/moved": (301, "/ok"), "/moved-twice": (308, "/moved"), "/elsewhere": (302, "/ok"), "/first-moved": (301, "/elsewhere"),
    "/loop": (301, "/loop2"), "/loop2": (301, "/loop"), "/to-ftp": (302, "ftp://a.test/"), "/to-inside": (301, "http://inside.test/x"),
    "/to-other-site": (301, "http://other.test/ok"), "/moved-to-nothing": (301, "/404"), "/without-end": (302, "/without-end?"),
    "/to-cyrillic": (301, "/ok?т=1"),
}  # fmt: skip
_STATUSES = {
    "/ok": 200,
    "/": 200,
    "/404": 404,
    "/410": 410,
    "/403": 403,
    "/401": 401,
    "/999": 999,
    "/500": 500,
    "/503": 503,
    "/451": 451,
    "/available": 404,
}


class WebHosts:
    """The server's notes: requests by host, and who sent them."""

    def __init__(self) -> None:
        self.asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.agents: set[str] = set()
        self.robots: dict[str, tuple[int, str]] = {}
        self.replies: dict[str, bytes] = {}  # bodies by path without the query
        self.busy: dict[str, int] = {}  # by path: how often it answers 429 first
        self.released = threading.Event()  # ends what keeps a reader waiting
        hosts = self

        class Handler(_Handler):
            notes = hosts

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]

    def client(self, **changes) -> WebClient:
        """A client for which every host is this server, except `nowhere.test` and the internal ones."""
        return WebClient(
            AGENT,
            **(
                {"resolve": self._resolved, "is_allowed": lambda ip: ip == "127.0.0.1", "quiet": 2, "limit": 4}
                | changes
            ),
        )

    def _resolved(self, host: str, port: int) -> list[tuple[str, int]]:
        if host.startswith("nowhere"):
            raise OSError
        if host.startswith("inside"):
            return [("127.0.0.1", self.port), ("10.0.0.1", port)]
        if host.startswith("closed"):
            return [("127.0.0.1", 1)]
        return [("127.0.0.1", self.port)]

    def __enter__(self) -> WebHosts:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    notes: WebHosts

    def do_HEAD(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.notes.asked[host].append((self.command, self.path))
        self.notes.agents.add(self.headers["User-Agent"])
        with contextlib.suppress(OSError):
            self._reply(host, self.path.partition("?")[0])

    do_GET = do_HEAD  # noqa: N815

    def _reply(self, host: str, path: str) -> None:
        if path == "/robots.txt":
            status, text = self.notes.robots.get(host, (404, ""))
            self._send(status, text.encode())
        elif path in self.notes.replies:
            self._send(200, self.notes.replies[path])
        elif self.notes.busy.get(path, 0):
            self.notes.busy[path] -= 1
            self._send(429, b"", {"Retry-After": "7"})
        elif path in _REDIRECTS:
            status, location = _REDIRECTS[path]
            if path == "/without-end":
                location = f"{self.path}{'x' if '?' in self.path else '?'}"
            self._send(status, b"", {"Location": location.encode().decode("latin-1")})
        elif path == "/no-head":
            self._send(405 if self.command == "HEAD" else 200)
        elif path == "/busy-for-long":
            self._send(429, b"", {"Retry-After": "86400"})
        elif path == "/busy-until":
            self._send(503, b"", {"Retry-After": "Fri, 31 Dec 2027 23:59:59 GMT"})
        elif path == "/silent":
            self.notes.released.wait(30)
        elif path == "/one-byte-at-a-time":
            self._drip(b"HTTP/1.1 200 OK\r\nX: ")
        elif path == "/body-one-byte-at-a-time":
            self._drip(b"HTTP/1.1 200 OK\r\n\r\n")
        elif path == "/garbage":
            self.wfile.write(b"\x00\xff no HTTP at all\r\n\r\n")
        elif path == "/many-headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n")
        elif path == "/huge":
            self._flood()
        else:
            self._send(_STATUSES.get(path, 200))

    def _send(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def _drip(self, beginning: bytes) -> None:
        self.wfile.write(beginning)
        while not self.notes.released.wait(0.05):
            self.wfile.write(b"y")

    def _flood(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not self.notes.released.is_set():
            self.wfile.write(b"x" * 65536)

    def log_message(self, *_) -> None:
        """Nothing on the terminal."""
