"""No task of an editor needs git: committing, taking colleagues' work, conflicts and undoing are questions of `make publish`."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hromada.commands.clone_steps import explain_behind, prepare
from hromada.commands.undo import undo_asking
from hromada.console.options import Options
from hromada.metadata.picture_metadata import has_coordinates
from hromada.publish.repository import PublicationRefused
from tests.conftest import ROOT
from tests.system.clones import bare, clone, config, on_terminal, project
from tests.unit.metadata.samples import placed

TEXT = "---\ntitle: {title}\ndate: 2022-01-10\n---\n\n{body}\n"
REGISTER = "content/registers/social/2022.csv"


def git(folder, *arguments):
    """Git as the person's own settings have it, the name among them."""
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()


def item(title, body="Перший рядок тексту.\n\nДругий рядок тексту.\n\nТретій рядок тексту."):
    return TEXT.format(title=title, body=body)


class Editor:
    """A clone of one person, with a terminal whose answers are given beforehand."""

    def __init__(self, folder, name):
        self.folder = folder
        self.asked = []
        git(folder, "config", "user.name", name)
        git(folder, "config", "user.email", f"{name}@hromada.invalid")

    def options(self, **settings):
        told = {"TODAY": "2022-01-15", "CACHE": str(self.folder.parent / f".cache-{self.folder.name}"), "JOBS": "1"}
        return Options.from_environment(self.folder, told | settings)

    def ask(self, *answers):
        """Answers in turn (a function is called first); then the person leaves."""
        left = list(answers)

        def answer(question):
            self.asked.append(question)
            while left and callable(left[0]):
                left.pop(0)()
            if not left:
                raise EOFError
            return left.pop(0)

        return answer

    def prepare(self, *answers):
        return prepare(self.options(), self.ask(*answers))

    def undo(self, *answers, **settings):
        return undo_asking(self.options(**settings), self.ask(*answers))

    def write(self, name, text):
        path = self.folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, name):
        return (self.folder / "content" / name).read_text("utf-8")

    def commit(self, name, text, message="Зміна"):
        """Committed by git itself, without any check of ours."""
        self.write(name, text)
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-qm", message)

    def push(self):
        git(self.folder, "push", "-q", "origin", "main")

    def status(self):
        return git(self.folder, "status", "--porcelain=v1", "--untracked-files=all")

    def tip(self):
        return git(self.folder, "rev-parse", "HEAD")

    def last(self):
        """The paths of the last commit with their states."""
        return git(
            self.folder, "-c", "core.quotepath=off", "show", "--format=", "--name-status", "--no-renames", "HEAD"
        )


NEWS = "news/2022/2022-01-10-zustrich.md"


@pytest.fixture
def first(clone):
    one = Editor(clone("перша тека").folder, "Перша")
    text = (ROOT / "pelicanconf.py").read_text("utf-8").replace('"handbook": "docs/редакторам"', '"handbook": ""')
    (one.folder / "pelicanconf.py").write_text(text, "utf-8")
    (one.folder / ".gitignore").write_text("/build/\n")
    one.commit(NEWS, item("Зустріч"), "Початок")
    one.push()
    return one


@pytest.fixture
def second(first, clone):
    return Editor(clone("друга тека").folder, "Друга")


# --- committing -------------------------------------------------------------------------------------------------------


def test_uncommitted_content_is_shown_in_words_and_committed_with_the_offered_line(first, capsys):
    first.write("news/2022/2022-01-11-нова новина.md", item("Нова новина"))
    status = first.prepare("")

    assert status == 0
    assert "новий: content/news/2022/2022-01-11-нова новина.md – «Нова новина»" in capsys.readouterr().out
    assert git(first.folder, "log", "-1", "--format=%s|%an") == "Новина: Нова новина|Перша"
    assert (first.status(), first.last()) == ("", "A\tcontent/news/2022/2022-01-11-нова новина.md")


def test_new_changed_and_deleted_files_are_committed_with_the_persons_own_words(first, capsys):
    first.commit("news/2022/2022-01-12-zayve.md", item("Зайве"))
    first.write(NEWS, item("Зустріч", "Інший текст."))
    (first.folder / "content/news/2022/2022-01-12-zayve.md").unlink()
    first.write("news/2022/2022-01-13-treta.md", item("Третя"))
    first.prepare("  Уточнено   час  ")
    shown = capsys.readouterr().out

    assert [word in shown for word in ("новий:", "змінений:", "видалений:", "«Зайве»")] == [True] * 4
    assert git(first.folder, "log", "-1", "--format=%s") == "Уточнено час"
    assert [line[0] for line in first.last().split("\n")] == ["M", "D", "A"]


