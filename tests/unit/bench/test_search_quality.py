"""How the benchmark of the search judges what was found."""

import pytest

from bench.search import Query, judge


@pytest.mark.parametrize(
    ("found", "recall", "precision", "ndcg"),
    [
        ([1, 2], 1.0, 1.0, 1.0),
        ([1], 0.5, 1.0, 0.613),
        ([3, 1, 2], 1.0, 2 / 3, 0.693),
        ([], 0.0, 0.0, 0.0),
        ([3], 0.0, 0.0, 0.0),
    ],
)
def test_a_query_is_judged_by_what_it_should_find(found, recall, precision, ndcg):
    quality = judge([Query("слово", frozenset({1, 2}))], [found])

    assert (quality.recall, quality.precision) == (pytest.approx(recall), pytest.approx(precision))
    assert quality.ndcg == pytest.approx(ndcg, abs=0.001)


def test_queries_weigh_alike():
    queries = [Query("одне", frozenset({1})), Query("друге", frozenset(range(100)))]

    assert judge(queries, [[1], []]).recall == 0.5
