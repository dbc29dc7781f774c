"""What WordPress puts into its texts beside HTML: block comments, short codes, paragraphs that are blank lines."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import NamedTuple

from hromada.importing.site.references import References

_BLOCK = re.compile(r"<!--\s*/?wp:.*?-->", re.DOTALL)
_MARKS = re.compile(r"<!--\s*(?:more|nextpage|noteaser)\b.*?-->", re.DOTALL | re.IGNORECASE)
_CAPTION = re.compile(r"\[caption\b[^\]]*\](?P<inside>.*?)\[/caption\]", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(
    r"\s*(?P<picture>(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(?P<words>.*)", re.DOTALL | re.IGNORECASE
)
_GALLERY = re.compile(r"(?<!\[)\[gallery\b(?P<attributes>[^\]]*)\]", re.IGNORECASE)
_MEDIA = re.compile(
    r"(?<!\[)\[(?P<name>embed|video|audio|youtube|playlist)\b(?P<attributes>[^\]]*)\](?:(?P<inside>[^\[]*)\[/(?P=name)\])?",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\[(?P<close>/?)(?P<name>[a-z][a-z0-9_-]+)(?P<attributes>\s+[a-z_-]+=[^\]]*)?/?\]", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'\]<>]+")
_QUOTED = re.compile(r"""([a-z_-]+)\s*=\s*["'“”″«]?([^"'“”″»\]]*)""", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe"
    r"|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul|script|style)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"<(pre|script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)


class Unfolded(NamedTuple):
    """A text as plain HTML, the pictures of its galleries, and what was found no place: so many of each kind."""

    html: str
    gallery: tuple[tuple[str, str], ...]
    lost: dict[str, int]


def as_html(text: str, references: References) -> Unfolded:
    """The text as a browser would have been given it, as far as WordPress's own codes go."""
    lost: Counter[str] = Counter()
    gallery: list[tuple[str, str]] = []
    is_blocks = bool(_BLOCK.search(text))
    text = _MARKS.sub("", _BLOCK.sub("", text))
    text = _CAPTION.sub(_figure, text)
    text = _GALLERY.sub(lambda found: _gallery(found, references, gallery, lost), text)
    text = _MEDIA.sub(_media, text)
    closed = {found["name"].casefold() for found in _OTHER.finditer(text) if found["close"]}
    for found in _OTHER.finditer(text):
        if not found["close"] and (found["attributes"] or found["name"].casefold() in closed):
            lost[f"короткий код [{found['name']}]"] += 1  # it stays in the text as it is
    return Unfolded(text if is_blocks else paragraphs(text), tuple(dict.fromkeys(gallery)), dict(lost))


def _figure(found: re.Match[str]) -> str:
    parts = _PICTURE.fullmatch(found["inside"])
    if parts is None:
        return found["inside"]
    words = parts["words"].strip()
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{parts['picture']}{caption}</figure>\n\n"


def _gallery(found: re.Match[str], references: References, gallery: list[tuple[str, str]], lost: Counter[str]) -> str:
    attributes = dict(_QUOTED.findall(found["attributes"]))
    ids = re.findall(r"\d+", attributes.get("ids", "") or attributes.get("include", ""))
    if not ids:
        lost["галерея без переліку світлин"] += 1
    for id in ids:
        path, alt = references.attachment(id)
        if path:
            gallery.append((path, alt))
        elif id not in references.attachments:
            lost["світлина галереї, якої немає в експорті"] += 1
    return ""


def _media(found: re.Match[str]) -> str:
    """A plain link to what was played in the page."""
    address = _ADDRESS.search(found["inside"] or "") or _ADDRESS.search(found["attributes"])
    if address is None:
        return found[0]
    shown = html.escape(html.unescape(address[0]))
    return f'\n\n<p><a href="{shown}">{shown}</a></p>\n\n'


def paragraphs(text: str) -> str:
    """Blank lines part paragraphs and line ends break lines, as WordPress shows texts that were typed so."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n\ue010{len(kept) - 1}\ue011\n\n"

    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ue010", "").replace("\ue011", "")
    text = _WHOLE.sub(keep, text)
    blocks = (block.strip("\n") for block in re.split(r"\n[ \t\u00a0]*\n", text))
    made = "\n\n".join(_paragraph(block) for block in blocks if block.strip())
    return re.sub("\ue010(\\d+)\ue011", lambda found: kept[int(found[1])], made)


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
