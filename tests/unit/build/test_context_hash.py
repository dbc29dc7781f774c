import copy
from collections import OrderedDict
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from hromada.build.page_keys import ContextHasher
from hromada.domain.item import Kind, Status
from hromada.listing.cards import Picture
from hromada.listing.pagination import PageLink, paginate
from hromada.pages.view_models import FeedEntry, Html, Keyed, SitemapEntry, Translation
from tests.unit import making

# Few letters, and those that stand between values: what differs differs by little.
WORDS = st.text("a,'()\"{}:\\ ", max_size=4) | st.sampled_from(["None", "1", "True", "x" * 70])
PLAIN = (
    WORDS
    | st.none()
    | st.booleans()
    | st.integers(0, 2)
    | st.sampled_from([0.0, 1.0, 0.5])
    | st.sampled_from([date(2021, 7, 5), date(2021, 7, 6), datetime(2021, 7, 5), datetime(2021, 7, 5, 10)])
    | st.binary(max_size=2)
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(WORDS, inner, max_size=3)
        | st.builds(Translation, inner, inner, inner)
        | st.builds(PageLink, inner, inner, inner)
        | st.builds(SitemapEntry, inner, inner)
    ),
    max_leaves=8,
)
ITEM = making.item()


def key(value, cards=MappingProxyType({ITEM.path: "card"})):
    """What a process knows the value by, with the keys of items' cards by path."""
    return ContextHasher(cards).key(value)


@given(VALUES)
def test_equal_values_have_equal_keys(value):
    assert key(copy.deepcopy(value)) == key(value)


@given(VALUES, VALUES)
def test_different_values_have_different_keys(one, other):
    """`repr` tells apart whatever a template could show otherwise: 1, 1.0 and True too, and orders of a mapping."""
    assert (key(one) == key(other)) is (repr(one) == repr(other))


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_a_describer_that_has_seen_much_gives_the_keys_of_a_new_one(values):
    describer = ContextHasher({})

    assert [describer.key(value) for value in [*values, *values]] == [key(value) for value in [*values, *values]]


def test_a_value_is_not_taken_for_one_that_lay_in_the_same_place():
    describer = ContextHasher({})

    assert len({describer.key([number]) for number in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", b"a"),
        (1, "1"),
        (1, True),
        (None, "None"),
        (date(2021, 7, 5), datetime(2021, 7, 5)),
        ((), []),
        ((1,), 1),
        (((1,), 2), ((1, 2),)),
        (("a", "b"), ("a, b",)),
        ("a", ("a",)),
        ({"a": "b"}, ("a", "b")),
        ({"a": {"b": 1}}, {"a": {}, "b": 1}),
        (Kind.NEWS, "news"),
        (Kind.NEWS, Kind.PAGE),
        (Kind.REPORT, Status.DRAFT),
        (SitemapEntry("a", None), ("a", None)),
        (SitemapEntry("a", None), Picture("a", "", 1, 1, "")),
        (Html("a", str), "Html(a)"),
        (paginate([], "/a/", 1)[0], paginate([], "/b/", 1)[0]),
        ("x" * 64, "x" * 65),
        (["x" * 64], ["x" * 65]),
    ],
)
def test_values_that_look_alike_have_different_keys(one, other):
    assert key(one) != key(other)
    assert key([one]) != key([other])


@given(st.frozensets(PLAIN, min_size=1, max_size=5), st.randoms())
def test_a_set_is_known_by_what_is_in_it_and_not_by_its_order(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)

    assert key(set(shuffled)) == key(frozenset(shuffled)) == key(values)


@given(st.frozensets(WORDS, min_size=1, max_size=4), st.frozensets(WORDS, min_size=1, max_size=4))
def test_different_sets_have_different_keys(one, other):
    assert (key(one) == key(other)) is (one == other)


def test_a_mapping_is_known_in_its_order_which_a_template_shows():
    assert key({"a": 1, "b": 2}) != key({"b": 2, "a": 1})
    assert key({"a": 1, "b": 2}) == key(OrderedDict(a=1, b=2)) == key(MappingProxyType({"a": 1, "b": 2}))


@pytest.mark.parametrize("field", Translation.__struct_fields__)
def test_every_field_of_a_struct_counts(field):
    one = Translation("a", "b", "c")

    assert key(replace(one, **{field: "x"})) != key(one)


class Unknown:
    pass


@pytest.mark.parametrize(
    "value",
    [Unknown(), lambda: 1, timedelta(1), Decimal(1), 1j, iter(()), bytearray(b"a"), range(3), len, ...],
    ids=lambda one: type(one).__name__,
)
@pytest.mark.parametrize("wrapped", [lambda one: one, lambda one: {"a": [(one,)]}], ids=["bare", "inside"])
def test_a_value_that_cannot_be_described_is_refused(value, wrapped):
    with pytest.raises(TypeError, match="no digest of"):
        key(wrapped(value))


def refused():
    raise AssertionError("made")


def test_html_is_known_by_its_key_alone_and_is_not_made_for_it():
    assert key(Html("a", refused)) == key(Html("a", lambda: "words")) != key(Html("b", refused))


def test_html_inside_a_view_is_not_made_either():
    entry = FeedEntry("a", "/a/", datetime(2021, 7, 5), datetime(2021, 7, 5), "", Html("a", refused))

    assert key([entry]) != key([replace(entry, content_html=Html("b", refused))])


def test_html_is_made_when_it_is_printed():
    assert f"{Html('a', lambda: '<p>слова')}" == "<p>слова"


@pytest.mark.parametrize("listed", [lambda item: [item], lambda item: (item,), lambda item: paginate([item], "/a/", 1)])
def test_an_item_is_known_by_the_key_that_its_card_was_given(listed):
    other = ITEM._replace(summary="other words")

    assert key(listed(ITEM)) == key(listed(other)) != key(listed(ITEM), {ITEM.path: "other card"})


def test_an_item_without_a_card_is_refused_by_name():
    for listed in (ITEM, [ITEM], (ITEM,)):
        with pytest.raises(TypeError, match=f"no digest of {ITEM.path}"):
            key(listed, {})


def test_of_a_keyed_value_only_the_key_counts():
    hasher = ContextHasher({})

    assert hasher.key(Keyed("a", making.item())) == hasher.key(Keyed("a", making.item(title="Інша")))
    assert hasher.key(Keyed("a", making.item())) != hasher.key(Keyed("b", making.item()))
    assert hasher.key(paginate([Keyed("a", 1)], "/photos/", 2)[0]) != hasher.key(
        paginate([Keyed("b", 1)], "/photos/", 2)[0]
    )
