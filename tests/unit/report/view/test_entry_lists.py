from collections import Counter

import pytest

from hromada.domain.dates import Clock
from hromada.domain.period import parse_period
from hromada.report.count.counting import count_activity
from hromada.report.view import entry_lists
from hromada.report.view.entry_lists import LONG, EntryListBuilder, is_long, mentions_by_url, part_paths
from hromada.report.view.list_pages import MATRIX_CELLS, MOST_LINKS, PAGE_SIZE, WHOLE, paginate
from tests.unit.making import item, replace, row, site, unit

H2 = parse_period("2021-H2")
CLOCK = Clock.parse("2022-01-15")
CATEGORIES = ["Освіта", "Події", ""]


def news(number):
    items = [
        item(f"2021-{7 + n % 6:02d}-{1 + n % 28:02d}", slug=f"n{n}", category=CATEGORIES[n % 3], path=f"content/news/{n}.md")
        for n in range(number)
    ]  # fmt: skip
    return count_activity(site(items), H2, CLOCK).get("news"), EntryListBuilder(
        "/reports/x/", {}, {one.address for one in items}
    )


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

    assert part_paths(count, "/reports/x/")["osvita"] == "/reports/x/news/#part-osvita"


def test_an_entry_whose_page_is_gone_has_no_link_and_keeps_its_address():
    count, lister = news(1)
    (group,) = replace(lister, pages=frozenset()).groups(count)

    assert (group.entries[0].path_or_url, group.entries[0].address) == ("", "/news/n0-2021-07-01/")


def test_a_row_with_a_link_of_its_own_keeps_it():
    rows = [row(url="https://www.facebook.com/x/posts/1")]
    count = count_activity(site(rows=rows), H2, CLOCK).get("social-main")
    (group,) = EntryListBuilder("/reports/x/", {}, frozenset()).groups(count)

    assert (group.entries[0].path_or_url, group.entries[0].external) == ("https://www.facebook.com/x/posts/1", True)


def many(number, parts=1, title="Назва"):
    """Rows of a newspaper's register, in `parts` parts."""
    rows = [
        row(f"2021-{7 + n % 6:02d}-{1 + n % 28:02d}", register="newspaper", line=n + 2, title=title,
            traits={"newspaper": f"Газета {n % parts}"})
        for n in range(number)
    ]  # fmt: skip
    return count_activity(site(rows=rows), H2, CLOCK).get("newspaper"), EntryListBuilder("/reports/x/", {}, frozenset())


@pytest.fixture
def at_once(monkeypatch):
    """Whole lists are shown at once, however long they are, so that many entries show how pages are cut."""
    monkeypatch.setattr(entry_lists, "WHOLE", 1_000_000)


def of_whole(count, lister):
    return [page for page in lister.pages_of(count) if not page.selection]


@pytest.mark.parametrize(
    ("number", "pages"), [(PAGE_SIZE - 1, 1), (PAGE_SIZE, 2), (2 * (PAGE_SIZE - 1), 2), (2 * PAGE_SIZE - 1, 3)]
)
def test_a_page_holds_so_many_entries_and_headings(number, pages, at_once):
    count, lister = many(number)
    whole = of_whole(count, lister)

    assert [page.path for page in whole] == [
        f"/reports/x/newspaper/{f'page/{n}/' if n > 1 else ''}" for n in range(1, pages + 1)
    ]
    assert sum(len(group.entries) for page in whole for group in page.groups) == number
    assert {group.value for page in whole for group in page.groups} == {number}
    assert [page.pager.count for page in whole] == [pages] * pages
    assert bool(whole[0].pager.links) == (pages > 1)


def test_pages_of_a_list_show_each_entry_once_in_its_order(at_once):
    count, lister = many(3 * PAGE_SIZE, parts=7)
    pages = list(lister.pages_of(count))
    for kind in ("newspaper/parts/", "newspaper/months/"):
        chosen = [page for page in pages if kind in page.path]
        assert len({page.path for page in chosen}) == len(chosen)
        assert sum(len(group.entries) for page in chosen for group in page.groups) == 3 * PAGE_SIZE
    shown = [entry.source for page in of_whole(count, lister) for group in page.groups for entry in group.entries]

    assert shown == [str(entry.location) for part in count.parts for entry in part.entries]


def test_the_first_page_alone_has_the_matrix_and_a_heading_says_that_it_goes_on(at_once):
    count, lister = many(2 * PAGE_SIZE, parts=2)
    first, *others = of_whole(count, lister)

    assert first.matrix is not None
    assert all(page.matrix is None and page.contents == () for page in others)
    assert [group.goes_on for page in (first, *others) for group in page.groups] == [False, True, False, True]


def test_numbers_of_the_matrix_lead_to_the_page_where_their_entries_begin():
    count, lister = many(4 * PAGE_SIZE)
    whole, *others = lister.pages_of(count)
    begun = {f"{page.path}#{group.id}" for page in others for group in page.groups if not group.goes_on}

    assert {cell.path for line in whole.matrix.rows for cell in line.cells} <= begun
    assert any("/page/" in cell.path for line in whole.matrix.rows for cell in line.cells)


