"""No input of editors makes the readers fail: whatever is wrong becomes problems with a place."""

from hypothesis import given
from hypothesis import strategies as st

from hromada.checks.link_rules import LinkBroken, Targets
from hromada.domain.account import Account, Accounts
from hromada.domain.dates import DateRefused, parse_moment
from hromada.domain.period import PeriodRefused, parse_period
from hromada.domain.post_link import canonical_link, network_of_link
from hromada.reading.items import read_item
from hromada.reading.registers import find_duplicates, read_register_file
from hromada.reading.toml_config import read_accounts, read_categories, read_figures
from hromada.render.html import Markup
from hromada.render.markdown import MarkdownRefused
from hromada.render.rendered_text import REFERRING
from hromada.render.text_blocks import text_blocks
from tests.properties import examples
from tests.unit.making import item

ACCOUNTS = Accounts.of([Account("rada", "Рада", (), ("facebook", "instagram"), "main")])
words = st.sampled_from(
    ["title", "date", "Дата", "Сторінка", "Посилання", "slug", "tags", "status", ":", ";", ",", "\n", "\n\n", "---", '"', "'", "[", "]",
     "-", " ", "  ", "\t", "2021-07-05", "31.02.2021", "Рада", "http://[", "https://facebook.com/1?x=[", "{filename}", "#", "=", "\ufeff",
     "0001-01-01", "9999-W53", "[[figure]]", "id", "\u0301", "\u200b", "\x85", "\u2028"]
)  # fmt: skip
texts = st.lists(words, max_size=30).map("".join)


# What Markdown, HTML and TOML are made of.
marked = st.lists(st.sampled_from(
    ["# ", "- ", "1. ", "> ", "    ", "[", "]", "](", "![", "[^1]", "\n[^1]: ", "**", "_", "`", "```\n", "<", ">", "<!--", "-->", "<a ", "</p>", "<![CDATA[",
     "<?", "<iframe src=https://youtu.be/aaaaaa>", "</iframe>", "<img src=", "|", "\n|-|-:|\n", "[TOC]\n\n", "*[а]: ", "\n: ", "\n===\n", "{#а}", "{: а=б}", "&#0;",
     "&amp;", "\\", "[[news]]", "javascript:", "х.jpg", "а", "слово ", "\n\n", "\n", "\x02", "\x03", "\ue000", "\ue0020\ue003", "\t", '"', "'", "="]
), max_size=30).map("".join)  # fmt: skip
tomls = st.lists(st.sampled_from(
    ["[", "]", "[[account]]\n", "[[figure]]\n", '[noun."а"]\n', "[noun]\n", "id", "name", "also", "networks", "group", "title", "source", "where", "noun", "total-of",
     "categories", " = ", '"social"', '"news"', "'''", "1", "true", "inf", "1979-05-27", "{", "}", '["main"]', "[1, 2]", ".", ",", "\n", "#", '"наз"', "few", "\\u0000"]
), max_size=25).map("".join)  # fmt: skip
MARKUP = Markup()


@examples(3)
@given(
    texts,
    st.sampled_from(
        ["news/2021-02-31-x.md", "units/a/index.md", "pages/x.md", "reports/x.md", "news/.en.md", "news/x.en.md"]
    ),
)
def test_any_text_is_an_item_or_problems(text, name):
    item, _, problems = read_item(f"content/{name}", text.encode())

    assert item is not None or problems
    assert all(problem.line >= 1 and problem.path == f"content/{name}" for problem in problems)


@examples(3)
@given(texts)
def test_any_table_is_entries_or_problems(text):
    entries, problems = read_register_file("social", "content/registers/social/a.csv", text.encode(), ACCOUNTS)

    assert all(entry.when is not None for entry in entries)
    assert all(problem.line >= 1 for problem in [*problems, *find_duplicates(entries)])


@given(st.binary(max_size=200))
def test_any_bytes_are_an_item_or_problems(raw):
    item, _, problems = read_item("content/news/x.md", raw)

    assert item is not None or problems


@given(texts | tomls | st.text(max_size=60))
def test_any_toml_is_read_or_refused(text):
    raw = text.encode("utf-8", "surrogatepass")
    for read in (read_accounts, read_categories, lambda path, raw: read_figures(path, raw, ("social",))):
        _, problems = read("a.toml", raw)
        assert all(problem.line >= 1 and "\n" not in str(problem) for problem in problems)


@examples(3)
@given(marked | st.text(max_size=80))
def test_any_markdown_is_a_page_or_problems(text):
    html, metadata = MARKUP.text(item(), text)

    assert all(problem.line >= 4 for problem in metadata.problems)
    assert "<script" not in html
    assert all(int(found["number"]) < len(metadata.references) for found in REFERRING.finditer(html))


@given(marked)
def test_any_text_of_a_report_becomes_blocks(text):
    try:
        text_blocks(text, {}, str, "https://rada.example/")
    except MarkdownRefused as refused:
        assert refused.line >= 1


@given(st.binary(max_size=120))
def test_any_bytes_are_a_table_or_problems(raw):
    entries, problems = read_register_file("monitoring", "content/registers/monitoring/a.csv", raw, ACCOUNTS)

    assert all(problem.line >= 1 for problem in problems)
    assert all(entry.when for entry in entries)


@given(st.text(max_size=40) | texts)
def test_any_link_has_a_form(text):
    assert isinstance(canonical_link(text) + network_of_link(text), str)
    try:
        Targets({}, frozenset(), frozenset()).resolve(text, "content/news/x.md")
    except LinkBroken as broken:
        assert broken.fix


@given(st.text(max_size=20) | texts)
def test_any_date_and_period_is_read_or_refused(text):
    for read, refused in ((parse_moment, DateRefused), (parse_period, PeriodRefused)):
        try:
            assert read(text)
        except refused as fault:
            assert str(fault)
