import pytest

from hromada.report.documents.report_document import office_link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://hromada.example/news/x/", "https://hromada.example/news/x/"),
        ("https://x.example/шлях?а=б#в", "https://x.example/%D1%88%D0%BB%D1%8F%D1%85?%D0%B0=%D0%B1#%D0%B2"),
        ("https://x.example/%D1%88?a=1&b=2", "https://x.example/%D1%88?a=1&b=2"),
        ("https://x.example/100%/a b", "https://x.example/100%25/a%20b"),
        (" https://x.example/<b> ", "https://x.example/%3Cb%3E"),
        ("mailto:rada@x.example", "mailto:rada@x.example"),
        ("tel:+380576331234", "tel:+380576331234"),
    ],
)
def test_an_address_is_encoded_once(address, link):
    assert office_link(address) == link


@pytest.mark.parametrize(
    "address",
    ["", "рада", "/news/x/", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd",
     "http://[", "http://x:рада/", "https://", "vbscript:x", "internal:A1"],
)  # fmt: skip
def test_what_is_no_address_or_could_run_is_no_link(address):
    assert office_link(address) == ""
