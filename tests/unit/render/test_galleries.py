"""What the linker makes of a header's pictures: folders, words, the cover, the files that are counted as photos."""

import pytest

from hromada.checks.link_rules import Targets
from hromada.pictures.copies import PictureInfo, plan_copies
from hromada.reading.items import read_item
from hromada.render.html import Markup
from hromada.render.links import Linker

FOLDER = [f"content/images/sviato/{name}" for name in ("1.jpg", "2.jpg", "10.jpg", "фото #1.jpg")]
FILES = [*FOLDER, "content/news/a.jpg", "content/images/znak.png", "content/images/x.jpg", "content/images/plan/x.pdf"]
PAGES = {"content/news/x.md": "/news/x-2021-07-05/", "content/news/y.md": ""}


class FakePictures:
    """Pictures of 1600 × 1000 pixels, but a sign of 60; `facts` as those of a cache."""

    def __init__(self, files):
        self.facts = {
            path: PictureInfo(
                path, 60 if "znak" in path else 1600, 1000, format="PNG" if path.endswith("png") else "JPEG"
            )
            for path in files
        }

    def plan(self, path):
        one = self.facts[path]
        return plan_copies(path, one.digest, (one.width, one.height), 1, (480, 1200))

    def format_of(self, path):
        return self.facts[path].format

    def has_frames(self, path):
        return False

    def tone_class(self, path):
        return "tone-01"

    def lookup_state(self, path):
        return self.facts[path].digest


def linker(files=FILES):
    return Linker(Targets(PAGES, frozenset(files), frozenset()), FakePictures(files), lambda path: path, lambda path: 5)


def linked(header, text="", files=FILES):
    item = read_item("content/news/x.md", f"---\ntitle: x\ndate: 2021-07-05\n{header}\n---\n\n{text}\n".encode()).item
    _, metadata = Markup().text(item, text)
    return linker(files).linked(item, metadata), item, metadata


def gallery(*lines, **options):
    return linked("gallery:\n" + "".join(f"  - {line}\n" for line in lines), **options)[0]


def words(result):
    return [(one.alt, one.caption, one.credit) for one in result.gallery]


def codes(result):
    return [(problem.code, problem.line) for problem in result.problems]


def test_a_line_has_alt_caption_and_credit():
    result = gallery(
        "a.jpg | Люди | Свято | Олена", "/images/x.jpg | Площа", "/images/sviato/1.jpg | Сцена | | Відділ | освіти"
    )

    assert words(result) == [("Люди", "Свято", "Олена"), ("Площа", "", ""), ("Сцена", "", "Відділ | освіти")]
    assert codes(result) == []


def test_a_folder_gives_its_pictures_in_natural_order():
    result = gallery("/images/sviato/")

    assert result.photos == (FOLDER[0], FOLDER[1], FOLDER[2], FOLDER[3])
    assert result.pictures == result.photos


@pytest.mark.parametrize(
    "form",
    ["/images/sviato", "/images/sviato/", "../images/sviato", "{static}/images/sviato", "|static|/images/sviato"],
)
def test_a_folder_may_be_written_in_any_form_of_a_path(form):
    assert len(gallery(form).gallery) == 4


def test_a_line_of_its_own_describes_a_picture_of_a_folder_and_shows_it_once():
    result = gallery("/images/sviato", "../images/sviato/10.jpg | Десята | Підпис", "a.jpg | Люди")

    assert [one.alt for one in result.gallery] == ["", "", "Десята", "", "Люди"]
    assert result.gallery[2].caption == "Підпис"


def test_a_line_above_a_folder_moves_its_picture_to_the_front():
    result = gallery("/images/sviato/10.jpg | Десята", "/images/sviato")

    assert [one.alt for one in result.gallery] == ["Десята", "", "", ""]


def test_the_check_names_every_picture_without_alt_and_says_where_to_write_it():
    result = gallery("/images/sviato", "/images/sviato/1.jpg | Сцена", "a.jpg | | Підпис")

    assert [(problem.line, problem.message, problem.fix) for problem in result.problems] == [
        (5, "світлина 2.jpg без опису", "додайте до галереї рядок: /images/sviato/2.jpg | що на ній"),
        (5, "світлина 10.jpg без опису", "додайте до галереї рядок: /images/sviato/10.jpg | що на ній"),
        (5, "світлина фото #1.jpg без опису", "додайте до галереї рядок: /images/sviato/фото %231.jpg | що на ній"),
        (7, "світлина a.jpg без опису", "допишіть після риски: a.jpg | що на ній"),
    ]


