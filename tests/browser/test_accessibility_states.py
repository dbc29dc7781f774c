"""Pages in every state: axe, IBM's checker, the keyboard, the names that a screen reader says; the panel for weak eyesight."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import re

import pytest

from tests import needs
from tests.browser.accessibility import (
    FULLY_TESTED,
    NAMES,
    STATES,
    axe_faults,
    checker_faults,
    keyboard_faults,
    prepare,
    states_of,
)
from tests.browser.test_pages import PAGES, address, built, open_page
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, needs.chromium]
# Tried always: every component in every state, and the frame of a page with its own order of elements; `make soak` tries
# the other kinds, too (two hundred pages take three minutes).
ALWAYS = "components"
HOME = ("light", "narrow", "panel")


def cases(pairs):
    """Pairs of a kind of page and a state; `make soak` tries those that are not tried always."""
    always = [pair[0] == ALWAYS or (pair[0] == "home" and pair[1] in HOME) for pair in pairs]
    return [
        pair if is_tried else pytest.param(*pair, marks=pytest.mark.soak)
        for pair, is_tried in zip(pairs, always, strict=True)
    ]


EVERY_VIEW = {"size": "huge", "colors": "black", "spacing": "wide", "pictures": "none"}
PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def in_state(browser, address):
    contexts = []

    def open_in(kind, name):
        context = browser.new_context(**STATES[name].options)
        contexts.append(context)
        page = context.new_page()
        prepare(page, address, PAGES[kind], STATES[name])
        return page

    yield open_in
    for context in contexts:
        context.close()


def chosen(page):
    return page.evaluate(
        "Object.fromEntries([...document.documentElement.attributes].map(one => [one.name, one.value]))"
    )


def open_panel(page):
    page.locator("[data-view-button]").click()
    panel = page.locator("#view-panel")
    panel.wait_for()
    return panel


def test_every_kind_of_page_has_a_name_for_the_statement():
    assert NAMES.keys() == PAGES.keys()


@pytest.mark.parametrize(("kind", "name"), cases([(kind, name) for kind in FULLY_TESTED for name in states_of(kind)]))
def test_axe_finds_nothing_in_any_state(in_state, kind, name):
    assert axe_faults(in_state(kind, name), STATES[name]) == []


@pytest.mark.parametrize(
    ("kind", "name"), cases([(kind, name) for kind in FULLY_TESTED for name in STATES if name != "photo"])
)
def test_nothing_scrolls_sideways_in_any_state(in_state, kind, name):
    page = in_state(kind, name)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@needs.ace
@pytest.mark.parametrize(
    "kind",
    [
        kind if kind in (ALWAYS, "home", "changed-report") else pytest.param(kind, marks=pytest.mark.soak)
        for kind in (*FULLY_TESTED, "changed-report", "law", "figure", "map", "english", "statement", "404")
    ],
)
def test_the_second_checker_finds_no_violation(in_state, kind):
    assert checker_faults(in_state(kind, "light")) == []


@pytest.mark.parametrize(
    ("kind", "name"),
    cases(
        [
            (kind, name)
            for kind in ("home", "item", "unit", "page", "map", "english", "404")
            for name in ("light", "narrow", "view-black")
        ]
    ),
)
def test_the_keyboard_shows_where_it_is_and_nothing_hides_it(in_state, kind, name):
    assert keyboard_faults(in_state(kind, name)) == []


def test_a_screen_reader_hears_the_frame_of_a_page(open_page):
    page = open_page("/")

    assert page.get_by_role("link", name="Перейти до змісту", exact=True).count() == 1
    assert page.get_by_role("button", name="Людям із порушенням зору", exact=True).count() == 1
    assert page.get_by_role("navigation", name="Головне меню", exact=True).count() == 1
    assert page.get_by_role("navigation", name="Додаткове меню", exact=True).count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("contentinfo").count() == 1


def test_no_control_is_without_a_name(open_page):
    """As Chromium's accessibility tree has them, with the panel open."""
    page = open_page(PAGES["components"])
    open_panel(page)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    named = ("link", "button", "radio", "searchbox", "textbox", "dialog", "navigation", "region", "image", "img")
    nameless = [
        node
        for node in tree
        if not node["ignored"] and node["role"]["value"] in named and not node.get("name", {}).get("value", "").strip()
    ]

    assert [(node["role"]["value"], node.get("properties")) for node in nameless] == []


