"""An automatic run publishes what fell due since the last publication, and builds nothing while nothing did."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

from datetime import datetime, timedelta

import pytest

from hromada.publish.freshness import Freshness
from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import PublicBuild
from tests.system.clones import bare, clone, commits, config, editor, git, project, tip

NOW = datetime(2022, 1, 15, 10, 0)
SINCE, UNTIL = datetime(2022, 1, 15), datetime(2022, 1, 16)


class Runs:
    """Automatic runs in a clone with a cache; each says how many builds it took."""

    def __init__(self, one):
        self.one, self.builds = one, 0

    def run(self, now=NOW, location="", between=(SINCE, UNTIL), **options):
        def build(output):
            self.builds += 1
            return PublicBuild(status=self.one.build(output), valid_between=between)

        before = self.builds
        file = self.one.folder / ".cache" / "freshness.json"
        changes = {"is_automatic": True, "freshness": Freshness(file, now, location)} | options
        assert self.one.publish(build=build, **changes) == 0
        return self.builds - before


@pytest.fixture
def runs(editor):
    runs = Runs(editor)
    assert runs.run() == 1
    return runs


def test_while_nothing_falls_due_nothing_is_built_and_it_is_said(runs):
    assert [runs.run(now) for now in (SINCE, NOW, UNTIL - timedelta(seconds=1))] == [0, 0, 0]
    assert runs.one.said[-1].startswith("Від останньої публікації нічого не змінилося")


@pytest.mark.parametrize("now", [UNTIL, UNTIL + timedelta(days=300), SINCE - timedelta(seconds=1)])
def test_what_fell_due_is_built(runs, now):
    assert runs.run(now) == 1


def test_a_person_always_gets_a_whole_publication(runs):
    assert runs.run(is_automatic=False) == 1


def test_a_new_commit_another_address_and_a_change_of_the_branch_by_others_are_built(runs, bare):
    runs.one.write("нова.md", "нова")
    assert [runs.run(), runs.run()] == [1, 0]

    assert [runs.run(location="https://rada.zrazok.ua"), runs.run(location="https://rada.zrazok.ua")] == [1, 0]

    git(runs.one.folder, "fetch", "-q")
    commit = git(runs.one.folder, "commit-tree", "-p", tip(bare), "-m", "чужий коміт", f"{tip(bare)}^{{tree}}")
    git(runs.one.folder, "push", "-q", "origin", f"{commit}:gh-pages")
    assert runs.run(location="https://rada.zrazok.ua") == 1


def test_commits_that_the_clone_lacks_stop_the_run_as_they_stop_a_person(runs, clone):
    other = clone("друге")
    other.write("чужа.md", "чужа")
    git(other.folder, "push", "-q")

    with pytest.raises(PublicationRefused, match="новіші зміни"):
        runs.run()


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"site": 1}', b"\x80\x04", b"9" * 10_000], ids=lambda raw: f"{raw[:12]!r}"
)
def test_a_damaged_record_costs_a_build_and_nothing_else(runs, raw):
    (runs.one.folder / ".cache" / "freshness.json").write_bytes(raw)

    assert [runs.run(), runs.run()] == [1, 0]


def test_a_record_without_the_moments_of_the_build_is_none(runs):
    assert runs.run(UNTIL, between=None) == 1
    assert not (runs.one.folder / ".cache" / "freshness.json").exists()


def test_the_moments_stand_nowhere_on_the_published_branch(runs, bare):
    everything = git(bare, "log", "-p", "--format=%B", "gh-pages")

    assert "2022-01-16" not in everything


@pytest.mark.long
def test_a_scheduled_item_comes_with_the_first_run_after_its_hour(tmp_path, bare):
    item = "---\ntitle: {}\ndate: {}\n---\n\nТекст новини про збори громади.\n"

    def fill(content):
        news = content / "news" / "2022"
        news.mkdir(parents=True)
        (news / "2022-01-10-persha.md").write_text(item.format("Перша", "2022-01-10"), "utf-8")
        (news / "2022-01-15-zbory.md").write_text(item.format("Збори", "2022-01-15 12:00"), "utf-8")

    _, publish = project(tmp_path, bare, fill)
    page = "news/zbory-2022-01-15/index.html"

    def run(moment):
        status, said, error = publish(TODAY=f"2022-01-15T{moment}", AUTOMATIC="1")
        assert status == 0, error
        return "нічого не настало" in said, page in git(bare, "ls-tree", "-r", "--name-only", "gh-pages")

    assert [run(moment) for moment in ("11:00", "11:59", "12:00", "13:00")] == [
        (False, False), (True, False), (False, True), (True, True),
    ]  # fmt: skip
