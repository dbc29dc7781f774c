"""Pictures in an S3-compatible store: they are there before the pages, or nothing is published."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from threading import Timer

import pytest
from msgspec.structs import replace

from hromada.commands.history import _kept_pictures
from hromada.console.options import Options
from hromada.domain.settings import PictureStore
from hromada.publish import picture_cleanup, publishing
from hromada.publish.object_store import ObjectStore, StoreFailed
from hromada.publish.picture_publishing import CLEANUP, PicturePublisher
from hromada.publish.repository import PublicationRefused
from hromada.publish.rollback import RollbackRequest, rollback
from tests import needs
from tests.browser.waiting import wait_until
from tests.conftest import ROOT, copy_golden
from tests.system.clones import bare, clone, config, git, names_online, project, served
from tests.system.stores import KEYS, QUICK, FaultyProxy, Pages, Server, album, pictures_online

SETTINGS = {"name": "Рада", "address": "https://rada.example", "publishers": [("2020-12-01", "Рада")]}

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
        ({"endpoint": "http://127.0.0.1:9"}, "не відповідає: перевірте мережу й повторіть"),
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
def test_no_published_page_shows_a_missing_picture_whenever_a_publication_is_killed(through_proxy, proxy, bare, kills):
    editor, proxy.delay = through_proxy, 0.03
    chance = random.Random(16)
    store = [editor.store.bucket, editor.store.endpoint, editor.store.public]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])}

    def publish(seconds=None, pictures=0):
        """Publish in a process of its own, killed after so many seconds, or so many after it has sent so many pictures."""
        editor.write("перша.md", f"{chance.randint(1, 40)} kill {kills} {chance.random()}")
        names, start = names_of(editor), time.monotonic()
        publication = subprocess.Popen(
            [sys.executable, "-c", _PUBLISHING, str(editor.folder), *store], cwd=ROOT, env=environ,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        while (
            pictures and publication.poll() is None and len(names & editor.objects().keys()) < min(pictures, len(names))
        ):
            pass
        with contextlib.suppress(subprocess.TimeoutExpired):
            publication.wait(timeout=seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(publication.pid, signal.SIGKILL)
        publication.wait()
        for folder in (editor.folder / ".git", bare):  # git's own processes at the remote were killed, too
            for lock in folder.rglob("*.lock"):
                lock.unlink()
        return time.monotonic() - start

    whole = publish()
    partly = sent = published = 0
    for _ in range(kills):
        early = chance.random() < 0.2
        publish(chance.uniform(0, 1 if early else 0.3) * whole, 0 if early else chance.randint(1, 80))
        there, shown, names = editor.objects(), pictures_online(bare), names_of(editor)
        assert shown
        assert shown <= there.keys()
        assert all(there[name].size for name in shown)
        published += shown == names
        partly += not names.isdisjoint(there) and not names <= there.keys()
        sent += names <= there.keys() and shown != names
    print(f"{kills} kills: {partly} had sent some pictures, {sent} all and published none, {published} were through")
    assert kills < 100 or (partly and sent and published)

    assert editor.publish() == 0
    assert pictures_online(bare) == names_of(editor)


# --- cleanup --------------------------------------------------------------------------------------------------------


@pytest.fixture
def grown_old(monkeypatch):
    """A day has gone by since all was sent."""
    monkeypatch.setattr(picture_cleanup, "_YOUNGEST", timedelta(0))


@pytest.fixture
def own_bucket(editor, server, request):
    editor.store = server.add_bucket(f"open-{hashlib.sha256(request.node.name.encode()).hexdigest()[:12]}")
    return editor


@pytest.fixture
def gardener(own_bucket, monkeypatch):
    """An editor with a bucket of its own whose publications need no public address; three of them are kept, not ten."""
    monkeypatch.setattr(picture_cleanup, "KEPT", 3)
    monkeypatch.setattr(PicturePublisher, "_check_public", lambda self, name: None)
    return own_bucket


def clean_up(editor, delete=True):
    return picture_cleanup.clean_up(editor.folder, ObjectStore(editor.store, KEYS, QUICK), delete=delete)


def history(editor, count):
    """Publications with another picture each; the names of each, the oldest first."""
    shown = []
    for number in range(count):
        editor.write("перша.md", f"1 історія {number}")
        editor.publish()
        shown.append(names_of(editor))
    return shown


def test_a_cleanup_keeps_what_the_last_publications_show(gardener, grown_old):
    shown = history(gardener, 5)
    before = gardener.objects()

    lines = clean_up(gardener, delete=False)
    assert gardener.objects() == before
    assert lines[1].replace("\N{NO-BREAK SPACE}", " ") == "Нікому не потрібні: 4 файли, 0,1 МБ."
    assert lines[-1] == "Прибрати їх: make photos-gc DELETE=1"

    assert clean_up(gardener)[-1].replace("\N{NO-BREAK SPACE}", " ") == "Прибрано: 4 файли."
    assert gardener.objects().keys() == set.union(*shown[2:])
    assert gardener.notes() == {}
    assert clean_up(gardener)[-1].startswith("Прибрано: 0")


def test_a_cleanup_keeps_what_was_sent_within_a_day_and_what_is_not_ours(gardener):
    history(gardener, 5)
    ObjectStore(gardener.store, KEYS, QUICK).write("images/logo.webp", b"x")
    before = gardener.objects()

    lines = "\n".join(clean_up(gardener)).replace("\N{NO-BREAK SPACE}", " ")

    assert gardener.objects() == before
    assert "Новіші за добу, лишаються: 4 файли." in lines
    assert "Не наші, лишаються: 1 файл." in lines


def test_a_cleanup_counts_what_others_have_committed_on_top(gardener, bare, clone, grown_old):
    shown = history(gardener, 5)
    by_hand = clone("вручну", "--branch", "gh-pages")
    (by_hand.folder / "стара.html").write_text(f'<img src="{gardener.store.public}/{min(shown[0])}">', "utf-8")
    git(by_hand.folder, "add", "-A")
    git(by_hand.folder, "commit", "-qm", "руками")
    git(by_hand.folder, "push", "-q")

    clean_up(gardener)

    assert gardener.objects().keys() == {min(shown[0]), *set.union(*shown[2:])}


def test_a_shallow_clone_cleans_nothing(gardener, bare, tmp_path, grown_old):
    history(gardener, 3)
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{bare}", "мілка")
    shallow = album(bare, tmp_path / "інша", gardener.store)
    shallow.folder = tmp_path / "мілка"

    for delete in (False, True):
        with pytest.raises(picture_cleanup.CleanupRefused, match="git fetch --unshallow"):
            clean_up(shallow, delete=delete)
    assert gardener.notes() == {}


def test_a_clone_without_publications_cleans_nothing(gardener, bare, grown_old):
    with pytest.raises(picture_cleanup.CleanupRefused, match="Гілки gh-pages немає"):
        clean_up(gardener)

    git(gardener.folder, "push", "-q", "origin", "HEAD:refs/heads/gh-pages")
    with pytest.raises(picture_cleanup.CleanupRefused, match="немає жодної публікації"):
        clean_up(gardener)


def test_a_cleanup_gives_way_to_a_publication_of_another_clone(gardener, bare, tmp_path, grown_old):
    history(gardener, 5)
    other = album(bare, tmp_path / "інша", gardener.store)
    refusals = []

    def clean_meanwhile():
        with pytest.raises(picture_cleanup.CleanupRefused, match="Триває або перервана публікація") as refused:
            clean_up(other)
        refusals.append(str(refused.value))

    real = publishing.push_pages
    gardener.write("перша.md", "1 одна за одною")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "push_pages", lambda *arguments: (clean_meanwhile(), real(*arguments)))
        gardener.publish()

    assert len(refusals) == 1
    assert clean_up(other)[-1].startswith("Прибрано: 6")


def test_a_publication_waits_for_a_cleanup_and_gives_up_at_last(gardener, bare):
    objects = ObjectStore(gardener.store, KEYS, QUICK)
    objects.create(CLEANUP, b"")
    with pytest.raises(StoreFailed, match="зараз прибирають"):
        gardener.publish()
    assert_nothing_published(bare)

    gardener.waiting = 20
    ending = Timer(1, lambda: objects.delete([CLEANUP]))
    ending.start()
    assert gardener.publish() == 0
    ending.join()


def test_two_cleanups_do_not_run_at_once_and_an_old_note_is_taken_over(gardener, monkeypatch, grown_old):
    history(gardener, 1)
    ObjectStore(gardener.store, KEYS, QUICK).create(CLEANUP, b"")
    with pytest.raises(picture_cleanup.CleanupRefused, match="уже прибирає інший"):
        clean_up(gardener)

    monkeypatch.setattr(picture_cleanup, "LONGEST_CLEANUP", timedelta(seconds=-1))
    assert clean_up(gardener)[-1].startswith("Прибрано: 0")
    assert gardener.notes() == {}


# --- an earlier publication online again ----------------------------------------------------------------------------


def roll_back(editor, target, forced=("withdrawn-returns",), pictures=None):
    pictures = pictures or editor.publisher().kept
    rollback(
        editor.folder,
        RollbackRequest(target, print_lines=editor.said.append, forced=frozenset(forced), pictures=pictures),
    )


def test_an_earlier_publication_comes_back_with_its_pictures_while_the_store_has_them(gardener, bare, grown_old):
    shown = history(gardener, 3)

    roll_back(gardener, "1")
    assert pictures_online(bare) == shown[0]
    assert gardener.notes() == {}

    ObjectStore(gardener.store, KEYS, QUICK).delete([min(shown[1])])
    with pytest.raises(StoreFailed, match="світлини, яких у сховищі вже немає: 1"):
        roll_back(gardener, "2")
    assert pictures_online(bare) == shown[0]


def test_pictures_that_no_page_shows_any_more_do_not_return_unasked(gardener, bare):
    shown = history(gardener, 2)

    with pytest.raises(PublicationRefused) as refused:
        roll_back(gardener, "1", forced=())

    assert refused.value.code == "withdrawn-returns"
    assert all(f"  /{name}" in str(refused.value) for name in shown[0])
    assert pictures_online(bare) == shown[1]


def test_pictures_of_a_withdrawn_item_leave_the_store_with_its_text(editor, bare):
    editor.publish()
    withdrawn = editor.pictures()[0].names
    editor.write("перша.md", "0 відкликано")
    build = editor.build
    editor.publish(build=lambda output: replace(build(output), withdrawn=frozenset(withdrawn)))

    assert editor.objects().keys() & set(withdrawn) == set()
    assert pictures_online(bare) & set(withdrawn) == set()


def test_a_rollback_that_needs_a_store_is_refused_where_none_is_set(gardener, bare):
    shown = history(gardener, 2)
    (gardener.folder / "publishconf.py").write_text(f"HROMADA = {SETTINGS}", "utf-8")

    with pytest.raises(PublicationRefused, match="Світлини тієї публікації лежать у сховищі, якого немає"):
        roll_back(gardener, "1", pictures=_kept_pictures(None))
    assert pictures_online(bare) == shown[1]


@pytest.fixture
def council(tmp_path, bare, store):
    """The whole project with a store in publishconf.py; the call publishes, with the store's keys unless told otherwise."""
    folder, publish = project(tmp_path, bare, copy_golden)
    conf = folder / "publishconf.py"
    setting = {"bucket": store.bucket, "endpoint": store.endpoint, "public": store.public}
    conf.write_text(conf.read_text("utf-8") + f'HROMADA["picture_store"] = {setting}\n', "utf-8")
    git(folder, "commit", "-qam", "Сховище світлин")
    return folder, lambda **settings: publish(**({"SITEURL": "https://rada.example/sait"} | KEYS | settings))


