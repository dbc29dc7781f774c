"""The index of the search after builds: what it has, what it never has, and that its bytes follow from the content alone."""

import io
import json
import random
import shutil
import sqlite3
import zipfile

import pytest

from hromada.pages import search_index
from hromada.pages.search_index import SearchIndex
from hromada.search.shards import Shard, numbers_of
from hromada.search.words import normalized
from hromada.storage.lexeme_store import load_dictionary
from hromada.storage.sqlite_store import Store
from tests.conftest import Site

WORDS = [
    "сміття",
    "вивозять",
    "Прудянка",
    "року",
    "рік",
    "сім’я",
    "№ 12/01-05",
    "громадою",
    "Боратин",
    "дитсадок",
    "йти",
    "ідемо",
]


def item(title, text, day="2021-07-05", extra=""):
    return f"title: {title}\ndate: {day}\n{extra}\n{text}\n"


def index_of(site):
    return {name: data for name, data in site.files().items() if name.startswith("search/")}


def cards_of(site):
    """Title and kind by address of everything that can be found."""
    files = index_of(site)
    return {
        address: (title, note)
        for name, data in files.items()
        if "/cards-" in name
        for title, address, _, note in json.loads(data).values()
    }


def found(site, word):
    """How many documents have some form of a word."""
    wanted = {lexeme[:2] for lexeme in load_dictionary().lexemes(normalized(word))}
    shards = [Shard.parse(data) for name, data in index_of(site).items() if name.rpartition("/")[2][:-5].isdigit()]
    ids = {
        (number, one >> 5)
        for number, shard in enumerate(shards)
        for key, forms in shard.postings.items()
        if key in wanted
        for packed in forms.values()
        for one in numbers_of(packed)
    }
    return len({id for _, id in ids})


@pytest.fixture
def small(site):
    """A site of a unit, a page and two news items."""
    site.write("units/tsnap/index.md", "title: Центр надання послуг\nphone: (05763) 3-24-50\n\nВидає довідки.\n")
    site.write("units/tsnap/2021-07-06-hrafik.md", item("Графік прийому", "Приймаємо щодня.", "2021-07-06"))
    site.write("pages/pro-hromadu.md", "title: Про громаду\n\nМісто Дергачі.\n")
    site.write("news/2021/2021-07-05-smittia.md", item("Вивезення сміття", "Сміття вивозять у вівторок."))
    site.write("news/2021/2021-07-07-sadok.md", item("Новий садок", "У садку граються діти.", "2021-07-07"))
    return site


def test_everything_that_is_listed_can_be_found(small):
    assert small.html()[0] == 0
    assert {address: title for address, (title, _) in cards_of(small).items()} == {
        "/units/tsnap/": "Центр надання послуг",
        "/units/tsnap/hrafik-2021-07-06/": "Графік прийому",
        "/pro-hromadu/": "Про громаду",
        "/news/smittia-2021-07-05/": "Вивезення сміття",
        "/news/sadok-2021-07-07/": "Новий садок",
    }
    assert [found(small, word) for word in ("сміттям", "садками", "довідка", "дитина", "школа")] == [1, 1, 1, 1, 0]


@pytest.mark.parametrize("extra", ["status: draft\n", "status: hidden\n", "date-later"])
def test_what_is_not_public_is_nowhere_in_the_index(small, extra):
    day = "2022-03-01" if extra == "date-later" else "2021-08-01"
    small.write(
        "news/2021/taiemne.md", item("Таємний верблюд", "Носоріг.", day, "" if extra == "date-later" else extra)
    )

    assert small.html()[0] == 0
    everything = b"".join(index_of(small).values()).decode().lower()

    assert all(word not in everything for word in ("верблюд", "носоріг", "taiemn"))


def test_texts_of_attached_documents_are_found(small):
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        )
        body = "<w:p><w:r><w:t>Кошторис </w:t></w:r><w:r><w:t>водогону</w:t></w:r></w:p><w:p><w:r><w:t>Верблюд</w:t></w:r></w:p>"
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr("word/document.xml", f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>")
    small.write("news/2021/koshtorys-2021.docx", document.getvalue())
    small.write(
        "news/2021/2021-07-08-k.md", item("Кошторис", "Дивіться [кошторис](koshtorys-2021.docx).", "2021-07-08")
    )
    assert small.html()[0] == 0

    assert cards_of(small)["/news/2021/koshtorys-2021.docx"] == ("koshtorys 2021", "DOCX до матеріалу «Кошторис»")
    assert [found(small, word) for word in ("водогін", "верблюдом")] == [1, 1]


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"%PDF-1.4\n%%EOF", b"\0" * 1000])
def test_a_damaged_document_is_found_by_its_name(small, raw):
    from hromada.render.document_text import document_text

    assert document_text("x.docx", raw) == document_text("x.pdf", raw) == ""


def test_an_edit_touches_the_shards_of_its_words_alone(small):
    for number in range(200):
        small.write(
            f"news/2021/n{number}.md",
            item(f"Новина {number}", f"Текст {number} про {WORDS[number % 12]}.", f"2021-{number % 6 + 1:02d}-11"),
        )
    assert small.html()[0] == 0
    before = index_of(small)
    small.write("news/2021/n7.md", item("Новина 7", "Текст 7 про носорога.", "2021-02-11"))
    assert small.html()[0] == 0
    after = index_of(small)
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]

    assert 0 < len(changed) <= 5
    assert all(name.startswith("search/old/") for name in changed)


