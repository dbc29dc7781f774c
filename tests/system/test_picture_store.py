"""Pictures in an S3-compatible store: they are there before the pages, or nothing is published."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import contextlib
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from hromada.domain.settings import PictureStore
from hromada.publish.object_store import ObjectStore, StoreFailed
from hromada.publish.publishing import PublicationRefused
from tests import needs
from tests.conftest import ROOT
from tests.system.clones import bare, commits, config, git, names_online, tip
from tests.system.stores import KEYS, QUICK, FaultyProxy, Server, album, pictures_online

pytestmark = [needs.seaweedfs, pytest.mark.long]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("weed") / "data")
    yield server
    server.stop()


@pytest.fixture
def store(server):
    """The bucket that everybody may read; pictures of other tests are in it, too."""
    return PictureStore("open", server.endpoint, f"{server.endpoint}/open")


@pytest.fixture
def proxy(server):
    proxy = FaultyProxy(server.endpoint)
    yield proxy
    proxy.stop()


@pytest.fixture
def editor(tmp_path, bare, store, request):
    editor = album(bare, tmp_path / "робоча тека", store)
    editor.write("перша.md", f"3 {request.node.name}")
    return editor


@pytest.fixture
def through_proxy(editor, proxy):
    editor.store = replace(editor.store, endpoint=proxy.endpoint)
    return editor


def names_of(editor):
    return {name for files in editor.pictures() for name in files.names}


def test_pictures_are_in_the_store_and_not_in_the_published_branch(editor, bare):
    assert editor.publish() == 0

    assert pictures_online(bare) == names_of(editor)
    assert names_of(editor) <= editor.objects().keys()
    assert names_online(bare) == {"index.html", "перша.html", ".nojekyll"}
    assert "Світлини у сховищі: 6\N{NO-BREAK SPACE}файлів, з них надіслано зараз: 6." in editor.said
    assert editor.notes() == {}


def test_an_object_has_its_type_and_may_be_kept_for_ever(editor):
    from obstore.store import S3Store

    editor.publish()
    (files,) = editor.pictures()[:1]
    config = {"endpoint": editor.store.endpoint, "access_key_id": "sitekey", "secret_access_key": "sitesecret"}
    object = S3Store("open", config=config, client_options={"allow_http": True}).get(files.names[0])

    assert object.attributes == {"Content-Type": "image/webp", "Cache-Control": "public, max-age=31536000, immutable"}
    assert bytes(object.bytes()) == files.make()[files.names[0]]


def test_a_second_publication_sends_nothing_and_a_new_item_its_own_pictures_alone(through_proxy, proxy):
    through_proxy.publish()
    proxy.seen.clear()

    through_proxy.publish()
    assert proxy.sent() == []
    assert len(proxy.seen) <= 5  # the note, the notes, the pictures, the note's end

    through_proxy.write("друга.md", "2 друга")
    through_proxy.publish()
    assert {f"images/{name}" for name in proxy.sent()} == {
        name for files in through_proxy.pictures()[:2] for name in files.names
    }
    assert len(proxy.sent()) == 4


def test_a_picture_that_the_store_has_lost_is_sent_again(editor):
    editor.publish()
    lost, emptied, *_ = sorted(names_of(editor))
    objects = ObjectStore(editor.store, KEYS, QUICK)
    objects.delete([lost])
    objects.write(emptied, b"")

    editor.publish()

    assert {editor.objects()[name].size for name in (lost, emptied)} == {20_000}


def test_an_object_that_is_there_is_never_written_over(editor):
    name = min(names_of(editor))
    ObjectStore(editor.store, KEYS, QUICK).write(name, b"first")
    written = editor.objects()[name]

    editor.publish()

    assert editor.objects()[name] == written


def test_a_site_without_pictures_needs_no_store(editor, bare):
    editor.write("перша.md", "0")
    editor.environ = {}

    assert editor.publish() == 0
    assert names_online(bare)


def assert_nothing_published(bare):
    assert git(bare, "branch", "--list") == ""


_FAULTS = {
    "500": "відповіло помилкою (500 InternalError)", "503": "відповіло помилкою (503 SlowDown)",
    "507": "немає місця (507 InsufficientStorage)", "slow": "не відповідає", "cut": "не відповідає",
}  # fmt: skip


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_store_that_fails_stops_the_publication_before_anything_is_pushed(through_proxy, proxy, bare, fault):
    proxy.fault, proxy.after = fault, 2

    with pytest.raises(PublicationRefused) as refused:
        through_proxy.publish()

    assert refused.value.code == "store-failed"
    assert _FAULTS[fault] in str(refused.value)
    assert "sitesecret" not in str(refused.value)
    assert_nothing_published(bare)
    assert through_proxy.notes() == {}

    there = through_proxy.objects().keys() & names_of(through_proxy)  # what was sent stays
    proxy.fault = ""
    proxy.seen.clear()
    assert through_proxy.publish() == 0
    assert len(proxy.sent()) == 6 - len(there)
    assert pictures_online(bare) <= through_proxy.objects().keys()


@pytest.mark.parametrize("fault", ["500", "503", "429", "slow", "cut", "answer lost"])
def test_a_single_failure_is_overcome(through_proxy, proxy, bare, fault):
    proxy.fault, proxy.times = fault, 1

    assert through_proxy.publish() == 0
    assert pictures_online(bare) <= through_proxy.objects().keys()
    assert {through_proxy.objects()[name].size for name in names_of(through_proxy)} == {20_000}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"environ": KEYS | {"AWS_SECRET_ACCESS_KEY": "wrong"}}, "не прийняло ключів (403 SignatureDoesNotMatch)"),
        ({"environ": KEYS | {"AWS_ACCESS_KEY_ID": "nobody"}}, "не прийняло ключів (403 InvalidAccessKeyId)"),
        ({"environ": {}}, "AWS_ACCESS_KEY_ID і AWS_SECRET_ACCESS_KEY"),
        ({"environ": {"AWS_ACCESS_KEY_ID": "sitekey"}}, "задайте змінні середовища AWS_SECRET_ACCESS_KEY."),
        ({"bucket": "nothing-here"}, "назву кошика"),  # this server tells it to owners alone
        ({"endpoint": "http://127.0.0.1:9"}, "не відповідає: перевірте мережу"),
        ({"public": "http://127.0.0.1:9"}, "не відкриваються за адресою http://127.0.0.1:9/images/"),
    ],
)  # fmt: skip
def test_a_wrong_setting_stops_the_publication_with_its_reason(editor, bare, change, reason):
    if "environ" in change:
        editor.environ = change["environ"]
    else:
        editor.store = replace(editor.store, **change)

    with pytest.raises(StoreFailed) as refused:
        editor.publish()

    assert reason in str(refused.value)
    assert "sitesecret" not in str(refused.value)
    assert "wrong" not in str(refused.value)
    assert_nothing_published(bare)


def test_a_bucket_that_is_not_there_is_named(editor):
    store = replace(editor.store, bucket="nothing-here")

    with pytest.raises(StoreFailed, match="Немає кошика «nothing-here»"):
        replace(editor.publisher(), store=store).missing(editor.pictures())


def test_what_would_be_sent_is_known_without_sending_it(editor):
    editor.publish()
    editor.write("друга.md", "2 зовсім інша")

    missing = editor.publisher().missing(editor.pictures())

    assert missing.as_forecast() == "До сховища світлин буде надіслано 4\N{NO-BREAK SPACE}файли з 10."
    assert missing.names.isdisjoint(editor.objects())


def test_a_bucket_that_the_public_may_not_read_stops_the_publication(editor, server, bare):
    editor.store = server.add_bucket("closed")

    with pytest.raises(
        StoreFailed, match=r"не відкриваються за адресою .*: відповідь 403\. .* чи дозволено всім читати"
    ):
        editor.publish()
    assert_nothing_published(bare)


_PUBLISHING = """
import sys
from pathlib import Path
from hromada.domain.settings import PictureStore
from tests.system.stores import Album
Album(Path(sys.argv[1]), PictureStore(*sys.argv[2:])).publish()
"""


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.soak)])
def test_no_published_page_shows_a_missing_picture_whenever_a_publication_is_killed(editor, bare, kills):
    chance = random.Random(16)
    store = [editor.store.bucket, editor.store.endpoint, editor.store.public]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])}
    sent_early = published = 0
    for number in range(kills):
        editor.write("перша.md", f"{chance.randint(1, 40)} kill {kills} {number}")
        publication = subprocess.Popen(
            [sys.executable, "-c", _PUBLISHING, str(editor.folder), *store], cwd=ROOT, env=environ,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            publication.wait(timeout=chance.uniform(0.3, 2.5))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(publication.pid, signal.SIGKILL)
        publication.wait()
        for lock in (editor.folder / ".git").rglob("*.lock"):
            lock.unlink()
        there, shown = editor.objects(), pictures_online(bare) if git(bare, "branch", "--list", "gh-pages") else set()
        assert shown <= there.keys()
        assert all(there[name].size for name in shown)
        published += shown == names_of(editor)
        sent_early += bool(names_of(editor) & there.keys()) and shown != names_of(editor)
    print(f"kills: {kills}, published all the same: {published}, with pictures sent and no page: {sent_early}")

    assert editor.publish() == 0
    assert pictures_online(bare) == names_of(editor)
