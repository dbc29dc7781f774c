"""«Опублікувати» on the editor's page: the same publication as in the terminal, with its questions and its words."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import sys
import time

import pytest

from tests.conftest import cache_in
from tests.system.clones import PUBLISH_COMMAND, bare, clone, commits, config, git, project
from tests.system.test_whole_way import NEWS, fill, item
from tests.unit.serve.editor import Editor

pytestmark = pytest.mark.long
STATE = "/__local/publication"


@pytest.fixture
def office(tmp_path, bare, monkeypatch):
    """The editor's server over a clone of the project; its publication is the command's own code with the tests' Python."""
    folder, _ = project(tmp_path, bare, fill)
    git(folder, "config", "user.name", "Перша")
    git(folder, "config", "user.email", "persha@hromada.invalid")
    for name, value in {"PYTHONPATH": "plugins", "CACHE": str(cache_in(tmp_path)), "JOBS": "1"}.items():
        monkeypatch.setenv(name, value)
    # The clock comes with the call; serve's own TODAY would be left out.
    code = f"import os; os.environ['TODAY'] = '2022-01-15'; {PUBLISH_COMMAND}"
    monkeypatch.setattr(
        "hromada.serve.publish_process.publish_command", lambda _: [sys.executable, "-X", "utf8", "-c", code]
    )
    one = Editor(folder)
    yield one
    one.close()


def until(office, is_reached):
    """The state as soon as it is reached."""
    for _ in range(1200):
        _, state = office.json(f"{STATE}?since=0")
        if is_reached(state):
            return state
        time.sleep(0.1)
    raise AssertionError(state)


def has_ended(state):
    return not state["running"]


def test_what_is_uncommitted_is_shown_a_line_of_words_is_offered_and_the_site_goes_online(office, bare):
    (office.root / NEWS).write_text(item("Зустріч із мешканцями", "Почнеться о дев’ятій.", 11), "utf-8")
    started, _ = office.json(STATE, {})
    second, refused = office.json(STATE, {})
    asked = until(office, lambda state: state["question"] or has_ended(state))
    late, _ = office.json(f"{STATE}/answer", {"number": asked["question"]["number"] + 1, "answer": "чуже"})
    office.json(f"{STATE}/answer", {"number": asked["question"]["number"], "answer": "Уточнено час"})
    again, _ = office.json(f"{STATE}/answer", {"number": asked["question"]["number"], "answer": "удруге"})
    ended = until(office, has_ended)
    words = "\n".join(ended["lines"])

    assert (started, second, late, again) == (200, 409, 409, 409)
    assert "вже триває" in refused["message"]
    assert any(NEWS in line and "Зустріч із мешканцями" in line for line in asked["lines"])
    assert asked["question"]["default"] == "Змінено: Зустріч із мешканцями"
    assert (ended["status"], "Опубліковано: гілка gh-pages" in words) == (0, True), words
    assert git(office.root, "log", "-1", "--format=%s %an") == "Уточнено час Перша"
    assert "дев’ятій" in git(bare, "show", "gh-pages:news/zustrich-2022-01-11/index.html")

    office.json(STATE, {})
    ended = until(office, has_ended)
    assert (ended["number"], ended["status"], commits(bare)) == (2, 0, 1)
    assert any("На сайті вже саме це" in line for line in ended["lines"])


def test_errors_are_told_in_the_checks_words_and_nothing_is_saved_or_published(office, bare):
    (office.root / NEWS).write_text("title: Зустріч\ndate: 12/03/21\n\nТекст.\n", "utf-8")
    head = git(office.root, "rev-parse", "HEAD")
    office.json(STATE, {})
    asked = until(office, lambda state: state["question"] or has_ended(state))
    office.json(f"{STATE}/answer", {"number": asked["question"]["number"], "answer": ""})
    ended = until(office, has_ended)

    assert ended["status"] == 2
    assert any(line.startswith(f"{NEWS}:2: ") and "[date-" in line for line in ended["lines"])
    assert git(office.root, "rev-parse", "HEAD") == head
    assert "gh-pages" not in git(bare, "branch", "--list")


def test_two_texts_of_one_place_are_a_question_with_both_kept_and_leaving_it_loses_nothing(office, bare, tmp_path):
    git(office.root, "push", "-q", "origin", "HEAD")
    other = tmp_path / "друга"
    git(tmp_path, "clone", "-q", f"file://{bare}", str(other))
    (other / NEWS).write_text(item("Зустріч із мешканцями", "Почнеться о дванадцятій.", 11), "utf-8")
    git(other, "commit", "-qam", "Друга")
    git(other, "push", "-q", "origin", "HEAD")
    (office.root / NEWS).write_text(item("Зустріч із мешканцями", "Почнеться о восьмій.", 11), "utf-8")
    office.json(STATE, {})
    asked = until(office, lambda state: state["question"] or has_ended(state))
    office.json(f"{STATE}/answer", {"number": asked["question"]["number"], "answer": "Моє"})
    chosen = until(office, lambda state: (state["question"] or {}).get("choices") or has_ended(state))
    office.json(f"{STATE}/answer", {"number": chosen["question"]["number"], "answer": None})
    ended = until(office, has_ended)

    assert [value for value, _ in chosen["question"]["choices"]] == ["1", "2", "3"]
    assert ended["status"] != 0
    kept = "".join(file.read_text("utf-8") for file in (office.root / "build/conflict").rglob("*.md"))
    assert ("восьмій" in kept, "дванадцятій" in kept) == (True, True)
    assert "восьмій" in (office.root / NEWS).read_text("utf-8")


def test_another_folder_than_the_repositorys_is_not_published(office):
    office.state.publication.obstacle = "Опублікувати можна лише теку content/ сховища."
    status, answer = office.json(STATE, {})

    assert (status, answer["message"]) == (409, office.state.publication.obstacle)
