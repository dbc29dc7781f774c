from datetime import date, datetime

from hromada.domain.dates import Clock
from hromada.domain.item import Kind, Status
from hromada.report.approval.report_state import ReportStates
from hromada.report.count.entry_index import EntryIndex
from hromada.report.view.build_view import entry_list_builder, report_view
from tests.unit.making import item, replace, row, site, unit
from tests.unit.report.approving import report

NEWS = [item(f"2021-{month:02d}-05", slug=f"n{month}") for month in range(1, 10)]


def view(today):
    place = site([report(), *NEWS])
    report_states = ReportStates(EntryIndex.of(place, Clock.parse(today)), {})
    return report_view(report_states.current(place.items[0]), report_states, frozenset())


def months(chart):
    return [row.title for row in chart.table.rows]


def test_a_chart_of_an_unfinished_period_ends_with_the_present_month():
    shown = view("2021-09-30")

    assert months(shown.figures[0].chart) == ["липень", "серпень", "вересень"]
    assert months(shown.charts.news) == ["липень і січень", "серпень і лютий", "вересень і березень"]


def test_a_chart_of_a_finished_period_has_all_its_months():
    assert len(months(view("2022-01-15").figures[0].chart)) == 6


def test_the_months_table_leads_to_the_lists_of_long_figures_alone():
    assert {row.path for row in view("2022-01-15").figures[0].chart.table.rows} == {""}
    many = [item(f"2021-{7 + number % 6:02d}-05", slug=f"m{number}") for number in range(60)]
    place = site([report(), *many])
    report_states = ReportStates(EntryIndex.of(place, Clock.parse("2022-01-15")), {})
    shown = report_view(report_states.current(place.items[0]), report_states, frozenset())

    assert shown.figures[0].chart.table.rows[0].path == "/reports/2021-h2/news/months/2021-07/"


def test_a_register_is_called_by_its_title_else_by_its_folder():
    rows = [row(register="requests"), row(register="hariacha-liniia")]
    place = site([report()], rows)
    report_states = ReportStates(EntryIndex.of(place, Clock.parse("2022-01-15")), {})
    report_state = report_states.current(place.items[0])
    made = entry_list_builder(report_state, report_states, frozenset())
    titles = [
        entry.section_title
        for count in report_state.activity.counts
        for group in made.groups(count)
        for entry in group.entries
    ]

    assert sorted(titles) == ["Журнал «hariacha-liniia»", "Звернення"]
    assert [one.title for one in report_view(report_state, report_states, frozenset()).registers] == [
        "Журнал «hariacha-liniia»", "Газета", "Звернення", "Соціальні мережі",
    ]  # fmt: skip


def test_a_report_shows_nothing_of_what_is_unpublished_but_how_many():
    published = [report("2022-H1"), unit("a", "Відділ"), item("2022-01-05", category="Події", slug="p"),
                 item("2022-01-05", section="units/a")]  # fmt: skip
    rows = [row("2022-01-05", register="newspaper", traits={"newspaper": "visti", "newspaper-title": "Вісті"})]
    secret = {"newspaper": "visti", "newspaper-title": "ВІСТІ"}
    unpublished = [
        item("2022-02-01", category="ПОДІЇ", slug="a", path="content/news/a.md"),
        item("2022-01-05", category="ПОДІЇ", slug="b", path="content/news/b.md", status=Status.DRAFT),
        item("2022-01-05", category="ПОДІЇ", slug="c", path="content/news/c.md", status=Status.HIDDEN),
        unit("b", "Чернетка", status=Status.DRAFT), unit("c", "Прихований", status=Status.HIDDEN),
        unit("d", "Майбутній", opened=date(2022, 3, 1))._replace(when=datetime(2022, 3, 1)),
    ]  # fmt: skip

    def shown(place):
        report_states = ReportStates(EntryIndex.of(place, Clock.parse("2022-01-15")), {})
        report_state = report_states.current(next(iter(place.of_kind(Kind.REPORT))))
        pages = {one.address for one in place.items}
        made = entry_list_builder(report_state, report_states, pages)
        view = replace(report_view(report_state, report_states, pages), reconciliation=None, registers=())
        return view, [tuple(made.pages_of(count)) for count in report_state.activity.counts]

    later = [row("2022-02-01", register="newspaper", traits=secret, title="Таємний")]
    assert shown(site([*unpublished, *published], [*later, *rows])) == shown(site(published, rows))
