"""Converts an item of the earlier site to the text of one of our files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from hromada.conversion.site.html_text import Converted, html_to_markdown
from hromada.conversion.site.old_item import OldItem, SourceMarkup
from hromada.conversion.site.references import References, path_in_source
from hromada.conversion.site.wordpress import expand_wordpress
from hromada.domain.front_matter import format_field, format_header
from hromada.domain.item import UKRAINIAN, PictureRef, Status
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.person_name import strip_contacts, unescape_entities

_CONTROLS = lazy_compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")


def header(fields: Iterable[tuple[str, str | Sequence[str]]]) -> str:
    """The header with its lines and the blank one after it; empty fields are left out."""
    cleaned = [(key, _line(value) if isinstance(value, str) else _entries(value)) for key, value in fields]
    return format_header(line for key, value in cleaned if value for line in format_field(key, value))


def _entries(values: Sequence[str]) -> list[str]:
    return [entry for entry in map(_line, values) if entry]


def _line(value: str) -> str:
    return _CONTROLS.sub(" ", value).strip()


_NAMELESS = "пошта, телефон або логін замість імені автора"


class ConvertedFile(NamedTuple):
    """The text of a file, and numbers of what could not be converted, by kind."""

    text: str
    unconverted: Mapping[str, int]


def convert_item(item: OldItem, references: References) -> ConvertedFile:
    """The whole file: header and text."""
    converted = _body(item, references)
    author = strip_contacts(item.author)
    unconverted = {_NAMELESS: 1} if _letters_of(author) != _letters_of(unescape_entities(item.author)) else {}
    lead, alt = _lead(item, references)
    unfolded = (PictureRef(path, alt) for path, alt in converted.gallery)
    gallery = [ref.entry for ref in (*unfolded, *_gallery(item, references))]
    status = "" if item.status is Status.PUBLISHED else item.status.value
    fields = [
        ("title", item.title),
        ("date", _moment(item.when) if item.when else ""),
        ("modified", f"{item.modified}" if item.modified else ""),
        ("status", status),
        ("lang", item.lang if item.lang != UKRAINIAN else ""),
        ("category", item.category),
        ("tags", item.tags),
        ("summary", item.summary),
        ("author", author),
        ("image", lead),
        ("image-alt", alt if lead else ""),
        *([("gallery", gallery)] if gallery else []),
        *((key, _form(value, references) if key == "form" else value) for key, value in item.fields),
    ]
    text = converted.text.strip("\n")
    return ConvertedFile(
        header(fields) + (f"{text}\n" if text else ""), _add_counts(converted.unconverted, unconverted)
    )


def _body(item: OldItem, references: References) -> Converted:
    if item.language is SourceMarkup.MARKDOWN:
        return Converted(relink(item.body, references))
    if item.language is SourceMarkup.WORDPRESS:
        html, gallery, unconverted = expand_wordpress(item.body, references)
        converted = html_to_markdown(html, references)
        return Converted(converted.text, gallery, _add_counts(converted.unconverted, unconverted))
    return html_to_markdown(item.body, references)


def _letters_of(name: str) -> str:
    return "".join(character for character in name if character.isalnum())


def _add_counts(counts: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: counts.get(key, 0) + other.get(key, 0) for key in (*counts, *other)}


def _lead(item: OldItem, references: References) -> tuple[str, str]:
    """The lead picture where it is at hand, and its description."""
    if item.picture.startswith("#"):
        path, alt = references.attachment(item.picture[1:])
        return path, alt
    ref = PictureRef.parse(item.picture, 1)
    path = references.picture(ref.target) if ref.target else ""
    if not path:
        return "", ""
    return ref._replace(target=path, alt="").entry, item.picture_alt or ref.alt


def _gallery(item: OldItem, references: References) -> list[PictureRef]:
    """The gallery of a header like ours, without pictures that are not at hand."""
    refs = (PictureRef.parse(entry, 1) for entry in item.gallery)
    resolved = (ref._replace(target=references.picture(ref.target)) for ref in refs)
    return [ref for ref in resolved if ref.target]


def _form(value: str | Sequence[str], references: References) -> str:
    """The file of a service's form by its path in the content."""
    written = value if isinstance(value, str) else ", ".join(value)
    return references.moved(path_in_source(written) or "") or written


def _moment(when: datetime) -> str:
    if (when.hour, when.minute, when.second) == (0, 0, 0):
        return f"{when:%Y-%m-%d}"
    return f"{when:%Y-%m-%d %H:%M:%S}" if when.second else f"{when:%Y-%m-%d %H:%M}"


# A target in brackets after words, in a definition at the start of a line, in an attribute of HTML.
_TARGET = lazy_compile(
    r"(?P<before>\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?|\b(?:href|src)\s*=\s*[\"'])(?P<target>[^\s<>\"')]+)",
    re.MULTILINE | re.IGNORECASE,
)
_CODE_SPAN = lazy_compile(r"(?:^(?P<fence>```|~~~).*?^(?P=fence)[ \t]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)


def relink(text: str, references: References) -> str:
    """The text of a moved file with links to imported files adjusted; code stays."""
    return outside_code(
        text, lambda part: _TARGET.sub(lambda match: match["before"] + _new_target(match, references), part)
    )


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Apply `change` to everything but code."""
    done, end = [], 0
    for match in _CODE_SPAN.finditer(text):
        done += [change(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*done, change(text[end:])])


def _new_target(match: re.Match[str], references: References) -> str:
    target: str = match["target"]
    path = path_in_source(target)
    if path is None or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#", target):
        return target
    _, character, anchor = target.partition("#")
    moved = references.moved(path)
    return f"{moved}{character}{anchor}" if moved else target
