from datetime import datetime

import pytest
from msgspec.structs import replace as with_fields

from hromada.domain.figure import Figures, FigureSpec, standard_figures
from hromada.domain.item import Status
from hromada.report.approval.approval_diff import ChangeKind
from hromada.report.approval.approved_report import Signing, new_version
from hromada.report.approval.reader import read_approval
from hromada.report.approval.report_state import ReportStates, approval_problems
from hromada.report.approval.writer import approval_path, with_digest, write_approval
from hromada.report.count.entry_index import EntryIndex
from hromada.report.view.formats import as_object, items_csv
from tests.unit.making import item, replace, site, unit
from tests.unit.report.approving import CLOCK, H2, SIGNATURE, approved, report

A, B, C = (f"content/images/{name}.jpg" for name in "abc")
NEWS = item("2021-07-05", slug="n", title="Свято", path="content/news/n.md", category="Події")
MESSAGE = item("2021-09-05", section="units/zhkh", slug="m", title="Вода", path="content/units/zhkh/m.md")
UNIT = unit("zhkh", "Відділ")
SHOWN = {NEWS.path: (A, B), MESSAGE.path: (A,)}


def states(items, pictures, approvals=None, **changes):
    place = site([report(), UNIT, *items], **changes)
    return ReportStates(EntryIndex.of(place, CLOCK, pictures), approvals or {}), place


def version_of(items, pictures, ids=None, **changes):
    """The report approved as it is now; with the figures of these ids only, if any are given."""
    made, place = states(items, pictures, **changes)
    text = place.items[0]
    today = made.today(text)
    counts = tuple(count for count in today.activity.counts if ids is None or count.id in ids)
    by_address = {one.address: one for one in place.items}
    activity = with_fields(today.activity, counts=counts)
    return with_digest(new_version(text, activity, place.figures.nouns, by_address, (), Signing(SIGNATURE, "c" * 40)))


def changes(version, items, pictures, **changed):
    made, place = states(items, pictures, {H2.id: approved(version)}, **changed)
    state = made.current(place.items[0])
    return [(change.what, change.title, change.why or change.detail) for change in state.changes], state


def test_an_approval_keeps_every_picture_and_is_read_back_whole():
    version = version_of([NEWS, MESSAGE], SHOWN)
    raw = write_approval(approved(version))
    back = read_approval(approval_path(H2), raw)

    assert write_approval(back) == raw
    assert as_object(back.current.activity) == as_object(version.activity)
    assert items_csv(back.current.activity.counts, str) == items_csv(version.activity.counts, str)
    assert {part.id: part.value for part in back.current.activity.get("photos").parts} == {"news": 2, "units/zhkh": 1}


def test_a_report_approved_without_the_figure_stays_approved_and_without_it():
    version = version_of([NEWS, MESSAGE], {}, ids=("news", "unit-pages", "unit-messages"))
    found, state = changes(version, [NEWS, MESSAGE], SHOWN)

    assert (found, state.status, state.activity.get("photos")) == ([], "approved", None)
    assert state.counted.get("photos").value == 3


def test_nothing_happened_to_the_pictures():
    found, state = changes(version_of([NEWS, MESSAGE], SHOWN), [NEWS, MESSAGE], SHOWN)

    assert (found, state.status) == ([], "approved")


@pytest.mark.parametrize(
    ("pictures", "detail"),
    [((A, B, C), "світлин: 2 → 3"), ((A,), "світлин: 2 → 1"), ((), "світлин: 2 → 0")],
)
def test_another_number_of_pictures_is_one_change_of_the_item(pictures, detail):
    found, state = changes(version_of([NEWS, MESSAGE], SHOWN), [NEWS, MESSAGE], SHOWN | {NEWS.path: pictures})

    assert (found, state.status) == ([(ChangeKind.COUNT_CHANGED, "Свято", detail)], "changed")
    assert all(problem.line == 1 for problem in approval_problems(state))


def test_first_pictures_of_an_approved_item_are_a_change_of_it():
    found, _ = changes(version_of([NEWS], {}), [NEWS], {NEWS.path: (A, B)})

    assert found == [(ChangeKind.COUNT_CHANGED, "Свято", "світлин: 0 → 2")]


def test_another_picture_in_place_of_one_changes_no_number():
    found, state = changes(version_of([NEWS], {NEWS.path: (A, B)}), [NEWS], {NEWS.path: (A, C)})

    assert (found, state.status) == ([], "approved")


@pytest.mark.parametrize(
    ("changed", "pictures", "expected"),
    [
        ({"status": Status.HIDDEN}, {}, [(ChangeKind.REMOVED, "Свято", "тепер приховано")]),
        ({"when": datetime(2022, 1, 1)}, {NEWS.path: (A, B)}, [(ChangeKind.DATE_CHANGED, "Свято", "05.07.2021 → 01.01.2022")]),
        ({"when": datetime(2021, 8, 1)}, {NEWS.path: (A, B)}, [(ChangeKind.DATE_CHANGED, "Свято", "05.07.2021 → 01.08.2021")]),
        ({"title": "Свято громади"}, {NEWS.path: (A, B)}, [(ChangeKind.TITLE_CHANGED, "Свято громади", "було «Свято»")]),
    ],
)  # fmt: skip
def test_a_change_of_the_item_is_told_once_and_not_for_its_pictures(changed, pictures, expected):
    version = version_of([NEWS, MESSAGE], SHOWN)
    found, _ = changes(version, [replace(NEWS, **changed), MESSAGE], {MESSAGE.path: (A,)} | pictures)

    assert found == expected


def test_a_new_item_with_pictures_is_one_change():
    version = version_of([NEWS], {NEWS.path: (A,)})
    found, _ = changes(version, [NEWS, MESSAGE], SHOWN | {NEWS.path: (A,)})

    assert found == [(ChangeKind.ADDED, "Вода", "")]


def test_pictures_follow_their_renamed_item():
    renamed = replace(NEWS, address="/news/sviato-2021-07-05/", path="content/news/sviato.md")
    found, _ = changes(version_of([NEWS], {NEWS.path: (A, B)}), [renamed], {renamed.path: (A, B)})

    assert [what for what, _, _ in found] == [ChangeKind.MOVED]
    found, _ = changes(version_of([NEWS], {NEWS.path: (A, B)}), [renamed], {renamed.path: (A,)})
    assert [what for what, _, _ in found] == [ChangeKind.MOVED]


def test_an_item_in_another_category_changes_the_figures_of_pictures_that_select_by_it():
    own = FigureSpec("own", "Світлини подій", "photos", where={"category": ("podii",)})
    figures, shown = Figures((*standard_figures(()), own)), {NEWS.path: (A, B)}
    version = version_of([NEWS], shown, figures=figures)
    found, _ = changes(version, [replace(NEWS, category="Освіта")], shown, figures=figures)

    assert (ChangeKind.FIGURE_CHANGED, "Світлини подій", "2 → 0") in found
