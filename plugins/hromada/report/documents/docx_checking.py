"""How the report was counted and checked, in Word: rules, reconciliation, what changed since, versions."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.domain.alphabet import capitalized
from hromada.domain.numerals import grouped
from hromada.report.documents.docx_paper import Paper
from hromada.report.documents.docx_tables import Column, Row
from hromada.report.documents.phrases import (
    AFTER_APPROVAL,
    proof,
    version_words,
)
from hromada.report.view.report_view import ChangeView, ReportView, VersionView


def add_rules(paper: Paper, view: ReportView) -> None:
    paper.heading("Як рахували")
    paper.add("BodyText", f"Правила підрахунку, версія {view.rules_version}:").paragraph_format.keep_with_next = True
    paper.items(view.rules, ordered=True)


def add_reconciliation(paper: Paper, view: ReportView) -> None:
    """What was found is what was counted and what was left out, with the reason."""
    paper.heading("Звірка")
    paper.add("BodyText", f"{view.reconciliation.words}.")
    if view.registers:
        columns = [
            Column("Журнал", 50), Column("Рядків", 20, is_number=True), Column("Враховано", 26, is_number=True),
            Column("Окремо", 21, is_number=True), Column("Заплановано", 30, is_number=True),
            Column("Поза строком", 23, is_number=True),
        ]  # fmt: skip
        rows = [
            Row(
                (
                    register.title,
                    *map(
                        grouped,
                        (register.rows, register.counted, register.excluded, register.scheduled, register.outside),
                    ),
                )
            )
            for register in view.registers
        ]
        paper.table("Рядки журналів", columns, rows)


def add_changes(paper: Paper, view: ReportView) -> None:
    """What became of the approved entries, and the figures that would be other today."""
    if not view.changes:
        return
    paper.heading(AFTER_APPROVAL)
    paper.add("BodyText", view.changes_lead).paragraph_format.keep_with_next = True
    paper.items(map(_change, view.changes), ordered=False)
    rows = [
        Row((figure.title, grouped(figure.value), grouped(figure.counted)))
        for figure in view.figures
        if figure.counted is not None
    ]
    if rows:
        columns = [
            Column("Показник", 110),
            Column("Затверджено", 32, is_number=True),
            Column("Нині", 28, is_number=True),
        ]
        paper.table("Затверджено і нині", columns, rows)
    elif view.status == "changed":
        paper.add("BodyText", "Суми ті самі, змінився склад.")


def _change(change: ChangeView) -> str:
    detail = f": {change.detail}" if change.detail else ""
    source = f" ({change.source})" if change.source else ""
    return f"{capitalized(change.what)}: {change.title}{detail}{source}"


def add_versions(paper: Paper, view: ReportView) -> None:
    """Every approval with its reason and the numbers that it changed; how to prove that this one is untouched."""
    if view.approval is None:
        return
    paper.heading("Затвердження")
    paper.items((" ".join(_version(version)) for version in view.approval.versions), ordered=False)
    for line in proof(view.approval):
        paper.add("TableNote", line)


def _version(version: VersionView) -> Iterator[str]:
    yield version_words(version)
    if version.note:
        yield f"{capitalized(version.reason)}: {version.note}."
    if version.changed:
        changed = (
            f"{title}: {'не було' if old is None else grouped(old)} → {'немає' if new is None else grouped(new)}"
            for title, old, new in version.changed
        )
        yield f"{'; '.join(changed)}."
    elif version.number > 1:
        yield "Числа не змінилися."
