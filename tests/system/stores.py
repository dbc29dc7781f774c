"""A real S3-compatible server on this machine, a proxy in front of it that fails, and editors who publish with its pictures."""

import contextlib
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from hromada.domain.settings import PictureStore
from hromada.publish.object_store import ObjectStore, StoreLimits
from hromada.publish.picture_publishing import PicturePublisher
from hromada.publish.site_tree import PictureFiles, PublicBuild
from tests.system.clones import Clone, git

WEED = Path(sys.executable).with_name("weed")
KEYS = {"AWS_ACCESS_KEY_ID": "sitekey", "AWS_SECRET_ACCESS_KEY": "sitesecret"}
_OWNER = {"AWS_ACCESS_KEY_ID": "ownerkey", "AWS_SECRET_ACCESS_KEY": "ownersecret"}
QUICK = StoreLimits(timedelta(seconds=2), timedelta(seconds=1), 2, timedelta(seconds=8), 4)
_PORTS = ("master", "volume", "filer", "s3")
_START = 60  # seconds that a busy machine may take


class Server:
    """SeaweedFS, which checks signatures and honours If-None-Match; ended by KILL, since its orderly end takes long."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        identities = [
            _identity("owner", _OWNER, ["Admin", "Read", "Write", "List"]),
            _identity("site", KEYS, ["Read", "Write", "List"]),
            {"name": "anonymous", "actions": ["Read:open"]},
        ]
        (folder / "s3.json").write_text(json.dumps({"identities": identities}))
        ports = {name: _free_ports() for name in _PORTS}
        command = [
            str(WEED), "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3",
            f"-s3.config={folder / 's3.json'}", "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false", "-master.telemetry=false",
            "-master.volumeSizeLimitMB=64", "-volume.max=300",
        ]  # fmt: skip
        for name, (port, grpc) in ports.items():
            command += [f"-{name}.port={port}", f"-{name}.port.grpc={grpc}"]
        self.endpoint = f"http://127.0.0.1:{ports['s3'][0]}"
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            command, stdout=self._log, stderr=self._log, cwd=folder, start_new_session=True
        )
        self._wait(folder / "log")

    def _wait(self, log: Path) -> None:
        until = time.monotonic() + _START
        while time.monotonic() < until and self._process.poll() is None:
            try:
                self.add_bucket("open")
            except Exception:  # not yet there in one way or another
                time.sleep(0.3)
            else:
                return
        self.stop()
        raise AssertionError(log.read_text("utf-8", "replace")[-3000:])

    def add_bucket(self, name: str) -> PictureStore:
        """A bucket that its owner has made."""
        store = PictureStore(name, self.endpoint, f"{self.endpoint}/{name}")
        ObjectStore(store, _OWNER, QUICK).write("owner", b"of another program")
        return store

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()


def _identity(name, keys, actions):
    credentials = [{"accessKey": keys["AWS_ACCESS_KEY_ID"], "secretKey": keys["AWS_SECRET_ACCESS_KEY"]}]
    return {"name": name, "credentials": credentials, "actions": actions}


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


class FaultyProxy:
    """Passes requests on to a server, and spoils those of a method as `fault` says, from the `after`th on, `times` times."""

    def __init__(self, endpoint: str) -> None:
        self.fault, self.method, self.after, self.times = "", "PUT", 0, sys.maxsize
        self.seen: list[tuple[str, str]] = []  # method and path
        self.delay = 0.0  # seconds before each picture is taken
        self._spoiled = 0
        proxy, (host, port) = self, endpoint.removeprefix("http://").split(":")

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                proxy.seen.append((self.command, self.path))
                fault = proxy.next_fault(self.command, self.path)
                time.sleep(3 if fault == "slow" else proxy.delay if self.command == "PUT" else 0)
                if fault in ("500", "503", "507", "429"):
                    code = {"507": "InsufficientStorage", "503": "SlowDown"}.get(fault, "InternalError")
                    self._answer(int(fault), {}, f"<Error><Code>{code}</Code><Message>x</Message></Error>".encode())
                    return
                upstream = http.client.HTTPConnection(host, int(port), timeout=20)
                try:
                    if fault == "cut":  # in the middle of what is sent
                        _send_half(upstream, self, body)
                        self.close_connection = True
                        return
                    upstream.request(self.command, self.path, body, dict(self.headers))
                    answer = upstream.getresponse()
                    data = answer.read()
                finally:
                    upstream.close()
                if fault == "answer lost":
                    self.close_connection = True
                    return
                self._answer(answer.status, dict(answer.getheaders()), data)

            def _answer(self, status, headers, data) -> None:
                self.send_response_only(status)
                for name, value in headers.items():
                    if name.casefold() not in ("content-length", "transfer-encoding", "connection"):
                        self.send_header(name, value)
                self.send_header("Content-Length", headers.get("Content-Length", str(len(data))))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)

            do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = _pass_on  # noqa: N815  # named by the base class

            def log_message(self, *arguments) -> None:
                pass

        class Listener(ThreadingHTTPServer):
            request_queue_size = 64
            daemon_threads = True

            def handle_error(self, request, address) -> None:
                pass  # a client that gave up

        self._server = Listener(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = Thread(target=partial(self._server.serve_forever, 0.05))
        self._thread.start()

    def next_fault(self, method: str, path: str) -> str:
        if not self.fault or method != self.method or "/images/" not in path:
            return ""
        self._spoiled += 1
        return self.fault if self.after < self._spoiled <= self.after + self.times else ""

    def sent(self) -> list[str]:
        """The pictures that were sent, as often as they were."""
        return [path.partition("/images/")[2] for method, path in self.seen if method == "PUT" and "/images/" in path]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _send_half(upstream, handler, body) -> None:
    upstream.putrequest(handler.command, handler.path, skip_host=True, skip_accept_encoding=True)
    for name, value in handler.headers.items():
        upstream.putheader(name, value)
    upstream.endheaders()
    upstream.send(body[: len(body) // 2])
    upstream.sock.shutdown(socket.SHUT_RDWR)


class Pages:
    """A web server of a published site's files."""

    def __init__(self, files: dict[str, bytes]) -> None:
        types = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.partition("?")[0][1:]
                data = files.get(f"{name}index.html" if not name or name.endswith("/") else name)
                self.send_response(200 if data is not None else 404)
                self.send_header(
                    "Content-Type", types.get(name.rpartition(".")[2] or "html", "application/octet-stream")
                )
                self.end_headers()
                self.wfile.write(data or b"")

            def log_message(self, *arguments) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = Thread(target=partial(self._server.serve_forever, 0.05))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


