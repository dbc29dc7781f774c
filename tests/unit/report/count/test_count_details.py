"""What a count holds beside its numbers: parts and their titles, the order of entries, what is frozen by an approval."""

from datetime import date

import pytest

from hromada.domain.dates import Clock
from hromada.domain.figure import Figures, FigureSpec
from hromada.domain.item import Status
from hromada.domain.period import parse_period
from hromada.report.count.activity import ActivePeriod, FigurePart
from hromada.report.count.counting import count_activity, count_from
from hromada.report.count.entry_index import EntryIndex, KnownParts, by_day_and_source
from tests.unit.making import item, replace, row, site, unit

H2 = parse_period("2021-H2")
CLOCK = Clock.parse("2022-01-15")


def counted(*specs, items=(), rows=(), **changes):
    """The last of these figures."""
    return count_activity(site(list(items), list(rows), figures=Figures(specs), **changes), H2, CLOCK).counts[-1]


POSTS = FigureSpec("posts", "Дописи", "register:social", where={"kind": ("допис",)})
FILMS = FigureSpec("films", "Відео", "register:social", where={"kind": ("відео",)})
NEWS = FigureSpec("news", "Новини", "news")


# --- sums -----------------------------------------------------------------------------------------------------------


def test_a_sum_of_figures_split_alike_holds_their_parts_together():
    rows = [row(line=2), row(kind="відео", line=3), row(account="okruh", kind="відео", line=4)]
    total = counted(POSTS, FILMS, FigureSpec("all", "Разом", total_of=("posts", "films")), rows=rows)

    assert total.parts == (
        FigurePart("rada", "Рада", (rows[0], rows[1])), FigurePart("okruh", "Округ", (rows[2],)), FigurePart("likarnia", "Лікарня", ()),
    )  # fmt: skip


def test_a_sum_of_figures_split_otherwise_has_the_figures_for_its_parts():
    news, posts = item(), [row(line=2), row(line=3)]
    total = counted(NEWS, POSTS, FigureSpec("all", "Разом", total_of=("news", "posts")), items=[news], rows=posts)

    assert [(part.id, part.title, part.value) for part in total.parts] == [
        ("news", "Новини", 1),
        ("posts", "Дописи", 2),
    ]
    assert [entry.source for part in total.parts for entry in part.entries] == [
        "news",
        "register:social",
        "register:social",
    ]


def test_the_entries_of_a_sum_are_in_the_order_of_days_and_places_whatever_the_hour():
    late, early = row("2021-07-05T18:00", line=2), row("2021-07-05T09:00", kind="відео", line=3)
    total = counted(POSTS, FILMS, FigureSpec("all", "Разом", total_of=("films", "posts")), rows=[early, late])

    assert total.entries == (late, early)


# --- parts ----------------------------------------------------------------------------------------------------------


def test_what_names_no_part_is_called_so_and_comes_last():
    rows = [
        row(register="monitoring", line=2),
        row(register="monitoring", line=3, traits={"kind": "yi", "kind-title": "Їжа"}),
        row(register="monitoring", line=4, traits={"kind": "abc"}),
    ]
    count = counted(FigureSpec("monitoring", "Огляди", "register:monitoring"), rows=rows)

    assert count.parts == (
        FigurePart("abc", "abc", (rows[2],)),
        FigurePart("yi", "Їжа", (rows[1],)),
        FigurePart("inshe", "Не вказано", (rows[0],)),
    )


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({"where": {"account": ("okruh",)}}, ["okruh"]),
        ({"where": {"group": ("other", "main")}}, ["rada", "likarnia"]),
        ({"where_not": {"account": ("rada",)}}, ["okruh", "likarnia"]),
        ({"where_not": {"group": ("starosta",)}}, ["rada", "likarnia"]),
        ({"where": {"group": ("main", "other")}, "where_not": {"account": ("rada",)}}, ["likarnia"]),
        ({}, ["rada", "okruh", "likarnia"]),
    ],
)
def test_the_accounts_that_a_figure_may_hold_are_shown_with_a_zero(chosen, shown):
    count = counted(FigureSpec("social", "Соцмережі", "register:social", **chosen))

    assert [(part.id, part.value) for part in count.parts] == [(id, 0) for id in shown]


