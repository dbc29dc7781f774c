"""Which files are tables of registers, and what is remembered of them."""

import pytest

from hromada.content import register_files
from hromada.content.file_cache import FileCache
from hromada.content.register_files import misplaced, read_rows, register_of
from hromada.domain.account import Account, Accounts

ACCOUNTS = Accounts.of([Account("rada", "Рада", (), ("facebook",), "main")])
FIRST, SECOND = "content/registers/requests/a.csv", "content/registers/requests/b.csv"


def table(*counts):
    return "\n".join(["Дата;Канал;Кількість", *(f"05.07.2021;телефон;{one}" for one in counts)]).encode()


@pytest.fixture
def parsed(monkeypatch):
    """The paths of the files that are really parsed."""
    paths = []
    read = register_files.read_register_file

    def reading(register, path, raw, accounts):
        paths.append(path)
        return read(register, path, raw, accounts)

    monkeypatch.setattr(register_files, "read_register_file", reading)
    return paths


def test_only_a_changed_file_is_parsed_again(tmp_path, parsed):
    first = read_rows({FIRST: table(1), SECOND: table("x")}, ACCOUNTS, b"", FileCache(tmp_path / "m", "1"))
    again = read_rows({FIRST: table(1), SECOND: table("x")}, ACCOUNTS, b"", FileCache(tmp_path / "m", "1"))
    changed = read_rows({FIRST: table(2), SECOND: table("x")}, ACCOUNTS, b"", FileCache(tmp_path / "m", "1"))

    assert parsed == [FIRST, SECOND, FIRST]
    assert again == first
    assert ([one.count for one in changed[0]], [one.path for one in changed[1]]) == ([2], [SECOND])
    assert changed[2] != first[2]


def test_other_accounts_parse_all_anew(tmp_path, parsed):
    read_rows({FIRST: table(1)}, ACCOUNTS, b"", FileCache(tmp_path / "m", "1"))
    read_rows({FIRST: table(1)}, ACCOUNTS, b"x", FileCache(tmp_path / "m", "1"))

    assert parsed == [FIRST, FIRST]


def test_a_file_that_is_gone_leaves_no_row(tmp_path):
    file_cache = FileCache(tmp_path / "m", "1")
    read_rows({FIRST: table(1), SECOND: table(2)}, ACCOUNTS, b"", file_cache)

    assert [one.count for one in read_rows({SECOND: table(2)}, ACCOUNTS, b"", file_cache)[0]] == [2]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "A.XLSX", "a.xls", "a.ods"])
def test_tables_of_four_types_are_registers(name):
    path = f"content/registers/social/{name}"

    assert (register_of(path), list(misplaced(path))) == ("social", [])


@pytest.mark.parametrize("name", ["a.xlsm", "a.txt", "a.xlsx.bak", "a.docx"])
def test_another_type_is_refused_with_those_that_may_lie_there(name):
    path = f"content/registers/social/{name}"

    assert register_of(path) is None
    assert [str(one) for one in misplaced(path)] == [
        f"{path}:1: це не таблиця журналу, тут можуть лежати лише .csv, .xlsx, .xls, .ods [register-file]"
    ]
