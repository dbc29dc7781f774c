import pytest

from hromada.domain.dates import Clock
from hromada.domain.figure import Figures, FigureSpec
from hromada.domain.period import Month, parse_period
from hromada.domain.problem import Problem, warning
from hromada.report.count.activity import Count, FigurePart, RegisterLine
from hromada.report.count.counting import count_activity, overlapping_sums, sum_problems, unaccounted_files
from tests.unit.making import item, replace, row, site, unit

H2 = parse_period("2021-H2")
CLOCK = Clock.parse("2022-01-15")
PLACE = site([item(slug="a", path="content/news/a.md"), item(slug="b", path="content/news/b.md")])


def named(problems):
    return [(one.path, one.code) for one in problems]


def test_every_found_file_is_accounted_for():
    assert list(unaccounted_files(PLACE)) == []


def test_a_file_that_was_found_and_not_counted_is_named():
    lost = replace(PLACE, found=(*PLACE.found, "content/news/c.md"))

    assert named(unaccounted_files(lost)) == [("content/news/c.md", "item-lost")]


def test_an_item_without_a_file_and_one_counted_twice_are_named():
    assert named(unaccounted_files(replace(PLACE, found=("content/news/a.md",)))) == [
        ("content/news/b.md", "item-lost")
    ]
    assert named(unaccounted_files(replace(PLACE, items=(*PLACE.items, PLACE.items[0])))) == [
        ("content/news/a.md", "item-lost")
    ]


def test_parts_that_do_not_make_the_total_refuse_with_the_entries_that_differ():
    activity = count_activity(PLACE, H2, CLOCK)
    news = activity.get("news")
    broken = replace(news, parts=(FigurePart("inshe", "Не вказано", news.entries[:1]),))
    faulty = replace(activity, counts=(broken,))
    (problem,) = sum_problems(faulty, "content/reports/x.md")

    assert list(sum_problems(activity, "content/reports/x.md")) == []
    assert (problem.path, problem.code) == ("content/reports/x.md", "does-not-add-up")
    assert "content/news/b.md:1" in problem.message
    assert "content/news/a.md:1" not in problem.message


def test_a_sum_of_figures_that_share_entries_is_a_warning():
    specs = (
        FigureSpec("ads", "Оголошення", "news", where={"category": ("oholoshennia",)}), FigureSpec("news", "Новини", "news"),
        FigureSpec("all", "Разом", total_of=("ads", "news")),
    )  # fmt: skip
    activity = count_activity(site([item(category="Оголошення")], figures=Figures(specs)), H2, CLOCK)
    (problem,) = overlapping_sums(activity, "content/reports/x.md")

    assert (problem.code, problem.level) == ("sum-overlaps", "warning")
    assert list(overlapping_sums(count_activity(PLACE, H2, CLOCK), "x")) == []


TELL = "повідомте розробників: число без переліку публікувати не можна"


def test_a_file_without_an_entry_and_an_entry_without_a_file_are_told_word_by_word():
    lost = replace(PLACE, found=("content/news/d.md", "content/news/a.md", "content/news/c.md"))

    assert list(unaccounted_files(lost)) == [
        Problem("content/news/c.md", 1, "item-lost", "файл знайдено, але у звірці його немає", TELL),
        Problem("content/news/d.md", 1, "item-lost", "файл знайдено, але у звірці його немає", TELL),
        Problem(
            "content/news/b.md", 1, "item-lost", "матеріал у звірці є, а файлу для нього немає або він там двічі", TELL
        ),
    ]


def test_rows_of_registers_are_no_files():
    assert list(unaccounted_files(site(PLACE.items, [row(line=2), row(line=3)]))) == []


@pytest.mark.parametrize("part", ["counted", "excluded", "scheduled", "outside"])
def test_a_register_whose_rows_are_not_where_they_went_is_told(part):
    line = RegisterLine("social", 10, 4, 3, 2, 1)
    activity = replace(count_activity(site(), H2, CLOCK), registers=(line,))
    broken = replace(activity, registers=(replace(line, **{part: getattr(line, part) + 1}),))

    assert list(sum_problems(activity, "content/reports/x.md")) == []
    assert list(sum_problems(broken, "content/reports/x.md")) == [
        Problem("content/reports/x.md", 1, "does-not-add-up", "рядки журналу «social» не сходяться: 10", TELL)
    ]


def test_months_that_do_not_make_the_total_are_told_with_all_three_numbers():
    news = count_activity(PLACE, H2, CLOCK).get("news")
    count = Count(news.spec, H2, news.entries, news.parts)
    vars(count)["months"] = ((Month(2021, 7), 1),)  # what is made once is kept there
    activity = replace(count_activity(site(), H2, CLOCK), counts=(count,))

    assert list(sum_problems(activity, "x.md")) == [
        Problem(
            "x.md", 1, "does-not-add-up",
            "«Публікації у розділі «Новини»»: 2, за частинами 2, за місяцями 1; різниця: немає", TELL,
        )
    ]  # fmt: skip


@pytest.mark.parametrize("extra", [True, False])
def test_every_entry_that_differs_is_named_whichever_side_has_it(extra):
    news = count_activity(PLACE, H2, CLOCK).get("news")
    entries = news.entries * 2 if extra else ()
    activity = replace(
        count_activity(site(), H2, CLOCK), counts=(replace(news, parts=(FigurePart("inshe", "Не вказано", entries),)),)
    )
    number = 4 if extra else 0

    assert [problem.message for problem in sum_problems(activity, "x.md")] == [
        f"«Публікації у розділі «Новини»»: 2, за частинами {number}, за місяцями 2;"
        " різниця: content/news/a.md:1, content/news/b.md:1"
    ]


def test_pages_have_no_months_that_could_differ():
    activity = count_activity(site([unit("a"), unit("b")]), H2, CLOCK)

    assert activity.get("unit-pages").value == 2
    assert list(sum_problems(activity, "x.md")) == []


def test_the_warning_of_a_sum_names_how_many_and_the_first():
    specs = (
        FigureSpec("ads", "Оголошення", "news", where={"category": ("oholoshennia",)}), FigureSpec("news", "Новини", "news"),
        FigureSpec("all", "Разом", total_of=("ads", "news")),
    )  # fmt: skip
    items = [item(category="Оголошення", slug=slug) for slug in "ab"] + [item(slug="c")]
    activity = count_activity(site(items, figures=Figures(specs)), H2, CLOCK)

    assert list(overlapping_sums(activity, "content/reports/x.md")) == [
        warning(
            "content/reports/x.md", 1, "sum-overlaps",
            "«Разом»: 2\N{NO-BREAK SPACE}матеріали враховано двічі, наприклад content/news/a.md:1",
            "складайте показники, які не мають спільних матеріалів",
        )
    ]  # fmt: skip


def test_only_a_sum_may_hold_an_entry_twice_by_its_authors_will():
    news = count_activity(PLACE, H2, CLOCK).get("news")
    activity = replace(count_activity(site(), H2, CLOCK), counts=(replace(news, entries=news.entries * 2),))

    assert list(overlapping_sums(activity, "x.md")) == []
