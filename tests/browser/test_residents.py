"""What residents do on the home page, in Debian's Chromium: alerts, the menu on a phone, the list of units."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import gzip
import re

import pytest

from tests import needs
from tests.browser.axe import violations
from tests.browser.test_pages import address, built, open_page

pytestmark = [pytest.mark.browser, needs.chromium]
PHONE = {"viewport": {"width": 360, "height": 740}, "timezone_id": "America/New_York"}
WATER = "Зразок: у Прудянці 16 січня з 9:00 до 16:00 не буде води"
BEFORE, DURING, LAST, AFTER = (
    "2022-01-15T07:59:00+02:00", "2022-01-15T08:00:00+02:00", "2022-01-16T15:59:00+02:00", "2022-01-16T16:00:00+02:00",
)  # fmt: skip


@pytest.fixture
def at(browser, address, open_page):
    """A page opened at a moment, in a browser whose own time zone is another one."""

    def open_at(path, moment, **options):
        page = open_page("/404.html", **PHONE | options)
        page.clock.install(time=moment)
        page.goto(address + path)
        return page

    return open_at


def shown(page):
    """The texts of the alerts that a person sees, once the page's script has run."""
    page.wait_for_load_state("networkidle")
    return [alert.text_content() for alert in page.locator("[data-alert]").all() if alert.is_visible()]


MOMENTS = {BEFORE: False, DURING: True, LAST: True, AFTER: False}


@pytest.mark.parametrize(
    ("path", "moment", "is_shown"),
    [
        # Two kinds of pages, with the alerts in them or by script, at every moment; `make soak` has the others, too.
        (path, moment, shown)
        if path in ("/", "/news/") or moment == LAST
        else pytest.param(path, moment, shown, marks=pytest.mark.soak)
        for path in ("/", "/kontakty/", "/news/", "/units/viddil-zhkh/", "/reports/2021-h2/", "/404.html")
        for moment, shown in MOMENTS.items()
    ],
)
def test_an_alert_is_shown_from_its_first_minute_until_its_last(at, path, moment, is_shown):
    assert any(WATER in text for text in shown(at(path, moment))) is is_shown


def test_an_alert_comes_and_goes_while_the_page_stays_open(at):
    page = at("/", BEFORE)
    assert len(shown(page)) == 1
    page.clock.run_for(60_000)
    assert len(shown(page)) == 2
    page.clock.run_for(32 * 3_600_000)
    assert len(shown(page)) == 1


def test_a_closed_alert_stays_closed_on_every_page_and_leaves_no_cookie(at, address):
    page = at("/", DURING)
    assert len(shown(page)) == 2
    page.locator("[data-alert]", has_text=WATER).get_by_role("button", name="Закрити").click()
    assert len(shown(page)) == 1
    page.goto(f"{address}/news/")
    assert not any(WATER in text for text in shown(page))
    page.goto(f"{address}/kontakty/")
    assert not any(WATER in text for text in shown(page))
    assert page.context.cookies() == []


def test_closed_alerts_in_force_can_be_opened_again_at_home(at):
    page = at("/", DURING)
    again = page.get_by_role("button", name="Показати закриті оголошення")
    assert not again.is_visible()
    page.locator("[data-alert]", has_text=WATER).get_by_role("button", name="Закрити").click()
    assert again.inner_text() == "Показати закриті оголошення: 1"
    page.reload()
    again.click()

    assert len(shown(page)) == 2
    assert not again.is_visible()
    assert page.evaluate("document.activeElement.className") == "alert__close"
    page.reload()
    assert len(shown(page)) == 2


def test_a_notice_on_a_phone_takes_two_lines_and_leads_to_its_whole_text(at):
    page = at("/news/", DURING)
    notice = page.locator(".alerts--late > .alert--notice")
    notice.wait_for()

    assert notice.bounding_box()["height"] < 75
    assert notice.get_by_role("link", name="Оголошення").get_attribute("href")


def test_without_script_home_and_contacts_say_when_an_alert_holds(open_page):
    for path in ("/", "/kontakty/"):
        page = open_page(path, java_script_enabled=False)
        text = page.locator("[data-alert]", has_text=WATER).text_content()
        assert "До 16 січня 2022 року, 16:00" in text.replace("\N{NO-BREAK SPACE}", " ")
        assert "З 15" not in text  # it has begun at the build
        assert page.get_by_role("button", name="Закрити").count() == 0


def test_the_same_alert_is_said_in_both_ways_alike(at):
    """Made by the build on the home page, by the script elsewhere: the same words, the same remembered digest."""
    home, news = at("/", DURING), at("/news/", DURING)
    words = [
        " ".join(text.removesuffix("Закрити").replace("\N{NO-BREAK SPACE}", " ").split())
        for text in (*map(str.strip, shown(home)), *map(str.strip, shown(news)))
    ]
    digests = [
        page.locator("[data-alert]").evaluate_all("all => all.map(e => e.dataset.alert)") for page in (home, news)
    ]

    assert words[:2] == words[2:]
    assert "До 16 січня 2022 року, 16:00" in words[0]  # it has begun: its end alone is said
    assert "З 15" not in words[0]
    assert digests[0] == digests[1]