def online(bare, pattern, branch="gh-pages"):
    """What matches in the published pages, with the number of pages."""
    done = subprocess.run(
        ["git", "grep", "-ohE", pattern, branch], cwd=bare, capture_output=True, text=True, check=False
    )
    return set(done.stdout.split("\n")) - {""}


def test_the_whole_command_publishes_pages_with_pictures_of_the_store_and_back(council, bare, store):
    folder, publish = council
    status, said, errors = publish(JOBS="2")
    assert status == 0, errors

    shown = pictures_online(bare)
    assert shown
    assert shown <= ObjectStore(store, KEYS, QUICK).objects("images").keys()
    assert [name for name in names_online(bare) if name.startswith("images/")] == []
    assert online(bare, r'"/sait/images/[^"]*"') == set()
    cards = online(bare, r'og:image" content="[^"]*"')
    assert cards
    assert all(f'content="{store.public}/images/' in card for card in cards)
    assert all(f'href="{store.public}/images/' in one for one in online(bare, r'rel="enclosure"[^>]*"'))
    policies = online(bare, "img-src [^;]*;")
    assert policies == {f"img-src 'self' {store.origin};", "img-src 'self';"}  # the second of pages that only lead on
    assert "світлини лежать у сховищі." in said
    assert "sitesecret" not in said + errors

    status, said, _ = publish()
    assert (status, "публікувати нічого" in said) == (0, True)
    assert "надіслано зараз: 0." in said

    conf = folder / "publishconf.py"
    conf.write_text(conf.read_text("utf-8").rpartition("HROMADA[")[0], "utf-8")
    git(folder, "commit", "-qam", "Світлини знову в теці сайту")
    status, _, errors = publish(AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
    assert status == 0, errors
    assert {name for name in names_online(bare) if name.startswith("images/")} >= shown
    assert online(bare, store.origin) == set()


def test_without_keys_the_whole_command_refuses_before_it_builds(council, bare):
    _, publish = council
    status, said, errors = publish(AWS_SECRET_ACCESS_KEY="")

    assert status == 1
    assert "задайте змінні середовища AWS_SECRET_ACCESS_KEY." in errors
    assert said == ""
    assert git(bare, "branch", "--list") == ""


def test_a_preview_says_what_would_be_sent_or_why_it_could_not_be(council, bare):
    _, publish = council
    status, said, errors = publish(DRY_RUN="1")
    assert status == 0, errors
    assert "До сховища світлин буде надіслано" in said

    status, said, _ = publish(DRY_RUN="1", FORMAT="json", AWS_SECRET_ACCESS_KEY="wrong")
    (refusal,) = json.loads(said)["refusals"]
    assert (status, refusal["code"]) == (2, "store-failed")
    assert "SignatureDoesNotMatch" in refusal["message"]
    assert git(bare, "branch", "--list") == ""


def test_a_build_for_the_preview_knows_no_store(council, tmp_path):
    folder, _ = council
    code = "import os; from pathlib import Path; from hromada.commands import dispatch as commands; from hromada.console.options import Options; raise SystemExit(commands.html(Options.from_environment(Path.cwd(), os.environ)))"
    environ = os.environ | {"PYTHONPATH": "plugins", "TODAY": "2022-01-15", "JOBS": "1", "CACHE": str(tmp_path / "c")}
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=folder, env=environ, check=False)

    assert done.returncode == 0
    pages = "".join(path.read_text("utf-8") for path in (folder / "output").rglob("*.html"))
    assert 'src="/images/' in pages
    assert "127.0.0.1" not in pages


