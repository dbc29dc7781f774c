"""`make publish DRY_RUN=1`: what would change and what would stop it is said, and nothing else is done."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import json
import shutil

import pytest

from hromada.domain.problem import Problem
from hromada.domain.refusal import Refusal
from hromada.online.site_changes import FigureChange, MovedPage
from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import PublicBuild
from tests.conftest import cache_in, copy_golden
from tests.system.clones import Clone, bare, clone, config, editor, git, project, repository_state, tip


def codes(answer):
    return [refusal.code for refusal in answer.refusals]


def leading_to(address):
    return f'<meta http-equiv="refresh" content="0; url={address}">'


def test_what_is_new_changed_gone_and_moved_is_told_apart(editor):
    for name in ("зникне", "зміниться", "переїде", "переїхала", "лишиться"):
        editor.write(f"{name}.md", leading_to("/a/") if name == "переїхала" else name)
    editor.publish()
    (editor.folder / "content/зникне.md").unlink()
    editor.write("зміниться.md", "інше")
    editor.write("нова.md", "нова")
    editor.write("переїде.md", leading_to("/нова.html"))
    editor.write("переїхала.md", leading_to("/b/"))
    answer = editor.dry_run(moved={"переїде.html": "/нова.html", "переїхала.html": "/b/", "ще.html": "/c/"})

    changes = answer.changes
    assert (changes.new, changes.gone) == (("/нова.html",), ("/зникне.html",))
    assert changes.changed == ("/зміниться.html", "/переїхала.html")  # that one led on before, elsewhere
    assert changes.moved == (MovedPage("/переїде.html", "/нова.html"),)
    assert changes.bytes == sum(path.stat().st_size for path in editor.output.rglob("*"))
    assert codes(answer) == ["address-gone"]
    assert answer.compared.startswith("Порівняно з тим, що у мережі: гілка gh-pages, коміт ")


def test_an_event_moved_without_the_day_of_the_change_is_named_and_published(editor):
    def at(hour, sequence):
        def build(output):
            editor.build(output)
            (output / "news/tolok").mkdir(parents=True, exist_ok=True)
            lines = f"DTSTART:20220117T{hour}0000\r\nSEQUENCE:{sequence}\r\n"
            (output / "news/tolok/event.ics").write_text(f"BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n", "utf-8", newline="")
            return 0

        return build

    editor.publish(build=at(14, 0))
    editor.said.clear()
    editor.publish(build=at(15, 0))
    assert [line for line in editor.said if "[event-modified]" in line and "/news/tolok/" in line]
    editor.said.clear()
    editor.publish(build=at(16, 1))
    assert not [line for line in editor.said if "[event-modified]" in line]


def test_figures_that_differ_are_named_with_both_values(editor, bare):
    def report(**values):
        def build(output):
            editor.build(output)
            (output / "reports/2021-h2").mkdir(parents=True, exist_ok=True)
            figures = [{"id": id, "value": value} for id, value in values.items()]
            (output / "reports/2021-h2/report.json").write_text(json.dumps({"figures": figures}), "utf-8")
            return 0

        return build

    now = report(news=631, social=5, photos=7)
    before = editor.dry_run(build=lambda output: now(output) or PublicBuild()).changes.figures
    editor.publish(build=report(news=630, social=5, newspaper=1))
    after = editor.dry_run(build=lambda output: now(output) or PublicBuild()).changes

    assert before == tuple(
        FigureChange("2021-h2", id, None, value) for id, value in [("news", 631), ("photos", 7), ("social", 5)]
    )
    assert after.figures == (
        FigureChange("2021-h2", "news", 630, 631),
        FigureChange("2021-h2", "newspaper", 1, None),
        FigureChange("2021-h2", "photos", None, 7),
    )
    assert after.changed == ("/reports/2021-h2/report.json",)


@pytest.mark.parametrize("state", ["first", "behind", "unreachable", "unfetched"])
def test_neither_the_clone_nor_the_remote_nor_a_file_changes(editor, clone, bare, state):
    if state != "first":
        editor.publish()
    if state in ("behind", "unfetched"):
        other = clone("інша тека")
        other.write("друга.md", "друга")
        other.publish()
    if state == "unfetched":  # nothing of the remote is known here
        editor = clone("третя тека")
        git(editor.folder, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    editor.write("третя.md", "третя")
    if state == "unreachable":
        git(editor.folder, "remote", "set-url", "origin", str(editor.folder / "немає"))
    before = [repository_state(editor.folder), repository_state(bare)]
    answer = editor.dry_run()

    assert [repository_state(editor.folder), repository_state(bare)] == before
    assert codes(answer) == {
        "behind": ["behind", "online-newer"], "unreachable": ["origin-unreachable"],
    }.get(state, [])  # fmt: skip
    assert "/третя.html" in answer.changes.new
    assert answer.changes.gone == (("/друга.html",) if state == "behind" else ())


def test_a_shallow_clone_stays_as_shallow(editor, clone, bare):
    editor.publish()
    shallow = clone("неглибока", "--depth", "1")
    before = repository_state(shallow.folder), (shallow.folder / ".git/shallow").read_bytes()

    assert shallow.dry_run().changes.changed == ()
    assert (repository_state(shallow.folder), (shallow.folder / ".git/shallow").read_bytes()) == before


def test_an_editor_who_prunes_and_fetches_tags_keeps_them_as_they_are(editor, clone, config):
    config(
        '[fetch]\n\tprune = true\n\tpruneTags = true\n\twriteCommitGraph = true\n[remote "origin"]\n\ttagOpt = --tags\n'
    )
    editor.publish()
    git(editor.folder, "tag", "моя")
    other = clone("інша тека")
    git(other.folder, "tag", "їхня")
    git(other.folder, "push", "-q", "--tags")
    other.write("друга.md", "друга")
    other.publish()
    before = repository_state(editor.folder)

    assert editor.dry_run().changes.gone == ("/друга.html",)
    assert repository_state(editor.folder) == before


def test_the_preview_says_what_the_publication_then_does(editor, bare):
    editor.publish()
    editor.write("друга.md", "друга")
    promised = editor.dry_run().changes
    editor.publish()

    assert promised.new == ("/друга.html",)
    assert git(bare, "diff", "--name-only", "-z", "gh-pages~1", "gh-pages").split("\0")[:-1] == ["друга.html"]
    assert editor.dry_run().as_lines()[1] == "На сайті вже саме це: публікувати нічого."


def test_without_origin_the_local_branch_is_compared(editor):
    git(editor.folder, "remote", "remove", "origin")

    assert editor.dry_run().changes.new == ("/", "/перша.html")
    editor.publish()
    assert editor.dry_run().changes.new == ()


def test_a_remote_that_does_not_answer_is_compared_as_it_was_last_seen(editor):
    editor.publish()
    git(editor.folder, "remote", "set-url", "origin", str(editor.folder / "немає"))
    editor.write("друга.md", "друга")
    answer = editor.dry_run()

    assert (codes(answer), answer.changes.new) == (["origin-unreachable"], ("/друга.html",))
    assert "востаннє бачили в мережі" in answer.compared


def test_every_reason_is_gathered(editor, clone):
    editor.publish()
    other = clone("інша тека")
    other.write("друга.md", "друга")
    other.publish()
    editor.write("нова.md", "x", commit=False)
    answer = editor.dry_run(
        build=lambda output: (
            editor.build(output)
            or (output / "x").symlink_to("нема")
            or PublicBuild(refusals=(Refusal("broken-reference", "index.html: /y/"),))
        )
    )

    assert codes(answer) == ["behind", "broken-reference", "online-newer", "uncommitted", "unpublishable"]
    assert list(answer.refusals) == sorted(answer.refusals)


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda folder: git(folder, "switch", "-q", "--detach"), "no-branch"),
        (lambda folder: git(folder, "switch", "-qc", "gh-pages"), "on-pages"),
        (lambda folder: git(folder, "worktree", "add", "-q", "-b", "gh-pages", str(folder.parent / "поруч")), "pages-open"),
        (lambda folder: (folder / ".git/MERGE_HEAD").write_text(git(folder, "rev-parse", "HEAD")), "unfinished"),
        (lambda folder: git(folder, "push", "-q", "origin", "HEAD:main", "HEAD:gh-pages"), "foreign-pages"),
    ],
)  # fmt: skip
def test_an_odd_clone_is_built_and_its_reason_named(editor, prepare, code):
    prepare(editor.folder)
    answer = editor.dry_run()

    assert codes(answer) == [code]
    assert "/перша.html" in answer.changes.new


def test_a_folder_that_is_no_repository_is_built_too(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    one = Clone(tmp_path / "тека")
    shutil.rmtree(one.folder / ".git")
    one.write("перша.md", "перша", commit=False)
    answer = one.dry_run()

    assert (codes(answer), answer.changes.new) == (["no-repository"], ("/", "/перша.html"))


def test_a_preview_during_a_publication_leaves_its_folder_alone(editor):
    answers = []
    editor.before_push = lambda: answers.append(editor.dry_run(build=lambda output: pytest.fail("built")))

    assert editor.publish() == 0
    assert codes(answers[0]) == ["publication-running"]


def test_content_with_errors_has_refusals_and_empty_lists(editor):
    editor.publish()
    problem = Problem("content/news/x.md", 2, "date-format", "дата «колись» незрозуміла", "напишіть 2021-07-05")
    answer = editor.dry_run(build=lambda output: PublicBuild((problem,), (problem,)))

    assert answer.refusals == (Refusal("date-format", str(problem)),)
    assert answer.changes.as_object(answer.refusals) == {
        "new": [], "changed": [], "gone": [], "moved": [], "figures": [], "bytes": 0,
        "refusals": [{"code": "date-format", "message": str(problem)}],
    }  # fmt: skip
    assert answer.as_lines() == ["Сайт не побудовано.", "Це лише перегляд: нічого не опубліковано."]


# --- content that no commit holds -----------------------------------------------------------------------------------


def test_content_that_leads_elsewhere_is_refused(editor, tmp_path):
    shutil.move(editor.folder / "content", tmp_path / "чужий зміст")
    (editor.folder / "content").symlink_to(tmp_path / "чужий зміст")
    git(editor.folder, "add", "-A")
    git(editor.folder, "commit", "-qm", "Посилання")

    assert codes(editor.dry_run()) == ["uncommitted"]
    with pytest.raises(PublicationRefused, match="посилання на іншу теку"):
        editor.publish()


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
@pytest.mark.parametrize("name", ["content/перша.md", "publishconf.py", "docs/редакторам/README.md"])
def test_what_git_was_told_not_to_compare_is_refused(editor, flag, name):
    editor.write("../publishconf.py", "DOMAIN = ''")
    editor.write("../docs/редакторам/README.md", "Довідник")
    git(editor.folder, "update-index", flag, name)
    (editor.folder / name).write_text("змінено", "utf-8")

    with pytest.raises(PublicationRefused, match=rf"прихований від git: {name}"):
        editor.publish()


def test_a_sparse_clone_of_other_folders_publishes(editor, clone):
    editor.write("../bench/x.py", "")
    editor.publish()
    git(editor.folder, "sparse-checkout", "set", "content")

    assert codes(editor.dry_run()) == []
    git(editor.folder, "sparse-checkout", "set", "bench")
    assert codes(editor.dry_run()) == ["address-gone", "uncommitted"]


@pytest.mark.parametrize("folder", ["theme", "docs/редакторам"])
def test_a_file_of_the_theme_or_the_handbook_that_git_ignores_is_refused(editor, folder):
    editor.write("../.gitignore", "*.secret\n")
    (editor.folder / folder).mkdir(parents=True)
    (editor.folder / folder / "x.secret").touch()

    assert codes(editor.dry_run()) == ["uncommitted"]


# --- the whole command ----------------------------------------------------------------------------------------------


@pytest.fixture
def council(tmp_path, bare):
    """A clone of the whole project with the golden site's content."""
    return project(tmp_path, bare, copy_golden)


