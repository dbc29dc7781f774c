import pytest

from hromada.domain.web_address import mail_link, scheme_of, web_address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example/x", "https://a.example/x"),
        (" http://a.example ", "http://a.example"),
        ("www.facebook.com/rada/1", "https://www.facebook.com/rada/1"),
        ("facebook.com:443/x", "https://facebook.com:443/x"),
        ("немає", ""), ("-", ""), ("", ""), ("http://[", ""), ("https:", ""), ("/news/", ""), ("//a.example/", ""),
        ("javascript:alert(1)", ""), ("java\tscript:alert(1)", ""), ("javascript://a.example/%0aalert(1)", ""), ("data:text/html,x", ""),
        ("mailto:a@b.example", ""),
    ],
)  # fmt: skip
def test_only_a_page_of_the_web_becomes_a_link(written, address):
    assert web_address(written) == address


@pytest.mark.parametrize(
    ("written", "scheme"),
    [("https://a", "https"), ("JaVa\nScRiPt:x", "javascript"), ("\x01javascript:x", "javascript"), ("\u200bdata:x", "data"), ("Рада: звіт", ""),
     ("a.example:80/x", ""), ("#javascript:x", ""), ("C:\\foto.jpg", "c")],
)  # fmt: skip
def test_a_scheme_is_read_as_browsers_do(written, scheme):
    assert scheme_of(written) == scheme


@pytest.mark.parametrize(
    ("written", "link"),
    [("rada@a.example", "mailto:rada@a.example"), ("a@b.example; c@d.example", "mailto:a@b.example,c@d.example"), ("a@b.example?subject=x", ""),
     ("немає", ""), ("", ""), ("a@b.example\"onclick=x", "")],
)  # fmt: skip
def test_only_mailboxes_become_a_mail_link(written, link):
    assert mail_link(written) == link
