import pytest

from hromada.checks.attachments import check_attachment
from hromada.domain.document_metadata import DocumentMetadata

PATH = "content/files/rishennia.docx"


def codes(**traces):
    return [problem.code for problem in check_attachment(PATH, DocumentMetadata(**traces))]


@pytest.mark.parametrize(
    "name",
    ["Користувач Windows", "user", "Admin", "Microsoft Office User", "Дергачівська міська рада", "Відділ ЖКГ", "КП «Водоканал»", "openpyxl"],
)  # fmt: skip
def test_an_office_a_computer_and_a_program_are_nobody(name):
    assert codes(people=(name,)) == []


@pytest.mark.parametrize("name", ["Олена Зразкова", "zrazkova_o", "Зразкова О. П."])
def test_a_person_in_the_properties_is_named(name):
    problems = list(check_attachment(PATH, DocumentMetadata(people=("user", name))))

    assert [problem.code for problem in problems] == ["attachment-metadata"]
    assert name in problems[0].message
    assert "user" not in problems[0].message


def test_each_trace_is_a_finding_of_its_own():
    assert codes(people=("Олена Зразкова",), has_notes=True, has_gps=True) == [
        "attachment-metadata",
        "attachment-notes",
        "attachment-place",
    ]
