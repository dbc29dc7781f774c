import os
import shutil
from types import SimpleNamespace

import pytest

from hromada.console.messages import no_progress
from hromada.content import file_cache as memory_module
from hromada.content import parser
from hromada.content.file_cache import Approved, CacheEntry, FileCache, is_approval, read_files
from hromada.domain.item import Kind
from hromada.pictures.copies import PictureInfo
from hromada.system.regular_files import RegularFile, digest_of
from hromada.system.scan import walk
from hromada.system.workers import WorkerFailed

NEWS = "title: Назва\ndate: 2021-07-05\n\n{}\n"
A, B = "content/news/2021-07-05-a.md", "content/news/2021-07-05-b.md"
LATER, JUST_SAVED = 2**62, 0  # ns: a clock long after every saving, and one that is not past any


class Site:
    """A content folder and what one call after another reads and parses of it."""

    def __init__(self, folder, patch):
        self.folder, self.content, self.patch = folder, folder / "content", patch
        self.store, self.now = folder / "files.sqlite", LATER
        self.read, self.parsed = [], []
        read, parsed_item = RegularFile.read, parser.parsed_item

        def reading(file):
            self.read.append(file.path.relative_to(self.folder).as_posix())
            return read(file)

        def parsing_(path, *rest):
            self.parsed.append(path)
            return parsed_item(path, *rest)

        patch.setattr(RegularFile, "read", reading)
        patch.setattr(parser, "parsed_item", parsing_)
        patch.setattr(memory_module, "time", SimpleNamespace(time_ns=lambda: self.now))

    def put(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def call(self, file_cache=None, *, ignore_mtimes=False, on_progress=no_progress):
        """One call of a command, by a new process: what it knows; `read` and `parsed` say what it did for that."""
        self.read.clear()
        self.parsed.clear()
        file_cache = file_cache or self.file_cache()
        known = read_files(walk(self.content), file_cache, ignore_mtimes=ignore_mtimes, jobs=1, on_progress=on_progress)
        file_cache.save(known)
        return known

    def file_cache(self):
        file_cache = FileCache(self.store, "1")
        file_cache.load()
        return file_cache

    def text(self, path, known):
        text = self.file_cache().text(path, known[path].digest)
        return text and text.html


@pytest.fixture
def site(tmp_path, monkeypatch):
    site = Site(tmp_path, monkeypatch)
    site.put(A, NEWS.format("Перший текст."))
    site.put(B, NEWS.format("Другий текст."))
    return site


def changed_unseen(path, text):
    """Other bytes, the former time: the inode's own time alone tells (the loop is for disks of a coarse clock)."""
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_text(text, "utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)


def test_a_file_that_nobody_knows_is_read_and_parsed_once(site):
    known = site.call()

    assert site.read == site.parsed == list(known) == [A, B]
    assert known[A].digest == digest_of((site.folder / A).read_bytes())
    assert known[A].parsed.item.title == "Назва"
    assert "Перший текст." in site.text(A, known)


def test_an_unchanged_file_is_not_opened_again(site):
    first = site.call()
    second = site.call()

    assert (site.read, site.parsed) == ([], [])
    assert second == first


def test_a_file_saved_just_now_is_read_again_and_not_parsed_again(site):
    site.now = JUST_SAVED
    first = site.call()
    second = site.call()

    assert (site.read, site.parsed) == ([A, B], [])
    assert second == first
    assert [one.stamp for one in second.values()] == [None, None]


def test_a_file_that_was_saved_just_then_is_not_opened_after_one_more_reading(site):
    site.now = JUST_SAVED
    site.call()
    site.now = LATER
    site.call()
    known = site.call()

    assert (site.read, site.parsed) == ([], [])
    assert known[A].stamp == walk(site.content)[A].stamp


def test_a_changed_file_alone_is_read_and_parsed(site):
    site.call()
    site.put(A, NEWS.format("Інший, довший текст."))
    known = site.call()

    assert site.read == site.parsed == [A]
    assert "Інший, довший текст." in site.text(A, known)


def test_other_bytes_of_the_same_size_and_time_are_noticed(site):
    site.call()
    changed_unseen(site.folder / A, NEWS.format("Інакші слова."))
    known = site.call()

    assert site.read == site.parsed == [A]
    assert "Інакші слова." in site.text(A, known)


def test_a_touched_file_is_read_and_not_parsed(site):
    before = site.call()
    os.utime(site.folder / A, ns=(1, 1))
    known = site.call()
    site_read, site_parsed = list(site.read), list(site.parsed)
    site.call()

    assert (site_read, site_parsed) == ([A], [])
    assert (known[A].parsed, known[A].digest) == (before[A].parsed, before[A].digest)
    assert site.read == []


def test_everything_is_read_again_when_no_stamp_is_to_be_trusted_but_only_changes_are_parsed(site):
    first = site.call()
    site.put(B, NEWS.format("Новий текст."))
    second = site.call(ignore_mtimes=True)

    assert (site.read, site.parsed) == ([A, B], [B])
    assert second[A] == first[A]


def test_what_is_the_same_is_not_parsed_when_it_is_read_again(site):
    first = site.call()

    assert site.call(ignore_mtimes=True) == first
    assert (site.read, site.parsed) == ([A, B], [])


def test_a_deleted_file_is_forgotten_with_its_text(site):
    first = site.call()
    (site.folder / A).unlink()
    second = site.call()

    assert list(second) == list(site.file_cache().files) == [B]
    assert site.text(A, first) is None
    assert "Другий текст." in site.text(B, first)


def test_a_renamed_file_is_parsed_under_its_new_name(site):
    site.call()
    new = A.replace("-a", "-c")
    (site.folder / A).rename(site.folder / new)
    known = site.call()

    assert site.parsed == [new]
    assert known[new].parsed.item.path == new


def test_a_site_carried_elsewhere_with_its_memory_parses_nothing_again(site, tmp_path):
    first = site.call()
    moved = Site(tmp_path / "elsewhere", site.patch)
    shutil.copytree(site.content, moved.content)
    shutil.copy(site.store, moved.store)
    second = moved.call()

    assert (moved.read, moved.parsed) == ([A, B], [])
    assert {path: one.parsed for path, one in second.items()} == {path: one.parsed for path, one in first.items()}
    assert [moved.text(path, second) for path in (A, B)] == [site.text(path, first) for path in (A, B)]


def test_another_version_parses_everything(site):
    site.call()
    site.call(FileCache(site.store, "2"))

    assert site.read == site.parsed == [A, B]


def test_a_damaged_memory_costs_one_reading(site):
    first = site.call()
    site.store.write_bytes(b"garbage")
    second = site.call()

    assert site.parsed == [A, B]
    assert second == first


@pytest.mark.parametrize("name", ["content/news/2021-07-05-c.md", "content/reports/approved/2021-H2.json"])
def test_a_file_that_cannot_be_read_is_a_problem_and_is_tried_again(site, name):
    path = site.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(site.folder / "nothing")
    first = site.call()
    site.call()

    parsed = first[name].parsed
    problem = parsed.problem if isinstance(parsed, Approved) else parsed.problems[0]
    assert (problem.path, problem.code, first[name].stamp) == (name, "symbolic-link", None)
    assert site.read == [name]


def test_an_item_with_problems_is_remembered_with_them(site):
    site.put(A, "title: Назва\ndate: коли-небудь\n\nТекст\n")
    first = site.call()
    second = site.call()

    assert first[A].parsed.problems == second[A].parsed.problems != ()
    assert site.parsed == []


def test_a_draft_and_a_report_have_no_text_to_be_kept(site):
    site.put(A, "title: Назва\nstatus: draft\n\nТекст\n")
    report = "content/reports/2021-h2.md"
    site.put(report, "title: Звіт\nperiod: 2021-H2\n\nТекст\n")
    known = site.call()

    assert known[report].parsed.item.kind is Kind.REPORT
    assert [known[path].parsed.has_text for path in (A, report)] == [False, False]
    assert [site.text(path, known) for path in (A, report)] == [None, None]


def test_a_damaged_approval_is_a_problem_that_is_found_once(site):
    name = "content/reports/approved/2021-H2.json"
    site.put(name, "{}")
    first = site.call()
    second = site.call()

    assert (first[name].parsed.problem.code, site.read) == ("approval-damaged", [])
    assert second[name] == first[name]


def test_only_items_and_approvals_are_read(site):
    site.put("content/news/a.txt", "text")
    site.put("content/registers/a.json", "{}")
    site.put("content/images/a.jpg", "picture")

    assert list(site.call()) == site.read == [A, B]


def test_what_a_picture_said_is_known_until_the_picture_changes(site):
    picture = "content/news/a.jpg"
    path = site.put(picture, "picture")
    known = site.call()
    facts = CacheEntry(walk(site.content)[picture].stamp, "", PictureInfo("digest", 4, 3))
    site.file_cache().save(known | {picture: facts})
    second = site.call()
    path.write_bytes(b"another picture")
    third = site.call()

    assert second[picture] == facts
    assert picture not in third


def test_one_who_waits_is_told_of_every_file_that_is_read(site):
    on_progress = []
    site.call(on_progress=lambda *words: on_progress.append(words))
    site.call(on_progress=lambda *words: on_progress.append(words))

    assert on_progress == [("Читаю", 1, 2), ("Читаю", 2, 2)]


def test_a_file_that_breaks_the_parser_is_named(site):
    def broken(*_):
        raise ZeroDivisionError

    site.patch.setattr(parser, "parsed_item", broken)
    with pytest.raises(WorkerFailed, match=f"^{A}: ZeroDivisionError"):
        site.call()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/reports/approved/2021-H2.json", True),
        ("content/reports/approved/2021-H2.md", False),
        ("content/reports/2021-H2.json", False),
        ("content/news/content/reports/approved/a.json", False),
    ],
)
def test_an_approval_is_known_by_its_place(path, expected):
    assert is_approval(path) is expected
