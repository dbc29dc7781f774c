"""The one reader: every file of the content folder becomes values or problems."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hromada.domain.account import Accounts
from hromada.domain.entry import Entry
from hromada.domain.figure import BUILT_IN_IDS, TAKEN_IDS, Figures, standard_figures
from hromada.domain.item import Item, Kind
from hromada.domain.problem import Problem, did_you_mean
from hromada.domain.settings import SiteSettings
from hromada.domain.site import Site
from hromada.images.planning import is_attachment, is_picture
from hromada.reading.items import place_of, read_item
from hromada.reading.registers import read_register_file, repeated_publications
from hromada.reading.translations import join_translations
from hromada.reading.words import read_accounts, read_categories, read_figures
from hromada.report.approval import Approval
from hromada.report.approval_fitting import ApprovalDamaged
from hromada.report.approval_reading import read_approval
from hromada.report.approval_writing import FOLDER as APPROVED

ACCOUNTS = "content/registers/accounts.toml"
FIGURES = "content/reports/figures.toml"
CATEGORIES = "content/categories.toml"
_SPREADSHEETS = (".xlsx", ".xls", ".ods")
_FREE_TYPES = (".txt", ".json", ".xml", ".geojson")  # beside attachments, in files/ alone


@dataclass(slots=True)
class Content:
    """The content as read: the site, what is wrong with it, and where its files lie on the disk."""

    site: Site
    problems: list[Problem]
    disk: dict[str, Path]
    categories: tuple[str, ...] = ()
    approvals: dict[str, Approval] = field(default_factory=dict)  # by period id


@dataclass(slots=True)
class _Found:
    items: list[Item] = field(default_factory=list)
    tables: list[tuple[str, str]] = field(default_factory=list)  # register and path
    registers: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the content, by its name from `content/` on (NFC, `/`), in the order of those names.

    What editors' programs and systems leave behind is no content.
    """
    found: dict[str, Path] = {}
    for parent, folders, names in os.walk(folder, onerror=_raise):
        links = [name for name in folders if Path(parent, name).is_symlink()]  # not walked: shown as what they are
        for name in [*names, *links]:
            if is_leftover(name):
                continue
            path = Path(parent, name)
            shown = f"content/{path.relative_to(folder).as_posix()}"
            composed = unicodedata.normalize("NFC", shown)
            found[shown if composed in found else composed] = path
    yield from sorted(found.items())


def _raise(error: OSError) -> None:
    """A folder that can't be listed must not be skipped: its items would be lost."""
    raise error


def is_leftover(name: str) -> bool:
    """What editors' programs and systems leave behind."""
    if name.endswith("~") or name.startswith((".~lock", "~$")) or name in ("Thumbs.db", "desktop.ini"):
        return True
    return name.startswith(".") and not name.casefold().endswith(".md")


def load(folder: Path, settings: SiteSettings) -> Content:
    """Read the whole content folder; a missing one is a problem like any other."""
    if not folder.is_dir():
        empty = Site(settings, (), (), (), Accounts(), Figures(standard_figures(())), frozenset())
        return Content(
            empty, [Problem("content", 1, "content-missing", f"теки «{folder.name}» немає", "перевірте CONTENT")], {}
        )
    disk = dict(walk(folder))
    found = _Found()
    for path in disk:
        _take(path, disk, found)
    accounts = _accounts(disk, found)
    registers = tuple(sorted(found.registers))
    rows = _rows(disk, found, accounts)
    raw_words = disk[FIGURES].read_bytes() if FIGURES in disk else None
    figures, problems = read_figures(FIGURES, raw_words, registers)
    found.problems += problems
    categories: tuple[str, ...] = ()
    if CATEGORIES in disk:
        categories, problems = read_categories(CATEGORIES, disk[CATEGORIES].read_bytes())
        found.problems += problems
    items, problems = join_translations(found.items)
    found.problems += problems
    site = Site(
        settings, tuple(items), tuple(rows), registers, accounts, figures, frozenset(found.files), tuple(_countable(disk))
    )  # fmt: skip
    approvals = _approvals(disk, found)
    return Content(site, found.problems, disk, categories, approvals)


def _countable(disk: Iterable[str]) -> Iterator[str]:
    """The item files that the count must account for, by their names alone: whatever became of them later."""
    for path in disk:
        placed = place_of(path) if path.endswith(".md") else None
        if placed and placed[0] in (Kind.NEWS, Kind.MESSAGE):
            yield path