@pytest.mark.parametrize("answers", [("ні",), ("Ні.",), ()])
def test_whoever_declines_keeps_everything_as_it_was(first, answers):
    first.write(NEWS, item("Зустріч", "Інший текст."))
    before = first.tip(), first.status()
    index = (first.folder / ".git/index").read_bytes()

    assert first.prepare(*answers) == 0
    assert ((first.tip(), first.status()), (first.folder / ".git/index").read_bytes()) == (before, index)


def test_what_the_person_has_staged_elsewhere_stays_staged_and_stops_the_offer(first):
    first.write(NEWS, item("Зустріч", "Інший текст."))
    (first.folder / "нотатка.txt").write_text("моє")
    git(first.folder, "add", "нотатка.txt")
    before = first.tip()
    first.prepare("")

    assert (first.tip(), first.asked) == (before, [])


def test_a_version_staged_earlier_gives_way_to_the_file_as_shown(first):
    first.write(NEWS, item("Зустріч", "Раніший текст."))
    git(first.folder, "add", "-A")
    first.write(NEWS, item("Зустріч", "Останній текст."))
    first.prepare("")

    assert (first.status(), "Останній" in git(first.folder, "show", f"HEAD:content/{NEWS}")) == ("", True)


def test_a_file_saved_while_the_question_is_open_is_shown_before_it_is_committed(first, capsys):
    first.write(NEWS, item("Зустріч", "Інший текст."))
    first.prepare(lambda: first.write("news/2022/2022-01-14-piznia.md", item("Пізня")), "Перше", "Обидва")
    shown = capsys.readouterr().out

    assert "Поки ви відповідали, змінилося ще:\n  content/news/2022/2022-01-14-piznia.md" in shown
    assert git(first.folder, "log", "--format=%s", "-2").split("\n") == ["Обидва", "Початок"]


def test_content_with_errors_is_not_committed(first, capsys):
    first.write("news/2022/2022-01-11-bez-nazvy.md", "---\ndate: 2022-01-11\n---\n\nТекст.\n")
    before = first.tip()

    assert first.prepare("") == 2
    assert first.tip() == before
    assert "Нічого не збережено" in capsys.readouterr().err


def test_a_photo_is_committed_without_its_place(first):
    first.write("news/2022/park.jpg", placed())
    first.write(NEWS, item("Зустріч", "![Парк у Дергачах](park.jpg)"))
    assert first.prepare("") == 0

    committed = subprocess.run(
        ["git", "cat-file", "blob", "HEAD:content/news/2022/park.jpg"],
        cwd=first.folder,
        capture_output=True,
        check=True,
    ).stdout
    assert (has_coordinates(committed), first.status()) == (False, "")
    assert (first.folder / "content/news/2022/park.jpg").read_bytes() == committed


def test_a_persons_own_hook_may_refuse(first, capsys):
    hook = first.folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ngit diff --cached --name-only\necho заборонено >&2\nexit 1\n")
    hook.chmod(0o755)
    first.write(NEWS, item("Зустріч", "Інший текст."))
    before = first.tip()
    with pytest.raises(PublicationRefused, match="заборонено"):
        first.prepare("")

    assert first.tip() == before


def test_a_person_whom_git_does_not_know_is_asked_once(first):
    for field in ("name", "email"):
        git(first.folder, "config", "--unset", f"user.{field}")
    first.write(NEWS, item("Зустріч", "Інший текст."))
    first.prepare("Нова людина", "nova@hromada.invalid", "")

    assert git(first.folder, "log", "-1", "--format=%an <%ae>") == "Нова людина <nova@hromada.invalid>"


def test_line_ends_of_windows_are_committed_as_git_is_told(first):
    git(first.folder, "config", "core.autocrlf", "true")
    first.write(NEWS, item("Зустріч", "Інший текст.").replace("\n", "\r\n"))
    first.prepare("")

    assert (first.status(), "\r" in git(first.folder, "cat-file", "blob", f"HEAD:content/{NEWS}")) == ("", False)