def test_the_panel_is_a_dialog_with_groups_of_choices(open_page):
    panel = open_panel(open_page("/", **PHONE))

    assert panel.page.get_by_role("dialog", name="Вигляд сторінок").is_visible()
    groups = panel.get_by_role("group").evaluate_all("all => all.map(one => one.querySelector('legend').textContent)")
    assert groups == ["Розмір тексту", "Кольори", "Відстані", "Зображення"]
    assert panel.get_by_role("radio", checked=True).count() == len(groups)


def test_the_keyboard_alone_opens_uses_and_closes_the_panel(open_page):
    page = open_page("/")
    page.locator("[data-view-button]").focus()
    page.keyboard.press("Enter")
    page.locator("#view-panel").wait_for()
    assert page.evaluate("document.activeElement.id") == "view-panel"
    page.keyboard.press("Tab")  # «Закрити»
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert chosen(page)["data-view-size"] == "large"
    page.keyboard.press("Escape")
    assert not page.locator("#view-panel").is_visible()
    assert page.evaluate("document.activeElement.hasAttribute('data-view-button')")


def test_a_choice_holds_on_every_page_before_it_is_drawn_and_leaves_no_cookie(open_page, address):
    page = open_page("/")
    panel = open_panel(page)
    for words in ("Найбільший", "Білим на чорному", "Більші між літерами й рядками", "Описувати словами"):
        panel.get_by_label(words).check()
    page.goto(f"{address}/news/", wait_until="commit")
    page.wait_for_selector("html[data-view-size]")

    assert {name: value for name, value in chosen(page).items() if name.startswith("data-")} == {
        f"data-view-{name}": value for name, value in EVERY_VIEW.items()
    }
    assert page.context.cookies() == []


def test_the_usual_look_comes_back_at_once_in_other_tabs_too(open_page, address):
    page = open_page("/")
    other = page.context.new_page()
    other.goto(f"{address}/news/")
    open_panel(page).get_by_label("Білим на чорному").check()
    other.wait_for_selector("html[data-view-colors]")
    page.get_by_role("button", name="Звичайний вигляд").click()
    other.wait_for_selector("html:not([data-view-colors])")

    assert page.evaluate("localStorage.length") == 0
    assert page.locator("#view-panel [role=status]").text_content() == "Повернено звичайний вигляд."
    assert page.get_by_role("radio", name="Звичайний", exact=True).is_checked()


@pytest.mark.parametrize("stored", ["", "{", "null", "[]", '"huge"', '{"size": "x", "colors": {}}', '{"__proto__": 1}'])
def test_whatever_is_stored_the_page_looks_usual_and_works(open_page, address, stored):
    page = open_page("/404.html")
    page.evaluate("text => localStorage.setItem('view', text)", stored)
    page.goto(address + "/")

    assert not [name for name in chosen(page) if name.startswith("data-")]
    assert open_panel(page).is_visible()


def test_without_storage_a_choice_holds_for_the_page(browser, address):
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } })")
    page = context.new_page()
    page.goto(address)
    open_panel(page).get_by_label("Чорним на білому").check()

    assert chosen(page)["data-view-colors"] == "white"
    context.close()


def test_without_script_the_link_to_the_statement_stands_in_place_of_the_button(open_page):
    page = open_page("/", java_script_enabled=False)

    assert page.get_by_role("link", name="Людям із порушенням зору").get_attribute("href") == "/dostupnist/"
    assert page.get_by_role("button", name="Людям із порушенням зору").count() == 0
    assert not page.locator("#view-panel").is_visible()


def test_in_place_of_a_hidden_picture_stand_its_words(open_page):
    page = open_page(PAGES["item"])
    open_panel(page).get_by_label("Описувати словами").check()

    assert page.locator("img:visible").count() == 0
    assert page.locator("main .picture-words").first.text_content() == "Синя пляма"
    page.get_by_label("Показувати").check()
    assert page.locator(".picture-words").count() == 0


def test_wide_spacing_is_what_the_guideline_asks_for(in_state):
    """WCAG 1.4.12: lines 1.5, letters 0.12, words 0.16 of the text's size."""
    page = in_state("page", "view-black")
    line, letter, word, size = page.locator("main p").first.evaluate(
        "e => { const s = getComputedStyle(e);"
        " return [s.lineHeight, s.letterSpacing, s.wordSpacing, s.fontSize].map(parseFloat); }"
    )

    assert line >= 1.5 * size
    assert letter >= 0.119 * size
    assert word >= 0.159 * size


