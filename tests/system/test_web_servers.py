"""The project's configuration files for nginx and Caddy, run by these: what they say of each file, and of errors."""

import gzip
import random
import re
import signal
import subprocess
import sys
import threading
import time
from hashlib import sha256

import brotli
import pytest

from hromada.domain.media_types import FOR_EVER, FOR_MINUTES, MEDIA_TYPES, caching_of, media_type_of
from hromada.publish.hosts.release_folder import ReleaseFolder
from tests import needs
from tests.conftest import ROOT
from tests.system.hosts import ASSET, MOMENT, asset, site, small_site, with_version
from tests.system.servers import Caddy, Nginx

pytestmark = pytest.mark.long

FILES = {
    "index.html": b"<!doctype html>" + "головна ".encode() * 100,
    "404.html": b"<!doctype html>404 " + "немає ".encode() * 100,
    "news/index.html": b"<!doctype html>" + "новини ".encode() * 100,
    asset("style"): b"/* css */ " * 100,
    asset("script", "js"): b"// js\n" * 100,
    "images/0123456789abcdef-480.webp": b"RIFF....WEBP",
    "images/0123456789abcdef-480.avif": b"....ftypavif",
    "files/порядок денний.pdf": b"%PDF-1.4",
    "files/plan.csv": "а;б\r\n".encode() * 100,
    "news/feed.atom": b"<feed/>" * 100,
    "events/events.ics": b"BEGIN:VCALENDAR\r\n" * 100,
    "admin/parts-0123456789/editor.js": b"// js\n" * 100,
    "admin/sveltia-0123456789/assets/x.wasm": b"\0asm" * 100,
    "site.webmanifest": b"{}",
    "sitemap.xml": b"<urlset/>" * 100,
    "robots.txt": b"User-agent: *\n" * 50,
}
SECURITY = {
    "strict-transport-security": "max-age=31536000",
    "content-security-policy": "frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
}
SERVERS = [pytest.param(Nginx, marks=needs.nginx, id="nginx"), pytest.param(Caddy, marks=needs.caddy, id="caddy")]


@pytest.fixture(scope="module", params=SERVERS)
def server(request, tmp_path_factory):
    from hromada.publish.hosts.host import site_of_files

    folder = tmp_path_factory.mktemp("web")
    ReleaseFolder(folder / "site").publish(site_of_files(with_version(FILES)), MOMENT)
    current = folder / "site/current"
    (current / ".hidden").write_text("приховане")
    folder.chmod(0o755)
    server = request.param(folder / "server", folder / "site")
    yield server
    server.stop()


def path_of(name):
    from urllib.parse import quote

    return f"/{quote(name.removesuffix('index.html'))}"


@pytest.mark.parametrize("name", [*FILES, "version.json"])
def test_each_file_has_its_type_and_its_time_in_caches(server, name):
    status, headers, body = server.get(path_of(name))

    assert (status, body) == (200, FILES.get(name, body))
    assert headers["content-type"] == media_type_of(name)
    assert headers["cache-control"] == caching_of(name)
    assert headers["etag"]


@pytest.mark.parametrize("path", ["/", "/news/feed.atom", "/нема/".encode().hex(), "/.hidden"])
def test_every_answer_has_the_headers_that_a_page_cannot_give(server, path):
    headers = server.get(path if path.startswith("/") else f"/{path}")[1]

    assert headers.items() >= SECURITY.items()
    assert "geolocation=()" in headers["permissions-policy"]


@pytest.mark.parametrize(
    "path", ["/немає/", "/theme/site.0123456789.css", "/.hidden", "/index.html.br", "/images/0000000000000000-480.webp"]
)
def test_what_is_not_there_is_the_page_of_the_site_and_is_not_kept(server, path):
    from urllib.parse import quote

    status, headers, body = server.get(quote(path))

    assert (status, body) == (404, FILES["404.html"])
    assert headers["content-type"].startswith("text/html")
    assert "immutable" not in headers.get("cache-control", "")


@pytest.mark.parametrize(("encoding", "unpacked"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
@pytest.mark.parametrize("name", ["index.html", "news/index.html", asset("style"), "news/feed.atom", "files/plan.csv"])
def test_texts_are_sent_compressed_as_they_were_published(server, name, encoding, unpacked):
    status, headers, body = server.get(path_of(name), Accept_Encoding=encoding)

    assert (status, headers["content-encoding"]) == (200, encoding)
    assert unpacked(body) == FILES[name]
    assert headers["content-type"] == media_type_of(name)
    assert "accept-encoding" in headers["vary"].casefold()


def test_a_page_without_its_slash_leads_to_it(server):
    status, headers, _ = server.get("/news")

    assert status in (301, 308)
    assert headers["location"].endswith("/news/")
    assert not headers["location"].startswith("http:")


def test_a_page_that_did_not_change_is_not_sent_again(server):
    etag = server.get("/")[1]["etag"]

    assert server.get("/", If_None_Match=etag)[0] == 304


def test_http_two_is_spoken(server):
    import socket
    import ssl

    context = ssl._create_unverified_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", server.https)) as raw,
        context.wrap_socket(raw, server_hostname="rada.example") as one,
    ):
        assert one.selected_alpn_protocol() == "h2"
        assert one.version() in ("TLSv1.2", "TLSv1.3")


@needs.nginx
def test_nginx_leads_http_to_https(tmp_path):
    import http.client

    (tmp_path / "site/current").mkdir(parents=True)
    server = Nginx(tmp_path / "server", tmp_path / "site")
    try:
        connection = http.client.HTTPConnection("127.0.0.1", server.http)
        connection.request("GET", "/news/?a=1", headers={"Host": "rada.example"})
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("location")) == (301, "https://rada.example/news/?a=1")
        connection.close()
    finally:
        server.stop()