def test_a_file_renamed_in_case_only_is_committed(first):
    (first.folder / "content" / NEWS).rename(first.folder / "content/news/2022/2022-01-10-Zustrich.md")
    first.prepare("")

    assert first.status() == ""
    assert first.last() == "A\tcontent/news/2022/2022-01-10-Zustrich.md\nD\tcontent/news/2022/2022-01-10-zustrich.md"


# --- colleagues' work -------------------------------------------------------------------------------------------------


def test_newer_commits_are_taken_before_publishing(first, second):
    second.commit("news/2022/2022-01-12-їхня новина.md", item("Їхня"))
    second.push()

    assert first.prepare() == 0
    assert (first.tip(), first.status()) == (second.tip(), "")
    assert "Їхня" in first.read("news/2022/2022-01-12-їхня новина.md")


def test_commits_of_both_are_merged_and_nothing_is_lost(first, second):
    second.commit("news/2022/2022-01-12-yihnya.md", item("Їхня"))
    second.commit(
        NEWS, item("Зустріч", "Перший рядок тексту.\n\nДругий рядок тексту.\n\nТретій рядок тексту, уточнений.")
    )
    second.push()
    first.commit(NEWS, item("Зустріч", "Перший рядок тексту, мій.\n\nДругий рядок тексту.\n\nТретій рядок тексту."))
    mine = first.tip()
    first.prepare()

    assert git(first.folder, "log", "-1", "--format=%P").split() == [mine, second.tip()]
    assert ("мій" in first.read(NEWS), "уточнений" in first.read(NEWS), first.status()) == (True, True, "")


def test_deleted_and_renamed_files_of_a_colleague_follow(first, second):
    git(second.folder, "mv", f"content/{NEWS}", "content/news/2022/2022-01-10-збори.md")
    git(second.folder, "commit", "-qm", "Перейменовано")
    second.commit("units/рада/index.md", item("Рада"))
    second.push()
    first.prepare()

    names = sorted(path.relative_to(first.folder).as_posix() for path in (first.folder / "content").rglob("*.md"))
    assert (names, first.status()) == (["content/news/2022/2022-01-10-збори.md", "content/units/рада/index.md"], "")


HEADER = "\ufeffДата;Сторінка;Посилання\n10.01.2022;Рада;https://t.me/rada/1\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_that_both_have_added_to_a_register_are_joined(first, second, end):
    header = HEADER.replace("\n", end)
    second.commit("registers/social/2022.csv", header)
    second.push()
    first.prepare()
    second.commit("registers/social/2022.csv", f"{header}11.01.2022;Рада;https://t.me/rada/2{end}")
    second.push()
    first.commit("registers/social/2022.csv", f"{header}12.01.2022;Рада;https://t.me/rada/3{end}")
    first.prepare()
    text = (first.folder / REGISTER).read_bytes().decode()

    assert text == f"{header}11.01.2022;Рада;https://t.me/rada/2{end}12.01.2022;Рада;https://t.me/rada/3{end}"
    assert first.status() == ""


@pytest.fixture
def quarrel(first, second):
    second.commit(NEWS, item("Зустріч", "Початок о 15:00."))
    second.push()
    first.commit(NEWS, item("Зустріч", "Початок о 14:00."))
    return first.tip()


def test_a_conflict_says_who_and_when_and_keeps_both_texts_beside_each_other(first, quarrel, capsys):
    with pytest.raises(PublicationRefused, match="збережено у вашій історії, але не опубліковано") as refused:
        first.prepare("3")
    assert "Нічого не змінено" not in str(refused.value)
    shown = capsys.readouterr().out
    kept = first.folder / "build/conflict/news/2022"

    assert f"content/{NEWS}: Друга, " in shown
    assert "«Зустріч»" in shown
    assert "14:00" in (kept / "2022-01-10-zustrich-ваш.md").read_text("utf-8")
    assert "15:00" in (kept / "2022-01-10-zustrich-колеги.md").read_text("utf-8")
    assert (first.tip(), first.status(), "14:00" in first.read(NEWS)) == (quarrel, "", True)


