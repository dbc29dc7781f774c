"""Further copies of the site: brought up to date and compared after a publication and after a return; hosts named by TO."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import json
from pathlib import Path

import pytest

from hromada.commands.hosts import mirror_hosts, requested_target
from hromada.console.options import Options, OptionsError
from hromada.domain.settings import SettingsRefused
from hromada.publish.hosts.release_folder import ReleaseFolder
from tests.conftest import cache_in
from tests.system.clones import bare, config, git, names_online, project, run_command
from tests.system.hosts import own_files

ITEM = "---\ntitle: Зустріч із мешканцями\ndate: 2022-01-1{number}\n---\n\nТекст новини {number}.\n"


def fill(content: Path) -> None:
    news = content / "news/2022/2022-01-11-zustrich.md"
    news.parent.mkdir(parents=True)
    news.write_text(ITEM.format(number=1), "utf-8")


def add_news(folder: Path, number: int) -> None:
    (folder / f"content/news/2022/2022-01-1{number}-zustrich.md").write_text(ITEM.format(number=number), "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", f"Новина {number}")


def set_mirrors(folder: Path, *mirrors) -> None:
    path = folder / "publishconf.py"
    path.write_text(
        path.read_text("utf-8").replace("MIRRORS = []", f"MIRRORS = {[str(mirror) for mirror in mirrors]!r}"), "utf-8"
    )
    git(folder, "commit", "-qam", "Копії")


def call(command, folder, tmp_path, **settings):
    told = {"TODAY": "2022-01-15", "CACHE": str(cache_in(tmp_path)), "JOBS": "1"}
    return run_command(folder, command, **(told | settings))


@pytest.mark.long
def test_a_mirror_follows_publications_and_returns_and_a_failing_one_is_said_and_mended(tmp_path, bare):
    folder, publish = project(tmp_path, bare, fill)
    mirror = tmp_path / "друга копія"
    set_mirrors(folder, mirror)
    assert publish()[0] == 0
    first = ReleaseFolder(mirror).version()
    assert own_files(mirror / "current").keys() == names_online(bare) - {".nojekyll", "CNAME"}
    assert json.loads(git(bare, "show", "gh-pages:version.json"))["version"] == first

    add_news(folder, 2)
    mirror.rename(tmp_path / "збережене")
    mirror.write_text("файл замість теки")
    status, said, errors = publish()
    assert status == 1
    assert "Опубліковано" in said
    assert (
        f"Основний сайт опубліковано (версія {json.loads(git(bare, 'show', 'gh-pages:version.json'))['version'][:10]})"
        in errors
    )
    assert str(mirror) in errors
    assert "news/zustrich-2022-01-12/index.html" in names_online(bare)

    mirror.unlink()
    (tmp_path / "збережене").rename(mirror)
    status, said, errors = publish()
    assert (status, "Копія: " in said) == (0, True)
    assert (mirror / "current/news/zustrich-2022-01-12/index.html").exists()

    assert call("rollback", folder, tmp_path, TO="1")[0] == 0
    assert ReleaseFolder(mirror).version() == first
    assert not (mirror / "current/news/zustrich-2022-01-12").exists()


@pytest.mark.long
def test_the_command_publishes_into_the_folder_that_it_is_told(tmp_path, bare):
    folder, publish = project(tmp_path, bare, fill)
    site, mirror = tmp_path / "сайт", tmp_path / "копія"
    set_mirrors(folder, mirror)
    status, said, _ = publish(TO=str(site), DRY_RUN="1", FORMAT="json")
    assert (status, "/news/zustrich-2022-01-11/" in json.loads(said)["new"], site.exists()) == (0, True, False)

    assert publish(TO=str(site))[0] == 0

    assert "gh-pages" not in git(bare, "branch")
    version = json.loads((site / "current/version.json").read_text())["version"]
    assert (site / "current").readlink() == Path("releases", version)
    assert ReleaseFolder(mirror).version() == version
    status, said, _ = publish(TO=str(site), DRY_RUN="1", FORMAT="json")
    answer = json.loads(said)
    assert (status, answer["new"], answer["changed"], answer["gone"]) == (0, [], [], [])


def options(tmp_path, text="", **changes):
    (tmp_path / "publishconf.py").write_text(
        f'HROMADA = {{"name": "Рада", "address": "https://rada.example", "publishers": [("2020-12-01", "Рада")]}}\n{text}',
        "utf-8",
    )
    git(tmp_path, "init", "-q", ".")
    return Options.from_environment(tmp_path, {"TODAY": "2022-01-15"}).with_changes(**changes)


@pytest.mark.parametrize("to", ["content", ".", "plugins/x", "http://rada/srv", ".git/x"])
def test_a_host_where_no_site_can_be_is_refused(tmp_path, to):
    to = str(tmp_path / to) if "://" not in to else to
    with pytest.raises(OptionsError, match=r"^TO"):
        requested_target(options(tmp_path, to=to))


def test_mirrors_are_read_from_publishconf_and_every_fault_is_named(tmp_path):
    assert mirror_hosts(options(tmp_path)) == ()
    named = mirror_hosts(options(tmp_path, 'MIRRORS = ["/srv/a", "ssh://rada/srv/b"]'))
    assert [host.name for host in named] == ["/srv/a", "ssh://rada/srv/b"]
    with pytest.raises(SettingsRefused) as refused:
        mirror_hosts(options(tmp_path, 'MIRRORS = ["a", "ssh://rada"]'))
    assert str(refused.value).count("publishconf.py: MIRRORS: ") == 2


def test_the_store_of_pictures_is_no_mirror(tmp_path):
    store = 'HROMADA["picture_store"] = {"bucket": "foto", "endpoint": "https://s3.rada.example", "public": "https://foto.rada.example"}'
    with pytest.raises(SettingsRefused, match="a bucket of its own"):
        mirror_hosts(options(tmp_path, f'{store}\nMIRRORS = ["s3://s3.rada.example/foto"]'))
