"""The editor in a browser: a git host on this computer, a built site whose editor writes there, and who opens it."""

import contextlib
import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hromada.console.options import Options
from hromada.domain.media_types import MEDIA_TYPES
from tests.conftest import ROOT, cache_in
from tests.editor.bare_repository import BareRepository
from tests.editor.git_host_server import GitHostServer
from tests.shared import quietly_built


def files_below(folder, prefix="content/"):
    """Every file of a folder by its path in the repository."""
    return {
        f"{prefix}{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def small_host(folder):
    """A git host over a bare repository that holds one news item."""
    item = "---\ntitle: Перша новина\ndate: 2022-01-10\n---\n\nТекст першої новини.\n"
    return GitHostServer(
        BareRepository.holding(folder, {"content/news/2022/2022-01-10-persha-novyna.md": item.encode()})
    )


@pytest.fixture
def git_host(tmp_path):
    """A git host of a test's own; for other content there is `GitHostServer`."""
    host = small_host(tmp_path / "sait.git")
    yield host
    host.close()


class EditorSite:
    """A built site on this computer whose editor writes to a git host."""

    def __init__(self, output, host, address):
        self.output, self.host, self.address = output, host, address

    @property
    def editor(self):
        return f"{self.address}/admin/"


class _Files(SimpleHTTPRequestHandler):
    """The built files with their types, as a host of static files sends them."""

    extensions_map = MEDIA_TYPES  # the base class has a mapping, too

    def log_message(self, *_):
        """Nothing."""


def build_site(folder, host, backend, more=""):
    """Build what the repository holds into `folder`, with an editor that writes there; `more` are further settings."""
    for path, data in host.repository.files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    conf = (ROOT / "tests/sites/golden/conf.py").read_text("utf-8")
    settings = folder / "conf.py"
    settings.write_text(
        f'{conf}HROMADA["address"] = "http://localhost"\nHROMADA["repository"] = "{host.setting(backend)}"\n{more}',
        "utf-8",
    )
    options = Options.from_environment(ROOT, {"TODAY": "2022-01-15", "JOBS": "1"}).with_changes(
        content=folder / "content", output=folder / "output", settings_file=str(settings), cache_name=str(cache_in(folder))
    )  # fmt: skip
    quietly_built(options)
    return folder / "output"


@contextlib.contextmanager
def served(output):
    """The address of a server of these files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=str(output)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(params=["gitea"])
def editor_site(request, git_host, tmp_path):
    """The site of the git host's repository; parametrize indirectly with "github" for the other API."""
    with served(build_site(tmp_path / "site", git_host, request.param)) as address:
        yield EditorSite(tmp_path / "site/output", git_host, address)
