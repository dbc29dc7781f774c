"""HTML of an earlier site to Markdown of ours: markdownify does the work, our dialect's own signs are escaped here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag
from markdownify import ATX, MarkdownConverter

from hromada.domain.invisible_chars import remove_stray_chars
from hromada.importing.site.references import References, written

_DROPPED = ("script", "style", "noscript", "template", "link", "meta", "base", "head", "title")
_FORMS = ("form", "input", "button", "select", "textarea")
_PLAYED = {"iframe": "Вбудоване", "embed": "Вбудоване", "object": "Вбудоване", "video": "Відео", "audio": "Звук"}
_EMBEDDED = re.compile(r"(?:https?:)?//www\.youtube(?:-nocookie)?\.com/embed/(?P<video>[\w-]+).*")
_PICTURE_LINK = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)$", re.IGNORECASE)
_NO_DESCRIPTION = re.compile(r"(?:фото|зображення|світлина) без опису|image|img|untitled", re.IGNORECASE)
# Everything below is what Python-Markdown, with the parts that our texts may use, would read as a sign of its own.
_ALWAYS = re.compile(r"([\\`*{}|])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_BRACKET = re.compile(r"\[(?=\^|TOC\]|[^\[\]\n]*\][(:]|[^\[\]\n]*(?:\n|\[|$))")

_STRUCK = re.compile(r"~(?=~)|(?<=~)~")
_TAG = re.compile(r"<(?! )")
_ENTITY = re.compile(r"&(?=#\w|\w+;)")  # a number is an entity without its semicolon, too
_LINE_START = re.compile(r"^(?P<space>[ \t\u00a0]*)(?P<sign>[#>+-]|:(?=[ \t])|=(?==*[ \t\u00a0]*$))", re.MULTILINE)
_NUMBERED = re.compile(r"^(?P<number>[ \t\u00a0]*\d+)\.(?=\s|$)", re.MULTILINE)
_STRAY = re.compile("[\x00-\x08\x0b-\x1f\x7f\ue000-\ue003\ue010\ue011]")
_ESCAPABLE = frozenset("#>+-")


class Converted(NamedTuple):
    """Markdown, the pictures of galleries (path, description), and what had no place: so many of each kind."""

    text: str
    gallery: tuple[tuple[str, str], ...] = ()
    lost: Mapping[str, int] = MappingProxyType({})


def markdown_of(html: str, references: References) -> Converted:
    """The text of a piece of HTML."""
    if not html.strip():
        return Converted("")
    lost: Counter[str] = Counter()
    soup = BeautifulSoup(remove_stray_chars(_STRAY.sub("", html)), "html.parser")
    _clean(soup, lost)
    _unwrap_pictures(soup)
    _figures(soup)
    text = str(_Converter(references).convert_soup(soup))
    return Converted(_tidy(text), (), dict(lost))


def _clean(soup: BeautifulSoup, lost: Counter[str]) -> None:
    """Take out what could run or be filled in; what was played becomes a plain link."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in _all(soup, _DROPPED):
        if tag.name == "script" and tag.get_text(strip=True):
            lost["скрипт"] += 1
        tag.decompose()
    for tag in _all(soup, tuple(_PLAYED)):
        source = tag.find(["source", "embed"])
        address = next((str(one[key]) for one in (tag, source) if isinstance(one, Tag) for key in ("src", "data") if one.get(key)), "")  # fmt: skip
        if address:
            address = _EMBEDDED.sub(r"https://www.youtube.com/watch?v=\g<video>", address)
            link = soup.new_tag("a", href=f"https:{address}" if address.startswith("//") else address)
            link.string = f"{_PLAYED.get(tag.name, 'Вбудоване')}: {link['href']}"
            paragraph = soup.new_tag("p")
            paragraph.append(link)
            tag.replace_with(paragraph)
        else:
            lost["вбудований вміст без адреси"] += 1
            tag.decompose()
    for tag in _all(soup, _FORMS):
        if tag.name == "form":
            lost["форма"] += 1
            tag.unwrap()
        else:
            tag.replace_with(NavigableString(tag.get_text(" ")))


def _all(soup: BeautifulSoup, names: tuple[str, ...]) -> list[Tag]:
    """The tags of these names that are not inside of one another."""
    found = [tag for tag in soup.find_all(list(names)) if isinstance(tag, Tag)]
    return [tag for tag in found if not any(parent.name in names and parent.name != "form" for parent in tag.parents)]


def _unwrap_pictures(soup: BeautifulSoup) -> None:
    """A picture that links to its own larger copy: ours are shown in two sizes anyway."""
    for link in soup.find_all("a"):
        if (
            isinstance(link, Tag)
            and link.find("img")
            and _PICTURE_LINK.search(str(link.get("href", "")).partition("?")[0])
        ):
            link.unwrap()


