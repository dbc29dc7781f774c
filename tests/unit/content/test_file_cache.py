from types import SimpleNamespace

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.content import file_cache as module
from hromada.content.file_cache import CachedText, CacheEntry, FileCache, Parsed
from hromada.pictures.copies import PictureInfo
from hromada.render.rendered_text import Reference, Text, TextMetadata
from hromada.storage.sqlite_store import CacheCodec
from hromada.system.scan import MTIME_GRANULARITY_NS
from tests.unit import making

NOW = 1_700_000_000_000_000_000
STAMP = (5, NOW - 2 * MTIME_GRANULARITY_NS, NOW - 2 * MTIME_GRANULARITY_NS, 7)
PATHS = st.sampled_from([f"content/{folder}/{name}.md" for folder in ("news", "units/a", "pages") for name in "abc"])
FILES = st.dictionaries(PATHS, st.sampled_from("123").map(lambda digest: CacheEntry(STAMP, digest)))


@pytest.fixture
def place(tmp_path):
    return tmp_path / "files.sqlite"


def recalled(place, version="1"):
    file_cache = FileCache(place, version)
    file_cache.load()
    return file_cache


def text(html):
    return Text(html, TextMetadata((Reference("a", "b.md", 4),), ("anchor",), (), html))


class Writing:
    """A memory whose writes can be seen."""

    def __init__(self):
        self.file_cache, self.written = FileCache(None, "1"), []
        self._put = self.file_cache.store.put
        self.file_cache.store.put = self.put

    def put(self, blobs, deleted=()):
        deleted = list(deleted)
        self.written.append((sorted(blobs), sorted(deleted)))
        self._put(blobs, deleted)

    def save(self, files):
        self.written.clear()
        self.file_cache.save(files)
        return self.written


def known(digest="1", stamp=STAMP):
    return CacheEntry(stamp, digest)


def test_files_are_known_to_the_next_call(place):
    files = {
        "content/news/a.md": CacheEntry(STAMP, "1", Parsed(making.item(), ())),
        "content/news/b.jpg": CacheEntry(STAMP, "2", PictureInfo("2", 4, 3)),
        "content/units/a/index.md": known("3"),
        "content/a.md": known("4", None),
    }
    recalled(place).save(files)

    assert recalled(place).files == files


@given(st.lists(FILES, min_size=1, max_size=4))
def test_what_was_saved_last_is_known_and_nothing_else(calls):
    file_cache = FileCache(None, "1")
    for files in calls:
        file_cache.save(files)
    blobs = file_cache.store.all("folder").values()

    assert file_cache.files == calls[-1]
    assert {
        path: one for blob in blobs for files in module._FOLDER.decode(blob) for path, one in files.items()
    } == calls[-1]
    assert all(any(module._FOLDER.decode(blob)) for blob in blobs)


def test_another_version_knows_nothing(place):
    recalled(place, "1").save({"content/news/a.md": known()})

    assert recalled(place, "2").files == {}


def test_only_folders_with_something_new_are_written():
    writing = Writing()
    files = {"content/news/a.md": known("1"), "content/units/a/b.md": known("2")}
    writing.save(files)

    assert writing.save(dict(files)) == []
    assert writing.save(files | {"content/news/c.md": known()}) == [([("folder", "content/news")], [])]
    assert writing.save(files | {"content/units/a/b.md": known("3")}) == [
        ([("folder", "content/news"), ("folder", "content/units/a")], [("text", "content/news/c.md")])
    ]


def test_an_emptied_folder_is_forgotten():
    writing = Writing()
    writing.save({"content/news/a.md": known()})

    assert writing.save({}) == [([], [("folder", "content/news"), ("text", "content/news/a.md")])]


@pytest.mark.parametrize(
    ("changed", "turned", "is_trusted"),
    [
        (NOW - MTIME_GRANULARITY_NS, NOW - MTIME_GRANULARITY_NS, True),
        (NOW - MTIME_GRANULARITY_NS + 1, NOW - MTIME_GRANULARITY_NS, False),
        (NOW - MTIME_GRANULARITY_NS, NOW - MTIME_GRANULARITY_NS + 1, False),
        (0, 0, True),
        (NOW, NOW, False),
        (NOW + MTIME_GRANULARITY_NS, 0, False),
    ],
)
def test_a_stamp_is_trusted_two_seconds_after_the_saving(monkeypatch, changed, turned, is_trusted):
    monkeypatch.setattr(module, "time", SimpleNamespace(time_ns=lambda: NOW))
    stamp = (5, changed, turned, 7)

    assert FileCache(None, "1").trusted(stamp) == (stamp if is_trusted else None)


def test_no_stamp_is_not_trusted():
    assert FileCache(None, "1").trusted(None) is None