def test_print_takes_no_part_in_the_choice(in_state):
    page = in_state("page", "view-black")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".official-line").is_visible()


def test_forced_colours_win_over_the_choice(browser, address):
    context = browser.new_context(forced_colors="active", color_scheme="light")
    page = context.new_page()
    page.goto(address)
    usual = page.evaluate("getComputedStyle(document.querySelector('main')).color")
    open_panel(page).get_by_label("Білим на чорному").check()

    assert page.evaluate("getComputedStyle(document.querySelector('main')).color") == usual
    context.close()


def test_the_panel_has_words_for_every_choice_in_both_languages(open_page):
    """What may be chosen stands in js/view.js; a group's words are its title, the usual look, then the choices."""
    line = re.search(r"const VALUES = \{(.*)\};", (ROOT / "theme/static/js/view.js").read_text("utf-8"))[1]
    known = {name: re.findall(r'"(\w+)"', values) for name, values in re.findall(r"(\w+): \[([^\]]*)\]", line)}

    for path in ("/", "/en/"):
        panel = open_panel(open_page(path))
        shown = panel.locator("input").evaluate_all("all => all.map(one => [one.name.slice(5), one.value])")
        words = panel.locator("legend, label").all_text_contents()
        assert shown == [[name, value] for name, values in known.items() for value in ("", *values)]
        assert len(words) == len(shown) + len(known)
        assert all(word not in ("", "undefined") for word in words)


def test_a_page_holds_no_panel_until_somebody_asks_for_it(open_page):
    page = open_page("/")
    button = page.locator("[data-view-button]")

    assert page.locator("#view-panel").count() == 0
    assert button.get_attribute("aria-expanded") == "false"
    open_panel(page)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    (node,) = [
        one
        for one in tree
        if one.get("name", {}).get("value") == "Людям із порушенням зору" and one["role"]["value"] == "button"
    ]
    assert {one["name"]: one["value"]["value"] for one in node["properties"]}["expanded"] is True
    button.press("Enter")
    assert not page.locator("#view-panel").is_visible()


def test_a_panel_that_does_not_load_says_so_and_the_next_press_tries_again(browser, address):
    context = browser.new_context(**PHONE)
    page = context.new_page()
    context.route("**/js/view-panel.*", lambda route: route.abort())
    page.goto(address)
    button, state = page.locator("[data-view-button]"), page.locator(".official-line [role=status]")
    button.click()
    state.get_by_text("Не завантажилося. Перевірте зв’язок і натисніть ще раз.").wait_for()
    assert page.locator("#view-panel").count() == 0

    context.unroute("**/js/view-panel.*")
    assert open_panel(page).is_visible()
    assert state.count() == 0
    context.close()


def test_what_was_loaded_once_opens_without_a_network(open_page):
    """A host that follows deploy/ lets browsers keep the panel's file; this server does not, so the page is the same one."""
    page = open_page("/")
    page.locator("[data-view-button]").hover()
    page.locator("#view-panel").wait_for(state="attached")
    page.context.set_offline(True)

    assert open_panel(page).get_by_label("Більший", exact=True).is_visible()


def test_english_pages_have_an_english_frame_and_say_which_parts_are_ukrainian(open_page):
    page = open_page(PAGES["translation"])

    assert chosen(page)["lang"] == "en"
    assert page.locator("article").get_attribute("lang") == "en"
    assert page.get_by_role("button", name="For people with low vision").is_visible()
    assert page.get_by_role("link", name="Skip to main content").count() == 1
    ukrainian = "[...document.querySelectorAll('body :not(script)')].filter(one => !one.children.length && /[а-яіїєґ]/i.test(one.textContent)"
    assert page.evaluate(f"{ukrainian} && one.closest('[lang]').lang !== 'uk').map(one => one.outerHTML)") == []


def test_the_english_home_lists_what_is_translated(open_page):
    page = open_page("/en/")

    assert page.get_by_role("heading", level=1).text_content().strip().endswith("in English")
    assert page.locator("main .translated-list__title").count() >= 1
    assert page.get_by_role("link", name="Українською", exact=True).get_attribute("href") == "/"
