"""Facebook's «Download your information» in JSON: posts of a page or a profile, reels, stories.

Shapes as public readers of these exports describe them: `posts/profile_posts_1.json` and `posts/your_posts_1.json` are
lists of {timestamp, data: [{post}], attachments: [{data: [{media}, {external_context}]}], title};
`lasso_videos_v2` are reels, `archived_stories_v2` stories. The export names neither the post nor its address.
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
from hromada.conversion.social.publication import (
    GROUP_POSTS,
    PROFILE_PICTURES,
    ExportedPost,
    ExportResult,
    count_other_records,
    count_records,
    is_only_sentence,
    is_profile_update,
)
from hromada.conversion.social.times import from_unix
from hromada.domain.account import PostKind
from hromada.domain.calendar import DateRefused
from hromada.domain.lazy_regex import lazy_compile

FORMAT = "«Завантажити вашу інформацію» Facebook, JSON"
_REELS, _STORIES = "lasso_videos_v2", "archived_stories_v2"
_CATALOGUES = ("videos_v2", "other_photos_v2", "photos_v2")  # files of publications that stand elsewhere
_ELSEWHERE = ("other_pages", "other_people", "wall_posts", "places_you")
_UNPUBLISHED = ("archive", "deleted", "trash", "scheduled", "draft", "unpublished")
_GROUPS = "group_posts"
_ON_OTHER_PAGES = "на чужих сторінках"
# Posts that are not on the page stand under keys that begin so.
_NOT_ON_THE_PAGE = {_GROUPS: GROUP_POSTS, "wall_posts_sent_to_others": _ON_OTHER_PAGES}
_EDITS = "edits_you_made"  # former texts of posts that stand elsewhere, at the moments of their edits
_NO_POST = ("reaction", "comment", "vote")  # `likes_and_reactions_1.json`: {timestamp, data: [{reaction}], title}
# `title` is Facebook's own sentence in the account's language: «Рада shared a post», «Рада поширила допис». A shared
# link is a post of one's own that has a link in it.
_SHARED = lazy_compile(
    r"\bshared (?!a link\b|\d+ (?:photo|video))|(?:пошир(?:ив|ила|или|ює)|поділи(?:вся|лася|лися)|ділиться)\b(?!.*посилання)"
)
_LIVE = lazy_compile(r"\b(?:is|was|went) live\b|прям(?:ому|ий|ого) ефір")


def recognise_facebook(value: object) -> str:
    """What the JSON is: «posts», _REELS, _STORIES, «catalogue», or nothing that we know."""
    if isinstance(value, dict):
        others = [key for key in value if key.startswith(tuple(_NOT_ON_THE_PAGE))]
        named = next((key for key in (_REELS, _STORIES, *others) if key in value), "")
        if not named and any(key in value for key in _CATALOGUES):
            return "catalogue"
        if named or not _is_post(value):
            return named
    if isinstance(value, list) and not any(_is_post(item) for item in value[:20]):
        return ""
    return "posts" if isinstance(value, list | dict) else ""


def _is_post(value: object) -> bool:
    """Most of what else has a moment stands under keys of its own; reactions are told by their parts."""
    entry = as_object(value)
    if any(key in part for part in as_objects(entry.get("data")) for key in _NO_POST):
        return False
    return "timestamp" in entry and ("data" in entry or "attachments" in entry or "title" in entry)


def read_facebook(name: str, value: Any, kind: str) -> ExportResult:
    """The publications of one JSON file that was recognised as `kind`."""
    result = ExportResult(formats=[FORMAT])
    if kind == "catalogue":
        result.left.update(count_other_records(name, value))
        return result
    if where := next((words for key, words in _NOT_ON_THE_PAGE.items() if kind.startswith(key)), ""):
        result.skipped[where] += count_records(value[kind])
        return result
    entries = value[kind] if kind in (_REELS, _STORIES) else value
    for number, entry in enumerate_records(entries):
        reason = _skip_reason(name, kind)
        if reason:
            result.skipped[reason] += 1
        else:
            _take(result, name, number, as_object(entry), kind)
    return result


def _skip_reason(name: str, kind: str) -> str:
    """Facebook tells these apart by their files' names alone."""
    stem = name.rsplit("/", 1)[-1].casefold()
    if kind == "posts" and _GROUPS in stem:
        return GROUP_POSTS
    if kind == "posts" and any(word in stem for word in _ELSEWHERE):
        return _ON_OTHER_PAGES
    if kind == "posts" and _EDITS in stem:
        return "попередні редакції дописів"
    if kind == "posts" and any(word in stem for word in _UNPUBLISHED):
        return "видалені, архівні або ще не опубліковані"
    return ""


def _take(result: ExportResult, name: str, number: int, entry: JsonObject, kind: str) -> None:
    parts = [part for attachment in as_objects(entry.get("attachments")) for part in as_objects(attachment.get("data"))]
    media = [as_object(part["media"]) for part in parts if "media" in part]
    phrase = repair_mojibake(as_text(entry.get("title")))
    text = repair_mojibake(first_text(_possible_texts(entry, media)))
    if not (text or parts or phrase):
        result.skipped["порожні записи, без тексту, вкладень і назви"] += 1
        return
    if is_profile_update(phrase) and (not text or is_only_sentence(text)):
        result.skipped[PROFILE_PICTURES] += 1
        return
    try:
        when = from_unix(entry.get("timestamp", ""))
    except DateRefused as refused:
        result.refuse(name, 1, f"запис {number}: {refused}")
        return
    result.publications.append(ExportedPost(
        "facebook", when, _kind(kind, phrase, media), text, name, f"запис {number}", content=content_of(text or phrase, media)
    ))  # fmt: skip


def _possible_texts(entry: JsonObject, media: list[JsonObject]) -> list[object]:
    own = [part.get("post") for part in as_objects(entry.get("data"))]
    return [*own, *(item.get("description") for item in media)]


def _kind(kind: str, phrase: str, media: list[JsonObject]) -> PostKind:
    if kind == _REELS:
        return PostKind.REEL
    if kind == _STORIES:
        return PostKind.STORY
    if _SHARED.search(phrase):
        return PostKind.REPOST
    if _LIVE.search(phrase):
        return PostKind.LIVE
    return kind_of(media)


def facebook_owner(value: object) -> tuple[str, ...]:
    """The names in `profile_information.json`: of the profile or the page, and the short one of its address."""
    profile = next((as_object(item) for key, item in as_object(value).items() if key.startswith("profile_v")), {})
    full = as_object(profile.get("name")).get("full_name")
    short = profile.get("username") or as_text(profile.get("profile_uri")).rstrip("/").rsplit("/", 1)[-1]
    return tuple(repair_mojibake(item) for item in (as_text(full), as_text(short)) if item)