def test_a_cover_needs_an_alt_as_well():
    result, *_ = linked("image: a.jpg")

    assert [(problem.code, problem.line, problem.fix) for problem in result.problems] == [
        ("alt-missing", 4, "додайте поле «image-alt» («Опис зображення»)")
    ]
    assert codes(linked("image: a.jpg\nimage-alt: Люди")[0]) == []
    assert codes(linked("image: a.jpg | Люди")[0]) == []
    assert codes(linked("image: a.jpg | a.jpg")[0]) == [("alt-placeholder", 4)]


@pytest.mark.parametrize("folder", ["/images", "/images/", ".", "./", "/"])
def test_a_folder_of_other_items_is_refused(folder):
    result = gallery(f'"{folder}"', "a.jpg | Люди", files=[*FILES, "content/logo.png"])

    assert codes(result) == [("gallery-folder", 5)]
    assert [one.alt for one in result.gallery] == ["Люди"]


@pytest.mark.parametrize("folder", ["/images/nema", "/images/plan/", "../../x", "https://example.org/a/"])
def test_a_folder_without_pictures_is_said(folder):
    assert codes(gallery(folder)) == [("picture-missing", 5)]


def test_a_new_picture_in_a_folder_makes_the_links_stale():
    result, *_ = linked("gallery: /images/sviato")

    assert linker().is_current(result)
    assert not linker([*FILES, "content/images/sviato/11.jpg"]).is_current(result)
    assert not linker(FILES[1:]).is_current(result)
    changed = linker()
    changed.pictures.facts[FOLDER[0]] = changed.pictures.facts[FOLDER[0]]._replace(digest="інший")
    assert not changed.is_current(result)
    unopened = linker()
    del unopened.pictures.facts[FOLDER[0]]
    assert not unopened.is_current(result)


def test_the_pictures_of_a_folder_are_opened_ahead_with_the_others():
    _, item, metadata = linked("image: a.jpg | Люди\ngallery: /images/sviato")

    assert sorted(linker().wanted_pictures(item, metadata)) == sorted(["content/news/a.jpg", *FOLDER])


@pytest.mark.parametrize(
    ("header", "text", "cover"),
    [
        ("image: a.jpg | Головна\ngallery: /images/x.jpg | Друга", "![Третя](/images/x.jpg)", "Головна"),
        ("gallery: /images/x.jpg | Друга", "![Третя](a.jpg)", "Друга"),
        ("tags: x", "![Знак](/images/znak.png) ![Третя](a.jpg)", "Третя"),
        ("tags: x", "[![Кадр](a.jpg)](https://youtu.be/AbC_12345-x)", "Кадр"),
        ("tags: x", "![Знак](/images/znak.png)", None),
    ],
)
def test_a_cards_cover_is_the_lead_picture_else_the_first_of_the_gallery_else_of_the_text(header, text, cover):
    result, *_ = linked(header, text)

    assert (result.card_picture.alt if result.card_picture else None) == cover


def test_photos_are_the_files_of_header_and_text_once_each_without_stills_of_videos():
    text = "![Люди](a.jpg) ![Ще](/images/x.jpg) [![Кадр](/images/sviato/1.jpg)](https://youtu.be/AbC_12345-x) [велика](/images/sviato/2.jpg)"
    result, *_ = linked("image: a.jpg | Люди\ngallery: /images/x.jpg | Площа; a.jpg | Люди", text)

    assert sorted(result.photos) == ["content/images/x.jpg", "content/news/a.jpg"]
    assert "content/images/sviato/1.jpg" in result.pictures


def test_the_words_of_a_caption_are_text_and_no_markup():
    result = gallery('"a.jpg | <b>Люди</b> | «Калинонька» & Ко | <script>"')

    assert words(result) == [("<b>Люди</b>", "«Калинонька» & Ко", "<script>")]