@needs.chromium
@pytest.mark.browser
def test_a_browser_shows_the_pictures_under_the_pages_policy(council, bare, tmp_path, store, browser):
    _, publish = council
    status, _, errors = publish(SITEURL="https://rada.example")
    assert status == 0, errors
    shown = served(bare, tmp_path)
    # Not the home page: its script takes off what is over by now.
    page_name = "photos/index.html"
    assert f'src="{store.public}/images/'.encode() in shown[page_name]
    messages = []
    with Pages(shown) as pages, contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.goto(f"{pages.address}/{page_name}")
        pictures = page.locator(f'img[src^="{store.public}/"]')
        for number in range(pictures.count()):
            pictures.nth(number).scroll_into_view_if_needed()
        wait_until(page, "[...document.images].every(image => image.complete)")
        widths = pictures.evaluate_all("images => images.map(image => image.naturalWidth)")
        foreign = page.evaluate(
            "() => new Promise(done => { const image = new Image(); image.onload = () => done('shown');"
            " image.onerror = () => done('refused'); image.src = 'http://127.0.0.1:9/x.webp'; })"
        )

    assert widths
    assert all(widths)
    assert foreign == "refused"
    assert [
        message for message in messages if "Content Security Policy" in message and store.origin + "/" in message
    ] == []
