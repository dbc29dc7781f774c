from datetime import datetime

import pytest

from hromada.domain.dates import Clock
from hromada.domain.item import Status
from hromada.reading.items import join_translations
from tests.unit.making import item

CLOCK = Clock.parse("2022-01-15")
P, H, D = Status.PUBLISHED, Status.HIDDEN, Status.DRAFT


def joined(original, **changes):
    values = {"path": "content/news/x.en.md", "lang": "en", "address": "/en/news/x-2021-07-05/"} | changes
    (_, translation), problems = join_translations([original, item(values.pop("when", "2021-07-05"), **values)])
    assert problems == []
    return translation


@pytest.mark.parametrize(
    ("original", "own", "found"),
    [(P, P, P), (P, H, H), (P, D, D), (H, P, H), (H, D, D), (D, P, D), (D, H, D), (H, H, H)],
)
def test_a_translation_is_no_more_public_than_its_original(original, own, found):
    assert joined(item(status=original), status=own).status is found


@pytest.mark.parametrize(
    ("original", "own", "due", "is_built"),
    [
        ("2022-02-01", "2021-07-05", "2022-02-01", False),
        ("2021-07-05", "2022-02-01", "2022-02-01", False),
        ("2022-01-10", "2021-07-05", "2022-01-10", True),
    ],
)
def test_a_translation_is_not_out_before_its_original(original, own, due, is_built):
    translation = joined(item(original), when=own)

    assert translation.when == datetime.fromisoformat(own)  # the day that its page shows is its own
    assert (translation.due, translation.is_built(CLOCK)) == (datetime.fromisoformat(due), is_built)