def _take(path: str, disk: dict[str, Path], found: _Found) -> None:
    """Put one file where it belongs, or say why it belongs nowhere."""
    section = path.split("/")[1]
    if path.endswith(".md"):
        _take_item(path, disk[path], found)
    elif section == "registers":
        _take_register(path, found)
    elif section in ("news", "units", "pages", "images", "files") or (
        section == "reports" and not _is_report_data(path)
    ):
        if is_picture(path) or is_attachment(path) or (section == "files" and path.endswith(_FREE_TYPES)):
            found.files.add(path)
        else:
            found.problems.append(_stray(path))
    elif path.casefold().endswith(".md"):
        found.problems.append(_stray(path))


def _is_report_data(path: str) -> bool:
    return path == FIGURES or _is_approval(path)


def _is_approval(path: str) -> bool:
    return path.startswith(APPROVED) and path.endswith(".json")


def _approvals(disk: dict[str, Path], found: _Found) -> dict[str, Approval]:
    """Every approval by its period; one that does not fit together refuses the build."""
    approvals: dict[str, Approval] = {}
    for path in filter(_is_approval, disk):
        try:
            approval = read_approval(path, disk[path].read_bytes())
        except OSError as error:
            found.problems.append(_unreadable(path, error))
        except ApprovalDamaged as damaged:
            found.problems.append(
                Problem(path, 1, "approval-damaged", f"затверджений звіт не читається: {damaged}",
                        f"поверніть файл, яким його затверджено: git log -- {path}")
            )  # fmt: skip
        else:
            approvals[approval.period.id] = approval
    return approvals


def _take_item(path: str, file: Path, found: _Found) -> None:
    try:
        item, problems = read_item(path, file.read_bytes())
    except OSError as error:
        item, problems = None, [_unreadable(path, error)]
    found.problems += problems
    if item is not None:
        found.items.append(item)


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(path, 1, "unreadable", f"файл не вдалося прочитати ({error.strerror})", "перевірте права та диск")


def _stray(path: str) -> Problem:
    name = path.rpartition("/")[2]
    if ".md" in name.casefold():
        fix = "залиште розширення «.md» або приберіть файл"
    else:
        fix = "тут можуть лежати лише .md, світлини та документи; приберіть або перенесіть файл"
    return Problem(path, 1, "stray-file", f"файл «{name}» не належить до змісту", fix)


def _take_register(path: str, found: _Found) -> None:
    parts = path.split("/")
    if path == ACCOUNTS:
        return
    if len(parts) < 4:
        near = did_you_mean(parts[-1], ["accounts.toml"])
        found.problems.append(
            Problem(path, 1, "register-file", "файл лежить поза журналами", near or "перенесіть його до теки журналу")
        )
        return
    register = parts[2]
    suffix = path[path.rfind(".") :].casefold()
    if suffix == ".csv":
        found.tables.append((register, path))
        found.registers.add(register)
    elif suffix in _SPREADSHEETS:
        found.problems.append(
            Problem(path, 1, "register-format", f"таблиці {suffix} ще не читаються", "збережіть її як CSV (UTF-8)")
        )
    else:
        found.problems.append(
            Problem(path, 1, "register-file", "це не таблиця журналу", "тут можуть лежати лише таблиці .csv")
        )
    is_figure = register in BUILT_IN_IDS and register not in ("social", "newspaper")
    # «report.json» would stand where the report's own file is, and a dot in a placeholder parts the figure from its field.
    if is_figure or register.casefold() in TAKEN_IDS or "." in register:
        found.problems.append(
            Problem(path, 1, "register-name", f"журнал не може зватися «{register}»", "перейменуйте теку")
        )


def _accounts(disk: dict[str, Path], found: _Found) -> Accounts:
    if ACCOUNTS not in disk:
        return Accounts.of(())
    accounts, problems = read_accounts(ACCOUNTS, disk[ACCOUNTS].read_bytes())
    found.problems += problems
    return accounts


def _rows(disk: dict[str, Path], found: _Found, accounts: Accounts) -> list[Entry]:
    rows: list[Entry] = []
    for register, path in found.tables:
        entries, problems = read_register_file(register, path, disk[path].read_bytes(), accounts)
        rows += entries
        found.problems += problems
    found.problems += repeated_publications(rows)
    return rows
