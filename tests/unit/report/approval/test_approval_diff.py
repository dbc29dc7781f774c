from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.content_digest import VERSIONS, digest_by
from hromada.domain.entry import Visibility
from hromada.domain.figure import Figures, FigureSpec, standard_figures
from hromada.domain.item import Status
from hromada.domain.period import parse_period
from hromada.report.approval import approved_report
from hromada.report.approval.approval_diff import ChangeKind, CurrentEntries
from hromada.report.view.build_view import change_view
from tests.properties import examples
from tests.unit.making import item, replace, row, site, unit
from tests.unit.report.approving import approved, changes, current, report, version_of, with_items

A = item(
    "2021-07-05",
    slug="a",
    title="Перша",
    body="Текст.",
    path="content/news/2021-07-05-a.md",
    filename_date=date(2021, 7, 5),
)
B = item("2021-08-05", slug="b", title="Друга", path="content/news/2021-08-05-b.md", filename_date=date(2021, 8, 5))
M = item("2021-09-05", section="units/zhkh", slug="m", title="Графік", path="content/units/zhkh/2021-09-05-m.md")
ZHKH, LIKARNIA = unit("zhkh", "Відділ ЖКГ"), unit("likarnia", "Лікарня")
PLACE = site([report(), A, B, ZHKH, LIKARNIA, M])
ITEMS = {one.address: one for one in PLACE.items}


def after(*items, rows=None):
    return with_items(PLACE, *items, rows=rows)


def moved(one, section, **changed):
    address = one.address.replace(f"/{one.section}/", f"/{section}/")
    path = one.path.replace(f"/{one.section}/", f"/{section}/")
    kind = item("2021-07-05", section=section).kind
    return replace(one, kind=kind, section=section, address=address, path=path, **changed)


def test_nothing_happened():
    assert changes(PLACE, PLACE) == ([], "approved")


def test_a_new_item_of_the_period_came():
    new = item("2021-10-01", slug="n", title="Нова")

    assert changes(PLACE, after(A, B, ZHKH, LIKARNIA, M, new)) == ([(ChangeKind.ADDED, "Нова", "")], "changed")


def test_a_draft_without_date_and_address_is_nobodys_heir():
    draft = item(None, slug="d", title="Чернетка", status=Status.DRAFT, path="content/news/d.md")

    assert changes(after(A, draft), after(draft)) == ([(ChangeKind.REMOVED, "Перша", "файлу більше немає")], "changed")


def test_a_deleted_item_went_and_is_named_with_its_old_file():
    found = current(after(B, ZHKH, LIKARNIA, M), approved(version_of(PLACE)))

    (change,) = found.changes
    assert (change.what, change.title, change.detail, change.why, change.is_here) == (
        ChangeKind.REMOVED, "Перша", "більше не оприлюднено", "файлу більше немає", False,
    )  # fmt: skip
    assert (str(change.entry.location), found.status) == ("content/news/2021-07-05-a.md:1", "changed")
    assert [found.activity.get("news").value, found.counted.get("news").value] == [2, 1]


@pytest.mark.parametrize(
    ("changed", "expected", "status"),
    [
        ({"when": datetime(2021, 7, 6)}, [(ChangeKind.DATE_CHANGED, "Перша", "05.07.2021 → 06.07.2021")], "changed"),
        ({"when": datetime(2021, 7, 5, 23, 59)}, [], "approved"),
        ({"when": datetime(2022, 1, 1)}, [(ChangeKind.DATE_CHANGED, "Перша", "05.07.2021 → 01.01.2022")], "changed"),
        ({"when": datetime(2021, 6, 30, 23, 59)}, [(ChangeKind.DATE_CHANGED, "Перша", "05.07.2021 → 30.06.2021")], "changed"),
        ({"status": Status.DRAFT}, [(ChangeKind.REMOVED, "Перша", "тепер чернетка")], "changed"),
        ({"status": Status.HIDDEN}, [(ChangeKind.REMOVED, "Перша", "тепер приховано")], "changed"),
        ({"title": "Перша!"}, [(ChangeKind.TITLE_CHANGED, "Перша!", "було «Перша»")], "approved"),
        ({"body": "Інший текст."}, [(ChangeKind.TEXT_CHANGED, "Перша", "")], "approved"),
        ({"body": "Текст.  \r\n"}, [], "approved"),
        ({"category": "Події"}, [(ChangeKind.PART_CHANGED, "Перша", "Без рубрики → Події")], "approved"),
        ({"title": "Інша", "body": "Інший."}, [(ChangeKind.TITLE_CHANGED, "Інша", "було «Перша»"), (ChangeKind.TEXT_CHANGED, "Інша", "")],
         "approved"),
        ({"lines": {"title": 7}, "body_line": 9, "modified": datetime(2022, 1, 1)}, [], "approved"),
    ],
)  # fmt: skip
def test_what_was_done_to_one_item_is_listed_and_nothing_else(changed, expected, status):
    assert changes(PLACE, after(replace(A, **changed), B, ZHKH, LIKARNIA, M)) == (expected, status)


