import csv
import hashlib
import io
import json

import frictionless
import pytest

from hromada.domain.settings import LICENCES
from hromada.report.documents.datapackage import datapackage_json
from hromada.report.documents.docx_report import report_docx
from hromada.report.documents.report_document import INCOMPLETE
from hromada.report.documents.xlsx_report import report_xlsx
from tests.unit.making import replace
from tests.unit.report.documents import making


@pytest.fixture(autouse=True)
def csv_limit():
    """Frictionless lifts the longest cell of Python's csv for the whole process; our readers refuse longer ones."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


HEAD = ("figure", "date", "section", "title", "url", "source", "count")


def items_csv(report_document):
    """As the contract says: BOM, semicolons, CRLF, a formula's first sign disarmed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for one in report_document.lists:
        for entry in one.entries:
            title = f"'{entry.title}" if entry.title.startswith(("=", "+", "-", "@")) else entry.title
            day = entry.day.isoformat() if entry.day else ""
            writer.writerow((one.figure.id, day, entry.section_title, title, entry.address, entry.source, entry.count))
    return out.getvalue().encode("utf-8-sig")


@pytest.fixture(scope="module")
def files():
    report_document = making.changed()
    return {
        "report.json": b'{"status": "changed"}\n',
        "items.csv": items_csv(report_document),
        "report.docx": report_docx(report_document),
        "report.pdf": b"%PDF-1.7\n",
        "report.xlsx": report_xlsx(report_document),
    }


@pytest.fixture
def folder(files, tmp_path):
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "datapackage.json").write_bytes(datapackage_json(making.changed(), files))
    return tmp_path


def described(report_document, files=None):
    return json.loads(datapackage_json(report_document, files or {}))


def test_the_package_is_valid_for_frictionless(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.flatten(["name", "type", "note"]) == []
    assert report.valid
    assert [(task.name, task.type) for task in report.tasks] == [
        ("report-json", "file"), ("items-csv", "table"), ("report-docx", "file"), ("report-pdf", "file"),
        ("report-xlsx", "file"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["report.json", "items.csv", "report.docx", "report.pdf", "report.xlsx"])
def test_a_changed_byte_is_refused(folder, name):
    data = bytearray((folder / name).read_bytes())
    data[-3] ^= 1
    (folder / name).write_bytes(bytes(data))

    report = frictionless.validate(str(folder / "datapackage.json"))

    assert not report.valid
    assert "hash-count" in [type for (type,) in report.flatten(["type"])]


def test_a_missing_file_is_refused(folder):
    (folder / "report.pdf").unlink()

    assert not frictionless.validate(str(folder / "datapackage.json")).valid


def test_the_rows_are_read_with_their_types_and_sum_to_the_figures(folder):
    rows = frictionless.Package(str(folder / "datapackage.json")).get_resource("items-csv").read_rows()

    assert tuple(rows[0]) == HEAD  # without the mark of UTF-8 in the first name
    sums = {
        one.id: sum(row["count"] for row in rows if row["figure"] == one.id) for one in making.changed().view.figures
    }
    assert sums == {one.id: one.value for one in making.changed().view.figures}
    assert rows[0]["date"].isoformat() == "2021-07-01"
    assert [row["date"] for row in rows if row["figure"] == "unit-pages"] == [None] * 20


def test_every_file_but_the_descriptor_itself_is_a_resource_with_its_size_and_sum(files):
    package = described(making.changed(), files | {"datapackage.json": b"{}"})

    assert {one["path"]: (one["bytes"], one["hash"]) for one in package["resources"]} == {
        name: (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}") for name, data in files.items()
    }


def test_a_site_without_a_real_address_has_no_homepage():
    assert "homepage" not in described(replace(making.changed(), address=""))


def test_the_package_says_whose_it_is_and_under_which_licence():
    package = described(making.changed())

    assert package["name"] == "reports-2021-h2"
    assert package["homepage"] == "https://hromada.example/reports/2021-h2/"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["contributors"] == [{"title": making.changed().view.publisher, "role": "publisher"}]


def test_another_licence_of_the_site_is_the_packages_too():
    package = described(replace(making.changed(), licence=LICENCES["CC0 1.0"]))

    assert package["licenses"] == [{
        "name": "CC0-1.0", "title": "Creative Commons Zero v1.0 Universal",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    }]  # fmt: skip


@pytest.mark.parametrize(("make", "day"), [(making.approved, "2022-02-01"), (making.incomplete, "2021-10-05")])
def test_it_was_made_on_the_documents_day(make, day):
    assert described(make())["created"] == f"{day}T00:00:00Z"


def test_a_note_with_a_full_stop_of_its_own_has_one():
    approval = making.approval(note="Додано дописи.")

    assert "Додано дописи." in described(making.approved(approval=approval))["description"]
    assert ".." not in described(making.approved(approval=approval))["description"]


def test_an_incomplete_archive_is_said_in_the_description():
    assert INCOMPLETE in described(making.incomplete())["description"]
    assert INCOMPLETE not in described(making.report_document())["description"]


def test_a_former_version_has_a_name_of_its_own():
    report_document = making.approved()

    assert described(replace(report_document, view=replace(report_document.view, path="/reports/2021-h2/versions/1/")))[
        "name"
    ] == ("reports-2021-h2-versions-1")