def test_a_page_that_asks_shows_the_lines_that_differ_and_where_the_texts_are(first, quarrel):
    first.prepare("1")
    (question,) = first.asked

    assert question.label == "Ви й колега змінили те саме місце. «Зустріч»: чий текст опублікувати?"
    assert question.details[0].startswith(f"content/{NEWS}: Друга, ")
    assert question.details[1:] == (
        "У вас інакше:", "«Початок о 14:00.»", "У колеги інакше:", "«Початок о 15:00.»",
        "Щоб нічого не загубилося, тексти збережено ще й тут:",
        "build/conflict/news/2022/2022-01-10-zustrich-ваш.md", "build/conflict/news/2022/2022-01-10-zustrich-колеги.md",
    )  # fmt: skip
    assert dict(question.choices)["2"] == "Взяти текст колеги"


@pytest.mark.parametrize(
    ("mine", "theirs", "answer", "button"),
    [(True, False, "2", "Видалити, як колега"), (False, True, "1", "Видалити, як ви")],
)
def test_a_page_says_that_an_answer_deletes_the_file(first, second, mine, theirs, answer, button):
    for office, stays in ((second, theirs), (first, mine)):
        if stays:
            office.commit(NEWS, item("Зустріч", "Інший текст."))
        else:
            git(office.folder, "rm", "-q", f"content/{NEWS}")
            git(office.folder, "commit", "-qm", "Прибрано")
    second.push()
    first.prepare(answer)
    (question,) = first.asked

    assert dict(question.choices)[answer] == button
    assert question.label == "Ви й колега змінили те саме місце. «Зустріч»: чий текст опублікувати?"
    assert not (first.folder / "content" / NEWS).exists()


@pytest.mark.parametrize(("answers", "stays"), [(("1",), "14:00"), (("так", "2"), "15:00")])
def test_the_chosen_text_is_committed_as_the_merge(first, second, quarrel, answers, stays):
    first.prepare(*answers)

    assert git(first.folder, "log", "-1", "--format=%P").split() == [quarrel, second.tip()]
    assert (stays in first.read(NEWS), first.status()) == (True, "")


def renamed_by_both(first, second, mine, other):
    second.write(NEWS, item("Зустріч", other))
    git(second.folder, "mv", f"content/{NEWS}", "content/news/2022/2022-01-10-a.md")
    git(second.folder, "commit", "-qam", "Їхня назва")
    second.push()
    first.write(NEWS, item("Зустріч", mine))
    git(first.folder, "mv", f"content/{NEWS}", "content/news/2022/2022-01-10-b.md")
    git(first.folder, "commit", "-qam", "Моя назва")


LONG = "\n\n".join(f"Абзац {number} довгого тексту." for number in range(1, 9))


@pytest.mark.parametrize(("answer", "word", "name"), [("1", "мій", "b"), ("2", "їхній", "a")])
def test_a_text_renamed_by_both_is_asked_about_once_and_stays_whole(first, second, capsys, answer, word, name):
    second.commit(NEWS, item("Зустріч", LONG))
    second.push()
    first.prepare()
    texts = {key: LONG.replace("Абзац 3", f"Абзац {key}") for key in ("мій", "їхній")}
    renamed_by_both(first, second, texts["мій"], texts["їхній"])
    first.prepare(answer)
    shown = capsys.readouterr().out
    folder, kept = first.folder / "content/news/2022", first.folder / "build/conflict/news/2022"

    assert (
        "ви перейменували на content/news/2022/2022-01-10-b.md, колега – на content/news/2022/2022-01-10-a.md" in shown
    )
    assert (first.asked, [path.name for path in folder.iterdir()]) == (["> "], [f"2022-01-10-{name}.md"])
    assert (folder / f"2022-01-10-{name}.md").read_text("utf-8") == item("Зустріч", texts[word])
    assert (kept / "2022-01-10-b-ваш.md").read_text("utf-8") == item("Зустріч", texts["мій"])
    assert (kept / "2022-01-10-a-колеги.md").read_text("utf-8") == item("Зустріч", texts["їхній"])
    assert first.status() == ""


