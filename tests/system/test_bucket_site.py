"""A site in a bucket of a real S3-compatible server: what each object says of itself, the order, kills, what stays."""

import os
import random
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from hromada.domain.host_address import BucketAddress
from hromada.domain.media_types import caching_of, media_type_of
from hromada.publish.hosts.bucket_site import BucketSite
from hromada.publish.hosts.host import HostFailed, site_of_files
from hromada.publish.object_store import ObjectStore
from tests import needs
from tests.conftest import ROOT
from tests.system.hosts import MOMENT, asset, site, small_site
from tests.system.stores import _OWNER, KEYS, QUICK, Server

pytestmark = [needs.seaweedfs, pytest.mark.long]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("weed") / "data")
    yield server
    server.stop()


@pytest.fixture
def host(server, request):
    store = server.add_bucket("b" + re.sub("[^a-z]", "", request.node.name)[-40:])
    return BucketSite(BucketAddress(server.endpoint, store.bucket), KEYS, QUICK)


def objects(host):
    """All objects that a publication may have written, with their bytes."""
    store = ObjectStore(_store(host), _OWNER, QUICK)
    return {name: store.read(name) for name in store.objects("") if not name.startswith(("hromada/", "owner"))}


def _store(host):
    from hromada.domain.settings import PictureStore

    return PictureStore(host.address.bucket, host.address.endpoint, "")


def modified(host):
    return {name: one.modified for name, one in ObjectStore(_store(host), _OWNER, QUICK).objects("").items()}


def references(shown):
    pages = (data for name, data in shown.items() if name.endswith(".html"))
    return {found.decode() for data in pages for found in re.findall(rb"(?:href|src)=/([^>]+)>", data)}


def test_the_bucket_has_the_site_and_its_own_files_are_known_again(host):
    assert (host.files(), host.version()) == ({}, "")
    host.publish(site(1), MOMENT)

    assert objects(host) == small_site(1)
    assert (host.version(), host.files()) == (site(1).version, host.ids_of(site(1)))
    assert host.read(["index.html"]) == {"index.html": small_site(1)["index.html"]}


def test_each_object_says_its_type_and_how_long_it_may_be_kept(server):
    host = BucketSite(BucketAddress(server.endpoint, "open"), KEYS, QUICK)
    host.publish(site(1), MOMENT)

    for name in small_site(1):
        with urllib.request.urlopen(f"{server.endpoint}/open/{name}") as answer:
            told = (answer.headers["Content-Type"], answer.headers["Cache-Control"])
        assert told == (media_type_of(name), caching_of(name))


def test_only_what_changed_is_sent(host):
    host.publish(site(1), MOMENT)
    before = modified(host)
    host.publish(site(2), MOMENT)

    same = {name for name, data in small_site(2).items() if small_site(1).get(name) == data}
    after = modified(host)
    assert len(same) >= 5
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_nothing_changed_writes_nothing(host):
    host.publish(site(1), MOMENT)
    before = modified(host)
    host.publish(site(1), MOMENT)

    assert modified(host) == before


def test_old_fingerprinted_files_go_after_three_publications_and_files_of_others_never(host):
    for number in range(0, 15, 3):
        host.publish(site(number), MOMENT)

    assert {name for name in objects(host) if name.endswith(".css")} == {
        asset(f"style {number}") for number in (2, 3, 4)
    }
    assert "owner" in modified(host)


def test_a_page_that_is_gone_goes(host):
    files = small_site(1)
    host.publish(site_of_files(files), MOMENT)
    from tests.system.hosts import with_version

    fewer = {name: data for name, data in files.items() if name not in ("news/3/index.html", "version.json")}
    host.publish(site_of_files(with_version(fewer)), MOMENT)

    assert "news/3/index.html" not in objects(host)


def test_a_lost_or_changed_object_comes_back(host):
    host.publish(site(1), MOMENT)
    store = ObjectStore(_store(host), _OWNER, QUICK)
    store.delete(["404.html"])
    store.write("index.html", b"x")
    assert host.version() == ""

    host.publish(site(1), MOMENT)

    assert objects(host) == small_site(1)


def test_wrong_keys_are_said(host):
    other = BucketSite(host.address, {**KEYS, "AWS_SECRET_ACCESS_KEY": "інший"}, QUICK)
    with pytest.raises(HostFailed, match="не прийняло ключів"):
        other.publish(site(1), MOMENT)


_KILLED = """
import sys
from hromada.domain.host_address import BucketAddress
from hromada.publish.hosts.bucket_site import BucketSite
from tests.system.hosts import MOMENT, site
from tests.system.stores import KEYS, QUICK
BucketSite(BucketAddress(sys.argv[1], sys.argv[2]), KEYS, QUICK).publish(site(int(sys.argv[3])), MOMENT)
"""


def kill_publications(host, seeds):
    environ = os.environ | {"PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}"}
    host.publish(site(0), MOMENT)
    killed = 0
    for seed in seeds:
        command = [sys.executable, "-c", _KILLED, host.address.endpoint, host.address.bucket, str(seed)]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=random.Random(seed).uniform(0.3, 2))
        except subprocess.TimeoutExpired:
            process.kill()
        killed += process.wait() == -signal.SIGKILL
        shown = objects(host)
        assert references(shown) <= shown.keys(), seed
        host.publish(site(seed), MOMENT)
        shown = objects(host)
        assert shown.items() >= small_site(seed).items()
        assert all(name.startswith(("theme/", "images/")) for name in shown.keys() - small_site(seed).keys())
    return killed


def test_a_killed_publication_leaves_no_page_that_names_a_missing_file_and_the_next_one_mends_it(host):
    kill_publications(host, range(1, 6))


@pytest.mark.soak
def test_many_killed_publications_leave_no_page_that_names_a_missing_file(host):
    assert kill_publications(host, range(1, 41)) >= 10
