"""Photos and videos of Meta's JSON, the same on Facebook and on Instagram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hromada.domain.account import PostKind
from hromada.importing.social.json_values import Table, table, text

_VIDEO = (".mp4", ".mov", ".m4v", ".webm", ".avi", ".3gp")


def is_video(media: Table) -> bool:
    """By the file's name, or by what Meta tells of it."""
    uri = text(media.get("uri")).casefold().partition("?")[0]
    return uri.endswith(_VIDEO) or "video_metadata" in table(media.get("media_metadata"))


def kind_of(media: Sequence[Table]) -> PostKind:
    """A publication with only videos is a video, with any photo a photo, without either a post."""
    if not media:
        return PostKind.POST
    return PostKind.VIDEO if all(is_video(one) for one in media) else PostKind.PHOTO


def content_of(words: str, media: Iterable[Table]) -> str:
    """What tells this publication from another one of the same second."""
    return "\0".join([words, *(text(one.get("uri")).rsplit("/", 1)[-1] for one in media)])
