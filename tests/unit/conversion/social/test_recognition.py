"""Files are known by their content; what is none of the known exports is refused in words that say what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.conversion.social.publication import ImportRefused
from tests.unit.conversion.social.samples import (
    SUITE_HEAD,
    csv_bytes,
    facebook_posts,
    instagram_posts,
    meta_json,
    plain_json,
    reading_of,
    suite_rows,
    telegram_channel,
)

FORMATS = "потрібен CSV із Meta Business Suite, JSON із Facebook чи Instagram або result.json із Telegram Desktop"


@pytest.mark.parametrize(
    ("raw", "network"),
    [
        (csv_bytes(SUITE_HEAD, suite_rows()), "facebook"),
        (b"sep=,\r\n" + csv_bytes(SUITE_HEAD, suite_rows(), "utf-8"), "facebook"),
        (meta_json(facebook_posts()), "facebook"),
        (meta_json(instagram_posts()), "instagram"),
        (plain_json(telegram_channel()), "telegram"),
        (b"\xef\xbb\xbf" + plain_json(telegram_channel()), "telegram"),
    ],
)
def test_any_name_will_do(raw, network):
    assert {one.network for one in reading_of(raw, "документ без розширення").publications} == {network}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "x:1: файл порожній, завантажте його з мережі ще раз [import-format]"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "x:1: це вивантаження у форматі HTML, завантажте у форматі JSON [import-format]"),
        (b"PK\x03\x04...", "x:1: це архів або книга Excel усередині, розпакуйте архів, а книгу збережіть як CSV UTF-8 [import-format]"),
        (b"\xd0\xcf\x11\xe0", "x:1: це книга Excel, завантажте або збережіть її як CSV UTF-8 [import-format]"),
        (b"%PDF-1.7", f"x:1: це PDF, {FORMATS} [import-format]"),
        (b'{"likes_media_likes": [1]}', f"x:1: у цьому JSON немає дописів (вподобання: 1), {FORMATS} [import-format]"),
        (b"[1, 2]", f"x:1: у цьому JSON немає дописів («x»: 2), {FORMATS} [import-format]"),
        ("Дата;Сума\n1;2\n".encode(), f"x:1: файл не впізнано, {FORMATS} [import-format]"),
        (b'[{"timestamp": 1625500000,\n "data": [', "x:2: файл JSON обірвано, завантажте його з мережі ще раз [import-broken]"),
        (b'[{"timestamp": 1625500000,\n "title": "abc', "x:2: файл JSON обірвано, завантажте його з мережі ще раз [import-broken]"),
        (b'{"a": 1,,}', "x:1: файл JSON пошкоджено, завантажте його з мережі ще раз [import-broken]"),
        (b"[" * 100_000, "x:1: файл JSON пошкоджено, завантажте його з мережі ще раз [import-broken]"),
        (b'{"a": "\xff"}', "x:1: файл JSON не в UTF-8, завантажте його ще раз і не зберігайте з редактора [import-broken]"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_what_to_do(raw, message):
    with pytest.raises(ImportRefused) as refused:
        reading_of(raw, "x")

    assert str(refused.value) == message


def test_a_folder_in_html_is_told_to_choose_json():
    with pytest.raises(
        ImportRefused, match=r"file:1: це вивантаження у форматі HTML, завантажте у форматі JSON \[import-format\]"
    ):
        reading_of({"index.html": b"<html>", "posts/your_posts.html": b"<html>"}, alone=False)


def test_one_broken_file_of_a_folder_refuses_it_with_every_reason():
    folder = {"posts_1.json": b"[{", "posts_2.json": meta_json(facebook_posts()), "posts_3.json": b'{"a'}

    with pytest.raises(ImportRefused) as refused:
        reading_of(folder, alone=False)

    assert [one.path for one in refused.value.problems] == ["posts_1.json", "posts_3.json"]


def test_a_folder_without_posts_is_refused():
    with pytest.raises(ImportRefused, match="file:1: дописів тут не знайдено"):
        reading_of({"a.json": b"{}"}, alone=False)


@given(
    st.data(),
    st.sampled_from(
        [meta_json(facebook_posts()[:2]), plain_json(telegram_channel()), meta_json(instagram_posts()[:2])]
    ),
)
def test_json_cut_anywhere_is_refused(data, raw):
    with pytest.raises(ImportRefused):
        reading_of(raw[: data.draw(st.integers(0, len(raw) - 1))])
