"""Of a photo, only its pixels reach the repository; asked by exiftool, after saving through the real CMS.

Tests share a site and a git host: what one has saved does not matter to the next.
"""

import base64
import contextlib
import functools

import pytest

from tests import needs
from tests.editor.cms_driver import Cms
from tests.editor.conftest import EditorSite, build_site, served, small_host
from tests.editor.photos import CORNER, opened, photo, said_of

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic")

pytestmark = [needs.chromium, needs.exiftool]


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Makes a git host of a kind, with a site whose editor writes there."""
    folder = tmp_path_factory.mktemp("editor")
    with contextlib.ExitStack() as opened:

        @functools.cache
        def site(backend):
            host = small_host(folder / f"{backend}.git")
            opened.callback(host.close)
            output = build_site(folder / backend, host, backend)
            return EditorSite(output, host, opened.enter_context(served(output)))

        yield site


@pytest.fixture
def cms(browser, sites):
    """Opens the editor of a site and signs in."""
    opened = []

    def of(backend):
        opened.append(Cms(browser, sites(backend)))
        opened[-1].sign_in()
        return opened[-1]

    yield of
    for one in opened:
        one.close()


def saved_photo(cms, title, file):
    """The picture that the repository gets with a new item."""
    cms.new("news")
    cms.fill("title", title)
    cms.begin_picture()
    cms.choose("image.file", file)
    cms.insert("image.file")
    cms.fill("image.alt", "Що на світлині")
    cms.write("body", "Текст новини.")
    known = set(cms.site.host.repository.files())
    cms.save()
    arrived = {path: data for path, data in cms.site.host.repository.files().items() if path not in known}
    (data,) = (data for path, data in arrived.items() if path.endswith(PICTURES))
    return data


def refused_words(cms, file):
    """What the editor says when a file is chosen that it does not take."""
    cms.new("news")
    cms.begin_picture()
    cms.choose("image.file", file)
    cms.page.get_by_role("button", name="Вставити", exact=True).last.click()
    cms.page.get_by_role("button", name="OK", exact=True).wait_for()
    return cms.page.inner_text("body")


def is_near(pixel, wanted):
    return all(abs(one - other) < 40 for one, other in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize(
    ("backend", "name", "turned"),
    [
        ("gitea", "Фото з телефона.jpg", True),
        ("github", "b.heic", True),
        pytest.param("github", "c.png", False, marks=pytest.mark.soak),
        pytest.param("gitea", "d.webp", False, marks=pytest.mark.soak),
    ],
)
def test_a_photo_reaches_the_repository_upright_small_and_without_a_word(cms, tmp_path, backend, name, turned):
    cms = cms(backend)
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
    # The token went to the git host alone, in a header: it stands in no address and in no file.
    assert cms.told == {host}
    assert [address for address in cms.addresses if cms.site.host.token in address] == []
    assert not any(cms.site.host.token.encode() in data for data in cms.site.host.repository.files().values())
    assert [line for line in cms.said if "Content Security Policy" in line and "data:image/svg+xml" not in line] == []


# Every photo takes four seconds; `begun` is when the first one is under way.
_SLOW = """() => {
  const convert = OffscreenCanvas.prototype.convertToBlob;
  const begun = Promise.withResolvers();
  window.begun = begun.promise;
  OffscreenCanvas.prototype.convertToBlob = async function (...how) {
    begun.resolve();
    await new Promise((done) => setTimeout(done, 4000));
    return convert.apply(this, how);
  };
}"""
_FILE = """
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const file = new File([bytes], "vstavlene.jpg", { type: "image/jpeg" });"""
_DROP = f"""(target, text) => {{{_FILE}
  target.dispatchEvent(new CustomEvent("Select", {{ detail: {{ files: [file] }} }}));
}}"""
_PASTE = f"""(field, text) => {{{_FILE}
  const data = new DataTransfer();
  data.items.add(file);
  field.querySelector("p").dispatchEvent(new ClipboardEvent("paste", {{ clipboardData: data, bubbles: true, cancelable: true }}));
}}"""


def begun(cms, title, file):
    """Begin an item; gives the photo as a text that scripts of the page can take."""
    cms.new("news")
    cms.fill("title", title)
    cms.write("body", "Текст новини.")
    return base64.b64encode(file.read_bytes()).decode()


def test_a_save_while_a_photo_is_being_decoded_waits_for_it(cms, tmp_path):
    cms = cms("gitea")
    data = begun(cms, "Повільна світлина", photo(tmp_path, "повільне.jpg"))
    cms.begin_picture()
    cms.fill("image.alt", "Що на світлині")
    cms.page.evaluate(_SLOW)
    cms.field("image.file").locator(".drop-target").evaluate(_DROP, data)
    cms.page.evaluate("window.begun")
    known = set(cms.site.host.repository.files())
    cms.save()
    arrived = {path: data for path, data in cms.site.host.repository.files().items() if path not in known}

    (picture,) = (path for path in arrived if path.endswith(PICTURES))
    (item,) = (data.decode() for path, data in arrived.items() if path.endswith(".md"))
    assert f"/{picture.rpartition('/')[2]}\nimage-alt: Що на світлині\n" in item


def test_a_photo_that_is_being_pasted_into_the_text_is_in_it_before_a_save(cms, tmp_path):
    cms = cms("gitea")
    data = begun(cms, "Вставлена світлина", photo(tmp_path, "повільне.jpg"))
    cms.page.evaluate(_SLOW)
    text = cms.field("body").locator("[contenteditable=true]")
    text.click()
    text.evaluate(_PASTE, data)
    cms.page.evaluate("window.begun")
    before = cms.site.host.repository.resolve("main")
    cms.page.get_by_role("button", name="Зберегти").first.click()

    cms.page.get_by_text("У тексті є світлина без опису").wait_for()  # which the photo still needs
    assert cms.site.host.repository.resolve("main") == before


@pytest.mark.soak
def test_a_photo_that_no_browser_can_draw_is_refused_in_ukrainian(cms, tmp_path):
    cms = cms("gitea")
    file = photo(tmp_path, "зіпсоване.jpg")
    raw = file.read_bytes()
    file.write_bytes(raw[: raw.index(b"\xff\xdb")])  # the metadata are whole, the pixels are gone

    assert "пошкоджений" in refused_words(cms, file)


def test_a_photo_whose_copy_could_not_be_made_is_never_sent_as_it_is(cms, tmp_path):
    cms = cms("gitea")
    cms.page.evaluate(
        "() => { OffscreenCanvas.prototype.convertToBlob = () => Promise.reject(new Error('no memory')); }"
    )

    assert "пошкоджений" in refused_words(cms, photo(tmp_path, "добре.jpg"))
