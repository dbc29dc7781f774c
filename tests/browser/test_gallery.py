"""Galleries in Debian's Chromium: rows that fill the width, the large view by keyboard, by swipe and without JavaScript."""

import functools
import threading
from itertools import pairwise

import pytest

from hromada.console.options import Options
from tests import needs
from tests.browser.axe import violations
from tests.browser.test_pages import QuietHandler, Server
from tests.conftest import ROOT, cache_in
from tests.shared import quietly_built

pytestmark = [pytest.mark.browser, needs.chromium]
# Of cameras, phones upright and flat, scans, panoramas; the two last are strips, which are shown whole.
SHAPES = [(3, 2), (3, 4), (16, 9), (2, 3), (1, 1), (4, 3), (9, 20), (7, 5), (5, 2), (3, 4), (7, 3), (1, 6), (9, 2)]
WIDTHS = (360, 768, 1280)
CAPTION = "Колектив «Калинонька» відкриває свято"
LONG = "Виставка дитячих малюнків у фоє будинку культури, понад сто робіт з усіх старостинських округів громади. " * 3
ITEM = """---
title: Галерея {count}
date: 2022-01-{count:02d}
gallery:
{lines}
---

Текст.
"""


@pytest.fixture(scope="session")
def gallery_site(shared):
    """Items with galleries of 1 to 13 photos, an item with a cover and a still."""
    return shared.folder("galleries", _make) / "output"


def _make(folder):
    from PIL import Image

    content = folder / "content"
    (content / "images/sviato").mkdir(parents=True)
    (content / "news").mkdir()
    for number, (width, height) in enumerate(SHAPES, 1):
        scale = 1300 / max(width, height)
        size = round(width * scale), round(height * scale)
        Image.linear_gradient("L").resize(size).convert("RGB").save(content / f"images/sviato/{number}.jpg")
    for count in range(1, 14):
        words = {1: f"{CAPTION} | Олена Зразкова", 2: " | Відділ культури", 3: LONG}
        lines = "\n".join(
            f"  - /images/sviato/{number}.jpg | Опис {number}" + (f" | {words[number]}" if number in words else "")
            for number in range(1, count + 1)
        )
        (content / f"news/h{count}.md").write_text(ITEM.format(count=count, lines=lines), "utf-8")
    (content / "news/cover.md").write_text(
        f"title: Обкладинка\ndate: 2022-01-14\nimage: /images/sviato/1.jpg | Площа | {CAPTION} | Олена Зразкова\n\n"
        "[![Сцена](/images/sviato/3.jpg)](https://youtu.be/AbC_12345-x)\n",
        "utf-8",
    )
    places = {"CONTENT": str(content), "OUTPUT": str(folder / "output"), "CACHE": str(cache_in(folder))}
    quietly_built(Options.from_environment(ROOT, {"TODAY": "2022-01-15"} | places))


