"""Videos as links: no request to another host and no cookie before the reader follows the link.

A frame becomes a link with words; a picture that links to a video is its still, which lies on this site.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from hromada.domain.lazy_regex import lazy_compile

_FRAME = lazy_compile(r"<iframe\b(?P<attributes>[^<>]*)>\s*(?:</iframe\s*>)?", re.IGNORECASE)
_ATTRIBUTE = lazy_compile(r"([a-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_PICTURE_LINK = lazy_compile(r"<a\b(?P<attributes>[^<>]*)>\s*(?P<picture><img\b[^<>]*>)\s*</a>", re.IGNORECASE)
_ID = lazy_compile(r"[A-Za-z0-9_-]{5,40}")
_NUMBER = lazy_compile(r"\d{1,12}")
STILL = "video-still"  # the class of a link around a still
_LABELS = {"uk": "Відео"}  # in other languages: Video


class Video(NamedTuple):
    """The page of a frame's video and the name of its host."""

    address: str
    host: str


def with_links(converted: str, lang: str = "uk") -> str:
    """HTML with a link for every frame of a known video host, and with stills; other frames stay, and the sanitiser refuses them."""
    lowered = converted.casefold()
    if "<iframe" in lowered:
        converted = _FRAME.sub(lambda frame: _link(frame, lang), converted)
    if "<img" in lowered and "<a" in lowered:
        converted = _PICTURE_LINK.sub(lambda link: _still(link, lang), converted)
    return converted


def _still(link: re.Match[str], lang: str) -> str:
    """A picture that links to a video, with words that say so; other pictures stay as they are."""
    video = video_of_page(_attributes(link).get("href", ""))
    if video is None:
        return link[0]
    return (
        f'<a class="{STILL}" href="{html.escape(video.address)}">{link["picture"]}<span class="{STILL}__words">'
        f'{_LABELS.get(lang, "Video")} <span class="video__host">{video.host}</span></span></a>'
    )


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    return {
        name.casefold(): html.unescape(double_quoted or single_quoted or unquoted)
        for name, double_quoted, single_quoted, unquoted in reversed(_ATTRIBUTE.findall(tag["attributes"]))
    }


def _link(frame: re.Match[str], lang: str) -> str:
    attributes = _attributes(frame)
    video = video_of(attributes.get("src", ""))
    if video is None:
        return frame[0]
    label = _LABELS.get(lang, "Video")
    title = " ".join(attributes.get("title", "").split())
    text = f"{label}: {html.escape(title)}" if title and title.casefold() not in _DEFAULT_TITLES else label
    return (
        f'<p class="video"><a class="video__link" href="{html.escape(video.address)}">{text}'
        f' <span class="video__host">{video.host}</span></a></p>'
    )


_DEFAULT_TITLES = {
    "youtube video player",
    "vimeo-player",
    "facebook video",
}  # of the hosts' own embed codes: they name no video


def video_of(source: str) -> Video | None:
    """The video of a frame's address; None for another frame."""
    try:
        parts = urlsplit(source.strip() if "//" in source else "")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", ""):
        return None
    path = [part for part in parts.path.split("/") if part]
    match host:
        case "youtube.com" | "youtube-nocookie.com" | "youtu.be":
            return _youtube(path, query, is_short=host == "youtu.be")
        case "vimeo.com" | "player.vimeo.com":
            return _vimeo(path, query)
        case "facebook.com" if path[:1] == ["plugins"] and path[1:2] in (["video.php"], ["post.php"]):
            return _facebook(query.get("href", ""))
    return None


def video_of_page(address: str) -> Video | None:
    """The video that a link leads to: a frame's address, or a page of Facebook that shows one."""
    if video := video_of(address):
        return video
    try:
        video = _facebook(address.strip())
        path = urlsplit(address.strip()).path
    except ValueError:
        return None
    is_video = "fb.watch" in address or re.search(r"/(?:videos?|watch|reels?|live)(?:/|\Z)", path)
    return video if is_video else None


def _youtube(path: list[str], query: dict[str, str], is_short: bool) -> Video | None:
    start = query.get("start") or query.get("t") or ""
    if path == ["embed", "videoseries"] or (path == ["playlist"] and "list" in query):
        playlist = _ID.fullmatch(query.get("list", ""))
        return Video(f"https://www.youtube.com/playlist?list={playlist[0]}", "YouTube") if playlist else None
    if is_short:
        id = path[0] if len(path) == 1 else ""
    elif path == ["watch"]:
        id = query.get("v", "")
    else:
        id = path[1] if len(path) == 2 and path[0] in ("embed", "v", "shorts", "live") else ""
    if not _ID.fullmatch(id):
        return None
    seconds = _NUMBER.fullmatch(start.removesuffix("s"))
    return Video(f"https://www.youtube.com/watch?v={id}" + (f"&t={seconds[0]}s" if seconds else ""), "YouTube")


def _vimeo(path: list[str], query: dict[str, str]) -> Video | None:
    path = path[1:] if path[:1] == ["video"] else path
    if not path or not _NUMBER.fullmatch(path[0]):
        return None
    key = query.get("h") or (path[1] if len(path) > 1 else "")  # of an unlisted video
    return Video(f"https://vimeo.com/{path[0]}" + (f"/{key}" if _ID.fullmatch(key) else ""), "Vimeo")


def _facebook(address: str) -> Video | None:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("web.")
    if parts.scheme not in ("http", "https") or host not in ("facebook.com", "fb.watch") or len(parts.path) < 2:
        return None
    return Video(address, "Facebook")
