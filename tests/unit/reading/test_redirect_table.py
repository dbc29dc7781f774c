import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.site_urls import AddressRefused, file_at, parse_old_address
from hromada.reading.redirect_table import read_redirects


def rows(text):
    found, problems = read_redirects(text.encode() if isinstance(text, str) else text)
    return [(one.address, one.target, one.location.line) for one in found], [(one.line, one.code) for one in problems]


@pytest.mark.parametrize("header", ["Звідки;Куди", "звідки,куди", "from\tto", "\ufeffЗвідки;Куди"])
def test_a_row_is_an_old_address_and_a_file(header):
    mark = next(one for one in ";,\t" if one in header)
    assert rows(f"{header}\r\n\r\n/a/{mark}content/news/x.md\r\n") == ([("/a/", "content/news/x.md", 3)], [])


def test_an_office_saves_it_as_windows_1251():
    assert rows("Звідки;Куди\n/новини/x;/news/\n".encode("cp1251")) == ([("/новини/x", "/news/", 2)], [])


def test_an_address_is_told_with_its_percent_signs_decoded():
    assert rows("Звідки;Куди\n/%D1%81%D0%B2%D1%8F%D1%82%D0%BE/;/news/\n")[0] == [("/свято/", "/news/", 2)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("/a/", "redirect-row"),
        ("/a/;", "redirect-row"),
        ("/a/;/b/;/c/", "redirect-row"),
        ("/?p=123;/news/", "redirect-address"),
        ("/a/#x;/news/", "redirect-address"),
        ("https://rada.example/a/;/news/", "redirect-address"),
        ("//rada.example/a/;/news/", "redirect-address"),
        ("a/;/news/", "redirect-address"),
        ("/../a/;/news/", "redirect-address"),
        ("/%2e%2e/a/;/news/", "redirect-address"),
        ("/a//b/;/news/", "redirect-address"),
        ("/a:b/;/news/", "redirect-address"),
        ("/con/;/news/", "redirect-address"),
        ("/LPT1.html;/news/", "redirect-address"),
        ("/index.php;/news/", "redirect-address"),
        ("/%ff/;/news/", "redirect-address"),
        (f"/{'ї' * 130}/;/news/", "redirect-address"),
    ],
)
def test_what_can_be_no_page_is_refused_with_its_line(line, code):
    assert rows(f"Звідки;Куди\n{line}\n") == ([], [(2, code)])


def test_a_bad_row_hides_no_later_one_and_no_good_one():
    text = 'Звідки;Куди\n/a/\n/b/;content/b.md\n?c;/news/\n\n/d/;http://localhost:8000/news/d/\n;;;\n/e/;content/e.md\n/f.pdf;/news/\n"/g/";content/g.md\n'

    assert rows(text) == (
        [("/b/", "content/b.md", 3), ("/e/", "content/e.md", 8), ("/g/", "content/g.md", 10)],
        [(2, "redirect-row"), (4, "redirect-address"), (6, "link-private"), (9, "redirect-address")],
    )


@pytest.mark.parametrize(
    "target",
    ["http://localhost:8000/news/a/", "localhost:8000/news/a/", "http://192.168.1.5/a", "https://www.google.com/url?q=https://rada.example/news/a/",
     "https://l.facebook.com/l.php?u=https%3A%2F%2Frada.example%2F", "https://vk.com/away.php?to=https%3A%2F%2Frada.example%2F"],
)  # fmt: skip
def test_a_target_that_is_only_ours_is_refused_with_what_to_write(target):
    assert rows(f"Звідки;Куди\n/a/;{target}\n") == ([], [(2, "link-private")])


def test_a_file_without_a_header_is_refused_whole():
    assert rows("/a/;/news/\n") == ([], [(1, "redirect-row")])


@pytest.mark.parametrize(
    ("address", "file"),
    [("/", "index.html"), ("/a", "a/index.html"), ("/a/", "a/index.html"), ("/a.html", "a.html"),
     ("/a/b.HTM", "a/b.HTM"), ("/a.html/", "a.html/index.html")],
)  # fmt: skip
def test_a_host_finds_the_page_in_this_file(address, file):
    assert file_at(address) == file


@given(st.text())
def test_an_address_never_leaves_the_site(written):
    try:
        file = file_at(parse_old_address(f"/{written}"))
    except AddressRefused:
        return
    assert file.isprintable() or file
    assert not file.startswith("/")
    assert not {"", ".", ".."} & set(file.split("/"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('/a/;"content/x.md\n/b/;content/y.md\n', 2),  # to the end of the file
        ('/a/;"content/x.md\n/b/;content/y.md"\n', 2),  # to another quote
        ('/a/;content/x.md\n"/b/;content/y.md\n/c/;content/z.md"\n', 3),
        ('/a/;"content"/x.md\n', 2),
        (f"/a/;content/{'x' * 200_000}\n", 2),
    ],
)
def test_quotes_that_would_swallow_rows_are_refused_with_their_line(text, line):
    assert rows(f"Звідки;Куди\n{text}")[1] == [(line, "redirect-row")]


def test_a_zero_byte_is_no_text():
    assert rows(b"a;b\n/a/;\0\n") == ([], [(2, "encoding")])


def test_letters_of_two_signs_are_composed_but_not_those_written_by_numbers():
    assert rows("Звідки;Куди\n/Киı̈в/;/news/\n".replace("ı̈", "i\u0308"))[0][0][0] == "/Киïв/"
    assert rows("Звідки;Куди\n/%D0%B8%CC%86/;/news/\n")[0][0][0] == "/и\u0306/"
