"""Expands what WordPress has in its texts beside HTML: block comments, shortcodes, paragraphs as blank lines."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import NamedTuple

from hromada.conversion.site.references import References
from hromada.domain.lazy_regex import lazy_compile

_BLOCK = lazy_compile(r"<!--\s*/?wp:.*?-->", re.DOTALL)
_MORE_COMMENTS = lazy_compile(r"<!--\s*(?:more|nextpage|noteaser)\b.*?-->", re.DOTALL | re.IGNORECASE)
_CAPTION = lazy_compile(r"\[caption\b[^\]]*\](?P<inside>.*?)\[/caption\]", re.DOTALL | re.IGNORECASE)
_PICTURE = lazy_compile(
    r"\s*(?P<picture>(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(?P<words>.*)", re.DOTALL | re.IGNORECASE
)
_GALLERY = lazy_compile(r"(?<!\[)\[gallery\b(?P<attributes>[^\]]*)\]", re.IGNORECASE)
_MEDIA = lazy_compile(
    r"(?<!\[)\[(?P<name>embed|video|audio|youtube|playlist)\b(?P<attributes>[^\]]*)\](?:(?P<inside>[^\[]*)\[/(?P=name)\])?",
    re.IGNORECASE,
)
_SHORTCODE = lazy_compile(
    r"\[(?P<close>/?)(?P<name>[a-z][a-z0-9_-]+)(?P<attributes>\s+[a-z_-]+=[^\]]*)?/?\]", re.IGNORECASE
)
_ADDRESS = lazy_compile(r"https?://[^\s\"'\]<>]+")
_QUOTED = lazy_compile(r"""([a-z_-]+)\s*=\s*["'“”″«]?([^"'“”″»\]]*)""", re.IGNORECASE)
_BLOCK_TAG = lazy_compile(
    r"</?(?:address|article|aside|blockquote|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe"
    r"|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul|script|style)\b",
    re.IGNORECASE,
)
_VERBATIM = lazy_compile(r"<(pre|script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)


class ExpandedText(NamedTuple):
    """A text as plain HTML, the pictures of its galleries, and numbers of what could not be converted, by kind."""

    html: str
    gallery: tuple[tuple[str, str], ...]
    unconverted: dict[str, int]


def expand_wordpress(text: str, references: References) -> ExpandedText:
    """The text as HTML, as WordPress would have sent it to a browser; unknown shortcodes stay and are counted."""
    unconverted: Counter[str] = Counter()
    gallery: list[tuple[str, str]] = []
    is_blocks = bool(_BLOCK.search(text))
    text = _MORE_COMMENTS.sub("", _BLOCK.sub("", text))
    text = _CAPTION.sub(_figure, text)
    text = _GALLERY.sub(lambda match: _gallery(match, references, gallery, unconverted), text)
    text = _MEDIA.sub(_media, text)
    closed = {match["name"].casefold() for match in _SHORTCODE.finditer(text) if match["close"]}
    for match in _SHORTCODE.finditer(text):
        if not match["close"] and (match["attributes"] or match["name"].casefold() in closed):
            unconverted[f"короткий код [{match['name']}]"] += 1  # it stays in the text as it is
    return ExpandedText(text if is_blocks else add_paragraphs(text), tuple(dict.fromkeys(gallery)), dict(unconverted))


def _figure(match: re.Match[str]) -> str:
    parts = _PICTURE.fullmatch(match["inside"])
    if parts is None:
        return match["inside"]
    caption_text = parts["words"].strip()
    caption = f"<figcaption>{caption_text}</figcaption>" if caption_text else ""
    return f"\n\n<figure>{parts['picture']}{caption}</figure>\n\n"


def _gallery(
    match: re.Match[str], references: References, gallery: list[tuple[str, str]], unconverted: Counter[str]
) -> str:
    attributes = dict(_QUOTED.findall(match["attributes"]))
    ids = re.findall(r"\d+", attributes.get("ids", "") or attributes.get("include", ""))
    if not ids:
        unconverted["галерея без переліку світлин"] += 1
    for id in ids:
        path, alt = references.attachment(id)
        if path:
            gallery.append((path, alt))
        elif id not in references.attachments:
            unconverted["світлина галереї, якої немає в експорті"] += 1
    return ""


def _media(match: re.Match[str]) -> str:
    """A plain link in place of a player."""
    address = _ADDRESS.search(match["inside"] or "") or _ADDRESS.search(match["attributes"])
    if address is None:
        return match[0]
    escaped = html.escape(html.unescape(address[0]))
    return f'\n\n<p><a href="{escaped}">{escaped}</a></p>\n\n'


def add_paragraphs(text: str) -> str:
    """Blank lines separate paragraphs and line ends become breaks, as WordPress renders classic texts (wpautop)."""
    verbatim: list[str] = []

    def keep(match: re.Match[str]) -> str:
        verbatim.append(match[0])
        return f"\n\n\ue010{len(verbatim) - 1}\ue011\n\n"

    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ue010", "").replace("\ue011", "")
    text = _VERBATIM.sub(keep, text)
    blocks = (block.strip("\n") for block in re.split(r"\n[ \t\u00a0]*\n", text))
    html_text = "\n\n".join(_paragraph(block) for block in blocks if block.strip())
    return re.sub("\ue010(\\d+)\ue011", lambda match: verbatim[int(match[1])], html_text)


def _paragraph(block: str) -> str:
    if block.strip().startswith("\ue010"):
        return block
    if not _BLOCK_TAG.search(block):
        return f"<p>{_with_breaks(block)}</p>"
    if _BLOCK_TAG.match(block.strip()):
        return block
    first = _BLOCK_TAG.search(block)
    assert first is not None
    return f"<p>{_with_breaks(block[: first.start()])}</p>\n{block[first.start() :]}"


def _with_breaks(text: str) -> str:
    return re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)[ \t]*\n", "<br>\n", text.strip())