@pytest.mark.parametrize(("chosen", "number"), [({"where": {"theme": ("",)}}, 1), ({"where_not": {"theme": ("",)}}, 2)])
def test_a_blank_value_selects_what_has_no_such_trait(chosen, number):
    rows = [
        row(register="monitoring", line=line, traits=traits)
        for line, traits in ((2, {}), (3, {"theme": "a"}), (4, {"theme": "b"}))
    ]

    assert counted(FigureSpec("x", "x", "register:monitoring", **chosen), rows=rows).value == number


def test_units_are_shown_with_a_zero_where_nothing_is_selected_and_only_those_of_the_period():
    items = [unit("a", "А"), unit("b", "Б", closed=date(2021, 6, 30))]
    messages = FigureSpec("unit-messages", "Повідомлення", "unit-messages")

    assert [part.id for part in counted(messages, items=items).parts] == ["a"]
    assert counted(replace(messages, where={"category": ("x",)}), items=items).parts == ()
    assert counted(replace(messages, where_not={"category": ("x",)}), items=items).parts == ()


def test_every_possible_part_has_its_title():
    rows = [
        row(register="newspaper", traits={"newspaper": "visti", "newspaper-title": "Вісті"}),
        row(register="newspaper", line=3, traits={"newspaper": "visti", "newspaper-title": "ВІСТІ"}),
        row(register="newspaper", line=4, traits={"newspaper": "bez-nazvy"}),
        row(register="monitoring", line=5, traits={"kind": "ohliad", "kind-title": "Огляд"}),
    ]
    place = site([unit("a", "Щит"), item(category="Освіта")], rows)
    parts = KnownParts.of(place)

    assert {trait: dict(titles) for trait, titles in parts.titles.items()} == {
        "category": {"osvita": "Освіта", "bez-rubryky": "Без рубрики"},
        "unit": {"a": "Щит"},
        "account": {"rada": "Рада", "okruh": "Округ", "likarnia": "Лікарня"},
        "newspaper": {"visti": "Вісті"},
        "kind": {"unit": "Структурні підрозділи", "partner": "Організації", "ohliad": "Огляд"},
        "section": {"news": "Новини", "units/a": "Щит"},
    }
    assert parts.units == (place.items[0],)
    assert parts.groups == {"rada": "main", "okruh": "starosta", "likarnia": "other"}


# --- what stands beside the numbers ---------------------------------------------------------------------------------


def test_stories_are_counted_by_account_within_the_window_of_social():
    rows = [
        row("2020-07-05", kind="сторіз", line=2),
        row(kind="сторіз", line=3, count=4),
        row(account="okruh", kind="сторіз", line=4),
        row(kind="репост", line=5),
        row(line=6),
    ]
    place = site(rows=rows)

    assert count_activity(place, H2, CLOCK).stories == {"rada": 4, "okruh": 1}
    windows = {"social": parse_period("2020-07-01..2021-12-31")}
    assert count_activity(place, H2, CLOCK, windows).stories == {"rada": 5, "okruh": 1}


def test_the_networks_of_the_accounts_and_the_lives_of_the_pages_stand_beside():
    units = [
        unit("a"), unit("b", opened=date(2021, 7, 2)), unit("c", closed=date(2021, 12, 30)), unit("d", closed=date(2021, 6, 30)),
        unit("e", opened=date(2021, 7, 1), closed=date(2021, 12, 31)),
    ]  # fmt: skip
    activity = count_activity(site(units), H2, CLOCK)

    assert activity.networks == {"rada": ("facebook", "instagram"), "okruh": ("facebook",), "likarnia": ("facebook",)}
    assert activity.active_periods == {
        "b": ActivePeriod(date(2021, 7, 2), None),
        "c": ActivePeriod(None, date(2021, 12, 30)),
    }
    year = count_activity(site(units), H2, CLOCK, {"unit-messages": parse_period("2021")})
    assert year.active_periods.keys() == {"b", "c", "d", "e"}