def test_the_command_answers_in_the_form_of_the_contract(council, bare, tmp_path):
    folder, publish = council
    status, first, err = publish(DRY_RUN="1", FORMAT="json")
    first = json.loads(first)
    assert (status, list(first)) == (0, ["new", "changed", "gone", "moved", "figures", "bytes", "refusals"]), err
    assert {"/", "/news/", "/news/feed.atom", "/files/plan.csv", "/reports/2021-h2/report.docx"} <= set(first["new"])
    assert [
        one for one in first["new"] if "theme/" in one or "/page/" in one or one.endswith((".webp", ".xml", "404.html"))
    ] == []
    assert {"report": "2021-h2", "id": "news", "online": None, "now": 3} in first["figures"]
    assert git(bare, "branch") == ""

    assert publish(DOMAIN="hromada.zrazok.ua")[0] == 0  # a publication without it keeps it, in the pages too
    (folder / "content/news/2021/2021-07-20-nova.md").write_text("title: Нова\ndate: 2021-07-20\n\nТекст.\n", "utf-8")
    before = repository_state(folder), repository_state(bare)
    status, second, err = publish(DRY_RUN="1", FORMAT="json")
    second = json.loads(second)

    assert (repository_state(folder), repository_state(bare)) == before
    assert (status, [one["code"] for one in second["refusals"]]) == (2, ["uncommitted"])
    assert (second["new"], second["gone"], second["moved"]) == (["/news/nova-2021-07-20/"], [], [])
    assert {"/", "/reports/2021-h2/", "/reports/2021-h2/report.json"} <= set(second["changed"])
    canonical = '<link rel="canonical" href="https://hromada.zrazok.ua/">'
    assert canonical in git(bare, "show", "gh-pages:index.html")
    assert canonical in (cache_in(tmp_path) / "public/index.html").read_text("utf-8")
    assert ("/dostupnist/" in first["new"], "/dostupnist/" in second["changed"]) == (True, False)
    assert "лишаємо ту, за якою сайт опубліковано: https://hromada.zrazok.ua (CNAME: hromada.zrazok.ua)" in err
    assert {"report": "2021-h2", "id": "news", "online": 3, "now": 4} in second["figures"]

    (folder / "content/news/2021/2021-07-20-nova.md").write_text("title: Нова\ndate: колись\n\nТекст.\n", "utf-8")
    status, said, err = publish(DRY_RUN="1")
    assert status == 2
    assert said.endswith(
        "Впишіть її до publishconf.py.\nСайт не побудовано.\nЦе лише перегляд: нічого не опубліковано.\n"
    )
    assert "content/news/2021/2021-07-20-nova.md:2: дата «колись» незрозуміла" in err
    assert "Є незбережені зміни" in err
