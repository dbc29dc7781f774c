"""A site in a folder: whole releases, one switch, what stays reachable, kills at every step, and folders without links."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import os
import random
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from hromada.commands.hosts import requested_target
from hromada.console.options import Options, OptionsError, published_folder
from hromada.publish.hosts import release_folder
from hromada.publish.hosts.host import HostFailed
from hromada.publish.hosts.release_folder import ReleaseFolder
from hromada.publish.repository import PublicationRefused
from hromada.system.file_lock import file_lock
from tests import own_process
from tests.system.clones import bare, config, git, tip
from tests.system.hosts import MOMENT, HostedClone, asset, is_whole, own_files, site, small_site


@pytest.fixture
def host(tmp_path):
    return ReleaseFolder(tmp_path / "сайт")


@pytest.fixture
def plain_host(tmp_path, monkeypatch):
    """On a disk without links."""

    def refuse(*_, **__):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    monkeypatch.setattr(os, "link", refuse)
    return ReleaseFolder(tmp_path / "флешка")


def current(host):
    return host.folder / "current"


def test_a_release_lies_under_its_version_and_the_link_leads_there(host):
    host.publish(site(1), MOMENT)

    version = site(1).version
    assert current(host).readlink() == Path("releases", version)
    assert own_files(current(host)) == small_site(1)
    assert (host.version(), host.files()) == (version, site(1).digests)


def test_a_release_costs_what_changed(host):
    host.publish(site(1), MOMENT)
    before = {name: (current(host) / name).stat().st_ino for name in small_site(1)}

    host.publish(site(2), MOMENT)

    same = {name for name, data in small_site(2).items() if small_site(1).get(name) == data}
    after = {name: (current(host) / name).stat().st_ino for name in same}
    assert len(same) >= 5
    assert after == {name: before[name] for name in same}


def test_fingerprinted_files_of_the_last_three_releases_stay_and_the_last_ten_releases_are_kept(host):
    for number in range(0, 39, 3):
        host.publish(site(number), MOMENT)

    styles = {path.name for path in (current(host) / "theme").glob("*.css")}
    assert styles == {Path(asset(f"style {number}")).name for number in (10, 11, 12)}
    versions = {site(number).version for number in range(9, 39, 3)}
    assert {path.name for path in (host.folder / "releases").iterdir()} == versions
    assert {path.name for path in (host.folder / "manifests").iterdir()} == versions


def test_texts_are_there_compressed_too_and_only_new_ones_are_made(host):
    import brotli

    host.publish(site(1), MOMENT)
    page = current(host) / "news/5/index.html"
    first = page.with_name("index.html.br").stat().st_ino
    host.publish(site(2), MOMENT)

    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert subprocess.run(["gzip", "-dc", f"{page}.gz"], capture_output=True, check=True).stdout == page.read_bytes()
    assert page.with_name("index.html.br").stat().st_ino == first
    assert not list(current(host).rglob("*.webp.*"))


def test_equal_bytes_are_compressed_to_equal_bytes(host, tmp_path):
    other = ReleaseFolder(tmp_path / "інший")
    for one in (host, other):
        one.publish(site(1), MOMENT)

    def compressed(one):
        return {path.name: path.read_bytes() for path in (current(one) / "news/1").iterdir()}

    assert compressed(host) == compressed(other)


def test_the_manifest_is_what_sha256sum_checks(host):
    host.publish(site(1), MOMENT)

    command = ["sha256sum", "-c", "--quiet", f"../../manifests/{site(1).version}"]
    assert subprocess.run(command, cwd=current(host).resolve(), check=False).returncode == 0


def test_a_web_server_may_read_all_whatever_the_umask(host):
    old = os.umask(0o077)
    try:
        host.publish(site(1), MOMENT)
    finally:
        os.umask(old)

    modes = {oct(path.stat().st_mode & 0o777) for path in current(host).rglob("*") if path.is_file()}
    folders = [host.folder / "releases", current(host).resolve(), *(p for p in current(host).rglob("*") if p.is_dir())]
    assert (modes, {oct(path.stat().st_mode & 0o777) for path in folders}) == ({"0o644"}, {"0o755"})


def test_damage_is_mended_by_the_same_publication_without_a_moment_without_a_site(host):
    host.publish(site(1), MOMENT)
    (current(host) / "index.html").write_text("зламано")
    (current(host) / "404.html").unlink()
    assert host.version() == ""

    host.publish(site(1), MOMENT)

    assert own_files(current(host)) == small_site(1)
    assert current(host).readlink() == Path("releases", site(1).version)


def test_a_damaged_release_does_not_spread_by_links(host):
    host.publish(site(1), MOMENT)
    (current(host) / "news/5/index.html").write_text("зламано")
    host.publish(site(2), MOMENT)

    assert own_files(current(host))["news/5/index.html"] == small_site(2)["news/5/index.html"]


def test_an_earlier_site_is_published_again_whole(host):
    for number in (1, 2, 1):
        host.publish(site(number), MOMENT)

    assert is_whole(own_files(current(host)), small_site(1))
    assert host._log().versions == [site(2).version, site(1).version]


def test_a_return_by_hand_is_seen_and_the_next_publication_goes_on_top(host):
    for number in (1, 2):
        host.publish(site(number), MOMENT)
    assert not host.is_rolled_back()
    subprocess.run(["ln", "-s", f"releases/{site(1).version}", "new"], cwd=host.folder, check=True)
    subprocess.run(["mv", "-T", "new", "current"], cwd=host.folder, check=True)

    assert host.is_rolled_back()
    assert is_whole(own_files(current(host)), small_site(1))
    host.publish(site(2), MOMENT)
    assert not host.is_rolled_back()


@pytest.mark.parametrize("name", ["фото.jpg", "releases/моє"])
def test_a_folder_with_other_things_is_refused(host, name):
    path = host.folder / name
    path.parent.mkdir(parents=True)
    path.write_text("чуже")
    if "/" in name:
        (host.folder / "current").symlink_to(host.folder)

    with pytest.raises(HostFailed):
        host.publish(site(1), MOMENT)

    assert path.read_text() == "чуже"


def test_only_what_our_publications_leave_is_removed(host):
    host.publish(site(1), MOMENT)
    others = [host.folder / ".old-архів", host.folder / "releases/.new-моє"]
    left = host.folder / "releases/.new-0123abcd"
    for folder in (*others, left):
        folder.mkdir()

    host.publish(site(2), MOMENT)

    assert [folder.exists() for folder in (*others, left)] == [True, True, False]


@pytest.mark.parametrize("name", ["releases", "manifests"])
def test_a_link_in_the_place_of_our_folders_is_refused(host, tmp_path, name):
    (tmp_path / "чуже/.old-01234567").mkdir(parents=True)
    host.folder.mkdir()
    (host.folder / name).symlink_to(tmp_path / "чуже")

    with pytest.raises(HostFailed, match="посилання"):
        host.publish(site(1), MOMENT)

    assert (tmp_path / "чуже/.old-01234567").is_dir()


@pytest.mark.parametrize("name", ["publications.txt", "current"])
def test_a_file_of_others_under_our_name_is_refused_and_stays(host, name):
    host.folder.mkdir()
    (host.folder / name).write_text("чуже")

    with pytest.raises(HostFailed) as refused:
        host.publish(site(1), MOMENT)

    assert "частина" not in str(refused.value)
    assert [(path.name, path.read_text()) for path in host.folder.iterdir()] == [(name, "чуже")]


def test_two_publications_into_one_folder_take_turns(host):
    host.publish(site(1), MOMENT)
    with file_lock(host.folder / ".lock"), pytest.raises(PublicationRefused) as refused:
        host.publish(site(2), MOMENT)

    assert refused.value.code == "publication-running"
    assert own_files(current(host)) == small_site(1)


# --- faults -----------------------------------------------------------------------------------------------------------

_STEPS = ("link", "replace", "rename", "mkdir", "chmod", "symlink", "unlink", "rmdir", "fsync")


def publish_faultily(folder, number, last, kind, fault):
    """Publish, stopped at the call with this number (of none at 0); says how many calls there were."""
    done = 0

    def counted(real):
        def call(*arguments, **options):
            nonlocal done
            done += 1
            if done == last:
                if fault == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise OSError(28, "No space left on device")
            return real(*arguments, **options)

        return call

    def refused(*_, **__):
        raise PermissionError(1, "not permitted")

    if kind == "plain":
        Path.symlink_to = os.link = refused
    for name in _STEPS:
        setattr(os, name, counted(getattr(os, name)))
    ReleaseFolder(folder).publish(site(number), MOMENT)
    print(done)


def run(folder, number, last=0, kind="links", fault="kill"):
    return own_process.run(publish_faultily, folder, number, last, kind, fault)


def steps_of(tmp_path, kind):
    folder = tmp_path / "проба"
    run(folder, 2, kind=kind)
    return int(run(folder, 3, kind=kind).stdout)


def killed_at(tmp_path, moments, fault="kill"):
    """Kill the same publication at each of these steps; the folder shows one of the two sites, and the next one mends all."""
    for last in moments:
        folder = tmp_path / f"сайт {last}"
        ReleaseFolder(folder).publish(site(2), MOMENT)
        status = run(folder, 3, last, fault=fault).returncode
        assert status in ((-signal.SIGKILL,) if fault == "kill" else (0, 1))  # a link that fails becomes a copy
        shown = own_files(folder / "current")
        assert is_whole(shown, small_site(2)) or is_whole(shown, small_site(3)), last
        host = ReleaseFolder(folder)
        assert not host.is_rolled_back()
        host.publish(site(3), MOMENT)
        assert is_whole(own_files(folder / "current"), small_site(3))
        assert [*folder.rglob(".new-*"), *folder.rglob(".old-*")] == []
        assert len(list((folder / "releases").iterdir())) == 2
        shutil.rmtree(folder)


@pytest.mark.long
@pytest.mark.parametrize("fault", ["kill", "full disk"])
def test_a_publication_stopped_at_any_step_leaves_a_whole_site(tmp_path, fault):
    steps = steps_of(tmp_path, "links")
    killed_at(tmp_path, random.Random(1).sample(range(1, steps + 1), 6), fault)


@pytest.mark.soak
@pytest.mark.parametrize("fault", ["kill", "full disk"])
def test_a_publication_stopped_at_each_step_leaves_a_whole_site(tmp_path, fault):
    killed_at(tmp_path, range(1, steps_of(tmp_path, "links") + 1), fault)


def references(shown):
    """What the pages of a folder name."""
    pages = (data for name, data in shown.items() if name.endswith(".html"))
    return {found.decode() for data in pages for found in re.findall(rb"(?:href|src)=/([^>]+)>", data)}


@pytest.mark.long
def test_without_links_a_killed_publication_leaves_no_page_that_names_a_missing_file(tmp_path):
    steps = steps_of(tmp_path, "plain")
    for last in random.Random(1).sample(range(1, steps + 1), 8):
        folder = tmp_path / f"сайт {last}"
        assert run(folder, 2, kind="plain").returncode == 0
        assert run(folder, 3, last, kind="plain").returncode == -signal.SIGKILL
        shown = own_files(folder / "current")
        assert references(shown) <= shown.keys()
        assert run(folder, 3, kind="plain").returncode == 0
        assert is_whole(own_files(folder / "current"), small_site(3))


def test_without_links_files_lie_in_current_itself(plain_host):
    for number in (1, 2, 3):
        plain_host.publish(site(number), MOMENT)

    assert not current(plain_host).is_symlink()
    assert is_whole(own_files(current(plain_host)), small_site(3))
    assert plain_host.version() == site(3).version
    assert not (plain_host.folder / "releases").exists()


def test_without_links_old_fingerprinted_files_go_after_three_releases(plain_host):
    for number in range(0, 15, 3):
        plain_host.publish(site(number), MOMENT)

    styles = {path.name for path in (current(plain_host) / "theme").glob("*.css")}
    assert styles == {Path(asset(f"style {number}")).name for number in (2, 3, 4)}
    assert {path.name for path in current(plain_host).rglob("*.br")} == {
        f"{path.name}.br"
        for path in current(plain_host).rglob("*")
        if path.suffix in (".html", ".css") and path.stat().st_size > 256
    }


# --- through the whole publication ------------------------------------------------------------------------------------


@pytest.fixture
def editor(tmp_path, bare):
    git(tmp_path, "clone", "-q", f"file://{bare}", str(tmp_path / "робоча тека"))
    one = HostedClone(tmp_path / "робоча тека")
    one.write("перша.md", "перша")
    return one


def test_the_branch_is_pushed_the_site_goes_to_the_folder_and_no_pages_branch_is_made(editor, bare, tmp_path):
    assert editor.publish_into(tmp_path / "сайт", address="https://rada.example") == 0

    assert own_files(tmp_path / "сайт/current") == editor.built()
    assert tip(bare, "main") == editor.head()
    assert "gh-pages" not in git(bare, "branch")
    assert editor.said[-1].startswith("Опубліковано: ")


def test_nothing_changed_writes_no_release(editor, tmp_path):
    editor.publish_into(tmp_path / "сайт")
    before = sorted(path.stat().st_ino for path in (tmp_path / "сайт/releases").iterdir())
    editor.publish_into(tmp_path / "сайт")

    assert editor.said[-1] == "На сайті вже саме це: публікувати нічого."
    assert sorted(path.stat().st_ino for path in (tmp_path / "сайт/releases").iterdir()) == before


def test_an_address_does_not_vanish_from_a_folder_without_a_question(editor, tmp_path):
    editor.write("друга.md", "друга")
    editor.publish_into(tmp_path / "сайт")
    (editor.folder / "content/друга.md").unlink()
    git(editor.folder, "commit", "-qam", "Прибрано")

    with pytest.raises(PublicationRefused) as refused:
        editor.publish_into(tmp_path / "сайт")
    assert refused.value.code == "address-gone"
    assert (tmp_path / "сайт/current/друга.html").exists()

    editor.publish_into(tmp_path / "сайт", force=("address-gone",))
    assert not (tmp_path / "сайт/current/друга.html").exists()


def test_a_folder_keeps_the_address_of_its_site(editor, tmp_path):
    editor.publish_into(tmp_path / "сайт", address="https://rada.zrazok.ua")
    editor.publish_into(tmp_path / "сайт")
    assert 'href="https://rada.zrazok.ua/"' in (tmp_path / "сайт/current/index.html").read_text("utf-8")

    with pytest.raises(PublicationRefused) as refused:
        editor.publish_into(tmp_path / "сайт", address="https://insha.zrazok.ua")
    assert refused.value.code == "domain-changed"


def test_an_automatic_run_leaves_a_folder_alone_that_a_person_has_returned(editor, tmp_path):
    folder = tmp_path / "сайт"
    editor.publish_into(folder)
    first = (folder / "current").readlink()
    editor.write("друга.md", "друга")
    editor.publish_into(folder)
    (folder / "current").unlink()
    (folder / "current").symlink_to(first)

    assert editor.publish_into(folder, is_automatic=True) == 0
    assert (folder / "current").readlink() == first
    editor.publish_into(folder)
    assert (folder / "current/друга.html").exists()


@pytest.mark.parametrize("name", ["output", "build", "site", ".", ".."])
def test_a_folder_inside_or_around_the_clone_is_no_place_for_the_site(tmp_path, name):
    root = tmp_path / "clone"
    root.mkdir()
    options = Options.from_environment(root, {"TO": str(root / name)})

    with pytest.raises(OptionsError):
        requested_target(options)


def test_a_foreign_folder_of_manifests_beside_a_foreign_site_is_refused(host):
    for name in ("current", "manifests"):
        (host.folder / name).mkdir(parents=True)
    (host.folder / "current/index.html").write_text("чуже")

    with pytest.raises(HostFailed):
        host.publish(site(1), MOMENT)
    assert (host.folder / "current/index.html").read_text() == "чуже"


def test_a_preview_is_not_built_over_a_published_site(host, tmp_path):
    host.publish(site(1), MOMENT)
    for output in (host.folder, host.folder / "current", host.folder / "releases/проба"):
        assert "опублікований сайт" in published_folder(output)
    assert published_folder(tmp_path / "інша") == ""
