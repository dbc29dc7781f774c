"""A built site whose pictures lie in a store: what its verification lets through, and what a cleanup may remove."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from hromada.publish import picture_cleanup, picture_publishing
from hromada.publish.object_store import StoredObject, store_fault
from hromada.publish.picture_cleanup import plan_cleanup
from hromada.publish.picture_publishing import PUBLICATIONS, active_publications
from tests.conftest import ROOT
from tests.verifying import output_faults

KEYS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
PUBLIC = "https://photos.rada.example"
KNOWN, UNKNOWN = "images/0123456789abcdef-480.webp", "images/fedcba9876543210-480.webp"
SITE = "https://rada.example"
POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def shell(content):
    return f"<!doctype html>\n<html><head><title>x</title>{POLICY}</head>\n<body>{content}</body></html>\n"


@pytest.fixture
def broken(tmp_path):
    def check(text, is_stored=True, name="index.html"):
        (tmp_path / "index.html").write_text(shell(""), "utf-8")
        (tmp_path / name).write_text(shell(text) if name == "index.html" else text, "utf-8")
        lines = output_faults(tmp_path, SITE, PUBLIC if is_stored else "", stored={KNOWN} if is_stored else ())
        return [line.removeprefix(f"{name}: ") for line in lines]

    return check


@pytest.mark.parametrize(
    "text",
    [
        '<img src="{0}/{1}">', '<img srcset="{0}/{1} 480w, {0}/{1} 1200w" alt="">', '<a href="{0}/{1}"></a>',
        '<picture><source srcset="{0}/{1} 480w"></picture>', '<meta property="og:image" content="{0}/{1}">',
        '<a href="https://elsewhere.example/x.jpg"></a>',
    ],
)  # fmt: skip
def test_pictures_of_the_store_are_let_through(broken, text):
    assert broken(text.format(PUBLIC, KNOWN)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<img src="{0}/{1}">', "index.html"), ('<img srcset="{0}/{2} 1x, {0}/{1} 2x">', "index.html"), ('<a href="{0}/{1}"></a>', "index.html"),
        ('<meta property="og:image" content="{0}/{1}">', "index.html"), ("<p>&lt;img src=&quot;{0}/{1}&quot;&gt;</p>", "index.html"),
        ('{{"image": "{0}/{1}"}}', "data.json"), ("<x><loc>{0}/{1}</loc></x>", "map.xml"),
    ],
)  # fmt: skip
def test_a_picture_that_the_store_lacks_is_broken_wherever_it_is_named(broken, text, name):
    assert broken(text.format(PUBLIC, UNKNOWN, KNOWN), name=name) == [f"у сховищі немає світлини {PUBLIC}/{UNKNOWN}"]


@pytest.mark.parametrize("is_stored", [True, False])
@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/x.webp", "//elsewhere.example/x.webp", f"{PUBLIC}.elsewhere.example/{KNOWN}", "http://photos.rada.example/x"],
)  # fmt: skip
@pytest.mark.parametrize("attribute", ["src", "srcset"])
def test_no_page_loads_anything_from_another_host(broken, attribute, address, is_stored):
    assert broken(
        f'<img {attribute}="{address} 2x">' if attribute == "srcset" else f'<img src="{address}">', is_stored
    ) == [f"завантажує з іншого сайту {address}"]
    assert broken(f'<a href="{address}"></a>', is_stored) == []


@pytest.mark.parametrize(
    ("text", "is_loaded"),
    [
        ('<p>&lt;img src="https://elsewhere.example/x"&gt;</p>', False),
        ('<code> src="https://elsewhere.example/x"</code>', False),
        ('<p>a</p> src="https://elsewhere.example/x" <img src="/index.html">', False),
        ('<img alt="a > b" src="https://elsewhere.example/x">', True),
        ("<img alt='a > b' src=\"https://elsewhere.example/x\">", True),
        ('<img srcset="/index.html 1x, https://elsewhere.example/x 2x">', True),
        ('<script src="https://elsewhere.example/x"></script>', True),
        ('<iframe src="https://elsewhere.example/x"></iframe>', True),
        ('<video poster="https://elsewhere.example/x"></video>', True),
        ('<link rel="stylesheet" href="https://elsewhere.example/x">', True),
        ('<link rel="canonical" href="https://elsewhere.example/x">', False),
    ],
)
def test_what_a_text_shows_as_code_is_not_loaded(broken, text, is_loaded):
    assert broken(text) == ["завантажує з іншого сайту https://elsewhere.example/x"] * is_loaded


def test_without_a_store_its_address_is_a_foreign_one(broken):
    assert broken(f'<img src="{PUBLIC}/{KNOWN}">', False) == [f"завантажує з іншого сайту {PUBLIC}/{KNOWN}"]


def test_a_picture_of_the_site_s_own_folder_that_is_not_there_is_broken(broken):
    assert broken(f'<img src="/{KNOWN}">') == [f"посилання в нікуди: /{KNOWN}"]


@pytest.mark.parametrize(("hours", "removed"), [(25, True), (24, True), (23.9, False), (0, False), (-5, False)])
def test_what_was_sent_within_a_day_is_kept(hours, removed):
    plan = plan_cleanup(frozenset(), {UNKNOWN: StoredObject(10, NOW - timedelta(hours=hours))}, NOW)

    assert (UNKNOWN in plan.unneeded) is removed
    assert (UNKNOWN in plan.young) is not removed


def test_what_a_page_needs_is_never_removed_however_old():
    old = StoredObject(10, NOW - timedelta(days=4000))
    plan = plan_cleanup(frozenset({KNOWN}), {KNOWN: old, UNKNOWN: old, "images/logo.png": old}, NOW)

    assert plan.unneeded == {UNKNOWN: 10}
    assert plan.foreign == {"images/logo.png"}


def test_ten_publications_are_kept():
    assert picture_cleanup.KEPT == 10


def test_a_publication_that_was_killed_counts_for_a_day():
    notes = {
        f"{PUBLICATIONS}{id}": StoredObject(0, NOW - timedelta(hours=age))
        for id, age in (("a", 1), ("b", 23), ("c", 24))
    }

    running = active_publications(notes | {picture_publishing.CLEANUP: StoredObject(0, NOW)}, NOW)

    assert running == [f"{PUBLICATIONS}a", f"{PUBLICATIONS}b"]


@pytest.mark.parametrize(
    ("environ", "fault"),
    [
        ({}, "змінні середовища AWS_ACCESS_KEY_ID і AWS_SECRET_ACCESS_KEY."),
        ({"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": " "}, "змінні середовища AWS_SECRET_ACCESS_KEY."),
    ],
)
def test_keys_come_from_the_environment_alone(environ, fault):
    assert store_fault(environ).endswith(fault)
    assert store_fault(KEYS) == ""


def test_a_missing_library_is_said_with_how_to_get_it(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    assert store_fault(KEYS) == "Бібліотеки сховища світлин не встановлено. Її ставить виклик python3 tasks.py publish."


def test_the_library_is_loaded_by_a_store_alone():
    code = "import sys; import hromada.commands.publish, hromada.publish.picture_publishing; print('obstore' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "plugins", capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"
