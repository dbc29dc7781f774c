"""Services have a unit that residents can turn to; hours are clear or said to be unclear."""

from datetime import date

import pytest

from hromada.checks.service_rules import services_have_a_unit, services_of_closed_units_are_few
from hromada.checks.site_rules import check_site
from hromada.checks.text_rules import check_text
from hromada.domain.dates import Clock, midnight
from hromada.domain.item import Kind, Status, UnitDetails
from hromada.domain.service import ServiceDetails
from tests.unit.making import item, site, unit

TODAY = Clock(midnight(date(2022, 1, 15)))
UNITS = [
    unit("viddil-zhkh", "Відділ ЖКГ"),
    unit("stara", closed=date(2022, 1, 14)),
    unit("ostannii", closed=date(2022, 1, 15)),
]


def service(of="viddil-zhkh", **changes):
    values = {"kind": Kind.SERVICE, "section": "services", "path": "content/services/x.md", "address": "/services/x/",
              "lines": {"unit": 3}, "service": ServiceDetails(of)}  # fmt: skip
    return item(None, **(values | changes))


def found(rule, *items):
    return [str(problem) for problem in rule(site([*UNITS, *items]), TODAY)]


def test_a_service_of_a_unit_with_a_page_is_right():
    assert found(services_have_a_unit, service()) == []


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("viddil-zkh", "можливо, «viddil-zhkh»?"),
        ("Відділ ЖКГ", "напишіть назву теки: «viddil-zhkh»"),
        ("«відділ  жкг»", "напишіть назву теки: «viddil-zhkh»"),
        ("units/viddil-zhkh/", "напишіть назву теки: «viddil-zhkh»"),
        ("/units/viddil-zhkh/", "напишіть назву теки: «viddil-zhkh»"),
        ("щось зовсім інше", "впишіть назву теки з content/units"),
    ],
)
def test_a_unit_that_is_not_there_is_refused_with_the_folder_that_was_meant(name, advice):
    message = (
        f"content/services/x.md:3: підрозділу «{name}» немає: теки content/units/{name} зі сторінкою index.md, {advice}"
    )

    assert found(services_have_a_unit, service(name)) == [f"{message} [service-without-unit]"]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HIDDEN])
def test_a_unit_without_a_public_page_is_refused_unless_the_service_is_a_draft(status):
    quiet = unit("tykhyi", status=status)

    assert len(found(services_have_a_unit, quiet, service("tykhyi"))) == 1
    assert found(services_have_a_unit, quiet, service("tykhyi", status=Status.DRAFT)) == []
    assert len(found(services_have_a_unit, service("nema", status=Status.DRAFT))) == 1


def test_a_unit_that_opens_later_has_no_services_yet():
    later = unit("nova")._replace(when=midnight(date(2022, 2, 1)), unit=UnitDetails("nova", opened=date(2022, 2, 1)))

    assert len(found(services_have_a_unit, later, service("nova"))) == 1


@pytest.mark.parametrize(("of", "number"), [("viddil-zhkh", 0), ("ostannii", 0), ("stara", 1)])
def test_a_service_of_a_closed_unit_is_a_warning_from_the_day_after(of, number):
    said = found(services_of_closed_units_are_few, service(of))

    assert len(said) == number
    assert all("попередження: підрозділ закрито 14.01.2022" in line for line in said)


@pytest.mark.parametrize("slug", ["photos", "events", "messages", "services", "search", "text", "admin"])
def test_a_page_at_an_address_of_the_site_is_told_the_slug_and_the_row(slug):
    page = item(None, kind=Kind.PAGE, section="pages", slug=slug, path=f"content/pages/{slug}.md", address=f"/{slug}/")
    (problem,) = (one for one in check_site(site([page]), TODAY) if one.code == "reserved-address")

    assert "«slug»" in problem.fix
    assert f"«/{slug}/;content/pages/{slug}.md» до content/redirects.csv" in problem.fix


def texts(of, text, **changes):
    return [problem.code for problem in check_text(of._replace(body_line=1, lines={}, **changes), text)]


@pytest.mark.parametrize("text", ["1. Прийдіть.\n2. Заберіть.\n", "Слова.\n\n1) Прийдіть.\n", "<ol><li>а</li></ol>\n"])
def test_numbered_steps_are_found(text):
    assert texts(service(), text) == []


@pytest.mark.parametrize("text", ["", "Прийдіть і заберіть.\n", "- Прийдіть.\n", "```\n1. Код.\n```\n", "5.5 годин\n"])
def test_a_text_without_steps_is_a_warning_and_a_draft_is_not_judged(text):
    assert texts(service(), text) == ["service-steps"]
    assert texts(service(status=Status.DRAFT), text) == []


@pytest.mark.parametrize(
    ("hours", "found"), [("пн–пт 8:00–17:00", []), ("за домовленістю", ["hours-unclear"]), ("", [])]
)
def test_hours_that_can_not_be_read_are_a_warning(hours, found):
    assert texts(unit("a", hours=hours), "Текст.\n") == found
