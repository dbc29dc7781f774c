"""Publication against real bare repositories; only the build is replaced by one that writes a few files."""

import subprocess
from pathlib import Path

import pytest

from hromada.shell import imports, publishing
from hromada.shell.git import Git
from hromada.shell.publishing import PublicationRefused, publish


@pytest.fixture(autouse=True)
def no_identity(tmp_path, monkeypatch):
    (tmp_path / "gitconfig").write_text('[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)


def git(folder, *arguments):
    command = ["git", "-c", "user.name=Редактор", "-c", "user.email=e@hromada.invalid", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Clone:
    """An editor's clone with a build that makes a page of every item."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.before_push = lambda: None

    def write(self, name, text, commit=True):
        path = self.folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        if commit:
            git(self.folder, "add", "-A")
            git(self.folder, "commit", "-qm", f"Додано {name}")

    def build(self, output: Path) -> int:
        output.mkdir(parents=True, exist_ok=True)
        for old in output.rglob("*"):
            if old.is_file():
                old.unlink()
        for item in sorted((self.folder / "content").rglob("*.md")):
            (output / f"{item.stem}.html").write_text(item.read_text("utf-8"), "utf-8")
        (output / "index.html").write_text("головна", "utf-8")
        self.before_push()
        return 0

    def publish(self, **changes):
        options = {"build": self.build, "say": self.said.append, "output": self.folder / ".cache" / "public"}
        return publish(self.folder, **(options | changes))

    def pull(self):
        git(self.folder, "pull", "-q", "--rebase")


@pytest.fixture
def bare(tmp_path):
    folder = tmp_path / "сховище громади.git"
    git(tmp_path, "init", "-q", "--bare", str(folder))
    return folder


@pytest.fixture
def clone(tmp_path, bare):
    def make(name="робоча тека"):
        folder = tmp_path / name
        git(tmp_path, "clone", "-q", str(bare), str(folder))
        (folder / ".git" / "info" / "exclude").write_text(".cache/\n")
        return Clone(folder)

    return make


@pytest.fixture
def editor(clone):
    one = clone()
    one.write("перша.md", "перша")
    return one


def online(bare):
    """Names and contents of the published branch."""
    names = [
        line
        for line in git(bare, "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", "gh-pages").split("\n")
        if line
    ]
    return {name: git(bare, "show", f"gh-pages:{name}") for name in names}


def commits(bare):
    return int(git(bare, "rev-list", "--count", "gh-pages"))


def test_the_published_branch_is_the_output_and_names_its_source(editor, bare):
    assert editor.publish(domain="hromada.example") == 0

    assert online(bare) == {"index.html": "головна", "перша.html": "перша", ".nojekyll": "", "CNAME": "hromada.example"}
    head = git(editor.folder, "rev-parse", "HEAD")
    assert f"Source-Commit: {head}" in git(bare, "log", "-1", "--format=%B", "gh-pages")
    assert git(bare, "rev-parse", "main") == head


def test_nothing_changed_makes_no_commit(editor, bare):
    editor.publish()
    editor.publish()

    assert (commits(bare), editor.said[-1]) == (1, "На сайті вже саме це: публікувати нічого.")


def test_a_change_is_one_commit_on_top_and_the_domain_stays(editor, bare):
    editor.publish(domain="hromada.example")
    editor.write("друга.md", "друга")
    editor.publish(domain="hromada.example")

    assert commits(bare) == 2
    assert {"друга.html", "CNAME", ".nojekyll"} <= online(bare).keys()


def test_a_removed_page_goes_from_the_site(editor, bare):
    editor.write("друга.md", "друга")
    editor.publish()
    (editor.folder / "content" / "друга.md").unlink()
    git(editor.folder, "commit", "-qam", "Прибрано")
    editor.publish()

    assert "друга.html" not in online(bare)


def test_the_author_is_never_empty(editor, bare):
    editor.publish()

    assert git(bare, "log", "-1", "--format=%an <%ae>", "gh-pages") == "Публікація сайту <site@hromada.invalid>"


@pytest.mark.parametrize("tracked", [True, False], ids=["changed", "new"])
def test_uncommitted_content_is_refused(editor, bare, tracked):
    editor.write("перша.md" if tracked else "нова.md", "чернетка", commit=False)

    with pytest.raises(PublicationRefused, match="Є незбережені зміни"):
        editor.publish()

    assert git(bare, "branch") == ""


def test_content_written_while_the_site_is_built_is_refused(editor):
    editor.before_push = lambda: editor.write("нова.md", "x", commit=False)

    with pytest.raises(PublicationRefused, match=r"нов[аи].*нова\.md|нова\.md"):
        editor.publish()


def test_a_branch_behind_is_refused_and_a_pull_mends_it(editor, clone, bare):
    editor.publish()
    other = clone("інша тека")
    other.write("друга.md", "друга")
    other.publish()
    editor.write("третя.md", "третя")

    with pytest.raises(PublicationRefused, match="git pull --rebase"):
        editor.publish()

    editor.pull()
    editor.publish()
    assert {"перша.html", "друга.html", "третя.html"} <= online(bare).keys()


def test_the_loser_of_a_race_is_told_and_nothing_is_lost(editor, clone, bare):
    editor.publish()
    other = clone("інша тека")
    other.write("друга.md", "друга")
    editor.write("третя.md", "третя")
    editor.before_push = other.publish

    with pytest.raises(PublicationRefused, match="git pull --rebase"):
        editor.publish()

    assert {"перша.html", "друга.html"} <= online(bare).keys()
    editor.before_push = lambda: None
    editor.pull()
    editor.publish()
    assert {"перша.html", "друга.html", "третя.html"} <= online(bare).keys()


def test_a_site_that_moved_since_our_fetch_is_not_overwritten(editor, clone, bare, monkeypatch):
    editor.publish()
    editor.write("друга.md", "друга")
    real = publishing._push_branch

    def push_and_lose(place):
        real(place)
        other = clone("інша тека")
        other.write("третя.md", "третя")
        other.publish()

    monkeypatch.setattr(publishing, "_push_branch", lambda place: (monkeypatch.undo(), push_and_lose(place)))

    with pytest.raises(PublicationRefused, match="оновив хтось інший"):
        editor.publish()

    assert {"друга.html", "третя.html"} <= online(bare).keys()


def test_a_site_built_from_a_commit_that_we_lack_is_not_replaced(editor, clone, bare):
    editor.publish()
    other = clone("інша тека")
    git(other.folder, "switch", "-qc", "narysy")
    other.write("друга.md", "друга")
    other.publish()

    with pytest.raises(PublicationRefused, match="якого немає у вашій гілці"):
        editor.publish()

    assert "друга.html" in online(bare)


def test_a_foreign_branch_of_pages_is_not_replaced(editor, bare):
    git(editor.folder, "push", "-q", "origin", "HEAD:main", "HEAD:gh-pages")

    with pytest.raises(PublicationRefused, match="створено не цією програмою"):
        editor.publish()


def test_without_origin_the_local_branch_is_written(editor, bare):
    git(editor.folder, "remote", "remove", "origin")

    editor.publish()
    editor.publish()

    assert git(editor.folder, "show", "gh-pages:index.html") == "головна"
    assert any("git remote add origin" in line for line in editor.said)
    assert git(editor.folder, "rev-list", "--count", "gh-pages") == "1"


def test_a_failed_build_leaves_everything_as_it_was(editor, bare):
    editor.publish()
    before = git(bare, "rev-parse", "gh-pages")
    editor.write("друга.md", "друга")

    assert editor.publish(build=lambda output: 2) == 2
    assert git(bare, "rev-parse", "gh-pages") == before
    assert editor.said[-1] == "Опублікований сайт лишився таким, як був."


def test_an_unreachable_remote_stops_with_a_clear_word(editor):
    git(editor.folder, "remote", "set-url", "origin", str(editor.folder / "nema"))

    with pytest.raises(PublicationRefused, match="Не вдалося зв’язатися"):
        editor.publish()


def test_a_partial_import_never_reaches_the_published_branch(editor, bare, monkeypatch):
    editor.publish()
    before = git(bare, "rev-parse", "gh-pages")
    editor.write("друга.md", "друга")

    def partial(repository, output, parent, message, domain):
        (output / "перша.html").rename(output / "перша.tmp")
        try:
            return imports.import_site(repository, output, parent, message, domain)
        finally:
            (output / "перша.tmp").rename(output / "перша.html")

    monkeypatch.setattr(publishing, "import_site", partial)
    with pytest.raises(PublicationRefused, match="не вдалося записати повністю"):
        editor.publish()
    assert git(bare, "rev-parse", "gh-pages") == before == git(editor.folder, "rev-parse", "gh-pages")

    monkeypatch.undo()
    editor.publish()
    assert "друга.html" in online(bare)


def test_what_a_killed_publication_left_is_swept(editor):
    git(editor.folder, "branch", "hromada-publish-1")

    editor.publish()

    assert imports.leftover_branches(Git(editor.folder)) == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda output: (output / "x").symlink_to(output / "нема"), "посилання"),
        (lambda output: (output / ".git").mkdir(), "бути не може"),
        (lambda output: (output / "index.html").unlink(), "немає головної сторінки"),
    ],
    ids=["symlink", "git", "no-home"],
)
def test_an_output_that_is_no_site_is_refused(editor, bare, spoil, words):
    output = editor.folder / ".cache" / "public"
    editor.before_push = lambda: spoil(output)

    with pytest.raises(PublicationRefused, match=words):
        editor.publish()

    assert git(bare, "branch") == ""


def test_a_shallow_clone_publishes(editor, bare, tmp_path):
    editor.write("друга.md", "друга")
    editor.publish()
    folder = tmp_path / "неглибока"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{bare}", str(folder))
    (folder / ".git" / "info" / "exclude").write_text(".cache/\n")
    shallow = Clone(folder)
    shallow.write("третя.md", "третя")

    shallow.publish()

    assert {"перша.html", "друга.html", "третя.html"} <= online(bare).keys()


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda folder: git(folder, "switch", "-q", "--detach"), "не на гілці"),
        (lambda folder: git(folder, "switch", "-qc", "gh-pages"), "Ви на гілці gh-pages"),
    ],
)
def test_an_odd_state_of_the_clone_is_refused(editor, prepare, words):
    prepare(editor.folder)

    with pytest.raises(PublicationRefused, match=words):
        editor.publish()


def test_a_folder_that_is_no_repository_is_refused(tmp_path):
    with pytest.raises(PublicationRefused, match="не є сховищем git"):
        Clone(tmp_path).publish()