def test_a_renamed_text_that_collides_with_a_new_one_is_refused_with_whole_texts_kept(first, second):
    second.commit(NEWS, item("Зустріч", LONG))
    second.push()
    first.prepare()
    second.write(NEWS, item("Зустріч", LONG.replace("Абзац 3", "Їхній 3")))
    git(second.folder, "mv", f"content/{NEWS}", "content/news/2022/2022-01-10-a.md")
    git(second.folder, "commit", "-qam", "Їхня назва")
    second.push()
    first.write(NEWS, item("Зустріч", LONG.replace("Абзац 3", "Мій 3")))
    first.commit("news/2022/2022-01-10-a.md", item("Інше", "Зовсім інший текст."))
    before = first.tip()
    with pytest.raises(PublicationRefused, match="хто веде сховище") as refused:
        first.prepare("1", "1")
    kept = {path.name: path.read_text("utf-8") for path in (first.folder / "build/conflict/news/2022").iterdir()}

    assert (refused.value.code, first.tip(), first.status(), first.asked) == ("conflict", before, "", [])
    assert kept["2022-01-10-a-ваш.md"] == item("Інше", "Зовсім інший текст.")
    assert kept["2022-01-10-a-колеги.md"] == item("Зустріч", LONG.replace("Абзац 3", "Їхній 3"))


def test_texts_kept_at_an_earlier_conflict_stay(first, quarrel):
    with pytest.raises(PublicationRefused):
        first.prepare("3")
    first.commit(NEWS, item("Зустріч", "Початок о 13:00."))
    for _ in range(2):
        with pytest.raises(PublicationRefused):
            first.prepare("3")
    kept = first.folder / "build/conflict/news/2022"

    assert sorted(path.name for path in kept.iterdir()) == [
        "2022-01-10-zustrich-ваш-2.md", "2022-01-10-zustrich-ваш.md", "2022-01-10-zustrich-колеги.md",
    ]  # fmt: skip
    assert "14:00" in (kept / "2022-01-10-zustrich-ваш.md").read_text("utf-8")
    assert "13:00" in (kept / "2022-01-10-zustrich-ваш-2.md").read_text("utf-8")


def test_a_text_that_a_colleague_deleted_and_we_changed_is_asked_about(first, second, capsys):
    git(second.folder, "rm", "-q", f"content/{NEWS}")
    git(second.folder, "commit", "-qm", "Прибрано")
    second.push()
    first.commit(NEWS, item("Зустріч", "Мій текст."))
    first.prepare("2")

    assert "колега видаляє цей файл" in capsys.readouterr().out
    assert ((first.folder / "content" / NEWS).exists(), first.status()) == (False, "")


def test_without_a_terminal_a_conflict_is_explained_and_nothing_moves(first, quarrel):
    git(first.folder, "fetch", "-q")
    lines = "\n".join(explain_behind(first.options()))

    assert f"content/{NEWS}: Друга, " in lines
    assert "build/conflict/news/2022/2022-01-10-zustrich-ваш.md" in lines
    assert (first.tip(), first.status()) == (quarrel, "")


def test_a_colleague_who_sends_more_while_the_question_is_open_is_merged_too(first, second, quarrel):
    def send_more():
        second.commit("news/2022/2022-01-14-shche.md", item("Ще"))
        second.push()

    first.prepare(send_more, "1")

    assert (first.folder / "content/news/2022/2022-01-14-shche.md").exists()
    assert git(first.folder, "merge-base", "HEAD", second.tip()) == second.tip()


def test_a_conflict_outside_of_the_content_is_for_the_maintainer(first, second):
    (second.folder / "pelicanconf.py").write_text("x = 1\n")
    second.commit("news/a.md", item("а"))
    second.push()
    (first.folder / "pelicanconf.py").write_text("x = 2\n")
    first.commit("news/b.md", item("б"))
    before = first.tip()
    with pytest.raises(PublicationRefused, match="хто веде сховище"):
        first.prepare("1")

    assert (first.tip(), first.status()) == (before, "")


def test_a_newer_program_asks_to_be_started_again(first, second):
    (second.folder / "tasks.py").write_text("print(1)\n")
    second.commit("news/a.md", item("а"))
    second.push()
    with pytest.raises(PublicationRefused, match="Запустіть ще раз"):
        first.prepare()

    assert (first.tip(), first.status()) == (second.tip(), "")


def test_a_file_that_git_ignores_is_not_overwritten(first, second):
    with (first.folder / ".git/info/exclude").open("a") as file:
        file.write("*.draft.md\n")
    first.write("news/2022/x.draft.md", "моє")
    second.commit("news/2022/x.draft.md", item("а"))
    second.push()
    before = first.tip()
    with pytest.raises(PublicationRefused, match=r"x\.draft\.md"):
        first.prepare()

    assert (first.tip(), first.read("news/2022/x.draft.md")) == (before, "моє")


