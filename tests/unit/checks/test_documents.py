"""The published documents together."""

import pytest

from hromada.checks.documents import check_documents

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
