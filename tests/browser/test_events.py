"""Events by the reader's clock, in Debian's Chromium: what is over leaves, today is marked, the grid leads to the list."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import pytest

from tests import needs
from tests.browser.axe import violations
from tests.browser.test_pages import THIN_OUT, address, built, open_page

pytestmark = [pytest.mark.browser, needs.chromium]
PHONE = {"viewport": {"width": 320, "height": 740}, "timezone_id": "America/New_York"}
DOORS = "Зразок події: день відкритих дверей у бібліотеці"
CONCERT = "Зразок події: концерт камерного оркестру"
TRAINING = "Зразок події: відкриті тренування з волейболу"
BUILT, LAST_MINUTE, OVER = "2022-01-15T12:00:00+02:00", "2022-01-22T14:59:00+02:00", "2022-01-22T15:00:00+02:00"


@pytest.fixture
def at(address, open_page):
    """A page opened at a moment, in a browser whose own time zone is another one."""

    def open_at(path, moment, **options):
        page = open_page("/404.html", **PHONE | options)
        page.clock.install(time=moment)
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        return page

    return open_at


def coming(page):
    """The titles of what is to come, as a person sees them."""
    return page.locator("[data-event] a").all_text_contents()


@pytest.mark.parametrize(("moment", "is_shown"), [(BUILT, True), (LAST_MINUTE, True), (OVER, False)])
def test_an_event_leaves_the_list_at_the_minute_of_its_end(at, moment, is_shown):
    page = at("/events/", moment)

    assert (DOORS in coming(page)) is is_shown
    assert (page.get_by_role("heading", name="Субота, 22 січня 2022 року").count() == 1) is is_shown


def test_an_event_leaves_a_page_that_stays_open(at):
    page = at("/events/", LAST_MINUTE)
    assert DOORS in coming(page)
    page.clock.run_for(60_000)
    assert DOORS not in coming(page)


def test_a_repeated_event_loses_one_date_after_the_other(at):
    assert coming(at("/events/", BUILT)).count(TRAINING) == 10
    assert coming(at("/events/", "2022-01-18T19:28:00+02:00")).count(TRAINING) == 10
    assert coming(at("/events/", "2022-01-18T19:30:00+02:00")).count(TRAINING) == 9


WEEKEND = "Цими вихідними"


@pytest.mark.parametrize(
    ("moment", "marked"),
    [
        ("2022-01-14T23:00:00+02:00", ["виставка"]),
        ("2022-01-16T12:00:00+02:00", ["виставка"]),
        ("2022-01-17T00:30:00+02:00", ["виставка", "день відкритих дверей"]),
        ("2022-01-22T15:00:00+02:00", ["виставка"]),
        ("2022-02-08T12:00:00+02:00", []),
    ],
)
def test_the_home_page_marks_what_is_on_the_coming_weekend(at, moment, marked):
    """Without a new build; an event that is cancelled is not what a person looks for."""
    page = at("/", moment)
    found = page.locator("[data-event]", has_text=WEEKEND).all_text_contents()

    assert len(found) == len(marked)
    assert all(words in text for words, text in zip(marked, found, strict=True))


def test_events_of_a_later_weekend_come_in_their_place_and_stay_while_the_page_is_open(at):
    page = at("/", "2022-01-17T12:00:00+02:00")
    dates = page.locator("[data-event]").evaluate_all("all => all.map(e => e.dataset.from.slice(0, 10))")

    assert dates == sorted(dates)
    assert "2022-01-22" in dates
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.locator("[data-event]").count() == len(dates)
    assert page.get_by_text(WEEKEND).count() == 2


def test_without_script_the_home_page_names_the_nearest_events(open_page):
    page = open_page("/", java_script_enabled=False)

    assert page.locator("[data-event]").count() == 4
    assert page.get_by_text(WEEKEND).count() == 0


def test_the_home_page_says_when_nothing_is_left(at):
    page = at("/", BUILT)
    assert len(coming(page)) == 4
    assert page.get_by_text("Найближчим часом подій немає").is_hidden()
    page = at("/", "2022-06-01T12:00:00+03:00")
    assert coming(page) == []
    assert page.get_by_text("Найближчим часом подій немає").is_visible()
    assert page.get_by_text("Найближчим часом подій немає").count() == 1
    assert at("/events/", "2022-06-01T12:00:00+03:00").get_by_text("Найближчим часом подій немає").is_visible()


def test_an_event_of_a_whole_day_lasts_until_midnight_in_kyiv(at):
    exhibition = "Зразок події: виставка різдвяних вертепів"
    assert exhibition in coming(at("/events/", "2022-02-03T23:58:00+02:00"))
    assert exhibition not in coming(at("/events/", "2022-02-04T00:00:00+02:00"))


def test_the_page_of_an_event_says_that_it_is_over(at):
    path = "/news/zrazok-dnia-vidkrytykh-dverei-2022-01-04/"

    assert at(path, LAST_MINUTE).get_by_text("Подія вже відбулася").is_hidden()
    assert at(path, OVER).get_by_text("Подія вже відбулася").is_visible()


def test_a_cancelled_event_did_not_take_place(at):
    page = at("/news/zrazok-kontsertu-2022-01-07/", "2022-02-01T12:00:00+02:00")

    assert page.get_by_text("Подію скасовано").first.is_visible()
    assert page.get_by_text("Подія вже відбулася").count() == 0


def test_past_dates_of_a_repeated_event_are_marked(at):
    page = at("/news/zrazok-trenuvan-2022-01-06/", "2022-01-26T12:00:00+02:00")
    page.get_by_text("Усі дати: 10").click()

    assert page.locator(".event-box__date").count() == 10
    assert page.locator(".event-box__date--over").count() == 2


def test_today_is_marked_by_kyiv_s_date(at):
    page = at("/events/2022-01/", "2022-01-19T23:30:00+02:00")
    assert page.locator("[aria-current=date]").text_content().strip().startswith("19")
    page.clock.run_for(30 * 60_000)
    assert (
        at("/events/2022-01/", "2022-01-20T00:00:00+02:00")
        .locator("[aria-current=date]")
        .text_content()
        .startswith("20")
    )


@pytest.mark.parametrize("path", ["/", "/events/", "/events/2022-01/", "/news/zrazok-zboriv-2022-01-08/"])
def test_without_script_all_that_the_build_knew_is_there(open_page, path):
    page = open_page(path, java_script_enabled=False, **PHONE)

    assert page.get_by_text("Зразок події").first.is_visible()
    assert page.get_by_text("Подія вже відбулася").all() == [] or page.get_by_text("Подія вже відбулася").is_hidden()


def test_a_day_of_the_grid_leads_to_its_events_by_keyboard(at):
    page = at("/events/2022-01/", BUILT)
    day = page.locator('.month-grid a[href="#d2022-01-22"]')
    assert day.inner_text().replace("\N{NO-BREAK SPACE}", " ").replace("\n", "").startswith("22")
    day.focus()
    page.keyboard.press("Enter")

    assert page.url.endswith("#d2022-01-22")
    assert page.locator("#d2022-01-22").is_visible()


@pytest.mark.parametrize("width", [320, 360])
def test_the_grid_fits_a_phone_and_its_days_can_be_hit(at, width):
    page = at("/events/2022-01/", BUILT, viewport={"width": width, "height": 740})
    boxes = [link.bounding_box() for link in page.locator(".month-grid a").all()]

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(boxes) > 10
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24


def test_the_calendar_is_a_calendar(at, address):
    page = at("/news/zrazok-dnia-vidkrytykh-dverei-2022-01-04/", BUILT)
    link = page.get_by_role("link", name="Додати до календаря")
    answer = page.request.get(address + link.get_attribute("href"))

    assert answer.ok
    assert answer.text().startswith("BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.soak)])
@pytest.mark.parametrize("moment", [BUILT, "2022-06-01T12:00:00+03:00"])
@pytest.mark.parametrize("path", ["/events/", "/events/2022-01/", "/news/zrazok-zboriv-2022-01-08/"])
def test_axe_finds_nothing_before_and_after(at, path, moment, scheme):
    page = at(path, moment, color_scheme=scheme)
    page.evaluate(THIN_OUT)

    assert violations(page) == []