def test_a_renaming_in_case_only_by_a_colleague_follows(first, second):
    git(second.folder, "mv", f"content/{NEWS}", "content/news/2022/2022-01-10-Zustrich.md")
    git(second.folder, "commit", "-qm", "Велика літера")
    second.push()
    first.prepare()

    assert sorted(path.name for path in (first.folder / "content/news/2022").iterdir()) == ["2022-01-10-Zustrich.md"]
    assert first.status() == ""


# --- the whole command ------------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_one_command_commits_merges_and_publishes(tmp_path, bare, clone):
    def fill(content):
        (content / "news/2022").mkdir(parents=True)
        (content / NEWS).write_text(item("Зустріч"), "utf-8")

    folder, _ = project(tmp_path, bare, fill)
    git(folder, "push", "-q", "origin", "HEAD:main")
    one, two = Editor(folder, "Перша"), Editor(clone("друга тека").folder, "Друга")
    two.commit("news/2022/2022-01-12-yihnya.md", item("Їхня"))
    two.push()
    one.write("news/2022/2022-01-11-nova.md", item("Нова"))
    status, shown = on_terminal(folder, "publish", "Моя новина\n", CACHE=str(tmp_path / ".cache"), TODAY="2022-01-15")

    assert (status, "Опубліковано" in shown) == (0, True), shown
    online = git(bare, "ls-tree", "-r", "--name-only", "gh-pages").split("\n")
    assert {"news/nova-2022-01-11/index.html", "news/yihnya-2022-01-12/index.html"} <= set(online)
    assert git(bare, "log", "--format=%s", "-2", "main").split("\n") == ["Приєднано зміни колег", "Моя новина"]
    assert one.status() == ""


# --- undoing ----------------------------------------------------------------------------------------------------------


def test_the_last_own_change_is_taken_back_by_a_new_commit(first, second, capsys):
    first.commit(NEWS, item("Зустріч", "Помилковий текст."), "Уточнено")
    first.push()
    mine = first.tip()
    git(second.folder, "pull", "-q")
    second.commit("news/2022/2022-01-12-yihnya.md", item("Їхня"))
    second.push()
    first.prepare()

    assert first.undo("так") == 0
    assert "повернеться попередній вміст: «Зустріч»" in capsys.readouterr().out
    assert ("Другий рядок" in first.read(NEWS), first.status()) == (True, "")
    assert (first.folder / "content/news/2022/2022-01-12-yihnya.md").exists()
    assert git(first.folder, "merge-base", "HEAD", mine) == mine


@pytest.mark.parametrize("theirs", ["Їхній текст.", ""], ids=["changed", "deleted"])
def test_undoing_what_was_taken_against_a_colleague_brings_the_colleagues_text(first, second, theirs):
    if theirs:
        second.commit(NEWS, item("Зустріч", theirs))
    else:
        git(second.folder, "rm", "-q", f"content/{NEWS}")
        git(second.folder, "commit", "-qm", "Прибрано")
    second.push()
    first.commit(NEWS, item("Зустріч", "Мій текст."))
    first.prepare("1")
    assert "Мій текст." in first.read(NEWS)
    first.undo("так")

    path = first.folder / "content" / NEWS
    assert (path.read_text("utf-8") if path.exists() else "") == (item("Зустріч", theirs) if theirs else "")
    assert first.status() == ""


def test_undoing_twice_brings_the_change_back(first, capsys):
    first.commit("news/2022/2022-01-12-nova.md", item("Нова"), "Додано")
    first.undo("так")
    assert not (first.folder / "content/news/2022/2022-01-12-nova.md").exists()
    first.undo("так")
    shown = capsys.readouterr().out

    assert ("буде прибрано: «Нова»" in shown, "повернеться: «Нова»" in shown) == (True, True)
    assert ("Нова" in first.read("news/2022/2022-01-12-nova.md"), first.status()) == (True, "")


@pytest.mark.parametrize("answers", [("ні",), ("",), ()])
def test_an_undo_that_is_declined_changes_nothing(first, answers):
    first.commit(NEWS, item("Зустріч", "Інший."))
    before = first.tip()

    assert first.undo(*answers) == 1
    assert (first.tip(), first.status()) == (before, "")


def test_without_a_terminal_an_undo_is_only_shown(first, capsys):
    first.commit(NEWS, item("Зустріч", "Інший."), "Уточнено")
    before = first.tip()

    assert (undo_asking(first.options(), None), undo_asking(first.options(DRY_RUN="1"), None)) == (1, 0)
    assert "«Уточнено»" in capsys.readouterr().out
    assert first.tip() == before


