"""Reads redirects.csv: addresses of an earlier site and their targets, `Звідки;Куди`."""

from __future__ import annotations

from hromada.domain.entry import SourceLocation
from hromada.domain.private_address import find_address_fault
from hromada.domain.problem import Problem
from hromada.domain.site_urls import GONE, REDIRECTS, AddressRefused, Redirect, parse_old_address
from hromada.domain.table_text import CsvBroken, csv_rows
from hromada.reading.text_decoding import TextRefused, decode_table

_NAMES = (("звідки", "куди"), ("from", "to"))
_OPEN, _NO_QUOTES = "лапки в рядку не закрито", "закрийте або приберіть їх"
_HEADER = "перший рядок має бути: Звідки;Куди"


def read_redirects(raw: bytes) -> tuple[tuple[Redirect, ...], list[Problem]]:
    """The redirects of the file and the problems of invalid rows."""
    try:
        text = decode_table(raw)
    except TextRefused as refused:
        return (), [Problem(REDIRECTS, refused.line, refused.code, str(refused), refused.fix)]
    redirects: list[Redirect] = []
    problems: list[Problem] = []
    separator = next((separator for separator in ";,\t" if separator in text.partition("\n")[0]), ";")
    is_headed = False
    broken: list[CsvBroken] = []
    try:
        for line, row in csv_rows(text, separator, broken.append):
            cells = [cell.strip() for cell in row]
            if any(cells) and not is_headed:
                is_headed = True
                if tuple(cell.casefold() for cell in cells) not in _NAMES:
                    return (), [Problem(REDIRECTS, line, "redirect-row", "немає рядка з назвами стовпців", _HEADER)]
            elif any(cells):
                problems += _take(cells, line, redirects)
    except CsvBroken as last:
        broken.append(last)
    problems += [_unclosed(fault.line) for fault in broken]
    return tuple(redirects), problems


def _unclosed(line: int) -> Problem:
    return Problem(REDIRECTS, line, "redirect-row", _OPEN, _NO_QUOTES)


def _take(cells: list[str], line: int, redirects: list[Redirect]) -> list[Problem]:
    """Append the row's redirect, or return its problems."""
    if any("\n" in cell for cell in cells):
        return [_unclosed(line)]
    if len(cells) != 2 or not all(cells):
        fix = "напишіть колишню адресу і шлях до файлу: /2021/07/zustrich/;content/news/2021/2021-07-05-zustrich.md"
        return [Problem(REDIRECTS, line, "redirect-row", "у рядку мають бути дві клітинки", fix)]
    if cells[1].casefold() == GONE:
        cells[1] = GONE
    if private := find_address_fault(cells[1]):
        return [Problem(REDIRECTS, line, "link-private", *private)]
    try:
        redirects.append(Redirect(parse_old_address(cells[0]), cells[1], SourceLocation(REDIRECTS, line)))
    except AddressRefused as refused:
        return [Problem(REDIRECTS, line, "redirect-address", str(refused), refused.fix)]
    return []
