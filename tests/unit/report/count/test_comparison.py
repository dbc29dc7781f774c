from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.dates import Clock
from hromada.domain.figure import Figures, FigureSpec, standard_figures
from hromada.domain.item import Status
from hromada.domain.numerals import NOUNS
from hromada.domain.period import parse_period
from hromada.report.approval.approved_report import Approval
from hromada.report.approval.report_state import ReportStates
from hromada.report.approval.writer import approval_path
from hromada.report.count.comparison import Difference
from hromada.report.count.entry_index import EntryIndex
from hromada.report.text.placeholders import PlaceholderRefused, render_number
from hromada.report.view.build_view import comparison_view
from tests.unit.making import item, replace, row, site, unit
from tests.unit.report.approving import CLOCK, report, version_of

H1 = parse_period("2021-H1")


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "base", "signed", "percent"),
    [
        (631, 573, "+58", "+10,1 %"),
        (573, 631, "−58", "−9,2 %"),
        (5, 5, "0", "стільки ж"),
        (0, 0, "0", "стільки ж"),
        (5, 0, "+5", "було 0"),
        (0, 5, "−5", "стало 0"),
        (3, 2, "+1", "у 1,5 раза більше"),
        (149, 100, "+49", "+49,0 %"),
        (150, 100, "+50", "у 1,5 раза більше"),
        (10, 5, "+5", "у 2 рази більше"),
        (5, 10, "−5", "у 2 рази менше"),
        (50, 10, "+40", "у 5 разів більше"),
        (210, 10, "+200", "у 21 раз більше"),
        (2345, 1000, "+1 345", "у 2,3 раза більше"),
        (10_001, 10_000, "+1", "менш ніж 0,1 %"),
    ],
)
def test_a_difference_is_said_in_numbers(value, base, signed, percent):
    difference = Difference(value, base)

    assert (plain(difference.signed), plain(difference.percent)) == (signed, percent)


@pytest.mark.parametrize(
    ("value", "base", "words"),
    [
        (631, 573, "на 58 публікацій (10,1 %) більше, ніж за I півріччя 2021 року"),
        (573, 574, "на 1 публікацію (0,2 %) менше, ніж за I півріччя 2021 року"),
        (102, 100, "на 2 публікації (2,0 %) більше, ніж за I півріччя 2021 року"),
        (5, 5, "стільки ж, скільки за I півріччя 2021 року"),
        (5, 0, "на 5 публікацій більше, ніж за I півріччя 2021 року, коли не було жодної публікації"),
        (0, 21, "на 21 публікацію менше, ніж за I півріччя 2021 року"),
        (30, 20, "у 1,5 раза більше, ніж за I півріччя 2021 року"),
        (20, 40, "у 2 рази менше, ніж за I півріччя 2021 року"),
    ],
)
def test_a_difference_is_said_in_words(value, base, words):
    assert plain(Difference(value, base).sentence(NOUNS["публікація"], H1)) == words


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_sign_tells_the_direction(value, base):
    signed = Difference(value, base).signed.replace("\u00a0", "").replace("−", "-")

    assert int(signed) == value - base


def report_state(place, approvals=None, period="2021-h2"):
    text = next(one for one in place.items if one.address == f"/reports/{period}/")
    return ReportStates(EntryIndex.of(place, CLOCK), approvals or {}).current(text)


def columns(place, **more):
    return {one.name: one for one in report_state(place, **more).comparison}


WHOLE = [
    item("2020-01-01", slug="z"),
    item("2020-08-01", section="units/u", slug="y"),
    item("2021-02-01", slug="a"),
    item("2021-08-01", slug="b"),
    item("2021-09-01", slug="c"),
]


def test_a_half_year_is_compared_with_the_one_before_and_with_the_same_a_year_before():
    found = columns(site([report(), *WHOLE]))

    assert [(name, one.period.id, one.cells["news"].base) for name, one in found.items()] == [
        ("previous", "2021-H1", 1), ("year-before", "2020-H2", 0),
    ]  # fmt: skip
    assert found["previous"].news == (0, 1, 0, 0, 0, 0)
    assert found["previous"].cells["news"].since is None


GAP = [item("2021-03-14", slug="a"), item("2026-01-10", slug="b"), unit("u")]


def in_2026(*more, rows=()):
    """The report of the first half of 2026, read in July, where the archive has a gap before it."""
    place = site([report("2026-H1"), *GAP, *more], list(rows))
    text = next(one for one in place.items if one.address == "/reports/2026-h1/")
    return ReportStates(EntryIndex.of(place, Clock.parse("2026-07-15")), {}).current(text)


