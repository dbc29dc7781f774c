import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.dates import Clock
from hromada.domain.figure import Figures, FigureSpec, standard_figures
from hromada.domain.item import Status
from hromada.domain.period import parse_period
from hromada.report.count.comparison import Earlier, compare
from hromada.report.count.counting import count_from, overlapping_sums, sum_problems, unaccounted_files
from hromada.report.count.entry_index import EntryIndex
from hromada.report.view.entry_lists import EntryListBuilder, is_long, mentions_by_url, part_paths
from hromada.report.view.formats import as_object, items_csv
from tests.properties import examples
from tests.unit.making import item, site, unit

H2 = parse_period("2021-H2")
CLOCK = Clock.parse("2022-01-15")
A, B = "content/images/a.jpg", "content/images/b.jpg"


def counted(items, pictures, period=H2, **changes):
    """The activity of a site whose items show these pictures, by the item's slug."""
    by_path = {one.path: pictures[one.slug] for one in items if one.slug in pictures}
    return count_from(EntryIndex.of(site(items, **changes), CLOCK, by_path), period)


def photos(items, pictures, **changes):
    return counted(items, pictures, **changes).get("photos")


def test_a_picture_shown_in_two_items_counts_twice():
    items = [item(slug="a"), item("2021-07-06", slug="b")]

    assert photos(items, {"a": (A, B), "b": (A,)}).value == 3


@pytest.mark.parametrize(
    ("one", "value"),
    [
        (item(slug="a"), 1),
        (item("2021-06-30 23:59", slug="a"), 0),
        (item("2021-12-31 23:59", slug="a"), 1),
        (item("2022-01-01", slug="a"), 0),
        (item("2022-01-16", slug="a"), 0),
        (item(slug="a", lang="en"), 0),
        (item(slug="a", status=Status.HIDDEN), 0),
        (item(slug="a", status=Status.DRAFT), 0),
        (item(slug="a", section="units/zhkh"), 1),
        (unit("a"), 0),
    ],
)
def test_only_pictures_of_counted_news_and_messages_count(one, value):
    assert count_from(EntryIndex.of(site([one]), CLOCK, {one.path: (A,)}), H2).get("photos").value == value


def test_parts_are_the_news_and_every_unit_of_the_period_with_zeros():
    items = [
        unit("zhkh", "Щит"), unit("likarnia", "Лікарня"), unit("old", "Колишній", closed=H2.first.replace(day=1, month=6)),
        item(slug="a"), item(slug="m", section="units/zhkh"),
    ]  # fmt: skip
    count = photos(items, {"a": (A, B), "m": (A,)})

    assert [(part.id, part.title, part.value) for part in count.parts] == [
        ("news", "Новини", 2), ("units/likarnia", "Лікарня", 0), ("units/zhkh", "Щит", 1),
    ]  # fmt: skip
    assert [value for _, value in count.months] == [3, 0, 0, 0, 0, 0]


def test_without_any_picture_the_figure_is_zero_with_its_parts_and_months():
    count = photos([unit("zhkh")], {})

    assert (count.value, [part.id for part in count.parts], len(count.months)) == (0, ["news", "units/zhkh"], 6)


def test_pictures_are_no_items_of_the_reconciliation():
    items = [item(slug="a"), item(slug="b", status=Status.DRAFT)]
    place = site(items)
    activity = counted(items, {"a": (A, B)})

    assert (activity.found, len(place.found)) == (2, 2)
    assert list(unaccounted_files(place)) == []
    assert list(sum_problems(activity, "x")) == []


def test_items_csv_has_a_line_for_each_picture_with_its_path():
    items = [item(slug="a", title="Субота"), item("2021-07-06", slug="m", section="units/zhkh", title="Вода")]
    lines = items_csv([photos(items, {"a": (B, A), "m": (A,)})], str).decode("utf-8-sig").split("\r\n")

    assert lines[1:] == [
        f"photos;2021-07-05;news;Субота;/news/a-2021-07-05/;{A};1",
        f"photos;2021-07-05;news;Субота;/news/a-2021-07-05/;{B};1",
        f"photos;2021-07-06;units/zhkh;Вода;/units/zhkh/m-2021-07-06/;{A};1",
        "",
    ]


def test_report_json_has_the_figure_like_any_other():
    (figure,) = [one for one in as_object(counted([item(slug="a")], {"a": (A, B)}))["figures"] if one["id"] == "photos"]

    assert (figure["value"], figure["parts"]) == (2, [{"id": "news", "title": "Новини", "value": 2}])
    assert figure["months"][0] == {"id": "2021-07", "value": 2}
    assert sum(month["value"] for month in figure["months"]) == 2


