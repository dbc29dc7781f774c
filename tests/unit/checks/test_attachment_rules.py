import pytest

from hromada.checks.attachment_rules import check_attachment, check_documents
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
    assert codes(people=("Олена Зразкова",), has_notes=True, has_coordinates=True) == [
        "attachment-metadata",
        "attachment-notes",
        "attachment-place",
    ]


A, B = "content/files/a.pdf", "content/files/b.mp4"


def test_a_document_stands_at_no_address_of_the_site():
    found = list(check_documents({"content/reports/x/report.pdf": 1, A: 1}, {"/reports/x/report.pdf", "/files/"}))

    assert [(one.path, one.code) for one in found] == [("content/reports/x/report.pdf", "duplicate-address")]


@pytest.mark.parametrize(("size", "codes"), [(899_999_999, []), (900_000_000, ["site-too-large"])])
def test_documents_that_alone_fill_the_host_are_refused(size, codes):
    found = list(check_documents({A: 100_000_000, B: size}, ()))

    assert [one.code for one in found] == codes
    assert [one.path for one in found] == [B] * len(codes)


def test_a_site_without_documents_is_good():
    assert list(check_documents({}, ("/",))) == []


@pytest.mark.parametrize("name", ["items.csv", "1/items.csv", "dodatok.pdf"])
def test_a_document_stands_in_no_folder_that_a_report_fills(name):
    path = f"content/reports/x/versions/{name}"
    found = list(check_documents({path: 1}, (), {"/reports/x/versions/"}))

    assert [one.code for one in found] == ["duplicate-address"]
    assert "у теці «/reports/x/versions/» стоять сторінки й файли самого звіту" in str(found[0])
    assert list(check_documents({"content/reports/x/versions.pdf": 1, A: 1}, (), {"/reports/x/versions/"})) == []


OWN = {
    "/",
    "/news/",
    "/news/archive/",
    "/news/feed.atom",
    "/reports/x/",
    "/reports/x/report.pdf",
    "/reports/x/items.csv",
}


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("content/reports/x/report.pdf/a.pdf", "/reports/x/report.pdf"),
        ("content/reports/x/items.csv/2021/a.pdf", "/reports/x/items.csv"),
        ("content/news/feed.atom/a.pdf", "/news/feed.atom"),
        ("content/news/archive/index.html/a.pdf", "/news/archive/index.html"),
        ("content/reports/x/index.html/a/b/a.pdf", "/reports/x/index.html"),
    ],
)
def test_a_document_lies_in_no_folder_that_is_called_as_a_file_of_the_site(path, file):
    (found,) = check_documents({path: 1}, OWN)

    assert str(found) == (
        f"{path}:1: на адресі його теки «{file}» стоїть файл самого сайту, перейменуйте теку [duplicate-address]"
    )


@pytest.mark.parametrize(
    "path", ["content/reports/x/a.pdf", "content/news/2021/index.html/a.pdf", "content/files/report.pdf/a.pdf"]
)
def test_a_document_in_a_page_s_folder_is_good(path):
    assert list(check_documents({path: 1}, OWN)) == []