def test_nginx_knows_the_same_types_as_a_bucket_gets():
    block = (ROOT / "deploy/nginx.conf").read_text("utf-8").split("types {")[1].split("}")[0]
    rows = re.findall(r'^\s+"?([a-z]+/[^" ]+(?: charset=utf-8)?)"? ([a-z0-9 ]+);$', block, re.MULTILINE)

    assert {f".{end}": kind for kind, ends in rows for end in ends.split()} == MEDIA_TYPES
    assert FOR_EVER in (ROOT / "deploy/nginx.conf").read_text("utf-8")
    assert FOR_MINUTES in (ROOT / "deploy/Caddyfile").read_text("utf-8")


# --- readers during publications --------------------------------------------------------------------------------------

_PUBLISH = (
    "import sys; from pathlib import Path; from tests.system.hosts import MOMENT, site; from hromada.publish.hosts.release_folder import"
    " ReleaseFolder; ReleaseFolder(Path(sys.argv[1])).publish(site(int(sys.argv[2])), MOMENT)"
)
_PATHS = ["/", *(f"/news/{page}/" for page in range(6))]


class Reader(threading.Thread):
    """Asks for pages and then for all that they name; keeps what no release has shown."""

    def __init__(self, server, known, pause) -> None:
        super().__init__()
        self.server, self.known, self.pause = server, known, pause
        self.asked, self.faults, self.done = 0, [], threading.Event()
        self.versions = set()

    def run(self) -> None:
        connection = self.server.connect()
        turn = 0
        while not self.done.wait(self.pause):
            path = _PATHS[turn % len(_PATHS)]
            turn += 1
            status, headers, body = self.server.get(path, connection, Accept_Encoding=("br", "identity")[turn % 2])
            page = brotli.decompress(body) if headers.get("content-encoding") == "br" else body
            self.asked += 1
            if status != 200 or sha256(page).hexdigest() not in self.known[path]:
                self.faults.append((path, status, body[:80]))
                continue
            self.versions.add(sha256(page).hexdigest())
            names = set(ASSET.findall(page)) | set(re.findall(rb"images/[0-9a-f]{16}-480\.webp", page))
            for name in names:
                self.asked += 1
                status, _, body = self.server.get(f"/{name.decode()}", connection)
                if status != 200 or not body:
                    self.faults.append((path, name, status))
        connection.close()


def read_during_publications(folder, numbers, is_killed, seed):
    """The readers of a site that is published again and again; with the numbers of requests and of kills that hit."""
    folder.chmod(0o755)
    root, chance = folder / "site", random.Random(seed)
    ReleaseFolder(root).publish(site(0), MOMENT)
    known = {
        path: {sha256(small_site(number)[f"{path[1:]}index.html"]).hexdigest() for number in (0, *numbers)}
        for path in _PATHS
    }
    server, killed = Nginx(folder / "server", root), 0
    reader = Reader(server, known, 0.02)
    reader.start()
    environ = {"PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    try:
        for number in numbers:
            process = subprocess.Popen([sys.executable, "-c", _PUBLISH, str(root), str(number)], cwd=ROOT, env=environ)
            if is_killed(number):
                _wait_for_work(process, root)
                time.sleep(chance.uniform(0, 0.05))
                process.kill()
            killed += process.wait() == -signal.SIGKILL
    finally:
        reader.done.set()
        reader.join()
        server.stop()
    assert reader.faults == []
    assert len(reader.versions) > 1
    return reader.asked, killed


def _wait_for_work(process, root) -> None:
    """Until the publication has begun to write, or has ended: most of its time is Python's start."""
    while process.poll() is None and not any(path.name.startswith(".new-") for path in (root / "releases").iterdir()):
        time.sleep(0.001)


@needs.nginx
def test_a_reader_sees_only_whole_pages_during_publications_and_kills(tmp_path):
    asked, _ = read_during_publications(tmp_path, range(1, 11), lambda number: number % 2 == 0, seed=1)

    assert asked > 20


@needs.nginx
@pytest.mark.soak
def test_a_reader_sees_only_whole_pages_during_a_hundred_publications_fifty_of_them_killed(tmp_path):
    asked, killed = read_during_publications(tmp_path, range(1, 101), lambda number: number % 2 == 0, seed=2)
    print(f"запитів: {asked}, перервано публікацій: {killed}")

    assert asked > 1_000
    assert killed >= 25