def test_axe_finds_nothing_while_alerts_are_shown(at):
    for path in ("/", "/news/"):
        page = at(path, DURING)
        assert len(shown(page)) == 2
        assert violations(page) == []


def test_the_menu_of_a_phone_opens_and_closes_without_script(open_page):
    page = open_page("/", java_script_enabled=False, **PHONE)
    menu = page.get_by_role("navigation", name="Головне меню")
    assert menu.count() == 0
    page.get_by_role("button", name="Меню").click()
    assert menu.get_by_role("link", name="Новини").is_visible()
    page.keyboard.press("Escape")
    assert menu.count() == 0


def test_the_header_of_a_phone_takes_two_lines_the_name_with_the_menu_and_the_search(open_page):
    page = open_page("/", viewport={"width": 320, "height": 740})
    places = (".top .brand", ".top__inner > .menu-button", ".top [role=search]")
    name, menu, search = (page.locator(place).bounding_box() for place in places)
    assert page.locator(".top").bounding_box()["height"] < 130
    assert abs(name["y"] + name["height"] / 2 - menu["y"] - menu["height"] / 2) < 8
    assert search["y"] >= menu["y"] + menu["height"]


def test_the_menu_stands_open_on_a_desktop(open_page):
    page = open_page("/", viewport={"width": 1280, "height": 800})
    assert page.get_by_role("navigation", name="Головне меню").get_by_role("link", name="Новини").is_visible()
    assert not page.get_by_role("button", name="Меню").is_visible()


@pytest.mark.parametrize(
    ("typed", "found"), [("вода", 2), ("щука", 0), ("лікар", 2), ("КОМУНАЛЬН відділ", 1), ("000-00-13", 1)]
)
def test_units_are_found_by_name_deed_or_telephone(open_page, typed, found):
    page = open_page("/", **PHONE)
    page.get_by_label("Знайти підрозділ").fill(typed)
    units = page.locator(".unit-list__item:visible")

    assert units.count() == found
    said = f"Показано {found} з 20" if found else "Такого підрозділу немає"
    assert page.locator(".list-filter__state").text_content() == said


def test_a_phone_shows_all_units_when_asked(open_page):
    page = open_page("/", **PHONE)
    units, button = page.locator(".unit-list__item:visible"), page.get_by_role("button", name="Усі 20 підрозділів")
    assert units.count() == 0
    assert button.get_attribute("aria-expanded") == "false"

    button.click()
    assert units.count() == 20
    assert button.get_attribute("aria-expanded") == "true"
    assert violations(page) == []

    field = page.get_by_label("Знайти підрозділ")
    field.fill("лікар")
    assert units.count() == 2
    assert not button.is_visible()
    field.fill("")
    assert units.count() == 20

    button.click()
    assert units.count() == 0


def test_the_closed_list_of_units_moves_nothing(open_page):
    page = open_page("/#units", **PHONE)
    page.wait_for_load_state("networkidle")

    assert page.evaluate(MOVED) < 0.05


@pytest.mark.parametrize("media", ["screen", "print"])
def test_all_units_stand_where_there_is_room_and_on_paper(open_page, media):
    page = open_page("/", viewport={"width": 1280 if media == "screen" else 660, "height": 900})
    page.emulate_media(media=media)

    assert page.locator(".unit-list__item:visible").count() == 20
    assert not page.get_by_role("button", name="Усі 20 підрозділів").is_visible()


def test_without_script_all_units_stand_and_no_dead_field(open_page):
    page = open_page("/", java_script_enabled=False)
    assert page.locator(".unit-list__item:visible").count() == 20
    assert not page.get_by_label("Знайти підрозділ").is_visible()


def test_a_telephone_can_be_dialled_from_home_and_unit(open_page):
    for path in ("/", "/units/viddil-zhkh/"):
        assert open_page(path).locator('a[href^="tel:+38057"]').count() > 0


def test_signs_of_ukrainian_texts_are_drawn_in_the_sites_own_font(open_page):
    """A sign sent to a file that lacks it is drawn in a font of the system."""
    page = open_page("/")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p id=signs>№ 5, § 7, 20 °C, 100 ₴, 5 м², 3 × 4, ½, €</p>')"
    )
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "#signs"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]

    assert {font["familyName"].partition(" ")[0] for font in fonts} == {"Commissioner"}


