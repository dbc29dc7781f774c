"""HTML of an earlier site to our Markdown: markdownify converts, what our dialect would read as markup is escaped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag
from markdownify import ATX, MarkdownConverter

from hromada.conversion.site.references import References, quote_path
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.pasted_text import remove_stray_chars

_REMOVED_TAGS = ("script", "style", "noscript", "template", "link", "meta", "base", "head", "title")
_FORM_TAGS = ("form", "input", "button", "select", "textarea")
_EMBEDS = {"iframe": "Вбудоване", "embed": "Вбудоване", "object": "Вбудоване", "video": "Відео", "audio": "Звук"}
_YOUTUBE_EMBED = lazy_compile(r"(?:https?:)?//www\.youtube(?:-nocookie)?\.com/embed/(?P<video>[\w-]+).*")
_PICTURE_LINK = lazy_compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)$", re.IGNORECASE)
_NO_DESCRIPTION = lazy_compile(r"(?:фото|зображення|світлина) без опису|image|img|untitled", re.IGNORECASE)
# What Python-Markdown with our extensions would read as markup.
_ALWAYS_ESCAPED = lazy_compile(r"([\\`*{}|])")
_UNDERSCORE = lazy_compile(r"(?<![^\W_])_|_(?![^\W_])")
_BRACKET = lazy_compile(r"\[(?=\^|TOC\]|[^\[\]\n]*\][(:]|[^\[\]\n]*(?:\n|\[|$))")

_STRUCK = lazy_compile(r"~(?=~)|(?<=~)~")
_TAG = lazy_compile(r"<(?! )")
_ENTITY = lazy_compile(r"&(?=#\w|\w+;)")  # a number is an entity without its semicolon, too
_LINE_START = lazy_compile(r"^(?P<space>[ \t\u00a0]*)(?P<sign>[#>+-]|:(?=[ \t])|=(?==*[ \t\u00a0]*$))", re.MULTILINE)
_NUMBERED = lazy_compile(r"^(?P<number>[ \t\u00a0]*\d+)\.(?=\s|$)", re.MULTILINE)
_CONTROLS = lazy_compile("[\x00-\x08\x0b-\x1f\x7f\ue000-\ue003\ue010\ue011]")
_ESCAPABLE = frozenset("#>+-")


class Converted(NamedTuple):
    """Markdown, the pictures of galleries (path, description), and numbers of what could not be converted, by kind."""

    text: str
    gallery: tuple[tuple[str, str], ...] = ()
    unconverted: Mapping[str, int] = MappingProxyType({})


def html_to_markdown(html: str, references: References) -> Converted:
    """The text of a piece of HTML."""
    if not html.strip():
        return Converted("")
    unconverted: Counter[str] = Counter()
    soup = BeautifulSoup(remove_stray_chars(_CONTROLS.sub("", html)), "html.parser")
    _remove_active_content(soup, unconverted)
    _unlink_pictures(soup)
    _flatten_figures(soup)
    text = str(_Converter(references).convert_soup(soup))
    return Converted(_collapse_blank_lines(text), (), dict(unconverted))


def _remove_active_content(soup: BeautifulSoup, unconverted: Counter[str]) -> None:
    """Remove scripts and forms; an embedded player becomes a plain link."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in _outermost(soup, _REMOVED_TAGS):
        if tag.name == "script" and tag.get_text(strip=True):
            unconverted["скрипт"] += 1
        tag.decompose()
    for tag in _outermost(soup, tuple(_EMBEDS)):
        source = tag.find(["source", "embed"])
        address = next((str(element[key]) for element in (tag, source) if isinstance(element, Tag) for key in ("src", "data") if element.get(key)), "")  # fmt: skip
        if address:
            address = _YOUTUBE_EMBED.sub(r"https://www.youtube.com/watch?v=\g<video>", address)
            link = soup.new_tag("a", href=f"https:{address}" if address.startswith("//") else address)
            link.string = f"{_EMBEDS.get(tag.name, 'Вбудоване')}: {link['href']}"
            paragraph = soup.new_tag("p")
            paragraph.append(link)
            tag.replace_with(paragraph)
        else:
            unconverted["вбудований вміст без адреси"] += 1
            tag.decompose()
    for tag in _outermost(soup, _FORM_TAGS):
        if tag.name == "form":
            unconverted["форма"] += 1
            tag.unwrap()
        else:
            tag.replace_with(NavigableString(tag.get_text(" ")))


def _outermost(soup: BeautifulSoup, names: tuple[str, ...]) -> list[Tag]:
    """The tags of these names that are not inside of one another."""
    tags = [tag for tag in soup.find_all(list(names)) if isinstance(tag, Tag)]
    return [tag for tag in tags if not any(parent.name in names and parent.name != "form" for parent in tag.parents)]


