"""«Download your information» of Facebook and Instagram, each held against the source as the test itself reads it."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.conversion.social.meta_records import repair_mojibake
from hromada.conversion.social.publication import ImportRefused
from tests.unit.conversion.social.samples import (
    MOMENTS,
    SUITE_HEAD,
    WORDS,
    csv_bytes,
    damaged,
    facebook_posts,
    instagram_posts,
    kinds_read,
    meta_json,
    months_of,
    months_read,
    plain_json,
    reading_of,
    suite_rows,
    telegram_channel,
)

UKRAINIAN = st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’«»—🎉 a1.,", min_size=1)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_shown_as_latin_1_is_mended(text):
    assert repair_mojibake(damaged(text)) == text


@given(UKRAINIAN.filter(lambda text: any(sign > "\xff" for sign in text)))
def test_a_whole_text_stays_what_it_is(text):
    assert repair_mojibake(text) == text


@pytest.mark.parametrize(
    ("text", "mended"), [("café", "café"), ("", ""), (damaged("Рада")[:-1], "Рад\xd0"), ("№ 5 і ÷", "№ 5 і ÷")]
)
def test_a_text_that_is_not_damaged_or_was_cut_keeps_what_can_be_kept(text, mended):
    assert repair_mojibake(text) == mended


def test_a_pages_posts_are_counted_in_their_kyiv_months():
    raw = meta_json(facebook_posts())
    source = [datetime.fromtimestamp(one["timestamp"], UTC) for one in json.loads(raw)]
    reading = reading_of(raw)

    assert months_read(reading.publications) == months_of(source)
    assert kinds_read(reading.publications) == {"допис": 30, "фото": 30, "відео": 30, "репост": 30}
    assert [one.text for one in reading.publications] == [WORDS.format(n) for n in range(120)]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Рада shared a post.", "репост"), ("Рада shared a memory.", "репост"), ("Рада shared a link.", "допис"),
        ("Рада was live.", "ефір"), ("Рада поширила допис.", "репост"), ("Рада поширила посилання.", "допис"),
        ("Рада поділилася спогадом.", "репост"), ("Рада в прямому ефірі.", "ефір"), ("Рада updated her status.", "допис"),
        ("Рада added 3 new photos.", "допис"),
    ],
)  # fmt: skip
def test_facebooks_own_sentence_tells_reposts_and_broadcasts(title, kind):
    [one] = reading_of(meta_json([{"timestamp": 1625500000, "title": title, "data": [{"post": "Слова"}]}])).publications

    assert one.kind.value == kind


@pytest.mark.parametrize(("key", "kind"), [("lasso_videos_v2", "рілс"), ("archived_stories_v2", "сторіз")])
def test_reels_and_stories_of_facebook(key, kind):
    entry = {
        "timestamp": 1625500000,
        "attachments": [{"data": [{"media": {"uri": "a.mp4", "description": "Підпис"}}]}],
        "title": "x",
    }
    reading = reading_of(meta_json({key: [entry]}))

    assert [(one.kind.value, one.text) for one in reading.publications] == [(kind, "Підпис")]


def test_a_list_of_one_may_be_the_post_itself():
    assert len(reading_of(meta_json(facebook_posts()[0])).publications) == 1
    assert len(reading_of(meta_json(instagram_posts()[0])).publications) == 1


def test_what_is_elsewhere_deleted_or_empty_goes_aside():
    folder = {
        "posts/profile_posts_1.json": meta_json([*facebook_posts()[:2], {"timestamp": 1625500000, "data": []}]),
        "posts/posts_on_other_pages_and_profiles.json": meta_json(facebook_posts()[:3]),
        "posts/archive.json": meta_json(facebook_posts()[:4]),
        "posts/your_videos.json": meta_json({"videos_v2": [{"uri": "a.mp4"}]}),
    }
    reading = reading_of(folder, alone=False)

    assert len(reading.publications) == 2
    assert reading.skipped == {
        "порожні записи, без тексту, вкладень і назви": 1, "на чужих сторінках": 3, "видалені, архівні або ще не опубліковані": 4,
    }  # fmt: skip
    assert (reading.notes, reading.left) == ([], {"переліки світлин і відео": 1})


@pytest.mark.parametrize(
    "part", [{"reaction": {"reaction": "LIKE", "actor": "Рада"}}, {"comment": {"comment": "Дякуємо", "author": "Рада"}}]
)
def test_a_list_of_reactions_or_comments_has_no_posts(part):
    one = {"timestamp": 1625122800, "data": [part], "title": "Рада вподобала допис."}

    with pytest.raises(ImportRefused, match="у цьому JSON немає дописів"):
        reading_of(meta_json([one]))


def test_the_history_of_edits_has_no_further_posts():
    former = [{"timestamp": 1625122800, "data": [{"post": "Було"}], "title": "Рада відредагувала допис."}]
    reading = reading_of(meta_json(former), name="posts/edits_you_made_to_posts.json")

    assert (reading.publications, dict(reading.skipped)) == ([], {"попередні редакції дописів": 1})


def test_instagrams_posts_are_counted_in_their_kyiv_months():
    raw = meta_json(instagram_posts())
    seconds = [one.get("creation_timestamp", one["media"][0]["creation_timestamp"]) for one in json.loads(raw)]
    reading = reading_of(raw)

    assert months_read(reading.publications) == months_of(datetime.fromtimestamp(one, UTC) for one in seconds)
    assert kinds_read(reading.publications) == {"фото": 120}
    assert [one.text for one in reading.publications] == [WORDS.format(n) for n in range(120)]


def test_instagrams_other_files_by_their_keys():
    picture = {"uri": "a.jpg", "creation_timestamp": 1625500000, "title": "Підпис"}
    folder = {
        "media/reels.json": meta_json({"ig_reels_media": [{"media": [picture | {"uri": "a.mp4"}]}]}),
        "media/stories.json": meta_json({"ig_stories": [picture, picture | {"creation_timestamp": 1625500009}]}),
        "media/igtv_videos.json": meta_json({"ig_igtv_media": [{"media": [picture | {"uri": "b.mp4"}]}]}),
        "media/archived_posts.json": meta_json({"ig_archived_post_media": [{"media": [picture]}]}),
        "media/recently_deleted_content.json": meta_json({"ig_recently_deleted_media": [{"media": [picture]}]}),
        "media/reposts.json": meta_json([{"media": [picture]}]),
        "likes/liked_posts.json": meta_json({"likes_media_likes": []}),
    }
    reading = reading_of(folder, alone=False)

    assert kinds_read(reading.publications) == {"рілс": 1, "сторіз": 2, "відео": 1, "репост": 1}
    assert reading.skipped == {"архівні, читачам не видні": 1, "видалені": 1}
    assert (reading.notes, reading.left) == ([], {"порожні файли": 1})


GROUP_POST = {"timestamp": 1641457200, "data": [{"post": "Допис у групі"}], "title": "Рада posted in Сусіди."}


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("file", {"group_posts_v2": [GROUP_POST]}, 1),
        ("groups/group_posts_and_comments.json", {"group_posts_v2": [GROUP_POST] * 3}, 3),
        ("file", {"group_posts": {"activity_log_data": [GROUP_POST] * 2}}, 2),
        ("groups/your_group_posts.json", [GROUP_POST] * 2, 2),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_posts_in_groups_are_named_and_counted(name, value, number, alone):
    reading = reading_of({name: meta_json(value)}, alone=alone)

    assert (reading.publications, reading.skipped, reading.records) == ([], {"дописи в групах": number}, number)


@pytest.mark.parametrize("posts", [[GROUP_POST] * 2, {"activity_log_data": [GROUP_POST] * 2}])
@pytest.mark.parametrize("key", ["wall_posts_sent_to_others", "wall_posts_sent_to_others_v2"])
def test_posts_on_other_pages_are_named_whatever_key_they_stand_under(key, posts):
    reading = reading_of({"posts_on_other_pages_and_profiles.json": meta_json({key: posts})}, alone=True)

    assert (reading.publications, reading.skipped, reading.records) == ([], {"на чужих сторінках": 2}, 2)


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("comments_and_reactions/comments.json", {"comments_v2": [{}, {}]}, {"коментарі": 2}),
        ("likes.json", {"reactions_v2": [{}]}, {"вподобання": 1}),
        ("groups/your_comments_in_groups.json", {"group_comments_v2": [{}, {}]}, {"коментарі": 2}),
        ("groups/group_interactions.json", {"group_interactions_v2": [{"name": "x", "entries": [1, 2]}]}, {"дії в групах": 1}),
        ("events/event_responses.json", {"event_responses_v2": {"events_joined": [1, 2], "events_declined": [3]}}, {"події": 3}),
        ("friends/who_you_follow.json", {"following_v3": [1]}, {"друзі й підписки": 1}),
        ("posts/album/0.json", {"name": "Альбом", "photos": [1, 2]}, None),
        ("x/unknown.json", {"new_thing_v2": [1, 2, 3]}, {"«new_thing_v2»": 3}),
        ("x/empty.json", {}, {"порожні файли": 1}),
        ("x/list.json", [1], {"«list»": 1}),
    ],
)  # fmt: skip
def test_what_else_an_export_holds_is_named_by_kind_and_number(name, value, left):
    reading = reading_of({"posts/posts_1.json": meta_json(facebook_posts()[:1]), name: meta_json(value)}, alone=False)

    assert len(reading.publications) == 1
    assert sum(reading.left.values()) > 0 if left is None else reading.left == left


def test_what_a_telegram_account_holds_beside_channels_is_named():
    value = {
        "contacts": {"list": [1, 2]},
        "sessions": {"list": [1]},
        "chats": {"list": [telegram_channel(MOMENTS[:1])]},
    }
    reading = reading_of(plain_json(value))

    assert (len(reading.publications), +reading.left) == (1, {"друзі й підписки": 2, "дані облікового запису": 1})


UPDATES = ["Рада updated their profile picture.", "Рада updated her cover photo.", "Рада оновила світлину профілю.",
           "Рада змінила обкладинку.", "Рада оновила фото обкладинки", "Rada changed its cover video."]  # fmt: skip


@pytest.mark.parametrize("sentence", UPDATES)
def test_a_new_picture_of_the_profile_or_cover_is_no_publication_unless_it_has_words_of_its_own(sentence):
    media = {"timestamp": 1625500000, "title": sentence, "attachments": [{"data": [{"media": {"uri": "a.jpg"}}]}]}
    reading = reading_of(meta_json([media, media | {"data": [{"post": "Вітаємо зі святом!"}]}]))

    assert [(one.text, one.kind.value) for one in reading.publications] == [("Вітаємо зі святом!", "фото")]
    assert reading.skipped == {"оновлення світлини профілю чи обкладинки без слів": 1}


@pytest.mark.parametrize(
    ("changes", "is_aside"),
    [
        *(({"Description": sentence}, True) for sentence in UPDATES),
        ({"Description": "", "Post type": "Cover photo"}, True),
        ({"Description": "", "Title": UPDATES[0]}, True),
        ({"Description": "Вітаємо зі святом!", "Post type": "Cover photo"}, False),
        ({"Description": f"{UPDATES[2]}\nВітаємо зі святом!"}, False),
        ({"Description": "Ми оновили світлину профілю міста на сайті громади, дивіться всі"}, False),
    ],
)
def test_the_same_rule_holds_in_business_suite(changes, is_aside):
    row = dict(zip(SUITE_HEAD, suite_rows()[1], strict=True)) | {"Is share": 0} | changes
    reading = reading_of(csv_bytes(SUITE_HEAD, [[row[name] for name in SUITE_HEAD]]))

    assert (len(reading.publications), reading.skipped.total()) == (int(not is_aside), int(is_aside))


def test_the_owner_is_read_from_the_profile():
    folder = {
        "profile_information/profile_information.json": meta_json(
            {
                "profile_v2": {
                    "name": {"full_name": "Вигадівська міська рада"},
                    "profile_uri": "https://www.facebook.com/vyhadiv",
                }
            }
        ),
        "personal_information.json": meta_json(
            {
                "profile_user": [
                    {"string_map_data": {"Ім'я користувача": {"value": "vyhadiv.rada"}, "Name": {"value": "Вигадів"}}}
                ]
            }
        ),
        "posts/profile_posts_1.json": meta_json(facebook_posts()[:1]),
    }

    assert reading_of(folder, alone=False).owners == {
        "facebook": ("Вигадівська міська рада", "vyhadiv"), "instagram": ("vyhadiv.rada", "Вигадів"),
    }  # fmt: skip


@pytest.mark.parametrize("value", [None, "", 0, -5, "вчора", 10**14, True, [1]])
def test_an_entry_without_a_moment_is_told_and_the_others_are_read(value):
    for posts in (facebook_posts()[:2], instagram_posts()[:2]):
        posts.insert(1, json.loads(json.dumps(posts[0])))
        if "timestamp" in posts[1]:
            posts[1]["timestamp"] = value
        else:
            posts[1]["media"][0]["creation_timestamp"] = value
        reading = reading_of(meta_json(posts))

        assert len(reading.publications) == 2
        assert [str(one)[:15] for one in reading.failed] == ["file:1: запис 2"]


KEYS = ["timestamp", "data", "attachments", "media", "title", "post", "creation_timestamp", "ig_stories", "messages", "type",
        "chats", "list", "id", "text", "date_unixtime", "uri", "profile_user", "profile_v2", "videos_v2"]  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 2_000_000_000) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=20,
)
ODD = st.lists(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5) | ANYTHING, max_size=5)


@given(ANYTHING)
def test_json_of_any_shape_is_read_or_refused(value):
    try:
        reading_of(plain_json(value))
    except ImportRefused as refused:
        assert str(refused).startswith("file:")


@pytest.mark.parametrize(
    ("first", "key"),
    [
        (facebook_posts()[0], ""),
        (instagram_posts()[0], ""),
        ({"uri": "a", "creation_timestamp": 1_625_500_000}, "ig_stories"),
    ],
    ids=["facebook", "instagram", "stories"],
)
@given(odd=ODD)
def test_every_record_of_a_list_is_accounted_for(first, key, odd):
    entries = [first, *odd]

    assert reading_of(plain_json({key: entries} if key else entries)).records == len(entries)


@given(odd=ODD)
def test_every_message_of_a_channel_is_accounted_for(odd):
    channel = telegram_channel(MOMENTS[:3])
    channel["messages"] += odd

    assert reading_of(plain_json(channel)).records == len(channel["messages"])


def test_moments_of_the_samples_reach_over_both_ends_of_the_half_year():
    assert {"2021-06", "2021-07", "2021-12"} <= set(months_of(MOMENTS))
