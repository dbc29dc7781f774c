"""A realistic dossier for the documents' tests: a half-year of a council, with awkward titles."""

from __future__ import annotations

from datetime import date
from typing import Any

from hromada.report.count.counting import RULES
from hromada.report.documents.report_document import FigureEntries, ReportDocument
from hromada.report.text.placeholders import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    TextRun,
    TextTable,
)
from hromada.report.view.report_view import (
    AccountRow,
    ApprovalView,
    ChangeView,
    ComparedValue,
    Comparison,
    ComparisonRow,
    EarlierPeriod,
    FigureView,
    Reconciliation,
    RegisterRow,
    ReportView,
    UnitRow,
    VersionView,
)
from tests.unit.making import replace
from tests.unit.report.documents.making_lists import ACCOUNTS, BASE, XSS, listed, lists


def approval(**changes: Any) -> ApprovalView:
    first = VersionView(
        1, f"{BASE}versions/1/", "начальник відділу Олена КОВАЛЕНКО", date(2022, 1, 14), "12", "", "", (), False
    )
    second = VersionView(
        2, BASE, "начальник відділу інформаційної роботи Олена КОВАЛЕНКО", date(2022, 2, 1), "15-р", "уточнення",
        "додано дописи за грудень", (("Публікації у соціальних мережах", 570, 573),), True,
    )  # fmt: skip
    values: dict[str, Any] = {
        "position": "начальник відділу інформаційної роботи та роботи із засобами масової інформації",
        "name": "Олена КОВАЛЕНКО",
        "on": date(2022, 2, 1),
        "document": "15-р",
        "number": 2,
        "reason": "уточнення",
        "note": "додано дописи за грудень",
        "commit": "18d6de6c97cfa0ecccb5ef6b96547965ddb5719e",
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "rules_version": "1",
        "versions": (second, first),
    }
    return ApprovalView(**(values | changes))


CHANGES = (
    ChangeView("змінено дату", "Засідання виконавчого комітету № 5", "05.07.2021 → 03.01.2022",
               "/news/x/", "content/news/2021/2021-07-05-x.md:2", True),
    ChangeView("вибуло", XSS, "", "", "content/news/2021/2021-07-06-y.md:1", True),
    ChangeView("змінено текст", "Засідання № 9", "", "/news/z/", "content/news/2021/2021-07-07-z.md:1", False),
)  # fmt: skip


def comparison(figures: tuple[FigureView, ...], *, two: bool = True) -> Comparison:
    periods = (
        EarlierPeriod("previous", "I півріччя 2021 року", date(2021, 1, 1), date(2021, 6, 30), "/reports/2021-h1/", True,
                      ("За I півріччя 2021 року подано затверджені числа.",)),
        EarlierPeriod("year-before", "II півріччя 2020 року", date(2020, 7, 1), date(2020, 12, 31), "", False,
                      ("За II півріччя 2020 року враховано не весь період: архів починається 5\N{NO-BREAK SPACE}серпня 2020 року.",)),
    )  # fmt: skip
    cells = (
        ComparedValue(573, "+58", "+10,1\N{NO-BREAK SPACE}%"),
        ComparedValue(250, "", "неповні дані", "архів починається 5 серпня 2020 року"),
    )
    none = (
        ComparedValue(None, note="має власний період"),
        ComparedValue(None, note="в архіві немає матеріалів за цей період"),
    )
    count = 2 if two else 1
    rows = tuple(
        ComparisonRow(one.id, one.title, one.value, (cells if one.id != "newspaper" else none)[:count])
        for one in figures
    )
    return Comparison(periods[:count], rows)


