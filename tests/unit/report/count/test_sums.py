from hromada.domain.calendar import Clock
from hromada.domain.figure import Figures, FigureSpec
from hromada.domain.period import parse_period
from hromada.report.count.activity import FigurePart
from hromada.report.count.counting import count_activity
from hromada.report.count.sums import overlapping_sums, sum_problems, unaccounted_files
from tests.unit.making import item, replace, site

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
