"""Pages of long lists: numbered from the oldest, so that an address keeps its items."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.listing.cards import card_of
from hromada.listing.pagination import PageLink, paginate
from tests.unit import making

CARDS = [card_of(making.item(slug=str(number), title=str(number)), "", "", None) for number in range(60)]
SIZES = st.integers(1, 7)


def titles(listing):
    return [card.title for card in listing.items]


def shape(count, size):
    return [(page.number, len(page.items)) for page in paginate(CARDS[:count], "/news/", size)]


@pytest.mark.parametrize(
    ("count", "pages"),
    [
        (0, [(None, 0)]),
        (1, [(None, 1)]),
        (5, [(None, 5)]),
        (9, [(None, 9)]),
        (10, [(None, 5), (1, 5)]),
        (11, [(None, 6), (1, 5)]),
        (21, [(None, 6), (3, 5), (2, 5), (1, 5)]),
    ],
)
def test_the_newest_page_holds_what_fills_no_page_yet_and_one_page_more(count, pages):
    assert shape(count, 5) == pages


@given(st.integers(0, len(CARDS)), SIZES)
def test_every_item_stands_on_one_page_and_in_order(count, size):
    pages = paginate(CARDS[:count], "/news/", size)

    assert [title for page in pages for title in titles(page)] == [card.title for card in CARDS[:count]]


@given(st.integers(1, len(CARDS) - 1), SIZES)
def test_a_new_item_moves_none_that_stands_on_a_numbered_page(count, size):
    """CARDS run from the newest: a list that begins one card earlier has a new one."""
    before = paginate(CARDS[1 : count + 1], "/news/", size)
    after = {page.path: page for page in paginate(CARDS[: count + 1], "/news/", size)}

    assert all(page.items == after[page.path].items for page in before[1:])
    if len(before) == len(after):
        assert all(page == after[page.path] for page in before[1:])


@given(st.integers(0, len(CARDS)), SIZES)
def test_neighbours_lead_through_the_whole_list_and_back(count, size):
    pages = {page.path: page for page in paginate(CARDS[:count], "/news/", size)}
    walked, path = ["/news/"], pages["/news/"].older
    while path:
        walked.append(path)
        assert pages[path].newer == walked[-2]
        path = pages[path].older

    assert walked == list(pages)
    assert pages["/news/"].newer is None


def test_a_page_links_to_the_newest_the_oldest_and_its_neighbours():
    page = paginate(CARDS[:60], "/news/", 5)[6]

    assert page.pages == (
        PageLink(None, "/news/", False),
        None,
        PageLink(7, "/news/page/7/", False),
        PageLink(6, "/news/page/6/", True),
        PageLink(5, "/news/page/5/", False),
        None,
        PageLink(1, "/news/page/1/", False),
    )


def test_a_list_of_one_page_links_to_none():
    assert paginate(CARDS[:9], "/news/", 5)[0].pages == ()
