"""Sections of the Word report: the text, figures, comparison, months, rules, reconciliation, changes, signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Twips
from docx.table import _Cell

from hromada.domain.alphabet import capitalized
from hromada.domain.days_in_words import day_in_words
from hromada.domain.numerals import NOUNS, grouped
from hromada.report.documents.docx_writer import DocxColumn, DocxRow, DocxWriter, add_runs, add_table, list_indent
from hromada.report.documents.report_document import (
    AFTER_APPROVAL,
    NBSP,
    ReportDocument,
    document_number,
    format_version,
    month_value,
    verification_lines,
)
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
    ApprovalView,
    ChangeView,
    ComparedValue,
    Comparison,
    ComparisonRow,
    FigureView,
    ReportView,
    VersionView,
)

_TEXT_WIDTH = 170.0


def add_blocks(writer: DocxWriter, blocks: Iterable[Block], style: str = "BodyText", level: int = -1) -> None:
    """Add the report's text; `level` is that of the surrounding list, −1 outside of lists."""
    for block in blocks:
        match block:
            case Paragraph(runs):
                _add_paragraph(writer, runs, style, level)
            case Heading(deep, runs):
                writer.heading(runs, deep - 1)  # the title is Word's Title, so the text begins with Heading 1
            case ListBlock():
                _add_list(writer, block, level + 1)
            case Quote(inside):
                add_blocks(writer, inside, "Quote", level)
            case TextTable():
                _add_table(writer, block)
            case PictureBlock(alt):
                if alt:
                    _add_paragraph(writer, (TextRun(f"[Зображення: {alt}]", italic=True),), style, level)


def _add_paragraph(writer: DocxWriter, runs: tuple[TextRun, ...], style: str, level: int) -> None:
    paragraph = writer.add(style, runs)
    if level > 0:  # goes on with an item of a list in a list
        paragraph.paragraph_format.left_indent = Twips(list_indent(level))


def _add_list(writer: DocxWriter, block: ListBlock, level: int) -> None:
    list_id = writer.numbering.new(block.ordered, level, block.start)
    for item in block.items:
        first, rest = (item[0].runs, item[1:]) if item and isinstance(item[0], Paragraph) else ((), item)
        writer.numbering.number(writer.add("ListParagraph", first), list_id, level)
        add_blocks(writer, rest, level=level)


def _add_table(writer: DocxWriter, block: TextTable) -> None:
    """Column widths follow the longest cell; short rows are filled up."""
    lines = [line for line in (block.head, *block.rows) if line]
    count = max(map(len, lines), default=0)
    if not count:
        return
    weights = [max(_weight(line[n]) if n < len(line) else 1 for line in lines) for n in range(count)]
    titles = ["".join(run.text for run in cell) for cell in block.head] + [""] * (count - len(block.head))
    columns = [
        DocxColumn(title, _TEXT_WIDTH * weight / sum(weights)) for title, weight in zip(titles, weights, strict=True)
    ]
    rows = [DocxRow((*row, *[()] * (count - len(row)))) for row in block.rows]
    add_table(writer.document, columns, rows)
    writer.add("TableNote", "")  # Word joins neighbouring tables


def _weight(cell: tuple[TextRun, ...]) -> float:
    """The width that a cell asks for: its number of characters, between 6 and 40."""
    return min(max(sum(len(run.text) for run in cell), 6), 40)


def add_figures(writer: DocxWriter, report_document: ReportDocument) -> None:
    """Every figure with its window, and below it its parts, unless they have a table of their own."""
    view = report_document.view
    columns = [DocxColumn("Показник", 105), DocxColumn("Період", 40), DocxColumn("Кількість", 25, is_number=True)]
    rows = [row for figure in view.figures for row in _figure_rows(figure, report_document)]
    writer.heading("Показники")
    writer.table(f"Показники за {view.period_title}", columns, rows)


def _figure_rows(figure: FigureView, report_document: ReportDocument) -> Iterator[DocxRow]:
    number = (TextRun(grouped(figure.value), link=report_document.absolute(figure.path)),)
    yield DocxRow((figure.title, figure.window or "період звіту", number))
    if figure.own_table or len(figure.parts) < 2:
        return
    for part in figure.parts:
        if part.value:
            yield DocxRow((part.title, "", grouped(part.value)), is_part=True)


