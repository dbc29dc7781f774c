"""A video's frame becomes a link: until the reader follows it, nobody else is asked for anything and no cookie is set."""

from __future__ import annotations

import html
import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

_FRAME = re.compile(r"<iframe\b(?P<attributes>[^<>]*)>\s*(?:</iframe\s*>)?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9_-]{5,40}")
_NUMBER = re.compile(r"\d{1,12}")
_WORDS = {"uk": "Відео"}  # in other languages: Video


class Video(NamedTuple):
    """Where a frame's video is to be seen, and whose site that is."""

    address: str
    host: str


def with_links(converted: str, lang: str = "uk") -> str:
    """HTML with a link in the place of every frame of a known host; other frames stay for the sanitiser to refuse."""
    if "<iframe" not in converted.casefold():
        return converted
    return _FRAME.sub(lambda frame: _link(frame, lang), converted)


def _link(frame: re.Match[str], lang: str) -> str:
    found = {
        name.casefold(): html.unescape(a or b or c)
        for name, a, b, c in reversed(_ATTRIBUTE.findall(frame["attributes"]))
    }
    video = video_of(found.get("src", ""))
    if video is None:
        return frame[0]
    word = _WORDS.get(lang, "Video")
    title = " ".join(found.get("title", "").split())
    named = f"{word}: {html.escape(title)}" if title and title.casefold() not in _EMPTY else word
    return (
        f'<p class="video"><a class="video__link" href="{html.escape(video.address)}">{named}'
        f' <span class="video__host">{video.host}</span></a></p>'
    )


_EMPTY = {
    "youtube video player",
    "vimeo-player",
    "facebook video",
}  # what hosts write there themselves: it names nothing


def video_of(source: str) -> Video | None:
    """The video that a frame's address shows; None for any other frame."""
    try:
        parts = urlsplit(source.strip() if "//" in source else "")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", ""):
        return None
    path = [part for part in parts.path.split("/") if part]
    match host:
        case "youtube.com" | "youtube-nocookie.com" | "youtu.be":
            return _youtube(path, asked, is_short=host == "youtu.be")
        case "vimeo.com" | "player.vimeo.com":
            return _vimeo(path, asked)
        case "facebook.com" if path[:1] == ["plugins"] and path[1:2] in (["video.php"], ["post.php"]):
            return _facebook(asked.get("href", ""))
    return None


def _youtube(path: list[str], asked: dict[str, str], is_short: bool) -> Video | None:
    begins = asked.get("start") or asked.get("t") or ""
    if path == ["embed", "videoseries"] or (path == ["playlist"] and "list" in asked):
        found = _ID.fullmatch(asked.get("list", ""))
        return Video(f"https://www.youtube.com/playlist?list={found[0]}", "YouTube") if found else None
    if is_short:
        id = path[0] if len(path) == 1 else ""
    elif path == ["watch"]:
        id = asked.get("v", "")
    else:
        id = path[1] if len(path) == 2 and path[0] in ("embed", "v", "shorts", "live") else ""
    if not _ID.fullmatch(id):
        return None
    seconds = _NUMBER.fullmatch(begins.removesuffix("s"))
    return Video(f"https://www.youtube.com/watch?v={id}" + (f"&t={seconds[0]}s" if seconds else ""), "YouTube")


def _vimeo(path: list[str], asked: dict[str, str]) -> Video | None:
    path = path[1:] if path[:1] == ["video"] else path
    if not path or not _NUMBER.fullmatch(path[0]):
        return None
    key = asked.get("h") or (path[1] if len(path) > 1 else "")  # of a video that only those with the link may see
    return Video(f"https://vimeo.com/{path[0]}" + (f"/{key}" if _ID.fullmatch(key) else ""), "Vimeo")


def _facebook(address: str) -> Video | None:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("web.")
    if parts.scheme not in ("http", "https") or host not in ("facebook.com", "fb.watch") or len(parts.path) < 2:
        return None
    return Video(address, "Facebook")
