"""A site on a server: sent by rsync or tar to a real sshd, compared there, and switched in one step."""

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hromada.publish.hosts.host import HostFailed
from hromada.publish.hosts.release_folder import ReleaseFolder
from tests import needs
from tests.conftest import ROOT
from tests.system.hosts import MOMENT, is_whole, own_files, site, small_site
from tests.system.servers import Sshd

pytestmark = [needs.sshd, needs.rsync, pytest.mark.long]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Sshd(tmp_path_factory.mktemp("ssh") / "sshd")
    yield server
    server.stop()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "сайт $(touch x) 'лапки'"


@pytest.mark.parametrize("rsync", ["rsync", "немає-rsync"], ids=["rsync", "tar"])
def test_a_site_is_sent_whole_and_a_release_costs_what_changed(server, folder, rsync):
    host = server.host(folder, rsync=rsync)
    assert (host.files(), host.version()) == ({}, "")

    host.publish(site(1), MOMENT)
    before = (folder / "current/news/5/index.html").stat().st_ino
    host.publish(site(2), MOMENT)

    assert is_whole(own_files(folder / "current"), small_site(2))
    assert (host.version(), host.files()) == (site(2).version, site(2).digests)
    assert (folder / "current/news/5/index.html").stat().st_ino == before
    assert (folder / "current/news/5/index.html.br").exists()
    assert (folder / "current").readlink() == Path("releases", site(2).version)
    assert {path.name for path in folder.iterdir()} == {"current", "releases", "manifests", "publications.txt"}


def test_a_server_is_laid_out_as_a_folder_here_is(server, folder):
    for number in (1, 2, 5):
        server.host(folder).publish(site(number), MOMENT)
    here = ReleaseFolder(folder)
    assert (here.version(), here.is_rolled_back()) == (site(5).version, False)
    assert here._log().versions == [site(number).version for number in (1, 2, 5)]

    here.publish(site(6), MOMENT)

    assert server.host(folder).version() == site(6).version


def test_files_that_readers_still_ask_for_stay_and_old_releases_go(server, folder, monkeypatch):
    monkeypatch.setattr("hromada.publish.hosts.release_log.KEPT_RELEASES", 4)
    host = server.host(folder)
    for number in range(0, 18, 3):
        host.publish(site(number), MOMENT)

    assert len(list((folder / "current/theme").glob("*.css"))) == 3
    assert len(list((folder / "releases").iterdir())) == len(list((folder / "manifests").iterdir())) == 4


def test_what_is_gone_from_the_site_is_gone_from_the_server(server, folder):
    host = server.host(folder)
    files = small_site(1)
    from hromada.publish.hosts.host import site_of_files
    from tests.system.hosts import with_version

    host.publish(site_of_files(files), MOMENT)
    fewer = {name: data for name, data in files.items() if name not in ("news/3/index.html", "version.json")}
    host.publish(site_of_files(with_version(fewer)), MOMENT)

    assert not (folder / "current/news/3").exists()


def test_damage_on_the_server_is_mended(server, folder):
    host = server.host(folder)
    host.publish(site(1), MOMENT)
    (folder / "current/index.html").write_text("зламано")
    assert host.version() == ""

    host.publish(site(1), MOMENT)

    assert own_files(folder / "current") == small_site(1)
    assert [path.name for path in (folder / "releases").iterdir()] == [site(1).version]


def test_guarded_files_are_read_back(server, folder):
    host = server.host(folder)
    host.publish(site(1), MOMENT)

    assert host.read(["index.html", "404.html", "нема"]) == {
        name: small_site(1)[name] for name in ("index.html", "404.html")
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"key": "stranger"}, "не прийняв вашого ключа"), ({"known": "nothing"}, "Ключ сервера 127.0.0.1 невідомий")],
    ids=["a key that is not known there", "a server that is not known here"],
)
def test_a_stranger_is_refused_on_either_side(server, folder, changes, message):
    with pytest.raises(HostFailed, match=message):
        server.host(folder, **changes).publish(site(1), MOMENT)

    assert not folder.exists()


def test_a_folder_that_is_no_publication_of_ours_is_left_alone(server, folder):
    (folder / "current").mkdir(parents=True)
    with pytest.raises(HostFailed, match="не наша публікація"):
        server.host(folder).publish(site(1), MOMENT)

    assert list((folder / "current").iterdir()) == []