def add_units(writer: DocxWriter, view: ReportView) -> None:
    """Every unit of the period with its messages, zeros too."""
    if not view.unit_rows:
        return
    columns = [DocxColumn("Сторінка", 130), DocxColumn("Повідомлень", 40, is_number=True)]
    total = f"Разом, {NOUNS['сторінка'].counted(view.units_total)}"
    rows = [DocxRow((row.title, grouped(row.value))) for row in view.unit_rows]
    writer.heading("Сторінки підрозділів та організацій")
    writer.table(
        f"Повідомлення на сторінках підрозділів та організацій за {view.period_title}",
        columns,
        [*rows, DocxRow((total, grouped(view.messages_total)), is_total=True)],
    )


def add_accounts(writer: DocxWriter, view: ReportView) -> None:
    """Publications by account; reposts and stories have their own columns and are not added."""
    if not view.account_rows:
        return
    columns = [
        DocxColumn("Сторінка", 62), DocxColumn("Мережі", 32), DocxColumn("Публікацій", 28, is_number=True),
        DocxColumn("Репостів", 25, is_number=True), DocxColumn("Сторіз", 23, is_number=True),
    ]  # fmt: skip
    rows = [
        DocxRow((row.title, row.networks, *map(grouped, (row.value, row.reposts, row.stories))))
        for row in view.account_rows
    ]
    total = view.account_totals
    rows.append(DocxRow(("Разом", "", *map(grouped, (total.value, total.reposts, total.stories))), is_total=True))
    writer.heading("Соціальні мережі")
    note = "Репости та сторіз показано окремо, до публікацій їх не додано."
    writer.table(f"Публікації за сторінками у соціальних мережах за {view.period_title}", columns, rows, (note,))


_COMPARISON_WIDTHS = {
    1: (76, 24, 27, 43),
    2: (43, 23, 23, 29),
}  # figure, now, then, difference, by the number of periods


def add_comparison(writer: DocxWriter, comparison: Comparison, now: str) -> None:
    """The figures with those of earlier periods; a note says why one can't be compared."""
    if not comparison.notes and not comparison.periods:
        return
    writer.heading("Порівняння")
    if not comparison.periods:
        for note in comparison.notes:
            writer.add("BodyText", note)
        return
    figure, current, then, difference = _COMPARISON_WIDTHS[len(comparison.periods)]
    columns = [DocxColumn("Показник", figure), DocxColumn(now, current, is_number=True)]
    for period in comparison.periods:
        columns += [DocxColumn(period.title, then, is_number=True), DocxColumn("Різниця", difference, is_number=True)]
    rows = [_compared(row) for row in comparison.rows]
    writer.table(f"Показники за {now} і за попередні періоди", columns, rows, comparison.notes)


def _compared(row: ComparisonRow) -> DocxRow:
    return DocxRow((row.title, grouped(row.value), *(text for cell in row.cells for text in _cells(cell))))


def _cells(cell: ComparedValue) -> tuple[str, str]:
    if cell.value is None:
        return "–", cell.note
    if not cell.difference:
        return grouped(cell.value), cell.percent
    return grouped(cell.value), f"{cell.difference} ({cell.percent})" if cell.percent else cell.difference


def add_months(writer: DocxWriter, view: ReportView) -> None:
    """The headline figures by month: those of the same months in one table."""
    by_months: dict[tuple[str, ...], list[FigureView]] = {}
    for figure in view.headline:
        if len(figure.months) > 1:
            by_months.setdefault(tuple(month.id for month in figure.months), []).append(figure)
    if by_months:
        writer.heading("За місяцями")
    for figures in by_months.values():
        _add_month_table(writer, view, figures)


def _add_month_table(writer: DocxWriter, view: ReportView, figures: Sequence[FigureView]) -> None:
    first = figures[0]
    width = min((170 - 42) / len(figures), 60)
    columns = [
        DocxColumn("Місяць", 170 - width * len(figures)),
        *(DocxColumn(figure.title, width, is_number=True) for figure in figures),
    ]
    rows = [
        DocxRow((month.title, *(month_value(figure.months[number], view) for figure in figures)))
        for number, month in enumerate(first.months)
    ]
    total = DocxRow(("Разом", *(grouped(figure.value) for figure in figures)), is_total=True)
    writer.table(f"Показники за місяцями, {first.window or view.period_title}", columns, [*rows, total])


def add_rules(writer: DocxWriter, view: ReportView) -> None:
    writer.heading("Як рахували")
    writer.add("BodyText", f"Правила підрахунку, версія {view.rules_version}:").paragraph_format.keep_with_next = True
    writer.items(view.rules, ordered=True)


