"""No input of editors makes the readers fail: whatever is wrong becomes problems with a place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hromada.checks.links import LinkBroken, Targets
from hromada.domain.account import Account, Accounts, canonical_link, network_of_link
from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.period import PeriodRefused, parse_period
from hromada.reading.items import read_item
from hromada.reading.registers import read_register_file, repeated_publications
from hromada.reading.words import read_accounts, read_figures

ACCOUNTS = Accounts.of([Account("rada", "Рада", (), ("facebook", "instagram"), "main")])
words = st.sampled_from(
    ["title", "date", "Дата", "Сторінка", "Посилання", "slug", "tags", "status", ":", ";", ",", "\n", "\n\n", "---", '"', "'", "[", "]",
     "-", " ", "  ", "\t", "2021-07-05", "31.02.2021", "Рада", "http://[", "https://facebook.com/1?x=[", "{filename}", "#", "=", "\ufeff",
     "0001-01-01", "9999-W53", "[[figure]]", "id", "\u0301", "\u200b", "\x85", "\u2028"]
)  # fmt: skip
texts = st.lists(words, max_size=30).map("".join)


@settings(max_examples=300)
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


@settings(max_examples=300)
@given(texts)
def test_any_table_is_entries_or_problems(text):
    entries, problems = read_register_file("social", "content/registers/social/a.csv", text.encode(), ACCOUNTS)

    assert all(entry.when is not None for entry in entries)
    assert all(problem.line >= 1 for problem in [*problems, *repeated_publications(entries)])


@given(st.binary(max_size=200))
def test_any_bytes_are_an_item_or_problems(raw):
    item, _, problems = read_item("content/news/x.md", raw)

    assert item is not None or problems


@given(texts)
def test_any_toml_is_read_or_refused(text):
    read_accounts("a.toml", text.encode())
    read_figures("f.toml", text.encode(), ("social",))


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
