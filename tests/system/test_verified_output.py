"""A built site is verified against its content: what drafts say and who edits stands nowhere, unless it is published, too."""

import pytest

from hromada.build import output_verification
from hromada.build.content_steps import checked_snapshot
from hromada.build.output_verification import verify_output
from hromada.build.pipeline import build_for_publishing
from hromada.console.messages import no_progress
from hromada.publish.site_tree import file_digests
from tests.system.clones import git

SECRET = "Виконком готує рішення, про яке ще ніхто в громаді не знає"
HIDDEN = "Приховане повідомлення для тих кому надіслано посилання на нього"
PAGE = "news/a-2021-07-05/index.html"


@pytest.fixture
def built(site):
    """A site with a published, a draft, a scheduled and a hidden item; the published one says `words`, too."""

    def make(words="Слова."):
        for name, status, date, text in (
            ("a", "published", "2021-07-05", words), ("b", "draft", "2021-07-05", f"**{SECRET}**."), ("d", "hidden", "2021-07-06", HIDDEN),
            ("c", "published", "2022-02-01", f"{SECRET} тим паче заплановане."),
        ):  # fmt: skip
            site.write(f"news/{name}.md", f"title: Новина {name}\ndate: {date}\nstatus: {status}\n\n{text}\n")
        assert build_for_publishing(site.options()).refusals == ()
        return site

    return make


def said(site, options=None):
    options = options or site.options()
    found = verify_output(options, checked_snapshot(options), file_digests(site.output), (), no_progress)
    return [refusal.message for refusal in found]


def add(site, words, name=PAGE):
    path = site.output / name
    path.write_text(path.read_text("utf-8").replace("</main>", f"<p>{words}</p></main>", 1), "utf-8")


def test_words_of_a_draft_or_a_scheduled_item_are_refused_with_their_file(built):
    site = built()
    add(site, f"Чутка: {SECRET}!")
    (message,) = said(site)

    assert message.startswith(
        f"{PAGE} (content/news/a.md): слова неопублікованого матеріалу content/news/b.md: «Виконком готує"
    )


def test_words_that_a_published_item_has_too_are_let_through(built):
    assert said(built(f"Цитата: {SECRET}.")) == []


def test_a_hidden_item_has_its_words_on_its_own_page_alone(built):
    site = built()
    assert HIDDEN in (site.output / "news/d-2021-07-06/index.html").read_text("utf-8")
    add(site, HIDDEN, "news/index.html")
    (message,) = said(site)

    assert message.startswith("news/index.html: слова неопублікованого матеріалу content/news/d.md")


def test_the_mailbox_of_who_commits_is_refused_unless_it_is_published(built, monkeypatch):
    site = built()
    monkeypatch.setattr(output_verification, "_editors", lambda _root: {"redaktor@rada.example"})
    add(site, "redaktor@rada.example")

    assert said(site) == [f"{PAGE} (content/news/a.md): адреса пошти редактора redaktor@rada.example"]
    site.write("pages/kontakty.md", "title: Контакти\n\nПишіть: redaktor@rada.example\n")
    assert said(site) == []


def test_editors_are_those_who_have_committed_and_who_publishes(tmp_path):
    assert output_verification._editors(tmp_path) == set()
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.email", "a@rada.example")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Перший", "--author", "b <b@rada.example>")

    assert {"a@rada.example", "b@rada.example"} <= output_verification._editors(tmp_path)


def test_a_folder_of_this_machine_is_refused(built):
    site = built()
    add(site, f"{site.content}/news")

    assert any("шлях цього комп’ютера" in line for line in said(site))
