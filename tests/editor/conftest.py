"""The editor in a browser: a git host on this computer, a built site whose editor writes there, and who opens it."""

import pytest

from tests.editor.bare_repository import BareRepository
from tests.editor.git_host_server import GitHostServer


def files_below(folder, prefix="content/"):
    """Every file of a folder by its path in the repository."""
    return {
        f"{prefix}{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def git_host(tmp_path):
    """A git host over a bare repository that holds one news item; a test may take another one with `GitHostServer`."""
    item = "---\ntitle: Перша новина\ndate: 2022-01-10\n---\n\nТекст першої новини.\n"
    files = {"content/news/2022/2022-01-10-persha-novyna.md": item.encode()}
    host = GitHostServer(BareRepository.holding(tmp_path / "sait.git", files))
    yield host
    host.close()