def text() -> tuple[Block, ...]:
    number = TextRun("631 публікацію", bold=True, link=f"https://hromada.example{BASE}news/")
    social = TextRun("573 публікації", bold=True, link=f"https://hromada.example{BASE}social/")
    return (
        Paragraph((TextRun("Відділ розповідає про діяльність Дергачівської міської ради в друкованих виданнях, на вебсайті територіальної громади та в соціальних мережах «Фейсбук» і «Інстаграм»."),)),
        Paragraph((TextRun("За II півріччя 2021 року відділ виконав таку роботу:"),)),
        ListBlock(True, (
            (Paragraph((TextRun("Забезпечено створення символіки територіальної громади."),)),),
            (Paragraph((TextRun("На вебсайті громади у розділі «Новини» розміщено "), number, TextRun(". Сторінки ведуться щодня, їх наповнюють новинами, корисними відомостями, афішами та анонсами заходів."))),
             Paragraph((TextRun("На сторінках у соціальних мережах загалом розміщено "), social, TextRun(", з них:"))),
             ListBlock(False, ((Paragraph((TextRun("на сторінці ради – 381;"),)),), (Paragraph((TextRun("на інших сторінках – 192."),)),
                                ListBlock(True, ((Paragraph((TextRun("округи;"),)),), (Paragraph((TextRun("лікарня."),)),)))))),
             PictureBlock("Прапор громади на площі")),
        )),
        Heading(2, (TextRun("Співпраця з "), TextRun("газетою", italic=True))),
        Quote((Paragraph((TextRun("Слово\nгромади", italic=True), TextRun(" & "), TextRun("влади", bold=True))),)),
        ListBlock(True, ((Paragraph((TextRun("Ще один список починається заново."),)),), (Paragraph((TextRun(XSS),)),))),
        TextTable(((TextRun("Захід"),), (TextRun("Кількість"),)), (((TextRun("Сесії"),), (TextRun("12"),)), ((TextRun("Наради без рубрики"),),))),
        Paragraph((TextRun("Небезпечне посилання", link="javascript:alert(1)"), TextRun(" і "), TextRun("сайт", link="https://рада.example/шлях?а=б"))),
    )  # fmt: skip


def view(every: tuple[FigureEntries, ...], **changes: Any) -> ReportView:
    figures = tuple(one.figure for one in every)
    messages = next(one for one in every if one.figure.id == "unit-messages")
    accounts = tuple(
        AccountRow(title, networks, value, value // 40, value // 50) for _, title, networks, _, value in ACCOUNTS
    )
    values: dict[str, Any] = {
        "title": "Звіт про виконану роботу відділу інформаційної роботи та роботи із засобами масової інформації за II півріччя 2021 року",
        "path": BASE,
        "period_title": "II півріччя 2021 року",
        "first": date(2021, 7, 1),
        "last": date(2021, 12, 31),
        "status": "open",
        "complete": True,
        "finished": True,
        "as_of": date(2021, 12, 31),
        "publisher": "Дергачівська міська рада Харківського району Харківської області",
        "figures": figures,
        "unit_rows": tuple(UnitRow(one.title, "/units/x/", one.value, "") for one in messages.groups),
        "account_rows": accounts,
        "account_totals": AccountRow("Разом", "", 573, sum(one.reposts for one in accounts), sum(one.stories for one in accounts)),
        "reconciliation": Reconciliation(713, 677, 8, 3, 4, 9, 12),
        "registers": (RegisterRow("Соціальні мережі", 640, 573, 60, 0, 7), RegisterRow("Газета", 1040, 34, 0, 0, 6)),
        "files": (),
        "rules": RULES,
        "rules_version": "1",
    }  # fmt: skip
    return ReportView(**(values | changes))


def report_document(news: int = 631, **changes: Any) -> ReportDocument:
    """An open report; `changes` are of its view."""
    every = lists(news)
    return ReportDocument(view(every, **changes), text(), every, "https://hromada.example")


def approved(**changes: Any) -> ReportDocument:
    every = lists()
    figures = tuple(one.figure for one in every)
    values: dict[str, Any] = {"status": "approved", "approval": approval(), "comparison": comparison(figures)}
    return report_document(**(values | changes))


def changed() -> ReportDocument:
    """Approved, and the content is another one since."""
    one = approved(status="changed", changes=CHANGES)
    figures = tuple(replace(figure, counted=629) if figure.id == "news" else figure for figure in one.view.figures)
    return replace(one, view=replace(one.view, figures=figures))


def incomplete() -> ReportDocument:
    return report_document(news=20, complete=False, finished=False, as_of=date(2021, 10, 5))


def silent() -> ReportDocument:
    """A half-year in which nothing happened."""
    every = (
        listed("news", "Публікації у розділі «Новини»"),
        listed("unit-messages", "Повідомлення на сторінках підрозділів"),
    )
    bare = view(
        every,
        unit_rows=(),
        account_rows=(),
        registers=(),
        reconciliation=Reconciliation(0, 0, 0, 0, 0, 0, 0),
    )
    return ReportDocument(bare, (), every, "https://hromada.example/sait")