def test_only_what_publications_leave_is_removed(server, folder):
    """A release that another clone has been making for days goes; what others keep under a name that begins so stays."""
    server.host(folder).publish(site(1), MOMENT)
    left = folder / "releases/.new-0123456789abcdef-0123abcd"
    others = [folder / "releases" / name for name in (".old-архів", ".new-0123", ".old-0123456789abcdef-0123abcd-моє")]
    for path in (left, *others):
        path.mkdir()
        os.utime(path, (0, 0))
    server.host(folder).publish(site(2), MOMENT)

    assert [path.exists() for path in (left, *others)] == [False, True, True, True]


@pytest.mark.parametrize("name", ["releases", "manifests"])
def test_a_link_in_the_place_of_our_folders_is_refused(server, folder, tmp_path, name):
    folder.mkdir()
    (tmp_path / "чуже").mkdir()
    (folder / name).symlink_to(tmp_path / "чуже")
    with pytest.raises(HostFailed, match="не наша публікація"):
        server.host(folder).publish(site(1), MOMENT)

    assert list((tmp_path / "чуже").iterdir()) == []


def test_a_log_of_others_is_refused_and_stays(server, folder):
    folder.mkdir()
    (folder / "publications.txt").write_text("чуже\n", "utf-8")
    with pytest.raises(HostFailed, match="не наша публікація"):
        server.host(folder).publish(site(1), MOMENT)

    assert [(path.name, path.read_text("utf-8")) for path in folder.iterdir()] == [("publications.txt", "чуже\n")]


def test_a_server_that_is_not_there_is_said(server, folder, monkeypatch):
    host = server.host(folder)
    monkeypatch.setattr(host, "_address", type(host._address)("127.0.0.1", str(folder), "root", 1))
    with pytest.raises(HostFailed, match="перевірте мережу") as refused:
        host.publish(site(1), MOMENT)

    assert refused.value.code == "host-failed"


def test_what_came_damaged_is_never_shown(server, folder, monkeypatch):
    host = server.host(folder)
    host.publish(site(1), MOMENT)
    real = host._transfer

    def damage(stage, *arguments, **options):
        (stage / "index.html").write_text("інше")
        real(stage, *arguments, **options)

    monkeypatch.setattr(host, "_transfer", damage)
    with pytest.raises(HostFailed, match="пошкодженим"):
        host.publish(site(2), MOMENT)

    assert own_files(folder / "current") == small_site(1)


_KILLED = (
    "import sys; from pathlib import Path; from tests.system.servers import Sshd; from tests.system.hosts import MOMENT, site;"
    "server = Sshd.__new__(Sshd); server.folder, server.port = Path(sys.argv[1]), int(sys.argv[2]);"
    "server.host(Path(sys.argv[3]), rsync=sys.argv[5]).publish(site(int(sys.argv[4])), MOMENT)"
)


def kill_publications(server, folder, seeds):
    """Publish, killed at random moments, each followed by one that is not; at every moment the folder shows a whole site."""
    host = server.host(folder)
    host.publish(site(0), MOMENT)
    environ = os.environ | {"PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}"}
    for seed in seeds:
        rsync = ("rsync", "немає")[seed % 2]
        command = [sys.executable, "-c", _KILLED, str(server.folder), str(server.port), str(folder), str(seed), rsync]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(timeout=random.Random(seed).uniform(0.2, 2.5))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shown = own_files((folder / "current").resolve())
        assert any(is_whole(shown, small_site(number)) for number in (seed - 1, seed)), seed
        server.host(folder).publish(site(seed), MOMENT)
        assert is_whole(own_files(folder / "current"), small_site(seed))


def test_a_publication_killed_at_a_random_moment_leaves_a_whole_site_on_the_server(server, folder):
    kill_publications(server, folder, range(1, 6))


@pytest.mark.soak
def test_many_killed_publications_leave_a_whole_site_on_the_server(server, folder):
    kill_publications(server, folder, range(1, 51))


def test_the_server_needs_neither_rsync_nor_links_of_files(server, folder, monkeypatch):
    """`cp -al` fails on some disks: then files are copied."""
    from hromada.publish.hosts import ssh_host

    monkeypatch.setattr(ssh_host, "_PREPARE", ssh_host._PREPARE.replace("cp -al", "false"))
    for number in (1, 2):
        server.host(folder, rsync="немає").publish(site(number), MOMENT)

    assert is_whole(own_files(folder / "current"), small_site(2))
    shutil.rmtree(folder)
