"""What stops a publication before anything goes online, and the words that say how to go on."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import os
import subprocess
from pathlib import Path

import pytest

from hromada.publish import site_tree
from hromada.publish.repository import PublicationRefused
from hromada.publish.working_tree import uncommitted_content
from hromada.system.git import Git
from tests.system.clones import Clone, bare, clone, commits, config, editor, git, refuse_pushes_to, tip


def refusal(publish):
    with pytest.raises(PublicationRefused) as refused:
        publish()
    return str(refused.value)


def test_uncommitted_work_is_listed_in_words(editor, bare):
    editor.write("стара назва.md", "довгий текст, за яким видно, що це той самий файл")
    editor.write("друга.md", "друга")
    editor.write("перша.md", "змінено", commit=False)
    (editor.folder / "content" / "друга.md").unlink()
    git(editor.folder, "mv", "content/стара назва.md", "content/нова назва.md")
    editor.write("нова\u00a0новина.md", "x", commit=False)

    assert refusal(editor.publish).split("\n") == [
        "Є незбережені зміни:",
        "  видалений: content/друга.md",
        "  перейменований: content/стара назва.md → content/нова назва.md",
        "  змінений: content/перша.md",
        "  новий: content/нова\u00a0новина.md",
        'У терміналі make publish запропонує зберегти зміни в content/ сам. Деінде: git add -A, git commit -m "що зроблено".'
        " Потім: make publish",
    ]
    assert git(bare, "branch") == ""


def test_a_long_list_of_uncommitted_work_is_cut(editor):
    for number in range(12):
        editor.write(f"{number}.md", "x", commit=False)

    lines = refusal(editor.publish).split("\n")

    assert (len(lines), lines[-2]) == (13, "  … і ще 2")


def test_content_written_while_the_site_is_built_is_refused(editor, bare):
    editor.before_push = lambda: editor.write("нова.md", "x", commit=False)

    assert "новий: content/нова.md" in refusal(editor.publish)
    assert git(bare, "branch") == ""


def test_a_commit_made_while_the_site_is_built_is_refused(editor, bare):
    editor.before_push = lambda: editor.write("нова.md", "x")

    assert "з’явився новий коміт" in refusal(editor.publish)
    assert git(bare, "branch") == ""


def test_a_failed_build_leaves_everything_as_it_was(editor, bare):
    editor.publish()
    before = tip(bare), tip(bare, "main")
    editor.write("друга.md", "друга")

    assert editor.publish(build=lambda output: 2) == 2
    assert (tip(bare), tip(bare, "main")) == before
    assert editor.said[-1] == "Опублікований сайт лишився таким, як був."


@pytest.mark.parametrize("has_remote", [True, False])
def test_a_foreign_branch_of_pages_is_taken_over_by_the_given_command_alone(editor, bare, config, has_remote):
    config("[user]\n\tname = Редактор\n\temail = e@hromada.invalid\n")
    git(editor.folder, "push", "-q", "origin", "HEAD:main", "HEAD:gh-pages")
    git(editor.folder, "branch", "gh-pages")
    if not has_remote:
        git(editor.folder, "remote", "remove", "origin")
    words = refusal(editor.publish)

    assert "--delete" not in words
    assert "Редактор, «Додано перша.md»" in words
    (command,) = (line for line in words.split("\n") if line.startswith("  git "))
    subprocess.run(command, shell=True, cwd=editor.folder, check=True, capture_output=True)
    assert editor.publish(force=("address-gone",)) == 0
    assert commits(bare if has_remote else editor.folder) == 3


def test_an_unreachable_remote_stops_with_a_clear_word(editor):
    git(editor.folder, "remote", "set-url", "origin", str(editor.folder / "nema"))

    assert "Не вдалося зв’язатися" in refusal(editor.publish)


def test_a_publication_already_going_on_here_is_not_disturbed(editor):
    inner = []
    editor.before_push = lambda: inner.append(refusal(editor.publish))

    assert editor.publish() == 0
    assert inner == ["У цій теці вже триває інша публікація. Дочекайтеся її кінця."]


def test_a_file_saved_with_other_line_ends_and_nothing_else_does_not_stop_a_publication(editor):
    """As Excel and Notepad save it: git names the file, since its size differs, and would commit nothing of it."""
    editor.write("../.gitattributes", "* text=auto eol=lf\n")
    editor.publish()
    text = editor.folder / "content" / "перша.md"
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    editor.write("перша.md", "один\nдва\n")
    editor.publish()
    text.write_bytes(b"\xd0\xbe\xd0\xb4\xd0\xb8\xd0\xbd\r\n\xd0\xb4\xd0\xb2\xd0\xb0\r\n")

    assert git(editor.folder, "status", "--porcelain") != ""
    assert editor.publish() == 0

    text.write_bytes(text.read_bytes() + b"\xd1\x82\xd1\x80\xd0\xb8\r\n")
    assert "перша.md" in refusal(editor.publish)


@pytest.mark.parametrize(
    "settings", [{"core.trustctime": "false", "core.checkStat": "minimal"}, {"core.fsmonitor": "/bin/true"}]
)
def test_an_edit_that_the_persons_settings_hide_from_git_is_seen(editor, settings):
    editor.publish()
    git(editor.folder, "update-index", "--refresh")
    for name, value in settings.items():
        git(editor.folder, "config", name, value)
    text = editor.folder / "content" / "перша.md"
    state = text.stat()
    data = text.read_bytes()
    text.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(text, ns=(state.st_atime_ns, state.st_mtime_ns))

    assert "перша.md" in refusal(editor.publish)


def test_line_ends_that_git_itself_made_on_windows_are_no_change(editor, clone):
    editor.publish()
    windows = clone("вікна", "-c", "core.autocrlf=true")
    one = windows.folder / "content" / "перша.md"
    os.utime(one, (0, 0))  # git compares the text, not the time

    windows.write("друга.md", "один\r\nдва\r\n")
    os.utime(windows.folder / "content" / "друга.md", (0, 0))

    assert uncommitted_content(Git(windows.folder / "content")) == []
    assert windows.publish() == 0

    windows.write("перша.md", "змінено\r\n", commit=False)
    assert "  змінений: content/перша.md" in refusal(windows.publish)


# --- the clone ----------------------------------------------------------------------------------------------------


def leave_the_branch(folder):
    git(folder, "switch", "-q", "--detach")


def stand_on_pages(folder):
    git(folder, "switch", "-qc", "gh-pages")


def open_pages_elsewhere(folder):
    git(folder, "worktree", "add", "-q", "-b", "gh-pages", str(folder.parent / "поруч"))


def quarrel(folder, *command):
    """Two branches change one file; joining them stops midway."""
    git(folder, "switch", "-qc", "їхня")
    (folder / "content" / "перша.md").write_text("їхнє", "utf-8")
    git(folder, "commit", "-qam", "їхнє")
    git(folder, "switch", "-q", "main")
    (folder / "content" / "перша.md").write_text("моє", "utf-8")
    git(folder, "commit", "-qam", "моє")
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, *command, "їхня")


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (leave_the_branch, "git switch main"),
        (stand_on_pages, "Ви на гілці gh-pages, її пише сама публікація. Перейдіть: git switch main"),
        (open_pages_elsewhere, "git worktree remove"),
        (lambda folder: quarrel(folder, "merge", "-q"), "git merge --abort"),
        (lambda folder: quarrel(folder, "rebase", "-q"), "git -c core.editor=true rebase --continue"),
        (lambda folder: quarrel(folder, "cherry-pick"), "git cherry-pick --abort"),
    ],
    ids=["detached", "on-pages", "worktree", "merge", "rebase", "cherry-pick"],
)
def test_an_odd_state_of_the_clone_is_refused(editor, bare, prepare, words):
    prepare(editor.folder)

    assert words in refusal(editor.publish)
    assert git(bare, "branch") == ""


def test_the_advised_branch_is_the_clones_own(editor):
    git(editor.folder, "branch", "-m", "master")
    git(editor.folder, "switch", "-q", "--detach")

    assert "git switch master" in refusal(editor.publish)


def test_a_clone_without_a_commit_is_refused(clone):
    assert "жодного коміту" in refusal(clone().publish)


def test_a_folder_that_is_no_repository_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    folder = tmp_path / "тека"
    folder.mkdir()
    one = Clone(folder)

    assert "не є сховищем git" in refusal(one.publish)


def test_a_folder_inside_a_repository_is_not_its_root(editor):
    inner = editor.folder / "content"
    editor.folder = inner

    assert "Публікують із кореня сховища" in refusal(editor.publish)


def test_a_repository_of_another_owner_is_not_called_missing(editor, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    assert "safe.directory" in refusal(editor.publish)


def test_a_machine_without_git_is_told_where_to_take_it(editor, monkeypatch):
    monkeypatch.setenv("PATH", str(editor.folder))

    assert "https://git-scm.com/" in refusal(editor.publish)


# --- the built folder ---------------------------------------------------------------------------------------------


def put(path, data=b"x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda output: (output / "x").symlink_to(output / "нема"), "x: це посилання"),
        (lambda output: (output / "x").symlink_to("/etc"), "x: це посилання"),
        (lambda output: (output / ".git").mkdir(), ".git: такого файлу"),
        (lambda output: (output / "a").mkdir() or (output / "a" / ".GIT").touch(), "a/.GIT: такого файлу"),
        (lambda output: (output / "а\nб.html").touch(), r"\n"),
        (lambda output: (output / '"x".html').touch(), "такого файлу"),
        (lambda output: Path(os.fsdecode(bytes(output) + b"/\xff.html")).touch(), "такого файлу"),
        (lambda output: os.mkfifo(output / "x"), "x: це не звичайний файл"),
        (lambda output: put(output / "files/x.xml"), "files/x.xml: файли такого типу сайт не публікує"),
        (lambda output: put(output / "files/x.html"), "files/x.html: файли такого типу сайт не публікує"),
        (lambda output: put(output / "sw.js"), "sw.js: файли такого типу сайт не публікує"),
        (lambda output: put(output / "files/x.csv", b"<script>"), "files/x.csv: насправді це HTML або XML"),
        (lambda output: put(output / "news/x.pdf", b" <svg>"), "news/x.pdf: насправді це HTML або XML"),
        (lambda output: put(output / "files/x.txt", b"%PDF-1.7"), "files/x.txt: насправді це PDF"),
        (lambda output: (output / "index.html").unlink(), "немає головної сторінки"),
        (lambda output: os.truncate(output / "index.html", 100_000_000), "index.html: файл понад 100 МБ"),
    ],
    ids=[
        "dangling",
        "folder-link",
        "git",
        "GIT",
        "newline",
        "quote",
        "bytes",
        "pipe",
        "xml",
        "html",
        "js",
        "html-in-csv",
        "svg-in-pdf",
        "pdf-in-txt",
        "no-home",
        "large",
    ],
)
def test_an_output_that_is_no_site_is_refused(editor, bare, spoil, words):
    editor.before_push = lambda: spoil(editor.output)

    assert words in refusal(editor.publish)
    assert git(bare, "branch") == ""


def test_a_site_over_the_hosts_limit_is_refused(editor, bare, monkeypatch):
    monkeypatch.setattr(site_tree, "LARGEST_SITE", 10)

    assert "сайт завеликий" in refusal(editor.publish)
    assert git(bare, "branch") == ""


def test_content_that_git_ignores_is_refused_and_leftovers_are_not(editor, bare):
    exclude = editor.folder / ".git" / "info" / "exclude"
    exclude.write_text(".cache/\n.DS_Store\n*.tayemne.md\n")
    editor.write(".DS_Store", "x", commit=False)
    editor.publish()
    editor.write("нова.tayemne.md", "x", commit=False)

    assert "  поза обліком git (.gitignore): content/нова.tayemne.md" in refusal(editor.publish)


@pytest.mark.parametrize("is_committed", [False, True], ids=["empty", "with-a-commit"])
def test_a_repository_inside_the_content_is_refused_since_its_files_would_be_in_no_commit(editor, is_committed):
    editor.publish()
    inner = editor.folder / "content" / "pages" / "тека"
    inner.mkdir(parents=True)
    git(inner, "init", "-q")
    (inner / "друга.md").write_text("друга", "utf-8")
    if is_committed:
        git(inner, "add", "-A")
        git(inner, "commit", "-qm", "x")
        git(editor.folder, "add", "-A")
        git(editor.folder, "commit", "-qm", "підмодуль")
    with pytest.raises(PublicationRefused, match=r"content/pages/тека/? – окреме сховище git"):
        editor.publish()
