"""Exports as the networks write them, made up: an invented council's pages, no living person."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hromada.conversion.social.publication import SourceFile
from hromada.conversion.social.recognition import read_export
from hromada.domain.account import Account, Accounts

KYIV, PACIFIC = ZoneInfo("Europe/Kyiv"), ZoneInfo("America/Los_Angeles")
ACCOUNTS = Accounts.of(
    [
        Account(
            "rada", "Вигадівська міська рада", ("ВМР", "vyhadiv.rada"), ("facebook", "instagram", "telegram"), "main"
        ),
        Account("klub", "Вигадівський клуб", (), ("facebook",), "other"),
    ]
)
# Every ninth hour or so from the last evening of June to the first morning of January, both ends of the half-year.
MOMENTS = [
    datetime(2021, 6, 30, 20, 30, tzinfo=UTC) + timedelta(hours=37 * number, minutes=11 * number)
    for number in range(120)
]
SUITE_HEAD = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time", "Caption type", "Permalink",
    "Is crosspost", "Is share", "Post type", "Languages", "Custom labels", "Funded content status", "Data comment", "Date", "Views",
)  # fmt: skip
SUITE_HEAD_UK = (
    "Ідентифікатор допису", "Ідентифікатор сторінки", "Назва сторінки", "Назва", "Опис", "Тривалість (с)", "Час публікації",
    "Тип підпису", "Постійне посилання", "Є кроспостом", "Є поширенням", "Тип допису", "Мови", "Користувацькі мітки",
    "Статус фінансованого контенту", "Коментар до даних", "Дата", "Перегляди",
)  # fmt: skip
INSTAGRAM_HEAD = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)", "Publish time", "Permalink",
    "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves",
)  # fmt: skip
TYPES = ("Photos", "Text", "Videos", "Links", "Reels", "Story", "Live video")
WORDS = "Оновлено графік прийому громадян № {0}. Деталі в центрі послуг.\n\nТел. 0-00-00"


def suite_rows(moments=MOMENTS, page="Вигадівська міська рада", start=1000):
    """Rows of a Business Suite file in the order of SUITE_HEAD, newest first as Meta writes them."""
    rows = [
        (
            start + n, 77, page, "", WORDS.format(n), 0, f"{one.astimezone(PACIFIC):%m/%d/%Y %H:%M}", "",
            f"https://www.facebook.com/77/posts/{start + n}", 0, int(n % 10 == 9), TYPES[n % 7], "", "", "", "", "Lifetime", 5 * n,
        )
        for n, one in enumerate(moments)
    ]  # fmt: skip
    return rows[::-1]


def csv_bytes(head, rows, encoding="utf-8-sig", mark=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows([head, *rows])
    return out.getvalue().encode(encoding)


def instagram_csv(moments=MOMENTS):
    kinds = ("IG image", "IG carousel", "IG reel", "IG story")
    return csv_bytes(INSTAGRAM_HEAD, [
        (f"18{n:015}", "1784", "vyhadiv.rada", "Вигадів", WORDS.format(n), 0, f"{one.astimezone(PACIFIC):%m/%d/%Y %H:%M}",
         f"https://www.instagram.com/p/Cabc{n}/", kinds[n % 4], "", "Lifetime", 1, 1, 1, 0, 0, 0, 0)
        for n, one in enumerate(moments)
    ])  # fmt: skip


def damaged(value):
    """A value as Meta's JSON has it: every text's UTF-8 bytes shown as Latin-1."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [damaged(one) for one in value]
    return {key: damaged(one) for key, one in value.items()} if isinstance(value, dict) else value


def meta_json(value):
    return json.dumps(damaged(value)).encode()  # \u00d0\u00a0…, as Meta writes it


def facebook_posts(moments=MOMENTS):
    """profile_posts_1.json: words, photos, videos, shared posts."""
    posts = []
    for n, one in enumerate(moments):
        post = {
            "timestamp": int(one.timestamp()),
            "data": [{"post": WORDS.format(n)}],
            "title": "Вигадівська міська рада",
        }
        if n % 4 == 1:
            post["attachments"] = [{"data": [{"media": {"uri": f"posts/media/{n}.jpg", "creation_timestamp": 1}}]}]
        if n % 4 == 2:
            post["attachments"] = [{"data": [{"media": {"uri": f"posts/media/{n}.mp4", "description": "Відео"}}]}]
        if n % 4 == 3:
            post["title"] = "Вигадівська міська рада shared a post."
        posts.append(post)
    return posts


def instagram_posts(moments=MOMENTS):
    """posts_1.json: every third post is a carousel with its own title and time."""
    posts = []
    for n, one in enumerate(moments):
        second = int(one.timestamp())
        media = [{"uri": f"media/posts/{n}.jpg", "creation_timestamp": second, "title": WORDS.format(n)}]
        if n % 3 == 2:
            media = [
                {"uri": f"media/posts/{n}_{part}.jpg", "creation_timestamp": second - 60, "title": ""}
                for part in range(3)
            ]
            posts.append({"media": media, "title": WORDS.format(n), "creation_timestamp": second})
        else:
            posts.append({"media": media})
    return posts


def telegram_channel(moments=MOMENTS, name="Вигадівська міська рада", id=1500000001):
    """A channel's export: words as a list, photos, forwarded posts; before each tenth post somebody pins something."""
    messages = []
    for n, one in enumerate(moments):
        if n % 10 == 0:
            messages.append(message(len(messages) + 1, one, type="service", action="pin_message"))
        extra = {
            1: {"photo": "photos/1.jpg"},
            2: {"file": "x.mp4", "media_type": "video_file"},
            3: {"forwarded_from": "Область"},
        }
        words = ["Повідомлення ", {"type": "bold", "text": f"№ {n}"}, ". Далі буде."]
        messages.append(message(len(messages) + 1, one, text=words, **extra.get(n % 4, {})))
    return {"name": name, "type": "public_channel", "id": id, "messages": messages}


def message(number, when, **fields):
    """`date` is the clock of some other computer, as exports have it."""
    moment = {"date": f"{when.astimezone(PACIFIC):%Y-%m-%dT%H:%M:%S}", "date_unixtime": str(int(when.timestamp()))}
    return {"id": number, "type": "message", **moment, "from": "Вигадівська міська рада", "text": ""} | fields


def plain_json(value):
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def reading_of(raw, name="file", alone=True):
    """What one file, or several by name, gives."""
    files = raw if isinstance(raw, dict) else {name: raw}
    return read_export([SourceFile(*one) for one in files.items()], name, alone=alone)


def months_of(moments):
    return Counter(f"{one.astimezone(KYIV):%Y-%m}" for one in moments)


def months_read(publications):
    return Counter(f"{one.when:%Y-%m}" for one in publications)


def kinds_read(publications):
    return Counter(one.kind.value for one in publications)