def _unlink_pictures(soup: BeautifulSoup) -> None:
    """Remove links from a picture to its own larger copy: our pages offer several sizes anyway."""
    for link in soup.find_all("a"):
        if (
            isinstance(link, Tag)
            and link.find("img")
            and _PICTURE_LINK.search(str(link.get("href", "")).partition("?")[0])
        ):
            link.unwrap()


def _flatten_figures(soup: BeautifulSoup) -> None:
    """Turn a caption into a paragraph under its picture; it is the description of a picture without one."""
    for figure in soup.find_all("figure"):
        if not isinstance(figure, Tag):
            continue
        caption, pictures = figure.find("figcaption"), figure.find_all("img")
        if isinstance(caption, Tag):
            label = " ".join(caption.get_text(" ").split())
            for picture in pictures:
                if isinstance(picture, Tag) and len(pictures) == 1 and not _description(picture):
                    picture["alt"] = label
            caption.name = "p"
        for picture in pictures:
            if isinstance(picture, Tag) and isinstance(picture.parent, Tag) and picture.parent.name == "figure":
                picture.wrap(soup.new_tag("p"))
        figure.name = "div"


def _description(picture: Tag) -> str:
    alt = " ".join(str(picture.get("alt") or "").split())
    return "" if _NO_DESCRIPTION.fullmatch(alt) else alt


class _Converter(MarkdownConverter):
    """markdownify with our dialect's lists and escapes, and with references resolved to our files."""

    def __init__(self, references: References) -> None:
        super().__init__(heading_style=ATX, bullets="-", autolinks=False, table_infer_header=True)
        self._references = references

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape_markdown(text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        href = self._references.link(str(el.get("href") or ""))
        label = text.strip()
        if not href or not label or "_noformat" in parent_tags:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if "\n\n" in label:  # a link over several blocks: each keeps its words, the first one the link
            first, _, rest = label.partition("\n\n")
            return f"{before}[{first}]({_target(href)})\n\n{rest}{after}"
        return f"{before}[{label}]({_target(href)}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source, alt = _source(el), _description(el)
        path = self._references.picture(source)
        label = (
            escape_markdown(alt).replace("[", "\\[").replace("]", "\\]").replace("\\\\[", "\\[").replace("\\\\]", "\\]")
        )
        if path:
            return f"![{label}]({path})"
        where = self._references.where(source)
        if not where or parent_tags & {"a", "_noformat"}:
            return label
        return f"[Світлина: {label}]({_target(where)})" if label else f"[Світлина]({_target(where)})"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Python-Markdown wants what belongs to an item four spaces in, whatever its sign."""
        text = (text or "").strip()
        if not text:
            return "\n"
        marker = "-"
        if el.parent is not None and el.parent.name == "ol":
            start = str(el.parent.get("start") or "1")
            marker = (
                f"{(int(start) if start.isascii() and start.isdigit() else 1) + len(el.find_previous_siblings('li'))}."
            )
        first, *rest = text.split("\n")
        return "\n".join([f"{marker} {first}", *(f"    {line}" if line else "" for line in rest)]) + "\n"

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
    """The address of the picture; lazily loading pages have it in another attribute than `src`."""
    for key in ("src", "data-src", "data-lazy-src", "data-original"):
        value = str(picture.get(key) or "")
        if value and not value.startswith("data:"):
            return value
    return str(picture.get("src") or "")


def _target(address: str) -> str:
    """An address as the target of a link."""
    address = "".join(
        quote_path(character) if character in ' <>"\\' or not character.isprintable() else character
        for character in address
    )
    return f"<{address}>" if "(" in address or ")" in address else address


def escape_markdown(text: str) -> str:
    """Escape a text for Markdown; it may be at the start of a line."""
    text = _ENTITY.sub("&amp;", text)
    text = _ALWAYS_ESCAPED.sub(r"\\\1", text)
    text = _STRUCK.sub(r"\\~", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _BRACKET.sub(r"\\[", text)
    text = _TAG.sub("&lt;", text)
    text = _LINE_START.sub(_escape_line_start, text)
    return _NUMBERED.sub(r"\g<number>\\.", text)


def _escape_line_start(match: re.Match[str]) -> str:
    character = match["sign"]
    return match["space"] + (f"\\{character}" if character in _ESCAPABLE else f"&#{ord(character)};")


def _collapse_blank_lines(text: str) -> str:
    """No lines of spaces alone, no more than one blank line together."""
    lines = [line if line.strip(" \t\u00a0") else "" for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