def random_edit(dice, site, names):
    """Write, change, hide or remove an item."""
    name = dice.choice(names)
    path = site.content / name
    if path.exists() and dice.random() < 0.3:
        path.unlink()
        return
    words = " ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 8)))
    extra = "status: draft\n" if dice.random() < 0.15 else ""
    site.write(
        name,
        item(
            f"Назва {dice.choice(WORDS)}",
            words,
            f"20{dice.randint(18, 21)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
            extra,
        ),
    )


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_index_is_that_of_a_build_from_nothing(small, tmp_path, capsys, seed):
    dice = random.Random(seed)
    names = [f"news/n{number}.md" for number in range(30)]
    for _ in range(5):
        for _ in range(dice.choice([1, 1, 2, 30])):
            random_edit(dice, small, names)
        assert small.html()[0] == 0
    other = Site(tmp_path / "other", capsys)
    (tmp_path / "other").mkdir()
    assert small.html(output=other.output, cache_name=str(tmp_path / "other-cache"))[0] == 0

    assert index_of(small) == index_of(other)


def test_a_lost_cache_changes_nothing(small):
    assert small.html()[0] == 0
    before = small.files()
    for path in small.cache.glob("*.sqlite"):
        path.unlink()
    assert small.html()[0] == 0

    assert small.files() == before


def test_the_site_without_items_has_a_search(site):
    site.write("pages/pro.md", "title: Про нас\n\nТекст.\n")
    (site.content / "news").mkdir()
    assert site.html()[0] == 0
    files = site.files()

    assert json.loads(files["search/index.json"])["segments"][0]["name"] == "base"
    assert b'data-search="idle"' in files["search/index.html"]


def test_every_page_but_redirects_has_one_search_form(golden):
    assert golden.html()[0] == 0
    pages = {name: data.decode() for name, data in golden.files().items() if name.endswith(".html")}
    without = [name for name, text in pages.items() if text.count('role="search"') != 1]

    assert all('http-equiv="refresh"' in pages[name] for name in without)


def test_a_withdrawn_item_is_found_no_more(small):
    assert small.html()[0] == 0
    small.write(
        "news/2021/2021-07-05-smittia.md",
        item(
            "Вивезення сміття", "Сміття вивозять у вівторок.", extra="withdrawn: помилка\nwithdrawn-date: 2021-12-01\n"
        ),
    )
    assert small.html()[0] == 0

    assert "/news/smittia-2021-07-05/" not in cards_of(small)
    assert found(small, "вівторок") == 0


def test_a_redirect_from_below_the_search_stays_after_every_build(small):
    """`/search/label/…` is an address of many old sites."""
    small.write("redirects.csv", "Звідки;Куди\n/search/label/новини;content/pages/pro-hromadu.md\n/search/old;gone\n")
    assert small.html()[0] == 0
    before = {name for name in small.files() if name.startswith("search/")}
    small.write("pages/pro-hromadu.md", "title: Про громаду\n\nМісто Дергачі й села.\n")
    assert small.html()[0] == 0
    small.html()

    assert {"search/old/index.html", "search/label/новини/index.html"} <= before
    assert {name for name in small.files() if name.startswith("search/")} == before


def test_files_of_an_index_that_is_smaller_now_are_removed(small):
    assert small.html()[0] == 0
    for path in [*small.content.glob("news/2021/*.md"), *small.content.glob("units/tsnap/2021*.md")]:
        path.unlink()
    assert small.html()[0] == 0

    assert {name.split("/")[1] for name in index_of(small)} == {
        "base", "endings.json", "index.html", "index.json", "synonyms.json",
    }  # fmt: skip


@pytest.mark.parametrize("is_filled", [False, True])
def test_a_cache_that_cannot_be_written_changes_nothing(small, monkeypatch, is_filled):
    if is_filled:
        assert small.html()[0] == 0
    put = Store.put

    def put_all_but_the_index(store, blobs, deleted=()):
        put(store, {key: data for key, data in blobs.items() if not key[0].startswith("search")}, deleted)

    small.write("pages/pro-hromadu.md", "title: Про громаду\n\nМісто Дергачі, верблюд.\n")
    with monkeypatch.context() as patch:
        patch.setattr(Store, "put", put_all_but_the_index)
        assert small.html()[0] == 0
    written = small.files()
    shutil.rmtree(small.cache)
    shutil.rmtree(small.output)
    assert small.html()[0] == 0

    assert found(small, "верблюд") == 1
    assert written == small.files()


def test_words_that_a_killed_first_build_has_left_are_removed_by_the_next(small, monkeypatch):
    monkeypatch.setattr(search_index, "_MOST_UNSTORED", 1)
    with monkeypatch.context() as patch:
        patch.setattr(SearchIndex, "_keep", lambda *_: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception):
            small.html()
    (small.content / "pages/pro-hromadu.md").unlink()
    assert small.html()[0] == 0
    (store,) = small.cache.glob("files-*.sqlite")
    with sqlite3.connect(store) as database:
        names = {name.decode() for (name,) in database.execute("SELECT name FROM blobs WHERE kind = 'search-words'")}

    assert len(names) == 4
    assert "content/pages/pro-hromadu.md" not in names


def test_an_error_in_a_text_names_it(small, monkeypatch):
    monkeypatch.setattr(SearchIndex, "_read_words", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError) as error:
        small.html()

    assert error.value.__notes__[0].startswith("content/")
