"""`make post POSTED=…`: writes the row of a publication that an editor has just made, after the checks of an import."""

from __future__ import annotations

from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options
from hromada.content.folder_reader import Content
from hromada.conversion.social.attribution import attribute
from hromada.conversion.social.manual_post import (
    SETTING,
    account_of,
    files_of_row,
    publication_of,
    refuse_link,
    row_of_table,
    unknown_account,
    with_row,
)
from hromada.conversion.social.merging import MergeResult, NewRow, merge
from hromada.conversion.social.publication import ExportResult, ImportRefused, refusal
from hromada.domain.account import NETWORK_TITLES
from hromada.domain.entry import Entry
from hromada.domain.post_link import publication_keys
from hromada.domain.problem import Level
from hromada.importers.social import (
    files_with,
    note_networks,
    refuse_unsound,
    register_entries,
    write_files,
)
from hromada.importers.staging import with_import_lock
from hromada.reading.register_rows import SOCIAL
from hromada.reading.registers import read_register_file
from hromada.reading.table_files import table_form
from hromada.reading.text_decoding import TextRefused, decode_table


def record_posted(options: Options, content: Content, title: str) -> int:
    """Write the row into the register; 0, or 2 when it is refused and nothing is written."""

    def record(options: Options) -> int:
        try:
            return _record(options, content, title)
        except ImportRefused as refused:
            print_error(*map(str, refused.problems), "До журналу нічого не записано.")
        return EXIT_REFUSED

    return with_import_lock(options, record)


def _record(options: Options, content: Content, title: str) -> int:
    link = options.posted
    refuse_unsound(content.problems)
    refuse_link(link)
    register, accounts = register_entries(content), content.site.accounts
    account = account_of(link, accounts, register)
    if account is None and not options.account:
        raise unknown_account(link, accounts)
    post = publication_of(link, title, options.clock.moment.replace(microsecond=0), account)
    result = ExportResult([post])
    attributed = attribute(result, accounts, options.account)
    if not attributed:
        raise refusal(
            SETTING, 1, "import-account", "сторінка з ACCOUNT і сторінка в посиланні різні", "приберіть ACCOUNT"
        )
    merged = merge(attributed, register)
    if not merged.new:
        raise _already_there(link, register, attributed[0].account.id)
    (row,) = merged.new
    name, data = _file(content, row, register)
    if fault := write_files(options.content, {name: (data, [row])}):
        print_error(str(fault))
        return EXIT_REFUSED
    print_lines(
        f"Записано до журналу: {name} (+1 рядок): {row.account.name}, {NETWORK_TITLES.get(row.network, row.network)}, {row.title}",
        *_notes(merged),
    )
    return EXIT_OK


def _already_there(link: str, register: list[Entry], account: str) -> ImportRefused:
    """The refusal that names the row which the register has."""
    own = [entry for entry in register if entry.traits.get("account") == account]
    network_keys = {
        id(entry): publication_keys(entry.traits.get("network", ""), entry.url, entry.id)
        & publication_keys(entry.traits.get("network", ""), link, "")
        for entry in own
    }
    same = next((entry for entry in own if network_keys[id(entry)]), None)
    if same is None:
        return refusal(
            SETTING, 1, "duplicate-publication", "у журналі вже є рядок того самого дня з цією назвою, без посилання",
            "допишіть посилання в тому рядку",
        )  # fmt: skip
    return refusal(
        SETTING, 1, "duplicate-publication", f"ця публікація вже є: {same.location}", "другого рядка не треба"
    )


def _file(content: Content, row: NewRow, register: list[Entry]) -> tuple[str, bytes]:
    """The register's file with the row: one that people keep, in its own form, else that of an import."""
    for name in files_of_row(row, register, content.scanned):
        if data := _extended(content, name, row):
            return name, data
    ((name, (data, _)),) = files_with(content, [row]).items()
    return name, data


def _extended(content: Content, name: str, row: NewRow) -> bytes:
    """The file's bytes with the row; empty where its form can't hold it."""
    raw = content.read(name)
    try:
        form = table_form(decode_table(raw))
        if form is None or {"date", "title", "url"} - set(form.columns.values()):
            return b""
        cells = row_of_table(row, form.columns, form.width, form.last)
        data = with_row(raw, cells, form.separator)
    except (TextRefused, UnicodeEncodeError):
        return b""
    return data if _reads_back(content, name, raw, data, row) else b""


def _reads_back(content: Content, name: str, before: bytes, after: bytes, row: NewRow) -> bool:
    """Whether the register's reader finds the former rows in the file and the new one behind them."""
    accounts = content.site.accounts
    former, _ = read_register_file(SOCIAL, name, before, accounts)
    entries, problems = read_register_file(SOCIAL, name, after, accounts)
    if (
        entries[:-1] != former
        or len(entries) == len(former)
        or any(problem.level is Level.ERROR for problem in problems)
    ):
        return False
    new, traits = entries[-1], entries[-1].traits
    read = (new.day, new.url, new.title, traits["account"], traits["network"], traits["kind"])
    return read == (row.when.date(), row.url, row.title, row.account.id, row.network, row.kind.value)


def _notes(merged: MergeResult) -> list[str]:
    notes: list[str] = []
    note_networks(notes, merged)
    notes += [f"такий самий допис є на сторінці «{other}»: це дві публікації" for _, other in merged.shared]
    notes += [
        f"схожий рядок уже є, {entry.location}: якщо це та сама публікація, приберіть один"
        for _, entry in merged.doubtful
    ]
    return [f"Зверніть увагу: {note}" for note in notes]
