"""What the register has is known again, and what is new is new: by id, by link, by time and title."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.conversion.social.attribution import attribute
from hromada.conversion.social.merging import append_rows, group_by_file, merge
from hromada.domain.account import Account, Accounts
from hromada.reading.registers import find_duplicates, read_register_file
from tests.unit.conversion.social.samples import (
    ACCOUNTS,
    MOMENTS,
    SUITE_HEAD,
    WORDS,
    csv_bytes,
    facebook_posts,
    instagram_csv,
    instagram_posts,
    message,
    meta_json,
    plain_json,
    reading_of,
    suite_rows,
    telegram_channel,
)

PATH = "content/registers/social/rada-facebook-2021-h2.csv"
HEAD = "Дата;Сторінка;Мережа;Вид;Назва;Посилання;Ідентифікатор\n"
SOURCES = {
    "suite": csv_bytes(SUITE_HEAD, suite_rows()),
    "instagram csv": instagram_csv(),
    "facebook": meta_json(facebook_posts()),
    "instagram": meta_json(instagram_posts()),
    "telegram": plain_json(telegram_channel()),
}


def rows_of(text, accounts=ACCOUNTS):
    entries, problems = read_register_file("social", PATH, (HEAD + text).encode(), accounts)
    assert problems == []
    return entries


def merged(raw, existing=(), accounts=ACCOUNTS):
    files = raw if isinstance(raw, dict) else {"file": raw}
    return merge(attribute(reading_of(files, alone=len(files) == 1), accounts, "rada"), existing)


def counts(raw, existing=(), accounts=ACCOUNTS):
    result = merged(raw, existing, accounts)
    return len(result.new), result.present, result.repeated


def written(result, before=()):
    """The register's entries after the new rows, read by the register's own reader."""
    entries = list(before)
    for name, rows in group_by_file(result.new).items():
        found, problems = read_register_file("social", *append_rows(name, rows, {}), ACCOUNTS)
        assert problems == []
        entries += found
    return entries


def suite(**changes):
    row = dict(zip(SUITE_HEAD, suite_rows()[1], strict=True))
    row |= {
        "Publish time": "12/31/2021 10:00",
        "Description": "Свято міста",
        "Permalink": "https://www.facebook.com/77/posts/1118",
    }
    return csv_bytes(SUITE_HEAD, [list((row | changes).values())])


@pytest.mark.parametrize("raw", SOURCES.values(), ids=SOURCES)
def test_a_second_import_adds_nothing(raw):
    register = written(merged(raw))

    assert (len(register), counts(raw, register)) == (120, (0, 120, 0))
    assert list(find_duplicates(register)) == []


@pytest.mark.parametrize(
    "row",
    [
        "31.12.2021;ВМР;facebook;допис;Інша назва;;1118",
        "31.12.2021;ВМР;facebook;допис;Інша назва;;facebook:1118",
        "31.12.2021;ВМР;facebook;допис;Інша назва;;77_1118",
        "31.12.2021;ВМР;facebook;допис;Інша назва;https://m.facebook.com/77/posts/1118/?fbclid=abc;",
        "31.12.2021;ВМР;facebook;допис;Інша назва;https://www.facebook.com/permalink.php?story_fbid=1118000&id=77;",
        "31.12.2021;ВМР;facebook;допис;Свято міста;;",
        "31.12.2021 20:00;ВМР;facebook;допис;свято міста;;",
        "31.12.2021;ВМР;facebook;допис;'Свято міста;;",
        "31.12.2021;ВМР;facebook;допис;Свято міста;https://www.facebook.com/share/p/1AbCdEf/?mibextid=x;",
        "31.12.2021;ВМР;facebook;допис;Свято міста;https://www.facebook.com/rada/posts/pfbid0abc;",
    ],
)
def test_a_row_written_by_hand_is_known_again(row):
    raw = suite(**{"Post ID": 1118000} if "story_fbid" in row else {})

    assert counts(raw, rows_of(row)) == (0, 1, 0)


@pytest.mark.parametrize(
    "row",
    [
        "30.12.2021;ВМР;facebook;допис;Свято міста;;",
        "31.12.2021 20:01;ВМР;facebook;допис;Свято міста;;",
        "31.12.2021;ВМР;instagram;допис;Свято міста;;",
        "31.12.2021;Вигадівський клуб;facebook;допис;Свято міста;;",
        "31.12.2021;ВМР;facebook;допис;Свято міста;https://www.facebook.com/77/posts/9999999;",
        "31.12.2021;ВМР;facebook;допис;Інше свято;;",
    ],
)
def test_another_publication_is_not_taken_for_it(row):
    assert counts(suite(), rows_of(row)) == (1, 0, 0)


def test_a_row_of_the_same_day_and_title_with_another_link_is_pointed_at():
    rows = rows_of("31.12.2021;ВМР;facebook;допис;Свято міста;https://www.facebook.com/77/posts/7777777;")

    assert [(new.title, entry.location.line) for new, entry in merged(suite(), rows).doubtful] == [("Свято міста", 2)]


def test_one_row_by_hand_stands_for_one_publication():
    alarm = "Повітряна тривога! Пройдіть до укриття."
    posts = [{"timestamp": 1640700000 + 3600 * n, "data": [{"post": alarm}], "title": ""} for n in range(3)]

    assert counts(meta_json(posts), rows_of(f"28.12.2021;ВМР;facebook;допис;{alarm};;")) == (2, 1, 0)


def test_the_same_posts_twice_in_one_export_are_counted_once():
    posts = facebook_posts()

    assert counts({"a.json": meta_json(posts), "b.json": meta_json(posts[:50])}) == (120, 0, 50)
    assert counts(csv_bytes(SUITE_HEAD, [*suite_rows(), *suite_rows()[:7]])) == (120, 0, 7)


def test_the_same_posts_from_business_suite_and_from_your_information_are_counted_once():
    both = {"a.csv": SOURCES["suite"], "b.json": SOURCES["facebook"]}
    register = written(merged(SOURCES["suite"]))

    assert counts(both) == (120, 0, 120)
    assert counts(SOURCES["facebook"], register) == (0, 120, 0)
    assert counts(both, register) == (0, 240, 0)
    assert counts(SOURCES["suite"], written(merged(SOURCES["facebook"]))) == (0, 120, 0)


def test_a_post_without_words_is_known_again_whatever_either_export_calls_its_kind():
    photo = [{"data": [{"media": {"uri": "posts/media/1.jpg"}}]}]
    posts = [{**one, "data": [], "attachments": photo} for one in facebook_posts()]
    rows = [(*row[:4], "", *row[5:11], "Reels", *row[12:]) for row in suite_rows()]
    target = written(merged(csv_bytes(SUITE_HEAD, rows)))

    assert {entry.title for entry in target} == {"Рілс без підпису", "Репост без тексту"}
    assert counts(meta_json(posts), target) == (0, 120, 0)


def test_an_edited_post_is_the_same_post():
    posts = facebook_posts()
    register = written(merged(meta_json(posts)))
    posts[5]["data"][0]["post"] = "Виправлено: зовсім інші слова"

    assert counts(meta_json(posts), register) == (0, 120, 0)


def test_posts_of_one_second_are_all_kept_in_whatever_order_they_come():
    posts = [{"timestamp": 1640700000, "data": [{"post": f"Заклад {n} працює"}], "title": ""} for n in range(3)]
    register = written(merged(meta_json(posts)))

    assert (len(register), counts(meta_json(posts[::-1]), register), counts(meta_json(posts[1:2]), register)) == (
        3,
        (0, 3, 0),
        (0, 1, 0),
    )


def test_ids_are_no_numbers_for_a_spreadsheet_to_round():
    for raw in SOURCES.values():
        assert all(row.id.startswith(f"{row.network}:") for row in merged(raw).new)


def test_channels_with_messages_of_the_same_numbers_stay_apart():
    other = Accounts.of([*ACCOUNTS.all, Account("tsnap", "Центр послуг", (), ("telegram",), "other")])
    first = merge(attribute(reading_of(SOURCES["telegram"]), other, ""), ())
    second = plain_json(telegram_channel(name="Центр послуг", id=1500000002))

    assert len(merge(attribute(reading_of(second), other, ""), written(first)).new) == 120


def telegram(*messages):
    return plain_json(telegram_channel([]) | {"messages": list(messages)})


WHEN = datetime(2021, 7, 5, 9, 0, tzinfo=UTC)
ALBUM = [message(number, WHEN, photo="x.jpg") for number in (11, 12, 13)]


@pytest.mark.parametrize("number", [11, 12, 13])
def test_a_link_to_any_file_of_an_album_is_the_album(number):
    rows = rows_of(f"05.07.2021;ВМР;telegram;фото;Альбом;https://t.me/Vyhadiv_Rada/{number}?single;")

    assert counts(telegram(*ALBUM), rows) == (0, 1, 0)


def test_the_channels_name_comes_from_links_that_agree_with_its_messages():
    rows = rows_of("05.07.2021;ВМР;telegram;допис;Перше;https://t.me/vyhadiv_rada/5;")
    messages = [message(5, WHEN, text="Перше"), message(6, WHEN + timedelta(days=1), text="Друге")]

    assert [(row.title, row.url) for row in merged(telegram(*messages), rows).new] == [
        ("Друге", "https://t.me/vyhadiv_rada/6")
    ]


def test_a_message_without_a_known_link_is_known_by_day_and_title():
    rows = rows_of(
        "05.07.2021;ВМР;telegram;допис;Перше;https://t.me/one_rada/5;\n05.07.2021;ВМР;telegram;допис;Друге;https://t.me/two_rada/6;"
    )
    messages = [message(5, WHEN, text="Перше"), message(6, WHEN, text="Друге")]

    assert counts(telegram(*messages), rows) == (0, 2, 0)


def test_links_of_another_channel_give_no_name():
    rows = rows_of("09.09.2021;ВМР;telegram;допис;Перше;https://t.me/inshyi_kanal/5;")

    assert [row.url for row in merged(telegram(message(5, WHEN, text="Перше")), rows).new] == [""]


def test_the_table_of_accounts_may_name_the_channel():
    accounts = Accounts.of([Account("rada", "Вигадівська міська рада", ("@vyhadiv_rada",), ("telegram",))])

    assert merged(telegram(message(5, WHEN, text="Перше")), (), accounts).new[0].url == "https://t.me/vyhadiv_rada/5"


TWO_PAGES = csv_bytes(SUITE_HEAD, [*suite_rows(MOMENTS[:3]), *suite_rows(MOMENTS[:3], "Вигадівський клуб")])


def both_pages(raw, existing=()):
    return merge(attribute(reading_of(raw), ACCOUNTS, ""), existing)


def test_one_video_on_two_pages_of_ours_is_two_publications_and_named():
    result = both_pages(TWO_PAGES)

    assert (len(result.new), result.repeated) == (6, 0)
    assert sorted((row.id, other) for row, other in result.shared) == [
        (f"facebook:{1000 + n}", "rada") for n in range(3)
    ]
    assert {row.account.id for row, _ in result.shared} == {"klub"}


def test_one_video_on_two_pages_is_known_again_on_both():
    register = written(both_pages(TWO_PAGES))

    assert (len(register), both_pages(TWO_PAGES, register).new) == (6, ())


@pytest.mark.parametrize("row", ["05.07.2021;Вигадівський клуб;facebook;відео;Свято;;1118",
                                 "05.07.2021;Вигадівський клуб;facebook;відео;Свято;https://fb.com/77/videos/1118;",
                                 "05.07.2021;Вигадівський клуб;facebook;відео;Свято;https://www.facebook.com/77/posts/1118;"])  # fmt: skip
def test_a_row_of_another_page_is_not_this_page_s_publication(row):
    assert counts(suite(), rows_of(row + "\n")) == (1, 0, 0)


@pytest.mark.parametrize("words", ["#N/A", "#REF!", "#ИМЯ?", "#NAME?", " #Н/Д \n", "Err:508"])
def test_a_post_that_says_what_a_spreadsheet_shows_for_errors_is_written_and_read_back(words):
    posts = meta_json([{"timestamp": 1640700000, "data": [{"post": words}], "title": "x"}])

    assert [entry.title for entry in written(merged(posts))] == [f"«{words.strip()}»"]


POSTS = st.lists(
    st.builds(
        lambda second, words, media: {"timestamp": 1640700000 + second, "data": [{"post": words}], "title": "x"}
        | ({"attachments": [{"data": [{"media": {"uri": f"{media}.jpg"}}]}]} if media else {}),
        st.integers(0, 90), st.sampled_from(["", "Тривога", "Відбій", WORDS.format(1)]), st.integers(0, 2),
    ),
    min_size=1, max_size=12,
)  # fmt: skip
HAND = st.lists(st.sampled_from(["Тривога", "Відбій", "Репост без тексту", "Допис без тексту"]), max_size=3)


@given(POSTS, HAND, st.randoms(use_true_random=False))
def test_every_publication_is_in_one_number_and_a_second_run_adds_nothing_in_any_order(posts, hand, chance):
    before = rows_of("".join(f"28.12.2021;ВМР;facebook;допис;{title};;\n" for title in hand))
    first = merged(meta_json(posts), before)
    chance.shuffle(posts)
    second = merged(meta_json(posts), written(first, before))

    assert len(first.new) + first.present + first.repeated == len(posts)
    assert (second.new, second.present + second.repeated) == ((), len(posts))


def test_the_samples_reach_over_two_half_years():
    assert len(group_by_file(merged(SOURCES["suite"]).new)) == len({(one.year, one.month > 6) for one in MOMENTS})