def test_a_list_has_one_line_for_an_item_with_the_number_of_its_pictures():
    items = [item(slug="a"), item("2021-07-06", slug="b")]
    count = photos(items, {"a": (A, B), "b": (A,)})
    (page,) = EntryListBuilder("/reports/x/", {"news": "Новини"}, {one.address for one in items}).pages_of(count)
    (group,) = [group for group in page.groups if group.entries]

    assert [(entry.path_or_url, entry.count, entry.source) for entry in group.entries] == [
        ("/news/a-2021-07-05/", 2, f"{A} і ще 1"), ("/news/b-2021-07-06/", 1, A),
    ]  # fmt: skip
    assert group.value == page.value == count.value == 3
    assert part_paths(count, "/reports/x/") == {"news": "/reports/x/photos/#part-news"}
    assert len(list(mentions_by_url([count], "/reports/x/", {}))) == 2


def test_a_long_list_has_a_page_for_each_section_and_month():
    items = [item(f"2021-{7 + n % 6:02d}-10", slug=f"n{n}", section=("news", "units/zhkh")[n % 2]) for n in range(60)]
    count = photos([unit("zhkh"), *items], {one.slug: (A, B) for one in items})
    pages = list(EntryListBuilder("/reports/x/", {}, {one.address for one in items}).pages_of(count))

    assert is_long(count)
    assert {"/reports/x/photos/parts/news/", "/reports/x/photos/parts/units/zhkh/"} <= {page.path for page in pages}
    assert sum(page.value for page in pages if "/months/" in page.path) == count.value == 120


@examples(0.6)
@given(
    st.lists(
        st.tuples(
            st.dates(H2.first, H2.last),
            st.sampled_from(["news", "units/a", "units/b"]),
            st.sets(st.sampled_from([A, B])),
        ),
        max_size=12,
    )
)
def test_parts_and_months_always_sum_to_the_value(drawn):
    items = [item(str(day), slug=f"n{index}", section=section) for index, (day, section, _) in enumerate(drawn)]
    shown = {one.slug: tuple(sorted(paths)) for one, (_, _, paths) in zip(items, drawn, strict=True)}
    count = photos([unit("a"), unit("b"), *items], shown)

    assert count.value == sum(map(len, shown.values()))
    assert sum(part.value for part in count.parts) == count.value == sum(value for _, value in count.months)
    assert sum(entry.count for entry in count.as_listed.entries) == count.value


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ({"section": ("news",)}, 2),
        ({"section": ("units/zhkh",)}, 1),
        ({"unit": ("zhkh",)}, 1),
        ({"category": ("podii",)}, 2),
        ({"category": ("osvita",)}, 0),
    ],
)
def test_further_figures_select_pictures_by_section_unit_and_category(where, value):
    specs = (*standard_figures(()), FigureSpec("own", "Свій", "photos", where=where))
    items = [unit("zhkh"), item(slug="a", category="Події"), item(slug="m", section="units/zhkh")]

    assert counted(items, {"a": (A, B), "m": (A,)}, figures=Figures(specs)).get("own").value == value


def test_one_picture_in_two_items_is_no_overlap_of_a_sum():
    specs = (*standard_figures(()), FigureSpec("all", "Усе", total_of=("news", "photos")))
    activity = counted(
        [item(slug="a"), item(slug="b", path="content/news/b.md")], {"a": (A,), "b": (A,)}, figures=Figures(specs)
    )

    assert activity.get("all").value == 4
    assert list(overlapping_sums(activity, "x")) == []


def test_a_period_with_news_but_without_pictures_is_compared_as_zero():
    items = [item("2021-01-10", slug="old"), item(slug="a")]
    entry_index = EntryIndex.of(site(items), CLOCK, {items[1].path: (A, B)})
    before = Earlier(count_from(entry_index, parse_period("2021-H1")), "2")
    (column,) = compare(count_from(entry_index, H2), {"previous": before}, entry_index)

    assert (column.cells["photos"].base, column.cells["photos"].value) == (0, 2)


def test_a_period_without_any_item_has_no_data_of_pictures():
    items = [item("2021-08-10", slug="a")]
    entry_index = EntryIndex.of(site(items), CLOCK, {items[0].path: (A,)})
    before = Earlier(count_from(entry_index, parse_period("2021-H1")), "2")

    assert compare(count_from(entry_index, H2), {"previous": before}, entry_index) == ()