def test_a_register_line_says_where_every_row_went():
    rows = [
        row(line=2),
        row(kind="репост", line=3),
        row("2022-02-01", line=4),
        row("2021-06-30", line=5),
        row("2020-01-01", line=6),
    ]
    (line,) = [line for line in count_activity(site(rows=rows), H2, CLOCK).registers if line.id == "social"]

    assert (line.rows, line.counted, line.excluded, line.scheduled, line.outside) == (5, 1, 1, 1, 2)


@pytest.mark.parametrize(("moment", "as_of"), [("2021-09-01", date(2021, 9, 1)), ("2022-03-01", date(2021, 12, 31))])
def test_an_unfinished_period_is_as_of_today_and_a_finished_one_as_of_its_end(moment, as_of):
    assert count_activity(site(), H2, Clock.parse(moment)).as_of == as_of


def test_no_bucket_of_the_reconciliation_is_for_what_stands_apart_and_registers_have_lines_of_their_own():
    items = [item(slug="a"), item("2020-01-01", slug="b"), item(slug="c", status=Status.HIDDEN)]
    activity = count_activity(site(items, [row()]), H2, CLOCK)

    assert {bucket.name: number for bucket, number in activity.reconciliation.items()} == {
        "DRAFT": 0, "HIDDEN": 1, "TRANSLATION": 0, "SCHEDULED": 0, "OUTSIDE": 1, "COUNTED": 1,
    }  # fmt: skip
    assert activity.found == 3


# --- the archive ----------------------------------------------------------------------------------------------------


def test_entries_are_in_the_order_of_days_then_places_and_what_has_no_day_comes_first():
    rows = [row("2021-07-05", line=3), row("2021-07-05", line=2), row("2021-07-04", line=9)]
    undated = row()._replace(when=None)

    assert sorted([*rows, undated], key=by_day_and_source) == [undated, rows[2], rows[1], rows[0]]


def test_an_archive_begins_with_its_first_due_entry_or_nowhere():
    rows = [row("2021-03-05"), row("2021-02-01", register="newspaper")]

    assert EntryIndex.of(site(), CLOCK).earliest is None
    assert EntryIndex.of(site(rows=rows), CLOCK).earliest == date(2021, 2, 1)
    assert EntryIndex.of(site([item(None, status=Status.DRAFT)]), CLOCK).earliest is None
    assert EntryIndex.of(site(rows=rows), CLOCK).entry_list("register:social").earliest == date(2021, 3, 5)
    assert EntryIndex.of(site(rows=rows), CLOCK).entry_list("news").earliest is None


def test_only_what_is_not_published_and_no_translation_is_told_to_editors():
    items = [
        item(slug="a"), item(slug="b", status=Status.DRAFT), item(slug="c", lang="en"), item("2023-01-01", slug="d"),
        unit("u", status=Status.HIDDEN), unit("v"),
    ]  # fmt: skip
    archive = EntryIndex.of(site(items), CLOCK)

    assert [(entry.location.path, bucket.name) for entry, bucket in archive.unpublished] == [
        ("content/units/u/index.md", "HIDDEN"), ("content/news/b.md", "DRAFT"), ("content/news/d.md", "SCHEDULED"),
    ]  # fmt: skip
    assert archive.entry_list("news").tally(H2) == {
        bucket: {"DRAFT": 1, "TRANSLATION": 1, "SCHEDULED": 1, "COUNTED": 1}.get(bucket.name, 0) for bucket in archive.entry_list("news").tally(H2)
    }  # fmt: skip


def test_several_periods_are_counted_from_one_archive_as_each_is_alone():
    place = site([item("2021-03-05", slug="a"), item("2021-08-05", slug="b")], [row()])
    archive = EntryIndex.of(place, CLOCK)

    for name in ("2021-H1", "2021-H2", "2021"):
        assert count_from(archive, parse_period(name)) == count_activity(place, parse_period(name), CLOCK)