def test_a_later_change_of_the_same_lines_refuses_the_undo(first, second, capsys):
    first.commit(NEWS, item("Зустріч", "Мій рядок."), "Моє")
    first.push()
    git(second.folder, "pull", "-q")
    second.commit(NEWS, item("Зустріч", "Рядок колеги."))
    second.push()
    first.prepare()
    before = first.tip()

    assert first.undo("так") == 1
    error = capsys.readouterr().err
    assert ("Друга, " in error, f"content/{NEWS}" in error, first.tip() == before) == (True, True, True)


def test_uncommitted_work_elsewhere_survives_an_undo_and_in_the_same_file_refuses_it(first, capsys):
    first.commit(NEWS, item("Зустріч", "Інший."))
    first.write("news/2022/2022-01-14-chernetka.md", item("Чернетка"))
    first.write(NEWS, item("Зустріч", "Ще не збережене."))
    before = first.tip()
    assert first.undo("так") == 1
    assert (first.tip(), "Ще не збережене" in first.read(NEWS)) == (before, True)

    git(first.folder, "checkout", "-q", "--", f"content/{NEWS}")
    assert first.undo("так") == 0
    assert "Чернетка" in first.read("news/2022/2022-01-14-chernetka.md")
    assert first.status() == "?? content/news/2022/2022-01-14-chernetka.md"


def test_a_signed_report_is_not_undone(first, capsys):
    first.commit("reports/approved/2021-h2.json", "{}", "Затверджено")
    before = first.tip()

    assert first.undo("так") == 1
    assert ("make amend" in capsys.readouterr().err, first.tip()) == (True, before)


def test_an_unsaved_change_of_one_file_is_given_back_and_the_text_is_kept(first, capsys):
    first.write(NEWS, item("Зустріч", "Зайве."))
    first.write("news/2022/2022-01-14-chernetka.md", item("Чернетка"))

    assert first.undo(FILE=f"content/{NEWS}") == 0
    assert (first.read(NEWS), first.status()) == (item("Зустріч"), "?? content/news/2022/2022-01-14-chernetka.md")
    assert "Зайве" in (first.folder / "build/conflict" / NEWS).read_text("utf-8")
    assert first.undo(FILE=f"content/{NEWS}") == 1
    assert first.undo(FILE="content/news/2022/2022-01-14-chernetka.md") == 1


def test_giving_a_file_back_twice_keeps_both_texts(first, capsys):
    for text in ("Перше.", "Друге."):
        first.write(NEWS, item("Зустріч", text))
        assert first.undo(FILE=f"content/{NEWS}") == 0

    kept = first.folder / "build/conflict/news/2022"
    assert "Перше" in (kept / "2022-01-10-zustrich.md").read_text("utf-8")
    assert "Друге" in (kept / "2022-01-10-zustrich-2.md").read_text("utf-8")
    assert "build/conflict/news/2022/2022-01-10-zustrich-2.md" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("content/news", "content/news: це тека. Назвіть один файл у ній."),
        ("content/news/2022/", "це тека"),
        ("content", "це тека"),
        ("../../x", "../../x: це не файл теки content."),
        ("content/../tasks.py", "це не файл теки content"),
        ("pelicanconf.py", "це не файл теки content"),
    ],
)
def test_what_is_no_file_of_the_content_is_not_given_back(first, capsys, name, words):
    first.write(NEWS, item("Зустріч", "Незбережене."))

    assert first.undo(FILE=name) == 1
    assert words in (error := capsys.readouterr().err)
    assert "Нічого не змінено" in error
    assert "Незбережене" in first.read(NEWS)


def test_a_file_deleted_long_ago_is_given_back(first):
    git(first.folder, "rm", "-q", f"content/{NEWS}")
    git(first.folder, "commit", "-qm", "Прибрано")
    first.commit("news/2022/2022-01-12-insha.md", item("Інша"))

    assert first.undo(FILE=f"content/{NEWS}") == 0
    assert (first.read(NEWS), first.status()) == (item("Зустріч"), f"?? content/{NEWS}")


def test_whoever_has_changed_nothing_has_nothing_to_undo(first, second, capsys):
    assert second.undo("так") == 1
    assert "немає вашої зміни" in capsys.readouterr().err
