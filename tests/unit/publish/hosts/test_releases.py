"""A site on its way to a host: order, releases, the log, digests."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.publish.hosts.bucket_site import BucketRecord
from hromada.publish.hosts.host import HostFailed, VerifiedSite, site_of_files
from hromada.publish.hosts.release_log import ReleaseLog, manifest_text, read_manifest
from hromada.publish.hosts.release_plan import compressed, deletion_order, plan_release, upload_order, upload_stages

A, B, C, D = (letter * 64 for letter in "abcd")
STYLE, OLD_STYLE = "theme/site.0123456789.css", "theme/site.9876543210.css"


def test_files_that_pages_show_come_first_lists_and_the_version_last():
    names = [
        "version.json",
        "index.html",
        "sitemap.xml",
        "news/feed.atom",
        "news/index.html",
        "news/a/index.html",
        STYLE,
        "news/new/index.html",
    ]

    assert upload_order(names, {"index.html", "news/index.html", "news/a/index.html"}) == [
        STYLE, "news/new/index.html", "news/a/index.html", "news/index.html", "index.html", "news/feed.atom", "sitemap.xml", "version.json",
    ]  # fmt: skip


@given(
    st.lists(st.sampled_from(["index.html", "a/index.html", STYLE, "feed.atom", "version.json", "x.pdf"]), unique=True)
)
def test_stages_hold_every_file_once(names):
    assert sorted(name for stage in upload_stages(names, ["index.html"]) for name in stage) == sorted(names)


def test_pages_go_before_what_they_show():
    assert deletion_order([STYLE, "b/index.html", "a.pdf"]) == ["b/index.html", "a.pdf", STYLE]


def test_a_release_takes_over_what_is_equal_and_what_readers_may_still_ask_for():
    site = VerifiedSite(A, {"index.html": A, "old/index.html": B, STYLE: C}, lambda _: b"")
    tree = {
        "index.html",
        "index.html.br",
        "old/index.html",
        "old/index.html.br",
        "gone/index.html",
        OLD_STYLE,
        f"{OLD_STYLE}.gz",
    }

    plan = plan_release(site, {"index.html": D, "old/index.html": B, OLD_STYLE: D}, tree, {OLD_STYLE})

    assert plan.written == (STYLE, "index.html")
    assert plan.kept == {"old/index.html", "old/index.html.br", OLD_STYLE, f"{OLD_STYLE}.gz"}


def test_what_was_withdrawn_is_carried_into_no_release_and_kept_in_no_bucket():
    site = VerifiedSite(A, {"index.html": A}, lambda _: b"", withdrawn=frozenset({OLD_STYLE}))

    assert plan_release(site, {}, {OLD_STYLE, f"{OLD_STYLE}.gz"}, {OLD_STYLE}).kept == frozenset()
    record = BucketRecord(frozenset({OLD_STYLE}), ((B, frozenset({OLD_STYLE})),)).with_version(site)
    assert record.unneeded(site) == {OLD_STYLE}


def test_the_log_gives_each_version_once_by_its_last_publication():
    log = ReleaseLog.read(f"2022-01-15T12:00 {A}\n2022-01-15T12:01 {B}\nпошкоджений рядок\n2022-01-15T12:02 {A}\n")

    assert log.versions == [B, A]
    assert (log.is_rolled_back(A), log.is_rolled_back(B), log.is_rolled_back(C)) == (False, True, False)
    assert str(ReleaseLog.read(str(log))) == str(log)


def test_a_version_that_a_killed_publication_did_not_note_is_noted():
    assert ReleaseLog().with_current(A, "now").versions == [A]
    assert ReleaseLog().with_current("", "now") == ReleaseLog()


def test_the_release_shown_is_never_dropped():
    versions = [format(number, "064x") for number in range(15)]
    log = ReleaseLog(tuple(f"m {version}" for version in versions))

    assert log.dropped(versions[0], versions) == versions[1:6]
    assert log.dropped(versions[-1], versions) == versions[:5]
    assert log.before(versions[-1]) == (versions[-1], versions[-2])


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.sampled_from([A, B])))
def test_a_manifest_is_read_as_it_was_written(digests):
    assert read_manifest(manifest_text(digests)) == digests


def test_a_site_whose_files_are_not_those_of_its_version_is_refused():
    page = {"index.html": b"x"}
    version = hashlib.sha256(f"index.html\0{hashlib.sha256(b'x').hexdigest()}\n".encode()).hexdigest()
    said = f'{{"version": "{version}"}}\n'.encode()

    assert site_of_files({**page, "version.json": said, "CNAME": b"a", ".nojekyll": b""}).version == version
    with pytest.raises(HostFailed):
        site_of_files({"index.html": b"y", "version.json": said})


def test_what_compression_does_not_shorten_is_left_as_it_is():
    assert compressed("index.html", bytes(range(256)) * 2).keys() <= {"index.html.br", "index.html.gz"}
    assert compressed("index.html", b"x" * 255) == compressed("a.webp", b"x" * 999) == {}
    assert compressed("index.html", b"x" * 999) == compressed("index.html", b"x" * 999) != {}


def test_an_unreadable_record_of_a_bucket_removes_nothing():
    site = VerifiedSite(A, {"index.html": A}, lambda _: b"")
    for data in (b"", b"{", b"[]", b'{"files": 5, "versions": []}'):
        assert BucketRecord.read(data).unneeded(site) == frozenset()
    record = BucketRecord(frozenset({"a.html", OLD_STYLE}), ((B, frozenset({OLD_STYLE})),))
    assert BucketRecord.read(record.as_bytes()) == record
    assert record.with_version(site).unneeded(site) == {"a.html"}
