"""Repeated publications are found as by comparing every row with every one before it."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.post_link import publication_keys
from hromada.reading.registers import find_duplicates

LINKS = ["", "", *(f"https://www.facebook.com/x/posts/{number}" for number in range(3)), "https://t.me/x/1"]


@st.composite
def registers(draw):
    rows = []
    for line in range(draw(st.integers(0, 12))):
        account, network = draw(st.sampled_from(["", "a", "b"])), draw(st.sampled_from(["facebook", "telegram"]))
        traits = {"account": account, "network": network, "group": "", "kind": ""} if account else {"kind": ""}
        rows.append(
            Entry(
                draw(st.sampled_from(["register:social", "register:x"])), "registers/x", datetime(2021, 7, 5),
                draw(st.sampled_from(["Допис", "допис", "Інше"])), draw(st.sampled_from(LINKS)), SourceLocation("content/a.csv", line + 2),
                draw(st.sampled_from([Visibility.PUBLISHED, Visibility.EXCLUDED])), 1, traits, draw(st.sampled_from(["", "", "1", "2"])),
            )
        )  # fmt: skip
    return rows


def compared(rows):
    """The code, the line and the line of the first such row of each that repeats one before it."""
    rows = sorted(rows, key=lambda one: (one.source, one.location))
    for number, row in enumerate(rows):
        before = [one for one in rows[:number] if one.source == row.source]
        account, names = row.traits.get("account", ""), _names(row)
        if not names:
            same = [one for one in before if not _names(one) and _content(one) == _content(row)]
            code = "duplicate-suspected"
        elif same := [one for one in before if names & _names(one) and one.traits.get("account", "") == account]:
            code = "duplicate-publication"
        else:
            same = [one for one in before if names & _names(one) and _is_of_page(one) and _is_of_page(row)]
            code = "same-number-two-accounts"
        if same:
            yield code, row.location.line, str(same[0].location)


def _names(row):
    return publication_keys(row.traits.get("network", ""), row.url, row.id) if row.url or row.id else set()


def _content(row):
    return row.traits, row.day, row.title.casefold()


def _is_of_page(row):
    return bool(row.traits.get("account")) and row.visibility is Visibility.PUBLISHED


@given(registers())
def test_every_repetition_is_found_with_the_first_row_of_its_kind(rows):
    found = [(one.code, one.line, one.message.split(": ")[1]) for one in find_duplicates(rows)]

    assert found == list(compared(rows))