def test_an_item_without_a_date_in_its_name_is_redated_and_not_lost():
    plain = item("2021-07-05", slug="c", title="Третя", path="content/news/c.md")
    redated = replace(plain, when=datetime(2021, 11, 1), address="/news/c-2021-11-01/")

    assert changes(after(plain), after(redated)) == (
        [(ChangeKind.DATE_CHANGED, "Третя", "05.07.2021 → 01.11.2021")],
        "changed",
    )


def test_an_item_moved_between_units_is_one_change():
    expected = [(ChangeKind.MOVED, "Графік", "units/zhkh → units/likarnia")]

    assert changes(PLACE, after(A, B, ZHKH, LIKARNIA, moved(M, "units/likarnia"))) == (expected, "changed")


def test_an_item_moved_from_a_unit_to_the_news_and_retitled_is_followed():
    now = moved(M, "news", title="Новий графік")

    assert changes(PLACE, after(A, B, ZHKH, LIKARNIA, now)) == (
        [(ChangeKind.MOVED, "Новий графік", "units/zhkh → news"), (ChangeKind.TITLE_CHANGED, "Новий графік", "було «Графік»")],
        "changed",
    )  # fmt: skip


def test_a_renamed_file_is_followed_by_its_words():
    renamed = replace(A, address="/news/inshe-2021-07-05/", path="content/news/2021-07-05-inshe.md")

    assert changes(PLACE, after(renamed, B, ZHKH, LIKARNIA, M)) == (
        [(ChangeKind.MOVED, "Перша", "/news/a-2021-07-05/ → /news/inshe-2021-07-05/")], "changed",
    )  # fmt: skip


def test_a_deleted_item_is_not_taken_for_a_new_one():
    new = item("2021-10-01", slug="n", title="Нова", body="Інше.", path="content/news/n.md")

    assert changes(PLACE, after(B, ZHKH, LIKARNIA, M, new)) == (
        [(ChangeKind.REMOVED, "Перша", "файлу більше немає"), (ChangeKind.ADDED, "Нова", "")], "changed",
    )  # fmt: skip


def test_a_unit_page_that_is_closed_went_and_a_retitled_one_is_listed():
    closed = replace(LIKARNIA, unit=replace(LIKARNIA.unit, closed=date(2021, 12, 30)))
    retitled = replace(ZHKH, title="Відділ ЖКГ та благоустрою")

    assert changes(PLACE, after(A, B, retitled, closed, M)) == (
        [
            (ChangeKind.REMOVED, "Лікарня", "більше не рахується"),
            (ChangeKind.TITLE_CHANGED, "Відділ ЖКГ та благоустрою", "було «Відділ ЖКГ»"),
        ],
        "changed",
    )  # fmt: skip


ROWS = [
    row("2021-07-05", id="p1", title="Один", line=2),
    row("2021-07-06", url="https://www.facebook.com/x/posts/2?fbclid=1", title="Два", line=3),
    row("2021-07-07", title="Три", line=4),
    row("2021-07-07", title="Три", line=5),
    row("2021-07-08", register="requests", title="телефон", count=5, id="t", line=2),
]
OFFICE = site([report()], ROWS)


@pytest.mark.parametrize(
    ("rows", "expected", "status"),
    [
        (list(reversed([replace(one, location=replace(one.location, line=one.location.line + 7)) for one in ROWS])), [],
         "approved"),
        ([replace(ROWS[0], title="Один!"), *ROWS[1:]], [(ChangeKind.TITLE_CHANGED, "Один!", "було «Один»")], "approved"),
        ([ROWS[0], replace(ROWS[1], url="https://m.facebook.com/x/posts/2/"), *ROWS[2:]], [(ChangeKind.TEXT_CHANGED, "Два", "")],
         "approved"),
        ([replace(ROWS[0], id="p2"), *ROWS[1:]], [(ChangeKind.TEXT_CHANGED, "Один", "")], "approved"),
        ([*ROWS[:2], replace(ROWS[2], id="p3"), *ROWS[3:]], [], "approved"),
        ([*ROWS[:3], ROWS[4]], [(ChangeKind.REMOVED, "Три", "рядка більше немає")], "changed"),
        ([*ROWS[:4], replace(ROWS[4], count=7)], [(ChangeKind.COUNT_CHANGED, "телефон", "5 → 7")], "changed"),
        ([*ROWS, row("2021-12-31", id="n", title="Нова", line=9)], [(ChangeKind.ADDED, "Нова", "")], "changed"),
        ([replace(ROWS[0], when=datetime(2021, 7, 9)), *ROWS[1:]], [(ChangeKind.DATE_CHANGED, "Один", "05.07.2021 → 09.07.2021")],
         "changed"),
    ],
)  # fmt: skip
def test_rows_are_known_by_id_link_or_cells_and_never_by_line(rows, expected, status):
    assert changes(OFFICE, site([report()], rows)) == (expected, status)


