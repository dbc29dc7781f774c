"""Facebook's «Download your information» in JSON: posts of a page or a profile, reels, stories.

Shapes as public readers of these exports describe them: `posts/profile_posts_1.json` and `posts/your_posts_1.json` are
lists of {timestamp, data: [{post}], attachments: [{data: [{media}, {external_context}]}], title};
`lasso_videos_v2` are reels, `archived_stories_v2` stories. The export names neither the post nor its address.
"""

from __future__ import annotations

import re
from typing import Any

from hromada.domain.account import PostKind
from hromada.domain.calendar import DateRefused
from hromada.importing.social.json_values import Table, first_text, numbered, table, tables, text
from hromada.importing.social.left_out import (
    GROUP_POSTS,
    PROFILE_PICTURES,
    is_only_sentence,
    is_profile_update,
    left_out,
    records_in,
)
from hromada.importing.social.meta_media import content_of, kind_of
from hromada.importing.social.meta_mojibake import mend
from hromada.importing.social.publication import ExportResult, Publication
from hromada.importing.social.times import from_unix

FORMAT = "«Завантажити вашу інформацію» Facebook, JSON"
_REELS, _STORIES = "lasso_videos_v2", "archived_stories_v2"
_CATALOGUES = ("videos_v2", "other_photos_v2", "photos_v2")  # files of publications that stand elsewhere
_ELSEWHERE = ("other_pages", "other_people", "wall_posts", "places_you")
_UNPUBLISHED = ("archive", "deleted", "trash", "scheduled", "draft", "unpublished")
_GROUPS = "group_posts"
_EDITS = "edits_you_made"  # former texts of posts that stand elsewhere, at the moments of their edits
_NO_POST = ("reaction", "comment", "vote")  # `likes_and_reactions_1.json`: {timestamp, data: [{reaction}], title}
# `title` is Facebook's own sentence in the account's language: «Рада shared a post», «Рада поширила допис». A shared
# link is a post of one's own that has a link in it.
_SHARED = re.compile(
    r"\bshared (?!a link\b|\d+ (?:photo|video))|(?:пошир(?:ив|ила|или|ює)|поділи(?:вся|лася|лися)|ділиться)\b(?!.*посилання)"
)
_LIVE = re.compile(r"\b(?:is|was|went) live\b|прям(?:ому|ий|ого) ефір")


def recognised(value: object) -> str:
    """What the JSON is: «posts», _REELS, _STORIES, «catalogue», or nothing that we know."""
    if isinstance(value, dict):
        groups = [key for key in value if key.startswith(_GROUPS)]
        named = next((key for key in (_REELS, _STORIES, *groups) if key in value), "")
        if not named and any(key in value for key in _CATALOGUES):
            return "catalogue"
        if named or not _is_post(value):
            return named
    if isinstance(value, list) and not any(_is_post(one) for one in value[:20]):
        return ""
    return "posts" if isinstance(value, list | dict) else ""


def _is_post(value: object) -> bool:
    """Most of what else has a moment stands under keys of its own; reactions are told by their parts."""
    entry = table(value)
    if any(key in part for part in tables(entry.get("data")) for key in _NO_POST):
        return False
    return "timestamp" in entry and ("data" in entry or "attachments" in entry or "title" in entry)


def read(name: str, value: Any, kind: str) -> ExportResult:
    """The publications of one JSON file that was recognised as `kind`."""
    reading = ExportResult(formats=[FORMAT])
    if kind == "catalogue":
        reading.left.update(left_out(name, value))
        return reading
    if kind.startswith(_GROUPS):
        reading.skipped[GROUP_POSTS] += records_in(value[kind])
        return reading
    entries = value[kind] if kind in (_REELS, _STORIES) else value
    for number, entry in numbered(entries):
        reason = _why_not(name, kind)
        if reason:
            reading.skipped[reason] += 1
        else:
            _take(reading, name, number, table(entry), kind)
    return reading


def _why_not(name: str, kind: str) -> str:
    """Facebook tells these apart by their files' names alone."""
    stem = name.rsplit("/", 1)[-1].casefold()
    if kind == "posts" and _GROUPS in stem:
        return GROUP_POSTS
    if kind == "posts" and any(word in stem for word in _ELSEWHERE):
        return "на чужих сторінках"
    if kind == "posts" and _EDITS in stem:
        return "попередні редакції дописів"
    if kind == "posts" and any(word in stem for word in _UNPUBLISHED):
        return "видалені, архівні або ще не опубліковані"
    return ""


def _take(reading: ExportResult, name: str, number: int, entry: Table, kind: str) -> None:
    parts = [part for attachment in tables(entry.get("attachments")) for part in tables(attachment.get("data"))]
    media = [table(part["media"]) for part in parts if "media" in part]
    phrase = mend(text(entry.get("title")))
    words = mend(first_text(_words(entry, media)))
    if not (words or parts or phrase):
        reading.skipped["порожні записи, без тексту, вкладень і назви"] += 1
        return
    if is_profile_update(phrase) and (not words or is_only_sentence(words)):
        reading.skipped[PROFILE_PICTURES] += 1
        return
    try:
        when = from_unix(entry.get("timestamp", ""))
    except DateRefused as refused:
        reading.refuse(name, 1, f"запис {number}: {refused}")
        return
    reading.publications.append(Publication(
        "facebook", when, _kind(kind, phrase, media), words, name, f"запис {number}", content=content_of(words or phrase, media)
    ))  # fmt: skip


def _words(entry: Table, media: list[Table]) -> list[object]:
    own = [part.get("post") for part in tables(entry.get("data"))]
    return [*own, *(one.get("description") for one in media)]


def _kind(kind: str, phrase: str, media: list[Table]) -> PostKind:
    if kind == _REELS:
        return PostKind.REEL
    if kind == _STORIES:
        return PostKind.STORY
    if _SHARED.search(phrase):
        return PostKind.REPOST
    if _LIVE.search(phrase):
        return PostKind.LIVE
    return kind_of(media)


def owner(value: object) -> tuple[str, ...]:
    """The names in `profile_information.json`: of the profile or the page, and the short one of its address."""
    profile = next((table(one) for key, one in table(value).items() if key.startswith("profile_v")), {})
    full = table(profile.get("name")).get("full_name")
    short = profile.get("username") or text(profile.get("profile_uri")).rstrip("/").rsplit("/", 1)[-1]
    return tuple(mend(one) for one in (text(full), text(short)) if one)