def add_reconciliation(writer: DocxWriter, view: ReportView) -> None:
    """All items and register rows by bucket: counted, or excluded with the reason."""
    writer.heading("Звірка")
    writer.add("BodyText", f"{view.reconciliation.sentence}.")
    if view.registers:
        columns = [
            DocxColumn("Журнал", 50), DocxColumn("Рядків", 20, is_number=True), DocxColumn("Враховано", 26, is_number=True),
            DocxColumn("Окремо", 21, is_number=True), DocxColumn("Заплановано", 30, is_number=True),
            DocxColumn("Поза періодом", 23, is_number=True),
        ]  # fmt: skip
        rows = [
            DocxRow(
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
        writer.table("Рядки журналів", columns, rows)


def add_changes(writer: DocxWriter, view: ReportView) -> None:
    """Changes of the approved entries, and the figures that would differ today."""
    if not view.changes:
        return
    writer.heading(AFTER_APPROVAL)
    writer.add("BodyText", view.changes_lead).paragraph_format.keep_with_next = True
    writer.items(map(_change, view.changes), ordered=False)
    rows = [
        DocxRow((figure.title, grouped(figure.value), grouped(figure.counted)))
        for figure in view.figures
        if figure.counted is not None
    ]
    if rows:
        columns = [
            DocxColumn("Показник", 110),
            DocxColumn("Затверджено", 32, is_number=True),
            DocxColumn("Нині", 28, is_number=True),
        ]
        writer.table("Затверджено і нині", columns, rows)
    elif view.status == "changed":
        writer.add("BodyText", "Суми ті самі, змінився склад.")


def _change(change: ChangeView) -> str:
    detail = f": {change.detail}" if change.detail else ""
    source = f" ({change.source})" if change.source else ""
    return f"{capitalized(change.what)}: {change.title}{detail}{source}"


def add_versions(writer: DocxWriter, view: ReportView) -> None:
    """Every approval with its reason and the figures it changed, and how to verify that this one is unchanged."""
    if view.approval is None:
        return
    writer.heading("Затвердження")
    writer.items((" ".join(_version(version)) for version in view.approval.versions), ordered=False)
    for line in verification_lines(view.approval):
        writer.add("TableNote", line)


def _version(version: VersionView) -> Iterator[str]:
    yield format_version(version)
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


_SIGNATURE_WIDTHS = (72.0, 3.0, 42.0, 3.0, 50.0)  # a name of usual length stays on one line
_POSITION, _HAND, _NAME = 0, 2, 4


def add_signature(writer: DocxWriter, approval: ApprovalView | None) -> None:
    """Filled in when the report is approved; otherwise lines to write on."""
    writer.add("Signature", "")
    table = writer.document.add_table(2 if approval is None else 1, len(_SIGNATURE_WIDTHS))
    table.autofit = False
    for column, width in zip(table.columns, _SIGNATURE_WIDTHS, strict=True):
        column.width = Mm(width)
    for number, row in enumerate(table.rows):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, width in zip(row.cells, _SIGNATURE_WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP if number else WD_ALIGN_VERTICAL.BOTTOM
            cell.paragraphs[0]._p.style = "SignatureHint" if number else "Signature"
    cells = table.rows[0].cells
    _line(cells[_HAND])
    if approval is None:
        _leave_blank(cells, table.rows[1].cells)
    else:
        add_runs(cells[_POSITION].paragraphs[0], capitalized(approval.position))
        add_runs(cells[_NAME].paragraphs[0], approval.name)
    writer.add("Signature", "")
    last = writer.add("Signature", _dated(approval))
    last.paragraph_format.keep_with_next = False


def _leave_blank(cells: tuple[_Cell, ...], hints: tuple[_Cell, ...]) -> None:
    for number, hint in ((_POSITION, "посада"), (_HAND, "підпис"), (_NAME, "Власне ім’я ПРІЗВИЩЕ")):
        _line(cells[number])
        add_runs(hints[number].paragraphs[0], hint)


def _line(cell: _Cell) -> None:
    """Give the cell a bottom border, to write on."""
    rule = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    width = cell._tc.get_or_add_tcPr()[0]  # the schema requires the borders right after it
    width.addnext(parse_xml(f"<w:tcBorders {nsdecls('w')}>{rule}</w:tcBorders>"))


def _dated(approval: ApprovalView | None) -> str:
    if approval is None:
        return f"«___»{NBSP}______________{NBSP}20___{NBSP}року  №{NBSP}________"
    return "  ".join(filter(None, (day_in_words(approval.on), document_number(approval.document))))