def test_a_row_without_id_and_link_is_known_by_its_day_and_cells_and_not_by_its_time_or_count():
    told = [replace(one, when=one.when.replace(hour=10), count=one.count) for one in ROWS]
    counted = [*ROWS[:4], replace(ROWS[4], id="", count=5)]

    assert changes(OFFICE, site([report()], told)) == ([], "approved")
    assert changes(site([report()], counted), site([report()], [*ROWS[:4], replace(counted[4], count=9)])) == (
        [(ChangeKind.COUNT_CHANGED, "телефон", "5 → 9")], "changed",
    )  # fmt: skip


def test_a_row_that_was_given_its_link_is_the_same_row():
    linked = replace(ROWS[2], url="https://www.facebook.com/x/posts/3")
    before, now = site([report()], ROWS[:3]), site([report()], [*ROWS[:2], linked])

    assert changes(before, now) == ([(ChangeKind.TEXT_CHANGED, "Три", "")], "approved")


def test_an_account_in_another_group_changes_figures_and_loses_no_row():
    moved = [replace(one, traits={**one.traits, "group": "other"}) if "group" in one.traits else one for one in ROWS]
    found, _ = changes(OFFICE, site([report()], moved))

    assert {what for what, _, _ in found} == {ChangeKind.FIGURE_CHANGED}


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_a_column_that_the_registers_have_since_is_no_change(version):
    """The rows of both sides are known by the same rules, and compared by the cells that the approval has."""
    wider = [replace(one, traits={**one.traits, "page": "3", "page-title": "Третя"}) for one in ROWS]
    signed = approved(replace(version_of(OFFICE), digest_version=version))
    found = current(site([report()], wider), signed)

    assert (found.changes, found.status) == ((), "approved")


def test_another_form_of_all_identities_is_no_change(monkeypatch):
    signed = approved(version_of(OFFICE))
    monkeypatch.setattr(approved_report, "canonical_link", lambda link: link and f"нова форма {link}")
    monkeypatch.setattr(approved_report, "normalize_name", lambda name: f"нова форма {name}")
    found = current(OFFICE, signed)

    assert (found.changes, found.status) == ((), "approved")


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_an_item_is_compared_by_the_rules_of_its_approval(version):
    signed = version_of(PLACE)
    digests = {name: digest_by(signed_item, version) for name, signed_item in ITEMS.items() if name in signed.digests}
    signed = approved(replace(signed, digests=digests, digest_version=version))

    assert current(PLACE, signed).changes == ()
    assert [one.what for one in current(after(replace(A, body="Інше."), B, ZHKH, LIKARNIA, M), signed).changes] == [
        ChangeKind.TEXT_CHANGED
    ]


def test_a_post_that_became_a_repost_is_named():
    repost = replace(ROWS[0], traits={**ROWS[0].traits, "kind": "репост"}, visibility=Visibility.EXCLUDED)
    found, status = changes(OFFICE, site([report()], [repost, *ROWS[1:]]))

    assert (found, status) == ([(ChangeKind.REMOVED, "Один", "тепер репост")], "changed")


def twins(first, second):
    """The same file name in two units."""
    return [
        item("2021-08-01", section=f"units/{unit}", slug="hrafik", title=f"Графік {words}", body=words,
             path=f"content/units/{unit}/2021-08-01-hrafik.md")
        for unit, words in (first, second)
    ]  # fmt: skip


def test_two_units_that_are_renamed_are_two_moves():
    before = site([report(), unit("a"), unit("b"), *twins(("a", "А"), ("b", "Б"))])
    now = site([report(), unit("y"), unit("z"), *twins(("y", "А"), ("z", "Б"))])
    found, _ = changes(before, now)

    assert [(what, title, detail) for what, title, detail in found if what is ChangeKind.MOVED] == [
        (ChangeKind.MOVED, "Графік А", "units/a → units/y"), (ChangeKind.MOVED, "Графік Б", "units/b → units/z"),
    ]  # fmt: skip


