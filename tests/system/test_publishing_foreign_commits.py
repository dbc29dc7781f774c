"""Commits of the git host or of a person on top of ours on the published branch: kept, or named, never lost in silence."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import pytest

from hromada.online.site_location import Location
from hromada.publish.repository import PublicationRefused
from hromada.publish.rollback import RollbackRequest, rollback
from tests.system.clones import bare, clone, commits, config, editor, git, names_online, repository_state, served, tip

DOMAIN = "hromada.zrazok.ua"
SITE = f"https://{DOMAIN}"


@pytest.fixture
def host(tmp_path, bare):
    """Whoever commits to the published branch without our program."""

    def commit(subject, written=(), removed=(), branch="gh-pages"):
        folder = tmp_path / "вебформа"
        if not folder.exists():
            git(tmp_path, "clone", "-q", f"file://{bare}", str(folder))
        git(folder, "fetch", "-q")
        git(folder, "checkout", "-q", "-B", branch, f"origin/{branch}")
        for name, text in dict(written).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        for name in removed:
            (folder / name).unlink()
        git(folder, "add", "-A")
        git(folder, "-c", "user.name=Git Host", "-c", "user.email=h@hromada.invalid", "commit", "-qm", subject)
        git(folder, "push", "-q", "origin", branch)
        return folder

    return commit


def refused(editor, **changes):
    """The refusal and the dry run's refusals, which are the same."""
    with pytest.raises(PublicationRefused) as error:
        editor.publish(**changes)
    previewed = editor.dry_run(**changes).refusals
    assert [refusal.code for refusal in previewed] == [error.value.code]
    assert str(error.value).startswith(previewed[0].message)
    return error.value.code, str(error.value)


def test_files_of_hosts_and_services_stay_through_publications(editor, clone, bare, host):
    editor.publish(address=f"{SITE}/sait")
    host(
        "Create verification",
        {"google1.html": "google", "README.md": "# x", ".well-known/security.txt": "s", "ще один.txt": "1"},
    )
    host("Ще", {"ads.txt": "2"})
    theirs = {"google1.html", "README.md", ".well-known/security.txt", "ще один.txt", "ads.txt"}
    editor.write("друга.md", "друга")
    before = repository_state(editor.folder), repository_state(bare)
    promised = editor.dry_run()

    assert (repository_state(editor.folder), repository_state(bare)) == before
    assert (promised.changes.new, promised.changes.gone, promised.refusals) == (("/друга.html",), (), ())
    assert editor.publish() == 0
    assert any("Git Host, «Create verification»: .well-known/security.txt" in line for line in editor.said)
    assert [line for line in promised.notes if line not in editor.said] == []
    other = clone("інша тека")
    other.write("третя.md", "третя")
    other.publish()
    other.publish()

    assert other.said[-2:] == [
        "На сайті вже саме це: публікувати нічого.",
        f"Адреса сайту: {SITE}/sait/ (чи вона вже показує це: make online)",
    ]
    assert names_online(bare) == theirs | {"index.html", "перша.html", "друга.html", "третя.html", ".nojekyll"}
    assert git(bare, "show", "gh-pages:.well-known/security.txt") == "s"
    assert commits(bare) == 5
    host("Delete", removed=["README.md"])
    other.write("четверта.md", "4")
    other.publish()
    assert names_online(bare) & theirs == theirs - {"README.md"}


def test_a_domain_set_at_the_host_is_kept_and_said(editor, bare, tmp_path, host):
    editor.publish(address="https://hromada.github.io/sait")
    host("Create CNAME", {"CNAME": "hromada.zrazok.ua"})

    code, words = refused(editor, address="https://hromada.github.io/sait")
    assert (code, "Git Host, «Create CNAME»" in words) == ("domain-changed", True)
    editor.publish()

    files = served(bare, tmp_path)
    assert files["CNAME"] == b"hromada.zrazok.ua"
    assert b'href="https://hromada.zrazok.ua/"' in files["index.html"]
    assert any("Create CNAME" in line for line in editor.said)


def test_a_domain_taken_off_at_the_host_comes_back_by_a_word_alone(editor, bare, host):
    editor.publish(domain=DOMAIN)
    host("Delete CNAME", removed=["CNAME"])

    code, words = refused(editor)
    assert (code, "hromada.zrazok.ua прибрано" in words) == ("domain-changed", True)
    assert "Git Host, «Delete CNAME»" in words
    assert "--delete" not in words
    editor.publish(force=("domain-changed",))
    assert git(bare, "show", "gh-pages:CNAME") == "hromada.zrazok.ua"


def test_what_a_person_took_off_or_changed_by_hand_does_not_come_back_in_silence(editor, bare, host):
    editor.write("друга.md", "друга")
    editor.publish()
    host("Прибрано адресу", {"перша.html": "без адреси"}, removed=["друга.html"])
    editor.write("третя.md", "третя")
    code, words = refused(editor)

    assert code == "withdrawn-returns"
    assert "друга.html, перша.html" in words
    assert "Git Host, «Прибрано адресу»" in words
    (editor.folder / "content/друга.md").unlink()
    editor.write("перша.md", "без адреси")
    assert editor.publish() == 0
    assert names_online(bare) == {"index.html", "перша.html", "третя.html", ".nojekyll"}


def test_a_revert_is_named_and_undone_by_a_word_alone(editor, bare, host):
    editor.write("друга.md", "друга")
    editor.publish()
    (editor.folder / "content/друга.md").unlink()
    editor.write("перша.md", "змінено")
    editor.publish(force=("address-gone",))
    folder = host("x", {"README.md": "x"})
    git(folder, "revert", "--no-edit", "HEAD~1")
    git(folder, "push", "-q", "origin", "gh-pages")

    codes = [refusal.code for refusal in editor.dry_run().refusals]
    assert codes == [
        "address-gone",
        "withdrawn-returns",
    ]  # a page of ours is no file of others, though beside the home page
    with pytest.raises(PublicationRefused, match="Revert"):
        editor.publish(force=("address-gone",))
    editor.publish(force=codes)
    assert names_online(bare) == {"index.html", "перша.html", "README.md", ".nojekyll"}


