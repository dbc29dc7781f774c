import hypothesis.strategies as st
import pytest
from hypothesis import given

from hromada.listing.cards import card_of
from hromada.listing.pagination import paginate
from tests.unit import making

CARDS = [card_of(making.item(slug=slug, title=slug), "", "", None) for slug in "abcdef"]
LISTS = st.builds(
    paginate,
    st.lists(st.sampled_from(CARDS), max_size=12),
    st.sampled_from(["/news/", "/news/page/2/", "/news/2021/07/", "/"]),
    st.integers(1, 5),
)


def card_key(card):
    return card.title


@given(LISTS, LISTS)
def test_pages_of_lists_have_equal_keys_when_they_are_equal_and_only_then(one, other):
    pages = [*one, *other]
    alike = [(a.key(card_key) == b.key(card_key), a == b) for a in pages for b in pages]

    assert [by_key for by_key, _ in alike] == [by_value for _, by_value in alike]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(paginate(CARDS[:4], "/units/", 2), id="address"),
        pytest.param(paginate(CARDS[:3], "/news/", 2), id="one card less"),
        pytest.param(paginate(CARDS[:5], "/news/", 2), id="one card more"),
        pytest.param(paginate(CARDS[:4], "/news/", 3), id="size"),
        pytest.param(paginate([CARDS[1], CARDS[0], *CARDS[2:4]], "/news/", 2), id="order"),
        pytest.param(paginate([CARDS[4], *CARDS[1:4]], "/news/", 2), id="card"),
    ],
)
def test_the_newest_page_changes_its_key_with(other):
    assert other[0].key(card_key) != paginate(CARDS[:4], "/news/", 2)[0].key(card_key)


def test_a_page_keeps_its_key_when_another_pages_card_changes():
    one, other = paginate(CARDS[:4], "/news/", 2), paginate([*CARDS[:3], CARDS[5]], "/news/", 2)

    assert one[0].key(card_key) == other[0].key(card_key)
    assert one[1].key(card_key) != other[1].key(card_key)


def test_an_empty_list_has_a_key():
    assert paginate([], "/news/", 2)[0].key(card_key) == paginate([], "/news/", 5)[0].key(card_key)
