import pytest

from hromada.reading.text_decoding import decode, decode_table, limit_of


@pytest.mark.parametrize(
    ("path", "megabytes"),
    [("content/redirects.csv", 20), ("content/registers/social/2021.CSV", 20), ("content/news/x.md", 1),
     ("content/registers/accounts.toml", 1)],
)  # fmt: skip
def test_what_is_read_has_a_limit(path, megabytes):
    assert limit_of(path) == megabytes * 1_000_000


@pytest.mark.parametrize(
    "path",
    ["content/files/data.csv", "content/files/2021/plan.json", "content/news/x.jpg", "content/news/2021/data.csv"],
)
def test_what_is_published_as_it_is_has_none(path):
    assert limit_of(path) is None


def test_a_mark_before_another_one_is_no_letter_of_the_text():
    for decoded in (decode, decode_table):
        assert decoded("\ufeff\ufeffДата;Канал".encode()) == "Дата;Канал"
