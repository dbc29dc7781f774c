from collections import Counter

import pytest

from hromada.domain.calendar import Clock
from hromada.domain.period import parse_period
from hromada.report.count import count_activity
from hromada.report.lists import LONG, Lister, is_long, part_path
from tests.unit.making import item, replace, row, site

H2 = parse_period("2021-H2")
CLOCK = Clock.parse("2022-01-15")
CATEGORIES = ["Освіта", "Події", ""]


def news(number):
    items = [
        item(f"2021-{7 + n % 6:02d}-{1 + n % 28:02d}", slug=f"n{n}", category=CATEGORIES[n % 3], path=f"content/news/{n}.md")
        for n in range(number)
    ]  # fmt: skip
    return count_activity(site(items), H2, CLOCK).get("news"), Lister("/reports/x/", {}, {one.address for one in items})


@pytest.mark.parametrize(("number", "pages"), [(0, 1), (1, 1), (LONG, 1), (LONG + 1, 1 + 3 + 6)])
def test_a_long_list_has_a_page_for_each_part_and_each_month(number, pages):
    count, lister = news(number)

    assert (is_long(count), len(list(lister.pages_of(count)))) == (number > LONG, pages)


def test_every_entry_stands_on_the_page_of_its_part_and_on_that_of_its_month():
    count, lister = news(100)
    whole, *others = lister.pages_of(count)
    sources = Counter(entry.source for group in whole.groups for entry in group.entries)
    for kind in ("/parts/", "/months/"):
        pages = [page for page in others if kind in page.path]
        shown = Counter(entry.source for page in pages for group in page.groups for entry in group.entries)

        assert shown == sources
        assert sum(page.value for page in pages) == count.value


def test_the_matrix_has_a_number_for_each_part_and_month_that_leads_to_just_those_entries():
    count, lister = news(100)
    whole, *others = lister.pages_of(count)
    places = {f"{page.path}#{group.id}": group.value for page in others for group in page.groups}

    assert whole.matrix.value == 100
    for line in whole.matrix.rows:
        assert sum(cell.value for cell in line.cells) == line.value
        assert [places[cell.path] for cell in line.cells if cell.value] == [
            cell.value for cell in line.cells if cell.value
        ]


def test_a_short_list_has_anchors_instead_of_pages():
    count, _ = news(3)

    assert part_path(count, "/reports/x/", "osvita") == "/reports/x/news/#part-osvita"


def test_an_entry_whose_page_is_gone_has_no_link_and_keeps_its_address():
    count, lister = news(1)
    (group,) = replace(lister, pages=frozenset()).groups(count)

    assert (group.entries[0].path_or_url, group.entries[0].address) == ("", "/news/n0-2021-07-01/")


def test_a_row_with_a_link_of_its_own_keeps_it():
    rows = [row(url="https://www.facebook.com/x/posts/1")]
    count = count_activity(site(rows=rows), H2, CLOCK).get("social-main")
    (group,) = Lister("/reports/x/", {}, frozenset()).groups(count)

    assert (group.entries[0].path_or_url, group.entries[0].external) == ("https://www.facebook.com/x/posts/1", True)