def test_an_unrelated_item_of_the_same_name_is_no_heir():
    place = site([report(), unit("a"), unit("b"), twins(("a", "А"), ("b", "Б"))[0]])
    now = site([report(), unit("a"), unit("b"), twins(("a", "А"), ("b", "Б"))[1]])

    assert changes(place, now) == (
        [(ChangeKind.REMOVED, "Графік А", "файлу більше немає"), (ChangeKind.ADDED, "Графік Б", "")], "changed",
    )  # fmt: skip


def test_an_overwritten_file_is_followed_by_its_words_and_not_by_its_name():
    old = item("2021-07-05", slug="novyna", title="Стара", body="Старий текст.", path="content/news/novyna.md")
    kept = replace(old, address="/news/arkhiv-2021-07-05/", path="content/news/arkhiv.md")
    other = item("2021-07-06", slug="insha", title="Інша", body="Інше.", path="content/news/novyna.md")

    assert changes(after(old), after(kept, other)) == (
        [(ChangeKind.MOVED, "Стара", "/news/novyna-2021-07-05/ → /news/arkhiv-2021-07-05/"), (ChangeKind.ADDED, "Інша", "")],
        "changed",
    )  # fmt: skip


def test_a_draft_says_only_that_it_went():
    dateless = replace(A, when=None, address="", status=Status.DRAFT, body="Інше.")

    assert changes(after(A), after(dateless)) == ([(ChangeKind.REMOVED, "Перша", "тепер чернетка")], "changed")


def test_a_row_given_to_another_account_changes_the_figures_of_both():
    given_away = replace(ROWS[0], traits={**ROWS[0].traits, "account": "okruh", "group": "starosta"})
    found, status = changes(OFFICE, site([report()], [given_away, *ROWS[1:]]))

    assert (ChangeKind.FIGURE_CHANGED, "Публікації на сторінці ради", "4 → 3") in found
    assert (ChangeKind.FIGURE_CHANGED, "Публікації на інших сторінках", "0 → 1") in found
    assert status == "changed"


def test_a_figure_that_selects_otherwise_is_said():
    ads = FigureSpec("ads", "Оголошення", "news", where={"category": ("oholoshennia",)})
    before = site([report(), replace(A, category="Оголошення")], figures=Figures((*standard_figures(()), ads)))
    wider = replace(ads, where={"category": ("oholoshennia", "podii")})
    events = replace(B, category="Події")
    place = site([report(), replace(A, category="Оголошення"), events], figures=Figures((*standard_figures(()), wider)))
    gone = site([report(), replace(A, category="Оголошення")], figures=Figures(standard_figures(())))

    assert changes(before, place) == (
        [(ChangeKind.FIGURE_CHANGED, "Оголошення", "визначено інакше, 1 → 2"), (ChangeKind.ADDED, "Друга", "")], "changed",
    )  # fmt: skip
    assert changes(before, gone) == (
        [(ChangeKind.FIGURE_CHANGED, "Оголошення", "такого показника більше немає")],
        "changed",
    )


def test_a_changed_window_is_one_change_and_not_one_of_each_of_its_entries():
    rows = [row("2020-08-01", register="newspaper", line=2), row("2021-08-01", register="newspaper", line=3)]
    windows = {"newspaper": parse_period("2020-07-01..2021-12-31")}
    found, status = changes(site([report(windows=windows)], rows), site([report()], rows))

    assert (found, status) == (
        [(ChangeKind.FIGURE_CHANGED, "Матеріали, передані до газети",
          "період з 01.07.2020 по 31.12.2021 → з 01.07.2021 по 31.12.2021")],
        "changed",
    )  # fmt: skip


def test_an_account_of_the_same_group_is_another_part_and_no_other_number():
    given = replace(ROWS[0], traits={**ROWS[0].traits, "account": "okruh", "group": "starosta"})
    moved_on = replace(given, traits={**given.traits, "account": "likarnia", "group": "other"})

    assert changes(site([report()], [given]), site([report()], [moved_on])) == (
        [(ChangeKind.PART_CHANGED, "Один", "Округ → Лікарня")], "approved",
    )  # fmt: skip


