"""`make history-trim`: the branch keeps its last publications, and nothing else changes."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import subprocess
import sys

import pytest

from hromada.publish.history import Publication, history
from hromada.publish.history_trim import trim
from hromada.publish.repository import PublicationRefused
from hromada.publish.rollback import RollbackRequest, rollback
from hromada.publish.site_tree import file_digests, write_version
from tests.system.clones import bare, clone, commits, config, editor, git, names_online, served, tip


def publish(editor, number):
    def build(output):
        status = editor.build(output)
        write_version(output, file_digests(output))
        return status

    editor.write("перша.md", f"перша {number}")
    editor.publish(build=build)


@pytest.fixture
def published(editor):
    """Six publications."""
    for number in range(6):
        publish(editor, number)
    return editor


def trimmed(editor, keep, *, confirm=True):
    said = []
    trim(editor.folder, keep, print_lines=lambda *lines: said.extend(lines), confirm=lambda _: confirm)
    return said


def facts(known):
    """All of the publications but the commits' own names."""
    return [(one.number, one.source, one.moment, one.summary, one.version, one.returned_to) for one in known]


@pytest.mark.parametrize("keep", [2, 3, 5])
def test_the_last_publications_stay_with_their_numbers_and_what_is_online_stays_byte_for_byte(
    published, bare, keep, tmp_path
):
    before, tree = history(published.folder), git(bare, "rev-parse", "gh-pages^{tree}")
    trimmed(published, keep)

    assert commits(bare) == keep
    assert facts(history(published.folder)) == facts(before)[:keep]
    assert git(bare, "rev-parse", "gh-pages^{tree}") == tree
    assert git(bare, "fsck", "--strict", "--no-dangling") == ""
    assert tip(published.folder) == tip(bare)


def test_publishing_and_trimming_again_go_on_counting(published, bare):
    trimmed(published, 3)
    publish(published, 7)
    assert [one.number for one in history(published.folder)] == [7, 6, 5, 4]
    trimmed(published, 2)

    assert [one.number for one in history(published.folder)] == [7, 6]
    assert commits(bare) == 2
    assert git(bare, "log", "-1", "--format=%B", "gh-pages~1").count("Publication-Number: 6") == 1


def test_a_kept_publication_can_be_put_online_again_and_an_older_one_is_unknown(published, bare):
    wanted = history(published.folder)[2]
    trimmed(published, 3)
    with pytest.raises(PublicationRefused) as refused:
        rollback(published.folder, RollbackRequest("2", print_lines=published.said.append))
    assert refused.value.code == "unknown-publication"
    rollback(published.folder, RollbackRequest("4", print_lines=published.said.append))

    assert git(bare, "show", "gh-pages:version.json") == f'{{"version": "{wanted.version}"}}'
    assert history(published.folder)[0].number == 7


@pytest.mark.parametrize("keep", [6, 50])
def test_a_short_history_stays_as_it_is(published, bare, keep):
    before = tip(bare)

    assert trimmed(published, keep)[-1].endswith("скорочувати нічого.")
    assert tip(bare) == before


def test_a_trimmed_history_is_not_trimmed_again(published, bare):
    trimmed(published, 3)
    before = tip(bare)

    assert trimmed(published, 3)[-1].endswith("скорочувати нічого.")
    assert tip(bare) == before


def test_without_a_confirmation_nothing_changes_and_what_would_go_is_said(published, bare):
    before = tip(bare)
    said = trimmed(published, 2, confirm=False)

    assert tip(bare) == before
    assert "Зникне публікацій: 4 (номери до 4), лишиться: 2 (номери від 5)." in said[0]
    assert said[-1].endswith("make history-trim KEEP=2 DELETE=1")


def test_every_other_clone_goes_on_publishing(published, clone, bare):
    other, behind = clone("інша тека"), clone("третя тека")
    git(other.folder, "branch", "gh-pages", "origin/gh-pages")
    trimmed(published, 2)
    publish(other, 8)
    behind.pull()
    publish(behind, 9)
    published.pull()
    publish(published, 10)

    assert [one.number for one in history(published.folder)] == [9, 8, 7, 6, 5]
    assert tip(other.folder) != tip(bare)


def test_a_publication_that_began_before_the_trimming_is_repeated(published, clone, bare):
    other = clone("інша тека")
    other.write("друга.md", "друга")
    other.before_push = lambda: trimmed(published, 2)
    with pytest.raises(PublicationRefused, match=r"оновив хтось інший.*make publish"):
        other.publish()
    other.before_push = lambda: None
    other.publish()

    assert "друга.html" in names_online(bare)
    assert [one.number for one in history(other.folder)] == [7, 6, 5]


def test_a_trimming_that_loses_a_race_changes_nothing(published, clone, bare):
    other = clone("інша тека")

    def confirm(_):
        publish(other, 7)
        return True

    with pytest.raises(PublicationRefused, match="оновив хтось інший"):
        trim(published.folder, 2, print_lines=lambda *_: None, confirm=confirm)
    assert commits(bare) == 7


