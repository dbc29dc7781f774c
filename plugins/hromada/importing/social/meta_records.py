"""What the JSON exports of Facebook and Instagram have in common: garbled texts, photos and videos.

Meta writes the UTF-8 bytes of a text as Latin-1 characters, «Ð Ð°Ð´Ð°» for «Рада»: known since 2018
(stackoverflow.com/questions/50008296), and undone by every reader of these exports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hromada.domain.account import PostKind
from hromada.importing.social.json_values import JsonObject, as_object, as_text

_UTF8_SEQUENCE = re.compile(
    r"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)  # UTF-8's forms


def repair_mojibake(text: str) -> str:
    """The text decoded as UTF-8; a correct text stays.

    A text with any character beyond Latin-1 is correct. Where a text is cut within a character, the complete ones are
    repaired.
    """
    if text.isascii() or any(character > "\xff" for character in text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return _UTF8_SEQUENCE.sub(_repair, text)


def _repair(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


_VIDEO = (".mp4", ".mov", ".m4v", ".webm", ".avi", ".3gp")


def is_video(media: JsonObject) -> bool:
    """By the file's name, or by what Meta tells of it."""
    uri = as_text(media.get("uri")).casefold().partition("?")[0]
    return uri.endswith(_VIDEO) or "video_metadata" in as_object(media.get("media_metadata"))


def kind_of(media: Sequence[JsonObject]) -> PostKind:
    """A publication with only videos is a video, with any photo a photo, without either a post."""
    if not media:
        return PostKind.POST
    return PostKind.VIDEO if all(is_video(item) for item in media) else PostKind.PHOTO


def content_of(text: str, media: Iterable[JsonObject]) -> str:
    """What tells this publication from another one of the same second."""
    return "\0".join([text, *(as_text(item.get("uri")).rsplit("/", 1)[-1] for item in media)])
