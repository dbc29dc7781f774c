"""Telegram Desktop's result.json, held against the source as the test itself reads it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from hromada.conversion.social.publication import ImportRefused
from tests.unit.conversion.social.samples import (
    MOMENTS,
    kinds_read,
    message,
    months_of,
    months_read,
    plain_json,
    reading_of,
    telegram_channel,
)

WHEN = datetime(2021, 12, 31, 21, 59, 59, tzinfo=UTC)


def channel(*messages):
    return plain_json(telegram_channel([]) | {"messages": list(messages)})


def photo(number, when=WHEN, **fields):
    return message(number, when, photo=f"photos/{number}.jpg", **fields)


def read(*messages):
    return reading_of(channel(*messages))


def test_a_channel_is_counted_in_its_kyiv_months():
    raw = plain_json(telegram_channel())
    posts = [one for one in json.loads(raw)["messages"] if one["type"] == "message"]
    reading = reading_of(raw)

    assert months_read(reading.publications) == months_of(
        datetime.fromtimestamp(int(one["date_unixtime"]), UTC) for one in posts
    )
    assert kinds_read(reading.publications) == {"допис": 30, "фото": 30, "відео": 30, "репост": 30}
    assert (reading.skipped, reading.failed) == ({"службові повідомлення": 12}, [])


def test_the_moment_is_the_unix_time_and_not_the_clock_of_the_computer_that_exported():
    [first, second] = read(message(1, WHEN, text="a"), message(2, WHEN + timedelta(seconds=1), text="b")).publications

    assert (f"{first.when}", f"{second.when}") == ("2021-12-31 23:59:59", "2022-01-01 00:00:00")


def test_an_old_export_without_unix_times_is_read_by_its_clock_and_told():
    reading = read({"id": 1, "type": "message", "date": "2021-07-05T14:30:00", "text": "Стара"})

    assert f"{reading.publications[0].when:%d.%m.%Y %H:%M}" == "05.07.2021 14:30"
    assert "немає date_unixtime" in reading.notes[0]


def test_words_with_links_are_put_together_and_a_poll_is_its_question():
    parts = ["Графік ", {"type": "link", "text": "https://a.example"}, " діє"]
    reading = read(message(1, WHEN, text=parts), message(2, WHEN, text="", poll={"question": "Коли зручно?"}))

    assert [one.text for one in reading.publications] == ["Графік https://a.example діє", "Коли зручно?"]


def test_an_album_is_one_publication_with_the_words_of_any_of_its_files():
    reading = read(
        photo(5), photo(6, text="Свято"), photo(7, WHEN + timedelta(seconds=1)), message(8, WHEN, text="Далі")
    )

    assert [(one.text, one.numbers, one.kind.value) for one in reading.publications] == [
        ("Свято", (5, 6, 7), "фото"),
        ("Далі", (8,), "допис"),
    ]
    assert reading.skipped == {"решта файлів альбомів": 2}


@pytest.mark.parametrize(
    "second",
    [
        photo(7),
        photo(6, WHEN + timedelta(seconds=5)),
        photo(6, text="Інше"),
        photo(6, forwarded_from="Область"),
        message(6, WHEN),
    ],
    ids=["a gap", "later", "two captions", "another source", "no file"],
)
def test_what_is_no_album_stays_apart(second):
    assert len(read(photo(5, text="Свято"), second).publications) == 2


def test_an_album_has_ten_files_at_most():
    assert [len(one.numbers) for one in read(*(photo(number) for number in range(1, 16))).publications] == [10, 5]


def test_a_message_that_telegram_did_not_export_is_told():
    reading = read(
        {"id": 4, "type": "unsupported"}, message(5, WHEN, text="a"), message(6, WHEN, text="b", date_unixtime="0")
    )

    assert [str(one) for one in reading.failed] == [
        "file:1: повідомлення 4: Telegram не вивантажив його змісту [import-record]",
        "file:1: повідомлення 6: дата «0» неможлива для допису в мережі [import-record]",
    ]


def test_of_an_accounts_export_only_channels_are_read():
    private = {"name": "Приватне", "type": "personal_chat", "id": 1, "messages": [message(1, WHEN, text="лист")]}
    value = {
        "about": "",
        "chats": {"about": "", "list": [private, telegram_channel()]},
        "left_chats": {"list": [telegram_channel(MOMENTS[:1], "Б", 2)]},
    }
    reading = reading_of(plain_json(value))

    assert {one.pages for one in reading.publications} == {("Вигадівська міська рада",), ("Б",)}
    assert (reading.notes, reading.left) == ([], {"приватні чати й групи": 1})


def test_a_group_or_a_talk_is_no_channel():
    with pytest.raises(ImportRefused, match="file:1: це не канал, а листування чи група, вивантажте історію каналу"):
        reading_of(plain_json(telegram_channel() | {"type": "public_supergroup"}))