def test_of_a_gap_in_the_archive_no_number_is_stated_and_one_sentence_says_so():
    gap = in_2026(rows=[row("2021-08-01", register="requests"), row("2026-02-01", register="requests", line=3)])
    view = comparison_view(gap, lambda period: "")

    assert [one.is_empty for one in gap.comparison] == [True, True]
    assert (view.periods, view.rows) == ((), ())
    assert view.notes == (
        "В архіві немає жодного матеріалу за II півріччя 2025 року і за I півріччя 2025 року,"
        " тож порівняти з ними не можна.",
    )


def test_a_gap_beside_a_period_that_is_held_has_no_column():
    gap = in_2026(item("2025-03-01", slug="c"))
    view = comparison_view(gap, lambda period: "")

    assert [one.id for one in view.periods] == ["year-before"]
    assert [note for note in view.notes if "2025" in note][-1] == (
        "В архіві немає жодного матеріалу за II півріччя 2025 року, тож порівняти з ним не можна."
    )
    assert all(len(one.cells) == 1 for one in view.rows)


def test_pages_alone_do_not_stand_for_a_period_without_entries():
    cell = in_2026().comparison[0].cells["unit-pages"]

    assert (cell.base, cell.note) == (None, "немає даних")


def test_a_register_without_a_row_of_the_period_has_no_data_and_a_silent_section_of_the_site_is_zero():
    later = unit("u"), item("2021-04-01", section="units/u", slug="m"), item("2025-08-01", slug="c")
    rows = [row("2021-08-01", register="requests"), row("2026-02-01", register="requests", line=3)]
    cells = in_2026(*later, rows=rows).comparison[0].cells

    assert (cells["unit-messages"].base, cells["unit-pages"].base) == (0, 1)
    assert (cells["requests"].base, cells["requests"].note) == (None, "немає даних")


def test_rows_without_data_are_explained_once_for_all_columns():
    view = comparison_view(in_2026(item("2025-03-01", slug="c"), item("2025-08-01", slug="d")), lambda period: "")

    assert [note for note in view.notes if note.startswith("«Немає даних»")] == [
        "«Немає даних»: за II півріччя 2025 року і за I півріччя 2025 року в архіві немає жодного матеріалу для цього рядка."
    ]


def test_a_year_is_compared_once():
    found = columns(site([report("2021"), *WHOLE]), period="2021")

    assert [(name, one.period.id) for name, one in found.items()] == [("previous", "2020")]


def test_where_the_content_has_nothing_there_is_no_comparison():
    assert columns(site([report(), item("2021-08-01"), unit("a")])) == {}


def test_partial_coverage_is_said():
    place = site([report(), item("2021-03-14", slug="a"), item("2021-08-01", slug="b")])
    (column,) = columns(place).values()

    assert column.news == (None, None, None, 0, 0, 0)
    assert (column.cells["news"].since, column.cells["news"].percent) == (date(2021, 3, 14), "неповні дані")
    assert say("news.previous", place) == (
        "стільки ж, скільки за I півріччя 2021 року (архів починається 14 березня 2021 року)"
    )
    notes = plain(" ".join(comparison_view(report_state(place), lambda period: "").notes))
    assert (
        "не весь період: архів ведеться з 14 березня 2021 року (публікації у розділі «Новини», світлини в новинах і повідомленнях)"
        in notes
    )


def test_an_incomplete_earlier_archive_is_said():
    place = site([report(), report("2021-H1", complete=False), *WHOLE])
    notes = comparison_view(report_state(place), lambda period: "").notes

    assert "Архів за I півріччя 2021 року неповний." in notes


def test_a_register_that_begins_later_is_not_compared_and_says_why():
    place = site([report(), *WHOLE], [row("2021-07-02")])
    cell = columns(place)["previous"].cells["social"]

    assert (cell.base, cell.note) == (None, "немає даних")


def test_a_figure_with_its_own_window_is_not_compared():
    place = site([report(windows={"newspaper": parse_period("2020-07-01..2021-12-31")}), *WHOLE],
                 [row("2021-01-05", register="newspaper"), row("2021-08-05", register="newspaper", line=3)])  # fmt: skip

    assert columns(place)["previous"].cells["newspaper"] == Difference(1 + 1, None, "має власний період")


def approved_h1(place, **changes):
    """The first half-year's report, approved as it is now."""
    text = next(one for one in place.items if one.address == "/reports/2021-h1/")
    version = version_of(replace(place, items=(text, *(one for one in place.items if one.kind != "report"))))
    return {"2021-H1": Approval(approval_path(H1), H1, (replace(version, **changes),))}


