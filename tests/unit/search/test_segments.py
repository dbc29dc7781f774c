"""How the index is cut: what is new is small, numbers stay, order does not matter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.search.segments import FRESH, Document, cut, day_number, shard_count

DAY = day_number(date(2021, 7, 5))


def document(number, day=DAY):
    return Document(f"content/{number}.md", f"/news/{number}/", day, 0, "v", "c")


def by_name(documents):
    return {segment.name: segment for segment in cut(documents)}


@given(st.permutations([document(number, DAY + number % 3) for number in range(12)]))
def test_the_order_of_documents_does_not_matter(documents):
    cuts, expected = by_name(documents), by_name(sorted(documents, key=lambda one: one.path))

    assert all(list(cuts[name].documents.items()) == list(expected[name].documents.items()) for name in cuts)


def test_one_document_more_leaves_the_numbers_of_all_others():
    documents = [document(number, DAY + number) for number in range(3 * FRESH)]
    before, after = by_name(documents), by_name([*documents, document(9999, DAY + 10)])
    numbers = {one.path: id for id, one in after["old"].documents.items()}

    assert all(numbers[one.path] == id for id, one in before["old"].documents.items())


@pytest.mark.parametrize("count", [0, 1, 2, FRESH, FRESH + 1, 15_000])
def test_what_is_new_is_small(count):
    segments = by_name([document(number, DAY - number // 4) for number in range(count)])

    assert len(segments["new"].documents) <= FRESH
    assert sum(len(segment.documents) for segment in segments.values()) == count
    assert count == 0 or len(segments["new"].documents) > 0


def test_of_a_day_with_more_than_is_small_nothing_is_new():
    segments = by_name([document(number) for number in range(FRESH + 1)])

    assert not segments["new"].documents
    assert len(segments["old"].documents) == FRESH + 1


def test_what_has_no_date_is_apart():
    segments = by_name([document(1, 0), document(2)])

    assert [one.path for one in segments["base"].documents.values()] == ["content/1.md"]


def test_files_of_cards_are_short():
    segment = by_name([document(number, DAY - number // 4) for number in range(15_000)])["old"]
    sizes = [len(ids) for ids in segment.chunks.values()]

    assert sum(sizes) / len(sizes) <= 12
    assert max(sizes) < 40


@pytest.mark.parametrize(("name", "words", "shards"), [
    ("base", 0, 1), ("base", 4_000, 1), ("base", 4_001, 2), ("new", 10_000_000, 8), ("old", 100_000, 32), ("old", 10**9, 512),
])  # fmt: skip
def test_shards_are_cut_by_size(name, words, shards):
    assert shard_count(name, words) == shards


@pytest.mark.parametrize(
    ("day", "number"), [(None, 0), (date(1, 1, 1), 1), (date(1900, 1, 1), 1), (date(1900, 1, 2), 2)]
)
def test_a_day_is_a_number(day, number):
    assert day_number(day) == number
