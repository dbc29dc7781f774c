"""What ends while nobody rebuilds, in Debian's Chromium: judged by the reader's clock, in any time zone of the device."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import pytest

from tests import needs
from tests.browser.test_pages import address, built, open_page
from tests.browser.test_residents import at

pytestmark = [pytest.mark.browser, needs.chromium]
ITEM, TITLE = "/news/zrazok-stroku-2022-01-14/", "Зразок того, що минає"
LAST, AFTER = "2022-01-20T23:55:00+02:00", "2022-01-21T00:00:00+02:00"


def settled(page):
    page.wait_for_load_state("networkidle")
    return page


def words(page):
    return " ".join(page.locator(".validity:visible").first.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("moment", "said"),
    [(LAST, "Діє до 20 січня 2022 року включно."), (AFTER, "Втратило чинність після 20 січня 2022 року.")],
)
def test_an_item_says_that_it_is_over_from_the_end_of_its_kyiv_day(at, moment, said):
    assert words(settled(at(ITEM, moment))) == said


def test_the_script_says_what_a_build_says(at, open_page):
    by_script = words(settled(at(ITEM, AFTER)))
    built_over = words(open_page("/news/zrazok-mynuloho-2021-12-20/", java_script_enabled=False))

    assert by_script.partition("після")[0] == built_over.partition("після")[0] == "Втратило чинність "


def test_without_script_an_item_says_until_when_it_holds(open_page):
    assert words(open_page(ITEM, java_script_enabled=False)) == "Діє до 20 січня 2022 року включно."


@pytest.mark.parametrize(("moment", "is_shown"), [(LAST, True), (AFTER, False)])
def test_what_is_over_leaves_the_home_page_before_the_next_build(at, moment, is_shown):
    page = settled(at("/", moment))
    assert (page.get_by_role("link", name=TITLE).count() == 1) is is_shown


@pytest.mark.parametrize("path", ["/news/", "/news/2022/01/", "/tags/zrazok/"])
@pytest.mark.parametrize(("moment", "marks"), [(LAST, 0), (AFTER, 1)])
def test_lists_keep_what_is_over_with_a_mark(at, path, moment, marks):
    page = settled(at(path, moment))
    entry = page.locator(".card-list__item", has_text=TITLE)

    assert entry.is_visible()
    assert entry.get_by_text("Втратило чинність").count() == marks


ENDING, ENDED = "Зарахування дитини до ліцею", "Харчування дитини в садку"
ENDING_PAGE, ENDED_PAGE = "/services/zarakhuvannia-do-litseiu/", "/services/yizha-dlia-dytyny/"
TERM, AFTER_TERM = "2022-05-31T23:55:00+03:00", "2022-06-01T00:00:00+03:00"
LISTS_OF_SERVICES = [("/services/", ".service-list__item"), ("/services/", ".title-index li li"),
                     ("/units/bezrukivskyi-litsei/", ".service-list__item")]  # fmt: skip


def marks_of(page, entry, title):
    return page.locator(entry, has_text=title).first.get_by_text("Втратило чинність").count()


@pytest.mark.parametrize(("path", "entry"), LISTS_OF_SERVICES)
@pytest.mark.parametrize(("moment", "marks"), [(TERM, 0), (AFTER_TERM, 1)])
def test_a_service_that_is_no_longer_given_is_marked_in_its_lists_by_the_clock(at, path, entry, moment, marks):
    assert marks_of(settled(at(path, moment)), entry, ENDING) == marks


@pytest.mark.parametrize(("path", "entry"), [*LISTS_OF_SERVICES[:2], ("/units/zrazok-18/", ".service-list__item")])
def test_a_service_that_is_over_at_the_build_is_marked_without_script_and_once_with_it(open_page, path, entry):
    assert marks_of(open_page(path, java_script_enabled=False), entry, ENDED) == 1
    assert marks_of(settled(open_page(path)), entry, ENDED) == 1


def test_a_services_own_page_says_that_it_is_over(at, open_page):
    assert words(open_page(ENDED_PAGE, java_script_enabled=False)) == "Втратило чинність після 31 грудня 2021 року."
    assert words(settled(at(ENDING_PAGE, TERM))) == "Діє до 31 травня 2022 року включно."
    assert words(settled(at(ENDING_PAGE, AFTER_TERM))) == "Втратило чинність після 31 травня 2022 року."


@pytest.mark.parametrize(
    ("moment", "title", "is_over"),
    [
        (TERM, ENDING, False),
        (AFTER_TERM, ENDING, True),
        (TERM, ENDED, True),
        (LAST, TITLE, False),
        (AFTER, TITLE, True),
    ],
)
def test_the_search_finds_what_is_over_with_a_mark(at, moment, title, is_over):
    page = at(f"/search/?q={title}", moment)
    page.wait_for_selector("#main[data-search=done]")
    found = page.locator("[data-result]").filter(has=page.get_by_role("link", name=title, exact=True))

    assert found.get_by_text("Втратило чинність").is_visible() is is_over


@pytest.mark.parametrize(("moment", "is_old"), [("2024-08-23T12:00:00Z", False), ("2024-08-24T12:00:00Z", True)])
def test_an_old_item_says_that_it_is_old(at, moment, is_old):
    page = settled(at("/news/zrazok-zi-svitlynamy-2021-08-24/", moment))
    assert page.get_by_text("Опубліковано понад 3").is_visible() is is_old


def test_telephones_of_a_text_can_be_dialled(open_page):
    page = open_page("/news/zrazok-mynuloho-2021-12-20/")
    assert page.get_by_role("link", name="(05763) 0-00-15").get_attribute("href") == "tel:+380576300015"


@pytest.mark.parametrize(("typed", "found"), [("date-format", 1), ("відкликано", 1), ("абракадабра", 0)])
def test_codes_of_the_check_are_found_by_their_words(open_page, typed, found):
    page = open_page("/dovidnyk-redaktora/zauvazhennia/")
    page.get_by_label("Знайти код або слово").fill(typed)
    assert page.locator(".handbook__codes tbody tr:visible").count() == found


def test_a_code_found_leads_to_its_section(open_page):
    page = open_page("/dovidnyk-redaktora/zauvazhennia/")
    page.get_by_role("link", name="date-format", exact=True).click()
    assert page.url.endswith("/zauvazhennia/daty-y-podii/#date-format")
    assert page.locator("#date-format").is_visible()


def test_without_script_all_codes_stand_and_no_dead_field(open_page):
    page = open_page("/dovidnyk-redaktora/zauvazhennia/", java_script_enabled=False)
    assert page.locator(".handbook__codes tbody tr:visible").count() > 200
    assert not page.get_by_label("Знайти код або слово").is_visible()


def test_a_list_of_hundreds_leads_by_its_months_to_every_entry(open_page):
    page = open_page("/reports/2021-h2/social/")
    months = page.locator(".month-links__link")
    assert page.locator(".entries__one").count() == 0
    counts = [int(one.locator(".month-links__count").text_content()) for one in months.all()]
    months.first.click()
    assert page.locator(".entries__one").count() == counts[0]
