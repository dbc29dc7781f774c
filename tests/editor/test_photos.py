"""Of a photo, only its pixels reach the repository; asked by exiftool, after saving through the real CMS.

All tests use one site and one git host: what one has saved does not matter to the next.
"""

import pytest

from tests import needs
from tests.editor.cms_driver import Cms
from tests.editor.conftest import EditorSite, build_site, served, small_host
from tests.editor.photos import CORNER, opened, photo, said_of

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic")

pytestmark = [needs.chromium, needs.exiftool]


@pytest.fixture(scope="module")
def editor_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editor")
    host = small_host(folder / "sait.git")
    with served(build_site(folder / "site", host, "gitea")) as address:
        yield EditorSite(folder / "site/output", host, address)
    host.close()


@pytest.fixture
def cms(browser, editor_site):
    opened = Cms(browser, editor_site)
    opened.sign_in()
    yield opened
    opened.close()


def saved_photo(cms, title, file):
    """The picture that the repository gets with a new item."""
    cms.new("news")
    cms.fill("title", title)
    cms.page.get_by_role("button", name="Сьогодні").first.click()
    cms.choose("image", file)
    cms.insert("image")
    if cms.field("image-alt").is_visible():
        cms.fill("image-alt", "Що на світлині")
    cms.write("body", "Текст новини.")
    known = set(cms.site.host.repository.files())
    cms.save()
    arrived = {path: data for path, data in cms.site.host.repository.files().items() if path not in known}
    (data,) = (data for path, data in arrived.items() if path.endswith(PICTURES))
    return data


def refused_words(cms, file):
    """What the editor says when a file is chosen that it does not take."""
    cms.new("news")
    cms.choose("image", file)
    cms.page.get_by_role("button", name="Вставити", exact=True).last.click()
    cms.page.get_by_role("button", name="OK", exact=True).wait_for()
    return cms.page.inner_text("body")


def is_near(pixel, wanted):
    return all(abs(one - other) < 40 for one, other in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("Фото з телефона.jpg", True),
        ("b.heic", True),
        pytest.param("c.png", False, marks=pytest.mark.soak),
        pytest.param("d.webp", False, marks=pytest.mark.soak),
    ],
)
def test_a_photo_reaches_the_repository_upright_small_and_without_a_word(cms, tmp_path, name, turned):
    file = photo(tmp_path, name, turned=turned)
    data = saved_photo(cms, f"Зустріч: «рада» з мешканцями, {name}", file)
    image = opened(data)

    assert {"GPS:GPSLatitude", "IFD0:Make"} <= said_of(file.read_bytes()).keys()
    assert said_of(data) == {}
    assert image.size == ((1280, 1920) if turned else (1920, 1280))
    assert is_near(image.convert("RGB").getpixel((20, 20)), CORNER)
    # The page asked nobody but the site and the git host, whose policy would have stopped anything else.
    own, host = (address.removeprefix("http://") for address in (cms.site.address, cms.site.host.address))
    assert cms.hosts == {own, host}
    assert [line for line in cms.said if "Content Security Policy" in line and "data:image/svg+xml" not in line] == []


def test_a_photo_that_no_browser_can_draw_is_refused_in_ukrainian(cms, tmp_path):
    file = photo(tmp_path, "зіпсоване.jpg")
    raw = file.read_bytes()
    file.write_bytes(raw[: raw.index(b"\xff\xdb")])  # the metadata are whole, the pixels are gone

    assert "пошкоджений" in refused_words(cms, file)


def test_a_photo_whose_copy_could_not_be_made_is_never_sent_as_it_is(cms, tmp_path):
    cms.page.evaluate(
        "() => { OffscreenCanvas.prototype.convertToBlob = () => Promise.reject(new Error('no memory')); }"
    )

    assert "пошкоджений" in refused_words(cms, photo(tmp_path, "добре.jpg"))