def test_what_was_taken_off_by_amending_our_commit_does_not_come_back_in_silence(editor, clone, bare, host):
    editor.write("друга.md", "друга")
    editor.publish()
    folder = host("Ще", {"x.txt": "x"})
    git(folder, "reset", "-q", "--hard", "HEAD~1")
    git(folder, "rm", "-q", "друга.html")
    git(folder, "commit", "-q", "--amend", "--no-edit")
    git(folder, "push", "-q", "--force", "origin", "gh-pages")
    editor.write("третя.md", "третя")
    code, words = refused(editor)

    assert code == "withdrawn-returns"
    assert "переписав руками" in words
    assert "друга.html, третя.html" in words
    (editor.folder / "content/друга.md").unlink()
    git(editor.folder, "commit", "-qam", "без другої")
    assert refused(editor)[0] == "withdrawn-returns"  # a file of ours may still be what he took off
    editor.publish(force=("withdrawn-returns",))
    assert names_online(bare) == {"index.html", "перша.html", "третя.html", ".nojekyll"}
    editor.write("четверта.md", "четверта")
    assert editor.publish() == 0  # the commit that was forced is ours again


def test_an_amended_commit_with_the_same_files_asks_nothing(editor, bare, host):
    editor.publish()
    folder = host("Ще", {"x.txt": "x"})
    git(folder, "reset", "-q", "--hard", "HEAD~1")
    git(folder, "-c", "user.name=Інша", "commit", "-q", "--amend", "--no-edit", "--reset-author")
    git(folder, "push", "-q", "--force", "origin", "gh-pages")
    editor.write("друга.md", "друга")
    assert editor.publish() == 0


def test_after_a_rollback_an_amended_commit_is_noticed_too(editor, bare, host):
    editor.publish()
    editor.write("друга.md", "друга")
    editor.publish()
    rollback(editor.folder, RollbackRequest("1", print_lines=editor.said.append))
    folder = host("Ще", {"x.txt": "x"})
    git(folder, "reset", "-q", "--hard", "HEAD~1")
    (folder / "перша.html").write_text("без адреси", "utf-8")
    git(folder, "commit", "-q", "-a", "--amend", "--no-edit")
    git(folder, "push", "-q", "--force", "origin", "gh-pages")
    assert refused(editor)[0] == "withdrawn-returns"


def test_another_branch_merged_into_the_published_one_is_named(editor, bare, host):
    editor.publish()
    folder = host("Ще", {"x.txt": "x"}, branch="main")
    git(folder, "checkout", "-q", "gh-pages")
    git(folder, "merge", "-q", "--no-edit", "--allow-unrelated-histories", "-m", "Merge branch 'main'", "main")
    git(folder, "push", "-q", "origin", "gh-pages")
    editor.pull()
    code, words = refused(editor)

    assert (code, "content/перша.md" in words, "Merge branch" in words) == ("address-gone", True, True)
    editor.publish(force=("address-gone",))
    assert names_online(bare) == {"index.html", "перша.html", "x.txt", ".nojekyll"}


def test_a_clone_too_shallow_to_see_our_commit_is_told_so(editor, clone, host):
    editor.publish()
    host("Create CNAME", {"README.md": "x"})
    shallow = clone("неглибока", "--depth", "1", "--no-single-branch")

    assert refused(shallow)[0] == "shallow-history"
    git(shallow.folder, "fetch", "-q", "--unshallow")
    assert shallow.publish() == 0


def test_without_origin_a_person_may_commit_to_the_local_branch(editor):
    git(editor.folder, "remote", "remove", "origin")
    editor.publish()
    git(editor.folder, "checkout", "-q", "gh-pages")
    (editor.folder / "README.md").write_text("x")
    git(editor.folder, "add", "README.md")
    git(editor.folder, "commit", "-qm", "x")
    git(editor.folder, "checkout", "-q", "main")
    editor.write("друга.md", "друга")
    editor.publish()

    assert names_online(editor.folder) == {"README.md", "index.html", "перша.html", "друга.html", ".nojekyll"}


# --- the address and the domain ---------------------------------------------------------------------------------------


def test_the_domain_and_the_address_stay_without_a_word_of_them(editor, clone, bare, tmp_path):
    editor.publish(domain=DOMAIN)
    other = clone("інша тека")
    other.write("друга.md", "друга")
    other.publish(settings=Location("https://hromada.example"))

    files = served(bare, tmp_path)
    assert files["CNAME"] == DOMAIN.encode()
    assert f'href="{SITE}/"'.encode() in files["index.html"]
    assert any(f"лишаємо ту, за якою сайт опубліковано: {SITE}" in line for line in other.said)


def test_a_site_moves_by_a_word_alone_so_that_a_workflow_and_an_editor_do_not_move_it_to_and_fro(editor, bare):
    editor.publish(address=SITE)
    before = tip(bare)

    code, words = refused(editor, address="https://inshyi.zrazok.ua")
    assert (code, SITE in words, "FORCE=domain-changed" in words) == ("domain-changed", True, True)
    assert tip(bare) == before
    editor.publish(address="https://inshyi.zrazok.ua", force=("domain-changed",))
    assert editor.said[-1] == "Адреса сайту: https://inshyi.zrazok.ua/ (чи вона вже показує це: make online)"