def transferred(page, built, name):
    """The bytes by gzip of a page with the styles and scripts that it names, and of the fonts that the browser asked for."""
    text = (built / name).read_bytes()
    files = {match.decode() for match in re.findall(rb'(?:href|src)="/(theme/[^"]+\.(?:css|js|svg))"', text)}
    page.evaluate("document.fonts.ready")
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)")
    fonts = {path.lstrip("/") for path in asked if path.endswith(".woff2")}
    texts = [text, *((built / file).read_bytes() for file in files)]
    return sum(len(gzip.compress(text)) for text in texts) + sum((built / font).stat().st_size for font in fonts)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("index.html", 46_500),
        ("news/travneva-1-2021-05-01/index.html", 39_500),
        ("news/zrazok-zi-svitlynamy-2021-08-24/index.html", 47_500),  # Latin words need the second file of the font
    ],
)
def test_a_page_is_small_enough_for_a_bad_network(open_page, built, name, most):
    assert transferred(open_page(f"/{name.removesuffix('index.html')}"), built, name) < most


def test_a_page_in_ukrainian_needs_one_file_of_the_font(open_page):
    page = open_page("/zapyty/")
    page.evaluate("document.fonts.ready")
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [re.sub(r".*/|\.\w+\.woff2$", "", name) for name in asked if name.endswith(".woff2")] == ["commissioner-uk"]


def test_all_scripts_together_weigh_little(built):
    """Those of the search, which other pages load when somebody types a query, have marks of their own."""
    sizes = {path.name.partition(".")[0]: len(gzip.compress(path.read_bytes())) for path in built.glob("theme/js/*.js")}
    assert sizes.pop("search-engine") < 8_000
    assert sizes.pop("search-page") < 5_000
    assert sum(sizes.values()) < 15_000


def test_the_list_of_units_narrows_as_one_types(open_page):
    page = open_page("/units/")
    page.get_by_label("Знайти підрозділ").fill("ліцей")

    assert page.locator(".unit-list > li:visible").count() == 1
    assert page.locator("[data-list-group]:visible").count() == 1
    page.get_by_label("Знайти підрозділ").fill("щщщ")
    assert page.get_by_text("Такого підрозділу немає").is_visible()


@pytest.mark.parametrize(
    "path", ["/kontakty/", "/messages/2021/12/", "/news/", "/news/zrazok-zi-svitlynamy-2021-08-24/"]
)
def test_what_stands_below_a_title_has_room(open_page, path):
    page = open_page(path, viewport={"width": 360, "height": 740})
    gap = page.evaluate(
        "() => { const title = document.querySelector('h1'), rest = document.querySelector('.prose, .card-list, .cover');"
        " return rest.getBoundingClientRect().top - title.getBoundingClientRect().bottom; }"
    )
    assert gap >= 16


MOVED = (
    "new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value })"
    ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300) })"
)


def test_an_alert_that_the_script_brings_moves_nothing(at):
    page = at("/units/bezrukivskyi-okruh/", DURING)
    page.locator(".alerts--late > .alert").first.wait_for()
    box = page.locator(".alerts").bounding_box()

    assert page.evaluate(MOVED) < 0.05
    assert abs(box["y"] + box["height"] - PHONE["viewport"]["height"]) < 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/news/zrazok-zi-svitlynamy-2021-08-24/", "Опубліковано понад 3"),
        ("/news/zrazok-stroku-2022-01-14/", "Втратило чинність"),
        ("/services/reiestratsiia-mistsia-prozhyvannia/", "чинено"),
    ],
)
def test_what_scripts_judge_is_said_before_the_first_painting(at, path, said):
    page = at(path, "2026-01-15T10:00:00+02:00")

    assert page.evaluate(MOVED) < 0.02
    assert page.locator("main").get_by_text(said).first.is_visible()


@pytest.mark.parametrize(
    "viewport", [{"width": 360, "height": 740}, {"width": 320, "height": 225}]
)  # the last: zoom 400 %
def test_what_the_keyboard_reaches_is_never_below_an_alert(at, viewport):
    page = at("/units/", DURING, viewport=viewport, reduced_motion="reduce")
    page.locator(".alerts--late > .alert").first.wait_for()
    assert page.locator(".alerts").bounding_box()["height"] < viewport["height"] / 2
    hidden, reached = [], 0
    for _ in range(40):
        page.keyboard.press("Tab")
        name, is_hidden = page.evaluate(
            """() => { const e = document.activeElement, above = document.querySelector('.alerts');
            return [e.textContent.trim(), !above.contains(e) && e.getBoundingClientRect().top >= above.getBoundingClientRect().top] }"""
        )
        reached += bool(name)
        hidden += [name] if is_hidden else []

    assert reached > 20
    assert hidden == []


def test_the_end_of_a_page_stands_above_an_alert(at):
    page = at("/units/", DURING, reduced_motion="reduce")
    page.locator(".alerts--late > .alert").first.wait_for()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    foot, alert = page.locator(".foot__inner").bounding_box(), page.locator(".alerts").bounding_box()

    assert foot["y"] + foot["height"] <= alert["y"] + 1
