"""JSON exports of Facebook and Instagram: parsed within limits, values read without trusting their types, garbled texts repaired.

Meta writes the UTF-8 bytes of a text as Latin-1 characters, «Ð Ð°Ð´Ð°» for «Рада»: known since 2018
(stackoverflow.com/questions/50008296), and undone by every reader of these exports.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hromada.conversion.social.publication import SourceFile, refusal
from hromada.domain.account import PostKind
from hromada.domain.lazy_regex import lazy_compile

JsonObject = dict[str, Any]  # a JSON object of unchecked values


def parse_json(source: SourceFile) -> Any:
    """The value of the whole file; a truncated or damaged one is refused with its line."""
    try:
        return json.loads(source.raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise refusal(
            source.name,
            1,
            "import-broken",
            "файл JSON не в UTF-8",
            "завантажте його ще раз і не зберігайте з редактора",
        ) from None
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(error.doc.rstrip()) or "Unterminated" in error.msg
        message = "файл JSON обірвано" if is_cut else "файл JSON пошкоджено"
        raise refusal(source.name, error.lineno, "import-broken", message, "завантажте його з мережі ще раз") from None
    except (RecursionError, ValueError):  # nested thousands deep, or a number of thousands of digits
        raise refusal(
            source.name, 1, "import-broken", "файл JSON пошкоджено", "завантажте його з мережі ще раз"
        ) from None


def as_object(value: object) -> JsonObject:
    """The object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> list[JsonObject]:
    """The objects of a list; a single object stands for a list of one, as Meta writes it."""
    if isinstance(value, dict):
        return [value]
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def as_text(value: object) -> str:
    """The text, or an empty one for anything else."""
    return value if isinstance(value, str) else ""


def first_text(values: Iterable[object]) -> str:
    """The first value that is a text with letters in it."""
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def enumerate_records(value: object) -> Iterator[tuple[int, object]]:
    """A list's elements with their numbers from 1; Meta writes a list of one as the element alone."""
    return enumerate(value if isinstance(value, list) else [value], 1)


_UTF8_SEQUENCE = lazy_compile(
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
