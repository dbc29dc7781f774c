"""A cache that somebody else has written: it may say what it likes, but nothing of it runs, and nothing outside of it is touched."""

import contextlib
import hashlib
import os
import pickle
import sqlite3
import struct
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import tasks
from hromada.build import pelican_plugin
from hromada.build.manifest import BuildManifest, CompletedBuild
from hromada.build.output_writer import Output, OutputConflict, remove, stamp_of
from hromada.content.file_cache import FileCache
from hromada.storage import sqlite_store as store_module
from hromada.storage.artifact_cache import FileStore
from hromada.storage.cache_cleanup import delete_orphans, note_folder
from hromada.storage.sqlite_store import Store
from tests.conftest import ROOT
from tests.unit.storage.codecs import CODECS

OUTWARD = ["../victim.txt", "/victim.txt", "a/../../victim.txt", "..", "", ".", "a\0b", "../cache/../victim.txt"]


@pytest.fixture
def victim(tmp_path):
    """A file that must stay as it is."""
    path = tmp_path / "victim.txt"
    path.write_text("слова редактора", "utf-8")
    yield path
    assert path.read_text("utf-8") == "слова редактора"


class Runs:
    """Writes a file when it is unpickled."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


# --- stores ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("poison", ["pickle", "json"])
def test_a_poisoned_file_cache_knows_nothing(tmp_path, poison):
    entry = pickle.dumps(Runs(tmp_path / "was-run")) if poison == "pickle" else b'{"content/a.md":[1,2,3]}'
    with contextlib.closing(Store(tmp_path / "files.sqlite", "1")) as store:
        store.put({(kind, name): entry for kind in ("folder", "text", "note") for name in ("content/news", "a")})
    file_cache = FileCache(tmp_path / "files.sqlite", "1")
    file_cache.load()

    assert (file_cache.files, file_cache.text("a", ""), file_cache.metadata("a", "")) == ({}, None, None)
    assert [file_cache.value("a", codec) for codec in CODECS.values()] == [None] * len(CODECS)
    assert not (tmp_path / "was-run").exists()


@pytest.mark.parametrize("poison", ["pickle", "json"])
def test_a_poisoned_manifest_knows_nothing(tmp_path, poison):
    entry = pickle.dumps(Runs(tmp_path / "was-run")) if poison == "pickle" else b'{"index.html":[1]}'
    manifest = BuildManifest(tmp_path / "output", tmp_path)
    manifest._store.put({("manifest", name): entry for name in ("turn", "files", "drawing", "groups", "completed")})
    again = BuildManifest(tmp_path / "output", tmp_path)

    assert (again.files, again.pending, again.groups, again.completed) == ({}, frozenset(), {}, CompletedBuild())
    assert again.is_latest
    assert not (tmp_path / "was-run").exists()


SCHEMAS = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON blobs BEGIN DELETE FROM version; END",
    "index": "CREATE INDEX i ON blobs (length(data))",
    "further table": "CREATE TABLE more (x)",
    "virtual table": "CREATE VIRTUAL TABLE more USING fts5(x)",
    "view": "ALTER TABLE blobs RENAME TO b; CREATE VIEW blobs AS SELECT * FROM b",
    "endless view": "DROP TABLE version; CREATE VIEW version AS WITH RECURSIVE n(words) AS (SELECT '1' UNION ALL SELECT '1' FROM n)"
    " SELECT words FROM n",
    "computed column": "CREATE TABLE c (kind TEXT, name BLOB, sum BLOB, data BLOB AS (zeroblob(1000000000)),"
    " PRIMARY KEY (kind, name)); DROP TABLE blobs; ALTER TABLE c RENAME TO blobs",
}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_store_with_more_than_our_tables_is_set_aside(tmp_path, schema):
    place = tmp_path / "store.sqlite"
    with contextlib.closing(Store(place, "1")) as store:
        store.put({("note", "a"): b"1"})
    with contextlib.closing(sqlite3.connect(place)) as foreign:
        foreign.executescript(schema)
    with contextlib.closing(Store(place, "1")) as store:
        assert (store.get("note", "a"), store.all("note")) == (None, {})
        store.put({("note", "b"): b"2"})
        assert store.all("note") == {"b": b"2"}
    assert place.with_suffix(".damaged").exists()


def test_blobs_larger_than_any_build_s_own_are_not_given(tmp_path, monkeypatch):
    with contextlib.closing(Store(tmp_path / "store.sqlite", "1")) as store:
        store.put({("note", name): bytes(1000) for name in "abc"} | {("other", "a"): b"1"})
    monkeypatch.setattr(store_module, "_LARGEST", 2500)
    with contextlib.closing(Store(tmp_path / "store.sqlite", "1")) as store:
        assert (store.all("note"), store.get("note", "a"), store.all("other")) == ({}, bytes(1000), {"a": b"1"})
        store.put({("note", "large"): bytes(2500)})
        assert store.get("note", "large") is None
    monkeypatch.setattr(store_module, "_LARGEST", 400)
    with contextlib.closing(Store(tmp_path / "store.sqlite", "1")) as store:
        assert store.get("note", "a") is None


KILLED = """
import os, sqlite3
db = sqlite3.connect("store.sqlite", isolation_level=None)
db.execute("PRAGMA cache_size = 5")
db.execute("BEGIN")
db.execute("UPDATE blobs SET data = randomblob(3000)")
os._exit(0)
"""


def test_a_journal_that_names_a_file_removes_none(tmp_path, victim):
    """Rolling back, SQLite removes the super-journal that a journal names, whatever file that is."""
    with contextlib.closing(Store(tmp_path / "store.sqlite", "1")) as store:
        store.put({("note", str(number)): bytes(3000) for number in range(50)})
    subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, check=True)
    name = os.fsencode(victim)
    tail = struct.pack(">II", len(name), sum(name) & 0xFFFFFFFF) + bytes.fromhex("d9d505f920a163d7")
    with (tmp_path / "store.sqlite-journal").open("ab") as journal:
        assert journal.tell() > 0
        journal.write(struct.pack(">I", 0x40000000 // 4096 + 1) + name + tail)
    with contextlib.closing(Store(tmp_path / "store.sqlite", "1")) as store:
        store.all("note")
        store.put({("note", "a"): b"1"})
        assert store.get("note", "a") == b"1"


@pytest.mark.parametrize("odd", ["link", "pipe"])
@pytest.mark.parametrize("suffix", ["", "-journal", "-wal", "-shm"])
def test_a_store_is_no_link_and_no_pipe(tmp_path, victim, suffix, odd):
    others = tmp_path / "others.sqlite"
    with contextlib.closing(Store(others, "2")) as store:
        store.put({("note", "a"): b"theirs"})
    place = tmp_path / f"store.sqlite{suffix}"
    place.symlink_to(others if not suffix else victim) if odd == "link" else os.mkfifo(place)
    with contextlib.closing(Store(tmp_path / "store.sqlite", "1")) as store:
        store.put({("note", "a"): b"ours"})
        assert store.all("note") == {"a": b"ours"}
    with contextlib.closing(Store(others, "2")) as store:
        assert store.all("note") == {"a": b"theirs"}


# --- lists of names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTWARD)
def test_no_name_leads_out_of_the_output(tmp_path, victim, name):
    folder = tmp_path / "output"
    folder.mkdir()
    inside = folder / "a" / "b.html"
    inside.parent.mkdir()
    inside.write_bytes(b"")

    assert not remove(folder, name)
    assert inside.exists()
    with pytest.raises(OutputConflict):
        Output(folder).write(name, b"")


@pytest.mark.parametrize("name", OUTWARD)
def test_a_poisoned_list_of_outputs_is_no_trouble(tmp_path, victim, name):
    manifest = BuildManifest(tmp_path / "output", tmp_path)
    manifest._store.put(
        {
            ("manifest", "files"): CODECS["_FILES"].encode({name: ("key", 1, 2, 3, 4)}),
            ("manifest", "drawing"): CODECS["_PENDING"].encode((name,)),
        }
    )
    manifest._list.write_bytes(f"index.html\0{name}".encode())
    again = BuildManifest(tmp_path / "output", tmp_path)

    assert "index.html" in again.names()
    assert again.changed_outputs() == {name}
    assert [remove(tmp_path / "output", one) for one in again.names()] == [False] * len(again.names())


def test_a_nul_in_a_name_is_no_file():
    assert stamp_of("a\0b") is None


# --- kept files -------------------------------------------------------------------------------------------------


def kept(tmp_path, names):
    return FileStore(tmp_path / "documents").get("inputs", names, lambda: dict.fromkeys(names, b"made"))


def listed(tmp_path, **files):
    """A set of files whose list is right in every sum."""
    place = tmp_path / "documents" / "inputs"
    place.mkdir(parents=True)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    (place / "sums.json").write_bytes(CODECS["_CHECKSUMS"].encode(sums))
    return place


@pytest.mark.parametrize("further", ["../../victim.txt", "{victim}", "x"])
def test_only_files_that_are_asked_for_are_given(tmp_path, victim, further):
    place = listed(tmp_path, **{"a.pdf": b"kept", further.format(victim=victim): victim.read_bytes()})
    (place / "a.pdf").write_bytes(b"kept")

    assert kept(tmp_path, ["a.pdf"]) == {"a.pdf": b"made"}


@pytest.mark.parametrize("odd", ["link", "pipe", "folder", "large"])
def test_only_files_are_read_from_a_store(tmp_path, victim, odd, monkeypatch):
    place = listed(tmp_path, **{"a.pdf": victim.read_bytes()})
    match odd:
        case "link":
            (place / "a.pdf").symlink_to(victim)
        case "pipe":
            os.mkfifo(place / "a.pdf")
        case "folder":
            (place / "a.pdf").mkdir()
        case _:
            (place / "a.pdf").write_bytes(victim.read_bytes())
            monkeypatch.setattr("hromada.storage.artifact_cache._LARGEST", 5)

    assert kept(tmp_path, ["a.pdf"]) == {"a.pdf": b"made"}


def test_nothing_is_written_or_removed_through_a_link_in_a_store(tmp_path, victim):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.pdf").write_bytes(b"theirs")
    (tmp_path / "documents").mkdir()
    for name in ("inputs", "older"):
        (tmp_path / "documents" / name).symlink_to(elsewhere)
    store = FileStore(tmp_path / "documents", capacity=1)

    assert store.get("inputs", ["a.pdf"], lambda: {"a.pdf": b"made"}) == {"a.pdf": b"made"}
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == {"a.pdf": b"theirs"}
    assert len(list((tmp_path / "documents").iterdir())) == 1


@pytest.mark.parametrize("sums", [b"[" * 100_000, b'{"a.pdf":1}', b'{"a.pdf":null}', b"{}", b'["a.pdf"]'])
def test_a_hostile_list_of_sums_is_none(tmp_path, sums):
    (listed(tmp_path) / "sums.json").write_bytes(sums)

    assert kept(tmp_path, ["a.pdf"]) == {"a.pdf": b"made"}


@pytest.mark.parametrize("odd", ["link", "pipe", "nul", "long"])
def test_a_store_goes_only_when_a_file_says_whose_it_was(tmp_path, victim, odd):
    stores = [tmp_path / f"files-{digit * 16}.sqlite" for digit in "ab"]
    for store in stores:
        store.write_bytes(b"")
        note_folder(store, tmp_path / "gone")
    place = stores[0].with_suffix(".folder")
    place.unlink()
    match odd:
        case "link":
            place.symlink_to(victim)
        case "pipe":
            os.mkfifo(place)
        case "nul":
            place.write_bytes(b"\0" * 9)
        case _:
            place.write_bytes(b"/" + b"a" * 5000)
    for path in tmp_path.glob("*-*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    delete_orphans(tmp_path)

    assert not stores[1].exists()


# --- what is code -----------------------------------------------------------------------------------------------


def test_compiled_code_lies_with_the_environment_and_not_in_the_cache():
    assert Path(tasks._environment()["PYTHONPYCACHEPREFIX"]) == tasks.VENV / "pycache"
    templates = pelican_plugin._compiled_templates()
    assert templates is None or Path(templates.directory).is_relative_to(sys.prefix)


def test_outside_an_environment_no_template_is_kept_compiled(monkeypatch):
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)

    assert pelican_plugin._compiled_templates() is None


def test_a_workflow_is_given_back_data_alone():
    data = {
        ".cache/files-*.sqlite", ".cache/lexemes.sqlite", ".cache/pictures", ".cache/documents", ".cache/commits.json", ".cache/freshness.json",
    }  # fmt: skip
    for workflow in (*ROOT.glob(".*/workflows/*.yml"), ROOT / ".gitlab-ci.yml"):
        words = {line.strip().removeprefix("- ") for line in workflow.read_text("utf-8").splitlines()}
        restored = {line for line in words if line.startswith(".cache") or line.startswith(".venv")}
        assert restored <= data


def test_pelican_s_own_caches_of_pickles_are_off(tmp_path):
    settings = {
        "PATH": "content", "CACHE_PATH": str(tmp_path), "CACHE_CONTENT": True, "LOAD_CONTENT_CACHE": True,
        "JINJA_FILTERS": {}, "JINJA_GLOBALS": {},
    }  # fmt: skip
    around = SimpleNamespace(base="", chrome=None)
    settings["HROMADA_RENDER_CONTEXT"] = SimpleNamespace(job=SimpleNamespace(site_context=around), paths=lambda *_: [])
    with contextlib.suppress(AttributeError):
        pelican_plugin.configure_pelican(SimpleNamespace(settings=settings))

    assert (settings["CACHE_CONTENT"], settings["LOAD_CONTENT_CACHE"]) == (False, False)
