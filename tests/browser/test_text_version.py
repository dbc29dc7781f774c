"""The text version and the sheets of alerts in Debian's Chromium: without styles, at 320 px, on paper."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import io

import pypdf
import pytest

from tests import needs
from tests.browser.test_pages import address, built, open_page

pytestmark = [pytest.mark.browser, needs.chromium]
A4 = (595, 842)  # points


@pytest.mark.parametrize("path", ["/text/", "/text/oholoshennia/"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_leaves_the_window(open_page, path, width):
    page = open_page(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_text_version_asks_for_little_and_needs_no_styles(open_page, address):
    page = open_page("/404.html")
    page.wait_for_load_state("networkidle")
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # Playwright marks the handler
    page.goto(f"{address}/text/")
    page.wait_for_load_state("networkidle")
    sizes = {answer.url.removeprefix(address): len(answer.body()) for answer in answers}

    assert sizes.pop("/text/") < 10_000
    assert [name for name in sizes if not name.startswith("/theme/css/text.")] == []
    assert sum(sizes.values()) < 1_000
    page.evaluate("document.querySelector('link[rel=stylesheet]').remove()")
    assert page.locator("h2").all_text_contents() == ["Оголошення", "Контакти", "Останні новини"]


def test_every_link_of_the_text_version_is_large_enough_to_tap(open_page):
    page = open_page("/text/", viewport={"width": 360, "height": 800})
    heights = page.locator("a").evaluate_all("all => all.map(a => a.getClientRects()[0].height)")
    assert min(heights) >= 24


def test_the_text_version_is_reached_from_the_footer_by_keyboard(open_page, address):
    page = open_page("/news/")
    page.get_by_role("link", name="Текстова версія").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/text/")


def test_each_alert_is_one_sheet_of_paper(open_page):
    page = open_page("/text/oholoshennia/")
    alerts = page.locator(".alert-sheet").count()
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages

    assert len(sheets) == alerts > 1
    for sheet in sheets:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
        words = " ".join(sheet.extract_text().split())
        assert "Щоб надрукувати" not in words
        assert "До" in words or "до" in words


def test_the_longest_alert_fits_its_sheet(open_page):
    page = open_page("/text/oholoshennia/")
    text = page.locator(".alert-sheet__text").first
    text.evaluate(
        "e => { e.textContent = 'Щоширший '.repeat(22) + '!'; e.className = 'alert-sheet__text alert-sheet__text--long'; }"
    )
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == page.locator(".alert-sheet").count()


def test_letters_on_paper_are_read_from_afar(open_page):
    page = open_page("/text/oholoshennia/")
    page.emulate_media(media="print")
    sizes = page.locator(".alert-sheet__text").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 40 * 96 / 72