@pytest.mark.parametrize("html", ["", "<p>слова</p>", "\n", "a\nb\n", "digest\n"])
def test_a_text_is_given_back_for_just_its_bytes(place, html):
    file_cache = FileCache(place, "1")
    file_cache.keep_text("content/news/a.md", CachedText.of("digest", text(html)))
    at_once = file_cache.text("content/news/a.md", "digest")
    file_cache.save({"content/news/a.md": known()})

    assert at_once == recalled(place).text("content/news/a.md", "digest") == text(html)
    assert recalled(place).text("content/news/a.md", "other") is None
    assert recalled(place).text("content/news/b.md", "digest") is None


@pytest.mark.parametrize("count", [511, 512, 513, 1025])
def test_many_texts_are_all_kept(place, count):
    file_cache = FileCache(place, "1")
    files = {f"content/news/{number}.md": known(str(number)) for number in range(count)}
    for number, path in enumerate(files):
        file_cache.keep_text(path, CachedText.of(str(number), text(f"html {number}")))
    file_cache.save(files)
    again = recalled(place)

    assert [again.text(path, one.digest) for path, one in files.items()] == [
        text(f"html {number}") for number in range(count)
    ]


def test_the_outline_of_a_text_is_given_back_for_just_its_bytes(place):
    file_cache = FileCache(place, "1")
    file_cache.keep_text("content/news/a.md", CachedText.of("1", text("html")))
    at_once = file_cache.metadata("content/news/a.md", "1")
    file_cache.save({"content/news/a.md": known("1")})
    again = recalled(place)

    assert at_once == again.metadata("content/news/a.md", "1") == text("html").metadata
    assert again.metadata("content/news/a.md", "1") == at_once
    assert [again.metadata("content/news/a.md", "2"), again.metadata("content/news/b.md", "1")] == [None, None]


def test_a_newer_text_replaces_the_former(place):
    file_cache = FileCache(place, "1")
    file_cache.keep_text("content/news/a.md", CachedText.of("1", text("first")))
    file_cache.save({"content/news/a.md": known("1")})
    file_cache.keep_text("content/news/a.md", CachedText.of("2", text("second")))

    assert (file_cache.text("content/news/a.md", "1"), file_cache.text("content/news/a.md", "2")) == (
        None,
        text("second"),
    )


def test_the_text_of_a_file_that_is_gone_goes_too(place):
    file_cache = FileCache(place, "1")
    file_cache.keep_text("content/news/a.md", CachedText.of("1", text("html")))
    file_cache.save({"content/news/a.md": known("1")})
    file_cache.save({})

    assert recalled(place).text("content/news/a.md", "1") is None


def test_a_note_is_kept_under_its_name(place):
    codec = CacheCodec(dict[str, tuple[int, int]])
    FileCache(place, "1").keep_value("picture", codec, {"a": (1, 2)})

    assert FileCache(place, "1").value("picture", codec) == {"a": (1, 2)}
    assert FileCache(place, "1").value("other", codec) is None
    assert FileCache(place, "1").value("picture", CacheCodec(dict[str, str])) is None
    assert FileCache(place, "2").value("picture", codec) is None


@pytest.mark.parametrize("blob", [b"garbage", b'["no folder"]', b"{}", b"[{},{},{}]", b""])
def test_a_folder_that_cannot_be_recalled_is_read_anew(place, blob):
    file_cache = FileCache(place, "1")
    file_cache.save({"content/news/a.md": known(), "content/pages/b.md": known()})
    file_cache.store.put({("folder", "content/news"): blob})

    assert recalled(place).files == {"content/pages/b.md": known()}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
def test_texts_that_are_read_ahead_are_those_of_each_file(place, monkeypatch, count):
    monkeypatch.setattr(module, "_READ_AHEAD", 3)
    file_cache = FileCache(place, "1")
    paths = [f"content/news/{number}.md" for number in range(count)]
    for path in paths:
        file_cache.keep_text(path, CachedText.of("1", text(path)))
    file_cache.save({path: known() for path in paths})
    later, asked = recalled(place), []
    monkeypatch.setattr(later.store, "get", lambda *key: asked.append(key))

    assert [later.text(path, "1").html for path in later.reading_ahead(paths, str)] == paths
    assert asked == []


def test_a_text_that_is_changed_after_it_was_read_ahead_is_the_new_one(place):
    file_cache = FileCache(place, "1")
    file_cache.keep_text("a.md", CachedText.of("1", text("old")))
    file_cache.save({"a.md": known()})

    for path in file_cache.reading_ahead(["a.md"], str):
        file_cache.keep_text(path, CachedText.of("2", text("new")))
        assert file_cache.text(path, "2").html == "new"
        assert file_cache.text(path, "1") is None
