"""Ukrainian sentences shared by the documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hromada.domain.alphabet import capitalized
from hromada.domain.days_in_words import day_in_words
from hromada.domain.numerals import grouped
from hromada.report.view.report_view import ApprovalView, MonthView, ReportView, VersionView

NBSP = "\N{NO-BREAK SPACE}"
INCOMPLETE = "Архів неповний: враховано лише матеріали цього сховища"
AFTER_APPROVAL = "Після затвердження"
# Not allowed in XML 1.0: one such character from a spreadsheet's cell would break the document.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def filed_on(view: ReportView) -> date:
    """The document's date: of its approval, or the day up to which it is counted."""
    return view.approval.on if view.approval else view.as_of


def status_sentences(view: ReportView) -> Iterator[str]:
    """Sentences about the approval: whether and by whom, and whether it is outdated."""
    approval = view.approval
    if approval is None:
        yield f"Проєкт. {'' if view.finished else 'Період триває. '}Станом на {day_in_words(view.as_of)}"
        return
    yield f"Затверджено: {format_approval(approval)}"
    if approval.note:
        yield f"{capitalized(approval.reason)}: {approval.note}" if approval.reason else approval.note
    latest = approval.versions[0] if approval.versions else None
    if latest is not None and not latest.is_current:
        yield f"Це попередня редакція. Чинна: редакція {latest.number} від {day_in_words(latest.on)}"
    elif view.status == "changed":
        yield (
            "Зміст сайту після затвердження змінився. Тут наведено затверджені числа;"
            f" що саме змінилося, подано в розділі «{AFTER_APPROVAL}»"
        )


def format_approval(approval: ApprovalView) -> str:
    """«начальник відділу Ім’я ПРІЗВИЩЕ, 14 січня 2022 року, № 7, редакція 2»."""
    who = f"{approval.position} {approval.name}".strip()
    parts = (who, day_in_words(approval.on), document_number(approval.document), f"редакція{NBSP}{approval.number}")
    return ", ".join(filter(None, parts))


def verification_lines(approval: ApprovalView) -> tuple[str, str]:
    """The commit and digest to verify the approval with, each short enough for one line."""
    return (
        f"Перевірка: числа пораховано зі змісту сховища (git) {approval.commit}.",
        f"Контрольна сума (SHA-256): {approval.digest}.",
    )


def format_version(version: VersionView) -> str:
    signed = ", ".join(filter(None, (day_in_words(version.on), document_number(version.document))))
    return f"Редакція {version.number}, {signed}: {version.by}."


def document_number(document: str) -> str:
    """«№ 7», empty without a number."""
    return f"№{NBSP}{document}" if document else ""


def sentence(text: str) -> str:
    """The text with a full stop, unless it already ends with punctuation."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def month_value(month: MonthView, view: ReportView) -> str:
    """A month's value; «–» for a month in the future when the report was counted."""
    return "–" if is_future(month, view) else grouped(month.value)


def is_future(month: MonthView, view: ReportView) -> bool:
    return not month.value and month.id > f"{view.as_of:%Y-%m}"


def without_control_characters(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
