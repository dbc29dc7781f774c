"""The search as residents use it, in Debian's Chromium: types, filters, goes back, shares; axe in every state."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import itertools
import re

import pytest
from playwright.sync_api import expect

from hromada.search.morphology import partition_of
from hromada.search.stemmer import stem
from hromada.search.words import normalized, words_of
from hromada.storage.lexeme_store import load_dictionary
from tests import needs
from tests.browser.axe import violations
from tests.browser.test_pages import address, built, open_page

pytestmark = [pytest.mark.browser, needs.chromium]
PHONE = {"viewport": {"width": 320, "height": 740}}
DONE = "#main[data-search=done]"


@pytest.fixture
def search(open_page):
    """A page of results for a query."""

    def ask(query, **options):
        page = open_page(f"/search/?{query}", **options)
        page.wait_for_selector(DONE)
        return page

    return ask


def total(page):
    return int(page.locator("#main").get_attribute("data-total"))


def titles(page):
    return [one.inner_text() for one in page.locator("[data-result] a").all()]


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("громадою", "громада"), ("здоров'я", "здоров’ям"), ("рік", "року"), ("бібліотека", "бібліотеками"), ("лікарня", "лікраня"),
        ("лікарня", "ksrfhyz"), ("Прудянка", "Prudianka"), ("світлини", "світлена"), ("громада", "громaда"), ("ремонт", "РЕМОНТОМ"),
    ],
)  # fmt: skip
def test_a_word_is_found_by_any_form_and_spelling(search, query, same):
    one, other = search(f"q={query}"), search(f"q={same}")

    assert total(one) == total(other) > 0


@pytest.mark.parametrize(
    ("query", "words"),
    [("відключення води", "вимкнуть воду"), ("немає води", "вимкнуть воду"), ("ЖКГ", "житлово-комунального")],
)  # fmt: skip
def test_residents_words_find_what_the_council_calls_otherwise(search, query, words):
    page = search(f"q={query}")

    assert words in titles(page)[0]
    assert page.locator("[data-result] mark").first.is_visible()


def test_a_snippet_has_no_words_of_what_a_page_hides(search):
    page = search("q=приміщення старости")
    for result in page.locator("[data-result]").all():
        result.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")

    texts = page.locator(".search-results__text").all_inner_texts()
    assert len(texts) > 3
    assert not [text for text in texts if "Подія вже відбулася" in text or "відомості могли застаріти" in text]


def test_results_come_in_twenties(search):
    page = search("q=новини")
    assert total(page) > 40
    assert page.locator("[data-result]").count() == 20
    assert all(one.locator("a[href]").count() == 1 for one in page.locator("[data-result]").all())
    page.get_by_role("button", name=re.compile("Показати ще")).click()
    expect(page.locator("[data-result]")).to_have_count(40)
    assert page.evaluate(
        "document.activeElement.closest('[data-result]') === document.querySelectorAll('[data-result]')[20]"
    )


def test_a_unit_comes_first_for_its_own_name(search):
    assert titles(search("q=Безруківський старостинський округ"))[0] == "Безруківський старостинський округ"


def test_found_words_are_marked_in_all_forms(search):
    page = search("q=громадою")

    assert {word.lower()[:6] for word in page.locator("[data-result] mark").all_inner_texts()} == {"громад"}


def test_filters_are_links_that_work_from_the_address(search, address):
    page = search("q=громада")
    everything = total(page)
    page.locator("[data-search-filters]").get_by_role("link", name=re.compile(r"^Події")).click()
    page.wait_for_url(re.compile("section=events"))
    page.wait_for_selector(DONE)
    events = total(page)
    assert 0 < events < everything
    shared = search(page.url.partition("?")[2])
    assert total(shared) == events
    assert shared.locator("[aria-current=true]", has_text="Події").count() == 1
    page.go_back()
    expect(page.locator("#main")).to_have_attribute("data-total", str(everything))
    page.go_forward()
    expect(page.locator("#main")).to_have_attribute("data-total", str(events))


@pytest.mark.parametrize(
    "query", ["q=громада&section=news&section=pages", "q=громада&year=2021&year=2022", "q=новини&year=1999"]
)
def test_filters_may_repeat(search, query):
    page = search(query)

    assert total(page) == 0 if "1999" in query else total(page) > 0


def test_a_way_back_shows_as_many_results_as_before(search, address):
    page = search("q=новини")
    page.get_by_role("button", name=re.compile("Показати ще")).click()
    expect(page.locator("[data-result]")).to_have_count(40)
    page.locator("[data-result] a").nth(30).click()
    page.wait_for_load_state()
    page.go_back()
    expect(page.locator("[data-result]")).to_have_count(40)


def test_a_phrase_in_quotes_is_found_as_it_stands(search):
    words = search("q=старостинський округ Безруківський")
    phrase = search("q=«Безруківський старостинський округ»")
    none = search("q=«округ старостинський Безруківський»")

    assert total(words) >= total(phrase) > 0
    assert total(none) == 0


def test_nothing_found_says_so_and_helps(search):
    page = search("q=кракозябра")

    assert total(page) == 0
    assert "нічого не знайдено" in page.get_by_role("status").inner_text()
    assert page.get_by_role("link", name="Новини").count() > 0
    assert page.get_by_role("link", name="Контакти", exact=False).count() > 0
    assert violations(page) == []


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=alert(1)>",
        '"><script>alert(1)</script>',
        "%",
        "\\",
        "a" * 500,
        "🙂",
        "«»",
        "/",
        "constructor",
        "__proto__",
    ],
)
def test_odd_queries_find_nothing_and_break_nothing(open_page, query, address):
    page = open_page("/search/")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.fill("#search-words", query)
    page.keyboard.press("Enter")
    page.wait_for_selector("#main[data-search=done], #main[data-search=idle]")

    assert faults == []


def test_the_header_searches_from_every_page(open_page):
    page = open_page("/news/")
    page.fill("form[role=search] input[name=q]", "громада")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    page.wait_for_selector(DONE)

    assert total(page) > 0


def test_titles_are_proposed_and_chosen_by_keys(open_page):
    page = open_page("/news/")
    field = page.get_by_role("combobox")
    field.press_sequentially("безр")
    page.get_by_role("option").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert "Безруківський" in chosen.inner_text()
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "безр"
    field.press_sequentially("у")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/units/bezrukivskyi-okruh/"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", "q=громада", "q=громада&section=news", "q=лікраня"])
def test_axe_finds_nothing_on_the_page(open_page, query, scheme):
    page = open_page(f"/search/?{query}", color_scheme=scheme)
    page.wait_for_selector("#main[data-search=done], #main[data-search=idle]")
    page.wait_for_load_state("networkidle")

    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/search/?q=громада", "/search/?q=кракозябра"])
def test_a_narrow_screen_shows_it_whole(open_page, path):
    page = open_page(path, **PHONE)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("form[role=search] input").bounding_box()["height"] >= 44
    if path == "/":
        menu = page.get_by_role("button", name="Меню").bounding_box()
        brand = page.locator(".brand").bounding_box()
        assert menu["y"] < brand["y"] + brand["height"]


def test_links_are_large_enough(search):
    page = search("q=лікраня")
    boxes = [link.bounding_box() for link in page.locator("main a").all() if link.is_visible()]

    assert all(box["height"] >= 24 for box in boxes)


def test_without_script_the_lists_are_offered(open_page):
    page = open_page("/search/?q=громада", java_script_enabled=False)

    assert page.locator("noscript").count() == 1
    assert page.get_by_role("link", name="Звіти").count() > 0


def test_without_a_network_the_page_says_so(open_page, address):
    page = open_page("/search/")
    page.route("**/search/**/*.json*", lambda route: route.fulfill(body="{"))
    page.fill("#search-words", "громада")
    page.keyboard.press("Enter")
    page.wait_for_selector("#main[data-search=error]")

    assert "Не вдалося" in page.get_by_role("status").inner_text()
    assert page.locator("[data-search-lists]").is_visible()
    page.unroute("**/search/**/*.json*")
    page.get_by_role("link", name="спробуйте ще раз").click()
    page.wait_for_selector(DONE)


def test_nothing_leaves_the_site(search):
    asked = []
    page = search("q=громада")
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#search-words", "секретний запит бібліотека")
    page.keyboard.press("Enter")
    page.wait_for_selector(DONE)
    page.wait_for_load_state("networkidle")

    assert all(url.startswith("http://127.0.0.1") or url.startswith("http://localhost") for url in asked)
    assert not any("q=" in url for url in asked)


def test_a_missing_page_proposes_what_its_address_names(open_page, address):
    page = open_page("/404.html")
    # A host shows this page at the address that is missing.
    page.evaluate("history.replaceState(null, '', '/units/bezrukivskyi-starostynskyi-okruh-stare.html')")
    source = page.locator("script[type=module]").get_attribute("src")
    page.evaluate("source => import(source + '?again')", source)
    page.locator("[data-not-found] a").first.wait_for()

    assert page.locator("[data-not-found] a").first.inner_text() == "Безруківський старостинський округ"


def test_browser_and_build_read_words_by_the_same_rules(open_page, address):
    """Normalised words, stems and partitions of every kind of text and of forms of the dictionary."""
    texts = [
        "сім’я ’яблуко’ Ґанок",
        "№ 12/01–05, 3.14 і 2-га",
        "громaдa COVID-19",
        "сі\u0301м’я",
        "İstanbul ſ ǅ",
        "ЇЖАК Єва",
        "а_б в\u00adг",
        "١٢/٣",
        "x/1",
    ]
    forms = sample_of_dictionary(400)
    page = open_page("/search/")
    source = page.locator("form[data-engine]").get_attribute("data-engine")
    read = page.evaluate(
        """async ([source, texts, forms]) => {
            const { Engine, normalized, wordsOf } = await import(source);
            const engine = new Engine("/search/");
            await engine.start();
            return [texts.map((text) => wordsOf(normalized(text))), forms.map((form) => [engine.stem(form), engine.partition(form)])];
        }""",
        [source, texts, forms],
    )

    assert read[0] == [
        [word for word in words_of(normalized(text)) if not re.search(r"[/.:-]", word)] for text in texts
    ]
    assert read[1] == [[stem(form), partition_of(form)] for form in forms]


@pytest.mark.soak
def test_browser_and_build_file_every_form_of_the_dictionary_alike(open_page, address):
    """The stem and the partition of each form: some millions, in chunks."""
    page = open_page("/search/")
    source = page.locator("form[data-engine]").get_attribute("data-engine")
    forms = (normalized(form) for form in load_dictionary().forms(""))
    count = 0
    while chunk := list(itertools.islice(forms, 50_000)):
        read = page.evaluate(
            """async ([source, forms]) => {
                const { Engine } = await import(source);
                window.engine ||= new Engine("/search/");
                await engine.start();
                return forms.split(" ").map((form) => `${engine.stem(form)} ${engine.partition(form)}`).join("\\n");
            }""",
            [source, " ".join(chunk)],
        )
        assert read.split("\n") == [f"{stem(form)} {partition_of(form)}" for form in chunk]
        count += len(chunk)
    assert count > 3_000_000


def sample_of_dictionary(count):
    """Forms of the dictionary, the same ones each time, from all over the alphabet."""
    dictionary = load_dictionary()
    forms = []
    for start in "абвгдеєжзиіїйклмнопрстуфхцчшщьюя":
        forms += [normalized(word) for word in itertools.islice(dictionary.forms(start), 0, 40 * count // 32, 40)]
    return forms
