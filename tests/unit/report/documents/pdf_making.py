"""Dossiers for the PDF's tests: a half-year with the volumes of a real report, or with nothing in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hromada.domain.days_in_words import month_in_words, month_name
from hromada.domain.numerals import NOUNS
from hromada.report.count.counting import RULES, VERSION
from hromada.report.documents.pdf_report import report_pdf
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
    EntryGroup,
    EntryView,
    FigureView,
    MonthView,
    PartView,
    Reconciliation,
    RegisterRow,
    ReportView,
    UnitRow,
    VersionView,
)
from tests.conftest import ROOT
from tests.unit.making import replace

TEMPLATE = (ROOT / "theme/documents/report.typ").read_text("utf-8")
FONTS = str(ROOT / "theme/documents/fonts")
BASE = "/reports/2021-h2/"
FIRST, LAST = date(2021, 7, 1), date(2021, 12, 31)
UNITS = [f"Відділ № {number} Дергачівської міської ради" for number in range(1, 21)]
TITLES = (
    "Засідання виконавчого комітету: розглянуто питання порядку денного та звернення мешканців громади",
    "У Безруківському старостинському окрузі відремонтовано «Дім культури»",
    "Об’єкт здано: 12 ₴ за м³, № 7 – без змін",
)  # fmt: skip


def pdf(report_document: ReportDocument) -> bytes:
    return report_pdf(report_document, TEMPLATE, FONTS)


def entry(number: int, section: str = "Новини", folder: str = "news/2021", **changes: Any) -> EntryView:
    day = FIRST + timedelta(days=number % 184)
    values: dict[str, Any] = {
        "title": f"{TITLES[number % len(TITLES)]}, {number}",
        "path_or_url": f"/news/zapys-{number}-{day}/",
        "external": False,
        "day": day,
        "section_title": section,
        "source": f"content/{folder}/{day}-zapys-{number}.md:1",
        "count": 1,
    }
    return EntryView(**(values | changes))


def group(title: str, entries: list[EntryView]) -> EntryGroup:
    return EntryGroup(f"part-{title}", title, sum(one.count for one in entries), tuple(entries))


def listed(id: str, title: str, noun: str, groups: list[EntryGroup], **changes: Any) -> FigureEntries:
    """A figure with its list; the months and the parts follow from the entries."""
    entries = [one for part in groups for one in part.entries]
    value = sum(one.count for one in entries)
    months = tuple(
        MonthView(
            f"2021-{month:02d}", month_in_words(2021, month), month_name(month),
            sum(one.count for one in entries if one.day and one.day.month == month),
        )
        for month in range(7, 13)
    )  # fmt: skip
    values: dict[str, Any] = {
        "id": id,
        "title": title,
        "value": value,
        "noun": NOUNS[noun].form(value),
        "path": f"{BASE}{id}/",
        "window": "",
        "parts": tuple(PartView(one.id, one.title, one.value, "") for one in groups),
        "months": months,
        "chart": "of the page, not of the document",
        "own_table": False,
    }
    return FigureEntries(FigureView(**(values | changes)), tuple(groups))


def half_year(news: int = 631) -> tuple[FigureEntries, ...]:
    """Lists with the volumes of the council's own report; one figure is a part of another."""
    by_category = [entry(number) for number in range(news)]
    messages = [
        entry(2000 + n, UNITS[n % 7], f"units/viddil-{n % 7}", path_or_url="", address=f"/units/x-{n}/")
        for n in range(46)
    ]
    social = [entry(3000 + n, "Соціальні мережі", "registers/social", path_or_url=f"https://www.facebook.com/rada/posts/{n}", external=True,
                    source=f"content/registers/social/2021.xlsx#Аркуш1:{n + 2}") for n in range(573)]  # fmt: skip
    calls = [
        entry(5000 + n, "Звернення", "registers/requests", title="Електронна форма", path_or_url="", count=n % 4)
        for n in range(12)
    ]
    pages = [entry(7000 + n, name, f"units/viddil-{n}", title=name, day=None) for n, name in enumerate(UNITS)]
    return (
        listed("news", "Публікації у розділі «Новини»", "публікація", [group("Події", by_category[: news // 2]), group("Оголошення", by_category[news // 2 :])]),
        listed("unit-pages", "Сторінки підрозділів та організацій", "сторінка", [group("Сторінки", pages)], months=(), chart=None),
        listed("unit-messages", "Повідомлення на сторінках підрозділів", "інформаційне повідомлення",
               [group(name, messages[n::7] if n < 7 else []) for n, name in enumerate(UNITS)], own_table=True),
        listed("social", "Публікації у соціальних мережах", "публікація", [group("Рада", social[:381]), group("Округи", social[381:])], own_table=True),
        listed("social-main", "Публікації на сторінці ради", "публікація", [group("Рада", social[:381])], own_table=True),
        listed("newspaper", "Матеріали для газети «Вісті»", "інформаційне повідомлення",
               [group("Вісті", [entry(4000 + n, "Газета", "registers/newspaper", path_or_url="", source=f"content/registers/newspaper/visti.csv:{n + 2}") for n in range(34)])],
               window="з 01.07.2020 по 31.12.2021"),
        listed("requests", "Звернення через електронні форми", "звернення", [group("Електронна форма", calls)]),
    )  # fmt: skip


def text() -> tuple[Block, ...]:
    """A text with every kind of block."""
    return (
        Paragraph((TextRun("За II півріччя 2021 року відділом виконано таку роботу:"),)),
        ListBlock(True, (
            (Paragraph((TextRun("Забезпечено створення "), TextRun("символіки", bold=True), TextRun(" громади.")),),),
            (Paragraph((TextRun("У розділі «Новини» розміщено "), TextRun("631", True, link=f"https://hromada.example{BASE}news/"), TextRun(" публікацію."))),
             ListBlock(False, ((Paragraph((TextRun("перше", italic=True),)),), (Paragraph((TextRun("друге"),)),)))),
        )),
        Heading(2, (TextRun("Газета"),)),
        Heading(5, (TextRun("Передані матеріали"),)),
        Quote((Paragraph((TextRun("Слово\nдруге"),)),)),
        ListBlock(True, ((Paragraph((TextRun("П’ятий пункт."),)),),), start=5),
        TextTable(((TextRun("Місяць"),), (TextRun("Подій"),)), (((TextRun("липень"),), (TextRun("3"),)), ((TextRun("серпень"),),))),
        TextTable((), (((TextRun("без шапки"),),),)),
        PictureBlock("Прапор громади"),
    )  # fmt: skip


def view(lists: tuple[FigureEntries, ...], **changes: Any) -> ReportView:
    accounts = (
        AccountRow("Дергачівська міська рада", "Facebook, Instagram", 381, 12, 40),
        AccountRow("Старостинський округ", "Facebook", 192, 0, 0),
    )
    values: dict[str, Any] = {
        "title": "Звіт про виконану роботу відділу інформаційної роботи за II півріччя 2021 року",
        "path": BASE,
        "period_title": "II півріччя 2021 року",
        "first": FIRST,
        "last": LAST,
        "status": "open",
        "complete": True,
        "finished": True,
        "as_of": LAST,
        "publisher": "Дергачівська міська рада",
        "figures": tuple(one.figure for one in lists),
        "unit_rows": tuple(UnitRow(name, f"/units/viddil-{n}/", len(range(n, 46, 7)) if n < 7 else 0, "") for n, name in enumerate(UNITS)),
        "account_rows": accounts,
        "account_totals": AccountRow("Разом", "", 573, 12, 40),
        "reconciliation": Reconciliation(690, 677, 5, 1, 2, 3, 2),
        "registers": (RegisterRow("Соціальні мережі", 625, 573, 52, 0, 0), RegisterRow("Газета", 40, 34, 0, 0, 6)),
        "files": (),
        "rules": RULES,
        "rules_version": VERSION,
    }  # fmt: skip
    return ReportView(**(values | changes))


def report_document(
    lists: tuple[FigureEntries, ...] | None = None, blocks: tuple[Block, ...] | None = None, **changes: Any
) -> ReportDocument:
    lists = half_year() if lists is None else lists
    return ReportDocument(
        view(lists, **changes), text() if blocks is None else blocks, lists, "https://hromada.example"
    )


def small(*entries: EntryView, blocks: tuple[Block, ...] = (), **changes: Any) -> ReportDocument:
    """One figure with these entries."""
    return report_document(
        (listed("news", "Публікації", "публікація", [group("Події", list(entries))]),), blocks, **changes
    )


def empty() -> ReportDocument:
    """A silent half-year: no text, every figure zero."""
    nothing = tuple(
        listed(id, title, "публікація", [group("Події", [])])
        for id, title in (("news", "Новини"), ("social", "Мережі"))
    )
    return report_document(
        nothing, (), unit_rows=(), account_rows=(), account_totals=AccountRow("Разом", "", 0, 0, 0), registers=(),
        reconciliation=Reconciliation(0, 0, 0, 0, 0, 0, 0),
    )  # fmt: skip


def approved(status: str = "approved", **changes: Any) -> ReportDocument:
    """The second version of an approved report, compared with two earlier periods."""
    whole = report_document(status=status, approval=_approval(), comparison=_comparison(half_year()), **changes)
    if status == "approved":
        return whole
    news, *others = whole.view.figures
    diff = replace(
        whole.view,
        figures=(replace(news, counted=630), *others),
        changes=(
            ChangeView("видалено", "Анонс концерту", "", "", "content/news/2021/2021-08-01-anons.md:1", True),
            ChangeView("назву змінено", "Засідання", "«Засіданя» → «Засідання»", "/news/zapys-1/", "content/news/2021/a.md:1", False),
        ),
    )  # fmt: skip
    return replace(whole, view=diff)


def _approval() -> ApprovalView:
    by = "начальник відділу інформаційної роботи Олена КОВАЛЕНКО"
    first = VersionView(1, f"{BASE}1/", by, date(2022, 1, 14), "12", "", "", (), False)
    second = VersionView(
        2, BASE, by, date(2022, 2, 3), "31", "уточнення", "додано публікації старостинського округу",
        (("Публікації у соціальних мережах", 570, 573), ("Звернення", None, 18)), True,
    )  # fmt: skip
    return ApprovalView(
        *("начальник відділу інформаційної роботи", "Олена КОВАЛЕНКО", second.on, "31", 2, second.reason, second.note),
        commit="4f1c0e5b7d" * 4, digest="9a0b" * 16, rules_version=VERSION, versions=(second, first),
    )  # fmt: skip


def _comparison(lists: tuple[FigureEntries, ...]) -> Comparison:
    previous = EarlierPeriod(
        "previous", "I півріччя 2021 року", date(2021, 1, 1), date(2021, 6, 30), "/reports/2021-h1/", True,
        ("За I півріччя 2021 року подано затверджені числа.",),
    )  # fmt: skip
    year_before = EarlierPeriod(
        "year-before", "II півріччя 2020 року", date(2020, 7, 1), date(2020, 12, 31), "", False,
        ("Архів за II півріччя 2020 року неповний.",),
    )  # fmt: skip
    none = ComparedValue(None, note="такого показника тоді не було")
    rows = tuple(
        ComparisonRow(
            one.figure.id, one.figure.title, one.figure.value,
            (ComparedValue(600, f"+{one.figure.value}", "+5,3 %"), none if number == 2 else ComparedValue(0, "−1 012", "було 0", "частково")),
        )
        for number, one in enumerate(lists)
    )  # fmt: skip
    return Comparison((previous, year_before), rows)