def test_many_new_items_are_not_read_to_find_one_that_is_gone(monkeypatch):
    read = []
    digest = CurrentEntries.digest
    monkeypatch.setattr(CurrentEntries, "digest", lambda *given: read.append(given) or digest(*given))
    more = [item("2020-01-01", slug=f"m{number}", title=f"Інше {number}") for number in range(200)]
    changes(PLACE, after(B, ZHKH, LIKARNIA, M, *more))

    assert len(read) < 20


operations = st.sampled_from(["delete", "redate", "retitle", "move", "edit", "draft", "nothing"])


@examples(0.8)
@given(st.lists(operations, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_every_history_of_items_gives_just_its_own_changes(plan, chance):
    first = [
        item(f"2021-07-{number + 1:02d}", section="units/zhkh", slug=f"i{number}", title=f"Т{number}", body=f"Б{number}",
             path=f"content/units/zhkh/2021-07-{number + 1:02d}-i{number}.md")
        for number in range(len(plan))
    ]  # fmt: skip
    now, expected = [], []
    for one, what in zip(first, plan, strict=True):
        made = {
            "delete": (None, ChangeKind.REMOVED),
            "redate": (replace(one, when=datetime(2021, 12, 1)), ChangeKind.DATE_CHANGED),
            "retitle": (replace(one, title=f"{one.title}!"), ChangeKind.TITLE_CHANGED),
            "move": (moved(one, "units/likarnia"), ChangeKind.MOVED),
            "edit": (replace(one, body="інше"), ChangeKind.TEXT_CHANGED),
            "draft": (replace(one, status=Status.DRAFT), ChangeKind.REMOVED),
            "nothing": (one, None),
        }[what]  # fmt: skip
        now += [made[0]] * (made[0] is not None)
        expected += [made[1]] * (made[1] is not None)
    chance.shuffle(now)
    found, status = changes(site([report(), ZHKH, LIKARNIA, *first]), site([report(), ZHKH, LIKARNIA, *now]))

    assert sorted(what for what, _, _ in found) == sorted(expected)
    assert status == ("changed" if any(what.matters for what in expected) else "approved")


UNPUBLISHED = [
    {"status": Status.DRAFT},
    {"status": Status.HIDDEN},
    {"when": datetime(2022, 2, 1)},
    {"when": None, "status": Status.DRAFT, "address": ""},
]


@pytest.mark.parametrize("how", UNPUBLISHED)
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"title": "Таємна", "body": "Таємне.", "category": "Таємна"},
        {"path": "content/news/taiemna.md", "address": "/news/taiemna-2021-07-05/"},
        {
            "section": "units/zhkh",
            "kind": M.kind,
            "address": "/units/zhkh/a-2021-07-05/",
            "path": "content/units/zhkh/a.md",
        },
    ],
)
def test_readers_are_told_the_same_of_what_is_unpublished_and_of_what_is_gone(how, changed):
    gone = with_items(PLACE, B, ZHKH, LIKARNIA, M)
    unpublished = with_items(PLACE, replace(replace(A, **changed), **how), B, ZHKH, LIKARNIA, M)
    approval = approved(version_of(PLACE))

    told = [change_view(change, {A.address}) for change in current(unpublished, approval).changes]

    assert told == [change_view(change, {A.address}) for change in current(gone, approval).changes]
    assert [(one.what, one.title, one.source) for one in told] == [
        ("вибуло", "Перша", "content/news/2021-07-05-a.md:1")
    ]


def test_readers_are_told_the_same_of_a_row_that_is_not_due_and_of_one_that_is_gone():
    later = replace(ROWS[0], when=datetime(2022, 2, 1), title="Таємний", url="https://e.example/t")
    approval = approved(version_of(OFFICE))
    told = [
        [change_view(change, ()) for change in current(site([report()], rows), approval).changes if change.entry]
        for rows in ([later, *ROWS[1:]], ROWS[1:])
    ]

    assert told[0] == told[1]
    assert [(one.what, one.title, one.detail) for one in told[0]] == [("вибуло", "Один", "більше не рахується")]


@pytest.mark.parametrize("how", UNPUBLISHED)
def test_a_copy_that_nobody_sees_takes_no_heritage(how):
    """Of two copies of a gone item the published one is its heir, as if the other one were not there."""
    copies = [replace(A, path=f"content/news/{name}.md", address=f"/news/{name}-2021-07-05/") for name in "xy"]
    alone = with_items(PLACE, copies[0], B, ZHKH, LIKARNIA, M)
    both = with_items(PLACE, copies[0], replace(copies[1], **how), B, ZHKH, LIKARNIA, M)
    approval = approved(version_of(PLACE))

    assert current(both, approval).diff == current(alone, approval).diff
