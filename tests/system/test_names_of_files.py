"""Files are found by their names however their letters are written, and what is not taken is said once."""

import io
import unicodedata

import pytest
from PIL import Image

from hromada.commands import dispatch as commands
from tests.unit.reading.test_attachment_metadata import photo

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
NAME = "Площа й Київ"


def form(name, text):
    return unicodedata.normalize(name, text)


def said(site, **changes):
    out = site.run(commands.check, everything=True, **changes)[1]
    lines = [line for line in out.splitlines()[:-1] if ": попередження: " not in line]
    return [(line.split(": ")[0].removeprefix("content/"), line.rpartition("[")[2][:-1]) for line in lines]


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
def test_a_file_is_found_in_either_form_of_its_letters(site, written, on_disk):
    at, name = form(on_disk, NAME), form(written, NAME).replace(" ", "%20")
    site.write(f"images/{at}.jpg", photo(latitude=()))
    site.write(f"files/{at}.pdf", b"%PDF-1.4\n%%EOF\n")
    site.write(f"pages/{at}.md", "title: Сторінка\nslug: storinka\n\nТекст.\n")
    site.write("news/x.md", (
        f"title: Назва\ndate: 2021-07-05\nimage: /images/{form(written, NAME)}.jpg\ngallery: /images/{form(written, NAME)}.jpg\n\n"
        f"[акт](/files/{name}.pdf) ![Площа](</images/{form(written, NAME)}.jpg>) [сторінка](../pages/{name}.md)\n"
    ))  # fmt: skip
    site.write("redirects.csv", f"Звідки;Куди\n/stara/;pages/{form(written, NAME)}.md\n")
    site.write("law.toml", f'acts = "pages/{form(written, NAME)}.md"\n')
    status, out, err = site.html()

    assert status == 0, out + err
    assert f"files/{form('NFC', NAME)}.pdf" in site.files()
    assert 'href="/sait/files/%D0%9F%D0%BB%D0%BE%D1%89%D0%B0%20%D0%B9' in (
        site.output / "news/x-2021-07-05/index.html"
    ).read_text("utf-8")
    assert "/storinka/" in (site.output / "stara/index.html").read_text("utf-8")


def test_two_files_whose_names_look_the_same_are_refused(site):
    for one in ("NFC", "NFD"):
        site.write(f"images/{form(one, 'Київ')}.jpg", photo(latitude=()))

    assert {code for _, code in said(site)} == {"name-case"}


USES = "title: Назва\ndate: 2021-07-05\nimage: a{ending}\n\n![Площа](a{ending}) [ще](a{ending}) <https://e.example>\n"


@pytest.mark.parametrize("ending", [".heic", ".HEIC", ".heif", ".svg", ".txt", ".psd"])
def test_a_file_that_is_not_taken_is_said_once_and_not_of_each_use(site, ending):
    site.write("news/x.md", USES.format(ending=ending))
    site.write("news/y.md", USES.format(ending=ending).replace("Назва", "Інша"))
    site.write(f"news/a{ending}", HEIC)

    assert said(site) == [(f"news/a{ending}:1", "stray-file")]


def test_a_phone_s_photo_says_what_to_do(site):
    site.write("images/a.heic", HEIC)

    assert (
        "це світлина HEIC з телефона, якої браузери не показують; візьміть її з теки поза змістом командою make photos"
        in site.run(commands.check)[1]
    )


@pytest.mark.parametrize(
    ("name", "raw"), [("a.jpg", HEIC), ("a.png", HEIC.replace(b"heic", b"mif1", 1)), ("a.jpg", b"JPEG")]
)
def test_a_picture_that_can_not_be_read_is_said_once_where_it_is_shown_first(site, name, raw):
    ending = name[1:]
    site.write("news/x.md", USES.format(ending=ending))
    site.write("news/y.md", USES.format(ending=ending).replace("Назва", "Інша"))
    site.write(f"news/{name}", raw)
    out = site.run(commands.check)[1]

    assert said(site) == [("news/x.md:3", "picture-unreadable")]
    assert ("HEIC" in out) == (raw != b"JPEG")


def test_a_name_that_appears_later_is_told_at_once(site):
    image = io.BytesIO()
    Image.new("RGB", (4, 4)).save(image, "JPEG")
    site.write("news/x.md", "title: Назва\ndate: 2021-07-05\n\n![Площа](/images/park.jpeg)\n")
    before = site.run(commands.check)[1]
    site.write("images/Park.jpg", image.getvalue())
    after = site.run(commands.check)[1]
    (site.content / "images/Park.jpg").unlink()

    assert "перевірте назву [picture-missing]" in before
    assert "можливо, «/images/Park.jpg»? [picture-missing]" in after
    assert site.run(commands.check)[1] == before


@pytest.mark.parametrize("name", [".#x.md", "2021/.#x.md", ".#a.csv"])
def test_a_lock_of_an_editor_is_no_item(site, name):
    site.write("news/x.md", "title: Назва\ndate: 2021-07-05\n\nТекст.\n")
    site.write(f"news/{name}", "title: Назва\n\nТекст.\n")

    assert said(site) == []
