"""Input of a report's documents, with their common sentences, limits, and reproducible zip archives.

The limits come from measurements on one core (docs/decisions/0011): no report of a community reaches a fifth of them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.alphabet import capitalized
from hromada.domain.days_in_words import day_in_words
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import NOUNS, grouped
from hromada.domain.settings import CC_BY, Licence
from hromada.report.text.placeholders import Block, ListBlock, Paragraph, Quote, TextTable
from hromada.report.view.report_view import (
    ApprovalView,
    EntryGroup,
    EntryView,
    FigureView,
    MonthView,
    ReportView,
    VersionView,
)

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive can hold
_UNIX, _READ_WRITE = 3, 0o600 << 16


def reproducible_zip(archive: bytes) -> bytes:
    """Repack the archive with one date, system and compression, so that its bytes don't depend on time and machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = _UNIX, _READ_WRITE
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name), compresslevel=6)
    return out.getvalue()


_SCHEMES = {"http", "https", "mailto", "tel"}
_SAFE = ":/?#@!$&'()*+,;=%~"  # what has a meaning in an address, and what is encoded already
_BARE_PERCENT = lazy_compile("%(?![0-9A-Fa-f]{2})")


def office_link(address: str) -> str:
    """The percent-encoded address; empty unless it is a valid http, https, mailto or tel address.

    An invalid link makes Word call the whole file damaged.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme.casefold() not in _SCHEMES or not (parts.netloc or parts.path):
        return ""
    return quote(_BARE_PERCENT.sub("%25", address.strip()), safe=_SAFE)


NBSP = "\N{NO-BREAK SPACE}"
INCOMPLETE = "Архів неповний: враховано лише матеріали цього сховища"
AFTER_APPROVAL = "Після затвердження"
# Not allowed in XML 1.0: one such character from a spreadsheet's cell would break the document.
_UNPRINTABLE = lazy_compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
        f"Перевірка: числа підраховано за змістом сховища (git) {approval.commit}.",
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


class FigureEntries(Struct, frozen=True):
    """A figure with its entries, by part."""

    figure: FigureView
    groups: tuple[EntryGroup, ...]

    @property
    def entries(self) -> tuple[EntryView, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)


class ReportDocument(Struct, frozen=True):
    """One report (or one approved version of it) in full.

    `notes` say what the documents omit; `address` is the site's without a closing slash, or only its path while the
    site has no real address.
    """

    view: ReportView
    text: tuple[Block, ...]
    lists: tuple[FigureEntries, ...]
    address: str
    licence: Licence = CC_BY
    notes: tuple[str, ...] = ()

    @property
    def home(self) -> str:
        """Where the report is published; empty while the site has no real address."""
        return self.absolute(self.view.path) if "://" in self.address else ""

    def absolute(self, path: str) -> str:
        """The absolute address of a page of the site; other links stay as they are."""
        return self.address + path if path.startswith("/") else path


PDF_ENTRIES = 5_000  # Typst takes 90 KB and 1.2 ms for each: half a gigabyte in all
XLSX_ENTRIES = 100_000  # 4 KB and 0.25 ms for each; a sheet of Excel has a million rows
TABLE_ROWS = 1_000  # of a table, or of a figure's parts: 130 KB for each in Typst, 1.6 ms in Word
TEXT_BLOCKS = 10_000  # paragraphs, items and cells of the text: 25 KB for each in Typst, 1 ms in Word
LONGEST_HEAD = 500  # characters of a table head, repeated on every page: one longer than a page takes gigabytes
LONGEST_TITLE = 1_000  # characters of a heading in the PDF; its outline may hold no more than 32,767 (PDF/A)
_CHARACTERS_PER_ENTRY = 500  # so many characters take as much space as an entry


def omitted_lists(lists: Sequence[FigureEntries], most: int) -> frozenset[int]:
    """Indexes of lists that are not printed: the longest ones, until the others have at most `most` entries together."""
    sizes = [sum(map(_weight, entry_list.entries)) for entry_list in lists]
    total, out = sum(sizes), set()
    for index in sorted(range(len(sizes)), key=lambda index: (-sizes[index], index)):
        if total <= most:
            break
        total -= sizes[index]
        out.add(index)
    return frozenset(out)


def _weight(entry: EntryView) -> int:
    return 1 + (len(entry.title) + len(entry.address) + len(entry.section_title)) // _CHARACTERS_PER_ENTRY


def omitted_note(entry_list: FigureEntries) -> str:
    """Says where a list is that is not printed."""
    return f"Перелік ({NOUNS['запис'].counted(len(entry_list.entries))}) – у файлі items.csv на сторінці звіту."


def within_bounds(report_document: ReportDocument) -> ReportDocument:
    """The part of a report that Word and the PDF print; `notes` say what is omitted."""
    notes: list[str] = []
    cut = _RowLimit(notes)
    view = report_document.view
    view = replace(
        view,
        figures=tuple(_figures(view.figures, cut)),
        account_rows=cut("Соціальні мережі", view.account_rows),
        registers=cut("Рядки журналів", view.registers),
        changes=cut("Після затвердження", view.changes),
        comparison=replace(view.comparison, rows=cut("Порівняння", view.comparison.rows)),
    )
    text = report_document.text
    if sum(_pieces(text)) > TEXT_BLOCKS:
        notes.append("Текст звіту задовгий для документа: він на сторінці звіту")
        text = ()
    return replace(report_document, view=view, text=text, notes=tuple(notes)) if notes else report_document


class _RowLimit:
    """Cuts a table to its first rows and adds a note when there are more."""

    def __init__(self, notes: list[str]) -> None:
        self._notes = notes

    def __call__(self, title: str, rows: tuple[Any, ...], most: int = TABLE_ROWS) -> tuple[Any, ...]:
        if len(rows) <= most:
            return rows
        self._notes.append(
            f"У таблиці «{title}» подано {grouped(most)} з {grouped(len(rows))} рядків; усі – на сторінці звіту"
        )
        return rows[:most]


def _figures(figures: Iterable[FigureView], cut: _RowLimit) -> Iterator[FigureView]:
    """The figures with their parts, which together are one table."""
    room = TABLE_ROWS
    for figure in cut("Показники", tuple(figures)):
        parts = figure.parts if figure.own_table else cut(figure.title, figure.parts, max(room, 0))
        room -= 0 if figure.own_table else len(parts)
        yield replace(figure, parts=parts)


def _pieces(blocks: Iterable[Block]) -> Iterator[int]:
    for block in blocks:
        match block:
            case ListBlock(items=items):
                for item in items:
                    yield 1
                    yield from _pieces(item)
            case Quote(blocks=inside):
                yield from _pieces(inside)
            case TextTable(head=head, rows=rows):
                yield max(map(len, (head, *rows))) * (1 + len(rows))  # short rows are filled up
            case Paragraph(runs=runs):
                yield max(1, len(runs))
            case _:
                yield 1
