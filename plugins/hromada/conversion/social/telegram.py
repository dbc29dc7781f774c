"""Telegram Desktop's `result.json`: the export of one channel, or of an account with its `chats.list`.

Fields as telegramdesktop/tdesktop, export/output/export_output_json.cpp writes them. It does not say which messages
are one album (their wish for `grouped_id` is issue 16890 there), nor the channel's public name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Any

from msgspec.structs import replace

from hromada.conversion.social.meta_records import JsonObject, as_object, as_objects, as_text
from hromada.conversion.social.publication import ExportedPost, ExportResult, count_other_records, refusal
from hromada.conversion.social.times import from_local, from_unix
from hromada.domain.account import PostKind
from hromada.domain.calendar import DateRefused

FORMAT = "Telegram Desktop, JSON"
CHANNELS = ("public_channel", "private_channel")
_ALBUM = 10  # Telegram's own bound
_VIDEOS = ("video_file", "video_message", "animation")
_OLD_TIMES = "у вивантаженні немає date_unixtime: час узято за годинником комп’ютера, який вивантажував, як київський; якщо він інший, повторіть із ZONE=…"


def recognise_telegram(value: object) -> str:
    """«channel», «account», or nothing that we know."""
    top = as_object(value)
    if isinstance(top.get("messages"), list) and "type" in top:
        return "channel"
    return "account" if any(isinstance(as_object(top.get(key)).get("list"), list) for key in _LISTS) else ""


_LISTS = ("chats", "left_chats")
_KNOWN = (*_LISTS, "about", "personal_information")


def read_telegram(name: str, value: Any, kind: str, zone: tzinfo | None = None) -> ExportResult:
    """The publications of the channels; of an account's private chats only their number is told."""
    result = ExportResult(formats=[FORMAT])
    if kind == "channel":
        if value["type"] not in CHANNELS:
            raise refusal(
                name, 1, "import-format", "це не канал, а листування чи група", "вивантажте історію каналу: ⋮ → Export chat history"
            )  # fmt: skip
        _read_channel(result, name, value, zone)
        return result
    chats = [chat for key in _LISTS for chat in as_objects(as_object(value.get(key)).get("list"))]
    channels = [chat for chat in chats if chat.get("type") in CHANNELS]
    for chat in channels:
        _read_channel(result, name, chat, zone)
    result.left["приватні чати й групи"] += len(chats) - len(channels)
    if others := {key: publication for key, publication in value.items() if key not in _KNOWN}:
        result.left.update(count_other_records(name, others))
    return result


def _read_channel(result: ExportResult, name: str, chat: JsonObject, zone: tzinfo | None) -> None:
    messages = chat.get("messages")
    reader = _ChannelReader(result, name, chat, zone)
    values = messages if isinstance(messages, list) else []
    publications = [publication for message in values if (publication := reader.publication(as_object(message)))]
    result.publications += _join_albums(publications, result)


class _ChannelReader:
    """Reads the messages of one channel."""

    def __init__(self, result: ExportResult, name: str, chat: JsonObject, zone: tzinfo | None) -> None:
        self._result, self._name, self._zone = result, name, zone
        self._page = as_text(chat.get("name"))
        self._channel = str(chat.get("id") or self._page)

    def publication(self, message: JsonObject) -> ExportedPost | None:
        if message.get("type") == "service":
            self._result.skipped["службові повідомлення"] += 1
            return None
        number = message.get("id")
        if not isinstance(number, int) or message.get("type") != "message":
            self._result.refuse(self._name, 1, f"повідомлення {number}: Telegram не вивантажив його змісту")
            return None
        try:
            when = self._moment(message)
        except DateRefused as refused:
            self._result.refuse(self._name, 1, f"повідомлення {number}: {refused}")
            return None
        return ExportedPost(
            "telegram", when, _kind(message), _text_of(message), self._name, f"повідомлення {number}", pages=(self._page,),
            id=f"{self._channel}/{number}", channel=self._channel, numbers=(number,),
            content=f"{as_text(message.get('forwarded_from'))}\0{'photo' in message or 'file' in message}",
        )  # fmt: skip

    def _moment(self, message: JsonObject) -> datetime:
        if message.get("date_unixtime"):
            return from_unix(message["date_unixtime"])
        if not self._zone and _OLD_TIMES not in self._result.notes:
            self._result.notes.append(_OLD_TIMES)
        return from_local(message.get("date", ""), self._zone)


def _kind(message: JsonObject) -> PostKind:
    if "forwarded_from" in message:
        return PostKind.REPOST
    if "photo" in message:
        return PostKind.PHOTO
    return PostKind.VIDEO if message.get("media_type") in _VIDEOS else PostKind.POST


def _text_of(message: JsonObject) -> str:
    """The text, which is a list where it has links and the like; a poll's question where there is none."""
    value = message.get("text") or message.get("text_entities")
    parts = value if isinstance(value, list) else [value]
    text = "".join(part if isinstance(part, str) else as_text(as_object(part).get("text")) for part in parts)
    return text or as_text(as_object(message.get("poll")).get("question"))


def _join_albums(messages: list[ExportedPost], result: ExportResult) -> Iterator[ExportedPost]:
    """Each album as one publication: its first message, with the words that any of them has."""
    album: list[ExportedPost] = []
    for message in messages:
        if album and not _continues(album, message):
            yield _join(album, result)
            album = []
        album.append(message)
    if album:
        yield _join(album, result)


def _continues(album: list[ExportedPost], message: ExportedPost) -> bool:
    """Files sent at once: numbers one after another, the same second (or the next), the same source, one caption."""
    last = album[-1]
    return (
        len(album) < _ALBUM
        and message.numbers[0] == last.numbers[0] + 1
        and message.content == last.content
        and message.content.endswith("True")
        and abs(message.when - last.when) <= timedelta(seconds=1)
        and not (message.text and any(publication.text for publication in album))
    )


def _join(album: list[ExportedPost], result: ExportResult) -> ExportedPost:
    first = album[0]
    if len(album) == 1:
        return first
    result.skipped["решта файлів альбомів"] += len(album) - 1
    kind = first.kind if len({publication.kind for publication in album}) == 1 else PostKind.PHOTO
    text = next((publication.text for publication in album if publication.text), "")
    return replace(first, kind=kind, text=text, numbers=tuple(publication.numbers[0] for publication in album))
