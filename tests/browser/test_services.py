"""What residents do on the pages of services and units, in Debian's Chromium: find a service, see whether it is open."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import pytest

from tests import needs
from tests.browser.axe import violations
from tests.browser.test_pages import address, built, open_page

pytestmark = [pytest.mark.browser, needs.chromium]
PHONE = {"viewport": {"width": 360, "height": 740}, "timezone_id": "America/New_York"}
OFFICE, HOSPITAL, SPORT = "/units/vykonavchyi-komitet/", "/units/tsentralna-likarnia/", "/units/sok-zevs/"
SERVICE = "/services/reiestratsiia-mistsia-prozhyvannia/"


@pytest.fixture
def at(browser, address, open_page):
    """A page opened at a moment, in a browser whose own time zone is another one."""

    def open_at(path, moment, **options):
        page = open_page("/404.html", **PHONE | options)
        page.clock.install(time=moment)
        page.goto(address + path)
        return page

    return open_at


def state(page):
    return page.locator("[data-open-state]").text_content()


# «пн–чт 8:00–17:00, пт 8:00–15:45, перерва 12:00–12:45»; 2022-01-14 is a Friday, Kyiv is two hours ahead in winter.
OFFICE_HOURS = "480-720 765-1020 1920-2160 2205-2460 3360-3600 3645-3900 4800-5040 5085-5340 6240-6480 6525-6705"
MOMENTS = [
    ("2022-01-14T07:59:00+02:00", "Зачинено, відчиниться о 8:00"),
    ("2022-01-14T08:00:00+02:00", "Відчинено до 12:00"),
    ("2022-01-14T11:59:00+02:00", "Відчинено до 12:00"),
    ("2022-01-14T12:00:00+02:00", "Зачинено на перерву, відчиниться о 12:45"),
    ("2022-01-14T12:45:00+02:00", "Відчинено до 15:45"),
    ("2022-01-14T15:45:00+02:00", "Зачинено, відчиниться в понеділок о 8:00"),
    ("2022-01-15T12:00:00+02:00", "Зачинено, відчиниться в понеділок о 8:00"),
    ("2022-01-16T23:59:00+02:00", "Зачинено, відчиниться завтра о 8:00"),
    ("2022-01-17T00:00:00+02:00", "Зачинено, відчиниться о 8:00"),
    ("2022-01-17T17:00:00+02:00", "Зачинено, відчиниться завтра о 8:00"),
    # Clocks go forward on Sunday 2022-03-27 at 3:00 and back on Sunday 2022-10-30 at 4:00: the door opens by the clock.
    ("2022-03-26T23:30:00+02:00", "Зачинено, відчиниться в понеділок о 8:00"),
    ("2022-03-28T07:59:00+03:00", "Зачинено, відчиниться о 8:00"),
    ("2022-03-28T05:00:00+00:00", "Відчинено до 12:00"),
    ("2022-10-30T00:30:00+00:00", "Зачинено, відчиниться завтра о 8:00"),
    ("2022-10-30T01:30:00+00:00", "Зачинено, відчиниться завтра о 8:00"),
    ("2022-10-31T05:59:00+00:00", "Зачинено, відчиниться о 8:00"),
    ("2022-10-31T06:00:00+00:00", "Відчинено до 12:00"),
    ("2022-12-31T23:59:00+02:00", "Зачинено, відчиниться в понеділок о 8:00"),
]


@pytest.mark.parametrize(("moment", "said"), MOMENTS)
def test_an_office_says_whether_it_is_open_by_the_clock_of_kyiv(at, moment, said):
    page = at(OFFICE, moment)
    assert page.locator("[data-open-hours]").get_attribute("data-open-hours") == OFFICE_HOURS
    assert state(page) == said


@pytest.mark.parametrize(
    ("hours", "moment", "said"),
    [
        ("0-10080", "2022-01-14T03:00:00+02:00", "Відчинено цілодобово"),
        ("0-360 9960-10080", "2022-01-16T23:00:00+02:00", "Відчинено, зачиниться завтра о 6:00"),
        ("0-360 9960-10080", "2022-01-17T05:59:00+02:00", "Відчинено до 6:00"),
        ("0-360 9960-10080", "2022-01-17T06:00:00+02:00", "Зачинено, відчиниться в неділю о 22:00"),
        ("5760-7200", "2022-01-14T20:00:00+02:00", "Відчинено до 24:00"),
        ("6420-7200", "2022-01-14T10:00:00+02:00", "Зачинено, відчиниться об 11:00"),
        ("480-5340", "2022-01-10T09:00:00+02:00", "Відчинено, зачиниться в четвер о 17:00"),
        ("7680-8160", "2022-01-15T08:00:00+02:00", "Відчинено до 16:00"),
        ("1920-2460", "2022-01-11T17:00:00+02:00", "Зачинено, відчиниться у вівторок о 8:00"),
        ("6240-6480 6780-7020", "2022-01-14T13:00:00+02:00", "Зачинено, відчиниться о 17:00"),
    ],
)
def test_any_hours_are_judged_over_midnight_and_over_the_end_of_the_week(at, address, hours, moment, said):
    """The script gets other hours before it runs."""
    page = at("/404.html", moment)
    page.route("**/vykonavchyi-komitet/", lambda route: route.fulfill(
        response=(answer := route.fetch()), body=answer.text().replace(OFFICE_HOURS, hours)
    ))  # fmt: skip
    page.goto(address + OFFICE)

    assert state(page) == said


def test_the_door_opens_while_the_page_stays_open(at):
    page = at(OFFICE, "2022-01-14T07:58:30+02:00")
    assert state(page) == "Зачинено, відчиниться о 8:00"
    page.clock.run_for(90_000)
    assert state(page) == "Відчинено до 12:00"


def test_a_hospital_is_open_day_and_night_and_hours_of_several_lines_keep_them(at):
    assert state(at(HOSPITAL, "2022-01-16T03:00:00+02:00")) == "Відчинено цілодобово"
    sport = at(SPORT, "2022-01-15T17:59:00+02:00")
    assert state(sport) == "Відчинено до 18:00"
    assert sport.locator(".opening-hours p:not([data-open-state])").all_text_contents() == [
        "пн–пт 7:00–21:00", "сб 9:00–18:00", "нд вихідний",
    ]  # fmt: skip


def test_without_script_the_hours_stand_as_written_and_no_state(open_page):
    page = open_page(OFFICE, java_script_enabled=False)

    assert page.get_by_text("пн–чт 8:00–17:00, пт 8:00–15:45, перерва 12:00–12:45").is_visible()
    assert not page.locator("[data-open-state]").is_visible()


def test_a_service_and_a_message_say_whether_their_unit_is_open(at):
    moment = "2022-01-14T09:00:00+02:00"
    assert state(at(SERVICE, moment)) == "Відчинено до 12:00"
    message = at("/messages/", moment)
    message.locator(".card-list__title a").first.click()
    assert message.locator(".ask-unit [data-open-state]").text_content().startswith(("Відчинено", "Зачинено"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [("довідка", 2), ("ПЕРЕЇЗД", 4), ("сім'ї", 1), ("комунальн дерев", 1), ("немає такої", 0), ("", 12)],
)
def test_services_are_found_by_name_unit_and_event_in_life(open_page, typed, found):
    page = open_page("/services/", **PHONE)
    page.get_by_label("Знайти послугу").fill(typed)

    assert page.locator("#service-list .service-list__item:visible").count() == found
    letters = page.locator(".service-index__letter:visible").count()
    assert letters == page.locator(".service-index__group:has(.service-list__item:visible)").count()
    expected = "" if not typed else f"Показано {found} з 12" if found else "Такої послуги немає"
    assert page.locator(".list-filter__state").text_content() == expected
    assert page.get_by_role("heading", name="За подіями в житті").is_visible() is (not typed)


def test_without_script_all_services_stand_in_three_orders_and_no_dead_field(open_page):
    page = open_page("/services/", java_script_enabled=False)

    assert page.locator("#service-list .service-list__item:visible").count() == 12
    assert page.locator(".service-index__letter").all_text_contents() == list("АВДЄЗМПРХ")
    assert not page.get_by_label("Знайти послугу").is_visible()
    page.get_by_role("link", name="За подіями в житті").click()
    assert page.url.endswith("#life-events")


def test_an_event_in_life_leads_to_the_other_services_for_it(open_page):
    page = open_page(SERVICE, **PHONE)
    page.get_by_role("link", name="Переїзд").click()
    page.wait_for_url("**/services/#podiia-pereizd")

    assert page.locator("#podiia-pereizd a").count() == 4


def test_contacts_come_first_on_a_phone(open_page):
    page = open_page(OFFICE, **PHONE)
    tops = [page.locator(part).first.bounding_box()["y"] for part in (".contacts", ".prose", "#services", "#messages")]

    assert tops == sorted(tops)
    assert page.locator('.contacts a[href^="tel:+38"]').count() == 1
    assert page.locator('.contacts a[href^="mailto:"]').count() == 1
    assert page.locator('.contacts a[href^="https://www.openstreetmap.org/"]').count() == 1


@pytest.mark.parametrize("path", ["/services/", SERVICE, OFFICE, "/en" + SERVICE])
def test_every_link_is_large_enough_for_a_finger(open_page, path):
    page = open_page(path, **PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll('main a')].filter(e => e.checkVisibility())
        .filter(e => !e.closest('.prose, .lead, p, dd'))
        .map(e => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, height]) => height < 24)"""
    )

    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_of_a_door(at, scheme):
    for path, moment in ((OFFICE, MOMENTS[0][0]), (OFFICE, MOMENTS[1][0]), (SERVICE, MOMENTS[3][0])):
        page = at(path, moment, color_scheme=scheme)
        state(page)
        assert violations(page) == []


def test_forced_colours_keep_the_steps_and_the_state(at):
    page = at(SERVICE, MOMENTS[1][0], forced_colors="active")
    border = page.locator(".steps > ol > li").first.evaluate("e => getComputedStyle(e, '::before').borderTopStyle")

    assert border == "solid"
    assert state(page) == "Відчинено до 12:00"
