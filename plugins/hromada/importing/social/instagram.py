"""Instagram's «Download your information» in JSON: posts, reels, videos, stories.

Shapes as public readers of these exports describe them: `posts_1.json` is a list of {media: [{uri, creation_timestamp,
title}], title, creation_timestamp}, where a single picture's own title and time stand for the post's; the others have
one list under a key of their own. The export names neither the post nor its address.
"""

from __future__ import annotations

from typing import Any

from hromada.domain.account import PostKind
from hromada.domain.calendar import DateRefused
from hromada.importing.social.json_values import Table, first_text, numbered, table, tables, text
from hromada.importing.social.left_out import PROFILE_PICTURES
from hromada.importing.social.meta_media import content_of, kind_of
from hromada.importing.social.meta_mojibake import mend
from hromada.importing.social.publication import ExportResult, Publication
from hromada.importing.social.times import from_unix

FORMAT = "«Завантажити вашу інформацію» Instagram, JSON"
_KINDS = {
    "ig_reels_media": PostKind.REEL,
    "ig_stories": PostKind.STORY,
    "ig_igtv_media": PostKind.VIDEO,
    "ig_posts": None,
}
_ASIDE = {
    "ig_archived_post_media": "архівні, читачам не видні",
    "ig_recently_deleted_media": "видалені",
    "ig_profile_picture": PROFILE_PICTURES,
    "ig_other_media": "інші файли, не дописи",
}


def recognised(value: object) -> str:
    """The key that the publications stand under, «posts» for a bare list, or nothing that we know."""
    if isinstance(value, dict):
        named = next((key for key in (*_KINDS, *_ASIDE) if key in value), "")
        return named or ("posts" if _is_post(value) else "")
    return "posts" if isinstance(value, list) and any(_is_post(one) for one in value[:20]) else ""


def _is_post(value: object) -> bool:
    """Facebook's posts have media too, but within attachments; its albums have `photos`."""
    entry = table(value)
    return "timestamp" not in entry and any("creation_timestamp" in one for one in tables(entry.get("media")))


def read(name: str, value: Any, key: str) -> ExportResult:
    """The publications of one JSON file that was recognised as `key`."""
    reading = ExportResult(formats=[FORMAT])
    entries = value if key == "posts" else value[key]
    if key in _ASIDE:
        reading.skipped[_ASIDE[key]] += sum(1 for _ in numbered(entries))
        return reading
    is_reposts = "repost" in name.rsplit("/", 1)[-1].casefold()  # the same shape as posts, told by the name alone
    kind = PostKind.REPOST if is_reposts else _KINDS.get(key)
    for number, entry in numbered(entries):
        _take(reading, name, number, table(entry), kind)
    return reading


def _take(reading: ExportResult, name: str, number: int, entry: Table, kind: PostKind | None) -> None:
    media = tables(entry["media"]) if "media" in entry else [entry]
    words = mend(first_text([entry.get("title"), *(one.get("title") for one in media)]))
    seconds = [entry.get("creation_timestamp"), *(one.get("creation_timestamp") for one in media)]
    try:
        when = from_unix(next((second for second in seconds if second not in (None, "")), ""))
    except DateRefused as refused:
        reading.refuse(name, 1, f"запис {number}: {refused}")
        return
    reading.publications.append(Publication(
        "instagram", when, kind or kind_of(media), words, name, f"запис {number}", content=content_of(words, media)
    ))  # fmt: skip


def owner(value: object) -> tuple[str, ...]:
    """The name and the username in `personal_information.json`, whose labels are in the account's language."""
    profile = next(iter(tables(table(value).get("profile_user"))), {})
    fields = table(profile.get("string_map_data")).values()
    return tuple(mend(one) for one in (text(table(field).get("value")) for field in fields) if 0 < len(one) <= 200)
