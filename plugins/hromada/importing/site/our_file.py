"""An item of the earlier site as a file of ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from hromada.domain.item import UKRAINIAN, Status
from hromada.domain.person_name import strip_contacts, unescape_entities
from hromada.importing.site.header import header
from hromada.importing.site.html_text import Converted, markdown_of
from hromada.importing.site.markdown_text import relinked
from hromada.importing.site.old_item import Language, OldItem
from hromada.importing.site.references import References
from hromada.importing.site.wordpress import as_html

_NAMELESS = "пошта, телефон або логін замість імені автора"


class OurFile(NamedTuple):
    """The text of a file, and what of the old one could not be kept: so many of each kind."""

    text: str
    lost: Mapping[str, int]


def our_file(item: OldItem, references: References) -> OurFile:
    """The whole file: header and text."""
    converted = _body(item, references)
    author = strip_contacts(item.author)
    lost = {_NAMELESS: 1} if _letters(author) != _letters(unescape_entities(item.author)) else {}
    lead, alt = _lead(item, references)
    gallery = [f"{path} | {alt}" if alt else path for path, alt in (*converted.gallery, *_gallery(item, references))]
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
        *item.fields,
    ]
    text = converted.text.strip("\n")
    return OurFile(header(fields) + (f"{text}\n" if text else ""), _sum(converted.lost, lost))


def _body(item: OldItem, references: References) -> Converted:
    if item.language is Language.MARKDOWN:
        return Converted(relinked(item.body, references))
    if item.language is Language.WORDPRESS:
        html, gallery, lost = as_html(item.body, references)
        converted = markdown_of(html, references)
        return Converted(converted.text, gallery, _sum(converted.lost, lost))
    return markdown_of(item.body, references)


def _letters(name: str) -> str:
    return "".join(sign for sign in name if sign.isalnum())


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in (*one, *other)}


def _lead(item: OldItem, references: References) -> tuple[str, str]:
    """The lead picture where it is at hand, and its description."""
    if item.picture.startswith("#"):
        path, alt = references.attachment(item.picture[1:])
        return path, alt
    return (references.picture(item.picture), item.picture_alt) if item.picture else ("", "")


def _gallery(item: OldItem, references: References) -> list[tuple[str, str]]:
    pairs = [entry.partition("|") for entry in item.gallery]
    found = [(references.picture(target.strip()), alt.strip()) for target, _, alt in pairs]
    return [(path, alt) for path, alt in found if path]


def _moment(when: datetime) -> str:
    if (when.hour, when.minute, when.second) == (0, 0, 0):
        return f"{when:%Y-%m-%d}"
    return f"{when:%Y-%m-%d %H:%M:%S}" if when.second else f"{when:%Y-%m-%d %H:%M}"
