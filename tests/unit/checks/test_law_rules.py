from datetime import datetime

import pytest

from hromada.checks.law_rules import law_is_covered, law_is_set_up
from hromada.domain.dates import Clock
from hromada.domain.item import Kind, ReportDetails, Status
from hromada.domain.law import POINTS
from hromada.domain.law_coverage import Claim
from hromada.domain.period import parse_period
from tests.unit.making import item, site, unit

CLOCK = Clock.parse("2022-08-01")
PATH = "content/pages/x.md"


def page(**changes):
    return item(None, **{"kind": Kind.PAGE, "section": "pages", "address": "/x/", "path": PATH} | changes)


def said(items, letters=None, **claims):
    """What is said of one point when the others are left to others."""
    others = {id: Claim(not_ours="ні") for id in POINTS}
    place = site(items, law=others | {id.replace("_", "-"): claim for id, claim in claims.items()})
    covered = place.law_coverage.at(CLOCK, letters or {})
    return [str(one).removeprefix("content/law.toml:") for one in law_is_covered(covered, place.items)]


def test_every_point_without_a_page_is_named():
    covered = site([], law={}).law_coverage.at(CLOCK, {})

    assert [one.code for one in law_is_covered(covered, ())] == ["law-page-missing"] * len(POINTS)


def test_a_point_whose_article_was_not_read_says_so_to_editors():
    covered = site([], law={}).law_coverage.at(CLOCK, {})
    noted = {one.message for one in law_is_covered(covered, ()) if "не звірено" in one.message}

    assert noted == {
        f"«{point.title}» (статтю не звірено з текстом закону): сторінки немає"
        for point in POINTS.values() if not point.source.is_checked
    }  # fmt: skip
    assert noted


def test_without_a_list_of_pages_one_warning_is_enough():
    assert [one.code for one in law_is_set_up(site([page(), page(), unit("a")]), CLOCK)] == ["law-not-set-up"]


@pytest.mark.parametrize("items", [[], [item()], [page()], [unit("a")], [page(status=Status.DRAFT), unit("a")]])
def test_a_folder_without_plain_pages_or_units_is_no_councils_site_yet(items):
    assert list(law_is_set_up(site(items), CLOCK)) == []


def test_a_page_that_readers_see_is_no_problem():
    assert said([page()], acts=Claim((PATH,))) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"status": Status.DRAFT}, "це чернетка, опублікуйте сторінку або назвіть іншу"),
        ({"status": Status.HIDDEN}, "сторінку приховано, опублікуйте сторінку або назвіть іншу"),
        ({"lang": "en"}, "це переклад, назвіть український оригінал"),
    ],
)
def test_a_page_that_readers_do_not_see_is_named(changes, why):
    assert said([page(**changes)], acts=Claim(("/x/",), line=3)) == [
        f"3: попередження: «Ухвалені рішення та інші акти»: «/x/» читачам не видно, {why} [law-page-hidden]"
    ]


def test_a_misspelt_page_is_guessed():
    assert said([page()], acts=Claim(("content/pages/y.md",))) == [
        "1: попередження: «Ухвалені рішення та інші акти»: сторінки «content/pages/y.md» немає,"
        " можливо, «content/pages/x.md»? [law-page-unknown]"
    ]


def test_a_page_of_promises_is_empty():
    assert said([page()], {PATH: 5}, acts=Claim((PATH,))) == [
        f"1: попередження: «Ухвалені рішення та інші акти»: сторінка «{PATH}» порожня або майже порожня, допишіть її"
        " [law-page-empty]"
    ]


def test_a_page_that_was_not_renewed_is_stale():
    assert said([page(modified=datetime(2022, 1, 5))], request_reports=Claim((PATH,))) == [
        f"1: попередження: «Звіти про задоволення запитів на інформацію»: сторінку «{PATH}» востаннє оновлено 05.01.2022,"
        " а треба кожного півріччя, оновіть її та поле «modified» [law-page-stale]"
    ]


def test_an_old_report_is_stale():
    old = item(None, kind=Kind.REPORT, section="reports", address="/reports/x/",
               report=ReportDetails("x", parse_period("2021-H2")))  # fmt: skip

    assert said([old], request_reports=Claim(("/reports/",))) == [
        "1: попередження: «Звіти про задоволення запитів на інформацію»: останній звіт – за II півріччя 2021 року,"
        " а треба кожного півріччя, додайте новий звіт [law-page-stale]"
    ]


def test_a_page_that_must_be_renewed_needs_a_date():
    assert said([page()], request_reports=Claim((PATH,))) == [
        f"1: попередження: «Звіти про задоволення запитів на інформацію»: на сторінці «{PATH}» немає дати оновлення,"
        " додайте в її заголовок поле «modified» [law-page-undated]"
    ]
