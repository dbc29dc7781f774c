"""Texts for social networks fit their limits, keep their links, and cut at words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.listing.social_post import PostSource, hashtags, shortened, social_posts, units

LINK = "https://rada.example/news/zustrich-2022-01-15/"
SOURCE = PostSource(
    "Зустріч із мешканцями", "", "Говорили про воду.", LINK, ("Житлово-комунальне господарство", "вода"), True
)


def texts(source):
    return {post.network: post.text for post in social_posts(source)}


def test_a_post_has_title_lead_link_and_tags():
    assert texts(SOURCE)["facebook"] == (
        f"Зустріч із мешканцями\n\nГоворили про воду.\n\n{LINK}\n\n#ЖитловоКомунальнеГосподарство #Вода"
    )
    assert f"Докладніше на сайті: {LINK}" in texts(SOURCE)["instagram"]


def test_an_event_says_when_it_is():
    source = SOURCE._replace(event="Подія: 24 серпня 2021 року о 10:00, Дергачі")
    assert texts(source)["telegram"].split("\n\n")[1] == "Подія: 24 серпня 2021 року о 10:00, Дергачі"


@pytest.mark.parametrize(("has_picture", "limit"), [(True, 1_024), (False, 4_096)])
def test_telegram_allows_less_beside_a_picture(has_picture, limit):
    posts = {
        post.network: post for post in social_posts(SOURCE._replace(has_picture=has_picture, lead="слово " * 5_000))
    }
    assert posts["telegram"].limit == limit
    assert limit - 10 < posts["telegram"].length <= limit


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("Освіта", ["#Освіта"]),
        ("освіта", ["#Освіта"]),
        ("ЖКГ", ["#ЖКГ"]),
        ("Здоров’я", ["#Здоровя"]),
        ("Рада: сесії (2022)", ["#РадаСесії2022"]),
        ("2022", []),
        ("№", []),
        ("", []),
    ],
)
def test_a_category_becomes_one_hashtag(word, tag):
    assert hashtags([word]) == tag


def test_hashtags_are_five_and_none_twice():
    assert hashtags(["Вода", "вода", "а", "б", "в", "г", "ґ"]) == ["#Вода", "#А", "#Б", "#В", "#Г"]


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("одне два", 8, "одне два"),
        ("одне два", 7, "одне…"),
        ("одне, два", 7, "одне…"),
        ("одне два", 4, ""),
        ("", 0, ""),
        ("👍👍", 4, "👍👍"),
        ("а 👍👍", 5, "а…"),
    ],
)
def test_a_text_is_cut_at_a_word(text, room, kept):
    assert shortened(text, room) == kept


words = st.text(st.sampled_from("абвгґ їє👍.,!?\n-"), max_size=3_000)


@given(
    title=st.text(st.sampled_from("абв гд"), min_size=1, max_size=400),
    lead=words,
    tags=st.lists(words, max_size=8),
    picture=st.booleans(),
)
def test_every_text_fits_and_has_its_link(title, lead, tags, picture):
    for post in social_posts(PostSource(title, "", lead, LINK, tuple(tag[:40] for tag in tags), picture)):
        assert post.length == units(post.text) <= post.limit
        assert LINK in post.text
