"""The last look at pictures before they leave: in Chromium, over pictures of every kind with and without metadata."""

import base64
import io

import pytest
from PIL import Image

from tests import needs
from tests.conftest import ROOT
from tests.editor.conftest import served
from tests.unit.metadata import samples

pytestmark = needs.chromium
PIXELS = Image.radial_gradient("L").resize((40, 24)).convert("RGB")


def drawn(format, **how):
    into = io.BytesIO()
    PIXELS.save(into, format, **how)
    return into.getvalue()


PLAIN = {
    "jpeg": drawn("JPEG"), "progressive jpeg": drawn("JPEG", progressive=True), "png": drawn("PNG"), "webp": drawn("WEBP"),
    "lossless webp": drawn("WEBP", lossless=True), "jpeg in parts": drawn("JPEG", restart_marker_blocks=1),
}  # fmt: skip
TELLING = {
    "jpeg with a place": samples.placed(), "png with a place": samples.placed("PNG"), "webp with a place": samples.placed("WEBP"),
    "long xmp": samples.long_xmp_jpeg(), "iptc": samples.iptc_jpeg(), "comment": samples.jpeg_with(0xFE, b"at home"),
    "text of a png": samples.png_with(b"tEXt", b"Comment\0at home"), "png of ImageMagick": samples.imagemagick_png(b"exif"),
    "film behind a photo": samples.motion_photo(b"\0\0\0\x18ftypmp42" + bytes(40)), "jpeg with something behind": drawn("JPEG") + b"x",
    "png with something behind": drawn("PNG") + b"x", "webp with something behind": drawn("WEBP") + b"xx",
    "tiff": samples.tiff(), "gif": drawn("GIF"), "half a jpeg": drawn("JPEG")[:-40], "half a png": drawn("PNG")[:-40],
    "nothing but a beginning": b"\xff\xd8\xff\xe0" + bytes(20),
}  # fmt: skip


@pytest.fixture(scope="module")
def page(browser):
    with served(ROOT / "theme/admin") as address:
        opened = browser.new_page()
        opened.goto(f"{address}/editor.css")
        # Another origin than the page's, which only notes what it gets.
        opened.evaluate(
            "window.sent = []; window.fetch = async (...all) => { window.sent.push(all); return new Response('{}'); }"
        )
        opened.evaluate("async () => { window.guard = await import('/photo_guard.js'); }")
        yield opened
        opened.close()


def is_plain(page, data):
    return page.evaluate(
        "text => guard.isPlainPicture(Uint8Array.from(atob(text), letter => letter.charCodeAt(0)))",
        base64.b64encode(data).decode(),
    )


def sent(page, address, body, method="POST"):
    """The status that a request gets, and whether it has left."""
    return page.evaluate(
        """async ([address, method, body]) => {
            window.sent.length = 0;
            const answer = await fetch(address, { method, body: JSON.stringify(body) });
            return [answer.status, window.sent.length, (await answer.json()).message ?? ""];
        }""",
        [address, method, body],
    )


@pytest.mark.parametrize("name", PLAIN)
def test_a_picture_of_nothing_but_pixels_passes(page, name):
    assert is_plain(page, PLAIN[name])


@pytest.mark.parametrize("name", TELLING)
def test_a_picture_that_holds_anything_else_does_not(page, name):
    assert not is_plain(page, TELLING[name])


REQUESTS = {
    "Forgejo": ("POST", "/repos/a/b/contents", lambda path, data: {"files": [{"path": path, "operation": "create", "content": data}]}),
    "GitHub": (
        "POST", "/graphql",
        lambda path, data: {"variables": {"input": {"fileChanges": {"additions": [{"path": path, "contents": data}]}}}},
    ),
    "GitLab": (
        "POST", "/projects/1/repository/commits",
        lambda path, data: {"actions": [{"action": "create", "file_path": path, "content": data, "encoding": "base64"}]},
    ),
    "one file": ("PUT", "/repos/a/b/contents/content/news/a.jpg", lambda path, data: {"message": "x", "content": data}),
}  # fmt: skip


@pytest.mark.parametrize("host", REQUESTS)
@pytest.mark.parametrize("path", ["content/news/фото.jpg", "content/news/x.txt"])
def test_no_request_of_any_host_takes_a_telling_picture_along(page, host, path):
    method, address, body = REQUESTS[host]
    telling, plain = (base64.b64encode(data).decode() for data in (samples.placed(), PLAIN["jpeg"]))
    status, left, words = sent(page, address, body(path, telling), method)

    assert (status, left) == (422, 0)
    assert words.startswith("Не надіслано: у світлині «")
    assert sent(page, address, body(path, plain), method)[:2] == [200, 1]


def test_texts_pass_whatever_they_say(page):
    text = base64.b64encode("---\ntitle: Рада\n---\n\nGPS 49.99\n".encode()).decode()

    assert sent(page, "/x", {"files": [{"path": "content/news/a.md", "content": text}]})[:2] == [200, 1]
    assert sent(page, "/x", {"message": "не base64: ї", "content": "просто текст"})[:2] == [200, 1]


def test_a_body_that_can_not_be_looked_into_stays(page):
    status = page.evaluate("fetch('/x', { method: 'PUT', body: new Blob(['x']) }).then(answer => answer.status)")

    assert status == 422