def test_an_item_leads_to_the_page_that_shows_it():
    count, lister = news(3 * (PAGE_SIZE + 100))
    pages = {page.path: page for page in lister.pages_of(count)}
    found = {url: path for url, _, path in mentions_by_url([count], "/reports/x/", {})}

    assert len(found) == count.value
    assert any(path.endswith("/page/2/") for path in found.values())
    for path in set(found.values()):
        shown = {entry.address for group in pages[path].groups for entry in group.entries}
        assert {url for url, place in found.items() if place == path} == shown


def test_a_list_without_pages_for_its_parts_leads_to_the_page_where_a_part_begins():
    pages = [unit(f"u{n}") for n in range(PAGE_SIZE + 5)]
    count = count_activity(site(pages), H2, CLOCK).get("unit-pages")
    lister = EntryListBuilder("/reports/x/", {}, frozenset())
    shown = {f"{page.path}#{group.id}" for page in lister.pages_of(count) for group in page.groups if not group.goes_on}

    assert {part_paths(count, "/reports/x/")[part.id] for part in count.parts} <= shown
    assert {path for _, _, path in mentions_by_url([count], "/reports/x/", {})} <= {
        f"{page.path}#{group.id}" for page in lister.pages_of(count) for group in page.groups
    }


def test_long_titles_take_the_room_of_several_entries():
    count, lister = many(PAGE_SIZE // 2, title="щ" * 2_000)

    assert len(of_whole(count, lister)) == 3


def test_a_matrix_of_too_many_numbers_gives_way_to_the_contents(at_once):
    parts = MATRIX_CELLS // 6 + 1
    count, lister = many(parts, parts=parts)
    first, *others = of_whole(count, lister)

    assert (first.matrix, len(first.contents)) == (None, parts)
    begun = {(page.path, group.id) for page in (first, *others) for group in page.groups}
    assert {(one.path or first.path, one.id) for one in first.contents} == begun


@pytest.mark.parametrize(("number", "levels"), [(1, 1), (WHOLE, 1), (WHOLE + 1, 2), (5 * WHOLE, 2)])
def test_a_list_of_hundreds_is_entered_by_its_months(number, levels):
    count, lister = many(number, parts=3)
    whole, *others = lister.pages_of(count)

    assert bool(whole.months) == (levels == 2)
    assert bool(whole.groups) == (levels == 1)
    if levels == 2:
        assert sum(month.value for month in whole.months) == count.value
        assert {month.path for month in whole.months} <= {page.path for page in others}
        assert [page.path for page in of_whole(count, lister)] == ["/reports/x/newspaper/"]


def test_a_list_of_hundreds_of_one_month_is_shown_in_pages():
    rows = [row("2021-07-05", register="newspaper", line=n, traits={"newspaper": "Газета"}) for n in range(3 * WHOLE)]
    count = count_activity(site(rows=rows), H2, CLOCK).get("newspaper")
    pages = of_whole(count, EntryListBuilder("/reports/x/", {}, frozenset()))

    assert [page.months for page in pages] == [()] * 3
    assert sum(len(group.entries) for page in pages for group in page.groups) == 3 * WHOLE


def test_parts_without_a_matrix_are_named_beside_the_months():
    parts = MATRIX_CELLS // 6 + 1
    count, lister = many(parts, parts=parts)
    whole, *others = lister.pages_of(count)

    assert (whole.matrix, len(whole.contents)) == (None, parts)
    assert {part.path for part in whole.contents} <= {page.path for page in others}


def test_contents_longer_than_a_page_are_left_out(at_once):
    count, lister = many(MOST_LINKS + 1, parts=MOST_LINKS + 1)

    assert of_whole(count, lister)[0].contents == ()


@pytest.mark.parametrize(
    ("sizes", "pages"),
    [
        ([], [[]]),
        ([0], [[(0, 0, 0)]]),
        ([0] * 5, [[(0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0)], [(4, 0, 0)]]),
        ([3], [[(0, 0, 3)]]),
        ([4], [[(0, 0, 3)], [(0, 3, 4)]]),
        ([2, 1], [[(0, 0, 2)], [(1, 0, 1)]]),  # the heading of the second would stand alone
        ([1, 1], [[(0, 0, 1), (1, 0, 1)]]),
        ([1, 0, 8], [[(0, 0, 1), (1, 0, 0)], [(2, 0, 3)], [(2, 3, 6)], [(2, 6, 8)]]),
    ],
)
def test_groups_are_cut_at_the_bound_and_no_heading_stands_alone(sizes, pages):
    one = many(1)[0].entries[0]

    assert paginate([[one] * size for size in sizes], 4) == pages


def test_an_entry_longer_than_a_page_has_a_page_of_its_own():
    short, long = many(1)[0].entries[0], many(1, title="щ" * 10_000)[0].entries[0]

    assert paginate([[long, short, long]], 4) == [[(0, 0, 1)], [(0, 1, 2)], [(0, 2, 3)]]
