"""The header's schema says what the reader takes: from the same tables, never stricter than it."""

import json
from datetime import date

import jsonschema
import pytest

from hromada.domain.dates import DateRefused, parse_moment
from hromada.domain.header_fields import BY_KEY, names_of
from hromada.domain.item import STATUSES
from hromada.reading.header import parse_document
from hromada.reading.schema import header_schema, schema_text
from hromada.scaffolding.new_file import DraftKind, draft_text
from tests.conftest import ROOT

ALL_KEYS = tuple(BY_KEY)
SCHEMA = jsonschema.Draft7Validator(header_schema())
CONTENTS = [*(ROOT / "tests/sites/golden/content").rglob("*.md"), *(ROOT / "content").rglob("*.md")]


def as_yaml(text):
    """A header as a program reads it: keys as they are written, lists as lists, empty fields as null."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fields = parse_document("x.md", "\n".join(lines), ALL_KEYS).fields.values()
    return {lines[one.line - 1].partition(":")[0].strip(): one.items or one.text or None for one in fields}


def faults(header):
    return [f"{list(error.path)}: {error.message}" for error in SCHEMA.iter_errors(header)]


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(header_schema())


def test_the_committed_file_is_up_to_date():
    """Renewed by `make update-golden`."""
    assert (ROOT / "docs/schema/header.schema.json").read_text("utf-8") == schema_text()


def test_vs_code_is_told_of_it():
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))

    assert settings["yaml.schemas"] == {"./docs/schema/header.schema.json": ["content/**/*.md"]}


@pytest.mark.parametrize("path", CONTENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_header_that_the_check_takes_fits(path):
    header = as_yaml(path.read_text("utf-8"))

    assert header
    assert faults(header) == []


@pytest.mark.parametrize("kind", [kind for kind in DraftKind if kind is not DraftKind.REPORT])
def test_a_new_files_header_fits(kind):
    assert faults(as_yaml(draft_text(kind, "Назва", date(2022, 1, 15)))) == []


def test_every_key_is_offered_in_both_languages_with_its_description():
    offered = header_schema()["properties"]

    assert {word.lower() for word in offered} == {word for key in ALL_KEYS for word in names_of(key)}
    assert all(one["description"].endswith(".") for one in offered.values())
    assert {"title", "Заголовок", "Опис зображення"} <= offered.keys()


@pytest.mark.parametrize("word", [*STATUSES, *(word.upper() for word in STATUSES)])
def test_a_status_fits_in_any_case(word):
    assert faults({"СТАН": word, "status": word}) == []


@pytest.mark.parametrize(
    "header",
    [{"titel": "x"}, {"Стан": "готово"}, {"date": "вчора"}, {"Дата події": "2021-07"}, {"kind": "відділ"}, {"title": ["a"]}, {"window-": "x"}],
    ids=str,
)  # fmt: skip
def test_what_the_reader_refuses_is_underlined(header):
    assert faults(header)


@pytest.mark.parametrize("text", ["2021-07-05", "05.07.2021", "05.07.2021 14:30", "2021-07-05 14:30:00", "2021-07-05T21:59:59Z",
                                  "5 серпня 2021 р.", "субота, 5 грудня 2026 р. о 10:00", "5\u00a0СЕРПНЯ 2021", "п’ятниця 4 груд. 2026, 10.00", "5 серпня",
                                  "5 серпня 2021 о 10-00", "5 серпня 2021 року (четвер)",
                                  "2021-7-5", "05/07/2021", "2021", "5 липня", "2021-07-05 14"])  # fmt: skip
def test_dates_have_the_readers_forms(text):
    try:
        parse_moment(text)
    except DateRefused:
        assert faults({"date": text})
    else:
        assert faults({"date": text}) == []