_SIZE = 20_000


def picture(text: str, number: int) -> PictureFiles:
    """Two sizes of a picture that stands for a text."""
    digest = hashlib.sha256(f"{text} {number}".encode()).hexdigest()
    names = tuple(f"images/{digest[:16]}-{width}.webp" for width in (480, 1200))
    return PictureFiles(names, lambda: {name: (name.encode() * _SIZE)[:_SIZE] for name in names})


class Album(Clone):
    """An editor's clone whose items have as many pictures as their texts say."""

    def __init__(self, folder: Path, store: PictureStore, environ=KEYS, waiting: float = 0.0) -> None:
        super().__init__(folder)
        self.store, self.environ, self.waiting = store, environ, waiting
        self.limits = QUICK

    def pictures(self) -> list[PictureFiles]:
        texts = [path.read_text("utf-8") for path in sorted((self.folder / "content").rglob("*.md"))]
        return [picture(text, number) for text in texts for number in range(int(text.partition(" ")[0] or 0))]

    def build(self, output: Path) -> PublicBuild:
        super().build(output)
        for path in sorted((self.folder / "content").rglob("*.md")):
            text = path.read_text("utf-8")
            shown = [picture(text, number) for number in range(int(text.partition(" ")[0] or 0))]
            page = "".join(f'<img src="{self.store.public}/{name}">' for files in shown for name in files.names)
            (output / f"{path.stem}.html").write_text(page, "utf-8")
        return PublicBuild(pictures=tuple(self.pictures()))

    def publisher(self) -> PicturePublisher:
        return PicturePublisher(self.store, self.environ, self.limits, waiting=self.waiting)

    def _published(self, repository, built) -> AbstractContextManager[None]:
        return self.publisher().published(repository, built.pictures, built.withdrawn, self.said.append)

    def publish(self, *arguments, with_store=True, **changes):
        pictures = self._published if with_store else lambda *_: nullcontext()
        return super().publish(*arguments, **({"pictures": pictures} | changes))

    def objects(self) -> dict:
        return ObjectStore(self.store, _OWNER, QUICK).objects("images")

    def notes(self) -> dict:
        return ObjectStore(self.store, _OWNER, QUICK).objects("hromada")


_PICTURE = r"images/[0-9a-f]{16}-[0-9a-z]+\.[a-z]+"


def pictures_online(bare, branch="gh-pages") -> set[str]:
    """The pictures that the published pages show."""
    command = ["git", "grep", "-ohE", _PICTURE, branch]
    done = subprocess.run(command, cwd=bare, capture_output=True, text=True, check=False)
    return set(done.stdout.split())


def album(bare, folder: Path, store: PictureStore, **settings) -> Album:
    """A clone of the repository whose pictures lie in a store."""
    git(folder.parent, "clone", "-q", f"file://{bare}", str(folder))
    return Album(folder, store, **settings)