def test_a_hidden_earlier_report_keeps_its_approval_and_its_completeness():
    place = site([report(), report("2021-H1"), *WHOLE])
    hidden = replace(report("2021-H1", complete=False), status=Status.HIDDEN)
    now = site([report(), hidden, *WHOLE, item("2021-03-03", slug="late")])

    assert report_state(now, approved_h1(place)).comparison[0].cells["news"].base == 1
    assert report_state(now).comparison[0].complete is False


def test_a_figure_that_was_defined_otherwise_is_not_compared():
    ads = FigureSpec("ads", "Оголошення", "news", where={"category": ("oholoshennia",)})
    wider = replace(ads, where={"category": ("oholoshennia", "podii")})
    before = site([report(), report("2021-H1"), *WHOLE], figures=Figures((*standard_figures(()), ads)))
    now = site([report(), report("2021-H1"), *WHOLE], figures=Figures((*standard_figures(()), wider)))
    cells = report_state(now, approved_h1(before)).comparison[0].cells

    assert (cells["ads"].base, cells["ads"].note, cells["news"].base) == (None, "визначено інакше", 1)


def test_either_name_leads_to_the_year_before():
    place = site([report("2021"), *WHOLE])
    found = report_state(place, period="2021")
    words = [plain(render_number(f"news.{name}", found.activity, found.figures, found.comparison).text)
             for name in ("previous", "year-before")]  # fmt: skip

    assert words[0] == words[1] == "у 3 рази більше, ніж за 2020 рік"


@pytest.mark.parametrize(
    ("changes", "clock", "words"),
    [
        ({"complete": False}, CLOCK, "на 1 публікацію більше, ніж за I півріччя 2021 року (архів неповний)"),
        ({}, Clock.parse("2021-10-01"),
         "на 1 публікацію більше, ніж за I півріччя 2021 року (період звіту ще триває)"),
    ],
)  # fmt: skip
def test_a_sentence_says_what_is_partial_and_makes_no_percentage_of_it(changes, clock, words):
    place = site([report(), report("2021-H1", **changes), *WHOLE])
    found = ReportStates(EntryIndex.of(place, clock), {}).current(place.items[0])

    assert plain(render_number("news.previous", found.activity, found.figures, found.comparison).text) == words
    assert found.comparison[0].cells["news"].percent == "неповні дані"


def test_an_approved_earlier_period_gives_its_approved_figures():
    place = site([report(), report("2021-H1"), *WHOLE])
    later = site([report(), report("2021-H1"), *WHOLE, item("2021-03-03", slug="late")])
    found = report_state(later, approved_h1(place)).comparison[0]

    assert (found.approved, found.cells["news"].base) == (True, 1)


def test_a_comparison_across_a_change_of_rules_says_so():
    place = site([report(), report("2021-H1"), *WHOLE])
    notes = comparison_view(report_state(place, approved_h1(place, rules_version="0")), lambda period: "").notes

    assert any("Правила підрахунку змінилися: за I півріччя 2021 року рахували за версією 0" in note for note in notes)
    assert not any("Правила" in n for n in comparison_view(report_state(place, approved_h1(place)), lambda p: "").notes)


def test_an_unfinished_period_says_that_it_is_compared_in_part():
    place = site([report(), *WHOLE])
    early = ReportStates(EntryIndex.of(place, replace(CLOCK, moment=datetime(2021, 9, 1))), {}).current(place.items[0])

    assert "Період звіту ще триває" in " ".join(comparison_view(early, lambda period: "").notes)
    assert early.activity.as_of == date(2021, 9, 1)


def say(inside, place):
    found = report_state(place)
    return plain(render_number(inside, found.activity, found.figures, found.comparison).text)


def test_a_text_compares_where_its_author_asks():
    place = site([report(), *WHOLE])

    assert say("news.previous", place) == "у 2 рази більше, ніж за I півріччя 2021 року"
    assert say("news.year-before", place) == (
        "на 2 публікації більше, ніж за II півріччя 2020 року, коли не було жодної публікації"
    )


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("social.previous", "placeholder-comparison"),
        ("news.next", "placeholder-unknown"),
        ("newz.previous", "placeholder-unknown"),
        ("news.previous зн.", "placeholder-case"),
    ],
)
def test_what_cannot_be_compared_is_refused(inside, code):
    with pytest.raises(PlaceholderRefused) as refused:
        say(inside, site([report(), *WHOLE]))

    assert refused.value.code == code