@pytest.fixture(scope="session")
def galleries(gallery_site):
    server = Server(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(gallery_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page(browser, galleries):
    contexts, errors = [], []

    def open_(path, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(galleries + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


def gallery_of(count, anchor=""):
    return f"/news/h{count}-2022-01-{count:02d}/{anchor}"


def wait_until(page, condition):
    """The pages' policy forbids what Playwright's own waiting does."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(30)
    raise AssertionError(f"never: {condition}")


BOXES = """
() => {
  const box = document.querySelector('.gallery').getBoundingClientRect();
  const pictures = [...document.querySelectorAll('.gallery__picture')].map(one => {
    const at = one.getBoundingClientRect(), fit = getComputedStyle(one).objectFit;
    return [at.left, at.top, at.width, at.height, one.getAttribute('width') / one.getAttribute('height'), fit];
  });
  return [box.left, box.right, pictures];
}
"""


def rows_of(pictures):
    rows = {}
    for picture in pictures:
        rows.setdefault(round(picture[1]), []).append(picture)
    return list(rows.values())


@pytest.mark.parametrize("count", range(2, 14))
def test_every_row_fills_the_width_and_crops_less_than_a_tenth(open_page, count):
    page = open_page(gallery_of(count), viewport={"width": 1280, "height": 800})
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        left, right, pictures = page.evaluate(BOXES)
        rows = rows_of(pictures)
        gaps = [after[0] - before[0] - before[2] for row in rows for before, after in pairwise(row)]

        assert len(pictures) == count - 1  # the first one stands above the text
        assert all(abs(row[0][0] - left) <= 2 for row in rows)
        assert all(abs(row[-1][0] + row[-1][2] - right) <= 2 for row in rows)
        assert all(abs(gap - 8) <= 1 for gap in gaps)
        assert all(max(one[3] for one in row) - min(one[3] for one in row) <= 2 for row in rows)
        for _, _, box_width, box_height, ratio, fit in pictures:
            shown = min(ratio * box_height / box_width, box_width / box_height / ratio)
            assert shown >= 0.9 or fit == "contain"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_gallery_is_as_wide_as_the_page_and_one_high_photo_is_not(open_page):
    page = open_page(gallery_of(13), viewport={"width": 1280, "height": 800})
    wide = page.locator(".gallery").bounding_box()["width"]
    page.goto(page.url.replace("h13-2022-01-13", "h2-2022-01-02"))

    assert wide > 1000
    assert page.locator(".gallery__picture").bounding_box()["height"] <= 600


def test_caption_and_credit_stand_below_a_photo(open_page):
    page = open_page(gallery_of(3))

    assert page.locator(".cover figcaption, .gallery figcaption").all_inner_texts()[:2] == [
        f"{CAPTION}. Фото: Олена Зразкова", "Фото: Відділ культури",
    ]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [1, 2, 7])
def test_the_first_photo_of_an_item_without_a_cover_stands_above_the_text(open_page, count, width):
    page = open_page(gallery_of(count), viewport={"width": width, "height": 740})
    parts = [page.locator(part).first.bounding_box() for part in ("h1", "#photo-link-1 img", ".prose")]
    tops = [box["y"] for box in parts]

    assert tops == sorted(tops)
    assert page.locator(".gallery__picture").count() == count - 1
    assert page.locator(".photo-viewer__slide").count() == count
    assert parts[1]["height"] <= 0.85 * 740 + 1


def test_a_link_opens_the_photo_with_its_words_and_the_page_below_is_hidden(open_page):
    page = open_page(gallery_of(12), viewport={"width": 1280, "height": 800})
    page.locator("#photo-link-1").click()
    slide = page.locator("#photo-view-1")

    assert slide.is_visible()
    assert slide.inner_text().split("\n\n")[:2] == [f"{CAPTION}. Фото: Олена Зразкова", "1 з 12"]
    assert not page.locator("h1").is_visible()
    assert slide.evaluate("e => document.activeElement === e || e.contains(document.activeElement)")
    assert page.locator(".photo-viewer").evaluate("e => e.scrollLeft") == 0


def test_keys_turn_the_photos_and_escape_returns_to_the_link(open_page):
    page = open_page(gallery_of(12), viewport={"width": 1280, "height": 800})
    page.locator("#photo-link-3").focus()
    page.keyboard.press("Enter")
    wait_until(page, "location.hash === '#photo-view-3'")
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(page.evaluate("location.hash"))
    steps = page.evaluate("history.length")
    page.keyboard.press("Escape")
    wait_until(page, "document.activeElement.id === 'photo-link-1'")

    assert seen == [f"#photo-view-{number}" for number in (4, 5, 4, 3, 2, 1, 1)]
    assert not page.locator(".photo-viewer").is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("history.length") == steps
    page.go_back()
    assert page.evaluate("location.hash") == ""


def test_after_a_swipe_keys_go_on_from_the_photo_that_is_shown(open_page):
    page = open_page(gallery_of(12, "#photo-view-2"), viewport={"width": 360, "height": 740}, has_touch=True)
    page.locator(".photo-viewer").evaluate("e => e.scrollTo(4 * e.clientWidth, 0)")
    page.keyboard.press("ArrowRight")
    wait_until(page, "location.hash === '#photo-view-6'")

    assert page.locator(".photo-viewer").evaluate("e => e.scrollLeft / e.clientWidth") == 5
    page.keyboard.press("Escape")
    wait_until(page, "document.activeElement.id === 'photo-link-6'")


def test_a_finger_swipes_to_the_next_photo(open_page):
    page = open_page(
        gallery_of(5, "#photo-view-1"), viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    session = page.context.new_cdp_session(page)
    for kind, places in (("touchStart", [300]), ("touchMove", range(290, 40, -20)), ("touchEnd", [None])):
        for x in places:
            points = [] if x is None else [{"x": x, "y": 300}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            page.wait_for_timeout(16)
    viewer = page.locator(".photo-viewer")
    wait_until(page, "document.querySelector('.photo-viewer').scrollLeft === 360")

    assert viewer.evaluate("e => getComputedStyle(e).scrollSnapType") == "x mandatory"


def test_without_javascript_links_turn_the_photos_and_close_them(open_page):
    page = open_page(gallery_of(3), java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.locator("#photo-link-1").click()
    page.locator("#photo-view-1 [rel=next]").click()
    page.wait_for_url("**#photo-view-2")
    assert page.locator("#photo-view-2 .photo-viewer__picture").bounding_box()["x"] >= 0
    assert page.locator("#photo-view-2 .photo-viewer__position").inner_text() == "2 з 3"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first link of the slide is the previous one
    page.wait_for_url("**#photo-view-1")
    page.locator("#photo-view-1").get_by_text("Закрити").click()

    assert not page.locator(".photo-viewer").is_visible()
    assert page.locator("#photo-link-1").is_visible()


def test_large_copies_are_loaded_when_they_are_shown(open_page):
    page = open_page("/", viewport={"width": 360, "height": 740})
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "-1200.webp" in request.url else None)
    page.goto(page.url.rstrip("/") + gallery_of(13))
    page.wait_for_timeout(300)
    before = len(asked)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("location.hash = '#photo-view-1'")
    wait_until(page, "document.querySelector('#photo-view-1 img').complete")

    assert before == 0
    assert len(asked) > 0


def test_a_screen_reader_meets_the_photo_the_caption_the_credit_and_the_position(open_page):
    page = open_page(gallery_of(3, "#photo-view-1"))
    lines = [line.strip(" -") for line in page.locator("#photo-view-1").aria_snapshot().splitlines()]
    order = [
        next(i for i, line in enumerate(lines) if piece in line) for piece in ("Опис 1", CAPTION, "Олена", "1 з 3")
    ]

    assert order == sorted(order)
    assert 'link "Наступна"' in "\n".join(lines)
    assert 'link "Закрити"' in "\n".join(lines)


@pytest.mark.parametrize("anchor", ["", "#photo-view-1", "#photo-view-3"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_gallery_open_or_closed(open_page, anchor, scheme):
    page = open_page(gallery_of(5, anchor), color_scheme=scheme, viewport={"width": 1280, "height": 900})

    assert violations(page) == []


@pytest.mark.parametrize("size", [(320, 560), (640, 360), (1280, 800)])
@pytest.mark.parametrize("zoom", ["100%", "200%"])
@pytest.mark.parametrize("number", [1, 3, 12])
def test_the_large_view_fits_the_screen_and_all_of_it_can_be_reached(open_page, size, zoom, number):
    page = open_page(gallery_of(13), viewport={"width": size[0], "height": size[1]})
    page.evaluate(f"document.documentElement.style.fontSize = '{zoom}'")
    page.evaluate(f"location.hash = '#photo-view-{number}'")
    slide = page.locator(f"#photo-view-{number}")
    wait_until(page, f"document.querySelector('#photo-view-{number} img').complete")
    picture = slide.locator("img").bounding_box()
    attributes = slide.locator("img").evaluate("e => e.getAttribute('width') / e.getAttribute('height')")

    assert picture["x"] >= -1
    assert picture["x"] + picture["width"] <= size[0] + 1
    assert picture["height"] <= size[1]
    assert picture["height"] >= 60
    assert abs(picture["width"] / picture["height"] / attributes - 1) < 0.03
    assert slide.evaluate("e => e.scrollWidth <= e.clientWidth")
    for link in slide.locator("a").all():
        link.scroll_into_view_if_needed()
        box = link.bounding_box()
        assert box["x"] >= -1
        assert box["x"] + box["width"] <= size[0] + 1
        assert min(box["width"], box["height"]) >= 44
    caption = slide.locator(".photo-caption")
    if caption.count():
        covered = caption.evaluate(
            "e => { const a = e.getBoundingClientRect(),"
            " b = e.closest('section').querySelector('.photo-viewer__position').getBoundingClientRect();"
            " return a.bottom > b.top + 1 }"
        )
        assert not covered


def test_high_contrast_and_paper(open_page):
    page = open_page(gallery_of(3, "#photo-view-2"), forced_colors="active")
    assert page.locator("#photo-view-2").is_visible()
    page.emulate_media(media="print", forced_colors="none")

    assert not page.locator(".photo-viewer").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator(".gallery__picture").first.is_visible()


def test_photos_on_paper_stand_row_by_row(open_page):
    """A caption that ends a figure must not hold the next figure on its page: all photos would move to a page of their own."""
    page = open_page(gallery_of(12))
    page.emulate_media(media="print")
    figures = page.evaluate(
        """() => [...document.querySelectorAll('.gallery__figure')].map(e => [getComputedStyle(e).breakInside,
        ...[...e.querySelectorAll('figcaption')].map(one => getComputedStyle(one).breakAfter)])"""
    )

    assert {inside for inside, *_ in figures} == {"avoid"}
    assert {after for _, *others in figures for after in others} == {"auto"}


def test_cards_have_covers_and_nothing_moves_when_they_arrive(open_page):
    for width in (360, 1280):
        page = open_page("/news/", viewport={"width": width, "height": 800})
        pictures = page.locator(".card-list__picture")

        assert pictures.count() > 8
        assert set(pictures.evaluate_all("all => all.slice(1).map(e => e.loading)")) == {"lazy"}
        assert pictures.first.get_attribute("fetchpriority") == "high"
        moved = page.evaluate(
            "new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
            " sum += one.value }).observe({type: 'layout-shift', buffered: true});"
            " setTimeout(() => done(sum), 300) })"
        )
        assert moved < 0.01


def test_a_cover_has_its_caption_and_a_still_leads_to_its_video(open_page):
    page = open_page("/news/cover-2022-01-14/", viewport={"width": 1280, "height": 800})

    assert page.locator(".cover figcaption").inner_text() == f"{CAPTION}. Фото: Олена Зразкова"
    assert page.locator(".cover img").evaluate("e => [e.loading, e.fetchPriority]") == ["auto", "high"]
    link = page.get_by_role("link", name="Сцена Відео YouTube")
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=AbC_12345-x"
    assert link.bounding_box()["width"] > 300


def test_the_script_is_small_and_only_where_a_gallery_is(gallery_site):
    (script,) = gallery_site.glob("theme/js/photo-viewer.*.js")

    assert len(script.read_bytes()) < 3000
    assert script.name not in (gallery_site / "news/cover-2022-01-14/index.html").read_text("utf-8")
    assert 'style="' not in (gallery_site / "news/h13-2022-01-13/index.html").read_text("utf-8")
