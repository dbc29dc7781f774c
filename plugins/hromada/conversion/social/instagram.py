"""Instagram's «Download your information» in JSON: posts, reels, videos, stories.

Shapes as public readers of these exports describe them: `posts_1.json` is a list of {media: [{uri, creation_timestamp,
title}], title, creation_timestamp}, where a single picture's own title and time stand for the post's; the others have
one list under a key of their own. The export names neither the post nor its address.
"""

from __future__ import annotations

from typing import Any

from hromada.conversion.social.meta_records import (
    JsonObject,
    as_object,
    as_objects,
    as_text,
    content_of,
    enumerate_records,
    first_text,
    kind_of,
    repair_mojibake,
)
from hromada.conversion.social.publication import PROFILE_PICTURES, ExportedPost, ExportResult
from hromada.conversion.social.times import from_unix
from hromada.domain.account import PostKind
from hromada.domain.dates import DateRefused

FORMAT = "«Завантажити вашу інформацію» Instagram, JSON"
_KINDS = {
    "ig_reels_media": PostKind.REEL,
    "ig_stories": PostKind.STORY,
    "ig_igtv_media": PostKind.VIDEO,
    "ig_posts": None,
}
_SKIPPED = {
    "ig_archived_post_media": "архівні, читачам не видні",
    "ig_recently_deleted_media": "видалені",
    "ig_profile_picture": PROFILE_PICTURES,
    "ig_other_media": "інші файли, не дописи",
}


def recognise_instagram(value: object) -> str:
    """The key that the publications stand under, «posts» for a bare list, or nothing that we know."""
    if isinstance(value, dict):
        named = next((key for key in (*_KINDS, *_SKIPPED) if key in value), "")
        return named or ("posts" if _is_post(value) else "")
    return "posts" if isinstance(value, list) and any(_is_post(item) for item in value[:20]) else ""


def _is_post(value: object) -> bool:
    """Facebook's posts have media too, but within attachments; its albums have `photos`."""
    entry = as_object(value)
    return "timestamp" not in entry and any("creation_timestamp" in item for item in as_objects(entry.get("media")))


def read_instagram(name: str, value: Any, key: str) -> ExportResult:
    """The publications of one JSON file that was recognised as `key`."""
    result = ExportResult(formats=[FORMAT])
    entries = value if key == "posts" else value[key]
    if key in _SKIPPED:
        result.skipped[_SKIPPED[key]] += sum(1 for _ in enumerate_records(entries))
        return result
    is_reposts = "repost" in name.rsplit("/", 1)[-1].casefold()  # the same shape as posts, told by the name alone
    kind = PostKind.REPOST if is_reposts else _KINDS.get(key)
    for number, entry in enumerate_records(entries):
        _take(result, name, number, as_object(entry), kind)
    return result


def _take(result: ExportResult, name: str, number: int, entry: JsonObject, kind: PostKind | None) -> None:
    media = as_objects(entry["media"]) if "media" in entry else [entry]
    text = repair_mojibake(first_text([entry.get("title"), *(item.get("title") for item in media)]))
    seconds = [entry.get("creation_timestamp"), *(item.get("creation_timestamp") for item in media)]
    try:
        when = from_unix(next((second for second in seconds if second not in (None, "")), ""))
    except DateRefused as refused:
        result.refuse(name, 1, f"запис {number}: {refused}")
        return
    result.publications.append(ExportedPost(
        "instagram", when, kind or kind_of(media), text, name, f"запис {number}", content=content_of(text, media)
    ))  # fmt: skip


def instagram_owner(value: object) -> tuple[str, ...]:
    """The name and the username in `personal_information.json`, whose labels are in the account's language."""
    profile = next(iter(as_objects(as_object(value).get("profile_user"))), {})
    fields = as_object(profile.get("string_map_data")).values()
    return tuple(
        repair_mojibake(item)
        for item in (as_text(as_object(field).get("value")) for field in fields)
        if 0 < len(item) <= 200
    )