@pytest.fixture
def host(tmp_path, published, bare):
    """A clone of the published branch, in which others work."""
    folder = tmp_path / "хост"
    git(tmp_path, "clone", "-q", "--branch", "gh-pages", f"file://{bare}", str(folder))

    def commit(name, message):
        (folder / name).write_text(message, "utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", message)
        git(folder, "push", "-q", "origin", "gh-pages")

    commit("google1.html", "давня перевірка")
    publish(published, 7)
    git(folder, "pull", "-q")
    commit("google2.html", "нова перевірка")
    return folder


def test_commits_of_others_in_the_kept_part_stay_and_files_of_all_stay(published, host, bare):
    author = git(host, "log", "-1", "--format=%an %ae %ad %cd %s")
    trimmed(published, 2)

    assert git(bare, "log", "-1", "--format=%an %ae %ad %cd %s", "gh-pages") == author
    assert {"google1.html", "google2.html"} <= names_online(bare)
    assert git(bare, "log", "--format=%s", "gh-pages").split("\n")[::2] == ["нова перевірка", "давня перевірка"]
    publish(published, 8)
    assert {"google1.html", "google2.html"} <= names_online(bare)


def test_a_branch_that_others_began_below_the_cut_and_merged_above_it_stays_merged(published, host, bare):
    git(host, "switch", "-qc", "side", "gh-pages~4")
    (host / "google3.html").write_text("збоку", "utf-8")
    git(host, "add", "-A")
    git(host, "commit", "-qm", "Збоку")
    git(host, "switch", "-q", "gh-pages")
    git(host, "merge", "-q", "--no-edit", "side")
    git(host, "push", "-q", "origin", "gh-pages")
    tree = git(bare, "rev-parse", "gh-pages^{tree}")
    trimmed(published, 2)

    assert git(bare, "rev-parse", "gh-pages^{tree}") == tree
    assert git(bare, "log", "--format=%s", "gh-pages").split("\n").count("Збоку") == 1
    assert git(bare, "rev-list", "--max-parents=0", "--count", "gh-pages") == "1"


def test_a_signature_that_would_not_fit_is_left_out(published, host, bare):
    raw = subprocess.run(["git", "cat-file", "commit", "HEAD"], cwd=host, capture_output=True, check=True).stdout
    signed = raw.replace(
        b"\n\n", b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----\n\n", 1
    )
    store = ["git", "hash-object", "-t", "commit", "-w", "--stdin"]
    commit = subprocess.run(store, cwd=host, input=signed, capture_output=True, check=True).stdout.decode().strip()
    git(host, "push", "-qf", "origin", f"{commit}:refs/heads/gh-pages")
    trimmed(published, 2)

    assert "gpgsig" not in git(bare, "cat-file", "commit", "gh-pages")
    assert git(bare, "log", "-1", "--format=%s", "gh-pages") == "нова перевірка"


def test_a_shallow_clone_completes_the_branch_first(published, clone, bare):
    for number in (7, 8):
        publish(published, number)
    shallow = clone("неглибока", "--depth", "1", "--no-single-branch")
    assert [one.number for one in history(shallow.folder)] == [8, 7, 6, 5, 4, 3, 2, 1]
    git(shallow.folder, "commit", "-q", "--allow-empty", "-m", "x")
    trimmed(shallow, 3)

    assert commits(bare) == 3


def test_a_workflows_clone_of_one_commit_trims_and_publishes(published, clone, bare):
    workflow = clone("дія", "--depth", "1", "--branch", "main")
    trimmed(workflow, 2)
    git(workflow.folder, "fetch", "-q", "--unshallow")
    publish(workflow, 9)

    assert [one.number for one in history(workflow.folder)] == [7, 6, 5]


def test_without_a_remote_the_clones_own_branch_is_trimmed(published):
    git(published.folder, "fetch", "-q", "origin", "gh-pages")
    git(published.folder, "remote", "remove", "origin")
    trimmed(published, 2)

    assert commits(published.folder) == 2


def test_what_the_host_frees_is_freed(published, bare):
    old = git(bare, "rev-parse", "gh-pages~5")
    trimmed(published, 2)
    git(bare, "gc", "-q", "--prune=now")

    with pytest.raises(subprocess.CalledProcessError):
        git(bare, "cat-file", "-e", old)


def test_a_host_that_allows_no_rewriting_keeps_its_history_and_the_person_is_told(published, bare):
    git(bare, "config", "receive.denyNonFastForwards", "true")
    before = tip(bare)
    with pytest.raises(PublicationRefused, match=r"не прийняло.*make history-trim"):
        trimmed(published, 2)

    assert tip(bare) == before


def test_fewer_than_two_publications_are_not_kept(published, bare, capsys):
    from pathlib import Path

    from hromada.commands import dispatch
    from hromada.console.options import Options

    status = dispatch.history_trim(Options.from_environment(published.folder, {"KEEP": "1", "DELETE": "1"}))

    assert (status, commits(bare)) == (2, 6)
    assert "KEEP=«1»" in capsys.readouterr().err