def _figures(soup: BeautifulSoup) -> None:
    """A caption is a paragraph under its picture, and describes it where nobody else has."""
    for figure in soup.find_all("figure"):
        if not isinstance(figure, Tag):
            continue
        caption, pictures = figure.find("figcaption"), figure.find_all("img")
        if isinstance(caption, Tag):
            words = " ".join(caption.get_text(" ").split())
            for picture in pictures:
                if isinstance(picture, Tag) and len(pictures) == 1 and not _description(picture):
                    picture["alt"] = words
            caption.name = "p"
        for picture in pictures:
            if isinstance(picture, Tag) and isinstance(picture.parent, Tag) and picture.parent.name == "figure":
                picture.wrap(soup.new_tag("p"))
        figure.name = "div"


def _description(picture: Tag) -> str:
    alt = " ".join(str(picture.get("alt") or "").split())
    return "" if _NO_DESCRIPTION.fullmatch(alt) else alt


class _Converter(MarkdownConverter):
    """markdownify with our dialect's lists and signs, and references that lead where things are now."""

    def __init__(self, references: References) -> None:
        super().__init__(heading_style=ATX, bullets="-", autolinks=False, table_infer_header=True)
        self._references = references

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escaped(text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        href = self._references.link(str(el.get("href") or ""))
        words = text.strip()
        if not href or not words or "_noformat" in parent_tags:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if "\n\n" in words:  # a link over several blocks: each keeps its words, the first one the link
            first, _, rest = words.partition("\n\n")
            return f"{before}[{first}]({_target(href)})\n\n{rest}{after}"
        return f"{before}[{words}]({_target(href)}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source, alt = _source(el), _description(el)
        path = self._references.picture(source)
        words = escaped(alt).replace("[", "\\[").replace("]", "\\]").replace("\\\\[", "\\[").replace("\\\\]", "\\]")
        if path:
            return f"![{words}]({path})"
        where = self._references.where(source)
        if not where or parent_tags & {"a", "_noformat"}:
            return words
        return f"[Світлина: {words}]({_target(where)})" if words else f"[Світлина]({_target(where)})"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Python-Markdown wants what belongs to an item four spaces in, whatever its sign."""
        text = (text or "").strip()
        if not text:
            return "\n"
        sign = "-"
        if el.parent is not None and el.parent.name == "ol":
            start = str(el.parent.get("start") or "1")
            sign = (
                f"{(int(start) if start.isascii() and start.isdigit() else 1) + len(el.find_previous_siblings('li'))}."
            )
        first, *rest = text.split("\n")
        return "\n".join([f"{sign} {first}", *(f"    {line}" if line else "" for line in rest)]) + "\n"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text}" if text else " "
        return f"  \n{(text or '').lstrip()}"

    def convert_q(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"«{text}»"

    def _tagged(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """What Markdown has no sign for stays a tag."""
        return text if not text.strip() or "_noformat" in parent_tags else f"<{el.name}>{text}</{el.name}>"

    convert_del = convert_s = convert_sub = convert_sup = convert_ins = convert_mark = _tagged


def _source(picture: Tag) -> str:
    """Where the picture is: pages that load lazily keep it aside."""
    for key in ("src", "data-src", "data-lazy-src", "data-original"):
        value = str(picture.get(key) or "")
        if value and not value.startswith("data:"):
            return value
    return str(picture.get("src") or "")


def _target(address: str) -> str:
    """An address as the target of a link."""
    address = "".join(written(sign) if sign in ' <>"\\' or not sign.isprintable() else sign for sign in address)
    return f"<{address}>" if "(" in address or ")" in address else address


def escaped(text: str) -> str:
    """Words in which Markdown sees nothing but words; a text node may stand at the start of a line."""
    text = _ENTITY.sub("&amp;", text)
    text = _ALWAYS.sub(r"\\\1", text)
    text = _STRUCK.sub(r"\\~", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _BRACKET.sub(r"\\[", text)
    text = _TAG.sub("&lt;", text)
    text = _LINE_START.sub(_started, text)
    return _NUMBERED.sub(r"\g<number>\\.", text)


def _started(found: re.Match[str]) -> str:
    sign = found["sign"]
    return found["space"] + (f"\\{sign}" if sign in _ESCAPABLE else f"&#{ord(sign)};")


def _tidy(text: str) -> str:
    """No lines of spaces alone, no more than one blank line together."""
    lines = [line if line.strip(" \t\u00a0") else "" for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
